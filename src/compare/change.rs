//! What changed between two records of one paper: items added, removed, changed and moved, matched by what they say and not by where they stand.

use std::collections::{BTreeMap, HashMap, HashSet};

use serde::Serialize;

use super::prose::prose;
use super::words::{Words, passage_changes, word_changes, words_of};
use crate::record::{Analysis, Citation, Name, Recommendation, Section, wire_name};

/// From this share of common words on, two texts are versions of one another.
const VERSION: f32 = 0.5;

/// A word that stands in more items than this leads to no candidates.
const COMMON: usize = 200;

/// Code points of a neighbour's text that are enough to know it.
const NEIGHBOUR: usize = 60;

/// The layers that are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Layer {
    /// Title, authors, date: the paper itself.
    Document,
    Sections,
    Recommendations,
    Actors,
    Citations,
}

/// What happened to an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum ChangeKind {
    Added,
    Removed,
    Changed,
    Moved,
}

/// A field with another value than before. Absent values are empty.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FieldChange {
    pub field: &'static str,
    pub old: String,
    pub new: String,
}

/// One item that is not as it was.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Change {
    pub layer: Layer,
    pub kind: ChangeKind,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub old_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub new_id: Option<String>,
    /// The new text; the old one if the item was removed.
    pub text: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<FieldChange>,
    /// The texts word by word, where they differ.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub words: Vec<Words>,
    /// Of a section: its running text where it differs, without items of other layers; "…" for sentences that stayed.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub passage: Vec<Words>,
}

/// An item of a layer, reduced to what is compared.
#[derive(Default)]
struct Item {
    id: String,
    text: String,
    fields: Vec<(&'static str, String)>,
    /// The section in which it stands, by id; a change of it is a move.
    home: String,
    /// The heading of that section.
    heading: String,
    /// The running text below it.
    prose: String,
}

/// Compares two records. Changes come by layer, in the order of the new record, removed items after them in the order of the old one.
#[must_use]
pub fn changes(old: &Analysis, new: &Analysis) -> Vec<Change> {
    let (old_sections, new_sections) = (sections(old), sections(new));
    let partner = match_items(&old_sections, &new_sections);
    // The old names of sections that go on, so that a reworded heading moves nothing.
    let names: HashMap<String, String> =
        partner.iter().enumerate().filter_map(|(at, before)| Some((new_sections[at].id.clone(), old_sections[(*before)?].id.clone()))).collect();
    let mut found = layer(Layer::Document, &document(old), &document(new), &[Some(0)], &names);
    found.extend(layer(Layer::Sections, &old_sections, &new_sections, &partner, &names));
    let mut compare = |kind: Layer, old: &[Item], new: &[Item], partner: &[Option<usize>]| found.extend(layer(kind, old, new, partner, &names));
    let (one, other) = (recommendations(old), recommendations(new));
    compare(Layer::Recommendations, &one, &other, &match_items(&one, &other));
    let (one, other) = (actors(old), actors(new));
    compare(Layer::Actors, &one, &other, &same_ids(&one, &other));
    let (one, other) = (citations(old), citations(new));
    compare(Layer::Citations, &one, &other, &match_items(&one, &other));
    found
}

fn layer(layer: Layer, old: &[Item], new: &[Item], partner: &[Option<usize>], names: &HashMap<String, String>) -> Vec<Change> {
    let home = |item: &Item| names.get(&item.home).unwrap_or(&item.home).clone();
    let homes: Vec<String> = new.iter().map(home).collect();
    let in_place = in_place(old, &homes, partner);
    let mut found = Vec::new();
    for (at, item) in new.iter().enumerate() {
        let Some(before) = partner[at] else {
            found.push(one_sided(layer, ChangeKind::Added, item));
            continue;
        };
        let mut fields = field_changes(&old[before], item);
        let words = if old[before].text == item.text { Vec::new() } else { word_changes(&old[before].text, &item.text) };
        let passage = if old[before].prose == item.prose { Vec::new() } else { passage_changes(&old[before].prose, &item.prose) };
        let is_changed = !words.is_empty() || !passage.is_empty() || !fields.is_empty();
        if old[before].home != homes[at] {
            fields.push(FieldChange { field: "section", old: old[before].heading.clone(), new: item.heading.clone() });
        } else if !in_place[at] {
            fields.push(FieldChange { field: "after", old: neighbour(old, before), new: neighbour(new, at) });
        } else if !is_changed {
            continue;
        }
        let kind = if is_changed { ChangeKind::Changed } else { ChangeKind::Moved };
        found.push(Change {
            layer,
            kind,
            old_id: Some(old[before].id.clone()),
            new_id: Some(item.id.clone()),
            text: item.text.clone(),
            fields,
            words,
            passage,
        });
    }
    let kept: HashSet<usize> = partner.iter().flatten().copied().collect();
    found.extend(old.iter().enumerate().filter(|(at, _)| !kept.contains(at)).map(|(_, item)| one_sided(layer, ChangeKind::Removed, item)));
    found
}

fn one_sided(layer: Layer, kind: ChangeKind, item: &Item) -> Change {
    let id = Some(item.id.clone());
    let (old_id, new_id) = if kind == ChangeKind::Removed { (id, None) } else { (None, id) };
    Change { layer, kind, old_id, new_id, text: item.text.clone(), fields: Vec::new(), words: Vec::new(), passage: Vec::new() }
}

/// The beginning of the item before this one in its section; empty for the first.
fn neighbour(items: &[Item], at: usize) -> String {
    let before = items[..at].iter().rfind(|item| item.home == items[at].home);
    let Some(text) = before.map(|item| item.text.as_str()) else { return String::new() };
    let short: String = text.chars().take(NEIGHBOUR).collect();
    if short.len() < text.len() { short + "…" } else { short }
}

/// For each new item the old one that continues it, by id.
fn same_ids(old: &[Item], new: &[Item]) -> Vec<Option<usize>> {
    let by_id: HashMap<&str, usize> = old.iter().enumerate().map(|(at, item)| (item.id.as_str(), at)).collect();
    new.iter().map(|item| by_id.get(item.id.as_str()).copied()).collect()
}

/// For each new item the old one that it continues: the one with the same id, else the nearest in words.
fn match_items(old: &[Item], new: &[Item]) -> Vec<Option<usize>> {
    let mut partner = same_ids(old, new);
    let taken: HashSet<usize> = partner.iter().flatten().copied().collect();
    let mut postings: HashMap<String, Vec<usize>> = HashMap::new();
    let old_words: Vec<Vec<String>> = old.iter().map(|item| words_of(&item.text)).collect();
    for at in (0..old.len()).filter(|at| !taken.contains(at)) {
        for word in &old_words[at] {
            postings.entry(word.clone()).or_default().push(at);
        }
    }
    let mut scored = Vec::new();
    for at in (0..new.len()).filter(|&at| partner[at].is_none()) {
        let words = words_of(&new[at].text);
        let mut common: HashMap<usize, usize> = HashMap::new();
        for list in words.iter().filter_map(|word| postings.get(word)).filter(|list| list.len() <= COMMON) {
            list.iter().for_each(|&before| *common.entry(before).or_default() += 1);
        }
        for (before, common) in common {
            let share = 2.0 * common as f32 / (words.len() + old_words[before].len()) as f32;
            if share >= VERSION {
                scored.push((share, at, before));
            }
        }
    }
    scored.sort_by(|one, other| other.0.total_cmp(&one.0).then((one.1, one.2).cmp(&(other.1, other.2))));
    let mut used = taken;
    for (_, at, before) in scored {
        if partner[at].is_none() && used.insert(before) {
            partner[at] = Some(before);
        }
    }
    partner
}

/// True for the new items that keep their order among those of their section. Items without partner and from other sections are in place.
fn in_place(old: &[Item], homes: &[String], partner: &[Option<usize>]) -> Vec<bool> {
    let mut in_place = vec![true; partner.len()];
    let mut by_home: BTreeMap<&str, Vec<(usize, usize)>> = BTreeMap::new();
    for (at, before) in partner.iter().enumerate() {
        if let Some(before) = before.filter(|&before| old[before].home == homes[at]) {
            by_home.entry(&homes[at]).or_default().push((at, before));
        }
    }
    for pairs in by_home.values() {
        pairs.iter().for_each(|&(at, _)| in_place[at] = false);
        longest_rising(pairs).into_iter().for_each(|at| in_place[at] = true);
    }
    in_place
}

/// The first members of the pairs on a longest subsequence whose second members rise.
fn longest_rising(pairs: &[(usize, usize)]) -> Vec<usize> {
    let mut tails: Vec<usize> = Vec::new();
    let mut previous = vec![None; pairs.len()];
    for (index, &(_, before)) in pairs.iter().enumerate() {
        let place = tails.partition_point(|&tail| pairs[tail].1 < before);
        previous[index] = place.checked_sub(1).map(|place| tails[place]);
        if place == tails.len() { tails.push(index) } else { tails[place] = index }
    }
    std::iter::successors(tails.last().copied(), |&index| previous[index]).map(|index| pairs[index].0).collect()
}

fn field_changes(old: &Item, new: &Item) -> Vec<FieldChange> {
    let differ = old.fields.iter().zip(&new.fields).filter(|(one, other)| one.1 != other.1);
    differ.map(|(one, other)| FieldChange { field: one.0, old: one.1.clone(), new: other.1.clone() }).collect()
}

/// The paper itself.
fn document(record: &Analysis) -> [Item; 1] {
    let info = &record.document;
    let value = |field: &Option<String>| field.clone().unwrap_or_default();
    let fields =
        vec![("subtitle", value(&info.subtitle)), ("authors", info.authors.join("; ")), ("publisher", value(&info.publisher)), ("date", value(&info.date))];
    [Item { id: info.id.clone(), text: value(&info.title), fields, ..Item::default() }]
}

fn headings(record: &Analysis) -> HashMap<&str, &str> {
    record.sections.iter().filter_map(|section| Some((section.id.as_str(), section.heading.as_ref()?.text.as_str()))).collect()
}

/// The sections; text before the first heading is one too.
fn sections(record: &Analysis) -> Vec<Item> {
    let (headings, mut prose) = (headings(record), prose(record));
    let one = |section: &Section| {
        let text = section.heading.as_ref().map_or_else(|| "(before the first heading)".to_owned(), |heading| heading.text.clone());
        let fields = vec![("level", section.level.to_string()), ("kind", wire_name(&section.kind)), ("number", section.number.clone().unwrap_or_default())];
        let home = section.parent.clone().unwrap_or_default();
        let heading = headings.get(home.as_str()).copied().unwrap_or_default().to_owned();
        Item { id: section.id.clone(), text, fields, home, heading, prose: prose.remove(section.id.as_str()).unwrap_or_default() }
    };
    record.sections.iter().map(one).collect()
}

fn recommendations(record: &Analysis) -> Vec<Item> {
    let headings = headings(record);
    let one = |item: &Recommendation| {
        let mut addressees: Vec<&str> = item.addressees.iter().map(|party| party.name.as_str()).collect();
        addressees.sort_unstable();
        let fields = vec![
            ("label", item.label.clone().unwrap_or_default()),
            ("addressees", addressees.join("; ")),
            ("strength", wire_name(&item.strength)),
            ("polarity", wire_name(&item.polarity)),
            ("deadline", item.deadline.clone().unwrap_or_default()),
        ];
        let home = item.section.clone().unwrap_or_default();
        let heading = headings.get(home.as_str()).copied().unwrap_or_default().to_owned();
        Item { id: item.id.clone(), text: item.text.clone(), fields, home, heading, prose: String::new() }
    };
    record.recommendations.iter().map(one).collect()
}

fn actors(record: &Analysis) -> Vec<Item> {
    let mut addressed: HashMap<&str, usize> = HashMap::new();
    record.recommendations.iter().flat_map(|one| &one.addressees).for_each(|party| *addressed.entry(&party.actor).or_default() += 1);
    let mut items: Vec<Item> = record
        .actors
        .iter()
        .map(|actor| {
            let count = addressed.get(actor.id.as_str()).copied().unwrap_or_default();
            let fields = vec![("type", wire_name(&actor.kind)), ("mentions", actor.mentions.len().to_string()), ("addressed", count.to_string())];
            Item { id: actor.id.clone(), text: actor.name.clone(), fields, ..Item::default() }
        })
        .collect();
    // Actors have no order of their own: first mentions shift with every edit.
    items.sort_by(|one, other| one.text.cmp(&other.text).then_with(|| one.id.cmp(&other.id)));
    items
}

fn citations(record: &Analysis) -> Vec<Item> {
    let one = |item: &Citation| {
        let work = &item.work;
        let authors: Vec<String> = work.authors.iter().map(Name::display).collect();
        let value = |field: &Option<String>| field.clone().unwrap_or_default();
        let fields = vec![
            ("type", wire_name(&work.kind)),
            ("authors", authors.join("; ")),
            ("title", value(&work.title)),
            ("date", value(&work.date)),
            ("url", value(&work.url)),
            ("doi", value(&work.doi)),
        ];
        Item { id: item.id.clone(), text: item.text.clone(), fields, ..Item::default() }
    };
    record.citations.iter().map(one).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::{Polarity, Strength};

    fn record(texts: &[(&str, Strength)]) -> Analysis {
        let mut ids = crate::id::IdMaker::default();
        let recommendations = texts
            .iter()
            .map(|&(text, strength)| Recommendation {
                id: ids.make("r", text),
                text: text.to_owned(),
                strength,
                polarity: Polarity::Do,
                ..Recommendation::default()
            })
            .collect();
        Analysis { recommendations, ..Analysis::default() }
    }

    fn kinds(old: &Analysis, new: &Analysis) -> Vec<(ChangeKind, String)> {
        changes(old, new).into_iter().map(|change| (change.kind, change.text)).collect()
    }

    #[test]
    fn the_same_record_has_no_changes() {
        let one = record(&[("Fund the fleet.", Strength::Should)]);
        assert_eq!(changes(&one, &one), []);
    }

    #[test]
    fn a_reworded_item_is_changed_and_not_removed_and_added() {
        let old = record(&[("The ministry should fund a repair fleet by 2027.", Strength::Should), ("Tax fuel.", Strength::Should)]);
        let new = record(&[("The ministry must fund a repair fleet by 2026.", Strength::Must), ("Teach civics.", Strength::Should)]);
        let found = changes(&old, &new);
        assert_eq!(found.iter().map(|change| change.kind).collect::<Vec<_>>(), [ChangeKind::Changed, ChangeKind::Added, ChangeKind::Removed]);
        assert!(found[0].fields.iter().any(|change| change.field == "strength" && change.new == "must"));
        assert!(found[0].words.iter().any(|words| words.kind == "removed" && words.text.contains("2027")));
    }

    #[test]
    fn a_section_that_moved_takes_its_items_along() {
        let section = |id: &str, text: &str| Section {
            id: id.to_owned(),
            heading: Some(crate::record::TextPlace { text: text.to_owned(), ..Default::default() }),
            ..Section::default()
        };
        let item = |text: &str, section: &str| Recommendation {
            id: text.to_owned(),
            text: text.to_owned(),
            section: Some(section.to_owned()),
            ..Recommendation::default()
        };
        let (a, b) = (section("a", "Ports today"), section("b", "What to do"));
        let old = Analysis { sections: vec![a.clone(), b.clone()], recommendations: vec![item("Dig.", "a"), item("Pay.", "b")], ..Analysis::default() };
        let new = Analysis { sections: vec![b, a], recommendations: vec![item("Pay.", "b"), item("Dig.", "a")], ..Analysis::default() };
        let found = changes(&old, &new);
        assert_eq!(found.len(), 1, "{found:?}");
        assert_eq!((found[0].layer, found[0].kind), (Layer::Sections, ChangeKind::Moved));
        assert_eq!(found[0].fields, [FieldChange { field: "after", old: "Ports today".to_owned(), new: String::new() }]);
    }

    #[test]
    fn a_reworded_heading_moves_nothing() {
        let record = |id: &str, heading: &str| Analysis {
            sections: vec![Section {
                id: id.to_owned(),
                heading: Some(crate::record::TextPlace { text: heading.to_owned(), ..Default::default() }),
                ..Section::default()
            }],
            recommendations: vec![Recommendation { id: "r".to_owned(), section: Some(id.to_owned()), ..Recommendation::default() }],
            ..Analysis::default()
        };
        let found = changes(&record("a", "Recommendations of the panel"), &record("b", "Recommendations of our panel"));
        assert_eq!(found.iter().map(|change| (change.layer, change.kind)).collect::<Vec<_>>(), [(Layer::Sections, ChangeKind::Changed)]);
    }

    #[test]
    fn an_item_that_changed_places_is_moved() {
        let (a, b, c) = (("Alpha acts.", Strength::Should), ("Beta waits.", Strength::Should), ("Gamma pays.", Strength::Should));
        assert_eq!(kinds(&record(&[a, b, c]), &record(&[c, a, b])), [(ChangeKind::Moved, "Gamma pays.".to_owned())]);
    }
}
