//! Marks at the start of a line that make it a list item or a note: "-", "•", "(a)", "3.", "[12]", "12 Smith".

/// A marker and where the text after it begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Marker<'a> {
    /// As written: "-", "(a)", "3.".
    pub written: &'a str,
    /// Without brackets and stops.
    pub label: &'a str,
    pub form: Form,
    /// Where the text begins, in bytes.
    pub content: usize,
}

/// The forms that a marker takes; the items of one list have one form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Form {
    /// "-", "•", "–", "*" and the like.
    Bullet(char),
    /// "3."
    Stopped,
    /// "3.1", "3.1."
    Decimal,
    /// "3)"
    HalfEnclosed,
    /// "(3)", "(a)", "(iv)"
    Enclosed,
    /// "[3]"
    Bracketed,
    /// In brackets with a caret, as Markdown labels its notes.
    Caret,
    /// "¹", "^1^"
    Superscript,
    /// "3 Smith": only the context tells that it is one.
    Bare,
    /// "3Smith", "9.In 2002": glued when mark-up was lost.
    Glued,
    /// "a.", "a)"
    Letter,
    /// "iv.", "iv)"
    Roman,
    /// "†", "‡"; an asterisk is a bullet.
    Symbol,
    /// "| 3. | Text |": the first cell of a row of a table that lost its head.
    Cell,
}

const BULLETS: &str = "-*+•●○◦▪■□◆◇►▶▸‣⁃∙·–—−✓✔➢➤❖\u{f0b7}\u{f0a7}\u{f02d}\u{2022}o";

/// Reads the marker at the start of `line`, which has no white space at its start. None if it has none, or nothing after it.
#[must_use]
pub fn read(line: &str) -> Option<Marker<'_>> {
    let first = line.chars().next()?;
    let found = match first {
        '0'..='9' => number(line),
        '[' | '\\' => bracketed(line),
        '(' => enclosed(line),
        '^' | '⁰' | '¹' | '²' | '³' | '⁴'..='⁹' => superscript(line),
        '†' | '‡' | '§' | '¶' => symbol(line, first),
        '|' => cell(line),
        'a'..='z' | 'A'..='Z' => letter(line).or_else(|| bullet(line, first)),
        _ => bullet(line, first),
    }?;
    (found.content < line.len()).then_some(found)
}

/// "| 3. | Text |", the stop or not.
fn cell(line: &str) -> Option<Marker<'_>> {
    let inner = line.strip_prefix("| ")?;
    let digits = inner.bytes().take_while(u8::is_ascii_digit).count();
    let rest = inner[digits..].strip_prefix('.').unwrap_or(&inner[digits..]).strip_prefix(" | ")?;
    let end = line.len() - rest.len();
    (1..=3).contains(&digits).then(|| Marker {
        written: &line[..end],
        label: &inner[..digits],
        form: Form::Cell,
        content: line.len() - rest.trim_start().len(),
    })
}

fn bullet(line: &str, first: char) -> Option<Marker<'_>> {
    if first.is_ascii_alphanumeric() && first != 'o' || !BULLETS.contains(first) {
        return None;
    }
    let size = first.len_utf8();
    let rest = &line[size..];
    // "-5 per cent", "*emphasis*" and "—that is" are no items; signs that are nothing but bullets need no space.
    let glued_fits = !matches!(first, '-' | '*' | '+' | '–' | '—' | '−' | '·' | 'o');
    if !rest.starts_with(char::is_whitespace) && !glued_fits {
        return None;
    }
    Some(Marker { written: &line[..size], label: &line[..size], form: Form::Bullet(first), content: line.len() - rest.trim_start().len() })
}

fn number(line: &str) -> Option<Marker<'_>> {
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    if digits > 4 {
        return None;
    }
    let rest = &line[digits..];
    let label = &line[..digits];
    let make = |length: usize, form| {
        let after = &line[length..];
        Marker { written: line[..length].trim_end(), label, form, content: line.len() - after.trim_start().len() }
    };
    if let Some(after) = rest.strip_prefix('.') {
        if after.starts_with(char::is_whitespace) {
            return Some(make(digits + 1, Form::Stopped));
        }
        if after.starts_with(|c: char| c.is_ascii_digit()) {
            return decimal(line);
        }
        // "9.In 2002"
        let is_glued = after.starts_with(|c: char| c.is_uppercase() || matches!(c, '“' | '"' | '‘')) && digits <= 3;
        return is_glued.then(|| make(digits + 1, Form::Stopped));
    }
    if let Some(after) = rest.strip_prefix(')') {
        return after.starts_with(char::is_whitespace).then(|| make(digits + 1, Form::HalfEnclosed));
    }
    if digits > 3 {
        return None;
    }
    if rest.starts_with(char::is_whitespace) {
        let begins = rest.trim_start().chars().next()?;
        let is_capital = begins.is_uppercase()
            || is_cited_number(rest.trim_start())
            || matches!(begins, '“' | '"' | '‘' | '\'' | '(' | '[' | '§' | '_' | '*')
            || rest.trim_start().starts_with("http");
        return is_capital.then(|| make(digits, Form::Bare));
    }
    let mut after = rest.chars();
    let is_glued = after.next().is_some_and(char::is_uppercase) && after.next().is_some_and(char::is_lowercase);
    is_glued.then(|| make(digits, Form::Glued))
}

/// "2 C.F.R. § 200" after a label: a number before an abbreviation in capitals.
fn is_cited_number(text: &str) -> bool {
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let is_number = (1..=3).contains(&(text.len() - rest.len()));
    let mut chars = rest.trim_start().chars();
    is_number && rest.starts_with(' ') && chars.next().is_some_and(char::is_uppercase) && chars.next() == Some('.')
}

/// "3.1 Text", "3.1. Text".
fn decimal(line: &str) -> Option<Marker<'_>> {
    let length = line.bytes().take_while(|b| b.is_ascii_digit() || *b == b'.').count();
    let label = line[..length].trim_end_matches('.');
    let parts_fit = label.split('.').all(|part| (1..=3).contains(&part.len())) && label.split('.').count() <= 5;
    let rest = &line[length..];
    let divided = rest.starts_with(char::is_whitespace);
    let begins = rest.trim_start().chars().next()?;
    // "1.5 million" is an amount: an item begins with a capital.
    if !parts_fit || !(begins.is_uppercase() || matches!(begins, '“' | '"' | '‘' | '\'' | '(')) || !divided && !begins.is_uppercase() {
        return None;
    }
    Some(Marker { written: &line[..length], label, form: Form::Decimal, content: line.len() - rest.trim_start().len() })
}

/// In brackets, with a caret or without, escaped or not.
fn bracketed(line: &str) -> Option<Marker<'_>> {
    let open = if line.starts_with("\\[") { 2 } else { usize::from(line.starts_with('[')) };
    if open == 0 {
        return None;
    }
    let inner = &line[open..];
    let close = inner.find(']').filter(|&at| at <= 24)?;
    let escaped = usize::from(inner[..close].ends_with('\\'));
    let written = &inner[..close - escaped];
    let (label, form) = match written.strip_prefix('^') {
        Some(label) => (label, Form::Caret),
        None => (written, Form::Bracketed),
    };
    let label_fits = if form == Form::Caret {
        !label.is_empty() && !label.contains(char::is_whitespace)
    } else {
        !label.is_empty()
            && label.len() <= 4
            && (label.bytes().all(|b| b.is_ascii_digit()) || label.chars().count() == 1 && label.chars().all(char::is_alphanumeric))
            || is_endnote_numeral(label)
    };
    if !label_fits {
        return None;
    }
    let mut end = open + close + 1;
    if line[end..].starts_with(':') {
        end += 1;
    } else if line[end..].starts_with('(') {
        return None;
    }
    // "[3] . Text": a stop that mark-up has torn off.
    let rest = line[end..].trim_start();
    let rest = rest.strip_prefix(". ").map_or(rest, str::trim_start);
    Some(Marker { written: &line[..end], label, form, content: line.len() - rest.len() })
}

/// "xiv": how word processors number endnotes.
pub(crate) fn is_endnote_numeral(label: &str) -> bool {
    label.len() <= 7 && label.bytes().all(|byte| matches!(byte, b'i' | b'v' | b'x' | b'l')) && crate::section::numbering::roman(label).is_some()
}

/// "(a) Text", "(iv) Text", "(3) Text".
fn enclosed(line: &str) -> Option<Marker<'_>> {
    let close = line.find(')').filter(|&at| (2..=6).contains(&at))?;
    let label = &line[1..close];
    let fits = label.bytes().all(|b| b.is_ascii_digit()) && label.len() <= 3
        || label.len() <= 2 && label.bytes().all(|b| b.is_ascii_lowercase())
        || label.len() == 1 && label.bytes().all(|b| b.is_ascii_alphabetic())
        || crate::section::numbering::roman(label).is_some();
    let rest = &line[close + 1..];
    if !fits || !rest.starts_with(char::is_whitespace) {
        return None;
    }
    Some(Marker { written: &line[..=close], label, form: Form::Enclosed, content: line.len() - rest.trim_start().len() })
}

/// "¹ Text", "^1^ Text", "^1 Text".
fn superscript(line: &str) -> Option<Marker<'_>> {
    if let Some(rest) = line.strip_prefix('^') {
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let closed = usize::from(rest[digits..].starts_with('^'));
        if digits == 0 || digits > 3 {
            return None;
        }
        let end = 1 + digits + closed;
        return Some(Marker { written: &line[..end], label: &rest[..digits], form: Form::Superscript, content: line.len() - line[end..].trim_start().len() });
    }
    let end = line.find(|c: char| super::apparatus::superscript_digit(c).is_none()).unwrap_or(line.len());
    Some(Marker { written: &line[..end], label: &line[..end], form: Form::Superscript, content: line.len() - line[end..].trim_start().len() })
}

fn symbol(line: &str, first: char) -> Option<Marker<'_>> {
    let end = line.find(|c| c != first).unwrap_or(line.len());
    Some(Marker { written: &line[..end], label: &line[..end], form: Form::Symbol, content: line.len() - line[end..].trim_start().len() })
}

/// "a. Text", "a) Text", "iv. Text".
fn letter(line: &str) -> Option<Marker<'_>> {
    let length = line.bytes().take_while(u8::is_ascii_alphabetic).count();
    let label = &line[..length];
    let closing = line.as_bytes().get(length).copied()?;
    if !matches!(closing, b'.' | b')') || !line[length + 1..].starts_with(char::is_whitespace) {
        return None;
    }
    let form = if length == 1 && label != "i" && (label.as_bytes()[0].is_ascii_lowercase() || closing == b')') {
        Form::Letter
    } else if length <= 5 && label.bytes().all(|b| b.is_ascii_lowercase()) && crate::section::numbering::roman(label).is_some() {
        Form::Roman
    } else {
        return None;
    };
    Some(Marker { written: &line[..=length], label, form, content: line.len() - line[length + 1..].trim_start().len() })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_as(line: &str) -> Option<(&str, Form, &str)> {
        read(line).map(|marker| (marker.label, marker.form, &line[marker.content..]))
    }

    #[test]
    fn reads_markers() {
        assert_eq!(read_as("- item"), Some(("-", Form::Bullet('-'), "item")));
        assert_eq!(read_as("•item"), Some(("•", Form::Bullet('•'), "item")));
        assert_eq!(read_as("(iv) item"), Some(("iv", Form::Enclosed, "item")));
        assert_eq!(read_as("12. Item"), Some(("12", Form::Stopped, "Item")));
        assert_eq!(read_as("9.In 2002"), Some(("9", Form::Stopped, "In 2002")));
        assert_eq!(read_as("3.12  The bill"), Some(("3.12", Form::Decimal, "The bill")));
        assert_eq!(read_as("12 Smith, J."), Some(("12", Form::Bare, "Smith, J.")));
        assert_eq!(read_as("[^3]: Note"), Some(("3", Form::Caret, "Note")));
        assert_eq!(read_as("\\[^3\\]: Note"), Some(("3", Form::Caret, "Note")));
        assert_eq!(read_as("\\[3\\] Note"), Some(("3", Form::Bracketed, "Note")));
        assert_eq!(read_as("| 3. | Note |"), Some(("3", Form::Cell, "Note |")));
        assert_eq!(read_as("[xiv] Note"), Some(("xiv", Form::Bracketed, "Note")));
        assert_eq!(read_as("^4^ Note"), Some(("4", Form::Superscript, "Note")));
        assert_eq!(read_as("¹² Note"), Some(("¹²", Form::Superscript, "Note")));
        assert_eq!(read_as("iv. item"), Some(("iv", Form::Roman, "item")));
    }

    #[test]
    fn spares_what_only_looks_alike() {
        for line in [
            "-5 degrees",
            "*word* here",
            "1.5 million people",
            "2021 was hard",
            "a lot",
            "12 per cent of all",
            "[sic] he said",
            "[Smith](http://a.b)",
            "I. Berlin",
            "—that is",
        ] {
            assert_eq!(read_as(line), None, "{line}");
        }
    }
}
