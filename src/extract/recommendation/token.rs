//! Words and marks of one sentence with their classes.

use std::ops::Range;

use super::word::{Class, Role, Words};
use crate::lexicon::{alphanumeric_end, short_word};
use crate::span::Span;

/// A word, number or mark.
#[derive(Debug, Clone, Copy)]
pub struct Token {
    start: u32,
    end: u32,
    class: Class,
    role: Role,
}

/// The tokens of one sentence. Their offsets count from the sentence's start.
#[derive(Debug)]
pub struct Tokens<'t> {
    pub text: &'t str,
    /// `text` with ASCII letters in lower case: the same offsets hold.
    lower: String,
    tokens: Vec<Token>,
    /// The roles that some token has.
    roles: Role,
    /// Where the sentence starts in the reading text.
    base: usize,
}

impl<'t> Tokens<'t> {
    /// Splits a sentence that starts at `base` in the reading text.
    #[must_use]
    pub fn new(text: &'t str, base: usize, words: &Words) -> Self {
        Self::cut(text, base, words, usize::MAX)
    }

    /// The first tokens of a text, at most `most` of them.
    #[must_use]
    pub fn head(text: &'t str, most: usize, words: &Words) -> Self {
        Self::cut(text, 0, words, most)
    }

    fn cut(text: &'t str, base: usize, words: &Words, most: usize) -> Self {
        let lower = text.to_ascii_lowercase();
        let mut tokens = Vec::with_capacity((text.len() / 4 + 1).min(most));
        let mut roles = Role::NONE;
        let mut at = 0;
        while tokens.len() < most
            && let Some(&byte) = text.as_bytes().get(at)
        {
            if byte == b' ' {
                at += 1;
                continue;
            }
            let short = short_word(lower.as_bytes(), at);
            let plain = match short {
                Some((_, len)) => at + len,
                None => alphanumeric_end(text.as_bytes(), at),
            };
            if plain > at && is_closed(text.as_bytes(), plain) {
                let end = plain;
                let (known, role) = match short {
                    Some((word, len)) => words.look_up_short(word, len),
                    None => words.look_up_first(&lower.as_bytes()[at..], end - at),
                };
                let class = known.and(if byte.is_ascii_uppercase() { Class::CAPITAL } else { Class::NONE });
                let class = class.and(if byte.is_ascii_digit() { Class::NUMBER } else { Class::NONE });
                roles = roles.and(role);
                tokens.push(Token { start: at as u32, end: end as u32, class, role });
                at = end;
                continue;
            }
            let c = if byte.is_ascii() { char::from(byte) } else { text[at..].chars().next().unwrap_or_default() };
            let word = c.is_alphanumeric();
            let end = if word { word_end(text, at) } else { at + c.len_utf8() };
            if word || !c.is_whitespace() {
                let (class, role) = if word { word_class(&lower[at..end], c, words) } else { (mark_class(text, at, c), Role::NONE) };
                roles = roles.and(role);
                tokens.push(Token { start: at as u32, end: end as u32, class, role });
            }
            at = end;
        }
        Self { text, lower, tokens, roles, base }
    }

    #[inline]
    #[must_use]
    pub fn len(&self) -> usize {
        self.tokens.len()
    }

    /// The classes of a token; none past the ends.
    #[inline]
    #[must_use]
    pub fn class(&self, index: usize) -> Class {
        self.tokens.get(index).map_or(Class::NONE, |token| token.class)
    }

    #[inline]
    #[must_use]
    pub fn is(&self, index: usize, class: Class) -> bool {
        self.class(index).any(class)
    }

    /// The classes of the token before `index`; none at the start.
    #[inline]
    #[must_use]
    pub fn before(&self, index: usize) -> Class {
        index.checked_sub(1).map_or(Class::NONE, |index| self.class(index))
    }

    /// True if the token has one of these roles.
    #[inline]
    #[must_use]
    pub fn plays(&self, index: usize, role: Role) -> bool {
        self.tokens.get(index).is_some_and(|token| token.role.any(role))
    }

    /// The tokens in a range that have one of these roles.
    pub fn playing(&self, range: Range<usize>, role: Role) -> impl DoubleEndedIterator<Item = usize> + '_ {
        // Most sentences have no such token at all.
        let end = if self.roles.any(role) { range.end.min(self.tokens.len()) } else { 0 };
        let start = range.start.min(end);
        self.tokens[start..end].iter().enumerate().filter(move |(_, token)| token.role.any(role)).map(move |(offset, _)| start + offset)
    }

    /// A token in lower case.
    #[inline]
    #[must_use]
    pub fn word(&self, index: usize) -> &str {
        self.tokens.get(index).map_or("", |token| &self.lower[token.start as usize..token.end as usize])
    }

    /// A token as written.
    #[inline]
    #[must_use]
    pub fn written(&self, index: usize) -> &'t str {
        self.tokens.get(index).map_or("", |token| &self.text[token.start as usize..token.end as usize])
    }

    /// True if the tokens from `index` on are these words.
    #[inline]
    #[must_use]
    pub fn at(&self, index: usize, words: &[&str]) -> bool {
        let says = |at: usize, word: &str| {
            // Most words differ in length already.
            self.tokens.get(at).is_some_and(|token| (token.end - token.start) as usize == word.len() && self.word(at) == word)
        };
        words.iter().enumerate().all(|(offset, word)| says(index + offset, word))
    }

    /// The tokens in a range, lower case, as they stand in the sentence.
    #[must_use]
    pub fn lower(&self, range: Range<usize>) -> &str {
        match self.bytes(range) {
            Some(bytes) => &self.lower[bytes],
            None => "",
        }
    }

    fn bytes(&self, range: Range<usize>) -> Option<Range<usize>> {
        let first = self.tokens.get(range.start)?;
        let last = self.tokens.get(range.end.checked_sub(1)?)?;
        (range.start < range.end).then_some(first.start as usize..last.end as usize)
    }

    /// The place of a range of tokens in the reading text.
    #[must_use]
    pub fn span(&self, range: Range<usize>) -> Option<Span> {
        self.bytes(range).map(|bytes| Span::from(bytes).shifted(self.base))
    }

    /// The token that covers or follows an offset of the reading text.
    #[must_use]
    pub fn index_at(&self, offset: usize) -> usize {
        let local = offset.saturating_sub(self.base);
        self.tokens.partition_point(|token| token.end as usize <= local)
    }

    /// Where a token starts in the reading text.
    #[must_use]
    pub fn start(&self, index: usize) -> usize {
        self.base + self.tokens.get(index).map_or(self.text.len(), |token| token.start as usize)
    }

    /// True if the "to" at `index` opens an infinitive, not a noun phrase.
    #[must_use]
    pub fn is_infinitive(&self, index: usize) -> bool {
        const NOMINAL: Class = Class::DETERMINER
            .and(Class::PREPOSITION)
            .and(Class::PRONOUN)
            .and(Class::GERUND)
            .and(Class::NUMBER)
            .and(Class::PUNCTUATION)
            .and(Class::INTERROGATIVE);
        let next = self.class(index + 1);
        let verb = next.any(Class::BASE.and(Class::BE)) || (next.any(Class::ADVERB.and(Class::LINK)) && self.is(index + 2, Class::BASE));
        let unknown = next == Class::NONE && self.class(index + 2).any(Class::DETERMINER.and(Class::PREPOSITION).and(Class::PRONOUN).and(Class::ADVERB));
        self.is(index, Class::TO) && (verb || (unknown && !next.any(NOMINAL)))
    }

    /// True if white space stands before the token.
    #[must_use]
    pub fn spaced(&self, index: usize) -> bool {
        let Some(token) = self.tokens.get(index) else { return false };
        index.checked_sub(1).and_then(|before| self.tokens.get(before)).is_none_or(|before| before.end < token.start)
    }
}

/// True if what follows ASCII letters and digits that end at `end` tells that their word ends there too: it mostly does.
#[inline]
fn is_closed(bytes: &[u8], end: usize) -> bool {
    match bytes.get(end) {
        None | Some(b' ' | b',' | b';' | b':' | b')') => true,
        Some(b'.') => bytes.get(end + 1).is_none_or(|&byte| byte == b' '),
        Some(_) => false,
    }
}

/// The end of the word that starts at `at`: letters and digits, with apostrophes, hyphens, and the dots of "U.S." inside.
fn word_end(text: &str, at: usize) -> usize {
    let mut end = at;
    let mut characters = text[at..].char_indices().peekable();
    while let Some((offset, c)) = characters.next() {
        let next = characters.peek().map(|&(_, next)| next);
        let joins = match c {
            '\'' | '’' | '-' | '\u{2010}' | '\u{2011}' => next.is_some_and(char::is_alphanumeric),
            // "U.S." and "3.5", but no full stop.
            '.' => {
                let one_letter = is_short_part(text, at, at + offset);
                (one_letter && (next.is_none_or(|next| !next.is_alphanumeric()) && text[at..at + offset].contains('.')))
                    || (next.is_some_and(char::is_alphanumeric) && one_letter)
                    || (next.is_some_and(|next| next.is_ascii_digit()) && text[at..at + offset].ends_with(|c: char| c.is_ascii_digit()))
            }
            c => c.is_alphanumeric(),
        };
        if !joins {
            break;
        }
        end = at + offset + c.len_utf8();
    }
    end
}

/// The part of a word before a dot is one letter: "U" in "U.S.".
fn is_short_part(text: &str, start: usize, dot: usize) -> bool {
    let part = text[start..dot].rsplit('.').next().unwrap_or_default();
    let mut letters = part.chars();
    letters.next().is_some_and(char::is_alphabetic) && letters.next().is_none()
}

fn word_class(lower: &str, first: char, words: &Words) -> (Class, Role) {
    let (known, role) = if !lower.is_ascii() && lower.contains('’') { words.look_up(&lower.replace('’', "'")) } else { words.look_up(lower) };
    let capital = if first.is_uppercase() { Class::CAPITAL } else { Class::NONE };
    let number = if first.is_numeric() { Class::NUMBER } else { Class::NONE };
    (known.and(capital).and(number), role)
}

fn mark_class(text: &str, at: usize, mark: char) -> Class {
    match mark {
        ',' => Class::COMMA,
        '.' | '!' | '?' | '…' => Class::STOP,
        ';' => Class::SEMICOLON,
        ':' => Class::COLON,
        '—' | '–' | '―' => Class::DASH,
        // A lone hyphen between spaces is a dash.
        '-' if text[..at].ends_with(' ') && text[at + 1..].starts_with(' ') => Class::DASH,
        '(' | '[' => Class::OPEN,
        ')' | ']' => Class::CLOSE,
        '“' | '”' | '"' | '«' | '»' => Class::QUOTE,
        _ => Class::NONE,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words_of(text: &str) -> Vec<String> {
        let words = Words::built_in();
        let tokens = Tokens::new(text, 0, &words);
        (0..tokens.len()).map(|index| tokens.written(index).to_owned()).collect()
    }

    #[test]
    fn keeps_abbreviations_contractions_and_compounds_whole() {
        assert_eq!(words_of("The U.S. shouldn’t re-open 3.5 (or so)."), ["The", "U.S.", "shouldn’t", "re-open", "3.5", "(", "or", "so", ")", "."]);
    }

    #[test]
    fn the_last_stop_of_a_sentence_is_a_token() {
        assert_eq!(words_of("Do it."), ["Do", "it", "."]);
        assert_eq!(words_of("Annex B."), ["Annex", "B", "."]);
    }

    #[test]
    fn spans_count_from_the_reading_text() {
        let words = Words::built_in();
        let tokens = Tokens::new("It must act", 10, &words);
        assert_eq!(tokens.span(1..3), Some(Span::new(13, 21)));
        assert_eq!(tokens.index_at(13), 1);
    }
}
