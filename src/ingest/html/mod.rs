//! HTML pages: the paper on the page, without what is around it.
//!
//! html5ever parses as browsers do, into an arena without recursion ([`dom`]). Prose is weighed to find the paper ([`content`]); links inside the page tell
//! its notes ([`notes`]); then the blocks are written in reading order ([`blocks`]).

mod blocks;
mod charset;
mod content;
mod dom;
mod meta;
mod notes;
mod table;
mod tags;

#[cfg(test)]
mod tests;

use blocks::Blocks;
use content::Content;
use dom::{Data, Dom, NodeId, ROOT, Step};
use notes::{Files, Notes};

use super::compose::{Composer, demote_long_headings, promote_bold_lines, recognise_typed_lists};
use super::{Limits, apparatus, captions, contents, draft, plain};
use crate::document::{BlockKind, Document, Metadata};
use crate::error::{AnalyseError, Result};

/// Characters and lines from which on preformatted text may be the whole paper.
const PREFORMATTED: u64 = 1000;
const PREFORMATTED_LINES: usize = 15;

/// Reads a page.
///
/// # Errors
/// If there is no text on it, or it goes beyond a limit.
pub(super) fn read(bytes: &[u8], limits: &Limits) -> Result<Document> {
    let (mut html, encoding) = charset::decode(bytes);
    if html.starts_with("<?xml") {
        html = expand_empty(&html);
    }
    let dom = Dom::parse(&html, limits)?;
    let notes = Notes::find(&dom, &Files::default());
    let content = Content::find(&dom, &|id| notes.starts.contains_key(&id));
    let metadata = Metadata { media_type: "text/html", encoding: Some(encoding), ..meta::read(&dom) };
    if let Some(text) = preformatted(&dom, &content) {
        let mut document = plain::read(text);
        // Such pages have the name of a file for a title, if any.
        document.metadata = with_printed(std::mem::take(&mut document.metadata), metadata.clone());
        (document.metadata.media_type, document.metadata.encoding) = (metadata.media_type, metadata.encoding);
        return Ok(document);
    }
    document(Blocks::write(&dom, &content, &notes), metadata)
}

/// The text of a page that is plain text between two tags, with its lines: old reports, bills and records of parliaments.
fn preformatted(dom: &Dom, content: &Content) -> Option<String> {
    let is_pre = |id: &NodeId| matches!(dom.name(*id), "pre" | "xmp" | "listing" | "plaintext");
    let length: u64 = dom.elements(ROOT).filter(is_pre).map(|id| u64::from(content.text_length(id))).sum();
    if length < PREFORMATTED || length * 10 < u64::from(content.text_length(ROOT)) * 7 {
        return None;
    }
    let mut text = String::new();
    let outermost = |id: &NodeId| !dom.ancestors(*id).any(|above| is_pre(&above));
    for pre in dom.elements(ROOT).filter(is_pre).filter(outermost) {
        for step in dom.walk(pre) {
            if let Step::Enter(id) = step
                && let Data::Text(piece) = &dom.node(id).data
            {
                text.push_str(piece);
            }
        }
        text.push_str("\n\n");
    }
    let lines = text.lines().filter(|line| !line.trim().is_empty()).count();
    (lines >= PREFORMATTED_LINES).then_some(text)
}

/// Reads the pages of a book, each with the name of its file, as one text.
///
/// # Errors
/// If there is no text on them, or they go beyond a limit.
pub(super) fn read_pages(pages: &[(String, String)], metadata: Metadata, limits: &Limits) -> Result<Document> {
    let mut files = Files::default();
    let mut whole: Option<Dom> = None;
    for (index, (name, page)) in pages.iter().enumerate() {
        let index = index as u32;
        let dom = Dom::parse(page, limits)?;
        let begin = match &mut whole {
            None => whole.insert(dom).children(ROOT).next(),
            Some(whole) => whole.absorb(dom),
        };
        files.names.entry(name.clone()).or_insert(index);
        if let Some(begin) = begin {
            files.begins.insert(begin, index);
        }
        if whole.as_ref().is_some_and(|dom| dom.len() > limits.max_nodes) {
            return Err(AnalyseError::Limit { what: "elements and pieces of text", limit: limits.max_nodes as u64, option: "--max-nodes" });
        }
    }
    let dom = whole.ok_or(AnalyseError::Empty)?;
    let notes = Notes::find(&dom, &files);
    let content = Content::whole(&dom);
    document(Blocks::write(&dom, &content, &notes), metadata)
}

/// Writes the elements that XHTML may close in themselves (`<a id="x"/>`) as HTML reads them (`<a id="x"></a>`).
pub(super) fn expand_empty(xhtml: &str) -> String {
    let mut html = String::with_capacity(xhtml.len() + xhtml.len() / 16);
    let mut rest = xhtml;
    while let Some(end) = rest.find("/>") {
        let (before, after) = (&rest[..end], &rest[end + 2..]);
        html.push_str(before);
        let tag = before.rfind('<').map_or("", |start| &before[start + 1..]);
        let name = tag.split(|c: char| c.is_whitespace()).next().unwrap_or_default();
        let void = matches!(name, "area" | "base" | "br" | "col" | "embed" | "hr" | "img" | "input" | "link" | "meta" | "source" | "track" | "wbr");
        if void || name.is_empty() || !name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b':') {
            html.push_str("/>");
        } else {
            html.push_str("></");
            html.push_str(name);
            html.push('>');
        }
        rest = after;
    }
    html.push_str(rest);
    html
}

/// The document of what was written.
pub(super) fn document(composer: Composer, metadata: Metadata) -> Result<Document> {
    let (source, mut drafts) = composer.finish();
    if source.trim().is_empty() {
        return Err(AnalyseError::Empty);
    }
    demote_long_headings(&source, &mut drafts);
    promote_bold_lines(&source, &mut drafts);
    recognise_typed_lists(&source, &mut drafts);
    contents::recognise(&source, &mut drafts);
    captions::demote(&source, &mut drafts);
    mark_title(&source, &mut drafts, metadata.title.as_deref());
    let printed = super::metadata::of_head(&source, &drafts);
    apparatus::recognise(&source, &mut drafts);
    let mut document = draft::write(source, drafts);
    document.metadata = with_printed(metadata, printed);
    Ok(document)
}

/// What the file says of itself, and where it says nothing what is printed at its head.
fn with_printed(mut metadata: Metadata, printed: Metadata) -> Metadata {
    metadata.title = metadata.title.or(printed.title);
    metadata.subtitle = metadata.subtitle.or(printed.subtitle);
    metadata.publisher = metadata.publisher.or(printed.publisher);
    metadata.date = metadata.date.or(printed.date);
    if metadata.authors.is_empty() {
        metadata.authors = printed.authors;
    }
    metadata
}

/// Makes the title of the heading that is the document's title, where it is plain.
fn mark_title(source: &str, drafts: &mut [draft::Draft], title: Option<&str>) {
    if drafts.iter().any(|draft| draft.kind == BlockKind::Title) {
        return;
    }
    let levels: Vec<u8> = drafts.iter().filter_map(|draft| level(&draft.kind)).collect();
    let Some(index) = drafts.iter().position(|draft| draft.kind.is_heading()) else { return };
    let Some(own) = level(&drafts[index].kind) else { return };
    let text = drafts[index].source.of(source).trim();
    let same = title.is_some_and(|title| fold(title) == fold(text));
    // The one heading of its level, and none above it: "Introduction" may be that too, but then it is short of being a title only by its words.
    let alone = levels.iter().filter(|&&level| level <= own).count() == 1 && levels.len() > 1;
    if same || alone && !is_section_name(text) {
        drafts[index].kind = BlockKind::Title;
    }
}

fn level(kind: &BlockKind) -> Option<u8> {
    match kind {
        BlockKind::Heading { level, .. } => *level,
        _ => None,
    }
}

fn fold(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

fn is_section_name(text: &str) -> bool {
    matches!(
        fold(text).as_str(),
        "introduction"
            | "summary"
            | "executivesummary"
            | "abstract"
            | "background"
            | "overview"
            | "contents"
            | "tableofcontents"
            | "recommendations"
            | "policyrecommendations"
            | "conclusion"
            | "conclusions"
            | "keyfindings"
            | "keypoints"
            | "notes"
            | "references"
            | "foreword"
            | "preface"
            | "acknowledgements"
            | "acknowledgments"
    )
}
