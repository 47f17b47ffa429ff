//! Sentences that open with a bare verb: "Establish a fund", "Do not rely on", "Explicitly integrate".

use super::candidate::Scene;
use super::predicate::starts_clause;
use super::token::{Reading, Tokens};
use super::word::{Class, Role, Words};
use crate::span::Span;

/// An imperative: where its action starts, and whether it forbids.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Imperative {
    pub start: usize,
    pub verb: usize,
    pub negated: bool,
    /// No list knows the verb as a noun, so that the reading is sure.
    pub sure: bool,
}

/// Reads the sentence as an imperative, if it can be one. `from` is the first token looked at.
#[must_use]
pub fn imperative(tokens: &Tokens, from: usize) -> Option<Imperative> {
    let (start, verb, negated) = opening(tokens, from)?;
    let class = tokens.class(verb);
    if !class.any(Class::BASE)
        || class.any(Class::PREPOSITION.and(Class::MODAL))
        || tokens.word(verb) == "be" && !negated && tokens.is(verb + 1, Class::PUNCTUATION)
    {
        return None;
    }
    let next = tokens.class(verb + 1);
    let known = !class.any(Class::NOUN);
    if next.any(Class::AUXILIARY.and(Class::MODAL).and(Class::THIRD)) && !next.any(Class::NOUN.and(Class::DETERMINER)) {
        return None;
    }
    // "Grant a visa", "Stop revoking licences": what follows is an object.
    let object = next.any(Class::DETERMINER) && !next.any(Class::PREPOSITION)
        || matches!(tokens.word(verb), "stop" | "start" | "begin" | "cease" | "end") && next.any(Class::GERUND) && !next.any(Class::NOUN);
    if !known && !object && (is_noun_phrase(tokens, verb) || is_title(tokens, verb) || has_main_verb(tokens, verb + 1)) {
        return None;
    }
    // "Excise on tobacco is under-used": a preposition after a verb that takes an object.
    if !negated
        && next.any(Class::PREPOSITION)
        && !next.any(Class::ADVERB)
        && matches!(tokens.word(verb + 1), "on" | "of")
        && has_main_verb(tokens, verb + 2)
        && !known
    {
        return None;
    }
    if verb + 1 >= tokens.len() && !negated {
        return None;
    }
    // "Open approaches to data do not", "Clear guidance is": an adjective.
    let adjective = is_adjective(tokens.word(verb)) && !next.any(Class::DETERMINER.and(Class::PRONOUN).and(Class::THAT));
    if adjective && has_main_verb(tokens, verb + 1) {
        return None;
    }
    if known && starts_clause(tokens, verb) && has_main_verb(tokens, verb + 1) && !tokens.is(verb + 1, Class::DETERMINER.and(Class::PRONOUN).and(Class::THAT)) {
        return None;
    }
    Some(Imperative { start, verb, negated, sure: known && !adjective || negated })
}

/// Verbs that are adjectives too.
fn is_adjective(word: &str) -> bool {
    matches!(
        word,
        "open"
            | "clean"
            | "clear"
            | "secure"
            | "free"
            | "separate"
            | "direct"
            | "complete"
            | "correct"
            | "live"
            | "lower"
            | "slow"
            | "narrow"
            | "present"
            | "perfect"
            | "double"
            | "further"
    )
}

/// The verb after what may stand before it: "do not", "never", an adverb, a fronted phrase with a comma.
fn opening(tokens: &Tokens, from: usize) -> Option<(usize, usize, bool)> {
    let first = tokens.word(from);
    if tokens.at(from, &["do", "not"]) {
        return Some((from + 2, from + 2, true));
    }
    if matches!(first, "don't" | "don’t" | "never") {
        return Some((from + 1, from + 1, true));
    }
    let class = tokens.class(from);
    let adverb = class.any(Class::ADVERB.and(Class::LINK)) && !class.any(Class::BASE);
    // "Simply put, money": a participle.
    if adverb && tokens.is(from + 1, Class::BASE) && !(tokens.is(from + 1, Class::PARTICIPLE) && tokens.is(from + 2, Class::COMMA)) {
        return Some((from, from + 1, false));
    }
    if adverb && tokens.is(from + 1, Class::COMMA) && tokens.is(from + 2, Class::BASE) {
        return Some((from + 2, from + 2, false));
    }
    (class.any(Class::BASE)).then_some((from, from, false))
}

/// False for a sentence that is no command whatever follows its first words; `advice` tells that it stands among recommendations.
#[must_use]
pub fn may_command(reading: &Reading, span: Span, advice: bool, words: &Words) -> bool {
    /// Bytes that hold the first words of nearly all sentences.
    const HEAD: usize = 96;
    /// What is looked at, and two more, so that none of those is cut short.
    const TOKENS: usize = 5;
    let text = reading.of(span);
    if text.starts_with("That") {
        return true;
    }
    let prose = text.starts_with(char::is_uppercase) && text.trim_end().ends_with(['.', ';', '”']);
    if !advice && !prose {
        return false;
    }
    let head = Span::new(span.start(), span.start() + text.floor_char_boundary(HEAD));
    let tokens = Tokens::head(reading, head, TOKENS, words);
    if tokens.len() < TOKENS && head.len() < text.len() {
        return true;
    }
    if advice && tokens.is(0, FRONTED) && tokens.is(0, Class::CAPITAL) {
        return true;
    }
    opening(&tokens, 0).is_some_and(|(_, verb, negated)| {
        let class = tokens.class(verb);
        let sure = negated || !class.any(Class::NOUN) && !is_adjective(tokens.word(verb));
        class.any(Class::BASE) && !class.any(Class::PREPOSITION.and(Class::MODAL)) && (advice || sure)
    })
}

/// What a fronted phrase or clause begins with.
const FRONTED: Class = Class::PREPOSITION.and(Class::SUBORDINATOR).and(Class::TO).and(Class::INTERROGATIVE).and(Class::LINK);

/// "To cut delays, publish", "Where staff are few, train volunteers": where the verb stands after a fronted phrase or clause, if the word there can be nothing
/// else.
#[must_use]
pub fn after_fronted(tokens: &Tokens) -> Option<usize> {
    if !tokens.is(0, FRONTED) || !tokens.is(0, Class::CAPITAL) {
        return None;
    }
    let comma = (1..tokens.len().min(30)).find(|&at| tokens.is(at, Class::COMMA))?;
    let mut verb = comma + 1;
    if tokens.is(verb, Class::ADVERB) && !tokens.is(verb, Class::BASE) {
        verb += 1;
    }
    let class = tokens.class(verb);
    let object = tokens.is(verb + 1, Class::DETERMINER) || !class.any(Class::NOUN) && !tokens.is(verb + 1, Class::CONJUNCTION.and(Class::PUNCTUATION));
    (class.any(Class::BASE) && !class.any(Class::PREPOSITION.and(Class::MODAL).and(Class::BE)) && object && imperative(tokens, verb).is_some())
        .then_some(comma + 1)
}

/// "Before signing a contract, talk to the users", "Instead of fixing one price, give": an order after a phrase that tells when or in place of what it is
/// to be done, wherever it stands.
#[must_use]
pub fn after_gerund_phrase(tokens: &Tokens) -> Option<usize> {
    let gerund = if matches!(tokens.word(0), "instead") && tokens.word(1) == "of" { 2 } else { 1 };
    let opens = matches!(tokens.word(0), "before" | "after" | "when" | "instead" | "by") && tokens.is(gerund, Class::GERUND);
    let from = opens.then(|| after_fronted(tokens)).flatten()?;
    imperative(tokens, from).filter(|found| found.sure).map(|_| from)
}

/// Nouns that may be verbs too: what follows decides.
fn is_noun_phrase(tokens: &Tokens, verb: usize) -> bool {
    const TAKES_FOR: [&str; 10] = ["call", "push", "look", "plan", "search", "advocate", "press", "account", "campaign", "work"];
    let next = tokens.word(verb + 1);
    match next {
        "of" | "from" | "between" | "among" | "is" | "are" | "was" | "were" | "has" | "have" => true,
        "for" => !TAKES_FOR.contains(&tokens.word(verb)),
        "in" => !matches!(tokens.word(verb), "plan" | "work" | "trade" | "rein" | "share" | "step" | "bring" | "phase" | "lock"),
        "and" | "or" => !tokens.is(verb + 2, Class::BASE) || tokens.is(verb + 3, Class::PREPOSITION) && tokens.is(verb + 2, Class::NOUN),
        // "Draft Report": a title.
        _ => {
            tokens.is(verb, Class::CAPITAL) && tokens.is(verb + 1, Class::CAPITAL) && tokens.is(verb + 1, Class::NOUN)
                || tokens.is(verb + 1, Class::COLON.and(Class::STOP).and(Class::DASH))
        }
    }
}

/// "Table 2", "Phase 1:", "Review phases": a number, or a short compound without the marks of a sentence, where the first word is a noun too.
fn is_title(tokens: &Tokens, verb: usize) -> bool {
    const USUAL: [&str; 20] = [
        "increase", "support", "fund", "reform", "boost", "limit", "cut", "end", "raise", "stop", "halt", "ban", "tax", "fight", "combat", "finance", "target",
        "share", "address", "promote",
    ];
    const OBJECT: Class =
        Class::DETERMINER.and(Class::PREPOSITION).and(Class::PRONOUN).and(Class::ADVERB).and(Class::TO).and(Class::THAT).and(Class::CONJUNCTION);
    let next = verb + 1;
    if tokens.is(next, Class::NUMBER) && !USUAL.contains(&tokens.word(verb)) {
        let after = tokens.class(next + 1);
        return next + 1 >= tokens.len()
            || after.any(Class::PUNCTUATION.and(Class::THIRD).and(Class::PAST))
            || !tokens.written(next + 1).starts_with(char::is_alphabetic);
    }
    let stopped = tokens.len() > 0 && tokens.is(tokens.len() - 1, Class::STOP.and(Class::SEMICOLON));
    !stopped && tokens.len() - verb <= 4 && !tokens.is(next, OBJECT) && !USUAL.contains(&tokens.word(verb))
}

/// A finite verb before any subordinate clause: the first word was a subject.
#[must_use]
pub fn has_main_verb(tokens: &Tokens, from: usize) -> bool {
    const SUBORDINATE: Class =
        Class::RELATIVE.and(Class::INTERROGATIVE).and(Class::THAT).and(Class::SEMICOLON).and(Class::COLON).and(Class::STOP).and(Class::DASH);
    for at in from..tokens.len() {
        let class = tokens.class(at);
        if class.any(SUBORDINATE) || class.any(Class::SUBORDINATOR) && !class.any(Class::PREPOSITION) {
            return false;
        }
        if class.any(Class::AUXILIARY.and(Class::MODAL)) {
            return true;
        }
    }
    false
}

/// Verbs with which a text speaks to its reader: "See Annex B", "Note that".
#[must_use]
pub fn addresses_reader(scene: &Scene, imperative: Imperative) -> bool {
    // "Consider opening the register": an option put forward, no look at something.
    let weighed = scene.tokens.word(imperative.verb) == "consider" && scene.tokens.is(imperative.verb + 1, Class::GERUND);
    !weighed && scene.tokens.plays(imperative.verb, Role::READER)
}
