//! Unnamed kinds of actor that act or are addressed: "policymakers should", "by the relevant agencies", and descriptions of states.

use rustc_hash::FxHashMap as HashMap;

use super::rules::ActorRule;
use super::scan::Found;
use super::view::View;
use super::{Described, Referent, acts, post};
use crate::lexicon::{Class, Shape, Usage, of};
use crate::record::{ActorKind, Form};

/// Adds the roles and descriptions of a sentence to what was found in it.
///
/// `acronyms` holds the roles that the document abbreviates ("local authorities (LAs)"), by the hash of the acronym.
pub(super) fn find(view: &View, found: &mut Vec<Found>, acronyms: &mut HashMap<u64, String>) {
    if acronyms.is_empty() && !view.holds(&ROLE_CLASSES) {
        return;
    }
    let taken: Vec<(usize, usize)> = found.iter().map(|found| (found.first, found.last)).collect();
    let covering = |at: usize| {
        let after = taken.partition_point(|(first, _)| *first <= at);
        after.checked_sub(1).map(|index| taken[index]).filter(|(_, last)| at < *last)
    };
    let mut floor = 0;
    for head in 0..view.len() {
        if head < floor || !may_be_head(view, head, acronyms) || covering(head).is_some() {
            continue;
        }
        if let Some(description) = description_at(view, head) {
            floor = description.last;
            found.push(description);
            continue;
        }
        if let Some(post) = post::of_acronym(view, head).or_else(|| post::bare(view, head, floor)) {
            floor = post.last;
            found.push(post);
            continue;
        }
        if let Some(role) = role_at(view, head, floor, &covering, acronyms) {
            floor = role.last;
            // "NATO allies" as a subject is one role: the organisation in it is no mention of its own.
            if role.rule == ActorRule::Member {
                found.retain(|known| known.last <= role.first || known.first >= role.last);
            }
            let abbreviated = abbreviation(view, &role);
            found.push(role);
            if let Some((acronym, name)) = abbreviated {
                if let Some(token) = view.token(acronym.first) {
                    acronyms.insert(token.hash, name);
                }
                floor = acronym.last;
                found.push(acronym);
            }
        } else if let Some((acronym, name)) = abbreviated_kind(view, head) {
            acronyms.insert(acronym, name);
        } else if let Some(short) = short_form(view, head) {
            floor = short.last;
            found.push(short);
        }
    }
}

/// "the department" where it does not act: it counts only if the document named the one that it means.
fn short_form(view: &View, head: usize) -> Option<Found> {
    const HEADS: [&str; 17] = [
        "committee",
        "subcommittee",
        "department",
        "commission",
        "ministry",
        "agency",
        "bureau",
        "tribunal",
        "inspectorate",
        "alliance",
        "bloc",
        "union",
        "coalition",
        "foundation",
        "institute",
        "council",
        "association",
    ];
    if !view.any(head, &[Class::GovernmentHead, Class::OrganizationHead]) {
        return None;
    }
    let definite = head.checked_sub(1).is_some_and(|before| view.is(before, "the") || view.is(before, "this"));
    let free = acts::is_free(view, head + 1) && !view.is(head + 1, "of") && !view.is_hyphen(head + 1);
    if !(definite && free && view.is_lower(head) && HEADS.iter().any(|word| view.is(head, word))) {
        return None;
    }
    let referent = Referent::Role { name: view.word(head).to_owned() };
    let (kind, form) = (ActorKind::Government, Form::Description);
    Some(Found { first: head, last: head + 1, kind, form, rule: ActorRule::Short, referent, needs_context: true })
}

/// The acronym in brackets after a kind of actor that does not act there, and its name: "the work of inspectors general (IGs)".
fn abbreviated_kind(view: &View, head: usize) -> Option<(u64, String)> {
    if !view.has(head, Class::RolePlural) {
        return None;
    }
    let last = portfolio_end(view, head + 1);
    let acronym = view.token(last + 1).filter(|token| token.shape == Shape::Upper)?;
    let letters = view.word(last + 1).strip_suffix('s').filter(|letters| letters.len() >= 2)?;
    let first = last.checked_sub(letters.len())?;
    let initial = |at: usize| view.word(at).chars().next().map(|c| c.to_ascii_uppercase());
    let fits = (first..last).zip(letters.chars()).all(|(at, letter)| view.is_lower(at) && initial(at) == Some(letter));
    (fits && view.mark(last) == '(' && view.mark(last + 2) == ')').then(|| (acronym.hash, role_name(view, first, last)))
}

const ROLE_CLASSES: [Class; 3] = [Class::RolePlural, Class::RoleSingular, Class::RoleHead];

/// A quick look at the word: most are the head of no role and no description. Heads that this room tells by their letters have the class `role_head`.
fn may_be_head(view: &View, head: usize, acronyms: &HashMap<u64, String>) -> bool {
    view.any(head, &ROLE_CLASSES) || !acronyms.is_empty() && view.token(head).is_some_and(|token| acronyms.contains_key(&token.hash))
}

/// "the country", "the federal government", "both sides", "all three countries", whose head is at `head`.
fn description_at(view: &View, head: usize) -> Option<Found> {
    let before = head.checked_sub(1)?;
    // "our Nation" has a capital in the usage of some governments.
    let own = view.is(before, "our") && (view.is(head, "nation") || view.is(head, "country"));
    if !(view.is_lower(head) || own) || !view.has(head, Class::RoleHead) {
        return None;
    }
    let make = |first: usize, kind: ActorKind, rule: ActorRule, described: Described| Found {
        first,
        last: head + 1,
        kind,
        form: Form::Description,
        rule,
        referent: Referent::Described(described),
        needs_context: false,
    };
    let noun = view.token(head + 1).is_some_and(|token| token.is_word() && !token.is_capital()) && is_noun_like(view, head + 1);
    let compound = noun && !acts::singular_verb_at(view, head + 1);
    if (view.is(head, "country") || view.is(head, "nation")) && (view.is(before, "the") || view.is(before, "this") || view.is(before, "our")) && !compound {
        // "the country of origin", "the country in which": no country in particular.
        let open = ["of", "that", "which", "where", "whose", "in"].iter().any(|word| view.is(head + 1, word)) && !view.is(head + 1, "in");
        // "in the country that year"
        let then = view.is(head + 1, "that") && ["year", "month", "week", "day", "time"].iter().any(|word| view.is(head + 2, word));
        return (!open || then).then(|| make(head, ActorKind::State, ActorRule::Country, Described::Country));
    }
    if view.is(head, "regime") && view.is(before, "the") && acts::is_free(view, head + 1) && !view.is(head + 1, "of") && !view.is(head + 1, "for") {
        return Some(make(head, ActorKind::Government, ActorRule::Authority, Described::Government));
    }
    if view.is(head, "government") && !compound && is_bare_subject(view, head) {
        return Some(make(head, ActorKind::Government, ActorRule::Authority, Described::Government));
    }
    if view.is(head, "government") && !compound {
        let federal = view.is(before, "federal") || view.is(before, "national") || view.is(before, "central") || is_turn(view, before);
        let determiner = if federal { before.checked_sub(1)? } else { before };
        // "[t]he federal government"
        let bracketed = federal && view.is(determiner, "he") && determiner.checked_sub(1).is_some_and(|close| view.mark(close) == ']');
        let definite = bracketed || ["the", "our"].iter().any(|word| view.is(determiner, word)) || is_turn(view, before) && view.is(determiner, "this");
        let open = view.is(head + 1, "of");
        return (definite && !open).then(|| make(if federal { before } else { head }, ActorKind::Government, ActorRule::Authority, Described::Government));
    }
    set_at(view, head, &make).or_else(|| branch_at(view, head)).or_else(|| military_at(view, head)).or_else(|| organ_at(view, head))
}

/// "told parliament", "the cabinet": the organ of the state that the document is of.
fn organ_at(view: &View, head: usize) -> Option<Found> {
    let organ = ["parliament", "cabinet"].into_iter().find(|word| view.is(head, word))?;
    let before = head.checked_sub(1)?;
    // "a new cabinet", "an act of parliament": none in particular.
    let article = view.is(before, "the");
    let bare = organ == "parliament" && !view.is_hyphen(before) && (view.any(before, &[Class::Say, Class::Preposition]) || view.is(before, "told"));
    let member = view.is(before, "of") && before >= 1 && ["act", "acts", "houses"].iter().any(|word| view.is(before - 1, word));
    let free = acts::is_free(view, head + 1) && !view.is(head + 1, "of") && !view.is_hyphen(head + 1);
    let referent = Referent::Described(Described::Organ(if organ == "cabinet" { "Cabinet" } else { "Parliament" }));
    let (kind, form) = (ActorKind::Government, Form::Description);
    ((article || bare) && free && !member).then_some(Found {
        first: head,
        last: head + 1,
        kind,
        form,
        rule: ActorRule::Authority,
        referent,
        needs_context: false,
    })
}

/// "the military", not "the military coup": the armed forces of the state that the document is of.
fn military_at(view: &View, head: usize) -> Option<Found> {
    // "enlist in the military"
    let definite = head.checked_sub(1).is_some_and(|before| view.is(before, "the") && !before.checked_sub(1).is_some_and(|at| view.is(at, "in")));
    let free = acts::is_free(view, head + 1) && !view.is_hyphen(head + 1) && !view.is(head + 1, "and");
    let service = ["military", "army", "navy"].iter().any(|word| view.is(head, word));
    let referent = Referent::Named { name: view.word(head).to_owned(), country: None };
    let (kind, form) = (ActorKind::Government, Form::Description);
    (service && definite && free).then_some(Found { first: head, last: head + 1, kind, form, rule: ActorRule::Authority, referent, needs_context: false })
}

/// True for the word that tells which of several governments in turn is meant: "the next government", "the incoming administration".
fn is_turn(view: &View, at: usize) -> bool {
    ["new", "next", "incoming", "outgoing", "current", "present", "incumbent", "previous", "future"].iter().any(|word| view.is(at, word))
}

/// "the next administration", "the presidency", "the executive": a government or its head, by a common noun.
fn branch_at(view: &View, head: usize) -> Option<Found> {
    let before = head.checked_sub(1)?;
    let free = acts::is_free(view, head + 1) && !view.is(head + 1, "of") && !view.is_hyphen(head + 1);
    let turn = view.is(head, "administration") && is_turn(view, before);
    let determiner = if turn { before.checked_sub(1)? } else { before };
    let definite = view.is(determiner, "the") || turn && ["this", "any", "a"].iter().any(|word| view.is(determiner, word));
    let branch = turn || view.is(head, "presidency") || view.is(head, "executive") && acts::singular_verb_at(view, head + 1);
    let first = if turn { before } else { head };
    let referent = Referent::Named { name: view.slice(first, head + 1).to_owned(), country: None };
    let (kind, form) = (ActorKind::Government, Form::Description);
    (branch && definite && free).then_some(Found { first, last: head + 1, kind, form, rule: ActorRule::Authority, referent, needs_context: false })
}

/// True for "that government should", "the way government works": the noun without a determiner, as a subject.
fn is_bare_subject(view: &View, head: usize) -> bool {
    const OPENS: [&str; 13] = ["that", "way", "when", "where", "which", "what", "if", "whether", "while", "because", "how", "why", "than"];
    let before = head.checked_sub(1).is_none_or(|before| OPENS.iter().any(|word| view.is(before, word)));
    // "certified by government"
    let agent = head.checked_sub(1).is_some_and(|before| view.is(before, "by") || view.is(before, "from")) && acts::is_free(view, head + 1);
    agent || before && acts::singular_verb_at(view, head + 1)
}

fn set_at(view: &View, head: usize, make: &dyn Fn(usize, ActorKind, ActorRule, Described) -> Found) -> Option<Found> {
    let noun = ["countries", "nations", "sides", "states", "governments", "counties", "capitals"].iter().any(|word| view.is(head, word));
    let single = ["country", "nation", "side"].iter().any(|word| view.is(head, word));
    let before = head.checked_sub(1)?;
    if single && (view.is(before, "each") || view.is(before, "either")) {
        return Some(make(before, ActorKind::State, ActorRule::Set, Described::States(view.is(before, "either").then_some(2))));
    }
    if !noun {
        return None;
    }
    // "both sides of the conflict"
    if view.is(head, "sides") && view.is(head + 1, "of") {
        return None;
    }
    if view.is(before, "both") {
        return Some(make(before, ActorKind::State, ActorRule::Set, Described::States(Some(2))));
    }
    let count = ["two", "three", "four", "five", "six", "seven"].iter().position(|word| view.is(before, word))? as u8 + 2;
    let outer = before.checked_sub(1)?;
    if view.is(outer, "all") {
        return Some(make(outer, ActorKind::State, ActorRule::Set, Described::States(Some(count))));
    }
    let definite = ["the", "these", "our", "their"].iter().any(|word| view.is(outer, word));
    definite.then(|| make(before, ActorKind::State, ActorRule::Set, Described::States(Some(count))))
}

/// True if the word at `at` would make what stands before it a modifier: "country teams", "government departments".
fn is_noun_like(view: &View, at: usize) -> bool {
    view.has(at, Class::Dictionary)
        && !view.any(
            at,
            &[Class::Function, Class::Modal, Class::Auxiliary, Class::Say, Class::Verb, Class::VerbPast, Class::Adverb, Class::Preposition, Class::Conjunction],
        )
}

/// The role whose head noun is at `head`, if it acts or is addressed there.
fn role_at(view: &View, head: usize, floor: usize, covering: &dyn Fn(usize) -> Option<(usize, usize)>, acronyms: &HashMap<u64, String>) -> Option<Found> {
    let abbreviated = view.token(head).filter(|_| !acronyms.is_empty()).and_then(|token| acronyms.get(&token.hash));
    let plural = view.has(head, Class::RolePlural) || abbreviated.is_some() || is_startup(view, head, "ups");
    let phrase = phrase_end(view, head);
    let last = phrase.unwrap_or_else(|| portfolio_end(view, head + 1));
    let single = phrase.is_none()
        && !plural
        && (view.has(head, Class::RoleSingular) || is_startup(view, head, "up"))
        && (view.is_lower(head) || is_chief(view, head) || is_qualified_state(view, head))
        && is_determined(view, head);
    let acronym = view.shape(head) == Shape::Upper && !view.word(head).ends_with('s') && !is_chief(view, head);
    if !(plural || single || phrase.is_some()) || acronym || is_in_name(view, head) {
        return None;
    }
    if is_plural_title(view, head) {
        return None;
    }
    // "the public and private sectors"
    if view.is(head, "public") && view.is(head + 1, "and") && view.is(head + 2, "private") {
        return None;
    }
    // "allies and partners" is one phrase, read from its last word.
    if is_paired(view, head) {
        return None;
    }
    // Who wrote the text is no actor in it.
    if (view.is(head, "authors") || view.is(head, "author")) && head.checked_sub(1).is_some_and(|before| view.is(before, "the")) {
        return None;
    }
    // The head of a phrase is its last noun: "agencies" in "agency heads" is none.
    if view.token(last).is_some_and(|token| token.is_word()) && view.any(last, &[Class::RolePlural, Class::RoleSingular]) && !acts::verb_at(view, last) {
        return None;
    }
    let base = if phrase.is_some() && (view.is(head, "tank") || view.is(head, "force")) { head - 1 } else { head };
    let pair = head.checked_sub(2).filter(|&outer| outer >= floor && is_paired(view, outer));
    let noun = phrase_start(view, pair.unwrap_or(base), floor, covering);
    if is_faculty(view, noun, head) || is_predicate(view, noun) || view.is(head, "people") && !is_kind_of_people(view, noun, head) {
        return None;
    }
    // "the head of", "heads": only what they are heads of tells a role.
    if noun == head && (view.is(head, "head") || view.is(head, "heads")) {
        return None;
    }
    let noun = owner_start(view, noun, head, floor, covering);
    let first = counted_start(view, noun, floor);
    let collective = phrase.is_some() || abbreviated.is_some();
    let complement = after_complement(view, last);
    let acting = match (single, collective) {
        (true, _) => {
            let direct = acts::singular_verb_at(view, complement) && !is_compound(view, complement);
            direct || !acts::verb_at(view, complement) && acts::is_subject(view, complement)
        }
        (_, true) => acts::plural_verb_at(view, complement) || acts::is_subject(view, complement) || acts::singular_verb_at(view, complement),
        // "the media landscape": the noun qualifies others.
        _ if view.is(head, "media") => acts::is_subject(view, complement),
        _ => acts::is_plural_subject(view, complement),
    };
    let governed = complement != last && is_governed_by_verb(view, first) || is_infinitive_object(view, first, last);
    let counted = first >= 2 && view.shape(first - 1) == Shape::Number && view.is(first - 2, "per");
    let likened = view.mark(last) == ',' && acts::before_determiners(view, first).is_some_and(|before| view.is(before, "as") || view.is(before, "like"));
    let direct = is_main_verb(view, last) || is_main_verb(view, complement) || !single && opens_clause_after_comma(view, first, last);
    let subject = acting && !after_preposition(view, first, direct) && !is_object(view, first, complement) && !governed && !counted && !likened;
    let subject = subject
        || acts::is_relative_subject(view, first, last)
        || acts::is_urged(view, first, last)
        || is_list_subject(view, first, last)
        || acts::is_requested(view, first, last)
        || acts::is_added_subject(view, first, last)
        || acts::is_quoted(view, first);
    // "by a military coup": the noun qualifies another.
    let qualifies = single && view.is_lower(last) && is_noun_like(view, last) && !view.word(last).ends_with("ly");
    let agent = acts::is_agent(view, first) && !is_apposition(view, first) && !qualifies || acts::is_infinitive_subject(view, first, last);
    let titled = is_heading_addressee(view, first, last);
    if !(subject || agent || titled || is_addressed(view, first)) {
        return None;
    }
    let named = (first..head).find_map(covering);
    // "the NATO alliance" is the organisation itself.
    if named.is_some() && single && ["alliance", "bloc", "coalition", "union"].iter().any(|word| view.is(head, word)) {
        return None;
    }
    let rule = if named.is_some() { ActorRule::Member } else { ActorRule::Role };
    if is_gerund(view, noun, head) || is_site(view, head) && is_passive(view, complement) && !agent {
        return None;
    }
    let name = abbreviated.cloned().or_else(|| named_below(view, last)).unwrap_or_else(|| kind_name(view, noun, last, single || view.is(head, "tank")));
    Some(Found { first, last, kind: ActorKind::Role, form: Form::Role, rule, referent: Referent::Role { name }, needs_context: false })
}

/// True for "its powers", "the authority to inspect", "new powers": what somebody may do, no actor.
fn is_faculty(view: &View, first: usize, head: usize) -> bool {
    const POWERS: [&str; 26] = [
        "great",
        "major",
        "middle",
        "regional",
        "foreign",
        "nuclear",
        "colonial",
        "western",
        "rising",
        "emerging",
        "occupying",
        "maritime",
        "global",
        "world",
        "big",
        "european",
        "external",
        "rival",
        "leading",
        "allied",
        "asian",
        "imperial",
        "established",
        "naval",
        "outside",
        "revisionist",
    ];
    if view.is(head, "powers") {
        return !(first..head).any(|at| POWERS.iter().any(|word| view.is(at, word)));
    }
    if !view.is(head, "authority") && !view.is(head, "authorities") {
        return false;
    }
    let owned = first.checked_sub(1).is_some_and(|owner| {
        ["its", "their", "his", "her", "these", "those", "such", "no", "any", "more", "further"].iter().any(|word| view.is(owner, word))
            || view.mark(owner) == 's'
    });
    let legal = (first..head).any(|at| ["statutory", "legal", "legislative", "delegated", "sole", "additional", "full"].iter().any(|word| view.is(at, word)));
    owned && first == head || legal || view.is(head, "authority") && (view.is(head + 1, "to") || view.is(head + 1, "over"))
}

/// True for people of a kind ("influential people"), and where they are told what they should do; "people" alone is anybody.
fn is_kind_of_people(view: &View, first: usize, head: usize) -> bool {
    const KINDS: [&str; 20] = [
        "influential",
        "high-profile",
        "profile",
        "young",
        "younger",
        "older",
        "elderly",
        "indigenous",
        "disabled",
        "displaced",
        "local",
        "rural",
        "vulnerable",
        "homeless",
        "working",
        "powerful",
        "qualified",
        "skilled",
        "business",
        "stateless",
    ];
    let kind = (first..head).any(|at| KINDS.iter().any(|word| view.is(at, word)));
    kind || first == head && (view.is(head + 1, "should") || view.is(head + 1, "must"))
}

/// True for "is a member of", "become an exporter": it tells what the subject is.
fn is_predicate(view: &View, first: usize) -> bool {
    let article = first.checked_sub(1).filter(|&at| view.is(at, "a") || view.is(at, "an"));
    // "there is a community that" says that it is there.
    if article.and_then(|at| at.checked_sub(2)).is_some_and(|at| view.is(at, "there")) {
        return false;
    }
    let copula = |at: usize| ["be", "is", "was", "been", "being", "become", "becomes", "became"].iter().any(|word| view.is(at, word));
    article.and_then(|at| at.checked_sub(1)).is_some_and(|at| at > 0 && copula(at))
}

/// True for "a writer" after a name and a comma: it tells who the agent before it is, and is none of its own.
fn is_apposition(view: &View, first: usize) -> bool {
    let article = first.checked_sub(1).is_some_and(|at| view.is(at, "a") || view.is(at, "an")) || view.is(first, "a") || view.is(first, "an");
    let before = if view.has(first, Class::Determiner) { first.checked_sub(1) } else { first.checked_sub(2) };
    article && before.is_some_and(|at| view.mark(at) == ',' && at > 0 && view.is_capital(at - 1))
}

/// True for "Secretaries of State" before the names of those who held the post.
fn is_plural_title(view: &View, head: usize) -> bool {
    let post = || ["secretaries", "ministers", "ambassadors", "commissioners", "directors", "chairs", "governors"].iter().any(|word| view.is(head, word));
    let named = |at: usize| super::person::untitled(view, at).is_some();
    !view.is_lower(head) && post() && (named(head + 1) || view.is(head + 1, "of") && (named(head + 3) || named(head + 4)))
}

/// "the affected State", in the usage of the United Nations.
fn is_qualified_state(view: &View, head: usize) -> bool {
    let qualifier = |at: usize| view.is_lower(at) && !view.any(at, &[Class::Determiner, Class::Preposition, Class::Conjunction, Class::Quantifier]);
    view.is(head, "state") && head.checked_sub(1).is_some_and(qualifier) && !view.is_capital(head + 1)
}

/// "CIO", "CEO"
fn is_chief(view: &View, at: usize) -> bool {
    view.shape(at) == Shape::Upper && matches!(view.word(at), "CEO" | "CFO" | "CIO" | "CISO" | "CTO")
}

/// True for the last word of a known name, though the name was not taken for a mention: "Nations" in "United Nations".
fn is_in_name(view: &View, head: usize) -> bool {
    let Some(before) = head.checked_sub(1).filter(|&before| !view.is_lower(head) && view.has(before, Class::Begins)) else { return false };
    view.names().longest(&view.tokens[before..=head], view.text).is_some_and(|(len, _)| len == 2)
}

/// Back over the organisation that a role belongs to: "the Fund's shareholders".
fn owner_start(view: &View, noun: usize, head: usize, floor: usize, covering: &dyn Fn(usize) -> Option<(usize, usize)>) -> usize {
    let plural = view.has(head, Class::RolePlural) || view.is(head, "staff");
    let owner = noun.checked_sub(2).filter(|_| view.mark(noun - 1) == 's' && plural).and_then(covering);
    if let Some((start, _)) = owner.filter(|&(start, last)| last + 1 == noun && start >= floor) {
        return start;
    }
    // "Africa's leaders", "victims' groups"
    let Some(owner) = noun.checked_sub(2).filter(|&owner| owner >= floor && plural && !view.is_spaced(noun - 1)) else { return noun };
    let region = || view.mark(noun - 1) == 's' && view.is_named(owner) && view.is_capital(owner);
    let plural_owner =
        || matches!(view.mark(noun - 1), '\'' | 's') && view.has(owner, Class::RolePlural) && view.is_lower(owner) && view.word(owner).ends_with('s');
    if region() || noun == head && plural_owner() { owner } else { noun }
}

/// Nouns that are joined so often that they name one kind of actor.
const PAIRS: [(&str, &str); 6] =
    [("leaders", "officials"), ("allies", "partners"), ("partners", "allies"), ("friends", "allies"), ("departments", "agencies"), ("friends", "partners")];

/// True for "allies" in "allies and partners".
fn is_paired(view: &View, head: usize) -> bool {
    view.is(head + 1, "and") && PAIRS.iter().any(|(first, second)| view.is(head, first) && view.is(head + 2, second))
}

/// "start-up" and "start-ups", which are cut at the hyphen.
fn is_startup(view: &View, head: usize, word: &str) -> bool {
    view.is(head, word) && view.mark(head.wrapping_sub(1)) == '-' && head.checked_sub(2).is_some_and(|at| view.is(at, "start"))
}

/// "recommends that members:", whose verbs are in the list that follows.
fn is_list_subject(view: &View, first: usize, last: usize) -> bool {
    view.mark(last) == ':' && acts::before_determiners(view, first).is_some_and(|before| view.is(before, "that"))
}

/// Past the portfolio of bodies in small letters, which belongs to their name: "ministries of health".
fn portfolio_end(view: &View, last: usize) -> usize {
    let body =
        last.checked_sub(1).is_some_and(|head| ["ministries", "ministers", "ministry", "departments", "secretaries"].iter().any(|word| view.is(head, word)));
    let noun = |at: usize| view.is_lower(at) && view.has(at, Class::Dictionary) && !view.has(at, Class::Function);
    // "inspectors general"
    let ranked = last.checked_sub(1).is_some_and(|head| ["inspectors", "attorneys", "secretaries", "solicitors"].iter().any(|word| view.is(head, word)));
    if ranked && view.is(last, "general") && view.is_lower(last) {
        return last + 1;
    }
    if !(body && view.is(last, "of") && noun(last + 1)) {
        return last;
    }
    let adjective = ["foreign", "public", "social", "internal", "home"].iter().any(|word| view.is(last + 1, word)) && noun(last + 2);
    last + 2 + usize::from(adjective)
}

/// Back over "a number of", "47 of the 59" and the like, which count the noun and are no noun of their own.
fn counted_start(view: &View, first: usize, floor: usize) -> usize {
    let number = |at: usize| view.shape(at) == Shape::Number || view.has(at, Class::Number);
    let mut at = first;
    if at > floor && number(at - 1) && at >= 2 && (view.is(at - 2, "the") || view.is(at - 2, "our")) {
        at -= 1;
    }
    if at > floor && ["the", "our", "its", "their", "these"].iter().any(|word| view.is(at - 1, word)) {
        at -= 1;
    }
    let Some(of) = at.checked_sub(1).filter(|&of| of > floor && view.is(of, "of")) else { return first };
    let count = of - 1;
    let amount = ["number", "handful", "majority", "variety", "couple", "minority", "range"].iter().any(|word| view.is(count, word));
    if amount && count > floor && view.is(count - 1, "a") {
        return count - 1;
    }
    let share = ["many", "most", "some", "all", "half", "few", "majority", "several"].iter().any(|word| view.is(count, word));
    if number(count) || share { count } else { first }
}

/// A heading or the lead of a list that says whom what follows is for: "For national governments", "4.2 To employers:", "To donors and city governments".
fn is_heading_addressee(view: &View, first: usize, last: usize) -> bool {
    let Some(before) = acts::before_determiners(view, first) else { return false };
    let joins = |at: usize| view.is(at, "and") || view.is(at, "or") || view.mark(at) == ',';
    let plain =
        |at: usize| view.token(at).is_some_and(|token| token.is_word()) && !view.any(at, &[Class::Modal, Class::Auxiliary, Class::Preposition]) || joins(at);
    // Past the members of a list before and after.
    let opener = if joins(before) { (0..before).rev().find(|&at| !plain(at)) } else { Some(before) };
    let Some(before) = opener.or_else(|| (view.is(0, "for") || view.is(0, "to")).then_some(0)) else { return false };
    let last = if joins(last) { (last..view.len()).find(|&at| !plain(at)).unwrap_or(view.len()) } else { last };
    let opens = (0..before).all(|at| view.shape(at) == Shape::Number || view.shape(at) == Shape::Mark);
    let closes = last == view.len() || last + 1 == view.len() && view.mark(last) == ':';
    opens && closes && (view.is(before, "for") || view.is(before, "to")) && !view.is_lower(before)
}

/// "Recommendations for Policymakers", "calls on governments": the text speaks to them.
fn is_addressed(view: &View, first: usize) -> bool {
    let Some(before) = acts::before_determiners(view, first) else { return false };
    let advice = |noun: usize| ["recommendations", "recommendation", "guidance", "advice"].iter().any(|word| view.is(noun, word));
    (view.is(before, "for") || view.is(before, "to")) && before.checked_sub(1).is_some_and(advice) || acts::is_called_on(view, before)
}

/// "civil society", "the private sector", "staff": roles that are no plural.
fn phrase_end(view: &View, head: usize) -> Option<usize> {
    if !view.has(head, Class::RoleHead) {
        return None;
    }
    let pairs = [
        ("civil", "society"),
        ("private", "sector"),
        ("public", "sector"),
        ("international", "community"),
        ("business", "community"),
        ("working", "group"),
        ("third", "sector"),
        ("think", "tank"),
        ("task", "force"),
        ("corporate", "sector"),
        ("business", "sector"),
        ("financial", "sector"),
        ("tech", "sector"),
        ("technology", "sector"),
        ("voluntary", "sector"),
        ("nonprofit", "sector"),
        ("law", "enforcement"),
        ("intelligence", "services"),
        ("security", "services"),
        ("emergency", "services"),
        ("executive", "branch"),
        ("legislative", "branch"),
        ("judicial", "branch"),
        ("private", "sectors"),
        ("public", "sectors"),
    ];
    // "industry should": bare, for all firms of it; "society must".
    let bare = (view.is(head, "industry") || is_mass_subject(view, head))
        && (view.is_lower(head) || view.starts(head))
        && acts::before_determiners(view, head)
            .is_none_or(|before| before + 1 == head && (view.any(before, &[Class::Preposition, Class::Conjunction]) || view.shape(before) == Shape::Mark));
    let paired = pairs.iter().any(|(first, second)| view.is(head, second) && head.checked_sub(1).is_some_and(|before| view.is(before, first)));
    let led = view.is(head, "leadership") && head.checked_sub(1).is_some_and(|before| is_led(view, before));
    let led = led || view.is(head, "management") && head.checked_sub(1).is_some_and(|before| is_managed(view, before));
    (paired || bare || view.is(head, "academia") || view.is(head, "staff") || led).then_some(head + 1)
}

/// True for what a leadership is of, if it is a body of persons: "congressional", "party".
fn is_led(view: &View, at: usize) -> bool {
    const LED: [&str; 11] =
        ["congressional", "parliamentary", "political", "military", "party", "civilian", "communist", "agency", "department", "senior", "community"];
    LED.iter().any(|word| view.is(at, word)) || super::state::state_at(view, at).is_some()
}

/// "society must", "management should": all of it, without an article.
fn is_mass_subject(view: &View, head: usize) -> bool {
    view.has(head + 1, Class::Modal) && ["society", "management", "business"].iter().any(|word| view.is(head, word))
}

/// True for whose management is a body of persons: "senior", "agency", "company", a known body; risks and crises are managed, too.
fn is_managed(view: &View, at: usize) -> bool {
    const MANAGED: [&str; 9] = ["senior", "agency", "department", "company", "hospital", "school", "bank", "top", "executive"];
    MANAGED.iter().any(|word| view.is(at, word)) || view.shape(at) == Shape::Upper && view.is_named(at)
}

/// True if a determiner stands before the singular noun at `head`, one or two words between at most.
fn is_determined(view: &View, head: usize) -> bool {
    (1..=3).any(|back| {
        head.checked_sub(back).is_some_and(|at| {
            (view.has(at, Class::Determiner) && !(back > 1 && view.is(at, "that")) || view.is(at, "every")) && (view.is_lower(at) || view.starts(at))
                || back == 1 && view.is(at, "the")
        })
    })
}

/// Past "of …", "in …" and "we interviewed" after the head, to where the verb should be.
fn after_complement(view: &View, last: usize) -> usize {
    if ["we", "i"].iter().any(|word| view.is(last, word)) && view.any(last + 1, &[Class::VerbPast, Class::Verb, Class::Say]) {
        return last + 2 + usize::from(view.has(last + 2, Class::Preposition));
    }
    let treaty = view.is(last, "to") && last.checked_sub(1).is_some_and(|head| view.is(head, "parties") || view.is(head, "signatories"));
    // "agencies managing those funds should"
    let participle = view.is_lower(last)
        && !view.is(last, "proceeding")
        && view.word(last).len() > 5
        && view.word(last).ends_with("ing")
        && !view.has(last, Class::RolePlural);
    if !treaty
        && !participle
        && !["of", "in", "from", "with", "across", "at", "like", "such", "on", "under", "within", "outside", "along", "near", "around", "without", "throughout"]
            .iter()
            .any(|word| view.is(last, word))
    {
        return last;
    }
    let end = last + 8;
    let mut here = last + 1;
    let inside = |at: usize| view.token(at).is_some_and(|token| token.is_word()) && !is_subject_pronoun(view, at) || view.is_hyphen(at) && !view.is_spaced(at);
    // "critics of expanded quotas are": a participle after the preposition.
    let participle =
        |at: usize| at == last + 1 && view.is(last, "of") && acts::is_participle(view.word(at)) && !view.any(at, &[Class::Auxiliary, Class::Modal]);
    while here < end && inside(here) && !acts::opens_clause(view, here) && (participle(here) || !acts::verb_at(view, here)) {
        here += 1;
    }
    if here < end && here > last + 1 { here } else { last }
}

/// True for a modal or auxiliary at `at`, and for any finite verb where a phrase with a preposition opens the sentence: "With few staff, agencies rely on".
fn is_main_verb(view: &View, at: usize) -> bool {
    acts::plain_verb_at(view, at) || view.has(0, Class::Preposition) && acts::plural_verb_at(view, at)
}

/// True for the subject after a comma whose own verb follows: no member of a list, which would close with "and". "After the vote, banks rejected it".
fn opens_clause_after_comma(view: &View, first: usize, last: usize) -> bool {
    let comma = acts::before_determiners(view, first).is_some_and(|before| view.mark(before) == ',');
    let adverb = usize::from(view.is_lower(last) && view.has(last, Class::Dictionary) && view.word(last).ends_with("ly"));
    let verb = last + adverb;
    comma && view.has(verb, Class::VerbPast) && acts::plural_verb_at(view, verb) && !view.is(verb + 1, "by") && !view.has(verb + 1, Class::Preposition)
}

/// True for "they": the verb that follows is its own.
fn is_subject_pronoun(view: &View, at: usize) -> bool {
    ["they", "we", "he", "she", "it", "who"].iter().any(|word| view.is(at, word))
}

/// True if the phrase is governed by a preposition: "with agencies that must" acts through another clause.
fn after_preposition(view: &View, first: usize, direct: bool) -> bool {
    // "the contract between the bank and the broker must"
    if acts::governor(view, first).is_some_and(|before| view.is(before, "between")) {
        return true;
    }
    // ", and the department": another clause begins.
    let clause = acts::before_determiners(view, first).is_some_and(|before| {
        let determined = before + 1 < first || view.has(first, Class::Quantifier);
        determined && ["and", "or", "but"].iter().any(|word| view.is(before, word)) && (direct || view.mark(before.wrapping_sub(1)) == ',')
    });
    // "In the annual process, agencies must": the comma ends what the preposition governs.
    let opened = direct && acts::before_determiners(view, first).is_some_and(|before| matches!(view.mark(opening(view, before)), ',' | ']' | ')'));
    !clause
        && !opened
        && acts::governor(view, first).is_some_and(|before| {
            view.has(before, Class::Preposition)
                && view.is_lower(before)
                && !["since", "until", "before", "after", "than", "by", "as"].iter().any(|word| view.is(before, word))
                && !(view.is(before, "for") && before.checked_sub(1).is_none_or(|outer| view.shape(outer) == Shape::Mark))
        })
}

/// The mark before the first of two joined subjects of which the second follows `before`: "In 2020, states and agencies must"; else `before`.
fn opening(view: &View, before: usize) -> usize {
    if !view.is(before, "and") {
        return before;
    }
    let word = |at: usize| {
        view.token(at).is_some_and(|token| token.is_word())
            && !view.any(at, &[Class::Preposition, Class::Verb, Class::Modal, Class::Auxiliary, Class::Conjunction])
    };
    (before.saturating_sub(5)..before).rev().find(|&at| !word(at)).filter(|&at| view.mark(at) == ',').unwrap_or(before)
}

/// True for the object of a verb with a participle after it: "establish a group supported by".
fn is_object(view: &View, first: usize, after: usize) -> bool {
    let verb_before = acts::before_determiners(view, first).is_some_and(|before| {
        // "In each case the public": a base form after a determiner is a noun.
        let noun = before.checked_sub(1).is_some_and(|outer| view.any(outer, &[Class::Determiner, Class::Quantifier]) && !view.is(outer, "that"));
        view.is_lower(before) && (view.any(before, &[Class::Verb, Class::VerbBase]) || view.is(before, "have")) && !noun
    });
    verb_before && acts::is_participle(view.word(after)) && !view.any(after, &[Class::Auxiliary, Class::Modal])
}

/// The word in quotation marks of "(hereafter referred to as “agencies”)".
fn named_below(view: &View, last: usize) -> Option<String> {
    if view.mark(last) != '(' {
        return None;
    }
    let announced = ["hereafter", "hereinafter", "collectively"].iter().any(|word| view.is(last + 1, word));
    let quote = (last + 2..last + 8).find(|&at| view.mark(at) == '"')?;
    let closed = view.mark(quote + 2) == '"' && view.has(quote + 1, Class::RolePlural);
    (announced && closed).then(|| view.word(quote + 1).to_lowercase())
}

/// True for "assisting individuals": what the phrase names is done to them.
fn is_gerund(view: &View, first: usize, head: usize) -> bool {
    const ADJECTIVES: [&str; 24] = [
        "developing",
        "working",
        "emerging",
        "remaining",
        "participating",
        "existing",
        "leading",
        "neighboring",
        "neighbouring",
        "competing",
        "operating",
        "growing",
        "ruling",
        "governing",
        "contracting",
        "implementing",
        "reporting",
        "opposing",
        "warring",
        "during",
        "contributing",
        "commissioning",
        "serving",
        "sending",
    ];
    if first >= head {
        return false;
    }
    if !acts::is_gerund_of_verb(view, first) {
        return false;
    }
    let opens = first == 0 || view.starts(first) || plural_noun(view, first - 1) || view.any(first - 1, &[Class::Conjunction, Class::Preposition]);
    // "mining companies": an activity before a head of organisations is a trade.
    let trade = view.has(first, Class::Activity) && is_body_noun(view, head);
    opens && !ADJECTIVES.iter().any(|word| view.is(first, word)) && !trade
}

/// Nouns for organisations, which are of a trade: "funding agencies", "mining companies".
fn is_body_noun(view: &View, head: usize) -> bool {
    const BODIES: [&str; 28] = [
        "agencies",
        "agency",
        "associations",
        "authorities",
        "banks",
        "bodies",
        "businesses",
        "communities",
        "companies",
        "company",
        "contractors",
        "cooperatives",
        "corporations",
        "enterprises",
        "firm",
        "firms",
        "groups",
        "houses",
        "industries",
        "industry",
        "institutions",
        "organisations",
        "organizations",
        "partners",
        "platforms",
        "providers",
        "regulators",
        "unions",
    ];
    BODIES.iter().any(|word| view.is(head, word))
}

/// True for a noun that looks like a verb: "country reports on", "agency points of contact".
fn is_compound(view: &View, at: usize) -> bool {
    let noun = ["on", "of", "for", "from", "in"].iter().any(|word| view.is(at + 1, word));
    noun && view.word(at).ends_with('s') && !view.any(at, &[Class::Modal, Class::Auxiliary, Class::Say, Class::Verb])
}

/// Nouns for places as much as for those who run them.
fn is_site(view: &View, head: usize) -> bool {
    ["schools", "centres", "centers", "hospitals", "laboratories", "offices", "churches", "airports"].iter().any(|word| view.is(head, word))
}

/// "were destroyed", "should be built", "used as".
fn is_passive(view: &View, at: usize) -> bool {
    let be = |at: usize| ["is", "are", "was", "were", "be", "been", "being"].iter().any(|word| view.is(at, word));
    let verb = (at..at + 3).find(|&at| be(at)).map_or(at, |be| be + 1);
    acts::is_participle(view.word(verb)) && view.any(verb, &[Class::Verb, Class::Say, Class::VerbPast, Class::Dictionary]) || view.is(verb, "built")
}

/// True for the object of a finite verb: "leaves the community with little".
fn is_governed_by_verb(view: &View, first: usize) -> bool {
    let Some(before) = acts::before_determiners(view, first) else { return false };
    let noun = before.checked_sub(1).is_none_or(|outer| view.any(outer, &[Class::Determiner, Class::Quantifier, Class::Preposition]) && !view.is(outer, "to"));
    let bare = before.checked_sub(1).is_some_and(|to| view.is(to, "to")) && view.has(before, Class::VerbBase);
    bare && view.is_lower(before) || before + 1 < first && !noun && view.is_lower(before) && view.any(before, &[Class::Verb, Class::VerbBase, Class::VerbPast])
}

/// True for the object of an infinitive or of a participle after a noun: "to tell its customer", "a bank using a broker".
fn is_infinitive_object(view: &View, first: usize, last: usize) -> bool {
    /// Verbs that a clause follows without "that".
    const CLAUSAL: [&str; 24] = [
        "argue",
        "assume",
        "believe",
        "claim",
        "conclude",
        "decide",
        "demand",
        "ensure",
        "feel",
        "find",
        "guarantee",
        "hope",
        "insist",
        "know",
        "mean",
        "note",
        "propose",
        "prove",
        "recommend",
        "say",
        "see",
        "show",
        "suggest",
        "think",
    ];
    let Some(before) = acts::before_determiners(view, first).filter(|&before| view.is_lower(before)) else { return false };
    let Some(outer) = before.checked_sub(1) else { return false };
    // "to insure the trustee is in compliance"
    let clause = view.any(last, &[Class::Modal, Class::Auxiliary]);
    let infinitive = !clause && view.is(outer, "to") && view.has(before, Class::VerbBase) && !CLAUSAL.iter().any(|word| view.is(before, word));
    let participle = before + 1 < first && view.word(before).ends_with("ing") && !view.has(before, Class::Function);
    infinitive || participle && view.any(outer, &[Class::RolePlural, Class::RoleSingular])
}

/// The acronym in brackets after a role: "local authorities (LAs)".
fn abbreviation(view: &View, role: &Found) -> Option<(Found, String)> {
    let at = role.last + 1;
    let plural = view.shape(at) == Shape::Upper && view.word(at).ends_with('s') && view.word(at).len() >= 3;
    let Referent::Role { name } = &role.referent else { return None };
    let fits = view.mark(role.last) == '(' && view.mark(at + 1) == ')' && plural;
    fits.then(|| (Found { first: at, last: at + 1, ..role.clone() }, name.clone()))
}

/// Back over the adjectives and nouns before the head.
fn phrase_start(view: &View, head: usize, floor: usize, covering: &dyn Fn(usize) -> Option<(usize, usize)>) -> usize {
    let mut first = head;
    let to_follows = view.is(head + 1, "to");
    while first > floor && head - first < 6 {
        let before = first - 1;
        if let Some((start, _)) = covering(before) {
            if view.is_spaced(first) && start >= floor {
                first = before_name(view, start, floor);
            }
            break;
        }
        // "stakeholders—policy makers": a long dash sets apart.
        let joined = view.mark(before) == '-' && view.word(before) != "—" && before > floor && !view.is_spaced(before) && !view.is_spaced(first);
        if joined {
            first = before - 1;
            continue;
        }
        let word = view.token(before).is_some_and(|token| token.is_word());
        // "barriers LAs face": a plural noun before is not part of the phrase.
        if plural_noun(view, before) {
            break;
        }
        let stop =
            view.any(before, &[Class::Determiner, Class::Pronoun, Class::Preposition, Class::Conjunction, Class::Modal, Class::Auxiliary, Class::Adverb]);
        let participle = acts::is_participle(view.word(before)) && view.any(before, &[Class::Verb, Class::Say, Class::VerbPast]);
        let verb = view.any(before, &[Class::Verb, Class::Say]) && !view.any(before, &[Class::RolePlural, Class::RoleSingular]) && !participle;
        // "and forced villagers to flee"
        let forced = participle && first == head && to_follows && acts::is_causative(view.word(before));
        // "encourage poor countries to invest"
        let base = || view.has(before, Class::VerbBase) || ["ize", "ise", "ing"].iter().any(|ending| view.word(before).ends_with(ending));
        let urging = to_follows && base() && acts::is_causative(view.word(before));
        // "preventing security forces from acting"
        let barring = word && acts::is_barring(view.word(before)) && (view.word(before).ends_with("ing") || view.has(before, Class::VerbBase));
        if forced || urging || barring || participle && is_finite(view, before) {
            break;
        }
        // "third parties", "third countries"
        if view.is(before, "third") && first == head && view.is_lower(before) {
            first = before;
            continue;
        }
        let count = view.shape(before) == Shape::Number && before.checked_sub(1).is_some_and(|outer| view.is(outer, "all"));
        let grade = |outer: usize| ["stage", "phase", "tier", "type", "level", "category", "grade", "class"].iter().any(|word| view.is(outer, word));
        if count || view.shape(before) == Shape::Number && before.checked_sub(1).is_some_and(grade) && before > floor {
            first = before;
            continue;
        }
        // "both rebel forces and the army"
        if view.is(before, "both") && view.is(head + 1, "and") {
            break;
        }
        let quantifier = view.has(before, Class::Quantifier);
        if quantifier && word && first < head && ["each", "every"].iter().any(|each| view.is(before, each)) && view.word(head).ends_with('s') {
            // "in each case engineers": the noun between is of another phrase.
            return head;
        }
        if quantifier && word {
            first = before;
            if view.is(before, "other") || view.is(before, "more") || view.has(before, Class::Number) {
                continue;
            }
            // "so many officials"
            if before > floor && view.is(before - 1, "so") {
                first = before - 1;
            }
            break;
        }
        if view.is(before, "former") && view.is_lower(before) {
            first = before;
            continue;
        }
        // "federal, state and local officials": adjectives that are joined.
        if let Some(joined) = joined_adjectives(view, before, first, floor) {
            first = joined;
            continue;
        }
        // "oil and gas companies"
        let compound = view.is(before, "gas") && before > floor + 1 && view.is(before - 1, "and") && view.is(before - 2, "oil");
        if compound {
            first = before - 2;
            continue;
        }
        if !word || stop || verb || view.has(before, Class::Function) {
            break;
        }
        let causes = ["let", "lets", "letting", "make", "makes", "making", "help", "helps", "helping"].iter().any(|cause| view.is(before, cause));
        // "Encourages Member States to": a paragraph of a resolution opens with its verb.
        let operative = before < 3 && view.word(before).ends_with('s') && acts::is_causative(view.word(before));
        // "We encourage donors to fund".
        let asks = || {
            ["encourage", "urge", "ask", "require", "request", "invite", "advise", "enable", "allow", "permit", "instruct", "expect", "want"]
                .iter()
                .any(|ask| view.is(before, ask))
        };
        if causes || operative || view.has(before, Class::VerbBase) && asks() {
            break;
        }
        first = before;
    }
    first
}

/// Back over the words before a name that qualify the same head: "some U.S. agencies", "potential U.S. adversaries", "the 10 ASEAN member states".
fn before_name(view: &View, start: usize, floor: usize) -> usize {
    // "major non-NATO allies"
    let negated = start >= floor + 2 && view.is_hyphen(start - 1) && !view.is_spaced(start) && view.is(start - 2, "non");
    let mut first = if negated { start - 2 } else { start };
    while first > floor && start - first < 4 {
        let before = first - 1;
        let counts = view.shape(before) == Shape::Number || view.has(before, Class::Quantifier) && !view.is(before, "both");
        let word = view.word(before);
        let adjective = (view.is_lower(before) || view.starts(before) && view.shape(before) == Shape::Capital)
            && view.has(before, Class::Dictionary)
            && !view.any(before, &[Class::Function, Class::VerbBase, Class::Verb, Class::Say, Class::VerbPast, Class::RolePlural, Class::Adverb])
            && (is_qualifying(word) || view.has(before, Class::LevelAdjective));
        if !(counts && view.is_spaced(first) || adjective) {
            break;
        }
        first = before;
        // "non-nuclear NATO allies"
        let prefixed = adjective && before >= floor + 2 && view.is_hyphen(before - 1) && !view.is_spaced(before) && !view.is_spaced(before - 1);
        if prefixed && view.token(before - 2).is_some_and(|token| token.is_word()) {
            first = before - 2;
        }
    }
    first
}

/// True for an adjective by its ending: "potential", "relevant", "successive".
fn is_qualifying(word: &str) -> bool {
    const ENDINGS: [&str; 17] = ["ial", "ual", "nal", "ign", "ous", "ive", "jor", "ain", "key", "ler", "ger", "ant", "ern", "lar", "ear", "erent", "tic"];
    ENDINGS.iter().any(|ending| word.ends_with(ending))
}

/// Where "federal, state and" before "local" begins, if all are adjectives of one kind: "state and non-state actors", "small and large firms".
fn joined_adjectives(view: &View, before: usize, first: usize, floor: usize) -> Option<usize> {
    let level = |at: usize| view.has(at, Class::LevelAdjective);
    let and = view.is(before, "and") || view.is(before, "or") || view.mark(before) == '/';
    let left = before.checked_sub(1).filter(|&left| left >= floor && and && level(left))?;
    let prefixed = ["non", "sub", "inter"].iter().any(|word| view.is(first, word));
    if !(level(first) || prefixed) {
        return None;
    }
    let mut at = left;
    let serial = usize::from(view.mark(at) == ',');
    while at >= floor + 2 + serial && view.mark(at - 1) == ',' && level(at - 2) {
        at -= 2;
    }
    Some(at)
}

/// True for "instructed" in "the memorandum instructed agencies", where a noun stands before; not in "the selected agencies".
fn is_finite(view: &View, at: usize) -> bool {
    let Some(mut before) = at.checked_sub(1) else { return false };
    // "have greatly helped"
    while before > 0 && (view.has(before, Class::Adverb) || view.word(before).ends_with("ly") || view.is(before, "very")) && view.is_lower(before) {
        before -= 1;
    }
    if before + 1 < at && ["have", "has", "had"].iter().any(|word| view.is(before, word)) {
        return true;
    }
    let before = at - 1;
    // "by a Norwegian elected mayor": between an article and the noun it is an adjective.
    let determined = before.checked_sub(1).is_some_and(|outer| view.has(outer, Class::Determiner) && !view.is(outer, "that"));
    let origin = view.has(before, Class::GroupAdjective) || super::state::state_at(view, before).is_some_and(|(.., usage)| usage == Usage::Adjective);
    if determined && origin && view.is_capital(before) {
        return false;
    }
    let word = view.token(before).is_some_and(|token| token.is_word());
    // "geographic unified commands"
    let adjective = ["ic", "ous"].iter().any(|ending| view.word(before).ends_with(ending)) && !view.is(before, "public");
    let opens = adjective
        || view.any(before, &[Class::Determiner, Class::Preposition, Class::Conjunction, Class::Quantifier, Class::Adverb, Class::Verb, Class::VerbBase])
            && !view.has(before, Class::Pronoun);
    view.shape(before) == Shape::Number || word && !opens && !view.word(before).ends_with("ly") || matches!(view.mark(before), ']' | ')' | 's')
}

/// The name of a role; one of a kind that is gone through, as in "each agency", has the plural.
fn kind_name(view: &View, first: usize, last: usize, single: bool) -> String {
    let name = role_name(view, first, last);
    let word = |at: usize| ["any", "each", "every", "no"].iter().any(|word| view.is(at, word));
    let generic = single && (word(first) || first.checked_sub(1).is_some_and(word));
    let head = name.rsplit(' ').next().unwrap_or_default();
    let counted = generic && view.lexicon.classes(of(&plural(head))).has(Class::RolePlural);
    if counted { plural(&name) } else { name }
}

/// The plural of a noun phrase.
pub(crate) fn plural(name: &str) -> String {
    match name.strip_suffix('y') {
        Some(stem) if !stem.ends_with(['a', 'e', 'o', 'u']) => format!("{stem}ies"),
        _ if name.ends_with(['s', 'x']) => format!("{name}es"),
        _ => format!("{name}s"),
    }
}

/// The noun phrase in small letters, without quantifiers.
fn role_name(view: &View, first: usize, last: usize) -> String {
    let mut from = first;
    while from + 1 < last && (view.any(from, &[Class::Quantifier, Class::Number]) && !view.is(from, "other") || view.shape(from) == Shape::Number) {
        from += 1;
    }
    while from + 1 < last && view.is(from, "different") {
        from += 1;
    }
    let text = view.slice(from, last);
    // "NATO's nuclear powers"
    let owned = view.shape(from) == Shape::Upper && view.mark(from + 1) == 's';
    let joined = owned.then(|| format!("{} {}", view.word(from), view.slice(from + 2, last)));
    let text = joined.as_deref().unwrap_or(text);
    let name = if text.bytes().any(|byte| byte.is_ascii_uppercase() || !byte.is_ascii()) {
        let lower = |word: &str| if word.chars().filter(|c| c.is_uppercase()).count() >= 2 { word.to_owned() } else { word.to_lowercase() };
        text.split(' ').map(lower).collect::<Vec<_>>().join(" ")
    } else {
        text.to_owned()
    };
    // One word, however a text writes it.
    if !name.contains("maker") {
        return name;
    }
    ["policy-maker", "policy maker"].iter().fold(name, |name, apart| name.replace(apart, "policymaker"))
}

/// True for a plural noun that does not usually qualify another ("barriers", not "rights").
fn plural_noun(view: &View, at: usize) -> bool {
    const QUALIFYING: [&str; 16] = [
        "rights",
        "sports",
        "services",
        "forces",
        "affairs",
        "arms",
        "news",
        "sales",
        "securities",
        "savings",
        "operations",
        "systems",
        "communications",
        "relations",
        "logistics",
        "humanities",
    ];
    let word = view.word(at);
    let plural = word.len() > 3 && word.ends_with('s') && !word.ends_with("ss") && !word.ends_with("us") && !word.ends_with("is") && view.is_lower(at);
    // "sciences", "politics": fields
    let field = word.ends_with("ics") || word == "sciences" || word == "arts";
    plural && !field && !QUALIFYING.contains(&word) && !view.any(at, &[Class::Quantifier, Class::Adverb])
}
