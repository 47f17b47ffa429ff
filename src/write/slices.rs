//! The way back from a record's code points to its text.

use crate::record::Place;

/// Code points between two known byte offsets.
const STRIDE: usize = 128;

/// Slices a text by code points.
#[derive(Debug)]
pub struct Slices<'a> {
    text: &'a str,
    /// The byte offset of every [`STRIDE`]th code point; empty for text that is all ASCII.
    offsets: Vec<u32>,
}

impl<'a> Slices<'a> {
    #[must_use]
    pub fn new(text: &'a str) -> Self {
        let offsets = if text.is_ascii() { Vec::new() } else { text.char_indices().step_by(STRIDE).map(|(at, _)| at as u32).collect() };
        Self { text, offsets }
    }

    /// The text of a place; empty if it does not lie in the text.
    #[must_use]
    pub fn get(&self, place: Place) -> &'a str {
        self.text.get(self.byte(place.start)..self.byte(place.end)).unwrap_or_default()
    }

    /// The byte offset of a code point; the end of the text for one past it.
    #[must_use]
    pub fn byte(&self, point: usize) -> usize {
        if self.offsets.is_empty() {
            return point.min(self.text.len());
        }
        let Some(&base) = self.offsets.get(point / STRIDE) else { return self.text.len() };
        let base = base as usize;
        self.text[base..].char_indices().nth(point % STRIDE).map_or(self.text.len(), |(at, _)| base + at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slices_by_code_points() {
        let text = "é€𝄞a".repeat(200);
        let slices = Slices::new(&text);
        let points: Vec<char> = text.chars().collect();
        for start in (0..points.len()).step_by(37) {
            let end = (start + 5).min(points.len());
            assert_eq!(slices.get(Place { start, end }), points[start..end].iter().collect::<String>());
        }
        assert_eq!(slices.get(Place { start: 900, end: 950 }), "");
    }
}
