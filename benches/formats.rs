//! How fast each format is read: `cargo bench --bench formats`.
//!
//! Megabytes of HTML and of `word/document.xml` a second, pages of PDF a second: the reading alone, and the whole path to JSON and CSV, on one core, over the
//! sample files of the repository and, where it is at hand, the development set; beside it, on the same files, `pdftotext` where it is installed.

use std::fs;
use std::hint::black_box;
use std::io::{Cursor, Read};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use policylens::write::{csv, json};
use policylens::{Input, Settings, analyse, analyse_observed};

/// Each figure is the best of so many rounds: what disturbs a round only makes it slower.
const ROUNDS: usize = 5;
/// The files of a format are read again until a round has taken about this long.
const LEAST: Duration = Duration::from_millis(200);

struct File {
    path: PathBuf,
    name: String,
    bytes: Vec<u8>,
    /// Bytes of mark-up, or pages.
    amount: f64,
}

fn main() {
    let settings = Settings::built_in().expect("built-in rules load");
    for (extension, unit) in [("html", "MB/s"), ("docx", "MB/s of document.xml"), ("pdf", "pages/s")] {
        let files = files(extension, &settings);
        let amount: f64 = files.iter().map(|file| file.amount).sum();
        println!("{} files of {extension}", files.len());
        if files.is_empty() {
            continue;
        }
        let line = |name: &str, time: Duration| println!("{name:<20}{:>9.1} {unit}", amount / time.as_secs_f64());
        let whole = best(|| files.iter().for_each(|file| whole(file, &settings)));
        line("reading", reading(&files, &settings));
        line("whole, one core", whole);
        if extension == "pdf" && files.iter().all(pdftotext) {
            let other = best(|| {
                black_box(files.iter().all(pdftotext));
            });
            line("pdftotext", other);
            println!("{:<20}{:>9.2} times its pages", "  whole, one core", other.as_secs_f64() / whole.as_secs_f64());
        }
    }
}

/// The files of a format that can be read.
fn files(extension: &str, settings: &Settings) -> Vec<File> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folders = ["corpus", "corpus/formats", "tests/data", "tests/pdf", "../shared/dev/formats", &format!("../shared/dev/formats/{extension}")];
    let mut paths: Vec<PathBuf> = folders
        .iter()
        .flat_map(|folder| fs::read_dir(root.join(folder)).into_iter().flatten().flatten())
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|end| end == extension))
        .collect();
    paths.sort();
    let file = |path: PathBuf| {
        let bytes = fs::read(&path).ok()?;
        let name = path.file_name()?.to_string_lossy().into_owned();
        let read = analyse(&Input { id: &name, path: &name, bytes: &bytes }, settings).ok()?;
        let amount = match extension {
            "pdf" => read.pages.len() as f64,
            "docx" => document_xml(&bytes)? as f64 / 1e6,
            _ => bytes.len() as f64 / 1e6,
        };
        Some(File { path, name, bytes, amount })
    };
    paths.into_iter().filter_map(file).collect()
}

/// The size of the main part of a Word file.
fn document_xml(bytes: &[u8]) -> Option<u64> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).ok()?;
    let mut part = archive.by_name("word/document.xml").ok()?;
    let mut text = Vec::new();
    part.read_to_end(&mut text).ok()?;
    Some(text.len() as u64)
}

fn input(file: &File) -> Input<'_> {
    Input { id: &file.name, path: &file.name, bytes: &file.bytes }
}

fn whole(file: &File, settings: &Settings) {
    let analysis = analyse(&input(file), settings).expect("a file that was read before");
    black_box((json::pretty(&analysis), csv::rows(&analysis)));
}

/// How long the files take to become documents.
fn reading(files: &[File], settings: &Settings) -> Duration {
    let once = || -> Duration {
        let read = |file: &File| {
            let clock = Instant::now();
            let mut time = Duration::ZERO;
            let observed = analyse_observed(&input(file), settings, |stage| {
                if stage == "ingest" {
                    time = clock.elapsed();
                }
            });
            black_box(observed.is_ok());
            time
        };
        files.iter().map(read).sum()
    };
    (0..ROUNDS * 2).map(|_| once()).min().unwrap_or_default()
}

/// The least time of a pass over all files.
fn best(mut pass: impl FnMut()) -> Duration {
    let mut time = |_| {
        let clock = Instant::now();
        let mut passes = 0;
        while passes == 0 || clock.elapsed() < LEAST {
            pass();
            passes += 1;
        }
        clock.elapsed() / passes
    };
    (0..ROUNDS).map(&mut time).min().unwrap_or_default()
}

/// Runs pdftotext over a file; false if there is no such program.
fn pdftotext(file: &File) -> bool {
    let run = Command::new("pdftotext").arg(&file.path).arg("-").stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status();
    run.is_ok_and(|status| status.success())
}
