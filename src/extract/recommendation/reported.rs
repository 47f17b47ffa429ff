//! Whose words a clause is: the author's, or someone's whose demand the author reports.

use std::ops::Range;

use super::clause::{Clause, Link, head};
use super::grammar::Grammar;
use super::token::Tokens;
use super::word::{Class, Role};
use crate::span::Span;

/// Quotations shorter than this in bytes are terms and titles, not speech.
const SHORTEST_QUOTATION: usize = 24;

/// The quotations in one block, as spans of the reading text, marks included. One that is not closed runs to the end of the block.
#[must_use]
pub fn quotations(text: &str, base: usize) -> Vec<Span> {
    let mut found = Vec::new();
    let mut open = None;
    // The first bytes of all marks; few other characters share them.
    for at in memchr::memchr3_iter(b'"', 0xe2, 0xc2, text.as_bytes()) {
        match (text[at..].chars().next(), open) {
            (Some('“' | '«' | '"'), None) => open = Some(at),
            (Some(c @ ('”' | '»' | '"')), Some(start)) => {
                found.push(Span::new(base + start, base + at + c.len_utf8()));
                open = None;
            }
            _ => {}
        }
    }
    if let Some(start) = open {
        found.push(Span::new(base + start, base + text.len()));
    }
    found.retain(|span| span.len() >= SHORTEST_QUOTATION);
    found
}

/// Who speaks in a clause.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Voice {
    Author,
    /// Someone else, with the tokens that name them where there are any.
    Other(Option<Range<usize>>),
}

/// Tells whose words the clause of an operator is. `quoted` is the quotation that holds the operator, as tokens of this sentence.
#[must_use]
pub fn voice(tokens: &Tokens, clause: &Clause, operator: usize, quoted: Option<Range<usize>>, follows_quotation: bool, grammar: &Grammar) -> Voice {
    if let Link::Content(governor) = clause.link
        && let Some(voice) = governed(tokens, governor, grammar)
    {
        return voice;
    }
    if let Some(source) = according_to(tokens, operator).or_else(|| viewed_by(tokens, operator)).or_else(|| inserted_speaker(tokens, operator)) {
        return other(tokens, source);
    }
    if let Some(quoted) = quoted {
        if quoted.start == 0 && quoted.end + 1 >= tokens.len() && !follows_quotation {
            // A sentence that is all quotation, with nobody named as its speaker, is set off by the author.
            return Voice::Author;
        }
        return match speaker_outside(tokens, &quoted) {
            Some(speaker) => other(tokens, speaker),
            None => Voice::Other(None),
        };
    }
    match trailing_speaker(tokens, operator) {
        Some((speaker, verb)) if !is_own_voice(tokens, &speaker, verb) => other(tokens, speaker),
        _ => Voice::Author,
    }
}

fn other(tokens: &Tokens, speaker: Range<usize>) -> Voice {
    if is_self(tokens, speaker.clone()) { Voice::Author } else { Voice::Other(Some(speaker)) }
}

/// A speaker's words if they name someone: no bare pronoun ("it advises"), no relative ("which argues"), no verb group ("may be said").
#[must_use]
pub fn nominal(tokens: &Tokens, speaker: Range<usize>) -> Option<Range<usize>> {
    let pronoun = Class::PRONOUN.and(Class::RELATIVE).and(Class::DETERMINER);
    let bare = speaker.len() == 1 && tokens.is(speaker.start, pronoun);
    let verbal = Class::TO.and(Class::BE).and(Class::AUXILIARY).and(Class::MODAL).and(Class::RELATIVE);
    let last = speaker.end.checked_sub(1)?;
    (!bare && !tokens.is(last, verbal) && !tokens.is(speaker.start, Class::BE.and(Class::AUXILIARY))).then_some(speaker)
}

/// "X argues that", "the view that", "it is clear that": the voice behind a governing word, if it has one.
fn governed(tokens: &Tokens, governor: usize, grammar: &Grammar) -> Option<Voice> {
    let noun = tokens.plays(governor, Role::REPORTED_NOUN);
    if noun {
        let owned = (governor.saturating_sub(4)..governor).any(|at| matches!(tokens.word(at), "our" | "my"));
        let presented = (0..governor).any(|at| tokens.is(at, Class::SELF));
        let adopted = adopts(tokens, governor, grammar);
        return Some(if owned || presented || adopted || is_held_above(tokens, governor) { Voice::Author } else { Voice::Other(subject_of(tokens, governor)) });
    }
    if let Some(speaker) = passive_speaker(tokens, governor) {
        return Some(other(tokens, speaker));
    }
    if is_held_above(tokens, governor) {
        return Some(Voice::Author);
    }
    let verb = (governor.saturating_sub(3)..=governor).rev().find(|&at| tokens.plays(at, Role::REPORTING))?;
    if tokens.is(verb, Class::NOUN) && tokens.before(verb).any(Class::DETERMINER) && !tokens.is(verb, Class::GERUND) {
        // "the report that": no verb.
        return None;
    }
    match subject_of(tokens, verb) {
        Some(subject) if is_told(tokens, &subject, verb) => Some(Voice::Other(None)),
        Some(subject) if is_self(tokens, subject.clone()) || is_impersonal(tokens, &subject) => Some(Voice::Author),
        Some(subject) if grammar.is_own_body(tokens.lower(subject.clone())) && tokens.is(verb, Class::THIRD) => Some(Voice::Author),
        Some(subject) if tokens.is(verb, Class::THIRD) && (concludes(tokens, verb) || shows(tokens, &subject, verb)) => Some(Voice::Author),
        Some(subject) => Some(Voice::Other(Some(subject))),
        None if is_operative(tokens, verb) => Some(Voice::Author),
        None => Some(Voice::Other(None)),
    }
}

/// "Is of the opinion that", "Takes the view that", "Is convinced that": the paragraph of a resolution, whose subject stands above.
fn is_held_above(tokens: &Tokens, governor: usize) -> bool {
    let first = (0..governor).find(|&at| !tokens.is(at, Class::NUMBER.and(Class::PUNCTUATION))).unwrap_or(governor);
    let opens = matches!(tokens.word(first), "is" | "takes" | "holds" | "remains" | "reiterates" | "reaffirms") && tokens.is(first, Class::CAPITAL);
    opens && governor - first <= 6 && !(first..governor).any(|at| tokens.is(at, Class::PUNCTUATION))
}

/// "The Committee agrees with the union's view that": the body whose text it is makes the view its own.
fn adopts(tokens: &Tokens, governor: usize, grammar: &Grammar) -> bool {
    let verb = (governor.saturating_sub(10)..governor).rev().find(|&at| {
        ["agree", "share", "endorse", "support", "concur", "accept"].iter().any(|stem| tokens.word(at).starts_with(stem))
            && tokens.is(at, Class::THIRD.and(Class::BASE))
    });
    verb.and_then(|verb| subject_of(tokens, verb)).is_some_and(|subject| is_self(tokens, subject.clone()) || grammar.is_own_body(tokens.lower(subject)))
}

/// "Stresses that", "Further considers that" at the head of a sentence: the paragraph of a resolution, whose subject stands above. "Notes that" only tells.
fn is_operative(tokens: &Tokens, verb: usize) -> bool {
    let mut first = verb;
    while first > 0 && tokens.before(first).any(Class::ADVERB.and(Class::LINK)) {
        first -= 1;
    }
    let opens = (0..first).all(|at| tokens.is(at, Class::NUMBER.and(Class::PUNCTUATION)));
    // "Welcomes the report; stresses that": a later clause of the same paragraph.
    let later = tokens.before(first).any(Class::SEMICOLON) && tokens.is(0, Class::THIRD) && tokens.is(0, Class::CAPITAL);
    let tells = ["note", "recall", "acknowledge", "observe", "report", "say", "state"].iter().any(|stem| tokens.word(verb).starts_with(stem));
    let capital = (0..=verb).any(|at| tokens.is(at, Class::CAPITAL));
    (opens || later) && capital && !tells && tokens.is(verb, Class::THIRD)
}

/// "it is said" apart: "this means that", "experience shows that" are the author's.
fn is_impersonal(tokens: &Tokens, subject: &Range<usize>) -> bool {
    subject.len() == 1 && matches!(tokens.word(subject.start), "it" | "this" | "that" | "these" | "which")
}

/// "Therefore, the Board recommends that": a conclusion that the text draws for the body whose text it is.
#[must_use]
pub fn concludes(tokens: &Tokens, verb: usize) -> bool {
    let first = usize::from(tokens.is(0, Class::NUMBER));
    let therefore = matches!(tokens.word(first), "therefore" | "accordingly" | "consequently" | "hence")
        || tokens.at(first, &["for", "these", "reasons"])
        || tokens.at(first, &["for", "this", "reason"]);
    therefore && ["recommend", "advise", "encourage", "suggest", "urge", "propose"].iter().any(|stem| tokens.word(verb).starts_with(stem))
}

/// "The rarity of such fires suggests that": evidence speaks for the author; reports and persons speak for themselves.
fn shows(tokens: &Tokens, subject: &Range<usize>, verb: usize) -> bool {
    const EVIDENCE: [&str; 22] = [
        "evidence",
        "experience",
        "data",
        "figures",
        "history",
        "trend",
        "trends",
        "growth",
        "rise",
        "decline",
        "gap",
        "gaps",
        "lack",
        "scale",
        "pace",
        "record",
        "logic",
        "change",
        "changes",
        "pattern",
        "patterns",
        "developments",
    ];
    const BODIES: [&str; 11] =
        ["authority", "community", "university", "minority", "majority", "city", "conference", "audience", "alliance", "ambulance", "charity"];
    let proves = matches!(tokens.word(verb), "suggests" | "shows" | "indicates" | "implies" | "means" | "demonstrates");
    let Some(head) = head(tokens, subject) else { return false };
    let word = tokens.word(head);
    let abstract_noun = ["ity", "ence", "ance", "ness"].iter().any(|ending| word.ends_with(ending)) && !BODIES.contains(&word);
    proves && !tokens.is(head, Class::CAPITAL) && (abstract_noun || EVIDENCE.contains(&word))
}

/// "it was argued that", "it has been claimed that": said by someone who is not named.
fn is_told(tokens: &Tokens, subject: &Range<usize>, verb: usize) -> bool {
    let it = subject.len() == 1 && tokens.word(subject.start) == "it";
    it && tokens.is(verb, Class::PARTICIPLE) && (subject.end..verb).any(|at| matches!(tokens.word(at), "was" | "been"))
}

/// "it was pointed out by the union that": the agent of a verb of saying before "that".
fn passive_speaker(tokens: &Tokens, governor: usize) -> Option<Range<usize>> {
    let by = (governor.saturating_sub(12)..governor).rev().find(|&at| tokens.word(at) == "by")?;
    let verb = (by.saturating_sub(2)..by).rev().find(|&at| tokens.is(at, Class::PARTICIPLE) && tokens.plays(at, Role::REPORTING))?;
    let passive = (verb.saturating_sub(3)..verb).any(|at| tokens.is(at, Class::BE.and(Class::AUXILIARY)));
    (passive && !(by + 1..=governor).any(|at| tokens.is(at, Class::PUNCTUATION))).then_some(by + 1..governor + 1)
}

/// "The ports, they say, should": a speaker between two commas before the operator.
fn inserted_speaker(tokens: &Tokens, operator: usize) -> Option<Range<usize>> {
    let close = operator.checked_sub(1).filter(|&at| tokens.is(at, Class::COMMA))?;
    let open = (close.saturating_sub(9)..close).rev().find(|&at| tokens.is(at, Class::COMMA))?;
    let verb = close - 1;
    let says = tokens.is(verb, Class::BASE.and(Class::THIRD).and(Class::PAST)) && tokens.plays(verb, Role::REPORTING);
    (says && open + 1 < verb && !tokens.is(open + 1, Class::SUBORDINATOR.and(Class::PREPOSITION).and(Class::RELATIVE))).then_some(open + 1..verb)
}

/// The noun phrase before a verb: back to the nearest mark, conjunction or other verb.
fn subject_of(tokens: &Tokens, verb: usize) -> Option<Range<usize>> {
    let mut end = verb;
    while end > 0 && tokens.before(end).any(Class::AUXILIARY.and(Class::MODAL).and(Class::ADVERB).and(Class::LINK).and(Class::NEGATION)) {
        end -= 1;
    }
    if tokens.before(end).any(Class::COMMA) {
        // "NATO, the alliance of 31 states, says that".
        let opening = (0..end - 1).rev().find(|&at| tokens.is(at, Class::COMMA));
        end = opening.unwrap_or(end - 1);
    }
    let stop = Class::COMMA.and(Class::SEMICOLON).and(Class::COLON).and(Class::DASH).and(Class::QUOTE).and(Class::THAT).and(Class::MODAL).and(Class::AUXILIARY);
    let mut start = end;
    while start > 0
        && !tokens.before(start).any(stop)
        && !matches!(tokens.word(start - 1), "but" | "while" | "although" | "because" | "as" | "if" | "when" | "since")
    {
        start -= 1;
    }
    while start < end && tokens.is(start, Class::LINK.and(Class::CONJUNCTION)) {
        start += 1;
    }
    (start < end).then_some(start..end)
}

/// True for "we", "this report", "the authors".
#[must_use]
pub fn is_self(tokens: &Tokens, range: Range<usize>) -> bool {
    const WORKS: [&str; 17] = [
        "report",
        "paper",
        "brief",
        "study",
        "article",
        "essay",
        "review",
        "memo",
        "memorandum",
        "analysis",
        "note",
        "commentary",
        "inquiry",
        "chapter",
        "briefing",
        "submission",
        "plan",
    ];
    let first = tokens.word(range.start);
    range.clone().any(|at| tokens.is(at, Class::SELF) && !is_others(tokens, at + 1..range.end))
        || range.clone().any(|at| matches!(tokens.word(at), "author" | "authors"))
        || (matches!(first, "this" | "present") && range.len() <= 5 && range.clone().any(|at| WORKS.contains(&tokens.word(at))))
}

/// "our witnesses", "our partners": people who speak for themselves.
fn is_others(tokens: &Tokens, mut after: Range<usize>) -> bool {
    const OTHERS: [&str; 16] = [
        "witnesses",
        "respondents",
        "interviewees",
        "interlocutors",
        "partners",
        "allies",
        "critics",
        "opponents",
        "predecessors",
        "predecessor",
        "correspondents",
        "adversaries",
        "neighbours",
        "neighbors",
        "friends",
        "consultees",
    ];
    after.any(|at| OTHERS.contains(&tokens.word(at)))
}

/// "According to X, …" before the operator.
fn according_to(tokens: &Tokens, operator: usize) -> Option<Range<usize>> {
    let at = tokens.playing(0..tokens.len(), Role::SOURCE).find(|&at| tokens.at(at, &["according", "to"]))?;
    if at > operator {
        // "…, according to the union."
        let end = (at + 2..tokens.len()).find(|&at| tokens.is(at, Class::PUNCTUATION)).unwrap_or(tokens.len());
        return (tokens.before(at).any(Class::COMMA) && at + 2 < end && end + 10 >= tokens.len()).then_some(at + 2..end);
    }
    let end = (at + 2..operator).find(|&at| tokens.is(at, Class::COMMA))?;
    Some(at + 2..end)
}

/// "In his view, …", "From Beijing's perspective, …", "As the minister put it, …" before the operator: whose view it is.
fn viewed_by(tokens: &Tokens, operator: usize) -> Option<Range<usize>> {
    let first = tokens.word(0);
    if !matches!(first, "as" | "in" | "from" | "to") {
        return None;
    }
    let comma = (2..operator.min(14)).find(|&at| tokens.is(at, Class::COMMA))?;
    if first == "as" {
        return tokens.at(comma - 2, &["put", "it"]).then_some(1..comma - 2);
    }
    let noun = matches!(tokens.word(comma - 1), "view" | "opinion" | "eyes" | "perspective" | "judgment" | "judgement" | "mind" | "standpoint");
    let owner = 1..comma - 1;
    let possessive = owner.clone().any(|at| {
        let word = tokens.word(at);
        matches!(word, "his" | "her" | "their" | "my" | "our") || word.ends_with("'s") || word.ends_with("’s") || word.ends_with("s’") || word.ends_with("s'")
    });
    (noun && possessive).then_some(owner)
}

/// "…," X said. — X argues: a speaker named after the clause, at the end of the sentence; with the place of the verb.
fn trailing_speaker(tokens: &Tokens, operator: usize) -> Option<(Range<usize>, usize)> {
    let comma = (operator..tokens.len()).rev().take(16).find(|&at| tokens.is(at, Class::COMMA))?;
    let after = comma + 1..tokens.len();
    // "…, as the convention requires": the author agrees. "…, on the model of safety reports": a noun.
    if tokens.is(after.start, Class::PREPOSITION.and(Class::SUBORDINATOR).and(Class::GERUND).and(Class::CONJUNCTION).and(Class::NEGATION)) {
        return None;
    }
    let verb = after.clone().find(|&at| tokens.is(at, Class::THIRD.and(Class::PAST)) && tokens.plays(at, Role::REPORTING))?;
    let tail = tokens.len() - verb;
    let clean = !(comma + 1..verb).any(|at| tokens.is(at, Class::RELATIVE.and(Class::TO).and(Class::MODAL).and(Class::AUXILIARY)));
    (tail <= 4 && clean && verb > comma + 1).then_some((comma + 1..verb, verb))
}

/// "…, Human Rights Watch said today", "…, Jane Roe argues": a press release or abstract speaks of its own body or author so.
fn is_own_voice(tokens: &Tokens, speaker: &Range<usize>, verb: usize) -> bool {
    let today = tokens.word(verb + 1) == "today";
    let person = speaker.len() == 2 && speaker.clone().all(|at| tokens.is(at, Class::CAPITAL)) && tokens.is(verb, Class::THIRD);
    today || person
}

/// Who is named as speaking, in the part of the sentence that is outside the quotation.
fn speaker_outside(tokens: &Tokens, quoted: &Range<usize>) -> Option<Range<usize>> {
    let outside = |at: &usize| !quoted.contains(at);
    let verb = (0..tokens.len()).filter(outside).find(|&at| tokens.is(at, Class::VERB) && tokens.plays(at, Role::REPORTING))?;
    let subject = subject_of(tokens, verb).filter(|subject| outside(&subject.start) && outside(&(subject.end - 1)));
    // “…,” said the minister.
    subject.or_else(|| {
        let end = (verb + 1..tokens.len()).find(|&at| tokens.is(at, Class::PUNCTUATION.and(Class::AUXILIARY)))?;
        (verb + 1 < end).then_some(verb + 1..end)
    })
}
