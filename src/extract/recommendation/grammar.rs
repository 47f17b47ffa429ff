//! The rules of this layer made ready: cues as phrases to look for, the words of the lists of guards as roles.

use std::sync::OnceLock;

use rustc_hash::FxHashMap as HashMap;

use regex::Regex;

use super::token::Reading;
use super::word::{Role, Words};
use crate::lexicon::Phrases;
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
    phrases: Phrases,
    /// For each cue, where it may recommend.
    forces: Vec<Force>,
    /// For each cue, the rules that it leads to, in file order.
    cues: Vec<Vec<(Kind, RuleId)>>,
    rules: HashMap<String, (RuleId, Rule)>,
    /// What the subject of a rule's clause must match, in lower case.
    subjects: HashMap<RuleId, Subject>,
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
        let mut words = Words::built_in();
        let mut by_id = HashMap::default();
        let mut by_number = HashMap::default();
        let mut subjects = HashMap::default();
        for (id, rule) in rules.iter().filter(|(_, rule)| rule.layer() == LAYER) {
            by_id.insert(rule.id.clone(), (id, rule.clone()));
            by_number.insert(id, rule.clone());
            if let Some(pattern) = &rule.pattern {
                subjects.insert(id, Subject::new(pattern));
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
        let phrases = Phrases::new(patterns.iter().map(String::as_str));
        let forces = patterns.iter().zip(&cues).map(|(cue, rules)| force(cue, rules)).collect();
        Self { words, phrases, forces, cues, rules: by_id, subjects, by_number }
    }

    /// All cues in a text that stand as whole words, in order, without overlap.
    #[must_use]
    pub fn cues(&self, reading: &Reading) -> Vec<Cue> {
        let text = reading.text;
        let mut cues = Vec::new();
        self.phrases.find_in(text, reading.inside.iter().copied(), |range, number| {
            if is_whole_word(text, range.start, range.end) {
                cues.push(Cue { kind: self.cues[number][0].0, span: Span::from(range), force: self.forces[number], number });
            }
        });
        cues
    }

    /// The rules that a cue leads to, in file order.
    #[must_use]
    pub fn rules_of(&self, cue: &Cue) -> &[(Kind, RuleId)] {
        &self.cues[cue.number]
    }

    /// "the committee", "the inquiry": a body that speaks of itself so in its own report.
    #[must_use]
    pub fn is_own_body(&self, subject: &str) -> bool {
        self.rule("recommendation.performative.should").is_some_and(|(id, _)| self.subjects.get(id).is_some_and(|pattern| pattern.fits(subject)))
    }

    /// True if a rule asks nothing of the subject, or the subject is what it asks for.
    #[must_use]
    pub fn subject_fits(&self, rule: RuleId, subject: &str) -> bool {
        self.subjects.get(&rule).is_none_or(|pattern| pattern.fits(subject))
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

/// What a subject must match.
#[derive(Debug)]
enum Subject {
    /// Its last words are one of these phrases: `\b(a|b)$`, which needs no regular expression.
    Ends(Vec<String>),
    /// A pattern, compiled when it is first asked.
    Matches(String, OnceLock<Option<Regex>>),
}

impl Subject {
    fn new(pattern: &str) -> Self {
        let phrases = pattern.strip_prefix(r"\b(").and_then(|rest| rest.strip_suffix(")$"));
        let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, ' ' | '-' | '?' | '|');
        match phrases.filter(|phrases| phrases.chars().all(is_plain)) {
            Some(phrases) => Self::Ends(phrases.split('|').flat_map(variants).collect()),
            None => Self::Matches(pattern.to_owned(), OnceLock::new()),
        }
    }

    /// A pattern that is none asks for nothing.
    fn fits(&self, subject: &str) -> bool {
        match self {
            Self::Ends(phrases) => phrases.iter().any(|phrase| {
                let before = subject.strip_suffix(phrase.as_str());
                before.is_some_and(|before| !before.ends_with(|c: char| c.is_alphanumeric() || c == '_'))
            }),
            Self::Matches(pattern, compiled) => {
                let pattern = compiled.get_or_init(|| Regex::new(pattern).ok());
                pattern.as_ref().is_none_or(|pattern| pattern.is_match(subject))
            }
        }
    }
}

/// A phrase with and without each letter that a question mark follows.
fn variants(phrase: &str) -> Vec<String> {
    let mut parts = phrase.split('?');
    let mut variants = vec![String::new()];
    let Some(last) = parts.next_back() else { return variants };
    for part in parts {
        let without = part.get(..part.len().saturating_sub(1)).unwrap_or_default();
        variants = variants.iter().flat_map(|start| [format!("{start}{part}"), format!("{start}{without}")]).collect();
    }
    variants.iter().map(|start| format!("{start}{last}")).collect()
}

fn force(cue: &str, rules: &[(Kind, RuleId)]) -> Force {
    match cue {
        "will" | "may not" => Force::Directive,
        "may" => Force::May,
        _ if rules.iter().all(|(kind, _)| *kind == Kind::Option) => Force::Option,
        _ => Force::Full,
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
    fn a_subject_that_ends_in_a_phrase_needs_no_regular_expression() {
        let pattern = r"\b(committees?|task ?force|secretary-general)$";
        let (subject, regex) = (Subject::new(pattern), Regex::new(pattern).unwrap());
        assert!(matches!(subject, Subject::Ends(_)));
        for words in
            ["the committee", "Committee", "committees", "subcommittee", "a task force", "taskforce", "task-force", "the secretary-general", "committee’s", ""]
        {
            assert_eq!(subject.fits(words), regex.is_match(words), "{words}");
        }
        assert!(matches!(Subject::new("^the only way\\b"), Subject::Matches(..)));
        assert!(Subject::new("^the only way\\b").fits("the only way out") && !Subject::new("^an?\\b").fits("the way"));
    }

    #[test]
    fn the_longest_cue_of_whole_words_counts() {
        let grammar = Grammar::new(&RuleSet::built_in().unwrap());
        let cues = |text: &'static str| grammar.cues(&Reading::new(text)).into_iter().map(|cue| &text[cue.span.range()]).collect::<Vec<_>>();
        assert_eq!(cues("WE would do well to act; they May not. He needs-based mustard Must"), ["would do well to", "May not", "Must"]);
        assert_eq!(cues("must"), ["must"]);
    }
}
