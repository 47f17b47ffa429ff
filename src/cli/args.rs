//! What the command line takes.

use clap::{Parser, Subcommand};

use super::{cite, compare, completions, diff, extract, gold, lexicon, report, rules, sample, score, show};

/// Reads policy papers and extracts their sections, recommendations, actors and citations by rules that can be read.
#[derive(Debug, Parser)]
#[command(name = "policylens", version, propagate_version = true, max_term_width = 100, after_help = AFTER)]
pub struct Cli {
    #[command(subcommand)]
    pub command: Command,
}

const AFTER: &str = "\
Examples:
  policylens extract papers/ -o output     read a folder, write JSON and CSV
  policylens show paper.md                 see what is understood in one paper
  policylens rules show RULE               see why a rule exists

Everything runs on this machine, offline; the same input gives the same output.";

#[derive(Debug, Subcommand)]
pub enum Command {
    Extract(extract::Arguments),
    Show(show::Arguments),
    Cite(cite::Arguments),
    Compare(compare::Arguments),
    Diff(diff::Arguments),
    Report(report::Arguments),
    Score(score::Arguments),
    Sample(sample::Arguments),
    Gold(gold::Arguments),
    Rules(rules::Arguments),
    Lexicon(lexicon::Arguments),
    /// Print the JSON Schema of the record
    Schema,
    Completions(completions::Arguments),
    /// Print the manual page
    ///
    /// To read it: `policylens man | man -l -`.
    Man,
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_definition_is_sound() {
        Cli::command().debug_assert();
    }
}
