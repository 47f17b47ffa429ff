//! The words of a recommendation that carry its meaning.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use rust_stemmers::{Algorithm, Stemmer};

/// What a verb does to the thing it acts on, within its class: "increase" and "reduce" are one class in two directions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// More of it, or keeping it.
    Toward,
    /// Less of it, or ending it.
    Away,
}

/// A class of verbs and the direction in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct VerbClass {
    pub name: &'static str,
    pub direction: Direction,
}

/// What the terms of verb classes begin with.
pub(super) const VERB_MARK: &str = "class:";

/// The terms of one action.
#[derive(Debug, Default, Clone)]
pub struct Terms {
    /// Stems, or "class:NAME" for a verb of a class, each once, with the first word that stood for it. In order of occurrence.
    pub terms: Vec<(String, String)>,
    /// The class of the first classed verb, which is taken for the head of the action.
    pub head: Option<VerbClass>,
}

const STOP_WORDS: &str = include_str!("data/stop_words.txt");
const VERB_CLASSES: &str = include_str!("data/verb_classes.tsv");
const NOUN_CLASSES: &str = include_str!("data/noun_classes.tsv");

static STOP: LazyLock<HashSet<&'static str>> =
    LazyLock::new(|| STOP_WORDS.lines().filter(|line| !line.starts_with('#')).flat_map(str::split_whitespace).collect());

static CLASSES: LazyLock<HashMap<String, VerbClass>> = LazyLock::new(|| {
    let stemmer = Stemmer::create(Algorithm::English);
    let mut classes = HashMap::new();
    for line in VERB_CLASSES.lines().filter(|line| !line.starts_with('#') && !line.is_empty()) {
        let mut cells = line.split('\t');
        let (Some(name), Some(direction), Some(verbs)) = (cells.next(), cells.next(), cells.next()) else { continue };
        let direction = if direction == "away" { Direction::Away } else { Direction::Toward };
        for verb in verbs.split(';') {
            classes.insert(stems(&stemmer, verb), VerbClass { name, direction });
        }
    }
    classes
});

/// The class of each noun, by its stems.
static NOUNS: LazyLock<HashMap<String, &'static str>> = LazyLock::new(|| {
    let stemmer = Stemmer::create(Algorithm::English);
    let lines = NOUN_CLASSES.lines().filter(|line| !line.starts_with('#') && !line.is_empty()).filter_map(|line| line.split_once('\t'));
    let one = |(name, nouns): (&'static str, &'static str)| nouns.split(';').map(|noun| (stems(&stemmer, noun), name)).collect::<Vec<_>>();
    lines.flat_map(one).collect()
});

/// The stems of words, separated by one space.
fn stems(stemmer: &Stemmer, words: &str) -> String {
    words.split(' ').map(|word| stemmer.stem(word)).collect::<Vec<_>>().join(" ")
}

/// Finds the terms of an action. Allocates a stemmer's worth of small strings; linear in the length of `text`.
#[must_use]
pub fn terms(text: &str) -> Terms {
    let stemmer = Stemmer::create(Algorithm::English);
    let lower = text.to_lowercase();
    let words: Vec<&str> =
        lower.split(|c: char| !(c.is_alphanumeric() || c == '\'' || c == '’')).map(strip_possessive).filter(|word| !word.is_empty()).collect();
    let stems: Vec<String> = words.iter().map(|word| stemmer.stem(word).into_owned()).collect();
    let mut found = Terms::default();
    let mut seen = HashSet::new();
    let mut at = 0;
    while at < words.len() {
        let (key, length) = if let Some((class, length)) = class_at(&CLASSES, &stems, at) {
            found.head.get_or_insert(*class);
            (Some(format!("{VERB_MARK}{}", class.name)), length)
        } else if let Some((noun, length)) = class_at(&NOUNS, &stems, at) {
            (Some(format!("noun:{noun}")), length)
        } else {
            let tells = words[at].len() > 1 && !STOP.contains(words[at]) && !words[at].starts_with(|c: char| c.is_ascii_digit());
            (tells.then(|| stems[at].clone()), 1)
        };
        if let Some(key) = key
            && seen.insert(key.clone())
        {
            found.terms.push((key, words[at..at + length].join(" ")));
        }
        at += length;
    }
    found
}

/// The class of the word or the two words ("set up", "phase out", "law enforcement") that start at `at`, and their number.
fn class_at<'c, T>(classes: &'c HashMap<String, T>, stems: &[String], at: usize) -> Option<(&'c T, usize)> {
    let two = stems.get(at + 1).and_then(|next| classes.get(&format!("{} {next}", stems[at])));
    two.map(|class| (class, 2)).or_else(|| classes.get(&stems[at]).map(|class| (class, 1)))
}

fn strip_possessive(word: &str) -> &str {
    let word = word.trim_matches(['\'', '’']);
    word.strip_suffix("'s").or_else(|| word.strip_suffix("’s")).unwrap_or(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(text: &str) -> Vec<String> {
        terms(text).terms.into_iter().map(|(key, _)| key).collect()
    }

    #[test]
    fn verbs_that_say_the_same_share_a_term() {
        assert_eq!(keys("set up a reserve fund"), keys("establish reserve funds"));
    }

    #[test]
    fn opposite_verbs_share_a_class_and_differ_in_direction() {
        let (more, less) = (terms("increase the levy").head, terms("reduce the levy").head);
        assert_eq!(more.map(|class| class.name), less.map(|class| class.name));
        assert_ne!(more, less);
    }

    #[test]
    fn stop_words_are_no_terms() {
        assert_eq!(keys("the and of it's"), Vec::<String>::new());
    }

    #[test]
    fn the_verb_classes_are_well_formed() {
        let mut seen = HashSet::new();
        for line in VERB_CLASSES.lines().filter(|line| !line.starts_with('#') && !line.is_empty()) {
            let cells: Vec<&str> = line.split('\t').collect();
            assert_eq!(cells.len(), 3, "{line}");
            assert!(matches!(cells[1], "toward" | "away"), "{line}");
            for verb in cells[2].split(';') {
                assert!(seen.insert(verb), "{verb} is in two classes");
            }
        }
    }

    #[test]
    fn the_noun_classes_are_well_formed() {
        let (mut seen, mut last) = (HashSet::new(), "");
        for line in NOUN_CLASSES.lines().filter(|line| !line.starts_with('#')) {
            let (name, nouns) = line.split_once('\t').expect("a tab");
            assert!(last < name, "{name} is out of order");
            assert!(nouns.split(';').all(|noun| seen.insert(noun)), "{line}: a noun is in two classes");
            last = name;
        }
        assert_eq!(keys("list the vessels"), keys("list of ships"));
    }

    #[test]
    fn what_deadlines_are_made_of_is_no_term() {
        assert_eq!(keys("within 30 days of 1 March 2027, and each year"), Vec::<String>::new());
    }
}
