//! Paragraphs and table rows of word processors, on their way into blocks.

use super::compose::Composer;
use super::label;
use crate::document::{BlockKind, InlineKind};

/// How a run of text looks, as far as that carries meaning.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Look {
    pub bold: bool,
    pub italic: bool,
    pub raised: bool,
    /// Index into the paragraph's links.
    pub link: Option<usize>,
}

#[derive(Debug, Clone)]
enum Piece {
    /// Up to this offset of the text, in this look.
    Text(usize, Look),
    Mark(String),
    Break,
}

/// A paragraph.
#[derive(Debug, Clone)]
pub(super) struct Paragraph {
    pub kind: BlockKind,
    /// A number that is shown before it and is no list marker.
    pub number: Option<String>,
    text: String,
    pieces: Vec<Piece>,
    links: Vec<String>,
}

impl Default for Paragraph {
    fn default() -> Self {
        Self { kind: BlockKind::Paragraph, number: None, text: String::new(), pieces: Vec::new(), links: Vec::new() }
    }
}

impl Paragraph {
    pub fn text(&mut self, text: &str, look: Look) {
        if text.is_empty() {
            return;
        }
        self.text.push_str(text);
        let end = self.text.len();
        match self.pieces.last_mut() {
            Some(Piece::Text(last, same)) if *same == look => *last = end,
            _ => self.pieces.push(Piece::Text(end, look)),
        }
    }

    pub fn mark(&mut self, label: &str) {
        self.pieces.push(Piece::Mark(label.to_owned()));
    }

    pub fn line_break(&mut self) {
        self.pieces.push(Piece::Break);
    }

    /// Adds a link and gives its index for [`Look::link`].
    pub fn link(&mut self, url: String) -> usize {
        self.links.push(url);
        self.links.len() - 1
    }

    pub fn is_empty(&self) -> bool {
        self.text.trim().is_empty() && !self.pieces.iter().any(|piece| matches!(piece, Piece::Mark(_)))
    }

    /// The words alone.
    pub fn plain(&self) -> String {
        self.text.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// Appends another paragraph, after a space.
    pub fn join(&mut self, other: Self) {
        self.text(" ", Look::default());
        let (base, links) = (self.text.len(), self.links.len());
        self.text.push_str(&other.text);
        self.links.extend(other.links);
        self.pieces.extend(other.pieces.into_iter().map(|piece| match piece {
            Piece::Text(end, look) => Piece::Text(end + base, Look { link: look.link.map(|link| link + links), ..look }),
            piece => piece,
        }));
    }

    /// Writes the content into the open block.
    fn write(&self, out: &mut Composer) {
        let mut open: Vec<InlineKind> = Vec::new();
        let mut at = 0;
        for piece in &self.pieces {
            match piece {
                Piece::Text(end, look) => {
                    let text = &self.text[at..*end];
                    at = *end;
                    if look.raised && write_marks(text, out) {
                        continue;
                    }
                    if text.starts_with(' ') {
                        out.space();
                    }
                    if !text.trim().is_empty() {
                        self.change(&mut open, *look, out);
                    }
                    out.text(text);
                }
                Piece::Mark(label) => out.mark(label, label),
                Piece::Break => out.line_break(),
            }
        }
        for _ in open {
            out.close_inline();
        }
    }

    /// Closes and opens inline mark-up so that it is as the look wants it; a link stays open over a change of weight.
    fn change(&self, open: &mut Vec<InlineKind>, look: Look, out: &mut Composer) {
        let link = look.link.and_then(|link| self.links.get(link)).map(|url| InlineKind::Link { url: url.clone() });
        let wanted: Vec<InlineKind> =
            [link, look.bold.then_some(InlineKind::Strong), look.italic.then_some(InlineKind::Emphasis)].into_iter().flatten().collect();
        let same = open.iter().zip(&wanted).take_while(|(one, other)| one == other).count();
        for _ in same..open.len() {
            out.close_inline();
        }
        open.truncate(same);
        for kind in wanted.into_iter().skip(same) {
            out.open_inline(kind.clone());
            open.push(kind);
        }
    }
}

/// Writes raised text as note marks, if that is what it is.
fn write_marks(text: &str, out: &mut Composer) -> bool {
    let labels: Vec<Option<String>> = text.trim().split([',', ';']).map(|piece| label::of(piece, false)).collect();
    if labels.iter().any(Option::is_none) || !label::can_follow(out.so_far()) {
        return false;
    }
    for (index, label) in labels.into_iter().flatten().enumerate() {
        if index > 0 {
            out.unread(",");
        }
        out.mark(&label, &label);
    }
    if text.ends_with(' ') {
        out.space();
    }
    true
}

/// Takes paragraphs and tables in document order and writes their blocks.
#[derive(Debug, Default)]
pub(super) struct Flow {
    pub out: Composer,
    tables: u32,
    cells: Vec<Vec<Paragraph>>,
}

impl Flow {
    pub fn paragraph(&mut self, paragraph: Paragraph) {
        if self.tables == 0 {
            return self.emit(&paragraph);
        }
        if self.cells.is_empty() {
            self.cells.push(Vec::new());
        }
        if let Some(cell) = self.cells.last_mut() {
            cell.push(paragraph);
        }
    }

    pub fn begin_table(&mut self) {
        self.tables += 1;
    }

    pub fn end_table(&mut self) {
        self.end_row();
        self.tables = self.tables.saturating_sub(1);
    }

    /// Begins a cell; cells of a table in a table are read as part of the outer cell.
    pub fn begin_cell(&mut self) {
        if self.tables == 1 {
            self.cells.push(Vec::new());
        }
    }

    /// Leaves out the row that is being read.
    pub fn drop_row(&mut self) {
        if self.tables == 1 {
            self.cells.clear();
        }
    }

    pub fn end_row(&mut self) {
        if self.tables != 1 {
            return;
        }
        let mut cells = std::mem::take(&mut self.cells);
        for cell in &mut cells {
            cell.retain(|paragraph| !paragraph.is_empty());
        }
        cells.retain(|cell| !cell.is_empty());
        if cells.len() == 1 {
            cells[0].iter().for_each(|paragraph| self.emit(paragraph));
            return;
        }
        if !cells.iter().any(|cell| is_prose(cell)) {
            return self.row(&cells);
        }
        for cell in &cells {
            let prose = is_prose(cell);
            for paragraph in cell {
                if prose || paragraph.kind != BlockKind::Paragraph {
                    self.emit(paragraph);
                } else {
                    self.emit(&Paragraph { kind: BlockKind::TableRow, ..paragraph.clone() });
                }
            }
        }
    }

    fn row(&mut self, cells: &[Vec<Paragraph>]) {
        self.out.open(BlockKind::TableRow);
        for (index, cell) in cells.iter().enumerate() {
            if index > 0 {
                self.out.space();
                self.out.unread("|");
            }
            for paragraph in cell {
                self.out.space();
                paragraph.write(&mut self.out);
            }
        }
        self.out.close();
    }

    fn emit(&mut self, paragraph: &Paragraph) {
        if paragraph.is_empty() {
            return;
        }
        self.out.open(paragraph.kind.clone());
        if let Some(number) = &paragraph.number {
            self.out.unread(number);
            self.out.space();
        }
        paragraph.write(&mut self.out);
        self.out.close();
    }

    /// Writes a note.
    pub fn note(&mut self, label: &str, paragraphs: Vec<Paragraph>) {
        let mut paragraphs = paragraphs.into_iter().filter(|paragraph| !paragraph.is_empty());
        let Some(mut note) = paragraphs.next() else { return };
        paragraphs.for_each(|paragraph| note.join(paragraph));
        self.out.open_note(label, false);
        self.out.unread(label);
        self.out.space();
        note.write(&mut self.out);
        self.out.close();
    }
}

/// A cell with this much text that ends like a sentence is read as text; so is one with headings or lists.
const PROSE: usize = 60;

fn is_prose(cell: &[Paragraph]) -> bool {
    cell.iter().any(|paragraph| {
        let text = paragraph.text.trim();
        match paragraph.kind {
            BlockKind::Heading { .. } => true,
            _ => text.len() >= PROSE && text.trim_end_matches(['"', '”', ')', ']']).ends_with(['.', ';', '?', '!', ':']) || text.len() >= PROSE * 3,
        }
    })
}
