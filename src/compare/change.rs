//! What changed between two records of one paper: items added, removed, changed and moved, matched by what they say and not by where they stand.

use std::collections::{HashMap, HashSet};

use serde::Serialize;
use similar::{ChangeTag, TextDiff};

use crate::record::{Analysis, Citation, Recommendation, Section, wire_name};

/// From this share of common words on, two texts are versions of one another.
const VERSION: f32 = 0.5;

/// A word that stands in more items than this leads to no candidates.
const COMMON: usize = 200;

/// The layers that are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Layer {
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

/// A run of words of a text that was changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Words {
    /// `kept`, `added` or `removed`.
    pub kind: &'static str,
    pub text: String,
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
}

/// An item of a layer, reduced to what is compared.
struct Item {
    id: String,
    text: String,
    fields: Vec<(&'static str, String)>,
    /// The heading under which it stands; a change of it is a move.
    under: String,
}

/// Compares two records. Changes come by layer, in the order of the new record, removed items after them in the order of the old one.
#[must_use]
pub fn changes(old: &Analysis, new: &Analysis) -> Vec<Change> {
    let mut found = layer(Layer::Sections, &sections(old), &sections(new));
    found.extend(layer(Layer::Recommendations, &recommendations(old), &recommendations(new)));
    found.extend(layer(Layer::Actors, &actors(old), &actors(new)));
    found.extend(layer(Layer::Citations, &citations(old), &citations(new)));
    found
}

fn layer(layer: Layer, old: &[Item], new: &[Item]) -> Vec<Change> {
    let partner = match_items(layer, old, new);
    let in_place = longest_rising(&partner);
    let mut found = Vec::new();
    for (at, item) in new.iter().enumerate() {
        let Some(before) = partner[at].map(|index| &old[index]) else {
            found.push(one_sided(layer, ChangeKind::Added, item));
            continue;
        };
        let mut fields = field_changes(before, item);
        let has_moved = before.under != item.under || !in_place[at];
        if has_moved {
            fields.push(FieldChange { field: "section", old: before.under.clone(), new: item.under.clone() });
        }
        let words = if before.text == item.text { Vec::new() } else { word_changes(&before.text, &item.text) };
        let is_changed = !words.is_empty() || fields.iter().any(|change| change.field != "section");
        if is_changed || has_moved {
            let kind = if is_changed { ChangeKind::Changed } else { ChangeKind::Moved };
            found.push(Change { layer, kind, old_id: Some(before.id.clone()), new_id: Some(item.id.clone()), text: item.text.clone(), fields, words });
        }
    }
    let kept: HashSet<usize> = partner.into_iter().flatten().collect();
    found.extend(old.iter().enumerate().filter(|(at, _)| !kept.contains(at)).map(|(_, item)| one_sided(layer, ChangeKind::Removed, item)));
    found
}

fn one_sided(layer: Layer, kind: ChangeKind, item: &Item) -> Change {
    let id = Some(item.id.clone());
    let (old_id, new_id) = if kind == ChangeKind::Removed { (id, None) } else { (None, id) };
    Change { layer, kind, old_id, new_id, text: item.text.clone(), fields: Vec::new(), words: Vec::new() }
}

/// For each new item the old one that it continues: the one with the same id, else the nearest in words.
fn match_items(layer: Layer, old: &[Item], new: &[Item]) -> Vec<Option<usize>> {
    let by_id: HashMap<&str, usize> = old.iter().enumerate().map(|(at, item)| (item.id.as_str(), at)).collect();
    let mut partner: Vec<Option<usize>> = new.iter().map(|item| by_id.get(item.id.as_str()).copied()).collect();
    if layer == Layer::Actors {
        return partner;
    }
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

/// The different words of a text, in lower case.
fn words_of(text: &str) -> Vec<String> {
    let lower = text.to_lowercase();
    let mut words: Vec<String> = lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect();
    words.sort_unstable();
    words.dedup();
    words
}

/// True for the items that keep their order: those on a longest rising subsequence of partners. An item without partner is in place.
fn longest_rising(partner: &[Option<usize>]) -> Vec<bool> {
    let paired: Vec<(usize, usize)> = partner.iter().enumerate().filter_map(|(at, before)| before.map(|before| (at, before))).collect();
    let mut tails: Vec<usize> = Vec::new();
    let mut previous = vec![None; paired.len()];
    for (index, &(_, before)) in paired.iter().enumerate() {
        let place = tails.partition_point(|&tail| paired[tail].1 < before);
        previous[index] = place.checked_sub(1).map(|place| tails[place]);
        if place == tails.len() { tails.push(index) } else { tails[place] = index }
    }
    let mut in_place: Vec<bool> = partner.iter().map(Option::is_none).collect();
    let mut at = tails.last().copied();
    while let Some(index) = at {
        in_place[paired[index].0] = true;
        at = previous[index];
    }
    in_place
}

fn field_changes(old: &Item, new: &Item) -> Vec<FieldChange> {
    let differ = old.fields.iter().zip(&new.fields).filter(|(one, other)| one.1 != other.1);
    differ.map(|(one, other)| FieldChange { field: one.0, old: one.1.clone(), new: other.1.clone() }).collect()
}

/// The difference word by word, equal neighbours joined.
fn word_changes(old: &str, new: &str) -> Vec<Words> {
    let mut found: Vec<Words> = Vec::new();
    for change in TextDiff::from_words(old, new).iter_all_changes() {
        let kind = match change.tag() {
            ChangeTag::Equal => "kept",
            ChangeTag::Insert => "added",
            ChangeTag::Delete => "removed",
        };
        match found.last_mut() {
            Some(last) if last.kind == kind => last.text.push_str(change.value()),
            _ => found.push(Words { kind, text: change.value().to_owned() }),
        }
    }
    found
}

fn heading<'a>(record: &'a Analysis, id: Option<&str>) -> &'a str {
    let section = record.sections.iter().find(|section| Some(section.id.as_str()) == id);
    section.and_then(|section| section.heading.as_ref()).map_or("", |heading| heading.text.as_str())
}

fn sections(record: &Analysis) -> Vec<Item> {
    let one = |section: &Section| {
        let heading_text = section.heading.as_ref()?.text.clone();
        let fields = vec![("level", section.level.to_string()), ("kind", wire_name(&section.kind)), ("number", section.number.clone().unwrap_or_default())];
        Some(Item { id: section.id.clone(), text: heading_text, fields, under: heading(record, section.parent.as_deref()).to_owned() })
    };
    record.sections.iter().filter_map(one).collect()
}

fn recommendations(record: &Analysis) -> Vec<Item> {
    let headings: HashMap<&str, &str> =
        record.sections.iter().filter_map(|section| Some((section.id.as_str(), section.heading.as_ref()?.text.as_str()))).collect();
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
        let under = item.section.as_deref().and_then(|id| headings.get(id)).copied().unwrap_or_default().to_owned();
        Item { id: item.id.clone(), text: item.text.clone(), fields, under }
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
            Item { id: actor.id.clone(), text: actor.name.clone(), fields, under: String::new() }
        })
        .collect();
    // Actors have no order of their own: first mentions shift with every edit.
    items.sort_by(|one, other| one.text.cmp(&other.text).then_with(|| one.id.cmp(&other.id)));
    items
}

fn citations(record: &Analysis) -> Vec<Item> {
    let one = |item: &Citation| {
        let work = &item.work;
        let authors: Vec<String> = work.authors.iter().map(crate::record::Name::display).collect();
        let value = |field: &Option<String>| field.clone().unwrap_or_default();
        let fields = vec![
            ("type", wire_name(&work.kind)),
            ("authors", authors.join("; ")),
            ("title", value(&work.title)),
            ("date", value(&work.date)),
            ("url", value(&work.url)),
            ("doi", value(&work.doi)),
        ];
        Item { id: item.id.clone(), text: item.text.clone(), fields, under: String::new() }
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
    fn an_item_that_changed_places_is_moved() {
        let (a, b, c) = (("Alpha acts.", Strength::Should), ("Beta waits.", Strength::Should), ("Gamma pays.", Strength::Should));
        assert_eq!(kinds(&record(&[a, b, c]), &record(&[c, a, b])), [(ChangeKind::Moved, "Gamma pays.".to_owned())]);
    }
}
