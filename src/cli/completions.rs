//! `policylens completions`: a completion script for a shell.

use anyhow::Result;
use clap::CommandFactory;
use clap_complete::Shell;

use super::DONE;
use super::args::Cli;

/// Print a completion script for a shell
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  policylens completions bash > ~/.local/share/bash-completion/completions/policylens")]
pub struct Arguments {
    shell: Shell,
}

/// Runs the command.
pub fn run(arguments: &Arguments) -> Result<u8> {
    clap_complete::generate(arguments.shell, &mut Cli::command(), "policylens", &mut std::io::stdout());
    Ok(DONE)
}
