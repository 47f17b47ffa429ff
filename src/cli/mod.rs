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

use std::ffi::OsString;
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

/// Runs the command line of this process.
#[must_use]
pub fn run() -> ExitCode {
    ExitCode::from(run_with(std::env::args_os()))
}

/// Runs a command line, of which the first word is the program's name, and gives the exit status: 0 all read, 1 some failed, 2 could not run, 130 interrupted.
pub fn run_with(arguments: impl IntoIterator<Item = OsString>) -> u8 {
    let cli = match Cli::try_parse_from(arguments) {
        Ok(cli) => cli,
        Err(usage) => {
            // Help asked for, or the words could not be understood; if nobody can read it, nothing is to be done.
            let _ = usage.print();
            return u8::try_from(usage.exit_code()).unwrap_or(NOT_RUN);
        }
    };
    let result = match cli.command {
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
        Ok(status) => status,
        Err(error) if is_broken_pipe(&error) => DONE,
        Err(error) => {
            anstream::eprintln!("{}error:{} {error:#}", terminal::ERROR, terminal::ERROR.render_reset());
            NOT_RUN
        }
    }
}

/// True if whoever read our output has gone (`| head`), which is no error.
fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error.chain().filter_map(|cause| cause.downcast_ref::<io::Error>()).any(|cause| cause.kind() == io::ErrorKind::BrokenPipe)
}
