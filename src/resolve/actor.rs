//! Which mentions name the same actor.

mod described;
mod host;
mod registry;

use crate::document::Document;
use crate::extract::actor::{RawMention, Referent};
use crate::lexicon::Lexicon;
use crate::record::{ActorKind, Form};
use crate::rule::RuleId;
use crate::section::Outline;
use crate::sentence::Sentence;
use crate::span::Span;
use host::Host;
use registry::Registry;

/// An actor of a document.
#[derive(Debug, Clone)]
pub struct Actor {
    /// `type:CODE` for known actors ("state:KOR"), else made from the name.
    pub id: String,
    pub name: String,
    pub kind: ActorKind,
    pub country: Option<String>,
    pub wikidata: Option<String>,
}

/// A mention of one or, for a description such as "the three countries", several actors.
#[derive(Debug, Clone)]
pub struct Mention {
    pub span: Span,
    /// Indices into [`Actors::actors`].
    pub actors: Vec<usize>,
    pub form: Form,
    pub rule: RuleId,
    pub confidence: f32,
}

/// The actors of a document in order of first mention, and their mentions in order of start, without overlap.
#[derive(Debug, Default)]
pub struct Actors {
    pub actors: Vec<Actor>,
    pub mentions: Vec<Mention>,
}

impl Actors {
    /// The mentions that lie in `span`.
    #[must_use]
    pub fn in_span(&self, span: Span) -> &[Mention] {
        let from = self.mentions.partition_point(|mention| mention.span.start() < span.start());
        let to = self.mentions.partition_point(|mention| mention.span.start() < span.end());
        &self.mentions[from..to]
    }
}

/// Resolves mentions to actors.
#[must_use]
pub fn resolve(document: &Document, _outline: &Outline, _sentences: &[Sentence], mentions: Vec<RawMention>, lexicon: &Lexicon) -> Actors {
    let mut registry = Registry::new(lexicon, &mentions);
    registry.state = described::dominant_state(lexicon, &mentions);
    let host = Host::new(lexicon, &mentions);
    let named_states = described::named_states(lexicon, &mentions);
    let mut resolved: Vec<Vec<usize>> = Vec::with_capacity(mentions.len());
    let mut kinds = Vec::with_capacity(mentions.len());
    for (index, mention) in mentions.iter().enumerate() {
        let (actors, kind) = match &mention.referent {
            Referent::Same(other) => (resolved.get(*other).cloned().unwrap_or_default(), kinds.get(*other).copied()),
            Referent::Several(others) => {
                let mut actors: Vec<usize> = others.iter().filter_map(|&other| resolved.get(other)).flatten().copied().collect();
                actors.sort_unstable();
                actors.dedup();
                (actors, None)
            }
            Referent::Described(described) => described::resolve(*described, index, &mentions, &resolved, document, &mut registry),
            Referent::Known(entry) if described::is_foreign_chamber(*entry, mention.span, registry.state, lexicon) => {
                let state = registry.state.map(|entry| lexicon.entry(entry).name.clone()).unwrap_or_default();
                let name = described::local_name(described::SHARED, &state).unwrap_or_else(|| described::SHARED.to_owned());
                (vec![registry.named(&name, registry.state, ActorKind::Government)], None)
            }
            Referent::Known(entry)
                if mention.form == Form::Name && described::is_homonym(*entry, document.text(mention.span), registry.state, &named_states, lexicon) =>
            {
                let name = document.text(mention.span);
                let state = registry.state.map(|entry| lexicon.entry(entry).name.clone());
                let local = state.and_then(|state| described::local_name(name, &state));
                let country = registry.state.filter(|_| local.is_some());
                (vec![registry.named(local.as_deref().unwrap_or(name), country, ActorKind::Government)], None)
            }
            Referent::Named { name, country } if host.has(name, mention.kind, country.is_some()) => {
                (vec![registry.named(name, *country, ActorKind::Intergovernmental)], Some(ActorKind::Intergovernmental))
            }
            Referent::Named { name, country: None } if mention.kind == ActorKind::Government => {
                let state = registry.state.map(|entry| lexicon.entry(entry).name.clone());
                let local = state.and_then(|state| described::local_name(name, &state));
                let country = registry.state.filter(|_| local.is_some());
                let kind = if local.is_some() { ActorKind::Government } else { host.kind_of(name, registry.state.is_some()) };
                let local = local.or_else(|| host.provincial(name));
                (vec![registry.named(local.as_deref().unwrap_or(name), country, kind)], Some(kind))
            }
            Referent::Named { name, .. } if mention.kind == ActorKind::Intergovernmental => {
                let organ = host.organ(name);
                (vec![registry.named(organ.as_deref().unwrap_or(name), None, mention.kind)], None)
            }
            referent => (vec![registry.actor(referent, mention.kind)], None),
        };
        resolved.push(actors);
        kinds.push(kind.unwrap_or(mention.kind));
    }
    let mentions = mentions.into_iter().zip(resolved).filter(|(_, actors)| !actors.is_empty());
    let one = |(raw, actors): (RawMention, Vec<usize>)| Mention { span: raw.span, actors, form: raw.form, rule: raw.rule, confidence: raw.confidence };
    Actors { mentions: mentions.map(one).collect(), actors: registry.finish() }
}
