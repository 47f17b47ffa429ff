//! Lists written in one line: "1. The first item 2. The second item", "• one • two". Each item is a sentence of its own.

/// The most items looked for in one line.
const MOST_ITEMS: usize = 10_000;

/// How a list counts its items.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Style {
    Bullet(char),
    Number,
    Letter,
}

/// What stands after a number or letter: ".", ")" or ".)".
type Closing<'t> = &'t str;

/// The byte offsets at which the second and later items of a list begin, if `text` is one; empty for other text.
pub fn items(text: &str) -> Vec<usize> {
    let text_start = text.len() - text.trim_start().len();
    let Some((style, mut value, closing)) = marker(&text[text_start..]) else { return Vec::new() };
    if let Style::Bullet(bullet) = style {
        return bullets(text, text_start, bullet);
    }
    let mut found = Vec::new();
    let mut at = text_start;
    while let Some(next) = find_marker(text, at + 1, style, value + 1, closing) {
        found.push(next);
        value += 1;
        at = next;
        if found.len() == MOST_ITEMS {
            break;
        }
    }
    if is_plausible(text, text_start, &found, closing) { found } else { Vec::new() }
}

/// Two items in a row are a list; with a stop alone as closing, one is enough only after a finished sentence or a few words, since "phase 2. The state" occurs.
fn is_plausible(text: &str, start: usize, found: &[usize], closing: Closing) -> bool {
    match found {
        [] => false,
        [only] => {
            let before = text[start..*only].trim_end();
            closing != "." || before.ends_with(['.', ';', '!', '?']) || before.split_ascii_whitespace().count() <= 5
        }
        _ => true,
    }
}

fn bullets(text: &str, start: usize, bullet: char) -> Vec<usize> {
    text.match_indices(bullet).map(|(at, _)| at).filter(|&at| at > start && text[..at].ends_with(char::is_whitespace)).take(MOST_ITEMS).collect()
}

/// The style, value and closing of the marker at the start of `text`.
fn marker(text: &str) -> Option<(Style, u32, Closing<'_>)> {
    let first = text.chars().next()?;
    if matches!(first, '•' | '⁃' | '▪' | '●' | '◦' | '‣') {
        return Some((Style::Bullet(first), 0, ""));
    }
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let (style, value, length) = if (1..=3).contains(&digits) {
        (Style::Number, text[..digits].parse().ok()?, digits)
    } else if first.is_ascii_lowercase() {
        (Style::Letter, u32::from(first), 1)
    } else {
        return None;
    };
    Some((style, value, closing(&text[length..])?))
}

fn closing(rest: &str) -> Option<Closing<'_>> {
    let mark = [".)", ")", "."].into_iter().find(|mark| rest.starts_with(mark))?;
    let next = rest[mark.len()..].chars().next()?;
    next.is_whitespace().then(|| &rest[..mark.len()])
}

fn find_marker(text: &str, from: usize, style: Style, value: u32, closing: Closing) -> Option<usize> {
    let label = match style {
        Style::Letter => char::from_u32(value).filter(char::is_ascii_lowercase)?.to_string(),
        _ => value.to_string(),
    };
    let wanted = format!(" {label}{closing} ");
    let rest = text.get(from..)?;
    let at = from + memchr::memmem::find(rest.as_bytes(), wanted.as_bytes())? + 1;
    let after = text[at + wanted.len() - 1..].trim_start().chars().next()?;
    (after.is_alphabetic() || after == '“' || after == '"').then_some(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_that_ends_a_sentence_starts_no_item() {
        assert!(items("1. In 2019 the long-delayed plan reached phase 2. The state took over.").is_empty());
    }

    #[test]
    fn finds_numbered_lettered_and_bulleted_items() {
        assert_eq!(items("1) one 2) two").len(), 1);
        assert_eq!(items("a. one b. two c. three").len(), 2);
        assert_eq!(items("• one • two").len(), 1);
    }
}
