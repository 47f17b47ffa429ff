//! From the candidates of one sentence to recommendations: which clauses are one, and which stand apart.

use std::ops::Range;

use super::candidate::Candidate;
use super::reported::Voice;
use super::token::Tokens;
use super::word::Class;

/// A recommendation within a sentence.
#[derive(Debug, Clone)]
pub struct Unit {
    pub lead: Candidate,
    /// The tokens that it covers.
    pub range: Range<usize>,
}

/// Joins candidates that share a clause or an operator, and splits the sentence where operator or actor change.
#[must_use]
pub fn units(tokens: &Tokens, mut candidates: Vec<Candidate>) -> Vec<Unit> {
    candidates.sort_by_key(|candidate| (candidate.operator.start, candidate.operator.end));
    let mut units: Vec<Unit> = Vec::new();
    for mut candidate in candidates {
        let Some(last) = units.last_mut() else {
            let start = if candidate.until.is_some() { paragraph_start(tokens, &candidate) } else { 0 };
            units.push(Unit { range: start..candidate.until.unwrap_or(tokens.len()), lead: candidate });
            continue;
        };
        if candidate.start < last.range.end
            && candidate.until.is_some()
            && tokens.before(candidate.start).any(Class::CONJUNCTION)
            && last.lead.start < candidate.start
        {
            // "urges the parties to stop and encourages them to talk": two operative verbs.
            last.range.end = clause_end(tokens, candidate.start);
            last.lead.action.end = last.lead.action.end.min(last.range.end);
            units.push(Unit { range: candidate.start..candidate.until.unwrap_or(tokens.len()), lead: candidate });
            continue;
        }
        if candidate.start >= last.range.end || candidate.until.is_some() && last.lead.until.is_some() {
            units.push(Unit { range: candidate.start..candidate.until.unwrap_or(tokens.len()), lead: candidate });
            continue;
        }
        if is_nested(&last.lead, &candidate) {
            continue;
        }
        if matches!(last.lead.voice, Voice::Other(_)) && candidate.voice == Voice::Author {
            if continues(tokens, last.lead.action.end, candidate.start) {
                candidate.voice = last.lead.voice.clone();
            } else {
                // A reported demand beside the author's own: the author's counts.
                last.lead = candidate;
            }
            continue;
        }
        if stands_apart(tokens, &last.lead, &candidate) {
            let start = clause_start(tokens, candidate.start);
            last.range.end = clause_end(tokens, start);
            last.range.start = first_clause_start(tokens, last.range.start);
            units.push(Unit { lead: candidate, range: start..tokens.len() });
        }
    }
    units
}

/// Where the paragraph of an operative verb begins in a line of several: a verb that joins another which recommends nothing takes that one with it.
fn paragraph_start(tokens: &Tokens, candidate: &Candidate) -> usize {
    if !tokens.before(candidate.start).any(Class::CONJUNCTION) || candidate.start < 2 || tokens.is(candidate.start - 2, Class::SEMICOLON) {
        return candidate.start;
    }
    (0..candidate.start).rev().find(|&at| tokens.is(at, Class::SEMICOLON)).map_or(0, |mark| mark + 1)
}

/// The second lies in the action of the first, or in the phrase of its operator.
fn is_nested(first: &Candidate, second: &Candidate) -> bool {
    second.operator.start < first.action.end || second.action == first.action
}

/// "argues that A should … and (that) B should": only a conjunction between.
fn continues(tokens: &Tokens, from: usize, to: usize) -> bool {
    from <= to && (from..to).all(|at| tokens.is(at, Class::COMMA) || matches!(tokens.word(at), "and" | "or" | "that"))
}

/// Another operator, or another actor in an active clause that a mark or conjunction sets off.
fn stands_apart(tokens: &Tokens, first: &Candidate, second: &Candidate) -> bool {
    let that = second.start > 1 && tokens.word(second.start - 1) == "that" && tokens.before(second.start - 1).any(Class::CONJUNCTION);
    let set_off = that
        || second.start > 0 && tokens.before(clause_start(tokens, second.start)).any(Class::PUNCTUATION.and(Class::CONJUNCTION))
        || tokens.before(second.start).any(Class::PUNCTUATION.and(Class::CONJUNCTION));
    if !set_off || second.start <= first.operator.start || second.voice != first.voice {
        return false;
    }
    if first.strength != second.strength || that && first.polarity != second.polarity {
        return true;
    }
    let words = |candidate: &Candidate| candidate.addressees.first().map(|range| tokens.lower(range.clone()).to_owned());
    let pronoun = second.addressees.first().is_none_or(|range| range.len() == 1 && tokens.is(range.start, Class::PRONOUN));
    second.active && !pronoun && words(first) != words(second)
}

/// Back over a connective that opens the clause.
fn clause_start(tokens: &Tokens, start: usize) -> usize {
    let mut at = start;
    while at > 0 && tokens.before(at).any(Class::LINK) && !tokens.before(at).any(Class::CONJUNCTION) {
        at -= 1;
    }
    at
}

/// The end of the clause before the one that starts at `next`: without mark and conjunction.
fn clause_end(tokens: &Tokens, next: usize) -> usize {
    let mut end = next;
    if end > 1 && tokens.word(end - 1) == "that" && tokens.before(end - 1).any(Class::CONJUNCTION) {
        end -= 1;
    }
    while end > 0 && tokens.before(end).any(Class::CONJUNCTION.and(Class::COMMA).and(Class::SEMICOLON).and(Class::DASH)) {
        end -= 1;
    }
    end
}

/// Past "While", where the sentence is split behind its first clause.
fn first_clause_start(tokens: &Tokens, start: usize) -> usize {
    if start == 0 && matches!(tokens.word(0), "while" | "although" | "whereas" | "though" | "whilst") { 1 } else { start }
}
