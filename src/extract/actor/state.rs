//! States and their bodies: "Japanese", "the South Korean government", "U.S. military", "Ukrainians".

use super::Referent;
use super::organization::run_end;
use super::rules::ActorRule;
use super::scan::Found;
use super::view::View;
use crate::lexicon::{Class, Naming, Usage};
use crate::record::{ActorKind, Form};

/// The states' names and demonyms at `at`: how many tokens, and the entry.
#[inline]
pub(super) fn state_at(view: &View, at: usize) -> Option<(usize, u32, Usage)> {
    view.state_at(at)
}

/// A name with "the" where English wants it.
pub(super) fn with_article(name: &str) -> String {
    let plural = [
        "United ",
        "Netherlands",
        "Philippines",
        "Maldives",
        "Bahamas",
        "Gambia",
        "Democratic Republic",
        "Republic of",
        "Central African",
        "Czech Republic",
        "Dominican Republic",
        "Marshall",
        "Solomon",
        "European Union",
        "Soviet Union",
        "Holy See",
    ];
    if plural.iter().any(|start| name.starts_with(start)) { format!("the {name}") } else { name.to_owned() }
}

/// The words that may stand between a demonym and the body that it is of.
const BETWEEN: [&str; 10] = ["federal", "central", "interim", "transitional", "national", "armed", "security", "coast", "air", "foreign"];

/// "South Korean government", "Yemeni authorities", "U.S. military": a state's name or demonym and, in small letters, a body of it.
pub(super) fn body_at(view: &View, at: usize) -> Option<Found> {
    let (len, entry, usage) = state_at(view, at)?;
    // "Kenya's government"
    let owned = view.mark(at + len) == 's' && usage != Usage::Adjective;
    let len = len + usize::from(owned);
    let mut last = at + len;
    while BETWEEN.iter().any(|word| view.is(last, word)) && view.is_lower(last) {
        last += 1;
    }
    if owned && !["government", "parliament", "legislature", "cabinet", "military", "authorities", "forces", "armed"].iter().any(|body| view.is(last, body)) {
        return None;
    }
    let government = owned && view.is(last, "government");
    if !view.has(last, Class::StateBody) || !(view.is_lower(last) || government) || view.mark(last - 1) == '-' {
        return None;
    }
    let direct = last == at + len;
    let body = view.word(last);
    if matches!(body, "coast" | "air" | "armed" | "security" | "state" | "ministry" | "intelligence") {
        return None;
    }
    // "U.S. military deployments": an adjective.
    let plural = view.word(last + 1).ends_with('s') && view.is_lower(last + 1) && !super::acts::verb_at(view, last + 1);
    let noun = ["presence", "aid", "assistance", "force", "power", "posture", "strategy", "spending", "action"].iter().any(|word| view.is(last + 1, word));
    if matches!(body, "military" | "security") && (plural || noun) {
        return None;
    }
    let between_needed = matches!(body, "forces" | "troops");
    if between_needed && direct && body != "troops" && body != "forces" {
        return None;
    }
    // "Chinese government debt", "US military bases": the body only qualifies what follows.
    let name = body_name(view, entry, body, view.slice(at + len, last + 1));
    let referent = Referent::Named { name, country: Some(entry) };
    Some(Found { first: at, last: last + 1, kind: ActorKind::Government, form: Form::Name, rule: ActorRule::StateBody, referent, needs_context: false })
}

fn body_name(view: &View, entry: u32, body: &str, words: &str) -> String {
    let state = view.lexicon.entry(entry).name.as_ref();
    match body {
        "government" | "authorities" | "regime" | "administration" | "junta" => format!("Government of {}", with_article(state)),
        "parliament" | "cabinet" | "embassy" => format!("{} of {}", capitalised(body), with_article(state)),
        _ => format!("{state} {words}"),
    }
}

/// The word with a capital first letter.
pub(super) fn capitalised(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// "U.S.-led coalition": one body, named after who leads it.
pub(super) fn coalition_at(view: &View, at: usize) -> Option<Found> {
    let (len, entry, _) = state_at(view, at).or_else(|| {
        let (len, namings) = view.name_at(at)?;
        Some((len, namings.first()?.entry?, Usage::Name))
    })?;
    let dash = at + len;
    let led = view.mark(dash) == '-' && view.is(dash + 1, "led");
    let noun = ["coalition", "alliance"].iter().any(|noun| view.is(dash + 2, noun));
    if !led || !noun {
        return None;
    }
    let name = view.slice(at, dash + 3).to_owned();
    let referent = Referent::Named { name, country: Some(entry) };
    Some(Found { first: at, last: dash + 3, kind: ActorKind::Intergovernmental, form: Form::Name, rule: ActorRule::Coalition, referent, needs_context: false })
}

/// "the Biden administration", "the Moon Jae-in government", and the first part of "the Biden and Trump administrations".
pub(super) fn administration_at(view: &View, at: usize) -> Option<Found> {
    if !view.holds(&[Class::Administration]) {
        return None;
    }
    let mut last = at;
    while last < at + 4 && view.is_capital(last) && !view.any(last, &[Class::GovernmentHead, Class::Calendar, Class::NotHead, Class::Office]) {
        last += 1;
        if view.mark(last) == '-'
            && !view.is_spaced(last)
            && view.token(last + 1).is_some_and(|token| token.is_word() && !token.spaced)
            && !view.has(last + 1, Class::Led)
        {
            last += 2;
        }
    }
    if last == at {
        return None;
    }
    if ["first", "second", "third"].iter().any(|word| view.is(at, word)) {
        return None;
    }
    if state_at(view, at).is_some_and(|(len, ..)| len >= last - at) {
        return None;
    }
    let elided = view.is(last, "and")
        && view.is_capital(last + 1)
        && view.any(last + 2, &[Class::Administration])
        && view.is_lower(last + 2)
        && view.word(last + 2).ends_with('s');
    let head = if elided { last + 2 } else { last };
    if !view.has(head, Class::Administration) {
        return None;
    }
    let is_head = (view.is_lower(head) || view.is(head, "administration") || is_surname_government(view, at, head))
        && !view.is(head, "ministry")
        && !view.is(head, "presidency");
    // "ASEAN governments" are kinds of actor; "the Biden and Trump administrations" are not.
    if !elided && view.word(head).ends_with('s') && !at.checked_sub(1).is_some_and(|before| view.is(before, "and")) {
        return None;
    }
    // A common word at the start of a sentence, "Good government", is no name.
    let named = (at..last).any(|index| !view.is_common(index) || view.has(index, Class::Family) && !view.starts(index));
    if !is_head || !named {
        return None;
    }
    let noun = view.word(head).to_lowercase();
    let noun = noun.strip_suffix('s').unwrap_or(&noun).to_owned();
    let name = format!("{} {noun}", view.slice(at, last));
    let end = if elided { last } else { head + 1 };
    let referent = Referent::Named { name, country: None };
    Some(Found { first: at, last: end, kind: ActorKind::Government, form: Form::Name, rule: ActorRule::Administration, referent, needs_context: false })
}

/// True for "the Abbott Government": a family name alone before the word.
fn is_surname_government(view: &View, at: usize, head: usize) -> bool {
    let determined = at.checked_sub(1).is_some_and(|before| view.is(before, "the"));
    view.is(head, "government") && head == at + 1 && determined && view.has(at, Class::Family) && !view.is_common(at)
}

/// "Kurdish and Shia communities": groups of people, named by what they are.
pub(super) fn communities_at(view: &View, at: usize) -> Option<Found> {
    let adjective = |index: usize| {
        view.is_capital(index)
            && (view.has(index, Class::GroupAdjective) || state_at(view, index).is_some_and(|(len, _, usage)| len == 1 && usage == Usage::Adjective))
    };
    let mut last = at;
    while adjective(last) && last < at + 7 {
        last += 1;
        let comma = usize::from(view.mark(last) == ',');
        let and = usize::from(view.is(last + comma, "and") || view.is(last + comma, "or"));
        if comma + and > 0 && adjective(last + comma + and) {
            last += comma + and;
        }
    }
    let groups = last > at && ["communities", "minorities", "populations"].iter().any(|word| view.is(last, word)) && view.is_lower(last);
    if !groups {
        return None;
    }
    let referent = Referent::Named { name: view.slice(at, last + 1).to_owned(), country: None };
    let (kind, form) = (ActorKind::People, Form::Name);
    Some(Found { first: at, last: last + 1, kind, form, rule: ActorRule::People, referent, needs_context: false })
}

/// "American people": the nationals of a state.
pub(super) fn people_at(view: &View, at: usize) -> Option<Found> {
    let (len, entry, usage) = state_at(view, at)?;
    let noun = at + len;
    let people = usage == Usage::Adjective && view.is(noun, "people") && view.is_lower(noun);
    if !people || view.is_hyphen(noun + 1) {
        return None;
    }
    let nationals = format!("{}s", view.slice(at, noun));
    let known = view.names().find(&nationals).iter().any(|naming| naming.usage == Usage::People);
    let name = if known { nationals } else { view.slice(at, noun + 1).to_owned() };
    let referent = Referent::Named { name, country: Some(entry) };
    let (kind, form) = (ActorKind::People, Form::Name);
    Some(Found { first: at, last: noun + 1, kind, form, rule: ActorRule::People, referent, needs_context: false })
}

/// "African Union-United Nations panel": a body that two organisations set up.
pub(super) fn joint_body_at(view: &View, at: usize) -> Option<Found> {
    const BODIES: [&str; 8] = ["panel", "mission", "force", "team", "operation", "commission", "committee", "secretariat"];
    let dash = at + organisation_at(view, at)?;
    let joined = matches!(view.mark(dash), '-' | '–' | '/');
    let second = joined.then(|| organisation_at(view, dash + 1)).flatten()?;
    let head = dash + 1 + second;
    let head = if view.is(head, "hybrid") || view.is(head, "joint") { head + 1 } else { head };
    if !BODIES.iter().any(|word| view.is(head, word)) {
        return None;
    }
    let referent = Referent::Named { name: view.slice(at, head + 1).to_owned(), country: None };
    let (kind, form) = (ActorKind::Intergovernmental, Form::Name);
    Some(Found { first: at, last: head + 1, kind, form, rule: ActorRule::Government, referent, needs_context: false })
}

/// How many tokens the intergovernmental organisation at `at` has.
fn organisation_at(view: &View, at: usize) -> Option<usize> {
    let (len, namings) = view.name_at(at)?;
    let igo = |naming: &Naming| naming.entry.is_some_and(|entry| view.lexicon.entry(entry).kind == ActorKind::Intergovernmental);
    namings.iter().any(igo).then_some(len)
}

/// "Senate Judiciary committee", "Homeland Security committee": a committee whose noun alone is in small letters.
pub(super) fn committee_at(view: &View, at: usize) -> Option<Found> {
    let mut last = run_end(view, at);
    while last < at + 10 && view.is(last, "and") && view.is_capital(last + 1) {
        last = run_end(view, last + 1);
    }
    if !view.is_lower(last) || !["committee", "subcommittee"].iter().any(|word| view.is(last, word)) {
        return None;
    }
    let chamber = ["senate", "house", "commons", "lords"].iter().any(|word| view.is(at, word));
    let topic = |index: usize| (chamber || view.is_common(index)) && !view.any(index, &[Class::GroupAdjective, Class::Calendar, Class::OrganizationHead]);
    let topics = (if chamber { at + 1 } else { at }..last).all(topic);
    let joined = at.checked_sub(1).is_some_and(|before| view.is(before, "and"));
    let enough = !joined && (last > at + 1 || !view.starts(at));
    if !(topics && enough) || state_at(view, at).is_some() || chamber && !view.is(at, "senate") && last == at + 1 {
        return None;
    }
    let name = format!("{} {}", view.slice(at, last), capitalised(view.word(last)));
    let referent = Referent::Named { name, country: None };
    Some(Found { first: at, last: last + 1, kind: ActorKind::Government, form: Form::Name, rule: ActorRule::Government, referent, needs_context: false })
}

/// "government of Iraq" in small letters.
pub(super) fn government_of(view: &View, at: usize) -> Option<Found> {
    if !(view.is(at, "government") || view.is(at, "governments")) {
        return None;
    }
    if let Some(joined) = government_and_people(view, at) {
        return Some(joined);
    }
    if !view.is(at + 1, "of") {
        return None;
    }
    let from = if view.is(at + 2, "the") { at + 3 } else { at + 2 };
    let (len, entry, usage) = state_at(view, from)?;
    let name = format!("Government of {}", with_article(&view.lexicon.entry(entry).name));
    let referent = Referent::Named { name, country: Some(entry) };
    let found =
        Found { first: at, last: from + len, kind: ActorKind::Government, form: Form::Name, rule: ActorRule::StateBody, referent, needs_context: false };
    (usage != Usage::Adjective && view.is(at, "government")).then_some(found)
}

/// "Government" in "the Government and people of Kenya".
pub(super) fn government_and_people(view: &View, at: usize) -> Option<Found> {
    if !view.is(at, "government") {
        return None;
    }
    let noun = if view.is(at + 2, "the") { at + 3 } else { at + 2 };
    let paired = ["people", "parliament", "peoples"].iter().any(|word| view.is(noun, word));
    if !(view.is(at + 1, "and") && paired && view.is(noun + 1, "of")) {
        return None;
    }
    let from = if view.is(noun + 2, "the") { noun + 3 } else { noun + 2 };
    let (_, entry, usage) = state_at(view, from)?;
    let name = format!("Government of {}", with_article(&view.lexicon.entry(entry).name));
    let referent = Referent::Named { name, country: Some(entry) };
    let (kind, form) = (ActorKind::Government, Form::Name);
    (usage != Usage::Adjective).then_some(Found { first: at, last: at + 1, kind, form, rule: ActorRule::StateBody, referent, needs_context: false })
}

/// "the Liberal party", "the LIDER party": a name with "party" in small letters.
pub(super) fn party_at(view: &View, at: usize) -> Option<Found> {
    if !view.is(at + 1, "party") {
        return None;
    }
    let determined = at.checked_sub(1).is_some_and(|before| view.has(before, Class::Determiner));
    let named = view.is_capital(at) && state_at(view, at).is_none() && !view.any(at, &[Class::Calendar, Class::Title]) && !view.is(at, "state");
    let party = view.is_lower(at + 1) && !view.any(at + 2, &[Class::PartyHead]);
    if !(determined && named && party) {
        return None;
    }
    let name = format!("{} Party", view.word(at));
    let referent = Referent::Named { name, country: None };
    Some(Found { first: at, last: at + 2, kind: ActorKind::Organization, form: Form::Name, rule: ActorRule::Organization, referent, needs_context: false })
}
