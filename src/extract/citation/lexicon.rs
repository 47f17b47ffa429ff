//! What words and names of periodicals, publishers and places tell about the parts of a reference.

use rustc_hash::{FxBuildHasher, FxHashMap as HashMap, FxHashSet as HashSet};
use std::sync::LazyLock;

use super::date;
use super::role::{self, Roles};
use super::token;
use crate::lexicon::files::BODIES;

const WORDS: &str = include_str!("../../lexicon/data/citation-words.tsv");
const NAMES: &str = include_str!("../../lexicon/data/citation-names.tsv");

/// Classes of a word, as bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Classes(u16);

impl Classes {
    pub const NONE: Self = Self(0);
    pub const JOURNAL: Self = Self(1);
    pub const PERIODICAL: Self = Self(1 << 1);
    pub const ABBREV: Self = Self(1 << 2);
    pub const ABBREVIATION: Self = Self(1 << 3);
    pub const FUNCTION: Self = Self(1 << 4);
    pub const INSTITUTION: Self = Self(1 << 5);
    pub const PUBLISHER: Self = Self(1 << 6);
    pub const REPORT: Self = Self(1 << 7);
    pub const DEGREE: Self = Self(1 << 8);
    pub const PARTICLE: Self = Self(1 << 9);
    pub const SUFFIX: Self = Self(1 << 10);
    pub const TITLE: Self = Self(1 << 11);
    pub const NEWSPAPER: Self = Self(1 << 12);

    const NAMED: [(&'static str, Self); 13] = [
        ("journal", Self::JOURNAL),
        ("periodical", Self::PERIODICAL),
        ("abbrev", Self::ABBREV),
        ("abbreviation", Self::ABBREVIATION),
        ("function", Self::FUNCTION),
        ("institution", Self::INSTITUTION),
        ("publisher", Self::PUBLISHER),
        ("report", Self::REPORT),
        ("degree", Self::DEGREE),
        ("particle", Self::PARTICLE),
        ("suffix", Self::SUFFIX),
        ("title", Self::TITLE),
        ("newspaper", Self::NEWSPAPER),
    ];

    pub fn has(self, class: Self) -> bool {
        self.0 & class.0 != 0
    }

    fn named(list: &str) -> Self {
        let bits = list.split(',').filter_map(|name| Self::NAMED.iter().find(|(known, _)| *known == name));
        Self(bits.fold(0, |all, (_, class)| all | class.0))
    }
}

/// What a known name is the name of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum NameKind {
    Newspaper,
    Magazine,
    Journal,
    Preprint,
    Platform,
    Publisher,
    Place,
    Region,
    /// A known organisation or public body.
    Body,
}

fn rows(text: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    text.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once('\t'))
}

/// What is known of a word.
#[derive(Debug, Clone, Copy)]
pub(super) struct Entry {
    pub classes: Classes,
    pub roles: Roles,
    /// The number of the month that it names; 0 for other words.
    pub month: u8,
}

impl Entry {
    const NONE: Self = Self { classes: Classes::NONE, roles: Roles::NONE, month: 0 };
}

/// The longest words that are compared as one number.
const SHORT: usize = 16;

/// All known words: short ones of ASCII letters by a hash of their bytes, the others in a map.
struct Words {
    /// A word stands at the place that its hash gives or in the next free one: some more bits of the hash, and the word's number in the list, from 1.
    places: Vec<u32>,
    list: Vec<(u128, Entry)>,
    others: HashMap<&'static str, Entry>,
}

impl Words {
    /// Places, more than twice as many as there are words.
    const PLACES: usize = 8192;
    /// The bits of a place that are the number in the list.
    const NUMBER: u32 = 0x3fff;

    fn new() -> Self {
        let mut words = Self { places: vec![0; Self::PLACES], list: Vec::new(), others: HashMap::default() };
        for (word, list) in rows(WORDS) {
            words.add(word, |entry| entry.classes = Classes::named(list));
        }
        for (roles, list) in role::WORDS {
            for word in list {
                words.add(word, |entry| entry.roles = entry.roles.with(roles));
            }
        }
        for name in rows(NAMES).map(|(name, _)| name).chain(body_names().map(without_article)) {
            if let Some(word) = token::first_word(name) {
                words.add(word, |entry| entry.roles = entry.roles.with(Roles::NAME));
            }
        }
        for &(word, month) in date::MONTHS {
            words.add(word, |entry| {
                entry.month = month;
                entry.roles = entry.roles.with(Roles::MONTH);
            });
        }
        words
    }

    fn add(&mut self, word: &'static str, change: impl FnOnce(&mut Entry)) {
        match packed(word.as_bytes()) {
            Some(key) => {
                let (place, mark) = self.place(key);
                if self.places[place] == 0 {
                    self.list.push((key, Entry::NONE));
                    self.places[place] = mark | self.list.len() as u32;
                }
                let number = self.places[place] & Self::NUMBER;
                change(&mut self.list[number as usize - 1].1);
            }
            None => change(self.others.entry(word).or_insert(Entry::NONE)),
        }
    }

    /// Where a word stands, or would stand, and the bits of its hash that are kept there.
    fn place(&self, key: u128) -> (usize, u32) {
        let mixed = (key as u64 ^ ((key >> 64) as u64).rotate_left(29)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        let mark = (mixed >> 19) as u32 & !Self::NUMBER;
        let mut place = (mixed >> 51) as usize;
        loop {
            let found = self.places[place];
            if found == 0 || found & !Self::NUMBER == mark && self.list[(found & Self::NUMBER) as usize - 1].0 == key {
                return (place, mark);
            }
            place = (place + 1) % Self::PLACES;
        }
    }

    /// What is known of a short word.
    fn short(&self, key: u128) -> Entry {
        match self.places[self.place(key).0] & Self::NUMBER {
            0 => Entry::NONE,
            number => self.list[number as usize - 1].1,
        }
    }
}

/// A word of up to sixteen ASCII characters in lower case, as a number.
fn packed(word: &[u8]) -> Option<u128> {
    const EACH: u128 = u128::from_ne_bytes([1; 16]);
    if word.last() == Some(&0) {
        return None;
    }
    let mut bytes = [0u8; SHORT];
    bytes.get_mut(..word.len())?.copy_from_slice(word);
    let number = u128::from_le_bytes(bytes);
    // Bit 7 of each byte tells where it is "A" or more, and where more than "Z".
    let (from_a, past_z) = (number.wrapping_add(EACH * u128::from(0x80 - b'A')), number.wrapping_add(EACH * u128::from(0x7f - b'Z')));
    let capital = from_a & !past_z & (EACH * 0x80);
    (number & (EACH * 0x80) == 0).then_some(number | capital >> 2)
}

static KNOWN: LazyLock<Words> = LazyLock::new(Words::new);

/// What is known of a word, in any case.
pub(super) fn entry(word: &str) -> Entry {
    let known = &*KNOWN;
    let mut entry = match packed(word.as_bytes()) {
        Some(key) => known.short(key),
        None => {
            let mut entry = lower(word, &mut [0; LONGEST]).and_then(|word| known.others.get(word)).copied().unwrap_or(Entry::NONE);
            if !word.is_ascii() {
                entry = unusual(word, entry);
            }
            entry
        }
    };
    // Acronyms that read like function words.
    if matches!(word, "WHO" | "IT" | "US") {
        entry.classes = Classes::NONE;
    }
    entry
}

/// A word that is not all ASCII may be a known one in lower case and with a straight apostrophe. Roles are those of ASCII words alone.
fn unusual(word: &str, entry: Entry) -> Entry {
    let folded = lower(word, &mut [0; LONGEST]).and_then(|word| packed(word.as_bytes())).map_or(entry, |key| KNOWN.short(key));
    let mut roles = if folded.month == 0 { Roles::NONE } else { Roles::MONTH };
    if word.eq_ignore_ascii_case("master’s") {
        roles = roles.with(Roles::THESIS);
    }
    // In the hyphen of its own that some software writes.
    if word.eq_ignore_ascii_case("access‐date") {
        roles = roles.with(Roles::LEAD);
    }
    Entry { roles, ..folded }
}

static NAME_KINDS: LazyLock<HashMap<&'static str, NameKind>> = LazyLock::new(|| {
    let kind = |name: &str| match name {
        "newspaper" => NameKind::Newspaper,
        "magazine" => NameKind::Magazine,
        "journal" => NameKind::Journal,
        "preprint" => NameKind::Preprint,
        "platform" => NameKind::Platform,
        "publisher" => NameKind::Publisher,
        "place" => NameKind::Place,
        _ => NameKind::Region,
    };
    let mut kinds = HashMap::with_capacity_and_hasher(1 << 10, FxBuildHasher);
    kinds.extend(rows(NAMES).map(|(name, list)| (name, kind(list))));
    kinds
});

/// The full names of organisations and public bodies.
static BODY_NAMES: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
    let mut names = HashSet::with_capacity_and_hasher(1 << 12, FxBuildHasher);
    names.extend(body_names());
    names
});

fn body_names() -> impl Iterator<Item = &'static str> {
    BODIES.lines().filter(|line| !line.starts_with('#')).filter_map(|line| {
        let mut tabs = memchr::memchr_iter(b'\t', line.as_bytes());
        let from = tabs.nth(2)? + 1;
        line.get(from..tabs.next().unwrap_or(line.len()))
    })
}

fn without_article(name: &str) -> &str {
    name.strip_prefix("the ").or_else(|| name.strip_prefix("The ")).unwrap_or(name)
}

/// True for the full name of a known organisation or public body, in its own case, with or without "the".
pub(super) fn is_body(name: &str) -> bool {
    let name = name.trim_matches(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | ':' | '(' | ')'));
    let name = without_article(name);
    BODY_NAMES.contains(name) || name.contains('’') && BODY_NAMES.contains(name.replace('’', "'").as_str())
}

/// The longest word or name that is looked up; longer ones are in no list.
pub(super) const LONGEST: usize = 48;

/// The classes of a word, in any case.
pub(super) fn word(word: &str) -> Classes {
    entry(word).classes
}

/// The kind of a whole name, in any case, with or without "the".
pub(super) fn name(name: &str) -> Option<NameKind> {
    let name = name.trim_matches(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | ':' | '(' | ')'));
    let mut buffer = [0u8; LONGEST];
    let lowered = lower(name, &mut buffer)?;
    let lowered = lowered.strip_prefix("the ").unwrap_or(lowered);
    NAME_KINDS.get(lowered).or_else(|| NAME_KINDS.get(lowered.strip_suffix('.')?)).copied()
}

/// `text` in lower case, in `buffer`; none if it is too long or is not short text.
pub(super) fn lower<'a>(text: &str, buffer: &'a mut [u8; LONGEST]) -> Option<&'a str> {
    let mut length = 0;
    if text.is_ascii() {
        let lowered = buffer.get_mut(..text.len())?;
        lowered.copy_from_slice(text.as_bytes());
        lowered.make_ascii_lowercase();
        return std::str::from_utf8(lowered).ok();
    }
    for c in text.chars() {
        let c = if c == '’' { '\'' } else { c };
        for c in c.to_lowercase() {
            let mut bytes = [0u8; 4];
            let bytes = c.encode_utf8(&mut bytes).as_bytes();
            buffer.get_mut(length..length + bytes.len())?.copy_from_slice(bytes);
            length += bytes.len();
        }
    }
    std::str::from_utf8(&buffer[..length]).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lists_are_sorted_unique_and_normalised() {
        for text in [WORDS, NAMES] {
            assert!(text.starts_with('#'), "a list states its format");
            let keys: Vec<&str> = rows(text).map(|(key, _)| key).collect();
            let mut sorted = keys.clone();
            sorted.sort_unstable();
            sorted.dedup();
            assert_eq!(keys, sorted);
            assert!(keys.iter().all(|key| *key == key.trim().to_lowercase() && key.len() <= LONGEST));
        }
    }

    #[test]
    fn bodies_are_known_by_their_full_names() {
        assert!(is_body("Human Rights Watch") && is_body("the World Bank"));
        assert!(!is_body("Harbour Watch") && !is_body(""));
    }

    #[test]
    fn names_are_found_with_the_article_and_a_full_stop() {
        assert_eq!(name("The Washington Post"), Some(NameKind::Newspaper));
        assert_eq!(name("Cambridge."), Some(NameKind::Place));
        assert_eq!(name("Something Unknown"), None);
    }
}
