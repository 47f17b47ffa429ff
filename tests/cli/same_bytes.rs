//! The same input gives the same bytes.

use std::path::Path;

use crate::tool::{assert_same_files, extract, status};
use crate::{documents, tool};

#[test]
fn threads_order_and_repetition_make_no_difference() {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let mut papers = documents::write(&dir.path().join("in"), 25);
    let run = |papers: &[std::path::PathBuf], out: &str, more: &[&str]| {
        let inputs: Vec<&Path> = papers.iter().map(AsRef::as_ref).collect();
        let output = extract(&inputs, &dir.path().join(out), more);
        assert_eq!(status(&output), 0, "{}", tool::stderr(&output));
    };
    run(&papers, "one", &["-j", "1", "--documents-ndjson"]);
    run(&papers, "eight", &["-j", "8", "--documents-ndjson"]);
    papers.reverse();
    papers.swap(3, 17);
    run(&papers, "shuffled", &["--documents-ndjson"]);
    run(&papers, "shuffled", &["--documents-ndjson"]);
    for other in ["eight", "shuffled"] {
        assert_same_files(&dir.path().join("one"), &dir.path().join(other));
    }
}

#[test]
fn a_record_does_not_depend_on_how_its_file_was_named() {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let input = dir.path().join("in");
    documents::write(&input, 6);
    let pattern = input.join("**/*.*");
    assert_eq!(status(&extract(&[&input], &dir.path().join("folder"), &[])), 0);
    assert_eq!(status(&extract(&[&pattern], &dir.path().join("pattern"), &[])), 0);
    assert_eq!(status(&extract(&[&input, &pattern, &input.join("year-2020/paper-000.txt")], &dir.path().join("both"), &[])), 0);
    assert_same_files(&dir.path().join("folder"), &dir.path().join("pattern"));
    assert_same_files(&dir.path().join("folder"), &dir.path().join("both"));
}

#[test]
fn a_second_run_keeps_what_is_unchanged_and_drops_what_is_gone() {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let (input, out, fresh) = (dir.path().join("in"), dir.path().join("out"), dir.path().join("fresh"));
    let papers = documents::write(&input, 8);
    assert_eq!(status(&extract(&[&input], &out, &["--documents-ndjson"])), 0);
    std::fs::write(&papers[2], "Changed.\n\nCongress should act.\n").expect("a paper can be changed");
    std::fs::remove_file(&papers[5]).expect("a paper can be removed");
    let again = extract(&[&input], &out, &[]);
    assert_eq!(status(&again), 0);
    assert!(String::from_utf8_lossy(&again.stdout).contains("6 unchanged"), "{}", String::from_utf8_lossy(&again.stdout));
    assert_eq!(status(&extract(&[&input], &fresh, &[])), 0);
    assert_same_files(&out, &fresh);
    let forced = extract(&[&input], &out, &["--force"]);
    assert!(!String::from_utf8_lossy(&forced.stdout).contains("unchanged"));
    assert_same_files(&out, &fresh);
}
