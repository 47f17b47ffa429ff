//! Major topics of the Comparative Agendas Project.

use std::ops::Range;

use super::phrase::Phrases;
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

/// The codes of all topics are below this.
const CODES: usize = 32;

/// The words that point to topics, ready to be looked for.
#[derive(Debug)]
pub struct Topics {
    words: Vec<&'static str>,
    codes: Vec<u8>,
    phrases: Phrases,
    /// For each word, the phrases in which it or its beginning may stand behind the first word, and how far from their start.
    behind: Vec<Vec<(usize, usize)>>,
}

impl Topics {
    #[must_use]
    pub fn built_in() -> Self {
        let (words, codes): (Vec<&str>, Vec<u8>) = entries().unzip();
        Self { phrases: Phrases::new(words.iter().copied()), behind: behind(&words), words, codes }
    }

    /// The topics of a text, the one with most words first, at most two; where it has none, those of its heading.
    #[must_use]
    pub fn of(&self, text: &str, heading: &str) -> Vec<Topic> {
        let mut counts = self.count(text);
        if counts == [0; CODES] {
            counts = self.count(heading);
        }
        let best = counts.iter().max().copied().unwrap_or_default();
        if best == 0 {
            return Vec::new();
        }
        // A second topic counts only if it is about as strong.
        let mut ranked: Vec<usize> = (0..CODES).filter(|&code| counts[code] * 2 > best).collect();
        ranked.sort_by_key(|&code| std::cmp::Reverse(counts[code]));
        ranked.into_iter().take(MOST).filter_map(topic).collect()
    }

    /// How much the words of a text weigh for each topic. Of words that overlap the first counts, of those that begin together the longest.
    fn count(&self, text: &str) -> [usize; CODES] {
        let mut counts = [0; CODES];
        let mut hidden = false;
        self.phrases.find(text, |range, word| {
            self.weigh(text, &range, word, &mut counts);
            hidden |= self.is_hidden(text, range.start, word);
        });
        if hidden { self.count_slowly(text) } else { counts }
    }

    fn weigh(&self, text: &str, range: &Range<usize>, word: usize, counts: &mut [usize; CODES]) {
        let is_letter = |at: usize| text.as_bytes().get(at).is_some_and(u8::is_ascii_alphanumeric);
        let whole = !range.start.checked_sub(1).is_some_and(is_letter) && !is_letter(range.end);
        if let Some(count) = counts.get_mut(usize::from(self.codes[word])).filter(|_| whole) {
            // A phrase says more than a word.
            *count += 1 + usize::from(self.words[word].contains(' '));
        }
    }

    /// True if a phrase that begins within the word before covers this one: "nuclear weapons" in "thermonuclear weapons".
    fn is_hidden(&self, text: &str, at: usize, word: usize) -> bool {
        self.behind[word].iter().any(|&(phrase, offset)| {
            let start = at.checked_sub(offset).filter(|&start| start > 0 && text.as_bytes()[start - 1].is_ascii_alphanumeric());
            start.is_some_and(|start| begins(&text.as_bytes()[start..], self.words[phrase]))
        })
    }

    /// [`Self::count`] with phrases that begin within words, which count for nothing but cover others.
    fn count_slowly(&self, text: &str) -> [usize; CODES] {
        let mut counts = [0; CODES];
        let mut at = 0;
        while at < text.len() {
            let here = &text.as_bytes()[at..];
            let longest = (0..self.words.len()).filter(|&word| begins(here, self.words[word])).max_by_key(|&word| self.words[word].len());
            if let Some(word) = longest {
                self.weigh(text, &(at..at + self.words[word].len()), word, &mut counts);
            }
            at += longest.map_or(1, |word| self.words[word].len());
        }
        counts
    }
}

/// See [`Topics::behind`].
fn behind(words: &[&str]) -> Vec<Vec<(usize, usize)>> {
    let mut behind = vec![Vec::new(); words.len()];
    for (phrase, text) in words.iter().enumerate() {
        for (joint, _) in text.match_indices(|c: char| !c.is_ascii_alphanumeric()) {
            let tail = &text[joint + 1..];
            for (word, _) in words.iter().enumerate().filter(|(_, word)| overlaps(word, tail)) {
                behind[word].push((phrase, joint + 1));
            }
        }
    }
    behind
}

/// One of the two begins with the other.
fn overlaps(one: &str, other: &str) -> bool {
    one.bytes().zip(other.bytes()).all(|(one, other)| one == other)
}

fn begins(text: &[u8], word: &str) -> bool {
    text.get(..word.len()).is_some_and(|head| head.eq_ignore_ascii_case(word.as_bytes()))
}

fn topic(code: usize) -> Option<Topic> {
    NAMES.iter().find(|(known, _)| usize::from(*known) == code).map(|(code, name)| Topic { code: *code, name: (*name).to_owned() })
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
    fn a_phrase_covers_the_words_in_it_even_where_it_begins_within_a_word() {
        let topics = Topics::built_in();
        let weight = |text: &str| topics.count(text).iter().sum::<usize>();
        assert_eq!(weight("Nuclear weapons"), 2);
        assert_eq!(weight("They sell weapons."), 1);
        assert_eq!(weight("Thermonuclear weapons"), 0);
        assert_eq!(weight("Mental health, environmental health"), 4);
        assert_eq!(weight("trade agreements"), 0);
    }

    #[test]
    fn the_quick_count_is_the_slow_one() {
        let topics = Topics::built_in();
        for text in ["Tariffs on imports, net zero and drinking-water quality", "reopen data protection", "é free trade unions", "", "airforce air forces"] {
            assert_eq!(topics.count(text), topics.count_slowly(text), "{text}");
        }
    }

    #[test]
    fn the_file_is_sorted_unique_and_has_known_codes() {
        let words: Vec<&str> = entries().map(|(word, _)| word).collect();
        assert!(words.windows(2).all(|pair| pair[0] < pair[1]));
        assert!(entries().all(|(word, code)| topic(usize::from(code)).is_some() && word == word.to_lowercase()));
        assert_eq!(words.len(), WORDS.lines().filter(|line| !line.starts_with('#') && !line.is_empty()).count());
    }
}
