//! From bytes to text.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8};

use crate::error::{AnalyseError, Result};
use crate::lanes;

/// How many bytes are looked at to tell the encoding.
const MOST_TO_DETECT: usize = 16 << 10;

/// Decodes the bytes and names the encoding: by byte order mark, then as UTF-8, then as detected. CRLF is read as LF, a leading byte order mark dropped.
///
/// # Errors
/// If there is no text in the bytes, or they are binary.
pub fn decode(bytes: &[u8]) -> Result<(String, &'static str)> {
    let (text, encoding) = read_as(bytes);
    if text.trim().is_empty() {
        return Err(AnalyseError::Empty);
    }
    if encoding == UTF_8 && memchr::memchr(0, text.as_bytes()).is_some() {
        return Err(AnalyseError::Binary("it holds null bytes".to_owned()));
    }
    if is_binary(&text) {
        return Err(AnalyseError::Binary("it holds control characters, as a damaged or unknown format does".to_owned()));
    }
    Ok((unix_lines(text.into_owned()), encoding.name()))
}

/// The text in the encoding that the byte order mark names, in UTF-8, or in the one that is detected.
fn read_as(bytes: &[u8]) -> (Cow<'_, str>, &'static Encoding) {
    if let Some((encoding, length)) = Encoding::for_bom(bytes) {
        return (encoding.decode(&bytes[length..]).0, encoding);
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return (Cow::Borrowed(text), UTF_8);
    }
    let encoding = detect(bytes);
    (encoding.decode(bytes).0, encoding)
}

/// Text has hardly any control characters but tabs, line ends, page breaks and, in old files, the end mark.
fn is_binary(text: &str) -> bool {
    let is_control = |byte: u8| ((byte < 32) & !matches!(byte, 9..=13) & (byte != 26)) | (byte == 127);
    let Some(first) = lanes::find(text.as_bytes(), is_control) else { return false };
    let controls = text.as_bytes()[first..].iter().filter(|&&byte| is_control(byte)).count();
    // One in fifty, and more than strays; random bytes have one in nine.
    controls > 24.max(text.len() / 50)
}

/// The encoding of bytes that are not UTF-8.
fn detect(bytes: &[u8]) -> &'static Encoding {
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
    // Words in ASCII are the same in every encoding, and some pages of the others tell as much as all.
    let mut room = MOST_TO_DETECT;
    for line in bytes.split_inclusive(|&byte| byte == b'\n').filter(|line| !line.is_ascii()) {
        let line = &line[..line.len().min(room)];
        room -= line.len();
        words_beyond_ascii(line).for_each(|word| {
            detector.feed(word, false);
        });
        if room == 0 {
            break;
        }
    }
    detector.feed(&[], true);
    detector.guess(None, chardetng::Utf8Detection::Deny)
}

/// The words of a line that hold bytes beyond ASCII, each with the space after it.
fn words_beyond_ascii(line: &[u8]) -> impl Iterator<Item = &[u8]> {
    line.split_inclusive(|&byte| byte == b' ').filter(|word| !word.is_ascii())
}

fn unix_lines(text: String) -> String {
    if memchr::memchr(b'\r', text.as_bytes()).is_some() { text.replace("\r\n", "\n").replace('\r', "\n") } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_in_old_encodings_is_read() {
        assert_eq!(decode(b"Caf\xe9 policy\r\n\x0cPage two\x1a").map(|(text, _)| text).ok().as_deref(), Some("Caf\u{e9} policy\n\u{c}Page two\u{1a}"));
    }

    #[test]
    fn bytes_of_other_formats_are_no_text() {
        let noise: Vec<u8> = (0..4000u32).map(|index| (index.wrapping_mul(2_654_435_761) >> 24) as u8).filter(|&byte| byte > 0).collect();
        assert!(matches!(decode(&noise), Err(AnalyseError::Binary(_))));
        assert!(matches!(decode(b"a\0b"), Err(AnalyseError::Binary(_))));
    }
}
