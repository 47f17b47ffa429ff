//! Half-open byte ranges into one of the two texts that a document has.

use std::fmt;
use std::marker::PhantomData;
use std::ops::Range;

/// Marks a span of [`Document::reading`](crate::document::Document::reading), the cleaned text that every stage works on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reading {}

/// Marks a span of [`Document::source`](crate::document::Document::source), the text as read, which the record points into.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Source {}

/// A half-open range of byte offsets into the text named by `Of`. `start <= end` holds by construction.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span<Of = Reading> {
    start: u32,
    end: u32,
    of: PhantomData<Of>,
}

/// A span of the source text.
pub type SourceSpan = Span<Source>;

impl<Of: Copy> Span<Of> {
    /// The span from `start` to `end` in bytes; the two are swapped if given in the wrong order.
    /// Offsets past `u32::MAX` do not occur: ingestion refuses larger documents.
    #[must_use]
    pub fn new(start: usize, end: usize) -> Self {
        let (start, end) = if start <= end { (start, end) } else { (end, start) };
        Self { start: offset(start), end: offset(end), of: PhantomData }
    }

    /// The empty span at `at`.
    #[must_use]
    pub fn empty(at: usize) -> Self {
        Self::new(at, at)
    }

    #[must_use]
    pub fn start(self) -> usize {
        self.start as usize
    }

    #[must_use]
    pub fn end(self) -> usize {
        self.end as usize
    }

    /// Length in bytes.
    #[must_use]
    pub fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    #[must_use]
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    #[must_use]
    pub fn range(self) -> Range<usize> {
        self.start()..self.end()
    }

    /// The slice of `text` that the span covers; empty if the span does not lie in `text` on character borders.
    #[must_use]
    pub fn of(self, text: &str) -> &str {
        text.get(self.range()).unwrap_or_default()
    }

    #[must_use]
    pub fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    #[must_use]
    pub fn contains_offset(self, at: usize) -> bool {
        self.start() <= at && at < self.end()
    }

    /// True if the two share at least one byte.
    #[must_use]
    pub fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The smallest span that covers both.
    #[must_use]
    pub fn cover(self, other: Self) -> Self {
        Self { start: self.start.min(other.start), end: self.end.max(other.end), of: PhantomData }
    }

    /// The same range counted from `base`: for spans found in a slice that starts at `base`.
    #[must_use]
    pub fn shifted(self, base: usize) -> Self {
        Self::new(self.start() + base, self.end() + base)
    }

    /// The span without white space at its ends in `text`.
    #[must_use]
    pub fn trimmed(self, text: &str) -> Self {
        let slice = self.of(text);
        let is_plain = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_graphic);
        if is_plain(slice.as_bytes().first()) && is_plain(slice.as_bytes().last()) {
            return self;
        }
        let start = self.start() + (slice.len() - slice.trim_start().len());
        Self::new(start, start + slice.trim().len())
    }
}

fn offset(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

impl<Of: Copy> From<Range<usize>> for Span<Of> {
    fn from(range: Range<usize>) -> Self {
        Self::new(range.start, range.end)
    }
}

impl<Of> fmt::Debug for Span<Of> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}..{}", self.start, self.end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_span_cannot_be_inverted() {
        let span: Span = Span::new(7, 3);
        assert_eq!((span.start(), span.end()), (3, 7));
    }

    #[test]
    fn trims_white_space_at_both_ends() {
        let span: Span = Span::new(0, 7);
        assert_eq!(span.trimmed("  ab c \n").of("  ab c \n"), "ab c");
    }

    #[test]
    fn a_span_off_the_character_borders_is_empty_text() {
        let span: Span = Span::new(1, 2);
        assert_eq!(span.of("é"), "");
    }
}
