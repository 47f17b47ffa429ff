//! Numbers in front of headings: "2.1", "IV.", "(a)", "Chapter 3 –", "Annex A:".

/// How a heading is numbered; headings of one style are siblings, whatever their mark-up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// "Part", "Chapter", "Title": a named unit above sections.
    Named,
    /// "Annex", "Appendix": beside the chapters.
    Annex,
    /// "2", "2.1", "2.1.3", with the number of its parts.
    Decimal(u8),
    /// "III.1", "A.1.2": parts below a letter or numeral, with the number of all parts.
    Mixed(u8),
    /// "IV."
    Roman,
    /// "A."
    Upper,
    /// "a.", "(a)"
    Lower,
    /// "(1)", "1)"
    Enclosed,
}

/// A number split from the words of a heading.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Numbering<'a> {
    /// Without brackets, final stop and the word "Chapter".
    pub number: &'a str,
    pub style: Style,
    /// Where the words begin, in bytes.
    pub content: usize,
    /// A number that nothing but a space divides from the words: "10 Ways to …" may be no number at all.
    pub bare: bool,
}

impl Numbering<'_> {
    /// Where the words of the heading begin: "Appendix A" is part of its name, other numbers are not.
    #[must_use]
    pub fn words(&self) -> usize {
        if self.style == Style::Annex { 0 } else { self.content }
    }
}

const NAMED: [&str; 6] = ["chapter", "part", "section", "title", "article", "theme"];
const ANNEX: [&str; 5] = ["annex", "appendix", "attachment", "schedule", "enclosure"];

/// True for "Chapter", "ANNEX": a word that names a unit before its number.
#[must_use]
pub fn is_unit(word: &str) -> bool {
    NAMED.iter().chain(&ANNEX).any(|name| word.eq_ignore_ascii_case(name))
}

/// Splits the number from a heading. None if it has none, or nothing but a number.
#[must_use]
pub fn split(heading: &str) -> Option<Numbering<'_>> {
    let found = named(heading).or_else(|| enclosed(heading)).or_else(|| decimal(heading)).or_else(|| lettered(heading))?;
    heading.get(found.content..).is_some_and(|rest| rest.chars().any(char::is_alphabetic)).then_some(found)
}

/// The style of a number that stands by itself ("2.1", "IV", "b"), as a block holds it.
#[must_use]
pub fn style_of(number: &str) -> Style {
    if number.starts_with(|c: char| c.is_ascii_digit()) {
        Style::Decimal(parts(number))
    } else if is_roman(number) && number.starts_with(|c: char| c.is_ascii_uppercase()) && (number.len() > 1 || matches!(number, "I" | "V" | "X")) {
        Style::Roman
    } else if number.starts_with(|c: char| c.is_ascii_uppercase()) {
        Style::Upper
    } else {
        Style::Lower
    }
}

/// How many parts "2.1.3" has; a zero at the end ("1.0") is none of its own.
#[must_use]
pub fn parts(number: &str) -> u8 {
    let real = number.strip_suffix(".0").unwrap_or(number);
    real.split('.').filter(|part| !part.is_empty()).count().clamp(1, 9) as u8
}

/// The value of a Roman numeral of at most four thousand, None if it is none.
#[must_use]
pub fn roman(numeral: &str) -> Option<u32> {
    if numeral.is_empty() || numeral.len() > 9 {
        return None;
    }
    let mut total = 0;
    let mut last = u32::MAX;
    for c in numeral.chars() {
        let value = match c.to_ascii_uppercase() {
            'I' => 1,
            'V' => 5,
            'X' => 10,
            'L' => 50,
            'C' => 100,
            'D' => 500,
            'M' => 1000,
            _ => return None,
        };
        total += value;
        if value > last {
            // "IX": the one before was counted up and is to be counted down.
            total = total.checked_sub(2 * last)?;
        }
        last = value;
    }
    Some(total)
}

fn is_roman(number: &str) -> bool {
    roman(number).is_some()
}

/// "Chapter 3 - Key issues", "Annex A: Methods".
fn named(heading: &str) -> Option<Numbering<'_>> {
    let word_end = heading.bytes().position(|byte| byte == b' ')?;
    let word = heading.get(..word_end)?;
    let style = if NAMED.iter().any(|name| word.eq_ignore_ascii_case(name)) {
        Style::Named
    } else if ANNEX.iter().any(|name| word.eq_ignore_ascii_case(name)) {
        Style::Annex
    } else {
        return None;
    };
    let start = word_end + spaces(&heading[word_end..]);
    let number_end = start + heading[start..].find(|c: char| !c.is_ascii_alphanumeric() && c != '.').unwrap_or(heading.len() - start);
    let number = heading[start..number_end].trim_end_matches('.');
    let is_number = number.chars().all(|c| c.is_ascii_digit() || c == '.') || is_roman(number) || number.len() == 1;
    if number.is_empty() || !is_number || !number.starts_with(|c: char| c.is_ascii_digit() || c.is_ascii_uppercase()) {
        return None;
    }
    let content = after_divider(heading, number_end);
    // "Part A of the plan" goes on; "Part A Overview" and "Part A: overview" do not.
    let divided = heading[number_end..content].chars().any(|c| !c.is_whitespace()) || number_end > start + number.len();
    let goes_on = !divided && heading[content..].starts_with(|c: char| c.is_lowercase());
    (!goes_on && content < heading.len()).then_some(Numbering { number, style, content, bare: false })
}

/// "(a) …", "(iv) …", "(3) …", "3) …", "a) …".
fn enclosed(heading: &str) -> Option<Numbering<'_>> {
    let open = usize::from(heading.starts_with('('));
    let close = heading.bytes().take(open + 6).position(|byte| byte == b')').filter(|&at| at > open)?;
    let number = &heading[open..close];
    let style = if number.bytes().all(|b| b.is_ascii_digit()) {
        Style::Enclosed
    } else if is_roman(number) || number.len() == 1 && number.bytes().all(|b| b.is_ascii_alphabetic()) {
        Style::Lower
    } else {
        return None;
    };
    let content = close + 1 + spaces(&heading[close + 1..]);
    (content > close + 1).then_some(Numbering { number, style, content, bare: false })
}

/// "2 …", "2. …", "2.1 …", "01 – …", "2The work".
fn decimal(heading: &str) -> Option<Numbering<'_>> {
    if !heading.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let length = heading.bytes().take_while(|&b| b.is_ascii_digit() || b == b'.').count();
    let written = &heading[..length];
    let number = written.trim_end_matches('.');
    let fits = number.split('.').all(|part| (1..=3).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit()));
    if !fits || number.split('.').count() > 6 {
        return None;
    }
    let content = after_divider(heading, length);
    let between = &heading[length..content];
    let rest = &heading[content..];
    if between.is_empty() && !is_capitalised(rest) {
        return None;
    }
    let divided = length > number.len() || between.chars().any(|c| !c.is_whitespace()) || number.contains('.') || number.starts_with('0');
    // "3 percent of …", "11 open recommendations".
    if !divided && rest.starts_with(|c: char| !c.is_uppercase()) {
        return None;
    }
    Some(Numbering { number, style: Style::Decimal(parts(number)), content, bare: !divided && !between.is_empty() })
}

/// "IV. …", "A. …", "a. …", "II – …", "A.1 …".
#[must_use]
pub fn lettered(heading: &str) -> Option<Numbering<'_>> {
    /// No numeral is longer.
    const LONGEST: usize = 9;
    if !(1..=LONGEST).contains(&heading.bytes().take(LONGEST + 1).take_while(u8::is_ascii_alphabetic).count()) {
        return None;
    }
    let length = heading.bytes().take_while(|b| b.is_ascii_alphanumeric() || *b == b'.').count();
    let written = &heading[..length];
    let number = written.trim_end_matches('.');
    let first = number.split('.').next()?;
    let is_letter = first.len() == 1 && first.bytes().all(|b| b.is_ascii_alphabetic());
    let is_numeral = is_roman(first) && first.bytes().all(|b| b.is_ascii_uppercase());
    let tail_fits = number.split('.').skip(1).all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit()));
    if !(is_letter || is_numeral) || !tail_fits {
        return None;
    }
    let content = after_divider(heading, length);
    let between = &heading[length..content];
    let divided = length > number.len() || number.contains('.') || between.chars().any(|c| matches!(c, '–' | '—' | ':' | '|'));
    if !divided || between.is_empty() {
        return None;
    }
    // "A. Lincoln" and "J. Smith and P. Jones" are names: a second initial, or a lone letter far down the alphabet.
    let initials = &heading.as_bytes()[content..];
    if is_letter && initials.len() > 1 && initials[0].is_ascii_uppercase() && initials[1] == b'.' {
        return None;
    }
    let style = if number.contains('.') { Style::Mixed(parts(number)) } else { style_of(number) };
    Some(Numbering { number, style, content, bare: false })
}

fn is_capitalised(text: &str) -> bool {
    let mut chars = text.chars();
    chars.next().is_some_and(char::is_uppercase) && chars.next().is_some_and(|c| c.is_lowercase() || c == ' ')
}

fn spaces(text: &str) -> usize {
    text.len() - text.trim_start().len()
}

/// Past white space, and a dash, colon or bar between white space.
fn after_divider(heading: &str, from: usize) -> usize {
    let rest = &heading[from..];
    let trimmed = rest.trim_start().trim_start_matches(['–', '—', '-', ':', '|', '.', '\u{2022}']);
    heading.len() - trimmed.trim_start().len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts_of(heading: &str) -> Option<(&str, &str)> {
        split(heading).map(|found| (found.number, &heading[found.content..]))
    }

    #[test]
    fn splits_numbers_from_words() {
        assert_eq!(parts_of("2.1 Trade"), Some(("2.1", "Trade")));
        assert_eq!(parts_of("2The work of committees"), Some(("2", "The work of committees")));
        assert_eq!(parts_of("01 – Relying on luck"), Some(("01", "Relying on luck")));
        assert_eq!(parts_of("IV. Next steps"), Some(("IV", "Next steps")));
        assert_eq!(parts_of("(a) Scope"), Some(("a", "Scope")));
        assert_eq!(parts_of("Chapter 3 - Key issues"), Some(("3", "Key issues")));
        assert_eq!(parts_of("Annex A: Methods"), Some(("A", "Methods")));
        assert_eq!(parts_of("A.1 Sources"), Some(("A.1", "Sources")));
    }

    #[test]
    fn leaves_words_alone() {
        for heading in ["2021 budget", "A new start", "I think so", "3 percent of all", "J. P. Morgan", "Part of the plan", "Annex A", "12", "Mixed results"] {
            assert_eq!(parts_of(heading), None, "{heading}");
        }
    }

    #[test]
    fn reads_roman_numerals() {
        assert_eq!(roman("XIV"), Some(14));
        assert_eq!(roman("ix"), Some(9));
        assert_eq!(roman("mixed"), None);
    }
}
