//! The one type that every file format is read into: a source text, a reading text made from it, and blocks over both.
//!
//! The *source* is what the record points into. The *reading* text is what the stages read: one line a block, hard-wrapped lines joined, line-end
//! hyphens mended, mark-up and note marks left out. A map written while cleaning leads back from every reading offset to the source.

mod map;
mod reader;

pub use map::SourceMap;
pub use reader::ReadingBuilder;

use crate::span::{SourceSpan, Span};

/// A document as read, before anything is extracted.
#[derive(Debug, Default)]
pub struct Document {
    /// The text as read: for plain text and Markdown the decoded input, with CRLF read as LF and a leading byte order mark dropped.
    pub source: String,
    /// The cleaned text that all stages read. Blocks are separated by `\n`, which occurs nowhere else in it.
    pub reading: String,
    /// Leads from `reading` to `source`.
    pub map: SourceMap,
    /// In reading order; their spans do not overlap.
    pub blocks: Vec<Block>,
    /// Mark-up inside blocks (emphasis, links), in order of start.
    pub inlines: Vec<Inline>,
    /// Marks in the running text that point to notes, in reading order. They are not part of `reading`.
    pub marks: Vec<Mark>,
    pub pages: Vec<Page>,
    pub metadata: Metadata,
    pub warnings: Vec<Warning>,
}

impl Document {
    /// The reading text of a span.
    #[must_use]
    pub fn text(&self, span: Span) -> &str {
        span.of(&self.reading)
    }

    /// The index of the block in which a reading offset lies.
    #[must_use]
    pub fn block_at(&self, offset: usize) -> Option<usize> {
        let after = self.blocks.partition_point(|block| block.span.start() <= offset);
        after.checked_sub(1).filter(|&index| offset <= self.blocks[index].span.end())
    }

    /// The marks that stand inside or directly after `span`.
    #[must_use]
    pub fn marks_in(&self, span: Span) -> &[Mark] {
        let from = self.marks.partition_point(|mark| mark.at <= span.start());
        let to = self.marks.partition_point(|mark| mark.at <= span.end());
        &self.marks[from..to]
    }

    /// The inline mark-up that overlaps `span`.
    pub fn inlines_in(&self, span: Span) -> impl Iterator<Item = &Inline> {
        let to = self.inlines.partition_point(|inline| inline.span.start() < span.end());
        self.inlines[..to].iter().rev().take_while(move |inline| inline.span.start() + 4096 > span.start()).filter(move |inline| inline.span.overlaps(span))
    }
}

/// A piece of the document with one function: a heading, a paragraph, one list item, one note.
#[derive(Debug, Clone)]
pub struct Block {
    pub kind: BlockKind,
    /// Its content in the reading text, without list marker, number, label or mark-up.
    pub span: Span,
    /// All of it in the source, marker and mark-up included.
    pub source: SourceSpan,
    /// The page on which it starts, from 1, where the format has pages.
    pub page: Option<u32>,
}

/// What a block is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BlockKind {
    /// The document's own title or subtitle, where it stands in the text.
    Title,
    /// A heading. `level` is the level that the mark-up gives, from 1; none for text without mark-up.
    Heading {
        level: Option<u8>,
        number: Option<String>,
    },
    Paragraph,
    /// One item of a list, with the marker as written ("-", "(a)", "3.") and the nesting depth from 0.
    ListItem {
        marker: String,
        depth: u8,
    },
    Quotation,
    /// A footnote or endnote with its label as written ("12", "a", "*").
    Note {
        label: String,
    },
    /// An entry of a bibliography or reference list, with its label in numbered styles.
    Reference {
        label: Option<String>,
    },
    TableRow,
    Caption,
    /// A table of contents line.
    Contents,
    /// A line about who wrote the paper.
    Byline,
    /// Running headers and footers, page numbers.
    Furniture,
    /// Web boilerplate: menus, sharing links, "Read more".
    Boilerplate,
    Code,
}

impl BlockKind {
    /// True for blocks that hold the author's running text: sentences, recommendations and actors are looked for here.
    #[must_use]
    pub fn is_running_text(&self) -> bool {
        matches!(self, Self::Paragraph | Self::ListItem { .. } | Self::Quotation)
    }

    #[must_use]
    pub fn is_heading(&self) -> bool {
        matches!(self, Self::Heading { .. })
    }

    /// True for notes and entries of reference lists.
    #[must_use]
    pub fn is_apparatus(&self) -> bool {
        matches!(self, Self::Note { .. } | Self::Reference { .. })
    }
}

/// Mark-up inside a block.
#[derive(Debug, Clone)]
pub struct Inline {
    /// The visible text.
    pub span: Span,
    /// With the mark-up characters ("**", "[…](…)").
    pub source: SourceSpan,
    pub kind: InlineKind,
}

/// The kinds of mark-up inside a block that carry meaning.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum InlineKind {
    Emphasis,
    Strong,
    Link { url: String },
}

/// A mark in the running text that points to a note.
#[derive(Debug, Clone)]
pub struct Mark {
    /// Where it stood in the reading text (it is not part of it).
    pub at: usize,
    /// The mark alone in the source, as the guidelines want it (`1`, `[3]`, `[^4]`).
    pub source: SourceSpan,
    /// The label that it shares with its note.
    pub label: String,
}

/// A page of the source.
#[derive(Debug, Clone)]
pub struct Page {
    pub number: u32,
    pub source: SourceSpan,
}

/// What the document says of itself.
#[derive(Debug, Default, Clone)]
pub struct Metadata {
    pub media_type: &'static str,
    /// The encoding that the bytes were read as, in the name of the WHATWG Encoding Standard.
    pub encoding: Option<&'static str>,
    pub title: Option<String>,
    pub subtitle: Option<String>,
    pub authors: Vec<String>,
    pub publisher: Option<String>,
    /// ISO 8601, as precise as given.
    pub date: Option<String>,
    pub language: Option<String>,
}

/// Something that the reader of the record should know.
#[derive(Debug, Clone)]
pub struct Warning {
    pub stage: &'static str,
    pub message: String,
    pub source: Option<SourceSpan>,
}
