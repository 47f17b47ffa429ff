//! Reads the paragraphs of a part of a Word file: the body, or its notes.

use std::collections::HashMap;

use super::lists::{Lists, Marker};
use super::styles::{Styles, is_on, outline};
use crate::document::BlockKind;
use crate::error::Result;
use crate::ingest::Limits;
use crate::ingest::office::{Flow, Look, Paragraph};
use crate::ingest::xml::{Tag, Token, Xml};

/// What a file says beside its text, by which the text is read.
pub(super) struct Context<'a> {
    pub styles: &'a Styles,
    /// Targets of relationships, by id.
    pub links: HashMap<String, String>,
}

/// A reference to a note in the running text.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct NoteReference {
    pub endnote: bool,
    pub id: String,
}

/// Gives notes their labels in the order in which the text refers to them.
#[derive(Debug, Default)]
pub(super) struct NoteLabels {
    footnote_format: String,
    endnote_format: String,
    footnotes: i64,
    endnotes: i64,
    /// In order of first reference.
    pub order: Vec<(NoteReference, String)>,
    known: HashMap<NoteReference, String>,
}

impl NoteLabels {
    pub fn new(footnote_format: String, endnote_format: String) -> Self {
        Self { footnote_format, endnote_format, ..Self::default() }
    }

    fn label(&mut self, reference: NoteReference, custom: Option<String>) -> String {
        if let Some(label) = self.known.get(&reference) {
            return label.clone();
        }
        let label = custom.unwrap_or_else(|| {
            let (count, format) = if reference.endnote { (&mut self.endnotes, &self.endnote_format) } else { (&mut self.footnotes, &self.footnote_format) };
            *count += 1;
            super::lists::format_number(format, *count)
        });
        self.known.insert(reference.clone(), label.clone());
        self.order.push((reference, label.clone()));
        label
    }
}

/// A paragraph that is being read.
#[derive(Default)]
struct Open {
    paragraph: Paragraph,
    style: Option<String>,
    outline: Option<u8>,
    number: Option<String>,
    level: Option<usize>,
    /// The paragraph mark was deleted: the next paragraph goes on with this one.
    merged: bool,
    /// Paragraphs of text boxes that hang on this one.
    boxed: Vec<Paragraph>,
    look: Look,
    style_look: Look,
}

/// A field: text before its separator is its instruction.
#[derive(Default)]
struct Field {
    instruction: String,
    shown: bool,
    link: Option<usize>,
}

impl Field {
    /// True for a list of headings, tables or figures, with text between its separator and its end.
    fn lists_contents(&self) -> bool {
        self.shown && self.instruction.trim_start().starts_with("TOC")
    }
}

/// The reader of one part.
pub(super) struct Body<'a> {
    context: &'a Context<'a>,
    lists: &'a mut Lists,
    labels: &'a mut NoteLabels,
    pub flow: Flow,
    stack: Vec<Open>,
    fields: Vec<Field>,
    links: Vec<Option<usize>>,
    merged: Option<Paragraph>,
    run: bool,
    hidden: bool,
    /// Text of the next run is the label of this note.
    custom: Option<NoteReference>,
    row_deleted: bool,
    /// A field that lists the headings was open when the paragraph began.
    in_contents: bool,
    /// Title and subtitle paragraphs, for the metadata.
    pub titles: Vec<(String, String)>,
    /// Paragraphs are kept here, not written, while notes are read.
    pub kept: Option<Vec<Paragraph>>,
}

impl<'a> Body<'a> {
    pub fn new(context: &'a Context<'a>, lists: &'a mut Lists, labels: &'a mut NoteLabels) -> Self {
        Self {
            context,
            lists,
            labels,
            flow: Flow::default(),
            stack: Vec::new(),
            fields: Vec::new(),
            links: Vec::new(),
            merged: None,
            run: false,
            hidden: false,
            custom: None,
            row_deleted: false,
            in_contents: false,
            titles: Vec::new(),
            kept: None,
        }
    }

    /// Reads the main part.
    pub fn read(&mut self, text: &str, limits: &Limits) -> Result<()> {
        let mut xml = Xml::new("document.xml", text, limits);
        loop {
            match xml.next()? {
                Token::Open(tag) => self.open(&tag, &mut xml)?,
                Token::Close(tag) => self.close(tag.name()),
                Token::Text(_) => {}
                Token::End => break,
            }
        }
        if let Some(paragraph) = self.merged.take() {
            self.give(paragraph);
        }
        Ok(())
    }

    /// Reads a part with notes: the paragraphs of each, by id.
    pub fn read_notes(&mut self, text: &str, element: &str, limits: &Limits) -> Result<HashMap<String, Vec<Paragraph>>> {
        let mut xml = Xml::new("notes", text, limits);
        let mut notes = HashMap::new();
        let mut id = None;
        loop {
            match xml.next()? {
                Token::Open(tag) if tag.name() == element => {
                    id = tag.attribute("id");
                    // Separators and continuation notices are no notes.
                    if tag.attribute("type").is_some_and(|kind| kind != "normal") {
                        xml.skip()?;
                        id = None;
                    }
                    self.kept = Some(Vec::new());
                }
                Token::Open(tag) => self.open(&tag, &mut xml)?,
                Token::Close(tag) if tag.name() == element => {
                    if let (Some(id), Some(paragraphs)) = (id.take(), self.kept.take()) {
                        notes.insert(id, paragraphs);
                    }
                }
                Token::Close(tag) => self.close(tag.name()),
                Token::Text(_) => {}
                Token::End => return Ok(notes),
            }
        }
    }

    fn open(&mut self, tag: &Tag, xml: &mut Xml) -> Result<()> {
        match tag.name() {
            // What was deleted or moved away, what is there for older programs only, how things looked before a change, and what is no text.
            "del" | "moveFrom" | "Fallback" | "delText" | "delInstrText" | "rPrChange" | "pPrChange" | "tblPrChange" | "trPrChange" | "tcPrChange"
            | "sectPrChange" | "numberingChange" | "sdtPr" | "annotation" | "ruby" => xml.skip()?,
            "p" => self.stack.push(Open::default()),
            "tbl" => self.flow.begin_table(),
            "tr" => self.row_deleted = false,
            "tc" => self.flow.begin_cell(),
            "hyperlink" => {
                let link = tag.attribute("id").and_then(|id| self.context.links.get(&id)).cloned().filter(|url| is_web(url));
                let link = link.and_then(|url| self.stack.last_mut().map(|open| open.paragraph.link(url)));
                self.links.push(link);
            }
            "fldChar" => self.field(tag.attribute("fldCharType").as_deref()),
            "instrText" => {
                let text = xml.text()?;
                if let Some(field) = self.fields.last_mut().filter(|field| !field.shown) {
                    field.instruction.push_str(&text);
                }
            }
            "r" => {
                self.run = true;
                self.hidden = false;
                if let Some(open) = self.stack.last_mut() {
                    open.look = open.style_look;
                }
            }
            "pPr" => self.paragraph_properties(xml)?,
            "rPr" if self.run => self.run_properties(xml)?,
            "rPr" | "sectPr" | "tblPr" | "tblPrEx" | "tcPr" | "tblGrid" => xml.skip()?,
            "trPr" => self.row_properties(xml)?,
            "t" => {
                let text = xml.text()?;
                self.text(&text);
            }
            "tab" | "ptab" if self.run => self.text(" "),
            "br" | "cr" if self.run => {
                let breaks_line = tag.attribute("type").is_none_or(|kind| kind == "textWrapping");
                if let Some(open) = self.stack.last_mut() {
                    if breaks_line { open.paragraph.line_break() } else { open.paragraph.text(" ", Look::default()) }
                }
            }
            "noBreakHyphen" => self.text("-"),
            "sym" => self.text("•"),
            "footnoteReference" | "endnoteReference" => {
                let reference = tag.attribute("id").map(|id| NoteReference { endnote: tag.name() == "endnoteReference", id });
                if let Some(reference) = reference {
                    if tag.attribute("customMarkFollows").is_some_and(|value| is_on(Some(value))) {
                        self.custom = Some(reference);
                    } else {
                        self.mark(reference, None);
                    }
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn close(&mut self, name: &str) {
        match name {
            "p" => self.end_paragraph(),
            "r" => self.run = false,
            "hyperlink" => drop(self.links.pop()),
            "tbl" => self.flow.end_table(),
            "tr" => {
                if self.row_deleted {
                    self.flow.drop_row();
                }
                self.flow.end_row();
            }
            _ => {}
        }
    }

    fn row_properties(&mut self, xml: &mut Xml) -> Result<()> {
        let mut depth = 1;
        while depth > 0 {
            match xml.next()? {
                Token::Open(tag) => {
                    depth += 1;
                    self.row_deleted |= tag.name() == "del";
                }
                Token::Close(_) => depth -= 1,
                Token::Text(_) => {}
                Token::End => break,
            }
        }
        Ok(())
    }

    fn paragraph_properties(&mut self, xml: &mut Xml) -> Result<()> {
        let mut depth = 1;
        let Some(open) = self.stack.last_mut() else { return xml.skip() };
        while depth > 0 {
            match xml.next()? {
                Token::Open(tag) => {
                    depth += 1;
                    match tag.name() {
                        "pStyle" => open.style = tag.attribute("val"),
                        "outlineLvl" => open.outline = tag.attribute("val").as_deref().and_then(outline),
                        "numId" => open.number = tag.attribute("val"),
                        "ilvl" => open.level = tag.attribute("val").and_then(|value| value.parse().ok()),
                        "del" => open.merged = true,
                        "pPrChange" | "sectPr" | "rPrChange" => {
                            xml.skip()?;
                            depth -= 1;
                        }
                        _ => {}
                    }
                }
                Token::Close(_) => depth -= 1,
                Token::Text(_) => {}
                Token::End => break,
            }
        }
        if let Some(style) = open.style.as_deref().and_then(|id| self.context.styles.get(id)) {
            open.style_look = Look { bold: style.bold.unwrap_or(false), italic: style.italic.unwrap_or(false), ..Look::default() };
        }
        Ok(())
    }

    fn run_properties(&mut self, xml: &mut Xml) -> Result<()> {
        let mut depth = 1;
        let Some(open) = self.stack.last_mut() else { return xml.skip() };
        while depth > 0 {
            match xml.next()? {
                Token::Open(tag) => {
                    depth += 1;
                    let value = || tag.attribute("val");
                    match tag.name() {
                        "rStyle" => {
                            if let Some(style) = value().as_deref().and_then(|id| self.context.styles.get(id)) {
                                open.look.bold = style.bold.unwrap_or(open.look.bold);
                                open.look.italic = style.italic.unwrap_or(open.look.italic);
                                self.hidden |= style.hidden.unwrap_or(false);
                            }
                        }
                        "b" => open.look.bold = is_on(value()),
                        "i" => open.look.italic = is_on(value()),
                        "vertAlign" => open.look.raised = value().as_deref() == Some("superscript"),
                        "vanish" => self.hidden = is_on(value()),
                        "rPrChange" => {
                            xml.skip()?;
                            depth -= 1;
                        }
                        _ => {}
                    }
                }
                Token::Close(_) => depth -= 1,
                Token::Text(_) => {}
                Token::End => break,
            }
        }
        Ok(())
    }

    fn text(&mut self, text: &str) {
        if self.hidden || self.fields.iter().any(|field| !field.shown) {
            return;
        }
        if let Some(reference) = self.custom.take() {
            return self.mark(reference, Some(text.trim().to_owned()));
        }
        let link = self.links.last().copied().flatten().or_else(|| self.fields.iter().rev().find_map(|field| field.link));
        if let Some(open) = self.stack.last_mut() {
            let look = Look { link, ..open.look };
            open.paragraph.text(text, look);
        }
    }

    fn mark(&mut self, reference: NoteReference, custom: Option<String>) {
        let label = self.labels.label(reference, custom.filter(|label| !label.is_empty()));
        if let Some(open) = self.stack.last_mut() {
            open.paragraph.mark(&label);
        }
    }

    fn field(&mut self, kind: Option<&str>) {
        match kind {
            Some("begin") => self.fields.push(Field::default()),
            Some("separate") => {
                if let Some(field) = self.fields.last_mut() {
                    field.shown = true;
                    if let (Some(url), Some(open)) = (linked(&field.instruction), self.stack.last_mut()) {
                        field.link = Some(open.paragraph.link(url));
                    }
                }
            }
            Some("end") => drop(self.fields.pop()),
            _ => {}
        }
    }

    fn end_paragraph(&mut self) {
        let Some(mut open) = self.stack.pop() else { return };
        // A link of a field goes as far as its paragraph.
        for field in &mut self.fields {
            field.link = None;
        }
        self.kind(&mut open);
        self.in_contents = self.fields.iter().any(Field::lists_contents);
        if let Some(outer) = self.stack.last_mut() {
            // A text box inside a paragraph is read after it.
            outer.boxed.push(open.paragraph);
            outer.boxed.append(&mut open.boxed);
            return;
        }
        let mut paragraph = open.paragraph;
        if let Some(mut before) = self.merged.take() {
            before.join(paragraph);
            paragraph = before;
        }
        if open.merged {
            self.merged = Some(paragraph);
        } else {
            self.give(paragraph);
        }
        for boxed in open.boxed {
            self.give(boxed);
        }
    }

    fn give(&mut self, paragraph: Paragraph) {
        match &mut self.kept {
            Some(kept) => kept.push(paragraph),
            None => self.flow.paragraph(paragraph),
        }
    }

    /// Tells what a paragraph is, by its style, outline level and list.
    fn kind(&mut self, open: &mut Open) {
        let style = open.style.as_deref().and_then(|id| self.context.styles.get(id));
        let name = style.map_or("", |style| style.name.as_str());
        let level = open.outline.or_else(|| style.and_then(|style| style.outline)).filter(|&level| level <= 9);
        let number = open.number.clone().or_else(|| style.and_then(|style| style.number.clone())).filter(|number| number != "0");
        let marker = number.filter(|_| !open.paragraph.is_empty()).and_then(|number| {
            let by_style = || open.style.as_deref().and_then(|style| self.lists.level_of_style(&number, style));
            let at = open.level.or_else(by_style).or_else(|| style.and_then(|style| style.level)).unwrap_or(0);
            self.lists.next(&number, at).map(|marker| (marker, at))
        });
        open.paragraph.kind = match name {
            "title" | "subtitle" => {
                if !open.paragraph.is_empty() {
                    self.titles.push((name.to_owned(), open.paragraph.plain()));
                }
                BlockKind::Title
            }
            name if name.starts_with("toc ") && name != "toc heading" || name == "table of figures" || self.in_contents => BlockKind::Contents,
            "caption" => BlockKind::Caption,
            "quote" | "intense quote" | "block text" => BlockKind::Quotation,
            _ => match (level, marker) {
                (Some(level), marker) => {
                    let number = marker.and_then(|(marker, _)| match marker {
                        Marker::Number(number) => Some(number),
                        Marker::Bullet(_) => None,
                    });
                    open.paragraph.number.clone_from(&number);
                    let number = number.map(|number| number.trim_matches(['.', '(', ')', ':']).to_owned());
                    BlockKind::Heading { level: Some(level), number }
                }
                (None, Some((Marker::Bullet(marker) | Marker::Number(marker), at))) => BlockKind::ListItem { marker, depth: at.min(8) as u8 },
                (None, None) => BlockKind::Paragraph,
            },
        };
    }
}

/// The URL of a hyperlink field.
fn linked(instruction: &str) -> Option<String> {
    let rest = instruction.trim().strip_prefix("HYPERLINK")?.trim_start();
    let url = rest.strip_prefix('"')?.split('"').next()?;
    is_web(url).then(|| url.to_owned())
}

fn is_web(url: &str) -> bool {
    url.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("http"))
}
