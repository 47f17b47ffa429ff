//! Who is to act: the actors named by a subject, agent, lead-in or heading.

use super::antecedent;
use super::{Party, Recommendation};
use crate::document::Document;
use crate::extract::recommendation::{AddresseeSource, RawRecommendation};
use crate::record::Form;
use crate::resolve::actor::{Actors, Mention};
use crate::sentence::Sentence;
use crate::span::Span;

/// The addressees of a recommendation and where they were found. The sentence comes before the lead-in, the lead-in before the heading.
#[must_use]
pub fn addressees(
    document: &Document,
    sentences: &[Sentence],
    raw: &RawRecommendation,
    actors: &Actors,
    before: &[Recommendation],
) -> (Vec<Party>, Option<AddresseeSource>) {
    for phrase in &raw.addressee {
        let named = named(document, phrase.span, actors);
        let whole = phrase.source != AddresseeSource::Heading || covers(document, phrase.span, actors);
        if !named.is_empty() && whole {
            return (named, Some(phrase.source));
        }
        if phrase.source == AddresseeSource::Sentence
            && let Some(meant) = antecedent::antecedent(document, sentences, raw, phrase.span, actors, before)
        {
            return (meant, Some(AddresseeSource::Antecedent));
        }
    }
    (Vec::new(), None)
}

/// A heading names who is addressed only if it says little else; after "For" or "To" it may go on after the names.
fn covers(document: &Document, phrase: Span, actors: &Actors) -> bool {
    let mentions = actors.in_span(phrase);
    let Some(first) = mentions.first() else { return false };
    let opened = document.reading.get(..phrase.start()).is_some_and(|before| [" for ", " to ", "For ", "To "].iter().any(|opener| before.ends_with(opener)));
    let lead = document.reading.get(phrase.start()..first.span.start()).unwrap_or_default();
    let mut at = phrase.start();
    let mut bare = 0;
    for mention in mentions {
        bare += document.reading.get(at..mention.span.start()).map_or(0, content_words);
        at = at.max(mention.span.end());
    }
    bare += document.reading.get(at..phrase.end()).map_or(0, content_words);
    content_words(lead) == 0 && (bare == 0 || opened && bare <= 4)
}

/// Words that say something of their own.
fn content_words(text: &str) -> usize {
    const EMPTY: [&str; 22] = [
        "the",
        "a",
        "an",
        "and",
        "or",
        "of",
        "in",
        "all",
        "other",
        "its",
        "their",
        "both",
        "each",
        "relevant",
        "concerned",
        "s",
        "as",
        "well",
        "key",
        "for",
        "to",
        "new",
    ];
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty() && !EMPTY.contains(&word.to_lowercase().as_str())).count()
}

/// The actors that a noun phrase names as its heads: not those that only qualify another noun, nor partners and places after a preposition.
#[must_use]
pub fn named(document: &Document, phrase: Span, actors: &Actors) -> Vec<Party> {
    let mut parties: Vec<Party> = Vec::new();
    let mut start = phrase.start();
    for mention in actors.in_span(phrase) {
        let before = document.reading.get(start..mention.span.start()).unwrap_or_default();
        let after = document.reading.get(mention.span.end()..phrase.end()).unwrap_or_default();
        if !is_head(mention, before, after) {
            continue;
        }
        start = mention.span.end();
        for &actor in &mention.actors {
            if parties.iter().all(|party| party.actor != actor) {
                parties.push(Party { actor, span: Some(mention.span) });
            }
        }
    }
    // "Regulators such as the central bank": the class is addressed, the named ones are of it; both are kept.
    parties
}

/// `before` is the text from the head before, `after` what follows in the phrase.
fn is_head(mention: &Mention, before: &str, after: &str) -> bool {
    if mention.form == Form::Demonym && !after.trim_start().is_empty() && !starts_break(after) {
        return false;
    }
    let last = last_conjunct(before);
    let governed = last.split(' ').any(|word| is_preposition(word) || matches!(word, "that" | "which" | "who" | "whose"));
    let member = || {
        last.trim_end().ends_with("such as the")
            || last.trim_end().ends_with("such as")
            || ["including", "especially", "particularly", "notably", "in particular", "above all"].iter().any(|word| last.contains(word))
    };
    if governed && !member() {
        return false;
    }
    let possessive = after.starts_with("’s") || after.starts_with("'s") || (after.starts_with('’') || after.starts_with('\'')) && mention.span.len() > 2;
    if possessive {
        let rest = after.trim_start_matches(['’', '\'', 's']).trim_start();
        return rest.is_empty();
    }
    starts_break(after) || mention.form == Form::Role
}

/// What follows a mention lets it be the head: nothing, a mark, a conjunction, a preposition, a relative clause, a participle.
fn starts_break(after: &str) -> bool {
    let after = after.trim_start();
    let Some(first) = after.chars().next() else { return true };
    if !first.is_alphanumeric() {
        return true;
    }
    let word = after.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default().to_lowercase();
    is_preposition(&word)
        || matches!(word.as_str(), "and" | "or" | "nor" | "that" | "which" | "who" | "whose" | "itself" | "themselves" | "alone" | "both" | "s")
        || word.ends_with("ing")
        || word.ends_with("ed")
        || word.ends_with("ly")
}

fn is_preposition(word: &str) -> bool {
    matches!(
        word,
        "of" | "in"
            | "on"
            | "at"
            | "for"
            | "from"
            | "with"
            | "by"
            | "between"
            | "among"
            | "to"
            | "under"
            | "within"
            | "across"
            | "against"
            | "over"
            | "through"
            | "towards"
            | "toward"
            | "about"
            | "as"
            | "into"
            | "like"
            | "outside"
            | "beyond"
            | "than"
    )
}

/// The part of `before` after its last comma. A conjunction does not end a complement: "cooperation with Chile and Peru".
fn last_conjunct(before: &str) -> &str {
    let mut from = 0;
    for joint in [", ", "; ", " and all "] {
        if let Some(at) = before.as_bytes().windows(joint.len()).rposition(|here| here == joint.as_bytes()) {
            from = from.max(at + joint.len());
        }
    }
    before.get(from..).unwrap_or(before)
}
