//! Entries of a reference list whose works are links of mark-up: a row of links, or a label that a link to a document follows.

use super::family::Families;
use super::token::Tokens;
use super::{Found, name, running, text};
use crate::document::{Document, Inline, InlineKind};
use crate::span::{SourceSpan, Span};

/// Link texts that say in what form the document is had, not what it is called.
const FORMS: [&str; 22] = [
    "document",
    "documents",
    "report",
    "pdf",
    "html",
    "word",
    "spreadsheet",
    "data",
    "dataset",
    "download",
    "link",
    "here",
    "web",
    "website",
    "online",
    "text",
    "full",
    "version",
    "summary",
    "slides",
    "video",
    "transcript",
];

/// The longest label before a link, in words.
const LABEL: usize = 9;

/// The works of the entry at `span`, if its links are its works; none for an entry that is to be read as a reference.
pub(super) fn works(document: &Document, span: Span, families: &Families) -> Option<Vec<Found>> {
    let links = links(document, span);
    if links.is_empty() || document.text(span).contains("://") {
        return None;
    }
    let label = label(document, span, links[0].span);
    if label.is_none() && !is_row(span, &links) {
        return None;
    }
    let mut found = running::find(document, span, families);
    if let (Some(label), Some(first)) = (label, found.iter_mut().find(|found| found.span == links[0].span)) {
        if is_form(document.text(first.span)) {
            let from = document.map.source(label).start();
            let end = first.source.map_or_else(|| document.map.source(first.span).end(), SourceSpan::end);
            first.source = Some(SourceSpan::new(from, end));
            first.span = label.cover(first.span);
            first.work.title = Some(text::title(document.text(label)));
        } else if first.work.title.is_none() {
            first.work.title = Some(text::title(document.text(first.span)));
        }
    }
    Some(found)
}

/// The links to pages in `span`, in order.
fn links(document: &Document, span: Span) -> Vec<&Inline> {
    let mut links: Vec<&Inline> = document
        .inlines_in(span)
        .filter(|inline| span.contains(inline.span) && matches!(&inline.kind, InlineKind::Link { url } if url.starts_with("http")))
        .collect();
    links.reverse();
    links
}

/// True if links to more than one page take up a fair share of the entry.
fn is_row(span: Span, links: &[&Inline]) -> bool {
    let linked: usize = links.iter().map(|inline| inline.span.len()).sum();
    links.iter().any(|inline| inline.kind != links[0].kind) && linked * 5 >= span.len()
}

/// The label right before the first link: "Final 2017 Plan: ". The name of an institution there is the author of a reference.
fn label(document: &Document, entry: Span, link: Span) -> Option<Span> {
    let before = document.text(Span::new(entry.start(), link.start()));
    let label = before.trim_end().strip_suffix(':')?;
    let words = label.split_whitespace().count();
    let tokens = Tokens::new(label);
    let plain = (2..=LABEL).contains(&words) && !label.contains(['.', ';', '“', '"']) && !name::is_institution(&tokens, 0, tokens.len());
    let person = name::persons(&tokens, 0, tokens.len()).iter().any(|reading| reading.end == tokens.len() && reading.score > 1.8);
    (plain && !person).then(|| Span::new(entry.start(), entry.start() + label.len()))
}

/// "Documents", "PDF", "full text".
fn is_form(link: &str) -> bool {
    let mut words = link.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).peekable();
    words.peek().is_some() && words.all(|word| FORMS.iter().any(|form| word.eq_ignore_ascii_case(form)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_are_told_from_titles() {
        assert!(is_form("Documents") && is_form("Full text (PDF)"));
        assert!(!is_form("Harbour Report") && !is_form(""));
    }
}
