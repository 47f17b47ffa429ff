//! Whom a pronoun as subject means: "They should", "it needs to", "the three can".

use super::addressee::named;
use super::{Party, Recommendation};
use crate::document::Document;
use crate::extract::recommendation::RawRecommendation;
use crate::record::ActorKind;
use crate::resolve::actor::{Actors, Mention};
use crate::sentence::Sentence;
use crate::span::Span;

/// What a pronoun asks of its antecedent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Pronoun {
    /// "it"
    One,
    /// "he", "she"
    Person,
    /// "they", "both", "the three"; with the number if it is said.
    Several(Option<usize>),
}

/// The actors that a phrase stands for, if it is a pronoun and one antecedent offers itself.
#[must_use]
pub fn antecedent(
    document: &Document,
    sentences: &[Sentence],
    raw: &RawRecommendation,
    phrase: Span,
    actors: &Actors,
    before: &[Recommendation],
) -> Option<Vec<Party>> {
    let pronoun = pronoun(document.text(phrase))?;
    let here = sentences.get(raw.sentence)?;
    if let Pronoun::Several(Some(count)) = pronoun {
        return set_of(count, phrase, actors);
    }
    // The same sentence, before the pronoun.
    let earlier = Span::new(here.span.start(), phrase.start());
    if let Some(parties) = subject(document, earlier, actors).filter(|parties| fits(pronoun, parties, actors)) {
        return Some(parties);
    }
    let meant = |parties: &[Party]| Some(parties.iter().map(|party| Party { actor: party.actor, span: Some(phrase) }).collect());
    for back in 1..=REACH {
        let Some(previous) = raw.sentence.checked_sub(back).and_then(|index| sentences.get(index)) else { break };
        if previous.block != here.block {
            break;
        }
        let advised = before.iter().rev().find(|one| one.raw.span.overlaps(previous.span)).map(|one| &one.addressees);
        if let Some(parties) = advised.filter(|parties| fits(pronoun, parties, actors)) {
            return meant(parties);
        }
        if let Some(parties) = subject(document, previous.span, actors) {
            // Another subject between ends the search.
            return if fits(pronoun, &parties, actors) { meant(&parties) } else { None };
        }
    }
    // At the head of a paragraph: whom the recommendation before addresses, if it is close, the items of a list passed over.
    let opens = raw.sentence.checked_sub(1).and_then(|index| sentences.get(index)).is_none_or(|previous| previous.block != here.block);
    let last = before.last().filter(|last| opens && here.block <= blocks(sentences, last) + 2)?;
    (last.addressee_source.is_some() && fits(pronoun, &last.addressees, actors)).then(|| meant(&last.addressees)).flatten()
}

/// How many sentences back a pronoun reaches.
const REACH: usize = 2;

/// The block in which a recommendation stands.
fn blocks(sentences: &[Sentence], one: &Recommendation) -> usize {
    sentences.get(one.raw.sentence).map_or(0, |sentence| sentence.block)
}

fn pronoun(text: &str) -> Option<Pronoun> {
    let lower = text.trim().to_lowercase();
    Some(match lower.as_str() {
        "it" => Pronoun::One,
        "he" | "she" => Pronoun::Person,
        "they" | "these" | "each" | "all" => Pronoun::Several(None),
        "both" | "the two" | "both of them" => Pronoun::Several(Some(2)),
        "the three" | "all three" | "all three of them" => Pronoun::Several(Some(3)),
        "the four" | "all four" => Pronoun::Several(Some(4)),
        _ => return None,
    })
}

fn fits(pronoun: Pronoun, parties: &[Party], actors: &Actors) -> bool {
    match pronoun {
        Pronoun::Person => parties.len() == 1 && is_person(actors, parties[0].actor),
        Pronoun::One => parties.len() == 1 && !is_plural_role(actors, parties[0].actor),
        Pronoun::Several(_) => {
            parties.len() > 1 || parties.first().is_some_and(|party| matches!(actors.actors[party.actor].kind, ActorKind::Role | ActorKind::People))
        }
    }
}

/// A person, or an office that one person holds.
fn is_person(actors: &Actors, actor: usize) -> bool {
    const OFFICES: [&str; 11] =
        ["minister", "secretary", "president", "chancellor", "commissioner", "director", "chair", "chief", "governor", "administrator", "ombudsman"];
    let actor = &actors.actors[actor];
    let name = actor.name.to_lowercase();
    actor.kind == ActorKind::Person || OFFICES.iter().any(|office| name.split(|c: char| !c.is_alphanumeric()).any(|word| word == *office))
}

/// "cities", "donors": kinds of actor in the plural, which "it" cannot mean.
fn is_plural_role(actors: &Actors, actor: usize) -> bool {
    let actor = &actors.actors[actor];
    matches!(actor.kind, ActorKind::People) || actor.kind == ActorKind::Role && actor.name.ends_with('s')
}

/// The last set of so many actors that is named together before the phrase.
fn set_of(count: usize, phrase: Span, actors: &Actors) -> Option<Vec<Party>> {
    let earlier = actors.mentions.partition_point(|mention| mention.span.start() < phrase.start());
    let is_set = |mention: &&Mention| mention.actors.len() == count;
    let set = actors.mentions[..earlier].iter().rev().find(is_set).or_else(|| actors.mentions[earlier..].iter().find(is_set))?;
    Some(set.actors.iter().map(|&actor| Party { actor, span: Some(phrase) }).collect())
}

/// The actors that are the subject of a sentence: those before its first verb, after a fronted phrase.
fn subject(document: &Document, sentence: Span, actors: &Actors) -> Option<Vec<Party>> {
    let mentions = actors.in_span(sentence);
    let text = document.text(sentence);
    let verb = first_verb(text).map_or(sentence.end(), |at| sentence.start() + at);
    let phrase_start = fronted_end(text, verb - sentence.start()).map_or(sentence.start(), |at| sentence.start() + at);
    mentions.first()?;
    let parties = named(document, Span::new(phrase_start, verb), actors);
    (!parties.is_empty()).then_some(parties)
}

/// Where the first finite verb that everyone knows stands.
fn first_verb(text: &str) -> Option<usize> {
    const VERBS: [&str; 41] = [
        "told",
        "said",
        "says",
        "undertook",
        "wrote",
        "gave",
        "spoke",
        "cannot",
        "can't",
        "won't",
        "faces",
        "is",
        "are",
        "was",
        "were",
        "has",
        "have",
        "had",
        "should",
        "must",
        "can",
        "could",
        "will",
        "would",
        "may",
        "might",
        "shall",
        "needs",
        "need",
        "became",
        "become",
        "remains",
        "remain",
        "did",
        "does",
        "do",
        "became",
        "began",
        "made",
        "took",
        "share",
    ];
    let mut at = 0;
    for word in text.split(' ') {
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
        if at > 0 && (VERBS.contains(&bare) || bare.len() > 5 && bare.ends_with("ed") && bare.starts_with(char::is_lowercase)) {
            return Some(at);
        }
        at += word.len() + 1;
    }
    None
}

/// The end of a phrase that stands before the subject: "Under the new treaty, ".
fn fronted_end(text: &str, verb: usize) -> Option<usize> {
    const OPENERS: [&str; 16] = ["Under", "In", "With", "To", "As", "For", "At", "On", "By", "After", "Since", "While", "Although", "Despite", "Given", "If"];
    let first = text.split(' ').next()?;
    if !OPENERS.contains(&first) {
        return None;
    }
    let head = text.get(..verb.min(text.len()))?;
    head.find(", ").map(|at| at + 2)
}
