//! Who acts: whether a finite verb follows a noun phrase.

use super::view::View;
use crate::lexicon::{Class, Shape, of};

/// How many tokens of a coordination ("X, Y and Z should") are read over in search of its verb.
const COORDINATION: usize = 14;

/// True if the phrase that ends before token `at` is the subject of a finite verb.
pub(super) fn is_subject(view: &View, at: usize) -> bool {
    verb_at(view, skip_aside(view, at)) || in_coordination(view, at)
}

/// True if a finite verb stands at `at`, adverbs left aside.
pub(super) fn verb_at(view: &View, at: usize) -> bool {
    is_verb(view, skip_adverbs(view, at))
}

/// True if a finite verb that fits a plural subject stands at `at`: a base or past form counts, too, since a plural noun rarely qualifies another.
pub(super) fn plural_verb_at(view: &View, at: usize) -> bool {
    // "the ten states each have"
    let floating = ["each", "both", "all"].iter().any(|word| view.is(at, word)) && is_verb(view, at + 1);
    let at = skip_adverbs(view, if floating { at + 1 } else { at });
    let verb =
        is_verb(view, at) || view.is_lower(at) && view.any(at, &[Class::VerbBase, Class::VerbPast]) && !view.any(at, &[Class::Preposition, Class::Conjunction]);
    verb && !is_singular_form(view, at)
}

/// True for "is" and "says": "leaders of the regions has" has its subject further back.
fn is_singular_form(view: &View, at: usize) -> bool {
    let word = view.word(at);
    matches!(word, "is" | "was" | "has" | "does")
        || word.ends_with('s') && !word.ends_with("ss") && view.any(at, &[Class::Verb, Class::Say]) && !view.has(at, Class::VerbBase)
}

/// True if the plural phrase that ends before token `at` is the subject of a finite verb.
pub(super) fn is_plural_subject(view: &View, at: usize) -> bool {
    let aside = skip_aside(view, at);
    // The last of a list between dashes, before the verb: "mayors, councils, and donors—should".
    let closed = view.word(at) == "—" && view.has(at + 1, Class::Modal);
    closed || plural_verb_at(view, at) || aside != at && plural_verb_at(view, aside) || in_coordination(view, at)
}

/// True for a modal or auxiliary at `at`, or after a clause between commas.
pub(super) fn plain_verb_at(view: &View, at: usize) -> bool {
    let aside = skip_aside(view, at);
    let plain = |index: usize| view.any(index, &[Class::Modal, Class::Auxiliary]);
    let joined = (view.is(at, "and") || view.is(at, "or"))
        && (at + 1..at + 6)
            .find(|&index| {
                plain(index)
                    || view.any(index, &[Class::Preposition, Class::Conjunction, Class::Verb]) && index > at
                    || view.shape(index) == Shape::Mark && !view.is_hyphen(index)
            })
            .is_some_and(plain);
    joined || view.any(at, &[Class::Modal, Class::Auxiliary]) || aside != at && view.any(aside, &[Class::Modal, Class::Auxiliary])
}

/// True if a finite verb that fits a singular subject stands at `at`: a base form would be a noun ("the workforce plan").
pub(super) fn singular_verb_at(view: &View, at: usize) -> bool {
    let at = skip_adverbs(view, at);
    view.is_lower(at)
        && (view.any(at, &[Class::Modal, Class::Auxiliary])
            || is_third_person(view, at)
            || view.any(at, &[Class::Say, Class::Verb, Class::VerbPast])
                && (view.word(at).ends_with('s') || view.word(at).ends_with("ed") || !view.has(at, Class::VerbBase))
            || view.is(at, "intends"))
}

/// True for "complains" after a singular noun: a regular form in -s of a verb; not where a verb follows whose subject it would be ("the vendor claims were").
fn is_third_person(view: &View, at: usize) -> bool {
    let word = view.word(at);
    let Some(stem) = word.strip_suffix('s').filter(|stem| stem.len() > 2 && !stem.ends_with('s')) else { return false };
    let is_base = |stem: &str| view.lexicon.classes(of(stem)).has(Class::VerbBase);
    let verb = is_base(stem)
        || stem.strip_suffix("ie").is_some_and(|stem| is_base(&format!("{stem}y")))
        || stem.strip_suffix('e').is_some_and(|stem| stem.ends_with(['s', 'x', 'z', 'h', 'o']) && is_base(stem));
    verb && !view.any(at + 1, &[Class::Modal, Class::Auxiliary, Class::Say, Class::Verb])
}

/// True for "who" after the noun from `first`, which is not governed by a preposition or verb itself: "a worker who complains may".
pub(super) fn is_relative_subject(view: &View, first: usize, at: usize) -> bool {
    let relative = view.is(at, "who") || (view.is(at, "that") || view.is(at, "which")) && plural_verb_at(view, at + 1);
    let governed = before_determiners(view, first).is_some_and(|before| {
        !view.has(before, Class::Conjunction) && view.any(before, &[Class::Preposition, Class::Verb, Class::VerbBase, Class::VerbPast, Class::Say])
    });
    relative && view.is_lower(at) && !governed
}

/// True for the object of a verb of urging with a relative clause before its infinitive: "urges States that have not done so to pay".
pub(super) fn is_urged(view: &View, first: usize, last: usize) -> bool {
    let relative = ["who", "that", "which"].iter().any(|word| view.is(last, word));
    relative
        && before_determiners(view, first).is_some_and(|before| is_causative(view.word(before)) || view.is(before, "upon"))
        && (last + 2..view.len().min(last + 30)).any(|at| view.is(at, "to"))
}

/// True for a member of the list whom somebody asks: "calls upon States and, where applicable, regional organizations, as well as donors, to pay".
pub(super) fn is_requested(view: &View, first: usize, last: usize) -> bool {
    /// Tokens that such a list may hold on either side.
    const REACH: usize = 40;
    let Some(before) = before_determiners(view, first) else { return false };
    let joins = |at: usize| view.mark(at) == ',' || ["and", "or", "including"].iter().any(|word| view.is(at, word));
    let asks = |at: usize| is_called_on(view, at) || is_request(view, at);
    if !(asks(before) || joins(before) || ends_well_as(view, before)) {
        return false;
    }
    let clause = |at: usize| matches!(view.mark(at), '.' | ';' | ':' | '?' | '(') || view.is_lower(at) && view.any(at, &[Class::Modal, Class::Auxiliary]);
    let from = before.saturating_sub(REACH);
    let infinitive = |at: usize| view.is(at, "to") && view.is_lower(at + 1) && view.any(at + 1, &[Class::VerbBase]);
    let verb = (from..=before).rev().take_while(|&at| !clause(at) && !infinitive(at)).find(|&at| asks(at));
    let end = view.len().min(last + REACH);
    verb.is_some() && (last..end).take_while(|&at| !clause(at) && !asks(at)).any(infinitive)
}

/// True for who acts with the subject, between commas: "the ministry, as well as local councils, has".
pub(super) fn is_added_subject(view: &View, first: usize, last: usize) -> bool {
    let Some(before) = before_determiners(view, first) else { return false };
    let along = view.is(before, "with") && before.checked_sub(1).is_some_and(|at| view.is(at, "along") || view.is(at, "together"));
    view.mark(last) == ',' && is_verb(view, last + 1) && (ends_well_as(view, before) || along)
}

/// True for who is quoted: "…,” said an official".
pub(super) fn is_quoted(view: &View, first: usize) -> bool {
    let said = before_determiners(view, first).filter(|&at| ["said", "says", "added", "explained", "argued", "warned"].iter().any(|word| view.is(at, word)));
    said.and_then(|at| at.checked_sub(1)).is_some_and(|at| matches!(view.mark(at), '"' | ',' | '\''))
}

/// True for the last word of "as well as".
fn ends_well_as(view: &View, at: usize) -> bool {
    view.is(at, "as") && at.checked_sub(2).is_some_and(|first| view.is(first, "as") && view.is(first + 1, "well"))
}

/// True for the preposition of "calls on", "called upon".
pub(super) fn is_called_on(view: &View, at: usize) -> bool {
    let call = |verb: usize| ["call", "calls", "called", "calling"].iter().any(|word| view.is(verb, word));
    (view.is(at, "on") || view.is(at, "upon")) && at.checked_sub(1).is_some_and(call)
}

/// A finite verb that asks somebody to act, in the present: "encourages", "We urge", "Requests".
fn is_request(view: &View, at: usize) -> bool {
    const VERBS: [&str; 9] = ["encourages", "urges", "requests", "invites", "asks", "instructs", "directs", "advises", "reminds"];
    VERBS.iter().any(|word| view.is(at, word))
        || ["encourage", "urge", "request", "invite", "ask", "advise"].iter().any(|word| view.is(at, word))
            && at.checked_sub(1).is_some_and(|subject| view.is(subject, "we") || view.is(subject, "i") || view.is(subject, "strongly"))
}

fn skip_adverbs(view: &View, mut at: usize) -> usize {
    // EU countries ‘should use'
    if matches!(view.mark(at), '"' | '\'') && view.is_spaced(at) {
        at += 1;
    }
    while view.is_lower(at)
        && !view.any(at, &[Class::Modal, Class::Auxiliary, Class::VerbBase])
        && (view.has(at, Class::Adverb) || view.word(at).ends_with("ly"))
    {
        at += 1;
    }
    at
}

fn is_verb(view: &View, at: usize) -> bool {
    // "States Should Reduce Fees" as a heading
    let titled = view.title_case && view.has(at, Class::Modal) && !view.any(at, &[Class::Calendar, Class::Given]);
    let small = view.is_lower(at) || titled || view.all_caps && view.shape(at) == Shape::Upper;
    small && view.any(at, &[Class::Modal, Class::Auxiliary, Class::Say, Class::Verb, Class::VerbPast])
}

/// Past a bracket or a clause between commas or dashes that follows the subject.
fn skip_aside(view: &View, at: usize) -> usize {
    if view.word(at) == "—" {
        let close = (at + 2..view.len().min(at + 18)).find(|&index| view.word(index) == "—" || matches!(view.mark(index), '.' | ';' | ':'));
        let close = close.filter(|&close| view.word(close) == "—" && is_verb(view, close + 1));
        return close.map_or(at, |close| close + 1);
    }
    if view.mark(at) == '(' {
        let close = (at..view.len().min(at + 16)).find(|&index| view.mark(index) == ')');
        return close.map_or(at, |close| close + 1);
    }
    if view.mark(at) == ',' {
        let reach = if view.is(at + 1, "as") { 15 } else { 9 };
        let close = (at + 2..view.len().min(at + reach)).find(|&index| matches!(view.mark(index), ',' | '.' | ';' | ':' | '('));
        let close = close.filter(|&close| view.mark(close) == ',' && is_verb(view, close + 1));
        return close.map_or(at, |close| close + 1);
    }
    at
}

/// True if the phrase before `at` is one of several joined by commas and "and" whose verb follows.
fn in_coordination(view: &View, at: usize) -> bool {
    let joined = view.mark(at) == ',' || view.is(at, "and") || view.is(at, "or") || view.is(at, "nor");
    if !joined {
        return false;
    }
    let mut seen_and = false;
    // ", and the three and the four should": a second "and" after a comma and "and" joins the members of another clause.
    let clause = view.mark(at) == ',' && view.is(at + 1, "and");
    // After "and" comes the last member and then the verb; a comma there begins another clause.
    for index in at..view.len().min(at + COORDINATION) {
        // "Committees and it has": another clause.
        let joined = index > at && (view.is(index - 1, "and") || view.is(index - 1, "or"));
        if joined && ["it", "they", "he", "she", "we"].iter().any(|word| view.is(index, word)) && view.is_lower(index) {
            return false;
        }
        if view.is(index, "and") || view.is(index, "or") || view.is(index, "nor") || view.mark(index) == '&' {
            if clause && seen_and {
                return false;
            }
            seen_and = true;
        } else if seen_and && view.mark(index) == ',' {
            return false;
        } else if is_verb(view, index) && view.mark(index + 1) != '-' {
            return seen_and && !view.any(index - 1, &[Class::Preposition, Class::Determiner]) && !view.is(index - 1, "and") && !view.is(index - 1, "or");
        } else if view.has(index, Class::Preposition) && !view.is(index, "of") || matches!(view.mark(index), '.' | ';' | ':' | '(') || opens_clause(view, index)
        {
            return false;
        }
    }
    false
}

/// True for a word that opens another clause: "so", "because", "how".
pub(super) fn opens_clause(view: &View, at: usize) -> bool {
    const WORDS: [&str; 15] =
        ["that", "so", "because", "although", "though", "unless", "whether", "while", "whereas", "if", "how", "what", "where", "why", "when"];
    view.is_lower(at) && WORDS.iter().any(|word| view.is(at, word))
}

/// The token before the determiners and quantifiers that stand before `first`.
pub(super) fn before_determiners(view: &View, first: usize) -> Option<usize> {
    let mut at = first;
    while at > 0 && first - at < 4 && view.any(at - 1, &[Class::Determiner, Class::Quantifier]) && view.is_lower(at - 1) && !view.is(at - 1, "that") {
        at -= 1;
    }
    at.checked_sub(1)
}

/// The preposition or verb that governs the phrase from `first`, read back over the other members of a coordination; none at the start of a clause.
pub(super) fn governor(view: &View, first: usize) -> Option<usize> {
    let mut before = before_determiners(view, first)?;
    let joined = |at: usize| view.is(at, "and") || view.is(at, "or") || view.mark(at) == ',';
    if !joined(before) {
        return Some(before);
    }
    for _ in 0..10 {
        let at = before.checked_sub(1)?;
        // ", but leaders and analysts must": another clause.
        if view.word(at) == "—" || view.is_lower(at) && ["but", "while", "whereas", "whilst"].iter().any(|word| view.is(at, word)) {
            return None;
        }
        if view.any(at, &[Class::Preposition]) && view.is_lower(at) || acts_as_verb(view, at) {
            return Some(at);
        }
        if !(view.token(at).is_some_and(|token| token.is_word()) || joined(at) || view.mark(at) == '-' || view.mark(at) == 's') {
            return None;
        }
        before = at;
    }
    None
}

fn acts_as_verb(view: &View, at: usize) -> bool {
    view.is_lower(at) && view.any(at, &[Class::Modal, Class::Auxiliary, Class::Say])
}

/// True if what stands from `first` is an agent: "adopted by the agencies", "efforts by states".
pub(super) fn is_agent(view: &View, first: usize) -> bool {
    let hedge = |at: usize| ["only", "nearly", "almost", "about"].iter().any(|word| view.is(at, word));
    governor(view, first).is_some_and(|before| view.is(before, "by") || hedge(before) && before.checked_sub(1).is_some_and(|by| view.is(by, "by")))
}

/// True for the subject of an infinitive: "allow countries to choose", "for agencies to learn", "helps states strengthen".
pub(super) fn is_infinitive_subject(view: &View, first: usize, last: usize) -> bool {
    let Some(before) = before_determiners(view, first) else { return false };
    let last = coordination_end(view, complement_end(view, last));
    // "to repeatedly educate"
    let adverb = view.word(last + 1).ends_with("ly") && view.has(last + 2, Class::VerbBase);
    let verb = view.word(last + 1);
    let infinitive = view.is(last, "to")
        && view.is_lower(last + 1)
        && verb != "account"
        && (adverb || view.any(last + 1, &[Class::Dictionary, Class::VerbBase]) || verb.ends_with("ise") || verb.ends_with("ize") || verb.ends_with("yse"))
        && !view.any(last + 1, &[Class::Determiner, Class::Preposition, Class::Quantifier])
        && !verb.ends_with("ing");
    let base = |at: usize| view.is_lower(at) && view.has(at, Class::VerbBase);
    // "help leaders and officials choose"
    let joined = || view.is(last, "and") && (last + 2..last + 7).any(|at| base(at) && view.has(at - 1, Class::RolePlural));
    let bare = base(last) || joined();
    if !(infinitive || bare || view.is(last, "from")) {
        return false;
    }
    let before = coordination_start(view, before);
    let governs = |words: &[&str]| words.iter().any(|word| view.is(before, word));
    let barred = view.is(last, "from") && verb.ends_with("ing") && is_barring(view.word(before));
    // "the right of workers to bring", "the obligation on the vendor to tell", "it is up to the community to present"
    let entitled = (view.is(before, "of") || view.is(before, "on"))
        && before.checked_sub(1).is_some_and(|noun| {
            [
                "right",
                "rights",
                "duty",
                "duties",
                "ability",
                "obligation",
                "obligations",
                "power",
                "powers",
                "responsibility",
                "burden",
                "onus",
                "freedom",
                "capacity",
                "willingness",
                "failure",
                "refusal",
            ]
            .iter()
            .any(|word| view.is(noun, word))
        });
    let falls = view.is(before, "to") && before.checked_sub(1).is_some_and(|at| view.is(at, "up"));
    if barred || infinitive && (entitled || falls) {
        return true;
    }
    let causes = bare && governs(&["let", "lets", "make", "makes", "making", "help", "helps", "helped", "helping"]);
    if !infinitive {
        return causes;
    }
    // "from a lead body to": after a determiner the word is no verb.
    let noun = before.checked_sub(1).is_some_and(|outer| view.has(outer, Class::Determiner) && !view.is(outer, "that"));
    // "uses contractors to administer it" has a purpose, no second subject.
    let used = ["use", "uses", "used", "using"].iter().any(|word| view.is(before, word));
    let verb = !noun && !used && (view.any(before, &[Class::Verb, Class::Say]) || is_causative(view.word(before)));
    view.is(before, "for") || verb || causes
}

/// True for a verb that keeps somebody from acting: "prevents", "deterring".
pub(super) fn is_barring(word: &str) -> bool {
    const STEMS: [&str; 5] = ["prevent", "prohibit", "discourag", "deter", "stop"];
    STEMS.iter().any(|stem| begins(word, stem)) || ["bar", "bars", "barred", "barring", "keep", "keeps", "kept"].contains(&word)
}

/// Where "to" stands after "of the region" and the like; else `last`.
fn complement_end(view: &View, last: usize) -> usize {
    let such = view.is(last, "such") && view.is(last + 1, "as");
    if !(such || view.is(last, "of") || view.is(last, "in")) {
        return last;
    }
    let joins = |at: usize| such && (view.is(at, "and") || view.is(at, "or"));
    let stops = |at: usize| {
        let word = view.token(at).is_some_and(|token| token.is_word()) || matches!(view.mark(at), 's' | '-');
        !word || !joins(at) && view.any(at, &[Class::Preposition, Class::Modal, Class::Auxiliary, Class::Conjunction])
    };
    (last + 2..last + 8).find(|&at| view.is(at, "to") || stops(at)).filter(|&at| view.is(at, "to")).unwrap_or(last)
}

/// Where "to" stands after the other members of a coordination: "researchers and developers to create"; else `last`.
fn coordination_end(view: &View, last: usize) -> usize {
    let stops = |at: usize| {
        let word = view.token(at).is_some_and(|token| token.is_word()) || view.is_hyphen(at) && !view.is_spaced(at);
        !word || view.any(at, &[Class::Preposition, Class::Modal, Class::Auxiliary, Class::Conjunction])
    };
    let joins = |at: usize| view.is(at, "and") || view.is(at, "or");
    // "donors, the private sector and civil society to"
    if view.mark(last) == ',' {
        let and = (last + 1..last + 12).find(|&at| view.mark(at) != ',' && (joins(at) || stops(at))).filter(|&and| joins(and));
        return and.map(|and| (and, coordination_end(view, and))).filter(|(and, end)| end > and).map_or(last, |(_, end)| end);
    }
    if !joins(last) {
        return last;
    }
    // "states and armed groups from acquiring"
    let barred = |at: usize| view.is(at, "from") && view.word(at + 1).ends_with("ing");
    let end = (last + 2..last + 8).find(|&at| view.is(at, "to") || stops(at)).map(|at| complement_end(view, at));
    end.filter(|&at| view.is(at, "to") || barred(at)).unwrap_or(last)
}

/// The word before the first member of a coordination whose last follows `before`; else `before`.
fn coordination_start(view: &View, before: usize) -> usize {
    if !(view.is(before, "and") || view.is(before, "or")) {
        return before;
    }
    // Names in a list are long: "Encourages the World Bank, the African Development Bank and other partners to".
    let from = before.saturating_sub(24);
    let opens = |at: usize| (view.is_lower(at) || at < 2) && (is_causative(view.word(at)) || is_barring(view.word(at)) || view.is(at, "for"));
    let closes = |at: usize| matches!(view.mark(at), '.' | ';' | ':' | '?') || view.is_lower(at) && view.any(at, &[Class::Modal, Class::Auxiliary]);
    (from..before).rev().take_while(|&at| !closes(at)).find(|&at| opens(at)).unwrap_or(before)
}

/// Verbs that ask or allow somebody to act.
pub(super) fn is_causative(word: &str) -> bool {
    const STEMS: [&str; 33] = [
        "inspir",
        "assist",
        "train",
        "equip",
        "allow",
        "request",
        "encourag",
        "direct",
        "urg",
        "ask",
        "requir",
        "oblig",
        "enabl",
        "permit",
        "persuad",
        "compel",
        "forc",
        "invit",
        "advis",
        "instruct",
        "order",
        "help",
        "expect",
        "want",
        "lead",
        "get",
        "motivat",
        "incentivi",
        "press",
        "push",
        "pressur",
        "task",
        "empower",
    ];
    let Some(first) = word.bytes().next().map(|byte| byte.to_ascii_lowercase()) else { return false };
    STEMS.iter().any(|stem| stem.as_bytes().first() == Some(&first) && begins(word, stem))
}

/// True if a word begins with a stem, whatever the case.
fn begins(word: &str, stem: &str) -> bool {
    word.as_bytes().get(..stem.len()).is_some_and(|start| start.eq_ignore_ascii_case(stem.as_bytes()))
}

/// True for the gerund of a known verb: "paying", "making", "planning". Verbs are of plain letters; "Öing" is a name.
pub(super) fn is_gerund_of_verb(view: &View, at: usize) -> bool {
    let word = view.word(at).to_ascii_lowercase();
    let Some(stem) = word.strip_suffix("ing").filter(|stem| stem.len() > 2 && stem.is_ascii()) else { return false };
    let is_base = |stem: &str| view.lexicon.classes(of(stem)).has(Class::VerbBase);
    is_base(stem) || is_base(&format!("{stem}e")) || is_base(&stem[..stem.len() - 1])
}

/// True if no noun or capital follows at `at`.
pub(super) fn is_free(view: &View, at: usize) -> bool {
    let word = view.token(at).is_some_and(|token| token.is_word());
    !word
        || view.is_lower(at)
            && view.any(at, &[Class::Function, Class::Preposition, Class::Conjunction, Class::Auxiliary, Class::Modal, Class::Say, Class::Verb, Class::Adverb])
}

/// True for words that look like a past participle.
pub(super) fn is_participle(word: &str) -> bool {
    word.len() > 4 && (word.ends_with("ed") || word.ends_with("wn") || word.ends_with("en"))
        || matches!(word, "made" | "held" | "led" | "set" | "put" | "run" | "brought" | "paid" | "built" | "met")
}
