//! Bodies that no list holds, by their head words: ministries, agencies, committees, courts, universities, institutes, parties, companies.

use super::Referent;
use super::rules::ActorRule;
use super::scan::{Found, Step};
use super::state::{capitalised, state_at, with_article};
use super::view::View;
use crate::lexicon::{Class, Shape, Usage};
use crate::record::{ActorKind, Form};

const HEADS: [Class; 7] =
    [Class::GovernmentHead, Class::OrganizationHead, Class::CompanySuffix, Class::CompanyHead, Class::NotHead, Class::PlaceHead, Class::Office];

/// No name has more words; text in which every word has a capital shall not be read over and over.
const LONGEST_RUN: usize = 24;

/// The run of capitalised words that begins at `at`: where it ends.
pub(super) fn run_end(view: &View, at: usize) -> usize {
    match view.run.get() {
        Some((first, end)) if first == at => end,
        _ => {
            let end = find_run_end(view, at);
            view.run.set(Some((at, end)));
            end
        }
    }
}

fn find_run_end(view: &View, at: usize) -> usize {
    let mut last = at + 1;
    while last - at < LONGEST_RUN {
        let dated = view.has(last, Class::Calendar) && !view.has(last - 1, Class::Given);
        if view.is_capital(last) && !dated {
            last += 1;
        } else if joins(view, last) {
            last += 2;
        } else {
            break;
        }
    }
    last
}

/// True if the mark at `at` joins two words of one name: "&", a hyphen, "People's", "J. Smith".
fn joins(view: &View, at: usize) -> bool {
    match view.mark(at) {
        '-' => is_inside_name(view, at),
        '&' => view.is_capital(at + 1),
        '\'' if view.has(at - 1, Class::RolePlural) => view.is_capital(at + 1),
        's' | '\'' => view.is_capital(at + 1) && (view.has(at - 1, Class::PossessiveName) || is_office_of_post(view, at)),
        // "A. Departments must": the letter numbers a paragraph.
        '.' if at == 1 && view.is_common(2) && !view.any(2, &[Class::Given, Class::Family]) => false,
        '.' => !view.is_spaced(at) && (view.shape(at - 1) == Shape::Single || view.is(at - 1, "st")) && view.is_capital(at + 1),
        _ => false,
    }
}

/// True for the possessive of a post before what serves it: "Attorney-General's Department", "Prime Minister's Office".
fn is_office_of_post(view: &View, mark: usize) -> bool {
    const SERVING: [&str; 8] = ["office", "department", "council", "committee", "commission", "board", "advisory", "cabinet"];
    let post = view.has(mark - 1, Class::Office) || view.is(mark - 1, "general");
    post && SERVING.iter().any(|word| view.is(mark + 1, word))
}

/// The end of the run, and of the next where "and" joins topics to a head: "Human Rights and Equal Opportunity Commission".
fn joined_run_end(view: &View, at: usize) -> usize {
    let end = run_end(view, at);
    let joins = view.is(end, "and") || view.is(end, "to") && end > at + 1;
    if !joins || !view.is_capital(end + 1) {
        return end;
    }
    let topics = (at..end).all(|index| {
        view.shape(index) == Shape::Mark || is_topic(view, index) && !view.any(index, &HEADS) || is_modifier(view, index) || view.is(index, "justice")
    });
    // "the Government and Environment Agency": two.
    let government = end == at + 1 && view.is(at, "government") && view.is(end, "and");
    if !topics || government || view.starts(at) && end == at + 1 && !view.is_heading && view.has(at, Class::Verb) {
        return end;
    }
    let next = run_end(view, end + 1);
    let head = next - 1;
    let closes = view.any(head, &[Class::GovernmentHead, Class::OrganizationHead, Class::NotHead]) && next > end + 2;
    let named = (end + 1..head).any(|index| state_at(view, index).is_some() || !view.is_common(index) && !view.has(index, Class::GroupAdjective));
    if closes && !named && super::person::untitled(view, end + 1).is_none() { next } else { end }
}

/// "Campaign for Rural Schools", which other campaigns are not: the word is no head of a name.
fn campaign(view: &View, at: usize) -> Option<Found> {
    let joined = || ["for", "against"].iter().any(|word| view.is(at + 1, word) && view.is_lower(at + 1));
    let named = view.is(at, "campaign") && joined() && view.is_capital(at + 2);
    named.then(|| found(view, at, listed(view, run_end(view, at + 2)), ActorKind::Organization, ActorRule::Organization))
}

/// "Asia-Pacific Programme" in "director of the Asia-Pacific Programme at the Harbour Institute": a part of an institution.
fn programme_of_institution(view: &View, at: usize) -> Option<Found> {
    let last = run_end(view, at);
    if !view.is(last, "at") {
        return None;
    }
    let programme = last > at + 1 && ["programme", "program", "initiative", "project"].iter().any(|word| view.is(last - 1, word));
    let host = if view.is(last + 1, "the") { last + 2 } else { last + 1 };
    let definite = at.checked_sub(1).is_some_and(|before| view.is(before, "the"));
    let housed = programme && definite && view.is_capital(host);
    housed.then(|| found(view, at, last, ActorKind::Organization, ActorRule::Organization))
}

/// "House of Commons Standing Committee on Rivers": a committee after the whole name of its chamber.
pub(super) fn committee_of_chamber(view: &View, at: usize) -> Option<Found> {
    let chamber = (view.is(at, "house") && view.is(at + 1, "of")).then_some(at + 3)?;
    let named = ["commons", "lords", "representatives"].iter().any(|word| view.is(at + 2, word)) && view.is_capital(chamber);
    let committee = named.then(|| self::at(view, chamber)).flatten();
    let Some(Step::Mention(committee)) = committee else { return None };
    let is_committee = (chamber..committee.last).any(|index| view.is(index, "committee") || view.is(index, "subcommittee"));
    (is_committee && committee.kind == ActorKind::Government).then(|| found(view, at, committee.last, ActorKind::Government, ActorRule::Government))
}

/// "House of Assembly", "House of Keys of the Isle of Man", "Kenyan House of Representatives": a chamber of a parliament. "House of Cards" is none.
fn house(view: &View, at: usize) -> Option<Found> {
    const CHAMBERS: [&str; 18] = [
        "assembly",
        "burgesses",
        "chiefs",
        "commons",
        "councillors",
        "delegates",
        "deputies",
        "elders",
        "federation",
        "keys",
        "lords",
        "nationalities",
        "people",
        "peoples",
        "provinces",
        "representatives",
        "senators",
        "traditional",
    ];
    let owner = state_at(view, at).filter(|(.., usage)| *usage == Usage::Adjective);
    let house = owner.map_or(at, |(len, ..)| at + len);
    if !(view.is(house, "house") && view.is(house + 1, "of")) {
        return None;
    }
    let noun = if view.is(house + 2, "the") { house + 3 } else { house + 2 };
    if !(view.is_capital(noun) && CHAMBERS.iter().any(|word| view.is(noun, word))) {
        return None;
    }
    let end = if view.is(noun, "traditional") && view.is_capital(noun + 1) { noun + 2 } else { noun + 1 };
    let from = if view.is(end + 1, "the") { end + 2 } else { end + 1 };
    let joined = owner.is_none() && (view.is(end, "of") || view.is(end, "for"));
    let state = joined.then(|| state_at(view, from)).flatten().filter(|(.., usage)| *usage != Usage::Adjective);
    let last = state.map_or(end, |(len, ..)| from + len);
    let country = owner.or(state).map(|(_, entry, _)| entry);
    let name = match owner {
        Some((_, entry, _)) => format!("{} of {}", view.slice(house, last), with_article(&view.lexicon.entry(entry).name)),
        None => view.slice(house, last).to_owned(),
    };
    let referent = Referent::Named { name, country };
    let (kind, form) = (ActorKind::Government, Form::Name);
    Some(Found { first: at, last, kind, form, rule: ActorRule::Government, referent, needs_context: false })
}

/// "Bank of Ghana": the central bank of a state.
fn bank_of_state(view: &View, at: usize) -> Option<Found> {
    if !view.is(at, "bank") {
        return None;
    }
    let from = if view.is(at + 2, "the") { at + 3 } else { at + 2 };
    let named = view.is(at + 1, "of") && view.is_lower(at + 1);
    let (len, entry, usage) = named.then(|| state_at(view, from)).flatten()?;
    let known = view.name_at(at).is_some_and(|(len, _)| len >= 3);
    let commercial = ["China", "India", "Ireland", "Cyprus"].contains(&view.lexicon.entry(entry).name.as_ref());
    (usage == Usage::Name && !known && !commercial).then(|| found(view, at, from + len, ActorKind::Government, ActorRule::Government))
}

/// A name without a head word whose initials follow it in brackets: "Citizens for Clean Harbours (CCH)".
fn abbreviated(view: &View, at: usize) -> Option<Found> {
    let mut last = at;
    let (mut initials, mut proper) = (0u8, false);
    while last < at + 9 {
        let joiner = last > at && view.is_lower(last) && ["of", "for", "and", "the", "to", "in", "on"].iter().any(|word| view.is(last, word));
        if view.is_capital(last) && view.shape(last) == Shape::Capital && !view.has(last, Class::Calendar) {
            initials += 1;
            proper |= !view.is_common(last) || view.has(last, Class::GroupAdjective) || last == at && view.has(last, Class::RolePlural);
        } else if !joiner {
            break;
        }
        last += 1;
    }
    let acronym = last + 1;
    if initials < 2
        || !proper
        || view.mark(last) != '('
        || view.mark(acronym + 1) != ')'
        || view.any(last - 1, &[Class::NotHead, Class::WeakNotHead, Class::PlaceHead, Class::GovernmentHead])
    {
        return None;
    }
    let programme = view.is_lower(acronym + 2) && view.any(acronym + 2, &[Class::NotHead, Class::WeakNotHead]);
    if programme || view.any(acronym, &[Class::AcronymCommon]) || !(at..last).any(|index| view.is_capital(index)) || !view.is_capital(last - 1) {
        return None;
    }
    let mut letters = view.word(acronym).chars().filter(|c| c.is_uppercase());
    let fits = (at..last).filter(|&index| view.is_capital(index)).all(|index| view.word(index).chars().next() == letters.next());
    (fits && letters.next().is_none()).then(|| found(view, at, last, ActorKind::Organization, ActorRule::Organization))
}

/// The end of a name whose topics are a list with commas: "Children, Schools and Families Committee", "Culture, Media and Sport Committee".
fn listed_run_end(view: &View, at: usize) -> Option<usize> {
    let first = run_end(view, at);
    if view.mark(first) != ',' || !view.is_capital(first + 1) {
        return None;
    }
    let topic = |index: usize| {
        view.shape(index) == Shape::Mark && view.is_hyphen(index)
            || is_topic(view, index) && view.has(index, Class::Dictionary) && !view.any(index, &[Class::Given, Class::PlaceHead])
    };
    let mut from = at;
    for _ in 0..5 {
        let end = run_end(view, from);
        let and = view.is(end, "and") || view.mark(end) == '&';
        let comma = view.mark(end) == ',';
        let serial = comma && view.is(end + 1, "and");
        if !(from..end).all(topic) || (from..end).any(|index| is_list_head(view, index)) {
            return None;
        }
        if and || serial {
            let last = if serial { end + 2 } else { end + 1 };
            let next = run_end(view, last);
            let head = (last + 1..next).find(|&index| is_list_head(view, index))?;
            return (from > at && (last..head).all(topic)).then_some(head + 1);
        }
        if !comma || !view.is_capital(end + 1) {
            return None;
        }
        from = end + 1;
    }
    None
}

/// Where the name of a body ends before what it does in a heading, or before its report: "Ports Committee Publishes", "Ports Committee Report".
fn reported_end(view: &View, at: usize, end: usize) -> usize {
    let report = |index: usize| ["report", "reports", "inquiry", "meeting", "hearing"].iter().any(|word| view.is(index, word));
    let verb = |index: usize| view.word(index).ends_with('s') && view.any(index, &[Class::Say, Class::Verb]) && !view.any(index, &HEADS) && index + 1 < end;
    let body =
        |index: usize| ["committee", "subcommittee", "commission", "council", "department", "ministry", "agency"].iter().any(|word| view.is(index, word));
    (at + 2..end).find(|&index| body(index - 1) && (report(index) || view.title_case && verb(index))).unwrap_or(end)
}

/// Heads of bodies that are named after a list of topics.
fn is_list_head(view: &View, at: usize) -> bool {
    ["committee", "subcommittee", "department", "ministry", "commission", "directorate", "agency", "council"].iter().any(|word| view.is(at, word))
}

/// Words that are heads but here only qualify: "National", "Social Democratic", "Government Performance".
fn is_modifier(view: &View, at: usize) -> bool {
    view.has(at, Class::GroupAdjective) || ["government", "service", "services", "safety", "policy"].iter().any(|word| view.is(at, word))
}

/// A party, union or ministry by its head word in another language, which comes first: "Partido Liberal de Honduras".
fn foreign(view: &View, at: usize) -> Option<Found> {
    let mut last = at + 1;
    let mut foreign = !view.is_common(at);
    while last - at < 12 {
        let mut next = last;
        while next < last + 3 && view.has(next, Class::ForeignJoin) && view.is_lower(next) && !view.is(next, "do") && !view.is(next, "and") {
            next += 1;
        }
        let word = view.token(next).is_some_and(crate::lexicon::Token::is_word);
        let unknown = view.is_lower(next) && !view.is_common(next) && !view.any(next, &[Class::Auxiliary, Class::Modal]);
        if !word || !(view.is_capital(next) || unknown) || view.has(next, Class::Calendar) {
            break;
        }
        foreign |= next > last || !view.is_common(next) && state_at(view, next).is_none();
        last = next + 1;
        if view.mark(last) == '-' && !view.is_spaced(last) && view.token(last + 1).is_some_and(|token| token.is_word() && !token.spaced) {
            last += 2;
        }
    }
    let enough = last > at + 1 && foreign && !view.any(last - 1, &HEADS);
    enough.then(|| found(view, at, last, ActorKind::Organization, ActorRule::Organization))
}

/// True for a hyphen inside a word ("Inter-agency"), not between states ("U.S.–Japan") or before "led".
fn is_inside_name(view: &View, dash: usize) -> bool {
    let tight = view.is_hyphen(dash) && !view.is_spaced(dash) && view.token(dash + 1).is_some_and(|token| token.is_word() && !token.spaced);
    tight && !view.has(dash + 1, Class::Led) && state_at(view, dash + 1).is_none() && state_at(view, dash - 1).is_none()
}

/// What the run of capitalised words at `at` is, if a head word tells.
pub(super) fn at(view: &View, at: usize) -> Option<Step> {
    if view.has(at, Class::ForeignHead)
        && let Some(found) = foreign(view, at)
    {
        return Some(Step::Mention(found));
    }
    if let Some(found) = house(view, at).or_else(|| bank_of_state(view, at)).or_else(|| programme_of_institution(view, at)) {
        return Some(Step::Mention(found));
    }
    if let Some(found) = campaign(view, at).or_else(|| view.has_bracket.then(|| abbreviated(view, at)).flatten()) {
        return Some(Step::Mention(found));
    }
    if !view.holds(&HEADS) {
        return None;
    }
    let end = listed_run_end(view, at).unwrap_or_else(|| joined_run_end(view, at));
    let end = reported_end(view, at, end);
    let head = (at..end).rev().find(|&index| is_head(view, index, end))?;
    let inside = head > at;
    if joins_known(view, at, head) {
        return None;
    }
    // "the Territory": the document tells which.
    if end == at + 1 && view.is(at, "territory") && !view.is(end, "of") {
        return None;
    }
    if view.any(head, &[Class::NotHead, Class::PlaceHead]) && !view.any(head, &[Class::GovernmentHead, Class::OrganizationHead]) {
        // "the Marshall Islands to": the name of a state with a word for places in it.
        if state_at(view, at).is_some_and(|(len, ..)| at + len > head) {
            return None;
        }
        // A common word with a capital at the start of a sentence ("Policy should …") blocks nothing but itself.
        // "the US Economic Framework", "Kenya's Plan": a plan of a state leaves the state a mention; an act of it does not.
        // "authorized by the United Nations Report": the organisation is one before a plain report, too.
        if view.has(head, Class::WeakNotHead) && is_organisation(view, at, head) {
            return None;
        }
        // "a CRS Report": the body that issues it.
        let report = ["report", "reports", "brief", "briefing"].iter().any(|word| view.is(head, word));
        if report && head == at + 1 && view.shape(at) == Shape::Upper && is_known_body(view, at) {
            return None;
        }
        if view.has(head, Class::WeakNotHead) && state_at(view, at).is_some_and(|(len, _, usage)| at + len <= head && usage != Usage::Adjective) {
            return None;
        }
        // "A Strategy for Kenya" in a heading has no name.
        let heading = view.title_case && view.is_heading && view.has(head, Class::WeakNotHead);
        // "Crisis in Chad": the event is in a state, which is a mention.
        let start = if view.is(head + 2, "the") { head + 3 } else { head + 2 };
        let in_state = view.is(head + 1, "in") && state_at(view, start).is_some_and(|(_, _, usage)| usage == Usage::Name);
        let whole = head + 1 == end && !heading && !in_state;
        let last = if whole { extended(view, head + 1, &["of", "on", "for", "against", "to", "in"], 3, |_| true) } else { head + 1 };
        return Some(Step::Block(last));
    }
    if view.has(head, Class::CompanySuffix) && inside {
        let last = if view.mark(head + 1) == '.' && !view.is_spaced(head + 1) && view.word(head).len() <= 4 { head + 2 } else { head + 1 };
        return Some(Step::Mention(found(view, at, last, ActorKind::Company, ActorRule::Company)));
    }
    if view.any(head, &[Class::GovernmentHead, Class::OrganizationHead]) {
        return body(view, at, head, end).map(Step::Mention);
    }
    if view.has(head, Class::CompanyHead) && inside {
        return company(view, at, head).map(Step::Mention);
    }
    None
}

/// True if the name begins with that of a known intergovernmental organisation, whose offices are for regions.
fn organisation_before(view: &View, at: usize, head: usize) -> bool {
    organisation_end(view, at).is_some_and(|end| end <= head)
}

/// Where the name of the intergovernmental organisation at `at` ends.
fn organisation_end(view: &View, at: usize) -> Option<usize> {
    let (len, namings) = view.name_at(at)?;
    let igo = |entry| view.lexicon.entry(entry).kind == ActorKind::Intergovernmental;
    namings.iter().any(|naming| naming.entry.is_some_and(igo)).then_some(at + len)
}

/// True if the words from `at` to `end` are the name of a known intergovernmental organisation.
fn is_organisation(view: &View, at: usize, end: usize) -> bool {
    end >= at + 2 && organisation_end(view, at) == Some(end)
}

/// True for an acronym of a known body.
fn is_known_body(view: &View, at: usize) -> bool {
    let known = view.has(at, Class::Begins).then(|| view.names().longest(&view.tokens[at..=at], view.text)).flatten();
    known.is_some_and(|(_, namings)| {
        let body = |entry| matches!(view.lexicon.entry(entry).kind, ActorKind::Government | ActorKind::Intergovernmental | ActorKind::Organization);
        namings.iter().any(|naming| !naming.needs_context && naming.usage == Usage::Acronym && naming.entry.is_some_and(body))
    })
}

/// True for a head word in the run that ends at `end`; not for an acronym, nor for a given name before a family name ("Democrat Bill Clinton").
fn is_head(view: &View, at: usize, end: usize) -> bool {
    let acronym = view.shape(at) == Shape::Upper && !view.all_caps && !view.has(at, Class::CompanySuffix);
    let next = at + 1;
    let named = next < end && (view.has(next, Class::Family) || !view.is_common(next)) && !view.any(next, &HEADS);
    let given = view.has(at, Class::Given) && view.any(at, &[Class::NotHead, Class::PlaceHead]) && named;
    view.any(at, &HEADS) && !acronym && !given
}

/// True if a known name stands in the run that is another actor's: "General Assembly Security Council", "Spring Package European Commission".
fn joins_known(view: &View, at: usize, head: usize) -> bool {
    let known = |index: usize| view.name_at(index);
    let body = |namings: &[crate::lexicon::Naming], kinds: &[ActorKind]| {
        namings.iter().any(|naming| naming.entry.is_some_and(|entry| kinds.contains(&view.lexicon.entry(entry).kind)))
    };
    let bodies = [ActorKind::Intergovernmental];
    let first = known(at).filter(|(len, _)| *len >= 2 && at + len <= head);
    if first.is_some_and(|(len, namings)| {
        body(namings, &[ActorKind::Intergovernmental, ActorKind::Organization, ActorKind::Government]) && known(at + len).is_some_and(|(next, _)| next >= 2)
    }) {
        return true;
    }
    (at + 1..head).any(|index| known(index).is_some_and(|(len, namings)| len >= 2 && index + len == head + 1 && body(namings, &bodies)))
        && !known(at).is_some_and(|(_, namings)| body(namings, &[ActorKind::Intergovernmental]))
}

fn company(view: &View, at: usize, head: usize) -> Option<Found> {
    let before = at..head;
    if view.any(head, &[Class::Place]) {
        return None;
    }
    if view.is(head, "bank") && before.clone().any(|index| ["central", "reserve", "national", "federal"].iter().any(|word| view.is(index, word))) {
        let last = extended(view, head + 1, &["of"], 1, |_| true);
        return Some(found(view, at, last, ActorKind::Government, ActorRule::Government));
    }
    // "Clean Energy" is a topic, "Nippon Steel" a company: one word must be no common one.
    let named = before.clone().any(|index| view.token(index).is_some_and(|token| token.is_word()) && !view.is_common(index) && state_at(view, index).is_none());
    named.then(|| found(view, at, head + 1, ActorKind::Company, ActorRule::Company))
}

fn body(view: &View, at: usize, head: usize, end: usize) -> Option<Found> {
    let government = view.has(head, Class::GovernmentHead);
    let party = view.has(head, Class::PartyHead);
    let mut last = head + 1;
    // A task force is on whatever is named; a party is for common causes only ("MP for Upper Bann").
    let rare = |index: usize| !party && is_topic(view, index) && !has_name(view, index);
    // "Center for Korean History"
    let area = |index: usize| state_at(view, index).is_some_and(|(len, _, usage)| usage == Usage::Adjective && is_common_topic(view, index + len));
    let of_igo = organisation_before(view, at, head);
    // "Contact Group on Somalia"
    let seized = ["group", "committee", "commission", "panel", "team", "mission"].iter().any(|word| view.is(head, word));
    let seized = seized && (head > at || view.is(head + 1, "of"));
    let on_state = |index: usize| seized && state_at(view, index).is_some_and(|(_, _, usage)| usage == Usage::Name);
    let topical = |index: usize| {
        on_state(index) || of_igo || area(index) && !party || is_common_topic(view, index) || party && state_at(view, index).is_some() || rare(index)
    };
    let lists = !party;
    let extended = |from: usize, joins: &[&str], times: usize, allowed: &dyn Fn(usize) -> bool| complemented(view, from, joins, times, lists, allowed);
    let extension = extended(last, &["of"], 1, &|_| true);
    let extension = if extension > last {
        let owned = extended(extension, &["of", "for", "on"], 1, &|index| view.is(extension, "of") || topical(index) || party && view.is(extension, "for"));
        // "Group of Friends of the Secretary-General on Chad"
        if owned > extension { extended(owned, &["on"], 1, &topical) } else { owned }
    } else {
        // "the Security Council to the General Assembly": only an act follows "to" in a name.
        let joins: &[&str] = if view.is(last, "to") && view.is(last + 1, "the") { &[] } else { &["for", "on", "against", "to", "into"] };
        let topic = extended(last, joins, 1, &topical);
        if topic > last { extended(topic, &["of", "for", "on"], 2, &topical) } else { last }
    };
    // "Persons with Disabilities"
    let persons = extension > last && ["persons", "people", "children", "adults"].iter().any(|word| view.is(extension - 1, word));
    let extension = if persons && view.is(extension, "with") && view.is_capital(extension + 1) { run_end(view, extension + 1) } else { extension };
    // "African Union Mission in the Sudan"
    let mission = ["mission", "force", "operation", "office"].iter().any(|word| view.is(head, word));
    let state = if view.is(last + 1, "the") { last + 2 } else { last + 1 };
    let in_state =
        (party || mission && head > at) && extension == last && (view.is(last, "in") || mission && view.is(last, "to")) && state_at(view, state).is_some();
    let extension = if in_state { extended(last, &["in", "to"], 1, &|_| true) } else { extension };
    if head + 1 == end {
        last = extension;
    }
    if head == at && last == head + 1 {
        return None;
    }
    // In a heading every word has a capital: only heads that are rarely used in another sense count.
    if view.title_case
        && view.is_heading
        && !is_strong(view, head)
        && (at..head).all(|index| view.is_common(index) || view.shape(index) == Shape::Mark)
        && view.mark(last) != '('
        && !(view.is(head, "office") && head == at && view.is(head + 1, "of"))
        && !(view.mark(last) == ':' && at == 0 && last == end)
    {
        return None;
    }
    // Most funds are programmes: one that acts is a body.
    if view.is(head, "fund") && !super::acts::is_subject(view, last) && view.mark(last) != '(' {
        return None;
    }
    // "a Sustainable Society" is none in particular.
    let article = at.checked_sub(1).is_some_and(|before| view.is(before, "a") || view.is(before, "an"));
    let ideal = ["society", "movement", "network", "alliance", "community"].iter().any(|word| view.is(head, word));
    if article && ideal && view.mark(last) != '(' && (at..head).all(|index| view.is_common(index)) {
        return None;
    }
    if is_plural(view, head) && (at..head).all(|index| view.is_common(index)) {
        return None;
    }
    // "Ministry of Water of Chad Objectives" in a heading: what follows the known name is no part of it.
    let known = view.name_at(at).map(|(len, _)| at + len).filter(|&end| view.title_case && view.is_heading && end >= at + 2 && end < last);
    if known.is_some_and(|end| (end..last).all(|index| view.has(index, Class::Dictionary) && !view.any(index, &HEADS[..4]) && !view.has(index, Class::Office)))
    {
        return None;
    }
    // "a Commission of Inquiry" is none in particular.
    if article && view.is(head + 1, "of") && view.is(head + 2, "inquiry") && last == head + 3 {
        return None;
    }
    if view.is(head, "government") && last == head + 1 && head > at && !is_kind_of_government(view, at, head) {
        return None;
    }
    if let Some(found) = state_government(view, at, head, last).or_else(|| state_ministry(view, at, head, last)) {
        return Some(found);
    }
    let organ = government && (head + 2..last).any(|index| organisation_end(view, index).is_some_and(|end| end == last && index > head + 1));
    let kind = if in_state && mission || organ { ActorKind::Intergovernmental } else { kind_of(view, at, head, government) };
    let rule = match kind {
        ActorKind::Government | ActorKind::Intergovernmental => ActorRule::Government,
        ActorKind::Company => ActorRule::Company,
        _ => ActorRule::Organization,
    };
    Some(found(view, at, last, kind, rule))
}

/// "Ministries", "Departments": kinds of bodies, not one.
fn is_plural(view: &View, head: usize) -> bool {
    [
        "ministries",
        "departments",
        "agencies",
        "associations",
        "committees",
        "councils",
        "boards",
        "banks",
        "courts",
        "authorities",
        "offices",
        "centers",
        "centres",
        "governments",
    ]
    .iter()
    .any(|word| view.is(head, word))
}

/// False for "Open Government" and "Good Government", which are ideas.
fn is_kind_of_government(view: &View, at: usize, head: usize) -> bool {
    const KINDS: [&str; 14] = [
        "federal",
        "national",
        "central",
        "commonwealth",
        "union",
        "state",
        "territory",
        "provincial",
        "transitional",
        "interim",
        "provisional",
        "unity",
        "coalition",
        "regional",
    ];
    (at..head).any(|index| !view.is_common(index) || view.has(index, Class::GroupAdjective) || KINDS.iter().any(|kind| view.is(index, kind)))
        || (at..head).any(|index| state_at(view, index).is_some() || view.any(index, &[Class::Family, Class::Place]))
}

fn is_strong(view: &View, head: usize) -> bool {
    [
        "ministry",
        "department",
        "committee",
        "subcommittee",
        "commission",
        "council",
        "agency",
        "senate",
        "university",
        "bureau",
        "parliament",
        "court",
        "tribunal",
        "institute",
        "army",
        "navy",
        "foundation",
        "union",
        "college",
        "assembly",
        "board",
    ]
    .iter()
    .any(|word| view.is(head, word))
}

/// "Australian Government", "Government of Japan": one canonical name for the government of a state.
fn state_government(view: &View, at: usize, head: usize, last: usize) -> Option<Found> {
    let administration = view.is(head, "administration") && last == head + 1;
    if !(administration || view.is(head, "government") || view.is(head, "governments")) {
        return None;
    }
    if !administration && head == at + 1 && last == head + 1 && ["federal", "national", "central"].iter().any(|word| view.is(at, word)) {
        let referent = Referent::Described(super::Described::Government);
        return Some(Found { first: at, last, kind: ActorKind::Government, form: Form::Name, rule: ActorRule::Authority, referent, needs_context: false });
    }
    let (entry, fits) = if head > at {
        let (len, entry, usage) = state_at(view, at)?;
        (entry, at + len == head && last == head + 1 && (!administration || usage == Usage::Adjective))
    } else {
        let mut from = head + 2;
        if view.is(from, "the") {
            from += 1;
        }
        let (len, entry, _) = state_at(view, from)?;
        (entry, from + len == last)
    };
    let name = format!("Government of {}", with_article(&view.lexicon.entry(entry).name));
    let referent = Referent::Named { name, country: Some(entry) };
    fits.then_some(Found { first: at, last, kind: ActorKind::Government, form: Form::Name, rule: ActorRule::StateBody, referent, needs_context: false })
}

/// "Kenyan Ministry of Health", "Indian Supreme Court": named like "Ministry of Health of Kenya".
fn state_ministry(view: &View, at: usize, head: usize, last: usize) -> Option<Found> {
    let (len, entry, usage) = state_at(view, at)?;
    let first = at + len;
    let direct = head == first
        || head == first + 1 && ["supreme", "constitutional", "foreign", "defence", "defense", "interior", "finance"].iter().any(|word| view.is(first, word));
    let body = ["ministry", "parliament", "court", "cabinet"].iter().any(|word| view.is(head, word));
    let of_state = view.lexicon.entry(entry).kind == ActorKind::State;
    let name = format!("{} of {}", view.slice(first, last), with_article(&view.lexicon.entry(entry).name));
    let referent = Referent::Named { name, country: Some(entry) };
    (direct && body && of_state && usage == Usage::Adjective && !view.all_caps).then_some(Found {
        first: at,
        last,
        kind: ActorKind::Government,
        form: Form::Name,
        rule: ActorRule::Government,
        referent,
        needs_context: false,
    })
}

fn kind_of(view: &View, at: usize, head: usize, government: bool) -> ActorKind {
    // "CSIS Commission": a body of an organisation is one.
    let first_entry = view.name_at(at);
    let of_igo = first_entry.is_some_and(|(len, namings)| {
        at + len <= head && namings.iter().any(|naming| naming.entry.is_some_and(|entry| view.lexicon.entry(entry).kind == ActorKind::Intergovernmental))
    });
    let of_organization = first_entry.is_some_and(|(len, namings)| {
        at + len <= head && namings.iter().any(|naming| naming.entry.is_some_and(|entry| view.lexicon.entry(entry).kind == ActorKind::Organization))
    });
    if of_organization {
        return ActorKind::Organization;
    }
    let starts = |words: &[&str]| words.iter().any(|word| view.is(at, word));
    if government && (of_igo || starts(&["european", "international", "inter-american", "intergovernmental", "pan-american", "eu", "un"])) {
        return ActorKind::Intergovernmental;
    }
    const ORGANS: [&str; 10] = ["mission", "force", "operation", "group", "team", "forum", "university", "institute", "centre", "center"];
    if of_igo && ORGANS.iter().any(|word| view.is(head, word)) {
        return ActorKind::Intergovernmental;
    }
    // "Secretariat of Foreign Relations" is a ministry, "Nigeria Labour Congress" a union.
    let ministry = view.is(head, "secretariat") && view.is(head + 1, "of");
    let union = view.is(head, "congress") && (at..head).any(|index| ["labour", "labor", "union", "unions", "workers"].iter().any(|word| view.is(index, word)));
    let trade = view.is(head, "chamber") && (at..head + 5).any(|index| view.is(index, "commerce"));
    if union || trade {
        return ActorKind::Organization;
    }
    let contact = view.is(head, "group") && starts(&["international"]) && (at..head).any(|index| view.is(index, "contact") || view.is(index, "support"));
    if contact || starts(&["intergovernmental"]) || government && view.is(head, "secretariat") && !ministry {
        return ActorKind::Intergovernmental;
    }
    if view.has(head, Class::CompanyHead) && view.has(head, Class::OrganizationHead) {
        return ActorKind::Organization;
    }
    if government {
        return ActorKind::Government;
    }
    // National and federal centres and institutes belong to the government.
    let public =
        ["center", "centre", "institute", "institutes", "laboratory", "lab", "academy", "service", "laboratories"].iter().any(|word| view.is(head, word));
    // What screens, fuses and fights threats is of the government, too.
    let security = ["terrorist", "terrorism", "counterterrorism", "threat", "intelligence", "border", "enforcement", "cybersecurity", "screening", "fusion"];
    let secures = ["center", "centre"].iter().any(|word| view.is(head, word)) && (at..head).any(|index| security.iter().any(|word| view.is(index, word)));
    if secures {
        return ActorKind::Government;
    }
    if public && (of_igo || starts(&["national", "federal"])) { ActorKind::Government } else { ActorKind::Organization }
}

fn found(view: &View, at: usize, last: usize, kind: ActorKind, rule: ActorRule) -> Found {
    let country = (at..last).find_map(|index| state_at(view, index)).map(|(_, entry, _)| entry);
    let text = view.slice(at, last);
    let name = if view.all_caps && text.chars().all(|c| !c.is_lowercase()) {
        text.split(' ').map(|word| capitalised(&word.to_lowercase())).collect::<Vec<_>>().join(" ")
    } else {
        text.to_owned()
    };
    Found { first: at, last, kind, form: Form::Name, rule, referent: Referent::Named { name, country }, needs_context: false }
}

/// Past complements of a head ("of Foreign Affairs", "on Energy and Commerce", "of the Republic of Korea"), at most `times` of them.
pub(super) fn extended(view: &View, from: usize, joins: &[&str], times: usize, allowed: impl Fn(usize) -> bool) -> usize {
    complemented(view, from, joins, times, true, &allowed)
}

fn complemented(view: &View, from: usize, joins: &[&str], times: usize, lists: bool, allowed: &dyn Fn(usize) -> bool) -> usize {
    let mut last = from;
    for _ in 0..times {
        if !joins.iter().any(|join| view.is(last, join)) || !view.is_lower(last) && !view.all_caps {
            break;
        }
        let start = if view.is(last + 1, "the") { last + 2 } else { last + 1 };
        let named = view.any(start, &[Class::Calendar, Class::Honorific]) || super::person::untitled(view, start).is_some();
        // "Forces of the Kenyan army": the adjective is of what follows.
        let qualifies = |len: usize, usage: Usage| {
            usage == Usage::Adjective && run_end(view, start) == start + len && view.is_lower(start + len) && !super::acts::is_free(view, start + len)
        };
        let adjective = state_at(view, start).is_some_and(|(len, _, usage)| qualifies(len, usage));
        if !view.is_capital(start) || named || adjective || !allowed(start) {
            break;
        }
        let end = complement_end(view, start);
        let topics = lists || view.is(last, "for") && is_common_topic(view, start);
        last = if topics && end == run_end(view, start) { listed(view, end) } else { end };
        // "Strengthening America's Health Security"
        if view.mark(last) == 's' && view.is_capital(last + 1) && view.is(from, "on") {
            last = run_end(view, last + 1);
        }
    }
    last
}

/// The end of the run that is the complement: it ends where a person or, after a state, another title begins.
fn complement_end(view: &View, start: usize) -> usize {
    let whole = run_end(view, start);
    if let Some((len, _, usage)) = state_at(view, start) {
        let rest = start + len;
        // "for Afghanistan Reconstruction": what it does there.
        let purpose = view.is(start.saturating_sub(1), "for") && whole == rest + 1 && view.has(rest, Class::Dictionary);
        if purpose && !view.any(rest, &[Class::Office, Class::Title, Class::Given, Class::Family]) {
            return whole;
        }
        // "of Canada Member": the rest of the run is another name, unless it ends in a head ("of United States Congress").
        if rest < whole && usage != Usage::Adjective && !view.has(whole - 1, Class::GovernmentHead) {
            return rest;
        }
    }
    // "Secretary of State Edmund Muskie"
    (start + 1..whole).find(|&index| super::person::untitled(view, index).is_some()).unwrap_or(whole)
}

/// Past the other topics of a list: "Commerce, Science, and Transportation", "Agriculture, Water and the Environment".
fn listed(view: &View, from: usize) -> usize {
    let last = from;
    let mut here = from;
    for _ in 0..8 {
        let comma = view.mark(here) == ',';
        let mut next = here + usize::from(comma);
        let and = view.is(next, "and") || view.mark(next) == '&' || view.is(next, "or");
        next += usize::from(and);
        if !(comma || and) {
            return last;
        }
        if and && view.is(next, "the") {
            next += 1;
            // "the Rights Commission and the RTC"
            if !is_common_topic(view, next) || view.shape(next) == Shape::Upper && !view.all_caps {
                return last;
            }
        }
        if !is_topic(view, next) {
            return last;
        }
        here = titled_end(view, next);
        let other = |index: usize| {
            view.any(index, &[Class::GovernmentHead, Class::OrganizationHead, Class::Office]) && !is_portfolio(view, index) || state_at(view, index).is_some()
        };
        let known = view.name_at(next).is_some_and(|(len, _)| len >= 2);
        if (next..here).any(other) || known {
            return last;
        }
        // A list counts once "and" closes it: "the Ministry of Finance, Parliament said" has none.
        if and {
            // "Women and Peace and Security"
            let again = view.is(here, "and") && is_common_topic(view, here + 1) && !(here + 1..run_end(view, here + 1)).any(other);
            return if again { run_end(view, here + 1) } else { here };
        }
    }
    last
}

/// The end of the run at `at`, or where a person with a title begins in it: "Contracting Oversight Chairman Jane Ortiz".
fn titled_end(view: &View, at: usize) -> usize {
    let end = run_end(view, at);
    (at + 1..end).find(|&index| view.has(index, Class::Title) && super::person::titled(view, index).is_some()).unwrap_or(end)
}

/// Heads that portfolios are named after, too ("Security and Defence Forces", "Budget and Administration").
fn is_portfolio(view: &View, at: usize) -> bool {
    ["service", "administration", "forces", "treasury"].iter().any(|word| view.is(at, word))
}

/// True for a capitalised common word: a topic, not a name.
pub(super) fn is_topic(view: &View, at: usize) -> bool {
    let named = view.has(at, Class::Given) && !view.is_common(at) || state_at(view, at).is_some() || view.has(at, Class::Place) && !view.is_common(at);
    view.is_capital(at) && !named && !view.any(at, &[Class::Office, Class::Calendar]) || view.shape(at) == Shape::Upper
}

/// True if a word of the run at `at` may be a place or a person.
fn has_name(view: &View, at: usize) -> bool {
    let named = |index: usize| view.any(index, &[Class::Given, Class::Family, Class::Place, Class::Begins]);
    (at..run_end(view, at)).any(|index| !view.is_common(index) && named(index))
}

/// True if the run of capitalised words at `at` has only common words: "for Women", not "for Upper Bann".
fn is_common_topic(view: &View, at: usize) -> bool {
    is_topic(view, at)
        && (at..run_end(view, at)).all(|index| {
            view.shape(index) == Shape::Mark
                || view.is_common(index) && !view.has(index, Class::Place)
                || view.shape(index) == Shape::Upper
                || state_at(view, index).is_some()
                || view.has(index, Class::GroupAdjective)
        })
}
