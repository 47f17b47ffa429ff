//! Differences of two texts, word by word.

use serde::Serialize;
use similar::{Algorithm, DiffOp, capture_diff_slices};

use crate::sentence;

/// Texts of more than this many pairs of words are not compared word by word.
const MOST_PAIRS: usize = 4_000_000;

/// A run of words of a text that was changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Words {
    /// `kept`, `added` or `removed`.
    pub kind: &'static str,
    pub text: String,
}

impl Words {
    fn new(kind: &'static str, text: impl Into<String>) -> Self {
        Self { kind, text: text.into() }
    }
}

/// The difference word by word. Changes with nothing but a space or a mark between them are one change.
#[must_use]
pub fn word_changes(old: &str, new: &str) -> Vec<Words> {
    let (one, other) = (tokens(old), tokens(new));
    if one.len() * other.len() > MOST_PAIRS {
        return vec![Words::new("removed", old), Words::new("added", new)];
    }
    let mut runs: Vec<Run> = Vec::new();
    for operation in capture_diff_slices(Algorithm::Myers, &one, &other) {
        let run =
            Run { is_kept: matches!(operation, DiffOp::Equal { .. }), old: one[operation.old_range()].concat(), new: other[operation.new_range()].concat() };
        push(&mut runs, run);
    }
    runs.into_iter().flat_map(Run::words).filter(|words| !words.text.is_empty()).collect()
}

/// The difference of two longer texts, sentence by sentence, and word by word where a sentence was reworded. Sentences that stayed are left out, with "…" for them.
#[must_use]
pub fn passage_changes(old: &str, new: &str) -> Vec<Words> {
    let (one, other) = (sentences(old), sentences(new));
    let mut found: Vec<Words> = Vec::new();
    for operation in capture_diff_slices(Algorithm::Patience, &one, &other) {
        let (before, after) = (one[operation.old_range()].join(" "), other[operation.new_range()].join(" "));
        match operation {
            DiffOp::Equal { .. } => {
                let (lead, close) = (
                    if found.is_empty() { "" } else { " " },
                    if operation.old_range().end == one.len() && operation.new_range().end == other.len() { "" } else { " " },
                );
                found.push(Words::new("kept", format!("{lead}…{close}")));
            }
            _ if common_share(&before, &after) >= REWORDED => found.extend(word_changes(&before, &after)),
            _ => found.extend([Words::new("removed", before), Words::new("added", after)].into_iter().filter(|words| !words.text.is_empty())),
        }
    }
    found
}

/// From this share of common words on, sentences are a new wording and not other sentences.
const REWORDED: f32 = 0.4;

/// A stretch of both texts: the same in both, or not.
struct Run {
    is_kept: bool,
    old: String,
    new: String,
}

impl Run {
    fn words(self) -> Vec<Words> {
        if self.is_kept { vec![Words::new("kept", self.new)] } else { vec![Words::new("removed", self.old), Words::new("added", self.new)] }
    }
}

/// Adds a run; a change after a change with no letter or digit between them is joined to it.
fn push(runs: &mut Vec<Run>, run: Run) {
    let is_thin = |run: &Run| run.is_kept && !run.new.contains(char::is_alphanumeric);
    if !run.is_kept && runs.len() >= 2 && runs.last().is_some_and(is_thin) {
        let thin = runs.pop().map_or_else(String::new, |thin| thin.new);
        if let Some(change) = runs.last_mut() {
            change.old.extend([thin.as_str(), &run.old]);
            change.new.extend([thin.as_str(), &run.new]);
        }
        return;
    }
    runs.push(run);
}

/// Words, runs of white space, and single marks.
fn tokens(text: &str) -> Vec<&str> {
    let class = |c: char| if c.is_alphanumeric() { 'w' } else { if c.is_whitespace() { ' ' } else { '.' } };
    let (mut found, mut start, mut last) = (Vec::new(), 0, None);
    for (at, c) in text.char_indices() {
        let class = class(c);
        if last.is_some_and(|last| last != class || class == '.') {
            found.push(&text[start..at]);
            start = at;
        }
        last = Some(class);
    }
    if start < text.len() {
        found.push(&text[start..]);
    }
    found
}

fn sentences(text: &str) -> Vec<&str> {
    sentence::split(text).into_iter().map(|span| span.of(text)).collect()
}

/// The share of words that two texts have in common.
pub(super) fn common_share(one: &str, other: &str) -> f32 {
    let (one, other) = (words_of(one), words_of(other));
    let both = one.iter().filter(|word| other.binary_search(word).is_ok()).count();
    2.0 * both as f32 / (one.len() + other.len()).max(1) as f32
}

/// The different words of a text, in lower case, sorted.
pub(super) fn words_of(text: &str) -> Vec<String> {
    let lower = text.to_lowercase();
    let mut words: Vec<String> = lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect();
    words.sort_unstable();
    words.dedup();
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(words: &[Words]) -> String {
        let one = |words: &Words| match words.kind {
            "added" => format!("{{+{}+}}", words.text),
            "removed" => format!("[-{}-]", words.text),
            _ => words.text.clone(),
        };
        words.iter().map(one).collect()
    }

    #[test]
    fn changes_are_words_and_neighbours_are_one_change() {
        assert_eq!(shown(&word_changes("agreed in principle.", "agreed and a host chosen.")), "agreed [-in principle-]{+and a host chosen+}.");
        assert_eq!(shown(&word_changes("pay $12 million, 2018–2024", "pay $15 million, 2018–2025")), "pay $[-12-]{+15+} million, 2018–[-2024-]{+2025+}");
        assert_eq!(shown(&word_changes("same", "same")), "same");
    }

    #[test]
    fn sentences_that_stayed_are_left_out() {
        let found = passage_changes("It rained. We saw ten ships there. The end came.", "It rained. We saw two ships there. The end came. And more.");
        assert_eq!(shown(&found), "… We saw [-ten-]{+two+} ships there. … {+And more.+}");
    }
}
