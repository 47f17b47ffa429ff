//! What a page is made of, before any line is known: characters with a place, a size and a font.

/// A character on a page. Lengths are in points, `y` grows downwards from the top of the page.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Glyph {
    pub c: char,
    pub x0: f32,
    pub x1: f32,
    /// The baseline.
    pub y: f32,
    pub size: f32,
    /// Index into the fonts of the document.
    pub font: u16,
    pub role: Role,
    /// The colour, in a byte of no meaning but to differ; 0 is black.
    pub tint: u8,
}

/// What the file itself says of a character.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Role {
    #[default]
    Content,
    /// Marked as page furniture in a tagged file.
    Artifact,
    /// Not set upright: a side note, a watermark.
    Turned,
}

/// What the name and the descriptor of a font say of its look.
#[derive(Debug, Clone, Default)]
pub struct FontStyle {
    pub bold: bool,
    pub italic: bool,
}

/// The characters of one page in the order in which the file draws them.
#[derive(Debug, Clone, Default)]
pub struct PageGlyphs {
    /// From 1.
    pub number: u32,
    pub width: f32,
    pub height: f32,
    pub glyphs: Vec<Glyph>,
    /// Share of the page that images cover, from 0; more than 1 where they overlap.
    pub images: f32,
}

/// An entry of the document's outline.
#[derive(Debug, Clone)]
pub struct Bookmark {
    pub title: String,
    /// From 1.
    pub level: u8,
}
