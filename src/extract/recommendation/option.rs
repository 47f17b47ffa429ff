//! "Japan can host the secretariat": a possibility that advises where its neighbours recommend.

use std::ops::Range;

use super::candidate::{Candidate, Scene};
use super::clause::{Link, clause};
use super::modal;
use super::word::Class;
use crate::rule::RuleId;

/// The advice that a modal of possibility gives among recommendations. It counts only if its subject is an actor, which is known later.
#[must_use]
pub fn find(scene: &Scene, rule: RuleId, operator: Range<usize>) -> Option<Candidate> {
    let tokens = &scene.tokens;
    // The month; and a clause inside another is no advice of its own.
    if tokens.written(operator.start) == "May" && operator.start > 0 {
        return None;
    }
    let link = clause(tokens, operator.start).link;
    if !matches!(link, Link::Main | Link::Coordinate | Link::Concession) {
        return None;
    }
    let mut found = modal::find(scene, rule, operator.clone())?;
    let verb = found.action.clone().find(|&at| !tokens.is(at, Class::ADVERB.and(Class::LINK)))?;
    let negated = tokens.before(found.action.start).any(Class::NEGATION) || tokens.is(operator.start, Class::NEGATION);
    if follows(scene) {
        return None;
    }
    let it = found.addressees.first().is_some_and(|range| range.len() == 1 && tokens.word(range.start) == "it");
    // "could only collect": what was possible, told.
    let told = found.operator.clone().chain(found.action.start..verb).any(|at| tokens.word(at) == "only");
    if told || it || negated {
        return None;
    }
    if !found.active {
        let measure = found.action.clone().take(4).any(|at| is_measure(tokens.word(at)));
        return (scene.advice && measure).then_some(found);
    }
    // "Some members might": what may be, told of nobody in particular.
    let vague = found.addressees.first().is_some_and(|range| matches!(tokens.word(range.start), "some" | "many" | "others" | "few"));
    if is_state(tokens.word(verb)) || found.addressees.is_empty() || vague {
        return None;
    }
    found.needs_actor = true;
    Some(found)
}

/// "The levy could be extended": participles of what is done to a policy, law or body.
fn is_measure(word: &str) -> bool {
    matches!(
        word,
        "added"
            | "adopted"
            | "allocated"
            | "amended"
            | "broadened"
            | "combined"
            | "created"
            | "deployed"
            | "developed"
            | "earmarked"
            | "encouraged"
            | "enhanced"
            | "established"
            | "expanded"
            | "extended"
            | "harmonised"
            | "harmonized"
            | "improved"
            | "incentivised"
            | "incentivized"
            | "increased"
            | "integrated"
            | "introduced"
            | "launched"
            | "leveraged"
            | "linked"
            | "mandated"
            | "merged"
            | "piloted"
            | "pooled"
            | "raised"
            | "redirected"
            | "reformed"
            | "replicated"
            | "required"
            | "restructured"
            | "reviewed"
            | "revised"
            | "simplified"
            | "streamlined"
            | "strengthened"
            | "supplemented"
            | "tasked"
            | "tied"
            | "upgraded"
            | "waived"
            | "widened"
    )
}

/// "By doing so, the agency could …": what the advice would bring.
fn follows(scene: &Scene) -> bool {
    let opening = scene.tokens.lower(0..scene.tokens.len().min(4));
    ["by doing", "in doing", "as a result", "in this way", "this way", "otherwise", "as such", "with this", "with these", "by so"]
        .iter()
        .any(|phrase| opening.starts_with(phrase))
}

/// Verbs of what happens to someone, and of what one thinks: no course of action.
#[must_use]
pub fn is_state(word: &str) -> bool {
    matches!(
        word,
        "be" | "have"
            | "expect"
            | "see"
            | "argue"
            | "say"
            | "claim"
            | "become"
            | "face"
            | "lose"
            | "suffer"
            | "fail"
            | "cause"
            | "threaten"
            | "attack"
            | "lead"
            | "result"
            | "mean"
            | "seem"
            | "appear"
            | "remain"
            | "get"
            | "feel"
            | "know"
            | "believe"
            | "fall"
            | "rise"
            | "do"
            | "declare"
            | "attempt"
            | "try"
            | "afford"
            | "benefit"
            | "exploit"
            | "retaliate"
            | "escalate"
            | "differ"
            | "vary"
            | "choose"
            | "hope"
            | "want"
            | "need"
            | "reach"
            | "also"
            | "still"
            | "favor"
            | "favour"
            | "view"
            | "determine"
            | "oppose"
            | "object"
            | "prefer"
            | "perceive"
            | "regard"
            | "interpret"
            | "conclude"
            | "assume"
            | "worry"
            | "wonder"
            | "question"
            | "resist"
    )
}
