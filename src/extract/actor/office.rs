//! Official posts taken as offices: "the Secretary of State", "Chief Information Officer", "the President".

use super::Referent;
use super::organization::{extended, run_end};
use super::rules::ActorRule;
use super::scan::Found;
use super::state::{state_at, with_article};
use super::view::View;
use crate::lexicon::{Class, Shape};
use crate::record::{ActorKind, Form};

/// Offices that need what they are of: "Head of Delegation", not "Head".
const NEED_COMPLEMENT: [&str; 20] = [
    "head",
    "chief",
    "dean",
    "member",
    "deputy",
    "judge",
    "justice",
    "general",
    "representative",
    "delegate",
    "marshal",
    "rector",
    "officer",
    "inspector",
    "attorney",
    "surgeon",
    "king",
    "queen",
    "prince",
    "coordinator",
];

/// The office at `at`, if its words are those of one.
pub(super) fn at(view: &View, at: usize) -> Option<Found> {
    let end = run_end(view, at);
    if view.is(at, "secretary") && view.is_hyphen(at + 1) && view.is(at + 2, "general") && end == at + 3 {
        return Some(secretary_general(view, at, end));
    }
    if let Some(general) = deputy_general(view, at, end) {
        return Some(general);
    }
    if let Some(chief) = federal_chief(view, at, end) {
        return Some(chief);
    }
    let ranking = |index: usize| {
        index > at && (view.is(index, "member") && view.is(index - 1, "ranking") || view.is(index, "general") && view.has(index - 1, Class::Office))
    };
    let head = (at..end).rev().find(|&index| view.has(index, Class::Office) || ranking(index))?;
    // What follows the office in the run is a name or another noun: "Minister Smith", "President Street".
    // "Director: Jane Ortiz" is the label of a field.
    let label = at == 0 && head + 1 == end && view.mark(end) == ':' && super::person::untitled(view, end + 1).is_some();
    if head + 1 != end || view.all_caps || view.shape(head) == Shape::Upper || label {
        return None;
    }
    let state = state_at(view, at).filter(|(len, ..)| at + len <= head);
    let words_from = state.map_or(at, |(len, ..)| at + len);
    let plain = (words_from..head).all(|index| {
        view.any(index, &[Class::TitleModifier, Class::Dictionary, Class::GovernmentHead, Class::Office])
            || view.shape(index) == Shape::Mark
            || view.shape(index) == Shape::Upper
    });
    if !plain || at.checked_sub(1).is_some_and(|before| view.any(before, &[Class::Honorific])) || view.is(at, "madam") || view.any(at, &[Class::Honorific]) {
        return None;
    }
    if view.starts(at) && head > at && view.any(at, &[Class::Verb]) {
        return None;
    }
    let topical = |index: usize| {
        view.has(index, Class::Dictionary)
            || state_at(view, index).is_some()
            || view.shape(index) == Shape::Upper
            || view.has(index, Class::Begins)
            || is_technical(view, index)
    };
    let mut last = extended(view, head + 1, joins_of(view, head), 2, topical);
    // A signature: "Director, Physical Infrastructure" is all of its line.
    if last == head + 1 && view.mark(last) == ',' && view.starts(at) && view.is_capital(last + 1) {
        let rest = extended_line(view, last + 1);
        if rest == view.len() {
            last = rest;
        }
    }
    // "Minister of State at the Department for Rivers"
    let seated = view.is(last, "at") && view.is(last + 1, "the") && ["department", "ministry", "treasury"].iter().any(|word| view.is(last + 2, word));
    if seated && let Some(super::scan::Step::Mention(body)) = super::organization::at(view, last + 2) {
        last = body.last;
    }
    let complemented = last > head + 1;
    if head == words_from
        && !complemented
        && (NEED_COMPLEMENT.iter().any(|word| view.is(head, word)) || view.starts(at) && last != view.len() && !super::acts::is_subject(view, last))
    {
        return None;
    }
    if view.title_case && view.is_heading && !complemented
        || !complemented && state.is_none() && view.is(head, "ministers") && (at..head).all(|index| view.shape(index) != Shape::Upper)
    {
        return None;
    }
    // With a state, body or acronym in it the office is one of many and its name is whole.
    let owned = (at..last).any(|index| view.shape(index) == Shape::Upper || view.has(index, Class::Begins) && state_at(view, index).is_some());
    let qualified = state.is_some() || owned;
    let form = if qualified { Form::Name } else { Form::Description };
    let office = view.slice(words_from, last);
    // "Deputy Administrator, Office of Information": the body that the post is in.
    let signed = (head + 2..last).any(|index| view.mark(head + 1) == ',' && view.any(index, &[Class::GovernmentHead, Class::OrganizationHead]));
    let office = if signed { &office.replacen(", ", " of the ", 1) } else { office };
    let (name, country) = match state {
        Some((_, entry, _)) => (format!("{office} of {}", with_article(&view.lexicon.entry(entry).name)), Some(entry)),
        None => (office.to_owned(), (head..last).find_map(|index| state_at(view, index)).map(|(_, entry, _)| entry)),
    };
    let kind = if is_of_igo(view, at, last) { ActorKind::Intergovernmental } else { ActorKind::Government };
    Some(Found { first: at, last, kind, form, rule: ActorRule::Office, referent: Referent::Named { name, country }, needs_context: false })
}

/// What joins an office and what it is of: advisers are on a subject, too.
fn joins_of(view: &View, head: usize) -> &'static [&'static str] {
    // "Secretary to the Treasury"
    if view.is(head, "secretary") && view.is(head + 1, "to") && view.is(head + 2, "the") {
        return &["to"];
    }
    let on = ["adviser", "advisor", "rapporteur", "envoy", "expert", "coordinator", "representative"].iter().any(|word| view.is(head, word));
    if on { &["of", "for", "on", "to", "in"] } else { &["of", "for"] }
}

/// True for a word that no list of names knows: "Geospatial Information".
fn is_technical(view: &View, at: usize) -> bool {
    !view.any(at, &[Class::Given, Class::Family, Class::Place])
        && view.shape(at) == Shape::Capital
        && view.has(at + 1, Class::Dictionary)
        && view.is_capital(at + 1)
}

/// "Federal CIO": the officer of the government that an acronym names.
fn federal_chief(view: &View, at: usize, end: usize) -> Option<Found> {
    let field = match view.word(at + 1) {
        "CIO" => "Information",
        "CTO" => "Technology",
        "CFO" => "Financial",
        "CISO" => "Information Security",
        "CDO" => "Data",
        _ => return None,
    };
    let public = ["federal", "state", "agency", "department"].iter().any(|word| view.is(at, word));
    let referent = Referent::Named { name: format!("{} Chief {field} Officer", view.word(at)), country: None };
    let (kind, form) = (ActorKind::Government, Form::Name);
    (end == at + 2 && public).then_some(Found { first: at, last: end, kind, form, rule: ActorRule::Office, referent, needs_context: false })
}

/// "Assistant Secretary-General for Rivers", "Under-Secretary-General": a post below the first.
fn deputy_general(view: &View, at: usize, end: usize) -> Option<Found> {
    let secretary = end.checked_sub(3).filter(|&secretary| secretary > at && view.is(secretary, "secretary"))?;
    let general = view.is_hyphen(secretary + 1) && view.is(secretary + 2, "general");
    let rank = |index: usize| view.is_hyphen(index) || ["assistant", "deputy", "under", "executive"].iter().any(|word| view.is(index, word));
    (general && (at..secretary).all(rank)).then(|| secretary_general(view, at, end))
}

fn secretary_general(view: &View, at: usize, end: usize) -> Found {
    let last = extended(view, end, &["of", "for"], 1, |_| true);
    let referent = Referent::Named { name: view.slice(at, last).to_owned(), country: None };
    Found { first: at, last, kind: ActorKind::Intergovernmental, form: Form::Name, rule: ActorRule::Office, referent, needs_context: false }
}

fn is_of_igo(view: &View, at: usize, last: usize) -> bool {
    (at..last).any(|index| {
        let found = view.name_at(index);
        found.is_some_and(|(_, namings)| {
            namings.iter().any(|naming| naming.entry.is_some_and(|entry| view.lexicon.entry(entry).kind == ActorKind::Intergovernmental))
        })
    }) || (at..last).any(|index| view.is(index, "rapporteur"))
        || view.is(at, "secretary") && view.is(at + 1, "general")
        || view.is(at, "secretary-general")
        || view.is(at, "secretary") && view.mark(at + 1) == '-' && view.is(at + 2, "general")
}

/// Past a department in a signature line: capitalised words and what joins them.
fn extended_line(view: &View, from: usize) -> usize {
    let mut last = from;
    while last < view.len().min(from + 12)
        && (view.is_capital(last) || ["of", "and", "for", "the"].iter().any(|word| view.is(last, word)) || view.mark(last) == '&')
    {
        last += 1;
    }
    last
}
