//! What cannot be read is named, the rest is done.

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use crate::documents;
use crate::tool::{extract, status, stderr, table};

/// Far above what any of these takes on a slow machine, far below what something quadratic would.
const BOUND: Duration = Duration::from_secs(60);

#[test]
fn one_unreadable_file_among_many() {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let (input, out) = (dir.path().join("in"), dir.path().join("out"));
    documents::write(&input, 5);
    fs::write(input.join("empty.md"), "").expect("written");
    fs::write(input.join("blank.txt"), "\n \n").expect("written");
    fs::write(input.join("binary.txt"), b"\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0\x03\0>\0".repeat(50)).expect("written");
    fs::write(input.join("picture.jpg"), b"\xff\xd8\xff").expect("written");
    let output = extract(&[&input, &input.join("gone.txt")], &out, &[]);
    assert_eq!(status(&output), 1);
    let errors = table(&out, "errors.csv");
    let named: Vec<&str> = errors.iter().map(|row| row["path"].as_str()).collect();
    assert_eq!(named, ["binary.txt", "blank.txt", "empty.md", "gone.txt"]);
    for row in &errors {
        assert!(stderr(&output).contains(&format!("{}: {}", row["path"], row["message"])), "{}", stderr(&output));
    }
    assert_eq!(table(&out, "documents.csv").len(), 5);
    assert!(!out.join("documents/empty.json").exists());
}

#[test]
fn nothing_to_read_is_no_run() {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let output = extract(&[dir.path()], &dir.path().join("out"), &[]);
    assert_eq!(status(&output), 2);
    assert!(stderr(&output).contains("no documents in"), "{}", stderr(&output));
    let output = extract(&[Path::new("/no/such/paper.md")], &dir.path().join("out"), &[]);
    assert_eq!(status(&output), 2);
    assert!(stderr(&output).contains("no such file"), "{}", stderr(&output));
}

#[test]
fn a_folder_that_cannot_be_written_to_is_named() {
    let dir = tempfile::tempdir().expect("a temporary folder");
    documents::write(&dir.path().join("in"), 1);
    let file = dir.path().join("file");
    fs::write(&file, "").expect("written");
    let output = extract(&[&dir.path().join("in")], &file.join("out"), &[]);
    assert_eq!(status(&output), 2);
    assert!(stderr(&output).contains(&file.display().to_string()), "{}", stderr(&output));
}

#[test]
fn a_file_above_the_limit_is_refused() {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let (input, out) = (dir.path().join("in"), dir.path().join("out"));
    documents::write(&input, 3);
    fs::write(input.join("big.txt"), "One should act. ".repeat(1000)).expect("written");
    let output = extract(&[&input], &out, &["--max-bytes", "10K"]);
    assert_eq!(status(&output), 1);
    assert!(table(&out, "errors.csv")[0]["message"].contains("too large: 16000 bytes"));
}

/// A tenth of the sizes in release builds, for builds without optimisation.
fn scaled(count: usize) -> usize {
    if cfg!(debug_assertions) { count / 10 } else { count }
}

#[test]
fn hostile_files_get_a_clear_result_in_bounded_time() {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let (input, out) = (dir.path().join("in"), dir.path().join("out"));
    fs::create_dir(&input).expect("made");
    let write = |name: &str, bytes: &[u8]| fs::write(input.join(name), bytes).expect("written");
    write("one-line.txt", "The Council should act on this, said the U.S. in 2021. ".repeat(scaled(50_000_000) / 55).as_bytes());
    write("one-word.txt", "a".repeat(scaled(20_000_000)).as_bytes());
    write("headings.md", (0..scaled(100_000)).map(|n| format!("# Heading {n}\n\n")).collect::<String>().as_bytes());
    write("headings.txt", (0..scaled(100_000)).map(|n| format!("{n}. Heading Number\n\nIt should be done.\n\n")).collect::<String>().as_bytes());
    write("notes.md", (0..scaled(100_000)).map(|n| format!("Text.[^{n}]\n\n[^{n}]: Smith, Title, {n}.\n\n")).collect::<String>().as_bytes());
    write("open.md", "[(**_`<".repeat(scaled(200_000)).as_bytes());
    write("nested.md", "> ".repeat(scaled(20_000)).as_bytes());
    write("items.txt", "- Ministers should act;\n".repeat(scaled(200_000)).as_bytes());
    write("controls.txt", "\u{202e}a\u{0}b\u{1b}[2J\u{feff}\u{fffd}\u{301}\u{301}".repeat(scaled(100_000)).as_bytes());
    write("latin1.txt", &b"Caf\xe9 should. ".repeat(scaled(100_000)));
    let started = Instant::now();
    let output = extract(&[&input], &out, &["--timeout", "120"]);
    let took = started.elapsed();
    assert!(took < BOUND, "took {took:?}");
    let errors = table(&out, "errors.csv");
    assert!(errors.iter().all(|row| row["stage"] == "ingest"), "{errors:?}");
    assert_eq!(table(&out, "documents.csv").len() + errors.len(), 10);
    assert!(status(&output) < 2);
}
