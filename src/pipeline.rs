//! From bytes to record: the stages in their order.

use crate::error::Result;
use crate::extract;
use crate::id;
use crate::ingest::{self, Limits};
use crate::lexicon::topic::Topics;
use crate::lexicon::{Lexicon, Problem, check};
use crate::record::{Analysis, Generator};
use crate::resolve;
use crate::rule::{RuleError, RuleSet};
use crate::section;
use crate::sentence;
use crate::write::assemble;

/// A document to analyse.
#[derive(Debug, Clone, Copy)]
pub struct Input<'a> {
    /// The id that its record shall have.
    pub id: &'a str,
    /// The path to show, relative to the input argument; its extension helps to tell the format.
    pub path: &'a str,
    pub bytes: &'a [u8],
}

/// What a run works with: lexicon, rules and limits, built once and shared by all documents.
#[derive(Debug)]
pub struct Settings {
    pub lexicon: Lexicon,
    pub rules: RuleSet,
    /// The citation rules, compiled.
    pub citations: extract::citation::Engine,
    /// The rules on recommendations, compiled.
    pub grammar: extract::recommendation::Grammar,
    pub topics: Topics,
    pub limits: Limits,
    /// Items below this confidence are left out of the record.
    pub min_confidence: f32,
    /// A hash of the names that the user added to the lexicon.
    pub user_lexicon: Option<String>,
}

impl Settings {
    /// Built-in lexicon and rules, default limits.
    ///
    /// # Errors
    /// If a built-in rule file is malformed, which a test excludes.
    pub fn built_in() -> Result<Self, RuleError> {
        let rules = RuleSet::built_in()?;
        let citations = extract::citation::Engine::new(&rules);
        let grammar = extract::recommendation::Grammar::new(&rules);
        Ok(Self {
            lexicon: Lexicon::built_in(),
            rules,
            citations,
            grammar,
            topics: Topics::built_in(),
            limits: Limits::default(),
            min_confidence: 0.0,
            user_lexicon: None,
        })
    }

    /// The settings with a user's table of names laid over the lexicon.
    ///
    /// # Errors
    /// What is wrong in the table, if anything is.
    pub fn with_names(self, table: &str) -> Result<Self, Vec<Problem>> {
        let problems = check(table);
        if !problems.is_empty() {
            return Err(problems);
        }
        let digest = id::sha256(table.as_bytes())[..12].to_owned();
        Ok(Self { lexicon: self.lexicon.overlay(table), user_lexicon: Some(digest), ..self })
    }

    /// What a record says of the program and rules that made it.
    #[must_use]
    pub fn generator(&self) -> Generator {
        Generator {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            rules: self.rules.digest().to_owned(),
            lexicon: self.user_lexicon.clone(),
            min_confidence: (self.min_confidence > 0.0).then_some(self.min_confidence),
        }
    }
}

/// Analyses one document.
///
/// # Errors
/// If the bytes cannot be read as a document: empty, binary, damaged, too large, or of a format that is not supported.
pub fn analyse(input: &Input, settings: &Settings) -> Result<Analysis> {
    analyse_observed(input, settings, |_| {})
}

/// As [`analyse`]; `finished` is called with the name of each stage when it ends, to see where the time goes.
///
/// # Errors
/// As [`analyse`].
pub fn analyse_observed(input: &Input, settings: &Settings, mut finished: impl FnMut(&'static str)) -> Result<Analysis> {
    let (rules, lexicon) = (&settings.rules, &settings.lexicon);
    let document = ingest::read(input.path, input.bytes, &settings.limits)?;
    finished("ingest");
    let outline = section::outline(&document, rules);
    finished("sections");
    let sentences = sentence::sentences(&document);
    finished("sentences");
    let mentions = extract::actor::mentions(&document, &outline, &sentences, lexicon, rules);
    finished("actors");
    let citations = extract::citation::citations(&document, lexicon, rules, &settings.citations);
    finished("citations");
    let recommendations = extract::recommendation::recommendations(&document, &outline, &sentences, &settings.grammar);
    finished("recommendations");
    let mut actors = resolve::actor::resolve(&document, &outline, &sentences, mentions, lexicon);
    let apparatus = resolve::citation::resolve(&document, rules, citations);
    let recommendations = resolve::recommendation::resolve(&document, &outline, &sentences, recommendations, &mut actors, &apparatus, &settings.topics);
    finished("resolution");
    let record = assemble::record(input, settings, document, &outline, &sentences, &recommendations, &actors, &apparatus);
    finished("record");
    Ok(record)
}
