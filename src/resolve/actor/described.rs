//! Descriptions: "the country", "the federal government", "the three countries". They are resolved where the document makes plain whom they mean.

use std::collections::{BTreeMap, BTreeSet};

use super::registry::Registry;
use crate::document::Document;
use crate::extract::actor::{Described, RawMention, Referent};
use crate::lexicon::{Class, Lexicon, of_lower};
use crate::record::{ActorKind, Form};
use crate::span::Span;

/// The actors that the description at `index` means, and their kind if it is another than the description's.
pub(super) fn resolve(
    described: Described,
    index: usize,
    mentions: &[RawMention],
    resolved: &[Vec<usize>],
    document: &Document,
    registry: &mut Registry,
) -> (Vec<usize>, Option<ActorKind>) {
    match described {
        Described::Country => (registry.state.map(|entry| registry.known(entry)).into_iter().collect(), None),
        Described::Government => {
            let name =
                registry.state.map_or_else(|| "government".to_owned(), |entry| format!("Government of {}", with_article(&registry.lexicon.entry(entry).name)));
            (vec![registry.named(&name, registry.state, ActorKind::Government)], None)
        }
        Described::Organ(organ) => {
            let state = registry.state.map(|entry| registry.lexicon.entry(entry).name.clone());
            let local = state.and_then(|state| local_name(organ, &state));
            (local.map(|name| registry.named(&name, registry.state, ActorKind::Government)).into_iter().collect(), None)
        }
        Described::States(count) => (states(count, index, mentions, resolved, document, registry), None),
    }
}

/// The canonical name of a body or office that the document calls by a word alone, in the state that it is of: "the House" in a British text.
pub(super) fn local_name(name: &str, state: &str) -> Option<String> {
    let known = match (state, name) {
        ("United Kingdom", "House" | "Commons") => "House of Commons",
        ("United Kingdom", "Lords") => "House of Lords",
        ("United Kingdom", "Treasury") => "HM Treasury",
        ("United States", "House") => "United States House of Representatives",
        ("United States", "House of Representatives") => "United States House of Representatives",
        ("United States", "Senate") => "United States Senate",
        ("United States", "Congress") => "United States Congress",
        ("United States", "Treasury") => "Department of the Treasury",
        ("United States", "Supreme Court") => "U.S. Supreme Court",
        _ => "",
    };
    if !known.is_empty() {
        return Some(known.to_owned());
    }
    if matches!(name, "military" | "army" | "navy") {
        return Some(format!("{state} {name}"));
    }
    let of_states = [
        "Parliament",
        "Senate",
        "Congress",
        "National Assembly",
        "House of Representatives",
        "Cabinet",
        "Treasury",
        "Supreme Court",
        "Constitutional Court",
        "President",
        "Vice President",
        "Governor-General",
        "Prime Minister",
        "Deputy Prime Minister",
        "Foreign Minister",
        "Foreign Secretary",
        "Defense Minister",
        "Defence Minister",
        "Finance Minister",
        "Interior Minister",
        "Home Secretary",
        "Chancellor",
    ];
    // The president of a monarchy presides over its senate.
    const MONARCHIES: [&str; 9] = ["Australia", "Belgium", "Canada", "Denmark", "Japan", "Netherlands", "New Zealand", "Sweden", "United Kingdom"];
    if name == "President" && MONARCHIES.contains(&state) {
        return None;
    }
    let minister = ["Minister of ", "Minister for "].iter().any(|start| name.starts_with(start));
    (minister || of_states.contains(&name)).then(|| format!("{name} of {}", with_article(state)))
}

fn with_article(name: &str) -> String {
    let plural = ["United ", "Netherlands", "Philippines", "Democratic Republic", "Republic of", "Czech Republic", "European Union"];
    if plural.iter().any(|start| name.starts_with(start)) { format!("the {name}") } else { name.to_owned() }
}

/// The state that the document is of: the one that it and its bodies are named after most, if no other comes near.
pub(super) fn dominant_state(lexicon: &Lexicon, mentions: &[RawMention]) -> Option<u32> {
    let mut counts: BTreeMap<u32, usize> = BTreeMap::new();
    let mut bodies: BTreeMap<u32, usize> = BTreeMap::new();
    for mention in mentions {
        let entry = match &mention.referent {
            Referent::Known(entry) => Some(*entry),
            Referent::Named { country, .. } => *country,
            _ => None,
        };
        let Some(entry) = entry else { continue };
        let known = lexicon.entry(entry);
        if is_shared(&known.name) && mention.span.len() == SHARED.len() {
            continue;
        }
        let state = if known.kind == ActorKind::State { Some(entry) } else { known.country.as_deref().and_then(|code| state_of(lexicon, code)) };
        if let Some(state) = state {
            *counts.entry(state).or_default() += 1;
            if mention.kind == ActorKind::Government {
                *bodies.entry(state).or_default() += 1;
            }
        }
    }
    let most =
        |counts: &BTreeMap<u32, usize>| counts.iter().max_by_key(|(_, count)| **count).map(|(&entry, &count)| (entry, count, counts.values().sum::<usize>()));
    let (entry, count, total) = most(&counts)?;
    if count * 2 > total {
        return Some(entry);
    }
    if let Some(whole) = united_kingdom(lexicon, &counts) {
        return Some(whole);
    }
    // Far ahead of every other, though a list names many once.
    let second = counts.iter().filter(|(other, _)| **other != entry).map(|(_, count)| *count).max().unwrap_or_default();
    if count >= FAR_AHEAD && count >= second * FAR_AHEAD {
        return Some(entry);
    }
    // Only one state's bodies act, though others are named more often together.
    let (entry, count, total) = most(&bodies)?;
    (count >= LEAST_BODIES && count * 5 >= total * 4).then_some(entry)
}

/// The United Kingdom, if it and its nations together are named most: a paper on one of them calls its government by that of the whole.
fn united_kingdom(lexicon: &Lexicon, counts: &BTreeMap<u32, usize>) -> Option<u32> {
    let of_code = |code: &str| lexicon.state(code).and_then(|entry| counts.get(&entry).copied()).unwrap_or_default();
    let whole = lexicon.state("GBR").filter(|entry| counts.contains_key(entry))?;
    let together: usize = ["GBR", "XENG", "XNIR", "XSCO", "XWLS"].iter().map(|code| of_code(code)).sum();
    (together * 2 > counts.values().sum::<usize>()).then_some(whole)
}

/// How many times as often as any other the state that a document is of is named.
const FAR_AHEAD: usize = 4;

/// A chamber's name that several states have tells nothing without the state's.
pub(super) const SHARED: &str = "House of Representatives";

/// True for a chamber that the document calls by the shared name alone, if it is of another state than the entry.
pub(super) fn is_foreign_chamber(entry: u32, span: Span, state: Option<u32>, lexicon: &Lexicon) -> bool {
    let known = lexicon.entry(entry);
    let same = state.is_some_and(|state| lexicon.entry(state).country == known.country);
    state.is_some() && !same && is_shared(&known.name) && span.len() == SHARED.len()
}

/// The codes of the states that the document names or whose people it does, its bodies apart.
pub(super) fn named_states<'a>(lexicon: &'a Lexicon, mentions: &[RawMention]) -> BTreeSet<&'a str> {
    let state = |mention: &RawMention| match (&mention.referent, mention.kind) {
        (Referent::Known(entry), ActorKind::State | ActorKind::Subnational) => lexicon.entry(*entry).country.as_deref(),
        (Referent::Named { country: Some(entry), .. }, _) => lexicon.entry(*entry).country.as_deref(),
        _ => None,
    };
    mentions.iter().filter_map(state).collect()
}

/// True for a known body of a state that the document never names, though it is of another: there a name of common words ("Home Office") means
/// another body.
pub(super) fn is_homonym(entry: u32, name: &str, state: Option<u32>, named: &BTreeSet<&str>, lexicon: &Lexicon) -> bool {
    let known = lexicon.entry(entry);
    let (Some(state), Some(country)) = (state, known.country.as_deref()) else { return false };
    let foreign = lexicon.entry(state).country.as_deref() != Some(country) && !named.contains(country);
    let common = |word: &str| lexicon.classes(of_lower(word)).any(&[Class::Dictionary, Class::Function]);
    known.kind == ActorKind::Government && !known.from_user && foreign && name.split(' ').all(common)
}

fn is_shared(name: &str) -> bool {
    name.ends_with(SHARED)
}

/// How many mentions of a state's bodies make it the one that the document is of.
const LEAST_BODIES: usize = 3;

fn state_of(lexicon: &Lexicon, code: &str) -> Option<u32> {
    lexicon.state(code)
}

/// How many mentions back the states of a set may stand: further away the reader would not know them either.
const LOOK_BACK: usize = 300;

/// The states that "both sides" or "the three countries" stand for: those of the last sentence or passage that names so many together.
fn states(count: Option<u8>, index: usize, mentions: &[RawMention], resolved: &[Vec<usize>], document: &Document, registry: &Registry) -> Vec<usize> {
    let wanted = count.map(usize::from);
    let from = index.saturating_sub(LOOK_BACK);
    // An earlier description of as many is the same set.
    for (earlier, mention) in mentions.iter().enumerate().take(index).skip(from).rev() {
        let actors = &resolved[earlier];
        let is_set = matches!(mention.referent, Referent::Described(Described::States(_))) && actors.len() > 1;
        if is_set && wanted.is_none_or(|wanted| wanted == actors.len()) {
            return actors.clone();
        }
    }
    let mut groups: BTreeMap<Vec<usize>, usize> = BTreeMap::new();
    let mut group: Vec<usize> = Vec::new();
    let mut last_end = 0;
    let mut latest = None;
    for (earlier, mention) in mentions.iter().enumerate().take(index).skip(from) {
        let state = resolved[earlier].first().copied().filter(|&actor| {
            resolved[earlier].len() == 1 && registry.get(actor).kind == ActorKind::State && (mention.form != Form::Demonym || is_hyphenated(document, mention))
        });
        let between = document.reading.get(last_end..mention.span.start()).unwrap_or_default();
        let joined = between.len() <= 10
            && matches!(between.trim().trim_start_matches("and").trim(), "," | ", and" | ", the" | ", and the" | "and" | "the" | "–" | "-" | "—" | "");
        match state {
            Some(state) if joined && !group.is_empty() => group.push(state),
            Some(state) => {
                close(&mut group, wanted, &mut groups, &mut latest);
                group.push(state);
            }
            None => close(&mut group, wanted, &mut groups, &mut latest),
        }
        last_end = mention.span.end();
    }
    close(&mut group, wanted, &mut groups, &mut latest);
    latest.unwrap_or_default()
}

/// True for a demonym in a compound of several: "Chadian-Libyan", "U.S.-Iranian".
fn is_hyphenated(document: &Document, mention: &RawMention) -> bool {
    let dash = |text: &str| text.starts_with(['-', '–']);
    let after = document.reading.get(mention.span.end()..).is_some_and(dash);
    let before = document.reading.get(..mention.span.start()).is_some_and(|text| text.ends_with(['-', '–']));
    before || after
}

/// Notes a finished group of states if it has the size that is looked for.
fn close(group: &mut Vec<usize>, wanted: Option<usize>, groups: &mut BTreeMap<Vec<usize>, usize>, latest: &mut Option<Vec<usize>>) {
    let mut set = std::mem::take(group);
    set.sort_unstable();
    set.dedup();
    if set.len() > 1 && wanted.is_none_or(|wanted| wanted == set.len()) {
        *groups.entry(set.clone()).or_default() += 1;
        *latest = Some(set);
    }
}
