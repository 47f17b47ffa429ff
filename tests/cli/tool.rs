//! Running the program, and looking at what it wrote.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// The program with these arguments, to be run.
pub fn command(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_policylens"));
    command.args(arguments);
    command
}

/// Runs `policylens extract` on the inputs into a folder.
pub fn extract(inputs: &[&Path], output: &Path, more: &[&str]) -> Output {
    let mut command = command(&["extract"]);
    command.args(inputs).arg("-o").arg(output).args(more);
    command.output().expect("the program can be run")
}

pub fn status(output: &Output) -> i32 {
    output.status.code().expect("it ended by itself")
}

pub fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// Every file below a folder, but `run.json`, by its path in it.
pub fn files(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut all = BTreeMap::new();
    for entry in walkdir::WalkDir::new(folder) {
        let entry = entry.expect("the folder can be walked");
        if entry.file_type().is_file() && entry.file_name() != "run.json" {
            let path = entry.path().strip_prefix(folder).expect("it is below").to_owned();
            all.insert(path, fs::read(entry.path()).expect("a readable file"));
        }
    }
    all
}

/// Fails with the name of the first file that differs.
pub fn assert_same_files(one: &Path, other: &Path) {
    let (one, other) = (files(one), files(other));
    assert_eq!(one.keys().collect::<Vec<_>>(), other.keys().collect::<Vec<_>>());
    for (path, bytes) in &one {
        assert!(other[path] == *bytes, "{} differs", path.display());
    }
}

/// The rows of a table by column.
pub fn table(folder: &Path, name: &str) -> Vec<BTreeMap<String, String>> {
    let mut reader = csv::Reader::from_path(folder.join(name)).expect("the table is there");
    reader.deserialize().map(|row| row.expect("a well-formed row")).collect()
}
