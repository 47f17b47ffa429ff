//! Plain text: lines to units, units to blocks.
//!
//! Nothing marks a heading, a list item or a note in plain text, so each unit is first guessed at by itself and then judged among its neighbours.

mod boilerplate;
mod detached;
mod heading;
mod hyphen;
mod line;
mod page;
mod rough;
mod wrap;
mod wrapped_heading;

use self::heading::Role;
use self::hyphen::Words;
use self::line::Line;
pub use self::rough::is_caption;
use self::rough::{Piece, Rough};
use super::apparatus;
use super::draft::{self, Draft, Part};
use super::marker::Form;
use super::metadata;
use crate::document::{BlockKind, Document};
use crate::span::SourceSpan;

/// Reads plain text.
#[must_use]
pub fn read(text: String) -> Document {
    let (lines, pages) = line::lines(&text);
    let mut drafts = drafts(&text, &lines);
    apparatus::recognise(&text, &mut drafts);
    numbered_paragraphs(&text, &mut drafts);
    let metadata = metadata::of_drafts(&text, &drafts);
    let mut document = draft::write(text, drafts);
    document.pages = pages;
    document.metadata = metadata;
    document.metadata.media_type = "text/plain";
    document
}

fn drafts(source: &str, lines: &[Line]) -> Vec<Draft> {
    let units = wrap::units(source, lines);
    let mut pieces = rough::pieces(source, lines, &units);
    page::mark_furniture(&mut pieces);
    let roles = heading::roles(&pieces);
    let paged = lines.last().is_some_and(|line| line.page > 1);
    let mut writer = Writer { source, lines, paged, words: Words::default(), drafts: Vec::with_capacity(pieces.len()), heading_number: None };
    for (piece, role) in pieces.iter().zip(roles) {
        writer.piece(piece, role);
    }
    writer.drafts
}

struct Writer<'a> {
    source: &'a str,
    lines: &'a [Line],
    paged: bool,
    words: Words<'a>,
    drafts: Vec<Draft>,
    /// The number on a line of its own above the heading to come, and where it starts.
    heading_number: Option<(String, usize)>,
}

impl<'a> Writer<'a> {
    fn piece(&mut self, piece: &Piece<'a>, role: Role) {
        match role {
            Role::HeadingNumber => {
                self.heading_number = Some((piece.text.trim_matches(|c: char| !c.is_alphanumeric()).to_owned(), piece.start));
                return;
            }
            Role::Heading => return self.heading(piece),
            Role::Title => return self.push(piece, BlockKind::Title, 0),
            Role::Subtitle => return self.push(piece, subtitle_kind(piece), 0),
            Role::Contents => return self.push(piece, BlockKind::Contents, 0),
            Role::Byline => return self.push(piece, BlockKind::Byline, 0),
            Role::Entry => return self.push(piece, BlockKind::Paragraph, 0),
            Role::Item => return self.item(piece),
            Role::None => {}
        }
        match piece.rough {
            Rough::Item => self.item(piece),
            Rough::Contents => self.push(piece, BlockKind::Contents, 0),
            Rough::Caption => self.push(piece, BlockKind::Caption, 0),
            Rough::Byline | Rough::Date => self.push(piece, BlockKind::Byline, 0),
            Rough::Row => self.push(piece, BlockKind::TableRow, 0),
            Rough::Boilerplate => self.push(piece, BlockKind::Boilerplate, 0),
            Rough::Furniture | Rough::Number | Rough::Rule => self.push(piece, BlockKind::Furniture, 0),
            Rough::Prose | Rough::Short | Rough::Field => self.paragraph(piece),
        }
    }

    fn heading(&mut self, piece: &Piece<'a>) {
        let (number, content) = match (self.heading_number.take(), piece.number) {
            (Some((number, _)), _) => (Some(number), 0),
            (None, Some(number)) => (Some(number.number.to_owned()), number.words()),
            (None, None) => (None, 0),
        };
        self.push(piece, BlockKind::Heading { level: piece.underlined, number }, content);
    }

    fn item(&mut self, piece: &Piece<'a>) {
        let Some(marker) = piece.marker else { return self.push(piece, BlockKind::ListItem { marker: String::new(), depth: 0 }, 0) };
        let is_bare = matches!(marker.form, Form::Bare | Form::Glued | Form::Caret | Form::Bracketed | Form::Superscript | Form::Symbol);
        if is_bare {
            // Kept whole: a note, if its label says so to the apparatus.
            return self.push(piece, BlockKind::Paragraph, 0);
        }
        self.push(piece, BlockKind::ListItem { marker: marker.written.to_owned(), depth: depth(piece.indent, marker.form) }, marker.content);
    }

    fn paragraph(&mut self, piece: &Piece<'a>) {
        if self.continues_last(piece) {
            let parts = self.parts(piece, 0);
            if let Some(last) = self.drafts.iter_mut().rev().find(|draft| draft.kind != BlockKind::Furniture) {
                last.parts.push(Part::Space(SourceSpan::empty(piece.start)));
                last.parts.extend(parts);
                last.source = SourceSpan::new(last.source.start(), piece.end);
            }
            return;
        }
        self.push(piece, BlockKind::Paragraph, 0);
    }

    /// True if a paragraph that begins a page goes on from the page before.
    fn continues_last(&self, piece: &Piece) -> bool {
        if !self.paged || !piece.text.starts_with(char::is_lowercase) {
            return false;
        }
        let Some(last) = self.drafts.iter().rev().take(8).find(|draft| draft.kind != BlockKind::Furniture) else { return false };
        let before = last.source.of(self.source);
        last.kind.is_running_text() && last.page.is_some_and(|page| page + 1 == piece.page) && !super::shape::ends_sentence(before)
    }

    fn push(&mut self, piece: &Piece<'a>, kind: BlockKind, content: usize) {
        let parts = self.parts(piece, content);
        let page = self.paged.then_some(piece.page);
        self.drafts.push(Draft { kind, source: SourceSpan::new(piece.start, piece.end), page, parts });
    }

    /// The lines of a piece from `content` on, hyphens at line ends mended.
    fn parts(&mut self, piece: &Piece<'a>, content: usize) -> Vec<Part> {
        let mut parts = Vec::with_capacity(1);
        let mut from = piece.start + content;
        for index in piece.first..piece.last.saturating_sub(1) {
            let (Some(line), Some(next)) = (self.lines.get(index), self.lines.get(index + 1)) else { break };
            if let Some(end) = self.broken_word(*line, *next) {
                if from < end {
                    parts.push(Part::Text(SourceSpan::new(from, end)));
                }
                from = next.start;
            }
        }
        parts.push(Part::Text(SourceSpan::new(from.min(piece.end), piece.end)));
        parts
    }

    /// If a word runs over the line end: where the first part ends, with the hyphen if it belongs to the word.
    fn broken_word(&mut self, line: Line, next: Line) -> Option<usize> {
        let text = line.text(self.source);
        let hyphen = text.chars().next_back().filter(|&c| matches!(c, '-' | '‐' | '\u{ad}'))?;
        let before = &text[..text.len() - hyphen.len_utf8()];
        let after = next.text(self.source);
        let head = before.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
        let tail_end = after.find(|c: char| !c.is_alphanumeric()).unwrap_or(after.len());
        let tail = &after[..tail_end];
        let in_url = before.rsplit(char::is_whitespace).next().is_some_and(|word| word.contains("://") || word.contains("www."));
        if head.is_empty() || tail.is_empty() {
            return None;
        }
        let keeps = in_url || hyphen != '\u{ad}' && (!tail.starts_with(char::is_lowercase) || self.words.keeps_hyphen(self.source, head, tail));
        Some(if keeps { line.end } else { line.end - hyphen.len_utf8() })
    }
}

/// The number of a long paragraph says where it is, not that it is an item of a list.
fn numbered_paragraphs(source: &str, drafts: &mut [Draft]) {
    for draft in drafts {
        let BlockKind::ListItem { marker, .. } = &draft.kind else { continue };
        let is_number = marker.starts_with(|c: char| c.is_ascii_digit()) && marker.ends_with(|c: char| c.is_ascii_digit() || c == '.');
        if is_number && (marker.trim_end_matches('.').contains('.') || draft.source.of(source).len() > 300) {
            draft.kind = BlockKind::Paragraph;
        }
    }
}

fn subtitle_kind(piece: &Piece) -> BlockKind {
    match piece.rough {
        Rough::Short => BlockKind::Title,
        Rough::Field => BlockKind::Byline,
        _ => BlockKind::Paragraph,
    }
}

/// The nesting depth of an item: by its indent, and since letters stand below numbers.
fn depth(indent: u16, form: Form) -> u8 {
    let by_indent = (indent / 4).min(4) as u8;
    let by_form = match form {
        Form::Roman => 1,
        _ => 0,
    };
    by_indent.max(by_form)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbered_paragraphs_of_a_later_page_are_no_notes() {
        let note = "The ports of the north were closed in the spring.1 The mayors protested.2\n\n1. Doe, Ports of the North.\n\n2. Roe, Mayors.\n";
        let page = "\u{c}The assembly met in May.\n\n1. The ports shall be opened in the summer.\n\n2. The mayors shall be heard.\n\nIt closed in June.\n";
        let document = read(format!("{note}{page}"));
        let notes = document.blocks.iter().filter(|block| matches!(block.kind, BlockKind::Note { .. })).count();
        assert_eq!(notes, 2);
    }

    #[test]
    fn notes_at_the_foot_of_a_fragment_and_their_marks_on_lines_of_their_own() {
        let note = |number: u32| format!("{number} Jane Doe. Ports of the North. Port Institute. January {}, 2019. ( link )\n", number + 3);
        let text = "The ports of the north were closed in the spring, and nobody could say when the ferries would sail.";
        let document = read(format!("{text}\n\n21\n\n22\n\n{text}\n\n{}{}{}", note(20), note(21), note(22)));
        let notes = document.blocks.iter().filter(|block| matches!(block.kind, BlockKind::Note { .. })).count();
        let marks: Vec<&str> = document.marks.iter().map(|mark| mark.label.as_str()).collect();
        assert_eq!((notes, marks), (3, vec!["21", "22"]));
    }

    #[test]
    fn numbered_conclusions_at_the_end_are_no_notes() {
        let conclusion =
            |number: u32| format!("{number} We conclude that the ports were closed in 2019. They should be opened. We shall return to this. It is late.\n\n");
        let document = read((20..24).map(conclusion).collect());
        assert!(document.blocks.iter().all(|block| !matches!(block.kind, BlockKind::Note { .. })));
    }
}
