//! Counts of what was found.

use std::collections::BTreeMap;

use serde::Serialize;

/// The layers in the order of the report. `overlap` is `mentions` with borders and types forgiven.
pub const LAYERS: [&str; 11] =
    ["sections", "recommendations", "addressees", "action", "mentions", "overlap", "actors", "anchors", "notes", "citations", "fields"];

/// The layers that make up the mean.
pub const MAIN: [&str; 10] = ["sections", "recommendations", "addressees", "action", "mentions", "actors", "anchors", "notes", "citations", "fields"];

/// Hits, predictions and gold items of one layer, and shares of the found ones that are right in some respect.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tally {
    pub hit: usize,
    pub predicted: usize,
    pub gold: usize,
    /// Name, right, of.
    pub shares: BTreeMap<&'static str, (usize, usize)>,
}

/// The figures of one layer.
#[derive(Debug, Clone, Serialize)]
pub struct Row {
    pub precision: f64,
    pub recall: f64,
    pub f1: f64,
    pub gold: usize,
    pub predicted: usize,
    pub hit: usize,
    #[serde(flatten)]
    pub shares: BTreeMap<&'static str, f64>,
}

impl Tally {
    pub(super) fn count(&mut self, hit: usize, predicted: usize, gold: usize) {
        self.hit += hit;
        self.predicted += predicted;
        self.gold += gold;
    }

    pub(super) fn share(&mut self, name: &'static str, right: usize, of: usize) {
        let share = self.shares.entry(name).or_default();
        share.0 += right;
        share.1 += of;
    }

    /// Adds the counts of another document.
    pub fn add(&mut self, other: &Self) {
        self.count(other.hit, other.predicted, other.gold);
        other.shares.iter().for_each(|(name, &(right, of))| self.share(name, right, of));
    }

    /// Precision, recall and their harmonic mean; 0 where there is nothing to divide by.
    #[must_use]
    pub fn row(&self) -> Row {
        let precision = ratio(self.hit, self.predicted);
        let recall = ratio(self.hit, self.gold);
        let f1 = if precision + recall > 0.0 { 2.0 * precision * recall / (precision + recall) } else { 0.0 };
        let shares = self.shares.iter().map(|(&name, &(right, of))| (name, ratio(right, of))).collect();
        Row { precision, recall, f1, gold: self.gold, predicted: self.predicted, hit: self.hit, shares }
    }
}

fn ratio(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

/// The tallies of all layers.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tallies(BTreeMap<&'static str, Tally>);

impl Tallies {
    pub(super) fn layer(&mut self, name: &'static str) -> &mut Tally {
        self.0.entry(name).or_default()
    }

    /// The tally of a layer; empty if nothing was counted.
    #[must_use]
    pub fn get(&self, name: &str) -> Tally {
        self.0.get(name).cloned().unwrap_or_default()
    }

    /// Keeps only these layers.
    pub(super) fn keep(&mut self, layers: &[String]) {
        self.0.retain(|name, _| layers.iter().any(|layer| layer == name));
    }

    /// Adds the counts of another document.
    pub fn add(&mut self, other: &Self) {
        other.0.iter().for_each(|(name, tally)| self.layer(name).add(tally));
    }

    /// The mean F1 of the main layers that have gold.
    #[must_use]
    pub fn mean(&self) -> f64 {
        let scored: Vec<f64> = MAIN.iter().map(|name| self.get(name)).filter(|tally| tally.gold > 0).map(|tally| tally.row().f1).collect();
        if scored.is_empty() { 0.0 } else { scored.iter().sum::<f64>() / scored.len() as f64 }
    }
}
