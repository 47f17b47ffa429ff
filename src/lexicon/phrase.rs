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
    pub fn find(&self, text: &str, found: impl FnMut(Range<usize>, usize)) {
        self.find_in(text, alphanumeric_blocks(text.as_bytes()), found);
    }

    /// [`Self::find`] in a text whose [`alphanumeric_blocks`] are known.
    pub fn find_in(&self, text: &str, blocks: impl Iterator<Item = u64>, mut found: impl FnMut(Range<usize>, usize)) {
        let bytes = text.as_bytes();
        // Up to here all is read.
        let mut read = 0;
        word_starts(bytes, blocks, |at, run| {
            if at < read {
                return;
            }
            let eight = eight(bytes, at);
            let hash = hash(eight, run);
            let from = usize::from(self.first[usize::from(hash)]);
            // Few words get past this.
            if from > 0
                && let Some(phrase) = self.longest(&bytes[at..], eight | FOLD, hash, from - 1)
            {
                let end = at + phrase.text.len();
                found(at..end, phrase.number);
                read = alphanumeric_end(bytes, end);
            }
        });
    }

    /// The longest phrase at the start of a text, of those from `from` on whose first words have this hash; `folded` are the first eight bytes.
    fn longest(&self, text: &[u8], folded: u64, hash: u16, from: usize) -> Option<&Phrase> {
        let fits = |phrase: &&Phrase| {
            folded & phrase.within == phrase.head && text.get(..phrase.text.len()).is_some_and(|here| here.eq_ignore_ascii_case(&phrase.text))
        };
        self.phrases[from..].iter().take_while(|phrase| phrase.hash == hash).find(fits)
    }
}

/// For each 64 bytes, which of them are ASCII letters and digits: the lowest bit is that of the first. The bits past the end are 0.
pub fn alphanumeric_blocks(bytes: &[u8]) -> impl Iterator<Item = u64> + '_ {
    let (blocks, rest) = bytes.as_chunks::<64>();
    let mut last = [0; 64];
    last[..rest.len()].copy_from_slice(rest);
    blocks.iter().map(alphanumerics).chain(std::iter::once_with(move || alphanumerics(&last)))
}

/// Calls `word` with the place of each run of ASCII letters and digits and how many of its first eight bytes are such; `blocks` are those of
/// [`alphanumeric_blocks`].
#[inline]
pub fn word_starts(bytes: &[u8], blocks: impl Iterator<Item = u64>, mut word: impl FnMut(usize, usize)) {
    // The bit of the byte before the block.
    let mut before = 0;
    for (inside, base) in blocks.zip((0..).step_by(64)) {
        let mut starts = inside & !(inside << 1 | before);
        before = inside >> 63;
        while starts != 0 {
            let offset = starts.trailing_zeros() as usize;
            starts &= starts - 1;
            // What begins near the end of the block may go on in the next.
            let run = if offset <= 56 { (!(inside >> offset) | 1 << 8).trailing_zeros() as usize } else { run(eight(bytes, base + offset)) };
            word(base + offset, run);
        }
    }
}

#[inline]
fn alphanumerics(block: &[u8; 64]) -> u64 {
    let mut flags = [0; 64];
    for (flag, &byte) in flags.iter_mut().zip(block) {
        *flag = u8::from((byte | 0x20).wrapping_sub(b'a') < 26) | u8::from(byte.wrapping_sub(b'0') < 10);
    }
    // The product moves the lowest bit of each of the eight bytes into the highest byte.
    let gathered = |eight: &[u8; 8]| u64::from_le_bytes(*eight).wrapping_mul(0x0102_0408_1020_4080) >> 56;
    flags.as_chunks::<8>().0.iter().rev().fold(0, |bits, eight| bits << 8 | gathered(eight))
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
    fn each_word_is_met_once_wherever_it_stands() {
        for shift in 0..130 {
            let text = format!("{}ab é-cdefghijklmn 1, x", " ".repeat(shift));
            let mut words = Vec::new();
            word_starts(text.as_bytes(), alphanumeric_blocks(text.as_bytes()), |at, run| words.push((at - shift, run)));
            assert_eq!(words, [(0, 2), (6, 8), (19, 1), (22, 1)], "{shift}");
        }
    }

    #[test]
    fn runs_are_those_of_ascii_letters_and_digits() {
        for byte in 0..=u8::MAX {
            let expected = if byte.is_ascii_alphanumeric() { 8 } else { 0 };
            assert_eq!(run(u64::from(byte) * EACH), expected, "{byte}");
            assert_eq!(alphanumerics(&[byte; 64]), if expected == 8 { u64::MAX } else { 0 }, "{byte}");
        }
        let text = "abcdefghijk9 é".as_bytes();
        assert_eq!(alphanumeric_end(text, 0), 12);
        assert_eq!(alphanumeric_end(text, 12), 12);
        assert_eq!(alphanumeric_end(text, text.len()), text.len());
    }
}
