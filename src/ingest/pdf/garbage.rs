//! Fonts that do not say what their characters stand for: text as "6HSWHPEHU", or none at all.
//!
//! Subsets of Windows fonts number their glyphs as the full font does, in which the glyph of an ASCII character stands 29 places before its code. Where a
//! file gives no other map, that one is tried, and taken if the text then reads like text.

use super::font::UNMAPPED;
use super::ligature;
use crate::ingest::layout::PageGlyphs;

/// From the number of a glyph to the code of its character, in fonts that keep the order of Windows fonts.
const SHIFT: u32 = 29;
/// Where characters are kept, in the private use area, until it is known whether the shift makes them readable.
const PENDING: u32 = 0xe100;
/// Fewer letters than this prove nothing about a font.
const FEWEST_LETTERS: usize = 8;

/// The character for a glyph number that the file maps to nothing.
#[must_use]
pub fn unmapped(glyph: u32) -> char {
    let code = glyph + SHIFT;
    if (0x20..0x7f).contains(&code) { char::from_u32(PENDING + code).unwrap_or(UNMAPPED) } else { ligature::nameless(glyph) }
}

fn pending(c: char) -> Option<char> {
    (c as u32).checked_sub(PENDING).filter(|code| (0x20..0x7f).contains(code)).and_then(char::from_u32)
}

/// Makes readable what a shift makes readable, and says in words what stays unreadable.
pub fn mend(pages: &mut [PageGlyphs], fonts: usize) -> Vec<String> {
    let Counts { mut shown, unmapped, mut lost, total } = Counts::of(pages, fonts);
    let reads = unmapped.letters(|c| c).read_like_text();
    let is_shifted: Vec<bool> = shown.iter().map(|font| font.letters(|c| c).may_be_shifted() && font.letters(shift).read_like_text()).collect();
    if unmapped.any() || is_shifted.contains(&true) {
        for glyph in pages.iter_mut().flat_map(|page| &mut page.glyphs) {
            if let Some(c) = pending(glyph.c) {
                glyph.c = if reads { c } else { UNMAPPED };
            } else if is_shifted.get(glyph.font as usize).copied().unwrap_or(false) {
                glyph.c = shift(glyph.c);
            }
        }
        Counts { shown, lost, .. } = Counts::of(pages, fonts);
    }
    let mut warnings = Vec::new();
    if (reads && unmapped.any()) || is_shifted.contains(&true) {
        warnings.push("a font does not say what its characters stand for; they were read by the usual order of its glyphs".to_owned());
    }
    // A few signs without a meaning are bullets and logos.
    if lost * 50 > total {
        warnings.push(format!("{lost} of {total} characters cannot be read: their fonts do not say what they stand for; the PDF needs OCR"));
    }
    let mut all = Letters::default();
    shown.iter().for_each(|font| font.add_to(&mut all, |c| c));
    if all.is_garbage() {
        warnings.push("the text does not read like text: a font without a map to Unicode, or a bad text layer; the PDF may need OCR".to_owned());
    }
    warnings
}

/// How often each ASCII character is shown.
#[derive(Clone)]
struct Ascii([u32; 128]);

impl Default for Ascii {
    fn default() -> Self {
        Self([0; 128])
    }
}

impl Ascii {
    fn any(&self) -> bool {
        self.0.iter().any(|&count| count > 0)
    }

    /// The letters that the characters are when read in some way.
    fn letters(&self, read: impl Fn(char) -> char) -> Letters {
        let mut letters = Letters::default();
        self.add_to(&mut letters, read);
        letters
    }

    fn add_to(&self, letters: &mut Letters, read: impl Fn(char) -> char) {
        for (code, &count) in (0u8..).zip(&self.0).filter(|(_, count)| **count > 0) {
            letters.add(read(char::from(code)), count as usize);
        }
    }
}

/// What the glyphs of a document are, counted in one pass.
struct Counts {
    /// By font; characters beyond ASCII are no letters here, and a shift leaves them as they are.
    shown: Vec<Ascii>,
    unmapped: Ascii,
    lost: usize,
    total: usize,
}

impl Counts {
    fn of(pages: &[PageGlyphs], fonts: usize) -> Self {
        let mut counts = Self { shown: vec![Ascii::default(); fonts], unmapped: Ascii::default(), lost: 0, total: 0 };
        for glyph in pages.iter().flat_map(|page| &page.glyphs) {
            if let Some(count) = counts.shown.get_mut(glyph.font as usize).and_then(|font| font.0.get_mut(glyph.c as usize)) {
                *count += 1;
            } else if let Some(c) = pending(glyph.c) {
                if let Some(count) = counts.unmapped.0.get_mut(c as usize) {
                    *count += 1;
                }
            } else {
                counts.lost += usize::from(glyph.c == UNMAPPED);
            }
        }
        counts.total = pages.iter().map(|page| page.glyphs.len()).sum();
        counts
    }
}

fn shift(c: char) -> char {
    match c as u32 {
        code @ 3..0x62 => char::from_u32(code + SHIFT).unwrap_or(c),
        _ => c,
    }
}

/// Counts of letters.
#[derive(Debug, Default)]
struct Letters {
    total: usize,
    small: usize,
    vowels: usize,
    frequent: usize,
    other: usize,
}

impl Letters {
    fn add(&mut self, c: char, count: usize) {
        let if_so = |is: bool| if is { count } else { 0 };
        if !c.is_ascii_alphabetic() {
            self.other += if_so(!c.is_ascii_digit() && c.is_ascii_graphic());
            return;
        }
        self.total += count;
        self.small += if_so(c.is_ascii_lowercase());
        let lower = c.to_ascii_lowercase();
        self.vowels += if_so(matches!(lower, 'a' | 'e' | 'i' | 'o' | 'u'));
        self.frequent += if_so(matches!(lower, 'e' | 't' | 'a' | 'o' | 'i' | 'n' | 's' | 'r'));
    }

    /// In languages of Latin script about two letters in five are vowels, and most are small; eight letters make up more than half of English text.
    fn read_like_text(&self) -> bool {
        let Self { total, small, vowels, frequent, other } = *self;
        total >= FEWEST_LETTERS && small * 3 > total * 2 && vowels * 4 > total && vowels * 2 < total + 2 && frequent * 5 > total * 2 && other < total
    }

    /// What a shift makes of text has next to no small letters, and few of its capitals are vowels; a font for headings in capitals has its vowels.
    fn may_be_shifted(&self) -> bool {
        self.total >= 5 * FEWEST_LETTERS && self.small * 20 < self.total && self.vowels * 4 < self.total
    }

    /// True for enough letters of which too few are vowels.
    fn is_garbage(&self) -> bool {
        self.total > 400 && self.vowels * 5 < self.total
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::layout::{Glyph, Role};

    fn page(text: impl Iterator<Item = char>) -> Vec<PageGlyphs> {
        let glyph = |c| Glyph { c, x0: 0.0, x1: 1.0, y: 0.0, size: 10.0, font: 0, role: Role::Content, tint: 0 };
        vec![PageGlyphs { glyphs: text.map(glyph).collect(), ..PageGlyphs::default() }]
    }

    fn text(pages: &[PageGlyphs]) -> String {
        pages[0].glyphs.iter().map(|glyph| glyph.c).collect()
    }

    const SAMPLE: &str = "The ministry should publish its plan for the reform of the ports in September";

    #[test]
    fn shifted_text_is_read_and_warned_of() {
        let mut pages = page(SAMPLE.chars().map(|c| char::from_u32(c as u32 - SHIFT).unwrap_or(c)));
        assert_eq!(mend(&mut pages, 1).len(), 1);
        assert_eq!(text(&pages), SAMPLE);
    }

    #[test]
    fn glyph_numbers_without_a_map_are_read_by_their_usual_order() {
        let mut pages = page(SAMPLE.chars().map(|c| unmapped(c as u32 - SHIFT)));
        mend(&mut pages, 1);
        assert_eq!(text(&pages), SAMPLE);
    }

    #[test]
    fn plain_text_stays_as_it_is() {
        let mut pages = page(SAMPLE.chars());
        assert!(mend(&mut pages, 1).is_empty());
        assert_eq!(text(&pages), SAMPLE);
    }

    #[test]
    fn capitals_are_no_shifted_text() {
        let capitals = SAMPLE.to_uppercase();
        let mut pages = page(capitals.chars());
        assert!(mend(&mut pages, 1).is_empty());
        assert_eq!(text(&pages), capitals);
    }

    #[test]
    fn what_stays_unreadable_is_warned_of() {
        let mut pages = page("\u{fffd}\u{fffd}\u{fffd}a".chars());
        assert_eq!(mend(&mut pages, 1).len(), 1);
    }
}
