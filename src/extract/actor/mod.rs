//! Mentions of actors.

use crate::document::Document;
use crate::lexicon::Lexicon;
use crate::record::{ActorKind, Form};
use crate::rule::{RuleId, RuleSet};
use crate::section::Outline;
use crate::sentence::Sentence;
use crate::span::Span;

/// A mention before it is known which actor of the document it names.
#[derive(Debug, Clone)]
pub struct RawMention {
    pub span: Span,
    pub kind: ActorKind,
    pub form: Form,
    pub rule: RuleId,
    pub confidence: f32,
}

/// Finds mentions of actors in the running text and headings, in order, without overlap.
#[must_use]
pub fn mentions(_document: &Document, _outline: &Outline, _sentences: &[Sentence], _lexicon: &Lexicon, _rules: &RuleSet) -> Vec<RawMention> {
    Vec::new()
}
