//! `policylens man`: the manual page.

use std::io::Write;

use anyhow::Result;
use clap::CommandFactory;

use super::DONE;
use super::args::Cli;

/// Runs the command: the main page, then one for each command.
pub fn run() -> Result<u8> {
    let mut page = Vec::new();
    let mut command = Cli::command();
    command.build();
    clap_mangen::Man::new(command.clone()).render(&mut page)?;
    for sub in command.get_subcommands().filter(|sub| sub.get_name() != "help") {
        clap_mangen::Man::new(sub.clone()).render(&mut page)?;
    }
    std::io::stdout().lock().write_all(&page)?;
    Ok(DONE)
}
