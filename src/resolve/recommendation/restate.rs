//! Which earlier recommendation one repeats: a summary and a body say the same in nearly the same words.

use super::Recommendation;
use crate::document::Document;
use crate::lexicon::{alphanumeric_blocks, alphanumeric_end, of_first, word_starts};

/// Least share of common words (of all words of both) for a repetition.
const LEAST: f64 = 0.6;
/// Words that more recommendations than this share tell nothing apart, and would cost time.
const MOST: usize = 24;
/// How many earlier recommendations, those that share most words first, are compared with one.
const TRIED: usize = 8;
/// Fewer words than this make no fingerprint.
const FEWEST: usize = 3;

/// Up to so many recommendations are compared each with each by their signatures, before anything is sorted.
const COMPARED: usize = 128;

/// Sets `restates` where an earlier recommendation asks for the same in nearly the same words.
pub fn link(document: &Document, recommendations: &mut [Recommendation]) {
    let mut fingerprints: Vec<Vec<u64>> = recommendations.iter().map(|one| words(document, one)).collect();
    if fingerprints.len() <= COMPARED && !may_repeat(&fingerprints) {
        return;
    }
    for words in &mut fingerprints {
        words.sort_unstable();
        words.dedup();
    }
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

/// False if no two recommendations can be similar.
fn may_repeat(fingerprints: &[Vec<u64>]) -> bool {
    let signatures: Vec<Signature> = fingerprints.iter().map(|words| Signature::of(words)).filter(|signature| signature.words >= FEWEST as u32).collect();
    signatures.iter().enumerate().any(|(at, one)| signatures[..at].iter().any(|other| one.may_resemble(*other)))
}

/// What some words have at most in common with others: a bit for each word.
#[derive(Clone, Copy)]
struct Signature {
    bits: u128,
    /// How many bits there are: no more than different words.
    least: u32,
    /// How many words there are, those that are repeated counted each time.
    words: u32,
}

impl Signature {
    fn of(words: &[u64]) -> Self {
        let bits = words.iter().fold(0u128, |bits, word| bits | 1 << (word >> 20 & 127));
        Self { bits, least: bits.count_ones(), words: words.len() as u32 }
    }

    /// False if the words that both have cannot be the least share ([`LEAST`]) of all of both.
    fn may_resemble(self, other: Self) -> bool {
        // Of words that share a bit all may be common.
        let common = (self.bits & other.bits).count_ones() + self.words - self.least;
        // Common words are 6 in 10 of all, or 6 in 16 of the sum of both counts.
        common * 8 >= (self.least + other.least) * 3
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

/// The hashes of the words of the action that carry meaning, in lower case, plural endings cut.
fn words(document: &Document, one: &Recommendation) -> Vec<u64> {
    let text = document.text(one.raw.action.unwrap_or(one.raw.span));
    let lower = if text.is_ascii() { text.to_ascii_lowercase() } else { text.to_lowercase() };
    let mut words: Vec<u64> = Vec::with_capacity(lower.len() / 6);
    words_of(&lower, |at, end| {
        if end - at > 3 && !is_empty(&lower.as_bytes()[at..end]) {
            let cut = usize::from(lower.as_bytes()[end - 1] == b's');
            words.push(of_first(&lower.as_bytes()[at..], end - at - cut));
        }
    });
    words
}

/// Calls `word` with the start and end of each run of letters and digits.
fn words_of(text: &str, mut word: impl FnMut(usize, usize)) {
    let bytes = text.as_bytes();
    if text.is_ascii() {
        word_starts(bytes, alphanumeric_blocks(bytes), |at, run| word(at, if run < 8 { at + run } else { alphanumeric_end(bytes, at + run) }));
        return;
    }
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
fn is_empty(word: &[u8]) -> bool {
    matches!(word, b"that" | b"with" | b"from" | b"this" | b"their" | b"which" | b"should" | b"such" | b"have" | b"been" | b"into" | b"also")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signatures_never_part_what_is_similar() {
        let words = |from: u64, to: u64, step: usize| -> Vec<u64> { (from..to).step_by(step).map(|word| word.wrapping_mul(0x9e37_79b9_7f4a_7c15)).collect() };
        let sets: Vec<Vec<u64>> = (0..40).map(|at| words(at * 3, at * 3 + 20 + at * 2, 1 + at as usize % 3)).collect();
        for one in &sets {
            for other in &sets {
                let (mut one_sorted, mut other_sorted) = (one.clone(), other.clone());
                one_sorted.sort_unstable();
                other_sorted.sort_unstable();
                let may = Signature::of(one).may_resemble(Signature::of(other));
                assert!(may || similarity(&one_sorted, &other_sorted) < LEAST);
            }
        }
        assert!(!Signature::of(&words(0, 10, 1)).may_resemble(Signature::of(&words(500, 520, 1))));
    }

    #[test]
    fn words_are_the_same_whether_read_in_blocks_or_one_by_one() {
        let places = |text: &str| {
            let mut places = Vec::new();
            words_of(text, |at, end| places.push((at, end)));
            places
        };
        let text = "the internationalisation of ports, co-operation and a very long sentence that goes on beyond the block";
        assert_eq!(places(text), places(&format!("{text} é"))[..places(text).len()]);
        assert_eq!(places("naïve é"), [(0, 6), (7, 9)]);
    }
}
