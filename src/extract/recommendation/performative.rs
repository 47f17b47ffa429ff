//! "We recommend that …", "the Committee urges the Government to …", "Calls upon States to …".

use std::ops::Range;

use super::candidate::{Candidate, Scene, can_recommend};
use super::clause::{Clause, Link, clause, is_finite};
use super::evaluative::that_clause;
use super::need;
use super::predicate::{Verb, action_end, verb_after};
use super::reported::{Voice, concludes, is_self};
use super::token::Tokens;
use super::word::Class;
use crate::record::Polarity;
use crate::rule::RuleId;

/// The recommendation that a verb of recommending makes; as reported speech if its subject is not the author.
#[must_use]
pub fn find(scene: &Scene, rule: RuleId, phrase: Range<usize>) -> Option<Candidate> {
    let tokens = &scene.tokens;
    let verb = phrase.start;
    // "the Rapporteur’s requests": a noun.
    let owned = verb.checked_sub(1).is_some_and(|before| tokens.word(before).ends_with("’s") || tokens.word(before).ends_with("'s"));
    if owned || scene.is_question() || tokens.before(verb).any(Class::TO.and(Class::DETERMINER).and(Class::PREPOSITION)) || is_possible(scene, verb) {
        return None;
    }
    // "Clean energy advocates need to", "The requests should be": a noun.
    if phrase.len() == 1
        && (tokens.is(phrase.end, Class::MODAL.and(Class::BE)) || tokens.at(phrase.end, &["need", "to"]) || tokens.at(phrase.end, &["have", "to"]))
    {
        return None;
    }
    let impersonal = is_impersonal_passive(scene, verb);
    // "has rightly proposed": the subject stands before the auxiliary.
    let mut auxiliary = verb;
    while tokens.is(verb, Class::PARTICIPLE) && auxiliary > 0 && tokens.before(auxiliary).any(Class::ADVERB.and(Class::LINK).and(Class::AUXILIARY)) {
        auxiliary -= 1;
    }
    let mut outer = clause(tokens, if impersonal { verb - 1 } else { auxiliary });
    if let Some(subject) = joined_speaker(scene, verb) {
        outer = Clause { link: Link::Main, subject };
    }
    let subject = outer.subject.clone();
    if subject.is_empty() || (!can_recommend(tokens, outer.link) && outer.link != Link::Reason) {
        return None;
    }
    let own = impersonal || is_self(tokens, subject.clone());
    // "direct funding", "The bill directs the agency to": only who signs the document directs in it.
    if tokens.word(verb) == "direct" && !(own && subject.end <= verb && tokens.word(subject.start) == "i") {
        return None;
    }
    // "Build the register and ask people": the second verb of an order.
    if tokens.is(verb, Class::THIRD) && tokens.before(verb).any(Class::CONJUNCTION) && opens_operative(scene) {
        return None;
    }
    let joined = tokens.is(verb, Class::BASE) && tokens.before(verb).any(Class::CONJUNCTION) && !subject.clone().any(|at| tokens.is(at, Class::SELF));
    if joined {
        return None;
    }
    let past = tokens.is(verb, Class::PAST) && !tokens.is(verb, Class::BASE) && !impersonal;
    let body = scene.grammar.subject_fits(rule, tokens.lower(subject.clone())) && !past
        || is_acronym(scene, &subject) && tokens.is(verb, Class::THIRD) && scene.quotation(verb).is_none()
        || concludes(tokens, verb) && tokens.is(verb, Class::THIRD)
        || past && reports_own(scene, rule, &subject, &phrase);
    // "We recommended that the agency resolve": the summary of a report tells what the report recommends; other words may tell of an earlier one.
    let told = tokens.word(verb) != "recommended" || tokens.word(phrase.end) != "that" || !tokens.is(0, Class::SELF);
    if past && own && told {
        return None;
    }
    if is_finding(scene, &phrase) {
        return None;
    }
    let mut found = object(scene, rule, &outer, phrase.clone())?;
    found.start = subject.start;
    found.operator = verb..phrase.end;
    if tokens.before(verb).any(Class::NEGATION) || is_denied(tokens, &subject) {
        found.polarity = found.polarity.flipped();
    }
    found.voice = match scene.voice(&Clause { link: outer.link, subject: subject.clone() }, verb) {
        Voice::Author if own || body || tokens.at(phrase.start + 1, &["for"]) && !past && need::is_impersonal(scene, verb) => Voice::Author,
        Voice::Author => Voice::Other(Some(subject)),
        other => other,
    };
    Some(found)
}

/// "The Committee recommended that the register be opened": the report of a body tells in the past what it recommends; with a date it tells of another report.
fn reports_own(scene: &Scene, rule: RuleId, subject: &Range<usize>, phrase: &Range<usize>) -> bool {
    let tokens = &scene.tokens;
    let dated = |at: usize| {
        tokens.is(at, Class::NUMBER) && tokens.word(at).len() == 4
            || matches!(tokens.word(at), "previous" | "previously" | "earlier" | "last" | "already" | "also")
    };
    tokens.word(phrase.start) == "recommended"
        && tokens.word(phrase.end) == "that"
        && subject.len() == 2
        && tokens.word(subject.start) == "the"
        && scene.grammar.subject_fits(rule, tokens.lower(subject.clone()))
        && !(0..tokens.len()).any(dated)
        && scene.quotation(phrase.start).is_none()
}

/// "Nor do I recommend": the negation before the auxiliary and its subject.
fn is_denied(tokens: &Tokens, subject: &Range<usize>) -> bool {
    let auxiliary = subject.clone().chain(subject.start.checked_sub(1)).find(|&at| matches!(tokens.word(at), "do" | "does"));
    auxiliary.and_then(|at| at.checked_sub(1)).is_some_and(|before| matches!(tokens.word(before), "nor" | "neither"))
}

/// "We welcome the plan and recommend that", "The Committee notes the delay but recommends that": who speaks before the verb that the conjunction joins.
fn joined_speaker(scene: &Scene, verb: usize) -> Option<Range<usize>> {
    let tokens = &scene.tokens;
    let mut at = verb;
    while at > 0 && tokens.before(at).any(Class::ADVERB.and(Class::LINK)) && !tokens.before(at).any(Class::CONJUNCTION) {
        at -= 1;
    }
    let conjunction = at.checked_sub(1).filter(|&at| matches!(tokens.word(at), "and" | "but"))?;
    let from = (0..conjunction).rev().find(|&at| tokens.is(at, Class::SEMICOLON.and(Class::STOP).and(Class::COLON)) && at > 1).map_or(0, |mark| mark + 1);
    if tokens.is(verb, Class::BASE) {
        let says = |at: usize| {
            let mut next = at + 1;
            while tokens.is(next, Class::ADVERB.and(Class::LINK)) {
                next += 1;
            }
            tokens.is(next, Class::BASE.and(Class::AUXILIARY)) && !tokens.is(next, Class::MODAL)
        };
        return (from..conjunction).rev().find(|&at| matches!(tokens.word(at), "we" | "i") && says(at)).map(|at| at..at + 1);
    }
    if !tokens.is(verb, Class::THIRD) {
        return None;
    }
    let first = (from + 1..conjunction).find(|&at| is_finite(tokens, at) && !tokens.is(at, Class::MODAL))?;
    let subject = clause(tokens, first).subject;
    (!subject.is_empty() && (is_self(tokens, subject.clone()) || scene.grammar.is_own_body(tokens.lower(subject.clone())))).then_some(subject)
}

/// "The data suggest that prices fell", "suggests a rise": what something shows. To suggest an action takes a bare verb or a gerund.
fn is_finding(scene: &Scene, phrase: &Range<usize>) -> bool {
    let tokens = &scene.tokens;
    if !tokens.word(phrase.start).starts_with("suggest") || tokens.word(phrase.end) != "that" {
        return false;
    }
    let that = phrase.end;
    !that_clause(scene, that + 1).is_some_and(|(subject, verb)| !subject.is_empty() && !tokens.is(verb.verb, Class::AUXILIARY))
}

/// "We expect the department to publish its list": it counts if an actor is to act.
#[must_use]
pub fn wish(scene: &Scene, rule: RuleId, phrase: Range<usize>) -> Option<Candidate> {
    let tokens = &scene.tokens;
    let outer = clause(tokens, phrase.start + 1);
    let mut from = phrase.end;
    let mut found_verb = None;
    // "We would like to see the department publish": a bare verb after the object.
    if tokens.at(from, &["to", "see"]) {
        from += 2;
        let (subject, verb) = that_clause(scene, from).filter(|(subject, _)| !subject.is_empty())?;
        found_verb = Some((subject, verb));
    }
    if scene.is_question() || tokens.is(from, Class::TO.and(Class::PUNCTUATION)) || !can_recommend(tokens, outer.link) {
        return None;
    }
    let (subject, verb) = match found_verb {
        Some(found) => found,
        None => infinitive(scene, from).map(|to| (from..to, verb_after(tokens, to + 1)))?,
    };
    let mut found = acting(scene, rule, &outer, subject, verb);
    found.start = phrase.start;
    found.operator = phrase;
    found.needs_actor = true;
    (!found.action.is_empty()).then_some(found)
}

/// "may request", "one side might ask", "can help encourage": nobody recommends.
fn is_possible(scene: &Scene, verb: usize) -> bool {
    let tokens = &scene.tokens;
    let mut at = verb;
    while at > 0 && (tokens.before(at).any(Class::ADVERB.and(Class::LINK)) || tokens.word(at - 1) == "help") {
        at -= 1;
    }
    let before = at.checked_sub(1).map_or("", |at| tokens.word(at));
    // "We do not recommend": advice against.
    let against = before == "not" && at >= 2 && tokens.word(at - 2) == "do" && (0..at).any(|at| tokens.is(at, Class::SELF));
    matches!(before, "may" | "might" | "can" | "could" | "will" | "to" | "not") && !against
        || before == "would" && !(0..at).any(|at| tokens.is(at, Class::SELF))
}

/// "Members are encouraged to reserve a share": the addressee is the subject, the author the one who asks.
#[must_use]
pub fn passive(scene: &Scene, rule: RuleId, phrase: Range<usize>) -> Option<Candidate> {
    let tokens = &scene.tokens;
    let mut be = phrase.start;
    while be > 0 && tokens.before(be).any(Class::ADVERB.and(Class::LINK)) {
        be -= 1;
    }
    let be = be.checked_sub(1).filter(|&be| matches!(tokens.word(be), "is" | "are"))?;
    let outer = clause(tokens, be);
    let first = outer.subject.start;
    // "You are authorized and directed to publish": an order to whom the document is addressed to.
    let commissioned = matches!(tokens.word(phrase.start), "authorized" | "authorised" | "hereby");
    let idle = outer.subject.is_empty()
        || tokens.is(first, Class::SELF.and(Class::RELATIVE))
        || matches!(tokens.word(first), "it" | "he" | "she" | "you") && !commissioned;
    if idle || scene.is_question() || !can_recommend(tokens, outer.link) || !tokens.is_infinitive(phrase.end - 1) {
        return None;
    }
    // "are required to": an order only where the document gives orders.
    let ordered = matches!(tokens.word(phrase.start), "required" | "directed" | "instructed");
    if ordered && !scene.directive {
        return None;
    }
    let subject = tokens.lower(outer.subject.clone());
    if subject.split(' ').any(|word| matches!(word, "reader" | "readers" | "respondents" | "participants" | "interviewees" | "respondent")) {
        return None;
    }
    let mut found = scene.acting(rule, &outer, be..phrase.end, phrase.end);
    found.start = first;
    found.operator = be..phrase.end - 1;
    (!found.action.is_empty()).then_some(found)
}

/// "it is recommended that".
fn is_impersonal_passive(scene: &Scene, verb: usize) -> bool {
    let tokens = &scene.tokens;
    let mut at = verb;
    while at > 0 && tokens.before(at).any(Class::ADVERB.and(Class::LINK)) {
        at -= 1;
    }
    at >= 2 && tokens.is(verb, Class::PARTICIPLE) && tokens.word(at - 1) == "is" && tokens.word(at - 2) == "it"
}

/// "OIG", "GAO": a body that names itself by its letters.
fn is_acronym(scene: &Scene, subject: &Range<usize>) -> bool {
    let written = scene.tokens.written(subject.end.saturating_sub(1));
    // "The WHO": another body, but for those that name their office so.
    let other = subject.len() == 2 && scene.tokens.is(subject.start, Class::DETERMINER) && !matches!(written, "OIG" | "IG" | "ANAO" | "OAG");
    !other && subject.len() <= 2 && written.len() >= 2 && written.len() <= 6 && written.bytes().all(|byte| byte.is_ascii_uppercase())
}

/// What is recommended: a that-clause, "X to V", a gerund, a noun phrase.
fn object(scene: &Scene, rule: RuleId, outer: &Clause, phrase: Range<usize>) -> Option<Candidate> {
    let tokens = &scene.tokens;
    let mut from = phrase.end;
    while tokens.is(from, Class::ADVERB.and(Class::LINK)) {
        from += 1;
    }
    if tokens.is(from, Class::COMMA)
        && let Some(closing) = (from + 1..(from + 16).min(tokens.len())).find(|&at| tokens.is(at, Class::COMMA))
    {
        from = closing + 1;
    }
    // "We recommend against abolishing the levy."
    if tokens.word(from) == "against" || tokens.word(phrase.end - 1) == "against" {
        let start = from + usize::from(tokens.word(from) == "against");
        let mut found = whole(scene, rule, outer, start..action_end(tokens, start));
        found.polarity = Polarity::DoNot;
        return (!found.action.is_empty()).then_some(found);
    }
    let first = tokens.class(from);
    if from >= tokens.len() || first.any(Class::STOP.and(Class::CLOSE)) || first.any(Class::CONJUNCTION) {
        return None;
    }
    if first.any(Class::COLON) {
        return Some(whole(scene, rule, outer, from..from));
    }
    if tokens.word(from) == "that" {
        let inside = after_insertion(scene, from + 1);
        let (subject, verb) = advised_clause(scene, inside)?;
        // "recommends that members:": the items have the verbs.
        let last = tokens.len().saturating_sub(1);
        if subject.is_empty() && tokens.is(last, Class::COLON) && last - inside.min(last) <= 12 {
            return None;
        }
        return Some(acting(scene, rule, outer, subject, verb));
    }
    if first.any(Class::TO.and(Class::INTERROGATIVE)) {
        return None;
    }
    // "Urges developing countries to": no gerund.
    let developing = tokens.word(from) == "developing" && matches!(tokens.word(from + 1), "country" | "countries" | "states" | "nations" | "economies");
    if first.any(Class::GERUND) && !first.any(Class::PREPOSITION) && !developing {
        return Some(whole(scene, rule, outer, from..action_end(tokens, from)));
    }
    if takes_infinitive(tokens.word(phrase.start))
        && let Some(to) = infinitive(scene, from)
    {
        // "urges the Commission not to withdraw".
        let negated = tokens.before(to).any(Class::NEGATION);
        let verb = verb_after(tokens, to + 1);
        return Some(acting(scene, rule, outer, from..to - usize::from(negated), Verb { negated: verb.negated != negated, ..verb }));
    }
    if let Some((subject, verb)) = bare_clause(scene, from) {
        return Some(acting(scene, rule, outer, subject, verb));
    }
    // "Calls upon Kenya and Malawi:": the items have the verbs.
    if takes_infinitive(tokens.word(phrase.start)) && tokens.is(tokens.len() - 1, Class::COLON) {
        return None;
    }
    let end = action_end(tokens, from);
    let weak = tokens.lower(from..end).len() < 4 || scene.grammar.get(rule).unless.iter().any(|word| word == tokens.word(from));
    (!weak && (first.any(Class::DETERMINER.and(Class::PRONOUN)) || !first.any(Class::PUNCTUATION.and(Class::PREPOSITION))))
        .then(|| whole(scene, rule, outer, from..end))
}

/// "that, for recommendations considered resolved, the Under Secretary direct": past the insertion.
fn after_insertion(scene: &Scene, from: usize) -> usize {
    let tokens = &scene.tokens;
    if !tokens.is(from, Class::COMMA) {
        return from;
    }
    (from + 1..(from + 40).min(tokens.len())).find(|&at| tokens.is(at, Class::COMMA)).map_or(from + 1, |closing| closing + 1)
}

fn acting(scene: &Scene, rule: RuleId, outer: &Clause, subject: Range<usize>, verb: Verb) -> Candidate {
    scene.candidate(rule, &Clause { link: outer.link, subject }, outer.subject.clone(), verb)
}

fn whole(scene: &Scene, rule: RuleId, outer: &Clause, action: Range<usize>) -> Candidate {
    let at = action.start;
    let mut found = scene.candidate(rule, &Clause { link: outer.link, subject: 0..0 }, outer.subject.clone(), Verb { start: at, verb: at, negated: false });
    found.action = action;
    found
}

/// "urge", "invite": verbs with the addressee as object and an infinitive. "We propose a centre to train staff" is none.
fn takes_infinitive(verb: &str) -> bool {
    !["propos", "suggest", "advocat", "recommend"].iter().any(|stem| verb.starts_with(stem))
}

/// "urge the ministry to act", "urges States that have not done so to act": the place of "to" after the noun phrase and a relative clause in it.
fn infinitive(scene: &Scene, from: usize) -> Option<usize> {
    let tokens = &scene.tokens;
    let stop = Class::SEMICOLON.and(Class::COLON).and(Class::STOP);
    let mut relative = false;
    for at in from + 1..(from + 40).min(tokens.len()) {
        if tokens.is(at, stop) || tokens.is(at, Class::MODAL.and(Class::AUXILIARY)) && !relative {
            return None;
        }
        relative |= tokens.is(at, Class::RELATIVE) && !tokens.at(at, &["that", "is"]);
        let opens = tokens.is_infinitive(at) || tokens.is(at, Class::TO) && tokens.is(at + 1, Class::NEGATION);
        // "that wish to join to submit": the first belongs to the relative clause.
        let governed =
            relative && matches!(tokens.word(at - 1), "wish" | "wishing" | "want" | "need" | "able" | "continue" | "seek" | "have" | "has" | "plan" | "intend");
        if opens && !governed {
            return Some(at);
        }
    }
    None
}

/// "we recommend the department publish": a bare verb after a short noun phrase.
fn bare_clause(scene: &Scene, from: usize) -> Option<(Range<usize>, Verb)> {
    let tokens = &scene.tokens;
    if !tokens.is(from, Class::DETERMINER.and(Class::CAPITAL)) {
        return None;
    }
    let (subject, verb) = advised_clause(scene, from)?;
    (!subject.is_empty() && subject.len() <= 12).then_some((subject, verb))
}

/// The clause after "recommend (that)": subjunctive, or, in British use, indicative: "that the Government publishes".
fn advised_clause(scene: &Scene, from: usize) -> Option<(Range<usize>, Verb)> {
    let tokens = &scene.tokens;
    let (subject, verb) = that_clause(scene, from)?;
    if !subject.is_empty() && !is_late(tokens, &subject) {
        return Some((subject, verb));
    }
    match indicative(tokens, from) {
        Some(at) => Some((from..at, Verb { start: at, verb: at, negated: false })),
        None => Some((subject, verb)),
    }
}

/// The subject that was found holds a verb of its own: the one found is a later verb.
fn is_late(tokens: &Tokens, subject: &Range<usize>) -> bool {
    indicative(tokens, subject.start).is_some_and(|at| at < subject.end)
}

/// The verb in the third person, or one that is a noun too before an object, after a short subject without a verb.
fn indicative(tokens: &Tokens, from: usize) -> Option<usize> {
    const ENDS: Class = Class::PUNCTUATION.and(Class::RELATIVE).and(Class::TO).and(Class::MODAL).and(Class::AUXILIARY).and(Class::BE).and(Class::GERUND);
    let limit = (from + 14).min(tokens.len());
    (from + 1..limit).take_while(|&at| !tokens.is(at, ENDS)).find(|&at| {
        let (class, before, next) = (tokens.class(at), tokens.before(at), tokens.class(at + 1));
        let particle = matches!(tokens.word(at + 1), "out" | "up" | "down" | "on");
        let object = particle
            || next.any(Class::DETERMINER.and(Class::THAT).and(Class::PRONOUN).and(Class::ADVERB).and(Class::TO))
            || !class.any(Class::NOUN) && !next.any(Class::PUNCTUATION);
        let free = !before.any(Class::DETERMINER.and(Class::PREPOSITION).and(Class::CONJUNCTION))
            && !class.any(Class::CAPITAL.and(Class::PREPOSITION).and(Class::DETERMINER));
        // A plural before it would take the bare verb.
        let third = class.any(Class::THIRD) && !tokens.word(at - 1).ends_with('s');
        let bare = class.any(Class::BASE) && class.any(Class::NOUN);
        free && object && (third || bare)
    })
}

/// "Calls upon all States to …": a paragraph, or a clause of one, that opens with the verb.
#[must_use]
pub fn operative(scene: &Scene, rule: RuleId, phrase: Range<usize>) -> Option<Candidate> {
    let tokens = &scene.tokens;
    let mut first = phrase.start;
    while first > 0
        && matches!(
            tokens.word(first - 1),
            "also"
                | "further"
                | "strongly"
                | "again"
                | "once"
                | "to"
                | "hereby"
                | "therefore"
                | "urgently"
                | "more"
                | "in"
                | "particular"
                | "respectfully"
                | "furthermore"
        )
    {
        first -= 1;
    }
    let before = tokens.before(first);
    let opens = first == 0 || before.any(Class::COMMA.and(Class::SEMICOLON).and(Class::NUMBER).and(Class::STOP));
    let infinitive_form = tokens.word(first) == "to";
    let third = tokens.is(phrase.start, Class::THIRD);
    // "Notes with concern the delay, and requests the Board to act": a later verb of the same paragraph.
    let later = third && opens_operative(scene) && tokens.before(first).any(Class::CONJUNCTION.and(Class::SEMICOLON));
    // "4. urges all parties to": some resolutions number their paragraphs and go on in small letters.
    let paragraph = tokens.is(first, Class::CAPITAL) || first == 0 && scene.first && third;
    if !later && (!opens || !paragraph) || (!third && !infinitive_form) || (infinitive_form && first > 0) || scene.is_question() {
        return None;
    }
    let phrase = if tokens.word(phrase.start) == "calls" && matches!(tokens.word(phrase.end - 1), "calls" | "once") {
        phrase.start..called_on(scene, phrase.end)?
    } else {
        phrase
    };
    let outer = Clause { link: Link::Main, subject: 0..0 };
    let mut found = object(scene, rule, &outer, phrase.clone())?;
    if tokens.is(phrase.start, Class::NOUN) && found.action.start == phrase.end && tells(scene, found.action.clone()) {
        return None;
    }
    found.start = first;
    found.operator = phrase;
    // Several operative paragraphs may stand in one line, and several operative verbs in one paragraph.
    found.until = (found.action.end..tokens.len()).find(|&at| tokens.is(at, Class::SEMICOLON)).or(later.then_some(tokens.len()));
    Some(found)
}

/// "Calls for reform have grown": the opening word was a noun, for a finite verb follows that no other clause holds.
fn tells(scene: &Scene, mut action: Range<usize>) -> bool {
    const OPENS: Class = Class::RELATIVE.and(Class::THAT).and(Class::SUBORDINATOR).and(Class::INTERROGATIVE).and(Class::COMMA);
    action
        .find(|&at| scene.tokens.is(at, OPENS) && !matches!(scene.tokens.word(at), "as" | "than" | "for") || is_finite(&scene.tokens, at))
        .is_some_and(|at| is_finite(&scene.tokens, at))
}

/// "Calls once again *on*", "Calls, in this regard, *for*": past the preposition that the verb takes.
fn called_on(scene: &Scene, from: usize) -> Option<usize> {
    let tokens = &scene.tokens;
    let from = if tokens.is(from, Class::COMMA) { (from + 1..from + 10).find(|&at| tokens.is(at, Class::COMMA))? + 1 } else { from };
    (from..from + 4)
        .take_while(|&at| {
            at == from || tokens.before(at).any(Class::ADVERB.and(Class::LINK)) || matches!(tokens.word(at - 1), "once" | "again" | "more" | "further")
        })
        .find(|&at| matches!(tokens.word(at), "on" | "upon" | "for"))
        .map(|at| at + 1)
}

/// The sentence opens with a verb in the third person and no subject, as the paragraphs of a resolution do.
#[must_use]
pub fn opens_operative(scene: &Scene) -> bool {
    let tokens = &scene.tokens;
    let Some(first) = (0..tokens.len().min(4)).find(|&at| !tokens.is(at, Class::ADVERB.and(Class::LINK).and(Class::NUMBER).and(Class::STOP))) else {
        return false;
    };
    // "Notes with concern", "Requests the Secretary-General": nouns too, but for what follows.
    let object =
        tokens.is(first + 1, Class::DETERMINER.and(Class::THAT)) || matches!(tokens.word(first + 1), "with" | "also" | "upon" | "on" | "further" | "again");
    let verb = tokens.is(first, Class::THIRD) && (object || !tokens.is(first, Class::NOUN)) && !tokens.is(first, Class::AUXILIARY.and(Class::DETERMINER));
    verb && (scene.first || (0..=first).any(|at| tokens.is(at, Class::CAPITAL)))
}

/// "That the coroner be responsible …": a subjunctive clause that stands alone, as items after "we recommend" do.
#[must_use]
pub fn subjunctive(scene: &Scene) -> Option<Candidate> {
    let tokens = &scene.tokens;
    // "That offered an incentive", "That said": a pronoun.
    let pronoun = tokens.is(1, Class::THIRD.and(Class::PAST).and(Class::AUXILIARY).and(Class::MODAL).and(Class::BE))
        && !tokens.is(1, Class::CAPITAL.and(Class::DETERMINER));
    if tokens.written(0) != "That" || tokens.len() < 5 || pronoun || scene.is_question() {
        return None;
    }
    let (rule, _) = scene.grammar.rule("recommendation.performative.subjunctive")?;
    let (subject, verb) = bare(scene)?;
    let mut found = scene.candidate(*rule, &Clause { link: Link::Main, subject }, 0..1, verb);
    found.start = 0;
    found.operator = 0..1;
    Some(found)
}

/// "Consultations to be held early, with all who are concerned": an item that asks for what it names, without a finite verb.
#[must_use]
pub fn infinitive_item(scene: &Scene) -> Option<Candidate> {
    const SHORTEST: usize = 7;
    const ENDS: Class =
        Class::PUNCTUATION.and(Class::RELATIVE).and(Class::THAT).and(Class::MODAL).and(Class::BE).and(Class::AUXILIARY).and(Class::SUBORDINATOR);
    let tokens = &scene.tokens;
    if !(scene.item && scene.first && tokens.is(0, Class::CAPITAL)) || tokens.len() < SHORTEST || scene.is_question() {
        return None;
    }
    let to = (1..tokens.len().min(24)).find(|&at| tokens.at(at, &["to", "be"]))?;
    let mut participle = to + 2;
    while tokens.is(participle, Class::ADVERB.and(Class::LINK)) {
        participle += 1;
    }
    // "Members expected to be told", "Issues likely to be raised": the infinitive belongs to the word before it.
    let governed = !tokens.before(to).any(Class::NOUN) && tokens.before(to).any(Class::PARTICIPLE.and(Class::BASE).and(Class::THIRD).and(Class::ADVERB))
        || matches!(tokens.word(to - 1), "likely" | "unlikely" | "able" | "due" | "set" | "need" | "needs" | "continue" | "continues");
    let subject = (0..to).all(|at| !tokens.is(at, ENDS) && !is_finite(tokens, at));
    // "Issues to be addressed": a label, which says nothing more.
    let says = tokens.is(participle, Class::PARTICIPLE)
        && participle + 2 < tokens.len()
        && tokens.is(participle + 1, Class::PREPOSITION.and(Class::CONJUNCTION).and(Class::ADVERB).and(Class::TO));
    if governed || !subject || !says || super::imperative::has_main_verb(tokens, participle + 1) {
        return None;
    }
    let (rule, _) = scene.grammar.rule("recommendation.infinitive.item")?;
    let mut found = scene.candidate(*rule, &Clause { link: Link::Main, subject: 0..to }, to..to + 1, Verb { start: to + 1, verb: to + 1, negated: false });
    found.start = 0;
    Some(found)
}

/// "Training inspectors and opening the registers.": a gerund at the head of a sentence that has no finite verb.
#[must_use]
pub fn is_gerund_phrase(scene: &Scene) -> bool {
    let tokens = &scene.tokens;
    let ends = scene.item || scene.tokens.text.trim_end().ends_with(['.', ';']);
    let opens = tokens.is(0, Class::GERUND) && tokens.is(0, Class::CAPITAL) && !tokens.is(0, Class::PREPOSITION);
    // "Training for pilots.", "Funding of ports": a noun.
    let object = !tokens.is(1, Class::PREPOSITION.and(Class::PUNCTUATION).and(Class::CONJUNCTION).and(Class::AUXILIARY).and(Class::MODAL).and(Class::BE));
    let finite = (1..tokens.len()).any(|at| !tokens.is(at, Class::CAPITAL) && !tokens.before(at).any(Class::RELATIVE) && is_finite(tokens, at));
    // "Recognizing this, the ministry sold it": a participle before a main clause.
    let participle = (2..tokens.len()).any(|at| tokens.before(at).any(Class::COMMA) && tokens.is(at, Class::DETERMINER.and(Class::PRONOUN)));
    ends && opens && object && tokens.len() >= 5 && !finite && !participle
}

/// The subject and bare verb of a clause that opens with "That".
fn bare(scene: &Scene) -> Option<(Range<usize>, Verb)> {
    let tokens = &scene.tokens;
    // "be" decides; insertions between commas are passed over.
    let be = (2..tokens.len())
        .find(|&at| tokens.word(at) == "be" && !tokens.before(at).any(Class::MODAL.and(Class::TO)))
        .filter(|&be| !(1..be).any(|at| tokens.is(at, Class::MODAL)));
    if let Some(be) = be {
        return Some((1..be, verb_after(tokens, be)));
    }
    let (subject, verb) = that_clause(scene, after_insertion(scene, 1))?;
    (!subject.is_empty() && !(1..verb.verb).any(|at| tokens.is(at, Class::MODAL.and(Class::AUXILIARY)))).then_some((subject, verb))
}
