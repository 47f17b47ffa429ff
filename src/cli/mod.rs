//! The command line.

mod args;
mod cite;
mod compare;
mod completions;
mod diff;
mod extract;
mod gold;
mod lexicon;
mod man;
mod report;
mod rules;
mod sample;
mod schema;
mod score;
mod selection;
mod show;
mod terminal;

use std::io;
use std::process::ExitCode;

use clap::Parser;

use args::{Cli, Command};

/// All documents were read.
const DONE: u8 = 0;
/// Some documents could not be read.
const SOME_FAILED: u8 = 1;
/// The command could not be run.
const NOT_RUN: u8 = 2;
/// Ended by Ctrl-C, as shells number it.
const INTERRUPTED: u8 = 130;

/// Runs the command line and gives the exit status: 0 all read, 1 some failed, 2 could not run, 130 interrupted.
#[must_use]
pub fn run() -> ExitCode {
    let result = match Cli::parse().command {
        Command::Extract(arguments) => extract::run(&arguments),
        Command::Show(arguments) => show::run(&arguments),
        Command::Cite(arguments) => cite::run(&arguments),
        Command::Compare(arguments) => compare::run(&arguments),
        Command::Diff(arguments) => diff::run(&arguments),
        Command::Report(arguments) => report::run(&arguments),
        Command::Score(arguments) => score::run(&arguments),
        Command::Sample(arguments) => sample::run(&arguments),
        Command::Gold(arguments) => gold::run(&arguments),
        Command::Rules(arguments) => rules::run(&arguments),
        Command::Lexicon(arguments) => lexicon::run(&arguments),
        Command::Schema => schema::run(),
        Command::Completions(arguments) => completions::run(&arguments),
        Command::Man => man::run(),
    };
    match result {
        Ok(status) => ExitCode::from(status),
        Err(error) if is_broken_pipe(&error) => ExitCode::from(DONE),
        Err(error) => {
            anstream::eprintln!("{}error:{} {error:#}", terminal::ERROR, terminal::ERROR.render_reset());
            ExitCode::from(NOT_RUN)
        }
    }
}

/// True if whoever read our output has gone (`| head`), which is no error.
fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error.chain().filter_map(|cause| cause.downcast_ref::<io::Error>()).any(|cause| cause.kind() == io::ErrorKind::BrokenPipe)
}
