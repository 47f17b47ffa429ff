//! Works cited: in notes, in reference lists and in the running text.

use crate::document::Document;
use crate::record::Work;
use crate::rule::{RuleId, RuleSet};
use crate::section::Outline;
use crate::sentence::Sentence;
use crate::span::{SourceSpan, Span};

/// A citation before back references and marks are resolved.
#[derive(Debug, Clone)]
pub struct RawCitation {
    pub span: Span,
    /// The place in the source if it is more than the source of `span` (a link's mark-up and URL).
    pub source: Option<SourceSpan>,
    /// Index of the block in which it stands.
    pub block: usize,
    pub work: Work,
    pub rule: RuleId,
    pub confidence: f32,
}

/// Finds the works cited in a document, in order.
#[must_use]
pub fn citations(_document: &Document, _outline: &Outline, _sentences: &[Sentence], _rules: &RuleSet) -> Vec<RawCitation> {
    Vec::new()
}
