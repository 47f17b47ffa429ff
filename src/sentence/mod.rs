//! Sentences of the reading text.
//!
//! A full stop ends a sentence unless something says that it does not: the word before it (an abbreviation, an initial, a list label) or what
//! follows (a small letter, a number after "No."). The rules are ours; the cases that they answer are those of the golden rules of pySBD
//! (Sadvilkar and Neumann, 2020) and of policy papers, where "U.S.", "Sec. 230" and note marks abound.

mod abbreviation;
mod boundary;
mod enumeration;

pub(crate) use self::boundary::enclosed_label;

use crate::document::{BlockKind, Document};
use crate::span::Span;

/// A sentence, or a heading, list item or table row that is none but is read like one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sentence {
    pub span: Span,
    /// Index of its block.
    pub block: usize,
}

/// Splits every block of the document that holds text into sentences, in document order. Furniture, contents lists, reference lists and code have none.
#[must_use]
pub fn sentences(document: &Document) -> Vec<Sentence> {
    let mut found = Vec::with_capacity(document.reading.len() / 100);
    let has_ellipsis = holds_ellipsis(&document.reading);
    for (index, block) in document.blocks.iter().enumerate() {
        let none = matches!(block.kind, BlockKind::Furniture | BlockKind::Contents | BlockKind::Reference { .. } | BlockKind::Code);
        if !none {
            split_into(document.text(block.span), has_ellipsis, |span| found.push(Sentence { span: span.shifted(block.span.start()), block: index }));
        }
    }
    found
}

/// Splits one line of text into sentences, white space around them left out. Spans are byte offsets into `text`.
#[must_use]
pub fn split(text: &str) -> Vec<Span> {
    let mut found = Vec::new();
    split_into(text, holds_ellipsis(text), |span| found.push(span));
    found
}

/// Few texts hold "…", which is costlier to look for than the stops of ASCII.
fn holds_ellipsis(text: &str) -> bool {
    memchr::memmem::find(text.as_bytes(), "…".as_bytes()).is_some()
}

fn split_into(text: &str, has_ellipsis: bool, mut give: impl FnMut(Span)) {
    let mut start = 0;
    for end in enumeration::items(text).into_iter().chain([text.len()]) {
        split_item(text, Span::new(start, end), has_ellipsis, &mut give);
        start = end;
    }
}

fn split_item(text: &str, item: Span, has_ellipsis: bool, give: &mut impl FnMut(Span)) {
    let mut start = item.start();
    let ends = boundary::Boundaries::new(item.of(text), has_ellipsis).map(|end| item.start() + end);
    for end in ends.chain([item.end()]) {
        let span = Span::new(start, end).trimmed(text);
        if !span.is_empty() {
            give(span);
        }
        start = end;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sentences_of(text: &str) -> Vec<&str> {
        split(text).into_iter().map(|span| span.of(text)).collect()
    }

    /// Each case is a text with `|` where a sentence ends and another begins.
    const CASES: &str = include_str!("../../tests/data/sentences.txt");

    #[test]
    fn splits_as_the_cases_say() {
        let mut wrong = Vec::new();
        for case in CASES.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
            let expected: Vec<&str> = case.split('|').map(str::trim).collect();
            let text = expected.join(" ");
            let found = sentences_of(&text);
            if found != expected {
                wrong.push(format!("expected {expected:#?}\nfound {found:#?}"));
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }

    #[test]
    fn spans_cover_all_that_is_not_white_space() {
        let text = "One.  Two! “Three?” Four";
        let joined: String = sentences_of(text).concat();
        assert_eq!(joined.replace(' ', ""), text.replace(' ', ""));
    }

    #[test]
    fn no_text_has_no_sentence() {
        assert_eq!(split(""), []);
        assert_eq!(split("  "), []);
    }
}
