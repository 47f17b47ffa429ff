//! OpenDocument texts (ODT).

use std::collections::HashMap;

use super::office::{Flow, Look, Paragraph};
use super::package::Package;
use super::xml::{Tag, Token, Xml};
use super::{Limits, docx, html, numbering};
use crate::document::{BlockKind, Document, Metadata};
use crate::error::{AnalyseError, Result};

/// Reads an OpenDocument text: changes accepted, comments left out, notes after the text.
///
/// # Errors
/// If it is damaged or encrypted, holds no text, or goes beyond a limit.
pub(super) fn read(bytes: &[u8], limits: &Limits) -> Result<Document> {
    let mut package = Package::open(bytes, limits)?;
    let mut styles = Styles::default();
    styles.read(&package.text("styles.xml")?.unwrap_or_default(), limits)?;
    let metadata = docx::core_properties(package.text("meta.xml")?.as_deref(), limits)?;
    let text = package.text("content.xml")?.ok_or_else(|| AnalyseError::Damaged("there is no content.xml in it".to_owned()))?;
    styles.read(&text, limits)?;
    let mut body = Body {
        styles: &styles,
        flow: Flow::default(),
        stack: Vec::new(),
        spans: Vec::new(),
        lists: Vec::new(),
        counts: HashMap::new(),
        notes: Vec::new(),
        contents: 0,
        title: None,
    };
    body.read(&text, limits)?;
    let title = body.title.or(metadata.title);
    for (label, paragraphs) in body.notes {
        body.flow.note(&label, paragraphs);
    }
    html::document(body.flow.out, Metadata { media_type: "application/vnd.oasis.opendocument.text", title, ..metadata })
}

#[derive(Debug, Default, Clone)]
struct Style {
    parent: Option<String>,
    bold: Option<bool>,
    italic: Option<bool>,
    raised: bool,
}

#[derive(Debug, Default, Clone)]
struct ListLevel {
    /// The way of numbering; none for bullets.
    format: Option<char>,
    prefix: String,
    suffix: String,
    start: i64,
    shown_levels: usize,
}

#[derive(Debug, Default)]
struct Styles {
    by_name: HashMap<String, Style>,
    lists: HashMap<(String, usize), ListLevel>,
}

impl Styles {
    fn read(&mut self, text: &str, limits: &Limits) -> Result<()> {
        let mut xml = Xml::new("styles", text, limits);
        let (mut style, mut list) = (None::<String>, None::<String>);
        loop {
            match xml.next()? {
                Token::Open(tag) => match tag.name() {
                    "body" => return Ok(()),
                    "style" => {
                        style = tag.attribute("name");
                        if let Some(name) = &style {
                            self.by_name.insert(name.clone(), Style { parent: tag.attribute("parent-style-name"), ..Style::default() });
                        }
                    }
                    "text-properties" => {
                        if let Some(style) = style.as_ref().and_then(|name| self.by_name.get_mut(name)) {
                            style.bold = tag
                                .attribute("font-weight")
                                .map(|weight| weight == "bold" || weight.parse::<u32>().is_ok_and(|weight| weight >= 600))
                                .or(style.bold);
                            style.italic = tag.attribute("font-style").map(|kind| kind == "italic" || kind == "oblique").or(style.italic);
                            style.raised |= tag
                                .attribute("text-position")
                                .is_some_and(|position| position.starts_with("super") || position.starts_with(|c: char| c.is_ascii_digit() && c != '0'));
                        }
                    }
                    "list-style" => list = tag.attribute("name"),
                    name @ ("list-level-style-number" | "list-level-style-bullet" | "list-level-style-image") => {
                        let level = tag.attribute("level").and_then(|level| level.parse().ok()).unwrap_or(1);
                        if let Some(list) = &list {
                            let numbered = name == "list-level-style-number";
                            let format = numbered.then(|| tag.attribute("num-format").and_then(|format| format.chars().next())).flatten();
                            let number = |key: &str| tag.attribute(key).and_then(|value| value.parse().ok());
                            let level_style = ListLevel {
                                format,
                                prefix: tag.attribute("num-prefix").unwrap_or_default(),
                                suffix: tag.attribute("num-suffix").unwrap_or_default(),
                                start: number("start-value").unwrap_or(1),
                                shown_levels: number("display-levels").unwrap_or(1).clamp(1, 10) as usize,
                            };
                            self.lists.insert((list.clone(), level), level_style);
                        }
                    }
                    _ => {}
                },
                Token::Close(tag) => match tag.name() {
                    "style" => style = None,
                    "list-style" => list = None,
                    _ => {}
                },
                Token::Text(_) => {}
                Token::End => return Ok(()),
            }
        }
    }

    fn chain<'a>(&'a self, name: &'a str) -> impl Iterator<Item = (&'a str, Option<&'a Style>)> {
        let parent = |(_, style): &(&'a str, Option<&'a Style>)| style.and_then(|style| style.parent.as_deref()).map(|name| (name, self.by_name.get(name)));
        std::iter::successors(Some((name, self.by_name.get(name))), parent).take(20)
    }

    fn look(&self, name: &str, over: Look) -> Look {
        let find = |get: &dyn Fn(&Style) -> Option<bool>| self.chain(name).find_map(|(_, style)| style.and_then(get));
        let raised = self.by_name.get(name).is_some_and(|style| style.raised);
        Look {
            bold: find(&|style| style.bold).unwrap_or(over.bold),
            italic: find(&|style| style.italic).unwrap_or(over.italic),
            raised: over.raised || raised,
            ..over
        }
    }

    fn kind(&self, name: &str) -> BlockKind {
        for (name, _) in self.chain(name) {
            match name {
                "Title" | "Subtitle" => return BlockKind::Title,
                "Quotations" => return BlockKind::Quotation,
                "Caption" | "Illustration" | "Table" | "Figure" => return BlockKind::Caption,
                _ => {}
            }
        }
        BlockKind::Paragraph
    }
}

struct List {
    style: Option<String>,
    /// The first paragraph of an item bears the marker.
    marker: Option<String>,
}

struct Body<'a> {
    styles: &'a Styles,
    flow: Flow,
    stack: Vec<Open>,
    spans: Vec<Look>,
    lists: Vec<List>,
    /// The number reached in a list style, by level.
    counts: HashMap<(String, usize), i64>,
    notes: Vec<(String, Vec<Paragraph>)>,
    contents: u32,
    title: Option<String>,
}

#[derive(Default)]
struct Open {
    paragraph: Paragraph,
    look: Look,
    /// A note that is being read inside the paragraph: its label and paragraphs.
    note: Option<(String, Vec<Paragraph>)>,
    boxed: Vec<Paragraph>,
    spans: usize,
}

impl Body<'_> {
    fn read(&mut self, text: &str, limits: &Limits) -> Result<()> {
        let mut xml = Xml::new("content.xml", text, limits);
        loop {
            match xml.next()? {
                Token::Open(tag) => self.open(&tag, &mut xml)?,
                Token::Close(tag) => self.close(tag.name()),
                Token::Text(text) => self.text(&text),
                Token::End => return Ok(()),
            }
        }
    }

    fn open(&mut self, tag: &Tag, xml: &mut Xml) -> Result<()> {
        match tag.name() {
            // Deleted text stands here; comments; what describes a picture; styles.
            "tracked-changes" | "annotation" | "desc" | "title" | "automatic-styles" | "font-face-decls" | "scripts" | "forms" | "event-listeners" => {
                xml.skip()?
            }
            "h" => {
                let level = tag.attribute("outline-level").and_then(|level| level.parse().ok()).unwrap_or(1u8);
                self.begin(tag, BlockKind::Heading { level: Some(level), number: None });
            }
            "p" => {
                let kind = if self.contents > 0 { BlockKind::Contents } else { self.styles.kind(&tag.attribute("style-name").unwrap_or_default()) };
                self.begin(tag, kind);
            }
            "span" => {
                let over = self.look();
                self.spans.push(self.styles.look(&tag.attribute("style-name").unwrap_or_default(), over));
            }
            "a" => {
                let url = tag.attribute("href").filter(|url| url.starts_with("http"));
                let link = url.and_then(|url| self.stack.last_mut().map(|open| open.paragraph.link(url)));
                let over = self.look();
                self.spans.push(Look { link: link.or(over.link), ..over });
            }
            "s" | "tab" => self.text(" "),
            "line-break" => {
                if let Some(open) = self.stack.last_mut() {
                    open.paragraph.line_break();
                }
            }
            "note" => {
                if let Some(open) = self.stack.last_mut() {
                    open.note = Some((String::new(), Vec::new()));
                }
            }
            "note-citation" => {
                let label = xml.text()?.trim().to_owned();
                if let Some(open) = self.stack.last_mut() {
                    open.paragraph.mark(&label);
                    if let Some(note) = &mut open.note {
                        note.0 = label;
                    }
                }
            }
            "list" => {
                let style = tag.attribute("style-name").or_else(|| self.lists.last().and_then(|list| list.style.clone()));
                let level = self.lists.len() + 1;
                if let Some(style) = &style
                    && tag.attribute("continue-numbering").as_deref() != Some("true")
                    && tag.attribute("continue-list").is_none()
                {
                    self.counts.remove(&(style.clone(), level));
                }
                self.lists.push(List { style, marker: None });
            }
            "list-item" => self.item(tag.attribute("start-value").and_then(|value| value.parse().ok())),
            "list-header" => {
                if let Some(list) = self.lists.last_mut() {
                    list.marker = None;
                }
            }
            "table" => self.flow.begin_table(),
            "table-cell" => self.flow.begin_cell(),
            "table-of-content" | "illustration-index" | "table-index" => self.contents += 1,
            _ => {}
        }
        Ok(())
    }

    fn close(&mut self, name: &str) {
        match name {
            "h" | "p" => self.end(),
            "span" | "a" => drop(self.spans.pop()),
            "note" => {
                if let Some(note) = self.stack.last_mut().and_then(|open| open.note.take()) {
                    self.notes.push(note);
                }
            }
            "list" => drop(self.lists.pop()),
            "table" => self.flow.end_table(),
            "table-row" => self.flow.end_row(),
            "table-of-content" | "illustration-index" | "table-index" => self.contents = self.contents.saturating_sub(1),
            _ => {}
        }
    }

    fn look(&self) -> Look {
        let open = self.stack.last();
        let inside = self.spans.get(open.map_or(0, |open| open.spans)..).and_then(<[Look]>::last);
        inside.copied().unwrap_or_else(|| open.map(|open| open.look).unwrap_or_default())
    }

    fn begin(&mut self, tag: &Tag, kind: BlockKind) {
        let look = self.styles.look(&tag.attribute("style-name").unwrap_or_default(), Look::default());
        let mut open = Open { look: Look { raised: false, ..look }, spans: self.spans.len(), ..Open::default() };
        open.paragraph.kind = kind;
        let inside = self.stack.last().is_some_and(|outer| outer.note.is_some());
        if !inside
            && open.paragraph.kind == BlockKind::Paragraph
            && let Some(marker) = self.lists.last_mut().and_then(|list| list.marker.take())
        {
            open.paragraph.kind = BlockKind::ListItem { marker, depth: (self.lists.len() - 1).min(8) as u8 };
        }
        self.stack.push(open);
    }

    fn end(&mut self) {
        let Some(open) = self.stack.pop() else { return };
        self.spans.truncate(open.spans);
        if let Some(outer) = self.stack.last_mut() {
            match &mut outer.note {
                Some((_, paragraphs)) => paragraphs.push(open.paragraph),
                None => outer.boxed.push(open.paragraph),
            }
            return;
        }
        if open.paragraph.kind == BlockKind::Title && self.title.is_none() && !open.paragraph.is_empty() {
            self.title = Some(open.paragraph.plain());
        }
        self.flow.paragraph(open.paragraph);
        for boxed in open.boxed {
            self.flow.paragraph(boxed);
        }
    }

    fn text(&mut self, text: &str) {
        let look = self.look();
        if let Some(open) = self.stack.last_mut()
            && open.note.is_none()
        {
            open.paragraph.text(text, look);
        }
    }

    fn item(&mut self, start: Option<i64>) {
        let level = self.lists.len();
        let Some(list) = self.lists.last_mut() else { return };
        list.marker = Some("•".to_owned());
        let Some(style) = list.style.clone() else { return };
        let Some(shape) = self.styles.lists.get(&(style.clone(), level)) else { return };
        let Some(format) = shape.format else { return };
        let count = self.counts.get(&(style.clone(), level)).map_or(shape.start, |count| count.saturating_add(1));
        let count = start.unwrap_or(count);
        self.counts.insert((style.clone(), level), count);
        let mut shown = String::new();
        for above in (level + 1).saturating_sub(shape.shown_levels).max(1)..level {
            if let Some(count) = self.counts.get(&(style.clone(), above)) {
                let format = self.styles.lists.get(&(style.clone(), above)).and_then(|shape| shape.format).unwrap_or('1');
                shown.push_str(&numbering::shown(format, *count));
                shown.push('.');
            }
        }
        shown.push_str(&numbering::shown(format, count));
        list.marker = Some(format!("{}{shown}{}", shape.prefix, shape.suffix).trim().to_owned());
    }
}

#[cfg(test)]
mod tests {
    use crate::ingest::testing::{archive, blocks, marks};
    use crate::ingest::{Limits, read};

    #[test]
    fn reads_headings_lists_notes_and_tables() {
        let content = r##"<office:document-content xmlns:office="o" xmlns:text="t" xmlns:table="b" xmlns:style="s" xmlns:fo="f" xmlns:xlink="x">
          <office:automatic-styles><style:style style:name="T1"><style:text-properties fo:font-weight="bold"/></style:style>
          <text:list-style style:name="L1"><text:list-level-style-number text:level="1" style:num-format="a" style:num-prefix="(" style:num-suffix=")"/></text:list-style></office:automatic-styles>
          <office:body><office:text><text:tracked-changes><text:p>deleted</text:p></text:tracked-changes>
          <text:h text:outline-level="2">Findings</text:h>
          <text:p>A claim.<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation><text:note-body><text:p>Its <text:span text:style-name="T1">source</text:span>.</text:p></text:note-body></text:note> More<text:s/>text.</text:p>
          <text:list text:style-name="L1"><text:list-item><text:p>First.</text:p></text:list-item><text:list-item><text:p>Second.</text:p></text:list-item></text:list>
          <text:p><text:span text:style-name="T1">Fish</text:span></text:p>
          <table:table><table:table-row><table:table-cell><text:p>Chad</text:p></table:table-cell><table:table-cell><text:p>4 %</text:p></table:table-cell></table:table-row></table:table>
          <text:h text:outline-level="2">Method</text:h></office:text></office:body></office:document-content>"##;
        let bytes = archive(&[("mimetype", "application/vnd.oasis.opendocument.text"), ("content.xml", content)]);
        let document = read("paper.odt", &bytes, &Limits::default()).expect("a sound file");
        assert_eq!(
            blocks(&document),
            ["h2 Findings", "p A claim. More text.", "li0 (a) First.", "li0 (b) Second.", "h3 Fish", "TableRow Chad 4 %", "h2 Method", "note 1: Its source."]
        );
        assert_eq!(marks(&document), ["1"]);
    }
}
