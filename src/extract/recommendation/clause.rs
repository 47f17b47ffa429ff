//! The clause to the left of a finite operator: its subject, and how it hangs in the sentence.
//!
//! A light parser without a tagger: it walks left from the operator over words of known classes. Where it cannot tell, it gives the nearest
//! reading and the main clause.

use std::ops::Range;

use super::token::Tokens;
use super::word::{Class, Role};

/// How a clause hangs in its sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Link {
    Main,
    /// After "and", "but", "so" or "or", which stands before the clause.
    Coordinate,
    /// "argues that …", "the view that …": the token that governs the clause.
    Content(usize),
    Relative,
    /// "how …", "whether …".
    Question,
    /// "if …", "unless …".
    Condition,
    /// "because …", "so that …".
    Reason,
    /// "while …", "although …".
    Concession,
    /// "than …".
    Comparison,
}

/// A clause as far as it stands left of its operator.
#[derive(Debug, Clone)]
pub struct Clause {
    pub link: Link,
    /// The subject's tokens; empty if there is none.
    pub subject: Range<usize>,
}

const STRONG: Class = Class::SEMICOLON.and(Class::COLON).and(Class::DASH).and(Class::STOP);

/// Analyses the clause of the operator at `operator`.
#[must_use]
pub fn clause(tokens: &Tokens, operator: usize) -> Clause {
    let end = subject_end(tokens, operator);
    let mut walk = Walk { tokens, end, pending: 0, in_list: false };
    let (start, link) = walk.left();
    let mut subject = trim_subject(tokens, start.min(end)..end);
    // "the community, particularly its largest members, must": they belong to the subject.
    let singles_out = matches!(tokens.word(end + 1), "particularly" | "especially" | "including" | "notably")
        || tokens.at(end + 1, &["in", "particular"])
        || tokens.at(end + 1, &["above", "all"]);
    if tokens.is(end, Class::COMMA) && singles_out && !subject.is_empty() {
        subject.end = (end + 2..operator).rev().find(|&at| tokens.is(at, Class::COMMA)).unwrap_or(operator);
    }
    let link = if matches!(link, Link::Main | Link::Coordinate | Link::Concession) && is_contact(tokens, &subject) { Link::Relative } else { link };
    let link = if is_in_absence(tokens, operator) { Link::Condition } else { link };
    Clause { link, subject }
}

/// "Absent proof that more money is needed, Congress should": what stands before the comma only sets a condition.
fn is_in_absence(tokens: &Tokens, operator: usize) -> bool {
    let opens = matches!(tokens.word(0), "absent" | "barring") || tokens.at(0, &["in", "the", "absence", "of"]);
    opens && !(0..operator).any(|at| tokens.is(at, Class::COMMA)) && (operator..tokens.len()).any(|at| tokens.is(at, Class::COMMA))
}

/// The head of a subject: the last word before its first preposition. None where a preposition opens it.
#[must_use]
pub fn head(tokens: &Tokens, subject: &Range<usize>) -> Option<usize> {
    let end = subject.clone().find(|&at| tokens.is(at, Class::PREPOSITION)).unwrap_or(subject.end);
    end.checked_sub(1).filter(|&head| head >= subject.start)
}

/// "the role the government should play", "the cable they have to look after": the operator is in a relative clause without its pronoun, for a noun
/// phrase stands right before the subject.
fn is_contact(tokens: &Tokens, subject: &Range<usize>) -> bool {
    const OPENERS: Class = Class::PREPOSITION.and(Class::SUBORDINATOR).and(Class::ADVERB).and(Class::LINK).and(Class::TO).and(Class::GERUND);
    if tokens.is(subject.start, OPENERS) && !tokens.is(subject.start, Class::DETERMINER) {
        return false;
    }
    (subject.start + 2..subject.end).any(|at| {
        let pronoun = matches!(tokens.word(at), "they" | "we" | "it" | "he" | "she" | "you" | "i");
        let article = matches!(tokens.word(at), "the" | "an" | "a" | "its" | "their" | "our" | "your" | "his" | "her" | "my");
        // "everything you need to know": only before a pronoun.
        let anything = pronoun && matches!(tokens.word(at - 1), "everything" | "anything" | "something" | "nothing" | "all");
        (pronoun && at + 1 == subject.end || article) && (anything || is_plain_noun(tokens, at - 1)) && !is_time(tokens.word(at - 1))
    })
}

/// A word that only a noun or an unknown word can be, with a determiner or adjective before it.
fn is_plain_noun(tokens: &Tokens, at: usize) -> bool {
    const BEFORE: Class = Class::PUNCTUATION.and(Class::CONJUNCTION).and(Class::AUXILIARY).and(Class::MODAL).and(Class::TO).and(Class::PRONOUN);
    let class = tokens.class(at);
    let noun = class == Class::NONE || class.any(Class::NOUN) && tokens.before(at).any(Class::DETERMINER);
    noun && (!tokens.before(at).any(BEFORE) || tokens.before(at).any(Class::DETERMINER))
}

/// Nouns of time that open a clause without a preposition: "This year the council should".
fn is_time(word: &str) -> bool {
    matches!(word, "year" | "month" | "week" | "today" | "time" | "day" | "decade" | "tomorrow" | "moment" | "years" | "months" | "times" | "result")
}

/// Leaves adverbs and insertions between subject and operator out: "Governments, in all cases, should", "The board also must".
fn subject_end(tokens: &Tokens, operator: usize) -> usize {
    let mut end = operator;
    loop {
        let before = tokens.before(end);
        if before.any(Class::ADVERB.and(Class::LINK)) && !before.any(Class::PREPOSITION.and(Class::DETERMINER).and(Class::NOUN)) {
            end -= 1;
            continue;
        }
        let mark = if before.any(Class::COMMA) {
            Class::COMMA
        } else if before.any(Class::DASH) {
            Class::DASH
        } else {
            return end;
        };
        let Some(opening) = insertion(tokens, end - 1, mark) else { return end };
        end = opening;
    }
}

/// The nearest mark of this class before `before`, brackets skipped.
fn previous(tokens: &Tokens, before: usize, mark: Class) -> Option<usize> {
    let mut at = before;
    while at > 0 {
        at -= 1;
        let class = tokens.class(at);
        if class.any(mark) {
            return Some(at);
        }
        if class.any(STRONG) {
            return None;
        }
        if class.any(Class::CLOSE) {
            at = opening(tokens, at);
        }
    }
    None
}

/// The bracket that the one at `close` closes; `close` itself if there is none.
fn opening(tokens: &Tokens, close: usize) -> usize {
    let mut depth = 0usize;
    for at in (0..=close).rev() {
        if tokens.is(at, Class::CLOSE) {
            depth += 1;
        } else if tokens.is(at, Class::OPEN) {
            depth -= 1;
            if depth == 0 {
                return at;
            }
        }
    }
    close
}

/// The mark that opens the insertion which the mark at `closing` closes. An insertion may hold a list with commas of its own.
fn insertion(tokens: &Tokens, closing: usize, mark: Class) -> Option<usize> {
    let mut at = closing;
    for _ in 0..4 {
        at = previous(tokens, at, mark)?;
        if mark.any(Class::DASH) || is_insertion(tokens, at + 1) {
            return Some(at);
        }
    }
    None
}

fn is_insertion(tokens: &Tokens, at: usize) -> bool {
    const OPENERS: Class = Class::PREPOSITION
        .and(Class::SUBORDINATOR)
        .and(Class::RELATIVE)
        .and(Class::ADVERB)
        .and(Class::LINK)
        .and(Class::GERUND)
        .and(Class::PARTICIPLE)
        .and(Class::DETERMINER)
        .and(Class::CONJUNCTION)
        .and(Class::NEGATION);
    tokens.is(at, OPENERS) || matches!(tokens.word(at), "especially" | "such" | "subject" | "where" | "at")
}

/// Drops connectives that stand before the subject proper: "and", "then", "therefore", an opening quotation mark.
fn trim_subject(tokens: &Tokens, mut subject: Range<usize>) -> Range<usize> {
    while subject.start < subject.end {
        let class = tokens.class(subject.start);
        let connective = class.any(Class::CONJUNCTION.and(Class::LINK).and(Class::PUNCTUATION))
            || (class.any(Class::ADVERB) && !class.any(Class::DETERMINER.and(Class::NOUN)))
            || tokens.word(subject.start) == "that" && subject.len() > 1 && tokens.is(subject.start + 1, Class::DETERMINER.and(Class::CAPITAL));
        let both = matches!(tokens.word(subject.start), "either" | "both" | "better");
        if both || !connective || tokens.is(subject.start, Class::OPEN) {
            break;
        }
        subject.start += 1;
    }
    while subject.start < subject.end && tokens.is(subject.end - 1, Class::COMMA.and(Class::QUOTE)) {
        subject.end -= 1;
    }
    subject
}

struct Walk<'a, 't> {
    tokens: &'a Tokens<'t>,
    end: usize,
    /// Finite verbs met whose clause has not been closed by its subordinator.
    pending: usize,
    /// The subject is a list with commas.
    in_list: bool,
}

impl Walk<'_, '_> {
    /// The token at which the subject starts, and how its clause hangs in the sentence.
    fn left(&mut self) -> (usize, Link) {
        let mut at = self.end;
        while at > 0 {
            let here = at - 1;
            let class = self.tokens.class(here);
            if class.any(Class::CLOSE) {
                at = opening(self.tokens, here);
                continue;
            }
            if class.any(STRONG) || class.any(Class::OPEN) {
                return (at, Link::Main);
            }
            let found = if class.any(Class::COMMA) {
                self.at_comma(here)
            } else if class.any(Class::THAT) {
                self.at_that(here)
            } else if class.any(Class::RELATIVE.and(Class::INTERROGATIVE)) {
                self.at_pronoun(here)
            } else if class.any(Class::SUBORDINATOR) || class.any(Class::PREPOSITION) && self.tokens.word(here) == "than" {
                self.at_subordinator(here)
            } else if class.any(Class::CONJUNCTION) {
                self.at_conjunction(here)
            } else {
                self.at_word(here)
            };
            if let Some(link) = found {
                return (at, link);
            }
            at = here;
        }
        (0, Link::Main)
    }

    fn at_comma(&mut self, comma: usize) -> Option<Link> {
        let next = comma + 1;
        let coordinated = self.tokens.is(next, Class::CONJUNCTION) || self.tokens.at(next, &["as", "well", "as"]);
        if !coordinated && !self.in_list {
            return Some(self.enclosing(comma, 0));
        }
        let before = previous(self.tokens, comma, Class::COMMA.and(STRONG)).map_or(0, |mark| mark + 1);
        if coordinated && self.is_pronoun(next + 1) {
            return Some(Link::Coordinate);
        }
        if self.is_nominal(before..comma) {
            self.in_list = true;
            return None;
        }
        Some(if coordinated { Link::Coordinate } else { self.enclosing(comma, 0) })
    }

    /// "and it", "and there": a subject of its own, no member of a list as "and others" is.
    fn is_pronoun(&self, at: usize) -> bool {
        self.tokens.is(at, Class::PRONOUN) && !self.tokens.is(at, Class::DETERMINER) && self.tokens.word(at) != "others"
    }

    /// A stretch between commas that can be a member of a list of nouns.
    fn is_nominal(&self, range: Range<usize>) -> bool {
        let opener = self.tokens.class(range.start);
        const OPENERS: Class = Class::SUBORDINATOR.and(Class::TO).and(Class::LINK).and(Class::RELATIVE).and(Class::INTERROGATIVE);
        // "deploy advisers, and states should": a verb with its object.
        let verbal = opener.any(Class::BASE) && !opener.any(Class::NOUN.and(Class::CAPITAL).and(Class::PREPOSITION)) && range.len() > 1;
        if range.is_empty() || verbal || opener.any(OPENERS) || (opener.any(Class::PREPOSITION) && !opener.any(Class::GERUND)) {
            return false;
        }
        !range.clone().any(|at| self.tokens.is(at, Class::AUXILIARY.and(Class::MODAL)) || self.is_finite(at))
    }

    fn at_that(&mut self, that: usize) -> Option<Link> {
        if that == 0 {
            return Some(Link::Main);
        }
        let before = self.tokens.before(that);
        let previous_word = self.tokens.word(that - 1);
        if self.pending > 0 {
            self.pending -= 1;
            return None;
        }
        if matches!(previous_word, "so" | "such") {
            return Some(Link::Reason);
        }
        // "It is for this reason that the ministry should act".
        let reason = matches!(previous_word, "reason" | "reasons") && that >= 3 && matches!(self.tokens.word(that - 2), "this" | "these" | "that" | "those");
        if reason && self.tokens.word(that - 3) == "for" {
            return Some(Link::Main);
        }
        if before.any(Class::CONJUNCTION) {
            // "argues that A … and that B should": governed as the first is.
            return Some(self.enclosing(that, 1));
        }
        // "any purpose not in that statement should": a determiner.
        if previous_word == "in" && self.end == that + 2 && self.tokens.class(that + 1) == Class::NONE && !self.tokens.word(that + 1).ends_with('s') {
            return None;
        }
        if before.any(Class::PREPOSITION) && !before.any(Class::VERB) && !matches!(previous_word, "in" | "except" | "given") {
            return None;
        }
        if before.any(Class::COMMA) {
            let governor = (0..that).rev().find(|&at| self.tokens.is(at, Class::VERB) && self.tokens.plays(at, Role::REPORTING));
            return Some(governor.map_or(Link::Relative, Link::Content));
        }
        if that + 1 == self.end && !before.any(Class::VERB.and(Class::BE)) {
            return Some(Link::Relative);
        }
        Some(Link::Content(that - 1))
    }

    fn at_pronoun(&mut self, here: usize) -> Option<Link> {
        let word = self.tokens.word(here);
        if self.pending > 0 {
            self.pending -= 1;
            return None;
        }
        // "those who profit should pay": the relative clause has a verb of its own before the operator.
        let next = here + 1;
        const SUBJECT: Class = Class::DETERMINER.and(Class::PRONOUN).and(Class::CAPITAL);
        if word == "who" && here > 0 && next < self.end && !self.tokens.is(next, SUBJECT) && !self.tokens.before(here).any(Class::VERB.and(Class::COMMA)) {
            return None;
        }
        let before = self.tokens.before(here);
        if word == "why" && before.any(Class::BE) && here >= 2 && matches!(self.tokens.word(here - 2), "this" | "that" | "it" | "which" | "here") {
            // "This is why the ministry should act."
            return Some(Link::Main);
        }
        // "That is the reason why Congress must act."
        let reason = word == "why" && here >= 3 && matches!(self.tokens.word(here - 1), "reason" | "reasons");
        if reason && (here.saturating_sub(4)..here).any(|at| self.tokens.is(at, Class::BE)) {
            return Some(Link::Main);
        }
        if matches!(word, "how" | "what" | "why" | "whether" | "whatever" | "whichever") {
            // "no matter what", "so what" aside, an embedded question.
            return Some(Link::Question);
        }
        let opens = here == 0 || before.any(Class::COMMA.and(Class::CONJUNCTION));
        if matches!(word, "when" | "where") && here == 0 {
            // "Where reports should be sent": a question without its main clause.
            let open = self.end <= 4 && !matches!(self.tokens.word(1), "appropriate" | "possible" | "necessary" | "feasible" | "practicable" | "relevant");
            return open.then_some(Link::Question);
        }
        let governed = before.any(Class::VERB.and(Class::PREPOSITION)) && !before.any(Class::NOUN);
        if here == 0 || (governed && !opens) { Some(Link::Question) } else { Some(Link::Relative) }
    }

    fn at_subordinator(&mut self, here: usize) -> Option<Link> {
        if self.pending > 0 {
            self.pending -= 1;
            return None;
        }
        match self.tokens.word(here) {
            "if" | "unless" | "lest" | "provided" | "whenever" => Some(Link::Condition),
            "because" => Some(Link::Reason),
            "while" | "whilst" | "although" | "though" | "whereas" => Some(Link::Concession),
            "than" if !matches!(self.tokens.word(here.wrapping_sub(1)), "more" | "less" | "fewer") || here + 1 == self.end => Some(Link::Comparison),
            _ => None,
        }
    }

    fn at_conjunction(&mut self, here: usize) -> Option<Link> {
        match self.tokens.word(here) {
            "but" | "yet" | "so" => Some(Link::Coordinate),
            // "Neither the ministry nor the agency should": one subject.
            "nor" if (here.saturating_sub(8)..here).any(|at| self.tokens.word(at) == "neither" && !(at..here).any(|at| self.is_finite(at))) => None,
            "nor" => Some(Link::Coordinate),
            _ => {
                let before = previous(self.tokens, here, Class::COMMA.and(STRONG)).map_or(0, |mark| mark + 1);
                let has_verb = (before..here).any(|at| self.is_finite(at));
                let in_relative = (before..here).any(|at| self.tokens.is(at, Class::RELATIVE.and(Class::SUBORDINATOR)));
                let pronoun = here > 0 && self.is_pronoun(here + 1);
                // "Italy, Spain and Greece": the comma before belongs to the list.
                if self.pending == 0
                    && !has_verb
                    && before > 0
                    && self.tokens.is(before - 1, Class::COMMA)
                    && here - before <= 4
                    && self.is_nominal(before..here)
                {
                    self.in_list = true;
                }
                let indefinite = matches!(self.tokens.word(here + 1), "nobody" | "anyone" | "everyone" | "anybody" | "everybody" | "none");
                // "an identity that anyone may ask for and nobody must hold": both are in the relative clause.
                let in_that =
                    (before..here).any(|at| self.tokens.word(at) == "that" && !self.tokens.before(at).any(Class::VERB.and(Class::PREPOSITION).and(Class::BE)));
                if pronoun && indefinite && (in_relative || in_that) {
                    return Some(Link::Relative);
                }
                (pronoun || self.pending == 0 && has_verb && !in_relative).then_some(Link::Coordinate)
            }
        }
    }

    fn at_word(&mut self, here: usize) -> Option<Link> {
        if !self.is_finite(here) && !self.is_said(here) {
            return None;
        }
        let next = here + 1;
        // "a shop which accepts one must": "accept" takes no clause without "that".
        let reports = self.tokens.plays(here, Role::REPORTING) && !self.tokens.word(here).starts_with("accept");
        if self.pending == 0 && next < self.end && reports && !self.tokens.is(next, Class::PREPOSITION) {
            return Some(Link::Content(here));
        }
        self.pending += 1;
        None
    }

    /// "Critics say the state should": a verb of saying after a bare plural, with the clause that it governs.
    fn is_said(&self, at: usize) -> bool {
        let says = matches!(self.tokens.word(at), "say" | "argue" | "believe" | "think" | "claim" | "insist" | "contend" | "warn" | "feel");
        let plural = at.checked_sub(1).is_some_and(|before| {
            let word = self.tokens.word(before);
            (word.ends_with('s') || matches!(word, "people" | "many" | "some" | "others" | "most"))
                && !self.tokens.is(before, Class::BE.and(Class::AUXILIARY).and(Class::PREPOSITION))
        });
        says && plural && self.tokens.is(at + 1, Class::DETERMINER.and(Class::CAPITAL).and(Class::PRONOUN))
    }

    /// True if the word is plausibly the finite verb of a clause.
    fn is_finite(&self, at: usize) -> bool {
        is_finite(self.tokens, at)
    }

    /// How a clause that begins after the mark or word at `border` hangs in what stands before: past fronted phrases, "argued that, in the end, X should".
    /// `closed` clauses of their own stand between it and the word that governs both.
    fn enclosing(&self, border: usize, closed: usize) -> Link {
        let (mut at, mut pending) = (border, 0usize);
        while at > 0 {
            at -= 1;
            let class = self.tokens.class(at);
            if class.any(Class::CLOSE) {
                at = opening(self.tokens, at);
                continue;
            }
            if class.any(STRONG) {
                return Link::Main;
            }
            let word = self.tokens.word(at);
            if word == "that" && at > 0 {
                let agent = (at.saturating_sub(5)..at).any(|at| {
                    self.tokens.word(at) == "by" && self.tokens.before(at).any(Class::PARTICIPLE.and(Class::ADVERB)) || self.tokens.at(at, &["out", "by"])
                });
                let governed = agent || self.tokens.before(at).any(Class::VERB.and(Class::COMMA));
                if pending <= closed && governed {
                    return Link::Content(at - 1);
                }
                pending = pending.saturating_sub(1);
            } else if matches!(word, "which" | "who") && self.tokens.is(at + 1, Class::COMMA) {
                return Link::Relative;
            } else if class.any(Class::SUBORDINATOR) && !class.any(Class::PREPOSITION) {
                pending = 0;
            } else if class.any(Class::CONJUNCTION) && self.tokens.before(at).any(Class::COMMA) && matches!(word, "but" | "so") {
                return Link::Main;
            } else if is_finite(self.tokens, at) {
                pending += 1;
            }
        }
        Link::Main
    }
}

/// True if the word is plausibly the finite verb of a clause.
#[must_use]
pub fn is_finite(tokens: &Tokens, at: usize) -> bool {
    let (class, before, next) = (tokens.class(at), tokens.before(at), tokens.class(at + 1));
    if class.any(Class::AUXILIARY.and(Class::MODAL)) {
        return !before.any(Class::TO);
    }
    // "the United States and others": no verb.
    if tokens.word(at) == "states" && at > 0 && matches!(tokens.word(at - 1), "united" | "member") {
        return false;
    }
    // "a company which profits should pay"
    if class.any(Class::THIRD) && at > 1 && matches!(tokens.word(at - 1), "which" | "who") {
        let noun = tokens.class(at - 2);
        if noun == Class::NONE || noun.any(Class::NOUN.and(Class::CAPITAL)) {
            return true;
        }
    }
    if class.any(Class::NOUN) {
        let argument = next.any(Class::DETERMINER.and(Class::PRONOUN).and(Class::THAT));
        let modified = before.any(Class::DETERMINER.and(Class::PREPOSITION).and(Class::TO).and(Class::CONJUNCTION)) || before == Class::NONE;
        return argument && !modified && class.any(Class::THIRD.and(Class::PAST).and(Class::BASE));
    }
    if class.any(Class::THIRD) {
        return !class.any(Class::DETERMINER);
    }
    if class.any(Class::PAST) {
        // "how targeted support can help": a participle before its noun.
        if before.any(Class::INTERROGATIVE) && !before.any(Class::RELATIVE) {
            return false;
        }
        return !before.any(Class::DETERMINER.and(Class::BE).and(Class::PREPOSITION)) && !class.any(Class::PREPOSITION);
    }
    // "that" is a determiner too: "governments that make speeches".
    class.any(Class::BASE) && (before.any(Class::RELATIVE) || before.any(Class::PRONOUN) && !before.any(Class::DETERMINER))
}
