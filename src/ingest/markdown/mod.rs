//! Markdown.

use crate::document::Document;

/// Reads Markdown.
#[must_use]
pub fn read(text: String) -> Document {
    let mut document = super::plain::read(text);
    document.metadata.media_type = "text/markdown";
    document
}
