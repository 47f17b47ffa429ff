//! Notes with their marks, back references with what they refer to, author-year marks with their entries.

use crate::document::{BlockKind, Document};
use crate::extract::citation::RawCitation;
use crate::record::{NoteKind, Work};
use crate::rule::RuleId;
use crate::span::{SourceSpan, Span};

/// A footnote or endnote.
#[derive(Debug, Clone)]
pub struct Note {
    pub label: String,
    /// None for a mark whose note is not in the text.
    pub span: Option<Span>,
    pub kind: Option<NoteKind>,
    /// Its marks in the running text.
    pub anchors: Vec<SourceSpan>,
}

/// A work cited at one place.
#[derive(Debug, Clone)]
pub struct Citation {
    pub span: Span,
    /// The place in the source if it is more than the source of `span`.
    pub source: Option<SourceSpan>,
    /// Index of the note that it stands in.
    pub note: Option<usize>,
    pub work: Work,
    /// Index of the citation that a short form means.
    pub refers_to: Option<usize>,
    /// Author-year and numeric marks in the running text.
    pub anchors: Vec<Span>,
    pub rule: RuleId,
    pub confidence: f32,
}

/// The notes and citations of a document, in document order.
#[derive(Debug, Default)]
pub struct Apparatus {
    pub notes: Vec<Note>,
    pub citations: Vec<Citation>,
}

/// Links marks to notes and short forms to what they mean.
#[must_use]
pub fn resolve(document: &Document, citations: Vec<RawCitation>) -> Apparatus {
    let mut apparatus = Apparatus::default();
    for block in &document.blocks {
        if let BlockKind::Note { label } = &block.kind {
            let anchors = document.marks.iter().filter(|mark| mark.label == *label).map(|mark| mark.source).collect();
            apparatus.notes.push(Note { label: label.clone(), span: Some(block.span), kind: None, anchors });
        }
    }
    apparatus.citations = citations
        .into_iter()
        .map(|raw| Citation {
            span: raw.span,
            source: raw.source,
            note: None,
            work: raw.work,
            refers_to: None,
            anchors: Vec::new(),
            rule: raw.rule,
            confidence: raw.confidence,
        })
        .collect();
    apparatus
}
