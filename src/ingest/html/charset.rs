//! The encoding of a page.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// How far into a page its encoding is looked for. The standard says 1024 bytes; saved pages put comments before it.
const DECLARED_WITHIN: usize = 4096;

/// Decodes a page and names the encoding: by byte order mark, then as UTF-8 if it is that, then as declared, then as detected.
pub(super) fn decode(bytes: &[u8]) -> (String, &'static str) {
    let (encoding, skip) = Encoding::for_bom(bytes).unwrap_or_else(|| (choose(bytes), 0));
    let (text, _, _) = encoding.decode(&bytes[skip..]);
    (text.into_owned(), encoding.name())
}

fn choose(bytes: &[u8]) -> &'static Encoding {
    let declared = declared(bytes);
    // A page saved by a browser is often re-encoded without its declaration being changed. Text that is not meant as UTF-8 is never valid UTF-8 by
    // chance, but for pure ASCII, of which ISO-2022-JP is a case.
    if std::str::from_utf8(bytes).is_ok() && declared.is_none_or(|encoding| encoding.is_ascii_compatible()) {
        return UTF_8;
    }
    match declared {
        Some(encoding) if encoding != UTF_8 => encoding,
        _ => {
            let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
            detector.feed(bytes, true);
            let guess = detector.guess(None, chardetng::Utf8Detection::Deny);
            // A page that says UTF-8 and has a few bad bytes is UTF-8.
            if declared == Some(UTF_8) && mostly_utf8(bytes) { UTF_8 } else { guess }
        }
    }
}

fn mostly_utf8(bytes: &[u8]) -> bool {
    let bad = bytes.utf8_chunks().filter(|chunk| !chunk.invalid().is_empty()).count();
    let wide: usize = bytes.utf8_chunks().map(|chunk| chunk.valid().chars().filter(|c| !c.is_ascii()).count()).sum();
    bad <= wide
}

/// The encoding that the page names: `<meta charset>`, `<meta http-equiv … content="…charset=">`, or the XML declaration.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes[..bytes.len().min(DECLARED_WITHIN)].to_ascii_lowercase();
    let after = |key: &[u8]| {
        let at = memchr::memmem::find(&head, key)? + key.len();
        let rest = &head[at..];
        let start = rest.iter().position(|byte| !matches!(byte, b' ' | b'=' | b'"' | b'\'' | b'\t' | b'\n'))?;
        let label = &rest[start..];
        let end = label.iter().position(|byte| !(byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b':' | b'.'))).unwrap_or(label.len());
        Encoding::for_label(&label[..end])
    };
    let xml = head.starts_with(b"<?xml").then(|| after(b"encoding")).flatten();
    let encoding = after(b"charset").or(xml)?;
    // A page that can be read as ASCII as far as this is not UTF-16, and "user-defined" is what nobody means.
    if encoding == UTF_16LE || encoding == UTF_16BE {
        return Some(UTF_8);
    }
    Some(if encoding.name() == "x-user-defined" { WINDOWS_1252 } else { encoding })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_the_page_declares() {
        let page = b"<meta http-equiv=\"Content-Type\" content=\"text/html; charset=iso-8859-1\"><p>caf\xe9 \x93x\x94";
        let (text, encoding) = decode(page);
        assert_eq!(encoding, "windows-1252");
        assert!(text.ends_with("café “x”"));
    }

    #[test]
    fn utf8_wins_over_a_wrong_declaration() {
        assert_eq!(decode("<meta charset=windows-1252><p>café".as_bytes()).1, "UTF-8");
    }

    #[test]
    fn a_byte_order_mark_wins() {
        assert_eq!(decode(b"\xff\xfe<\0p\0>\0a\0"), ("<p>a".to_owned(), "UTF-16LE"));
    }
}
