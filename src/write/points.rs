//! Between the byte offsets of a text and its code points, both ways.

use crate::record::Place;
use crate::span::SourceSpan;

/// Bytes between two known counts.
const STRIDE: usize = 64;

/// A text whose code points are counted.
#[derive(Debug)]
pub struct CodePoints<'a> {
    text: &'a str,
    /// Code points that begin before each stretch of [`STRIDE`] bytes; empty for text that is all ASCII.
    before: Vec<u32>,
    /// Code points of the whole text.
    pub total: usize,
}

impl<'a> CodePoints<'a> {
    #[must_use]
    pub fn new(text: &'a str) -> Self {
        if text.is_ascii() {
            return Self { text, before: Vec::new(), total: text.len() };
        }
        let mut before = Vec::with_capacity(text.len() / STRIDE + 1);
        let mut count = 0;
        for stretch in text.as_bytes().chunks(STRIDE) {
            before.push(count as u32);
            count += characters(stretch);
        }
        Self { text, before, total: count }
    }

    /// The number of the code point at a byte offset.
    #[must_use]
    pub fn at(&self, byte: usize) -> usize {
        if self.before.is_empty() {
            return byte;
        }
        let byte = byte.min(self.text.len());
        let stretch = (byte / STRIDE).min(self.before.len() - 1);
        self.before[stretch] as usize + characters(&self.text.as_bytes()[stretch * STRIDE..byte])
    }

    /// The place of a span.
    #[must_use]
    pub fn place(&self, span: SourceSpan) -> Place {
        Place { start: self.at(span.start()), end: self.at(span.end()) }
    }

    /// The byte offset of a code point; the end of the text for one past it.
    #[must_use]
    pub fn byte(&self, point: usize) -> usize {
        if self.before.is_empty() {
            return point.min(self.text.len());
        }
        // A code point takes one byte at least, so that it does not stand before the stretch of its number.
        let earliest = (point / STRIDE).min(self.before.len());
        let stretch = earliest + self.before[earliest..].partition_point(|&before| before as usize <= point);
        let Some(stretch) = stretch.checked_sub(1) else { return 0 };
        let (mut base, mut skip) = (stretch * STRIDE, point - self.before[stretch] as usize);
        for &word in self.text.as_bytes()[base..].as_chunks().0 {
            let characters = word.len() - continuations(continuation_bits(word));
            if characters > skip {
                break;
            }
            base += word.len();
            skip -= characters;
        }
        let mut begins = self.text.as_bytes()[base..].iter().enumerate().filter(|(_, byte)| is_first(**byte));
        begins.nth(skip).map_or(self.text.len(), |(at, _)| base + at)
    }

    /// The text of a place; empty if it does not lie in the text.
    #[must_use]
    pub fn get(&self, place: Place) -> &'a str {
        self.text.get(self.byte(place.start)..self.byte(place.end)).unwrap_or_default()
    }
}

/// True for a byte that begins a character in UTF-8.
fn is_first(byte: u8) -> bool {
    byte & 0xc0 != 0x80
}

/// The characters that begin in these UTF-8 bytes, which are a stretch or part of one.
fn characters(bytes: &[u8]) -> usize {
    let (words, rest) = bytes.as_chunks();
    let continuing = continuations(words.iter().copied().map(continuation_bits).sum());
    bytes.len() - continuing - rest.iter().filter(|&&byte| !is_first(byte)).count()
}

/// A one in each byte of the word that does not begin a character.
fn continuation_bits(word: [u8; 8]) -> u64 {
    let word = u64::from_le_bytes(word);
    (word >> 7) & !(word >> 6) & ONES
}

/// The sum of the bytes of a word, which must be less than 256.
fn continuations(counts: u64) -> usize {
    (counts.wrapping_mul(ONES) >> 56) as usize
}

/// A one in each byte.
const ONES: u64 = 0x0101_0101_0101_0101;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_and_code_points_lead_to_one_another() {
        for text in ["é€𝄞a".repeat(200), "a".repeat(300), format!("{}é{}", "a".repeat(500), "b".repeat(64)), String::new()] {
            let points = CodePoints::new(&text);
            assert_eq!(points.total, text.chars().count());
            for (point, (byte, _)) in text.char_indices().enumerate() {
                assert_eq!((points.at(byte), points.byte(point)), (point, byte));
            }
            assert_eq!((points.at(text.len()), points.byte(points.total), points.byte(points.total + 900)), (points.total, text.len(), text.len()));
        }
    }

    #[test]
    fn slices_by_code_points() {
        let text = "é€𝄞a".repeat(200);
        let points = CodePoints::new(&text);
        let characters: Vec<char> = text.chars().collect();
        for start in (0..characters.len()).step_by(37) {
            let end = (start + 5).min(characters.len());
            assert_eq!(points.get(Place { start, end }), characters[start..end].iter().collect::<String>());
        }
        assert_eq!(points.get(Place { start: 900, end: 950 }), "");
    }
}
