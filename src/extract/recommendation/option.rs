//! "Japan can host the secretariat": a possibility that advises where its neighbours recommend.

use std::ops::Range;

use super::candidate::{Candidate, Scene};
use super::modal;
use super::word::Class;
use crate::rule::RuleId;

/// The advice that a modal of possibility gives among recommendations. It counts only if its subject is an actor, which is known later.
#[must_use]
pub fn find(scene: &Scene, rule: RuleId, operator: Range<usize>) -> Option<Candidate> {
    let tokens = &scene.tokens;
    let mut found = modal::find(scene, rule, operator.clone())?;
    let verb = found.action.clone().find(|&at| !tokens.is(at, Class::ADVERB.and(Class::LINK)))?;
    let negated = tokens.before(found.action.start).any(Class::NEGATION) || tokens.is(operator.start, Class::NEGATION);
    if !found.active || negated || is_state(tokens.word(verb)) || found.addressees.is_empty() {
        return None;
    }
    found.needs_actor = true;
    Some(found)
}

/// Verbs of what happens to someone, and of what one thinks: no course of action.
fn is_state(word: &str) -> bool {
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
            | "find"
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
    ) && word != "find"
}
