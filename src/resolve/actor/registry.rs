//! The actors of a document as they are met: one for each, whatever it is called.

use rustc_hash::{FxHashMap as HashMap, FxHashSet as HashSet};

use super::Actor;
use crate::extract::actor::{RawMention, Referent, plural, surnames};
use crate::lexicon::{Class, Lexicon, Usage, of};
use crate::record::ActorKind;

pub(super) struct Registry<'a> {
    pub lexicon: &'a Lexicon,
    actors: Vec<Actor>,
    by_entry: HashMap<u32, usize>,
    by_name: HashMap<(ActorKind, String), usize>,
    /// The actors by their names as written, as far as no later actor can take the name: of each kind, of persons and of roles before they are completed.
    written: HashMap<ActorKind, HashMap<String, usize>>,
    persons: HashMap<String, usize>,
    role_names: HashMap<String, usize>,
    /// Full names of persons by surname, the first of the document first.
    full_names: HashMap<String, Vec<String>>,
    ids: HashSet<String>,
    /// The entry of the state that the document is of.
    pub state: Option<u32>,
    /// The names of all roles of the document: "agency" is one of the "agencies" if it speaks of them.
    roles: HashSet<String>,
}

impl<'a> Registry<'a> {
    pub fn new(lexicon: &'a Lexicon, mentions: &[RawMention]) -> Self {
        let mut full_names: HashMap<String, Vec<String>> = HashMap::default();
        let mut roles = HashSet::default();
        for mention in mentions {
            if let Referent::Role { name } = &mention.referent {
                roles.insert(name.clone());
            }
            if let Referent::Person { name } = &mention.referent {
                let first = name.split_once(' ').map(|(first, _)| format!("{first} "));
                for surname in surnames(name).into_iter().chain(first.as_deref()) {
                    let known = full_names.entry(folded(surname)).or_default();
                    if !known.contains(name) {
                        known.push(name.clone());
                    }
                }
            }
        }
        Self {
            lexicon,
            actors: Vec::new(),
            by_entry: HashMap::default(),
            by_name: HashMap::default(),
            written: HashMap::default(),
            persons: HashMap::default(),
            role_names: HashMap::default(),
            full_names,
            ids: HashSet::default(),
            state: None,
            roles,
        }
    }

    pub fn finish(self) -> Vec<Actor> {
        self.actors
    }

    pub fn get(&self, index: usize) -> &Actor {
        &self.actors[index]
    }

    /// The actor that a referent means; it is made if it is new.
    pub fn actor(&mut self, referent: &Referent, kind: ActorKind) -> usize {
        match referent {
            Referent::Known(entry) => self.known(*entry),
            Referent::Named { name, country } => self.named(name, *country, kind),
            Referent::Person { name } => {
                if let Some(&index) = self.persons.get(name) {
                    return index;
                }
                let full = self.full_name(name);
                let index = self.named(&full, None, ActorKind::Person);
                self.persons.insert(name.clone(), index);
                index
            }
            Referent::Role { name } => self.role(name),
            Referent::Same(_) | Referent::Several(_) | Referent::Described(_) => self.named("", None, kind),
        }
    }

    fn role(&mut self, name: &str) -> usize {
        if let Some(&index) = self.role_names.get(name) {
            return index;
        }
        let plural = plural(name);
        let full = if self.roles.contains(&plural) { plural } else { name.to_owned() };
        let index = self.named(&full, None, ActorKind::Role);
        if self.written_as(&full, ActorKind::Role).is_some() {
            self.role_names.insert(name.to_owned(), index);
        }
        index
    }

    fn written_as(&self, name: &str, kind: ActorKind) -> Option<usize> {
        self.written.get(&kind)?.get(name).copied()
    }

    /// The actor of a lexicon entry.
    pub fn known(&mut self, entry: u32) -> usize {
        if let Some(&index) = self.by_entry.get(&entry) {
            return index;
        }
        let known = self.lexicon.entry(entry);
        let key = (known.kind, key_of(&known.name));
        if let Some(&index) = self.by_name.get(&key) {
            self.by_entry.insert(entry, index);
            return index;
        }
        let id = known.code.as_ref().map_or_else(|| id_of(known.kind, &known.name), |code| format!("{}:{code}", kind_word(known.kind)));
        let actor = Actor {
            id,
            name: known.name.clone().into_owned(),
            kind: known.kind,
            country: known.country.clone().map(|code| code.into_owned()),
            wikidata: known.wikidata.clone().map(|id| id.into_owned()),
        };
        let index = self.add(actor, key);
        self.by_entry.insert(entry, index);
        index
    }

    /// The actor with this name, which the lexicon may know.
    pub fn named(&mut self, name: &str, country: Option<u32>, kind: ActorKind) -> usize {
        if let Some(index) = self.written_as(name, kind) {
            return index;
        }
        // "start-ups" and "startups"
        let key = if kind == ActorKind::Role { name.to_lowercase().replace(['-', '\u{2010}'], "") } else { key_of(name) };
        let key = (kind, key);
        let index = match self.by_name.get(&key) {
            Some(&index) => index,
            None => match self.found(name, country, kind) {
                Ok(entry) => return self.known(entry),
                Err(actor) => self.add(actor, key),
            },
        };
        self.written.entry(kind).or_default().insert(name.to_owned(), index);
        index
    }

    /// The entry of the lexicon that a name means, or a new actor.
    fn found(&self, name: &str, country: Option<u32>, kind: ActorKind) -> Result<u32, Actor> {
        let namings = self.lexicon.names().find(name);
        let person = if kind == ActorKind::Person {
            namings.iter().find_map(|naming| naming.entry)
        } else {
            let known = namings.iter().find(|naming| {
                let same_kind = naming.entry.is_some_and(|entry| self.lexicon.entry(entry).kind == kind);
                same_kind && !naming.needs_context && matches!(naming.usage, Usage::Name | Usage::Acronym)
            });
            if let Some(entry) = known.and_then(|naming| naming.entry) {
                return Ok(entry);
            }
            None
        };
        let country = country.or(person).and_then(|entry| self.lexicon.entry(entry).country.clone()).map(|code| code.into_owned());
        // "vendor" here and "vendors" in another paper are one kind of actor.
        let kinds = if kind == ActorKind::Role { self.counted(name) } else { None };
        Err(Actor { id: id_of(kind, kinds.as_deref().unwrap_or(name)), name: name.to_owned(), kind, country, wikidata: None })
    }

    /// The plural of a role in the singular, if its head is known to have one.
    fn counted(&self, name: &str) -> Option<String> {
        let head = name.rsplit([' ', '-']).next().filter(|head| !head.ends_with('s'))?;
        self.lexicon.classes(of(&plural(head))).has(Class::RolePlural).then(|| plural(name))
    }

    fn add(&mut self, mut actor: Actor, key: (ActorKind, String)) -> usize {
        let base = actor.id.clone();
        let mut count = 2;
        while !self.ids.insert(actor.id.clone()) {
            actor.id = format!("{base}-{count}");
            count += 1;
        }
        let index = self.actors.len();
        self.actors.push(actor);
        self.by_name.insert(key, index);
        index
    }

    /// The fullest name of the document for a person's name: for a surname, the full name that has it if there is one.
    fn full_name(&self, name: &str) -> String {
        if !name.contains(' ') {
            return match self.full_names.get(&folded(name)).map(Vec::as_slice) {
                Some([first, ..]) => first.clone(),
                // "Abiy" for Abiy Ahmed, if no other person of the document has that first name.
                _ => match self.full_names.get(&format!("{} ", folded(name))).map(Vec::as_slice) {
                    Some([only]) => only.clone(),
                    _ => name.to_owned(),
                },
            };
        }
        // "George Bush" and "George W. Bush" are one if the document has no other with that surname and given name.
        let same = |other: &&String| other.split(' ').next() == name.split(' ').next() && other.split(' ').count() > name.split(' ').count();
        let surname = surnames(name);
        let longer = surname.first().and_then(|surname| self.full_names.get(&folded(surname))).and_then(|names| names.iter().find(same));
        longer.cloned().unwrap_or_else(|| name.to_owned())
    }
}

fn folded(word: &str) -> String {
    word.to_lowercase()
}

/// What makes two names of bodies the same: small letters, no article, no "United States" at either end.
fn key_of(name: &str) -> String {
    let joined = if name.is_ascii() {
        let mut joined = joined_words(name);
        joined.make_ascii_lowercase();
        joined
    } else {
        joined_words(&name.to_lowercase().replace('’', "'"))
    };
    let short = ["united states ", "u.s. ", "us "].iter().find_map(|start| joined.strip_prefix(start)).unwrap_or(&joined);
    let short = short.strip_suffix(" of united states").unwrap_or(short);
    if short.is_empty() || short == "government" || short.len() == joined.len() { joined } else { short.to_owned() }
}

/// The words of a name, but for articles and marks, with single spaces.
fn joined_words(name: &str) -> String {
    let mut joined = String::with_capacity(name.len());
    let words = name.split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '.');
    for word in words.filter(|word| !word.is_empty() && !word.eq_ignore_ascii_case("the")) {
        if !joined.is_empty() {
            joined.push(' ');
        }
        joined.push_str(word);
    }
    joined
}

/// `type:name-in-small-letters`
fn id_of(kind: ActorKind, name: &str) -> String {
    let kind = kind_word(kind);
    let mut id = String::with_capacity(kind.len() + 1 + name.len());
    id.push_str(kind);
    id.push(':');
    let mut dash = false;
    for c in name.chars() {
        if c.is_alphanumeric() {
            if dash && !id.ends_with(':') {
                id.push('-');
            }
            dash = false;
            if c.is_ascii() {
                id.push(c.to_ascii_lowercase());
            } else {
                id.extend(c.to_lowercase());
            }
        } else if c != '.' && c != '\'' && c != '’' {
            dash = true;
        }
    }
    id
}

fn kind_word(kind: ActorKind) -> &'static str {
    match kind {
        ActorKind::State => "state",
        ActorKind::Government => "government",
        ActorKind::Subnational => "subnational",
        ActorKind::Intergovernmental => "intergovernmental",
        ActorKind::Organization => "organization",
        ActorKind::Company => "company",
        ActorKind::Person => "person",
        ActorKind::People => "people",
        ActorKind::Role => "role",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_role_in_the_singular_has_the_id_of_its_kind() {
        let lexicon = Lexicon::built_in();
        let mut registry = Registry::new(&lexicon, &[]);
        for (name, id) in [("vendor", "role:vendors"), ("city council members", "role:city-council-members"), ("private sector", "role:private-sector")] {
            let index = registry.role(name);
            assert_eq!((registry.actors[index].name.as_str(), registry.actors[index].id.as_str()), (name, id));
        }
    }

    #[test]
    fn ids_are_readable_and_names_with_and_without_the_state_meet() {
        assert_eq!(id_of(ActorKind::Government, "U.S. Department of State"), "government:us-department-of-state");
        assert_eq!(key_of("United States Department of State"), key_of("the Department of State"));
        assert_ne!(key_of("Government of the United States"), key_of("Government of Japan"));
    }
}
