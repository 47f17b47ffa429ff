//! Sentences of the reading text.

use unicode_segmentation::UnicodeSegmentation;

use crate::document::Document;
use crate::span::Span;

/// A sentence, or a heading, list item or table row that is none but is read like one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sentence {
    pub span: Span,
    /// Index of its block.
    pub block: usize,
}

/// Splits every block of the document that holds text into sentences, in document order. Furniture, boilerplate and code have none.
#[must_use]
pub fn sentences(document: &Document) -> Vec<Sentence> {
    let mut found = Vec::new();
    for (index, block) in document.blocks.iter().enumerate() {
        found.extend(split(document.text(block.span)).into_iter().map(|span| Sentence { span: span.shifted(block.span.start()), block: index }));
    }
    found
}

/// Splits one line of text into sentences, white space around them left out. Spans are byte offsets into `text`.
#[must_use]
pub fn split(text: &str) -> Vec<Span> {
    text.split_sentence_bound_indices().map(|(at, sentence)| Span::new(at, at + sentence.len()).trimmed(text)).filter(|span| !span.is_empty()).collect()
}
