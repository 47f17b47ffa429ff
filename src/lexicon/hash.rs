//! A small, fixed hash of words, and tables keyed by it. It is the same on every machine and in every run.

const SEED: u64 = 0xcbf2_9ce4_8422_2325;
const FACTOR: u64 = 0x9fb2_1c65_1e98_df25;

/// Words up to this length are changed in a buffer on the stack.
const SHORT: usize = 64;

/// Spreads the bits of `value`; never 0, which marks an empty place in a table.
#[inline]
#[must_use]
pub fn mix(value: u64) -> u64 {
    let value = (value ^ (value >> 32)).wrapping_mul(0xd6e8_feb8_6659_fd93);
    (value ^ (value >> 29)) | 1
}

/// The state after eight more bytes.
#[inline]
fn step(state: u64, eight: u64) -> u64 {
    let product = (state ^ eight).wrapping_mul(FACTOR);
    product ^ (product >> 35)
}

/// Hashes a word, eight bytes at a time, each changed by `fold` first; the bytes after the last are 0.
#[inline]
fn hash(bytes: &[u8], fold: impl Fn(u64) -> u64) -> u64 {
    let (chunks, rest) = bytes.as_chunks::<8>();
    let state = chunks.iter().fold(SEED ^ bytes.len() as u64, |state, chunk| step(state, fold(u64::from_le_bytes(*chunk))));
    if rest.is_empty() {
        return mix(state);
    }
    let last = match bytes.last_chunk::<8>() {
        // The last eight bytes, without those that were read before.
        Some(eight) => u64::from_le_bytes(*eight) >> (64 - 8 * rest.len()),
        None => rest.iter().rev().fold(0, |last, byte| last << 8 | u64::from(*byte)),
    };
    mix(step(state, fold(last)))
}

/// The high bit of each byte.
const HIGH: u64 = 0x80 * EACH;
const EACH: u64 = 0x0101_0101_0101_0101;

/// The high bit of each byte of `low` that is at least `from` and at most `to`; all are below 128.
#[inline]
fn within(low: u64, from: u8, to: u8) -> u64 {
    let reaches = low + (0x80 - u64::from(from)) * EACH;
    let passes = low + (0x7f - u64::from(to)) * EACH;
    (reaches ^ passes) & HIGH
}

/// Among eight bytes, the high bits of the ASCII capitals.
#[inline]
pub(super) fn capitals(eight: u64) -> u64 {
    within(eight & !HIGH, b'A', b'Z') & !eight
}

/// Among eight bytes, the high bits of the ASCII letters, of either case.
#[inline]
pub(super) fn letters(eight: u64) -> u64 {
    within(eight & !HIGH | (0x20 * EACH), b'a', b'z') & !eight
}

/// Among eight bytes, the high bits of the ASCII digits.
#[inline]
pub(super) fn digits(eight: u64) -> u64 {
    within(eight & !HIGH, b'0', b'9') & !eight
}

/// The eight bytes with ASCII capitals made small.
#[inline]
pub(super) fn small(eight: u64) -> u64 {
    eight | capitals(eight) >> 2
}

/// The hash of a word as written.
#[must_use]
pub fn of(word: &str) -> u64 {
    of_bytes(word.as_bytes())
}

/// As [`of`], of the bytes of the word.
pub(super) fn of_bytes(word: &[u8]) -> u64 {
    hash(word, |eight| eight)
}

/// As [`of_lower`], of the bytes of a word in ASCII.
pub(super) fn of_small_bytes(word: &[u8]) -> u64 {
    hash(word, small)
}

/// [`of`] the word that is the first `len` bytes of a text: quicker where the text goes on.
#[inline]
#[must_use]
pub fn of_first(text: &[u8], len: usize) -> u64 {
    let eight = |at: usize| match text.get(at..).and_then(<[u8]>::first_chunk::<8>) {
        Some(chunk) => u64::from_le_bytes(*chunk),
        None => text.get(at..).unwrap_or_default().iter().rev().fold(0, |last, byte| last << 8 | u64::from(*byte)),
    };
    let mut state = SEED ^ len as u64;
    let mut at = 0;
    while at + 8 <= len {
        state = step(state, eight(at));
        at += 8;
    }
    if at < len {
        state = step(state, eight(at) & (u64::MAX >> (64 - 8 * (len - at))));
    }
    mix(state)
}

/// [`of`] a word of one to eight bytes, given as a number whose lowest byte is the first.
#[inline]
#[must_use]
pub fn of_short(word: u64, len: usize) -> u64 {
    mix(step(SEED ^ len as u64, word))
}

/// The hash of a word in small letters, with straight apostrophes.
#[must_use]
pub fn of_lower(word: &str) -> u64 {
    if word.is_ascii() {
        return of_small_bytes(word.as_bytes());
    }
    let lower: String = word.chars().flat_map(char::to_lowercase).map(|c| if matches!(c, '’' | '‘' | 'ʼ') { '\'' } else { c }).collect();
    of(&lower)
}

/// The hash of a word with its first letter kept and the others small: "SEOUL" meets "Seoul".
#[must_use]
pub fn of_title(word: &str) -> u64 {
    let mut buffer = [0u8; SHORT];
    if let Some(bytes) = buffer.get_mut(..word.len()).filter(|_| word.is_ascii()) {
        bytes.copy_from_slice(word.as_bytes());
        bytes.iter_mut().skip(1).for_each(|byte| byte.make_ascii_lowercase());
        return hash(bytes, |eight| eight);
    }
    let mut characters = word.chars();
    let title: String = characters.next().into_iter().chain(characters.flat_map(char::to_lowercase)).collect();
    of(&title)
}

/// An open-addressed table from hashes to values. Keys are taken to be well mixed and not 0.
#[derive(Debug, Clone)]
pub struct Table {
    places: Vec<(u64, u64)>,
    used: usize,
}

impl Table {
    /// A table that holds `expected` keys without growing.
    #[must_use]
    pub fn with_capacity(expected: usize) -> Self {
        Self { places: vec![(0, 0); (expected * 2).next_power_of_two().max(16)], used: 0 }
    }

    #[inline]
    #[must_use]
    pub fn get(&self, key: u64) -> Option<u64> {
        let mask = self.places.len() - 1;
        let mut at = (key >> 7) as usize & mask;
        loop {
            match self.places[at] {
                (0, _) => return None,
                (found, value) if found == key => return Some(value),
                _ => at = (at + 1) & mask,
            }
        }
    }

    /// The value of `key`, which is made 0 first if it is not there.
    pub fn entry(&mut self, key: u64) -> &mut u64 {
        if self.used * 4 >= self.places.len() * 3 {
            self.grow();
        }
        let mask = self.places.len() - 1;
        let mut at = (key >> 7) as usize & mask;
        while self.places[at].0 != 0 && self.places[at].0 != key {
            at = (at + 1) & mask;
        }
        if self.places[at].0 == 0 {
            self.places[at].0 = key;
            self.used += 1;
        }
        &mut self.places[at].1
    }

    /// All places of the table, the empty ones with the key 0.
    pub(super) fn places(&self) -> &[(u64, u64)] {
        &self.places
    }

    fn grow(&mut self) {
        let old = std::mem::take(&mut self.places);
        self.places = vec![(0, 0); old.len() * 2];
        self.used = 0;
        for (key, value) in old.into_iter().filter(|place| place.0 != 0) {
            *self.entry(key) = value;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_keeps_what_it_is_given_while_it_grows() {
        let mut table = Table::with_capacity(1);
        for word in 0..500u64 {
            *table.entry(of(&word.to_string())) = word;
        }
        for word in 0..500u64 {
            assert_eq!(table.get(of(&word.to_string())), Some(word));
        }
        assert_eq!(table.get(of("other")), None);
    }

    #[test]
    fn the_hash_of_a_word_is_that_of_the_first_bytes_of_a_text() {
        let text = "international cooperation";
        for len in 0..=text.len() {
            assert_eq!(of_first(text.as_bytes(), len), of(&text[..len]), "{len}");
        }
        for len in 1..8 {
            let word = text.bytes().take(len).rev().fold(0, |word, byte| word << 8 | u64::from(byte));
            assert_eq!(of_short(word, len), of(&text[..len]), "{len}");
        }
    }

    #[test]
    fn short_words_have_the_hash_of_all_words() {
        for word in ["a", "of", "states", "european"] {
            let eight = word.bytes().rev().fold(0, |eight, byte| eight << 8 | u64::from(byte));
            assert_eq!(of_short(eight, word.len()), of(word));
        }
        assert_ne!(of("governments"), of("governmentt"));
    }

    #[test]
    fn bytes_are_told_apart_eight_at_a_time() {
        let eight = u64::from_le_bytes(*b"@AZ[`az{");
        assert_eq!(capitals(eight).to_le_bytes(), [0, 0x80, 0x80, 0, 0, 0, 0, 0]);
        assert_eq!(letters(eight).to_le_bytes(), [0, 0x80, 0x80, 0, 0, 0x80, 0x80, 0]);
        assert_eq!(small(eight).to_le_bytes(), *b"@az[`az{");
        assert_eq!(digits(u64::from_le_bytes(*b"/09:\xb0\xe2 \x00")).to_le_bytes(), [0, 0x80, 0x80, 0, 0, 0, 0, 0]);
    }

    #[test]
    fn hashes_of_cases_meet() {
        assert_eq!(of_lower("SÃO"), of("são"));
        assert_eq!(of_title("SEOUL"), of("Seoul"));
        assert_ne!(of("Seoul"), of("seoul"));
    }
}
