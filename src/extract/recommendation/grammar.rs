//! The rules of this layer made ready: cue words in one automaton, word lists of guards as sets.

use rustc_hash::{FxHashMap as HashMap, FxHashSet as HashSet};

use aho_corasick::{AhoCorasick, AhoCorasickKind, Anchored, Input, MatchKind, StartKind};
use regex::Regex;

use super::word::Words;
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
    /// Which cue it is.
    number: usize,
}

/// Rules and word lists, compiled once for a run.
#[derive(Debug)]
pub struct Grammar {
    pub words: Words,
    automaton: Option<AhoCorasick>,
    openings: Openings,
    /// For each cue, the rules that it leads to, in file order.
    cues: Vec<Vec<(Kind, RuleId)>>,
    /// The cues of guards and of other rules that are word lists, by rule id.
    lists: HashMap<String, HashSet<String>>,
    rules: HashMap<String, (RuleId, Rule)>,
    /// What the subject of a rule's clause must match, in lower case.
    subjects: HashMap<RuleId, Regex>,
    by_number: HashMap<RuleId, Rule>,
}

const LAYER: &str = "recommendation";

impl Grammar {
    /// Compiles the rules of this layer.
    #[must_use]
    pub fn new(rules: &RuleSet) -> Self {
        let mut patterns = Vec::new();
        let mut cues: Vec<Vec<(Kind, RuleId)>> = Vec::new();
        let mut numbers: HashMap<String, usize> = HashMap::default();
        let mut lists = HashMap::default();
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
                    lists.insert(rule.id.clone(), rule.cues.iter().cloned().collect());
                }
            }
        }
        // A pattern set too large to compile cannot come from a rule file of sane size; then nothing is found.
        let automaton = AhoCorasick::builder()
            .kind(Some(AhoCorasickKind::DFA))
            .start_kind(StartKind::Anchored)
            .ascii_case_insensitive(true)
            .match_kind(MatchKind::LeftmostLongest)
            .build(&patterns)
            .ok();
        let openings = Openings::of(&patterns);
        Self { words: Words::built_in(), automaton, openings, cues, lists, rules: by_id, subjects, by_number }
    }

    /// All cues in `text` that stand as whole words, in order, without overlap.
    #[must_use]
    pub fn cues(&self, text: &str) -> Vec<Cue> {
        let Some(automaton) = &self.automaton else { return Vec::new() };
        let bytes = text.as_bytes();
        let mut cues = Vec::new();
        let mut at = 0;
        while at < bytes.len() {
            let inside = at.checked_sub(1).is_some_and(|before| bytes[before].is_ascii_alphanumeric());
            if inside || !self.openings.may_begin(bytes, at) {
                at += 1;
                continue;
            }
            let input = Input::new(text).range(at..).anchored(Anchored::Yes);
            let Some(found) = automaton.find(input) else {
                at += 1;
                continue;
            };
            at = found.end().max(at + 1);
            if is_whole_word(text, found.start(), found.end()) {
                let number = found.pattern().as_usize();
                cues.push(Cue { kind: self.cues[number][0].0, span: Span::new(found.start(), found.end()), number });
            }
        }
        cues
    }

    /// The rules that a cue leads to, in file order.
    #[must_use]
    pub fn rules_of(&self, cue: &Cue) -> &[(Kind, RuleId)] {
        &self.cues[cue.number]
    }

    /// True if the rule with this id lists `word`.
    #[must_use]
    pub fn lists(&self, rule: &str, word: &str) -> bool {
        self.lists.get(rule).is_some_and(|words| words.contains(word))
    }

    /// A verb of saying or thinking, in any form.
    #[must_use]
    pub fn is_reporting(&self, word: &str) -> bool {
        self.lists("recommendation.guard.reported", word)
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

/// The first three letters of all cues: most words of a text begin no cue, and a glance at them says so.
#[derive(Debug)]
struct Openings {
    /// A bit for each triple of the low five bits of a byte, which are the same for both cases of a letter.
    bits: Vec<u64>,
}

impl Openings {
    fn of(patterns: &[String]) -> Self {
        let mut bits = vec![0u64; 1 << 9];
        for pattern in patterns {
            let letters: Vec<usize> = pattern.bytes().take(3).map(|byte| usize::from(byte & 31)).collect();
            // After a shorter cue anything may follow.
            let any = |place: usize| letters.get(place).map_or(0..32, |&letter| letter..letter + 1);
            for first in any(0) {
                for second in any(1) {
                    for third in any(2) {
                        let triple = first << 10 | second << 5 | third;
                        bits[triple / 64] |= 1 << (triple % 64);
                    }
                }
            }
        }
        Self { bits }
    }

    fn may_begin(&self, bytes: &[u8], at: usize) -> bool {
        let low = |offset: usize| usize::from(bytes.get(at + offset).copied().unwrap_or(b' ') & 31);
        let triple = low(0) << 10 | low(1) << 5 | low(2);
        self.bits[triple / 64] >> (triple % 64) & 1 == 1
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
