//! The command line, run as a user runs it.

#[path = "cli/current.rs"]
mod current;
#[path = "cli/documents.rs"]
mod documents;
#[path = "cli/failures.rs"]
mod failures;
#[path = "cli/full.rs"]
mod full;
#[path = "cli/hostile.rs"]
mod hostile;
#[path = "cli/kill.rs"]
mod kill;
#[path = "cli/pipe.rs"]
mod pipe;
#[path = "cli/same_bytes.rs"]
mod same_bytes;
#[path = "cli/tables.rs"]
mod tables;
#[path = "cli/tool.rs"]
mod tool;

/// The cases in `tests/cmd`: commands with what they print and their exit status.
/// `TRYCMD=overwrite cargo test --test cli` takes what is printed now.
#[test]
fn commands_print_what_their_cases_say() {
    trycmd::TestCases::new().case("tests/cmd/*.trycmd").case("tests/cmd/*.toml");
}
