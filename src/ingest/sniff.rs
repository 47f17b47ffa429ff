//! What format a file is in: by its first bytes, then by its content, then by its name.

use memchr::memmem;

use super::package;
use crate::error::{AnalyseError, Result};

/// The formats that are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Format {
    Pdf,
    Html,
    Docx,
    Odt,
    Epub,
    Markdown,
    Plain,
}

/// Formats that are known and not read: the bytes they begin with, and what to tell the user.
const OTHERS: [(&[u8], &str); 17] = [
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office file (DOC, XLS, PPT) or an encrypted one; save it as DOCX or PDF"),
    (b"{\\rtf", "RTF; save it as DOCX or PDF"),
    (b"%!PS", "PostScript; save it as PDF"),
    (b"\x89PNG", "a PNG image; it needs text recognition (OCR)"),
    (b"\xff\xd8\xff", "a JPEG image; it needs text recognition (OCR)"),
    (b"GIF8", "a GIF image"),
    (b"II*\0", "a TIFF image; it needs text recognition (OCR)"),
    (b"MM\0*", "a TIFF image; it needs text recognition (OCR)"),
    (b"AT&TFORM", "DjVu"),
    (b"\x1f\x8b", "a gzip archive; unpack it first"),
    (b"BZh", "a bzip2 archive; unpack it first"),
    (b"\xfd7zXZ\0", "an xz archive; unpack it first"),
    (b"\x28\xb5\x2f\xfd", "a zstd archive; unpack it first"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive; unpack it first"),
    (b"Rar!\x1a\x07", "a RAR archive; unpack it first"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3\0", "an SQLite database"),
];

/// The PDF standard lets a header stand this far from the beginning.
const PDF_HEADER_WITHIN: usize = 1024;

/// Tells the format of a file.
///
/// # Errors
/// If it is one that is known and not supported.
pub(super) fn format(path: &str, bytes: &[u8]) -> Result<Format> {
    let head = &bytes[..bytes.len().min(PDF_HEADER_WITHIN)];
    if let Some(at) = memmem::find(head, b"%PDF-")
        && !head[..at].iter().any(u8::is_ascii_alphabetic)
    {
        return Ok(Format::Pdf);
    }
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        return package::format(bytes);
    }
    if let Some((_, name)) = OTHERS.iter().find(|(magic, _)| bytes.starts_with(magic)) {
        return Err(AnalyseError::Unsupported((*name).to_owned()));
    }
    let extension = path.rsplit(['/', '\\']).next().and_then(|name| name.rsplit_once('.')).map_or(String::new(), |(_, end)| end.to_ascii_lowercase());
    let markdown = matches!(extension.as_str(), "md" | "markdown" | "mdown" | "mkd" | "mkdn" | "rmd" | "qmd");
    match markup(bytes) {
        Some(Markup::Html) => Ok(Format::Html),
        Some(Markup::OtherXml(name)) if !markdown => Err(AnalyseError::Unsupported(name.to_owned())),
        _ if matches!(extension.as_str(), "html" | "htm" | "xhtml" | "xht" | "shtml" | "aspx" | "php" | "jsp") => Ok(Format::Html),
        _ if markdown => Ok(Format::Markdown),
        _ if is_fragment(bytes) => Ok(Format::Html),
        _ => Ok(Format::Plain),
    }
}

/// A part of a page without its head: it begins with a tag, and paragraphs and headings in it are closed.
fn is_fragment(bytes: &[u8]) -> bool {
    const FEWEST: usize = 3;
    if !begins_with_tag(bytes) {
        return false;
    }
    let head = ascii_head(bytes).to_ascii_lowercase();
    ["</p>", "</h1>", "</h2>", "</h3>", "</li>", "</div>"].iter().map(|tag| head.matches(tag).count()).sum::<usize>() >= FEWEST
}

enum Markup {
    Html,
    OtherXml(&'static str),
}

/// What the first tags say. Comments, a byte order mark and an XML declaration may come before them.
fn markup(bytes: &[u8]) -> Option<Markup> {
    if !begins_with_tag(bytes) {
        return None;
    }
    let head = ascii_head(bytes);
    let mut rest = head.trim_start();
    let mut xml = false;
    loop {
        rest = rest.trim_start();
        let skip = if rest.starts_with("<!--") {
            rest.find("-->").map(|end| end + 3)
        } else if rest.starts_with("<?") {
            xml |= rest.starts_with("<?xml");
            rest.find("?>").map(|end| end + 2)
        } else {
            break;
        };
        rest = &rest[skip?..];
    }
    let is = |tag: &str| {
        rest.get(..tag.len()).is_some_and(|start| start.eq_ignore_ascii_case(tag)) && !rest[tag.len()..].starts_with(|c: char| c.is_ascii_alphanumeric())
    };
    if ["<!doctype html", "<html", "<head", "<body", "<title", "<meta"].iter().any(|tag| is(tag)) {
        return Some(Markup::Html);
    }
    if rest.starts_with("<office:document") {
        return Some(Markup::OtherXml("a flat OpenDocument file; save it as ODT or DOCX"));
    }
    if rest.starts_with("<pkg:package") || rest.starts_with("<w:wordDocument") {
        return Some(Markup::OtherXml("a Word XML file; save it as DOCX"));
    }
    // A doctype of SGML times, or tags that only a page has.
    if rest.get(..9).is_some_and(|start| start.eq_ignore_ascii_case("<!doctype")) || (rest.starts_with('<') && has_page_tag(rest)) {
        return Some(Markup::Html);
    }
    (xml && rest.starts_with('<')).then_some(Markup::OtherXml("XML that is not a page"))
}

fn has_page_tag(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    ["<html", "<body", "</head>"].iter().any(|tag| lower.contains(tag))
}

/// The first bytes as ASCII text: enough to read tags in every encoding that a page comes in.
fn ascii_head(bytes: &[u8]) -> String {
    head(bytes).map(|byte| if byte.is_ascii() { byte as char } else { '?' }).collect()
}

/// True if the first thing in the head is a tag, a comment or a declaration: nothing else is mark-up.
fn begins_with_tag(bytes: &[u8]) -> bool {
    head(bytes).find(|&byte| !char::from(byte).is_whitespace() || !byte.is_ascii()) == Some(b'<')
}

/// The first bytes, without a byte order mark and the null bytes of an encoding in two bytes.
fn head(bytes: &[u8]) -> impl Iterator<Item = u8> {
    const HEAD: usize = 4096;
    let (bytes, wide) = match bytes {
        [0xef, 0xbb, 0xbf, rest @ ..] => (rest, false),
        [0xff, 0xfe, rest @ ..] | [0xfe, 0xff, rest @ ..] => (rest, true),
        _ => (bytes, false),
    };
    bytes.iter().take(HEAD).copied().filter(move |&byte| !(wide && byte == 0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::testing::archive;

    #[test]
    fn content_goes_before_the_name() {
        let of = |path: &str, bytes: &[u8]| format(path, bytes).expect("supported");
        assert_eq!(of("a.txt", b"\n%PDF-1.7"), Format::Pdf);
        assert_eq!(of("a.txt", b"\xef\xbb\xbf<!-- saved --> <!DOCTYPE HTML PUBLIC \"x\">"), Format::Html);
        assert_eq!(of("a", b"<?xml version='1.0'?><html xmlns='x'>"), Format::Html);
        assert_eq!(of("a.txt", b"\xff\xfe<\0h\0t\0m\0l\0>\0"), Format::Html);
        assert_eq!(of("a.md", b"<!-- note --># Title"), Format::Markdown);
        assert_eq!(of("a.htm", b"just text"), Format::Html);
        assert_eq!(of("a.docx", b"just text"), Format::Plain);
        assert_eq!(of("a.txt", b"How to write %PDF- headers"), Format::Plain);
        assert_eq!(of("a.pdf", &archive(&[("word/document.xml", "<d/>")])), Format::Docx);
    }

    #[test]
    fn names_what_it_does_not_read() {
        let said = |bytes: &[u8]| format("a.docx", bytes).expect_err("not supported").to_string();
        assert!(said(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1").contains("DOC"));
        assert!(said(b"{\\rtf1").contains("RTF"));
        assert!(
            said(&archive(&[(
                "[Content_Types].xml",
                "<Types><Override ContentType='application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml'/></Types>"
            )]))
            .contains("Excel")
        );
        assert!(said(&archive(&[("a.txt", "a")])).contains("ZIP"));
        assert!(said(b"<?xml version='1.0'?><data/>").contains("XML"));
    }
}
