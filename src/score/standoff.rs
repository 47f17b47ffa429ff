//! Records as standoff annotations of brat (Stenetorp et al. 2012) to correct, and back. Offsets are code points, as in the record.
//!
//! Other tools: [`super::label_studio`], and [`super::uima`] for INCEpTION.

use super::gold::{Gold, GoldMention, GoldRecommendation, Scope};
use crate::record::{ActorKind, Analysis, Place, Polarity, Strength, wire_name};

/// An item of a record as annotation tools have it.
pub(super) struct Entity {
    /// [`RECOMMENDATION`], or an actor type.
    pub label: String,
    pub place: Place,
    pub text: String,
    pub attributes: Vec<(&'static str, String)>,
    /// The actor's Wikidata item.
    pub identifier: Option<String>,
}

/// The label of recommendations.
pub(super) const RECOMMENDATION: &str = "Recommendation";

/// The layers that corrected annotations are gold for.
pub(super) fn layers() -> Vec<String> {
    ["recommendations", "mentions", "overlap"].map(str::to_owned).to_vec()
}

/// What brat wants to know of the labels: the contents of `annotation.conf`.
#[must_use]
pub fn brat_configuration() -> String {
    let kinds: Vec<String> = KINDS.iter().map(|&kind| capital(&wire_name(&kind))).collect();
    format!(
        "[entities]\nRecommendation\n{}\n\n[relations]\n\n[events]\n\n[attributes]\nStrength\tArg:Recommendation, Value:must|should|could\nPolarity\tArg:Recommendation, Value:do|do_not\n",
        kinds.join("\n")
    )
}

pub(super) const KINDS: [ActorKind; 9] = [
    ActorKind::State,
    ActorKind::Government,
    ActorKind::Subnational,
    ActorKind::Intergovernmental,
    ActorKind::Organization,
    ActorKind::Company,
    ActorKind::Person,
    ActorKind::People,
    ActorKind::Role,
];

pub(super) fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|first| first.to_uppercase().collect::<String>() + letters.as_str()).unwrap_or_default()
}

pub(super) fn entities(record: &Analysis) -> Vec<Entity> {
    let points: Vec<char> = record.text.chars().collect();
    let slice = |place: Place| points.get(place.start..place.end).unwrap_or_default().iter().collect::<String>();
    let mut found: Vec<Entity> = record
        .recommendations
        .iter()
        .map(|one| Entity {
            label: RECOMMENDATION.to_owned(),
            place: one.place,
            text: slice(one.place),
            attributes: vec![("Strength", wire_name(&one.strength)), ("Polarity", wire_name(&one.polarity))],
            identifier: None,
        })
        .collect();
    for actor in &record.actors {
        let label = capital(&wire_name(&actor.kind));
        found.extend(actor.mentions.iter().map(|mention| Entity {
            label: label.clone(),
            place: mention.place,
            text: slice(mention.place),
            attributes: Vec::new(),
            identifier: actor.wikidata.clone(),
        }));
    }
    found.sort_by(|one, other| (one.place, &one.label).cmp(&(other.place, &other.label)));
    found.dedup_by(|one, other| (one.place, &one.label) == (other.place, &other.label));
    found
}

/// The annotations of a record in brat's format, to stand as NAME.ann beside NAME.txt. A span over several lines is written in parts, as brat demands.
#[must_use]
pub fn brat(record: &Analysis) -> String {
    let mut out = String::new();
    let mut attributes = 0;
    for (at, entity) in entities(record).iter().enumerate() {
        let number = at + 1;
        let mut parts = Vec::new();
        let mut start = entity.place.start;
        for line in entity.text.split('\n') {
            let length = line.chars().count();
            if length > 0 {
                parts.push(format!("{start} {}", start + length));
            }
            start += length + 1;
        }
        out.push_str(&format!("T{number}\t{} {}\t{}\n", entity.label, parts.join(";"), entity.text.replace('\n', " ")));
        for (name, value) in &entity.attributes {
            attributes += 1;
            out.push_str(&format!("A{attributes}\t{name} T{number} {value}\n"));
        }
    }
    out
}

/// A line of a brat file that cannot be understood.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {reason}")]
pub struct BratError {
    /// From 1.
    pub line: usize,
    pub reason: String,
}

/// Reads corrected annotations back: recommendations with strength and polarity, and mentions with their type. Mentions are named by their words, since
/// brat files hold no canonical names.
///
/// # Errors
/// If a line is malformed or names an unknown label.
pub fn from_brat(annotations: &str, text: &str) -> Result<Gold, BratError> {
    let length = text.chars().count();
    let mut gold = Gold { scope: Scope::One(Place { start: 0, end: length }), ..Gold::default() };
    let mut numbers: Vec<(String, usize)> = Vec::new();
    let trouble = |line: usize, reason: &str| BratError { line, reason: reason.to_owned() };
    for (at, line) in annotations.lines().enumerate() {
        let cells: Vec<&str> = line.split('\t').collect();
        let number = at + 1;
        if line.starts_with('T') {
            let [id, span, words] = cells.as_slice() else { return Err(trouble(number, "expected: T1, a tab, label and offsets, a tab, text")) };
            let (label, offsets) = span.split_once(' ').ok_or_else(|| trouble(number, "no offsets"))?;
            let bounds: Option<Vec<usize>> = offsets.split([' ', ';']).map(|bound| bound.parse().ok()).collect();
            let bounds = bounds.filter(|bounds| bounds.len() >= 2 && bounds.is_sorted()).ok_or_else(|| trouble(number, "offsets are no rising numbers"))?;
            let place = Place { start: bounds[0], end: bounds[bounds.len() - 1] };
            if place.end > length {
                return Err(trouble(number, "the span ends after the text"));
            }
            if label == RECOMMENDATION {
                numbers.push(((*id).to_owned(), gold.recommendations.len()));
                gold.recommendations.push(GoldRecommendation { place, text: (*words).to_owned(), ..GoldRecommendation::default() });
            } else {
                let kind =
                    KINDS.into_iter().find(|kind| capital(&wire_name(kind)) == label).ok_or_else(|| trouble(number, &format!("unknown label {label:?}")))?;
                gold.mentions.push(GoldMention { place, text: (*words).to_owned(), kind, names: vec![(*words).to_owned()], ..GoldMention::default() });
            }
        } else if line.starts_with('A') {
            let words: Vec<&str> = cells.get(1).copied().unwrap_or_default().split(' ').collect();
            let [name, target, value] = words.as_slice() else { return Err(trouble(number, "expected: A1, a tab, name, target and value")) };
            let Some(one) = numbers.iter().find(|(id, _)| id == target).and_then(|&(_, at)| gold.recommendations.get_mut(at)) else { continue };
            match (*name, *value) {
                ("Strength", "must") => one.strength = Strength::Must,
                ("Strength", "should") => one.strength = Strength::Should,
                ("Strength", "could") => one.strength = Strength::Could,
                ("Polarity", "do") => one.polarity = Polarity::Do,
                ("Polarity", "do_not") => one.polarity = Polarity::DoNot,
                _ => return Err(trouble(number, &format!("unknown attribute {name} {value}"))),
            }
        }
    }
    gold.recommendations.sort_by_key(|one| one.place);
    gold.mentions.sort_by_key(|one| one.place);
    gold.layers = Some(layers());
    Ok(gold)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::{Actor, Mention, Recommendation};

    fn record() -> Analysis {
        let recommendation =
            Recommendation { place: Place { start: 0, end: 28 }, strength: Strength::Must, polarity: Polarity::DoNot, ..Recommendation::default() };
        let mention = Mention { place: Place { start: 0, end: 5 }, ..Mention::default() };
        let actor = Actor { kind: ActorKind::State, name: "Japan".to_owned(), mentions: vec![mention], ..Actor::default() };
        Analysis { text: "Japan must\nnot cut its — aid.".to_owned(), recommendations: vec![recommendation], actors: vec![actor], ..Analysis::default() }
    }

    #[test]
    fn what_is_written_for_brat_reads_back() {
        let record = record();
        let gold = from_brat(&brat(&record), &record.text).expect("our own file");
        assert_eq!(gold.recommendations[0].place, record.recommendations[0].place);
        assert_eq!((gold.recommendations[0].strength, gold.recommendations[0].polarity), (Strength::Must, Polarity::DoNot));
        assert_eq!((gold.mentions[0].kind, gold.mentions[0].text.as_str()), (ActorKind::State, "Japan"));
    }

    #[test]
    fn a_malformed_line_is_named() {
        assert_eq!(from_brat("T1\tState 0 5\tJapan\nT2\tPlanet 0 5\tJapan", "Japan").expect_err("no such label").line, 2);
        assert_eq!(from_brat("T1\tState 0 99\tJapan", "Japan").expect_err("too far").line, 1);
    }
}
