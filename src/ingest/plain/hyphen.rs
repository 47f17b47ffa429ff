//! Hyphens at line ends: the document is its own dictionary.

use rustc_hash::FxHashSet as HashSet;

/// The words of a text, in the form in which they stand.
#[derive(Debug, Default)]
pub struct Words<'a> {
    words: HashSet<&'a str>,
    read: bool,
}

impl<'a> Words<'a> {
    /// True if the hyphen between two parts of a word that a line end divides belongs to the word ("long-term"); false if the line end put it there.
    pub fn keeps_hyphen(&mut self, source: &'a str, before: &str, after: &str) -> bool {
        if !self.read {
            self.read = true;
            self.words.extend(source.split(|c: char| !(c.is_alphanumeric() || matches!(c, '-' | '‐'))).filter(|word| !word.is_empty()));
        }
        let joined = format!("{before}{after}");
        if self.knows(&joined) {
            return false;
        }
        if self.knows(&format!("{before}-{after}")) {
            return true;
        }
        // Two words that occur by themselves are a compound; a syllable is no word.
        before.len() > 3 && after.len() > 3 && self.knows(before) && self.knows(after) || before.chars().any(|c| c.is_ascii_digit())
    }

    fn knows(&self, word: &str) -> bool {
        self.words.contains(word) || word.chars().any(char::is_uppercase) && self.words.contains(word.to_lowercase().as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_document_is_the_dictionary() {
        let text = "A long-term plan for international trade and a rule of law; the term is long.";
        let mut words = Words::default();
        assert!(!words.keeps_hyphen(text, "inter", "national"));
        assert!(words.keeps_hyphen(text, "long", "term"));
        assert!(!words.keeps_hyphen(text, "com", "mittee"));
    }
}
