//! The parts of a recommendation around its action: purpose, condition, deadline, what happens otherwise, coordinated actions.

use std::ops::Range;

use super::candidate::Candidate;
use super::token::Tokens;
use super::word::{Class, Role};

/// Parts of one recommendation, as tokens.
#[derive(Debug, Default, Clone)]
pub struct Frame {
    pub purpose: Option<Range<usize>>,
    pub condition: Option<Range<usize>>,
    pub deadline: Option<Range<usize>>,
    pub or_else: Option<Range<usize>>,
    pub actions: Vec<Range<usize>>,
}

/// Reads the parts of a recommendation that covers `range`.
#[must_use]
pub fn frame(tokens: &Tokens, range: Range<usize>, candidate: &Candidate) -> Frame {
    let action = candidate.action.clone();
    Frame {
        purpose: purpose(tokens, &range, &action),
        condition: condition(tokens, &range, &action),
        deadline: deadline(tokens, &range),
        or_else: or_else(tokens, &range),
        actions: actions(tokens, &action),
    }
}

/// "To cut costs, …", "… in order to cut costs", "… so that costs fall", "… to cut costs".
fn purpose(tokens: &Tokens, range: &Range<usize>, action: &Range<usize>) -> Option<Range<usize>> {
    let opens = tokens.is(range.start, Class::TO) && tokens.is(range.start + 1, Class::BASE.and(Class::ADVERB).and(Class::BE))
        || tokens.at(range.start, &["in", "order", "to"]);
    if opens && let Some(end) = fronted(tokens, range) {
        return Some(range.start..end);
    }
    let phrase = tokens.playing(action.start + 2..action.end, Role::PURPOSE).find(|&at| {
        tokens.at(at, &["in", "order", "to"])
            || tokens.at(at, &["so", "that"])
            || tokens.at(at, &["so", "as", "to"])
            || tokens.at(at, &["with", "a", "view", "to"])
    });
    let infinitive = (action.start + 2..phrase.unwrap_or(action.end)).find(|&at| is_purpose_infinitive(tokens, at, action));
    Some(infinitive.or(phrase)?..action.end)
}

/// An infinitive after a finished object: not one that the verb before it governs.
fn is_purpose_infinitive(tokens: &Tokens, at: usize, action: &Range<usize>) -> bool {
    const GOVERNS: [&str; 26] = [
        "ability",
        "need",
        "right",
        "duty",
        "effort",
        "efforts",
        "capacity",
        "obligation",
        "decision",
        "plan",
        "plans",
        "willingness",
        "opportunity",
        "power",
        "attempt",
        "attempts",
        "commitment",
        "according",
        "approach",
        "access",
        "relation",
        "respect",
        "authority",
        "steps",
        "way",
        "ways",
    ];
    if !(tokens.is(at, Class::TO) && tokens.is(at + 1, Class::BASE.and(Class::BE))) {
        return false;
    }
    let before = tokens.before(at);
    let governed = before.any(Class::VERB.and(Class::ADVERB)) && !before.any(Class::NOUN)
        || before.any(Class::NEGATION.and(Class::LINK))
        || GOVERNS.contains(&tokens.word(at - 1));
    let object = (action.start + 1..at).any(|at| {
        tokens.is(at, Class::DETERMINER.and(Class::CAPITAL)) || !tokens.is(at, Class::VERB.and(Class::ADVERB).and(Class::PREPOSITION).and(Class::CONJUNCTION))
    });
    let causes = (action.start..at).any(|at| {
        matches!(
            tokens.word(at),
            "encourage"
                | "require"
                | "allow"
                | "enable"
                | "direct"
                | "ask"
                | "invite"
                | "urge"
                | "press"
                | "help"
                | "push"
                | "permit"
                | "oblige"
                | "instruct"
                | "incentivise"
                | "incentivize"
        )
    });
    object && !governed && !causes
}

/// The end of a phrase that stands before a comma at the head of the recommendation.
fn fronted(tokens: &Tokens, range: &Range<usize>) -> Option<usize> {
    range.clone().find(|&at| tokens.is(at, Class::COMMA)).filter(|&at| at > range.start)
}

/// "If X, …", "… unless X", "where appropriate".
fn condition(tokens: &Tokens, range: &Range<usize>, action: &Range<usize>) -> Option<Range<usize>> {
    let opens = |at: usize| {
        matches!(tokens.word(at), "if" | "unless" | "provided" | "once" | "whenever" | "wherever")
            || (matches!(tokens.word(at), "where" | "when")
                && (at == range.start
                    || tokens.before(at).any(Class::COMMA)
                    || matches!(tokens.word(at + 1), "appropriate" | "possible" | "necessary" | "feasible" | "practicable")))
            || tokens.at(at, &["subject", "to"])
            || tokens.at(at, &["in", "the", "event"])
    };
    let start = tokens.playing(range.clone(), Role::CONDITION).find(|&at| opens(at) && tokens.word(at.wrapping_sub(1)) != "as")?;
    let end = if start < action.start {
        (start..action.start).find(|&at| tokens.is(at, Class::COMMA)).unwrap_or(action.start)
    } else {
        (start + 1..range.end).find(|&at| tokens.is(at, Class::COMMA.and(Class::SEMICOLON).and(Class::STOP))).unwrap_or(range.end)
    };
    (start + 1 < end).then_some(start..end)
}

/// "by 2030", "within six months of …", "no later than 1 May", "immediately", "before the summit".
fn deadline(tokens: &Tokens, range: &Range<usize>) -> Option<Range<usize>> {
    tokens.playing(range.clone(), Role::DEADLINE).find_map(|at| deadline_at(tokens, at, range.end))
}

fn deadline_at(tokens: &Tokens, at: usize, limit: usize) -> Option<Range<usize>> {
    let until = |start: usize| {
        (start..limit.min(start + 14))
            .find(|&at| tokens.is(at, Class::PUNCTUATION.and(Class::CONJUNCTION).and(Class::TO)) && !tokens.is(at, Class::OPEN.and(Class::CLOSE)))
            .unwrap_or(limit.min(start + 14))
    };
    match tokens.word(at) {
        "by" | "before" | "until" if is_date(tokens, at + 1) => Some(at..date_end(tokens, at + 1)),
        "within" if (at + 1..at + 7).any(|at| is_period(tokens.word(at))) => {
            let period = (at + 1..at + 7).find(|&at| is_period(tokens.word(at)))?;
            let end = if tokens.word(period + 1) == "of" { until(period + 1) } else { period + 1 };
            Some(at..end)
        }
        "no" | "not" if tokens.word(at + 1) == "later" && tokens.word(at + 2) == "than" => Some(at..until(at + 3)),
        "immediately" | "forthwith" | "urgently" | "annually" | "promptly" => Some(at..at + 1),
        "as" if tokens.at(at, &["as", "soon", "as"]) => Some(at..until(at + 3)),
        "at" if tokens.at(at, &["at", "the", "earliest"]) => Some(at..until(at + 3)),
        "every" if tokens.is(at + 1, Class::NUMBER.and(Class::DETERMINER)) && is_period(tokens.word(at + 2)) => Some(at..at + 3),
        _ => None,
    }
}

fn is_period(word: &str) -> bool {
    matches!(word, "day" | "days" | "week" | "weeks" | "month" | "months" | "year" | "years" | "quarter" | "quarters")
}

fn is_date(tokens: &Tokens, at: usize) -> bool {
    let at = if matches!(tokens.word(at), "the" | "early" | "mid" | "late" | "fiscal" | "end" | "fy" | "year" | "around") { at + 1 } else { at };
    let word = tokens.word(at);
    is_year(word)
        || month(word).is_some()
        || tokens.is(at, Class::NUMBER) && month(tokens.word(at + 1)).is_some()
        || word == "end" && (at..at + 4).any(|at| is_year(tokens.word(at)) || is_period(tokens.word(at)))
        || (word == "of" && is_year(tokens.word(at + 1)))
}

/// The end of a date: its words and numbers.
fn date_end(tokens: &Tokens, from: usize) -> usize {
    let mut at = from;
    let mut comma = false;
    while at < tokens.len() {
        let word = tokens.word(at);
        let part = is_year(word)
            || month(word).is_some()
            || tokens.is(at, Class::NUMBER)
            || is_period(word)
            || matches!(word, "the" | "end" | "of" | "early" | "mid" | "late" | "fiscal" | "year" | "fy" | "around");
        if tokens.is(at, Class::COMMA) && !comma && is_year(tokens.word(at + 1)) {
            comma = true;
        } else if !part {
            break;
        }
        at += 1;
    }
    at
}

fn is_year(word: &str) -> bool {
    word.len() == 4 && word.bytes().all(|byte| byte.is_ascii_digit()) && matches!(word.as_bytes()[0], b'1' | b'2')
}

/// The number of a month by its English name.
#[must_use]
pub fn month(word: &str) -> Option<u8> {
    const MONTHS: [&str; 12] = ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"];
    let at = MONTHS.iter().position(|month| *month == word)?;
    u8::try_from(at + 1).ok()
}

/// "or risk losing …", "otherwise …".
fn or_else(tokens: &Tokens, range: &Range<usize>) -> Option<Range<usize>> {
    let start = tokens.playing(range.clone(), Role::ALTERNATIVE).find(|&at| {
        tokens.at(at, &["or", "risk"])
            || tokens.at(at, &["or", "it", "risks"])
            || tokens.at(at, &["or", "they", "risk"])
            || tokens.at(at, &["or", "else"])
            || tokens.at(at, &["on", "pain", "of"])
    })?;
    let end = (start..range.end).find(|&at| tokens.is(at, Class::SEMICOLON.and(Class::STOP))).unwrap_or(range.end);
    Some(start..end)
}

/// The actions that one operator governs: "fund X and train Y", split before each further bare verb. One action gives none.
fn actions(tokens: &Tokens, action: &Range<usize>) -> Vec<Range<usize>> {
    let mut starts = vec![action.start];
    let infinitive = action.clone().find(|&at| tokens.is(at, Class::TO) && tokens.is(at + 1, Class::BASE));
    let clause = action.clone().find(|&at| tokens.is(at, Class::RELATIVE.and(Class::THAT))).unwrap_or(action.end);
    for at in action.start + 1..action.end {
        let class = tokens.class(at);
        // Behind a relative clause or an infinitive the verb before governs.
        if at > clause || infinitive.is_some_and(|to| to < at) {
            break;
        }
        let verb = class.any(Class::BASE) && !class.any(Class::NOUN.and(Class::PREPOSITION).and(Class::DETERMINER))
            || class.any(Class::ADVERB) && tokens.is(at + 1, Class::BASE) && !tokens.is(at + 1, Class::NOUN);
        let joined = verb && (tokens.plays(at - 1, Role::JOINT) || tokens.before(at).any(Class::COMMA));
        if joined {
            starts.push(at);
        }
    }
    if starts.len() < 2 {
        return Vec::new();
    }
    starts.push(action.end);
    starts.windows(2).map(|pair| pair[0]..trimmed(tokens, pair[0], pair[1])).filter(|range| !range.is_empty()).collect()
}

fn trimmed(tokens: &Tokens, start: usize, mut end: usize) -> usize {
    while end > start && tokens.before(end).any(Class::COMMA.and(Class::CONJUNCTION).and(Class::SEMICOLON)) {
        end -= 1;
    }
    end
}
