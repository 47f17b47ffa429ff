//! From parser events to drafts.

use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, Options, Parser, Tag, TagEnd};
use std::ops::Range;

use super::flavour::Prepared;
use crate::document::{BlockKind, InlineKind};
use crate::ingest::draft::{Draft, Part};
use crate::span::SourceSpan;

/// Reads the drafts of a Markdown text. `body` is where the text for the parser begins in the source.
#[must_use]
pub fn drafts(source: &str, body: usize, prepared: &Prepared) -> Vec<Draft> {
    let options = Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES | Options::ENABLE_STRIKETHROUGH;
    let mut reader = Reader {
        source,
        body,
        prepared,
        drafts: Vec::new(),
        open: None,
        lists: Vec::new(),
        item: None,
        quotes: 0,
        note: None,
        image: 0,
        raised: None,
        skip_to: 0,
    };
    for (event, range) in Parser::new_ext(prepared.text(), options).into_offset_iter() {
        reader.event(event, range);
    }
    reader.close(source.len());
    reader.drafts
}

struct Reader<'a> {
    source: &'a str,
    body: usize,
    prepared: &'a Prepared<'a>,
    drafts: Vec<Draft>,
    open: Option<Draft>,
    /// The number of the next item of each open list, None for bullets.
    lists: Vec<Option<u64>>,
    /// The marker of the item that has no block yet, and where it starts.
    item: Option<(String, usize)>,
    quotes: usize,
    /// The label of the open note, and whether it has a block yet.
    note: Option<(String, bool)>,
    /// Depth of open images, whose words are no text.
    image: usize,
    /// Where `<sup>` began, with the number of parts then.
    raised: Option<(usize, usize)>,
    /// Text before this offset has been taken already.
    skip_to: usize,
}

impl Reader<'_> {
    fn span(&self, range: &Range<usize>) -> SourceSpan {
        let at = |offset| self.body + self.prepared.source_offset(offset);
        SourceSpan::new(at(range.start), at(range.end))
    }

    fn event(&mut self, event: Event, range: Range<usize>) {
        let span = self.span(&range);
        match event {
            Event::Start(tag) => self.start(tag, span),
            Event::End(tag) => self.end(tag, span),
            Event::Text(text) => self.text(&text, span),
            Event::Code(text) => self.code(&text, span),
            Event::Html(_) => self.html_block(span),
            Event::InlineHtml(html) => self.inline_html(&html, span),
            Event::FootnoteReference(label) => self.part(Part::Mark { source: span, label: label.into_string() }, span),
            Event::SoftBreak | Event::HardBreak => self.part(Part::Space(span), span),
            Event::Rule => self.push(BlockKind::Furniture, span),
            Event::InlineMath(_) | Event::DisplayMath(_) | Event::TaskListMarker(_) => {}
        }
    }

    fn start(&mut self, tag: Tag, span: SourceSpan) {
        match tag {
            Tag::Paragraph => self.open_text(span),
            Tag::Heading { level, .. } => self.begin(BlockKind::Heading { level: Some(level_of(level)), number: None }, span),
            Tag::BlockQuote(_) => {
                self.close(span.start());
                self.quotes += 1;
            }
            Tag::CodeBlock(CodeBlockKind::Fenced(_)) => self.begin(BlockKind::Code, span),
            // Lines that are indented by accident are far more common in policy papers than code.
            Tag::CodeBlock(CodeBlockKind::Indented) => self.open_text(span),
            Tag::List(first) => {
                self.close(span.start());
                self.lists.push(first);
            }
            Tag::Item => {
                self.close(span.start());
                self.item = Some((self.marker(span), span.start()));
            }
            Tag::FootnoteDefinition(label) => {
                self.close(span.start());
                self.note = Some((label.into_string(), false));
            }
            Tag::TableHead | Tag::TableRow => self.begin(BlockKind::TableRow, span),
            Tag::TableCell => self.part(Part::Space(SourceSpan::empty(span.start())), span),
            Tag::Emphasis => self.part(Part::Open(InlineKind::Emphasis, span.start()), span),
            Tag::Strong => self.part(Part::Open(InlineKind::Strong, span.start()), span),
            Tag::Link { dest_url, .. } => self.part(Part::Open(InlineKind::Link { url: dest_url.into_string() }, span.start()), span),
            Tag::Image { .. } => self.image += 1,
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd, span: SourceSpan) {
        match tag {
            TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::CodeBlock | TagEnd::TableHead | TagEnd::TableRow | TagEnd::HtmlBlock => self.close(span.end()),
            TagEnd::BlockQuote(_) => {
                self.close(span.end());
                self.quotes = self.quotes.saturating_sub(1);
            }
            TagEnd::List(_) => {
                self.close(span.end());
                self.lists.pop();
            }
            TagEnd::Item => {
                self.close(span.end());
                self.item = None;
            }
            TagEnd::FootnoteDefinition => {
                self.close(span.end());
                self.note = None;
            }
            TagEnd::Emphasis | TagEnd::Strong | TagEnd::Link if self.open.is_some() => {
                self.part(Part::Close(span.end()), span);
                if tag == TagEnd::Link {
                    self.close_link(span);
                }
            }
            TagEnd::Image => self.image = self.image.saturating_sub(1),
            _ => {}
        }
    }

    /// The marker of the item that starts here, as written.
    fn marker(&mut self, span: SourceSpan) -> String {
        let text = span.of(self.source).trim_start();
        let written = text.split_whitespace().next().unwrap_or_default();
        match self.lists.last_mut() {
            Some(Some(number)) => {
                let shown = written.chars().take_while(|c| c.is_ascii_digit() || matches!(c, '.' | ')')).collect();
                *number += 1;
                shown
            }
            _ => written.chars().take(1).collect(),
        }
    }

    /// Opens the block that text at this place belongs to: a note, a list item, a quotation or a paragraph.
    fn open_text(&mut self, span: SourceSpan) {
        if let Some((label, begun)) = &mut self.note {
            if std::mem::replace(begun, true) {
                // A further paragraph of the note.
                if let Some(draft) = self.drafts.pop() {
                    self.open = Some(draft);
                    self.part(Part::Space(SourceSpan::empty(span.start())), span);
                }
                return;
            }
            let kind = BlockKind::Note { label: label.clone() };
            return self.begin(kind, span);
        }
        if let Some((marker, start)) = self.item.take() {
            let depth = u8::try_from(self.lists.len().saturating_sub(1)).unwrap_or(u8::MAX);
            return self.begin(BlockKind::ListItem { marker, depth }, SourceSpan::new(start, span.end()));
        }
        let kind = if self.quotes > 0 { BlockKind::Quotation } else { BlockKind::Paragraph };
        self.begin(kind, span);
    }

    fn begin(&mut self, kind: BlockKind, span: SourceSpan) {
        self.close(span.start());
        self.open = Some(Draft { kind, source: span, page: None, parts: Vec::new() });
    }

    fn push(&mut self, kind: BlockKind, span: SourceSpan) {
        self.close(span.start());
        self.drafts.push(Draft::new(kind, span, span.trimmed(self.source), None));
    }

    fn close(&mut self, end: usize) {
        self.raised = None;
        let Some(mut draft) = self.open.take() else { return };
        draft.source = SourceSpan::new(draft.source.start(), draft.source.end().min(end.max(draft.source.start()))).trimmed(self.source);
        if !is_attributes(self.source, &draft) {
            self.drafts.push(draft);
        }
    }

    fn part(&mut self, part: Part, span: SourceSpan) {
        if self.image > 0 {
            return;
        }
        if self.open.is_none() {
            if matches!(part, Part::Close(_) | Part::Space(_)) {
                return;
            }
            self.open_text(span);
        }
        if let Some(draft) = &mut self.open {
            draft.source = draft.source.cover(span);
            draft.parts.push(part);
        }
    }

    fn text(&mut self, text: &str, span: SourceSpan) {
        if span.end() <= self.skip_to {
            return;
        }
        if span.start() < self.skip_to {
            let rest = SourceSpan::new(self.skip_to, span.end());
            return self.text(rest.of(self.source), rest);
        }
        if span.of(self.source) != text {
            if !(text.is_empty() || self.prepared.text().is_empty()) {
                self.part(Part::Replaced { source: span, text: text.to_owned() }, span);
            }
            return;
        }
        let span = self.with_escaped_mark(span);
        self.skip_to = span.end();
        for piece in readable(self.source, span) {
            self.text_part(piece);
        }
    }

    /// Joins the text to the part before if the two touch.
    fn text_part(&mut self, span: SourceSpan) {
        if self.image == 0
            && let Some(draft) = &mut self.open
            && let Some(Part::Text(last)) = draft.parts.last_mut().filter(|part| matches!(part, Part::Text(last) if last.end() == span.start()))
        {
            *last = last.cover(span);
            draft.source = draft.source.cover(span);
            return;
        }
        self.part(Part::Text(span), span);
    }

    /// `\[3\]` and `\[^3\]` are kept whole, backslashes included: they are marks or labels.
    fn with_escaped_mark(&self, span: SourceSpan) -> SourceSpan {
        let Some(before) = span.start().checked_sub(1) else { return span };
        if self.source.as_bytes().get(before) != Some(&b'\\') || !span.of(self.source).starts_with('[') {
            return span;
        }
        let rest = self.source.get(span.start()..).unwrap_or_default();
        let Some(close) = rest.bytes().take(24).position(|b| b == b']') else { return span };
        let inner = rest[1..close].trim_end_matches('\\').trim_start_matches('^');
        let is_label = !inner.is_empty() && inner.len() <= 12 && inner.chars().all(char::is_alphanumeric);
        if is_label { SourceSpan::new(before, (span.start() + close + 1).max(span.end())) } else { span }
    }

    fn code(&mut self, text: &str, span: SourceSpan) {
        let written = span.of(self.source);
        match written.find(text).filter(|_| !text.is_empty()) {
            Some(at) => self.part(Part::Text(SourceSpan::new(span.start() + at, span.start() + at + text.len())), span),
            // Code over several lines: its line breaks are read as spaces.
            None if written.starts_with('`') && written.ends_with('`') => {
                let inner = written.trim_start_matches('`');
                let start = span.start() + (written.len() - inner.len());
                self.part(Part::Text(SourceSpan::new(start, start + inner.trim_end_matches('`').len())), span);
            }
            None => self.part(Part::Replaced { source: span, text: text.to_owned() }, span),
        }
    }

    /// A line of a block of HTML: its text outside tags.
    fn html_block(&mut self, span: SourceSpan) {
        let text = span.of(self.source);
        if text.trim_start().starts_with("<!--") || text.trim_start().starts_with("-->") {
            return;
        }
        let mut at = 0;
        while at < text.len() {
            let Some(open) = text[at..].find('<').map(|found| at + found) else { break };
            self.html_text(span.start() + at, span.start() + open);
            let close = text[open..].find('>').map_or(text.len(), |found| open + found + 1);
            let tag = &text[open..close];
            let name: String = tag.trim_start_matches(['<', '/']).chars().take_while(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase();
            if matches!(
                name.as_str(),
                "p" | "div"
                    | "li"
                    | "ul"
                    | "ol"
                    | "tr"
                    | "table"
                    | "h1"
                    | "h2"
                    | "h3"
                    | "h4"
                    | "h5"
                    | "h6"
                    | "blockquote"
                    | "section"
                    | "aside"
                    | "figure"
                    | "figcaption"
                    | "hr"
                    | "details"
                    | "summary"
            ) {
                self.close(span.start() + open);
                if let Some(level) = name.strip_prefix('h').and_then(|level| level.parse::<u8>().ok()).filter(|_| !tag.starts_with("</")) {
                    self.begin(BlockKind::Heading { level: Some(level), number: None }, SourceSpan::new(span.start() + open, span.end()));
                }
            } else {
                self.inline_html(tag, SourceSpan::new(span.start() + open, span.start() + close));
            }
            at = close;
        }
        self.html_text(span.start() + at, span.end());
    }

    fn html_text(&mut self, from: usize, to: usize) {
        let span = SourceSpan::new(from, to.max(from));
        if span.of(self.source).trim().is_empty() {
            if self.open.is_some() {
                self.part(Part::Space(span), span);
            }
            return;
        }
        for piece in readable(self.source, span) {
            self.text_part(piece);
        }
    }

    fn inline_html(&mut self, html: &str, span: SourceSpan) {
        let name: String = html.trim_start_matches(['<', '/']).chars().take_while(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase();
        let closes = html.starts_with("</");
        match name.as_str() {
            "br" | "td" | "th" if self.open.is_some() => self.part(Part::Space(span), span),
            "sup" if !closes => self.raised = Some((span.start(), self.open.as_ref().map_or(0, |draft| draft.parts.len()))),
            "sup" => self.close_raised(span),
            "a" if !closes => {
                if let Some(url) = attribute(html, "href").filter(|_| self.raised.is_none()) {
                    self.part(Part::Open(InlineKind::Link { url: url.to_owned() }, span.start()), span);
                }
            }
            "a" if self.raised.is_none() && self.open.is_some() => self.part(Part::Close(span.end()), span),
            _ => {}
        }
    }

    /// Makes a mark of the link that ends here, if it is a number that leads to a place in the text: "legislation[1](#f1)".
    fn close_link(&mut self, span: SourceSpan) {
        let glued = self.source.as_bytes().get(span.start().wrapping_sub(1)).is_some_and(|byte| !byte.is_ascii_whitespace());
        let Some(draft) = &mut self.open else { return };
        let [.., Part::Open(InlineKind::Link { url }, _), Part::Text(words), Part::Close(_)] = draft.parts.as_slice() else { return };
        let label = words.of(self.source).trim().to_owned();
        let number = (1..=3).contains(&label.len()) && label.bytes().all(|byte| byte.is_ascii_digit());
        // Before a note its label leads back to the mark.
        let opens = draft.parts.len() == 3;
        if number && url.starts_with('#') && (glued || opens) {
            draft.parts.truncate(draft.parts.len() - 3);
            draft.parts.push(Part::Mark { source: span, label });
        }
    }

    /// Makes a mark of what stands between `<sup>` and `</sup>`, if it is a label.
    fn close_raised(&mut self, span: SourceSpan) {
        let Some((start, parts)) = self.raised.take() else { return };
        let Some(draft) = &mut self.open else { return };
        let raised: String =
            draft.parts.iter().skip(parts).filter_map(|part| if let Part::Text(span) = part { Some(span.of(self.source)) } else { None }).collect();
        let label = raised.trim().trim_matches(|c| matches!(c, '[' | ']' | '(' | ')'));
        let is_label = !label.is_empty()
            && label.len() <= 3
            && (label.bytes().all(|b| b.is_ascii_digit()) || label.chars().all(|c| matches!(c, '*' | '†' | '‡')) || label.len() == 1);
        if is_label {
            draft.parts.truncate(parts);
            draft.parts.push(Part::Mark { source: SourceSpan::new(start, span.end()), label: label.to_owned() });
        }
    }
}

fn level_of(level: HeadingLevel) -> u8 {
    level as u8
}

/// The value of an attribute of a tag.
fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let at = tag.find(&format!("{name}="))? + name.len() + 1;
    let rest = &tag[at..];
    let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''));
    match quote {
        Some(quote) => rest[1..].split(quote).next(),
        None => rest.split([' ', '>']).next(),
    }
}

/// The parts of a text that are to be read: without kramdown and template tags (`{:.class}`, `{% … %}`) and without the carets of "3^rd^".
fn readable(source: &str, span: SourceSpan) -> Vec<SourceSpan> {
    let text = span.of(source);
    if memchr::memchr2(b'{', b'^', text.as_bytes()).is_none() {
        return vec![span];
    }
    let mut out = Vec::new();
    let (mut from, mut at) = (0, 0);
    let mut skip = |from: &mut usize, start: usize, end: usize| {
        if start > *from {
            out.push(SourceSpan::new(span.start() + *from, span.start() + start));
        }
        *from = end;
    };
    while let Some(found) = text[at..].find(['{', '^']).map(|found| at + found) {
        let rest = &text[found..];
        let tag = [("{:", "}"), ("{%", "%}"), ("{{", "}}")]
            .iter()
            .find(|(open, _)| rest.starts_with(open))
            .and_then(|(_, close)| rest.find(close).filter(|&end| end < 300).map(|end| end + close.len()));
        let letters = rest[1..].bytes().take_while(u8::is_ascii_alphabetic).count();
        if let Some(length) = tag {
            skip(&mut from, found, found + length);
            at = found + length;
        } else if rest.starts_with('^') && (1..=3).contains(&letters) && rest[1 + letters..].starts_with('^') {
            skip(&mut from, found, found + 1);
            skip(&mut from, found + 1 + letters, found + 2 + letters);
            at = found + 2 + letters;
        } else {
            at = found + 1;
        }
    }
    skip(&mut from, text.len(), text.len());
    out
}

/// True if a paragraph holds nothing but attributes or a template tag.
fn is_attributes(source: &str, draft: &Draft) -> bool {
    let text = draft.source.of(source).trim();
    draft.kind == BlockKind::Paragraph && text.starts_with('{') && text.ends_with('}') && !text.contains('\n')
}
