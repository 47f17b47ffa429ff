//! Major topics of the Comparative Agendas Project.

use std::collections::BTreeMap;

use aho_corasick::{AhoCorasick, MatchKind};

use crate::record::Topic;

const WORDS: &str = include_str!("data/topics.tsv");

/// Code and name of each major topic, as the project's master codebook gives them.
const NAMES: [(u8, &str); 21] = [
    (1, "Macroeconomics"),
    (2, "Civil Rights"),
    (3, "Health"),
    (4, "Agriculture"),
    (5, "Labor"),
    (6, "Education"),
    (7, "Environment"),
    (8, "Energy"),
    (9, "Immigration"),
    (10, "Transportation"),
    (12, "Law and Crime"),
    (13, "Social Welfare"),
    (14, "Housing"),
    (15, "Domestic Commerce"),
    (16, "Defense"),
    (17, "Technology"),
    (18, "Foreign Trade"),
    (19, "International Affairs"),
    (20, "Government Operations"),
    (21, "Public Lands"),
    (23, "Culture"),
];

/// How many topics one text is given at most.
const MOST: usize = 2;

/// The words that point to topics, ready to be looked for.
#[derive(Debug)]
pub struct Topics {
    automaton: Option<AhoCorasick>,
    codes: Vec<u8>,
}

impl Topics {
    #[must_use]
    pub fn built_in() -> Self {
        let (words, codes): (Vec<&str>, Vec<u8>) = entries().unzip();
        let automaton = AhoCorasick::builder().ascii_case_insensitive(true).match_kind(MatchKind::LeftmostLongest).build(words).ok();
        Self { automaton, codes }
    }

    /// The topics of a text, the one with most words first, at most two; where it has none, those of its heading.
    #[must_use]
    pub fn of(&self, text: &str, heading: &str) -> Vec<Topic> {
        let own = self.count(text);
        let counts = if own.is_empty() { self.count(heading) } else { own };
        let mut ranked: Vec<(u8, usize)> = counts.into_iter().collect();
        ranked.sort_by_key(|&(code, count)| (std::cmp::Reverse(count), code));
        let best = ranked.first().map_or(0, |&(_, count)| count);
        // A second topic counts only if it is about as strong.
        let strong = |&&(_, count): &&(u8, usize)| count * 2 > best;
        ranked.iter().filter(strong).take(MOST).filter_map(|&(code, _)| topic(code)).collect()
    }

    fn count(&self, text: &str) -> BTreeMap<u8, usize> {
        let mut counts = BTreeMap::new();
        let Some(automaton) = &self.automaton else { return counts };
        let bytes = text.as_bytes();
        let is_letter = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_alphanumeric);
        for found in automaton.find_iter(text) {
            let whole = !found.start().checked_sub(1).is_some_and(is_letter) && !is_letter(found.end());
            if whole {
                // A phrase says more than a word.
                let weight = 1 + usize::from(text[found.range()].contains(' '));
                *counts.entry(self.codes[found.pattern().as_usize()]).or_insert(0) += weight;
            }
        }
        counts
    }
}

fn topic(code: u8) -> Option<Topic> {
    NAMES.iter().find(|(known, _)| *known == code).map(|(code, name)| Topic { code: *code, name: (*name).to_owned() })
}

fn entries() -> impl Iterator<Item = (&'static str, u8)> {
    WORDS.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once('\t')).filter_map(|(word, code)| Some((word, code.parse().ok()?)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes(text: &str) -> Vec<u8> {
        Topics::built_in().of(text, "").into_iter().map(|topic| topic.code).collect()
    }

    #[test]
    fn words_lead_to_topics() {
        assert_eq!(codes("The ministry should lower tariffs on imports."), [18]);
        assert_eq!(codes("Schools should teach two languages to all students.").first(), Some(&6));
        assert!(codes("They should act.").is_empty());
    }

    #[test]
    fn the_file_is_sorted_unique_and_has_known_codes() {
        let words: Vec<&str> = entries().map(|(word, _)| word).collect();
        assert!(words.windows(2).all(|pair| pair[0] < pair[1]));
        assert!(entries().all(|(word, code)| topic(code).is_some() && word == word.to_lowercase()));
        assert_eq!(words.len(), WORDS.lines().filter(|line| !line.starts_with('#') && !line.is_empty()).count());
    }
}
