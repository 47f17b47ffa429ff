//! Mentions of actors.
//!
//! Each sentence is read from left to right; at each word the rules say how far a name reaches from there, and the longest wins. Names that no
//! rule is sure of alone (surnames, acronyms, "the Commission") are kept as loose words and settled when the whole document has been read.

mod acts;
mod office;
mod organization;
mod person;
mod role;
mod rules;
mod scan;
mod settle;
mod state;
mod view;

use crate::document::{BlockKind, Document};
use crate::lexicon::Lexicon;
use crate::record::{ActorKind, Form, SectionKind};
use crate::rule::{RuleId, RuleSet};
use crate::section::Outline;
use crate::sentence::Sentence;
use crate::span::Span;

pub use settle::Described;
pub(crate) use settle::surnames;

/// A mention before it is known which actor of the document it names.
#[derive(Debug, Clone)]
pub struct RawMention {
    pub span: Span,
    pub kind: ActorKind,
    pub form: Form,
    pub rule: RuleId,
    pub confidence: f32,
    pub referent: Referent,
}

/// What a mention says about whom it names.
#[derive(Debug, Clone, PartialEq)]
pub enum Referent {
    /// An entry of the lexicon.
    Known(u32),
    /// The canonical name that the words give, and the entry of the state that the actor belongs to.
    Named { name: String, country: Option<u32> },
    /// A person's name as written, without title.
    Person { name: String },
    /// Another mention, by its index among the mentions: an acronym that the document defines, a short form.
    Same(usize),
    /// Several other mentions: "the Tribunals".
    Several(Vec<usize>),
    /// A description of actors that the document makes plain.
    Described(Described),
    /// The noun phrase of a role in small letters.
    Role { name: String },
}

/// Finds mentions of actors in the running text and headings, in order, without overlap.
#[must_use]
pub fn mentions(document: &Document, outline: &Outline, sentences: &[Sentence], lexicon: &Lexicon, rules: &RuleSet) -> Vec<RawMention> {
    let ids = rules::ActorRules::new(rules);
    let mut scanner = scan::Scanner::new(lexicon);
    for sentence in sentences {
        let Some(block) = document.blocks.get(sentence.block) else { continue };
        if holds_actors(&block.kind, outline.kind_of(sentence.block)) {
            let is_heading = matches!(block.kind, BlockKind::Heading { .. } | BlockKind::Title | BlockKind::Byline);
            scanner.read(document.text(sentence.span), sentence.span.start(), is_heading);
        }
    }
    settle::settle(scanner.finish(), lexicon, &ids)
}

/// True for blocks in which actors are looked for: not in notes, reference lists and page furniture.
fn holds_actors(block: &BlockKind, section: SectionKind) -> bool {
    let quiet = matches!(
        block,
        BlockKind::Note { .. } | BlockKind::Reference { .. } | BlockKind::Furniture | BlockKind::Boilerplate | BlockKind::Contents | BlockKind::Code
    );
    !quiet && !matches!(section, SectionKind::References | SectionKind::Notes | SectionKind::Contents)
}
