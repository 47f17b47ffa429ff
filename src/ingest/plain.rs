//! Plain text.

use super::apparatus;
use super::draft::{self, Draft};
use crate::document::{BlockKind, Document};
use crate::span::SourceSpan;

/// Reads plain text: one block a line for now.
#[must_use]
pub fn read(text: String) -> Document {
    let mut drafts = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let span = SourceSpan::new(at, at + line.len()).trimmed(&text);
        drafts.push(Draft::new(BlockKind::Paragraph, span, span, None));
        at += line.len();
    }
    apparatus::recognise(&text, &mut drafts);
    let mut document = draft::write(text, drafts);
    document.metadata.media_type = "text/plain";
    document
}
