//! Writes the source text of formats whose bytes are not text (HTML, DOCX, ODT, EPUB), one block a line, and the drafts over it.

use super::draft::{Draft, Part};
use crate::document::{BlockKind, InlineKind};
use crate::span::SourceSpan;

/// Builds the source text and the drafts of a document together.
#[derive(Debug, Default)]
pub(super) struct Composer {
    text: String,
    drafts: Vec<Draft>,
    open: Option<Open>,
    /// Inline mark-up that is open; it goes on from block to block until it is closed.
    inlines: Vec<InlineKind>,
}

/// The block that is being written.
#[derive(Debug)]
struct Open {
    kind: BlockKind,
    start: usize,
    pieces: Vec<Piece>,
    /// Where the run of text that is not yet a piece begins.
    run: usize,
    /// White space that is written only if something follows it in the block.
    pending: Pending,
    /// True once the block has text of its own.
    has_text: bool,
    /// True once something stands before the text that is not read.
    led: bool,
    /// White space before a mark was left out: a word that follows needs it.
    owed: bool,
    /// The label with which the text begins, if it does.
    label: Option<String>,
}

#[derive(Debug, Clone)]
enum Piece {
    Part(Part),
    /// A line break in the source text at this offset.
    Break(usize),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Pending {
    Nothing,
    Space,
    Break,
}

impl Composer {
    /// Opens a block; an open one is closed first.
    pub fn open(&mut self, kind: BlockKind) {
        self.close();
        let start = self.text.len();
        if let BlockKind::ListItem { marker, .. } = &kind
            && !marker.is_empty()
        {
            self.text.push_str(marker);
            self.text.push(' ');
        }
        let run = self.text.len();
        let pieces = self.inlines.iter().map(|inline| Piece::Part(Part::Open(inline.clone(), run))).collect();
        self.open = Some(Open { kind, start, pieces, run, pending: Pending::Nothing, has_text: false, led: false, owed: false, label: None });
    }

    /// Opens a note. If `shown`, the note's text begins with its label, which is left out of the content.
    pub fn open_note(&mut self, label: &str, shown: bool) {
        self.open(BlockKind::Note { label: label.to_owned() });
        if let Some(open) = &mut self.open {
            open.label = shown.then(|| label.to_owned());
        }
    }

    pub fn is_open(&self) -> bool {
        self.open.is_some()
    }

    /// True if a block is open that has text.
    pub fn has_text(&self) -> bool {
        self.open.as_ref().is_some_and(|open| open.has_text)
    }

    /// What has been written so far of the open block, white space that is held back left out.
    pub fn so_far(&self) -> &str {
        self.open.as_ref().map_or("", |open| &self.text[open.start..])
    }

    /// Adds text to the open block (a paragraph, if none is open); runs of white space are written as one space.
    pub fn text(&mut self, text: &str) {
        let bytes = text.as_bytes();
        let mut at = 0;
        while at < bytes.len() {
            if bytes[at].is_ascii_whitespace() {
                self.space();
                at += 1;
                continue;
            }
            // No-break spaces and their like are left to the reading text; a word begins and ends at ASCII white space.
            let end = at + words(&bytes[at..]);
            self.word(&text[at..end]);
            at = end;
        }
    }

    /// Adds a word, or several with single spaces between them.
    fn word(&mut self, word: &str) {
        if self.open.is_none() {
            self.open(BlockKind::Paragraph);
        }
        if let Some(open) = &mut self.open
            && std::mem::take(&mut open.owed)
            && open.pending == Pending::Nothing
            && word.starts_with(char::is_alphanumeric)
        {
            open.pending = Pending::Space;
        }
        self.flush_space();
        self.text.push_str(word);
        if let Some(open) = &mut self.open {
            open.has_text = true;
        }
    }

    /// Adds text that is seen in the document but is not part of the block's content (the label of a note).
    pub fn unread(&mut self, text: &str) {
        if self.open.is_none() {
            return;
        }
        self.flush_space();
        self.end_run();
        self.text.push_str(text);
        if let Some(open) = &mut self.open {
            open.run = self.text.len();
            open.led = true;
        }
    }

    /// Adds white space.
    pub fn space(&mut self) {
        if let Some(open) = &mut self.open
            && open.pending == Pending::Nothing
        {
            open.pending = Pending::Space;
        }
    }

    /// Adds a line break inside the block.
    pub fn line_break(&mut self) {
        if let Some(open) = &mut self.open {
            open.pending = Pending::Break;
        }
    }

    /// Adds a note mark. A raised mark hangs on the word before it, whatever white space the mark-up has between them.
    pub fn mark(&mut self, visible: &str, label: &str) {
        if self.open.is_none() {
            self.open(BlockKind::Paragraph);
        }
        let hangs = !visible.starts_with(['[', '(']) && !self.text.ends_with(|c: char| c.is_ascii_digit());
        if let Some(open) = &mut self.open
            && hangs
            && open.pending == Pending::Space
        {
            open.pending = Pending::Nothing;
            open.owed = true;
        }
        self.flush_space();
        self.end_run();
        let start = self.text.len();
        self.text.push_str(visible);
        let source = SourceSpan::new(start, self.text.len());
        if let Some(open) = &mut self.open {
            open.pieces.push(Piece::Part(Part::Mark { source, label: label.to_owned() }));
            open.run = self.text.len();
        }
    }

    pub fn open_inline(&mut self, kind: InlineKind) {
        self.inlines.push(kind.clone());
        if self.open.is_some() {
            self.flush_space();
            self.end_run();
            let at = self.text.len();
            self.push(Part::Open(kind, at));
        }
    }

    pub fn close_inline(&mut self) {
        if self.inlines.pop().is_some() {
            self.end_run();
            let at = self.text.len();
            self.push(Part::Close(at));
        }
    }

    fn push(&mut self, part: Part) {
        if let Some(open) = &mut self.open {
            open.pieces.push(Piece::Part(part));
        }
    }

    /// Closes the open block. A block without text leaves nothing behind.
    pub fn close(&mut self) {
        self.end_run();
        let Some(open) = self.open.take() else { return };
        let has_mark = open.pieces.iter().any(|piece| matches!(piece, Piece::Part(Part::Mark { .. })));
        if !open.has_text && !has_mark {
            self.text.truncate(open.start);
            return;
        }
        let end = self.text.len();
        let kind = open.kind;
        let (mut at, mut line_start) = (open.start, open.start);
        let mut inlines: Vec<InlineKind> = Vec::new();
        let mut parts: Vec<Part> = Vec::new();
        for (index, piece) in open.pieces.iter().enumerate() {
            match piece {
                Piece::Part(part) => {
                    match part {
                        Part::Open(kind, _) => inlines.push(kind.clone()),
                        Part::Close(_) => drop(inlines.pop()),
                        _ => {}
                    }
                    parts.push(part.clone());
                }
                Piece::Break(place) => {
                    let line = &self.text[line_start..*place];
                    let next = open.pieces[index + 1..].iter().find_map(|piece| match piece {
                        Piece::Break(next) => Some(*next),
                        Piece::Part(_) => None,
                    });
                    let rest = &self.text[place + 1..next.unwrap_or(end)];
                    // A bold lead is one line: no need to look through what was joined before it.
                    let strong = line_start == at && all_strong(&self.text, &parts);
                    if splits(&kind) && is_line_end(line, rest, strong) {
                        parts.extend(inlines.iter().map(|_| Part::Close(*place)));
                        let parts = std::mem::replace(&mut parts, inlines.iter().map(|inline| Part::Open(inline.clone(), place + 1)).collect());
                        self.drafts.push(Draft { kind: kind.clone(), source: SourceSpan::new(at, *place), page: None, parts });
                        at = place + 1;
                    } else {
                        parts.push(Part::Space(SourceSpan::new(*place, place + 1)));
                    }
                    line_start = place + 1;
                }
            }
        }
        parts.extend(inlines.iter().map(|_| Part::Close(end)));
        if let Some(label) = &open.label {
            drop_label(&self.text, &mut parts, label);
        }
        self.drafts.push(Draft { kind, source: SourceSpan::new(at, end), page: None, parts });
        self.text.push('\n');
    }

    /// The source text and the drafts.
    pub fn finish(mut self) -> (String, Vec<Draft>) {
        self.close();
        if self.text.ends_with('\n') {
            self.text.pop();
        }
        (self.text, self.drafts)
    }

    fn end_run(&mut self) {
        if let Some(open) = &mut self.open {
            let end = self.text.len();
            if open.run < end {
                open.pieces.push(Piece::Part(Part::Text(SourceSpan::new(open.run, end))));
            }
            open.run = end;
        }
    }

    fn flush_space(&mut self) {
        let Some(open) = &mut self.open else { return };
        let pending = std::mem::replace(&mut open.pending, Pending::Nothing);
        // White space before the first word of a block says nothing.
        let begun = open.led || open.has_text || !open.pieces.is_empty() || self.text.len() > open.run;
        if pending == Pending::Nothing || !begun {
            return;
        }
        if pending == Pending::Space {
            self.text.push(' ');
            return;
        }
        self.end_run();
        let at = self.text.len();
        self.text.push('\n');
        if let Some(open) = &mut self.open {
            open.pieces.push(Piece::Break(at));
            open.run = at + 1;
        }
    }
}

/// How far words go from the start that have single spaces between them.
fn words(bytes: &[u8]) -> usize {
    let is_space = |at: usize| bytes.get(at).is_none_or(u8::is_ascii_whitespace);
    let mut at = 0;
    loop {
        at += bytes[at..].iter().position(u8::is_ascii_whitespace).unwrap_or(bytes.len() - at);
        if bytes.get(at) != Some(&b' ') || is_space(at + 1) {
            return at;
        }
        at += 1;
    }
}

/// Takes a label off the beginning of a note's text: "12", "[12]", "12.", "(a)".
fn drop_label(source: &str, parts: &mut Vec<Part>, label: &str) {
    let Some(index) = parts.iter().position(|part| matches!(part, Part::Text(_))) else { return };
    let Part::Text(span) = parts[index] else { return };
    let text = span.of(source);
    let Some(rest) = text.trim_start_matches(['[', '(', ' ', '^']).strip_prefix(label) else { return };
    let content = rest.trim_start_matches([']', ')', '.', ':', ' ', '\u{a0}']);
    if content.len() == rest.len() && !rest.is_empty() {
        return;
    }
    if content.is_empty() {
        parts.remove(index);
    } else {
        parts[index] = Part::Text(SourceSpan::new(span.end() - content.len(), span.end()));
    }
}

/// The blocks in which a line break may begin a new block.
fn splits(kind: &BlockKind) -> bool {
    matches!(kind, BlockKind::Paragraph | BlockKind::Quotation | BlockKind::Byline)
}

/// Lines of at least this many characters are taken for running text that was wrapped by hand.
const WRAPPED_LINE: usize = 55;

/// True if a line break after `line` ends a block: the line is a bold lead, a short line (an address, a list made by hand), or ends a sentence.
fn is_line_end(line: &str, rest: &str, strong: bool) -> bool {
    let line = line.trim_end();
    let rest = rest.trim_start();
    if strong || begins_with_marker(rest) {
        return true;
    }
    if line.chars().count() < WRAPPED_LINE {
        return true;
    }
    let last = line.trim_end_matches(|c: char| matches!(c, '"' | '\'' | '”' | '’' | ')' | ']') || c.is_ascii_digit());
    last.ends_with(['.', '!', '?', ':', ';', '…']) && rest.chars().next().is_some_and(|c| !c.is_lowercase())
}

fn begins_with_marker(line: &str) -> bool {
    let Some(first) = line.chars().next() else { return false };
    if matches!(first, '•' | '‣' | '◦' | '▪' | '■' | '●' | '○' | '·' | '–' | '—' | '-' | '*' | '➢' | '✓') {
        return line[first.len_utf8()..].starts_with([' ', '\u{a0}', '\t']);
    }
    let token = line.split_whitespace().next().unwrap_or_default();
    let body = token.trim_start_matches(['(', '[']).trim_end_matches([')', ']', '.']);
    body.len() < token.len() && body.len() <= 3 && !body.is_empty() && body.chars().all(|c| c.is_ascii_digit()) && line.len() > token.len()
}

/// True if there is text in these parts and all of it is strong.
pub(super) fn all_strong(source: &str, parts: &[Part]) -> bool {
    let mut open: Vec<bool> = Vec::new();
    let mut seen = false;
    for part in parts {
        match part {
            Part::Open(kind, _) => open.push(*kind == InlineKind::Strong),
            Part::Close(_) => drop(open.pop()),
            Part::Text(span) => {
                let text = span.of(source);
                if text.chars().any(char::is_alphanumeric) {
                    if !open.contains(&true) {
                        return false;
                    }
                    seen = true;
                }
            }
            _ => {}
        }
    }
    seen
}

/// A heading of this many words that ends with a full stop is a paragraph in a heading's clothes.
const HEADING_WORDS: usize = 18;

/// Makes paragraphs of headings that are whole paragraphs: marked up for their looks, or by mistake.
pub(super) fn demote_long_headings(source: &str, drafts: &mut [Draft]) {
    for draft in drafts.iter_mut().filter(|draft| draft.kind.is_heading()) {
        let text = draft.source.of(source).trim();
        if text.len() > 300 || text.ends_with('.') && text.split_whitespace().count() >= HEADING_WORDS {
            draft.kind = BlockKind::Paragraph;
        }
    }
}

/// Makes list items of paragraphs that begin with a typed marker: a bullet, or a number with the next or the one before it close by.
pub(super) fn recognise_typed_lists(source: &str, drafts: &mut [Draft]) {
    /// Paragraphs of an item may stand between two numbers.
    const APART: usize = 4;
    let typed: Vec<Option<TypedMarker>> =
        drafts.iter().map(|draft| (draft.kind == BlockKind::Paragraph).then(|| typed_marker(draft.source.of(source))).flatten()).collect();
    for index in 0..drafts.len() {
        let Some(marker) = &typed[index] else { continue };
        let follows = |one: &TypedMarker, other: &TypedMarker| one.style == other.style && one.number.checked_add(1) == Some(other.number);
        let next = typed[index + 1..].iter().take(APART).flatten().any(|next| follows(marker, next));
        let before = typed[index.saturating_sub(APART)..index].iter().flatten().any(|before| follows(before, marker));
        if !marker.style.is_empty() && !next && !before {
            continue;
        }
        let Some(Part::Text(span)) = drafts[index].parts.iter_mut().find_map(|part| match part {
            Part::Text(_) => Some(part),
            _ => None,
        }) else {
            continue;
        };
        // The marker must stand in the first piece, and something after it.
        let rest = span.of(source).trim_start().get(marker.length..).map(str::trim_start).unwrap_or_default();
        if rest.is_empty() {
            continue;
        }
        let text = drafts[index].source.of(source).trim_start();
        let kind = BlockKind::ListItem { marker: text[..marker.length].to_owned(), depth: 0 };
        let content = SourceSpan::new(span.end() - rest.len(), span.end());
        if let Some(part) = drafts[index].parts.iter_mut().find(|part| matches!(part, Part::Text(_))) {
            *part = Part::Text(content);
        }
        drafts[index].kind = kind;
    }
}

/// A marker that was typed: how it is written ("1.", "(a)"; empty for bullets), its number, and its length in bytes.
struct TypedMarker {
    style: String,
    number: u32,
    length: usize,
}

fn typed_marker(text: &str) -> Option<TypedMarker> {
    let text = text.trim_start();
    let token = text.split([' ', '\u{a0}', '\t', '\u{2002}', '\u{2003}']).next()?;
    if token.len() > 8 || token.len() == text.len() {
        return None;
    }
    if matches!(token, "•" | "‣" | "◦" | "▪" | "■" | "●" | "○" | "·" | "➢" | "➤" | "►" | "✓" | "-" | "–" | "*" | "\u{f0b7}" | "\u{f0a7}" | "\u{f0d8}")
    {
        return Some(TypedMarker { style: String::new(), number: 0, length: token.len() });
    }
    let body = token.trim_start_matches(['(', '[']).trim_end_matches([')', ']', '.']);
    if body.is_empty() || body.len() == token.len() {
        return None;
    }
    let number = match body.as_bytes() {
        digits if digits.len() <= 3 && digits.iter().all(u8::is_ascii_digit) => body.parse().ok()?,
        [letter] if letter.is_ascii_alphabetic() => u32::from(*letter),
        letters if letters.iter().all(|byte| matches!(byte, b'i' | b'v' | b'x')) => 1000 + roman(letters),
        _ => return None,
    };
    let class = if body.as_bytes()[0].is_ascii_digit() {
        "1"
    } else if number >= 1000 {
        "i"
    } else {
        "a"
    };
    Some(TypedMarker { style: token.replacen(body, class, 1), number, length: token.len() })
}

fn roman(letters: &[u8]) -> u32 {
    let value = |byte: u8| match byte {
        b'i' => 1,
        b'v' => 5,
        _ => 10,
    };
    let signed = |(index, &byte): (usize, &u8)| {
        let less = letters.get(index + 1).is_some_and(|&next| value(next) > value(byte));
        if less { -value(byte) } else { value(byte) }
    };
    letters.iter().enumerate().map(signed).sum::<i32>().max(0) as u32
}

/// The longest line that can be a heading without being marked up as one.
const HEADING_LENGTH: usize = 160;

/// Makes headings of short paragraphs that are bold as a whole: many pages and most Word files know no other headings.
pub(super) fn promote_bold_lines(source: &str, drafts: &mut [Draft]) {
    let bold: Vec<bool> = drafts.iter().map(|draft| draft.kind == BlockKind::Paragraph && is_bold_heading(source, draft)).collect();
    let mut level = 0;
    let mut index = 0;
    while index < drafts.len() {
        if let BlockKind::Heading { level: own, .. } = drafts[index].kind {
            level = own.unwrap_or(level);
        }
        if !bold[index] {
            index += 1;
            continue;
        }
        let end = bold[index..].iter().position(|&bold| !bold).map_or(drafts.len(), |length| index + length);
        // Three or more in a row are a title page or an address; nothing below the last one makes it no heading.
        let names_something = drafts.get(end).is_some_and(|next| !next.kind.is_heading() || level == 0);
        if end - index <= 2 && names_something {
            for draft in &mut drafts[index..end] {
                draft.kind = BlockKind::Heading { level: (level > 0).then_some(level.saturating_add(1)), number: None };
            }
        }
        index = end;
    }
}

fn is_bold_heading(source: &str, draft: &Draft) -> bool {
    let text = draft.source.of(source).trim();
    let last = text.chars().next_back();
    text.len() <= HEADING_LENGTH && text.chars().any(char::is_alphabetic) && !matches!(last, Some('.' | ',' | ';')) && all_strong(source, &draft.parts)
}
