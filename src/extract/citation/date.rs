//! Dates of every shape, to ISO 8601 as precise as given.

use super::role::Roles;
use super::token::{Kind, Tokens};

/// A date in the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Date {
    /// Index of the token after it.
    pub end: usize,
    /// "2022", "2022-02", "2022-02-12"; none for "n.d." and "forthcoming".
    pub iso: Option<String>,
    pub precision: Precision,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Precision {
    None,
    Year,
    Season,
    Month,
    Day,
}

/// Names and abbreviations of months, with their number.
pub(super) const MONTHS: &[(&str, u8)] = &[
    ("jan", 1),
    ("january", 1),
    ("janvier", 1),
    ("januar", 1),
    ("enero", 1),
    ("gennaio", 1),
    ("feb", 2),
    ("february", 2),
    ("février", 2),
    ("februar", 2),
    ("febrero", 2),
    ("febbraio", 2),
    ("mar", 3),
    ("march", 3),
    ("mars", 3),
    ("märz", 3),
    ("marzo", 3),
    ("apr", 4),
    ("april", 4),
    ("avril", 4),
    ("abril", 4),
    ("aprile", 4),
    ("may", 5),
    ("mai", 5),
    ("mayo", 5),
    ("maggio", 5),
    ("jun", 6),
    ("june", 6),
    ("juin", 6),
    ("juni", 6),
    ("junio", 6),
    ("giugno", 6),
    ("jul", 7),
    ("july", 7),
    ("juillet", 7),
    ("juli", 7),
    ("julio", 7),
    ("luglio", 7),
    ("aug", 8),
    ("august", 8),
    ("août", 8),
    ("agosto", 8),
    ("sep", 9),
    ("sept", 9),
    ("september", 9),
    ("septembre", 9),
    ("septiembre", 9),
    ("settembre", 9),
    ("oct", 10),
    ("october", 10),
    ("octobre", 10),
    ("oktober", 10),
    ("octubre", 10),
    ("ottobre", 10),
    ("nov", 11),
    ("november", 11),
    ("novembre", 11),
    ("noviembre", 11),
    ("dec", 12),
    ("december", 12),
    ("décembre", 12),
    ("dezember", 12),
    ("diciembre", 12),
    ("dicembre", 12),
];

/// The month that token `index` names.
pub(super) fn month(tokens: &Tokens, index: usize) -> Option<u8> {
    tokens.get(index).map(|token| token.month).filter(|&month| month > 0)
}

fn season(tokens: &Tokens, index: usize) -> bool {
    tokens.has(index, Roles::SEASON)
}

fn day(tokens: &Tokens, index: usize) -> Option<u8> {
    let token = tokens.get(index)?;
    let word = tokens.word(index);
    let digits = match token.kind {
        Kind::Number if word.len() <= 2 => word,
        Kind::Mixed => ["st", "nd", "rd", "th"].iter().find_map(|ending| word.strip_suffix(ending))?,
        _ => return None,
    };
    digits.parse().ok().filter(|day| (1..=31).contains(day))
}

/// After a month name: past its full stop, if it has one.
fn past_stop(tokens: &Tokens, index: usize) -> usize {
    if tokens.is(index, '.') { index + 1 } else { index }
}

/// The token index after a range of the same kind of thing ("12–14", "March - December"), if there is one.
fn past_range(tokens: &Tokens, index: usize, is_other: impl Fn(usize) -> bool) -> usize {
    let dash = tokens.is_dash(index) || tokens.is(index, '/') || tokens.says(index, "to") || tokens.says(index, "and") || tokens.is(index, '&');
    if dash && is_other(index + 1) { index + 2 } else { index }
}

fn full(year: u16, month: u8, day: Option<u8>, end: usize) -> Date {
    match day {
        Some(day) => Date { end, iso: Some(iso(year, &[month, day])), precision: Precision::Day },
        None => Date { end, iso: Some(iso(year, &[month])), precision: Precision::Month },
    }
}

fn year_only(year: u16, end: usize) -> Date {
    Date { end, iso: Some(iso(year, &[])), precision: Precision::Year }
}

/// "2022", "2022-02", "2022-02-12".
fn iso(year: u16, parts: &[u8]) -> String {
    let digit = |number: u16| char::from(b'0' + (number % 10) as u8);
    let mut out = String::with_capacity(10);
    out.extend([1000, 100, 10, 1].map(|place| digit(year / place)));
    for &part in parts {
        out.push('-');
        out.extend([digit(u16::from(part) / 10), digit(u16::from(part))]);
    }
    out
}

/// The date that begins at token `at`.
pub(super) fn date(tokens: &Tokens, at: usize) -> Option<Date> {
    let token = tokens.get(at)?;
    match token.kind {
        Kind::Number | Kind::Mixed => numeric(tokens, at),
        Kind::Word => worded(tokens, at),
        Kind::Punctuation(_) => None,
    }
}

fn numeric(tokens: &Tokens, at: usize) -> Option<Date> {
    if let Some(year) = tokens.year(at) {
        return Some(from_year(tokens, at, year));
    }
    if let Some(first) = day(tokens, at) {
        // "12 May 2022", "12–14 May 2022", "12 of May, 2022", "5. Mai 2022"
        let mut next = past_range(tokens, at + 1, |index| day(tokens, index).is_some());
        next = past_stop(tokens, next);
        next = if tokens.says(next, "of") { next + 1 } else { next };
        if let Some(month) = month(tokens, next) {
            let mut after = past_stop(tokens, next + 1);
            // "30 May–2 June 2022" starts on 30 May.
            if tokens.is_dash(after) && day(tokens, after + 1).is_some() && self::month(tokens, after + 2).is_some() {
                after = past_stop(tokens, after + 3);
            }
            after = if tokens.is(after, ',') { after + 1 } else { after };
            let year = tokens.year(after)?;
            return Some(full(year, month, Some(first), after + 1));
        }
        return slashed(tokens, at, first);
    }
    None
}

/// "12/05/2022", "12.5.2022": the order is known only where one number is above twelve.
fn slashed(tokens: &Tokens, at: usize, first: u8) -> Option<Date> {
    let mark = tokens.punctuation(at + 1).filter(|c| matches!(c, '/' | '.' | '-'))?;
    if tokens.space_before(at + 1) || tokens.space_before(at + 2) || !tokens.is(at + 3, mark) {
        return None;
    }
    let second = day(tokens, at + 2)?;
    let year = tokens.year(at + 4)?;
    let end = at + 5;
    Some(match (first, second) {
        (13.., 1..=12) => full(year, second, Some(first), end),
        (1..=12, 13..) => full(year, first, Some(second), end),
        // A point separates day and month in the order of continental Europe.
        (1..=31, 1..=12) if mark == '.' => full(year, second, Some(first), end),
        (month, same) if month == same => full(year, month, Some(same), end),
        _ => year_only(year, end),
    })
}

fn from_year(tokens: &Tokens, at: usize, year: u16) -> Date {
    // "2022-02-12", "2022/02/12"
    if let Some(mark) = tokens.punctuation(at + 1).filter(|c| matches!(c, '-' | '/' | '‐' | '.'))
        && !tokens.space_before(at + 1)
        && !tokens.space_before(at + 2)
        && let Some(month) = day(tokens, at + 2).filter(|&month| month <= 12 && tokens.word(at + 2).len() == 2)
    {
        if tokens.is(at + 3, mark)
            && let Some(day) = day(tokens, at + 4)
        {
            return full(year, month, Some(day), at + 5);
        }
        let season_like = u16::from(month) == (year + 1) % 100;
        if mark == '-' && !season_like && !tokens.is_dash(at + 3) {
            return full(year, month, None, at + 3);
        }
    }
    // "2021, June 4", "2012 Jun", "2021 June 4–6", "(2010, Spring)"
    let next = if tokens.is(at + 1, ',') { at + 2 } else { at + 1 };
    if let Some(month) = month(tokens, next) {
        let after = past_stop(tokens, next + 1);
        let followed_by_year = tokens.year(after).is_some()
            || tokens.is(after, ',') && tokens.year(after + 1).is_some()
            || tokens.year(after + 2).is_some() && tokens.is(after + 1, ',');
        if !followed_by_year {
            if let Some(day) = day(tokens, after).filter(|_| !tokens.is(after + 1, '(') && !tokens.is(after + 1, ':')) {
                let end = past_range(tokens, after + 1, |index| self::day(tokens, index).is_some());
                return full(year, month, Some(day), end);
            }
            return full(year, month, None, after);
        }
    }
    if season(tokens, next) {
        return Date { end: next + 1, iso: Some(iso(year, &[])), precision: Precision::Season };
    }
    // "1989-90", "2009/2010", "2012–2014": the first year stands for the whole.
    let mark = tokens.is_dash(at + 1) || tokens.is(at + 1, '/');
    if mark && tokens.is_number(at + 2) && (tokens.year(at + 2).is_some() || tokens.word(at + 2).len() == 2 && !tokens.space_before(at + 2)) {
        return year_only(year, at + 3);
    }
    year_only(year, at + 1)
}

fn worded(tokens: &Tokens, at: usize) -> Option<Date> {
    if let Some(first) = month(tokens, at) {
        let mut next = past_stop(tokens, at + 1);
        let other = past_range(tokens, next, |index| month(tokens, index).is_some());
        let range = other != next;
        next = past_stop(tokens, other);
        if let Some(day) = day(tokens, next) {
            let mut after = past_range(tokens, next + 1, |index| self::day(tokens, index).is_some());
            // "May 30–June 2, 2022"
            if tokens.is_dash(after) && month(tokens, after + 1).is_some() && self::day(tokens, after + 2).is_some() {
                after += 3;
            }
            after = if tokens.is(after, ',') || tokens.is(after, '.') { after + 1 } else { after };
            let year = tokens.year(after)?;
            return Some(full(year, first, Some(day), after + 1));
        }
        next = if tokens.is(next, ',') || tokens.says(next, "of") { next + 1 } else { next };
        let year = tokens.year(next)?;
        return Some(if range { year_only(year, next + 1) } else { full(year, first, None, next + 1) });
    }
    if season(tokens, at) {
        let mut next = past_range(tokens, at + 1, |index| season(tokens, index));
        next = if tokens.is(next, ',') { next + 1 } else { next };
        let year = tokens.year(next)?;
        let mut end = next + 1;
        if (tokens.is(end, '/') || tokens.is_dash(end)) && tokens.is_number(end + 1) && tokens.word(end + 1).len() <= 4 {
            end += 2;
        }
        return Some(Date { end, iso: Some(iso(year, &[])), precision: Precision::Season });
    }
    if !tokens.has(at, Roles::UNDATED) {
        return None;
    }
    undated(tokens, at).map(|end| Date { end, iso: None, precision: Precision::None })
}

/// "n.d.", "no date", "date unknown", "undated", "forthcoming", "in press".
fn undated(tokens: &Tokens, at: usize) -> Option<usize> {
    let second = |word| tokens.says(at + 1, word);
    if tokens.says(at, "n") && tokens.is(at + 1, '.') && tokens.says(at + 2, "d") {
        return Some(if tokens.is(at + 3, '.') { at + 4 } else { at + 3 });
    }
    if tokens.says(at, "undated") || tokens.says(at, "forthcoming") || tokens.says(at, "nd") {
        return Some(at + 1);
    }
    let pair = tokens.says(at, "no") && second("date") || tokens.says(at, "date") && second("unknown") || tokens.says(at, "in") && second("press");
    pair.then_some(at + 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn iso(text: &str) -> Option<String> {
        let tokens = Tokens::new(text);
        date(&tokens, 0).filter(|date| date.end == tokens.len()).and_then(|date| date.iso)
    }

    #[test]
    fn dates_of_every_shape() {
        for (text, expected) in [
            ("2022", "2022"),
            ("2020a", "2020"),
            ("12 May 2022", "2022-05-12"),
            ("12–14 May 2022", "2022-05-12"),
            ("3rd of May, 2022", "2022-05-03"),
            ("30 May – 2 June 2022", "2022-05-30"),
            ("May 12, 2022", "2022-05-12"),
            ("Sept. 3, 2019", "2019-09-03"),
            ("Sep 2019", "2019-09"),
            ("May, 2022", "2022-05"),
            ("2021, June 4", "2021-06-04"),
            ("2012 Jun", "2012-06"),
            ("2022-02-12", "2022-02-12"),
            ("2022-02", "2022-02"),
            ("25/12/2020", "2020-12-25"),
            ("12/25/2020", "2020-12-25"),
            ("03/04/2020", "2020"),
            ("3.4.2020", "2020-04-03"),
            ("Summer 2012", "2012"),
            ("Winter 2012/13", "2012"),
            ("1989-90", "1989"),
            ("March–December 1994", "1994"),
            ("5. März 2017", "2017-03-05"),
        ] {
            assert_eq!(iso(text).as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn no_date_is_a_date_without_a_value() {
        for text in ["n.d.", "no date", "forthcoming", "in press", "date unknown"] {
            let tokens = Tokens::new(text);
            let found = date(&tokens, 0).expect(text);
            assert_eq!((found.end, found.iso), (tokens.len(), None));
        }
        assert!(iso("45 May").is_none() && iso("1234").is_none());
    }
}
