//! What stands at the start of a line: list markers, note labels, captions, numbers of headings.

/// A list marker at the start of a text: its length in bytes, white space after it included.
#[must_use]
pub fn list_marker(text: &str) -> Option<usize> {
    let (word, rest) = text.split_once(' ')?;
    let numbered = is_decimal(word) && rest.starts_with(|c: char| c.is_uppercase());
    (is_bullet(word) || is_enumerator(word) || numbered).then_some(word.len() + 1)
}

/// "1.2", "2.1.3.", "140.50": the numbers of paragraphs in reports.
fn is_decimal(word: &str) -> bool {
    let number = word.strip_suffix('.').unwrap_or(word);
    let parts = number.split('.').count();
    (2..=4).contains(&parts) && number.split('.').all(|part| (1..=3).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit()))
}

/// The signs that stand before the items of an unnumbered list.
#[must_use]
pub fn is_bullet(word: &str) -> bool {
    let mut chars = word.chars();
    match (chars.next(), chars.next()) {
        (Some(c), None) => matches!(
            c,
            '•' | '◦'
                | '▪'
                | '●'
                | '○'
                | '■'
                | '□'
                | '‣'
                | '➢'
                | '►'
                | '▶'
                | '⁃'
                | '∙'
                | '·'
                | '–'
                | '—'
                | '-'
                | '*'
                | 'o'
                | '✓'
                | '✔'
                | '❖'
                | '➤'
                | '§'
                | '\u{fffd}'
        ),
        _ => false,
    }
}

/// "1.", "12)", "(a)", "iv.", "A.": up to three letters or digits with a closing sign.
#[must_use]
pub fn is_enumerator(word: &str) -> bool {
    let inner = word.strip_prefix('(').unwrap_or(word);
    let Some(inner) = inner.strip_suffix(')').or_else(|| inner.strip_suffix('.')) else { return false };
    let digits = (1..=3).contains(&inner.len()) && inner.bytes().all(|byte| byte.is_ascii_digit());
    let letter = inner.len() == 1 && inner.bytes().all(|byte| byte.is_ascii_alphabetic());
    digits || letter || (is_roman(inner) && inner.len() <= 5)
}

fn is_roman(text: &str) -> bool {
    !text.is_empty() && (text.bytes().all(|byte| matches!(byte, b'i' | b'v' | b'x')) || text.bytes().all(|byte| matches!(byte, b'I' | b'V' | b'X')))
}

/// True for labels that notes carry: up to three digits, a letter, or one of the old signs, repeated or not.
#[must_use]
pub fn is_note_label(text: &str) -> bool {
    let text = text.trim_matches(['[', ']', '(', ')', '.']);
    let digits = (1..=3).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit()) && !text.starts_with('0');
    let letter = text.len() == 1 && text.bytes().all(|byte| byte.is_ascii_lowercase());
    let roman = text.len() <= 6 && is_roman(text);
    digits || letter || roman || is_sign(text)
}

/// The signs that mark notes where there are few of them.
#[must_use]
pub fn is_sign(text: &str) -> bool {
    let mut chars = text.chars();
    let first = chars.next();
    first.is_some_and(|c| matches!(c, '*' | '∗' | '†' | '‡' | '§' | '¶')) && chars.clone().count() < 3 && chars.all(|c| Some(c) == first)
}

/// Digits set as superscript characters, in ordinary digits.
#[must_use]
pub fn plain_digit(c: char) -> Option<char> {
    match c {
        '¹' => Some('1'),
        '²' => Some('2'),
        '³' => Some('3'),
        '⁰' => Some('0'),
        '⁴'..='⁹' => char::from_digit(c as u32 - '⁰' as u32, 10),
        _ => None,
    }
}

/// The number of a heading at its start ("2.1", "III.", "A."), and where the words begin.
#[must_use]
pub fn heading_number(text: &str) -> Option<(&str, usize)> {
    let (word, rest) = text.split_once(' ')?;
    let number = word.trim_end_matches(['.', ')', ':']);
    let parts = number.split('.').count();
    let decimal = number.split('.').all(|part| (1..=2).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit()));
    let closed = word.len() > number.len();
    let other = closed && (is_roman(number) || (number.len() == 1 && number.bytes().all(|byte| byte.is_ascii_uppercase())));
    let fits = (decimal && parts <= 4) || other;
    (fits && rest.starts_with(|c: char| c.is_alphabetic() || matches!(c, '“' | '"' | '‘'))).then(|| (number, word.len() + 1))
}

/// "Figure 2", "Table 3.", "Box 1:" at the start of a text.
#[must_use]
pub fn is_caption(text: &str) -> bool {
    let Some((word, rest)) = text.split_once(' ') else { return false };
    let named = ["figure", "fig.", "table", "chart", "box", "map", "exhibit", "graph"].iter().any(|name| word.eq_ignore_ascii_case(name));
    let number: String = rest.chars().take_while(|c| c.is_alphanumeric() || *c == '.' || *c == '-').collect();
    named && number.len() < 7 && number.chars().any(|c| c.is_ascii_digit()) && !rest[number.len()..].starts_with([',', ')'])
}

/// True for the heading of a contents list.
#[must_use]
pub fn is_contents_heading(text: &str) -> bool {
    let text = text.trim_end_matches(':');
    ["contents", "table of contents", "list of contents", "contents page"].iter().any(|heading| text.eq_ignore_ascii_case(heading))
}

/// True if a text ends in what can be the number of a page, after words.
#[must_use]
pub fn ends_in_page_number(text: &str) -> bool {
    let Some((words, number)) = text.rsplit_once(' ') else { return false };
    let digits = (1..=3).contains(&number.len()) && number.bytes().all(|byte| byte.is_ascii_digit());
    (digits || is_roman(number) && number.len() <= 5) && words.chars().any(char::is_alphabetic)
}

/// A line of a contents list: leaders, then a page number.
#[must_use]
pub fn is_contents(text: &str) -> bool {
    let words = text.trim_end();
    let before = words.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, 'i' | 'v' | 'x'));
    if before.len() == words.len() || words.len() - before.len() > 5 {
        return false;
    }
    let leaders = before.chars().rev().take_while(|c| matches!(c, '.' | ' ' | '…' | '_' | '·' | '-')).filter(|c| *c != ' ').count();
    leaders >= 4 || before.trim_end().ends_with("……")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markers_of_lists() {
        assert_eq!(list_marker("• Fund it"), Some("• ".len()));
        assert_eq!(list_marker("(iv) Fund it"), Some(5));
        assert_eq!(list_marker("12. Fund it"), Some(4));
        assert_eq!(list_marker("140.50 Fund it"), Some(7));
        assert_eq!(list_marker("3.5 million people"), None);
        assert_eq!(list_marker("2021. Fund it"), None);
        assert_eq!(list_marker("Fund it"), None);
    }

    #[test]
    fn labels_of_notes() {
        for label in ["1", "112", "a", "*", "††", "iv"] {
            assert!(is_note_label(label), "{label}");
        }
        for label in ["1990", "th", "†*", "0"] {
            assert!(!is_note_label(label), "{label}");
        }
    }

    #[test]
    fn numbers_of_headings() {
        assert_eq!(heading_number("2.1 Scope"), Some(("2.1", 4)));
        assert_eq!(heading_number("IV. Findings"), Some(("IV", 4)));
        assert_eq!(heading_number("2020 was a year"), None);
    }

    #[test]
    fn lines_of_contents() {
        assert!(is_contents("Introduction ........ 12"));
        assert!(is_contents("Summary . . . . . . iv"));
        assert!(!is_contents("It ended in 2012"));
    }
}
