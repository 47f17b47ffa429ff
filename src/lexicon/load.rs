//! Opens the lexicon: the tables that were made from the files when the crate was built, and the entries that the files tell of.

use std::borrow::Cow;

use super::build::Builder;
use super::files::{self, Actor};
use super::index::NameIndex;
use super::pack::Slot;
use super::{ClassTable, Entry, Lexicon};
use crate::record::ActorKind;

/// Bytes that begin where a line of the cache of the processor does.
#[repr(align(64))]
struct Aligned<T: ?Sized>(T);

macro_rules! table {
    ($name:literal) => {{
        static BYTES: &Aligned<[u8]> = &Aligned(*include_bytes!(concat!(env!("OUT_DIR"), "/", $name)));
        BYTES.0.as_chunks().0
    }};
}

pub(super) fn built_in() -> Lexicon {
    let (classes, sets): (&[Slot], &[Slot]) = (table!("classes.bin"), table!("sets.bin"));
    Lexicon {
        entries: files::actors().map(entry).collect(),
        index: NameIndex::of_parts(table!("edges.bin"), table!("nodes.bin"), table!("namings.bin")),
        classes: ClassTable { words: Cow::Borrowed(classes), sets: sets.iter().map(|set| u64::from_le_bytes(*set)).collect() },
        builder: None,
    }
}

fn entry(actor: Actor) -> Entry {
    let some = |text: &'static str| (!text.is_empty()).then_some(Cow::Borrowed(text));
    // A test sees that there are no other kinds.
    let kind = kind_named(actor.kind).unwrap_or(ActorKind::Organization);
    Entry { kind, name: Cow::Borrowed(actor.name), code: some(actor.code), country: some(actor.country), wikidata: some(actor.wikidata), from_user: false }
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

impl Lexicon {
    /// Changes the words and names of the lexicon.
    pub(super) fn rebuild(&mut self, change: impl FnOnce(&mut Builder)) {
        let mut builder = self.builder.take().unwrap_or_else(|| Box::new(Builder::built_in()));
        change(&mut builder);
        let packed = builder.pack();
        self.index = NameIndex::of_packed(&packed);
        self.classes = ClassTable { words: packed.classes.iter().map(|slot| slot.to_le_bytes()).collect(), sets: packed.sets };
        self.builder = Some(builder);
    }
}

#[cfg(test)]
mod tests {
    use super::super::hash;
    use super::*;

    #[test]
    fn the_tables_are_those_of_the_files() {
        let (lexicon, builder) = (Lexicon::built_in(), Builder::built_in());
        let mut rebuilt = lexicon.clone();
        rebuilt.rebuild(|_| {});
        files::words(|class, word| {
            let class = super::super::Class::named(class).expect("a class");
            assert!(lexicon.classes(hash::of(word)).has(class), "{word}");
            assert_eq!(lexicon.classes(hash::of(word)), builder.classes(hash::of(word)), "{word}");
        });
        for (entry, actor) in (0u32..).zip(files::actors()) {
            assert_eq!(lexicon.entry(entry).name, actor.name);
            assert_eq!(lexicon.names().find(actor.name), rebuilt.names().find(actor.name));
            assert!(lexicon.names().find(actor.name).iter().any(|naming| naming.entry == Some(entry)), "{}", actor.name);
        }
    }
}
