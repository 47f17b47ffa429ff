//! Who acts: whether a finite verb follows a noun phrase.

use super::view::View;
use crate::lexicon::{Class, Shape};

/// How many tokens of a coordination ("X, Y and Z should") are read over in search of its verb.
const COORDINATION: usize = 14;

/// True if the phrase that ends before token `at` is the subject of a finite verb.
pub(super) fn is_subject(view: &View, at: usize) -> bool {
    verb_at(view, skip_aside(view, at)) || in_coordination(view, at)
}

/// True if a finite verb stands at `at`, adverbs left aside.
pub(super) fn verb_at(view: &View, mut at: usize) -> bool {
    while view.has(at, Class::Adverb) && !view.any(at, &[Class::Modal, Class::Auxiliary]) && view.is_lower(at) {
        at += 1;
    }
    is_verb(view, at)
}

fn is_verb(view: &View, at: usize) -> bool {
    let small = view.is_lower(at) || view.all_caps && view.shape(at) == Shape::Upper;
    small && view.any(at, &[Class::Modal, Class::Auxiliary, Class::Say, Class::Verb])
}

/// Past a bracket or a clause between commas that follows the subject.
fn skip_aside(view: &View, at: usize) -> usize {
    if view.mark(at) == '(' {
        let close = (at..view.len().min(at + 16)).find(|&index| view.mark(index) == ')');
        return close.map_or(at, |close| close + 1);
    }
    at
}

/// True if the phrase before `at` is one of several joined by commas and "and" whose verb follows.
fn in_coordination(view: &View, at: usize) -> bool {
    let joined = view.mark(at) == ',' || view.is(at, "and") || view.is(at, "or");
    if !joined {
        return false;
    }
    let mut seen_and = false;
    for index in at..view.len().min(at + COORDINATION) {
        if view.is(index, "and") || view.is(index, "or") || view.mark(index) == '&' {
            seen_and = true;
        } else if is_verb(view, index) {
            return seen_and && !view.any(index - 1, &[Class::Preposition, Class::Determiner]) && !view.is(index - 1, "and");
        } else if view.has(index, Class::Preposition) && !view.is(index, "of") || matches!(view.mark(index), '.' | ';' | ':' | '(') || view.is(index, "that") {
            return false;
        }
    }
    false
}

/// True if the words before token `first` make what follows an agent or an addressee: "by the agencies", "recommend that agencies".
pub(super) fn is_agent(view: &View, first: usize) -> bool {
    let mut at = first;
    while at > 0 && view.any(at - 1, &[Class::Determiner, Class::Quantifier]) && view.is_lower(at - 1) {
        at -= 1;
    }
    at.checked_sub(1).is_some_and(|before| view.is(before, "by") && before.checked_sub(1).is_some_and(|verb| is_participle(view.word(verb))))
}

/// True for words that look like a past participle.
pub(super) fn is_participle(word: &str) -> bool {
    word.len() > 4 && (word.ends_with("ed") || word.ends_with("wn") || word.ends_with("en"))
        || matches!(word, "made" | "held" | "led" | "set" | "put" | "run" | "brought" | "paid" | "built" | "met")
}
