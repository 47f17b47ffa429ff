//! Abbreviations that end in a full stop, by what may follow them, and the words that begin sentences.

use rustc_hash::{FxHashMap as HashMap, FxHashSet as HashSet};
use std::sync::LazyLock;

/// What the full stop after an abbreviation can mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Abbreviation {
    /// A name or another part of the phrase always follows: "Dr.", "e.g.", "v.".
    Inside,
    /// A number follows; before anything else the stop ends the sentence: "No.", "Fig.", "Jan.".
    BeforeNumber,
    /// It may end a sentence, and does where the next word is one that begins sentences: "Inc.", "etc.".
    MayEnd,
    /// A time of day, after which a capital letter begins a sentence: "p.m.".
    Time,
}

const TABLE: &str = include_str!("abbreviations.tsv");
const STARTERS: &str = include_str!("starters.txt");

static ABBREVIATIONS: LazyLock<HashMap<&'static str, Abbreviation>> = LazyLock::new(|| {
    let entry = |line: &'static str| {
        let (word, class) = line.split_once('\t')?;
        let class = match class.trim() {
            "inside" => Abbreviation::Inside,
            "before-number" => Abbreviation::BeforeNumber,
            "may-end" => Abbreviation::MayEnd,
            "time" => Abbreviation::Time,
            _ => return None,
        };
        Some((word, class))
    };
    TABLE.lines().filter(|line| !line.starts_with('#')).filter_map(entry).collect()
});

static SENTENCE_STARTERS: LazyLock<HashSet<&'static str>> =
    LazyLock::new(|| STARTERS.lines().filter(|line| !line.starts_with('#')).flat_map(str::split_whitespace).collect());

/// The class of `word`, which is followed by a full stop (not in `word`).
pub fn class_of(word: &str) -> Option<Abbreviation> {
    if word.len() > 12 {
        return None;
    }
    ABBREVIATIONS.get(word).copied().or_else(|| is_dotted_letters(word).then_some(Abbreviation::MayEnd))
}

/// "U.S", "E.U", "D.C": letters with stops between.
fn is_dotted_letters(word: &str) -> bool {
    let bytes = word.as_bytes();
    bytes.len() >= 3 && bytes.iter().enumerate().all(|(at, byte)| if at % 2 == 0 { byte.is_ascii_alphabetic() } else { *byte == b'.' }) && bytes.len() % 2 == 1
}

/// True for words that begin sentences and no names: "The", "However".
pub fn is_sentence_starter(word: &str) -> bool {
    SENTENCE_STARTERS.contains(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_table_is_read() {
        let lines = TABLE.lines().filter(|line| !line.starts_with('#')).count();
        assert_eq!(lines, ABBREVIATIONS.len());
    }

    #[test]
    fn letters_with_stops_are_abbreviations() {
        assert_eq!(class_of("U.S"), Some(Abbreviation::MayEnd));
        assert_eq!(class_of("e.g"), Some(Abbreviation::Inside));
        assert_eq!(class_of("policy"), None);
    }
}
