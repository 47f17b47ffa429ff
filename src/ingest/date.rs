//! Dates in metadata.

const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// The ISO 8601 form of a date, as precise as it is given; none if it is no date. Time of day is left out.
pub(super) fn iso(text: &str) -> Option<String> {
    let text = text.trim();
    let date = text.split(['T', ' ']).next().unwrap_or(text);
    let numbers: Vec<&str> = date.split(['-', '/', '.']).collect();
    if numbers.iter().all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit())) {
        match numbers.as_slice() {
            [compact] if compact.len() == 8 => return make(&compact[..4], Some(&compact[4..6]), Some(&compact[6..])),
            [year] => return make(year, None, None),
            [year, month] if year.len() == 4 => return make(year, Some(month), None),
            [year, month, day] if year.len() == 4 => return make(year, Some(month), Some(day)),
            // Day and month in one order or the other: only the year is sure, but where one of them cannot be a month.
            [one, two, year] if year.len() == 4 => {
                let (first, second) = (one.parse::<u32>().ok()?, two.parse::<u32>().ok()?);
                return match (first > 12, second > 12) {
                    (true, false) => make(year, Some(two), Some(one)),
                    (false, true) => make(year, Some(one), Some(two)),
                    _ if first == second => make(year, Some(one), Some(two)),
                    _ => make(year, None, None),
                };
            }
            _ => {}
        }
    }
    in_words(text)
}

/// "12 February 2022", "February 12, 2022", "Feb 2022".
fn in_words(text: &str) -> Option<String> {
    if text.len() > 60 {
        return None;
    }
    let words: Vec<String> = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_ascii_lowercase).collect();
    let at = words.iter().position(|word| word.len() >= 3 && MONTHS.iter().any(|month| word.starts_with(month)))?;
    let month = MONTHS.iter().position(|month| words[at].starts_with(month))? + 1;
    let year = words[at + 1..].iter().find(|word| word.len() == 4 && word.bytes().all(|b| b.is_ascii_digit()))?;
    let day_of = |word: &String| word.trim_end_matches(|c: char| c.is_ascii_alphabetic()).parse::<u32>().ok().filter(|day| (1..=31).contains(day));
    let day = at.checked_sub(1).and_then(|before| day_of(&words[before])).or_else(|| words.get(at + 1).filter(|word| *word != year).and_then(day_of));
    make(year, Some(&month.to_string()), day.map(|day| day.to_string()).as_deref())
}

fn make(year: &str, month: Option<&str>, day: Option<&str>) -> Option<String> {
    let year: u32 = year.parse().ok().filter(|year| (1000..=2200).contains(year))?;
    let Some(month) = month.and_then(|month| month.parse::<u32>().ok()).filter(|month| (1..=12).contains(month)) else { return Some(format!("{year:04}")) };
    match day.and_then(|day| day.parse::<u32>().ok()).filter(|day| (1..=31).contains(day)) {
        Some(day) => Some(format!("{year:04}-{month:02}-{day:02}")),
        None => Some(format!("{year:04}-{month:02}")),
    }
}

#[cfg(test)]
mod tests {
    use super::iso;

    #[test]
    fn reads_the_dates_of_metadata() {
        assert_eq!(iso("2022-02-12T10:00:00Z").as_deref(), Some("2022-02-12"));
        assert_eq!(iso("2022/2").as_deref(), Some("2022-02"));
        assert_eq!(iso("February 12, 2022").as_deref(), Some("2022-02-12"));
        assert_eq!(iso("12th Feb 2022").as_deref(), Some("2022-02-12"));
        assert_eq!(iso("May 2020").as_deref(), Some("2020-05"));
        assert_eq!(iso("03/04/2020").as_deref(), Some("2020"));
        assert_eq!(iso("25/04/2020").as_deref(), Some("2020-04-25"));
        assert_eq!(iso("soon"), None);
    }
}
