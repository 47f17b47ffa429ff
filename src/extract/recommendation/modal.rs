//! "X should do Y": a modal operator with its verb.

use super::candidate::{Candidate, Scene, can_recommend};
use super::clause::{Clause, Link, clause, is_finite};
use super::evaluative::that_clause;
use super::guard;
use super::option;
use super::predicate::{Verb, verb_after};
use super::token::Tokens;
use super::word::Class;
use crate::record::Polarity;
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
    // "is to be published": the verb belongs to the action.
    let operator = if tokens.at(operator.start, &["is", "to", "be"]) { operator.start..operator.start + 2 } else { operator };
    // "Nothing in this order shall be construed to limit": how a text is to be read.
    let reading = (operator.end..operator.end + 3).any(|at| tokens.word(at) == "construed");
    if scene.is_question() || reading {
        return None;
    }
    if let Some(found) = after_opener(scene, rule, &operator) {
        return Some(found);
    }
    if is_inverted(scene, &operator) {
        return None;
    }
    let mut clause = clause(tokens, operator.start);
    if let Some(found) = cleft(scene, rule, &clause, &operator) {
        return Some(found);
    }
    let supplement = supplement(scene, &clause);
    if supplement.is_none() && !can_recommend(tokens, clause.link) {
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
    if let Some(start) = supplement {
        found.start = start;
    }
    if tokens.word(found.operator.start).ends_with("n't") || tokens.word(found.operator.start).ends_with("n’t") {
        found.polarity = found.polarity.flipped();
    }
    if let Link::Content(governor) = clause.link
        && is_denied(tokens, governor)
    {
        found.polarity = found.polarity.flipped();
    }
    let is_plan = matches!(tokens.word(operator.start), "are" | "is");
    let ordered = tokens.is(verb.verb, Class::BE) && tokens.is(verb.verb + 1, Class::PARTICIPLE) && (scene.advice || scene.directive);
    if tokens.word(operator.start) == "is" && !ordered {
        return None;
    }
    found.needs_actor = is_plan && !ordered;
    if operator.len() == 1 && tokens.word(operator.start) == "will" {
        if !is_order(scene, &found, verb.verb) {
            return None;
        }
        found.needs_actor = true;
    }
    found.confidence -= doubt(scene, &operator, &found);
    if is_existential(scene, &clause) {
        found.addressees.clear();
        if tokens.is(found.action.start, Class::BE) && found.action.len() > 1 {
            found.action.start += 1;
        }
        // "There must be no return".
        if tokens.word(found.action.start) == "no" {
            found.polarity = Polarity::DoNot;
        }
    }
    Some(found)
}

/// "We do not believe that the levy should be abolished": the negation of what is believed.
fn is_denied(tokens: &Tokens, governor: usize) -> bool {
    matches!(tokens.word(governor), "believe" | "think" | "consider" | "recommend" | "suggest" | "propose" | "agree" | "accept")
        && tokens.before(governor).any(Class::NEGATION)
}

/// "What ministers must now do is publish the data": what is to be done stands behind the copula.
fn cleft(scene: &Scene, rule: RuleId, clause: &Clause, operator: &Range<usize>) -> Option<Candidate> {
    let tokens = &scene.tokens;
    let what = clause.subject.start.checked_sub(1).filter(|&at| tokens.word(at) == "what" && clause.link == Link::Question)?;
    let opens = what == 0 || tokens.before(what).any(Class::PUNCTUATION.and(Class::CONJUNCTION).and(Class::LINK));
    let doing = verb_after(tokens, operator.end);
    let inner = doing.verb;
    let is = (inner + 1..inner + 4).find(|&at| tokens.word(at) == "is")?;
    if !opens || tokens.word(inner) != "do" || clause.subject.is_empty() {
        return None;
    }
    let verb = verb_after(tokens, is + 1 + usize::from(tokens.is(is + 1, Class::TO)));
    if !tokens.is(verb.verb, Class::BASE.and(Class::BE)) {
        return None;
    }
    let main = Clause { link: Link::Main, subject: clause.subject.clone() };
    let verb = Verb { negated: verb.negated != doing.negated, ..verb };
    let mut found = scene.candidate(rule, &main, operator.clone(), verb);
    found.start = what;
    found.operator = operator.clone();
    Some(found)
}

/// "Nor should the board act", "Only then should it lend": a negative or limiting phrase puts the operator before its subject.
fn after_opener(scene: &Scene, rule: RuleId, operator: &Range<usize>) -> Option<Candidate> {
    let tokens = &scene.tokens;
    let start = (0..operator.start).rev().find(|&at| tokens.is(at, Class::SEMICOLON.and(Class::STOP).and(Class::COLON))).map_or(0, |mark| mark + 1);
    let start = if tokens.before(operator.start).any(Class::CONJUNCTION) { operator.start - 1 } else { start };
    let start = if tokens.is(start, Class::NUMBER) { start + 1 } else { start };
    let negated = opens_negation(tokens, start);
    let limited = tokens.word(start) == "only" && tokens.is(start + 1, CLAUSE_OPENERS.and(Class::PREPOSITION)) || tokens.at(start, &["only", "then"]);
    let fronted = start < operator.start
        && operator.start - start <= 24
        && tokens.is(operator.end, Class::DETERMINER.and(Class::PRONOUN).and(Class::CAPITAL).and(Class::NOUN));
    let plain = start < operator.start && operator.start - start <= 1;
    if !(negated || limited) || !(fronted || plain) || tokens.is(operator.end, Class::BASE) && !tokens.is(operator.end, Class::NOUN.and(Class::DETERMINER)) {
        return None;
    }
    let (subject, verb) = that_clause(scene, operator.end)?;
    if subject.is_empty() {
        return None;
    }
    let clause = Clause { link: Link::Main, subject };
    if guard::blocks(scene, &clause, operator, verb) {
        return None;
    }
    let mut found = scene.candidate(rule, &clause, operator.clone(), Verb { negated: verb.negated != negated, ..verb });
    found.start = start;
    found.operator = operator.clone();
    Some(found)
}

const CLAUSE_OPENERS: Class = Class::SUBORDINATOR.and(Class::INTERROGATIVE);

/// "nor", "neither", "under no circumstances", "at no point", "never": what turns the clause that it opens into its opposite.
fn opens_negation(tokens: &Tokens, start: usize) -> bool {
    matches!(tokens.word(start), "nor" | "neither" | "never")
        || matches!(tokens.word(start), "under" | "at" | "in" | "on") && matches!(tokens.word(start + 1), "no")
        || tokens.at(start, &["not", "until"])
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

/// "1. Agencies will report" in a directive: someone else than the author, and something that is done.
fn is_order(scene: &Scene, found: &Candidate, verb: usize) -> bool {
    let tokens = &scene.tokens;
    let Some(subject) = found.addressees.first() else { return false };
    let pronoun = tokens.is(subject.start, Class::PRONOUN) && subject.len() == 1;
    scene.item && found.active && !pronoun && !subject.clone().any(|at| tokens.is(at, Class::SELF)) && !option::is_state(tokens.word(verb))
}

/// "Congress might consider whether", "for example, clubs might want to": a choice laid out, no advice.
fn is_weighing(scene: &Scene, verb: usize) -> bool {
    let tokens = &scene.tokens;
    let open = tokens.word(verb) == "consider" && matches!(tokens.word(verb + 1), "whether" | "how" | "what" | "if" | "which");
    !scene.advice && (open || tokens.at(0, &["for", "example"]) || tokens.at(0, &["for", "instance"]))
}

/// "…, which the province should foster": a relative clause that only adds, with an actor of its own; the place of its pronoun.
fn supplement(scene: &Scene, clause: &Clause) -> Option<usize> {
    let tokens = &scene.tokens;
    let which = clause.subject.start.checked_sub(1).filter(|_| clause.link == Link::Relative && !clause.subject.is_empty())?;
    let adds = tokens.word(which) == "which" && tokens.before(which).any(Class::COMMA);
    (adds && tokens.is(clause.subject.start, Class::DETERMINER.and(Class::CAPITAL))).then_some(which)
}

/// "Counsel submitted that the company should repay, and must publish": what joins the verb of a that-clause is under the same governor.
fn shared_content(scene: &Scene, operator: usize) -> Option<Clause> {
    let tokens = &scene.tokens;
    if !tokens.before(operator).any(Class::CONJUNCTION) {
        return None;
    }
    let modal = (0..operator - 1).rev().take_while(|&at| !tokens.is(at, Class::SEMICOLON)).find(|&at| tokens.is(at, Class::MODAL))?;
    let content = clause(tokens, modal);
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
    let subject = clause(tokens, first).subject;
    (!subject.is_empty()).then_some(subject)
}

/// "ought", "need", "needs", "has" take "to", perhaps after an adverb.
fn with_to(scene: &Scene, operator: Range<usize>) -> Range<usize> {
    let end = to_after(&scene.tokens, operator.end);
    match (scene.tokens.word(operator.start), end) {
        ("ought" | "need" | "needs", Some(to)) => operator.start..to + 1,
        _ => operator,
    }
}

/// The "to" that an operator takes: "needs *to*", "ought also *to*", "needs, as a matter of urgency, *to*".
#[must_use]
pub fn to_after(tokens: &Tokens, from: usize) -> Option<usize> {
    let from = if tokens.is(from, Class::COMMA) { (from + 1..from + 14).find(|&at| tokens.is(at, Class::COMMA))? + 1 } else { from };
    (from..from + 3).find(|&at| tokens.is(at, Class::TO))
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
