//! Which candidates are marks: their place, the notes that exist, and whether their neighbours count up.

use rustc_hash::{FxHashMap as HashMap, FxHashSet as HashSet};

use super::mark::{Before, Candidate, MarkForm};

/// How many candidates to each side may tell that a number is one of a rising series.
const REACH: usize = 12;
/// What a candidate needs to be taken for a mark.
const ENOUGH: f32 = 3.0;

/// What the place alone says. Chosen so that a number after a full stop is enough by itself, one after a word needs a note or both neighbours,
/// and a decimal number needs all three.
fn of_place(form: MarkForm) -> f32 {
    match form {
        MarkForm::Bracket | MarkForm::Superscript | MarkForm::Symbol => 4.0,
        MarkForm::Glued(Before::Stop | Before::Closing | Before::Clause) => 3.0,
        MarkForm::Glued(Before::Comma) | MarkForm::Closed => 2.0,
        MarkForm::Glued(Before::Word) => 1.5,
        MarkForm::Glued(Before::Capitals) => 0.5,
        MarkForm::Glued(Before::Year) => 1.5,
        MarkForm::Glued(Before::Decimal) => 0.0,
        MarkForm::Parenthesis | MarkForm::Spaced => 0.0,
        MarkForm::Glued(Before::ShortCapitals) => -1.5,
    }
}

/// What is known of the notes of a document.
#[derive(Debug, Default)]
pub struct Notes {
    pub labels: HashSet<String>,
    /// True if some notes bear numbers.
    pub numbered: bool,
    /// Labels of the marks that the format itself gives as such.
    pub given: HashSet<String>,
}

/// For each candidate, whether it is a mark.
#[must_use]
pub fn decide(candidates: &[Candidate], notes: &Notes) -> Vec<bool> {
    let numbers: Vec<Option<u32>> = candidates.iter().map(Candidate::number).collect();
    let mut best: HashMap<&str, f32> = notes.given.iter().map(|label| (label.as_str(), 4.0)).collect();
    for candidate in candidates {
        let place = of_place(candidate.form);
        let known = best.entry(&candidate.label).or_insert(place);
        *known = known.max(place);
    }
    candidates.iter().enumerate().map(|(index, candidate)| score(index, candidate, &numbers, candidates, &best, notes) >= ENOUGH).collect()
}

fn score(index: usize, candidate: &Candidate, numbers: &[Option<u32>], candidates: &[Candidate], best: &HashMap<&str, f32>, notes: &Notes) -> f32 {
    let place = of_place(candidate.form);
    if place >= 4.0 {
        return place;
    }
    let has_note = notes.labels.contains(&candidate.label);
    // These forms say nothing without a note.
    if !has_note && matches!(candidate.form, MarkForm::Parenthesis | MarkForm::Spaced | MarkForm::Glued(Before::ShortCapitals)) {
        return 0.0;
    }
    let Some(Some(number)) = numbers.get(index) else { return place };
    let mut total = place;
    if has_note {
        total += 2.0;
    } else if notes.numbered {
        total -= 1.0;
    }
    let near = |range: std::ops::Range<usize>, wanted: u32| {
        range
            .into_iter()
            .any(|other| numbers[other] == Some(wanted) && of_place(candidates[other].form) >= if has_note { place.min(1.5) } else { place.max(2.0) })
    };
    let before = index.saturating_sub(REACH)..index;
    let after = index + 1..(index + 1 + REACH).min(numbers.len());
    if *number == 1 || near(before, number - 1) {
        total += 1.5;
    }
    let followed = near(after, number + 1);
    // "equation (1),": the first of a series is one only if the second follows.
    if candidate.form == MarkForm::Closed && !has_note && *number == 1 && !followed {
        return 0.0;
    }
    if followed {
        total += 1.0;
    }
    // A weak place with the number of a mark that stands in a strong one is a number of another kind.
    if best.get(candidate.label.as_str()).is_some_and(|&best| best > place && best >= 2.0) && place < 2.0 {
        total -= 2.0;
    }
    total
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::BlockKind;
    use crate::ingest::draft::Draft;
    use crate::span::SourceSpan;

    fn marks(text: &str, labels: &[&str]) -> Vec<String> {
        let all = SourceSpan::new(0, text.len());
        let mut found = Vec::new();
        super::super::mark::scan(text, 0, &Draft::new(BlockKind::Paragraph, all, all, None), &mut found);
        let notes = Notes { labels: labels.iter().map(|&label| label.to_owned()).collect(), numbered: !labels.is_empty(), given: HashSet::default() };
        let keep = decide(&found, &notes);
        found.into_iter().zip(keep).filter(|(_, keep)| *keep).map(|(candidate, _)| candidate.label).collect()
    }

    #[test]
    fn takes_marks_after_stops_and_quotation_marks() {
        assert_eq!(marks("It was adopted.1 He called it “a start”2 and left,3 which was wrong.4", &[]), ["1", "2", "3", "4"]);
        assert_eq!(marks("The council adopted the report in Brussels,7 and it called for more.", &[]), ["7"]);
        assert_eq!(marks("The report of the council,1,2 takes note.3", &["1", "2", "3"]), ["1", "2", "3"]);
    }

    #[test]
    fn takes_marks_after_words_if_there_are_notes() {
        assert_eq!(marks("Two apps, Rowa8 and Fenni9 do so.10", &["8", "9", "10"]), ["8", "9", "10"]);
        assert_eq!(marks("The B-Rail1 line ended.", &["1"]), Vec::<String>::new());
        assert_eq!(marks("The web2 is version3 of it.", &[]), Vec::<String>::new());
    }

    #[test]
    fn spares_numbers_that_are_none() {
        let text = "Section 3.2 of the plan names the G7, 4.5 per cent of the CO2 budget, $3.5 billion, 1,250 jobs, Article 5.1 and No.5, the F-35 and 10:30 a.m. on page 3.";
        assert_eq!(marks(text, &["1", "2", "3", "5"]), Vec::<String>::new());
    }

    #[test]
    fn a_year_before_a_mark_needs_evidence() {
        assert_eq!(marks("It ended in 2020.4 It began again in 2021.5 The rest followed.6", &["4", "5", "6"]), ["4", "5", "6"]);
        assert_eq!(marks("It rose to 2021.5 The rest followed.", &[]), Vec::<String>::new());
        assert_eq!(marks("In the Harbour Review – 2024,8 the board found it closed.9 It was.", &["8", "9"]), ["8", "9"]);
        assert_eq!(marks("They met in 2021,3 months after the storm.", &[]), Vec::<String>::new());
    }

    #[test]
    fn takes_brackets_and_raised_numbers() {
        assert_eq!(marks("One.[1] Two [2, 4–5]. Three¹² and km² of it ^3^ here.", &[]), ["1", "2", "4", "5", "12", "3"]);
    }

    #[test]
    fn takes_roman_numerals_in_brackets_after_words() {
        assert_eq!(marks("Eight are in the north[i]. Yields fell[ii] by a third.[iii] An [i]italic[/i] word and a box [x] stay.", &[]), ["i", "ii", "iii"]);
    }

    #[test]
    fn a_number_that_opens_a_quotation_is_none() {
        assert_eq!(marks("It must say whether the \"40 per cent\" refers to use.", &[]), Vec::<String>::new());
    }

    #[test]
    fn takes_numbers_in_parentheses_that_count_up_after_clauses() {
        assert_eq!(marks("the cases of Ashta and Bahr (1), of 10 May on the islands (2), and of 22 June on trade (3),", &[]), ["1", "2", "3"]);
        assert_eq!(marks("Insert the value in equation (1), or in the islands (1), and go on.", &[]), Vec::<String>::new());
    }

    #[test]
    fn takes_numbers_after_the_sign_for_one() {
        assert_eq!(marks("the ports of the region#1 and their keepers.#2 The report", &[]), ["1", "2"]);
        assert_eq!(marks("the ports#1 of https://ports.example.org/north#2 and the #3 port", &[]), Vec::<String>::new());
    }

    #[test]
    fn takes_numbers_before_a_stroke() {
        assert_eq!(marks("for the ports and their keepers.1/ The report", &[]), ["1"]);
    }

    #[test]
    fn takes_symbols_but_no_emphasis() {
        assert_eq!(marks("item 3 of the agenda* was *not* adopted", &[]), ["*"]);
    }
}
