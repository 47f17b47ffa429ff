//! Which earlier recommendation one repeats: a summary and a body say the same in nearly the same words.

use rustc_hash::{FxHashMap as HashMap, FxHashSet as HashSet};

use super::Recommendation;
use crate::document::Document;

/// Least share of common words (of all words of both) for a repetition.
const LEAST: f64 = 0.6;
/// Words that more recommendations than this share tell nothing apart, and would cost time.
const MOST: usize = 24;
/// Fewer words than this make no fingerprint.
const FEWEST: usize = 3;

/// Sets `restates` where an earlier recommendation asks for the same in nearly the same words.
pub fn link(document: &Document, recommendations: &mut [Recommendation]) {
    let fingerprints: Vec<Vec<String>> = recommendations.iter().map(|one| fingerprint(document, one)).collect();
    let mut index: HashMap<&str, Vec<usize>> = HashMap::default();
    for (at, words) in fingerprints.iter().enumerate() {
        let mut shared: HashMap<usize, usize> = HashMap::default();
        for word in words {
            if let Some(earlier) = index.get(word.as_str()).filter(|earlier| earlier.len() <= MOST) {
                earlier.iter().for_each(|&earlier| *shared.entry(earlier).or_insert(0) += 1);
            }
        }
        let mut candidates: Vec<(usize, usize)> = shared.into_iter().collect();
        candidates.sort_unstable_by_key(|&(earlier, count)| (std::cmp::Reverse(count), earlier));
        let same =
            candidates.iter().take(8).map(|&(earlier, _)| earlier).find(|&earlier| {
                recommendations[earlier].raw.polarity == recommendations[at].raw.polarity && similarity(&fingerprints[earlier], words) >= LEAST
            });
        if words.len() >= FEWEST {
            recommendations[at].restates = same.map(|earlier| recommendations[earlier].restates.unwrap_or(earlier));
            for word in words {
                index.entry(word).or_default().push(at);
            }
        }
    }
}

/// Words in common, of all words of both.
fn similarity(one: &[String], other: &[String]) -> f64 {
    let words: HashSet<&str> = one.iter().map(String::as_str).collect();
    let common = other.iter().filter(|word| words.contains(word.as_str())).count();
    let all = one.len() + other.len() - common;
    if all == 0 { 0.0 } else { common as f64 / all as f64 }
}

/// The words of the action that carry meaning, each once, in lower case, plural endings cut.
fn fingerprint(document: &Document, one: &Recommendation) -> Vec<String> {
    let text = document.text(one.raw.action.unwrap_or(one.raw.span)).to_lowercase();
    let mut words: Vec<String> = text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| {
            word.len() > 3 && !matches!(*word, "that" | "with" | "from" | "this" | "their" | "which" | "should" | "such" | "have" | "been" | "into" | "also")
        })
        .map(|word| word.strip_suffix('s').unwrap_or(word).to_owned())
        .collect();
    words.sort_unstable();
    words.dedup();
    words
}
