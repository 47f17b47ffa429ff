//! A sample of passages to code by hand, so that the extraction can be validated on one's own papers.
//!
//! Whole passages (paragraphs and list items) are drawn with equal chance, so that precision and recall on the
//! sample estimate those of the whole without weights. What the program found is not shown, so that it does not lead the coder.

use super::bootstrap::SplitMix;
use super::gold::{Gold, GoldRecommendation, Scope};
use super::passage;
use crate::record::{Analysis, Place, Polarity, Strength};

/// The columns of the coding sheet. The last five are for the coder.
pub const COLUMNS: [&str; 12] =
    ["unit", "document_id", "file", "start", "end", "before", "text", "is_recommendation", "addressees", "action", "strength", "polarity"];

/// A sentence to be coded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unit {
    /// Index of the record.
    pub record: usize,
    /// In code points of the record's text.
    pub place: Place,
    /// What stands before it in its passage.
    pub before: String,
    pub text: String,
}

/// Draws passages until at least `least` sentences are in the sample; the same seed draws the same ones.
#[must_use]
pub fn draw(records: &[Analysis], least: usize, seed: u64) -> Vec<Unit> {
    let mut passages: Vec<Vec<Unit>> = records.iter().enumerate().flat_map(|(at, record)| passages(at, record)).collect();
    let mut random = SplitMix(seed);
    let (mut drawn, mut count) = (Vec::new(), 0);
    while count < least && !passages.is_empty() {
        let passage = passages.swap_remove(random.below(passages.len()));
        count += passage.len();
        drawn.push(passage);
    }
    drawn.sort_by_key(|passage| passage.first().map(|unit| (unit.record, unit.place.start)));
    drawn.into_iter().flatten().collect()
}

/// The passages of running text of a record, each as its sentences. What the record has as a heading, note or reference is left out.
fn passages(at: usize, record: &Analysis) -> Vec<Vec<Unit>> {
    let mut apart: Vec<Place> = record.sections.iter().filter_map(|section| section.heading.as_ref()).map(|heading| heading.place).collect();
    apart.extend(record.notes.iter().filter_map(|note| note.place));
    apart.extend(record.citations.iter().map(|citation| citation.place).filter(|place| place.end - place.start > 40));
    apart.sort_unstable();
    let is_apart = |place: Place| {
        let after = apart.partition_point(|other| other.start <= place.end);
        apart[..after]
            .iter()
            .rev()
            .take(3)
            .any(|other| other.start < place.end && place.start < other.end && (other.end - other.start) * 2 > place.end - place.start)
    };
    let running = passage::passages(record).into_iter().filter(|passage| passage.is_running_text);
    let units = running.map(|passage| units(at, passage.sentences));
    units
        .filter(|units| units.first().zip(units.last()).is_some_and(|(first, last)| !is_apart(Place { start: first.place.start, end: last.place.end })))
        .collect()
}

fn units(record: usize, sentences: Vec<(Place, String)>) -> Vec<Unit> {
    let mut before = String::new();
    let one = |(place, text): (Place, String)| {
        let unit = Unit { record, place, before: before.clone(), text };
        before = [before.as_str(), unit.text.as_str()].join(" ").trim_start().to_owned();
        unit
    };
    sentences.into_iter().map(one).collect()
}

/// A row of a coding sheet that was filled in.
#[derive(Debug, Clone, Default)]
pub struct Coded {
    pub place: Place,
    pub text: String,
    /// `yes`, `no` or `borderline`; `y`, `n`, `1` and `0` are understood.
    pub is_recommendation: String,
    /// Names joined by `;`.
    pub addressees: String,
    pub action: String,
    pub strength: String,
    pub polarity: String,
}

/// What cannot be understood in a coded row.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{column} is {value:?}; it should be {allowed}")]
pub struct CodingError {
    pub column: &'static str,
    pub value: String,
    pub allowed: &'static str,
}

/// Makes gold of the coded sentences of one document. Rows without an answer are out of scope.
///
/// # Errors
/// If an answer is none of the allowed ones.
pub fn gold(rows: &[Coded]) -> Result<Gold, CodingError> {
    let mut scope = Vec::new();
    let mut recommendations = Vec::new();
    for row in rows {
        let answer = row.is_recommendation.trim().to_lowercase();
        let (is_one, borderline) = match answer.as_str() {
            "" => continue,
            "yes" | "y" | "1" => (true, false),
            "borderline" | "b" => (true, true),
            "no" | "n" | "0" => (false, false),
            _ => return Err(CodingError { column: "is_recommendation", value: answer, allowed: "yes, no or borderline" }),
        };
        scope.push(row.place);
        if is_one {
            recommendations.push(recommendation(row, borderline)?);
        }
    }
    let mut layers = vec!["recommendations".to_owned()];
    let has = |value: fn(&GoldRecommendation) -> bool| recommendations.iter().any(value);
    if has(|one| !one.addressees.is_empty()) {
        layers.push("addressees".to_owned());
    }
    if has(|one| one.action.is_some()) {
        layers.push("action".to_owned());
    }
    Ok(Gold { scope: Scope::Many(scope), layers: Some(layers), recommendations, ..Gold::default() })
}

fn recommendation(row: &Coded, borderline: bool) -> Result<GoldRecommendation, CodingError> {
    let strength = match row.strength.trim() {
        "must" => Strength::Must,
        "" | "should" => Strength::Should,
        "could" => Strength::Could,
        other => return Err(CodingError { column: "strength", value: other.to_owned(), allowed: "must, should or could" }),
    };
    let polarity = match row.polarity.trim() {
        "" | "do" => Polarity::Do,
        "do_not" | "do not" => Polarity::DoNot,
        other => return Err(CodingError { column: "polarity", value: other.to_owned(), allowed: "do or do_not" }),
    };
    let action = Some(row.action.trim().to_owned()).filter(|action| !action.is_empty());
    let addressees = row.addressees.split(';').map(|name| name.trim().to_owned()).filter(|name| !name.is_empty()).collect();
    Ok(GoldRecommendation { place: row.place, text: row.text.clone(), addressees, action, strength, polarity, borderline })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(text: &str) -> Analysis {
        Analysis { text: text.to_owned(), ..Analysis::default() }
    }

    #[test]
    fn the_same_seed_draws_the_same_passages() {
        let records = [record("Über one. Two is here.\nThree stands alone.\nFour. Five.")];
        let (one, other) = (draw(&records, 3, 1), draw(&records, 3, 1));
        assert_eq!(one, other);
        for unit in &one {
            let slice: String = records[0].text.chars().skip(unit.place.start).take(unit.place.end - unit.place.start).collect();
            assert_eq!(slice, unit.text);
        }
    }

    #[test]
    fn asking_for_more_than_there_is_gives_all() {
        assert_eq!(draw(&[record("One is.\nTwo is.")], 100, 7).len(), 2);
        assert!(draw(&[], 5, 7).is_empty());
    }

    #[test]
    fn coded_rows_become_gold() {
        let row = |answer: &str, strength: &str| Coded {
            is_recommendation: answer.to_owned(),
            strength: strength.to_owned(),
            addressees: "Japan; Chile".to_owned(),
            ..Coded::default()
        };
        let gold = gold(&[row("yes", "must"), row("no", ""), row("", "")]).expect("allowed answers");
        assert_eq!((gold.scope.places().len(), gold.recommendations.len()), (2, 1));
        assert_eq!(gold.recommendations[0].addressees, ["Japan", "Chile"]);
        assert_eq!(super::gold(&[row("maybe", "")]).expect_err("no such answer").column, "is_recommendation");
    }
}
