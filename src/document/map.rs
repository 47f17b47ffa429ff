//! The way back from the reading text to the source.

use crate::span::{SourceSpan, Span};

/// A stretch of the reading text and where it comes from.
#[derive(Debug, Clone, Copy)]
struct Piece {
    reading: u32,
    source: u32,
    /// Length in the source if the piece stands there in another form (an entity, several spaces); 0 for text taken byte by byte.
    other_len: u32,
}

/// Maps byte offsets of the reading text to byte offsets of the source. Pieces are in order of the reading text.
#[derive(Debug, Default)]
pub struct SourceMap {
    pieces: Vec<Piece>,
}

impl SourceMap {
    /// Notes that the reading text from `reading` on is the source text from `source` on, byte by byte.
    pub(super) fn push_verbatim(&mut self, reading: usize, source: usize) {
        if let Some(last) = self.pieces.last() {
            let continues = last.other_len == 0 && source as u64 == u64::from(last.source) + (reading as u64 - u64::from(last.reading));
            if continues {
                return;
            }
        }
        self.push(Piece { reading: reading as u32, source: source as u32, other_len: 0 });
    }

    /// Notes that the reading text from `reading` on stands for `source`, in another form.
    pub(super) fn push_replaced(&mut self, reading: usize, source: SourceSpan) {
        self.push(Piece { reading: reading as u32, source: source.start() as u32, other_len: source.len().max(1) as u32 });
    }

    fn push(&mut self, piece: Piece) {
        match self.pieces.last_mut() {
            Some(last) if last.reading == piece.reading => *last = piece,
            _ => self.pieces.push(piece),
        }
    }

    fn piece_at(&self, reading: usize) -> Option<Piece> {
        let after = self.pieces.partition_point(|piece| piece.reading as usize <= reading);
        after.checked_sub(1).map(|index| self.pieces[index])
    }

    /// The source offset at which the reading character at `reading` begins.
    #[must_use]
    pub fn start(&self, reading: usize) -> usize {
        match self.piece_at(reading) {
            None => 0,
            Some(piece) if piece.other_len > 0 => piece.source as usize,
            Some(piece) => piece.source as usize + (reading - piece.reading as usize),
        }
    }

    /// The source offset just after the reading character that ends at `reading`.
    #[must_use]
    pub fn end(&self, reading: usize) -> usize {
        let Some(before) = reading.checked_sub(1) else { return self.start(0) };
        match self.piece_at(before) {
            None => 0,
            Some(piece) if piece.other_len > 0 => (piece.source + piece.other_len) as usize,
            Some(piece) => piece.source as usize + (reading - piece.reading as usize),
        }
    }

    /// The source span of a reading span: from its first character to its last, with whatever was left out between.
    #[must_use]
    pub fn source(&self, span: Span) -> SourceSpan {
        let start = self.start(span.start());
        if span.is_empty() {
            return SourceSpan::empty(start);
        }
        SourceSpan::new(start, self.end(span.end()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn maps_through_text_that_was_left_out_or_replaced() {
        // source: "a **b** &amp; c"; reading: "a b & c"
        let mut map = SourceMap::default();
        map.push_verbatim(0, 0);
        map.push_verbatim(2, 4);
        map.push_verbatim(3, 7);
        map.push_replaced(4, SourceSpan::new(8, 13));
        map.push_verbatim(5, 13);
        assert_eq!(map.source(Span::new(2, 3)), SourceSpan::new(4, 5));
        assert_eq!(map.source(Span::new(4, 5)), SourceSpan::new(8, 13));
        assert_eq!(map.source(Span::new(0, 7)), SourceSpan::new(0, 15));
    }
}
