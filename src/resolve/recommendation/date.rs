//! Deadlines as ISO 8601 dates and durations.

use crate::extract::recommendation::month;

/// "by 31 May 2030" as "2030-05-31", "before 2027" as "2027", "within six months" as "P6M"; nothing where no date is given.
#[must_use]
pub fn iso(deadline: &str) -> Option<String> {
    let lower = deadline.to_lowercase();
    let words: Vec<&str> = lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    if let Some(at) = words.iter().position(|word| matches!(*word, "within" | "every")) {
        return duration(&words[at + 1..]);
    }
    let year = words.iter().find(|word| word.len() == 4 && (word.starts_with('2') || word.starts_with("19")) && word.bytes().all(|byte| byte.is_ascii_digit()));
    let month = words.iter().find_map(|word| month(word));
    let day = words.iter().find_map(|word| ordinal(word)).filter(|day| (1..=31).contains(day));
    match (year, month, day) {
        (Some(year), Some(month), Some(day)) => Some(format!("{year}-{month:02}-{day:02}")),
        (Some(year), Some(month), None) => Some(format!("{year}-{month:02}")),
        (Some(year), None, _) => Some((*year).to_owned()),
        _ => None,
    }
}

/// "6", "31st".
fn ordinal(word: &str) -> Option<u8> {
    word.trim_end_matches(['s', 't', 'n', 'd', 'r', 'h']).parse().ok()
}

fn duration(words: &[&str]) -> Option<String> {
    const NUMBERS: [&str; 13] = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];
    let at = words.iter().position(|word| unit(word).is_some())?;
    let number = words[..at].iter().rev().find_map(|word| {
        word.parse::<u32>()
            .ok()
            .or_else(|| NUMBERS.iter().position(|number| number == word).map(|number| number as u32))
            .or((*word == "a" || *word == "the" || *word == "next").then_some(1))
    })?;
    Some(format!("P{number}{}", unit(words[at])?))
}

fn unit(word: &str) -> Option<char> {
    Some(match word {
        "day" | "days" => 'D',
        "week" | "weeks" => 'W',
        "month" | "months" => 'M',
        "year" | "years" => 'Y',
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_dates_and_durations() {
        assert_eq!(iso("by 31 May 2030").as_deref(), Some("2030-05-31"));
        assert_eq!(iso("no later than June 2027").as_deref(), Some("2027-06"));
        assert_eq!(iso("before 2027").as_deref(), Some("2027"));
        assert_eq!(iso("Within six (6) months of the date").as_deref(), Some("P6M"));
        assert_eq!(iso("within two years").as_deref(), Some("P2Y"));
        assert_eq!(iso("immediately"), None);
    }
}
