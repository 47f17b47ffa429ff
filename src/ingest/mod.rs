//! From bytes to a [`Document`]. One file per format; all meet in [`ReadingBuilder`](crate::document::ReadingBuilder).

mod apparatus;
mod decode;
mod draft;
mod markdown;
mod plain;

use crate::document::Document;
use crate::error::{AnalyseError, Result};

/// What ingestion refuses to go beyond.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Bytes of one input file.
    pub max_bytes: u64,
}

impl Default for Limits {
    fn default() -> Self {
        // Policy papers are below 20 MB even as scanned PDFs; more is a mistake or an attack, and needs a word from the user.
        Self { max_bytes: 256 << 20 }
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
    let (text, encoding) = decode::decode(bytes)?;
    let mut document = if is_markdown(path) { markdown::read(text) } else { plain::read(text) };
    document.metadata.encoding = Some(encoding);
    Ok(document)
}

fn is_markdown(path: &str) -> bool {
    let extension = path.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
    matches!(extension.as_str(), "md" | "markdown" | "mdown" | "mkd")
}
