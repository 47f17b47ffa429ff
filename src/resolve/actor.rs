//! Which mentions name the same actor.

use crate::document::Document;
use crate::extract::actor::RawMention;
use crate::lexicon::Lexicon;
use crate::record::{ActorKind, Form};
use crate::rule::RuleId;
use crate::section::Outline;
use crate::sentence::Sentence;
use crate::span::Span;

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
pub fn resolve(_document: &Document, _outline: &Outline, _sentences: &[Sentence], _mentions: Vec<RawMention>, _lexicon: &Lexicon) -> Actors {
    Actors::default()
}
