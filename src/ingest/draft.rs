//! What a format's reader finds before the reading text is written: blocks as lists of parts over the source.
//!
//! Every format makes drafts; [`apparatus`](super::apparatus) then tells notes and reference entries from other blocks and finds the marks that point
//! to them; [`write`] makes the document.

use crate::document::{BlockKind, Document, InlineKind, ReadingBuilder};
use crate::span::SourceSpan;

/// A block in the making. Its parts are in reading order; they may leave gaps (mark-up, a page foot in the middle of a paragraph).
#[derive(Debug, Clone)]
pub struct Draft {
    pub kind: BlockKind,
    /// All of it in the source, marker and mark-up included.
    pub source: SourceSpan,
    /// The page on which it starts, from 1.
    pub page: Option<u32>,
    pub parts: Vec<Part>,
}

/// A part of a block.
#[allow(dead_code, reason = "the formats that need the other parts come one by one")]
#[derive(Debug, Clone)]
pub enum Part {
    /// A stretch of the source; runs of white space in it are read as one space.
    Text(SourceSpan),
    /// White space that the source says in another way (`<br>`).
    Space(SourceSpan),
    /// A stretch of the source that is read as `text` (an entity, a mended hyphen).
    Replaced { source: SourceSpan, text: String },
    /// A note mark, which is not part of the reading text.
    Mark { source: SourceSpan, label: String },
    /// Inline mark-up opens; its source begins at the offset.
    Open(InlineKind, usize),
    /// The innermost inline mark-up closes; its source ends at the offset.
    Close(usize),
}

impl Draft {
    /// A block whose content is one stretch of the source.
    #[must_use]
    pub fn new(kind: BlockKind, source: SourceSpan, content: SourceSpan, page: Option<u32>) -> Self {
        Self { kind, source, page, parts: vec![Part::Text(content)] }
    }
}

/// Writes the document of these drafts.
#[must_use]
pub fn write(source: String, drafts: Vec<Draft>) -> Document {
    let mut builder = ReadingBuilder::new(source);
    for draft in drafts {
        builder.open(draft.kind, draft.source, draft.page);
        for part in draft.parts {
            match part {
                Part::Text(span) => builder.text(span),
                Part::Space(span) => builder.space(span),
                Part::Replaced { source, text } => builder.replaced(source, &text),
                Part::Mark { source, label } => builder.mark(source, &label),
                Part::Open(kind, at) => builder.open_inline(kind, at),
                Part::Close(at) => builder.close_inline(at),
            }
        }
    }
    builder.finish()
}
