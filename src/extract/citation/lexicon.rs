//! What words and names of periodicals, publishers and places tell about the parts of a reference.

use rustc_hash::FxHashMap as HashMap;
use std::sync::LazyLock;

use crate::lexicon::load::BODIES;

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

static WORD_CLASSES: LazyLock<HashMap<&'static str, Classes>> = LazyLock::new(|| rows(WORDS).map(|(word, list)| (word, Classes::named(list))).collect());

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
    rows(NAMES).map(|(name, list)| (name, kind(list))).collect()
});

/// The full names of organisations and public bodies; a test keeps their file in the order of their bytes.
static BODY_NAMES: LazyLock<Vec<&'static str>> =
    LazyLock::new(|| BODIES.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split('\t').nth(3)).collect());

/// True for the full name of a known organisation or public body, in its own case, with or without "the".
pub(super) fn is_body(name: &str) -> bool {
    let name = name.trim_matches(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | ':' | '(' | ')'));
    let name = name.strip_prefix("the ").or_else(|| name.strip_prefix("The ")).unwrap_or(name);
    BODY_NAMES.binary_search(&name).is_ok() || name.contains('’') && BODY_NAMES.binary_search(&name.replace('’', "'").as_str()).is_ok()
}

/// The longest word or name that is looked up; longer ones are in no list.
pub(super) const LONGEST: usize = 48;

/// The classes of a word, in any case.
pub(super) fn word(word: &str) -> Classes {
    // Acronyms that read like function words.
    if matches!(word, "WHO" | "IT" | "US") {
        return Classes::NONE;
    }
    let mut buffer = [0u8; LONGEST];
    lower(word, &mut buffer).and_then(|word| WORD_CLASSES.get(word)).copied().unwrap_or(Classes::NONE)
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
