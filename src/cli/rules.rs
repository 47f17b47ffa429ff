//! `policylens rules`: what the program looks for, and why.

use std::io::Write;

use anyhow::{Result, bail};
use clap::Subcommand;

use super::{DONE, terminal};
use crate::record::wire_name;
use crate::rule::{Rule, RuleSet};

/// List the rules, or show one: why it exists, its cues, what it catches and spares
#[derive(Debug, clap::Args)]
#[command(args_conflicts_with_subcommands = true)]
pub struct Arguments {
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// List all rules, or those whose id begins with PREFIX
    List { prefix: Option<String> },
    /// Show one rule
    Show { id: String },
}

/// Runs the command.
pub fn run(arguments: &Arguments) -> Result<u8> {
    let rules = RuleSet::built_in()?;
    let text = match &arguments.command {
        None => list(&rules, ""),
        Some(Command::List { prefix }) => list(&rules, prefix.as_deref().unwrap_or_default()),
        Some(Command::Show { id }) => match rules.find(id) {
            Some(rule) => show(rules.get(rule)),
            None => bail!("no rule has the id {id:?}{}", like(&rules, id)),
        },
    };
    anstream::stdout().lock().write_all(text.as_bytes())?;
    Ok(DONE)
}

fn list(rules: &RuleSet, prefix: &str) -> String {
    let chosen: Vec<&Rule> = rules.iter().map(|(_, rule)| rule).filter(|rule| rule.id.starts_with(prefix)).collect();
    let width = chosen.iter().map(|rule| rule.id.len()).max().unwrap_or(0);
    chosen.iter().map(|rule| format!("{}  {}\n", terminal::styled(terminal::NAME, &format!("{:<width$}", rule.id)), first_sentence(&rule.why))).collect()
}

fn first_sentence(text: &str) -> &str {
    text.trim().lines().next().unwrap_or_default()
}

/// The ids that share the last word with one that does not exist.
fn like(rules: &RuleSet, id: &str) -> String {
    let word = id.rsplit('.').next().unwrap_or(id);
    let found: Vec<&str> = rules.iter().map(|(_, rule)| rule.id.as_str()).filter(|other| other.contains(word) || id.contains(*other)).take(5).collect();
    if found.is_empty() { "; `policylens rules` lists them".to_owned() } else { format!("; did you mean {}?", found.join(", ")) }
}

fn show(rule: &Rule) -> String {
    let width = terminal::width();
    let mut out = format!("{}\n", terminal::styled(terminal::TITLE, &rule.id));
    let mut field = |name: &str, value: &str| {
        if !value.is_empty() {
            out.push_str(&terminal::wrapped(value, &terminal::styled(terminal::FAINT, &format!("{name:<12}")), 12, width));
            out.push('\n');
        }
    };
    field("why", &rule.why);
    field("kind", &rule.kind);
    field("strength", &rule.strength.map(|strength| wire_name(&strength)).unwrap_or_default());
    field("polarity", &rule.polarity.map(|polarity| wire_name(&polarity)).unwrap_or_default());
    field("confidence", &rule.confidence.to_string());
    field("cues", &rule.cues.join(" | "));
    field("pattern", rule.pattern.as_deref().unwrap_or_default());
    rule.unless.iter().for_each(|pattern| field("unless", pattern));
    rule.catches.iter().for_each(|text| field("catches", text));
    rule.spares.iter().for_each(|text| field("spares", text));
    out
}
