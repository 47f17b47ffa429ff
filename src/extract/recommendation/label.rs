//! Labels of recommendations: "Recommendation 3:", "Action 01 –", "R2.", "(Recommendation 4)".

/// What a label is called, in lower case.
const NAMES: [&str; 8] =
    ["recommendation", "action", "proposal", "measure", "policy recommendation", "key recommendation", "priority recommendation", "policy option"];

/// A label at the start of a text: its length in bytes with the mark and space after it, and the length of the label alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Label {
    pub taken: usize,
    pub len: usize,
}

/// Reads a label at the start of `text`. A name alone counts only before a colon, a name with a number before any mark or the end.
#[must_use]
pub fn label(text: &str) -> Option<Label> {
    // Most sentences begin with another letter.
    if !matches!(text.as_bytes().first()?.to_ascii_lowercase(), b'r' | b'a' | b'p' | b'm' | b'k') {
        return None;
    }
    let begins = |name: &&&str| text.get(..name.len()).is_some_and(|head| head.eq_ignore_ascii_case(name));
    let name = NAMES.iter().filter(begins).max_by_key(|name| name.len())?;
    let mut at = name.len();
    if text.as_bytes().get(at) == Some(&b's') {
        return None;
    }
    let rest = text.get(at..)?;
    let number = rest.trim_start_matches([' ', '\u{a0}']);
    let gap = rest.len() - number.len();
    let number_len = number_length(number);
    if number_len > 0 && gap > 0 {
        at += gap + number_len;
    }
    let numbered = number_len > 0 && gap > 0;
    let after = text.get(at..)?;
    let trimmed = after.trim_start_matches([' ', '\u{a0}']);
    let mark = trimmed.chars().next();
    let is_mark = matches!(mark, Some(':' | '.' | '–' | '—' | '-' | ')' | '|'));
    match mark {
        None => numbered.then_some(Label { taken: text.len(), len: at }),
        Some(mark) if is_mark && (numbered || mark == ':') => {
            let taken = text.len() - trimmed.len() + mark.len_utf8();
            let rest = text.get(taken..)?;
            Some(Label { taken: taken + (rest.len() - rest.trim_start().len()), len: at })
        }
        // "Recommendation 4 The ministry should": a number and then a capital.
        Some(c) if numbered && c.is_uppercase() && trimmed.len() < after.len() => Some(Label { taken: text.len() - trimmed.len(), len: at }),
        Some(_) => None,
    }
}

/// "3", "1.2", "4a", "IV", "12(b)".
fn number_length(text: &str) -> usize {
    let digits = text.bytes().take_while(|byte| byte.is_ascii_digit() || *byte == b'.').count();
    if digits > 0 && text.as_bytes()[0].is_ascii_digit() {
        let bytes = text.as_bytes();
        let lone = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_alphabetic) && !bytes.get(at + 1).is_some_and(u8::is_ascii_alphanumeric);
        // "1.a"
        if bytes[digits - 1] == b'.' && lone(digits) && bytes[digits].is_ascii_lowercase() {
            return digits + 1;
        }
        let digits = text[..digits].trim_end_matches('.').len();
        // "12(b)", "3-2"
        if bytes.get(digits) == Some(&b'(') && lone(digits + 1) && bytes.get(digits + 2) == Some(&b')') {
            return digits + 3;
        }
        if bytes.get(digits) == Some(&b'-') {
            let second = bytes[digits + 1..].iter().take_while(|byte| byte.is_ascii_digit()).count();
            if second > 0 {
                return digits + 1 + second;
            }
        }
        let letter = text[digits..].bytes().next().is_some_and(|byte| byte.is_ascii_lowercase())
            && !text.as_bytes().get(digits + 1).is_some_and(u8::is_ascii_alphanumeric);
        return digits + usize::from(letter);
    }
    let roman = text.bytes().take_while(|byte| matches!(byte, b'I' | b'V' | b'X')).count();
    if roman > 0 && !text.as_bytes().get(roman).is_some_and(u8::is_ascii_alphanumeric) { roman } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(text: &str) -> Option<(&str, &str)> {
        label(text).map(|label| (&text[..label.len], &text[label.taken..]))
    }

    #[test]
    fn reads_labels_with_and_without_number() {
        assert_eq!(parts("Recommendation 3: Act now."), Some(("Recommendation 3", "Act now.")));
        assert_eq!(parts("Recommendation 1.2 – Act."), Some(("Recommendation 1.2", "Act.")));
        assert_eq!(parts("Action 01: Act."), Some(("Action 01", "Act.")));
        assert_eq!(parts("Recommendation: Act."), Some(("Recommendation", "Act.")));
        assert_eq!(parts("Recommendation 1.b: Act."), Some(("Recommendation 1.b", "Act.")));
        assert_eq!(parts("Recommendation 2(a): Act."), Some(("Recommendation 2(a)", "Act.")));
        assert_eq!(parts("Recommendation 3-2: Act."), Some(("Recommendation 3-2", "Act.")));
        assert_eq!(parts("RECOMMENDATION 7"), Some(("RECOMMENDATION 7", "")));
        assert_eq!(parts("Recommendation 4. The ministry acts."), Some(("Recommendation 4", "The ministry acts.")));
    }

    #[test]
    fn the_first_letters_of_all_names_are_known() {
        assert!(NAMES.iter().all(|name| label(&format!("{name}: Act.")).is_some()));
    }

    #[test]
    fn words_that_only_look_like_labels_are_none() {
        assert_eq!(parts("Recommendation 3 was accepted."), None);
        assert_eq!(parts("Recommendations: see below."), None);
        assert_eq!(parts("Action is needed."), None);
    }
}
