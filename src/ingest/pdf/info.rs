//! What the file says of the document: title, author, language, outline.

use std::collections::HashSet;

use hayro_syntax::Pdf;
use hayro_syntax::object::{Dict, ObjectIdentifier, String as PdfString};

use crate::ingest::layout::Bookmark;

/// More bookmarks than this are not read; the largest handbooks have a few thousand.
const MOST_BOOKMARKS: usize = 10_000;

/// Decodes a text string: UTF-16 or UTF-8 by byte order mark, else `PDFDocEncoding`, which is Latin-1 but for a few signs.
pub fn text(bytes: &[u8]) -> String {
    if let Some(rest) = bytes.strip_prefix(&[0xfe, 0xff]) {
        return utf16(rest, u16::from_be_bytes);
    }
    if let Some(rest) = bytes.strip_prefix(&[0xff, 0xfe]) {
        return utf16(rest, u16::from_le_bytes);
    }
    match std::str::from_utf8(bytes.strip_prefix(&[0xef, 0xbb, 0xbf]).unwrap_or(bytes)) {
        Ok(text) => text.to_owned(),
        Err(_) => bytes.iter().map(|&byte| pdf_doc(byte)).collect(),
    }
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> String {
    let units = bytes.chunks_exact(2).map(|pair| unit([pair[0], pair[1]]));
    char::decode_utf16(units).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
}

/// ISO 32000, annex D.2, from 0x80 to 0x9e.
fn pdf_doc(byte: u8) -> char {
    const UPPER: [char; 31] = [
        '•', '†', '‡', '…', '—', '–', 'ƒ', '⁄', '‹', '›', '−', '‰', '„', '“', '”', '‘', '’', '‚', '™', 'ﬁ', 'ﬂ', 'Ł', 'Œ', 'Š', 'Ÿ', 'Ž', 'ı', 'ł', 'œ', 'š',
        'ž',
    ];
    byte.checked_sub(0x80).and_then(|index| UPPER.get(index as usize).copied()).unwrap_or(char::from(byte))
}

/// A text value of the document's information dictionary: white space joined, nothing if there is no letter in it.
pub fn field(bytes: Option<&[u8]>) -> Option<String> {
    let text = text(bytes?).split_whitespace().collect::<Vec<_>>().join(" ");
    let text: String = text.chars().filter(|c| !c.is_control()).collect();
    text.chars().any(char::is_alphabetic).then_some(text)
}

/// The outline in reading order.
pub fn outline(catalog: &Dict) -> Vec<Bookmark> {
    let mut bookmarks = Vec::new();
    let Some(root) = catalog.get::<Dict>("Outlines") else { return bookmarks };
    let mut seen: HashSet<ObjectIdentifier> = HashSet::new();
    let mut pending = vec![(root.get_ref("First"), root.get::<Dict>("First"), 1u8)];
    while let Some((id, item, level)) = pending.pop() {
        let (Some(id), Some(item)) = (id, item) else { continue };
        if !seen.insert(id.into()) || bookmarks.len() >= MOST_BOOKMARKS {
            continue;
        }
        if let Some(title) = item.get::<PdfString>("Title").and_then(|title| field(Some(title.as_bytes()))) {
            bookmarks.push(Bookmark { title, level });
        }
        pending.push((item.get_ref("Next"), item.get::<Dict>("Next"), level));
        if level < 8 {
            pending.push((item.get_ref("First"), item.get::<Dict>("First"), level + 1));
        }
    }
    bookmarks
}

/// The catalog of the document.
pub fn catalog(pdf: &Pdf) -> Option<Dict<'_>> {
    pdf.xref().get::<Dict>(pdf.xref().root_id())
}

/// The language that the catalog names, as an ISO 639 code.
pub fn language(catalog: &Dict) -> Option<String> {
    let tag = catalog.get::<PdfString>("Lang")?;
    let primary: String = text(tag.as_bytes()).chars().take_while(char::is_ascii_alphabetic).collect();
    matches!(primary.len(), 2 | 3).then(|| primary.to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_strings_in_all_three_encodings() {
        assert_eq!(text(b"\xfe\xff\x00A\x20\x19"), "A\u{2019}");
        assert_eq!(text("Déjà".as_bytes()), "Déjà");
        assert_eq!(text(b"A\x85B\xe9"), "A\u{2013}Bé");
    }

    #[test]
    fn a_title_without_letters_is_none() {
        assert_eq!(field(Some(b" 12 ")), None);
        assert_eq!(field(Some(b"A  brief ")), Some("A brief".to_owned()));
    }
}
