//! `policylens compare`: tables across papers.

use std::io::Write;
use std::path::PathBuf;

use anyhow::Result;
use serde::Serialize;

use super::selection::Selection;
use super::{DONE, terminal};
use crate::batch::folder::Folder;
use crate::compare::align::Relation;
use crate::compare::paper::Paper;
use crate::compare::{self, Comparison, Parameters, tables};
use crate::write::{csv, json};

/// Compare papers: which ask the same of whom, where they disagree, what one leaves out
#[derive(Debug, clap::Args)]
#[command(after_help = AFTER, after_long_help = AFTER)]
pub struct Arguments {
    #[command(flatten)]
    selection: Selection,

    /// The folder to write to
    #[arg(short, long, value_name = "DIR", default_value = "comparison")]
    output: PathBuf,

    /// From this similarity on, two recommendations say the same
    #[arg(long, value_name = "X", default_value_t = Parameters::default().same)]
    same: f32,

    /// From this similarity on, two recommendations are related
    #[arg(long, value_name = "X", default_value_t = Parameters::default().related)]
    related: f32,

    /// A theme, actor or topic is usual if more than this share of the papers has it
    #[arg(long, value_name = "X", default_value_t = Parameters::default().usual)]
    usual: f32,
}

const AFTER: &str = "\
Written to DIR: themes.csv and theme_members.csv (groups of recommendations that say the same),
recommendation_pairs.csv (same, related, opposed), actor_document.csv and actor_matrix.csv,
shared_citations.csv, document_similarity.csv, silences.csv (what most papers have and one has not),
and comparison.json with the parameters and what the measures are.

Example:
  policylens extract papers/ -o output && policylens compare output -o comparison";

/// What the measures are, written beside the results.
#[derive(Serialize)]
struct Description<'a> {
    version: &'static str,
    papers: usize,
    recommendations: usize,
    parameters: &'a Parameters,
    measures: [(&'static str, &'static str); 6],
}

const MEASURES: [(&str, &str); 6] = [
    (
        "lexical",
        "cosine of the stems of the action's content words, verbs and nouns of one class as one, weighted by the BM25 inverse document frequency and by 1 / (1 + position / 8); times min(1, 0.3 + 5 cosine of the papers' 50 weightiest terms)",
    ),
    ("similarity", "0.80 lexical + 0.12 addressee + 0.08 topic; the last two are 1 if shared, 0 if not, 0.5 if one side has none"),
    (
        "relation",
        "same from parameters.same on, related from parameters.related on, opposed from parameters.opposed on if the verbs point in opposite directions or one advises against; parameters.shared_terms in common and parameters.lexical at least",
    ),
    (
        "themes",
        "stars of the graph of same and opposed pairs (Aslam, Pelekhov and Rus 2004); versions and copies (one title, cosine of the papers' terms of 0.5 and more) count as one paper",
    ),
    (
        "document similarity",
        "actors: cosine of log mention counts by rarity; citations: Jaccard; recommendations: share aligned as same; topics: cosine; overall: their mean",
    ),
    ("silences", "what more than parameters.usual of the papers have and a paper has not"),
];

/// Runs the command.
pub fn run(arguments: &Arguments) -> Result<u8> {
    let papers = arguments.selection.read(|record| Paper::from_record(&record))?;
    let parameters = Parameters { same: arguments.same, related: arguments.related, usual: arguments.usual, ..Parameters::default() };
    let comparison = compare::compare(papers, parameters);
    let folder = Folder::bare(&arguments.output)?;
    for table in tables::tables(&comparison) {
        folder.write(&folder.path(&format!("{}.csv", table.name)), &csv::sheet(&table.header, &table.rows))?;
    }
    let recommendations = comparison.papers.iter().map(|paper| paper.recommendations.len()).sum();
    let description = Description {
        version: env!("CARGO_PKG_VERSION"),
        papers: comparison.papers.len(),
        recommendations,
        parameters: &comparison.parameters,
        measures: MEASURES,
    };
    folder.write(&folder.path("comparison.json"), &json::lines(&description, 4096))?;
    summary(&comparison, recommendations, arguments)
}

fn summary(comparison: &Comparison, recommendations: usize, arguments: &Arguments) -> Result<u8> {
    let count = |relation| comparison.pairs.iter().filter(|pair| pair.relation == relation).count();
    let mut out = anstream::stdout().lock();
    let rows = [
        ("papers", comparison.papers.len()),
        ("recommendations", recommendations),
        ("pairs that say the same", count(Relation::Same)),
        ("pairs that are related", count(Relation::Related)),
        ("pairs that are opposed", count(Relation::Opposed)),
        ("themes", comparison.themes.len()),
        ("works cited by several", comparison.works.len()),
        ("silences", comparison.silences.len()),
    ];
    for (name, value) in rows {
        writeln!(out, "{:>10}  {name}", terminal::grouped(value))?;
    }
    for theme in comparison.themes.iter().take(5) {
        let label = format!("{} ({} papers)", theme.label, theme.papers.len());
        writeln!(out, "{}", terminal::wrapped(&label, "  theme: ", 9, terminal::width()))?;
    }
    writeln!(out, "written to {}", arguments.output.display())?;
    Ok(DONE)
}
