//! The command-line tool; all of it is in [`policylens::cli`].

use std::process::ExitCode;

fn main() -> ExitCode {
    policylens::cli::run()
}
