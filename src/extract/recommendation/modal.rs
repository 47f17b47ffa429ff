//! "X should do Y": a modal operator with its verb.

use super::candidate::{Candidate, Scene, can_recommend};
use super::clause::{Clause, Link, clause, is_finite};
use super::guard;
use super::predicate::verb_after;
use super::word::Class;
use crate::rule::RuleId;
use std::ops::Range;

/// The recommendation that a modal operator makes, if it makes one.
#[must_use]
pub fn find(scene: &Scene, rule: RuleId, operator: Range<usize>) -> Option<Candidate> {
    let tokens = &scene.tokens;
    let operator = with_to(scene, operator);
    // "could consider", "could be addressed by": the cue holds the verb, which belongs to the action.
    let polite = operator.len() > 1 && tokens.is(operator.start, Class::MODAL) && !tokens.is(operator.end - 1, Class::TO.and(Class::LINK).and(Class::ADVERB));
    let operator = if polite { operator.start..operator.start + 1 } else { operator };
    if scene.is_question() || is_inverted(scene, &operator) {
        return None;
    }
    let mut clause = clause(tokens, operator.start, scene.grammar);
    if !can_recommend(tokens, clause.link, scene.grammar) {
        return None;
    }
    if clause.subject.is_empty()
        && let Some(content) = shared_content(scene, operator.start)
    {
        clause = content;
    } else if clause.subject.is_empty()
        && let Some(subject) = shared_subject(scene, operator.start)
    {
        clause.subject = subject;
    }
    let verb = verb_after(tokens, operator.end);
    if !is_verb_slot(scene, verb.verb) || guard::blocks(scene, &clause, &operator, verb) || polite && is_weighing(scene, verb.verb) {
        return None;
    }
    let mut found = scene.candidate(rule, &clause, operator.clone(), verb);
    if tokens.written(found.operator.start).to_ascii_lowercase().ends_with("n't") || tokens.word(found.operator.start).ends_with("n’t") {
        found.polarity = flip(found.polarity);
    }
    found.needs_actor = matches!(tokens.word(operator.start), "are" | "is");
    found.confidence -= doubt(scene, &operator, &found);
    if is_existential(scene, &clause) {
        found.addressees.clear();
        if tokens.is(found.action.start, Class::BE) && found.action.len() > 1 {
            found.action.start += 1;
        }
    }
    Some(found)
}

/// Outside advice and orders "must", "has to" and "shall" often tell what rules or the nature of things ask, the more where nobody acts.
fn doubt(scene: &Scene, operator: &Range<usize>, found: &Candidate) -> f32 {
    if scene.advice || scene.directive {
        return 0.0;
    }
    match scene.tokens.word(operator.start) {
        "must" | "shall" if found.active => 0.1,
        "must" | "shall" => 0.15,
        "have" | "has" => 0.2,
        _ => 0.0,
    }
}

/// "Congress might consider whether", "for example, clubs might want to": a choice laid out, no advice.
fn is_weighing(scene: &Scene, verb: usize) -> bool {
    let tokens = &scene.tokens;
    let open = tokens.word(verb) == "consider" && matches!(tokens.word(verb + 1), "whether" | "how" | "what" | "if" | "which");
    !scene.advice && (open || tokens.at(0, &["for", "example"]) || tokens.at(0, &["for", "instance"]))
}

fn flip(polarity: crate::record::Polarity) -> crate::record::Polarity {
    use crate::record::Polarity::{Do, DoNot};
    match polarity {
        Do => DoNot,
        DoNot => Do,
    }
}

/// "Counsel submitted that the company should repay, and must publish": what joins the verb of a that-clause is under the same governor.
fn shared_content(scene: &Scene, operator: usize) -> Option<Clause> {
    let tokens = &scene.tokens;
    if !tokens.before(operator).any(Class::CONJUNCTION) {
        return None;
    }
    let modal = (0..operator - 1).rev().take_while(|&at| !tokens.is(at, Class::SEMICOLON)).find(|&at| tokens.is(at, Class::MODAL))?;
    let content = clause(tokens, modal, scene.grammar);
    matches!(content.link, Link::Content(_)).then_some(content)
}

/// "The states share ideals but need to do more": the subject of the first verb is that of the second.
fn shared_subject(scene: &Scene, operator: usize) -> Option<Range<usize>> {
    let tokens = &scene.tokens;
    let before = tokens.before(operator);
    if !before.any(Class::CONJUNCTION.and(Class::COMMA).and(Class::ADVERB).and(Class::LINK)) {
        return None;
    }
    let verb_like = |at: usize| {
        let after_noun = tokens.before(at).any(Class::CAPITAL) || tokens.before(at) == Class::NONE && tokens.word(at - 1).ends_with('s');
        tokens.is(at, Class::BASE.and(Class::THIRD).and(Class::PAST)) && after_noun
    };
    let first = (1..operator).find(|&at| is_finite(tokens, at)).or_else(|| (1..operator).find(|&at| verb_like(at)))?;
    let subject = clause(tokens, first, scene.grammar).subject;
    (!subject.is_empty()).then_some(subject)
}

/// "ought", "need", "needs", "has" take "to", perhaps after an adverb.
fn with_to(scene: &Scene, operator: Range<usize>) -> Range<usize> {
    let end = (operator.end..operator.end + 3).find(|&at| scene.tokens.is(at, Class::TO));
    match (scene.tokens.word(operator.start), end) {
        ("ought" | "need" | "needs", Some(to)) => operator.start..to + 1,
        _ => operator,
    }
}

/// "Should the board act, …", "nor should it": the subject follows.
fn is_inverted(scene: &Scene, operator: &Range<usize>) -> bool {
    let tokens = &scene.tokens;
    let before = tokens.before(operator.start);
    let opens = before == Class::NONE && operator.start == 0 || before.any(Class::PUNCTUATION.and(Class::CONJUNCTION).and(Class::INTERROGATIVE));
    let next = tokens.class(operator.end);
    let verb = next.any(Class::BASE.and(Class::BE).and(Class::NEGATION).and(Class::ADVERB).and(Class::LINK).and(Class::COMMA).and(Class::COLON));
    let verb = verb || matches!(tokens.word(operator.end), "more" | "most" | "less" | "either" | "both");
    // "Should new increases occur, …"
    let first = operator.start == 0 && tokens.word(0) == "should" && tokens.is(0, Class::CAPITAL);
    first && !verb || opens && !verb && next.any(Class::DETERMINER.and(Class::PRONOUN).and(Class::CAPITAL)) || opens && tokens.is(operator.end, Class::PRONOUN)
}

/// A verb, or the colon of a lead-in, or a word that no list knows.
fn is_verb_slot(scene: &Scene, at: usize) -> bool {
    let class = scene.tokens.class(at);
    at < scene.tokens.len()
        && !class.any(Class::DETERMINER.and(Class::STOP).and(Class::SEMICOLON).and(Class::CLOSE))
        && (class.any(Class::BASE) || !class.any(Class::PREPOSITION.and(Class::CONJUNCTION)))
}

/// "there should be", "there needs to be".
fn is_existential(scene: &Scene, clause: &Clause) -> bool {
    clause.subject.len() <= 2 && !clause.subject.is_empty() && scene.tokens.word(clause.subject.end - 1) == "there"
}
