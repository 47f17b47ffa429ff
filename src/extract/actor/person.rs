//! Names of persons: titles with names, given and family names, initials, particles, hyphens, East Asian order.

use super::Referent;
use super::rules::ActorRule;
use super::scan::Found;
use super::state::state_at;
use super::view::View;
use crate::lexicon::{Class, Shape, Usage};
use crate::record::{ActorKind, Form};

const MAX_PARTS: usize = 5;

/// A person's name that begins at `at`, without title.
pub(super) fn untitled(view: &View, at: usize) -> Option<Found> {
    if view.has(at, Class::ForeignHead) && !view.has(at, Class::Given) {
        return None;
    }
    // Without a title one word is no name: another follows, a hyphen, or the full stop of an initial.
    let goes_on = match view.mark(at + 1) {
        ' ' => !view.is_lower(at + 1) || view.has(at + 1, Class::Particle),
        mark => matches!(mark, '-' | '.'),
    };
    let name = goes_on.then(|| name_at(view, at, false)).flatten()?;
    (name.is_enough(view, at) || is_introduced(view, at, &name)).then(|| found(view, at, at, name.last, ActorRule::PersonName))
}

/// True for two or three words in no list of English before what their bearer is, as in the note on an author: "Qoyoshe Mabuhbe is a Research Fellow".
fn is_introduced(view: &View, at: usize, name: &Name) -> bool {
    const POSTS: [&str; 22] = [
        "adviser",
        "advisor",
        "analyst",
        "associate",
        "author",
        "chair",
        "consultant",
        "director",
        "economist",
        "editor",
        "expert",
        "fellow",
        "founder",
        "head",
        "journalist",
        "lawyer",
        "lecturer",
        "manager",
        "president",
        "professor",
        "researcher",
        "scholar",
    ];
    /// Words between the article and the post: "a Senior Non-Resident Research Fellow".
    const REACH: usize = 6;
    let unlisted = name.words().iter().all(|&word| view.shape(word) == Shape::Capital && !view.is_common(word) && state_at(view, word).is_none());
    let copula = if view.is(name.last + 1, "currently") { name.last + 2 } else { name.last + 1 };
    let introduced = view.starts(at) && view.is(name.last, "is") && ["a", "an", "the"].iter().any(|word| view.is(copula, word));
    let post = || (copula + 1..copula + 1 + REACH).any(|index| POSTS.iter().any(|word| view.is(index, word)));
    (2..=3).contains(&name.parts) && introduced && unlisted && post()
}

/// A title and a name: "Prime Minister Fumio Kishida", "Gen. Mark Milley", "Secretary of State Hillary Clinton", "Japanese Prime Minister Kishida".
pub(super) fn titled(view: &View, at: usize) -> Option<Found> {
    let name_start = view.holds(&[Class::Title]).then(|| title_end(view, at)).flatten()?;
    // "the General United Nations programme"
    let body = |entry| view.lexicon.entry(entry).kind == ActorKind::Intergovernmental;
    if view.name_at(name_start).is_some_and(|(len, namings)| len >= 2 && namings.iter().any(|naming| naming.entry.is_some_and(body))) {
        return None;
    }
    let name = name_at(view, name_start, true)?;
    // "Director General" is an office, "Judge Advocate" too: a common word after a title needs evidence to be a name.
    let common = view.is_common(name_start) && name.parts == 1 && !view.any(name_start, &[Class::Family, Class::Given]);
    // "Senators Warner, Rubio": a plural title names the first with the others; a full name stands without it.
    (!(common || is_plural_title(view, at) && name.parts > 1)).then(|| found(view, at, name_start, name.last, ActorRule::PersonTitled))
}

fn found(view: &View, at: usize, name_start: usize, last: usize, rule: ActorRule) -> Found {
    let referent = Referent::Person { name: view.slice(name_start, last).to_owned() };
    Found { first: at, last, kind: ActorKind::Person, form: Form::Name, rule, referent, needs_context: false }
}

/// Adds the others whom a plural title names: "Senators Okafor, Lindqvist and Mabuhbe".
pub(super) fn titled_together(view: &View, found: &mut Vec<Found>) {
    for index in 0..found.len() {
        let known = &found[index];
        if known.kind != ActorKind::Person || known.rule != ActorRule::PersonTitled || !is_plural_title(view, known.first) {
            continue;
        }
        let mut last = known.last;
        for _ in 0..MAX_PARTS {
            let comma = usize::from(view.mark(last) == ',');
            let and = usize::from(view.is(last + comma, "and"));
            let first = last + comma + and;
            let free = first > last && view.shape(first) == Shape::Capital && !view.is_named(first) && !view.is_capital(first + 1);
            if !free || view.any(first, &HEADS) || found.iter().any(|other| other.first <= first && first < other.last) {
                break;
            }
            last = first + 1;
            found.push(self::found(view, first, first, last, ActorRule::PersonSurname));
        }
    }
}

fn is_plural_title(view: &View, at: usize) -> bool {
    ["senators", "presidents", "congressmen", "professors"].iter().any(|title| view.is(at, title))
}

/// Where the name begins after a title at `at`.
fn title_end(view: &View, at: usize) -> Option<usize> {
    if let Some(end) = known_post_end(view, at) {
        return Some(end);
    }
    let start = prefix_end(view, at);
    let mut last = start;
    let mut titles = 0;
    loop {
        let mut head = last;
        while view.is_capital(head) && (view.has(head, Class::TitleModifier) || is_portfolio(view, head)) && !view.has(head, Class::Title) && head < last + 4 {
            head += 1;
            if view.mark(head) == '.' {
                head += 1;
            }
            if view.mark(head) == '-' && view.has(head + 1, Class::Title) {
                head += 1;
            }
        }
        head = desk_end(view, head).unwrap_or(head);
        let named = view.token(head).is_some_and(crate::lexicon::Token::is_capital) && view.has(head, Class::Title);
        // "King Abdullah" has a title, "Martin Luther King" none: a title that is also a name counts only before a name.
        if !named {
            break;
        }
        head += 1;
        if view.mark(head) == '-'
            && !view.is_spaced(head)
            && view.token(head + 1).is_some_and(|token| token.is_word() && !token.spaced)
            && !view.is_capital_name(head + 1)
        {
            head += 2;
        }
        if view.mark(head) == '.' {
            head += 1;
        }
        head = complement(view, head).unwrap_or(head);
        last = head;
        titles += 1;
        if titles == 3 {
            break;
        }
    }
    (titles > 0 && last > start && last - at <= 14).then_some(last)
}

/// Past a post of an organisation that the lexicon knows, before a name: "UN Secretary-General Kofi Annan".
fn known_post_end(view: &View, at: usize) -> Option<usize> {
    let (len, namings) = view.name_at(at)?;
    let public = |entry| matches!(view.lexicon.entry(entry).kind, ActorKind::Intergovernmental | ActorKind::Government);
    let post = len >= 2 && view.is_capital(at + len) && view.has(at + len - 1, Class::Title);
    (post && namings.iter().any(|naming| naming.entry.is_some_and(public))).then_some(at + len)
}

/// Past the region that a director is for: "Africa" in "Deputy Africa Director", "Middle East and North Africa" before "Director".
fn desk_end(view: &View, at: usize) -> Option<usize> {
    const REGIONS: [&str; 23] = [
        "africa",
        "african",
        "america",
        "american",
        "americas",
        "asia",
        "asian",
        "caribbean",
        "caucasus",
        "central",
        "east",
        "eurasia",
        "europe",
        "european",
        "global",
        "gulf",
        "latin",
        "middle",
        "north",
        "pacific",
        "south",
        "southeast",
        "west",
    ];
    /// "Middle East and North Africa"
    const LONGEST: usize = 5;
    let place = |index: usize| view.is_capital(index) && (REGIONS.iter().any(|word| view.is(index, word)) || state_at(view, index).is_some());
    if !place(at) {
        return None;
    }
    let joins = |index: usize| (view.is(index, "and") || view.is_hyphen(index)) && place(index + 1);
    let end = (at + 1..at + 1 + LONGEST).find(|&index| !place(index) && !joins(index))?;
    let leads = ["director", "representative", "coordinator", "correspondent", "editor", "president"].iter().any(|word| view.is(end, word));
    (leads && view.is_capital(end)).then_some(end)
}

/// True for "Fisheries" before "Minister": whatever a minister is of.
fn is_portfolio(view: &View, at: usize) -> bool {
    let minister = view.is(at + 1, "minister") || view.is(at + 1, "secretary");
    minister && view.shape(at) == Shape::Capital && view.has(at, Class::Dictionary) && !view.any(at, &[Class::Given, Class::Family])
}

/// Past a state or body that stands before a title: "UK Foreign Secretary", "European Commission President".
fn prefix_end(view: &View, at: usize) -> usize {
    let Some((len, namings)) = view.name_at(at) else { return at };
    let end = at + len;
    let Some(naming) = namings.iter().find(|naming| naming.entry.is_some()) else { return at };
    let kind = naming.entry.map(|entry| view.lexicon.entry(entry).kind);
    let fits = match kind {
        // "U.S. Presidents Diop and Sow" are of it, their title is not.
        _ if is_plural_title(view, end) => false,
        // "Georgia Governor Brian Kemp": the governor is of a part of a state, which stays a mention of its own.
        Some(ActorKind::State) => !["governor", "senator", "mayor", "congressman", "congresswoman", "representative"].iter().any(|title| view.is(end, title)),
        Some(ActorKind::Intergovernmental | ActorKind::Government) => view.any(end, &[Class::Title, Class::TitleModifier]),
        _ => false,
    };
    let title_follows = view.is_capital(end) && (view.any(end, &[Class::Title, Class::TitleModifier]) || is_portfolio(view, end));
    if fits && title_follows && naming.usage != Usage::Metonym { end } else { at }
}

/// Past what a title is of: "of State", "of the Exchequer", "for Foreign Affairs", "General".
fn complement(view: &View, at: usize) -> Option<usize> {
    if !(view.is(at, "of") || view.is(at, "for")) {
        return None;
    }
    let mut last = at + 1;
    if view.is(last, "the") {
        last += 1;
    }
    if !view.is_capital(last) {
        return None;
    }
    // "of State", "of Defense": topics are common words; a state's name ends the complement, too.
    if let Some((len, ..)) = state_at(view, last) {
        return view.is_capital(last + len).then_some(last + len);
    }
    let start = last;
    while last < start + 4 && view.is_capital(last) && view.has(last, Class::Dictionary) && !(last > start && view.any(last, &[Class::Given, Class::Family])) {
        last += 1;
        if view.is(last, "and") && view.is_capital(last + 1) && view.has(last + 1, Class::Dictionary) {
            last += 1;
        }
    }
    (last > start && view.is_capital(last)).then_some(last)
}

/// A run of words that can be a person's name.
struct Name {
    last: usize,
    /// The places of its capitalised words, as many as it has parts.
    places: [usize; MAX_PARTS],
    parts: usize,
    has_initial: bool,
    /// "Jae-in": a hyphen before a small letter.
    has_east_asian_given: bool,
    /// "bin", "von": not "de" and "la", which places have too.
    has_particle: bool,
}

fn name_at(view: &View, at: usize, titled: bool) -> Option<Name> {
    let mut name = Name { last: at, places: [0; MAX_PARTS], parts: 0, has_initial: false, has_east_asian_given: false, has_particle: false };
    let mut here = at;
    while name.parts < MAX_PARTS {
        if let Some(next) = particle_end(view, here, name.parts > 0 || titled) {
            name.has_particle |= name.parts > 0 && !["de", "la", "le", "du", "del", "y", "e", "do", "da", "di"].iter().any(|word| view.is(here, word));
            here = next;
        }
        if !fits(view, here, &name, titled) {
            break;
        }
        let initial = is_initials(view, here);
        name.has_initial |= initial;
        name.places[name.parts] = here;
        name.parts += 1;
        here += 1;
        if initial && view.mark(here) == '.' {
            here += 1;
        }
        name.last = here;
        // Hyphenated parts: "Jae-in", "Tahtawi-Smith".
        while view.mark(here) == '-'
            && !view.is_spaced(here)
            && view.token(here + 1).is_some_and(|token| token.is_word() && !token.spaced)
            && !view.has(here + 1, Class::Led)
            && state_at(view, here + 1).is_none()
        {
            name.has_east_asian_given |= view.is_lower(here + 1);
            here += 2;
            name.last = here;
        }
    }
    if name.parts == 0 {
        return None;
    }
    let suffix = if view.mark(here) == ',' { here + 1 } else { here };
    if view.token(suffix).is_some_and(crate::lexicon::Token::is_capital)
        && view.has(suffix, Class::Suffix)
        && (name.parts > 1 || titled)
        && !view.is(suffix, "mp")
    {
        name.last = suffix + 1 + usize::from(view.mark(suffix + 1) == '.' && view.is_lower_suffix(suffix));
    }
    Some(name)
}

impl View<'_> {
    /// "Jr." and "Sr." keep their full stop.
    fn is_lower_suffix(&self, at: usize) -> bool {
        self.is(at, "jr") || self.is(at, "sr")
    }

    fn is_capital_name(&self, at: usize) -> bool {
        self.is_capital(at) && self.any(at, &[Class::Given, Class::Family])
    }
}

/// Past particles between the words of a name ("van der", "bin", "al-"), if a capitalised word follows.
fn particle_end(view: &View, at: usize, inside: bool) -> Option<usize> {
    let mut last = at;
    while last < at + 3 && inside && view.is_lower(last) && view.has(last, Class::Particle) {
        last += 1;
        if view.mark(last) == '-' && !view.is_spaced(last) {
            last += 1;
        }
    }
    (last > at && view.is_capital(last)).then_some(last)
}

fn is_initials(view: &View, at: usize) -> bool {
    let dotted = view.shape(at) == Shape::Upper && view.word(at).contains('.') && view.word(at).len() <= 6 && !view.has(at, Class::Begins);
    view.shape(at) == Shape::Single && view.mark(at + 1) == '.' || dotted
}

const HEADS: [Class; 8] =
    [Class::GovernmentHead, Class::OrganizationHead, Class::CompanySuffix, Class::CompanyHead, Class::NotHead, Class::PlaceHead, Class::Office, Class::Title];

/// True if the word at `at` can be the next word of `name`.
fn fits(view: &View, at: usize, name: &Name, titled: bool) -> bool {
    if is_initials(view, at) {
        return true;
    }
    if !view.is_capital(at) || name.parts == 0 && !titled && super::scan::is_camel(view.word(at)) {
        return false;
    }
    // "President Anna Lindqvist Calls for": a verb with a capital, in a heading.
    let verb = name.parts >= 2 && view.is_common(at) && view.any(at, &[Class::Say, Class::Verb, Class::Modal, Class::Auxiliary]);
    if verb && !view.any(at, &[Class::Family, Class::Given]) {
        return false;
    }
    // "Thomas Isbell Summary": the heading that follows a byline.
    const HEADINGS: [&str; 10] =
        ["summary", "introduction", "abstract", "background", "overview", "contents", "keywords", "foreword", "conclusion", "references"];
    if name.parts >= 2 && HEADINGS.iter().any(|word| view.is(at, word)) {
        return false;
    }
    // "Congressman TJ Cox": two initials without full stops.
    let initials = titled && name.parts == 0 && view.word(at).len() == 2 && view.has(at + 1, Class::Family) && !view.has(at, Class::Begins);
    if initials && view.shape(at) == Shape::Upper {
        return true;
    }
    let evidence = view.has(at, Class::Family) && name.parts > 0 || titled && view.any(at, &[Class::Given, Class::Family]);
    if view.shape(at) == Shape::Single || view.shape(at) == Shape::Upper && !view.all_caps && !evidence {
        return false;
    }
    let after_given = name.words().last().is_some_and(|&before| view.has(before, Class::Given) || is_initials(view, before));
    let family = view.has(at, Class::Family);
    let last_word = !view.is_capital(at + 1);
    if view.has(at, Class::Calendar) {
        return family && (after_given || titled) && last_word || view.has(at, Class::Given) && view.is_capital(at + 1);
    }
    // "Bill Clinton", "Grant Shapps": a given name that is also a head word begins a name if a name follows.
    let opens = name.parts == 0
        && view.has(at, Class::Given)
        && view.is_capital(at + 1)
        && (view.has(at + 1, Class::Family) || !view.is_common(at + 1))
        && !view.any(at + 1, &HEADS);
    if view.any(at, &HEADS) {
        return opens && !view.any(at, &[Class::GovernmentHead, Class::OrganizationHead])
            || family && last_word && (after_given && name.parts <= 2 || titled && name.parts == 0 && !view.any(at, &[Class::GovernmentHead, Class::Office]));
    }
    if view.has(at, Class::GroupAdjective) && name.parts == 0 && !family {
        return false;
    }
    let joined = at.checked_sub(1).is_some_and(|before| view.mark(before) == '-') && name.parts > 0;
    if state_at(view, at).is_some() {
        return joined
            || family && after_given
            || view.has(at, Class::Given) && name.parts == 0 && view.is_capital(at + 1) && state_at(view, at).is_none_or(|(len, ..)| len == 1);
    }
    true
}

impl Name {
    fn words(&self) -> &[usize] {
        &self.places[..self.parts]
    }

    /// True if an untitled run of words is a name by what is known of them.
    fn is_enough(&self, view: &View, at: usize) -> bool {
        let words = self.words();
        let (Some(&first), Some(&last)) = (words.first(), words.last()) else { return false };
        if self.parts < 2 && !(self.has_east_asian_given && view.any(first, &[Class::Given, Class::Family])) {
            return false;
        }
        let common = |index: usize| view.is_common(index) || is_plural(view, index);
        let given = view.has(first, Class::Given);
        let family = view.has(last, Class::Family);
        let initial_first = is_initials(view, first);
        let place = view.has(first, Class::Place) && !given;
        let middle_common = words
            .get(1..words.len().saturating_sub(1))
            .unwrap_or_default()
            .iter()
            .any(|&index| common(index) && !is_initials(view, index) && !view.any(index, &[Class::Given, Class::Family]));
        if middle_common {
            return false;
        }
        // "Virginian Edmund Randolph": the name begins at the given name.
        if self.parts >= 3
            && !given
            && !initial_first
            && words.get(1).is_some_and(|&second| view.has(second, Class::Given) && !common(second))
            && !family_first(view, first)
        {
            return false;
        }
        if in_byline(view, at) && self.parts <= 3 && words.iter().all(|&index| !common(index) && !view.any(index, &HEADS) && state_at(view, index).is_none()) {
            return true;
        }
        let whole = at == 0 && self.last == view.len() && self.parts <= 4;
        if whole && !words.iter().any(|&index| view.any(index, &HEADS)) && (family || given) && !(common(first) && common(last)) {
            return true;
        }
        if given && !common(first) && at.checked_sub(1).is_some_and(|before| view.mark(before) == ':') {
            return true;
        }
        let strict = view.title_case && view.is_heading;
        if initial_first {
            return !common(last) || family;
        }
        if self.has_east_asian_given && !common(first) && !view.has(first, Class::Begins) {
            return view.any(first, &[Class::Given, Class::Family]) || view.any(last, &[Class::Given, Class::Family]);
        }
        if given && !common(first) {
            return family || !common(last) || !strict && !place_like(view, first) && !view.any(last, &HEADS) && !view.has(last, Class::GroupAdjective);
        }
        if given {
            return family && (!view.starts(at) || !common(last)) || !common(last) && (self.has_initial || !view.starts(at) && !view.has(last, Class::Place));
        }
        if common(first) || place {
            return false;
        }
        if view.has(first, Class::AsianFamily) && self.parts == 2 && !common(last) && state_at(view, first).is_none() {
            return true;
        }
        if self.has_initial || self.has_particle {
            return true;
        }
        // "Zell Miller": an unknown word before a family name that is a trade, too.
        if family
            && common(last)
            && !view.starts(at)
            && !strict
            && self.parts == 2
            && !view.any(first, &HEADS)
            && !view.any(first, &[Class::Begins, Class::GroupAdjective])
        {
            return true;
        }
        if family && !common(last) {
            return !view.any(first, &HEADS);
        }
        if !strict && self.speaks(view) {
            return true;
        }
        // Two words that no list knows and that are no places: mostly a name from a language the lists are poor in.
        !strict
            && !common(last)
            && !view.starts(at)
            && self.parts <= 3
            && !words.iter().any(|&index| view.any(index, &[Class::Place, Class::Begins]) || view.shape(index) == Shape::Upper)
    }
}

impl Name {
    /// True for words that no list knows, before a verb of saying or the state in brackets that is spoken for: "Oyelaran Brasch (Chad) said".
    fn speaks(&self, view: &View) -> bool {
        let unknown = |&index: &usize| !view.is_common(index) && !view.any(index, &[Class::Place, Class::Begins]) && view.shape(index) == Shape::Capital;
        let says = |at: usize| view.is_lower(at) && view.has(at, Class::Say);
        let delegate = view.mark(self.last) == '(' && state_at(view, self.last + 1).is_some_and(|(len, ..)| view.mark(self.last + 1 + len) == ')');
        self.parts <= 3 && self.words().iter().all(unknown) && (says(self.last) || delegate)
    }
}

/// True after "By" at the start of a line, and after the other names that follow it.
fn in_byline(view: &View, at: usize) -> bool {
    let opens = view.is(0, "by") && view.len() < 24;
    opens && (at == 1 || at.checked_sub(1).is_some_and(|before| view.mark(before) == ',' || view.is(before, "and") || view.mark(before) == '&'))
}

/// True for the plural of a common word: "Seekers".
fn is_plural(view: &View, at: usize) -> bool {
    let word = view.word(at);
    let stem = word.strip_suffix('s').filter(|stem| stem.len() > 4 && !view.any(at, &[Class::Family, Class::Given]));
    stem.is_some_and(|stem| view.lexicon.classes(crate::lexicon::of_lower(stem)).has(Class::Dictionary))
}

/// True for given names that are places, too ("Victoria", "Sydney").
fn place_like(view: &View, at: usize) -> bool {
    let known = view.name_at(at).is_some();
    known || view.any(at, &[Class::Place, Class::GroupAdjective])
}

/// True if the first word is a family name, as in East Asian order.
fn family_first(view: &View, first: usize) -> bool {
    view.has(first, Class::Family) && !view.is_common(first)
}
