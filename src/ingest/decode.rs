//! From bytes to text.

use encoding_rs::{Encoding, UTF_8};

use crate::error::{AnalyseError, Result};

/// Decodes the bytes and names the encoding: by byte order mark, then as UTF-8, then as detected. CRLF is read as LF, a leading byte order mark dropped.
///
/// # Errors
/// If there is no text in the bytes, or they are binary.
pub fn decode(bytes: &[u8]) -> Result<(String, &'static str)> {
    let (encoding, skip) = Encoding::for_bom(bytes).unwrap_or_else(|| (detect(bytes), 0));
    let (text, _, _) = encoding.decode(&bytes[skip..]);
    if text.trim().is_empty() {
        return Err(AnalyseError::Empty);
    }
    if encoding == UTF_8 && text.contains('\0') {
        return Err(AnalyseError::Binary("it holds null bytes".to_owned()));
    }
    Ok((unix_lines(text.into_owned()), encoding.name()))
}

fn detect(bytes: &[u8]) -> &'static Encoding {
    if std::str::from_utf8(bytes).is_ok() {
        return UTF_8;
    }
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    detector.guess(None, chardetng::Utf8Detection::Deny)
}

fn unix_lines(text: String) -> String {
    if text.contains('\r') { text.replace("\r\n", "\n").replace('\r', "\n") } else { text }
}
