//! Names of known actors: the gazetteer, built in and the user's, and the classes of words that names are made of.

mod build;
mod class;
pub(crate) mod files;
mod hash;
mod index;
mod load;
mod naming;
mod overlay;
mod pack;
mod phrase;
mod token;

pub use class::{Class, Classes, bit};
pub use hash::{Table, of, of_first, of_lower, of_short, of_title};
pub use index::NameIndex;
pub use naming::{Naming, Usage};
pub use overlay::{Problem, check};
pub use phrase::{Phrases, alphanumeric_blocks, alphanumeric_end, word_starts};
pub use token::{Shape, Token, cut, mark_hash};

use std::borrow::Cow;

use crate::record::ActorKind;

/// A known actor.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    pub kind: ActorKind,
    /// The canonical name.
    pub name: Cow<'static, str>,
    /// The code that makes its id, as `KOR` in `state:KOR`; none where the id is made from the name.
    pub code: Option<Cow<'static, str>>,
    /// ISO 3166-1 alpha-3.
    pub country: Option<Cow<'static, str>>,
    pub wikidata: Option<Cow<'static, str>>,
    /// True if the user's file gave it.
    pub from_user: bool,
}

/// What the lexicon knows of a name.
#[derive(Debug, Clone, PartialEq)]
pub struct Found<'a> {
    pub entry: &'a Entry,
    pub usage: Usage,
    /// True if the name counts only where the document names the same actor in another way.
    pub needs_context: bool,
}

pub mod function_word;
pub mod topic;
pub mod verb;

/// The names that the actor extractor knows.
#[derive(Debug, Clone)]
pub struct Lexicon {
    entries: Vec<Entry>,
    index: NameIndex,
    classes: ClassTable,
    /// What the tables were built with, if they are not those that are built in.
    builder: Option<Box<build::Builder>>,
}

/// Classes by the hash of the word: of words in small letters, and evidence for names as written.
#[derive(Debug, Clone)]
struct ClassTable {
    /// From a word to the place of its set.
    words: Cow<'static, [pack::Slot]>,
    /// The sets of classes that words have.
    sets: Vec<u64>,
}

impl Default for Lexicon {
    fn default() -> Self {
        Self::built_in()
    }
}

impl Lexicon {
    /// The built-in lexicon.
    #[must_use]
    pub fn built_in() -> Self {
        load::built_in()
    }

    /// The lexicon with the user's entries laid over it: they add names, take names over, or remove them.
    /// `text` is a table in CSV or TSV with a header: name, type, aliases, country, id. Lines that [`check`] complains of are left out.
    #[must_use]
    pub fn overlay(mut self, text: &str) -> Self {
        overlay::apply(&mut self, text);
        self
    }

    /// What a name means, exactly as written.
    #[must_use]
    pub fn find(&self, name: &str) -> Vec<Found<'_>> {
        let namings = self.index.find(name).iter();
        namings.filter_map(|naming| Some(Found { entry: self.entry(naming.entry?), usage: naming.usage, needs_context: naming.needs_context })).collect()
    }

    /// True if the lexicon says that `name` is no actor (an agreement, a region).
    #[must_use]
    pub fn excludes(&self, name: &str) -> bool {
        self.index.find(name).iter().any(|naming| naming.usage == Usage::NoActor)
    }

    #[must_use]
    pub fn entry(&self, index: u32) -> &Entry {
        &self.entries[index as usize]
    }

    /// The entry of the state with this ISO 3166-1 alpha-3 code.
    #[must_use]
    pub fn state(&self, code: &str) -> Option<u32> {
        // States come first and in the order of their codes; a user's entries come last.
        let states = self.entries.partition_point(|entry| entry.code.is_some() && !entry.from_user);
        self.entries[..states].binary_search_by(|entry| entry.code.as_deref().unwrap_or_default().cmp(code)).ok().map(|index| index as u32)
    }

    /// All known actors.
    #[must_use]
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The names, for longest-match lookup.
    #[must_use]
    pub fn names(&self) -> &NameIndex {
        &self.index
    }

    /// The classes of a word with this hash; evidence for names is under the word as written, the rest under its small letters.
    #[must_use]
    pub fn classes(&self, hash: u64) -> Classes {
        let set = pack::find(&self.classes.words, hash).and_then(|set| self.classes.sets.get(set as usize));
        Classes(set.copied().unwrap_or(0))
    }

    fn add_entry(&mut self, entry: Entry) -> u32 {
        self.entries.push(entry);
        (self.entries.len() - 1) as u32
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_what_it_knows() {
        let lexicon = Lexicon::built_in();
        let korea = lexicon.find("ROK");
        assert_eq!(korea[0].entry.name, "South Korea");
        assert_eq!(korea[0].usage, Usage::Acronym);
        assert_eq!(lexicon.find("Japanese")[0].usage, Usage::Adjective);
        assert!(lexicon.find("Nowhere Land").is_empty());
        assert!(lexicon.excludes("South China Sea"));
    }

    #[test]
    fn words_have_their_classes() {
        let lexicon = Lexicon::built_in();
        assert!(lexicon.classes(of("ministry")).has(Class::GovernmentHead));
        assert!(lexicon.classes(of("Barack")).has(Class::Given));
        assert!(lexicon.classes(of("because")).has(Class::Function));
    }
}
