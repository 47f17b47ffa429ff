//! Recommendations: who should do what.

use crate::document::Document;
use crate::record::{Polarity, Strength};
use crate::rule::{RuleId, RuleSet};
use crate::section::Outline;
use crate::sentence::Sentence;
use crate::span::Span;

/// A recommendation before its actors are resolved.
#[derive(Debug, Clone)]
pub struct RawRecommendation {
    pub span: Span,
    /// Index of the sentence in which it starts.
    pub sentence: usize,
    pub label: Option<String>,
    /// The noun phrases that may name who is to act, the nearest first: subject, agent, lead-in, heading.
    pub addressee: Vec<Span>,
    pub deontic: Option<Span>,
    pub action: Option<Span>,
    pub purpose: Option<Span>,
    pub condition: Option<Span>,
    pub deadline: Option<Span>,
    pub strength: Strength,
    pub polarity: Polarity,
    /// The words that name who demands it, if the author only reports it.
    pub attribution: Option<Span>,
    pub rule: RuleId,
    pub confidence: f32,
}

/// Finds recommendations in the running text, in order.
#[must_use]
pub fn recommendations(_document: &Document, _outline: &Outline, _sentences: &[Sentence], _rules: &RuleSet) -> Vec<RawRecommendation> {
    Vec::new()
}
