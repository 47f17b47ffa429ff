//! Writes the source text in reading order, and the drafts over it.
//!
//! What interrupts a text on the page (notes, page foot, page head, tables) is written before or after it, so that a paragraph which crosses pages or
//! columns is one stretch of the source.

use super::block::{Block, Form, ends_sentence, note_label};
use super::heading::Headings;
use super::hyphen::{Joint, Words};
use super::line::{Segment, Style};
use super::marker;
use super::row::Line;
use crate::document::{BlockKind, InlineKind};
use crate::ingest::draft::{Draft, Part};
use crate::span::SourceSpan;

/// All that was found on the pages.
pub struct Found<'f> {
    pub lines: &'f [Line],
    pub blocks: &'f [Block],
    pub headings: &'f Headings,
    pub words: &'f Words,
    /// The furniture of each page, from top to bottom, and whether it stands at the foot.
    pub furniture: &'f [Vec<(bool, &'f Segment)>],
}

/// The text of a document in reading order.
#[derive(Debug, Default)]
pub struct Composed {
    pub source: String,
    pub drafts: Vec<Draft>,
    /// Where the pages start in the source.
    pub page_starts: Vec<usize>,
}

/// Writes everything.
#[must_use]
pub fn compose(found: &Found) -> Composed {
    let links = links(found);
    let mut linked = vec![false; found.blocks.len()];
    for &to in links.iter().flatten() {
        linked[to] = true;
    }
    let mut writer = Writer { found, out: Composed::default(), open: (false, false) };
    let mut at = 0;
    for page in 0..found.furniture.len() {
        let end = at + found.blocks[at..].iter().take_while(|block| found.lines[block.from].page == page).count();
        writer.furniture(page, false);
        let is_note = |index: usize| matches!(found.blocks[index].form, Form::Note | Form::NoteRest);
        let crosses = |index: usize| std::iter::successors(Some(index), |&index| links[index]).any(|index| index >= end);
        let own = || (at..end).filter(|&index| !linked[index]);
        for index in own().filter(|&index| !is_note(index) && !crosses(index)) {
            writer.chain(index, &links);
        }
        for index in own().filter(|&index| is_note(index)) {
            writer.chain(index, &links);
        }
        writer.furniture(page, true);
        for index in own().filter(|&index| !is_note(index) && crosses(index)) {
            writer.chain(index, &links);
        }
        writer.start_pages(page + 1);
        at = end;
    }
    writer.out
}

/// For every block the one in which it goes on, in another column or on another page.
fn links(found: &Found) -> Vec<Option<usize>> {
    let (lines, blocks) = (found.lines, found.blocks);
    let mut links = vec![None; blocks.len()];
    let mut text: Option<usize> = None;
    let mut note: Option<usize> = None;
    for (index, block) in blocks.iter().enumerate() {
        let region = lines[block.from].region;
        match block.form {
            Form::Text | Form::Item => {
                let first_of_region = block.from == 0 || lines[block.from - 1].region != region;
                if let Some(before) = text.filter(|_| block.form == Form::Text) {
                    let elsewhere = lines[blocks[before].to - 1].region != region;
                    if elsewhere && goes_on(lines, &blocks[before], block, first_of_region) {
                        links[before] = Some(index);
                    }
                }
                text = Some(index);
            }
            Form::Heading => text = None,
            Form::Note => note = Some(index),
            Form::NoteRest => {
                let before = note.filter(|&before| lines[blocks[before].to - 1].page + 1 >= lines[block.from].page);
                if let Some(before) = before {
                    links[before] = Some(index);
                    note = Some(index);
                }
            }
            Form::Row | Form::Caption | Form::Contents => {}
        }
    }
    links
}

/// True if a text goes on in a block of the next column or page.
fn goes_on(lines: &[Line], before: &Block, after: &Block, first_of_region: bool) -> bool {
    let (last, first) = (&lines[before.to - 1], &lines[after.from]);
    if (last.size - first.size).abs() > 0.07 * last.size || first.page > last.page + 1 {
        return false;
    }
    let lower = first.text.starts_with(char::is_lowercase);
    let open = !ends_sentence(&last.text);
    let hyphen = last.text.ends_with(['-', '\u{ad}', '\u{2010}']);
    let full = last.slack() < first.first_word_width() + 0.5 * last.size;
    lower && (open || full) || open && (hyphen || full) && first_of_region
}

struct Writer<'f> {
    found: &'f Found<'f>,
    out: Composed,
    /// Whether bold and italic mark-up are open.
    open: (bool, bool),
}

impl Writer<'_> {
    /// Notes that what comes stands on this page (an index), unless a later one has begun.
    fn start_pages(&mut self, page: usize) {
        while self.out.page_starts.len() <= page {
            self.out.page_starts.push(self.out.source.len());
        }
    }

    fn furniture(&mut self, page: usize, foot: bool) {
        self.start_pages(page);
        let found = self.found;
        let mut line: Option<f32> = None;
        let mut start = self.out.source.len();
        for (_, segment) in found.furniture[page].iter().filter(|(at_foot, _)| *at_foot == foot) {
            match line {
                Some(y) if (segment.y - y).abs() < 0.5 * segment.size => self.out.source.push(' '),
                Some(_) => start = self.end_furniture(start, page),
                None => {}
            }
            line = Some(segment.y);
            self.out.source.push_str(&segment.text);
        }
        if line.is_some() {
            self.end_furniture(start, page);
        }
    }

    fn end_furniture(&mut self, start: usize, page: usize) -> usize {
        let span = SourceSpan::new(start, self.out.source.len());
        self.out.drafts.push(Draft::new(BlockKind::Furniture, span, span, Some(page as u32 + 1)));
        self.out.source.push('\n');
        self.out.source.len()
    }

    /// Writes a block and those in which it goes on.
    fn chain(&mut self, index: usize, links: &[Option<usize>]) {
        let found = self.found;
        let block = &found.blocks[index];
        let first = &found.lines[block.from];
        let (kind, skip) = self.kind(index, first);
        let lines: Vec<&Line> = std::iter::successors(Some(index), |&index| links[index])
            .flat_map(|index| &found.lines[found.blocks[index].from..found.blocks[index].to])
            .collect();
        let marked_up = matches!(block.form, Form::Text | Form::Item | Form::Note | Form::NoteRest);
        self.start_pages(first.page);
        let start = self.out.source.len();
        let mut parts = Vec::new();
        for (at, line) in lines.iter().enumerate() {
            if at > 0 {
                self.join(lines[at - 1], line, &mut parts);
            }
            self.start_pages(line.page);
            self.line(line, if at == 0 { skip } else { 0 }, marked_up, &mut parts);
        }
        self.set(&mut parts, false, false);
        let source = SourceSpan::new(start, self.out.source.len());
        self.out.source.push('\n');
        self.out.drafts.push(Draft { kind, source, page: Some(first.page as u32 + 1), parts });
    }

    /// What the block is in the document, and how many bytes of its first line are marker or label.
    fn kind(&self, index: usize, first: &Line) -> (BlockKind, usize) {
        let found = self.found;
        let text = first.text.as_str();
        if found.headings.title == Some(index) || found.headings.subtitle == Some(index) || found.headings.repeated.contains(&index) {
            return (BlockKind::Title, 0);
        }
        match found.blocks[index].form {
            Form::Heading => {
                let level = found.headings.levels.get(&index).copied();
                let number = marker::heading_number(text);
                (BlockKind::Heading { level, number: number.map(|(number, _)| number.to_owned()) }, number.map_or(0, |(_, at)| at))
            }
            Form::Item => match marker::list_marker(text) {
                Some(length) => (BlockKind::ListItem { marker: text[..length].trim().to_owned(), depth: self.depth(index) }, length),
                None => (BlockKind::Paragraph, 0),
            },
            Form::Note => match note_label(first) {
                Some(length) => (BlockKind::Note { label: label(&text[..length]) }, length),
                None => (BlockKind::Paragraph, 0),
            },
            Form::Row => (BlockKind::TableRow, 0),
            Form::Caption => (BlockKind::Caption, 0),
            Form::Contents => (BlockKind::Contents, 0),
            Form::Text | Form::NoteRest => (BlockKind::Paragraph, 0),
        }
    }

    /// How many list markers of the same list stand further left.
    fn depth(&self, index: usize) -> u8 {
        let (lines, blocks) = (self.found.lines, self.found.blocks);
        let mut edge = lines[blocks[index].from].x0;
        let region = lines[blocks[index].from].region;
        let mut depth = 0;
        // A list longer than this is not followed further back.
        for block in blocks[..index].iter().rev().take(64) {
            let first = &lines[block.from];
            match block.form {
                Form::Item if first.region != region => break,
                Form::Item if first.x0 < edge - 0.8 * first.size => {
                    edge = first.x0;
                    depth += 1;
                }
                Form::Item => {}
                Form::Text if first.x0 > edge - 0.5 * first.size => {}
                _ => break,
            }
        }
        depth.min(5)
    }

    /// Joins two lines.
    fn join(&mut self, before: &Line, after: &Line, parts: &mut Vec<Part>) {
        // What is written ends as the line does, and shows the whole of an address that runs over several lines.
        let written = if self.out.source.ends_with(before.text.as_str()) { self.out.source.as_str() } else { before.text.as_str() };
        match self.found.words.joint(written, &after.text) {
            Joint::Nothing => {}
            Joint::Mended => {
                let hyphen = self.out.source.chars().next_back().map_or(0, char::len_utf8);
                let end = self.out.source.len() - hyphen;
                self.out.source.truncate(end);
                shorten(parts, end);
            }
            Joint::Space => {
                let at = self.out.source.len();
                self.out.source.push(' ');
                extend(parts, SourceSpan::new(at, at + 1));
            }
        }
    }

    /// Writes a line; the first `skip` bytes of it are a marker, which is no part of the content.
    fn line(&mut self, line: &Line, skip: usize, marked_up: bool, parts: &mut Vec<Part>) {
        for (index, run) in line.runs.iter().enumerate() {
            let (from, to) = (run.start as usize, line.run_end(index));
            let marker = skip.clamp(from, to);
            self.out.source.push_str(&line.text[from..marker]);
            let text = &line.text[marker..to];
            if text.is_empty() {
                continue;
            }
            if run.style.has(Style::RAISED) && is_mark(text, &self.out.source) {
                self.marks(text, parts);
                continue;
            }
            if marked_up && text.chars().any(char::is_alphanumeric) {
                self.set(parts, run.style.has(Style::BOLD), run.style.has(Style::ITALIC));
            }
            self.plain(text, parts);
        }
    }

    /// Writes text that is not raised; superscript digits in it are marks all the same.
    fn plain(&mut self, text: &str, parts: &mut Vec<Part>) {
        let mut rest = text;
        while let Some(at) = rest.find(|c| marker::plain_digit(c).is_some()) {
            self.text(&rest[..at], parts);
            let tail = &rest[at..];
            let length: usize = tail.chars().take_while(|&c| marker::plain_digit(c).is_some()).map(char::len_utf8).sum();
            let digits: String = tail[..length].chars().filter_map(marker::plain_digit).collect();
            let start = self.out.source.len();
            if is_mark(&digits, &self.out.source) {
                self.out.source.push_str(&tail[..length]);
                parts.push(Part::Mark { source: SourceSpan::new(start, start + length), label: digits });
            } else {
                self.text(&tail[..length], parts);
            }
            rest = &tail[length..];
        }
        self.text(rest, parts);
    }

    fn text(&mut self, text: &str, parts: &mut Vec<Part>) {
        let start = self.out.source.len();
        self.out.source.push_str(text);
        extend(parts, SourceSpan::new(start, start + text.len()));
    }

    /// Writes raised marks: one or several labels with commas between.
    fn marks(&mut self, text: &str, parts: &mut Vec<Part>) {
        let base = self.out.source.len();
        self.out.source.push_str(text);
        for (at, word) in words(text) {
            parts.push(Part::Mark { source: SourceSpan::new(base + at, base + at + word.len()), label: label(word) });
        }
        // The space that belongs to the text around the mark.
        if text.ends_with(' ') {
            extend(parts, SourceSpan::new(base + text.len() - 1, base + text.len()));
        }
    }

    /// Opens and closes mark-up so that what follows is bold or italic as said.
    fn set(&mut self, parts: &mut Vec<Part>, bold: bool, italic: bool) {
        if self.open == (bold, italic) {
            return;
        }
        let at = self.out.source.len();
        for _ in 0..u8::from(self.open.0) + u8::from(self.open.1) {
            parts.push(Part::Close(at));
        }
        if bold {
            parts.push(Part::Open(InlineKind::Strong, at));
        }
        if italic {
            parts.push(Part::Open(InlineKind::Emphasis, at));
        }
        self.open = (bold, italic);
    }
}

/// The pieces of a raised text that are labels, with their offsets.
fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let separator = |c: char| matches!(c, ',' | ' ' | ';' | '–' | '-');
    text.split(separator).filter(|word| !word.is_empty()).map(|word| (word.as_ptr() as usize - text.as_ptr() as usize, word))
}

/// True if raised text is note marks, given what stands before it: not an exponent, not the ending of a number.
fn is_mark(text: &str, before: &str) -> bool {
    let mut any = false;
    for (_, word) in words(text) {
        if !(marker::is_note_label(word) && (word.len() > 1 || !word.starts_with(char::is_lowercase) || before.ends_with(|c: char| !c.is_ascii_digit()))) {
            return false;
        }
        any = true;
    }
    let last = before.rsplit(|c: char| c.is_whitespace() || matches!(c, '(' | '/' | '-')).next().unwrap_or_default();
    let last = last.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | ','));
    let unit = matches!(last, "m" | "km" | "cm" | "mm" | "ft" | "mi" | "nm" | "ha" | "s" | "R" | "r" | "x" | "χ");
    let power = before.ends_with("10")
        && !before.trim_end_matches(|c: char| c.is_ascii_digit()).ends_with(char::is_alphabetic)
        && before.rsplit(' ').next() == Some("10");
    any && !(unit && matches!(text.trim(), "2" | "3" | "4" | "-1" | "-2")) && !power
}

/// A label without what encloses it, in plain digits.
fn label(text: &str) -> String {
    let inner = text.trim().trim_matches(['[', ']', '(', ')', '.', ' ']);
    inner.chars().map(|c| marker::plain_digit(c).unwrap_or(c)).collect()
}

/// Adds a stretch of the source, which may continue the last one.
fn extend(parts: &mut Vec<Part>, span: SourceSpan) {
    if span.is_empty() {
        return;
    }
    match parts.last_mut() {
        Some(Part::Text(last)) if last.end() == span.start() => *last = last.cover(span),
        _ => parts.push(Part::Text(span)),
    }
}

/// Takes back what was added after `end`.
fn shorten(parts: &mut [Part], end: usize) {
    if let Some(Part::Text(last)) = parts.iter_mut().rev().find(|part| matches!(part, Part::Text(_))) {
        *last = SourceSpan::new(last.start().min(end), last.end().min(end));
    }
}
