//! Packed files (ZIP): what is in them, unpacked within limits.

use std::io::{Cursor, Read};

use memchr::memmem;
use zip::ZipArchive;
use zip::result::ZipError;

use super::Limits;
use super::sniff::Format;
use crate::error::{AnalyseError, Result};

/// A packed file that is read part by part. Nothing is written to the file system.
pub(super) struct Package<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    limit: u64,
    left: u64,
}

impl<'a> Package<'a> {
    /// # Errors
    /// If the archive is damaged or has more entries than the limits allow.
    pub fn open(bytes: &'a [u8], limits: &Limits) -> Result<Self> {
        // The directory is read whole when the archive is opened, so it is counted first: each entry begins with this signature.
        if memmem::find_iter(bytes, b"PK\x01\x02").nth(limits.max_entries).is_some() {
            return Err(AnalyseError::Limit { what: "entries in the archive", limit: limits.max_entries as u64, option: "--max-entries" });
        }
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| damaged(&error))?;
        Ok(Self { archive, limit: limits.max_expanded, left: limits.max_expanded })
    }

    /// The text of a part; none if there is no such part. UTF-8, or what the byte order mark says.
    ///
    /// # Errors
    /// If the part is damaged, encrypted, or expands beyond the limit.
    pub fn text(&mut self, name: &str) -> Result<Option<String>> {
        let Some(bytes) = self.bytes(name)? else { return Ok(None) };
        let bytes = match String::from_utf8(bytes) {
            Ok(text) => return Ok(Some(text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text))),
            Err(error) => error.into_bytes(),
        };
        let encoding = encoding_rs::Encoding::for_bom(&bytes).map_or(encoding_rs::UTF_8, |(encoding, _)| encoding);
        Ok(Some(encoding.decode(&bytes).0.into_owned()))
    }

    /// The bytes of a part; none if there is no such part.
    ///
    /// # Errors
    /// If the part is damaged, encrypted, or expands beyond the limit.
    pub fn bytes(&mut self, name: &str) -> Result<Option<Vec<u8>>> {
        let file = match self.archive.by_name(name) {
            Ok(file) => file,
            Err(ZipError::FileNotFound) => return Ok(None),
            Err(error) => return Err(damaged(&error)),
        };
        // What the directory says of the size is only believed as far as the limit goes, and a ratio that no text passes.
        const MOST_RATIO: u64 = 64;
        let expected = file.size().min(self.left).min(file.compressed_size().saturating_mul(MOST_RATIO));
        let mut bytes = Vec::with_capacity(expected as usize + 1);
        // One byte more than is left tells that there is more.
        file.take(self.left + 1).read_to_end(&mut bytes).map_err(|error| AnalyseError::Damaged(format!("{name}: {error}")))?;
        self.left = self.left.checked_sub(bytes.len() as u64).ok_or(AnalyseError::Limit {
            what: "expanded bytes in the archive",
            limit: self.limit,
            option: "--max-expanded",
        })?;
        Ok(Some(bytes))
    }

    pub fn has(&self, name: &str) -> bool {
        self.archive.index_for_name(name).is_some()
    }
}

fn damaged(error: &ZipError) -> AnalyseError {
    AnalyseError::Damaged(format!("the archive cannot be read: {error}"))
}

/// Tells what kind of packed file this is.
///
/// # Errors
/// If it is damaged, or of a kind that is not supported.
pub(super) fn format(bytes: &[u8]) -> Result<Format> {
    let mut package = Package::open(bytes, &Limits::default())?;
    if package.has("word/document.xml") {
        return Ok(Format::Docx);
    }
    let kind = package.bytes("mimetype")?.map(|bytes| String::from_utf8_lossy(&bytes).trim().to_owned()).unwrap_or_default();
    if kind == "application/epub+zip" || package.has("META-INF/container.xml") {
        return Ok(Format::Epub);
    }
    if kind.starts_with("application/vnd.oasis.opendocument.text") {
        return Ok(Format::Odt);
    }
    let types = package.text("[Content_Types].xml")?.unwrap_or_default();
    if types.contains("wordprocessingml.document.main") || types.contains("wordprocessingml.template.main") {
        return Ok(Format::Docx);
    }
    let name = if types.contains("spreadsheetml") {
        "an Excel workbook"
    } else if types.contains("presentationml") {
        "a PowerPoint presentation; save it as PDF"
    } else if kind.starts_with("application/vnd.oasis.opendocument") {
        "an OpenDocument file that is not a text"
    } else {
        "a ZIP archive; unpack it first"
    };
    Err(AnalyseError::Unsupported(name.to_owned()))
}
