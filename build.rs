//! Makes the tables of the lexicon from its files, so that a run finds them ready.

#![allow(dead_code, reason = "the modules of the lexicon serve the crate as well")]

use std::path::Path;
use std::{env, fs, io};

/// Those modules of the lexicon that its tables are built with.
#[path = "src/lexicon"]
mod lexicon {
    pub mod build;
    pub mod class;
    pub mod files;
    pub mod hash;
    pub mod index;
    pub mod naming;
    pub mod pack;
    pub mod token;

    /// Writes the tables into a directory, each number with its lowest byte first.
    pub fn write(directory: &std::path::Path) -> std::io::Result<()> {
        let packed = build::Builder::built_in().pack();
        let write = |name: &str, bytes: Vec<u8>| std::fs::write(directory.join(name), bytes);
        let long = |name: &str, numbers: &[u64]| write(name, numbers.iter().flat_map(|number| number.to_le_bytes()).collect());
        let short = |name: &str, numbers: &[u32]| write(name, numbers.iter().flat_map(|number| number.to_le_bytes()).collect());
        long("classes.bin", &packed.classes)?;
        long("sets.bin", &packed.sets)?;
        long("edges.bin", &packed.edges)?;
        short("nodes.bin", &packed.nodes)?;
        short("namings.bin", &packed.namings)
    }
}

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=src/lexicon");
    let directory = env::var_os("OUT_DIR").ok_or_else(|| io::Error::other("OUT_DIR is not set"))?;
    let directory = Path::new(&directory);
    fs::create_dir_all(directory)?;
    lexicon::write(directory)
}
