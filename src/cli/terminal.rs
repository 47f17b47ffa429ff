//! Text for a terminal: styles, wrapping, and nothing in a document that could steer the terminal.

use std::borrow::Cow;

use anstyle::{AnsiColor, Style};

pub const ERROR: Style = AnsiColor::Red.on_default().bold();
pub const TITLE: Style = Style::new().bold();
pub const NAME: Style = AnsiColor::Cyan.on_default();
pub const MUST: Style = AnsiColor::Red.on_default();
pub const SHOULD: Style = AnsiColor::Yellow.on_default();
pub const COULD: Style = AnsiColor::Green.on_default();
pub const FAINT: Style = Style::new().dimmed();

/// Columns where the terminal does not tell.
const WIDTH: usize = 100;
const WIDEST: usize = 120;

/// `text` in a style.
pub fn styled(style: Style, text: &str) -> String {
    format!("{style}{text}{style:#}")
}

/// Replaces control characters (which could move the cursor or change colours) and bidirectional controls (which could reorder what is shown).
pub fn harmless(text: &str) -> Cow<'_, str> {
    let is_unsafe =
        |c: char| (c.is_control() && c != '\n') || matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    if text.contains(is_unsafe) {
        return Cow::Owned(
            text.chars()
                .map(|c| {
                    if c == '\t' {
                        ' '
                    } else if is_unsafe(c) {
                        '\u{fffd}'
                    } else {
                        c
                    }
                })
                .collect(),
        );
    }
    Cow::Borrowed(text)
}

/// The width to write in.
pub fn width() -> usize {
    let columns = std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
    columns.unwrap_or(WIDTH).clamp(40, WIDEST)
}

/// `text` broken at spaces into lines of at most `width` characters, each after `indent`, the first after `first`.
/// Unsafe characters are replaced.
pub fn wrapped(text: &str, first: &str, indent: usize, width: usize) -> String {
    let text = harmless(text);
    let room = width.saturating_sub(indent).max(20);
    let mut out = String::from(first);
    let mut used = 0;
    for word in text.split_whitespace() {
        let length = word.chars().count();
        if used > 0 && used + 1 + length > room {
            out.push('\n');
            out.extend(std::iter::repeat_n(' ', indent));
            used = 0;
        }
        if used > 0 {
            out.push(' ');
            used += 1;
        }
        out.push_str(word);
        used += length;
    }
    out
}

/// A number with its thousands apart: 12,345.
pub fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_cannot_steer_the_terminal() {
        assert_eq!(harmless("a\u{1b}[2Jb\u{202e}c\td"), "a\u{fffd}[2Jb\u{fffd}c d");
        assert!(matches!(harmless("plain — “text”\n"), Cow::Borrowed(_)));
    }

    #[test]
    fn lines_are_broken_at_spaces() {
        let text = wrapped("one two three four five six seven", "- ", 2, 22);
        assert_eq!(text, "- one two three four\n  five six seven");
    }

    #[test]
    fn thousands_are_set_apart() {
        assert_eq!([0, 999, 1000, 1_234_567].map(grouped), ["0", "999", "1,000", "1,234,567"]);
    }
}
