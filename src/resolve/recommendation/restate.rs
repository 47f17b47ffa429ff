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
        for uses in index.earlier(at).filter(|uses| uses.len() <= MOST) {
            for &(_, earlier) in uses {
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
    /// For each word of each recommendation, the uses of the word by those before it, as a range.
    earlier: Vec<(u32, u32)>,
    /// Where those of each recommendation begin.
    from: Vec<usize>,
}

impl Index {
    fn of(fingerprints: &[Vec<u64>]) -> Self {
        let len = |words: &Vec<u64>| if words.len() < FEWEST { 0 } else { words.len() };
        let mut from = vec![0];
        from.extend(fingerprints.iter().scan(0, |sum, words| {
            *sum += len(words);
            Some(*sum)
        }));
        let mut uses: Vec<(u64, u32)> = Vec::with_capacity(from[fingerprints.len()]);
        for (at, words) in fingerprints.iter().enumerate() {
            uses.extend(words[..len(words)].iter().map(|&word| (word, at as u32)));
        }
        uses.sort_unstable();
        let (mut next, mut earlier) = (from.clone(), vec![(0, 0); uses.len()]);
        let mut start = 0;
        for (at, &(word, of)) in uses.iter().enumerate() {
            if uses[start].0 != word {
                start = at;
            }
            earlier[next[of as usize]] = (start as u32, at as u32);
            next[of as usize] += 1;
        }
        Self { uses, earlier, from }
    }

    /// For each word of a recommendation, the uses of it by those before.
    fn earlier(&self, of: usize) -> impl Iterator<Item = &[(u64, u32)]> {
        self.earlier[self.from[of]..self.from[of + 1]].iter().map(|&(start, end)| &self.uses[start as usize..end as usize])
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
            match other_letter(text, at) {
                0 => break,
                len => at += len,
            }
        }
        if at > start {
            word(start, at);
        }
        at += if bytes.get(at).is_none_or(u8::is_ascii) { 1 } else { text[at..].chars().next().map_or(1, char::len_utf8) };
    }
}

/// The length of the letter or digit at `at` that is outside ASCII; 0 if there is none.
fn other_letter(text: &str, at: usize) -> usize {
    let other = !text.as_bytes().get(at).is_none_or(u8::is_ascii);
    let c = if other { text[at..].chars().next() } else { None };
    c.filter(|c| c.is_alphanumeric()).map_or(0, char::len_utf8)
}

/// Words of grammar that any two recommendations share.
fn is_empty(word: &str) -> bool {
    matches!(word, "that" | "with" | "from" | "this" | "their" | "which" | "should" | "such" | "have" | "been" | "into" | "also")
}
