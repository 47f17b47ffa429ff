//! Synthetic pages for the tests of this room.

use super::glyph::{Glyph, PageGlyphs, Role};

/// A page of these strings: text, left edge, baseline, size; every character is half an em wide.
pub fn page(strings: &[(&str, f32, f32, f32)]) -> PageGlyphs {
    let mut glyphs = Vec::new();
    for &(text, x, y, size) in strings {
        for (index, c) in text.chars().enumerate() {
            let x0 = x + index as f32 * size / 2.0;
            glyphs.push(Glyph { c, x0, x1: x0 + size / 2.0, y, size, font: 0, role: Role::Content, tint: 0 });
        }
    }
    PageGlyphs { number: 1, width: 600.0, height: 800.0, glyphs, ..PageGlyphs::default() }
}
