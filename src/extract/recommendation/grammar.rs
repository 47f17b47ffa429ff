//! The rules of this layer made ready: cues by their first words, the words of the lists of guards as roles.

use rustc_hash::FxHashMap as HashMap;

use regex::Regex;

use super::token::alphanumeric;
use super::word::{Role, Words};
use crate::lexicon::{Table, of_lower};
use crate::rule::{Rule, RuleId, RuleSet};
use crate::span::Span;

/// The kinds of rule that cue words lead to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// "should", "needs to": operator and verb.
    Modal,
    /// "can", "could": an operator that advises only in some contexts.
    Option,
    /// "it is essential that".
    Evaluative,
    /// "would do well to": a phrase after which the action begins.
    Idiom,
    /// "we recommend".
    Performative,
    /// "members are invited to".
    Passive,
    /// "we expect the department to".
    Wish,
    /// "Calls upon States to", at the head of a paragraph.
    Operative,
    /// "a need for", "is needed", "requires".
    Need,
}

/// A cue found in the text.
#[derive(Debug, Clone, Copy)]
pub struct Cue {
    /// The kind of its first rule.
    pub kind: Kind,
    pub span: Span,
    pub force: Force,
    /// Which cue it is.
    number: usize,
}

/// Where a cue may recommend.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Force {
    /// Anywhere.
    Full,
    /// "can": only beside recommendations.
    Option,
    /// "may": after "No …".
    May,
    /// "may not", "will": in a directive.
    Directive,
}

/// Rules and word lists, compiled once for a run.
#[derive(Debug)]
pub struct Grammar {
    pub words: Words,
    openings: Openings,
    /// By the hash of the first word of a cue, the range of `phrases` that it opens: its end in the low half, its start in the high half.
    first: Table,
    /// The cues by first word, the longest first.
    phrases: Vec<Phrase>,
    /// For each cue, the rules that it leads to, in file order.
    cues: Vec<Vec<(Kind, RuleId)>>,
    rules: HashMap<String, (RuleId, Rule)>,
    /// What the subject of a rule's clause must match, in lower case.
    subjects: HashMap<RuleId, Regex>,
    by_number: HashMap<RuleId, Rule>,
}

/// The words of a cue.
#[derive(Debug)]
struct Phrase {
    text: String,
    force: Force,
    /// Which cue it is.
    number: usize,
}

const LAYER: &str = "recommendation";

impl Grammar {
    /// Compiles the rules of this layer.
    #[must_use]
    pub fn new(rules: &RuleSet) -> Self {
        let mut patterns = Vec::new();
        let mut cues: Vec<Vec<(Kind, RuleId)>> = Vec::new();
        let mut numbers: HashMap<String, usize> = HashMap::default();
        let mut words = Words::built_in();
        let mut by_id = HashMap::default();
        let mut by_number = HashMap::default();
        let mut subjects = HashMap::default();
        for (id, rule) in rules.iter().filter(|(_, rule)| rule.layer() == LAYER) {
            by_id.insert(rule.id.clone(), (id, rule.clone()));
            by_number.insert(id, rule.clone());
            if let Some(subject) = rule.pattern.as_deref().and_then(|pattern| Regex::new(pattern).ok()) {
                subjects.insert(id, subject);
            }
            match kind_of(&rule.kind) {
                Some(kind) => rule.cues.iter().for_each(|cue| {
                    let number = *numbers.entry(cue.clone()).or_insert_with(|| {
                        patterns.push(cue.clone());
                        cues.push(Vec::new());
                        patterns.len() - 1
                    });
                    cues[number].push((kind, id));
                }),
                None => {
                    if let Some(role) = Role::of_list(&rule.id) {
                        rule.cues.iter().for_each(|word| words.give(word, role));
                    }
                }
            }
        }
        let openings = Openings::of(&patterns);
        let (first, phrases) = by_first_word(patterns, &cues);
        Self { words, openings, first, phrases, cues, rules: by_id, subjects, by_number }
    }

    /// All cues in `text` that stand as whole words, in order, without overlap.
    #[must_use]
    pub fn cues(&self, text: &str) -> Vec<Cue> {
        let bytes = text.as_bytes();
        let mut cues = Vec::new();
        let mut done = 0;
        for at in word_starts(bytes) {
            if at < done || !self.openings.may_begin(bytes, at) {
                continue;
            }
            let Some(phrase) = self.phrase(text, at) else { continue };
            done = at + phrase.text.len();
            if is_whole_word(text, at, done) {
                cues.push(Cue { kind: self.cues[phrase.number][0].0, span: Span::new(at, done), force: phrase.force, number: phrase.number });
            }
        }
        cues
    }

    /// The longest cue that the word at `at` opens.
    fn phrase(&self, text: &str, at: usize) -> Option<&Phrase> {
        let rest = &text.as_bytes()[at..];
        let range = self.first.get(of_lower(&text[at..alphanumeric(text.as_bytes(), at)]))?;
        let phrases = &self.phrases[(range >> 32) as usize..range as u32 as usize];
        phrases.iter().find(|phrase| rest.get(..phrase.text.len()).is_some_and(|head| head.eq_ignore_ascii_case(phrase.text.as_bytes())))
    }

    /// The rules that a cue leads to, in file order.
    #[must_use]
    pub fn rules_of(&self, cue: &Cue) -> &[(Kind, RuleId)] {
        &self.cues[cue.number]
    }

    /// "the committee", "the inquiry": a body that speaks of itself so in its own report.
    #[must_use]
    pub fn is_own_body(&self, subject: &str) -> bool {
        self.rule("recommendation.performative.should").is_some_and(|(id, _)| self.subjects.get(id).is_some_and(|pattern| pattern.is_match(subject)))
    }

    /// True if a rule asks nothing of the subject, or the subject is what it asks for.
    #[must_use]
    pub fn subject_fits(&self, rule: RuleId, subject: &str) -> bool {
        self.subjects.get(&rule).is_none_or(|pattern| pattern.is_match(subject))
    }

    /// The rule with this number.
    #[must_use]
    pub fn get(&self, id: RuleId) -> &Rule {
        &self.by_number[&id]
    }

    /// The rule with this id, if the rule file has it.
    #[must_use]
    pub fn rule(&self, id: &str) -> Option<&(RuleId, Rule)> {
        self.rules.get(id)
    }
}

/// Sorts cues by their first words, the longest of each first, for the longest that fits counts.
fn by_first_word(patterns: Vec<String>, rules: &[Vec<(Kind, RuleId)>]) -> (Table, Vec<Phrase>) {
    let first = |phrase: &Phrase| of_lower(&phrase.text[..alphanumeric(phrase.text.as_bytes(), 0)]);
    let mut phrases: Vec<Phrase> =
        patterns.into_iter().enumerate().map(|(number, text)| Phrase { force: force(&text, &rules[number]), text, number }).collect();
    phrases.sort_by_cached_key(|phrase| (first(phrase), std::cmp::Reverse(phrase.text.len())));
    let mut table = Table::with_capacity(phrases.len());
    for (at, phrase) in phrases.iter().enumerate() {
        let range = table.entry(first(phrase));
        let start = if *range == 0 { at as u64 } else { *range >> 32 };
        *range = start << 32 | (at + 1) as u64;
    }
    (table, phrases)
}

fn force(cue: &str, rules: &[(Kind, RuleId)]) -> Force {
    match cue {
        "will" | "may not" => Force::Directive,
        "may" => Force::May,
        _ if rules.iter().all(|(kind, _)| *kind == Kind::Option) => Force::Option,
        _ => Force::Full,
    }
}

/// Where the runs of ASCII letters and digits in a text start.
fn word_starts(bytes: &[u8]) -> impl Iterator<Item = usize> + '_ {
    let (chunks, rest) = bytes.as_chunks::<8>();
    let mut last = [0u8; 8];
    last[..rest.len()].copy_from_slice(rest);
    let mut inside = 0;
    chunks.iter().copied().chain(std::iter::once(last)).enumerate().flat_map(move |(number, chunk)| {
        let letters = alphanumeric_bytes(u64::from_le_bytes(chunk));
        let mut starts = letters & !(letters << 8 | inside);
        inside = letters >> 56;
        std::iter::from_fn(move || {
            let first = (starts != 0).then(|| starts.trailing_zeros() as usize / 8)?;
            starts &= starts - 1;
            Some(number * 8 + first)
        })
    })
}

/// The highest bit of each byte that is an ASCII letter or digit.
fn alphanumeric_bytes(eight: u64) -> u64 {
    const EACH: u64 = 0x0101_0101_0101_0101;
    const HIGH: u64 = 0x80 * EACH;
    let within = |bytes: u64, first: u8, last: u8| (bytes + (0x80 - u64::from(first)) * EACH) & !(bytes + (0x7f - u64::from(last)) * EACH);
    let low = eight & !HIGH;
    (within(low | 0x20 * EACH, b'a', b'z') | within(low, b'0', b'9')) & !eight & HIGH
}

/// The first four letters of all cues: most words of a text begin no cue, and a glance at them says so.
#[derive(Debug)]
struct Openings {
    /// A bit for each hash of the letters.
    bits: Vec<u64>,
}

impl Openings {
    const BITS: u32 = 13;

    fn of(patterns: &[String]) -> Self {
        let mut bits = vec![0u64; (1 << Self::BITS) / 64];
        for pattern in patterns {
            let hash = Self::hash(pattern.as_bytes(), 0);
            bits[hash / 64] |= 1 << (hash % 64);
        }
        Self { bits }
    }

    fn may_begin(&self, bytes: &[u8], at: usize) -> bool {
        let hash = Self::hash(bytes, at);
        self.bits[hash / 64] >> (hash % 64) & 1 == 1
    }

    /// A hash of the first four bytes from `at` on, up to the end of the word, whatever their case.
    fn hash(bytes: &[u8], at: usize) -> usize {
        let four = match bytes.get(at..at + 4) {
            Some(&[first, second, third, fourth]) => u32::from_le_bytes([first, second, third, fourth]),
            _ => bytes[at..].iter().rev().fold(0, |four, &byte| four << 8 | u32::from(byte)),
        };
        let outside = !alphanumeric_bytes(u64::from(four)) as u32 & 0x8080_8080;
        // What follows the first byte that is no part of the word is left out, and that byte too.
        let within = if outside == 0 { u32::MAX } else { (1u32 << (outside.trailing_zeros() - 7)) - 1 };
        let hash = ((four | 0x2020_2020) & within).wrapping_mul(0x9e37_79b1);
        (hash >> (32 - Self::BITS)) as usize
    }
}

fn is_whole_word(text: &str, start: usize, end: usize) -> bool {
    let before = text.get(..start).and_then(|before| before.chars().next_back());
    let after = text.get(end..).and_then(|after| after.chars().next());
    // "must-have", "time-consuming"
    let compound = after == Some('-') && text.as_bytes().get(end + 1).is_some_and(u8::is_ascii_alphabetic);
    !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric) && !compound
}

fn kind_of(name: &str) -> Option<Kind> {
    Some(match name {
        "modal" => Kind::Modal,
        "option" => Kind::Option,
        "evaluative" => Kind::Evaluative,
        "idiom" => Kind::Idiom,
        "performative" => Kind::Performative,
        "passive" => Kind::Passive,
        "wish" => Kind::Wish,
        "operative" => Kind::Operative,
        "need" => Kind::Need,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_start_after_what_is_no_ascii_letter_or_digit() {
        let text = "We (all) must-act, é1st “now”! Za@[`{/:09";
        let bytes = text.as_bytes();
        let is = |at: usize| bytes[at].is_ascii_alphanumeric();
        let expected: Vec<usize> = (0..bytes.len()).filter(|&at| is(at) && (at == 0 || !is(at - 1))).collect();
        assert_eq!(word_starts(bytes).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn the_longest_cue_of_whole_words_counts() {
        let grammar = Grammar::new(&RuleSet::built_in().unwrap());
        let cues = |text: &'static str| grammar.cues(text).into_iter().map(|cue| &text[cue.span.range()]).collect::<Vec<_>>();
        assert_eq!(cues("WE would do well to act; they May not. He needs-based mustard Must"), ["would do well to", "May not", "Must"]);
        assert_eq!(cues("must"), ["must"]);
    }
}
