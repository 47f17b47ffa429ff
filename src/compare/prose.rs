//! What a section says apart from its headings, subsections and items.

use std::collections::HashMap;

use crate::record::{Analysis, Place, Section};
use crate::write::points::CodePoints;

/// The running text of each section by its id: without heading, subsections, recommendations, notes and citations, which are compared by themselves.
/// White space runs are one space.
#[must_use]
pub fn prose(record: &Analysis) -> HashMap<&str, String> {
    let points = CodePoints::new(&record.text);
    let mut children: HashMap<&str, Vec<Place>> = HashMap::new();
    for section in &record.sections {
        if let Some(parent) = section.parent.as_deref() {
            children.entry(parent).or_default().push(section.place);
        }
    }
    let items = items(record);
    let one = |section: &Section| {
        let start = section.heading.as_ref().map_or(section.place.start, |heading| heading.place.end);
        let (from, to) = (items.partition_point(|item| item.end <= start), items.partition_point(|item| item.start < section.place.end));
        let mut apart = items[from..to.max(from)].to_vec();
        apart.extend(children.get(section.id.as_str()).into_iter().flatten());
        apart.sort_unstable();
        let mut words: Vec<&str> = Vec::new();
        let mut at = start;
        for hole in apart.into_iter().chain([Place { start: section.place.end, end: section.place.end }]) {
            if hole.start > at {
                let piece = points.get(Place { start: at, end: hole.start });
                words.extend(Some(piece).filter(|piece| says_something(piece)).into_iter().flat_map(str::split_whitespace));
            }
            at = at.max(hole.end);
        }
        words.join(" ")
    };
    record.sections.iter().map(|section| (section.id.as_str(), one(section))).collect()
}

/// True for text with at least [`LEAST_WORDS`] words; less is what is left of list markers, emphasis and joining words between items.
fn says_something(text: &str) -> bool {
    text.split_whitespace().filter(|word| word.contains(char::is_alphabetic)).nth(LEAST_WORDS - 1).is_some()
}

const LEAST_WORDS: usize = 3;

/// The places of recommendations, notes and citations, in order, none inside another.
fn items(record: &Analysis) -> Vec<Place> {
    let mut places: Vec<Place> = record.recommendations.iter().map(|one| one.place).collect();
    places.extend(record.notes.iter().filter_map(|note| note.place));
    places.extend(record.citations.iter().map(|citation| citation.place));
    places.sort_unstable();
    let mut apart: Vec<Place> = Vec::with_capacity(places.len());
    for place in places {
        match apart.last_mut() {
            Some(last) if place.start < last.end => last.end = last.end.max(place.end),
            _ => apart.push(place),
        }
    }
    apart
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::{Recommendation, TextPlace};

    #[test]
    fn what_is_compared_by_itself_is_left_out() {
        let text = "Head\nIt rained a lot. Ports should close.\nAnd so they did.\nSub\nThe sun came.";
        let place = |start, end| Place { start, end };
        let section = |id: &str, parent: Option<&str>, whole, heading| Section {
            id: id.to_owned(),
            parent: parent.map(str::to_owned),
            place: whole,
            heading: Some(TextPlace { place: heading, text: String::new() }),
            ..Section::default()
        };
        let sections = vec![section("a", None, place(0, 76), place(0, 4)), section("b", Some("a"), place(59, 76), place(59, 62))];
        let recommendations = vec![Recommendation { place: place(22, 41), ..Recommendation::default() }];
        let record = Analysis { text: text.to_owned(), sections, recommendations, ..Analysis::default() };
        let found = prose(&record);
        assert_eq!((found["a"].as_str(), found["b"].as_str()), ("It rained a lot. And so they did.", "The sun came."));
    }
}
