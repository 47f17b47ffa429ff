//! Rules as data: what the extractors look for, why, and examples of what each must catch and spare.
//!
//! Every rule has an id such as `recommendation.modal.should`; its first word is the layer. Extractors keep the few kinds of rule that they know
//! (`kind`) and read words and patterns from the rule. A test runs every example.

use std::collections::HashMap;
use std::sync::OnceLock;

use serde::Deserialize;
use thiserror::Error;

use crate::id;
use crate::record::{Polarity, Strength};

/// The files that make up the built-in rules, with their names for messages.
const FILES: [(&str, &str); 5] = [
    ("section.toml", include_str!("data/section.toml")),
    ("actor.toml", include_str!("data/actor.toml")),
    ("note.toml", include_str!("data/note.toml")),
    ("citation.toml", include_str!("data/citation.toml")),
    ("recommendation.toml", include_str!("data/recommendation.toml")),
];

/// One rule, as its file gives it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// `layer.kind.name`
    pub id: String,
    /// The kind of rule, which its extractor knows how to run.
    pub kind: String,
    /// Words or phrases that trigger it.
    #[serde(default)]
    pub cues: Vec<String>,
    /// Words of which one must stand shortly before a cue, for kinds whose cues are too common to be looked into each time.
    #[serde(default)]
    pub context: Vec<String>,
    /// A regular expression, for kinds that take one.
    #[serde(default)]
    pub pattern: Option<String>,
    /// Regular expressions that block it.
    #[serde(default)]
    pub unless: Vec<String>,
    #[serde(default)]
    pub strength: Option<Strength>,
    #[serde(default)]
    pub polarity: Option<Polarity>,
    /// The share of its items that are right on the development set, between 0 and 1.
    #[serde(default = "certain")]
    pub confidence: f32,
    /// Why the rule exists, with its source where it has one.
    pub why: String,
    /// Texts in which the rule must find something.
    #[serde(default)]
    pub catches: Vec<String>,
    /// Texts in which it must find nothing.
    #[serde(default)]
    pub spares: Vec<String>,
}

fn certain() -> f32 {
    1.0
}

/// The place of a rule in its [`RuleSet`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RuleId(u16);

/// All rules of a run.
#[derive(Debug, Clone)]
pub struct RuleSet {
    rules: Vec<Rule>,
    by_id: HashMap<String, RuleId>,
    digest: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RuleFile {
    #[serde(default)]
    rule: Vec<Rule>,
}

/// A rule file that cannot be used.
#[derive(Debug, Error)]
pub enum RuleError {
    #[error("{file}: {source}")]
    Syntax { file: String, source: Box<toml::de::Error> },
    #[error("{file}: the rule id {id:?} is given twice")]
    Duplicate { file: String, id: String },
    #[error("{file}: more rules than can be numbered")]
    TooMany { file: String },
}

impl RuleSet {
    /// The built-in rules.
    ///
    /// # Errors
    /// If a built-in file is malformed, which a test excludes.
    pub fn built_in() -> Result<Self, RuleError> {
        static PARSED: OnceLock<RuleSet> = OnceLock::new();
        if let Some(known) = PARSED.get() {
            return Ok(known.clone());
        }
        let set = Self::from_texts(&FILES)?;
        Ok(PARSED.get_or_init(|| set).clone())
    }

    /// The rules of files that are given by name and text.
    ///
    /// # Errors
    /// If a text is no rule file, or an id is given twice.
    pub fn from_texts(files: &[(&str, &str)]) -> Result<Self, RuleError> {
        let texts: Vec<&str> = files.iter().map(|(_, text)| *text).collect();
        let digest = id::sha256(texts.concat().as_bytes())[..12].to_owned();
        let mut set = Self { rules: Vec::new(), by_id: HashMap::new(), digest };
        for (file, text) in files {
            let parsed: RuleFile = toml::from_str(text).map_err(|source| RuleError::Syntax { file: (*file).to_owned(), source: Box::new(source) })?;
            for rule in parsed.rule {
                set.add(file, rule)?;
            }
        }
        Ok(set)
    }

    fn add(&mut self, file: &str, rule: Rule) -> Result<(), RuleError> {
        let id = u16::try_from(self.rules.len()).map(RuleId).map_err(|_| RuleError::TooMany { file: file.to_owned() })?;
        if self.by_id.insert(rule.id.clone(), id).is_some() {
            return Err(RuleError::Duplicate { file: file.to_owned(), id: rule.id });
        }
        self.rules.push(rule);
        Ok(())
    }

    /// The rule with this id.
    #[must_use]
    pub fn find(&self, id: &str) -> Option<RuleId> {
        self.by_id.get(id).copied()
    }

    #[must_use]
    pub fn get(&self, id: RuleId) -> &Rule {
        &self.rules[usize::from(id.0)]
    }

    /// A hash of all rules: two sets with the same digest are the same.
    #[must_use]
    pub fn digest(&self) -> &str {
        &self.digest
    }

    /// All rules in file order.
    pub fn iter(&self) -> impl Iterator<Item = (RuleId, &Rule)> {
        self.rules.iter().enumerate().map(|(index, rule)| (RuleId(index as u16), rule))
    }

    /// The rules of one layer ("recommendation") and kind ("modal").
    pub fn of_kind<'a>(&'a self, layer: &'a str, kind: &'a str) -> impl Iterator<Item = (RuleId, &'a Rule)> {
        self.iter().filter(move |(_, rule)| rule.kind == kind && rule.layer() == layer)
    }
}

impl Rule {
    /// The first word of the id.
    #[must_use]
    pub fn layer(&self) -> &str {
        self.id.split('.').next().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_rules_load() {
        let rules = RuleSet::built_in().expect("built-in rules are well formed");
        for (id, rule) in rules.iter() {
            assert_eq!(rules.find(&rule.id), Some(id));
            assert!(!rule.why.trim().is_empty(), "{} says why", rule.id);
        }
    }
}
