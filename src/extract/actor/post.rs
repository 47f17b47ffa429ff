//! Official posts in small letters: "the head of the Coastal Agency", "the foreign minister of Kenya", "the president".

use super::rules::ActorRule;
use super::scan::Found;
use super::state::with_article;
use super::view::View;
use super::{Referent, acts};
use crate::lexicon::{Class, Shape, Usage};
use crate::record::{ActorKind, Form};

/// Posts that are of a body or state.
const POSTS: [&str; 14] = [
    "head",
    "director",
    "president",
    "chairman",
    "chairwoman",
    "chairperson",
    "chair",
    "commissioner",
    "administrator",
    "minister",
    "secretary",
    "governor",
    "chancellor",
    "premier",
];

/// Words before a post that belong to it.
const MODIFIERS: [&str; 22] = [
    "prime",
    "foreign",
    "deputy",
    "vice",
    "acting",
    "interim",
    "executive",
    "assistant",
    "permanent",
    "general",
    "finance",
    "interior",
    "defense",
    "defence",
    "justice",
    "health",
    "education",
    "trade",
    "energy",
    "home",
    "under",
    "first",
];

/// Widens the mentions of bodies and states to the posts that stand before them.
pub(super) fn widen(view: &View, found: &mut [Found]) {
    for index in 0..found.len() {
        let floor = index.checked_sub(1).map_or(0, |before| found[before].last);
        let wide = widened(view, &found[index], floor).or_else(|| after_acronym(view, &found[index]));
        if let Some(wide) = wide.or_else(|| people_of(view, &found[index], floor)) {
            found[index] = wide;
        }
        // "the next President"
        let turn = |at: usize| view.is_lower(at) && ["next", "incoming", "outgoing"].iter().any(|word| view.is(at, word));
        let office = found[index].rule == ActorRule::Office && found[index].form == Form::Description;
        if let Some(before) = found[index].first.checked_sub(1).filter(|&before| office && before >= floor && turn(before)) {
            found[index].first = before;
        }
    }
}

/// "the people of Kenya"; "the Government and people of Kenya" are two.
fn people_of(view: &View, state: &Found, floor: usize) -> Option<Found> {
    let Referent::Known(entry) = state.referent else { return None };
    let of = state.first.checked_sub(if view.is(state.first.checked_sub(1)?, "the") { 2 } else { 1 })?;
    let first = of.checked_sub(1).filter(|&first| first >= floor && view.is(of, "of") && view.is(first, "people") && view.is_lower(first))?;
    let definite = first.checked_sub(1).is_some_and(|before| view.is(before, "the"));
    let named = state.kind == ActorKind::State && state.form == Form::Name && view.mark(state.last) != 's';
    let referent = Referent::Named { name: view.slice(first, state.last).to_owned(), country: Some(entry) };
    let (kind, form) = (ActorKind::People, Form::Name);
    (named && definite).then_some(Found { first, last: state.last, kind, form, rule: ActorRule::People, referent, needs_context: false })
}

/// "HHS assistant secretary for preparedness": a post of the body whose acronym stands before it, if no name follows.
fn after_acronym(view: &View, body: &Found) -> Option<Found> {
    let public = matches!(body.kind, ActorKind::Government) && body.form == Form::Acronym && !body.needs_context;
    if !public {
        return None;
    }
    let mut head = body.last;
    while head < body.last + 3 && view.is_lower(head) && MODIFIERS.iter().any(|word| view.is(head, word)) {
        head += 1;
    }
    if !is_post(view, head) || view.is(head, "head") || view.is_capital(head + 1) {
        return None;
    }
    let topic = |at: usize| view.is_lower(at) && !view.any(at, &[Class::Function, Class::Modal, Class::Auxiliary, Class::Adverb]);
    let mut last = head + 1;
    if view.is(last, "for") && topic(last + 1) {
        last += 2;
        if view.is(last, "and") && topic(last + 1) && !acts::verb_at(view, last + 1) {
            last += 2;
        }
    }
    let referent = Referent::Named { name: view.slice(body.first, last).to_owned(), country: None };
    Some(Found { first: body.first, last, kind: ActorKind::Government, form: Form::Name, rule: ActorRule::Office, referent, needs_context: false })
}

fn widened(view: &View, body: &Found, floor: usize) -> Option<Found> {
    let named = matches!(body.form, Form::Name | Form::Acronym) && body.rule != ActorRule::Office && !body.needs_context;
    let of = body.first.checked_sub(if view.is(body.first.checked_sub(1)?, "the") { 2 } else { 1 })?;
    let head = of.checked_sub(1).filter(|&head| head >= floor && view.is(of, "of") && is_post(view, head))?;
    if !named || view.mark(body.last) == '(' || view.mark(body.last) == 's' {
        return None;
    }
    let first = modified_start(view, head, floor);
    let definite = first.checked_sub(1).is_some_and(|before| view.is(before, "the"));
    let (name, country) = match (&body.referent, body.kind) {
        (Referent::Known(entry), ActorKind::State) => (with_article(&view.lexicon.entry(*entry).name), Some(*entry)),
        // What an acronym stands for is the document's to say.
        (Referent::Known(_), ActorKind::Government | ActorKind::Intergovernmental) if body.form == Form::Acronym => {
            (format!("the {}", view.slice(body.first, body.last)), None)
        }
        (Referent::Known(entry), ActorKind::Government | ActorKind::Intergovernmental) => (format!("the {}", view.lexicon.entry(*entry).name), None),
        (Referent::Named { name, country }, ActorKind::Government | ActorKind::Intergovernmental) => (format!("the {name}"), *country),
        _ => return None,
    };
    let name = format!("{} of {name}", title_case(view.slice(first, of)));
    let kind = if body.kind == ActorKind::Intergovernmental { ActorKind::Intergovernmental } else { ActorKind::Government };
    let referent = Referent::Named { name, country };
    definite.then_some(Found { first, last: body.last, kind, form: Form::Name, rule: ActorRule::Office, referent, needs_context: false })
}

/// The post at `head` of a body that only its acronym names: "the head of the CEAC"; the document may spell it out.
pub(super) fn of_acronym(view: &View, head: usize) -> Option<Found> {
    if !is_post(view, head) || !view.is(head + 1, "of") {
        return None;
    }
    let body = if view.is(head + 2, "the") { head + 3 } else { head + 2 };
    let acronym = view.shape(body) == Shape::Upper && view.word(body).len() >= 3 && !view.any(body, &[Class::AcronymCommon, Class::Begins]);
    let first = modified_start(view, head, 0);
    let definite = first.checked_sub(1).is_some_and(|before| view.is(before, "the"));
    let name = format!("{} of the {}", title_case(view.slice(first, head + 1)), view.word(body));
    let referent = Referent::Named { name, country: None };
    (acronym && definite && !view.all_caps).then_some(Found {
        first,
        last: body + 1,
        kind: ActorKind::Government,
        form: Form::Name,
        rule: ActorRule::Office,
        referent,
        needs_context: false,
    })
}

/// "the president", "the prime minister": the post in the state that the document is of.
pub(super) fn bare(view: &View, head: usize, floor: usize) -> Option<Found> {
    if !view.is_lower(head) || !matches!(view.word(head), "president" | "minister" | "court" | "general" | "secretary") {
        return None;
    }
    if let Some(secretary) = secretary_of(view, head, floor) {
        return Some(secretary);
    }
    let first = if view.is(head, "president") && !view.is(head.checked_sub(1)?, "vice") { head } else { head.checked_sub(1)? };
    if let Some(owned) = of_owner(view, head, floor) {
        return Some(owned);
    }
    const WHOLE: [&str; 12] =
        ["president", "vice", "prime", "foreign", "supreme", "constitutional", "attorney", "surgeon", "home", "finance", "interior", "defense"];
    let whole = WHOLE.iter().any(|word| view.is(first, word)) && (!view.is(head, "general") || view.is(first, "attorney") || view.is(first, "surgeon"));
    let definite = first.checked_sub(1).is_some_and(|before| before >= floor && view.is(before, "the"));
    let compound = view.is_hyphen(head + 1) || view.is(head + 1, "of") || view.is_lower(head + 1) && !acts::is_free(view, head + 1);
    let referent = Referent::Named { name: title_case(view.slice(first, head + 1)), country: None };
    (whole && definite && !compound).then_some(Found {
        first,
        last: head + 1,
        kind: ActorKind::Government,
        form: Form::Description,
        rule: ActorRule::Office,
        referent,
        needs_context: false,
    })
}

/// "finance minister" in "Kenya's finance minister" or "Kenya's then-finance minister": the post in the state that is named before it.
fn of_owner(view: &View, head: usize, floor: usize) -> Option<Found> {
    /// Words of a state's name at most.
    const LONGEST: usize = 5;
    if !matches!(view.word(head), "minister" | "president") {
        return None;
    }
    let first = modified_start(view, head, floor);
    let then = first.checked_sub(2).filter(|&then| view.is_hyphen(first - 1) && (view.is(then, "then") || view.is(then, "ex")));
    let mark = then.unwrap_or(first).checked_sub(1).filter(|&mark| view.mark(mark) == 's')?;
    let (_, entry, _) = (1..=LONGEST)
        .filter_map(|back| mark.checked_sub(back).and_then(|at| super::state::state_at(view, at)).filter(|(len, ..)| *len == back))
        .find(|(.., usage)| *usage != Usage::Adjective)?;
    let qualified = first < head || view.is(head, "president");
    let free = acts::is_free(view, head + 1) && !view.is(head + 1, "of") && !view.is_hyphen(head + 1);
    let name = format!("{} of {}", title_case(view.slice(first, head + 1)), with_article(&view.lexicon.entry(entry).name));
    let referent = Referent::Named { name, country: Some(entry) };
    let (kind, form) = (ActorKind::Government, Form::Description);
    (qualified && free).then_some(Found { first, last: head + 1, kind, form, rule: ActorRule::Office, referent, needs_context: false })
}

/// "the secretary of state", "the secretary of homeland security".
fn secretary_of(view: &View, head: usize, floor: usize) -> Option<Found> {
    const PORTFOLIOS: [&str; 14] = [
        "state",
        "defense",
        "defence",
        "commerce",
        "energy",
        "education",
        "labor",
        "transportation",
        "agriculture",
        "health",
        "homeland",
        "housing",
        "treasury",
        "interior",
    ];
    let of = view.is(head, "secretary") && view.is_lower(head) && view.is(head + 1, "of");
    let topic = if view.is(head + 2, "the") { head + 3 } else { head + 2 };
    let definite = head.checked_sub(1).is_some_and(|before| before >= floor && view.is(before, "the"));
    let portfolio = PORTFOLIOS.iter().any(|word| view.is(topic, word)) && view.is_lower(topic);
    let last = if view.is(topic, "homeland") && view.is(topic + 1, "security") { topic + 2 } else { topic + 1 };
    let name = title_case(view.slice(head, last)).replace(" Of ", " of ").replace(" The ", " the ");
    let referent = Referent::Named { name, country: None };
    let (kind, form) = (ActorKind::Government, Form::Description);
    (of && definite && portfolio).then_some(Found { first: head, last, kind, form, rule: ActorRule::Office, referent, needs_context: false })
}

fn is_post(view: &View, at: usize) -> bool {
    view.is_lower(at) && view.has(at, Class::Office) && POSTS.contains(&view.word(at))
}

fn modified_start(view: &View, head: usize, floor: usize) -> usize {
    let mut first = head;
    while first > floor && head - first < 3 && view.is_lower(first - 1) && MODIFIERS.iter().any(|word| view.is(first - 1, word)) {
        first -= 1;
    }
    first
}

fn title_case(words: &str) -> String {
    words.split(' ').map(super::state::capitalised).collect::<Vec<_>>().join(" ")
}
