//! Words of the record's text as words of the gold text, so that a record made from a PDF is scored against gold made on plain text.

use std::collections::{BTreeMap, BTreeSet};

use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::fold::is_word;
use crate::record::Place;

/// A word of the gold text by its number, or a word of the record that is not in the gold text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Word {
    Gold(usize),
    Foreign(usize),
}

/// The words under a span.
pub type Words = BTreeSet<Word>;

/// Least lengths of matching runs, pass by pass: what stands elsewhere (footnotes at a page's foot, endnotes in the gold) is aligned after the running
/// text, and then only in runs that are no accident.
const PASSES: [usize; 4] = [1, 5, 5, 5];

/// Maps code point spans of the two texts to words of the gold text.
#[derive(Debug)]
pub struct Aligner {
    gold: Vec<(usize, usize)>,
    record: Vec<(usize, usize)>,
    to_gold: BTreeMap<usize, usize>,
}

impl Aligner {
    #[must_use]
    pub fn new(gold_text: &str, record_text: &str) -> Self {
        let (gold, gold_words) = words(gold_text);
        let (record, record_words) = words(record_text);
        let to_gold = if gold_words == record_words { (0..record.len()).map(|at| (at, at)).collect() } else { matching(&record_words, &gold_words) };
        Self { gold, record, to_gold }
    }

    /// The share of the words of the gold text that are in the record's text.
    #[must_use]
    pub fn coverage(&self) -> f64 {
        self.to_gold.len() as f64 / self.gold.len().max(1) as f64
    }

    /// How many words the gold text has.
    #[must_use]
    pub fn gold_len(&self) -> usize {
        self.gold.len()
    }

    /// The words under a place of the gold text.
    #[must_use]
    pub fn in_gold(&self, place: Place) -> Words {
        range(&self.gold, place).map(Word::Gold).collect()
    }

    /// The words under a place of the record's text.
    #[must_use]
    pub fn in_record(&self, place: Place) -> Words {
        range(&self.record, place).map(|at| self.to_gold.get(&at).map_or(Word::Foreign(at), |&at| Word::Gold(at))).collect()
    }
}

/// The numbers of the words that a place touches.
fn range(words: &[(usize, usize)], place: Place) -> std::ops::Range<usize> {
    let first = words.partition_point(|word| word.1 <= place.start);
    let after = words.partition_point(|word| word.0 < place.end);
    first..after.max(first)
}

/// Runs of word characters, and each other visible character by itself, with their places in code points.
fn words(text: &str) -> (Vec<(usize, usize)>, Vec<String>) {
    let (mut places, mut found) = (Vec::new(), Vec::<String>::new());
    let mut in_word = false;
    for (at, c) in text.chars().enumerate() {
        if is_word(c) && in_word {
            if let (Some(place), Some(word)) = (places.last_mut(), found.last_mut()) {
                let (_, end): &mut (usize, usize) = place;
                *end = at + 1;
                word.extend(c.to_lowercase());
            }
            continue;
        }
        in_word = is_word(c);
        if !c.is_whitespace() {
            places.push((at, at + 1));
            found.push(c.to_lowercase().collect());
        }
    }
    (places, found)
}

fn matching(record: &[String], gold: &[String]) -> BTreeMap<usize, usize> {
    let mut map = BTreeMap::new();
    let (mut left, mut open): (Vec<usize>, Vec<usize>) = ((0..record.len()).collect(), (0..gold.len()).collect());
    for least in PASSES {
        let one: Vec<&str> = left.iter().map(|&at| record[at].as_str()).collect();
        let other: Vec<&str> = open.iter().map(|&at| gold[at].as_str()).collect();
        let before = map.len();
        for operation in capture_diff_slices(Algorithm::Patience, &one, &other) {
            if let DiffOp::Equal { old_index, new_index, len } = operation
                && len >= least
            {
                map.extend((0..len).map(|step| (left[old_index + step], open[new_index + step])));
            }
        }
        if map.len() == before {
            break;
        }
        let used: BTreeSet<usize> = map.values().copied().collect();
        left.retain(|at| !map.contains_key(at));
        open.retain(|at| !used.contains(at));
    }
    map
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_another_layout_are_found() {
        let aligner = Aligner::new("The state should act now.", "Page 3\nThe state\nshould act now.");
        assert_eq!(aligner.in_gold(Place { start: 4, end: 9 }), aligner.in_record(Place { start: 11, end: 16 }));
        assert!((aligner.coverage() - 1.0).abs() < 1e-9);
        assert!(aligner.in_record(Place { start: 0, end: 4 }).iter().all(|word| matches!(word, Word::Foreign(_))));
    }
}
