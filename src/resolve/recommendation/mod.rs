//! Who is to act on each recommendation, on whom, what it rests on, what it is about, and which one it repeats.

mod addressee;
mod antecedent;
mod date;
mod evidence;
mod restate;
mod target;

use super::actor::Actors;
use super::citation::Apparatus;
use crate::document::Document;
use crate::extract::recommendation::{AddresseeSource, RawRecommendation};
use crate::lexicon::topic::Topics;
use crate::record::{ActorKind, Strength, Topic};
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
    /// Where the addressees were found; none if there are none.
    pub addressee_source: Option<AddresseeSource>,
    pub targets: Vec<Party>,
    /// The deadline as an ISO 8601 date ("2030", "2026-05-31") or duration ("P6M"), where it gives one.
    pub deadline_date: Option<String>,
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
    outline: &Outline,
    sentences: &[Sentence],
    raw: Vec<RawRecommendation>,
    actors: &mut Actors,
    apparatus: &Apparatus,
    topics: &Topics,
) -> Vec<Recommendation> {
    let works = evidence::Evidence::new(document, apparatus);
    let mut found: Vec<Recommendation> = Vec::with_capacity(raw.len());
    for raw in raw {
        let (addressees, addressee_source) = addressee::addressees(document, sentences, &raw, actors, &found);
        // Options are advice to bodies that are named, or, among recommendations, to kinds of them.
        let body = |party: &Party| !matches!(actors.actors[party.actor].kind, ActorKind::Role | ActorKind::People | ActorKind::Person);
        let order = raw.strength == Strength::Must;
        let open = order || raw.among_advice;
        if raw.needs_actor && (addressees.is_empty() || !open && !addressees.iter().any(body)) {
            continue;
        }
        let attribution = raw.attribution.map(|speaker| attribution(document, speaker, actors));
        let one = Recommendation {
            strength: raw.strength,
            targets: target::targets(&raw, &addressees, actors),
            deadline_date: raw.deadline.and_then(|span| date::iso(document.text(span))),
            topics: topics.of(document.text(raw.span), heading(document, outline, sentences, &raw)),
            citations: works.of(document, raw.span),
            addressees,
            addressee_source,
            restates: None,
            attribution,
            raw,
        };
        found.push(one);
    }
    restate::link(document, &mut found);
    found
}

/// The heading under which a recommendation stands.
fn heading<'d>(document: &'d Document, outline: &Outline, sentences: &[Sentence], raw: &RawRecommendation) -> &'d str {
    let block = sentences.get(raw.sentence).map(|sentence| sentence.block);
    let heading = block.and_then(|block| outline.headings_above(block).next());
    heading.map_or("", |block| document.text(document.blocks[block].span))
}

fn attribution(document: &Document, speaker: Option<Span>, actors: &Actors) -> (Option<usize>, String) {
    let Some(span) = speaker else { return (None, String::new()) };
    let named = actors.in_span(span).iter().find(|mention| mention.actors.len() == 1).map(|mention| mention.actors[0]);
    let words = document.text(span);
    let name = named.map_or_else(|| words.to_owned(), |actor| actors.actors[actor].name.clone());
    (named, name)
}
