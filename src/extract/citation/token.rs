//! Tokens of a reference string, with what the lexicon knows of each word.

use super::lexicon::{self, Classes};
use super::role::Roles;

/// A token: a word, a number or one character of punctuation.
#[derive(Debug, Clone, Copy)]
pub(super) struct Token {
    pub start: usize,
    pub end: usize,
    pub kind: Kind,
    /// White space stands before it.
    pub space: bool,
    /// What the lexicon says of a word.
    pub classes: Classes,
    /// What the word can do in a reference.
    pub roles: Roles,
    /// The month that the word names; 0 for other tokens.
    pub month: u8,
    /// The year that a number gives; 0 for other tokens.
    year: u16,
    shape: Shape,
}

/// How a word is written, as bits.
#[derive(Debug, Clone, Copy, Default)]
struct Shape(u8);

impl Shape {
    const CAPITAL: Self = Self(1);
    const INITIAL: Self = Self(1 << 1);
    const ALL_CAPS: Self = Self(1 << 2);
    /// With a capital, or in a script without them.
    const SPECIAL: Self = Self(Self::CAPITAL.0 | Self::ALL_CAPS.0);

    fn has(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Letters, with apostrophes and hyphens between letters.
    Word,
    /// ASCII digits.
    Number,
    /// Letters and digits together: "e1001663", "2020a".
    Mixed,
    Punctuation(char),
}

/// The tokens of a text, and the text.
#[derive(Debug)]
pub(super) struct Tokens<'a> {
    pub text: &'a str,
    list: Vec<Token>,
}

impl<'a> Tokens<'a> {
    pub fn new(text: &'a str) -> Self {
        let bytes = text.as_bytes();
        let mut list = Vec::with_capacity(text.len() / 4 + 4);
        let mut space = false;
        let mut at = 0;
        while let Some(&byte) = bytes.get(at) {
            let (c, length) = if byte.is_ascii() { (char::from(byte), 1) } else { character(text, at) };
            if c.is_whitespace() {
                space = true;
                at += length;
                continue;
            }
            let token = if is_word(c) { word(text, at, c, length, space) } else { Token { kind: Kind::Punctuation(c), ..Token::new(at, at + length, space) } };
            space = false;
            at = token.end;
            list.push(token);
        }
        Self { text, list }
    }

    pub fn len(&self) -> usize {
        self.list.len()
    }

    pub fn get(&self, index: usize) -> Option<Token> {
        self.list.get(index).copied()
    }

    /// The words of a token; empty past the end.
    pub fn word(&self, index: usize) -> &'a str {
        self.list.get(index).map_or("", |token| &self.text[token.start..token.end])
    }

    /// The text from token `from` to before token `to`.
    pub fn slice(&self, from: usize, to: usize) -> &'a str {
        match (self.list.get(from), to.checked_sub(1).and_then(|last| self.list.get(last))) {
            (Some(first), Some(last)) if first.start < last.end => &self.text[first.start..last.end],
            _ => "",
        }
    }

    /// Byte offset at which token `index` starts; the text's end past the last.
    pub fn start(&self, index: usize) -> usize {
        self.list.get(index).map_or(self.text.len(), |token| token.start)
    }

    /// Byte offset at which the token before `index` ends.
    pub fn end_before(&self, index: usize) -> usize {
        index.checked_sub(1).and_then(|last| self.list.get(last)).map_or(0, |token| token.end)
    }

    /// The first token that starts at or after byte `offset`.
    pub fn at_byte(&self, offset: usize) -> usize {
        self.list.partition_point(|token| token.start < offset)
    }

    pub fn punctuation(&self, index: usize) -> Option<char> {
        match self.list.get(index)?.kind {
            Kind::Punctuation(c) => Some(c),
            _ => None,
        }
    }

    pub fn is(&self, index: usize, c: char) -> bool {
        self.punctuation(index) == Some(c)
    }

    pub fn is_dash(&self, index: usize) -> bool {
        matches!(self.punctuation(index), Some('-' | '‐' | '‑' | '–' | '—' | '−'))
    }

    pub fn is_number(&self, index: usize) -> bool {
        self.list.get(index).is_some_and(|token| token.kind == Kind::Number)
    }

    pub fn is_word(&self, index: usize) -> bool {
        self.list.get(index).is_some_and(|token| token.kind == Kind::Word)
    }

    pub fn space_before(&self, index: usize) -> bool {
        self.list.get(index).is_none_or(|token| token.space)
    }

    pub fn classes(&self, index: usize) -> Classes {
        self.list.get(index).map_or(Classes::NONE, |token| token.classes)
    }

    /// True if the word has one of the roles.
    pub fn has(&self, index: usize, roles: Roles) -> bool {
        self.list.get(index).is_some_and(|token| token.roles.has(roles))
    }

    fn is_shaped(&self, index: usize, shape: Shape) -> bool {
        self.list.get(index).is_some_and(|token| token.shape.has(shape))
    }

    /// A word that begins with an upper-case letter.
    pub fn is_capitalised(&self, index: usize) -> bool {
        self.is_shaped(index, Shape::CAPITAL)
    }

    /// A word of one upper-case letter.
    pub fn is_initial(&self, index: usize) -> bool {
        self.is_shaped(index, Shape::INITIAL)
    }

    /// A word of upper-case letters alone.
    pub fn is_all_caps(&self, index: usize) -> bool {
        self.is_shaped(index, Shape::ALL_CAPS)
    }

    /// Case-insensitive comparison with an ASCII word.
    pub fn says(&self, index: usize, word: &str) -> bool {
        self.word(index).eq_ignore_ascii_case(word)
    }

    /// The year that a token gives, with its letter left out ("2020a").
    pub fn year(&self, index: usize) -> Option<u16> {
        self.list.get(index).map(|token| token.year).filter(|&year| year > 0)
    }

    /// A word without a capital and without any role that it could have inside a text.
    pub fn is_plain(&self, index: usize) -> bool {
        let plain = |token: &Token| token.kind == Kind::Word && !token.shape.has(Shape::SPECIAL) && !token.roles.has(Roles::INNER);
        self.list.get(index).is_some_and(plain) && !self.begins_doi(index)
    }

    /// "doi10", "DOIs": a label may be glued to what follows.
    pub fn begins_doi(&self, index: usize) -> bool {
        let word = self.word(index).as_bytes();
        word.len() > 3 && word[..3].eq_ignore_ascii_case(b"doi")
    }

    /// A full stop that ends no abbreviation, "?" or "!"; what follows may start a new part.
    pub fn ends_sentence(&self, index: usize) -> bool {
        match self.punctuation(index) {
            Some('?' | '!') => true,
            Some('.') => {
                let Some(before) = index.checked_sub(1) else { return false };
                let next_opens = self.space_before(index + 1) || self.is_capitalised(index + 1) && self.word(before).chars().count() > 3;
                let numbered = matches!(self.word(before), "No" | "Nos" | "no" | "nos") && self.is_number(index + 1);
                next_opens && !numbered && !self.is_initial(before) && !self.classes(before).has(Classes::ABBREVIATION)
            }
            _ => false,
        }
    }
}

impl Token {
    /// A token of which nothing is known.
    fn new(start: usize, end: usize, space: bool) -> Self {
        let (classes, roles) = (Classes::NONE, Roles::NONE);
        Self { start, end, kind: Kind::Word, space, classes, roles, month: 0, year: 0, shape: Shape::default() }
    }
}

/// The word or number that begins with the character `first` at `start`.
fn word(text: &str, start: usize, first: char, length: usize, space: bool) -> Token {
    let Extent { end, letters, digits, lower } = extent(text, start, first, length);
    let bytes = text.as_bytes();
    let token = Token::new(start, end, space);
    match (letters, digits) {
        (true, true) => Token { kind: Kind::Mixed, year: year(&bytes[start..end], Kind::Mixed), ..token },
        (false, _) => Token { kind: Kind::Number, year: year(&bytes[start..end], Kind::Number), ..token },
        _ => {
            let known = lexicon::entry(&text[start..end]);
            let capital = first.is_uppercase();
            let mut shape = if lower { 0 } else { Shape::ALL_CAPS.0 };
            shape |= if capital { Shape::CAPITAL.0 } else { 0 };
            shape |= if capital && end == start + length { Shape::INITIAL.0 } else { 0 };
            Token { classes: known.classes, roles: known.roles, month: known.month, shape: Shape(shape), ..token }
        }
    }
}

/// How far a word or number reaches, and what it has.
struct Extent {
    end: usize,
    letters: bool,
    digits: bool,
    lower: bool,
}

/// The word with which a text begins; none if it begins with anything else.
pub(super) fn first_word(text: &str) -> Option<&str> {
    let first = text.chars().next().filter(|&c| is_word(c))?;
    let found = extent(text, 0, first, first.len_utf8());
    (found.letters && !found.digits).then(|| &text[..found.end])
}

fn extent(text: &str, start: usize, first: char, length: usize) -> Extent {
    let bytes = text.as_bytes();
    let (mut end, mut letters, mut digits) = (start + length, !first.is_ascii_digit(), first.is_ascii_digit());
    let mut lower = first.is_lowercase();
    while let Some(&byte) = bytes.get(end) {
        if byte.is_ascii_alphabetic() {
            letters = true;
            lower |= byte.is_ascii_lowercase();
            end += 1;
            continue;
        }
        if byte.is_ascii_digit() {
            digits = true;
            end += 1;
            continue;
        }
        if byte.is_ascii() && !matches!(byte, b'\'' | b'-') {
            break;
        }
        let (c, length) = character(text, end);
        if is_word(c) {
            letters = true;
            lower |= c.is_lowercase();
        } else {
            let joins = matches!(c, '\'' | '’' | '-' | '‐' | '‑' | '¬') && letters && !digits && text[end + length..].starts_with(char::is_alphabetic);
            if !joins {
                break;
            }
        }
        end += length;
    }
    Extent { end, letters, digits, lower }
}

/// The year that a number gives, with its letter left out ("2020a"); 0 for other numbers.
fn year(word: &[u8], kind: Kind) -> u16 {
    let digits = match (kind, word) {
        (Kind::Number, digits) if digits.len() == 4 => digits,
        (Kind::Mixed, [digits @ .., b'a'..=b'z']) if digits.len() == 4 && digits.iter().all(u8::is_ascii_digit) => digits,
        _ => return 0,
    };
    let year = digits.iter().fold(0, |year, digit| year * 10 + u16::from(digit - b'0'));
    if (1450..=2100).contains(&year) { year } else { 0 }
}

/// The character at byte `at`, which is on a character border, and its length.
fn character(text: &str, at: usize) -> (char, usize) {
    text[at..].chars().next().map_or(('\0', 1), |c| (c, c.len_utf8()))
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '\u{300}'..='\u{36f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_keep_inner_apostrophes_and_hyphens() {
        let tokens = Tokens::new("O’Brien's Jean-Paul, 601–13 e100");
        let words: Vec<&str> = (0..tokens.len()).map(|index| tokens.word(index)).collect();
        assert_eq!(words, ["O’Brien's", "Jean-Paul", ",", "601", "–", "13", "e100"]);
    }

    #[test]
    fn a_full_stop_after_an_initial_or_abbreviation_ends_nothing() {
        let tokens = Tokens::new("J. Smith vs. Dr. Jones. Next");
        let ends: Vec<usize> = (0..tokens.len()).filter(|&index| tokens.ends_sentence(index)).collect();
        assert_eq!(ends, [8]);
    }
}
