//! Marks in the running text with the notes that they point to.

use rustc_hash::FxHashMap as HashMap;

use super::citation::Note;
use crate::document::{BlockKind, Document};
use crate::rule::RuleSet;
use crate::span::SourceSpan;

/// Links every mark to its note; a mark whose note is not in the text gives a note without a place. Notes are in document order, those without a
/// place where their first mark stands.
///
/// Labels may begin anew on every page or in every chapter: a mark means the next note with its label, or, where none follows, the last before it.
#[must_use]
pub fn link(document: &Document, rules: &RuleSet) -> Vec<Note> {
    let mut notes = Vec::new();
    let mut places = Vec::new();
    let mut by_label: HashMap<&str, Vec<usize>> = HashMap::default();
    for block in &document.blocks {
        if let BlockKind::Note { label } = &block.kind {
            by_label.entry(label).or_default().push(notes.len());
            places.push(block.span.start());
            notes.push(Note { label: label.clone(), span: Some(block.span), kind: None, anchors: Vec::new(), rule: None, confidence: 0.0 });
        }
    }
    let mut missing: HashMap<&str, usize> = HashMap::default();
    for mark in &document.marks {
        let note = by_label.get(mark.label.as_str()).and_then(|same| {
            let next = same.partition_point(|&note| places[note] < mark.at);
            same.get(next).or_else(|| same.last()).copied()
        });
        let note = note.unwrap_or_else(|| {
            *missing.entry(&mark.label).or_insert_with(|| {
                places.push(mark.at);
                notes.push(Note { label: mark.label.clone(), span: None, kind: None, anchors: Vec::new(), rule: None, confidence: 0.0 });
                notes.len() - 1
            })
        });
        notes[note].anchors.push(mark.source);
    }
    for note in &mut notes {
        note.rule = rules.find(rule_of(note, &document.source));
        note.confidence = note.rule.map_or(0.9, |rule| rules.get(rule).confidence);
    }
    let mut ordered: Vec<(usize, Note)> = places.into_iter().zip(notes).collect();
    ordered.sort_by_key(|(place, _)| *place);
    ordered.into_iter().map(|(_, note)| note).collect()
}

/// The rule by which a note was told: the form of its mark.
fn rule_of(note: &Note, source: &str) -> &'static str {
    let Some(mark) = note.anchors.first().map(|span: &SourceSpan| span.of(source)) else { return "note.unmarked" };
    if mark.contains('[') {
        "note.mark.bracket"
    } else if mark.starts_with(|c: char| matches!(c, '^' | '<') || superscript(c)) {
        "note.mark.superscript"
    } else if mark.starts_with(['*', '†', '‡', '§', '¶']) {
        "note.mark.symbol"
    } else if mark.starts_with('(') {
        "note.mark.parenthesis"
    } else {
        "note.mark.glued"
    }
}

fn superscript(c: char) -> bool {
    matches!(c, '¹' | '²' | '³' | '⁰' | '⁴'..='⁹')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::ReadingBuilder;

    /// A document of paragraphs ("p …") and notes ("1 …"); "#2" in a paragraph is a mark.
    fn document(lines: &[&str]) -> Document {
        let source = lines.join("\n");
        let mut builder = ReadingBuilder::new(source.clone());
        let mut at = 0;
        for line in lines {
            let span = SourceSpan::new(at, at + line.len());
            let (label, _) = line.split_once(' ').expect("a line has a label");
            let kind = if label == "p" { BlockKind::Paragraph } else { BlockKind::Note { label: label.to_owned() } };
            builder.open(kind, span, None);
            let mut from = at + label.len() + 1;
            for (place, _) in line.match_indices('#') {
                builder.text(SourceSpan::new(from, at + place));
                builder.mark(SourceSpan::new(at + place + 1, at + place + 2), &line[place + 1..place + 2]);
                from = at + place + 2;
            }
            builder.text(SourceSpan::new(from, span.end()));
            at += line.len() + 1;
        }
        builder.finish()
    }

    fn linked(lines: &[&str]) -> Vec<(String, bool, usize)> {
        let rules = RuleSet::built_in().expect("built-in rules load");
        link(&document(lines), &rules).into_iter().map(|note| (note.label, note.span.is_some(), note.anchors.len())).collect()
    }

    #[test]
    fn labels_that_begin_anew_belong_to_the_next_note() {
        let lines = ["p One.#1", "1 First.", "p Two.#1 Three.#2", "1 Second.", "2 Third."];
        assert_eq!(linked(&lines), [("1".into(), true, 1), ("1".into(), true, 1), ("2".into(), true, 1)]);
    }

    #[test]
    fn a_mark_without_a_note_is_kept() {
        assert_eq!(linked(&["p One.#1 Two.#2 Three.#2", "1 First."]), [("2".into(), false, 2), ("1".into(), true, 1)]);
    }
}
