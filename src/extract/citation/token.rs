//! Tokens of a reference string, with what the lexicon knows of each word.

use super::lexicon::{self, Classes};

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
        let mut list = Vec::with_capacity(text.len() / 4 + 4);
        let mut space = false;
        let mut characters = text.char_indices().peekable();
        while let Some((start, c)) = characters.next() {
            if c.is_whitespace() {
                space = true;
                continue;
            }
            if !is_word(c) {
                list.push(Token { start, end: start + c.len_utf8(), kind: Kind::Punctuation(c), space, classes: Classes::NONE });
                space = false;
                continue;
            }
            let (mut end, mut letters, mut digits) = (start + c.len_utf8(), !c.is_ascii_digit(), c.is_ascii_digit());
            while let Some(&(at, next)) = characters.peek() {
                let joins =
                    matches!(next, '\'' | '’' | '-' | '‐' | '‑' | '¬') && letters && text[at + next.len_utf8()..].starts_with(|c: char| c.is_alphabetic());
                if !(is_word(next) || joins) {
                    break;
                }
                if joins && digits {
                    break;
                }
                letters |= is_word(next) && !next.is_ascii_digit();
                digits |= next.is_ascii_digit();
                end = at + next.len_utf8();
                characters.next();
            }
            let kind = match (letters, digits) {
                (true, true) => Kind::Mixed,
                (false, _) => Kind::Number,
                _ => Kind::Word,
            };
            let classes = if kind == Kind::Word { lexicon::word(&text[start..end]) } else { Classes::NONE };
            list.push(Token { start, end, kind, space, classes });
            space = false;
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

    /// A word that begins with an upper-case letter.
    pub fn is_capitalised(&self, index: usize) -> bool {
        self.is_word(index) && self.word(index).starts_with(|c: char| c.is_uppercase())
    }

    /// A word of one upper-case letter.
    pub fn is_initial(&self, index: usize) -> bool {
        let word = self.word(index);
        self.is_word(index) && word.chars().count() == 1 && word.starts_with(|c: char| c.is_uppercase())
    }

    /// A word of upper-case letters alone.
    pub fn is_all_caps(&self, index: usize) -> bool {
        self.is_word(index) && self.word(index).chars().all(|c| !c.is_lowercase())
    }

    /// Case-insensitive comparison with an ASCII word.
    pub fn says(&self, index: usize, word: &str) -> bool {
        self.word(index).eq_ignore_ascii_case(word)
    }

    /// The year that a token gives, with its letter left out ("2020a").
    pub fn year(&self, index: usize) -> Option<u16> {
        let token = self.get(index)?;
        let word = self.word(index);
        let digits = match token.kind {
            Kind::Number if word.len() == 4 => word,
            Kind::Mixed if word.len() == 5 && word.as_bytes()[4].is_ascii_lowercase() => word.get(..4)?,
            _ => return None,
        };
        let year: u16 = digits.parse().ok()?;
        (1450..=2100).contains(&year).then_some(year)
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
