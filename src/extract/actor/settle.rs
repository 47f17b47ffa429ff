//! Settles what no sentence decides alone, with what the whole document says: surnames, acronyms, short forms, names that need context.

use rustc_hash::{FxHashMap as HashMap, FxHashSet as HashSet};

use super::rules::{ActorRule, ActorRules};
use super::scan::{Draft, Loose, LooseKind, Scanned};
use super::state::with_article;
use super::{RawMention, Referent, complete};
use crate::lexicon::{Class, Lexicon, of, of_lower};
use crate::record::{ActorKind, Form};
use crate::span::Span;

/// A description of actors that only the document makes plain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Described {
    /// "the country", "the nation"
    Country,
    /// "the government", "the federal government"
    Government,
    /// "parliament", "the cabinet"
    Organ(&'static str),
    /// "the three countries", "both sides": how many, if it is said.
    States(Option<u8>),
}

/// A mention in the making, from a draft or a loose word.
enum Item {
    Draft(usize),
    Loose(usize),
}

pub(super) fn settle(scanned: Scanned, lexicon: &Lexicon, ids: &ActorRules) -> Vec<RawMention> {
    let knowledge = Knowledge::new(&scanned, lexicon);
    let addresses = complete::addresses(&scanned.drafts);
    let mut out = Out {
        mentions: Vec::with_capacity(scanned.drafts.len()),
        heads: HashMap::default(),
        uses: HashMap::default(),
        offices: HashMap::default(),
        before: None,
        ids,
    };
    let mut placed: Vec<Option<usize>> = vec![None; scanned.drafts.len()];
    for item in in_order(&scanned) {
        match item {
            Item::Draft(index) => {
                let draft = &scanned.drafts[index];
                let definition = knowledge.definition_of(draft, index).and_then(|defined| placed[defined]);
                let body = addresses.get(&index).and_then(|&below| complete::name_of(&scanned.drafts[below].referent, lexicon));
                if definition.is_some() || knowledge.keeps(draft) {
                    placed[index] = out.draft(draft, definition, body, &knowledge, &placed);
                }
            }
            Item::Loose(index) => out.loose(&scanned.loose[index], &knowledge, &placed),
        }
    }
    out.mentions
}

/// Drafts and loose words by their place.
fn in_order(scanned: &Scanned) -> Vec<Item> {
    let mut items = Vec::with_capacity(scanned.drafts.len() + scanned.loose.len());
    let (mut draft, mut loose) = (0, 0);
    loop {
        match (scanned.drafts.get(draft), scanned.loose.get(loose)) {
            (Some(first), Some(second)) if first.span.start() <= second.span.start() => {
                items.push(Item::Draft(draft));
                draft += 1;
            }
            (Some(_), None) => {
                items.push(Item::Draft(draft));
                draft += 1;
            }
            (_, Some(_)) => {
                items.push(Item::Loose(loose));
                loose += 1;
            }
            (None, None) => return items,
        }
    }
}

/// What the document makes known.
struct Knowledge<'a> {
    lexicon: &'a Lexicon,
    /// Entries named in a way that needs no context.
    sure: HashSet<u32>,
    /// Capitals that act for their governments somewhere in the document, by the hash of the word.
    metonyms: HashSet<u64>,
    /// Parts of states that act somewhere in the document.
    acting: HashSet<u32>,
    /// Surnames, as hashes of their small letters, and the full names.
    surnames: HashMap<u64, String>,
    drafts: &'a [Draft],
    defined: &'a HashMap<u64, Option<usize>>,
    /// Bodies by the hash of their initials: the first that has them.
    initials: HashMap<u64, usize>,
    /// By the hash of its head word: the first draft with a full name, if the document has no other with that head.
    only: HashMap<u64, Option<usize>>,
    /// Acronyms that nobody explains and that say or decide something: mostly the author's own body.
    loud: HashSet<u64>,
    /// The document is about the European Union, or is the word of one of its bodies.
    european: bool,
    /// It names a body of a state that the lexicon knows.
    national: bool,
    /// The state whose parliament speaks, if the names of its chambers tell.
    home: Option<u32>,
    /// The United Nations, if the document names them.
    united: Option<u32>,
    /// The only territory that the document names: "the Territory".
    territory: Option<u32>,
}

impl<'a> Knowledge<'a> {
    fn new(scanned: &'a Scanned, lexicon: &'a Lexicon) -> Self {
        let mut knowledge = Self {
            lexicon,
            sure: HashSet::default(),
            metonyms: HashSet::default(),
            acting: HashSet::default(),
            surnames: HashMap::default(),
            initials: HashMap::default(),
            only: HashMap::default(),
            drafts: &scanned.drafts,
            defined: &scanned.defined,
            loud: loud(&scanned.loose),
            european: false,
            national: false,
            home: None,
            territory: None,
            united: None,
        };
        let union = lexicon.find("European Union").first().map(|found| found.entry.name.clone());
        for (index, draft) in scanned.drafts.iter().enumerate() {
            let body = matches!(draft.kind, ActorKind::Government | ActorKind::Intergovernmental | ActorKind::Organization);
            if body && draft.form == Form::Name && !draft.needs_context {
                let same = |other: &mut Option<usize>| {
                    *other = other.filter(|&other| scanned.drafts[other].referent == draft.referent);
                };
                knowledge.only.entry(draft.head).and_modify(same).or_insert(Some(index));
            }
            if draft.initials != 0 && body && draft.form == Form::Name {
                knowledge.initials.entry(draft.initials).or_insert(index);
            }
            match &draft.referent {
                Referent::Known(entry) => {
                    let known = lexicon.entry(*entry);
                    if !draft.needs_context && draft.form != Form::Metonym {
                        knowledge.sure.insert(*entry);
                    }
                    if draft.form == Form::Metonym && !draft.needs_context {
                        knowledge.metonyms.insert(draft.exact);
                    }
                    if known.kind == ActorKind::Subnational && (draft.acting || draft.form != Form::Name) {
                        knowledge.acting.insert(*entry);
                    }
                    knowledge.national |= known.kind == ActorKind::Government && known.country.is_some();
                    knowledge.european |= Some(&known.name) == union.as_ref() || known.name.starts_with("European ");
                }
                Referent::Person { name } => {
                    let alone = !name.contains(' ');
                    let is_name = |word: &&str| may_stand_alone(lexicon, name, word);
                    for surname in surnames(name).into_iter().chain(alone.then_some(name.as_str())).filter(is_name) {
                        knowledge.surnames.entry(of_lower(surname)).or_insert_with(|| name.clone());
                    }
                }
                // "the Yoon Suk-yeol government" gives a person's name, too.
                Referent::Named { name, .. } if draft.rule == ActorRule::Administration => {
                    if let Some((person, _)) = name.rsplit_once(' ') {
                        for surname in surnames(person).into_iter().chain((!person.contains(' ')).then_some(person)) {
                            knowledge.surnames.entry(of_lower(surname)).or_insert_with(|| person.to_owned());
                        }
                    }
                }
                _ => {}
            }
        }
        knowledge.united = entry_named(lexicon, "United Nations").filter(|entry| knowledge.sure.contains(entry));
        knowledge.first_names(&scanned.drafts);
        knowledge.home = knowledge.state_of_chambers(&scanned.drafts);
        if scanned.loose.iter().any(is_territory) {
            knowledge.territory = knowledge.only_territory(&scanned.drafts);
        }
        knowledge
    }

    /// The administrator or administration of the only territory that the document names.
    fn of_territory(&self, name: &str) -> Option<Referent> {
        let territory = self.territory?;
        Some(Referent::Named { name: format!("{name} of {}", with_article(&self.lexicon.entry(territory).name)), country: Some(territory) })
    }

    /// The territory that the document names, if it names no other.
    fn only_territory(&self, drafts: &[Draft]) -> Option<u32> {
        let mut only = None;
        for draft in drafts {
            let Referent::Known(entry) = draft.referent else { continue };
            let known = self.lexicon.entry(entry);
            let territory = match known.kind {
                ActorKind::State => !self.lexicon.names().find(&format!("Territory of {}", known.name)).is_empty(),
                ActorKind::Subnational => known.name.ends_with(" Territory"),
                _ => false,
            };
            if territory && only.is_some_and(|other| other != entry) {
                return None;
            }
            only = only.or(territory.then_some(entry));
        }
        only
    }

    /// The United Kingdom where the Commons or Lords are named; Canada has a House of Commons, too.
    fn state_of_chambers(&self, drafts: &[Draft]) -> Option<u32> {
        let named = |draft: &Draft, words: &[&str]| {
            complete::name_of(&draft.referent, self.lexicon).is_some_and(|name| name.split(' ').any(|word| words.contains(&word)))
        };
        let british = drafts.iter().any(|draft| draft.kind == ActorKind::Government && named(draft, &["Commons", "Lords"]));
        let canadian = || drafts.iter().any(|draft| named(draft, &["Canada", "Canadian"]));
        (british && !canadian()).then(|| entry_named(self.lexicon, "United Kingdom")).flatten()
    }

    /// Adds what persons are called in countries where the first name is the one to call by ("Abiy" for Abiy Ahmed): first words of full names that
    /// are rare in English and that only one person of the document has.
    fn first_names(&mut self, drafts: &[Draft]) {
        let mut firsts: HashMap<u64, Option<&str>> = HashMap::default();
        for draft in drafts {
            let Referent::Person { name } = &draft.referent else { continue };
            let Some((first, _)) = name.split_once(' ') else { continue };
            let classes = self.lexicon.classes(of_lower(first));
            let rare =
                first.chars().count() >= 4 && !first.contains('.') && !classes.has(Class::Dictionary) && !self.lexicon.classes(of(first)).has(Class::Place);
            if rare {
                let same = |known: &mut Option<&str>| *known = known.filter(|known| *known == name);
                firsts.entry(of_lower(first)).and_modify(same).or_insert(Some(name));
            }
        }
        for (first, name) in firsts {
            if let Some(name) = name {
                self.surnames.entry(first).or_insert_with(|| name.to_owned());
            }
        }
    }

    /// The draft that the document says an acronym of the lexicon stands for: it knows better.
    fn definition_of(&self, draft: &Draft, index: usize) -> Option<usize> {
        let known = matches!(draft.referent, Referent::Known(_)) && draft.form == Form::Acronym;
        let defined = known.then(|| self.defined.get(&draft.exact).copied().flatten()).flatten();
        // A doubtful acronym is that of the body whose initials it has.
        let initials = || (known && draft.needs_context).then(|| self.initials.get(&draft.exact).copied()).flatten();
        defined.or_else(initials).filter(|&defined| defined < index)
    }

    /// The name of the body that the document gives an acronym for.
    fn defined_name(&self, acronym: u64) -> Option<String> {
        let index = self.defined.get(&acronym).copied().flatten()?;
        complete::name_of(&self.drafts.get(index)?.referent, self.lexicon).map(str::to_owned)
    }

    /// True for an acronym that mostly stands for a thing: "AI", though a body has it, too.
    fn is_common_acronym(&self, draft: &Draft) -> bool {
        self.lexicon.classes(draft.head).has(Class::AcronymCommon)
    }

    fn keeps(&self, draft: &Draft) -> bool {
        // The document says that the acronym stands for something else, which is no actor.
        if draft.form == Form::Acronym && draft.kind != ActorKind::State && self.defined.get(&draft.exact) == Some(&None) {
            return false;
        }
        match draft.referent {
            Referent::Known(_) if draft.form == Form::Metonym => !draft.needs_context || self.metonyms.contains(&draft.exact),
            Referent::Known(entry) if draft.needs_context => {
                self.sure.contains(&entry) || draft.form == Form::Acronym && draft.acting && !self.is_common_acronym(draft)
            }
            Referent::Known(entry) if draft.kind == ActorKind::Subnational => self.acting.contains(&entry) || self.lexicon.entry(entry).from_user,
            _ => true,
        }
    }
}

/// True if a family name may stand for the person of this full name: one that no list of words has, or that follows a given name.
fn may_stand_alone(lexicon: &Lexicon, full: &str, family: &str) -> bool {
    const NOUNS: [Class; 5] = [Class::RolePlural, Class::CountryNoun, Class::GovernmentHead, Class::OrganizationHead, Class::NotHead];
    let classes = lexicon.classes(of_lower(family));
    // "Small Business" taken for a name must not make "Business" a person.
    let common = classes.any(&[Class::Dictionary, Class::GroupAdjective]);
    // "Stephen Hawking": a given name before a common word makes it a family name.
    let after_given =
        || full.split(' ').next().is_some_and(|first| lexicon.classes(of(first)).has(Class::Given) && !lexicon.classes(of_lower(first)).has(Class::Dictionary));
    lexicon.classes(of(family)).has(Class::Family) || !common || !classes.any(&NOUNS) && after_given()
}

/// The words of a full name that stand for the person alone: the family name, last or, in East Asian order, first.
pub(crate) fn surnames(name: &str) -> Vec<&str> {
    let words: Vec<&str> = name.split(' ').collect();
    if words.len() < 2 {
        return Vec::new();
    }
    let suffix = |word: &&str| matches!(word.trim_end_matches('.'), "Jr" | "Sr" | "II" | "III" | "IV");
    let last = words.iter().rev().find(|word| !suffix(word)).map(|word| word.trim_end_matches(','));
    let east_asian = words.last().is_some_and(|word| word.split_once('-').is_some_and(|(_, after)| after.starts_with(char::is_lowercase)));
    let three_short = words.len() == 3
        && words.iter().all(|word| word.len() <= 5 && !word.contains('.'))
        && ["Kim", "Lee", "Park", "Moon", "Yoon", "Ban", "Choi", "Nguyen", "Tran"].contains(&words[0])
        || words.len() == 2 && ["Xi", "Hu", "Deng", "Mao", "Wang", "Jiang", "Zhou", "Zhang", "Zhao", "Liu", "Chen", "Huang", "Wen"].contains(&words[0]);
    if east_asian || three_short { vec![words[0]] } else { last.into_iter().collect() }
}

struct Out<'a> {
    mentions: Vec<RawMention>,
    /// The last mention of a full name by the hash of its head word.
    heads: HashMap<u64, Vec<usize>>,
    /// How often each name of `heads` has been used so far, by the index of its last full mention.
    uses: HashMap<usize, u32>,
    /// Whole names of offices so far, by the hash of the post: "Secretary" for "Secretary of State".
    offices: HashMap<u64, Vec<usize>>,
    /// The last loose word: it may be the given name of the person whose family name follows.
    before: Option<(Span, &'a str)>,
    ids: &'a ActorRules,
}

impl<'a> Out<'a> {
    fn push(&mut self, span: Span, kind: ActorKind, form: Form, rule: ActorRule, referent: Referent) -> Option<usize> {
        let (rule, confidence) = self.ids.get(rule)?;
        self.mentions.push(RawMention { span, kind, form, rule, confidence, referent });
        Some(self.mentions.len() - 1)
    }

    /// `definition` is the mention that the draft is an acronym of, `body` the name of what an office in an address is of.
    fn draft(&mut self, draft: &Draft, definition: Option<usize>, body: Option<&str>, knowledge: &Knowledge, placed: &[Option<usize>]) -> Option<usize> {
        if let Some(index) = definition {
            let kind = self.mentions[index].kind;
            return self.push(draft.span, kind, Form::Acronym, ActorRule::Defined, Referent::Same(index));
        }
        if let Some(index) = self.full_form(draft) {
            let kind = self.mentions[index].kind;
            return self.push(draft.span, kind, Form::Name, ActorRule::Short, Referent::Same(index));
        }
        if let Some(index) = self.whole_office(draft) {
            let kind = self.mentions[index].kind;
            return self.push(draft.span, kind, draft.form, ActorRule::Short, Referent::Same(index));
        }
        let referent = match &draft.referent {
            Referent::Same(index) => Referent::Same(placed.get(*index).copied().flatten()?),
            Referent::Named { name, country: None } if draft.rule == ActorRule::Office && name == "Administrator" && knowledge.territory.is_some() => {
                knowledge.of_territory(name).unwrap_or_else(|| draft.referent.clone())
            }
            Referent::Named { name, country } if draft.rule == ActorRule::Office => {
                let defined = |acronym: u64| knowledge.defined_name(acronym);
                let whole = body.map(|body| format!("{name} of the {body}"));
                let whole = whole.or_else(|| complete::spelled_out(name, knowledge.lexicon, defined, &self.heads, &self.mentions));
                Referent::Named { name: whole.unwrap_or_else(|| name.clone()), country: *country }
            }
            other => other.clone(),
        };
        // "the Tribunals" are the two that were named, not a kind.
        if let (Referent::Role { name }, true) = (&referent, draft.exact != draft.head)
            && let Some(names) = name.strip_suffix('s').and_then(|singular| self.heads.get(&of_lower(singular))).filter(|names| names.len() >= 2)
        {
            let (names, kind) = (names.clone(), self.mentions[names[0]].kind);
            return self.push(draft.span, kind, Form::Description, ActorRule::Short, Referent::Several(names));
        }
        // "the committee" in small letters is the Committee that was named before.
        if let (Referent::Role { name }, true) = (&referent, draft.definite) {
            // Where several were named before, it is not plain which is meant.
            let named = (!name.contains(' ')).then(|| self.heads.get(&draft.head)).flatten().filter(|names| names.len() == 1).and_then(|names| names.last());
            if let Some(&index) = named {
                let kind = self.mentions[index].kind;
                return self.push(draft.span, kind, Form::Description, ActorRule::Short, Referent::Same(index));
            }
        }
        if draft.needs_context && matches!(referent, Referent::Role { .. }) {
            return None;
        }
        let office = draft.rule == ActorRule::Office;
        let full = matches!(draft.kind, ActorKind::Government | ActorKind::Intergovernmental | ActorKind::Organization | ActorKind::Company);
        let remember = full && draft.form == Form::Name && !matches!(referent, Referent::Same(_) | Referent::Described(_));
        let index = self.push(draft.span, draft.kind, draft.form, draft.rule, referent)?;
        if let Referent::Known(entry) = self.mentions[index].referent {
            if draft.form == Form::Acronym && draft.kind == ActorKind::Government {
                let head = head_noun(&knowledge.lexicon.entry(entry).name);
                let names = self.heads.entry(of_lower(head)).or_default();
                let referent = &self.mentions[index].referent;
                names.retain(|&other| self.mentions[other].referent != *referent);
                names.push(index);
            }
            for noun in common_nouns(&knowledge.lexicon.entry(entry).name) {
                self.heads.insert(of_lower(noun), vec![index]);
            }
        }
        if office
            && let Referent::Named { name, .. } = &self.mentions[index].referent
            && let Some(post) = post_of(name)
        {
            let names = self.offices.entry(of(post)).or_default();
            let referent = &self.mentions[index].referent;
            if !names.iter().any(|&other| self.mentions[other].referent == *referent) {
                names.push(index);
            }
        }
        if remember {
            let names = self.heads.entry(draft.head).or_default();
            let referent = &self.mentions[index].referent;
            let before: u32 = names.iter().filter(|&&other| self.mentions[other].referent == *referent).filter_map(|other| self.uses.remove(other)).sum();
            names.retain(|&other| self.mentions[other].referent != *referent);
            names.push(index);
            self.uses.insert(index, before + 1);
        }
        Some(index)
    }

    /// The office whose whole name the document gave before: "the Secretary" after "the Secretary of Rivers"; none where several have that post.
    fn whole_office(&self, draft: &Draft) -> Option<usize> {
        let Referent::Named { name, country: None } = &draft.referent else { return None };
        let open = draft.rule == ActorRule::Office && draft.definite && post_of(name).is_none();
        let names = self.offices.get(&of(name)).filter(|names| open && names.len() == 1)?;
        names.first().copied()
    }

    /// The body whose full name ends in this shorter one: "Ports Authority" after "Kestrel Ports Authority"; none where several do.
    fn full_form(&self, draft: &Draft) -> Option<usize> {
        let Referent::Named { name, .. } = &draft.referent else { return None };
        let longer = |index: &&usize| match &self.mentions[**index].referent {
            Referent::Named { name: full, .. } if full.len() > name.len() => {
                // "House of Assembly" after "House of Assembly of Chad"
                let owned = |rest: &str| name.contains(" of ") && [" of ", " for "].iter().any(|join| rest.starts_with(join));
                without_complement(full).strip_suffix(name.as_str()).is_some_and(|before| before.ends_with(' '))
                    || full.strip_prefix(name.as_str()).is_some_and(owned)
            }
            _ => false,
        };
        // "Commons Ports Committee" after "Ports Committee"
        let shorter = |index: &&usize| match &self.mentions[**index].referent {
            Referent::Named { name: short, .. } => {
                let chamber = name.strip_suffix(short.as_str()).unwrap_or_default().trim_end();
                ["Commons", "Lords", "House", "Senate", "House of Commons", "House of Lords"].contains(&chamber)
            }
            _ => false,
        };
        let names = self.heads.get(&draft.head)?;
        if let Some(&short) = names.iter().find(shorter) {
            return Some(short);
        }
        if !name.contains(' ') || draft.form != Form::Name {
            return None;
        }
        let mut full = names.iter().filter(longer);
        full.next().copied().filter(|_| full.next().is_none())
    }

    fn loose(&mut self, loose: &Loose<'a>, knowledge: &Knowledge, placed: &[Option<usize>]) {
        match loose.kind {
            LooseKind::Acronym => self.acronym(loose, knowledge, placed),
            LooseKind::Word => {
                self.word(loose, knowledge);
                self.before = Some((loose.span, loose.text));
            }
            LooseKind::Head => self.head(loose, knowledge),
        }
    }

    fn acronym(&mut self, loose: &Loose, knowledge: &Knowledge, placed: &[Option<usize>]) {
        match knowledge.defined.get(&loose.exact) {
            Some(Some(draft)) => {
                if let Some(index) = placed.get(*draft).copied().flatten() {
                    let kind = self.mentions[index].kind;
                    self.push(loose.span, kind, Form::Acronym, ActorRule::Defined, Referent::Same(index));
                } else if let Some(full) = knowledge.drafts.get(*draft).filter(|full| full.span.start() > loose.span.start() && !loose.bracketed)
                    && matches!(full.referent, Referent::Known(_) | Referent::Named { .. })
                {
                    // A title or summary may use it before it is defined.
                    self.push(loose.span, full.kind, Form::Acronym, ActorRule::Defined, full.referent.clone());
                }
            }
            Some(None) => {}
            None if knowledge.initials.contains_key(&loose.exact) => {
                let named = knowledge.initials.get(&loose.exact).and_then(|&draft| placed.get(draft).copied().flatten());
                if let Some(index) = named {
                    let kind = self.mentions[index].kind;
                    self.push(loose.span, kind, Form::Acronym, ActorRule::Defined, Referent::Same(index));
                }
            }
            None => {
                // An acronym in brackets of its own explains something that is no actor, or it would have been defined.
                // Most acronyms that a text does not explain are things: one that says or decides is a body.
                // One that decides somewhere is the same body elsewhere.
                let acts = loose.says || loose.acting && loose.starts && !loose.determined || knowledge.loud.contains(&loose.exact);
                let plural = loose.text.ends_with('s');
                // "UNISON has demanded": a word in capitals that acts is a name, though a common word is spelled like it.
                let common = loose.is_common && !(loose.acting && loose.text.len() >= 5);
                if acts && !plural && !loose.bracketed && !common && !loose.is_heading && loose.text.len() >= 3 {
                    let referent = Referent::Named { name: loose.text.to_owned(), country: None };
                    self.push(loose.span, ActorKind::Organization, Form::Acronym, ActorRule::Acronym, referent);
                }
            }
        }
    }

    /// "the Tribunals": all bodies named with that head in the singular.
    fn plural_head(&mut self, loose: &Loose) -> bool {
        let Some(singular) = loose.text.strip_suffix('s') else { return false };
        let Some(names) = self.heads.get(&of_lower(singular)).filter(|names| names.len() >= 2 && loose.determined) else { return false };
        let (names, kind) = (names.clone(), self.mentions[names[0]].kind);
        self.push(loose.span, kind, Form::Description, ActorRule::Short, Referent::Several(names));
        true
    }

    fn word(&mut self, loose: &Loose, knowledge: &Knowledge) {
        if self.plural_head(loose) {
            return;
        }
        if let Some(full) = knowledge.surnames.get(&loose.lower) {
            // At the start of a sentence a surname that is a common word ("Powers") may be that word.
            // "in May" is the month, "May resigned" the person.
            let common = (loose.starts && loose.is_common || loose.is_calendar) && !loose.acting && (!loose.possessive || loose.is_calendar);
            if !(common || loose.determined) {
                let span = self.before.as_ref().filter(|(span, word)| span.end() + 1 == loose.span.start() && *full == format!("{word} {}", loose.text));
                let span = span.map_or(loose.span, |(span, _)| Span::new(span.start(), loose.span.end()));
                self.push(span, ActorKind::Person, Form::Name, ActorRule::PersonSurname, Referent::Person { name: full.clone() });
            }
            return;
        }
        if let Some(entry) = knowledge.territory.filter(|_| is_territory(loose)) {
            let kind = knowledge.lexicon.entry(entry).kind;
            self.push(loose.span, kind, Form::Description, ActorRule::Country, Referent::Known(entry));
            return;
        }
        let thing = knowledge.lexicon.classes(loose.lower).has(Class::AcronymCommon);
        // "hosted by Kestrelaid": no name of a person or place.
        let unlisted = !loose.is_common && !loose.is_family && !loose.is_place && !loose.is_calendar;
        let hosts = loose.is_agent && unlisted && !knowledge.lexicon.classes(loose.exact).has(Class::Given);
        let employs = loose.is_camel && !thing && (loose.acting || loose.possessive || loose.employs);
        if (employs || hosts) && !loose.after_capital {
            let referent = Referent::Named { name: loose.text.to_owned(), country: None };
            self.push(loose.span, ActorKind::Organization, Form::Name, ActorRule::Organization, referent);
            return;
        }
        if loose.is_calendar || loose.determined {
            return;
        }
        let acts = loose.acting || loose.possessive;
        let leader = loose.is_leader && (acts || !loose.starts && !loose.is_place && !loose.is_heading);
        let family = loose.is_family && !loose.is_common && (!loose.is_place && acts || loose.says);
        // A word that no list knows, and that says or decides something, is mostly a person.
        let group = knowledge.lexicon.classes(loose.lower).has(Class::GroupAdjective);
        let unknown = loose.says && !loose.is_common && !loose.is_place && !loose.is_heading && !group;
        let likely = (leader || family || unknown) && !loose.after_capital;
        if likely {
            self.push(loose.span, ActorKind::Person, Form::Name, ActorRule::PersonSurname, Referent::Person { name: loose.text.to_owned() });
        }
    }

    /// The name that a short form stands for: the one that the document uses most, of those used alike the last. The government of a part of a state
    /// ("the Scottish Government") is seldom "the Government".
    fn principal(&self, loose: &Loose, knowledge: &Knowledge) -> Option<usize> {
        let names = self.heads.get(&loose.lower)?;
        let uses = |index: usize| self.uses.get(&index).copied().unwrap_or(1);
        let of_part = |index: usize| match self.mentions[index].referent {
            Referent::Known(entry) => {
                loose.text.eq_ignore_ascii_case("government") && knowledge.lexicon.entry(entry).name.ends_with(" Government") && uses(index) < 3
            }
            _ => false,
        };
        let most = |&(place, index): &(usize, usize)| (uses(index), place);
        // In the European Union "the Council" is that of the ministers.
        let other_council = |index: usize| match self.mentions[index].referent {
            Referent::Known(entry) => knowledge.european && ["Council of Europe", "European Council"].contains(&knowledge.lexicon.entry(entry).name.as_ref()),
            _ => false,
        };
        names.iter().copied().enumerate().filter(|&(_, index)| !of_part(index) && !other_council(index)).max_by_key(most).map(|(_, index)| index)
    }

    /// "the Council" before the only council that the document names: a part of a longer text leaves the full name for later. Committees and the like
    /// are often the author, whose own name is not given.
    fn named_below(&mut self, loose: &Loose, lower: &str, knowledge: &Knowledge) -> bool {
        const SURE: [&str; 10] = ["house", "council", "assembly", "agency", "bank", "authority", "ministry", "bureau", "tribunal", "court"];
        let full = knowledge.only.get(&loose.lower).copied().flatten().and_then(|index| knowledge.drafts.get(index));
        let Some(full) = full.filter(|full| full.span.start() > loose.span.start() && knowledge.keeps(full)) else { return false };
        let usable = SURE.contains(&lower) && !knowledge.european && loose.definite && !loose.after_capital && !loose.is_heading;
        if usable && matches!(full.referent, Referent::Known(_) | Referent::Named { .. }) {
            self.push(loose.span, full.kind, Form::Name, ActorRule::Short, full.referent.clone());
            return true;
        }
        false
    }

    /// "the Commission": the full name with that head; without one, the name as it stands where it acts or is determined.
    fn head(&mut self, loose: &Loose, knowledge: &Knowledge) {
        let named = self.principal(loose, knowledge).filter(|_| !loose.after_capital);
        // "the Government" is not the one that is named after a person beside it.
        let personal = |index: &&usize| {
            loose.text.eq_ignore_ascii_case("government") && Some(self.mentions[**index].rule) == self.ids.get(ActorRule::Administration).map(|(rule, _)| rule)
        };
        // A committee of Parliament calls its own government "the Government", though it writes of another's.
        let own = loose.text == "Government" && loose.definite && !loose.is_heading;
        if let Some(home) = knowledge.home.filter(|_| own && !loose.after_capital) {
            let referent = Referent::Named { name: "Government of the United Kingdom".to_owned(), country: Some(home) };
            self.push(loose.span, ActorKind::Government, Form::Description, ActorRule::Authority, referent);
            return;
        }
        if let Some(index) = named.filter(|index| !personal(&index)) {
            let public = matches!(self.mentions[index].kind, ActorKind::Government | ActorKind::Intergovernmental);
            let only = self.heads.get(&loose.lower).is_some_and(|names| names.len() == 1) && public && !loose.is_heading;
            if loose.determined || loose.acting || loose.possessive || !loose.starts || only {
                let kind = self.mentions[index].kind;
                self.push(loose.span, kind, Form::Name, ActorRule::Short, Referent::Same(index));
                *self.uses.entry(index).or_default() += 1;
            }
            return;
        }
        let lower = loose.text.to_lowercase();
        if self.named_below(loose, &lower, knowledge) {
            return;
        }
        let administers = loose.text == "Administration" && loose.definite && !loose.is_heading && !loose.after_capital;
        if let Some(referent) = knowledge.territory.filter(|_| administers).and_then(|_| knowledge.of_territory(loose.text)) {
            self.push(loose.span, ActorKind::Government, Form::Name, ActorRule::Short, referent);
            return;
        }
        // "the Organization" is the United Nations where no other is named.
        if let Some(entry) = knowledge.united.filter(|_| matches!(lower.as_str(), "organization" | "organisation") && loose.definite && !loose.is_heading) {
            self.push(loose.span, ActorKind::Intergovernmental, Form::Name, ActorRule::Short, Referent::Known(entry));
            return;
        }
        if lower == "government" || lower == "governments" {
            // "outstanding Government responses"
            let qualifies = !loose.is_free && !loose.starts && !loose.after_capital;
            if lower == "government" && (loose.determined || loose.acting || loose.possessive || qualifies) && !loose.is_heading && !loose.after_capital {
                self.push(loose.span, ActorKind::Government, Form::Description, ActorRule::Authority, Referent::Described(Described::Government));
            }
            return;
        }
        let standing = [
            "parliament",
            "commission",
            "council",
            "house",
            "senate",
            "congress",
            "union",
            "cabinet",
            "treasury",
            "court",
            "army",
            "navy",
            "assembly",
            "committee",
            "community",
        ];
        // "a Council regulation"
        let qualifies = loose.determined && !loose.is_free;
        let named = standing.contains(&lower.as_str()) && (!loose.determined || loose.definite || qualifies) || loose.definite && !loose.starts;
        if !named || loose.after_capital || loose.is_heading || loose.starts && !loose.acting {
            return;
        }
        let european = ["commission", "union", "community"].contains(&lower.as_str()) && (knowledge.european || !knowledge.national)
            || knowledge.european && ["parliament", "council"].contains(&lower.as_str());
        let full = match lower.as_str() {
            "commission" => Some("European Commission"),
            "union" | "community" => Some("European Union"),
            "parliament" => Some("European Parliament"),
            "council" => Some("Council of the European Union"),
            _ => None,
        };
        let entry = full.filter(|_| knowledge.european).and_then(|full| entry_named(knowledge.lexicon, full));
        let kind = match (european || lower == "secretariat", loose.is_public) {
            (true, _) => ActorKind::Intergovernmental,
            (_, true) => ActorKind::Government,
            _ => ActorKind::Organization,
        };
        let referent = entry.map_or_else(|| Referent::Named { name: loose.text.to_owned(), country: None }, Referent::Known);
        if (lower == "union" || lower == "community") && !knowledge.european && !loose.determined && loose.starts {
            return;
        }
        self.push(loose.span, kind, Form::Name, ActorRule::Short, referent);
    }
}

/// "the Territory", with its capital.
fn is_territory(loose: &Loose) -> bool {
    loose.text == "Territory" && loose.definite && !loose.after_capital && !loose.is_heading
}

/// The acronyms that say or decide something, by their hash.
fn loud(loose: &[Loose]) -> HashSet<u64> {
    let says = |loose: &&Loose| {
        let usual = loose.is_common || loose.determined || loose.bracketed || loose.text.ends_with('s') || loose.text.len() < 3;
        loose.kind == LooseKind::Acronym && loose.says && !usual
    };
    loose.iter().filter(says).map(|loose| loose.exact).collect()
}

/// The head of a body's name: "Department" of "Department of Defense", "Agency" of "Environmental Protection Agency".
fn head_noun(name: &str) -> &str {
    without_complement(name).rsplit(' ').next().unwrap_or(name)
}

/// The post in the name of an office that says what it is of: "Special Adviser" of "Special Adviser on Chad".
fn post_of(name: &str) -> Option<&str> {
    let at = [" of ", " for ", " on "].iter().filter_map(|join| name.find(join)).min()?;
    name.get(..at)
}

/// What a known organisation is called by in running text.
fn common_nouns(name: &str) -> &'static [&'static str] {
    match name {
        "North Atlantic Treaty Organization" => &["alliance"],
        "European Union" => &["bloc", "union"],
        "Association of Southeast Asian Nations" => &["bloc"],
        _ => &[],
    }
}

/// The name up to what it is of or on: "Expert Panel" of "Expert Panel on Noise".
fn without_complement(name: &str) -> &str {
    let at = [" on ", " for ", " of ", " against "].iter().filter_map(|join| name.find(join)).min();
    at.and_then(|at| name.get(..at)).unwrap_or(name)
}

fn entry_named(lexicon: &Lexicon, name: &str) -> Option<u32> {
    lexicon.names().find(name).iter().find_map(|naming| naming.entry)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn surnames_by_the_order_of_the_name() {
        assert_eq!(surnames("Fumio Kishida"), ["Kishida"]);
        assert_eq!(surnames("Moon Jae-in"), ["Moon"]);
        assert_eq!(surnames("Kim Jong Un"), ["Kim"]);
        assert_eq!(surnames("Frank Pallone, Jr."), ["Pallone"]);
        assert!(surnames("Kishida").is_empty());
    }
}
