//! Numbers of reports and papers in a series: "Working Paper No. 88", "Technical Report TR93-04-03", "Report 25-11", "NIST AI 100-1".

use super::role::Roles;
use super::token::{Kind, Tokens};

/// A number in a series, and where it ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Number {
    /// Index of the token after it.
    pub end: usize,
    pub value: String,
}

/// The most words before the number.
const MOST: usize = 9;

/// The number in a series whose words begin at token `at`, which follows a border; a border must follow it.
pub(super) fn number(tokens: &Tokens, at: usize, to: usize) -> Option<Number> {
    worded(tokens, at, to)
        .or_else(|| of_parliament(tokens, at, to))
        .or_else(|| of_research_service(tokens, at))
        .or_else(|| coded(tokens, at, to))
        .filter(|found| found.end >= to || closes(tokens, found.end))
}

/// "HC 780", "CP 403", "HL Paper 12", "HC 345-II": papers of the Houses of Parliament and command papers (OSCOLA 3.4.5-6).
fn of_parliament(tokens: &Tokens, at: usize, to: usize) -> Option<Number> {
    if !matches!(tokens.word(at), "HC" | "HL" | "CP" | "Cm" | "Cmnd" | "Cmd") {
        return None;
    }
    let next = if tokens.says(at + 1, "paper") || tokens.is(at + 1, '.') { at + 2 } else { at + 1 };
    let number = tokens.is_number(next) && tokens.word(next).len() <= 4 && next < to;
    let part = tokens.is_dash(next + 1) && !tokens.space_before(next + 1) && tokens.is_all_caps(next + 2);
    let end = if part { next + 3 } else { next + 1 };
    number.then(|| Number { end, value: tokens.slice(at, end).to_owned() })
}

/// "RL33153", "IF10244": products of the Congressional Research Service.
fn of_research_service(tokens: &Tokens, at: usize) -> Option<Number> {
    if tokens.get(at)?.kind != Kind::Mixed {
        return None;
    }
    let word = tokens.word(at);
    let digits = word.trim_start_matches(|c: char| c.is_ascii_uppercase());
    let series = ["R", "RL", "RS", "IF", "IN", "IG", "LSB"].contains(&&word[..word.len() - digits.len()]);
    let number = (4..=6).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
    (series && number).then(|| Number { end: at + 1, value: word.to_owned() })
}

fn closes(tokens: &Tokens, at: usize) -> bool {
    matches!(tokens.punctuation(at), Some(',' | '.' | ';' | ':' | ')' | ']' | '(' | '['))
        || tokens.says(at, "at")
        || tokens.says(at, "http")
        || tokens.says(at, "https")
}

/// Kinds of grey literature that are numbered, as the last word before the number.
fn is_kind(tokens: &Tokens, at: usize) -> bool {
    tokens.has(at, Roles::SERIES)
}

fn worded(tokens: &Tokens, at: usize, to: usize) -> Option<Number> {
    let mut next = at;
    let mut head = None;
    while next < to.min(at + MOST) && tokens.is_word(next) {
        let joins = matches!(tokens.word(next), "of" | "and" | "on" | "for" | "in");
        if !tokens.is_capitalised(next) && !joins && !is_kind(tokens, next) {
            break;
        }
        if is_label(tokens, next) {
            break;
        }
        head = is_kind(tokens, next).then_some(next);
        next += 1;
        if tokens.is(next, '.') && tokens.says(next - 1, "tech") || tokens.is(next, '.') && tokens.says(next - 1, "rep") {
            next += 1;
        }
    }
    let head = head?;
    let mut start = next;
    let labelled = is_label(tokens, start);
    if labelled {
        start += if tokens.is(start + 1, '.') || tokens.is(start + 1, '°') { 2 } else { 1 };
    }
    if tokens.is(start, '#') {
        start += 1;
    }
    let end = identifier(tokens, start, to)?;
    // "Annual Report 2019": the year of a report is no number in a series.
    let pages = end == start + 3 && matches!(tokens.punctuation(start + 1), Some('–' | '—'));
    // "Annual Report 2015/16", "2019–2020": nor are two years.
    let years = end == start + 3 && tokens.year(start).is_some() && tokens.is_number(end - 1) && matches!(tokens.word(end - 1).len(), 2 | 4);
    let reports = head + 1 == start && tokens.says(head, "report");
    if end == start + 1 && tokens.year(start).is_some() && !labelled || head < at || pages || years && reports && tokens.says(head.wrapping_sub(1), "annual") {
        return None;
    }
    Some(Number { end, value: tokens.slice(start, end).to_owned() })
}

fn is_label(tokens: &Tokens, at: usize) -> bool {
    tokens.has(at, Roles::NUMBER)
}

/// "CMS-PAS-16-002", "NIST AI 100-1": capitals, then numbers with a dash.
fn coded(tokens: &Tokens, at: usize, to: usize) -> Option<Number> {
    let mut next = at;
    while next < to && next < at + 3 && tokens.is_all_caps(next) && (2..=12).contains(&tokens.word(next).len()) {
        next += 1;
    }
    if next == at {
        return None;
    }
    if (tokens.is_dash(next) || tokens.is(next, '/')) && !tokens.space_before(next) {
        next += 1;
    }
    let end = identifier(tokens, next, to)?;
    // "FY 2019/20" is a year, "IP/21/4706" and "MDE 19/002/2008" are numbers.
    let strokes = (at..end).filter(|&index| tokens.is(index, '/')).count();
    let parts = (at..end).filter(|&index| tokens.is_dash(index)).count() + if strokes >= 2 { strokes } else { 0 };
    let numbers = (next..end).filter(|&index| tokens.get(index).is_some_and(|token| matches!(token.kind, Kind::Number | Kind::Mixed))).count();
    // "PNAS 12–15" has pages.
    let pages = end == next + 3
        && tokens.is_number(next)
        && tokens.is_number(end - 1)
        && tokens.word(next).len() + 1 >= tokens.word(end - 1).len()
        && !tokens.word(end - 1).starts_with('0')
        && next > at
        && !tokens.is_dash(next - 1)
        && tokens.word(end - 1).len() >= 2;
    (parts >= 1 && numbers >= 2 && !pages).then(|| Number { end, value: tokens.slice(at, end).to_owned() })
}

/// Numbers and codes joined by dashes, strokes and points without space: "25-11", "TR93-04-03", "2013/05".
fn identifier(tokens: &Tokens, at: usize, to: usize) -> Option<usize> {
    let holds_digit = |index: usize| tokens.get(index).is_some_and(|token| matches!(token.kind, Kind::Number | Kind::Mixed));
    let mut end = at;
    let mut digits = false;
    while end < to && end < at + 16 {
        let glued = end == at || !tokens.space_before(end);
        let part = holds_digit(end) || tokens.is_all_caps(end);
        if !part || !glued {
            break;
        }
        digits |= holds_digit(end);
        end += 1;
        let joined = (tokens.is_dash(end) || tokens.is(end, '/') || tokens.is(end, '.')) && !tokens.space_before(end) && !tokens.space_before(end + 1);
        if !(joined && (holds_digit(end + 1) || tokens.is_all_caps(end + 1))) {
            break;
        }
        end += 1;
    }
    (end > at && digits).then_some(end)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<String> {
        let tokens = Tokens::new(text);
        number(&tokens, 0, tokens.len()).map(|found| found.value)
    }

    #[test]
    fn numbers_of_series() {
        for (text, value) in [
            ("Technical Report TR93-04-03, Harbour School", "TR93-04-03"),
            ("Report 25-11 (Aug. 14, 2025)", "25-11"),
            ("Discussion Paper No. 88. Bremen", "88"),
            ("NBER Working Paper 12345.", "12345"),
            ("World Bank Policy Research Working Paper no. 4123, 2007", "4123"),
            ("NIST AI 100-1 (Jan. 2023)", "NIST AI 100-1"),
            ("Technical Note 4 (Port Louis, 2024)", "4"),
            ("HC 780, March 2018", "HC 780"),
            ("IP/21/4706, Oslo", "IP/21/4706"),
            ("RL33153, 2022", "RL33153"),
        ] {
            assert_eq!(read(text).as_deref(), Some(value), "{text}");
        }
    }

    #[test]
    fn years_pages_and_titles_are_none() {
        for text in [
            "Annual Report 2019, Oslo",
            "Report on rivers 12 and 13",
            "Harbour Review 12 (2019)",
            "PNAS 112-118.",
            "The Third Report, Oslo",
            "Final Report 62–64 (2025)",
            "BBC News, 12 May",
            "FY 2019/20, Oslo",
            "HC wrote 12, Oslo",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
