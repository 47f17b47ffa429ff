//! Which earlier recommendation one repeats: a summary and a body say the same in nearly the same words.

use super::Recommendation;
use crate::document::Document;
use crate::lexicon::{alphanumeric_end, of_first};

/// Least share of common words (of all words of both) for a repetition.
const LEAST: f64 = 0.6;
/// Words that more recommendations than this share tell nothing apart, and would cost time.
const MOST: usize = 24;
/// How many earlier recommendations, those that share most words first, are compared with one.
const TRIED: usize = 8;
/// Fewer words than this make no fingerprint.
const FEWEST: usize = 3;

/// Sets `restates` where an earlier recommendation asks for the same in nearly the same words.
pub fn link(document: &Document, recommendations: &mut [Recommendation]) {
    let fingerprints: Vec<Vec<u64>> = recommendations.iter().map(|one| fingerprint(document, one)).collect();
    let index = Index::of(&fingerprints);
    // How many words each earlier recommendation shares, and those that share any.
    let (mut shared, mut sharing) = (vec![0u32; recommendations.len()], Vec::new());
    for (at, words) in fingerprints.iter().enumerate().filter(|(_, words)| words.len() >= FEWEST) {
        for &word in words {
            for &(_, earlier) in index.earlier(word, at).filter(|earlier| earlier.len() <= MOST).unwrap_or_default() {
                if shared[earlier as usize] == 0 {
                    sharing.push(earlier);
                }
                shared[earlier as usize] += 1;
            }
        }
        let rank = |earlier: &u32| (std::cmp::Reverse(shared[*earlier as usize]), *earlier);
        if sharing.len() > TRIED {
            sharing.select_nth_unstable_by_key(TRIED, rank);
        }
        let tried = sharing.len().min(TRIED);
        sharing[..tried].sort_unstable_by_key(rank);
        let same = sharing[..tried]
            .iter()
            .map(|&earlier| earlier as usize)
            .find(|&earlier| recommendations[earlier].raw.polarity == recommendations[at].raw.polarity && similarity(&fingerprints[earlier], words) >= LEAST);
        sharing.drain(..).for_each(|earlier| shared[earlier as usize] = 0);
        recommendations[at].restates = same.map(|earlier| recommendations[earlier].restates.unwrap_or(earlier));
    }
}

/// Which recommendations use each word.
struct Index {
    /// Words and recommendations, sorted.
    uses: Vec<(u64, u32)>,
    /// For each use, where those of its word begin.
    first: Vec<u32>,
}

impl Index {
    fn of(fingerprints: &[Vec<u64>]) -> Self {
        let uses = fingerprints.iter().enumerate().filter(|(_, words)| words.len() >= FEWEST);
        let mut uses: Vec<(u64, u32)> = uses.flat_map(|(at, words)| words.iter().map(move |&word| (word, at as u32))).collect();
        uses.sort_unstable();
        let mut start = 0;
        let first = (0..uses.len()).map(|at| {
            if uses[start].0 != uses[at].0 {
                start = at;
            }
            start as u32
        });
        Self { first: first.collect(), uses }
    }

    /// The uses of a word by the recommendations before the one at `at`, which uses it too.
    fn earlier(&self, word: u64, at: usize) -> Option<&[(u64, u32)]> {
        let own = self.uses.binary_search(&(word, at as u32)).ok()?;
        self.uses.get(*self.first.get(own)? as usize..own)
    }
}

/// Words in common, of all words of both. The words of each are sorted.
fn similarity(one: &[u64], other: &[u64]) -> f64 {
    let (mut at, mut common) = (0, 0);
    for word in other {
        while one.get(at).is_some_and(|earlier| earlier < word) {
            at += 1;
        }
        common += usize::from(one.get(at) == Some(word));
    }
    let all = one.len() + other.len() - common;
    if all == 0 { 0.0 } else { common as f64 / all as f64 }
}

/// The hashes of the words of the action that carry meaning, each once, in lower case, plural endings cut.
fn fingerprint(document: &Document, one: &Recommendation) -> Vec<u64> {
    let text = document.text(one.raw.action.unwrap_or(one.raw.span));
    let lower = if text.is_ascii() { text.to_ascii_lowercase() } else { text.to_lowercase() };
    let mut words: Vec<u64> = Vec::with_capacity(lower.len() / 6);
    words_of(&lower, |at, end| {
        let long = end - at > 3 && !is_empty(&lower[at..end]);
        if long {
            let cut = usize::from(lower.as_bytes()[end - 1] == b's');
            words.push(of_first(&lower.as_bytes()[at..], end - at - cut));
        }
    });
    words.sort_unstable();
    words.dedup();
    words
}

/// Calls `word` with the start and end of each run of letters and digits.
fn words_of(text: &str, mut word: impl FnMut(usize, usize)) {
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        let start = at;
        loop {
            at = alphanumeric_end(bytes, at);
            match text[at..].chars().next() {
                Some(c) if !c.is_ascii() && c.is_alphanumeric() => at += c.len_utf8(),
                _ => break,
            }
        }
        if at > start {
            word(start, at);
        }
        at += text[at..].chars().next().map_or(1, char::len_utf8);
    }
}

/// Words of grammar that any two recommendations share.
fn is_empty(word: &str) -> bool {
    matches!(word, "that" | "with" | "from" | "this" | "their" | "which" | "should" | "such" | "have" | "been" | "into" | "also")
}
