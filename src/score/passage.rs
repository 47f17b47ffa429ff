//! The passages of a record's text and their sentences, for people to code.

use crate::ingest::{self, Limits};
use crate::record::{Analysis, Place};
use crate::sentence::{self, Sentence};

/// A paragraph, list item, heading or note.
#[derive(Debug, Clone)]
pub struct Passage {
    /// False for headings, notes and the like.
    pub is_running_text: bool,
    /// Each with its text as it is read: lines joined, hyphens at line ends mended.
    pub sentences: Vec<(Place, String)>,
}

/// The passages, in order. They are read from the record's text once more, since hard-wrapped lines are no paragraphs.
#[must_use]
pub fn passages(record: &Analysis) -> Vec<Passage> {
    let name = if record.document.media_type == "text/markdown" { "text.md" } else { "text.txt" };
    let Ok(document) = ingest::read(name, record.text.as_bytes(), &Limits::default()) else { return Vec::new() };
    if document.source != record.text {
        return Vec::new();
    }
    let starts: Vec<usize> = record.text.char_indices().map(|(at, _)| at).collect();
    let point = |byte: usize| starts.partition_point(|&start| start < byte);
    let sentences = sentence::sentences(&document);
    let one = |sentence: &Sentence| {
        let source = document.map.source(sentence.span);
        (Place { start: point(source.start()), end: point(source.end()) }, document.text(sentence.span).to_owned())
    };
    sentences
        .chunk_by(|one, next| one.block == next.block)
        .map(|group| Passage {
            is_running_text: group.first().is_some_and(|first| document.blocks[first.block].kind.is_running_text()),
            sentences: group.iter().map(one).collect(),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::DocumentInfo;

    #[test]
    fn a_sentence_may_go_on_in_the_next_line() {
        let text = "The port needs a deeper channel and a longer quay, and it\nneeds both before the decade ends. Über one thing there is no\ndoubt among the people who use it: the old quay must close.";
        let document = DocumentInfo { media_type: "text/plain".to_owned(), ..DocumentInfo::default() };
        let found = passages(&Analysis { document, text: text.to_owned(), ..Analysis::default() });
        let sentences: Vec<&(Place, String)> = found.iter().flat_map(|passage| &passage.sentences).collect();
        assert_eq!(sentences.len(), 2, "{found:?}");
        let slice: String = text.chars().skip(sentences[1].0.start).take(4).collect();
        assert_eq!(slice, "Über");
        assert!(sentences[0].1.contains("and it needs both"));
    }
}
