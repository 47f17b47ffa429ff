//! `policylens score`: how good records are, measured against gold annotations.

use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use serde::Serialize;
use serde_json::{Value, json};

use super::DONE;
use crate::batch::folder::Folder;
use crate::batch::records;
use crate::record::{Analysis, wire_name};
use crate::score::agreement::{Agreement, agreement};
use crate::score::gold::Gold;
use crate::score::tally::{LAYERS, Row, Tallies};
use crate::score::{DocumentScore, bootstrap, reliability};
use crate::write::{csv, json as pretty};

/// Score records against gold annotations, or two annotators against each other
#[derive(Debug, clap::Args)]
#[command(after_help = AFTER, after_long_help = AFTER)]
pub struct Arguments {
    /// A folder with NAME.gold.json beside each paper NAME.txt (or .md)
    gold: PathBuf,

    /// Records (output folders, folders of records, records); with --agreement the second annotator's folder
    #[arg(value_name = "RECORDS", required = true)]
    records: Vec<PathBuf>,

    /// Compare the gold of two annotators: Cohen's kappa and Krippendorff's alpha
    #[arg(long)]
    agreement: bool,

    /// Print what a confidence is worth, too: in each band, the items found and the share of them that is right
    #[arg(long, conflicts_with = "agreement")]
    reliability: bool,

    /// Write the figures to this JSON file too
    #[arg(long, value_name = "FILE")]
    json: Option<PathBuf>,

    /// Write what was missed, extra or different to this CSV file
    #[arg(long, value_name = "FILE")]
    errors: Option<PathBuf>,
}

const AFTER: &str = "\
Printed for each layer: precision, recall, F1 with its 95 % bootstrap interval over documents, and
the share of found items that are right in level, kind, strength, polarity, names or type.

Examples:
  policylens score gold/ output --errors errors.csv
  policylens score gold/ output --reliability
  policylens score --agreement gold-anna/ gold-ben/";

/// Runs the command.
pub fn run(arguments: &Arguments) -> Result<u8> {
    if arguments.agreement { compare_annotators(arguments) } else { score_records(arguments) }
}

/// Gold files by the stem of their name, with the path.
fn gold_files(folder: &Path) -> Result<BTreeMap<String, (PathBuf, Gold)>> {
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))? {
        let path = entry.with_context(|| format!("cannot read {}", folder.display()))?.path();
        let Some(name) = path.file_name().and_then(|name| name.to_str()).and_then(|name| name.strip_suffix(".gold.json")) else { continue };
        let text = fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
        let gold = serde_json::from_str(&text).with_context(|| format!("{} is no gold file", path.display()))?;
        found.insert(stem(name).to_owned(), (path, gold));
    }
    if found.is_empty() {
        bail!("no gold files (NAME.gold.json) in {}", folder.display());
    }
    Ok(found)
}

/// The name up to its first stop.
fn stem(name: &str) -> &str {
    name.split('.').next().unwrap_or(name)
}

/// The text beside a gold file, plain text first.
fn text_beside(folder: &Path, name: &str) -> Result<String> {
    let mut candidates = Vec::new();
    for entry in fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))? {
        let path = entry?.path();
        let file = path.file_name().and_then(|file| file.to_str()).unwrap_or_default().to_owned();
        if stem(&file) == name && !file.ends_with(".json") {
            candidates.push((!file.ends_with(".txt"), file, path));
        }
    }
    candidates.sort();
    let Some((_, _, path)) = candidates.into_iter().next() else { bail!("no text beside {name}.gold.json") };
    let text = fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
    Ok(text.trim_start_matches('\u{feff}').replace("\r\n", "\n").replace('\r', "\n"))
}

fn score_records(arguments: &Arguments) -> Result<u8> {
    let records = records::read(&arguments.records, |record| record)?;
    // The id says more than the stem, which papers in several formats share.
    let stems = records.iter().map(|record| (stem(file_name(&record.document.path)), record));
    let by_name: HashMap<&str, &Analysis> = stems.chain(records.iter().map(|record| (record.document.id.as_str(), record))).collect();
    let mut scores = Vec::new();
    for (name, (_, gold)) in gold_files(&arguments.gold)? {
        let record = by_name.get(name.as_str()).copied();
        if record.is_none() {
            anstream::eprintln!("note: {name}: no record");
        }
        let score = crate::score::score(&name, &gold, &text_beside(&arguments.gold, &name)?, record);
        if record.is_some() && score.coverage < 0.9 {
            anstream::eprintln!("note: {name}: only {:.0} % of the words of the gold text are in the record's text", score.coverage * 100.0);
        }
        scores.push(score);
    }
    print_scores(&scores)?;
    if arguments.reliability {
        print_reliability(&scores)?;
    }
    if let Some(path) = &arguments.json {
        write_file(path, &pretty::lines(&figures(&scores), 4096))?;
    }
    if let Some(path) = &arguments.errors {
        write_file(path, &errors(&scores))?;
    }
    Ok(DONE)
}

fn file_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

fn write_file(path: &Path, bytes: &[u8]) -> Result<()> {
    let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    Folder::bare(parent)?.write(path, bytes)?;
    Ok(())
}

fn total(scores: &[DocumentScore]) -> Tallies {
    let mut sum = Tallies::default();
    scores.iter().for_each(|score| sum.add(&score.tallies));
    sum
}

/// A layer's figures as they are written to JSON.
#[derive(Serialize)]
struct Figures {
    #[serde(flatten)]
    row: Row,
    /// The 95 % interval of F1.
    #[serde(skip_serializing_if = "Option::is_none")]
    f1_interval: Option<(f64, f64)>,
}

/// Every layer's figures, and under `mean` the mean F1.
fn figures(scores: &[DocumentScore]) -> BTreeMap<&'static str, Value> {
    let sum = total(scores);
    let of = |layer: &'static str| json!(Figures { row: sum.get(layer).row(), f1_interval: bootstrap::interval(scores, layer) });
    LAYERS.iter().map(|&layer| (layer, of(layer))).chain([("mean", json!({ "f1": sum.mean() }))]).collect()
}

fn print_scores(scores: &[DocumentScore]) -> Result<()> {
    let sum = total(scores);
    let mut out = anstream::stdout().lock();
    writeln!(out, "{} documents", scores.len())?;
    writeln!(out, "{:16} {:>6} {:>6} {:>6} {:>15} {:>6} {:>6}", "layer", "P", "R", "F1", "95 % interval", "gold", "found")?;
    for layer in LAYERS {
        let row = sum.get(layer).row();
        let interval = bootstrap::interval(scores, layer).map_or_else(String::new, |(low, high)| format!("{low:.3} to {high:.3}"));
        let shares: Vec<String> = row.shares.iter().map(|(name, share)| format!("{name} {share:.3}")).collect();
        writeln!(
            out,
            "{layer:16} {:6.3} {:6.3} {:6.3} {interval:>15} {:6} {:6}  {}",
            row.precision,
            row.recall,
            row.f1,
            row.gold,
            row.predicted,
            shares.join("  ")
        )?;
    }
    writeln!(out, "{:16} {:20.3}", "mean F1", sum.mean())?;
    Ok(())
}

fn print_reliability(scores: &[DocumentScore]) -> Result<()> {
    let mut out = anstream::stdout().lock();
    writeln!(out, "\n{:16} {:>12} {:>6} {:>6} {:>6} {:>10}", "layer", "confidence", "items", "right", "share", "mean conf.")?;
    for band in reliability::bands(scores.iter().flat_map(|score| &score.judged)) {
        let range = format!("{:.2} to {:.2}", band.low, band.high);
        let share = band.right as f64 / band.items as f64;
        writeln!(out, "{:16} {range:>12} {:6} {:6} {share:6.3} {:10.3}", band.layer, band.items, band.right, band.confidence)?;
    }
    Ok(())
}

fn errors(scores: &[DocumentScore]) -> Vec<u8> {
    let header = ["document", "layer", "kind", "text", "gold", "found"].map(str::to_owned);
    let rows = scores.iter().flat_map(|score| {
        score.problems.iter().map(|problem| {
            vec![score.name.clone(), problem.layer.to_owned(), problem.kind.to_owned(), problem.text.clone(), problem.gold.clone(), problem.found.clone()]
        })
    });
    csv::sheet(&header, rows)
}

/// The labels that two annotators gave: whether a word is in a recommendation, and the labels of items that both have at the same place.
fn compare_annotators(arguments: &Arguments) -> Result<u8> {
    let [other] = arguments.records.as_slice() else { bail!("--agreement compares two folders of gold files") };
    let (first, second) = (gold_files(&arguments.gold)?, gold_files(other)?);
    let mut labels: BTreeMap<&str, Vec<(String, String)>> = BTreeMap::new();
    let mut documents = 0;
    for (name, (_, one)) in &first {
        let Some((_, two)) = second.get(name) else {
            anstream::eprintln!("note: {name}: not in {}", other.display());
            continue;
        };
        documents += 1;
        collect(&mut labels, one, two, text_beside(&arguments.gold, name)?.chars().count());
    }
    if documents == 0 {
        bail!("no document has gold in both {} and {}", arguments.gold.display(), other.display());
    }
    let mut out = anstream::stdout().lock();
    writeln!(out, "{documents} documents annotated by both")?;
    writeln!(out, "{:34} {:>7} {:>9} {:>7} {:>7}", "label", "pairs", "observed", "kappa", "alpha")?;
    for (name, pairs) in &labels {
        let Agreement { pairs, observed, kappa, alpha } = agreement(pairs);
        let figure = |value: Option<f64>| value.map_or_else(|| "–".to_owned(), |value| format!("{value:.3}"));
        writeln!(out, "{name:34} {pairs:>7} {observed:>9.3} {:>7} {:>7}", figure(kappa), figure(alpha))?;
    }
    Ok(DONE)
}

fn collect(labels: &mut BTreeMap<&str, Vec<(String, String)>>, one: &Gold, two: &Gold, length: usize) {
    let covered = |gold: &Gold| {
        let mut points = vec![false; length];
        for item in gold.recommendations.iter().filter(|item| !item.borderline) {
            let end = item.place.end.min(length);
            points[item.place.start.min(end)..end].fill(true);
        }
        points
    };
    let yes_no = |is_in: bool| if is_in { "yes" } else { "no" }.to_owned();
    let (first, second) = (covered(one), covered(two));
    labels.entry("code point in a recommendation").or_default().extend(first.into_iter().zip(second).map(|(one, two)| (yes_no(one), yes_no(two))));
    for item in &one.recommendations {
        if let Some(other) = two.recommendations.iter().find(|other| other.place == item.place) {
            labels.entry("strength").or_default().push((wire_name(&item.strength), wire_name(&other.strength)));
            labels.entry("polarity").or_default().push((wire_name(&item.polarity), wire_name(&other.polarity)));
        }
    }
    for item in &one.mentions {
        if let Some(other) = two.mentions.iter().find(|other| other.place == item.place) {
            labels.entry("actor type").or_default().push((wire_name(&item.kind), wire_name(&other.kind)));
        }
    }
    for item in &one.sections {
        if let Some(other) = two.sections.iter().find(|other| other.place == item.place) {
            labels.entry("section kind").or_default().push((wire_name(&item.kind), wire_name(&other.kind)));
        }
    }
}
