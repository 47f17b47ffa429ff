//! The files of names and classes that are compiled in. Each states its format in its header.

use super::naming::Usage;

const STATES: &str = include_str!("data/states.tsv");
/// Organisations and public bodies; their full names stand in the fourth column, in the order of their bytes.
pub(crate) const BODIES: &str = include_str!("data/bodies.tsv");
const PEOPLE: &str = include_str!("data/people.tsv");
const PEOPLES: &str = include_str!("data/peoples.tsv");
const NOT_ACTORS: &str = include_str!("data/not_actors.tsv");
const WORDS: &str = include_str!("data/words.tsv");
const DICTIONARY: &str = include_str!("data/dictionary.txt");
const GIVEN: &str = include_str!("data/given.txt");
const FAMILY: &str = include_str!("data/family.txt");
const PLACES: &str = include_str!("data/places.txt");

/// What the columns of names of an actor hold, in their order.
pub(super) const USAGES: [Usage; 5] = [Usage::Name, Usage::Acronym, Usage::Adjective, Usage::People, Usage::Metonym];

/// A known actor, as its row gives it; what it has not is empty.
#[derive(Debug, Clone, Copy)]
pub(super) struct Actor {
    pub kind: &'static str,
    pub code: &'static str,
    pub country: &'static str,
    pub wikidata: &'static str,
    /// The canonical name.
    pub name: &'static str,
    /// What the canonical name is.
    pub usage: Usage,
    /// Other names, joined with ";", after [`USAGES`].
    pub names: [&'static str; USAGES.len()],
}

const NONE: Actor = Actor { kind: "", code: "", country: "", wikidata: "", name: "", usage: Usage::Name, names: [""; USAGES.len()] };

/// All known actors, states first and in the order of their codes; their places are the numbers of their entries.
pub(super) fn actors() -> impl Iterator<Item = Actor> {
    let people = rows(PEOPLE).map(|row| {
        let (name, country) = row.split_once('\t').unwrap_or((row, ""));
        Actor { kind: "person", country, name, ..NONE }
    });
    let peoples = rows(PEOPLES).map(|name| Actor { kind: "people", name, usage: Usage::People, ..NONE });
    rows(STATES).map(state).chain(rows(BODIES).map(body)).chain(people).chain(peoples)
}

fn state(row: &'static str) -> Actor {
    let mut column = columns(row);
    let (code, kind, wikidata, name) = (column(), column(), column(), column());
    let country = match kind {
        "state" if code.len() == 3 && code != "SCG" => code,
        "subnational" if code.contains('-') => code.get(..3).unwrap_or_default(),
        _ => "",
    };
    Actor { kind, code, country, wikidata, name, names: USAGES.map(|_| column()), ..NONE }
}

fn body(row: &'static str) -> Actor {
    let mut column = columns(row);
    let (kind, country, wikidata, name) = (column(), column(), column(), column());
    Actor { kind, country, wikidata, name, names: [column(), "", "", "", ""], ..NONE }
}

/// The names that are no actors.
pub(super) fn not_actors() -> impl Iterator<Item = &'static str> {
    rows(NOT_ACTORS).map(|row| columns(row)())
}

/// Every word that has a class, and the name of the class; a word comes once for each.
pub(super) fn words(mut give: impl FnMut(&'static str, &'static str)) {
    for (class, words) in rows(WORDS).filter_map(|row| row.split_once('\t')) {
        words.split(' ').for_each(|word| give(class, word));
    }
    for (text, class) in [(DICTIONARY, "dictionary"), (GIVEN, "given"), (FAMILY, "family")] {
        rows(text).for_each(|word| give(class, word));
    }
    // Of a place with several words the first is no evidence.
    rows(PLACES).filter(|name| !name.contains(' ')).for_each(|name| give("place", name));
}

/// Gives the columns of a row one after the other, empty ones past the last.
fn columns(row: &'static str) -> impl FnMut() -> &'static str {
    let mut rest = row;
    move || {
        let end = memchr::memchr(b'\t', rest.as_bytes()).unwrap_or(rest.len());
        let column = rest.get(..end).unwrap_or_default();
        rest = rest.get(end + 1..).unwrap_or_default();
        column
    }
}

/// Lines that are not comments.
fn rows(text: &'static str) -> impl Iterator<Item = &'static str> {
    lines(text).filter(|line| !line.is_empty() && !line.starts_with('#'))
}

/// The lines of a file of this crate, which have no carriage returns.
fn lines(text: &'static str) -> impl Iterator<Item = &'static str> {
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

#[cfg(test)]
mod tests {
    use super::super::Class;
    use super::super::load::kind_named;
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
            ("dictionary", DICTIONARY),
            ("given", GIVEN),
            ("family", FAMILY),
        ] {
            assert!(text.starts_with("# "), "{name} states its format");
            assert!(is_nfc(text), "{name} is in NFC");
            assert!(!text.contains('’') && !text.contains("  "), "{name} has straight apostrophes and single spaces");
            assert!(rows(text).all(|row| !row.ends_with(' ') && !row.starts_with(' ')), "{name} has no blanks at line ends");
        }
        for text in [STATES, PEOPLE, PEOPLES, NOT_ACTORS, WORDS, PLACES, DICTIONARY, GIVEN, FAMILY] {
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
        }
        for actor in actors() {
            assert!(kind_named(actor.kind).is_some(), "{} is of a known kind", actor.name);
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
