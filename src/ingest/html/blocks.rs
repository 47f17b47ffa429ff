//! Writes the blocks of a page in reading order.

use std::collections::HashSet;

use super::content::Content;
use super::dom::{Data, Dom, Element, NodeId, ROOT, Step};
use super::notes::{Notes, Start};
use super::table::{self, Table};
use super::tags::{heading_level, is_block};
use crate::document::{BlockKind, InlineKind};
use crate::ingest::compose::Composer;
use crate::ingest::label;

/// A list that is being read.
struct List {
    id: NodeId,
    /// The way its items are numbered; none for bullets.
    numbering: Option<char>,
    next: i64,
    contents: bool,
}

/// What is to be done when an element ends.
enum Closing {
    Block,
    Inline,
    Quotation,
    Pre,
    List,
    Item,
    Note,
    Table,
    Row,
    Cell,
    Kind(Option<BlockKind>),
}

/// Reads the blocks below the root.
pub(super) struct Blocks<'a> {
    dom: &'a Dom,
    content: &'a Content,
    notes: &'a Notes,
    out: Composer,
    closings: Vec<(NodeId, Closing)>,
    lists: Vec<List>,
    tables: Vec<Table>,
    quotations: u32,
    pre: u32,
    /// The kind of the next block, if something said what it is.
    next: Option<BlockKind>,
    /// The kind of blocks that nothing else is known of.
    default: BlockKind,
    /// The note that is being read, and the element that ends it.
    note: Option<(Start, Option<NodeId>)>,
    /// Notes inside a paragraph, to be read after it.
    later: Vec<NodeId>,
    done: HashSet<NodeId>,
}

impl<'a> Blocks<'a> {
    /// Writes all that `content` keeps.
    pub fn write(dom: &'a Dom, content: &'a Content, notes: &'a Notes) -> Composer {
        let mut blocks = Self {
            dom,
            content,
            notes,
            out: Composer::default(),
            closings: Vec::new(),
            lists: Vec::new(),
            tables: Vec::new(),
            quotations: 0,
            pre: 0,
            next: None,
            default: BlockKind::Paragraph,
            note: None,
            later: Vec::new(),
            done: HashSet::new(),
        };
        blocks.read_page();
        blocks.out
    }

    /// Reads the main part, and of what is around it the title and what goes with it.
    fn read_page(&mut self) {
        let main = self.content.main;
        let above: HashSet<NodeId> = self.dom.ancestors(main).collect();
        let holds_note = |id: NodeId| self.dom.elements(id).any(|below| self.notes.starts.contains_key(&below));
        let title = self.title_beside(main);
        let mut walk = self.dom.walk(ROOT);
        let mut tops = Vec::new();
        while let Some(step) = walk.next() {
            let Step::Enter(id) = step else { continue };
            if above.contains(&id) {
                continue;
            }
            if id == main || self.content.goes_with_main(id) || holds_note(id) {
                tops.push(id);
            } else if let Some(title) = title.filter(|&title| self.dom.elements(id).any(|below| below == title)) {
                tops.push(title);
            }
            walk.skip_below();
        }
        for top in tops {
            self.read(top);
        }
        self.boundary();
    }

    /// The title, where it stands before the main part: the first heading of the highest level on the page.
    fn title_beside(&self, main: NodeId) -> Option<NodeId> {
        let mut best: Option<(u8, NodeId)> = None;
        let mut in_main = false;
        for step in self.dom.walk(ROOT) {
            match step {
                Step::Enter(id) => {
                    in_main |= id == main;
                    if let Some(level) = heading_level(self.dom.name(id))
                        && self.content.text_length(id) > 0
                        && best.is_none_or(|(highest, _)| level < highest)
                    {
                        best = Some((level, id));
                        if in_main {
                            best = Some((level, main));
                        }
                    }
                }
                Step::Leave(id) if id == main => break,
                Step::Leave(_) => {}
            }
        }
        best.map(|(_, id)| id).filter(|&id| id != main)
    }

    fn read(&mut self, top: NodeId) {
        let mut walk = self.dom.walk(top);
        while let Some(step) = walk.next() {
            match step {
                Step::Enter(id) => {
                    if !self.enter(id) {
                        walk.skip_below();
                    }
                }
                Step::Leave(id) => self.leave(id),
            }
        }
    }

    /// Enters a node; false if what is below it is not to be read.
    fn enter(&mut self, id: NodeId) -> bool {
        let dom = self.dom;
        match &dom.node(id).data {
            Data::Text(text) => {
                self.text(text);
                true
            }
            Data::Element(element) => self.enter_element(id, element),
            Data::Document => true,
            Data::Nothing => false,
        }
    }

    fn enter_element(&mut self, id: NodeId, element: &Element) -> bool {
        if self.content.skips(id) || self.notes.drops.contains(&id) || self.done.contains(&id) {
            return false;
        }
        let name = &*element.name;
        if let Some(label) = self.notes.marks.get(&id) {
            let visible = self.dom.text(id, 24);
            self.ready();
            self.out.mark(&visible, label);
            return false;
        }
        if let Some(start) = self.notes.starts.get(&id) {
            if start.whole && !is_block(name) && self.out.has_text() {
                self.later.push(id);
                return false;
            }
            self.begin_note(id, start);
        } else if self.notes.references.contains(&id) {
            self.boundary();
            self.next = Some(BlockKind::Reference { label: None });
        }
        if let Some(level) = heading_level(name) {
            return self.heading(id, level);
        }
        match name {
            "br" => self.line_break(),
            "hr" => self.boundary(),
            "wbr" | "img" => {}
            "ul" | "ol" | "menu" | "dir" => self.open_list(id, element),
            "li" => self.open_item(id, element),
            "blockquote" => {
                self.boundary();
                // Pages of old use it to indent everything.
                if self.content.prose(id) * 2 < self.content.prose(ROOT) {
                    self.quotations += 1;
                    self.closings.push((id, Closing::Quotation));
                }
            }
            "pre" | "xmp" | "listing" | "plaintext" => {
                self.boundary();
                self.pre += 1;
                self.closings.push((id, Closing::Pre));
            }
            "table" => {
                self.boundary();
                self.tables.push(table::classify(self.dom, id));
                self.closings.push((id, Closing::Table));
            }
            "tr" => self.open_row(id),
            "td" | "th" => self.open_cell(id),
            "figcaption" | "caption" => self.open_kind(id, BlockKind::Caption),
            "b" | "strong" => self.open_inline(id, InlineKind::Strong),
            "em" | "i" | "cite" | "dfn" => self.open_inline(id, InlineKind::Emphasis),
            "a" => {
                if let Some(url) = element.attribute("href").and_then(absolute) {
                    self.open_inline(id, InlineKind::Link { url });
                }
            }
            "q" => {
                self.text("“");
                self.closings.push((id, Closing::Inline));
                self.out.open_inline(InlineKind::Emphasis);
            }
            "sup" => return self.raised(id),
            _ if is_block(name) => self.block(id, element),
            _ => self.styled(id, element),
        }
        true
    }

    fn leave(&mut self, id: NodeId) {
        while self.closings.last().is_some_and(|(open, _)| *open == id) {
            let Some((_, closing)) = self.closings.pop() else { return };
            match closing {
                Closing::Block => self.boundary(),
                Closing::Inline => {
                    if self.dom.name(id) == "q" {
                        self.text("”");
                    }
                    self.out.close_inline();
                }
                Closing::Quotation => {
                    self.boundary();
                    self.quotations -= 1;
                }
                Closing::Pre => {
                    self.boundary();
                    self.pre -= 1;
                }
                Closing::List => {
                    self.boundary();
                    self.lists.pop();
                }
                Closing::Item => {
                    self.boundary();
                    self.next = None;
                }
                Closing::Note => {
                    self.out.close();
                    self.note = None;
                }
                Closing::Table => {
                    self.boundary();
                    self.tables.pop();
                }
                Closing::Row => {
                    if self.note.is_none() {
                        self.out.close();
                    }
                    self.next = None;
                    if let Some(table) = self.tables.last_mut() {
                        table.end_row();
                    }
                }
                Closing::Cell => self.end_cell(),
                Closing::Kind(before) => {
                    self.boundary();
                    self.default = before.unwrap_or(BlockKind::Paragraph);
                }
            }
        }
    }

    /// Ends the open block, where blocks end: not inside a note or a table row.
    fn boundary(&mut self) {
        if let Some((start, _)) = &self.note {
            // A note that goes to the end of its block ends here once it has more than its label.
            if start.whole || self.out.so_far().len() <= start.label.len() + 4 {
                self.out.space();
                return;
            }
            self.note = None;
        } else if self.tables.last().is_some_and(Table::in_row) {
            self.out.space();
            return;
        }
        self.out.close();
        while let Some(id) = self.later.pop() {
            if let Some(start) = self.notes.starts.get(&id) {
                self.done.insert(id);
                self.out.open_note(&start.label, start.shown);
                let text = self.dom.text(id, 8000);
                self.out.text(&text);
                self.out.close();
            }
        }
    }

    fn begin_note(&mut self, id: NodeId, start: &Start) {
        self.note = None;
        self.out.close();
        self.note = Some((start.clone(), start.whole.then_some(id)));
        if start.whole {
            self.closings.push((id, Closing::Note));
        }
    }

    /// Opens a block if none is open, of the kind that is due.
    fn ready(&mut self) {
        if self.out.is_open() {
            return;
        }
        if let Some((start, _)) = &self.note {
            self.out.open_note(&start.label, start.shown);
            return;
        }
        if let Some(kind) = self.next.take() {
            self.out.open(kind);
        } else if self.tables.last().is_some_and(Table::in_row) {
            self.out.open(BlockKind::TableRow);
        } else if self.quotations > 0 && self.default == BlockKind::Paragraph {
            self.out.open(BlockKind::Quotation);
        } else {
            self.out.open(self.default.clone());
        }
    }

    fn text(&mut self, text: &str) {
        if self.pre > 0 {
            return self.lines(text);
        }
        if text.bytes().all(|byte| byte.is_ascii_whitespace()) {
            self.out.space();
            return;
        }
        self.ready();
        self.out.text(text);
    }

    /// Text in which line ends count.
    fn lines(&mut self, text: &str) {
        for (index, line) in text.split('\n').enumerate() {
            if index > 0 {
                self.line_break();
            }
            if line.trim().is_empty() {
                if index > 0 {
                    self.boundary();
                }
                continue;
            }
            self.ready();
            self.out.text(line);
        }
    }

    fn line_break(&mut self) {
        if self.note.is_some() || self.tables.last().is_some_and(Table::in_row) {
            if self.note.as_ref().is_some_and(|(start, _)| !start.whole) {
                return self.boundary();
            }
            self.out.space();
        } else {
            self.out.line_break();
        }
    }

    fn heading(&mut self, id: NodeId, level: u8) -> bool {
        self.note = self.note.take().filter(|(start, _)| start.whole);
        if self.note.is_some() || self.tables.last().is_some_and(Table::in_row) {
            self.out.space();
            return true;
        }
        self.boundary();
        self.next = Some(BlockKind::Heading { level: Some(level), number: None });
        self.closings.push((id, Closing::Item));
        true
    }

    fn block(&mut self, id: NodeId, element: &Element) {
        if is_byline(element) && self.content.text_length(id) < 200 {
            return self.open_kind(id, BlockKind::Byline);
        }
        // The first block of a list item is the item.
        self.boundary();
        self.closings.push((id, Closing::Block));
    }

    fn open_kind(&mut self, id: NodeId, kind: BlockKind) {
        self.boundary();
        let before = std::mem::replace(&mut self.default, kind);
        self.closings.push((id, Closing::Kind(Some(before))));
    }

    fn open_inline(&mut self, id: NodeId, kind: InlineKind) {
        self.out.open_inline(kind);
        self.closings.push((id, Closing::Inline));
    }

    fn styled(&mut self, id: NodeId, element: &Element) {
        if is_byline(element) && !self.out.has_text() && self.content.text_length(id) < 200 {
            return self.open_kind(id, BlockKind::Byline);
        }
        let Some(style) = element.attribute("style") else { return };
        let style = style.to_ascii_lowercase();
        let says = |key: &str, values: &[&str]| {
            style.split(';').filter_map(|rule| rule.split_once(':')).any(|(name, value)| name.trim() == key && values.contains(&value.trim()))
        };
        if says("font-weight", &["bold", "bolder", "600", "700", "800", "900"]) {
            self.open_inline(id, InlineKind::Strong);
        } else if says("font-style", &["italic", "oblique"]) {
            self.open_inline(id, InlineKind::Emphasis);
        }
    }

    /// A superscript: marks inside it are read as such, a bare number is one where it can be no exponent or ordinal.
    fn raised(&mut self, id: NodeId) -> bool {
        if self.dom.elements(id).any(|below| self.notes.marks.contains_key(&below)) {
            for below in self.dom.elements(id) {
                if let Some(label) = self.notes.marks.get(&below) {
                    let visible = self.dom.text(below, 24);
                    self.ready();
                    self.out.mark(&visible, label);
                    self.done.insert(below);
                }
            }
            return false;
        }
        let text = self.dom.text(id, 40);
        let labels: Vec<Option<String>> = text.split([',', ';']).map(|piece| label::of(piece, false)).collect();
        let all = !labels.is_empty() && labels.iter().all(Option::is_some);
        if !all || !label::can_follow(self.out.so_far()) || self.note.is_some() && self.out.so_far().len() < 8 {
            return true;
        }
        self.ready();
        for (index, label) in labels.into_iter().flatten().enumerate() {
            if index > 0 {
                self.out.unread(",");
            }
            self.out.mark(&label, &label);
        }
        false
    }

    fn open_list(&mut self, id: NodeId, element: &Element) {
        self.boundary();
        let numbering = (&*element.name == "ol").then(|| match element.attribute("type").and_then(|kind| kind.chars().next()) {
            Some(kind @ ('a' | 'A' | 'i' | 'I')) => kind,
            _ => list_style(element),
        });
        let next = element.attribute("start").and_then(|start| start.trim().parse().ok()).unwrap_or(1);
        let contents = is_contents(self.dom, self.content, id) || self.lists.last().is_some_and(|list| list.contents);
        self.lists.push(List { id, numbering, next, contents });
        self.closings.push((id, Closing::List));
    }

    fn open_item(&mut self, id: NodeId, element: &Element) {
        self.boundary();
        self.closings.push((id, Closing::Item));
        let depth = self.lists.len().saturating_sub(1).min(usize::from(u8::MAX)) as u8;
        let Some(list) = self.lists.last_mut() else {
            self.next = Some(BlockKind::ListItem { marker: "•".to_owned(), depth: 0 });
            return;
        };
        if list.contents {
            self.next = Some(BlockKind::Contents);
            return;
        }
        debug_assert!(list.id != id);
        let number = element.attribute("value").and_then(|value| value.trim().parse().ok()).unwrap_or(list.next);
        list.next = number.saturating_add(1);
        let marker = list.numbering.map_or_else(|| "•".to_owned(), |style| crate::ingest::numbering::marker(style, number));
        self.next = Some(BlockKind::ListItem { marker, depth });
    }

    fn open_row(&mut self, id: NodeId) {
        if self.note.is_none() {
            self.out.close();
        }
        let Some(table) = self.tables.last_mut() else { return };
        table.begin_row(self.dom, self.content, id);
        self.closings.push((id, Closing::Row));
    }

    fn open_cell(&mut self, id: NodeId) {
        if self.note.is_some() {
            self.out.space();
            return;
        }
        let Some(table) = self.tables.last_mut() else { return self.out.close() };
        if table.in_row() {
            if self.out.has_text() {
                self.out.space();
                self.out.unread("|");
                self.out.space();
            }
            return;
        }
        self.out.close();
        if let Some(marker) = table.marker(self.dom, id) {
            self.next = Some(BlockKind::ListItem { marker, depth: 0 });
            self.done.insert(id);
        } else if !table.is_layout() && !table::is_prose(self.dom, self.content, id) {
            return self.open_kind(id, BlockKind::TableRow);
        }
        self.closings.push((id, Closing::Cell));
    }

    fn end_cell(&mut self) {
        if self.note.is_none() {
            self.boundary();
        }
    }
}

/// A list is a table of contents if it is all links inside the page.
fn is_contents(dom: &Dom, content: &Content, id: NodeId) -> bool {
    if content.link_share(id) < 0.9 {
        return false;
    }
    let mut inside = 0;
    for link in dom.elements(id).filter(|&below| dom.name(below) == "a") {
        if !dom.attribute(link, "href").is_some_and(|href| href.starts_with('#')) {
            return false;
        }
        inside += 1;
    }
    inside >= 2
}

fn list_style(element: &Element) -> char {
    let style = element.attribute("style").unwrap_or_default();
    match style {
        style if style.contains("lower-alpha") || style.contains("lower-latin") => 'a',
        style if style.contains("upper-alpha") || style.contains("upper-latin") => 'A',
        style if style.contains("lower-roman") => 'i',
        style if style.contains("upper-roman") => 'I',
        _ => '1',
    }
}

fn is_byline(element: &Element) -> bool {
    let class = element.attribute("class").unwrap_or_default();
    element.attribute("rel") == Some("author")
        || element.attribute("itemprop") == Some("author")
        || (!class.is_empty()
            && class
                .split_ascii_whitespace()
                .any(|class| matches!(class, "byline" | "author" | "authors" | "by-line" | "article-author" | "post-author" | "entry-author")))
}

/// The URL of a link that leads out of the page, white space from line breaks in the mark-up taken out.
fn absolute(href: &str) -> Option<String> {
    let href = href.trim();
    let lower = href.get(..8).unwrap_or(href).to_ascii_lowercase();
    if lower.starts_with("http://") || lower.starts_with("https://") || lower.starts_with("doi:") {
        return Some(href.split_whitespace().collect());
    }
    href.strip_prefix("//").filter(|rest| rest.contains('.')).map(|rest| format!("https://{rest}"))
}
