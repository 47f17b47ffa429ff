//! Builds the lexicon from the files that are compiled in. Each file states its format in its header.

use std::borrow::Cow;

use super::hash::{self, Table};
use super::index::{NameIndex, Naming, Usage};
use super::token::Token;
use super::{Class, Entry, Lexicon};
use crate::record::ActorKind;

const STATES: &str = include_str!("data/states.tsv");
/// Organisations and public bodies; their full names stand in the fourth column, in the order of their bytes.
pub(crate) const BODIES: &str = include_str!("data/bodies.tsv");
const PEOPLE: &str = include_str!("data/people.tsv");
const PEOPLES: &str = include_str!("data/peoples.tsv");
const NOT_ACTORS: &str = include_str!("data/not_actors.tsv");
const WORDS: &str = include_str!("data/words.tsv");
/// Lists of one word a line, and the class that it gives.
const LISTS: [(&str, Class); 3] = [
    (include_str!("data/dictionary.txt"), Class::Dictionary),
    (include_str!("data/given.txt"), Class::Given),
    (include_str!("data/family.txt"), Class::Family),
];
const PLACES: &str = include_str!("data/places.txt");

/// Room for the words of all files, so that the table does not grow while it is filled.
const WORD_COUNT: usize = 110_000;
const NODE_COUNT: usize = 24_000;

/// Lines that are not comments.
pub(super) fn rows(text: &str) -> impl Iterator<Item = &str> {
    lines(text).filter(|line| !line.is_empty() && !line.starts_with('#'))
}

/// The lines of a file of this crate, which have no carriage returns.
fn lines(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let end = memchr::memchr(b'\n', rest.as_bytes()).unwrap_or(rest.len());
        let line = rest.get(..end)?;
        rest = rest.get(end + 1..).unwrap_or_default();
        Some(line)
    })
}

pub(super) fn built_in() -> Lexicon {
    let mut lexicon = Lexicon { entries: Vec::with_capacity(6000), index: NameIndex::with_capacity(NODE_COUNT), classes: Table::with_capacity(WORD_COUNT) };
    let mut scratch = Vec::new();
    words(&mut lexicon);
    states(&mut lexicon, &mut scratch);
    bodies(&mut lexicon, &mut scratch);
    people(&mut lexicon, &mut scratch);
    for row in rows(NOT_ACTORS) {
        let name = row.split('\t').next().unwrap_or_default();
        lexicon.add_naming(name, Naming { entry: None, usage: Usage::NoActor, needs_context: false }, &mut scratch);
    }
    lexicon
}

fn words(lexicon: &mut Lexicon) {
    for row in rows(WORDS) {
        let Some((class, words)) = row.split_once('\t') else { continue };
        if let Some(class) = Class::named(class) {
            words.as_bytes().split(|&byte| byte == b' ').for_each(|word| lexicon.add_class(hash::of_bytes(word), class));
        }
    }
    for (text, class) in LISTS {
        rows(text).for_each(|word| lexicon.add_class(hash::of(word), class));
    }
    // Of a place with several words the first is no evidence.
    rows(PLACES).filter(|name| !name.contains(' ')).for_each(|name| lexicon.add_class(hash::of(name), Class::Place));
}

fn states(lexicon: &mut Lexicon, scratch: &mut Vec<Token>) {
    for row in rows(STATES) {
        let mut columns = row.split('\t');
        let mut column = || columns.next().unwrap_or_default();
        let (code, kind, wikidata, name) = (column(), column(), column(), column());
        let kind = kind_named(kind).unwrap_or(ActorKind::State);
        let iso = (code.len() == 3 && kind == ActorKind::State && code != "SCG").then_some(Cow::Borrowed(code));
        let country = iso.or_else(|| (kind == ActorKind::Subnational).then(|| code.get(..3)).flatten().filter(|_| code.contains('-')).map(Cow::Borrowed));
        let entry = Entry { kind, name: Cow::Borrowed(name), code: Some(Cow::Borrowed(code)), country, wikidata: some(wikidata), from_user: false };
        let entry = lexicon.add_entry(entry);
        lexicon.add_names(entry, name, Usage::Name, scratch);
        for usage in [Usage::Name, Usage::Acronym, Usage::Adjective, Usage::People, Usage::Metonym] {
            lexicon.add_names(entry, column(), usage, scratch);
        }
    }
}

fn bodies(lexicon: &mut Lexicon, scratch: &mut Vec<Token>) {
    for row in rows(BODIES) {
        let mut columns = row.split('\t');
        let mut column = || columns.next().unwrap_or_default();
        let (kind, country, wikidata, name, names) = (column(), column(), column(), column(), column());
        let Some(kind) = kind_named(kind) else { continue };
        let entry = Entry { kind, name: Cow::Borrowed(name), code: None, country: some(country), wikidata: some(wikidata), from_user: false };
        let entry = lexicon.add_entry(entry);
        lexicon.add_names(entry, name, Usage::Name, scratch);
        lexicon.add_names(entry, names, Usage::Name, scratch);
    }
}

fn people(lexicon: &mut Lexicon, scratch: &mut Vec<Token>) {
    for row in rows(PEOPLE) {
        let (name, country) = row.split_once('\t').unwrap_or((row, ""));
        let entry = Entry { kind: ActorKind::Person, name: Cow::Borrowed(name), code: None, country: some(country), wikidata: None, from_user: false };
        let entry = lexicon.add_entry(entry);
        lexicon.add_names(entry, name, Usage::Name, scratch);
    }
    for name in rows(PEOPLES) {
        let entry = Entry { kind: ActorKind::People, name: Cow::Borrowed(name), code: None, country: None, wikidata: None, from_user: false };
        let entry = lexicon.add_entry(entry);
        lexicon.add_names(entry, name, Usage::People, scratch);
    }
}

/// The kind with this name in the files and in the record.
#[must_use]
pub(super) fn kind_named(name: &str) -> Option<ActorKind> {
    Some(match name {
        "state" => ActorKind::State,
        "government" => ActorKind::Government,
        "subnational" => ActorKind::Subnational,
        "intergovernmental" => ActorKind::Intergovernmental,
        "organization" | "organisation" => ActorKind::Organization,
        "company" => ActorKind::Company,
        "person" => ActorKind::Person,
        "people" => ActorKind::People,
        "role" => ActorKind::Role,
        _ => return None,
    })
}

fn some(text: &'static str) -> Option<Cow<'static, str>> {
    (!text.is_empty()).then_some(Cow::Borrowed(text))
}

/// True for names written as abbreviations: capitals, digits and full stops, with at most two small letters ("NATO", "U.S.", "DoD", "BiH").
#[must_use]
pub(super) fn is_acronym(name: &str) -> bool {
    const LONGEST: usize = 12;
    if name.len() > LONGEST || name.contains(' ') {
        return false;
    }
    let capitals = name.chars().filter(|c| c.is_uppercase()).count();
    let small = name.chars().filter(|c| c.is_lowercase()).count();
    let digits = name.chars().any(|c| c.is_ascii_digit());
    (capitals >= 2 || capitals == 1 && digits) && small <= 2 && capitals > small
}

impl Lexicon {
    /// Adds names joined with ";"; one that begins with "?" needs context.
    pub(super) fn add_names(&mut self, entry: u32, names: &str, usage: Usage, scratch: &mut Vec<Token>) {
        for name in names.split(';').filter(|name| !name.is_empty()) {
            let (name, needs_context) = name.strip_prefix('?').map_or((name, false), |name| (name, true));
            let usage = if usage == Usage::Name && is_acronym(name) { Usage::Acronym } else { usage };
            self.add_naming(name, Naming { entry: Some(entry), usage, needs_context }, scratch);
        }
    }

    pub(super) fn add_naming(&mut self, name: &str, naming: Naming, scratch: &mut Vec<Token>) {
        let Some((node, first)) = self.index.insert(name, scratch) else { return };
        self.index.add(node, naming);
        self.add_class(first, Class::Begins);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_sorted_and_unique<'a>(keys: impl Iterator<Item = &'a str>) -> bool {
        keys.collect::<Vec<_>>().windows(2).all(|pair| pair[0] < pair[1])
    }

    fn column(text: &'static str, index: usize) -> impl Iterator<Item = &'static str> {
        rows(text).map(move |row| row.split('\t').nth(index).unwrap_or_default())
    }

    #[test]
    fn files_are_sorted_unique_and_normalised() {
        use unicode_normalization::is_nfc;
        for (name, text) in [
            ("states", STATES),
            ("bodies", BODIES),
            ("people", PEOPLE),
            ("peoples", PEOPLES),
            ("not_actors", NOT_ACTORS),
            ("words", WORDS),
            ("places", PLACES),
            ("dictionary", LISTS[0].0),
            ("given", LISTS[1].0),
            ("family", LISTS[2].0),
        ] {
            assert!(text.starts_with("# "), "{name} states its format");
            assert!(is_nfc(text), "{name} is in NFC");
            assert!(!text.contains('’') && !text.contains("  "), "{name} has straight apostrophes and single spaces");
            assert!(rows(text).all(|row| !row.ends_with(' ') && !row.starts_with(' ')), "{name} has no blanks at line ends");
        }
        for text in [STATES, PEOPLE, PEOPLES, NOT_ACTORS, WORDS, PLACES, LISTS[0].0, LISTS[1].0, LISTS[2].0] {
            assert!(is_sorted_and_unique(column(text, 0)));
        }
        assert!(column(BODIES, 3).collect::<Vec<_>>().is_sorted());
        assert!(rows(BODIES).collect::<std::collections::HashSet<_>>().len() == rows(BODIES).count());
    }

    #[test]
    fn every_row_has_its_columns_and_a_known_kind() {
        for row in rows(STATES) {
            assert_eq!(row.split('\t').count(), 9, "{row}");
        }
        for row in rows(BODIES) {
            assert_eq!(row.split('\t').count(), 5, "{row}");
            assert!(kind_named(row.split('\t').next().unwrap_or_default()).is_some(), "{row}");
        }
        for row in rows(WORDS) {
            let class = row.split('\t').next().unwrap_or_default();
            assert!(Class::named(class).is_some(), "{class} is a class");
            assert!(is_sorted_and_unique(row.split('\t').nth(1).unwrap_or_default().split(' ')), "{class} is sorted");
        }
    }

    #[test]
    fn tells_acronyms() {
        assert!(["NATO", "U.S.", "DoD", "G7", "BiH", "AfD"].iter().all(|name| is_acronym(name)));
        assert!(!["Bundestag", "Hamas", "The Hague"].iter().any(|name| is_acronym(name)));
    }
}
