//! How good records are, measured against gold annotations: precision, recall and F1 for every layer, with bootstrap intervals, and the agreement of
//! two annotators.
//!
//! What counts as found is defined in the annotation guidelines: headings, recommendations and citations by an overlap of at least half of their
//! words, mentions by exact span and type, addressees and actions end to end.

pub mod agreement;
pub mod align;
pub mod bootstrap;
pub mod fold;
pub mod gold;
pub mod label_studio;
mod layers;
pub mod passage;
pub mod reliability;
pub mod sample;
pub mod standoff;
pub mod tally;
pub mod uima;
mod utf16;

use crate::record::Analysis;
use align::Aligner;
use gold::Gold;
use reliability::Judged;
use tally::Tallies;

/// Something that gold and record do not agree on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    pub layer: &'static str,
    /// `missed`, `extra`, or what differs (`type`, `names`, `addressees`, `action`, `fields`).
    pub kind: &'static str,
    /// The words in question, white space runs as one space.
    pub text: String,
    pub gold: String,
    pub found: String,
}

/// The score of one document.
#[derive(Debug, Clone)]
pub struct DocumentScore {
    pub name: String,
    pub tallies: Tallies,
    pub problems: Vec<Problem>,
    /// The found items with their confidence, right or wrong.
    pub judged: Vec<Judged>,
    /// The share of the words of the gold text that are in the record's text.
    pub coverage: f64,
}

/// Scores one record against gold made on `text`. Without a record everything is missed.
#[must_use]
pub fn score(name: &str, gold: &Gold, text: &str, record: Option<&Analysis>) -> DocumentScore {
    let empty = Analysis::default();
    let record = record.unwrap_or(&empty);
    let aligner = Aligner::new(text, &record.text);
    let layers::Outcome { tallies, problems, judged } = layers::score(gold, text, record, &aligner);
    DocumentScore { name: name.to_owned(), tallies, problems, judged, coverage: aligner.coverage() }
}
