//! What stands before a reference and is no part of it: labels and introductory signals.

/// Words that introduce a citation, longest first where one begins another (The Bluebook, rule 1.2; OSCOLA 1.2; Chicago 14.37).
const SIGNALS: [&str; 50] = [
    "available at:",
    "available at ",
    "available from ",
    "as per ",
    "see, for example,",
    "see for example",
    "see, for instance,",
    "see for instance",
    "see, e.g.,",
    "see, e.g.",
    "see e.g.,",
    "see e.g.:",
    "see e.g.",
    "see eg",
    "see, among others,",
    "see, inter alia,",
    "see inter alia",
    "see also, e.g.,",
    "see also:",
    "see, also,",
    "see also",
    "see generally",
    "see, in particular,",
    "see in particular",
    "see especially",
    "see here",
    "see further",
    "see more recently",
    "but see also",
    "but see",
    "but cf.",
    "see:",
    "see ",
    "cf., e.g.,",
    "cf.",
    "cf ",
    "compare ",
    "contra ",
    "accord,",
    "e.g.,",
    "e.g.",
    "for example,",
    "for example",
    "for instance,",
    "also see",
    "and see",
    "reprinted in",
    "quoted in",
    "cited in",
    "based on",
];

/// The length of the label and signals at the start of `text`.
pub(super) fn length(text: &str) -> usize {
    let mut at = label(text);
    loop {
        let rest = &text[at..];
        // "______. Ports.": a rule stands for an author, it is no mark of emphasis.
        if rule(rest.trim_start()).is_some() {
            return text.len() - rest.trim_start().len();
        }
        let trimmed = rest.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | ':' | '*' | '_' | '•' | '·'));
        let skipped = rest.len() - trimmed.len();
        let signal = signal(trimmed);
        let joined = trimmed.strip_prefix("and ");
        if let (None, Some(rest)) = (signal, joined) {
            at += skipped + trimmed.len() - rest.len();
            continue;
        }
        match signal {
            // "Seeing", "Comparefield": the signal is a word of its own.
            Some(signal) if signal.ends_with(|c: char| !c.is_alphabetic()) || !trimmed[signal.len()..].starts_with(char::is_alphabetic) => {
                at += skipped + signal.len()
            }
            _ => return at + skipped,
        }
    }
}

/// The signal that a text begins with.
fn signal(text: &str) -> Option<&'static str> {
    let first = text.as_bytes().first()?.to_ascii_lowercase();
    let begins = |signal: &&str| signal.as_bytes().first() == Some(&first) && text.get(..signal.len()).is_some_and(|start| start.eq_ignore_ascii_case(signal));
    SIGNALS.into_iter().find(begins)
}

/// The length of a label such as "[12] ", "(3) ", "12. ".
fn label(text: &str) -> usize {
    let trimmed = text.trim_start();
    let base = text.len() - trimmed.len();
    let (open, close) = match trimmed.as_bytes().first() {
        Some(b'[') => (1, ']'),
        Some(b'(') => (1, ')'),
        Some(b'0'..=b'9') => (0, '.'),
        _ => return base,
    };
    // "[ACL30] Ward": a label of letters and digits.
    if open == 1
        && close == ']'
        && let Some((label, rest)) = trimmed[1..].split_once(']')
        && (2..=9).contains(&label.len())
        && label.starts_with(|c: char| c.is_ascii_uppercase())
        && label.bytes().all(|b| b.is_ascii_alphanumeric())
        && label.ends_with(|c: char| c.is_ascii_digit())
    {
        return text.len() - rest.trim_start().len();
    }
    let digits = trimmed[open..].bytes().take_while(u8::is_ascii_digit).count();
    if digits == 0 || digits > 3 {
        return base;
    }
    let after = &trimmed[open + digits..];
    match after.strip_prefix(close) {
        Some(rest) if open == 1 || rest.starts_with(' ') || rest.starts_with(char::is_alphabetic) => {
            let rest = rest.trim_start();
            // "12. 2020" would leave a year alone; "3.5" is no label.
            base + trimmed.len() - rest.len()
        }
        _ => base,
    }
}

/// The length of a rule in the place of an author: "———. ", "______, ", "--, ". None if there is no such thing (Chicago 14.67).
pub(super) fn rule(text: &str) -> Option<usize> {
    let is_dash = |c: char| matches!(c, '-' | '–' | '—' | '―' | '_');
    if !text.starts_with(is_dash) {
        return None;
    }
    let after = text.trim_start_matches(|c: char| is_dash(c) || c == ' ');
    let dashes = &text[..text.len() - after.len()];
    let width: usize = dashes.chars().map(|c| if matches!(c, '—' | '―') { 3 } else { usize::from(is_dash(c)) }).sum();
    let rest = after.trim_start_matches(['.', ',', ':', ' ']);
    let closed = rest.len() < after.len() || after.starts_with(['(', '“', '"', '‘', '«']);
    (width >= 2 && dashes.len() <= 60 && closed).then(|| text.len() - rest.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_stands_for_the_author_before() {
        for text in ["———. Ports.", "______. Ports.", "--, Ports.", "——— (2012) Ports", "___ . Ports."] {
            assert!(rule(text).is_some(), "{text}");
        }
        for text in ["-5 per cent", "— that is", "Ward", "- Ports"] {
            assert_eq!(rule(text), None, "{text}");
        }
    }

    #[test]
    fn labels_and_signals_are_left_out() {
        for (text, rest) in [
            ("[12] Ward, Ports.", "Ward, Ports."),
            ("12. Ward, Ports.", "Ward, Ports."),
            ("See, e.g., Ward, Ports.", "Ward, Ports."),
            ("See also Ward", "Ward"),
            ("Cf. Council of Ports", "Council of Ports"),
            ("Seeds of Change", "Seeds of Change"),
            ("2020 Report", "2020 Report"),
        ] {
            assert_eq!(&text[length(text)..], rest, "{text}");
        }
    }
}
