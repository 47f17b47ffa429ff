//! "X needs to", "there is a need for", "is needed", "requires a".

use std::ops::Range;

use super::candidate::{Candidate, Scene, can_recommend};
use super::clause::{Clause, clause, head};
use super::modal;
use super::predicate::action_end;
use super::word::Class;
use crate::rule::RuleId;

const NEED_TO: &str = "recommendation.modal.need";
const NEED_FOR: &str = "recommendation.need.noun";
const NEEDED: &str = "recommendation.need.participle";
const NEED_OBJECT: &str = "recommendation.need.object";

/// The recommendation that a word of needing makes, if it makes one.
#[must_use]
pub fn find(scene: &Scene, operator: Range<usize>) -> Option<Candidate> {
    match scene.tokens.word(operator.start) {
        "need" | "needs" if is_noun(scene, operator.start) => noun(scene, operator.start),
        "need" | "needs" if has_to(scene, operator.end) => {
            if scene.tokens.before(operator.start).any(Class::NEGATION) || past_negation(scene, operator.start) {
                return None;
            }
            let rule = scene.grammar.rule(NEED_TO)?.0;
            let mut first = operator.start;
            while first > 0 && scene.tokens.before(first).any(Class::ADVERB.and(Class::LINK)) {
                first -= 1;
            }
            let from = if will(scene, first) { first - 1 } else { operator.start };
            modal_at(scene, rule, from, operator)
        }
        "need" | "needs" | "requires" | "demands" | "demand" | "require" => object(scene, operator.start),
        "needed" | "required" => participle(scene, operator.start),
        _ => None,
    }
}

/// "will need to", "would need to": the subject stands before the first word.
fn modal_at(scene: &Scene, rule: RuleId, from: usize, operator: Range<usize>) -> Option<Candidate> {
    if from == operator.start {
        return modal::find(scene, rule, operator);
    }
    // "Any such strategy would also need to": what the author wants of it.
    let such = {
        let subject = clause(&scene.tokens, from).subject;
        scene.tokens.word(from) == "would" && !subject.is_empty() && matches!(scene.tokens.word(subject.start), "any" | "such")
    };
    if !such && matches!(scene.tokens.word(from), "would" | "may" | "might" | "could" | "did") {
        return None;
    }
    let to = modal::to_after(&scene.tokens, operator.end)?;
    modal::find(scene, rule, from..to + 1)
}

fn will(scene: &Scene, at: usize) -> bool {
    scene.tokens.before(at).any(Class::MODAL)
}

fn past_negation(scene: &Scene, at: usize) -> bool {
    at >= 2 && scene.tokens.is(at - 2, Class::NEGATION) && !scene.tokens.is(at - 1, Class::COMMA)
}

fn has_to(scene: &Scene, from: usize) -> bool {
    if scene.tokens.is(from, Class::COMMA) {
        return modal::to_after(&scene.tokens, from).is_some_and(|to| scene.tokens.before(to).any(Class::COMMA) && scene.tokens.is_infinitive(to));
    }
    (from..from + 3).take_while(|&at| at == from || scene.tokens.before(at).any(Class::ADVERB.and(Class::LINK))).any(|at| scene.tokens.is(at, Class::TO))
}

/// "a need", "an urgent need", "the need".
fn is_noun(scene: &Scene, at: usize) -> bool {
    let tokens = &scene.tokens;
    if tokens.word(at) == "needs" {
        // "Much more needs to be done".
        let pronoun = matches!(tokens.word(at.saturating_sub(1)), "more" | "much" | "this" | "that" | "each" | "all" | "either");
        if at > 0 && pronoun && tokens.is_infinitive(at + 1) {
            return false;
        }
        let qualified = matches!(
            tokens.word(at.saturating_sub(1)),
            "real" | "urgent" | "basic" | "different" | "other" | "specific" | "special" | "pressing" | "unmet" | "growing" | "own" | "security"
        );
        return tokens.before(at).any(Class::DETERMINER.and(Class::PREPOSITION)) || qualified;
    }
    if tokens.before(at).any(Class::MODAL.and(Class::TO).and(Class::PRONOUN)) && !tokens.before(at).any(Class::DETERMINER) {
        return false;
    }
    (1..=3).take_while(|&back| at >= back).any(|back| {
        let word = tokens.word(at - back);
        matches!(word, "a" | "an" | "the" | "no" | "any" | "this" | "every" | "that" | "greater" | "urgent" | "clear")
            && (back == 1 || !(at - back + 1..at).any(|at| tokens.is(at, Class::PUNCTUATION) || is_plural(tokens.word(at))))
    })
}

fn is_plural(word: &str) -> bool {
    word.len() > 3 && word.ends_with('s') && !word.ends_with("ss") && !word.ends_with("ous")
}

/// "there is a need to V", "there is a need for X (to V)", "the figures show the need for X to V".
fn noun(scene: &Scene, need: usize) -> Option<Candidate> {
    let tokens = &scene.tokens;
    let rule = scene.grammar.rule(NEED_FOR)?.0;
    let mut first = need;
    while first > 0
        && !tokens.before(first).any(Class::PUNCTUATION.and(Class::BE))
        && need - first < 5
        && !matches!(tokens.word(first - 1), "remains" | "remain")
    {
        first -= 1;
        if matches!(tokens.word(first), "a" | "an" | "the" | "no" | "any") {
            break;
        }
    }
    if tokens.word(first) == "no" || scene.is_question() {
        return None;
    }
    let governor = first.checked_sub(1)?;
    let operator_start = if is_existential(scene, governor) || shows(scene, governor) || stresses(scene, governor) { governor } else { return None };
    let operator = operator_start..need + 1;
    let empty = clause(tokens, operator_start);
    if !can_recommend(tokens, empty.link) {
        return None;
    }
    let mut clause = Clause { link: empty.link, subject: 0..0 };
    let from = need + 2;
    let mut addressee = 0..0;
    let start = if tokens.is(need + 1, Class::TO) {
        from
    } else if tokens.word(need + 1) == "for" {
        match infinitive(scene, from) {
            Some(to) => {
                addressee = from..to;
                to + 1
            }
            None => from,
        }
    } else {
        return None;
    };
    clause.subject = addressee;
    let mut found = scene.acting(rule, &clause, operator, start);
    found.action = start..action_end(tokens, start);
    found.start = operator_start.saturating_sub(1);
    found.active = true;
    (!found.action.is_empty()).then_some(found)
}

/// "there is (also)": the form of be before the noun, in the present.
fn is_existential(scene: &Scene, mut at: usize) -> bool {
    let tokens = &scene.tokens;
    while at > 0 && tokens.is(at, Class::ADVERB.and(Class::LINK)) {
        at -= 1;
    }
    let present = matches!(tokens.word(at), "is" | "remains" | "be") || tokens.word(at).starts_with("there");
    present && (at.saturating_sub(3)..=at).any(|at| tokens.word(at).starts_with("there"))
}

/// "highlights", "shows": what the author draws the need from. Speech verbs are left to the guard on reported demands.
fn shows(scene: &Scene, at: usize) -> bool {
    // "Emphasizes the need to": a paragraph of a resolution.
    let operative = (0..at).all(|at| scene.tokens.is(at, Class::ADVERB.and(Class::LINK).and(Class::NUMBER).and(Class::PUNCTUATION)))
        && matches!(scene.tokens.word(at), "stresses" | "emphasizes" | "emphasises" | "reaffirms" | "reiterates" | "recognizes" | "recognises" | "recalls");
    // "Insists on the need to".
    let insists = scene.tokens.word(at) == "on" && at > 0 && scene.tokens.word(at - 1) == "insists" && super::performative::opens_operative(scene);
    operative
        || insists
        || matches!(
            scene.tokens.word(at),
            "highlight"
                | "highlights"
                | "underscore"
                | "underscores"
                | "underline"
                | "underlines"
                | "demonstrate"
                | "demonstrates"
                | "show"
                | "shows"
                | "illustrate"
                | "illustrates"
                | "reinforce"
                | "reinforces"
                | "reveal"
                | "reveals"
                | "comes"
                | "underlining"
                | "underscoring"
                | "highlighting"
                | "hence"
        )
}

/// "We stress the need to", "The Committee emphasises the need for": the author, or the body whose text it is, in the present.
fn stresses(scene: &Scene, at: usize) -> bool {
    let tokens = &scene.tokens;
    if !["stress", "emphasi", "underlin", "underscor", "reiterat", "reaffirm", "highlight"].iter().any(|stem| tokens.word(at).starts_with(stem))
        || tokens.is(at, Class::PAST.and(Class::GERUND))
    {
        return false;
    }
    let subject = clause(tokens, at).subject;
    !subject.is_empty() && (super::reported::is_self(tokens, subject.clone()) || scene.grammar.is_own_body(tokens.lower(subject)))
}

/// "for X to V": the place of "to", if one follows the noun phrase.
fn infinitive(scene: &Scene, from: usize) -> Option<usize> {
    let tokens = &scene.tokens;
    let stop = Class::PUNCTUATION.and(Class::RELATIVE).and(Class::GERUND).and(Class::AUXILIARY).and(Class::MODAL);
    let to =
        (from..(from + 12).min(tokens.len())).take_while(|&at| !tokens.is(at, stop)).find(|&at| tokens.is(at, Class::TO) && tokens.is(at + 1, Class::BASE))?;
    // "public funding of research to allow …": a noun phrase that only acts has no preposition but "of" after a name.
    let plain = (from..to).all(|at| !tokens.is(at, Class::PREPOSITION) || tokens.word(at) == "of")
        && !matches!(tokens.word(from), "increased" | "more" | "greater" | "better");
    plain.then_some(to)
}

/// "the country needs a new regime", "we need more", "requires a factual correction", "demands that X be modernised".
fn object(scene: &Scene, verb: usize) -> Option<Candidate> {
    let tokens = &scene.tokens;
    let rule = scene.grammar.rule(NEED_OBJECT)?.0;
    let next = verb + 1;
    let word = tokens.word(verb);
    let new = matches!(
        tokens.word(next),
        "a" | "an" | "more" | "greater" | "better" | "stronger" | "new" | "concerted" | "sustained" | "coordinated" | "continued" | "urgent" | "immediate"
    );
    let subjunctive = matches!(word, "requires" | "demands")
        && tokens.word(next) == "that"
        && (next + 1..(next + 12).min(tokens.len())).any(|at| tokens.word(at) == "be" && !tokens.before(at).any(Class::MODAL.and(Class::TO)));
    let impersonal = is_impersonal(scene, verb);
    // "Security requires building a system": the state of things asks for an action.
    let action = matches!(word, "requires" | "require" | "demands") && tokens.is(next, Class::GERUND) && !tokens.is(next, Class::NOUN) && impersonal;
    if matches!(word, "demand" | "require") && !(impersonal && (new || action)) {
        return None;
    }
    if (!new && !subjunctive && !action) || scene.is_question() || (word == "demands" && !subjunctive && !impersonal) || past_negation(scene, verb) {
        return None;
    }
    let clause = clause(tokens, verb);
    let pronoun = tokens.is(clause.subject.start, Class::PRONOUN) && clause.subject.len() == 1;
    let we = pronoun && tokens.is(clause.subject.start, Class::SELF);
    let law = (clause.subject.clone()).any(|at| {
        matches!(
            tokens.word(at),
            "law" | "act" | "rule" | "directive" | "regulation" | "agreement" | "treaty" | "policy" | "guidance" | "standard" | "convention"
        )
    });
    let none = matches!(tokens.word(clause.subject.start), "none" | "nothing" | "neither" | "no" | "little" | "few" | "nobody");
    if clause.subject.is_empty() || law || none || (pronoun && !we && word != "requires") || !can_recommend(tokens, clause.link) {
        return None;
    }
    if word == "need" && !we && !is_plural(tokens.word(clause.subject.end - 1)) {
        return None;
    }
    // "The union demands that": someone's demand, which the guard on reported ones deals with.
    let someone = clause.subject.len() < 4 || clause.subject.clone().skip(1).any(|at| tokens.is(at, Class::CAPITAL));
    if word == "demands" && someone && !impersonal {
        return None;
    }
    let mut found = scene.acting(rule, &clause, verb..verb + 1, next);
    let start = if subjunctive { next + 1 } else { next };
    found.action = start..action_end(tokens, start);
    if matches!(word, "requires" | "demands" | "require" | "demand") {
        found.addressees.clear();
        if clause.subject.clone().any(|at| matches!(tokens.word(at), "failure" | "refusal" | "reluctance" | "inability")) {
            found.addressees.extend(super::evaluative::possessor(tokens, &clause));
        }
        found.confidence -= 0.1;
    }
    Some(found)
}

/// "Three steps are needed": the text goes on to say which.
fn is_count(scene: &Scene, clause: &Clause) -> bool {
    let tokens = &scene.tokens;
    let last = clause.subject.end.saturating_sub(1);
    let vague = matches!(tokens.word(last), "steps" | "things" | "conditions" | "elements" | "changes" | "measures" | "actions" | "reforms" | "ingredients");
    let number = matches!(tokens.word(clause.subject.start), "two" | "three" | "four" | "five" | "six" | "several" | "both" | "these" | "such" | "certain");
    vague
        && (number || tokens.is(clause.subject.start, Class::NUMBER))
        && tokens.is(tokens.len().saturating_sub(1), Class::STOP.and(Class::COLON))
        && clause.subject.len() <= 3
}

/// "The scale of the losses demands", "Such threats call for": no one speaks, the state of things asks for it.
#[must_use]
pub fn is_impersonal(scene: &Scene, verb: usize) -> bool {
    const STATES: [&str; 38] = [
        "challenge",
        "challenges",
        "change",
        "changes",
        "circumstances",
        "complexity",
        "conditions",
        "context",
        "crisis",
        "developments",
        "deterrence",
        "dynamics",
        "environment",
        "evidence",
        "findings",
        "gap",
        "gaps",
        "losses",
        "magnitude",
        "moment",
        "progress",
        "realities",
        "reality",
        "resilience",
        "results",
        "scale",
        "security",
        "severity",
        "situation",
        "stability",
        "stakes",
        "success",
        "this",
        "threat",
        "threats",
        "times",
        "trends",
        "urgency",
    ];
    let tokens = &scene.tokens;
    head(tokens, &clause(tokens, verb).subject).is_some_and(|head| STATES.contains(&tokens.word(head)))
}

/// "A new approach is required to", "More investment is required to": the subject is a course of action that is not taken yet.
fn asks_for_new(scene: &Scene, be: usize) -> bool {
    const COURSES: [&str; 26] = [
        "shift",
        "change",
        "changes",
        "reform",
        "reforms",
        "approach",
        "effort",
        "efforts",
        "action",
        "investment",
        "investments",
        "funding",
        "legislation",
        "framework",
        "strategy",
        "regulation",
        "rules",
        "coordination",
        "cooperation",
        "commitment",
        "support",
        "attention",
        "measures",
        "overhaul",
        "leadership",
        "oversight",
    ];
    let tokens = &scene.tokens;
    let subject = clause(tokens, be).subject;
    let indefinite =
        matches!(tokens.word(subject.start), "a" | "an" | "more" | "new" | "greater" | "better" | "stronger" | "further" | "additional" | "clear" | "urgent");
    indefinite && head(tokens, &subject).is_some_and(|head| COURSES.contains(&tokens.word(head)))
}

/// "more funding is needed (to …)".
fn participle(scene: &Scene, needed: usize) -> Option<Candidate> {
    let tokens = &scene.tokens;
    let rule = scene.grammar.rule(NEEDED)?.0;
    let mut be = needed;
    while be > 0 && tokens.before(be).any(Class::ADVERB.and(Class::LINK)) {
        be -= 1;
    }
    let be = be.checked_sub(1).filter(|&be| matches!(tokens.word(be), "is" | "are"))?;
    let required = tokens.word(needed) == "required";
    // "Officers are required to document" tells a duty; "New rules are required to protect tenants" asks for what is new.
    let new = required && tokens.is(needed + 1, Class::TO) && asks_for_new(scene, be);
    if required && !new && tokens.is_infinitive(needed + 1) {
        return None;
    }
    if scene.is_question() || (required && !new && !(scene.advice || scene.item)) || tokens.is(needed + 1, Class::NEGATION) {
        return None;
    }
    let clause = clause(tokens, be);
    let thin = clause.subject.is_empty()
        || clause.subject.len() == 1 && tokens.is(clause.subject.start, Class::PRONOUN.and(Class::RELATIVE).and(Class::INTERROGATIVE));
    let listed = tokens.at(clause.subject.start, &["such", "as"]) || is_count(scene, &clause);
    if thin || listed || !can_recommend(tokens, clause.link) || tokens.word(clause.subject.start) == "no" {
        return None;
    }
    let mut found = scene.acting(rule, &clause, be..needed + 1, needed + 1);
    found.addressees.clear();
    found.active = false;
    let end = action_end(tokens, clause.subject.start);
    let purpose = tokens.is(needed + 1, Class::TO) && tokens.is(needed + 2, Class::BASE);
    found.action = clause.subject.start..if purpose { end } else { clause.subject.end };
    Some(found)
}
