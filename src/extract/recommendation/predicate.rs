//! The predicate to the right of an operator: where the action starts and ends.

use super::clause::is_finite;
use super::token::Tokens;
use super::word::{Class, Role};

/// What stands between an operator and its verb.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Verb {
    /// The token at which the action starts: the verb, or an adverb of manner before it.
    pub start: usize,
    /// The verb itself.
    pub verb: usize,
    pub negated: bool,
}

/// Finds the verb after an operator that ends before `from`: "should *not, in any case, rely*", "should also *carefully weigh*".
#[must_use]
pub fn verb_after(tokens: &Tokens, from: usize) -> Verb {
    let (mut at, mut negated) = (from, false);
    let mut start = None;
    loop {
        let class = tokens.class(at);
        // "should, and must, act"
        if class.any(Class::COMMA) && tokens.is(at + 1, Class::CONJUNCTION) && tokens.is(at + 2, Class::MODAL) && tokens.is(at + 3, Class::COMMA) {
            at += 4;
            continue;
        }
        if class.any(Class::COMMA)
            && let Some(closing) = (at + 1..(at + 14).min(tokens.len())).find(|&at| tokens.is(at, Class::COMMA))
            && !tokens.is(at + 1, Class::CONJUNCTION)
        {
            at = closing + 1;
            continue;
        }
        if tokens.at(at, &["not", "only"]) || tokens.at(at, &["not", "just"]) || tokens.at(at, &["not", "merely"]) {
            at += 2;
            continue;
        }
        if tokens.at(at, &["no", "longer"]) {
            negated = true;
            at += 2;
            continue;
        }
        if class.any(Class::NEGATION) {
            negated = true;
            at += 1;
        } else if matches!(tokens.word(at), "each" | "all" | "both" | "together" | "jointly")
            && tokens.is(at + 1, Class::BASE.and(Class::BE).and(Class::ADVERB).and(Class::LINK))
        {
            at += 1;
        } else if matches!(tokens.word(at), "either" | "at" if tokens.word(at) == "either" || tokens.word(at + 1) == "least") {
            at += if tokens.word(at) == "at" { 2 } else { 1 };
        } else if matches!(tokens.word(at), "more" | "most" | "less") && tokens.is(at + 1, Class::ADVERB.and(Class::LINK)) {
            start.get_or_insert(at);
            at += 1;
        } else if (class.any(Class::LINK) || matches!(tokens.word(at), "immediately" | "now" | "soon")) && !class.any(Class::BASE) {
            start = None;
            at += 1;
        } else if class.any(Class::ADVERB) && !class.any(Class::BASE) {
            start.get_or_insert(at);
            at += 1;
        } else {
            return Verb { start: start.unwrap_or(at), verb: at, negated };
        }
    }
}

/// The end of the action that starts at `from`: before a clause of its own, a relative clause or apposition after a comma, or the final stop.
#[must_use]
pub fn action_end(tokens: &Tokens, from: usize) -> usize {
    let mut at = from;
    let mut depth = 0usize;
    while at < tokens.len() {
        let class = tokens.class(at);
        // Nothing else can end it.
        if !class.any(Class::PUNCTUATION.and(Class::CONJUNCTION)) {
            at += 1;
            continue;
        }
        if class.any(Class::OPEN) {
            depth += 1;
        } else if class.any(Class::CLOSE) {
            // "publish: a) the number; b) the cost"
            let item = depth == 0
                && at > from + 1
                && tokens.word(at - 1).len() <= 2
                && tokens.before(at - 1).any(Class::COLON.and(Class::SEMICOLON).and(Class::COMMA).and(Class::CONJUNCTION));
            if depth == 0 && !item {
                break;
            }
            depth = depth.saturating_sub(1);
        } else if depth == 0 && at > from && ends_here(tokens, at, from) {
            break;
        }
        at += 1;
    }
    while at > from && tokens.is(at - 1, Class::COMMA.and(Class::STOP).and(Class::SEMICOLON).and(Class::COLON).and(Class::DASH)) {
        at -= 1;
    }
    // "… (pg.": a bracket that the sentence does not close.
    let open = (from..at).rev().take(6).find(|&at| tokens.is(at, Class::OPEN.and(Class::CLOSE)));
    if let Some(open) = open.filter(|&open| tokens.is(open, Class::OPEN) && open > from) {
        at = open;
        while at > from && tokens.is(at - 1, Class::COMMA.and(Class::STOP)) {
            at -= 1;
        }
    }
    // A closing quotation mark that was opened before the action.
    if at > from + 1 && tokens.is(at - 1, Class::QUOTE) && (from..at).filter(|&at| tokens.is(at, Class::QUOTE)).count() % 2 == 1 {
        at -= 1;
        while at > from && tokens.is(at - 1, Class::COMMA.and(Class::STOP)) {
            at -= 1;
        }
    }
    at
}

fn ends_here(tokens: &Tokens, at: usize, from: usize) -> bool {
    let class = tokens.class(at);
    if class.any(Class::SEMICOLON) {
        let listed = opens_enumeration(tokens, from) || (from + 1..at).any(|at| tokens.is(at, Class::COLON) && is_enumerator(tokens, at + 1));
        // "urge the council to include …; to ensure …; and to invite"
        let next = at + 1 + usize::from(tokens.is(at + 1, Class::CONJUNCTION));
        if from > 0 && tokens.is(from - 1, Class::TO) && tokens.is_infinitive(next) && !tokens.is(next, Class::CAPITAL) {
            return false;
        }
        return !(listed && is_enumerator(tokens, at + 1 + usize::from(tokens.is(at + 1, Class::CONJUNCTION))));
    }
    if class.any(Class::STOP) {
        return at + 1 >= tokens.len() || (at + 1..tokens.len()).all(|at| tokens.is(at, Class::PUNCTUATION));
    }
    if class.any(Class::COLON) {
        return at + 1 >= tokens.len() || (starts_clause(tokens, at + 1) && tokens.word(at - 1) != "read" && !is_enumerator(tokens, at + 1));
    }
    if class.any(Class::DASH) {
        // "thinking about the objectives — and the extent to which": more of the same.
        if tokens.is(at + 1, Class::CONJUNCTION) && tokens.is(at + 2, Class::DETERMINER) && !starts_clause(tokens, at + 2) {
            return false;
        }
        return !is_paired_dash(tokens, at, from);
    }
    if class.any(Class::COMMA) {
        return ends_at_comma(tokens, at, from);
    }
    // "amend the Act so there are consequences": a purpose.
    if class.any(Class::CONJUNCTION) && tokens.word(at) != "so" {
        return !tokens.before(at).any(Class::COMMA) && at > from + 1 && starts_clause(tokens, at + 1) && !is_embedded(tokens, from, at);
    }
    false
}

/// "(1) establish a register; (2) train staff": the action is the first of several within the sentence.
fn opens_enumeration(tokens: &Tokens, from: usize) -> bool {
    from >= 2 && tokens.before(from).any(Class::CLOSE) && matches!(tokens.word(from - 2), "1" | "a" | "i")
}

/// "(2)", "2)" at `at`.
fn is_enumerator(tokens: &Tokens, at: usize) -> bool {
    let at = at + usize::from(tokens.is(at, Class::OPEN));
    tokens.is(at + 1, Class::CLOSE) && tokens.word(at).len() <= 3
}

/// A clause after "and" belongs to a subordinate clause inside the action if one opens right before.
fn is_embedded(tokens: &Tokens, from: usize, conjunction: usize) -> bool {
    (from..conjunction).rev().take(14).any(|at| {
        let subordinate = tokens.is(at, Class::INTERROGATIVE) || tokens.is(at, Class::SUBORDINATOR) && !tokens.is(at, Class::PREPOSITION);
        tokens.word(at) == "that" && (tokens.before(at).any(Class::VERB) || tokens.at(at.saturating_sub(1), &["so"])) || subordinate
    }) && !tokens.is(conjunction + 1, Class::PRONOUN)
}

/// A dash that opens an insertion which a second dash closes, with text after it.
fn is_paired_dash(tokens: &Tokens, at: usize, from: usize) -> bool {
    let before = (from..at).filter(|&at| tokens.is(at, Class::DASH)).count();
    if before % 2 == 1 {
        return true;
    }
    let closing = (at + 1..tokens.len().min(at + 40)).find(|&at| tokens.is(at, Class::DASH));
    closing.is_some_and(|closing| closing + 2 < tokens.len() && !tokens.is(closing + 1, Class::PRONOUN)) || is_range_dash(tokens, at)
}

/// "public–private", "2010–2020": no white space on either side and no clause after it.
fn is_range_dash(tokens: &Tokens, at: usize) -> bool {
    let en = matches!(tokens.written(at), "–");
    en && !tokens.spaced(at) && !tokens.spaced(at + 1)
}

fn ends_at_comma(tokens: &Tokens, comma: usize, from: usize) -> bool {
    let next = comma + 1;
    // "While A should be done, B must be": the clause that opens with "while" ends before the main one.
    if matches!(tokens.word(0), "while" | "although" | "though" | "whereas" | "whilst") && starts_clause(tokens, next) {
        return true;
    }
    // "agree, within six months, a process by which": the object stands behind the insertion.
    let opener = tokens.is(from + 2, Class::PREPOSITION) || matches!(tokens.word(from + 2), "but" | "or" | "where" | "if") && !tokens.is(from + 3, Class::BASE);
    if tokens.is(from + 1, Class::COMMA) && comma > from + 2 && opener && !(from + 2..comma).any(|at| tokens.is(at, Class::COMMA)) {
        return false;
    }
    let (class, word) = (tokens.class(next), tokens.word(next));
    if matches!(word, "which" | "who" | "whose" | "whom" | "where" | "thus" | "thereby") || is_prepositional_relative(tokens, next) {
        return !is_inside_subject(tokens, comma, from) && (word != "where" || !is_where_appropriate(tokens, next));
    }
    if matches!(word, "while" | "whilst" | "although" | "though" | "whereas" | "even" | "because" | "since" | "as" | "given" | "lest" | "however" | "so") {
        // "so that a crew keeps its engine": a purpose. "as appropriate", "as part of", "as well as" go on.
        if tokens.at(next, &["so", "that"]) {
            return false;
        }
        let goes_on =
            word == "as" && matches!(tokens.word(next + 1), "appropriate" | "well" | "applicable" | "necessary" | "needed" | "part" | "required" | "soon");
        // "through a process, as envisaged in the charter, to strengthen": an insertion.
        let inserted = word == "as"
            && tokens.is(next + 1, Class::PARTICIPLE)
            && (next + 2..(next + 12).min(tokens.len())).find(|&at| tokens.is(at, Class::COMMA)).is_some_and(|closing| tokens.is_infinitive(closing + 1));
        return !goes_on && !inserted;
    }
    if matches!(word, "especially" | "particularly" | "notably" | "namely" | "such" | "e.g" | "i.e" | "specifically") || tokens.at(next, &["rather", "than"]) {
        return true;
    }
    if class.any(Class::CONJUNCTION) {
        if word == "or" && from > 0 && tokens.word(from - 1) == "either" {
            return false;
        }
        if word == "and" && is_next_operative(tokens, next + 1) {
            return true;
        }
        // "perform, but not be constrained by, the functions": the object of both verbs stands behind.
        if comma == from + 1
            && word == "but"
            && tokens.is(next + 1, Class::NEGATION)
            && (next + 2..next + 9).any(|at| tokens.is(at, Class::COMMA) && tokens.is(at + 1, Class::DETERMINER))
        {
            return false;
        }
        let turns = word == "but" && !matches!(tokens.word(next + 1), "also" | "rather" | "not" | "instead") || word == "nor";
        return turns || starts_clause(tokens, next + 1);
    }
    if word == "both" {
        return tokens.word(next + 1) != "by";
    }
    if class.any(Class::PARTICIPLE) && !class.any(Class::BASE) && tokens.is(next + 1, Class::PREPOSITION.and(Class::TO)) {
        return true;
    }
    is_attribution(tokens, next) || comma > from + 1 && is_apposition(tokens, next) && !tokens.before(comma).any(Class::ADVERB)
}

/// "it is vital that this approach, which rests on trust, continues": the relative clause stands between a subject and its verb.
fn is_inside_subject(tokens: &Tokens, comma: usize, from: usize) -> bool {
    const FINITE: Class = Class::THIRD.and(Class::BASE).and(Class::BE).and(Class::AUXILIARY).and(Class::MODAL);
    let verbless = !(from..comma).any(|at| tokens.is(at, FINITE) && !tokens.is(at, Class::NOUN.and(Class::DETERMINER).and(Class::PREPOSITION)));
    let closing = (comma + 2..(comma + 40).min(tokens.len())).find(|&at| tokens.is(at, Class::COMMA.and(Class::SEMICOLON)));
    verbless && closing.is_some_and(|closing| tokens.is(closing, Class::COMMA) && tokens.is(closing + 1, FINITE) && !tokens.is(closing + 1, Class::PREPOSITION))
}

/// "Stresses that governments should pay, and calls upon donors": the next verb of a resolution's paragraph.
fn is_next_operative(tokens: &Tokens, at: usize) -> bool {
    let verb = if tokens.is(at, Class::ADVERB.and(Class::LINK)) { at + 1 } else { at };
    let object = tokens.is(verb + 1, Class::DETERMINER.and(Class::CAPITAL).and(Class::THAT)) || matches!(tokens.word(verb + 1), "upon" | "on");
    tokens.is(0, Class::THIRD) && tokens.is(0, Class::CAPITAL) && tokens.is(verb, Class::THIRD) && object
}

/// "in which", "most of whom", "each of which".
fn is_prepositional_relative(tokens: &Tokens, at: usize) -> bool {
    (at + 1..at + 4).any(|at| matches!(tokens.word(at), "which" | "whom") && tokens.before(at).any(Class::PREPOSITION)) || tokens.word(at + 1) == "which"
}

fn is_where_appropriate(tokens: &Tokens, at: usize) -> bool {
    matches!(tokens.word(at + 1), "appropriate" | "possible" | "necessary" | "feasible" | "applicable" | "relevant" | "practicable" | "needed")
}

/// ", Human Rights Watch said today.": a name and a verb of saying close to the end.
fn is_attribution(tokens: &Tokens, at: usize) -> bool {
    let limit = (at + 14).min(tokens.len());
    let Some(verb) = (at..limit).find(|&at| tokens.is(at, Class::THIRD.and(Class::PAST)) && tokens.plays(at, Role::REPORTING)) else { return false };
    verb > at && verb + 4 >= tokens.len() && !(at..verb).any(|at| tokens.is(at, Class::COMMA.and(Class::TO).and(Class::RELATIVE).and(Class::MODAL)))
}

/// ", a step that …", ", both areas where …": a noun phrase alone up to the end, and no member of a list.
fn is_apposition(tokens: &Tokens, at: usize) -> bool {
    let opens = matches!(tokens.word(at), "a" | "an" | "the" | "both" | "one" | "two" | "each" | "something" | "this" | "all");
    let mut depth = 0;
    let in_list = (at..tokens.len()).take_while(|&at| !tokens.is(at, Class::SEMICOLON)).any(|at| {
        depth += i32::from(tokens.is(at, Class::OPEN)) - i32::from(tokens.is(at, Class::CLOSE));
        depth == 0 && matches!(tokens.word(at), "and" | "or")
    });
    opens && !in_list
}

/// True if a clause of its own, with subject and finite verb, starts at `at`.
#[must_use]
pub fn starts_clause(tokens: &Tokens, at: usize) -> bool {
    let first = tokens.class(at);
    let mut at = at;
    if tokens.is(at, Class::LINK) {
        at += 1;
    }
    if tokens.is(at, Class::PRONOUN) && !tokens.is(at, Class::DETERMINER) {
        return is_finite(tokens, at + 1) || tokens.is(at + 1, Class::MODAL.and(Class::AUXILIARY).and(Class::THIRD).and(Class::PAST));
    }
    if first.any(Class::TO.and(Class::PREPOSITION).and(Class::GERUND).and(Class::RELATIVE).and(Class::INTERROGATIVE).and(Class::NEGATION)) {
        return false;
    }
    if first.any(Class::BASE) && !first.any(Class::NOUN.and(Class::CAPITAL)) {
        return false;
    }
    let mut depth = 0usize;
    for here in at..(at + 24).min(tokens.len()) {
        let class = tokens.class(here);
        if class.any(Class::OPEN) {
            depth += 1;
        } else if class.any(Class::CLOSE) {
            depth = depth.saturating_sub(1);
        }
        if depth > 0 {
            continue;
        }
        if class.any(Class::COMMA.and(Class::SEMICOLON).and(Class::COLON).and(Class::DASH).and(Class::STOP)) {
            return false;
        }
        let bare_to = class.any(Class::TO) && here == at + 1;
        if bare_to || class.any(Class::RELATIVE.and(Class::SUBORDINATOR).and(Class::INTERROGATIVE)) && !class.any(Class::PREPOSITION) {
            return false;
        }
        // "timely data they need": a contact clause.
        if here > at + 1 && class.any(Class::PRONOUN) && !class.any(Class::DETERMINER) && !tokens.before(here).any(Class::VERB.and(Class::PREPOSITION)) {
            return false;
        }
        let needs = matches!(tokens.word(here), "needs" | "need") && tokens.is(here + 1, Class::TO) && !tokens.before(here).any(Class::DETERMINER);
        if here > at && (class.any(Class::MODAL.and(Class::AUXILIARY)) || needs) {
            return true;
        }
    }
    false
}
