//! Recommendations: who should do what.
//!
//! One scan finds cue words; only sentences with a cue, or in a place where a bare verb advises, are split into tokens and parsed, clause by
//! clause. What each cue may and may not mean is in `rule/data/recommendation.toml`.

mod candidate;
mod clause;
mod context;
mod evaluative;
mod finder;
mod frame;
mod grammar;
mod guard;
mod idiom;
mod imperative;
mod label;
mod modal;
mod need;
mod option;
mod performative;
mod predicate;
mod reported;
mod token;
mod unit;
mod word;

pub use frame::month;
pub use grammar::Grammar;

use crate::document::Document;
pub use crate::record::AddresseeSource;
use crate::record::{Polarity, Strength};
use crate::rule::RuleId;
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
    pub addressee: Vec<Addressee>,
    pub deontic: Option<Span>,
    pub action: Option<Span>,
    /// The coordinated actions, where there are several.
    pub actions: Vec<Span>,
    pub purpose: Option<Span>,
    pub condition: Option<Span>,
    pub deadline: Option<Span>,
    pub or_else: Option<Span>,
    pub strength: Strength,
    pub polarity: Polarity,
    /// Who demands it, if the author only reports it: the words that name them, where there are any.
    pub attribution: Option<Option<Span>>,
    /// It is advice only if an actor is to act.
    pub needs_actor: bool,
    /// It stands in a section that recommends.
    pub among_advice: bool,
    pub rule: RuleId,
    pub confidence: f32,
}

/// A noun phrase that may name who is to act.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Addressee {
    pub span: Span,
    pub source: AddresseeSource,
}

/// Finds recommendations in the running text, in order.
#[must_use]
pub fn recommendations(document: &Document, outline: &Outline, sentences: &[Sentence], grammar: &Grammar) -> Vec<RawRecommendation> {
    finder::Finder::new(document, outline, sentences, grammar).run()
}
