//! Markers on a line of their own, with their text below: what programs that read the text out of PDFs make of hanging numbers.

use super::line::Line;
use super::wrap;
use crate::ingest::marker;
use crate::ingest::shape::{self, Shape};
use crate::section::numbering;

/// The longest marker, in bytes: "Appendix XVIII".
const LONGEST: usize = 16;
/// Titles of chapters are not longer than this in one line, in bytes.
const LONGEST_TITLE: usize = 110;

/// Longer lines are no titles, whatever their capitals.
const MOST_WORDS: usize = 8;
/// A paragraph that does not end within so many lines is looked at no further.
const MOST_LINES: usize = 8;

/// What stands alone on its line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Detached {
    /// "12.", "2.1", "A.", "IV.": of a heading or a numbered paragraph, which begin with a capital.
    Number,
    /// "(a)": of an item.
    Item,
    /// "•", which may stand apart from its text.
    Bullet,
    /// "Chapter 3", "ANNEX A": of a title.
    Unit,
}

/// True if the line `at` is a marker whose text begins in the line after it. `tail` tells that the line before may run on into it.
#[must_use]
pub fn binds_next(source: &str, lines: &[Line], at: usize, tail: bool) -> bool {
    let [line, next, ..] = lines[at..] else { return false };
    let text = line.text(source);
    if text.len() > LONGEST || line.page != next.page {
        return false;
    }
    let Some(found) = detached(text) else { return false };
    let below = next.text(source);
    if tail || detached(below).is_some() || marker::read(below).is_some() || wrap::is_rule(below) || wrap::has_leader(below) {
        return false;
    }
    let begins = below.starts_with(|c: char| c.is_uppercase() || matches!(c, '“' | '"' | '‘'));
    match found {
        Detached::Item | Detached::Bullet => {
            (found == Detached::Bullet || !next.after_blank) && below.starts_with(|c: char| c.is_alphabetic() || matches!(c, '“' | '"' | '‘' | '['))
        }
        Detached::Number => begins,
        Detached::Unit => {
            let stands_alone = lines.get(at + 2).is_none_or(|after| after.after_blank || after.page != next.page);
            let shape = Shape::of(below);
            let titled = shape.is_title_case() || shape.all_capitals;
            begins && (stands_alone || titled) && below.len() <= LONGEST_TITLE && !shape::ends_sentence(below) && numbering::split(below).is_none()
        }
    }
}

/// True if the line `at` goes on with a numbered paragraph whose column is narrower than the text: every paragraph of such a list begins with its
/// number, so one that breaks off goes on, if it comes to an end before the next.
#[must_use]
pub fn goes_on(source: &str, lines: &[Line], at: usize, width: Option<u32>) -> bool {
    let Some(before) = at.checked_sub(1).map(|before| lines[before]) else { return false };
    let last = before.text(source);
    if shape::ends_sentence(last) || width.is_none_or(|width| before.width * 2 <= width) || is_title(last) {
        return false;
    }
    let rest = lines[at..].iter().enumerate().take_while(|(place, line)| *place == 0 || !line.after_blank).map(|(_, line)| line.text(source));
    rest.take(MOST_LINES).take_while(|text| detached(text).is_none()).any(shape::ends_sentence)
}

/// True for a marker with nothing beside it.
#[must_use]
pub fn is_alone(text: &str) -> bool {
    text.len() <= LONGEST && detached(text).is_some()
}

fn is_title(text: &str) -> bool {
    let shape = Shape::of(text);
    shape.is_title_case() && shape.words <= MOST_WORDS
}

fn detached(text: &str) -> Option<Detached> {
    if let Some((word, number)) = text.split_once(' ') {
        // With a word below it, "Chapter 3" is the number of a heading.
        let named = numbering::is_unit(word) && word.starts_with(|c: char| c.is_uppercase()) && is_label(number.trim_end_matches([':', '.']));
        return named.then_some(Detached::Unit);
    }
    if let Some(label) = text.strip_suffix(')') {
        let label = label.strip_prefix('(').unwrap_or(label);
        return (label.len() <= 3 && (is_label(label) || label.len() == 1 && label.bytes().all(|b| b.is_ascii_lowercase()))).then_some(Detached::Item);
    }
    let mut chars = text.chars();
    if let (Some(sign), None) = (chars.next(), chars.next()) {
        return matches!(sign, '•' | '●' | '▪' | '■' | '◦' | '○' | '▶' | '➢' | '\u{f0b7}' | '\u{f0a7}').then_some(Detached::Bullet);
    }
    let label = text.trim_end_matches('.');
    let parts = label.split('.').all(|part| (1..=3).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit()));
    let numbered = parts && (label.contains('.') || text.len() == label.len() + 1);
    let lettered = text.len() == label.len() + 1 && is_label(label);
    (numbered || lettered).then_some(Detached::Number)
}

/// "3", "IV", "A", "iv".
fn is_label(label: &str) -> bool {
    let digits = (1..=3).contains(&label.len()) && label.bytes().all(|b| b.is_ascii_digit());
    let letter = label.len() == 1 && label.bytes().all(|b| b.is_ascii_uppercase());
    let numeral = || numbering::roman(label).is_some() && (label.bytes().all(|b| b.is_ascii_uppercase()) || label.bytes().all(|b| b.is_ascii_lowercase()));
    digits || letter || numeral()
}

#[cfg(test)]
mod tests {
    use super::super::line::lines;
    use super::*;

    fn binds(source: &str) -> bool {
        binds_next(source, &lines(source).0, 0, false)
    }

    #[test]
    fn numbers_above_their_text() {
        for source in ["2.\n\nRivers of the North\n", "13.\nThe ports are open.\n", "A.\n\nPorts\n", "2.1\nPorts\n", "(a)\nthe ports;\n", "•\n\nports\n"] {
            assert!(binds(source), "{source}");
        }
        for source in ["12\n\nRivers of the North\n", "1.\n2.\n", "3.\nper cent\n", "(a)\n\nAnd then\n", "2014\nPorts\n"] {
            assert!(!binds(source), "{source}");
        }
    }

    #[test]
    fn a_numbered_paragraph_in_a_narrow_column_goes_on() {
        let item = lines("14.9\nConsider joining the protocol to the northern\nCovenant on Ports and Rivers (Norway);\n").0;
        let source = "14.9\nConsider joining the protocol to the northern\nCovenant on Ports and Rivers (Norway);\n";
        assert!(goes_on(source, &item, 2, Some(70)));
        let headings = "4.3\nManagement of rivers at the northern ports\nThe line of boats\n4.4\nThe boats wait.\n";
        assert!(!goes_on(headings, &lines(headings).0, 2, Some(70)));
    }

    #[test]
    fn units_above_their_title() {
        assert!(binds("Chapter 3\n\nDams and locks of the north\n\nThe dams are old.\n"));
        assert!(binds("ANNEX A\nThe Dams\nThe dams are old.\n"));
        assert!(!binds("Part II\nThe dams are old, and the locks of the north are older than\nthe dams.\n"));
        assert!(!binds("Section 3\n3.1 Dams\n\nThe dams are old.\n"));
    }
}
