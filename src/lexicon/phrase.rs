//! Phrases that are looked for at the starts of words, whatever their case.

use std::ops::Range;

/// A set of phrases, found by the first letters of their first words.
#[derive(Debug)]
pub struct Phrases {
    /// For each hash of a word, the place in `phrases` of the first that may begin with it, plus one; 0 if none does.
    first: Vec<u16>,
    /// By the hash of the first word, the longest first.
    phrases: Vec<Phrase>,
}

#[derive(Debug)]
struct Phrase {
    text: Box<[u8]>,
    /// The first eight bytes, folded, and which of them the phrase has.
    head: u64,
    within: u64,
    hash: u16,
    /// Its number in the order in which the phrases were given.
    number: usize,
}

const BITS: u32 = 13;
const EACH: u64 = 0x0101_0101_0101_0101;
const HIGH: u64 = 0x80 * EACH;
/// Makes ASCII capitals small, and some marks alike.
const FOLD: u64 = 0x20 * EACH;

impl Phrases {
    /// Takes phrases that begin with an ASCII letter or digit; others are never found.
    #[must_use]
    pub fn new<'a>(texts: impl IntoIterator<Item = &'a str>) -> Self {
        let phrase = |(number, text): (usize, &str)| {
            let (bytes, eight) = (text.as_bytes(), eight(text.as_bytes(), 0));
            let within = first_bytes(bytes.len().min(8));
            Phrase { text: bytes.into(), head: (eight | FOLD) & within, within, hash: hash(eight, run(eight)), number }
        };
        let mut phrases: Vec<Phrase> = texts.into_iter().enumerate().map(phrase).collect();
        phrases.sort_by_key(|phrase| (phrase.hash, std::cmp::Reverse(phrase.text.len())));
        let mut first = vec![0; 1 << BITS];
        for (at, phrase) in phrases.iter().enumerate().rev() {
            first[usize::from(phrase.hash)] = u16::try_from(at + 1).unwrap_or_default();
        }
        Self { first, phrases }
    }

    /// Calls `found` with the place and number of each phrase that stands at the start of a word, from left to right, without overlap; of several the longest
    /// counts. Where a phrase ends within a word, it is for the caller to judge.
    pub fn find(&self, text: &str, mut found: impl FnMut(Range<usize>, usize)) {
        let bytes = text.as_bytes();
        let mut at = 0;
        while at < bytes.len() {
            let eight = eight(bytes, at);
            let run = run(eight);
            if run == 0 {
                // The next letter among the eight, or past them.
                at += (letters(eight).trailing_zeros() / 8) as usize;
                continue;
            }
            let hash = hash(eight, run);
            let from = usize::from(self.first[usize::from(hash)]);
            // Few words get past this.
            let phrase = if from > 0 { self.longest(&bytes[at..], eight | FOLD, hash, from - 1) } else { None };
            at = match phrase {
                Some(phrase) => {
                    let end = at + phrase.text.len();
                    found(at..end, phrase.number);
                    alphanumeric_end(bytes, end)
                }
                None if run == 8 => alphanumeric_end(bytes, at + run),
                // No letter follows.
                None => at + run + 1,
            };
        }
    }

    /// The longest phrase at the start of a text, of those from `from` on whose first words have this hash; `folded` are the first eight bytes.
    fn longest(&self, text: &[u8], folded: u64, hash: u16, from: usize) -> Option<&Phrase> {
        let fits = |phrase: &&Phrase| {
            folded & phrase.within == phrase.head && text.get(..phrase.text.len()).is_some_and(|here| here.eq_ignore_ascii_case(&phrase.text))
        };
        self.phrases[from..].iter().take_while(|phrase| phrase.hash == hash).find(fits)
    }
}

/// The first bytes of a word and its length, if it is of ASCII letters and digits and shorter than eight of them: most are.
#[inline]
#[must_use]
pub fn short_word(bytes: &[u8], at: usize) -> Option<(u64, usize)> {
    let eight = eight(bytes, at);
    let run = run(eight);
    (run > 0 && run < 8).then(|| (eight & first_bytes(run), run))
}

/// Where the ASCII letters and digits from `at` on end.
#[inline]
#[must_use]
pub fn alphanumeric_end(bytes: &[u8], mut at: usize) -> usize {
    loop {
        let run = run(eight(bytes, at));
        at += run;
        if run < 8 {
            return at;
        }
    }
}

/// The eight bytes from `at` on, 0 past the end.
#[inline]
fn eight(bytes: &[u8], at: usize) -> u64 {
    let rest = bytes.get(at..).unwrap_or_default();
    match rest.first_chunk::<8>() {
        Some(chunk) => u64::from_le_bytes(*chunk),
        None => rest.iter().rev().fold(0, |eight, &byte| eight << 8 | u64::from(byte)),
    }
}

/// How many of the eight bytes, from the first on, are ASCII letters or digits.
#[inline]
fn run(eight: u64) -> usize {
    ((!letters(eight) & HIGH).trailing_zeros() / 8) as usize
}

/// The highest bit of each byte that is an ASCII letter or digit.
#[inline]
fn letters(eight: u64) -> u64 {
    let within = |bytes: u64, first: u8, last: u8| (bytes + (0x80 - u64::from(first)) * EACH) & !(bytes + (0x7f - u64::from(last)) * EACH);
    let low = eight & !HIGH;
    (within(low | FOLD, b'a', b'z') | within(low, b'0', b'9')) & !eight & HIGH
}

#[inline]
fn first_bytes(count: usize) -> u64 {
    if count < 8 { (1 << (8 * count)) - 1 } else { u64::MAX }
}

/// Of the first letters of a word, whatever their case.
#[inline]
fn hash(eight: u64, run: usize) -> u16 {
    let product = ((eight | FOLD) & first_bytes(run)).wrapping_mul(0x9fb2_1c65_1e98_df25);
    (product >> (64 - BITS)) as u16
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found<'t>(phrases: &[&str], text: &'t str) -> Vec<&'t str> {
        let mut places = Vec::new();
        Phrases::new(phrases.iter().copied()).find(text, |range, number| {
            assert!(text[range.clone()].eq_ignore_ascii_case(phrases[number]));
            places.push(&text[range]);
        });
        places
    }

    #[test]
    fn the_longest_phrase_at_the_start_of_a_word_counts() {
        let phrases = ["must", "may", "may not", "would do well to", "ill-advised", "recommendation", "recommendations on", "can’t"];
        let text = "Must we? MAY NOT; they would do well to act (ill-advised) – e\u{301}must. Recommendation can’t";
        assert_eq!(found(&phrases, text), ["Must", "MAY NOT", "would do well to", "ill-advised", "must", "Recommendation", "can’t"]);
    }

    #[test]
    fn a_phrase_may_end_within_a_word_but_not_begin_in_one() {
        assert_eq!(found(&["arms control", "control"], "arms controls, firearms control mustmay"), ["arms control", "control"]);
        assert_eq!(found(&["may"], "maybe dismay maymaymaymay May"), ["May"]);
    }

    #[test]
    fn runs_are_those_of_ascii_letters_and_digits() {
        for byte in 0..=u8::MAX {
            let expected = if byte.is_ascii_alphanumeric() { 8 } else { 0 };
            assert_eq!(run(u64::from(byte) * EACH), expected, "{byte}");
        }
        let text = "abcdefghijk9 é".as_bytes();
        assert_eq!(alphanumeric_end(text, 0), 12);
        assert_eq!(alphanumeric_end(text, 12), 12);
        assert_eq!(alphanumeric_end(text, text.len()), text.len());
    }
}
