//! What a document says of itself and does not cite: the number under which it is published, which its title page and running heads name, and its own
//! headings.

use std::cell::OnceCell;

use rustc_hash::FxHashSet as HashSet;

use super::{Found, RawCitation};
use crate::document::{BlockKind, Document};

/// The headings of a document, looked up when a note first quotes what may be one.
pub(super) struct Headings<'a> {
    document: &'a Document,
    lower: OnceCell<HashSet<String>>,
}

impl<'a> Headings<'a> {
    pub fn new(document: &'a Document) -> Self {
        Self { document, lower: OnceCell::new() }
    }

    /// "see “Federal Oversight of Ports”": a quoted heading of this document is no work.
    pub fn hold(&self, found: &Found) -> bool {
        let text = self.document.text(found.span);
        let alone = text.starts_with(['“', '"']) && text.trim_end_matches('.').ends_with(['”', '"']) && found.work.url.is_none();
        let Some(title) = found.work.title.as_deref().filter(|_| alone) else { return false };
        let lower = |text: &str| text.trim().to_ascii_lowercase();
        let headings = || self.document.blocks.iter().filter(|block| block.kind.is_heading()).map(|block| lower(self.document.text(block.span)));
        self.lower.get_or_init(|| headings().collect()).contains(&lower(title))
    }
}

/// How far into the document its title page reaches, in bytes.
const TITLE_PAGE: usize = 1500;

/// How far behind a symbol the words of a title page of the United Nations stand, in bytes.
const MASTHEAD: usize = 160;

/// Leaves out the citations that are the document's own number.
pub(super) fn leave_out(document: &Document, citations: &mut Vec<RawCitation>) {
    let own: Vec<String> =
        citations.iter().take_while(|found| found.span.start() < TITLE_PAGE).filter(|found| is_own(document, found)).filter_map(number).collect();
    if own.is_empty() {
        return;
    }
    citations.retain(|found| !(is_bare(document, found) && number(found).is_some_and(|number| own.contains(&number))));
}

fn number(found: &RawCitation) -> Option<String> {
    found.work.number.clone()
}

/// A number without title or address, outside notes and reference lists.
fn is_bare(document: &Document, found: &RawCitation) -> bool {
    let noted = matches!(document.blocks.get(found.block).map(|block| &block.kind), Some(BlockKind::Note { .. } | BlockKind::Reference { .. }));
    !noted && found.work.title.is_none() && found.work.url.is_none()
}

/// True where a label, the masthead or a line of its own makes the number that of the document.
fn is_own(document: &Document, found: &RawCitation) -> bool {
    let Some(block) = document.blocks.get(found.block).filter(|_| is_bare(document, found)) else { return false };
    let (start, end) = (found.span.start(), found.span.end());
    let before = document.reading.get(block.span.start()..start).unwrap_or_default().trim_end().trim_end_matches('*');
    let labelled = ["Report:", "Report No.", "Report Number:", "Report number:", "Document:", "Number:", "Highlights of", "Reference:", "Symbol:"];
    let to = (end..=document.reading.len().min(end + MASTHEAD)).rev().find(|&at| document.reading.is_char_boundary(at)).unwrap_or(end);
    let after = document.reading.get(end..to).unwrap_or_default();
    let masthead = after.contains("Distr.") || after.contains("Distr:") || after.contains("Original: ");
    let alone = block.span.len() <= found.span.len() + 3;
    masthead || alone || labelled.iter().any(|label| before.ends_with(label))
}
