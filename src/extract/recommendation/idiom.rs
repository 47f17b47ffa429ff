//! Set phrases after which the action begins: "would do well to", "now is the time to", "one way to … is to".

use std::ops::Range;

use super::candidate::{Candidate, Scene, can_recommend};
use super::clause::{Clause, clause};
use super::evaluative::that_clause;
use super::predicate::{Verb, action_end};
use super::word::Class;
use crate::rule::RuleId;

/// The recommendation that the phrase makes, if it makes one.
#[must_use]
pub fn find(scene: &Scene, rule: RuleId, phrase: Range<usize>) -> Option<Candidate> {
    let tokens = &scene.tokens;
    let definition = scene.grammar.get(rule);
    if scene.is_question() {
        return None;
    }
    let outer = clause(tokens, phrase.start);
    if !can_recommend(tokens, outer.link) {
        return None;
    }
    if !scene.grammar.subject_fits(rule, tokens.lower(outer.subject.clone())) {
        return None;
    }
    let after = phrase.end;
    // "would do well to remember that": to the reader.
    if matches!(tokens.word(after), "remember" | "recall" | "note" | "bear" | "reflect")
        && tokens.is(after + 1, Class::THAT.and(Class::INTERROGATIVE).and(Class::PREPOSITION))
    {
        return None;
    }
    if matches!(tokens.word(after.wrapping_sub(1)), "that" | "time") && tokens.lower(phrase.clone()).contains("time") {
        return overdue(scene, rule, phrase, &outer);
    }
    // "our recommendation is that X should V"
    if tokens.word(after.wrapping_sub(1)) == "that" {
        let (subject, verb) = that_clause(scene, after)?;
        let mut found = scene.candidate(rule, &Clause { link: outer.link, subject }, phrase.clone(), verb);
        found.start = if outer.subject.is_empty() { phrase.start } else { outer.subject.start };
        found.operator = phrase;
        return (!found.action.is_empty()).then_some(found);
    }
    // "it is time for X to V", "behooves X to V": who acts stands between the phrase and "to".
    let between =
        matches!(tokens.word(after.wrapping_sub(1)), "for" | "behooves" | "behoves" | "upon" | "on") || tokens.at(phrase.start, &["it", "falls", "to"]);
    if between && let Some(to) = to_after(scene, after) {
        let inner = Clause { link: outer.link, subject: after..to };
        let mut found = scene.acting(rule, &inner, phrase.clone(), to + 1);
        found.start = phrase.start;
        found.operator = phrase;
        return Some(found);
    }
    let gerund_or_noun = !matches!(tokens.word(after.wrapping_sub(1)), "to") && definition.pattern.is_none() && !tokens.is(after, Class::BASE);
    let own = definition.id == "recommendation.idiom.well" || definition.id == "recommendation.idiom.ill" || definition.id == "recommendation.idiom.afford";
    let impersonal =
        definition.pattern.is_some() || outer.subject.len() == 1 && is_empty_subject(tokens.word(outer.subject.start)) && (!own || is_wrong(scene, &phrase));
    let clause = Clause { link: outer.link, subject: if impersonal { 0..0 } else { outer.subject.clone() } };
    let mut found = scene.acting(rule, &clause, phrase.clone(), after);
    if gerund_or_noun {
        found.action = after..action_end(tokens, after);
    }
    found.start = if outer.subject.is_empty() { phrase.start } else { outer.subject.start };
    found.operator = phrase;
    if found.addressees.is_empty() && definition.pattern.is_some() {
        found.addressees.extend(for_phrase(scene, &outer));
    }
    (!found.action.is_empty()).then_some(found)
}

fn is_empty_subject(word: &str) -> bool {
    matches!(word, "it" | "now" | "time" | "this" | "there")
}

/// "It would be wrong to": said of the action, not of who acts.
fn is_wrong(scene: &Scene, phrase: &Range<usize>) -> bool {
    phrase.clone().any(|at| matches!(scene.tokens.word(at), "wrong"))
}

/// "It is high time that mayors did so": the clause has its verb in the past.
fn overdue(scene: &Scene, rule: RuleId, phrase: Range<usize>, outer: &Clause) -> Option<Candidate> {
    let tokens = &scene.tokens;
    if !tokens.is(phrase.end, Class::DETERMINER.and(Class::CAPITAL).and(Class::PRONOUN)) && !tokens.before(phrase.end).any(Class::THAT) {
        return None;
    }
    let verb = (phrase.end + 1..(phrase.end + 16).min(tokens.len()))
        .find(|&at| tokens.is(at, Class::PAST.and(Class::AUXILIARY)) && !tokens.before(at).any(Class::DETERMINER) || is_bare(scene, at))?;
    let inner = Clause { link: outer.link, subject: phrase.end..verb };
    let mut found = scene.candidate(rule, &inner, phrase.clone(), Verb { start: verb, verb, negated: false });
    found.start = phrase.start;
    found.operator = phrase;
    Some(found)
}

fn is_bare(scene: &Scene, at: usize) -> bool {
    scene.tokens.is(at, Class::BASE) && !scene.tokens.is(at, Class::NOUN.and(Class::PREPOSITION))
}

fn to_after(scene: &Scene, from: usize) -> Option<usize> {
    let tokens = &scene.tokens;
    (from + 1..(from + 16).min(tokens.len())).take_while(|&at| !tokens.is(at, Class::PUNCTUATION.and(Class::RELATIVE))).find(|&at| tokens.is_infinitive(at))
}

/// "An important step for the agencies is to": the noun phrase after "for".
fn for_phrase(scene: &Scene, outer: &Clause) -> Option<Range<usize>> {
    let tokens = &scene.tokens;
    let at = outer.subject.clone().find(|&at| tokens.word(at) == "for" && !tokens.is(at + 1, Class::GERUND))?;
    (at + 1 < outer.subject.end).then_some(at + 1..outer.subject.end)
}
