//! Where sentences end.

use super::abbreviation::{Abbreviation, class_of, is_sentence_starter};

/// The furthest that the word before a stop is looked for, in bytes: longer ones are no abbreviations.
const WORD_REACH: usize = 48;

/// Gives the ends of sentences in one line of text, as byte offsets just after the last character, the end of the text left out.
pub struct Boundaries<'t> {
    text: &'t str,
    at: usize,
    /// Where the current sentence starts.
    start: usize,
    /// The text may hold "…".
    has_ellipsis: bool,
}

/// A run of stops: ".", "?!", "...", ". . .", "…".
struct Stops {
    start: usize,
    end: usize,
    /// Dots in the run; "…" counts three.
    dots: usize,
    /// It has "!" or "?".
    emphatic: bool,
    /// White space stands inside the run (". . .").
    spaced: bool,
}

impl<'t> Boundaries<'t> {
    pub fn new(text: &'t str, has_ellipsis: bool) -> Self {
        let start = text.len() - text.trim_start().len();
        Self { text, at: start, start, has_ellipsis }
    }

    fn next_stops(&self) -> Option<Stops> {
        let bytes = self.text.as_bytes();
        let mut at = self.at;
        loop {
            let rest = bytes.get(at..)?;
            at += if self.has_ellipsis {
                rest.iter().position(|&byte| matches!(byte, b'.' | b'!' | b'?' | 0xe2))?
            } else {
                memchr::memchr3(b'.', b'!', b'?', rest)?
            };
            if self.stop_length(at).is_some() {
                return Some(self.stops_from(at));
            }
            at += 1;
        }
    }

    /// The length in bytes of the stop character at `at`, if there is one.
    fn stop_length(&self, at: usize) -> Option<usize> {
        match self.text.as_bytes().get(at)? {
            b'.' | b'!' | b'?' => Some(1),
            0xe2 if self.text.get(at..)?.starts_with('…') => Some('…'.len_utf8()),
            _ => None,
        }
    }

    fn stops_from(&self, start: usize) -> Stops {
        let bytes = self.text.as_bytes();
        let mut stops = Stops { start, end: start, dots: 0, emphatic: false, spaced: false };
        loop {
            let Some(length) = self.stop_length(stops.end) else { return stops };
            match bytes[stops.end] {
                b'.' => stops.dots += 1,
                b'!' | b'?' => stops.emphatic = true,
                _ => stops.dots += 3,
            }
            stops.end += length;
            // ". . ." is one run: a dot may follow after one space.
            if bytes.get(stops.end) == Some(&b' ')
                && bytes.get(stops.end + 1) == Some(&b'.')
                && !stops.emphatic
                && bytes.get(stops.end + 2).is_none_or(|&b| b == b' ' || b == b'.' || b >= 0x80)
            {
                stops.spaced = true;
                stops.end += 1;
            }
        }
    }

    /// The end of the sentence if one ends at these stops.
    fn sentence_end(&self, stops: &Stops) -> Option<usize> {
        if let Some(ends) = self.plain_end(stops) {
            return ends.then_some(stops.end);
        }
        let before = self.text[..stops.start].chars().next_back();
        // "[...]" and "(...)" leave words out; they end nothing.
        if stops.dots > 1 && matches!(before, Some('[' | '(')) {
            return None;
        }
        let closed = self.after_closers(stops.end);
        let marked = self.after_note_mark(closed, before);
        let rest = self.text.get(marked..)?;
        let following = rest.trim_start();
        if following.is_empty() {
            return None;
        }
        if following.len() == rest.len() {
            let glued = marked == stops.end && self.is_glued_sentence(before, rest);
            return glued.then_some(marked);
        }
        let next = following.trim_start_matches(is_opener);
        let next_character = next.chars().next()?;
        // "opened in spring. (ii) Ferries": a label opens the next item.
        if enclosed_label(following).is_some() {
            return Some(marked);
        }
        if next_character.is_lowercase() || matches!(next_character, '&' | ',' | ';' | ')' | ']' | '.') {
            return None;
        }
        if stops.spaced {
            return self.spaced_end(stops, before, marked, next);
        }
        if stops.emphatic {
            return Some(marked);
        }
        if stops.dots == 3 {
            return (is_sentence_starter(first_word(next))).then_some(marked);
        }
        self.full_stop_ends(stops.start, closed > stops.end, next).then_some(marked)
    }

    /// Whether a sentence ends at these stops where what follows is nothing, or a space and a letter of ASCII, as it mostly is; none where more must be looked at.
    #[inline]
    fn plain_end(&self, stops: &Stops) -> Option<bool> {
        match self.text.as_bytes().get(stops.end..)? {
            [] | [b' ', b'a'..=b'z', ..] => Some(false),
            [b' ', b'A'..=b'Z', ..] if stops.dots == 1 && !stops.emphatic && !stops.spaced => {
                Some(self.full_stop_ends(stops.start, false, &self.text[stops.end + 1..]))
            }
            _ => None,
        }
    }

    /// ". . ." before a capital: a glued first dot ended the sentence and the rest belongs to the next; four dots end it; three only before a starter.
    fn spaced_end(&self, stops: &Stops, before: Option<char>, marked: usize, next: &str) -> Option<usize> {
        let glued = before.is_some_and(|c| !c.is_whitespace()) && self.text.as_bytes().get(stops.start + 1) == Some(&b' ');
        match stops.dots {
            4 if glued => Some(stops.start + 1),
            4 => Some(marked),
            _ => is_sentence_starter(first_word(next)).then_some(marked),
        }
    }

    /// Skips closing quotation marks and brackets, and emphasis marks.
    fn after_closers(&self, at: usize) -> usize {
        let rest = &self.text[at..];
        at + (rest.len() - rest.trim_start_matches(['"', '”', '’', '\'', '»', ')', ']', '*', '_']).len())
    }

    /// Skips a note mark glued to a stop: "plans.1 In", "plans.[3] In".
    fn after_note_mark(&self, at: usize, before: Option<char>) -> usize {
        if !before.is_some_and(|c| c.is_lowercase() || matches!(c, '”' | '’' | '"' | ')' | '%')) {
            return at;
        }
        let rest = &self.text.as_bytes()[at..];
        let bracket = usize::from(rest.first() == Some(&b'['));
        let digits = rest[bracket..].iter().take_while(|byte| byte.is_ascii_digit() || matches!(byte, b',' | b'-')).count();
        let end = bracket + digits + bracket;
        let closed = bracket == 0 || rest.get(bracket + digits) == Some(&b']');
        let is_mark = (1..=3 + 4 * bracket).contains(&digits) && closed && rest[bracket].is_ascii_digit() && rest.get(end).is_none_or(u8::is_ascii_whitespace);
        if is_mark { at + end } else { at }
    }

    /// "the region.The alliance": a lost space. Only before a word that begins sentences, since "Data.gov" and "p.The" occur.
    fn is_glued_sentence(&self, before: Option<char>, rest: &str) -> bool {
        let word = first_word(rest);
        before.is_some_and(char::is_lowercase) && word.len() >= 3 && is_sentence_starter(word) && rest[word.len()..].starts_with(' ')
    }

    /// True if the full stop at `stop` ends a sentence, `next` being what follows, opening quotation marks and brackets left out.
    fn full_stop_ends(&self, stop: usize, closed: bool, next: &str) -> bool {
        let word_start = self.word_start(stop);
        let word = &self.text[word_start..stop];
        if self.is_label(word_start, word) {
            return false;
        }
        if closed {
            return true;
        }
        if is_initial(word) {
            return self.initial_ends(word_start, word, next);
        }
        match class_of(word) {
            None => true,
            Some(Abbreviation::Inside) => false,
            Some(Abbreviation::BeforeNumber) => !is_number_like(next),
            Some(Abbreviation::MayEnd) => is_sentence_starter(first_word(next)),
            Some(Abbreviation::Time) => !self.is_introductory_phrase(stop),
        }
    }

    /// "you and I. Did": the pronoun ends a sentence; "Annex B. The": so does a letter before a word that begins sentences; "Jonas E. Smith" does not.
    fn initial_ends(&self, word_start: usize, word: &str, next: &str) -> bool {
        let previous = last_word(&self.text[self.start..word_start]);
        let pronoun = word == "I" && previous.chars().next().is_some_and(char::is_lowercase);
        pronoun || is_sentence_starter(first_word(next))
    }

    /// A number or letter that stands first in the sentence labels it: "1. The first item".
    fn is_label(&self, word_start: usize, word: &str) -> bool {
        let first = self.text[self.start..word_start].chars().all(|c| !c.is_alphanumeric());
        let word = word.trim_start_matches(is_bullet);
        let number = word.len() <= 6 && word.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
        let numeral = word.len() <= 4 && word.bytes().all(|byte| matches!(byte, b'i' | b'v' | b'x' | b'I' | b'V' | b'X'));
        let letter = word.len() == 1 && word.bytes().all(|byte| byte.is_ascii_alphabetic());
        first && !word.is_empty() && (number || numeral || letter)
    }

    /// "At 5 a.m. Mr. Smith went": so far only a preposition and its time.
    fn is_introductory_phrase(&self, stop: usize) -> bool {
        let so_far = &self.text[self.start..stop];
        let preposition = matches!(first_word(so_far), "At" | "By" | "On" | "Before" | "After" | "Around" | "Until" | "From" | "Since");
        preposition && so_far.split_ascii_whitespace().nth(3).is_none()
    }

    fn word_start(&self, stop: usize) -> usize {
        let mut reach = stop.saturating_sub(WORD_REACH).max(self.start);
        let divides = |byte: u8| matches!(byte, b' ' | b'\t'..=b'\r' | b'"' | b'\'' | b'(' | b'[' | b'*' | b'_' | b'/' | b',') || byte >= 0x80;
        match self.text.as_bytes()[reach..stop].iter().rposition(|&byte| divides(byte)) {
            Some(at) if self.text.as_bytes()[reach + at] < 0x80 => return reach + at + 1,
            None => return reach,
            // A letter outside ASCII may belong to the word.
            Some(_) => {}
        }
        while !self.text.is_char_boundary(reach) {
            reach += 1;
        }
        let window = &self.text[reach..stop];
        let length = window.len()
            - window
                .rfind(|c: char| c.is_whitespace() || is_opener(c) || matches!(c, '/' | ','))
                .map_or(0, |at| at + window[at..].chars().next().map_or(1, char::len_utf8));
        stop - length
    }
}

impl Iterator for Boundaries<'_> {
    type Item = usize;

    fn next(&mut self) -> Option<usize> {
        while let Some(stops) = self.next_stops() {
            self.at = stops.end;
            if let Some(end) = self.sentence_end(&stops) {
                self.at = self.at.max(end);
                let rest = &self.text[end..];
                self.start = end + (rest.len() - rest.trim_start().len());
                return Some(end);
            }
        }
        self.at = self.text.len();
        None
    }
}

/// The letter or numeral in brackets before a capital: "(ii) Ferries", "(b) The".
pub fn enclosed_label(text: &str) -> Option<&str> {
    /// Of a label, in bytes: no bracket further on is looked for.
    const MOST: usize = 5;
    let inner = text.strip_prefix('(')?;
    let close = inner.bytes().take(MOST + 1).position(|byte| byte == b')')?;
    let (label, rest) = (&inner[..close], &inner[close + 1..]);
    let letter = label.len() == 1 && label.bytes().all(|byte| byte.is_ascii_lowercase());
    let numeral = label.len() >= 2 && label.bytes().all(|byte| matches!(byte, b'i' | b'v' | b'x'));
    ((letter || numeral) && rest.starts_with(' ') && rest.trim_start().starts_with(char::is_uppercase)).then_some(label)
}

fn is_opener(c: char) -> bool {
    matches!(c, '"' | '“' | '‘' | '\'' | '«' | '(' | '[' | '*' | '_' | '—' | '–')
}

/// Marks of list items, which may be glued to a number.
fn is_bullet(c: char) -> bool {
    matches!(c, '•' | '⁃' | '▪' | '●' | '◦' | '‣' | '·' | '-' | '–')
}

fn is_initial(word: &str) -> bool {
    let mut characters = word.chars();
    characters.next().is_some_and(char::is_uppercase) && characters.next().is_none()
}

/// A number, a numeral, or a letter and number: what follows "No.", "Art.", "Fig.".
fn is_number_like(next: &str) -> bool {
    let word = next.split(|c: char| c.is_whitespace() || matches!(c, '.' | ',' | ')' | ']' | ':' | ';')).next().unwrap_or_default();
    let numeral = !word.is_empty() && word.bytes().all(|byte| matches!(byte, b'I' | b'V' | b'X' | b'L' | b'C'));
    numeral || word.bytes().any(|byte| byte.is_ascii_digit()) || next.starts_with('§')
}

fn first_word(text: &str) -> &str {
    let end = text.find(|c: char| !(c.is_alphanumeric() || matches!(c, '’' | '\''))).unwrap_or(text.len());
    &text[..end]
}

fn last_word(text: &str) -> &str {
    text.split_ascii_whitespace().next_back().unwrap_or_default()
}
