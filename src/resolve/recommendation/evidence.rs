//! The works that a recommendation rests on: those of the notes whose marks stand in it, and those cited in its text.

use std::collections::BTreeMap;

use crate::document::Document;
use crate::resolve::citation::Apparatus;
use crate::span::Span;

/// Citations by the place at which the running text points to them.
#[derive(Debug)]
pub struct Evidence {
    /// Citations of each note, by the start of each of its marks in the source.
    by_mark: BTreeMap<usize, Vec<usize>>,
    /// Start in the reading text and index of marks and citations that are in it.
    in_text: Vec<(usize, usize)>,
}

impl Evidence {
    #[must_use]
    pub fn new(document: &Document, apparatus: &Apparatus) -> Self {
        let mut of_note: Vec<Vec<usize>> = vec![Vec::new(); apparatus.notes.len()];
        let mut in_text = Vec::new();
        for (index, citation) in apparatus.citations.iter().enumerate() {
            if let Some(cited) = citation.note.and_then(|note| of_note.get_mut(note)) {
                cited.push(index);
            }
            let block = document.block_at(citation.span.start());
            if block.is_some_and(|block| document.blocks[block].kind.is_running_text()) {
                in_text.push((citation.span.start(), index));
            }
            in_text.extend(citation.anchors.iter().map(|anchor| (anchor.start(), index)));
        }
        in_text.sort_unstable();
        let mut by_mark = BTreeMap::new();
        for (note, cited) in apparatus.notes.iter().zip(of_note) {
            for mark in &note.anchors {
                by_mark.insert(mark.start(), cited.clone());
            }
        }
        Self { by_mark, in_text }
    }

    /// The citations that a stretch of the reading text rests on, each once, in their order.
    #[must_use]
    pub fn of(&self, document: &Document, span: Span) -> Vec<usize> {
        let marks = document.marks_in(span).iter().filter_map(|mark| self.by_mark.get(&mark.source.start())).flatten().copied();
        let from = self.in_text.partition_point(|(start, _)| *start < span.start());
        let cited = self.in_text[from..].iter().take_while(|(start, _)| *start < span.end()).map(|(_, index)| *index);
        let mut found: Vec<usize> = marks.chain(cited).collect();
        found.sort_unstable();
        found.dedup();
        found
    }
}
