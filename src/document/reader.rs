//! Writes the reading text, and the map back to the source, in one pass over what an ingester found.

use super::{Block, BlockKind, Document, Inline, InlineKind, Mark};
use crate::span::{SourceSpan, Span};

/// Builds a [`Document`] block by block. Runs of white space become one space, soft hyphens go, and everything else is kept as it is;
/// what is not passed in (mark-up, markers, note marks) is not in the reading text.
pub struct ReadingBuilder {
    document: Document,
    open: Option<Open>,
    inlines: Vec<(InlineKind, usize, usize)>,
}

struct Open {
    kind: BlockKind,
    start: usize,
    source: SourceSpan,
    page: Option<u32>,
    /// White space read but not yet written: it is dropped at the ends of a block.
    space: Option<SourceSpan>,
}

impl ReadingBuilder {
    /// A builder over the source text, which the document takes over.
    #[must_use]
    pub fn new(source: String) -> Self {
        let reading = String::with_capacity(source.len());
        Self { document: Document { source, reading, ..Document::default() }, open: None, inlines: Vec::new() }
    }

    #[must_use]
    pub fn source(&self) -> &str {
        &self.document.source
    }

    /// The document under construction, to fill in pages, metadata and warnings.
    pub fn document(&mut self) -> &mut Document {
        &mut self.document
    }

    /// Opens a block; an open one is closed first. `source` is all of the block, marker included.
    pub fn open(&mut self, kind: BlockKind, source: SourceSpan, page: Option<u32>) {
        self.close();
        if !self.document.reading.is_empty() {
            let at = self.document.reading.len();
            self.document.map.push_replaced(at, SourceSpan::empty(source.start()));
            self.document.reading.push('\n');
        }
        let start = self.document.reading.len();
        self.open = Some(Open { kind, start, source, page, space: None });
    }

    /// Adds a stretch of the source to the open block.
    pub fn text(&mut self, span: SourceSpan) {
        let mut at = span.start();
        while at < span.end() {
            let Some(rest) = self.document.source.get(at..span.end()) else { return };
            let length = verbatim_length(rest);
            if length > 0 {
                self.verbatim(SourceSpan::new(at, at + length));
                at += length;
                continue;
            }
            let Some(c) = rest.chars().next() else { return };
            let here = SourceSpan::new(at, at + c.len_utf8());
            if !is_invisible(c) {
                self.space(here);
            }
            at = here.end();
        }
    }

    /// Adds white space that stands at `source`; it is written as one space, or not at all at the ends of a block.
    pub fn space(&mut self, source: SourceSpan) {
        if let Some(open) = &mut self.open {
            let at_start = self.document.reading.len() == open.start;
            if !at_start {
                open.space = Some(open.space.map_or(source, |space| space.cover(source)));
            }
        }
    }

    /// Adds `text` for a stretch of the source that says it in another form (an entity, a ligature, a mended hyphen).
    pub fn replaced(&mut self, source: SourceSpan, text: &str) {
        if text.trim().is_empty() {
            return self.space(source);
        }
        self.write_space();
        let at = self.document.reading.len();
        self.document.map.push_replaced(at, source);
        self.document.reading.push_str(text);
    }

    /// Notes a mark at the place reached so far.
    pub fn mark(&mut self, source: SourceSpan, label: &str) {
        let at = self.document.reading.len();
        self.document.marks.push(Mark { at, source, label: label.to_owned() });
    }

    /// Opens inline mark-up whose source starts at `source_start`; close it with [`close_inline`](Self::close_inline).
    pub fn open_inline(&mut self, kind: InlineKind, source_start: usize) {
        let at = self.next_offset();
        self.inlines.push((kind, at, source_start));
    }

    /// Closes the innermost open inline mark-up, which ends at `source_end`.
    pub fn close_inline(&mut self, source_end: usize) {
        if let Some((kind, start, source_start)) = self.inlines.pop() {
            let end = self.document.reading.len();
            if start < end {
                self.document.inlines.push(Inline { span: Span::new(start, end), source: SourceSpan::new(source_start, source_end), kind });
            }
        }
    }

    /// Closes the open block. A block without text is dropped.
    pub fn close(&mut self) {
        self.inlines.clear();
        let Some(open) = self.open.take() else { return };
        let end = self.document.reading.len();
        if open.start == end {
            self.document.reading.truncate(open.start.saturating_sub(1));
            return;
        }
        self.document.blocks.push(Block { kind: open.kind, span: Span::new(open.start, end), source: open.source, page: open.page });
    }

    /// Closes the last block and gives the document.
    #[must_use]
    pub fn finish(mut self) -> Document {
        self.close();
        self.document.inlines.sort_by_key(|inline| (inline.span.start(), inline.span.end()));
        self.document
    }

    /// Where the next character will stand, counting white space that is still held back.
    fn next_offset(&self) -> usize {
        let held = self.open.as_ref().is_some_and(|open| open.space.is_some());
        self.document.reading.len() + usize::from(held)
    }

    fn verbatim(&mut self, span: SourceSpan) {
        self.write_space();
        let at = self.document.reading.len();
        self.document.map.push_verbatim(at, span.start());
        let Document { source, reading, .. } = &mut self.document;
        reading.push_str(span.of(source));
    }

    fn write_space(&mut self) {
        let Some(space) = self.open.as_mut().and_then(|open| open.space.take()) else { return };
        let at = self.document.reading.len();
        if space.len() == 1 {
            self.document.map.push_verbatim(at, space.start());
        } else {
            self.document.map.push_replaced(at, space);
        }
        self.document.reading.push(' ');
    }
}

/// How much of the text from its start on is written as it stands: words, and single spaces between them.
fn verbatim_length(text: &str) -> usize {
    let bytes = text.as_bytes();
    let mut at = 0;
    // A space at an end of the text, or beside other white space, is held back or widened.
    if bytes.first() == Some(&b' ') {
        return at;
    }
    loop {
        at += plain_length(bytes, at);
        let length = match bytes.get(at) {
            Some(b' ') => usize::from(visible_length(text, at + 1) > 0),
            _ => visible_length(text, at),
        };
        if length == 0 {
            return at;
        }
        at += length;
    }
}

/// How many bytes from `from` on are visible characters of ASCII or single spaces between such; none, or less than there are, near the end.
fn plain_length(bytes: &[u8], from: usize) -> usize {
    let at = from + plain_lanes::<16>(bytes, from);
    at + plain_lanes::<8>(bytes, at) - from
}

/// The same in whole lanes of bytes.
#[inline]
fn plain_lanes<const LANE: usize>(bytes: &[u8], from: usize) -> usize {
    // What follows a space must be a visible character of ASCII here.
    let is_other = |byte: u8, next: u8| (byte.wrapping_sub(b' ') > b'~' - b' ') | ((byte == b' ') & (next.wrapping_sub(b'!') > b'~' - b'!'));
    let mut at = from;
    while let Some((lane, next)) = bytes.get(at..).and_then(|rest| Some((rest.first_chunk::<LANE>()?, rest.get(1..)?.first_chunk::<LANE>()?))) {
        let pairs = || lane.iter().zip(next);
        if pairs().fold(false, |found, (&byte, &next)| found | is_other(byte, next)) {
            return at - from + pairs().position(|(&byte, &next)| is_other(byte, next)).unwrap_or(LANE);
        }
        at += LANE;
    }
    at - from
}

/// The length of the character at `at`; 0 if it is white space or invisible, or there is none.
fn visible_length(text: &str, at: usize) -> usize {
    match text.as_bytes().get(at) {
        None | Some(b' ') => 0,
        Some(&byte) if byte < 0x80 => usize::from(is_plain(byte)),
        Some(_) => text.get(at..).and_then(|rest| rest.chars().next()).filter(|&c| !is_invisible(c) && !is_blank(c)).map_or(0, char::len_utf8),
    }
}

/// True for the visible characters of ASCII and the space.
fn is_plain(byte: u8) -> bool {
    (b' '..0x7f).contains(&byte)
}

/// Soft hyphen, zero-width space and joiners, byte order mark: no reader sees them.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}' | '\u{200c}' | '\u{200d}' | '\u{2060}' | '\u{feff}')
}

/// White space and control characters, which are read as white space.
fn is_blank(c: char) -> bool {
    c.is_whitespace() || c.is_control()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn joins_wrapped_lines_and_keeps_the_way_back() {
        let mut builder = ReadingBuilder::new("The  state\nshould act.1 Now.".to_owned());
        builder.open(BlockKind::Paragraph, SourceSpan::new(0, 28), None);
        builder.text(SourceSpan::new(0, 22));
        builder.mark(SourceSpan::new(22, 23), "1");
        builder.text(SourceSpan::new(23, 28));
        let document = builder.finish();
        assert_eq!(document.reading, "The state should act. Now.");
        assert_eq!(document.marks[0].at, 21);
        let should = Span::new(10, 16);
        assert_eq!(document.map.source(should).of(&document.source), "should");
        let now = Span::new(22, 26);
        assert_eq!(document.map.source(now).of(&document.source), "Now.");
    }

    #[test]
    fn a_block_without_text_is_dropped() {
        let mut builder = ReadingBuilder::new("a   b".to_owned());
        builder.open(BlockKind::Paragraph, SourceSpan::new(0, 1), None);
        builder.text(SourceSpan::new(0, 1));
        builder.open(BlockKind::Paragraph, SourceSpan::new(1, 4), None);
        builder.text(SourceSpan::new(1, 4));
        builder.open(BlockKind::Paragraph, SourceSpan::new(4, 5), None);
        builder.text(SourceSpan::new(4, 5));
        let document = builder.finish();
        assert_eq!(document.reading, "a\nb");
        assert_eq!(document.blocks.len(), 2);
    }
}
