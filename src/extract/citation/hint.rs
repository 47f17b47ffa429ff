//! Words anywhere in a reference that tell its type, found in one pass.

use aho_corasick::packed::Searcher;
use aho_corasick::{AhoCorasick, AhoCorasickKind, Span};
use std::sync::LazyLock;

/// The words, in lower case.
const WORDS: [&str; 58] = [
    "thesis",
    "dissertation",
    "diss",
    "press release",
    "news release",
    "media release",
    "conference session",
    "speech",
    "remarks",
    "keynote",
    "conference presentation",
    "lecture",
    "interview",
    "personal communication",
    "data set",
    "dataset",
    "database",
    "hearing before",
    "testimony",
    "cong",
    "hearing",
    "arxiv",
    "blog",
    "webpage",
    "web page",
    "website",
    "web site",
    "memorandum",
    "executive order",
    "statement of ",
    "oral evidence",
    "evidence to ",
    "prepared statement",
    "committee",
    "congress",
    "senate",
    "parliament",
    "cong.",
    "commission",
    "before the ",
    "evidence",
    "testimony to",
    " cong., ",
    " sess",
    ", box ",
    " box no",
    ", folder ",
    "presidential library",
    "national archives",
    "record group",
    ", rg ",
    " papers, ",
    "(tna)",
    "memorandum of conversation",
    "state archive",
    "archivo ",
    "bundesarchiv",
    " fond ",
];

/// The words that a text holds, as bits in the order of the list.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Hints(u64);

/// Finds the places where a word may begin, many bytes at a time; none on processors that cannot.
static STARTS: LazyLock<Option<Searcher>> = LazyLock::new(|| Searcher::new(WORDS));

/// Finds the words one byte at a time.
static FINDER: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| AhoCorasick::builder().kind(Some(AhoCorasickKind::DFA)).build(WORDS).ok());

impl Hints {
    /// The words in a text that is in lower case.
    pub fn of(text: &str) -> Self {
        if text.len() < 4 {
            return Self::default();
        }
        match STARTS.as_ref() {
            Some(starts) => Self::by_starts(text.as_bytes(), starts),
            None => Self::by_bytes(text),
        }
    }

    fn by_starts(text: &[u8], starts: &Searcher) -> Self {
        let mut bits = 0;
        let mut at = 0;
        while let Some(found) = starts.find_in(text, Span::from(at..text.len())) {
            // Of the words that begin at one place the searcher gives one.
            let rest = &text[found.start()..];
            for (place, word) in WORDS.iter().enumerate() {
                bits |= u64::from(rest.starts_with(word.as_bytes())) << place;
            }
            at = found.start() + 1;
        }
        Self(bits)
    }

    fn by_bytes(text: &str) -> Self {
        let found = FINDER.as_ref().map(|finder| finder.find_overlapping_iter(text));
        Self(found.into_iter().flatten().fold(0, |bits, found| bits | 1 << found.pattern().as_usize()))
    }

    /// True if the text holds one of the words.
    pub fn has(self, words: u64) -> bool {
        self.0 & words != 0
    }

    /// How many of the words the text holds.
    pub fn count(self, words: u64) -> u32 {
        (self.0 & words).count_ones()
    }
}

/// The bits of some of the words. Only for constants: it fails for what is not in the list.
pub(super) const fn bits(words: &[&str]) -> u64 {
    let mut bits = 0;
    let mut at = 0;
    while at < words.len() {
        bits |= 1 << place(words[at].as_bytes());
        at += 1;
    }
    bits
}

const fn place(word: &[u8]) -> usize {
    let mut at = 0;
    while !is_same(WORDS[at].as_bytes(), word) {
        at += 1;
    }
    at
}

const fn is_same(a: &[u8], b: &[u8]) -> bool {
    let mut at = 0;
    while at < a.len() && at < b.len() && a[at] == b[at] {
        at += 1;
    }
    at == a.len() && at == b.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_within_words_are_found() {
        let hints = Hints::of("memorandum of conversation, 118th cong., 2 papers, ");
        assert_eq!(hints.count(bits(&["memorandum of conversation", "memorandum", " cong., ", "cong.", "cong", " papers, "])), 6);
        assert!(!hints.has(bits(&["congress", "blog"])));
        for text in ["thesissdissertationn", "cong., committee testimony to congress", "a website blog, box 4, folder 2 papers, record group", "blog"] {
            assert_eq!(Hints::of(text).0, Hints::by_bytes(text).0, "{text}");
        }
    }
}
