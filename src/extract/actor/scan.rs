//! Reads sentences from left to right and collects mentions, and loose words that only the whole document can settle.

use rustc_hash::FxHashMap as HashMap;
use std::ops::Range;

use super::rules::ActorRule;
use super::view::View;
use super::{Referent, acts, office, organization, person, post, role, state};
use crate::lexicon::{Class, Lexicon, Naming, Shape, Token, Usage};
use crate::record::{ActorKind, Form};
use crate::span::Span;

/// A mention in tokens of its sentence.
#[derive(Debug, Clone)]
pub(super) struct Found {
    pub first: usize,
    /// Exclusive.
    pub last: usize,
    pub kind: ActorKind,
    pub form: Form,
    pub rule: ActorRule,
    pub referent: Referent,
    /// The mention counts only if the document names the same actor in another way.
    pub needs_context: bool,
}

/// What stands at a token.
pub(super) enum Step {
    Mention(Found),
    /// No actor up to this token, and none inside.
    Block(usize),
}

/// A mention in the reading text.
#[derive(Debug, Clone)]
pub(super) struct Draft {
    pub span: Span,
    pub kind: ActorKind,
    pub form: Form,
    pub rule: ActorRule,
    pub referent: Referent,
    pub needs_context: bool,
    /// A verb follows whose subject it is.
    pub acting: bool,
    /// The hash of the last word in small letters: "commission" for "European Commission".
    pub head: u64,
    /// The hash of the initials of the name's capitalised words; 0 if it has less than three.
    pub initials: u64,
    /// "the" or "this" stands before it.
    pub definite: bool,
    /// The hash of its first word as written, and of the only one for an acronym.
    pub exact: u64,
    /// It is all of its line, as in an address.
    pub whole_line: bool,
}

/// What kind of loose word it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum LooseKind {
    /// "ACLEI"
    Acronym,
    /// One capitalised word that is no common one.
    Word,
    /// "Commission", "Department", perhaps with common words before it.
    Head,
}

/// A word or two that may be a mention.
#[derive(Debug, Clone)]
pub(super) struct Loose<'a> {
    pub span: Span,
    pub kind: LooseKind,
    /// The hash of the word in small letters, and as written.
    pub lower: u64,
    pub exact: u64,
    /// "the" or another determiner stands before it.
    pub determined: bool,
    pub acting: bool,
    /// A possessive ending follows.
    pub possessive: bool,
    /// It stands in brackets of its own.
    pub bracketed: bool,
    pub starts: bool,
    pub is_family: bool,
    pub is_leader: bool,
    pub is_calendar: bool,
    /// A head word of public bodies.
    pub is_public: bool,
    /// No noun follows that it would qualify.
    pub is_free: bool,
    pub is_common: bool,
    pub is_place: bool,
    /// A verb of saying or deciding follows.
    pub says: bool,
    /// A capitalised word stands before it.
    pub after_capital: bool,
    /// "the" or "this" stands before it.
    pub definite: bool,
    pub is_heading: bool,
    /// A capital inside, as organisations and companies have: "CarbonPlan".
    pub is_camel: bool,
    /// "at" or "by" stands before it.
    pub employs: bool,
    /// "published by" and the like stand before it.
    pub is_agent: bool,
    pub text: &'a str,
}

/// What all sentences gave.
#[derive(Debug, Default)]
pub(super) struct Scanned<'a> {
    /// In order of start, without overlap.
    pub drafts: Vec<Draft>,
    pub loose: Vec<Loose<'a>>,
    /// Acronyms that the document defines: by their hash, the draft that they stand for; none for what is no actor.
    pub defined: HashMap<u64, Option<usize>>,
}

/// Reads the sentences of one document.
pub(super) struct Scanner<'a> {
    view: View<'a>,
    found: Vec<Found>,
    /// The loose words of the sentence: where they begin and end.
    loose: Vec<(usize, usize)>,
    scanned: Scanned<'a>,
    /// Roles that the document abbreviates, by the hash of the acronym.
    roles: HashMap<u64, String>,
}

impl<'a> Scanner<'a> {
    pub fn new(lexicon: &'a Lexicon) -> Self {
        Self { view: View::new(lexicon), found: Vec::new(), loose: Vec::new(), scanned: Scanned::default(), roles: HashMap::default() }
    }

    pub fn finish(self) -> Scanned<'a> {
        self.scanned
    }

    /// Reads a sentence that begins at `base` in the reading text.
    pub fn read(&mut self, text: &'a str, base: usize, is_heading: bool) {
        self.view.read(text, is_heading);
        self.found.clear();
        let mut at = 0;
        self.loose.clear();
        while let Some(candidate) = self.view.next_candidate(at) {
            at = candidate;
            match self.step(at) {
                Some(Step::Mention(found)) if found.form == Form::Acronym && self.is_spelled_small(&found) => {
                    if let Some(token) = self.view.token(at) {
                        self.scanned.defined.entry(token.hash).or_insert(None);
                    }
                    at = found.last;
                }
                Some(Step::Mention(found)) => {
                    at = found.last;
                    self.found.push(found);
                    at = self.definition(at);
                }
                Some(Step::Block(end)) => {
                    self.block_acronym(end);
                    at = end.max(at + 1);
                }
                None => {
                    let end = self.loose_end(at);
                    if end > at {
                        self.loose.push((at, end));
                    }
                    at = end.max(at + 1);
                }
            }
        }
        post::widen(&self.view, &mut self.found);
        widen_people(&self.view, &mut self.found);
        companies_in_list(&self.view, &mut self.found);
        person::titled_together(&self.view, &mut self.found);
        self.found.sort_by_key(|found| found.first);
        role::find(&self.view, &mut self.found, &mut self.roles);
        self.found.sort_by_key(|found| found.first);
        let mut marks = author_year_marks(&self.view);
        marks.extend(agreement_titles(&self.view));
        if !marks.is_empty() {
            self.found.retain(|found| !marks.iter().any(|mark| mark.contains(&found.first)));
        }
        self.emit(base);
    }

    /// The longest name that begins at `at`.
    fn step(&self, at: usize) -> Option<Step> {
        let view = &self.view;
        let known = self.known(at);
        let mut best = match known {
            Some(Step::Block(end)) => (end, Some(Step::Block(end))),
            Some(Step::Mention(found)) => (found.last, Some(Step::Mention(found))),
            None => (at, None),
        };
        let mut offer = |step: Option<Step>| {
            let end = match &step {
                Some(Step::Mention(found)) => found.last,
                Some(Step::Block(end)) => *end,
                None => return,
            };
            if end > best.0 {
                best = (end, step);
            }
        };
        // "In-Person School", "High-Tech Geopolitics": a name does not begin inside a compound of common words.
        let tied = at >= 2 && view.is_hyphen(at - 1) && !view.is_spaced(at) && !view.is_spaced(at - 1) && view.is_common(at);
        let tied = tied && view.is_common(at - 2) && view.token(at - 2).is_some_and(Token::is_capital);
        if view.is_capital(at) && !tied {
            offer(person::titled(view, at).map(Step::Mention));
            offer(person::untitled(view, at).map(Step::Mention));
        }
        let named = view.is_named(at);
        if !named && view.shape(at) == Shape::Upper {
            offer(self.dotted(at).map(Step::Mention));
        }
        if named {
            offer(state::coalition_at(view, at).map(Step::Mention));
        }
        if view.is_capital(at) {
            offer(self.speaker(at).map(Step::Mention));
        }
        offer(organization::committee_of_chamber(view, at).map(Step::Mention));
        offer(state::communities_at(view, at).map(Step::Mention));
        if named {
            offer(state::body_at(view, at).map(Step::Mention));
            offer(state::joint_body_at(view, at).map(Step::Mention));
            offer(state::people_at(view, at).map(Step::Mention));
        }
        if view.is_capital(at) {
            offer(state::administration_at(view, at).map(Step::Mention));
            offer(state::party_at(view, at).map(Step::Mention));
            offer(state::committee_at(view, at).map(Step::Mention));
            offer(state::government_and_people(view, at).map(Step::Mention));
            let strip = tied
                || is_gerund(view, at)
                || view.starts(at) && view.has(at, Class::Verb) && view.has(at, Class::Dictionary) && !view.any(at, &[Class::Given, Class::Family]);
            if !strip {
                offer(organization::at(view, at));
                offer(office::at(view, at).map(Step::Mention));
            }
        } else {
            offer(state::government_of(view, at).map(Step::Mention));
        }
        best.1
    }

    /// The name of the lexicon at `at`.
    fn known(&self, at: usize) -> Option<Step> {
        let view = &self.view;
        let (len, namings) = view.name_at(at)?;
        let last = at + len;
        let naming = choose(namings)?;
        let Some(entry) = naming.entry else { return Some(Step::Block(last)) };
        if !self.border_holds(at, last) {
            return None;
        }
        let known = view.lexicon.entry(entry);
        let private = matches!(known.kind, ActorKind::Company | ActorKind::Organization) && !known.from_user;
        if private && last == at + 1 && (is_common_word(view, at) || is_share_button(view, at)) {
            return None;
        }
        if let Some(whole) = self.body_of(entry, at, last) {
            return Some(Step::Mention(whole));
        }
        let (kind, form, rule) = match naming.usage {
            Usage::Adjective => (known.kind, Form::Demonym, ActorRule::Demonym),
            Usage::People => (ActorKind::People, Form::Demonym, ActorRule::People),
            Usage::Metonym => (known.kind, Form::Metonym, ActorRule::Metonym),
            Usage::Acronym => (known.kind, Form::Acronym, ActorRule::Known),
            Usage::Name | Usage::NoActor => (known.kind, Form::Name, ActorRule::Known),
        };
        let rule = match (rule, kind) {
            (ActorRule::Known, ActorKind::State | ActorKind::Subnational) => ActorRule::State,
            (ActorRule::Known, ActorKind::Person) => ActorRule::PersonKnown,
            (rule, _) => rule,
        };
        // A capital that acts elsewhere in the document may stand for its government here, too.
        let unsure = naming.usage == Usage::Metonym && !self.metonym_acts(at, last);
        if unsure && !self.may_be_metonym(at, last) || naming.usage == Usage::Adjective && self.is_language(at, last) {
            return None;
        }
        let named_end = last;
        let last = if known.kind == ActorKind::Government && naming.usage == Usage::Name { of_state(view, last) } else { last };
        // "House of Representatives of Nigeria": the name is that of a body of another state, too.
        let from = if view.is(named_end + 1, "the") { named_end + 2 } else { named_end + 1 };
        let state = if last > named_end { state::state_at(view, from).map(|(_, state, _)| state) } else { None };
        let other = state.filter(|&state| known.country.is_some() && view.lexicon.entry(state).country != known.country);
        let referent = match naming.usage {
            _ if other.is_some() => Referent::Named { name: view.slice(at, last).to_owned(), country: other },
            Usage::People => Referent::Named { name: view.slice(at, last).to_owned(), country: known.code.as_ref().map(|_| entry) },
            _ if kind == ActorKind::Person => Referent::Person { name: view.slice(at, last).to_owned() },
            _ => Referent::Known(entry),
        };
        Some(Step::Mention(Found { first: at, last, kind, form, rule, referent, needs_context: naming.needs_context || unsure }))
    }

    /// "Quiet Harbours says": common words with capitals that say something, though no head word tells what they are.
    fn speaker(&self, at: usize) -> Option<Found> {
        let view = &self.view;
        let end = organization::run_end(view, at);
        let says = end >= at + 2 && view.is_lower(end) && view.has(end, Class::Say) && !view.title_case;
        let plain = |index: usize| {
            let other = [Class::Given, Class::Family, Class::Calendar, Class::NotHead, Class::Office, Class::Title, Class::Begins, Class::PlaceHead];
            view.shape(index) == Shape::Capital && view.has(index, Class::Dictionary) && !view.any(index, &other)
        };
        let long = end >= at + 3 || !view.starts(at);
        let named = (says && long && !view.is_heading && (at..end).all(plain)).then(|| view.slice(at, end).to_owned())?;
        let referent = Referent::Named { name: named, country: None };
        let (kind, form) = (ActorKind::Organization, Form::Name);
        Some(Found { first: at, last: end, kind, form, rule: ActorRule::Organization, referent, needs_context: false })
    }

    /// "U.N.I.D.O.": a known acronym with full stops between its letters.
    fn dotted(&self, at: usize) -> Option<Found> {
        let word = self.view.word(at);
        let letters = word.len() / 2;
        let is_dotted = letters >= 3 && word.bytes().enumerate().all(|(index, byte)| if index % 2 == 0 { byte.is_ascii_uppercase() } else { byte == b'.' });
        let plain = is_dotted.then(|| word.replace('.', ""))?;
        let naming = self.view.names().find(&plain).iter().find(|naming| naming.usage == Usage::Acronym)?;
        let entry = naming.entry?;
        let kind = self.view.lexicon.entry(entry).kind;
        let (form, referent) = (Form::Acronym, Referent::Known(entry));
        Some(Found { first: at, last: at + 1, kind, form, rule: ActorRule::Known, referent, needs_context: naming.needs_context })
    }

    /// False for a capital that is plainly a place: "in Ankara", "Ankara, Turkey", "to Ankara".
    fn may_be_metonym(&self, at: usize, last: usize) -> bool {
        const PLACED: [&str; 18] = [
            "in", "at", "from", "near", "to", "visited", "outside", "around", "through", "into", "via", "across", "within", "of", "over", "leaving", "left",
            "central",
        ];
        let view = &self.view;
        let before = at.checked_sub(1);
        // "into Ankara's hands": the preposition governs what it owns.
        let owns = view.mark(last) == 's';
        let placed = before.is_some_and(|before| !owns && PLACED.iter().any(|word| view.is(before, word)) || view.is_capital(before) || view.is(before, "and"));
        let address = view.mark(last) == ',' && view.is_capital(last + 1);
        let sites = ["streets", "airport", "mayor", "suburbs", "residents", "population", "city", "office", "offices", "bureau", "summit", "conference"];
        let site = (last..last + 3).any(|after| sites.iter().any(|word| view.is(after, word)));
        !placed && !site && !address && !view.is_capital(last) && !matches!(view.mark(last), '(' | ')' | '/') && !view.is_heading
    }

    /// "United States Government Accountability Office": a known body of the state that is named before it.
    fn body_of(&self, state: u32, at: usize, last: usize) -> Option<Found> {
        let view = &self.view;
        let of_state = view.lexicon.entry(state).kind == ActorKind::State && view.is_capital(last);
        let (len, namings) = of_state.then(|| view.name_at(last)).flatten().filter(|(len, _)| *len >= 2)?;
        let own = |naming: &&Naming| {
            naming.usage == Usage::Name
                && naming.entry.is_some_and(|entry| {
                    let body = view.lexicon.entry(entry);
                    body.kind == ActorKind::Government && body.country.is_some() && body.country == view.lexicon.entry(state).country
                })
        };
        let entry = namings.iter().find(own)?.entry?;
        let referent = Referent::Known(entry);
        let (kind, form) = (ActorKind::Government, Form::Name);
        Some(Found { first: at, last: last + len, kind, form, rule: ActorRule::Known, referent, needs_context: false })
    }

    /// True for a known acronym in brackets after words in small letters that have its initials and are another thing: "a bulk pricing agreement (BPA)".
    fn is_spelled_small(&self, found: &Found) -> bool {
        let view = &self.view;
        let letters = view.word(found.first);
        let bracketed = found.first >= 1 && view.mark(found.first - 1) == '(' && view.mark(found.last) == ')';
        let from = found.first.checked_sub(1 + letters.len()).filter(|_| bracketed && letters.len() >= 2);
        let Some(from) = from else { return false };
        let words = from..found.first - 1;
        let initial = |at: usize| view.word(at).chars().next().map(|c| c.to_ascii_uppercase());
        let fits = words.clone().zip(letters.chars()).all(|(at, letter)| view.is_lower(at) && initial(at) == Some(letter));
        let name = match &found.referent {
            Referent::Known(entry) => view.lexicon.entry(*entry).name.as_ref(),
            _ => "",
        };
        fits && !name.eq_ignore_ascii_case(view.slice(words.start, words.end))
    }

    /// A name ends where its last word ends: not inside a longer word or name.
    fn border_holds(&self, at: usize, last: usize) -> bool {
        let view = &self.view;
        let us = view.word(at) == "US" && last == at + 1;
        // "US$25", "(EU) 2016/679": a sum of money, the number of a regulation.
        let sum = view.mark(last) == '$' && !view.is_spaced(last);
        let numbered = view.word(at) == "EU" && view.mark(last) == ')' && matches!(view.shape(last + 1), Shape::Number);
        // "Okafor v Greece": a party to a case, in its name.
        let versus = |at: usize| view.is(at, "v") || view.is(at, "vs");
        let case = at.checked_sub(1).is_some_and(|before| versus(before) || view.mark(before) == '.' && before.checked_sub(1).is_some_and(versus));
        // "GOV.UK"
        let domain = at >= 2 && view.mark(at - 1) == '.' && !view.is_spaced(at) && !view.is_spaced(at - 1);
        if sum || numbered || case || domain || is_in_code(view, at, last) {
            return false;
        }
        if us && view.all_caps {
            return at.checked_sub(1).is_some_and(|before| view.is(before, "the") || view.mark(before) == '-') || view.mark(last) == '-';
        }
        // "Niger River", "Chad Basin" are places; a surname after a given name is a person's.
        let place = view.is_capital(last) && view.has(last, Class::PlaceHead) && !view.any(last, &[Class::GovernmentHead, Class::OrganizationHead]);
        let surname = at
            .checked_sub(1)
            .is_some_and(|before| view.is_capital(before) && view.has(before, Class::Given) && !view.is_common(before) && view.has(at, Class::Family))
            && last == at + 1;
        !place && !surname
    }

    /// A capital stands for its government where it acts, or where it is joined with a state or capital that does.
    fn metonym_acts(&self, at: usize, last: usize) -> bool {
        let view = &self.view;
        // A palace or street is named for those who govern from it.
        let house = (view.is(at, "white") || view.is(at, "blue")) && view.is(at + 1, "house");
        let seat = ["kremlin", "whitehall", "zhongnanhai"].iter().any(|word| view.is(at, word));
        let is = |at: Option<usize>, words: &[&str]| at.is_some_and(|at| words.iter().any(|word| view.is(at, word)));
        let mut before = at.checked_sub(1);
        // "between Kampala and Nairobi": the preposition governs both.
        if is(before, &["and"]) && at >= 3 && self.is_seat(at - 2) {
            before = at.checked_sub(3);
        }
        let located = is(before, &["in", "at", "from", "near", "to", "visited", "outside", "around", "through"]);
        if house && !is(before, &["near", "visited", "outside"]) {
            return true;
        }
        let place = view.mark(last) == ',' && view.is_capital(last + 1) || view.is_capital(last);
        let acts = (acts::is_subject(view, last) || acts::singular_verb_at(view, last)) && !view.any(last, &[Class::Auxiliary])
            || view.any(last, &[Class::Modal])
            || view.any(last, &[Class::Auxiliary]) && !located;
        // "warned Kampala", "asks Kampala to"
        let told = is(
            before,
            &[
                "warned",
                "accused",
                "told",
                "urged",
                "persuaded",
                "convinced",
                "pressed",
                "deter",
                "pressure",
                "assure",
                "urge",
                "persuade",
                "convince",
                "accuse",
                "antagonise",
                "antagonize",
                "appease",
                "blame",
                "condemn",
                "confront",
                "criticise",
                "criticize",
                "discipline",
                "embolden",
                "isolate",
                "provoke",
                "punish",
                "reassure",
                "remind",
                "reward",
                "warn",
            ],
        );
        let told = told || acts::is_infinitive_subject(view, at, last);
        // "Nairobi, Kampala and Dodoma have signed"
        if view.mark(last) == ',' && !located && self.is_seat(last + 1) && acts::is_subject(view, last) {
            return true;
        }
        let toward = is(before, &["between", "with", "by", "against", "toward", "towards"]) && !view.is_capital(last);
        !located && !place && (acts || toward || told || seat)
            || !place && (is_owner_of_policy(view, last) || is_source(view, before) || self.is_paired_seat(at, last))
    }

    /// "Kampala-Nairobi relations": two seats joined by a dash.
    fn is_paired_seat(&self, at: usize, last: usize) -> bool {
        let view = &self.view;
        let dash = |index: usize| matches!(view.mark(index), '-' | '–' | '—') && !view.is_spaced(index);
        let before = at >= 2 && dash(at - 1) && self.is_seat(at - 2);
        let after = dash(last) && self.is_seat(last + 1);
        let noun = |index: usize| {
            ["relations", "relationship", "ties", "axis", "talks", "alliance", "rivalry", "cooperation", "dialogue"].iter().any(|word| view.is(index, word))
        };
        before && noun(last) || after && noun(last + 2)
    }

    /// True for a state or a seat of government of one word at `at`.
    fn is_seat(&self, at: usize) -> bool {
        let view = &self.view;
        let found = view.has(at, Class::Begins).then(|| view.names().longest(&view.tokens[at..=at], view.text)).flatten();
        found.is_some_and(|(_, namings)| {
            namings.iter().any(|naming| {
                matches!(naming.usage, Usage::Metonym | Usage::Name) && naming.entry.is_some_and(|entry| view.lexicon.entry(entry).code.is_some())
            })
        })
    }

    /// "in English", "speaks French": a language.
    fn is_language(&self, at: usize, last: usize) -> bool {
        let view = &self.view;
        let noun_follows =
            view.token(last).is_some_and(|token| token.is_word() && !view.any(last, &[Class::Preposition, Class::Conjunction, Class::Auxiliary]));
        let speaks = at
            .checked_sub(1)
            .is_some_and(|before| ["in", "into", "speak", "speaks", "spoke", "speaking", "from", "fluent"].iter().any(|word| view.is(before, word)));
        // "Original: English", "without relying on English".
        let before = at.checked_sub(1);
        let named = before
            .is_some_and(|before| view.mark(before) == ':' && before > 0 && ["original", "language", "languages"].iter().any(|word| view.is(before - 1, word)));
        let closes = last == view.len() || matches!(view.mark(last), '.' | ';' | ')' | ',');
        let relies = closes && before.is_some_and(|before| ["on", "of", "with", "only", "besides"].iter().any(|word| view.is(before, word)));
        if named || relies && view.word(at) == "English" {
            return true;
        }
        speaks && !noun_follows && view.mark(last) != '-'
            || view.mark(last) == '-' && ["speaking", "language"].iter().any(|word| view.is(last + 1, word))
            || view.is(last, "language")
    }

    /// An acronym in brackets after a mention: it names the same actor. Gives where to read on.
    fn definition(&mut self, at: usize) -> usize {
        let Some(acronym) = bracketed_acronym(&self.view, at) else { return at };
        let Some(found) = self.found.last() else { return at };
        let body = !matches!(found.kind, ActorKind::Person | ActorKind::State | ActorKind::Role);
        // Foreign parties carry the initials of another language: an acronym alone in brackets after a body is its own.
        let alone = view_alone(&self.view, acronym) && body && found.last - found.first >= 2 && !self.view.has(acronym, Class::AcronymCommon);
        if !(matches!(found.form, Form::Name) || found.rule == ActorRule::Office)
            || matches!(found.kind, ActorKind::Person)
            || !(alone || initials_fit(&self.view, found.first, found.last, acronym))
        {
            return at;
        }
        if let Some(body) = self.acronym_of_complement(acronym) {
            self.found.push(body);
            return acronym + 1;
        }
        self.adopt_known(acronym);
        let Some(found) = self.found.last() else { return at };
        let referent = Referent::Same(self.scanned.drafts.len() + self.found.len() - 1);
        let kind = found.kind;
        self.found.push(Found { first: acronym, last: acronym + 1, kind, form: Form::Acronym, rule: ActorRule::Defined, referent, needs_context: false });
        acronym + 1
    }

    /// The body that an office is of, if the acronym after the office is its: "Administrator of the Office of Rivers (OR)".
    fn acronym_of_complement(&self, acronym: usize) -> Option<Found> {
        let view = &self.view;
        let office = self.found.last().filter(|found| found.rule == ActorRule::Office)?;
        let initial = |at: usize| view.word(at).chars().next().map(|c| c.to_ascii_uppercase());
        let of = (office.first..office.last).find(|&at| view.is(at, "of")).filter(|_| initial(office.first) != initial(acronym))?;
        let from = if view.is(of + 1, "the") { of + 2 } else { of + 1 };
        // "of the OMB Office of Rivers": the first acronym is of what the body belongs to.
        let from = if view.shape(from) == Shape::Upper && from + 2 < office.last { from + 1 } else { from };
        let known = view
            .names()
            .longest(&view.tokens[acronym..=acronym], view.text)
            .and_then(|(_, namings)| namings.iter().find(|naming| !naming.needs_context)?.entry);
        let referent = known.map_or_else(|| Referent::Named { name: view.slice(from, office.last).to_owned(), country: None }, Referent::Known);
        let (kind, form) = (ActorKind::Government, Form::Acronym);
        Some(Found { first: acronym, last: acronym + 1, kind, form, rule: ActorRule::Defined, referent, needs_context: false })
    }

    /// A name that only the patterns found is the known body whose acronym follows it: "Association of South East Asian Nations (ASEAN)".
    fn adopt_known(&mut self, acronym: usize) {
        let view = &self.view;
        let known = view.name_at(acronym).filter(|(len, _)| *len == 1);
        let naming = known.and_then(|(_, namings)| namings.iter().find(|naming| !naming.needs_context && naming.usage == Usage::Acronym));
        let Some(entry) = naming.and_then(|naming| naming.entry) else { return };
        let Some(found) = self.found.last_mut() else { return };
        let kind = self.view.lexicon.entry(entry).kind;
        let known_name = self.view.lexicon.entry(entry).name.as_ref();
        let fits = match &found.referent {
            Referent::Named { name, .. } => is_like(name, known_name),
            _ => false,
        };
        if fits && kind != ActorKind::State && initials_fit(&self.view, found.first, found.last, acronym) {
            found.referent = Referent::Known(entry);
            found.kind = kind;
        }
    }

    /// An acronym in brackets after the name of what is no actor is none either.
    fn block_acronym(&mut self, at: usize) {
        // "Act of 1996 (ABC)"
        let dated = self.view.is(at, "of") && self.view.shape(at + 1) == Shape::Number;
        let at = if dated { at + 2 } else { at };
        if let Some(token) = bracketed_acronym(&self.view, at).and_then(|acronym| self.view.token(acronym)) {
            self.scanned.defined.entry(token.hash).or_insert(None);
        }
    }

    /// Where the loose words at `at` end; `at` if there are none.
    fn loose_end(&self, at: usize) -> usize {
        let view = &self.view;
        let may = view.has(at, Class::Calendar) && view.shape(at) == Shape::Capital;
        if view.is_capital(at) || may { at + 1 } else { at }
    }

    fn emit(&mut self, base: usize) {
        let view = &self.view;
        let span = |first: usize, last: usize| {
            let start = view.token(first).map_or(0, |token| token.start as usize);
            let end = last.checked_sub(1).and_then(|last| view.token(last)).map_or(start, |token| token.end as usize);
            Span::new(base + start, base + end)
        };
        // Definitions refer to the place among all that was found; roles have been sorted in since.
        let offset = self.scanned.drafts.len();
        for found in &mut self.found {
            let referent = match std::mem::replace(&mut found.referent, Referent::Same(0)) {
                Referent::Same(_) => Referent::Same(self.scanned.drafts.len().saturating_sub(1).max(offset)),
                other => other,
            };
            if let (ActorRule::Defined, Some(token)) = (found.rule, view.token(found.first)) {
                let defined = if let Referent::Same(index) = &referent { *index } else { self.scanned.drafts.len() };
                self.scanned.defined.insert(token.hash, Some(defined));
            }
            let head = head_of(view, found.first, found.last);
            self.scanned.drafts.push(Draft {
                span: span(found.first, found.last),
                kind: found.kind,
                form: found.form,
                rule: found.rule,
                referent,
                needs_context: found.needs_context,
                acting: view.mark(found.last) == 's' || acts::is_subject(view, found.last) || acts::is_infinitive_subject(view, found.first, found.last),
                head,
                exact: view.token(found.first).map_or(0, |token| token.hash),
                initials: initials_of(view, found.first, found.last),
                definite: found.first.checked_sub(1).is_some_and(|before| view.is(before, "the") || view.is(before, "this")),
                whole_line: is_whole_line(view, found),
            });
        }
        for &(first, last) in &self.loose {
            let after = self.found.partition_point(|found| found.first < last);
            if after.checked_sub(1).is_some_and(|index| first < self.found[index].last) {
                continue;
            }
            let Some(token) = view.token(first) else { continue };
            let kind = match token.shape {
                Shape::Upper if !view.all_caps => LooseKind::Acronym,
                _ if view.any(first, &[Class::GovernmentHead, Class::OrganizationHead]) || view.is(first, "house") || view.is(first, "community") => {
                    LooseKind::Head
                }
                Shape::Capital => LooseKind::Word,
                Shape::Upper if view.has(first, Class::Family) => LooseKind::Word,
                _ => continue,
            };
            let before = first.checked_sub(1);
            // "(Okafor, 2021)" cites; "Section V.C" is a place in a text.
            let cited = before.is_some_and(|before| matches!(view.mark(before), '(' | ';')) && view.mark(last) == ',' && is_year(view.word(last + 1));
            let division = before.is_some_and(|before| ["section", "article", "part", "chapter", "annex", "appendix"].iter().any(|word| view.is(before, word)));
            // "planners in Madrid told us": a place.
            let located = kind == LooseKind::Word
                && before.is_some_and(|before| ["in", "at", "near"].iter().any(|word| view.is(before, word)))
                && acts::is_subject(view, last);
            // "the House of Usher" is no chamber.
            let family = view.is(first, "house") && view.is(last, "of") && view.is_capital(last + 1);
            if cited || located || family || division && kind == LooseKind::Acronym || kind == LooseKind::Word && names_event(view, first, last) {
                continue;
            }
            if kind == LooseKind::Acronym && abbreviates_common(view, first, last) {
                self.scanned.defined.entry(token.hash).or_insert(None);
            }
            let is_agent = is_agent_of_act(view, first);
            let item = Loose {
                span: span(first, last),
                kind,
                lower: token.lower,
                exact: token.hash,
                // "said that Congress voted": a conjunction.
                determined: before.is_some_and(|before| view.has(before, Class::Determiner) && !view.is(before, "that")),
                acting: acts::is_subject(view, last),
                possessive: view.mark(last) == 's' || view.mark(last) == '\'' && view.word(first).ends_with('s'),
                bracketed: before.is_some_and(|before| view.mark(before) == '(') && view.mark(last) == ')',
                starts: view.starts(first),
                is_family: view.has(first, Class::Family),
                is_leader: view.has(first, Class::Leader),
                is_calendar: view.has(first, Class::Calendar),
                is_public: view.has(first, Class::GovernmentHead) || view.is(first, "house"),
                is_free: acts::is_free(view, last),
                is_common: view.is_common(first) || view.any(first, &[Class::Calendar, Class::AcronymCommon]),
                is_place: view.has(first, Class::Place),
                says: view.is_lower(last) && view.has(last, Class::Say) || kind == LooseKind::Acronym && is_agent,
                after_capital: before.is_some_and(|before| view.is_capital(before)),
                definite: before.is_some_and(|before| view.is(before, "the") || view.is(before, "this")),
                is_heading: view.is_heading && view.title_case,
                is_camel: is_camel(view.word(first)),
                is_agent,
                employs: before.is_some_and(|before| view.is(before, "at") || view.is(before, "by")),
                text: view.slice(first, last),
            };
            self.scanned.loose.push(item);
        }
    }
}

/// Where "FOR THE SECRETARY OF RIVERS" begins in the head of a memorandum, or the name after "FROM:" in capitals.
pub(super) fn memorandum_head(text: &str) -> Option<usize> {
    const LONGEST: usize = 400;
    const HEADS: [&str; 2] = ["memorandum for ", "memorandum to "];
    const FIELDS: [&str; 3] = ["TO: ", "FROM: ", "FOR: "];
    if text.len() > LONGEST {
        return None;
    }
    if !matches!(text.as_bytes().first(), Some(b'm' | b'M' | b'T' | b'F')) {
        return None;
    }
    let begins = |head: &&str| text.get(..head.len()).is_some_and(|start| start.eq_ignore_ascii_case(head));
    if HEADS.iter().any(begins) {
        return Some("memorandum ".len());
    }
    let field = FIELDS.iter().find(|field| text.starts_with(**field))?;
    text.is_ascii().then_some(field.len()).filter(|&from| !text[from..].bytes().any(|byte| byte.is_ascii_lowercase()))
}

/// True for a short line of three words or more whose letters are all capitals: "PORTS OF THE REPUBLIC OF CHAD".
pub(super) fn is_capital_heading(text: &str) -> bool {
    const LONGEST: usize = 100;
    let upper = text.bytes().take(4).any(|byte| byte.is_ascii_uppercase());
    upper && text.len() <= LONGEST && text.is_ascii() && !text.bytes().any(|byte| byte.is_ascii_lowercase()) && text.split(' ').nth(2).is_some()
}

/// Words in capitals with the capitals of a title: "SECRETARY OF RIVERS" as "Secretary of Rivers". Acronyms and all other words stay as they are, and
/// every word its length.
pub(super) fn title_cased(text: &str, lexicon: &Lexicon) -> String {
    const LONGEST_ACRONYM: usize = 5;
    const STATES: [&str; 4] = ["US", "UK", "EU", "UN"];
    let mut out = String::with_capacity(text.len());
    let mut after_article = true;
    for word in text.split_inclusive(' ') {
        let letters = word.trim_end_matches(|c: char| !c.is_alphanumeric());
        let classes = lexicon.classes(crate::lexicon::of_lower(letters));
        let small = classes.any(&[Class::Preposition, Class::Conjunction, Class::Determiner]);
        let known = classes.any(&[Class::Dictionary, Class::Function, Class::RolePlural]) || letters.len() > LONGEST_ACRONYM;
        // "THE US TOLD US": the state has an article or opens the line.
        let state = STATES.contains(&letters) && (after_article || letters != "US");
        after_article = letters == "THE";
        let capitals = letters.len() > 1 && !state && letters.bytes().all(|byte| byte.is_ascii_uppercase());
        match (capitals && (small || known), small && !out.is_empty()) {
            (true, true) => out.push_str(&word.to_ascii_lowercase()),
            (true, false) => {
                out.push_str(&word[..1]);
                out.push_str(&word[1..].to_ascii_lowercase());
            }
            (false, _) => out.push_str(word),
        }
    }
    out
}

/// True for a gerund that opens an item of a list: "Sustaining Joint Forces"; a trade may open a name ("Planning Council").
fn is_gerund(view: &View, at: usize) -> bool {
    let gerund = view.starts(at) && view.word(at).ends_with("ing") && acts::is_gerund_of_verb(view, at);
    gerund && !view.any(at, &[Class::Activity, Class::TitleModifier, Class::Given, Class::Family]) && view.is_capital(at + 1)
}

/// True for a common word that is also the name of a company or party ("Reliance", "Cohesion"), where its capital says nothing: at the start of a
/// sentence, unless it acts there, in a heading, and after another common word with a capital.
fn is_common_word(view: &View, at: usize) -> bool {
    // A dictionary leaves out nouns that are made from others: "cohesion".
    let abstract_noun = ["sion", "tion", "ity", "ness", "ance", "ence"].iter().any(|ending| view.word(at).ends_with(ending));
    let common = view.shape(at) == Shape::Capital && (abstract_noun || view.has(at, Class::Dictionary)) && !view.has(at, Class::OrganizationHead);
    let acts = acts::singular_verb_at(view, at + 1) || view.mark(at + 1) == 's' || view.mark(at + 1) == ',' && view.is_capital(at + 2);
    let after_capital = at.checked_sub(1).is_some_and(|before| view.is_capital(before) && view.is_common(before));
    common && (view.starts(at) && !acts || after_capital || view.is_heading && view.title_case)
}

/// True for the name of a network in a line that asks to share or follow: "Share to Facebook", "Follow us on Twitter", "LinkedIn" alone.
fn is_share_button(view: &View, at: usize) -> bool {
    const NETWORKS: [&str; 9] = ["facebook", "twitter", "linkedin", "whatsapp", "instagram", "youtube", "pinterest", "reddit", "telegram"];
    const ASKS: [&str; 8] = ["share", "us", "follow", "post", "tweet", "find", "connect", "print"];
    const LONGEST: usize = 9;
    let network = |at: usize| NETWORKS.iter().any(|word| view.is(at, word));
    let asked = at >= 2 && ["to", "on", "via", "with"].iter().any(|word| view.is(at - 1, word)) && ASKS.iter().any(|word| view.is(at - 2, word));
    let list = (0..view.len()).all(|at| network(at) || view.shape(at) == Shape::Mark);
    // "Share to Facebook Share to Twitter" in a line into which a page was collapsed.
    let row = asked && view.is_capital(at - 2) && view.is_capital(at + 1);
    network(at) && (row || view.len() <= LONGEST && (asked || list))
}

/// Adds companies that stand in a list with a known one: "Kestrel Metals, Rio Tinto, and Okavango". They are unknown words with a capital, no family names.
fn companies_in_list(view: &View, found: &mut Vec<Found>) {
    let is_company = |found: &Found| found.kind == ActorKind::Company && found.form == Form::Name;
    if !found.iter().any(is_company) {
        return;
    }
    let mut taken = vec![false; view.len()];
    for known in found.iter() {
        if let Some(words) = taken.get_mut(known.first..known.last) {
            words.fill(true);
        }
    }
    let mut index = 0;
    while index < found.len() {
        let company = is_company(&found[index]);
        let (first, last) = (found[index].first, found[index].last);
        index += 1;
        if !company {
            continue;
        }
        let after = joint_end(view, last).and_then(|from| Some((from, listed_name_end(view, from)?)));
        let before = joint_start(view, first).and_then(|to| Some((listed_name_start(view, to)?, to)));
        for (first, last) in after.into_iter().chain(before) {
            let Some(words) = taken.get_mut(first..last).filter(|words| !words.contains(&true)) else { continue };
            words.fill(true);
            let referent = Referent::Named { name: view.slice(first, last).to_owned(), country: None };
            let (kind, form) = (ActorKind::Company, Form::Name);
            found.push(Found { first, last, kind, form, rule: ActorRule::Company, referent, needs_context: false });
        }
    }
}

/// Past ", ", "and" or ", and" at `at`.
fn joint_end(view: &View, at: usize) -> Option<usize> {
    let comma = usize::from(view.mark(at) == ',');
    let and = usize::from(view.is(at + comma, "and") || view.is(at + comma, "or"));
    (comma + and > 0).then_some(at + comma + and)
}

/// Before ", ", "and" or ", and" that ends at `at`.
fn joint_start(view: &View, at: usize) -> Option<usize> {
    let before = at.checked_sub(1)?;
    if view.mark(before) == ',' {
        return Some(before);
    }
    let and = view.is(before, "and") || view.is(before, "or");
    and.then(|| before.checked_sub(1).filter(|&comma| view.mark(comma) == ',').unwrap_or(before))
}

const LISTED_WORDS: usize = 3;

fn listed_name_end(view: &View, from: usize) -> Option<usize> {
    let mut last = from;
    while view.is_capital(last) && last - from <= LISTED_WORDS {
        last += 1;
    }
    let closed = matches!(view.mark(last), ',' | '.' | ';' | ')') || last == view.len() || view.is_lower(last);
    (closed && is_unknown_name(view, from, last)).then_some(last)
}

fn listed_name_start(view: &View, to: usize) -> Option<usize> {
    let mut first = to;
    while first > 0 && view.is_capital(first - 1) && to - first <= LISTED_WORDS {
        first -= 1;
    }
    is_unknown_name(view, first, to).then_some(first)
}

/// True for capitalised words of which the first is in no list of names or words.
fn is_unknown_name(view: &View, first: usize, last: usize) -> bool {
    let unlisted = |at: usize| {
        !view.is_common(at) && !view.any(at, &[Class::Family, Class::Given, Class::Place, Class::Begins, Class::Calendar, Class::Title, Class::CompanySuffix])
    };
    last > first && last - first <= LISTED_WORDS && view.shape(first) == Shape::Capital && unlisted(first)
}

/// Widens nationals and peoples to the adjectives of age and origin before them: "young Australians".
fn widen_people(view: &View, found: &mut [Found]) {
    const KINDS: [&str; 9] = ["young", "younger", "older", "elderly", "rural", "urban", "indigenous", "displaced", "exiled"];
    for known in found.iter_mut().filter(|known| known.kind == ActorKind::People && known.rule == ActorRule::People) {
        let Some(before) = known.first.checked_sub(1).filter(|&before| KINDS.iter().any(|word| view.is(before, word))) else { continue };
        if let (Referent::Named { name, .. }, true) = (&mut known.referent, view.is_lower(before) || view.starts(before)) {
            known.first = before;
            *name = format!("{} {}", view.word(before).to_lowercase(), view.slice(before + 1, known.last));
        }
    }
}

/// True for a possessive, but of what a city has: "Kampala's growing influence", not "Kampala's streets".
fn is_owner_of_policy(view: &View, last: usize) -> bool {
    const SITES: [&str; 30] = [
        "airport",
        "airports",
        "bureau",
        "cathedral",
        "city",
        "district",
        "districts",
        "downtown",
        "historic",
        "hotels",
        "hospitals",
        "inhabitants",
        "mayor",
        "metro",
        "museum",
        "neighborhoods",
        "neighbourhoods",
        "outskirts",
        "police",
        "population",
        "port",
        "residents",
        "schools",
        "skyline",
        "slums",
        "streets",
        "suburbs",
        "subway",
        "university",
        "university's",
    ];
    let site = |at: usize| SITES.iter().any(|word| view.is(at, word));
    view.mark(last) == 's' && view.is_lower(last + 1) && !(last + 1..last + 4).any(site)
}

/// True after "pressure from", "aid to", "sanctions on": what passes between governments.
fn is_source(view: &View, before: Option<usize>) -> bool {
    const PASSED: [&str; 38] = [
        "influence",
        "tribute",
        "dependent",
        "reliant",
        "beholden",
        "subservient",
        "loyal",
        "loyalty",
        "allegiance",
        "coercion",
        "interference",
        "instructions",
        "orders",
        "approval",
        "permission",
        "overtures",
        "backing",
        "funding",
        "loans",
        "opposition",
        "pressure",
        "pressures",
        "threat",
        "threats",
        "promises",
        "support",
        "demands",
        "assistance",
        "aid",
        "concessions",
        "criticism",
        "signals",
        "sanctions",
        "assurances",
        "guarantees",
        "message",
        "reliance",
        "dependence",
    ];
    let Some(before) = before else { return false };
    let preposition = ["from", "to", "on"].iter().any(|word| view.is(before, word));
    preposition && before.checked_sub(1).is_some_and(|noun| PASSED.iter().any(|word| view.is(noun, word)))
}

/// True for the second of two joined names before what they name: "the Brandt-Meir summit", "the Ortiz-Chen Act".
fn names_event(view: &View, first: usize, last: usize) -> bool {
    const NAMED: [&str; 14] =
        ["summit", "meeting", "talks", "accord", "accords", "act", "amendment", "bill", "pact", "doctrine", "plan", "agreement", "report", "deal"];
    let joined = first >= 2 && matches!(view.mark(first - 1), '-' | '–') && !view.is_spaced(first) && view.is_capital(first - 2);
    joined && NAMED.iter().any(|word| view.is(last, word))
}

/// True after "appointed by the", "published by": what is done by a body.
fn is_agent_of_act(view: &View, first: usize) -> bool {
    const ACTS: [&str; 20] = [
        "adopted",
        "administered",
        "appointed",
        "approved",
        "authorised",
        "authorized",
        "chaired",
        "commissioned",
        "conducted",
        "convened",
        "disbanded",
        "drafted",
        "established",
        "funded",
        "hosted",
        "issued",
        "launched",
        "organised",
        "organized",
        "published",
    ];
    let before = first.checked_sub(1).map(|before| if view.is(before, "the") { before.saturating_sub(1) } else { before });
    before.is_some_and(|by| view.is(by, "by") && by.checked_sub(1).is_some_and(|act| view.is_lower(act) && ACTS.iter().any(|word| view.is(act, word))))
}

/// True for "(NWL)" after words in small letters with its initials: what it stands for is no name.
fn abbreviates_common(view: &View, first: usize, last: usize) -> bool {
    let Some(open) = first.checked_sub(1).filter(|&open| view.mark(open) == '(' && view.mark(last) == ')') else { return false };
    let initial = view.word(first).chars().next().map(|c| c.to_ascii_lowercase());
    let from = open.saturating_sub(8);
    open > 0 && view.is_lower(open - 1) && (from..open).any(|at| view.is_lower(at) && view.word(at).chars().next() == initial)
}

/// True for an acronym in a number of a document: "GAO-26-107841", "R-GR-FWS-0010".
fn is_in_code(view: &View, at: usize, last: usize) -> bool {
    let tight = |dash: usize| view.is_hyphen(dash) && !view.is_spaced(dash) && view.token(dash + 1).is_some_and(|token| !token.spaced);
    let upper = view.shape(at) == Shape::Upper;
    let slashed = view.shape(last) == Shape::Number && view.mark(last + 1) == '/';
    upper && (slashed || tight(last) && view.shape(last + 1) == Shape::Number)
}

/// True if nothing but an article and marks stands beside the mention.
fn is_whole_line(view: &View, found: &Found) -> bool {
    let filler = |at: usize| view.shape(at) == Shape::Mark || view.is(at, "the");
    found.first <= 2 && (0..found.first).all(filler) && found.last + 2 >= view.len() && (found.last..view.len()).all(filler)
}

/// True for a capital inside the word that no prefix of family names explains.
pub(super) fn is_camel(word: &str) -> bool {
    const PREFIXES: [&str; 15] = ["Mc", "Mac", "De", "Di", "Du", "La", "Le", "Fitz", "O", "D", "Van", "Von", "Da", "El", "Al"];
    let Some(inner) = word.bytes().skip(1).position(|byte| byte.is_ascii_uppercase()).map(|at| at + 1) else { return false };
    inner >= 2 && word.is_ascii() && word.bytes().any(|byte| byte.is_ascii_lowercase()) && !PREFIXES.contains(&&word[..inner])
}

/// The brackets that cite by author and year: "(European Union, 2024; Okafor and Lee 2021a: 12)". Who stands in them is an author, not an actor.
fn author_year_marks(view: &View) -> Vec<Range<usize>> {
    const SMALL: [&str; 17] = ["and", "of", "the", "for", "et", "al", "on", "in", "see", "also", "cf", "p", "pp", "eds", "ed", "de", "la"];
    const LONGEST: usize = 80;
    let mut marks = Vec::new();
    if !view.has_bracket {
        return marks;
    }
    for open in (0..view.len()).filter(|&at| view.mark(at) == '(') {
        let Some(close) = (open + 1..view.len().min(open + LONGEST)).find(|&at| matches!(view.mark(at), ')' | '(')) else { continue };
        let inside = open + 1..close;
        let plain = inside.clone().all(|at| !view.is_lower(at) || SMALL.iter().any(|word| view.is(at, word)));
        let dated = |at: usize| {
            let before = if view.mark(at - 1) == ',' { at.saturating_sub(2) } else { at - 1 };
            is_year(view.word(at))
                && before > open
                && view.token(before).is_some_and(|token| token.is_word() || token.mark == '.')
                && !view.has(before, Class::Calendar)
                && matches!(view.mark(at + 1), ')' | ';' | ',' | ':')
        };
        if plain && view.mark(close) == ')' && inside.clone().any(dated) {
            marks.push(inside);
        }
    }
    marks
}

/// The parties in the titles of agreements: "the Agreement between the Government of Chad and the Government of Niger on Rivers". They are no actors there.
fn agreement_titles(view: &View) -> Vec<Range<usize>> {
    const TITLES: [&str; 8] = ["agreement", "treaty", "convention", "protocol", "memorandum", "arrangement", "accord", "exchange"];
    /// Tokens of such a title up to the second party at most.
    const LONGEST: usize = 20;
    let mut titles = Vec::new();
    if view.all_caps {
        return titles;
    }
    for at in (0..view.len()).filter(|&at| view.is_capital(at) && TITLES.iter().any(|word| view.is(at, word))) {
        let named = view.is(at + 1, "of") && view.is_capital(at + 2);
        let between = if named { at + 3 } else { at + 1 };
        // At the start of a sentence the noun has its capital in any case.
        let plain = view.starts(at) && view.is_lower(between) && !view.is_heading;
        if plain || !view.is(between, "between") {
            continue;
        }
        let joins = |index: usize| ["the", "of", "and", "for", "on"].iter().any(|word| view.is(index, word)) || view.mark(index) == ',';
        let inside = |index: usize| view.is_capital(index) || joins(index) || matches!(view.mark(index), '-' | '(' | ')' | '.');
        let end = (between + 1..between + LONGEST).find(|&index| !inside(index)).unwrap_or(between + LONGEST);
        titles.push(at..end);
    }
    titles
}

fn is_year(word: &str) -> bool {
    let digits = word.get(..4).is_some_and(|year| year.bytes().all(|byte| byte.is_ascii_digit()));
    digits && (word.len() == 4 || word.len() == 5)
}

/// Past "of the United Kingdom" after the name of a body.
fn of_state(view: &View, at: usize) -> usize {
    if !view.is(at, "of") {
        return at;
    }
    let from = if view.is(at + 1, "the") { at + 2 } else { at + 1 };
    state::state_at(view, from).filter(|(.., usage)| *usage != Usage::Adjective).map_or(at, |(len, ..)| from + len)
}

/// The hash of the head word in small letters: the last before "of", "for" or "on".
fn head_of(view: &View, first: usize, last: usize) -> u64 {
    let complement =
        (first + 1..last).find(|&index| view.is_lower(index) && ["of", "for", "on", "against", "to", "in"].iter().any(|word| view.is(index, word)));
    let end = complement.unwrap_or(last);
    end.checked_sub(1).and_then(|at| view.token(at)).map_or(0, |token| token.lower)
}

/// The hash of the initials of the capitalised words of a name.
fn initials_of(view: &View, first: usize, last: usize) -> u64 {
    let capitals = || (first..last).filter(|&index| view.is_capital(index)).filter_map(|index| view.word(index).chars().next());
    if capitals().nth(2).is_some() { crate::lexicon::of(&capitals().collect::<String>()) } else { 0 }
}

/// The meaning to take: a sure one before one that needs context; what is no actor before what is a metonym.
fn choose(namings: &[Naming]) -> Option<&Naming> {
    namings
        .iter()
        .find(|naming| !naming.needs_context && naming.usage != Usage::Metonym)
        .or_else(|| namings.iter().find(|naming| !naming.needs_context))
        .or(namings.first())
}

/// The acronym in the brackets that open at `at`: "(MRT)", "(the “MRT”)", "(RRT, and together …)".
fn bracketed_acronym(view: &View, at: usize) -> Option<usize> {
    if view.mark(at) != '(' {
        return None;
    }
    let mut here = foreign_name_end(view, at + 1).unwrap_or(at + 1);
    let limit = here + 4;
    while here < limit
        && (view.mark(here) == '"' || view.mark(here) == '\'' || ["the", "or", "hereafter", "hereinafter", "also"].iter().any(|word| view.is(here, word)))
    {
        here += 1;
    }
    let closes = matches!(view.mark(here + 1), ')' | '"' | '\'' | ',' | ';' | 's');
    let acronym = view.shape(here) == Shape::Upper || view.shape(here) == Shape::Capital && view.word(here).chars().filter(|c| c.is_uppercase()).count() >= 2;
    (acronym && closes && view.word(here).len() <= 12).then_some(here)
}

/// Past a name in another language and its comma: "(Partido Verde Unido, PVU)".
fn foreign_name_end(view: &View, from: usize) -> Option<usize> {
    let word = |at: usize| view.token(at).is_some_and(|token| token.is_word()) && view.shape(at) != Shape::Number;
    let end = (from..from + 9).find(|&at| !word(at)).filter(|&end| end >= from + 2 && view.mark(end) == ',' && view.mark(end + 2) == ')')?;
    let foreign = (from..end).any(|at| !view.is_common(at)) && view.is_capital(from) && view.shape(end + 1) == Shape::Upper;
    foreign.then_some(end + 1)
}

/// True if two names have most of their capitalised words in common: the same body, written in two ways.
fn is_like(name: &str, known: &str) -> bool {
    let words = |text: &str| text.split(' ').filter(|word| word.starts_with(char::is_uppercase)).count();
    let shared = name.split(' ').filter(|word| word.starts_with(char::is_uppercase) && known.split(' ').any(|other| other == *word)).count();
    shared * 2 >= words(name).min(words(known))
}

/// True if the acronym stands alone in its brackets.
fn view_alone(view: &View, acronym: usize) -> bool {
    matches!(view.mark(acronym - 1), '(' | ',') && view.mark(acronym + 1) == ')'
}

/// True if the letters of the acronym are initials of the name's words, in order, all but one.
fn initials_fit(view: &View, first: usize, last: usize, acronym: usize) -> bool {
    let mut initials = (first..last).filter_map(|index| view.token(index)).filter(|token| token.is_word()).flat_map(|token: &Token| {
        let text = token.text(view.text);
        let capitals: Vec<char> = text.chars().filter(|c| c.is_uppercase()).collect();
        if capitals.is_empty() { text.chars().next().into_iter().flat_map(char::to_uppercase).collect() } else { capitals }
    });
    let letters: Vec<char> = view.word(acronym).chars().filter(|c| c.is_uppercase()).collect();
    let mut matched = 0;
    for letter in &letters {
        if initials.by_ref().any(|initial| initial == *letter) {
            matched += 1;
        } else {
            break;
        }
    }
    matched >= 2 && matched + 1 >= letters.len().min(4) && matched * 2 >= letters.len()
}
