//! What note labels look like.

/// The label that a mark or a note shows, without brackets and full stop: "12", "iv", "a", "*". Letters and Roman numerals count only if `sure`, that is
/// if something else says that this is a mark.
pub(super) fn of(text: &str, sure: bool) -> Option<String> {
    let inner = text.trim().trim_matches(|c: char| matches!(c, '[' | ']' | '(' | ')' | '{' | '}' | '.' | ',' | ':' | ';') || c.is_whitespace());
    let inner = ["Note ", "note ", "fn ", "Fn ", "FN "].iter().find_map(|word| inner.strip_prefix(word)).unwrap_or(inner).trim();
    let length = inner.chars().count();
    let fits = match inner.chars().next()? {
        '0'..='9' => length <= 4 && inner.chars().all(|c| c.is_ascii_digit()),
        '*' | '†' | '‡' | '§' | '¶' | '#' => length <= 3 && inner.chars().all(|c| matches!(c, '*' | '†' | '‡' | '§' | '¶' | '#')),
        'i' | 'v' | 'x' | 'l' if sure && length <= 7 => inner.chars().all(|c| matches!(c, 'i' | 'v' | 'x' | 'l' | 'c')),
        c if sure && c.is_alphabetic() => length == 1,
        c if is_superscript(c) => length <= 4 && inner.chars().all(is_superscript),
        _ => false,
    };
    fits.then(|| inner.chars().map(plain_digit).collect())
}

/// True if a raised number after this text is a note mark: not an exponent ("10²", "km²").
pub(super) fn can_follow(before: &str) -> bool {
    let before = before.trim_end();
    let Some(last) = before.chars().next_back() else { return false };
    let word = &before[before.trim_end_matches(char::is_alphabetic).len()..];
    let measured = before[..before.len() - word.len()].trim_end().ends_with(|c: char| c.is_ascii_digit());
    let unit = matches!(word, "m" | "km" | "cm" | "mm" | "ft" | "mi" | "nm" | "R") || measured && word.len() <= 2 && !word.is_empty();
    !last.is_ascii_digit() && !unit
}

fn is_superscript(c: char) -> bool {
    matches!(c, '¹' | '²' | '³' | '⁰' | '⁴'..='⁹')
}

fn plain_digit(c: char) -> char {
    const DIGITS: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
    DIGITS.iter().position(|&digit| digit == c).and_then(|digit| char::from_digit(digit as u32, 10)).unwrap_or(c)
}

#[cfg(test)]
mod tests {
    use super::{can_follow, of};

    #[test]
    fn exponents_are_no_marks() {
        assert!(can_follow("the plan.") && can_follow("in the EU") && can_follow("“so”"));
        assert!(!can_follow("5 km") && !can_follow("per km") && !can_follow("10") && !can_follow(""));
    }

    #[test]
    fn tells_labels_from_words() {
        assert_eq!(of(" [12] ", false).as_deref(), Some("12"));
        assert_eq!(of("³", false).as_deref(), Some("3"));
        assert_eq!(of("†", false).as_deref(), Some("†"));
        assert_eq!(of("iv", true).as_deref(), Some("iv"));
        assert_eq!(of("iv", false), None);
        assert_eq!(of("here", true), None);
        assert_eq!(of("20210", true), None);
    }
}
