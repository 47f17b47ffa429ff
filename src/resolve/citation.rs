//! Notes with their marks, back references with what they refer to, author-year marks with their entries.

use crate::document::Document;
use crate::extract::citation::RawCitation;
use crate::record::{NoteKind, Work};
use crate::rule::{RuleId, RuleSet};
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
    /// What told that this is a note.
    pub rule: Option<RuleId>,
    pub confidence: f32,
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
    pub anchors: Vec<SourceSpan>,
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
pub fn resolve(document: &Document, rules: &RuleSet, citations: Vec<RawCitation>) -> Apparatus {
    let mut apparatus = Apparatus { notes: super::note::link(document, rules), citations: Vec::new() };
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
    super::work::link(document, &mut apparatus);
    apparatus
}
