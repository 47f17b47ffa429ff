//! `policylens lexicon`: which names are known, and whether a file of further names is sound.

use std::fmt::Write as _;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow};
use clap::Subcommand;

use super::{DONE, SOME_FAILED, terminal};
use crate::lexicon::{Found, Lexicon, Problem, Usage, check};
use crate::pipeline::Settings;
use crate::record::wire_name;

/// Look a name up among the known actors, or check a file of names of your own
#[derive(Debug, clap::Args)]
#[command(after_help = AFTER)]
pub struct Arguments {
    #[command(subcommand)]
    command: Command,
}

const AFTER: &str = "\
A file of names is a table with the header name,type,aliases,country,id; aliases are joined by ';'.
The type is an actor's (state, government, organization, …), none for what is no actor, or remove.

Example:
  policylens lexicon check names.csv && policylens extract papers/ --lexicon names.csv";

#[derive(Debug, Subcommand)]
enum Command {
    /// Say what NAME, exactly as written, is taken for
    Find {
        name: String,
        /// With the names in FILE added
        #[arg(long, value_name = "FILE")]
        lexicon: Option<PathBuf>,
    },
    /// Check a file of names and say what is wrong, with line and column
    Check { file: PathBuf },
}

/// Runs the command.
pub fn run(arguments: &Arguments) -> Result<u8> {
    match &arguments.command {
        Command::Find { name, lexicon } => {
            let settings = Settings::built_in()?;
            let settings = if let Some(file) = lexicon { add(settings, file)? } else { settings };
            find(&settings.lexicon, name)
        }
        Command::Check { file } => {
            let problems = listed(file, &check(&read(file)?));
            let mut out = anstream::stdout().lock();
            if problems.is_empty() {
                writeln!(out, "{}: every line can be used", file.display())?;
                return Ok(DONE);
            }
            out.write_all(problems.as_bytes())?;
            Ok(SOME_FAILED)
        }
    }
}

/// The settings with the names of a file added.
///
/// # Errors
/// If the file cannot be read, or something is wrong in it.
pub fn add(settings: Settings, file: &Path) -> Result<Settings> {
    let text = read(file)?;
    settings.with_names(&text).map_err(|problems| anyhow!("the names cannot be used\n{}", listed(file, &problems).trim_end()))
}

fn read(file: &Path) -> Result<String> {
    let bytes = fs::read(file).with_context(|| format!("cannot read {}", file.display()))?;
    String::from_utf8(bytes).with_context(|| format!("{} is not in UTF-8", file.display()))
}

fn listed(file: &Path, problems: &[Problem]) -> String {
    problems.iter().fold(String::new(), |mut out, problem| {
        let _ = writeln!(out, "{}:{}", file.display(), terminal::harmless(&problem.to_string()));
        out
    })
}

fn find(lexicon: &Lexicon, name: &str) -> Result<u8> {
    let found = lexicon.find(name);
    let mut out = anstream::stdout().lock();
    for one in &found {
        writeln!(out, "{}", describe(one))?;
    }
    if lexicon.excludes(name) {
        writeln!(out, "no actor: the name is known as something else (an agreement, a region, a law)")?;
    } else if found.is_empty() {
        writeln!(out, "not known: the name is found only where its form or the document tells that it is an actor's")?;
        return Ok(SOME_FAILED);
    }
    Ok(DONE)
}

fn describe(found: &Found) -> String {
    let entry = found.entry;
    let usage = match found.usage {
        Usage::Name => "name",
        Usage::Acronym => "acronym",
        Usage::Adjective => "adjective",
        Usage::People => "people",
        Usage::Metonym => "metonym",
        Usage::NoActor => "no actor",
    };
    let context = found.needs_context.then_some("counts only where the document names it in another way too");
    let facts = [Some(wire_name(&entry.kind).into()), entry.country.clone(), entry.wikidata.clone(), Some(usage.into()), context.map(Into::into)];
    let facts: Vec<_> = facts.into_iter().flatten().collect();
    format!("{}  {}", terminal::styled(terminal::NAME, &terminal::harmless(&entry.name)), facts.join(", "))
}
