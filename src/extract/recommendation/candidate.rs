//! What the finders of one sentence work on and give.

use std::ops::Range;

use super::clause::{Clause, Link};
use super::grammar::Grammar;
use super::predicate::{Verb, action_end, verb_after};
use super::reported::{Voice, voice};
use super::token::Tokens;
use super::word::{Class, Role};
use crate::record::{Polarity, Strength};
use crate::rule::{Rule, RuleId};
use crate::span::Span;

/// One sentence and where it stands.
pub struct Scene<'a> {
    pub tokens: Tokens<'a>,
    pub grammar: &'a Grammar,
    /// It stands in a section of recommendations, or its heading says so.
    pub advice: bool,
    /// It is an item of a list.
    pub item: bool,
    /// The document gives orders: a memorandum or directive.
    pub directive: bool,
    /// Its heading says that it tells what the law or the present rules are.
    pub legal: bool,
    /// It is the first sentence of its block.
    pub first: bool,
    /// Quotations in its block.
    pub quotations: &'a [Span],
}

/// A clause that recommends, by tokens of its sentence.
#[derive(Debug, Clone)]
pub struct Candidate {
    pub rule: RuleId,
    /// Where its clause starts, for order and for splitting.
    pub start: usize,
    /// The operator: "should not", "is essential".
    pub operator: Range<usize>,
    /// Noun phrases that may name who is to act.
    pub addressees: Vec<Range<usize>>,
    pub action: Range<usize>,
    pub strength: Strength,
    pub polarity: Polarity,
    pub confidence: f32,
    /// Who demands it, if not the author.
    pub voice: Voice,
    /// It counts only if an actor is found among its addressees.
    pub needs_actor: bool,
    /// The subject is to be made to act: it is addressed only where nobody else is.
    pub obliged: bool,
    /// The verb is active: its subject acts.
    pub active: bool,
    /// Where the recommendation ends, if not with its sentence.
    pub until: Option<usize>,
}

impl Scene<'_> {
    /// The quotation that holds a token, as a range of tokens of this sentence.
    #[must_use]
    pub fn quotation(&self, token: usize) -> Option<Range<usize>> {
        let at = self.tokens.start(token);
        let span = self.quotations.iter().find(|span| span.contains_offset(at))?;
        Some(self.tokens.index_at(span.start())..self.tokens.index_at(span.end()))
    }

    /// Whose words the clause is.
    #[must_use]
    pub fn voice(&self, clause: &Clause, operator: usize) -> Voice {
        let start = self.tokens.start(0);
        let follows_quotation = self.quotations.iter().any(|span| span.end() <= start || span.start() < start && span.contains_offset(start));
        voice(&self.tokens, clause, operator, self.quotation(operator), follows_quotation, self.grammar)
    }

    /// True if the sentence asks.
    #[must_use]
    pub fn is_question(&self) -> bool {
        let last = (0..self.tokens.len()).rev().find(|&at| !self.tokens.is(at, Class::QUOTE.and(Class::CLOSE)));
        last.is_some_and(|at| self.tokens.word(at) == "?")
    }

    /// A candidate whose operator ends before `verb_from`, with the action from the verb on.
    #[must_use]
    pub fn candidate(&self, rule: RuleId, clause: &Clause, operator: Range<usize>, verb: Verb) -> Candidate {
        let tokens = &self.tokens;
        let definition: &Rule = self.grammar.get(rule);
        let start = action_start(tokens, verb);
        let end = action_end(tokens, start);
        let passive = tokens.is(verb.verb, Class::BE) || tokens.at(verb.verb, &["be"]);
        let mut addressees = vec![clause.subject.clone()];
        if passive && let Some(agent) = agent(tokens, start..end) {
            addressees = vec![agent];
        } else if passive && !describes_actor(tokens, verb.verb) {
            addressees.clear();
        }
        let obliged = passive && is_obliged(tokens, verb.verb);
        if obliged && addressees.is_empty() {
            addressees.push(clause.subject.clone());
        }
        addressees.retain(|range| !range.is_empty());
        let polarity = polarity(tokens, clause, verb, definition.polarity.unwrap_or_default());
        Candidate {
            rule,
            start: if clause.subject.is_empty() { operator.start } else { clause.subject.start },
            operator: operator.start..verb.start.max(operator.end).min(verb.verb.max(operator.end)),
            addressees,
            action: start..end,
            strength: definition.strength.unwrap_or_default(),
            polarity,
            confidence: definition.confidence,
            voice: self.voice(clause, operator.start),
            needs_actor: false,
            obliged,
            active: !passive,
            until: None,
        }
    }

    /// A candidate whose action starts at `from`.
    #[must_use]
    pub fn acting(&self, rule: RuleId, clause: &Clause, operator: Range<usize>, from: usize) -> Candidate {
        self.candidate(rule, clause, operator, verb_after(&self.tokens, from))
    }
}

/// The word after be and adverbs.
fn complement<'t>(tokens: &'t Tokens, be: usize) -> (usize, &'t str) {
    let mut at = be + 1;
    while tokens.is(at, Class::ADVERB.and(Class::LINK)) && !tokens.is(at, Class::PARTICIPLE) {
        at += 1;
    }
    (at, tokens.word(at))
}

/// "be ready to", "be transparent": what only someone who acts can be.
fn describes_actor(tokens: &Tokens, be: usize) -> bool {
    matches!(
        complement(tokens, be).1,
        "able"
            | "accountable"
            | "alert"
            | "aware"
            | "careful"
            | "cautious"
            | "committed"
            | "explicit"
            | "honest"
            | "mindful"
            | "prepared"
            | "proactive"
            | "ready"
            | "responsible"
            | "responsive"
            | "sensitive"
            | "transparent"
            | "vigilant"
            | "wary"
            | "willing"
    )
}

/// "be obliged to report": who is to be made to act.
fn is_obliged(tokens: &Tokens, be: usize) -> bool {
    let (at, word) = complement(tokens, be);
    let made = matches!(
        word,
        "obliged"
            | "required"
            | "encouraged"
            | "asked"
            | "invited"
            | "expected"
            | "mandated"
            | "compelled"
            | "instructed"
            | "directed"
            | "incentivised"
            | "incentivized"
            | "urged"
    );
    made && (at + 1..at + 5).any(|at| tokens.is_infinitive(at))
}

/// "the goal should be to establish …": the action is what is to be done.
fn action_start(tokens: &Tokens, verb: Verb) -> usize {
    if tokens.at(verb.verb, &["be", "to"]) { verb.verb + 2 } else { verb.start }
}

/// The by-phrase of a passive: "be strengthened by the ministry".
fn agent(tokens: &Tokens, action: Range<usize>) -> Option<Range<usize>> {
    let participle = (action.start + 1..(action.start + 4).min(action.end)).find(|&at| tokens.is(at, Class::PARTICIPLE))?;
    let by = (participle + 1..action.end).take(12).find(|&at| tokens.word(at) == "by")?;
    let first = tokens.class(by + 1);
    // "by 2030", "by publishing": a date or a means.
    if first.any(Class::NUMBER.and(Class::GERUND)) || (by..action.end).len() < 2 {
        return None;
    }
    let stop = Class::PREPOSITION.and(Class::TO).and(Class::RELATIVE).and(Class::SUBORDINATOR).and(Class::COMMA).and(Class::PUNCTUATION);
    let end = (by + 1..action.end).find(|&at| tokens.is(at, stop) && tokens.word(at) != "of" && !is_list_comma(tokens, at)).unwrap_or(action.end);
    (by + 1 < end).then_some(by + 1..end)
}

fn is_list_comma(tokens: &Tokens, at: usize) -> bool {
    tokens.is(at, Class::COMMA) && tokens.is(at + 1, Class::CAPITAL.and(Class::CONJUNCTION))
}

fn polarity(tokens: &Tokens, clause: &Clause, verb: Verb, default: Polarity) -> Polarity {
    let none = !clause.subject.is_empty() && matches!(tokens.word(clause.subject.start), "no" | "not" | "nobody" | "neither" | "nor" | "none");
    let avoids = is_negative_verb(tokens.word(verb.verb));
    let negated = verb.negated != (default == Polarity::DoNot);
    if (negated || none) != avoids && (negated || none || avoids) { Polarity::DoNot } else { Polarity::Do }
}

/// Verbs that ask for something not to be done.
#[must_use]
pub fn is_negative_verb(word: &str) -> bool {
    matches!(word, "avoid" | "avoiding" | "refrain" | "refraining" | "resist" | "resisting" | "stop" | "stopping" | "cease" | "ceasing" | "desist" | "abstain")
}

/// True if a clause that hangs in its sentence like this can recommend.
#[must_use]
pub fn can_recommend(tokens: &Tokens, link: Link) -> bool {
    match link {
        Link::Main | Link::Coordinate | Link::Concession => true,
        Link::Content(governor) => is_content(tokens, governor) && !is_in_option(tokens, governor),
        Link::Relative | Link::Question | Link::Condition | Link::Reason | Link::Comparison => false,
    }
}

/// "Legislatures could provide that no person must": the option is the advice, and its that-clause a part of it.
fn is_in_option(tokens: &Tokens, governor: usize) -> bool {
    let verb = (governor.saturating_sub(2)..=governor).rev().find(|&at| tokens.is(at, Class::BASE));
    verb.and_then(|verb| verb.checked_sub(1)).is_some_and(|before| matches!(tokens.word(before), "could" | "can" | "might"))
}

/// The governor takes a that-clause: a verb, an adjective, a noun of saying. Otherwise "that" is a relative pronoun.
fn is_content(tokens: &Tokens, governor: usize) -> bool {
    const FRAMES: [&str; 25] = [
        "apparent",
        "plain",
        "manifest",
        "clear",
        "obvious",
        "essential",
        "important",
        "vital",
        "critical",
        "imperative",
        "necessary",
        "crucial",
        "desirable",
        "evident",
        "certain",
        "fact",
        "point",
        "principle",
        "sense",
        "conclusion",
        "recommendation",
        "however",
        "therefore",
        "true",
        "appropriate",
    ];
    let word = tokens.word(governor);
    let pointed = governor > 0 && matches!(tokens.word(governor - 1), "this" | "that" | "which" | "it" | "these");
    let noun =
        tokens.is(governor, Class::NOUN) && tokens.before(governor).any(Class::DETERMINER) && !(pointed && tokens.is(governor, Class::THIRD.and(Class::PAST)));
    let verb = tokens.is(governor, Class::VERB.and(Class::BE)) && !noun;
    // "it was pointed out by the union that".
    let agent = (governor.saturating_sub(5)..governor)
        .any(|at| tokens.word(at) == "by" && (tokens.before(at).any(Class::PARTICIPLE) || tokens.word(at.saturating_sub(1)) == "out"));
    verb || agent
        || FRAMES.contains(&word)
        || tokens.plays(governor, Role::REPORTED_NOUN)
        || tokens.is(governor, Class::SELF.and(Class::PRONOUN).and(Class::COMMA))
}
