//! Tables: rows of data, or a way to lay out text.

use super::content::Content;
use super::dom::{Dom, NodeId};

/// A cell with this much text, in characters without white space, is read as text of its own if it holds a sentence.
const LONG_CELL: usize = 80;

/// A table that is being read.
pub(super) struct Table {
    layout: bool,
    /// The row that is being read is one block.
    row: bool,
}

impl Table {
    /// True while a row is read as one block.
    pub fn in_row(&self) -> bool {
        self.row
    }

    pub fn is_layout(&self) -> bool {
        self.layout
    }

    pub fn begin_row(&mut self, dom: &Dom, content: &Content, row: NodeId) {
        self.row = !self.layout && !holds_prose(dom, content, row);
    }

    pub fn end_row(&mut self) {
        self.row = false;
    }

    /// The marker of a list that is laid out as a table, if this cell holds one and nothing else.
    pub fn marker(&self, dom: &Dom, cell: NodeId) -> Option<String> {
        let text = dom.text(cell, 12);
        let has_next = std::iter::successors(dom.next(cell), |&next| dom.next(next)).any(|next| dom.name(next) == "td");
        (has_next && is_marker(&text)).then_some(text)
    }
}

/// Tells a table of data from one that lays out a page.
pub(super) fn classify(dom: &Dom, table: NodeId) -> Table {
    let mut widest = 0;
    let mut nested = matches!(dom.attribute(table, "role"), Some("presentation" | "none"));
    for row in rows_of(dom, table) {
        let mut cells = 0;
        for cell in cells_of(dom, row) {
            cells += 1;
            nested |= dom.children(cell).any(|child| matches!(dom.name(child), "table" | "h1" | "h2" | "h3"));
        }
        widest = widest.max(cells);
    }
    Table { layout: nested || widest <= 1, row: false }
}

fn rows_of(dom: &Dom, table: NodeId) -> impl Iterator<Item = NodeId> + '_ {
    dom.children(table)
        .flat_map(|child| {
            let group: Vec<NodeId> = match dom.name(child) {
                "tr" => vec![child],
                "tbody" | "thead" | "tfoot" => dom.children(child).collect(),
                _ => Vec::new(),
            };
            group
        })
        .filter(|&row| dom.name(row) == "tr")
}

fn cells_of(dom: &Dom, row: NodeId) -> impl Iterator<Item = NodeId> + '_ {
    dom.children(row).filter(|&cell| matches!(dom.name(cell), "td" | "th"))
}

/// True if a cell of the row holds sentences, which are read as text rather than as data.
fn holds_prose(dom: &Dom, content: &Content, row: NodeId) -> bool {
    let mut cells = 0;
    let mut prose = false;
    let mut marker = false;
    for (index, cell) in cells_of(dom, row).enumerate() {
        cells += 1;
        if content.skips(cell) || content.text_length(cell) < 3 {
            continue;
        }
        marker |= index == 0 && is_marker(&dom.text(cell, 12));
        prose |= is_prose(dom, content, cell);
    }
    prose || marker && cells == 2
}

/// True if a cell holds a sentence or more.
pub(super) fn is_prose(dom: &Dom, content: &Content, cell: NodeId) -> bool {
    if (content.text_length(cell) as usize) < LONG_CELL {
        return false;
    }
    let text = dom.text(cell, 4000);
    text.trim_end_matches(['"', '”', ')', ']']).ends_with(['.', ';', '?', '!', ':']) || text.contains(". ")
}

fn is_marker(text: &str) -> bool {
    let text = text.trim();
    if matches!(text, "•" | "·" | "–" | "-" | "*" | "▪" | "■" | "●" | "○" | "►" | "➢" | "o") {
        return true;
    }
    let body = text.trim_matches(['(', ')', '.', '[', ']']);
    body.len() < text.len()
        && !body.is_empty()
        && body.len() <= 4
        && (body.bytes().all(|b| b.is_ascii_digit()) || body.len() == 1 && body.as_bytes()[0].is_ascii_alphabetic())
}
