//! From bytes to a [`Document`]. One file per format; all meet in [`ReadingBuilder`](crate::document::ReadingBuilder).

mod apparatus;
mod captions;
mod compose;
mod contents;
mod date;
mod date_line;
mod decode;
mod docx;
mod draft;
mod epub;
mod html;
mod label;
mod layout;
mod markdown;
mod marker;
mod metadata;
mod numbering;
mod odt;
mod office;
mod package;
mod pdf;
mod plain;
pub(crate) mod shape;
mod sniff;
#[cfg(test)]
mod testing;
mod xml;

use serde::{Deserialize, Serialize};
use sniff::Format;

use crate::document::Document;
use crate::error::{AnalyseError, Result};

/// What ingestion refuses to go beyond.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limits {
    /// Bytes of one input file.
    pub max_bytes: u64,
    /// Bytes that the parts of a packed file (DOCX, ODT, EPUB) may expand to together.
    pub max_expanded: u64,
    /// Entries of a packed file.
    pub max_entries: usize,
    /// How deep elements may be nested in one another (HTML, DOCX, ODT, EPUB).
    pub max_nesting: u32,
    /// Elements and pieces of text of one page or book (HTML, EPUB).
    pub max_nodes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        // Policy papers are below 20 MB even as scanned PDFs; more is a mistake or an attack, and needs a word from the user.
        // The main part of a Word file of 800 pages is 10 MB expanded. Browsers stop nesting at 512 elements; the parser's time per element grows with the
        // nesting. Two million nodes are a page of some 50 MB and need 300 MB of memory.
        Self { max_bytes: 256 << 20, max_expanded: 128 << 20, max_entries: 20_000, max_nesting: 1_000, max_nodes: 2_000_000 }
    }
}

/// Reads the bytes of one document. `path` only helps to tell the format.
///
/// # Errors
/// If the bytes are empty, too large, binary or damaged, or of a format that is not supported.
pub fn read(path: &str, bytes: &[u8], limits: &Limits) -> Result<Document> {
    let size = bytes.len() as u64;
    if size > limits.max_bytes {
        return Err(AnalyseError::TooLarge { bytes: size, limit: limits.max_bytes });
    }
    match sniff::format(path, bytes)? {
        Format::Html => html::read(bytes, limits),
        Format::Docx => docx::read(bytes, limits),
        Format::Odt => odt::read(bytes, limits),
        Format::Epub => epub::read(bytes, limits),
        Format::Pdf => pdf::read(bytes),
        Format::Markdown => text(bytes, markdown::read),
        Format::Plain => text(bytes, plain::read),
    }
}

fn text(bytes: &[u8], read: impl Fn(String) -> Document) -> Result<Document> {
    let (text, encoding) = decode::decode(bytes)?;
    let mut document = read(text);
    document.metadata.encoding = Some(encoding);
    Ok(document)
}
