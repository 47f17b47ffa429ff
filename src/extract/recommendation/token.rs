//! Words and marks of one sentence with their classes.

use std::ops::Range;

use super::word::{Class, Role, Words};
use crate::lexicon::alphanumeric_blocks;
use crate::span::Span;

/// A word, number or mark.
#[derive(Debug, Clone, Copy)]
pub struct Token {
    start: u32,
    end: u32,
    class: Class,
    role: Role,
}

/// A text whose sentences are split into tokens, with what serves all of them.
#[derive(Debug)]
pub struct Reading<'t> {
    pub text: &'t str,
    /// `text` with ASCII letters in lower case: the same offsets hold.
    lower: String,
    /// A bit for each byte of `text`: whether it is an ASCII letter or digit.
    pub inside: Vec<u64>,
}

impl<'t> Reading<'t> {
    #[must_use]
    pub fn new(text: &'t str) -> Self {
        Self { text, lower: text.to_ascii_lowercase(), inside: alphanumeric_blocks(text.as_bytes()).collect() }
    }

    /// The text of a span.
    #[must_use]
    pub fn of(&self, span: Span) -> &'t str {
        span.of(self.text)
    }

    /// The first word of a span: up to white space or a comma.
    #[must_use]
    pub fn opening(&self, span: Span) -> Span {
        let text = self.of(span);
        let run = self.run(span.start()).min(text.len());
        let len = match text.as_bytes().get(run) {
            None | Some(b' ' | b',') => run,
            Some(_) => text.find(|c: char| c.is_whitespace() || c == ',').unwrap_or(text.len()),
        };
        Span::new(span.start(), span.start() + len)
    }

    /// The classes of a word.
    #[must_use]
    pub fn class(&self, word: Span, words: &Words) -> Class {
        let written = self.of(word);
        if written.is_ascii() { words.class(word.of(&self.lower)) } else { words.class_as_written(written) }
    }

    /// How many bytes from `at` on are ASCII letters and digits.
    #[inline]
    fn run(&self, at: usize) -> usize {
        // The bits that are moved in are those of no letter.
        let others = |block: usize, offset: usize| self.inside.get(block).map_or(1, |inside| !inside >> offset);
        let (mut block, offset) = (at / 64, at % 64);
        let first = others(block, offset);
        if first != 0 {
            return first.trailing_zeros() as usize;
        }
        let mut run = 64 - offset;
        loop {
            block += 1;
            let next = others(block, 0);
            run += next.trailing_zeros() as usize;
            if next != 0 {
                return run;
            }
        }
    }
}

/// The tokens of one sentence. Their offsets count from the sentence's start.
#[derive(Debug)]
pub struct Tokens<'t> {
    pub text: &'t str,
    /// `text` with ASCII letters in lower case: the same offsets hold.
    lower: &'t str,
    tokens: Vec<Token>,
    /// The roles that some token has.
    roles: Role,
    /// Where the sentence starts in the reading text.
    base: usize,
}

impl<'t> Tokens<'t> {
    /// Splits the sentence at `span`.
    #[must_use]
    pub fn new(reading: &'t Reading, span: Span, words: &Words) -> Self {
        Self::cut(reading, span, words, usize::MAX)
    }

    /// The first tokens of a sentence, at most `most` of them.
    #[must_use]
    pub fn head(reading: &'t Reading, span: Span, most: usize, words: &Words) -> Self {
        Self::cut(reading, span, words, most)
    }

    fn cut(reading: &'t Reading, span: Span, words: &Words, most: usize) -> Self {
        let base = span.start();
        let (text, lower) = (span.of(reading.text), span.of(&reading.lower));
        let bytes = text.as_bytes();
        let mut tokens = Vec::with_capacity((text.len() / 4 + 1).min(most));
        let mut roles = Role::NONE;
        let mut at = 0;
        while tokens.len() < most
            && let Some(&byte) = bytes.get(at)
        {
            if byte == b' ' {
                at += 1;
                continue;
            }
            let end = (at + reading.run(base + at)).min(bytes.len());
            if end > at && is_closed(bytes, end) {
                let (known, role) = words.look_up_first(&lower.as_bytes()[at..], end - at);
                let first = if byte.is_ascii_uppercase() { Class::CAPITAL } else { Class::NONE };
                let class = known.and(if byte.is_ascii_digit() { Class::NUMBER } else { first });
                roles = roles.and(role);
                tokens.push(Token { start: at as u32, end: end as u32, class, role });
                // Mostly a space follows.
                at = end + usize::from(bytes.get(end) == Some(&b' '));
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
    pub fn word(&self, index: usize) -> &'t str {
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
    pub fn lower(&self, range: Range<usize>) -> &'t str {
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
        let reading = Reading::new(text);
        let tokens = Tokens::new(&reading, Span::new(0, text.len()), &words);
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
    fn the_first_word_ends_at_white_space_or_a_comma() {
        let words = Words::built_in();
        for (text, word) in
            [("Must, they", "Must"), ("Don’t go", "Don’t"), ("co-operate\u{a0}now", "co-operate"), ("Rigorously", "Rigorously"), (" a", ""), ("", "")]
        {
            let reading = Reading::new(text);
            let opening = reading.opening(Span::new(0, text.len()));
            assert_eq!(reading.of(opening), word);
            assert_eq!(reading.class(opening, &words), words.class_as_written(word));
        }
    }

    #[test]
    fn words_may_go_over_several_blocks() {
        for shift in 0..70 {
            let text = format!("{}{} é be", " ".repeat(shift), "a".repeat(140));
            let reading = Reading::new(&text);
            assert_eq!([0, 139, 140, 141, 144, 500].map(|at| reading.run(shift + at)), [140, 1, 0, 0, 2, 0]);
            assert_eq!(Tokens::new(&reading, Span::new(shift + 139, text.len() - 1), &Words::built_in()).len(), 3);
        }
    }

    #[test]
    fn spans_count_from_the_reading_text() {
        let words = Words::built_in();
        let reading = Reading::new("They said: It must act and");
        let tokens = Tokens::new(&reading, Span::new(11, 22), &words);
        assert_eq!(tokens.len(), 3);
        assert_eq!(tokens.span(1..3), Some(Span::new(14, 22)));
        assert_eq!(tokens.index_at(14), 1);
    }
}
