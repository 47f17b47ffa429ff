//! The lines of a plain text.

use crate::document::Page;
use crate::span::SourceSpan;

/// A line that holds text.
#[derive(Debug, Clone, Copy)]
pub struct Line {
    /// Without white space at its ends, in bytes of the source.
    pub start: usize,
    pub end: usize,
    /// White space before it, in columns.
    pub indent: u16,
    /// Characters between `start` and `end`.
    pub width: u32,
    /// True if the line before it is blank, or it is the first, or a page begins with it.
    pub after_blank: bool,
    /// From 1.
    pub page: u32,
}

impl Line {
    #[must_use]
    pub fn text(self, source: &str) -> &str {
        source.get(self.start..self.end).unwrap_or_default()
    }
}

/// The lines that hold text, and the pages if form feeds divide any.
#[must_use]
pub fn lines(source: &str) -> (Vec<Line>, Vec<Page>) {
    let mut lines = Vec::with_capacity(source.len() / 60 + 1);
    let mut pages = Vec::new();
    let mut page_start = 0;
    let mut page = 1;
    let mut after_blank = true;
    let mut at = 0;
    let has_pages = memchr::memchr(0x0c, source.as_bytes()).is_some();
    let ends = memchr::memchr_iter(b'\n', source.as_bytes()).map(|end| end + 1).chain([source.len()]);
    for end in ends {
        let mut from = at;
        at = end;
        // A form feed may stand before text on its line.
        while let Some(feed) = source.get(from..at).filter(|_| has_pages).and_then(|rest| memchr::memchr(0x0c, rest.as_bytes())) {
            push(source, from, from + feed, page, after_blank, &mut lines);
            pages.push(Page { number: page, source: SourceSpan::new(page_start, from + feed) });
            from += feed + 1;
            page_start = from;
            page += 1;
            after_blank = true;
        }
        after_blank = push(source, from, at, page, after_blank, &mut lines);
    }
    if page > 1 {
        let holds_text = source.get(page_start..).is_some_and(|rest| !rest.trim().is_empty());
        if holds_text {
            pages.push(Page { number: page, source: SourceSpan::new(page_start, source.len()) });
        }
    }
    if is_double_spaced(source, &lines) {
        join(source, &mut lines);
    }
    (lines, pages)
}

/// Fewer lines than this tell nothing of their spacing.
const FEWEST: usize = 12;

/// A blank stands between nearly all lines, and many of them break off in the middle of a sentence.
fn is_double_spaced(source: &str, lines: &[Line]) -> bool {
    let blank = lines.iter().filter(|line| line.after_blank).count();
    if lines.len() < FEWEST || blank * 10 < lines.len() * 9 {
        return false;
    }
    let broken = lines.windows(2).filter(|pair| runs_on(source, pair[0], pair[1])).count();
    broken * 5 >= lines.len() * 2
}

fn runs_on(source: &str, line: Line, next: Line) -> bool {
    let ends = line.text(source).ends_with(['.', '!', '?', ':', ';', '”', '"']);
    !ends && next.text(source).starts_with(char::is_lowercase)
}

/// Takes the blanks out that stand between the lines of a paragraph: those after a line of full width, or one that goes on in small letters.
fn join(source: &str, lines: &mut [Line]) {
    let mut widths: Vec<u32> = lines.iter().map(|line| line.width).collect();
    widths.sort_unstable();
    let usual = widths.get(widths.len() / 2).copied().unwrap_or_default();
    for index in 1..lines.len() {
        let (line, next) = (lines[index - 1], lines[index]);
        lines[index].after_blank &= line.width * 4 < usual * 3 && !runs_on(source, line, next);
    }
}

/// Adds the line if it holds text. Gives whether the next line comes after a blank.
fn push(source: &str, from: usize, to: usize, page: u32, after_blank: bool, lines: &mut Vec<Line>) -> bool {
    let raw = source.get(from..to).unwrap_or_default();
    let text = raw.trim();
    if text.is_empty() {
        return true;
    }
    let lead = raw.len() - raw.trim_start().len();
    let indent: usize = raw[..lead].chars().map(|c| if c == '\t' { 4 } else { 1 }).sum();
    let start = from + lead;
    let width = if text.is_ascii() { text.len() } else { text.chars().count() };
    lines.push(Line {
        start,
        end: start + text.len(),
        indent: u16::try_from(indent).unwrap_or(u16::MAX),
        width: u32::try_from(width).unwrap_or(u32::MAX),
        after_blank,
        page,
    });
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blanks_between_the_lines_of_a_paragraph_count_for_nothing() {
        let paragraph =
            "the ministry of the islands has\n\nto say each year what it did and\n\nwhat it left to the towns that it\n\nserves and why it did.\n\n";
        let source = paragraph.repeat(4);
        let (lines, _) = lines(&source);
        let after: Vec<bool> = lines.iter().take(6).map(|line| line.after_blank).collect();
        assert_eq!(after, [true, false, false, false, true, false]);
    }

    #[test]
    fn form_feeds_divide_pages() {
        let source = "one\n\ntwo\n\u{c}three\n";
        let (lines, pages) = lines(source);
        let read: Vec<_> = lines.iter().map(|line| (line.text(source), line.page, line.after_blank)).collect();
        assert_eq!(read, [("one", 1, true), ("two", 1, true), ("three", 2, true)]);
        assert_eq!(pages.len(), 2);
    }
}
