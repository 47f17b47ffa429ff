//! `policylens diff`: what changed between two runs, or two versions of a paper.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use clap::ValueEnum;
use serde::Serialize;

use super::{DONE, terminal};
use crate::batch::records;
use crate::compare::change::{Change, ChangeKind, FieldChange, Layer, changes};
use crate::compare::words::Words;
use crate::pipeline::{Input, Settings, analyse};
use crate::record::{Analysis, Generator, wire_name};
use crate::write::{csv, json};

/// The two differ.
const DIFFERENT: u8 = 1;

/// Show what changed between two records, two output folders, or two versions of a paper
///
/// Exit status: 0 no difference, 1 differences, 2 trouble.
#[derive(Debug, clap::Args)]
#[command(after_help = AFTER, after_long_help = AFTER)]
pub struct Arguments {
    /// A record, an output folder, or a paper
    old: PathBuf,

    /// The same for the new state
    new: PathBuf,

    /// How to write the differences
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

const AFTER: &str = "\
Items are matched by what they say, not by where they stand, so that a moved section is moved and
not removed and added.

Examples:
  policylens diff brief-v1.md brief-v2.md
  policylens diff output-2024/ output-2025/ --format csv > changes.csv";

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Text,
    Json,
    Csv,
    Markdown,
}

/// The differences of one document.
#[derive(Debug, Serialize)]
struct DocumentChanges {
    document: String,
    /// `changed`, `added` or `removed`.
    status: &'static str,
    changes: Vec<Change>,
}

#[derive(Debug, Serialize)]
struct Difference {
    /// What makes the two runs hard to compare: other rules, another version.
    warnings: Vec<String>,
    documents: Vec<DocumentChanges>,
}

/// Runs the command.
pub fn run(arguments: &Arguments) -> Result<u8> {
    let (old, new) = (load(&arguments.old)?, load(&arguments.new)?);
    let difference = Difference { warnings: warnings(&old, &new), documents: documents(&old, &new) };
    let text = match arguments.format {
        Format::Text => text(&difference),
        Format::Markdown => markdown(&difference),
        Format::Json => String::from_utf8(json::lines(&difference, 1 << 16))?,
        Format::Csv => String::from_utf8(table(&difference))?,
    };
    anstream::stdout().lock().write_all(text.as_bytes())?;
    Ok(if difference.documents.is_empty() { DONE } else { DIFFERENT })
}

/// Reads records, or analyses a paper.
fn load(path: &Path) -> Result<Vec<Analysis>> {
    let is_record = path.is_dir() || path.extension().is_some_and(|extension| extension == "json" || extension == "ndjson");
    if is_record {
        return Ok(records::read(&[path.to_owned()], |record| record)?);
    }
    let bytes = fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
    let Some(name) = path.file_name().and_then(|name| name.to_str()) else { bail!("{} has no readable name", path.display()) };
    let record = analyse(&Input { id: name, path: name, bytes: &bytes }, &Settings::built_in()?).with_context(|| format!("cannot read {}", path.display()))?;
    Ok(vec![record])
}

fn warnings(old: &[Analysis], new: &[Analysis]) -> Vec<String> {
    let generator = |records: &[Analysis]| records.first().map(|record| record.generator.clone());
    let (Some(one), Some(other)) = (generator(old), generator(new)) else { return Vec::new() };
    let mut found = Vec::new();
    let mut compare = |what: &str, value: fn(&Generator) -> String| {
        let (one, other) = (value(&one), value(&other));
        if one != other {
            found.push(format!("the two were made with another {what}: {one} and {other}; differences may come from that"));
        }
    };
    compare("version of policylens", |generator| generator.version.clone());
    compare("set of rules", |generator| generator.rules.clone());
    compare("lexicon", |generator| generator.lexicon.clone().unwrap_or_else(|| "none".to_owned()));
    found
}

fn documents(old: &[Analysis], new: &[Analysis]) -> Vec<DocumentChanges> {
    // Two single papers are compared whatever they are called.
    if let ([old], [new]) = (old, new) {
        let changes = changes(old, new);
        let document = new.document.id.clone();
        return if changes.is_empty() { Vec::new() } else { vec![DocumentChanges { document, status: "changed", changes }] };
    }
    let mut by_id: BTreeMap<&str, (Option<&Analysis>, Option<&Analysis>)> = BTreeMap::new();
    old.iter().for_each(|record| by_id.entry(&record.document.id).or_default().0 = Some(record));
    new.iter().for_each(|record| by_id.entry(&record.document.id).or_default().1 = Some(record));
    by_id
        .into_iter()
        .filter_map(|(id, sides)| {
            let (status, changes) = match sides {
                (Some(old), Some(new)) => ("changed", changes(old, new)),
                (None, _) => ("added", Vec::new()),
                (_, None) => ("removed", Vec::new()),
            };
            (status != "changed" || !changes.is_empty()).then(|| DocumentChanges { document: id.to_owned(), status, changes })
        })
        .collect()
}

fn text(difference: &Difference) -> String {
    let mut out = String::new();
    for warning in &difference.warnings {
        let _ = writeln!(out, "{} {}", terminal::styled(terminal::SHOULD, "note:"), terminal::harmless(warning));
    }
    for document in &difference.documents {
        let _ = writeln!(out, "{} {}", terminal::styled(terminal::TITLE, &terminal::harmless(&document.document)), document.status);
        let mut layer = None;
        for change in &document.changes {
            if layer.replace(change.layer) != Some(change.layer) {
                let _ = writeln!(out, "  {}", terminal::styled(terminal::TITLE, &wire_name(&change.layer)));
            }
            let _ = writeln!(out, "{}", described(change));
        }
    }
    if difference.documents.is_empty() {
        out.push_str("no difference\n");
    }
    out
}

/// One change on lines of their own: a sign, the text with removed and added words marked, and the fields.
fn described(change: &Change) -> String {
    let (sign, style) = match change.kind {
        ChangeKind::Added => ("+", terminal::COULD),
        ChangeKind::Removed => ("-", terminal::MUST),
        ChangeKind::Changed => ("~", terminal::SHOULD),
        ChangeKind::Moved => (">", terminal::NAME),
    };
    let shown = if change.words.is_empty() { change.text.clone() } else { marked(&change.words) };
    let mut lines = vec![terminal::wrapped(&shown, &format!("    {} ", terminal::styled(style, sign)), 6, terminal::width())];
    if !change.passage.is_empty() {
        lines.push(terminal::wrapped(&marked(&change.passage), "        ", 8, terminal::width()));
    }
    for field in change.fields.iter().filter(|field| !is_shown(change, field)) {
        let line = format!("{}: {} → {}", field.field, or_none(field, &field.old), or_none(field, &field.new));
        lines.push(terminal::wrapped(&line, "        ", 10, terminal::width()));
    }
    coloured(&lines.join("\n"))
}

/// The text with `[-` `-]` around removed and `{+` `+}` around added words.
fn marked(words: &[Words]) -> String {
    let one = |part: &Words| match part.kind {
        "added" => format!("{{+{}+}}", part.text),
        "removed" => format!("[-{}-]", part.text),
        _ => part.text.clone(),
    };
    words.iter().map(one).collect()
}

/// Colours marked words. The text is wrapped already, so that no control sequence counts as a word.
fn coloured(text: &str) -> String {
    [("[-", "-]", terminal::MUST), ("{+", "+}", terminal::COULD)]
        .into_iter()
        .fold(text.to_owned(), |text, (open, close, style)| text.replace(open, &format!("{style}{open}")).replace(close, &format!("{close}{style:#}")))
}

/// True for a field of a citation whose old and new values can be read in its words.
fn is_shown(change: &Change, field: &FieldChange) -> bool {
    let side = |without: &str| change.words.iter().filter(|part| part.kind != without).map(|part| part.text.as_str()).collect::<String>();
    change.layer == Layer::Citations && !change.words.is_empty() && side("added").contains(&field.old) && side("removed").contains(&field.new)
}

/// A value, or what its absence means.
fn or_none<'a>(field: &FieldChange, value: &'a str) -> &'a str {
    match (value, field.field) {
        ("", "after") => "(first)",
        ("", _) => "(none)",
        _ => value,
    }
}

fn markdown(difference: &Difference) -> String {
    let mut out = String::new();
    for warning in &difference.warnings {
        let _ = writeln!(out, "> {}\n", escape(warning));
    }
    for document in &difference.documents {
        let _ = writeln!(out, "## {} ({})\n\n| layer | change | text | fields |\n| --- | --- | --- | --- |", escape(&document.document), document.status);
        for change in &document.changes {
            let mut shown = if change.words.is_empty() { escape(&change.text) } else { emphasised(&change.words) };
            if !change.passage.is_empty() {
                shown = format!("{shown}<br>{}", emphasised(&change.passage));
            }
            let _ = writeln!(out, "| {} | {} | {shown} | {} |", wire_name(&change.layer), wire_name(&change.kind), escape(&fields(change)));
        }
        out.push('\n');
    }
    out
}

/// Text for a table cell of Markdown: on one line, without mark-up of its own, links or tags.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in terminal::harmless(text).split_whitespace().collect::<Vec<_>>().join(" ").chars() {
        match c {
            '<' | '>' => {}
            '\\' | '|' | '[' | ']' | '`' | '*' | '_' | '~' => out.extend(['\\', c]),
            c => out.push(c),
        }
    }
    out
}

/// Markdown with added words strong and removed words struck out. White space stays outside of the marks, which do not work otherwise.
fn emphasised(words: &[Words]) -> String {
    let one = |part: &Words| {
        let mark = match part.kind {
            "added" => "**",
            "removed" => "~~",
            _ => "",
        };
        let space = |is_there: bool| if is_there { " " } else { "" };
        let (lead, close) = (space(part.text.starts_with(char::is_whitespace)), space(part.text.ends_with(char::is_whitespace)));
        match escape(&part.text) {
            text if text.is_empty() => lead.to_owned(),
            text => format!("{lead}{mark}{text}{mark}{close}"),
        }
    };
    words.iter().map(one).collect()
}

fn fields(change: &Change) -> String {
    change.fields.iter().map(|field| format!("{}: {} → {}", field.field, or_none(field, &field.old), or_none(field, &field.new))).collect::<Vec<_>>().join("; ")
}

fn table(difference: &Difference) -> Vec<u8> {
    let header = ["document_id", "layer", "change", "old_id", "new_id", "text", "old_text", "fields", "words"].map(str::to_owned);
    let mut rows = Vec::new();
    for document in &difference.documents {
        if document.changes.is_empty() {
            let mut row = vec![String::new(); header.len()];
            row[0].clone_from(&document.document);
            row[1] = "documents".to_owned();
            document.status.clone_into(&mut row[2]);
            rows.push(row);
        }
        for change in &document.changes {
            let old_text: String = change.words.iter().filter(|part| part.kind != "added").map(|part| part.text.as_str()).collect();
            rows.push(vec![
                document.document.clone(),
                wire_name(&change.layer),
                wire_name(&change.kind),
                change.old_id.clone().unwrap_or_default(),
                change.new_id.clone().unwrap_or_default(),
                change.text.clone(),
                old_text,
                fields(change),
                marked(if change.words.is_empty() { &change.passage } else { &change.words }),
            ]);
        }
    }
    csv::sheet(&header, &rows)
}
