//! "It is essential that X", "it would be a mistake to Y", "Z is desirable".

use std::ops::Range;

use super::candidate::{Candidate, Scene, can_recommend, is_negative_verb};
use super::clause::{Clause, clause, head};
use super::predicate::{Verb, action_end, verb_after};
use super::reported::{Voice, is_self};
use super::token::Tokens;
use super::word::{Class, Role};
use crate::record::{Polarity, Strength};
use crate::rule::RuleId;

const PREDICATE: &str = "recommendation.evaluative.predicate";

/// The recommendation that an evaluative word makes, if it makes one.
#[must_use]
pub fn find(scene: &Scene, rule: RuleId, word: usize) -> Option<Candidate> {
    if scene.is_question() {
        return None;
    }
    if let Some((verb, it)) = deeming(&scene.tokens, word) {
        return deemed(scene, rule, verb, it, word);
    }
    let be = copula(scene, word)?;
    if is_expletive(&scene.tokens, be) { expletive(scene, rule, be, word) } else { personal(scene, rule, be, word).or_else(|| predicate(scene, be, word)) }
}

/// "We would be foolish to go on": the adjective is said of who is to act.
fn personal(scene: &Scene, rule: RuleId, be: usize, word: usize) -> Option<Candidate> {
    let tokens = &scene.tokens;
    let advises = scene.grammar.get(rule).polarity == Some(Polarity::DoNot) || matches!(tokens.word(word), "wise" | "prudent");
    let would = (be.saturating_sub(3)..be).any(|at| matches!(tokens.word(at), "would" | "will"));
    if !advises || !would || tokens.word(be) != "be" || !tokens.is_infinitive(word + 1) {
        return None;
    }
    let outer = clause(tokens, be);
    if outer.subject.is_empty() || !can_recommend(tokens, outer.link) {
        return None;
    }
    let mut found = scene.acting(rule, &outer, be..word + 1, word + 2);
    found.start = outer.subject.start;
    found.operator = be..word + 1;
    (!found.action.is_empty()).then_some(found)
}

/// The present or conditional form of be before the word: "is", "would be", "remains", "will be".
fn copula(scene: &Scene, word: usize) -> Option<usize> {
    let tokens = &scene.tokens;
    let mut at = word;
    for _ in 0..5 {
        at = at.checked_sub(1)?;
        let class = tokens.class(at);
        let here = tokens.word(at);
        if matches!(here, "is" | "are" | "be" | "remains" | "remain" | "becomes" | "it's" | "it’s" | "seems") {
            let modal = (0..at).rev().find(|&at| !tokens.is(at, Class::ADVERB.and(Class::LINK)));
            return (here != "be" || modal.is_some_and(|at| matches!(tokens.word(at), "would" | "will" | "may"))).then_some(at);
        }
        let fills = class.any(Class::ADVERB.and(Class::LINK))
            || matches!(
                here,
                "a" | "of"
                    | "the"
                    | "long"
                    | "more"
                    | "most"
                    | "utmost"
                    | "paramount"
                    | "particular"
                    | "critical"
                    | "vital"
                    | "great"
                    | "grave"
                    | "serious"
                    | "in"
                    | "as"
            );
        if !fills || class.any(Class::NEGATION) {
            return None;
        }
    }
    None
}

/// "considers it essential", "believes it to be necessary": the verb and the "it" before the word.
fn deeming(tokens: &Tokens, word: usize) -> Option<(usize, usize)> {
    let mut at = word;
    while at > 0
        && word - at < 5
        && (tokens.before(at).any(Class::ADVERB.and(Class::LINK).and(Class::BE).and(Class::TO))
            || matches!(tokens.word(at - 1), "of" | "most" | "more" | "the" | "utmost" | "that" | "is"))
    {
        at -= 1;
    }
    let it = at.checked_sub(1).filter(|&it| tokens.word(it) == "it")?;
    let mut verb = it.checked_sub(1)?;
    while verb > 0 && tokens.is(verb, Class::ADVERB.and(Class::LINK)) {
        verb -= 1;
    }
    let deems =
        matches!(tokens.word(verb), "consider" | "considers" | "believe" | "believes" | "deem" | "deems" | "think" | "thinks" | "find" | "finds" | "regards");
    let finite = tokens.is(at, Class::AUXILIARY) && tokens.word(at) == "is";
    (deems && !finite && !tokens.before(verb).any(Class::TO.and(Class::MODAL))).then_some((verb, it))
}

/// "We consider it essential that": the author's, where the author or the body whose text it is deems; else reported.
fn deemed(scene: &Scene, rule: RuleId, verb: usize, it: usize, word: usize) -> Option<Candidate> {
    let tokens = &scene.tokens;
    let outer = clause(tokens, verb);
    let subject = outer.subject.clone();
    let mut found = expletive(scene, rule, it + 1, word)?;
    found.voice = if super::performative::opens_operative(scene) && subject.is_empty()
        || is_self(tokens, subject.clone())
        || scene.grammar.is_own_body(tokens.lower(subject.clone()))
    {
        Voice::Author
    } else {
        Voice::Other(Some(subject).filter(|subject| !subject.is_empty()))
    };
    Some(found)
}

/// The subject of the copula is the empty "it".
fn is_expletive(tokens: &Tokens, be: usize) -> bool {
    if matches!(tokens.word(be), "it's" | "it’s") {
        return true;
    }
    let mut at = be;
    while at > 0 && tokens.before(at).any(Class::MODAL.and(Class::ADVERB).and(Class::LINK)) {
        at -= 1;
    }
    at > 0 && tokens.word(at - 1) == "it"
}

fn expletive(scene: &Scene, rule: RuleId, be: usize, word: usize) -> Option<Candidate> {
    let tokens = &scene.tokens;
    let outer = clause(tokens, be);
    if !can_recommend(tokens, outer.link) && !matches!(outer.link, super::clause::Link::Reason) {
        return None;
    }
    let next = word + 1;
    let (addressee, verb) = match tokens.word(next) {
        "to" => (0..0, verb_after(tokens, next + 1)),
        "that" => that_clause(scene, next + 1)?,
        "for" | "upon" | "on" => {
            let to = (next + 1..(next + 20).min(tokens.len()))
                .find(|&at| tokens.is(at, Class::TO) && tokens.is(at + 1, Class::BASE.and(Class::ADVERB).and(Class::BE)))?;
            (next + 1..to, verb_after(tokens, to + 1))
        }
        "considering" | "exploring" | "pursuing" | "trying" | "testing" | "reviewing" | "extending" | "expanding" if tokens.word(word) == "worth" => {
            (0..0, Verb { start: next, verb: next, negated: false })
        }
        "if" => return None,
        _ if tokens.is(next, Class::TO) => (0..0, verb_after(tokens, next + 1)),
        _ => return None,
    };
    if addressee.is_empty() && tokens.plays(verb.verb, Role::RHETORIC_INFINITIVE) {
        return None;
    }
    let inner = Clause { link: outer.link, subject: addressee };
    let mut found = scene.candidate(rule, &inner, be..word + 1, verb);
    found.start = be.saturating_sub(1);
    found.operator = be..word + 1;
    // "it would be a mistake to avoid": the two negatives cancel out.
    if scene.grammar.get(rule).polarity == Some(Polarity::DoNot) {
        found.polarity = if verb.negated != is_negative_verb(tokens.word(verb.verb)) { Polarity::Do } else { Polarity::DoNot };
    }
    found.voice = scene.voice(&outer, be);
    if found.addressees.is_empty() && tokens.word(next) == "that" && verb.start == next + 1 {
        found.addressees.extend(holder(tokens, next + 1));
    }
    (!found.action.is_empty()).then_some(found)
}

/// "that the agency has inspectors": the subject of a clause in the indicative that is not passive.
fn holder(tokens: &Tokens, from: usize) -> Option<std::ops::Range<usize>> {
    const STOP: Class = Class::PUNCTUATION.and(Class::PREPOSITION).and(Class::TO).and(Class::RELATIVE).and(Class::GERUND);
    let verb = (from + 1..from + 10).take_while(|&at| !tokens.is(at, STOP)).find(|&at| {
        matches!(tokens.word(at), "has" | "have" | "does" | "do") || super::clause::is_finite(tokens, at) && !tokens.is(at, Class::AUXILIARY.and(Class::BE))
    })?;
    (!tokens.is(verb + 1, Class::PARTICIPLE)).then_some(from..verb)
}

/// The subject and the action of "that the ministry (should) act": from the verb on if it can be found and is bare or passive, else the whole clause.
#[must_use]
pub fn that_clause(scene: &Scene, from: usize) -> Option<(std::ops::Range<usize>, Verb)> {
    let tokens = &scene.tokens;
    let end = action_end(tokens, from);
    if end <= from {
        return None;
    }
    let plain = Verb { start: from, verb: from, negated: false };
    let mut at = from;
    while at < end {
        let class = tokens.class(at);
        if class.any(Class::OPEN) {
            at += tokens_to_close(tokens, at, end);
            continue;
        }
        if at > from && class.any(Class::MODAL) && matches!(tokens.word(at), "should" | "must" | "shall" | "can" | "could") {
            // "that, when they draft their calls, all committees should": past what is fronted.
            let subject = super::clause::clause(tokens, at).subject;
            let subject = if subject.start >= from && !subject.is_empty() { subject } else { from..at };
            return Some((subject, verb_after(tokens, at + 1)));
        }
        let negated = class.any(Class::NEGATION) && tokens.is(at + 1, Class::BE.and(Class::BASE));
        if at > from && (negated || tokens.word(at) == "be" && !tokens.before(at).any(Class::MODAL.and(Class::TO))) {
            let verb = verb_after(tokens, at);
            return Some((from..at, verb));
        }
        if at > from && is_bare_verb(tokens, at, from) {
            return Some((from..at, Verb { start: at, verb: at, negated: false }));
        }
        // "that the operator promptly notifies the owner": the indicative in place of the bare verb.
        let third = class.any(Class::THIRD) && !class.any(Class::NOUN.and(Class::AUXILIARY).and(Class::BE));
        if at > from + 1 && third && tokens.is(from, Class::DETERMINER) {
            return Some((from..at, Verb { start: at, verb: at, negated: false }));
        }
        if at > from
            && class.any(Class::RELATIVE)
            && let Some(verb) = verb_after_relative(tokens, at, end)
        {
            return Some((from..at, Verb { start: verb, verb, negated: false }));
        }
        let opens = at == from && class.any(Class::SUBORDINATOR.and(Class::INTERROGATIVE));
        if !opens && class.any(Class::RELATIVE.and(Class::SUBORDINATOR)) && !class.any(Class::PREPOSITION) || class.any(Class::SEMICOLON) {
            break;
        }
        if class.any(Class::AUXILIARY) {
            break;
        }
        at += 1;
    }
    let verb = (from + 1..at).find(|&at| is_verb_after_name(tokens, at, from));
    Some(verb.map_or((0..0, plain), |at| (from..at, Verb { start: at, verb: at, negated: false })))
}

/// "that States which have not done so accede to it": the bare verb after a relative clause that has a verb of its own.
fn verb_after_relative(tokens: &Tokens, relative: usize, end: usize) -> Option<usize> {
    let own_verb = tokens.is(relative + 1, Class::VERB.and(Class::AUXILIARY).and(Class::MODAL).and(Class::BE));
    let before = Class::TO.and(Class::MODAL).and(Class::AUXILIARY).and(Class::CONJUNCTION).and(Class::NEGATION).and(Class::PREPOSITION).and(Class::ADVERB);
    let stop = Class::PUNCTUATION;
    let last = (relative + 3..end.min(relative + 16)).take_while(|&at| !tokens.is(at, stop));
    own_verb.then_some(())?;
    last.filter(|&at| tokens.is(at, Class::BASE) && !tokens.is(at, Class::NOUN.and(Class::PREPOSITION).and(Class::DETERMINER))).find(|&at| {
        // "done so accede": "so" stands for the clause.
        !tokens.before(at).any(before) || tokens.word(at - 1) == "so"
    })
}

/// Words that do not stand in a bare plural.
const OPENS_NO_NAME: Class = Class::PREPOSITION.and(Class::CONJUNCTION).and(Class::ADVERB).and(Class::PRONOUN).and(Class::NUMBER);

/// A verb that is a noun too, after a subject in capitals or a plural: "that OMB offer courses", "that the Secretary of State work with states".
fn is_verb_after_name(tokens: &Tokens, at: usize, from: usize) -> bool {
    let (class, before, next) = (tokens.class(at), tokens.before(at), tokens.class(at + 1));
    let verb = class.any(Class::BASE) && class.any(Class::NOUN) && !class.any(Class::CAPITAL.and(Class::PREPOSITION).and(Class::DETERMINER));
    let plural = tokens.word(at - 1).ends_with('s') && !(from..at).any(|at| tokens.is(at, OPENS_NO_NAME));
    let goes_on = at + 1 < tokens.len() && !next.any(Class::PUNCTUATION.and(Class::CONJUNCTION).and(Class::MODAL).and(Class::AUXILIARY).and(Class::BE));
    verb && goes_on && (before.any(Class::CAPITAL) && !before.any(Class::DETERMINER) || plural)
}

fn tokens_to_close(tokens: &Tokens, open: usize, end: usize) -> usize {
    (open..end).find(|&at| tokens.is(at, Class::CLOSE)).map_or(1, |close| close - open + 1)
}

/// The bare verb of a subjunctive: "that the department publish". A word that is a noun too counts only before an object or complement.
fn is_bare_verb(tokens: &Tokens, at: usize, from: usize) -> bool {
    let (class, before, next) = (tokens.class(at), tokens.before(at), tokens.class(at + 1));
    if !class.any(Class::BASE)
        || class.any(Class::PREPOSITION.and(Class::DETERMINER))
        || before.any(Class::TO.and(Class::MODAL).and(Class::DETERMINER).and(Class::PREPOSITION).and(Class::CONJUNCTION))
    {
        return false;
    }
    if class.any(Class::CAPITAL) {
        return false;
    }
    let subject = (from..at).any(|at| !tokens.is(at, Class::DETERMINER.and(Class::ADVERB).and(Class::LINK).and(Class::COMMA)));
    if class.any(Class::NOUN) {
        return subject
            && (next.any(Class::DETERMINER.and(Class::TO).and(Class::PRONOUN).and(Class::ADVERB).and(Class::THAT).and(Class::GERUND))
                || matches!(tokens.word(at + 1), "out" | "up" | "down"))
            && !before.any(Class::NUMBER);
    }
    subject
}

/// "Cooperation between the ports": a noun for what someone would have to do, as the head of the subject.
fn is_undertaking(tokens: &Tokens, subject: &Range<usize>) -> bool {
    const ACTIONS: [&str; 22] = [
        "collaboration",
        "consultation",
        "consultations",
        "cooperation",
        "co-operation",
        "coordination",
        "co-ordination",
        "dialogue",
        "engagement",
        "involvement",
        "participation",
        "oversight",
        "monitoring",
        "enforcement",
        "reform",
        "reforms",
        "harmonisation",
        "harmonization",
        "ratification",
        "investment",
        "training",
        "outreach",
    ];
    /// What is there in some measure already; only more of it is an undertaking: "Continued support for clinics".
    const MEASURED: [&str; 10] =
        ["support", "attention", "funding", "commitment", "prioritization", "prioritisation", "leadership", "awareness", "protection", "education"];
    const MORE: [&str; 16] = [
        "continued",
        "continuous",
        "continuing",
        "increased",
        "greater",
        "more",
        "stronger",
        "better",
        "closer",
        "further",
        "sustained",
        "appropriate",
        "additional",
        "adequate",
        "renewed",
        "improved",
    ];
    let Some(head) = head(tokens, subject) else { return false };
    // "Greater support and funding"
    let more = MORE.contains(&tokens.word(subject.start)) && (subject.start..=head).any(|at| MEASURED.contains(&tokens.word(at)));
    more || ACTIONS.contains(&tokens.word(head))
}

/// "X's participation is desirable".
fn predicate(scene: &Scene, be: usize, word: usize) -> Option<Candidate> {
    let tokens = &scene.tokens;
    let (rule, definition) = scene.grammar.rule(PREDICATE)?;
    let adjective = tokens.word(word);
    let desirable = is_desirable(adjective);
    let necessary = matches!(adjective, "essential" | "vital" | "imperative" | "crucial" | "critical" | "indispensable" | "necessary" | "paramount");
    let of = tokens.is(word + 1, Class::PREPOSITION) && tokens.word(word + 1) == "of";
    if !definition.unless.is_empty() || !(desirable || necessary) || of {
        return None;
    }
    let clause = clause(tokens, be);
    let undertaking = is_undertaking(tokens, &clause.subject);
    let goes_on = tokens.word(word + 1) == "if"
        || tokens.is_infinitive(word + 1)
        || tokens.is(word + 1, Class::STOP.and(Class::SEMICOLON))
        || undertaking && matches!(tokens.word(word + 1), "for" | "in" | "to");
    // "Shifting the approach is crucial."
    let measure = scene.advice || undertaking || tokens.is(clause.subject.start, Class::GERUND) && !tokens.before(be).any(Class::GERUND);
    let vital = necessary && measure && goes_on;
    if !(desirable || vital) {
        return None;
    }
    let thin = clause.subject.is_empty() || clause.subject.len() == 1 && tokens.is(clause.subject.start, Class::PRONOUN.and(Class::RELATIVE));
    if thin || !can_recommend(tokens, clause.link) {
        return None;
    }
    let mut found = scene.acting(*rule, &clause, be..word + 1, word + 1);
    found.action = clause.subject.clone();
    found.operator = be..word + 1;
    found.active = false;
    if vital {
        found.strength = Strength::Must;
    }
    found.addressees = possessor(tokens, &clause).or_else(|| agent_of_noun(tokens, &clause)).into_iter().collect();
    Some(found)
}

/// "Investment by legislators in clinics": who is to undertake it.
fn agent_of_noun(tokens: &Tokens, clause: &Clause) -> Option<Range<usize>> {
    let by = clause.subject.clone().find(|&at| tokens.word(at) == "by")?;
    let end = (by + 1..clause.subject.end).find(|&at| tokens.is(at, Class::PREPOSITION.and(Class::PUNCTUATION))).unwrap_or(clause.subject.end);
    (by + 1 < end && !tokens.is(by + 1, Class::GERUND)).then_some(by + 1..end)
}

fn is_desirable(word: &str) -> bool {
    matches!(word, "desirable" | "overdue" | "advisable")
}

/// "South Korea's participation": who takes part.
#[must_use]
pub fn possessor(tokens: &Tokens, clause: &Clause) -> Option<std::ops::Range<usize>> {
    let last = clause.subject.clone().find(|&at| {
        let word = tokens.word(at);
        word.ends_with("'s") || word.ends_with("’s") || word.ends_with("s’") || word.ends_with("s'")
    })?;
    Some(clause.subject.start..last + 1)
}

#[cfg(test)]
mod tests {
    use super::super::token::Reading;
    use super::super::word::Words;
    use super::*;
    use crate::span::Span;

    fn verb(text: &str) -> Option<String> {
        let words = Words::built_in();
        let reading = Reading::new(text);
        let tokens = Tokens::new(&reading, Span::new(0, text.len()), &words);
        (1..tokens.len()).find(|&at| is_verb_after_name(&tokens, at, 0)).map(|at| tokens.written(at).to_owned())
    }

    #[test]
    fn a_verb_that_is_a_noun_too_is_found_after_a_name_or_a_plural() {
        assert_eq!(verb("OMB offer courses to agencies").as_deref(), Some("offer"));
        assert_eq!(verb("the Secretary of Education work with states").as_deref(), Some("work"));
        assert_eq!(verb("states fund clinics").as_deref(), Some("fund"));
        assert_eq!(verb("the plan of the ministry be changed"), None);
    }
}
