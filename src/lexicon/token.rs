//! Words and marks of a sentence, in one pass over its bytes. Names in the lexicon are cut the same way, so that they meet.

use super::hash::{capitals, digits, letters, mix, of, of_bytes, of_lower, of_short, of_small_bytes, small};

/// How a token is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// Begins with a small letter.
    Lower,
    /// Begins with a capital letter and goes on in small ones, or mixed ("McDonald").
    Capital,
    /// All capitals, two or more, with digits or full stops allowed ("US", "U.S.", "G7").
    Upper,
    /// One capital letter.
    Single,
    Number,
    Mark,
}

/// A word, number or mark, with its offsets in the text that was cut.
#[derive(Debug, Clone, Copy)]
pub struct Token {
    pub start: u32,
    pub end: u32,
    pub shape: Shape,
    /// True if white space stands before it.
    pub spaced: bool,
    /// For marks: the character, with dashes as `-` and apostrophes as `'`; `s` for a possessive ending.
    pub mark: char,
    /// Of the token as written.
    pub hash: u64,
    /// Of the token in small letters.
    pub lower: u64,
}

impl Token {
    /// True for words that begin with a capital letter.
    #[must_use]
    pub fn is_capital(&self) -> bool {
        matches!(self.shape, Shape::Capital | Shape::Upper | Shape::Single)
    }

    #[must_use]
    pub fn is_word(&self) -> bool {
        !matches!(self.shape, Shape::Mark | Shape::Number)
    }

    /// The token's text.
    #[must_use]
    pub fn text<'a>(&self, text: &'a str) -> &'a str {
        text.get(self.start as usize..self.end as usize).unwrap_or_default()
    }
}

/// Cuts `text` into tokens, appended to `out`; offsets count from the start of `text`.
pub fn cut(text: &str, out: &mut Vec<Token>) {
    let bytes = text.as_bytes();
    let mut at = 0;
    let mut spaced = true;
    // Most words and marks take more room in the text.
    out.reserve(bytes.len() / 4);
    while let Some(&byte) = bytes.get(at) {
        if byte == b' ' || byte == b'\n' || byte == b'\t' {
            spaced = true;
            at += 1;
            continue;
        }
        let token = if byte.is_ascii_alphabetic() {
            plain_word(bytes, at).unwrap_or_else(|| word(text, at))
        } else if byte.is_ascii_digit() {
            number(text, at)
        } else if byte < 0x80 {
            mark(text, at, byte as char, 1)
        } else {
            let Some(c) = text.get(at..).and_then(|rest| rest.chars().next()) else { return };
            if c.is_alphabetic() {
                word(text, at)
            } else if c.is_whitespace() {
                spaced = true;
                at += c.len_utf8();
                continue;
            } else {
                mark(text, at, c, c.len_utf8())
            }
        };
        at = token.end as usize;
        out.push(Token { spaced, ..token });
        spaced = false;
    }
}

/// A word of ASCII letters and digits alone, eight bytes at a time; none if what follows it may belong to it.
#[inline]
fn plain_word(bytes: &[u8], start: usize) -> Option<Token> {
    let first = eight_at(bytes, start);
    let len = leading(letters(first) | digits(first));
    if len == 8 {
        return long_word(bytes, start, first);
    }
    // "U.S.", and "J." as well.
    let after = (first >> (8 * len)) as u8;
    if after == b'\'' || after >= 0x80 || after == b'.' && len == 1 {
        return None;
    }
    let head = first & ((1 << (8 * len)) - 1);
    let hash = of_short(head, len);
    let (shape, lower) = if is_large(head) {
        let word = bytes.get(start..start + len).unwrap_or_default();
        (shape_of(word, head), of_short(small(head), len))
    } else {
        (Shape::Lower, hash)
    };
    Some(Token { start: start as u32, end: (start + len) as u32, shape, spaced: false, mark: ' ', hash, lower })
}

/// [`plain_word`] of eight bytes or more, of which `head` holds the first eight.
#[inline]
fn long_word(bytes: &[u8], start: usize, head: u64) -> Option<Token> {
    let mut end = start + 8;
    loop {
        let eight = eight_at(bytes, end);
        let more = leading(letters(eight) | digits(eight));
        end += more;
        if more < 8 {
            break;
        }
    }
    if matches!(bytes.get(end), Some(b'\'' | 0x80..)) {
        return None;
    }
    let word = bytes.get(start..end).unwrap_or_default();
    let hash = of_bytes(word);
    let (shape, lower) = if is_large(head) { (shape_of(word, head), of_small_bytes(word)) } else { (Shape::Lower, hash) };
    Some(Token { start: start as u32, end: end as u32, shape, spaced: false, mark: ' ', hash, lower })
}

/// True if the lowest byte, which is a letter or digit of ASCII, is a capital.
#[inline]
fn is_large(head: u64) -> bool {
    (head as u8).is_ascii_uppercase()
}

/// How many bytes have their high bit set before the first that has not.
fn leading(high_bits: u64) -> usize {
    (!high_bits & HIGH_BITS).trailing_zeros() as usize / 8
}

const HIGH_BITS: u64 = 0x8080_8080_8080_8080;

/// The eight bytes from `at`, the first one lowest; 0 past the end.
#[inline]
fn eight_at(bytes: &[u8], at: usize) -> u64 {
    let rest = bytes.get(at..).unwrap_or_default();
    rest.first_chunk::<8>().map_or_else(|| rest.iter().rev().fold(0, |eight, byte| eight << 8 | u64::from(*byte)), |eight| u64::from_le_bytes(*eight))
}

/// The shape of a word of ASCII letters and digits that begins with a capital; `head` holds its first eight bytes.
fn shape_of(word: &[u8], head: u64) -> Shape {
    // Two small letters say as much as all: "Rivers".
    let small = letters(head) ^ capitals(head);
    if small & small.wrapping_sub(1) != 0 {
        return Shape::Capital;
    }
    let rest = word.get(8..).unwrap_or_default();
    let large = capitals(head).count_ones() as usize + rest.iter().filter(|byte| byte.is_ascii_uppercase()).count();
    let little = small.count_ones() as usize + rest.iter().filter(|byte| byte.is_ascii_lowercase()).count();
    shape_with(word.len(), large, little, word.last() == Some(&b's'))
}

/// The shape of a word of `len` bytes that begins with a capital: how many of its letters are capital and small, and whether it ends in "s".
fn shape_with(len: usize, large: usize, little: usize, ends_in_s: bool) -> Shape {
    match (large, little) {
        (1, 0) if len == 1 => Shape::Single,
        (_, 0) => Shape::Upper,
        (many, 1) if many >= 2 && ends_in_s => Shape::Upper,
        _ => Shape::Capital,
    }
}

/// A word with apostrophes, letters beyond ASCII or full stops.
fn word(text: &str, start: usize) -> Token {
    if let Some(end) = dotted(text.as_bytes(), start) {
        return finish(text, start, end, Shape::Upper);
    }
    let bytes = text.as_bytes();
    let (mut large, mut little, mut at) = (0usize, 0usize, start);
    let mut first_capital = false;
    while let Some(&byte) = bytes.get(at) {
        if byte.is_ascii_lowercase() {
            little += 1;
            at += 1;
        } else if byte.is_ascii_uppercase() {
            first_capital |= at == start;
            large += 1;
            at += 1;
        } else if byte.is_ascii_digit() {
            at += 1;
        } else if byte >= 0x80 {
            let Some(c) = text.get(at..).and_then(|rest| rest.chars().next()) else { break };
            if is_apostrophe(c) {
                if !inner_apostrophe(text, at, at + c.len_utf8()) {
                    break;
                }
            } else if !c.is_alphabetic() {
                break;
            } else if c.is_uppercase() {
                first_capital |= at == start;
                large += 1;
            } else {
                little += 1;
            }
            at += c.len_utf8();
        } else if byte == b'\'' && inner_apostrophe(text, at, at + 1) {
            at += 1;
        } else {
            break;
        }
    }
    let end = at.max(start + 1);
    let shape = if first_capital { shape_with(end - start, large, little, bytes.get(end - 1) == Some(&b's')) } else { Shape::Lower };
    finish(text, start, end, shape)
}

/// The end of an abbreviation of single capitals with full stops ("U.S.", "D.C."), at least two of them.
fn dotted(bytes: &[u8], start: usize) -> Option<usize> {
    let mut at = start;
    let mut letters = 0;
    while bytes.get(at).is_some_and(u8::is_ascii_uppercase) && bytes.get(at + 1) == Some(&b'.') {
        letters += 1;
        at += 2;
    }
    // The last full stop may be missing: "U.S policy".
    let more = bytes.get(at).is_some_and(u8::is_ascii_uppercase) && !bytes.get(at + 1).is_some_and(u8::is_ascii_alphanumeric);
    if letters >= 1 && more {
        return Some(at + 1);
    }
    (letters >= 2 && !bytes.get(at).is_some_and(u8::is_ascii_alphanumeric)).then_some(at)
}

/// True if the apostrophe between `at` and `after` is part of a word: "O'Brien", "Ja'afari", not "Korea's".
fn inner_apostrophe(text: &str, at: usize, after: usize) -> bool {
    let before = text.as_bytes().get(at.wrapping_sub(1)).is_some_and(|byte| byte.is_ascii_alphabetic() || *byte >= 0x80);
    let mut rest = text.get(after..).unwrap_or_default().chars();
    let (next, then) = (rest.next(), rest.next());
    let letter = next.is_some_and(char::is_alphabetic);
    let possessive = matches!(next, Some('s' | 'S')) && !then.is_some_and(char::is_alphabetic);
    before && letter && !possessive
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | 'ʼ' | '`' | '´')
}

fn number(text: &str, start: usize) -> Token {
    let bytes = text.as_bytes();
    let mut at = start;
    while bytes.get(at).is_some_and(|byte| byte.is_ascii_alphanumeric() || (matches!(byte, b'.' | b',') && bytes.get(at + 1).is_some_and(u8::is_ascii_digit))) {
        at += 1;
    }
    finish(text, start, at, Shape::Number)
}

fn mark(text: &str, start: usize, c: char, len: usize) -> Token {
    let end = start + len;
    let (kind, end) = match c {
        c if is_apostrophe(c) => possessive(text, end).map_or(('\'', end), |end| ('s', end)),
        '–' | '—' | '−' | '‐' | '‑' | '‒' => ('-', end),
        '“' | '”' | '«' | '»' | '„' => ('"', end),
        other => (other, end),
    };
    let hash = mark_hash(kind);
    Token { start: start as u32, end: end as u32, shape: Shape::Mark, spaced: false, mark: kind, hash, lower: hash }
}

/// The hash of a mark, whatever variant of it was written.
#[must_use]
pub fn mark_hash(mark: char) -> u64 {
    mix(0x1f << 32 | u64::from(mark))
}

/// The end of a possessive ending after an apostrophe that ends at `at`; some texts put a space in it ("Parliament ' s").
fn possessive(text: &str, at: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let s = if bytes.get(at) == Some(&b' ') { at + 1 } else { at };
    let ends = !bytes.get(s + 1).is_some_and(|byte| byte.is_ascii_alphanumeric() || *byte >= 0x80 && byte & 0xc0 == 0xc0 && next_is_letter(text, s + 1));
    (matches!(bytes.get(s), Some(b's' | b'S')) && ends).then_some(s + 1)
}

fn next_is_letter(text: &str, at: usize) -> bool {
    text.get(at..).and_then(|rest| rest.chars().next()).is_some_and(char::is_alphabetic)
}

fn finish(text: &str, start: usize, end: usize, shape: Shape) -> Token {
    let slice = text.get(start..end).unwrap_or_default();
    let hash = if slice.is_ascii() { of(slice) } else { of_normal(slice) };
    let lower = if matches!(shape, Shape::Lower | Shape::Number) { hash } else { of_lower(slice) };
    Token { start: start as u32, end: end as u32, shape, spaced: false, mark: ' ', hash, lower }
}

/// Words with a typographic apostrophe meet those with a straight one.
fn of_normal(slice: &str) -> u64 {
    if !slice.contains(is_apostrophe) {
        return of(slice);
    }
    let straight: String = slice.chars().map(|c| if is_apostrophe(c) { '\'' } else { c }).collect();
    of(&straight)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<&str> {
        let mut tokens = Vec::new();
        cut(text, &mut tokens);
        tokens.iter().map(|token| token.text(text)).collect()
    }

    #[test]
    fn keeps_abbreviations_and_inner_apostrophes_and_splits_possessives() {
        assert_eq!(words("The U.S.–Japan talks"), ["The", "U.S.", "–", "Japan", "talks"]);
        assert_eq!(words("O’Brien’s People's Parliament ' s x"), ["O’Brien", "’s", "People", "'s", "Parliament", "' s", "x"]);
        assert_eq!(words("George W. Bush, 1.5m"), ["George", "W", ".", "Bush", ",", "1.5m"]);
        assert_eq!(words("Côte d'Ivoire"), ["Côte", "d'Ivoire"]);
    }

    #[test]
    fn words_are_cut_the_same_eight_bytes_at_a_time() {
        for text in
            ["a", "NATOs rest", "Interagency2 x", "eightlet ters", "governments", "U", "U.", "G20", "it's", "na\u{ef}ve", "Understanding, x", "x\u{2014}"]
        {
            let plain = plain_word(text.as_bytes(), 0);
            let whole = word(text, 0);
            if let Some(plain) = plain {
                assert_eq!((plain.end, plain.shape, plain.hash, plain.lower), (whole.end, whole.shape, whole.hash, whole.lower), "{text}");
            }
            assert_eq!(plain.is_none(), ["U.", "it's", "na\u{ef}ve", "x\u{2014}"].contains(&text), "{text}");
        }
    }

    #[test]
    fn typographic_variants_have_one_hash() {
        let mut tokens = Vec::new();
        cut("O’Brien–O'Brien-", &mut tokens);
        assert_eq!(tokens[0].hash, tokens[2].hash);
        assert_eq!(tokens[1].hash, tokens[3].hash);
    }

    #[test]
    fn shapes_tell_names_from_acronyms() {
        let mut tokens = Vec::new();
        cut("NATO allies LAs J McDonald 3rd", &mut tokens);
        let shapes: Vec<Shape> = tokens.iter().map(|token| token.shape).collect();
        assert_eq!(shapes, [Shape::Upper, Shape::Lower, Shape::Upper, Shape::Single, Shape::Capital, Shape::Number]);
    }
}
