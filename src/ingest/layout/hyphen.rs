//! Words broken at line ends: which hyphens are real.

use std::cmp::Ordering;

use rustc_hash::FxHashMap;

/// The words of the document in lower case, compounds with their hyphen, and how often each occurs: the document is its own dictionary.
#[derive(Debug, Default)]
pub struct Words {
    counts: FxHashMap<String, u32>,
    /// Holds one word after the other.
    lower: String,
}

/// First parts that form compounds with nearly any word; after them a hyphen is kept where the document shows no better.
const COMBINING: [&str; 26] = [
    "all", "anti", "cross", "ex", "half", "high", "inter", "long", "low", "mid", "multi", "near", "non", "post", "self", "short", "so", "well", "twenty",
    "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety",
];

/// How a line end is to be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Joint {
    /// A space between two words.
    Space,
    /// Nothing: what stands before and after belongs together as it is.
    Nothing,
    /// The word goes on; the hyphen before the line end is dropped.
    Mended,
}

impl Words {
    /// Takes up the words of a line; its first and last may be parts of broken ones and are left out.
    pub fn add(&mut self, line: &str) {
        let Some((_, rest)) = line.split_once(' ') else { return };
        let Some((inner, _)) = rest.rsplit_once(' ') else { return };
        for word in inner.split(' ') {
            let word = word.trim_matches(|c: char| !c.is_alphanumeric());
            let is_word = |word: &str| match word.is_ascii() {
                true => word.bytes().all(|byte| byte.is_ascii_alphabetic() || byte == b'-'),
                false => word.chars().all(|c| c.is_alphabetic() || c == '-'),
            };
            if word.len() > 2 && is_word(word) {
                self.count_up(word);
            }
        }
    }

    fn count_up(&mut self, word: &str) {
        self.lower.clear();
        if word.is_ascii() {
            self.lower.push_str(word);
            self.lower.make_ascii_lowercase();
        } else {
            self.lower.push_str(&word.to_lowercase());
        }
        match self.counts.get_mut(self.lower.as_str()) {
            Some(count) => *count += 1,
            None => drop(self.counts.insert(self.lower.clone(), 1)),
        }
    }

    fn count(&self, word: &str) -> u32 {
        self.counts.get(word).copied().unwrap_or_default()
    }

    /// How the end of `before` and the start of `after`, the next line, are joined.
    #[must_use]
    pub fn joint(&self, before: &str, after: &str) -> Joint {
        let (last, first) = (last_word(before), first_word(after));
        if last.contains("://") || last.starts_with("www.") {
            return address_joint(last, first);
        }
        let Some(hyphen) = before.chars().next_back() else { return Joint::Space };
        let mut letters = last.chars().rev().skip(1);
        let after_letter = letters.next().is_some_and(|c| c.is_alphanumeric() || c == '.');
        match hyphen {
            '\u{ad}' => Joint::Mended,
            '-' | '\u{2010}' | '\u{2011}' if after_letter => self.hyphen(last, first),
            // A dash set close belongs to both words.
            '–' | '—' | '/' if after_letter => Joint::Nothing,
            _ => Joint::Space,
        }
    }

    fn hyphen(&self, last: &str, first: &str) -> Joint {
        if !first.starts_with(char::is_lowercase) {
            return if first.starts_with(char::is_alphanumeric) { Joint::Nothing } else { Joint::Space };
        }
        let head = last.trim_end_matches(['-', '\u{2010}', '\u{2011}']).trim_start_matches(|c: char| !c.is_alphanumeric());
        // "AI-specific", "e-commerce": no syllable is an acronym or a single letter.
        if head.chars().count() == 1 || head.chars().filter(|c| c.is_uppercase()).count() > 1 {
            return Joint::Nothing;
        }
        let head = head.to_lowercase();
        let tail: String = first.chars().take_while(|c| c.is_alphabetic()).flat_map(char::to_lowercase).collect();
        // "short- and long-term": the hyphen hangs, the words stay apart.
        if matches!(tail.as_str(), "and" | "or" | "to") {
            return Joint::Space;
        }
        let (joined, compound) = (format!("{head}{tail}"), format!("{head}-{tail}"));
        match self.count(&joined).cmp(&self.count(&compound)) {
            // A document that writes a word both ways means the way in which it mostly does.
            Ordering::Greater => Joint::Mended,
            Ordering::Less => Joint::Nothing,
            _ if head.ends_with(|c: char| c.is_ascii_digit()) || head.contains('-') || head.contains('.') => Joint::Nothing,
            _ if COMBINING.contains(&head.as_str()) => Joint::Nothing,
            _ if head.len() > 2 && tail.len() > 2 && self.count(&head) > 0 && self.count(&tail) > 0 => Joint::Nothing,
            _ => Joint::Mended,
        }
    }
}

/// A web address goes on in the next line if it breaks off at a sign, or if what follows can only be part of one.
fn address_joint(last: &str, first: &str) -> Joint {
    let breaks_off = last.ends_with(['/', '-', '_', '=', '?', '&', '%', '#', '~', '+', ':']);
    let ended = last.ends_with(['.', ',', ';', ')']) && !last.ends_with("www.");
    let word = first.trim_end_matches(['.', ',', ';', ')']);
    let inner = word.chars().any(|c| matches!(c, '/' | '_' | '=' | '&' | '%' | '.' | '?')) || (word.contains('-') && word.chars().any(|c| c.is_ascii_digit()));
    let starts = !first.starts_with(['(', '[', '"', '“']) && !first.contains("://") && !first.contains('@');
    if starts && (breaks_off || (inner && (!ended || last.ends_with('.') && first.starts_with(|c: char| c.is_ascii_lowercase())))) {
        Joint::Nothing
    } else {
        Joint::Space
    }
}

fn last_word(text: &str) -> &str {
    text.rsplit([' ', '\n']).next().unwrap_or_default()
}

fn first_word(text: &str) -> &str {
    text.split(' ').next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(line: &str) -> Words {
        let mut words = Words::default();
        words.add(line);
        words
    }

    #[test]
    fn the_document_decides_about_hyphens() {
        let known = words("x the recommendation of a policy-making body for long-term use by government wide x");
        assert_eq!(known.joint("our recommen-", "dation is"), Joint::Mended);
        assert_eq!(known.joint("in policy-", "making circles"), Joint::Nothing);
        assert_eq!(known.joint("a government-", "wide plan"), Joint::Nothing);
        assert_eq!(known.joint("many institu-", "tions have"), Joint::Mended);
        assert_eq!(known.joint("short-", "and long-term"), Joint::Space);
        assert_eq!(known.joint("the U.S.-", "China talks"), Joint::Nothing);
        assert_eq!(known.joint("an AI-", "specific rule"), Joint::Nothing);
        assert_eq!(known.joint("of e-", "commerce"), Joint::Nothing);
        assert_eq!(known.joint("its twenty-", "second session"), Joint::Nothing);
    }

    #[test]
    fn the_usual_way_of_writing_a_word_decides() {
        let mostly_hyphen = words("x start-ups and start-ups or startups x");
        assert_eq!(mostly_hyphen.joint("Indian start-", "ups working"), Joint::Nothing);
        let mostly_closed = words("x startups and start-ups or startups x");
        assert_eq!(mostly_closed.joint("Indian start-", "ups working"), Joint::Mended);
    }

    #[test]
    fn addresses_go_on_after_a_sign() {
        let none = Words::default();
        assert_eq!(none.joint("at https://example.org/reports/", "2020-plan.pdf"), Joint::Nothing);
        assert_eq!(none.joint("at https://example.org/a", "accessed in May"), Joint::Space);
        assert_eq!(none.joint("at https://example.org/a.", "Later the"), Joint::Space);
    }
}
