//! What is committed is what the program makes now: `output/`, and the views of the sample papers in `tests/snapshots`.
//!
//! These tests run where `POLICYLENS_CURRENT` is set (`.ci/run` sets it), so that a change of rules can be tried before its effects are recorded with
//! `.ci/update-output`.

use std::path::Path;

use crate::tool::{self, assert_same_files, extract, status, stderr};

fn wanted() -> bool {
    std::env::var_os("POLICYLENS_CURRENT").is_some()
}

#[test]
fn output_is_what_the_main_command_makes_of_the_corpus() {
    if !wanted() {
        return;
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let dir = tempfile::tempdir().expect("a temporary folder");
    let output = extract(&[&root.join("corpus")], dir.path(), &[]);
    assert_eq!(status(&output), 0, "{}", stderr(&output));
    assert_same_files(&root.join("output"), dir.path());
}

/// Papers whose whole view is kept: one of each layout.
const SHOWN: [&str; 4] = ["cables-pacific-v2.md", "care-visas-oscola.md", "kestrel-fisheries-audit.txt", "port-aldous-ai-memo.txt"];

#[test]
fn views_of_sample_papers_are_as_recorded() {
    if !wanted() {
        return;
    }
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    for name in SHOWN {
        let output = tool::command(&["show", "--top", "0"]).arg(corpus.join(name)).env("COLUMNS", "120").output().expect("the program can be run");
        assert_eq!(status(&output), 0, "{}", stderr(&output));
        insta::with_settings!({snapshot_path => "../snapshots", prepend_module_to_snapshot => false, omit_expression => true}, {
            insta::assert_snapshot!(name, String::from_utf8_lossy(&output.stdout));
        });
    }
}
