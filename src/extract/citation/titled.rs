//! Works that the running text names in full: an emphasised title with its number or date, a quoted title that a word for its kind leads to.

use super::family::Families;
use super::token::Tokens;
use super::{Found, issuer_before, read_at, text};
use crate::document::{Document, Inline, InlineKind};
use crate::record::{Work, WorkKind};
use crate::span::Span;

/// The rule of titles in quotation marks in the running text.
const QUOTED: &str = "citation.running.quoted";

/// How far behind a title its number and date may end, in bytes.
const BEHIND: usize = 120;

/// The titles of the block `block` that its mark-up sets off and a number or a date in brackets follows, with the issuer before.
pub(super) fn emphasised(document: &Document, block: Span, families: &Families, out: &mut Vec<Found>) {
    let mut last = block.start();
    for title in runs(document, block) {
        let whole = document.text(block);
        let (from, to) = (title.start() - block.start(), title.end() - block.start());
        let words = document.text(title).trim();
        if title.start() < last || words.split_whitespace().count() < 4 || !words.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit()) {
            continue;
        }
        let Some(length) = imprint(whole.get(to..).unwrap_or_default(), families) else { continue };
        let start = issuer_before(whole, from);
        let place = Span::new(block.start() + start, block.start() + to + length);
        let mut found = read_at(document, place, families);
        if found.work.title.is_some() && !found.span.is_empty() {
            last = found.span.end();
            found.confidence = 0.85;
            out.push(found);
        }
    }
}

/// Stretches of emphasis; those that only a space or a line end parts are one.
fn runs(document: &Document, block: Span) -> Vec<Span> {
    let mut inlines: Vec<&Inline> = document.inlines_in(block).filter(|inline| block.contains(inline.span) && inline.kind == InlineKind::Emphasis).collect();
    inlines.reverse();
    let mut runs: Vec<Span> = Vec::with_capacity(inlines.len());
    for inline in inlines {
        match runs.last_mut() {
            Some(open) if document.reading.get(open.end()..inline.span.start()).is_some_and(|gap| gap.trim().is_empty()) => *open = open.cover(inline.span),
            _ => runs.push(inline.span),
        }
    }
    runs
}

/// The length of the number and the bracket with a year behind a title: ", GAO-20-1 (Washington, D.C.: May 2, 2020)", " (2019)".
fn imprint(after: &str, families: &Families) -> Option<usize> {
    let near = (0..=after.len().min(BEHIND)).rev().find(|&at| after.is_char_boundary(at)).and_then(|at| after.get(..at))?;
    let mut at = near.len() - near.trim_start_matches([',', ' ', '.']).len();
    let mut numbered = false;
    if let Some(hit) = families.find(near).into_iter().next().filter(|hit| hit.start == at && hit.work.title.is_none()) {
        at = hit.end;
        numbered = true;
    }
    let rest = &near[at..];
    let open = rest.len() - rest.trim_start().len();
    let bracket = rest[open..].strip_prefix('(').and_then(|inside| inside.find(')').map(|close| (&inside[..close], close)));
    let dated = bracket.filter(|(inside, _)| has_year(inside)).map(|(_, close)| at + open + close + 2);
    dated.or(numbered.then_some(at))
}

fn has_year(text: &str) -> bool {
    let tokens = Tokens::new(text);
    (0..tokens.len()).any(|index| tokens.year(index).is_some())
}

/// Nouns for works that a quoted title may follow.
const KINDS: [&str; 26] = [
    "report",
    "paper",
    "study",
    "brief",
    "article",
    "essay",
    "analysis",
    "book",
    "recommendations",
    "testimony",
    "speech",
    "guidance",
    "memo",
    "memorandum",
    "handbook",
    "publication",
    "commentary",
    "communication",
    "strategy",
    "document",
    "guide",
    "toolkit",
    "factsheet",
    "statement",
    "review",
    "blog",
];

/// The quoted titles of a block that a word for a kind of work leads to: "the report “Ports at Risk”", "the recommendations in “Five Ports”".
pub(super) fn quoted(document: &Document, block: Span, out: &mut Vec<Found>) {
    let whole = document.text(block);
    let mut from = 0;
    while let Some(open) = memchr::memmem::find(&whole.as_bytes()[from..], "“".as_bytes()).map(|at| from + at) {
        let inside = open + '“'.len_utf8();
        from = inside;
        let Some((length, mark)) = whole[inside..].char_indices().take(200).find(|(_, c)| matches!(c, '”' | '"')).map(|(at, c)| (at, c.len_utf8())) else {
            continue;
        };
        let title = whole[inside..inside + length].trim_end_matches(',');
        if !is_title(title) || !is_led(whole[..open].trim_end()) {
            continue;
        }
        let work = Work { kind: WorkKind::Report, title: Some(text::title(title)), ..Work::default() };
        let span = Span::new(block.start() + open, block.start() + inside + length + mark);
        out.push(Found { span, source: None, work, rule: QUOTED.to_owned(), confidence: 0.7 });
    }
}

/// Three words or more, the long ones with capitals.
fn is_title(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    let long = words.iter().filter(|word| word.chars().count() >= 5).count();
    let capital = words.iter().filter(|word| word.chars().count() >= 5 && word.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit())).count();
    (3..=25).contains(&words.len()) && words[0].starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit()) && long >= 2 && capital * 10 >= long * 9
}

/// "the report, entitled", "recommendations in": a word for a kind of work, with at most a small word behind it.
fn is_led(before: &str) -> bool {
    let before = before.trim_end_matches([',', ':']);
    let mut words = before.rsplit(' ').map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()));
    let Some(mut last) = words.next() else { return false };
    if ["entitled", "titled", "called", "in"].contains(&last) {
        let Some(next) = words.next() else { return false };
        last = next;
    }
    KINDS.contains(&last)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_have_capitals_and_a_word_that_leads() {
        assert!(is_title("Five Ways to Support Harbours") && !is_title("so called new ports") && !is_title("Ports"));
        assert!(is_led("Read the recommendations in") && is_led("the 2019 report, entitled") && !is_led("what he called"));
    }

    #[test]
    fn the_imprint_ends_with_its_bracket() {
        let families = Families::none();
        assert_eq!(imprint(" (Oslo, 2019) and", &families), Some(" (Oslo, 2019)".len()));
        assert_eq!(imprint(" is a book (of ports)", &families), None);
    }
}
