//! Lines of a document's head that are dates, to ISO 8601.

const MONTHS: [&str; 12] = ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"];

/// The number of a month by its English name or an abbreviation of at least three letters.
fn month(word: &str) -> Option<u32> {
    let word = word.trim_end_matches(['.', ',']);
    if word.len() < 3 {
        return None;
    }
    MONTHS.iter().position(|name| name.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word))).map(|at| at as u32 + 1)
}

fn day(word: &str) -> Option<u32> {
    let digits = word.trim_end_matches(['.', ',']).trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let rest = &word[digits.len()..];
    let suffix = rest.trim_end_matches(['.', ',']);
    if !matches!(suffix, "" | "st" | "nd" | "rd" | "th") {
        return None;
    }
    digits.parse().ok().filter(|day| (1..=31).contains(day) && digits.len() <= 2)
}

fn year(word: &str) -> Option<u32> {
    let word = word.trim_end_matches(['.', ',', ')']).trim_start_matches('(');
    word.parse().ok().filter(|year| (1600..=2199).contains(year) && word.len() == 4)
}

/// The date that a line gives, if it gives nothing else but a place or a word such as "Published": "Brussels, 2 June 2021" is "2021-06-02",
/// "May 2022" is "2022-05".
#[must_use]
pub fn parse_line(line: &str) -> Option<String> {
    let line = line.trim();
    if line.len() > 80 || !line.bytes().any(|byte| byte.is_ascii_digit()) {
        return None;
    }
    if line.starts_with(|c: char| c.is_ascii_digit()) && !line.contains(|c: char| c.is_alphabetic() && c != 'T') && line.contains(['-', '/', '.']) {
        return super::date::iso(line);
    }
    let line = line.trim_start_matches(['|', '(']);
    let words: Vec<&str> = line.split([' ', '\u{a0}']).filter(|word| !word.is_empty() && *word != "|").collect();
    let at = words.iter().position(|word| month(word).is_some() && word.len() >= 3)?;
    let (found, used_from, used_to) = from_month(&words, at)?;
    let before_fits = words[..used_from].iter().all(|word| is_date_word(word)) || used_from <= 3 && words[used_from.checked_sub(1)?].ends_with([',', ':']);
    (before_fits && used_to >= words.len()).then_some(found)
}

/// A date around the month at `at`: the date, and the words that it takes.
fn from_month(words: &[&str], at: usize) -> Option<(String, usize, usize)> {
    let number = month(words.get(at)?)?;
    let next = words.get(at + 1);
    if let Some(year) = next.and_then(|word| year(word)) {
        return Some(match at.checked_sub(1).and_then(|before| day(words[before])) {
            Some(day) => (format!("{year:04}-{number:02}-{day:02}"), at - 1, at + 2),
            None => (format!("{year:04}-{number:02}"), at, at + 2),
        });
    }
    let day = next.and_then(|word| day(word))?;
    let year = words.get(at + 2).and_then(|word| year(word))?;
    Some((format!("{year:04}-{number:02}-{day:02}"), at, at + 3))
}

fn is_date_word(word: &str) -> bool {
    let word = word.trim_end_matches([':', ',']).to_ascii_lowercase();
    matches!(
        word.as_str(),
        "published"
            | "date"
            | "updated"
            | "last"
            | "issued"
            | "on"
            | "posted"
            | "of"
            | "release"
            | "released"
            | "publication"
            | "dated"
            | "monday"
            | "tuesday"
            | "wednesday"
            | "thursday"
            | "friday"
            | "saturday"
            | "sunday"
            | "–"
            | "-"
            | "•"
            | "·"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_dates_of_documents() {
        assert_eq!(parse_line("May 2022").as_deref(), Some("2022-05"));
        assert_eq!(parse_line("12 February 2022").as_deref(), Some("2022-02-12"));
        assert_eq!(parse_line("Published: March 12th, 2026").as_deref(), Some("2026-03-12"));
        assert_eq!(parse_line("Brussels, 2 June 2021").as_deref(), Some("2021-06-02"));
    }

    #[test]
    fn a_sentence_is_no_date() {
        assert_eq!(parse_line("In May 2022 the council met"), None);
        assert_eq!(parse_line("May we ask"), None);
        assert_eq!(parse_line("The March on Washington"), None);
    }
}
