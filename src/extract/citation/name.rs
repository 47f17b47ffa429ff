//! Names of authors: lists of persons in every usual order, and institutions.

use std::rc::Rc;

use super::lexicon::Classes;
use super::role::Roles;
use super::token::Tokens;
use crate::record::Name;

/// A reading of the first tokens as authors.
#[derive(Debug, Clone)]
pub(super) struct Authors {
    /// Index of the token after the last name.
    pub end: usize,
    /// The names of the list that this reading is of, and how many of them it takes: lists may be long and end at any name.
    list: Rc<Vec<Name>>,
    count: usize,
    pub score: f32,
    /// True if the names are given with initials: hardly any title looks so.
    pub initials: bool,
}

impl Authors {
    fn new(end: usize, names: Vec<Name>, score: f32) -> Self {
        Self { end, count: names.len(), list: Rc::new(names), score, initials: false }
    }

    pub fn names(&self) -> &[Name] {
        &self.list[..self.count]
    }
}

/// How one name is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    /// "Yoon, S.-Y."
    InvertedInitials,
    /// "Yoon, Suk-Yeol"
    InvertedFull,
    /// "Yoon SY", "Goerdt T."
    Vancouver,
    /// "S. Yoon"
    Initials,
    /// "Suk-Yeol Yoon", "Thomas C. Hone"
    Full,
}

struct Person {
    end: usize,
    name: Name,
    form: Form,
}

/// More names than this in one list are not read.
const MOST: usize = 80;

/// The readings of the tokens from `from` on, up to `limit`, as a list of persons: one for each place where the list may end.
pub(super) fn persons(tokens: &Tokens, from: usize, limit: usize) -> Vec<Authors> {
    let mut out = Vec::new();
    for first in [Form::InvertedInitials, Form::Vancouver, Form::Initials, Form::InvertedFull, Form::Full] {
        list(tokens, from, limit, first, &mut out);
    }
    out.extend(family_et_al(tokens, from, limit));
    out.extend(family_pair(tokens, from, limit));
    out
}

/// "Ward and Kim, “Ports”": two family names before a quoted title.
fn family_pair(tokens: &Tokens, from: usize, limit: usize) -> Option<Authors> {
    let plain = |index: usize| {
        is_name_word(tokens, index)
            && !tokens.is_all_caps(index)
            && !tokens.classes(index).has(Classes::INSTITUTION)
            && !tokens.classes(index).has(Classes::REPORT)
            && !tokens.classes(index).has(Classes::JOURNAL)
    };
    let joined = tokens.word(from + 1) == "and" || tokens.is(from + 1, '&');
    let quoted = tokens.is(from + 3, ',') && matches!(tokens.punctuation(from + 4), Some('“' | '"' | '‘'));
    let fits = plain(from) && joined && plain(from + 2) && quoted && from + 3 <= limit;
    let name = |index: usize| Name::person(tokens.word(index), None);
    fits.then(|| Authors::new(from + 3, vec![name(from), name(from + 2)], 3.6))
}

/// "Ward et al.", "Ward, et al.": a family name alone.
fn family_et_al(tokens: &Tokens, from: usize, limit: usize) -> Option<Authors> {
    let after = family(tokens, from, 2)?;
    let end = et_al(tokens, after).filter(|&end| end <= limit)?;
    let score = 2.6 + border_worth(tokens, end, Form::Full).max(0.0);
    Some(Authors::new(end, vec![Name::person(tokens.slice(from, after), None)], score))
}

/// The person that a whole text names in natural order: "Lena M. Ward".
pub(super) fn whole(text: &str) -> Option<Name> {
    let tokens = Tokens::new(text);
    let start = skip_titles(&tokens, 0);
    [Form::Initials, Form::Full]
        .iter()
        .find_map(|&form| read(&tokens, start, tokens.len(), form).filter(|person| person.end == tokens.len()))
        .map(|person| person.name)
}

/// The persons that a whole text lists: "Lena M. Ward, Sofia Kim, and José Lee"; an institution if it is no list of persons.
pub(super) fn list_of(text: &str) -> Vec<Name> {
    let tokens = Tokens::new(text);
    let readings = persons(&tokens, 0, tokens.len());
    let whole = readings.into_iter().filter(|reading| reading.end == tokens.len()).max_by(|a, b| a.score.total_cmp(&b.score));
    whole.map_or_else(|| institutions(&tokens, 0, tokens.len()), |reading| reading.names().to_vec())
}

/// Reads a list whose first name has the form `first`, and adds a reading for each of its names.
fn list(tokens: &Tokens, from: usize, limit: usize, first: Form, out: &mut Vec<Authors>) {
    let mut names: Vec<Name> = Vec::new();
    let mut at = from;
    let mut quality = 0.0;
    let mut ends: Vec<(usize, usize, f32, bool)> = Vec::new();
    let mut forms: &[Form] = std::slice::from_ref(&first);
    let mut closing = false;
    while names.len() < MOST && at < limit {
        let start = skip_titles(tokens, at);
        let Some(person) = forms.iter().find_map(|&form| read(tokens, start, limit, form)) else { break };
        quality += worth(tokens, start, &person);
        names.push(person.name);
        at = person.end;
        let closed = et_al(tokens, at);
        if let Some(after) = closed {
            ends.push((after, names.len(), quality, true));
            break;
        }
        ends.push((at, names.len(), quality, false));
        // An inverted list may go on in natural order (Chicago); others keep their form.
        forms = match first {
            Form::InvertedInitials => &[Form::InvertedInitials, Form::Vancouver, Form::Initials, Form::Full],
            Form::InvertedFull if tokens.is(at, ';') => &[Form::InvertedFull, Form::InvertedInitials],
            Form::InvertedFull => &[Form::Initials, Form::Full, Form::InvertedInitials, Form::InvertedFull],
            Form::Vancouver => &[Form::Vancouver, Form::InvertedInitials],
            Form::Initials => &[Form::Initials],
            Form::Full => &[Form::Initials, Form::Full],
        };
        // "Lena Ward & Sofia Kim, Closing Ports": names in natural order end with the one that "and" joins.
        let joined = std::mem::replace(&mut closing, joins_last(tokens, at));
        match separator(tokens, at).filter(|_| closing || !(joined && matches!(first, Form::Initials | Form::Full))) {
            Some(next) => at = next,
            None => break,
        }
    }
    let total = ends.len();
    let names = Rc::new(names);
    for (index, (end, count, quality, et_al)) in ends.into_iter().enumerate() {
        let cut = (total - 1 - index) as f32;
        let border = border_worth(tokens, end, first);
        let average = quality / count as f32;
        let score = average + 0.45 * (count.min(6) as f32 - 1.0) + border + if et_al { 1.5 } else { 0.0 } - 1.2 * cut.min(4.0);
        let initials = matches!(first, Form::InvertedInitials | Form::Vancouver | Form::Initials);
        out.push(Authors { end, list: Rc::clone(&names), count, score, initials });
    }
}

/// What stands after a list tells whether it ends there.
fn border_worth(tokens: &Tokens, end: usize, first: Form) -> f32 {
    let mut next = end;
    if tokens.is(next, '.') || tokens.is(next, ',') || tokens.is(next, ':') || tokens.is(next, ';') {
        next += 1;
    }
    let opens_quote = matches!(tokens.punctuation(next), Some('“' | '"' | '‘' | '«' | '\''));
    let year = tokens.year(next).is_some()
        || matches!(tokens.punctuation(next), Some('(' | '['))
            && (tokens.year(next + 1).is_some() || tokens.says(next + 1, "n") || tokens.says(next + 1, "eds") || tokens.says(next + 1, "ed"));
    let role = tokens.is(next, '(') && (tokens.says(next + 1, "ed") || tokens.says(next + 1, "eds"));
    if opens_quote || year || role {
        return 2.0;
    }
    let ended_by_initial = end.checked_sub(1).is_some_and(|last| tokens.is(last, '.'));
    match tokens.punctuation(end) {
        Some('.') => 1.2,
        Some(':') => 1.0,
        Some(',') => 0.4,
        Some('|' | '–' | '—') => -1.5,
        // "Yoon, S. Title": the initial's own stop is the border.
        _ if ended_by_initial && first != Form::Initials => 0.8,
        _ => -1.0,
    }
}

/// How much one name looks like a person's.
fn worth(tokens: &Tokens, start: usize, person: &Person) -> f32 {
    let base = match person.form {
        Form::InvertedInitials => 3.0,
        Form::Vancouver => 2.4,
        Form::Initials => 2.6,
        Form::InvertedFull => 1.4,
        Form::Full => 1.2,
    };
    let odd = (start..person.end)
        .filter(|&index| !tokens.is_initial(index))
        .filter(|&index| {
            let classes = tokens.classes(index);
            classes.has(Classes::INSTITUTION)
                || classes.has(Classes::JOURNAL)
                || classes.has(Classes::REPORT)
                || classes.has(Classes::PUBLISHER)
                || classes.has(Classes::FUNCTION)
        })
        .count();
    base - 1.5 * odd as f32
}

fn read(tokens: &Tokens, at: usize, limit: usize, form: Form) -> Option<Person> {
    let person = match form {
        Form::InvertedInitials => inverted(tokens, at, true),
        Form::InvertedFull => inverted(tokens, at, false),
        Form::Vancouver => vancouver(tokens, at),
        Form::Initials => natural(tokens, at, true),
        Form::Full => natural(tokens, at, false),
    }?;
    (person.end <= limit).then_some(person)
}

/// Skips "Dr.", "Hon. Justice", "VADM" before a name.
fn skip_titles(tokens: &Tokens, at: usize) -> usize {
    let mut next = at;
    if tokens.says(next, "the") && tokens.classes(next + 1).has(Classes::TITLE) {
        next += 1;
    }
    while tokens.classes(next).has(Classes::TITLE) && tokens.is_capitalised(next) {
        let after = if tokens.is(next + 1, '.') { next + 2 } else { next + 1 };
        // A title word may be a family name: "Judge, D."
        if !tokens.is_capitalised(after) {
            break;
        }
        next = after;
    }
    next
}

/// The index after "et al.", "and others", "..." from `at` on.
fn et_al(tokens: &Tokens, at: usize) -> Option<usize> {
    let start = if tokens.is(at, ',') || tokens.is(at, ';') { at + 1 } else { at };
    if tokens.says(start, "et") && (tokens.says(start + 1, "al") || tokens.says(start + 1, "alii") || tokens.says(start + 1, "coll")) {
        return Some(if tokens.is(start + 2, '.') { start + 3 } else { start + 2 });
    }
    let others = tokens.says(start, "and") && (tokens.says(start + 1, "others") || tokens.says(start + 1, "colleagues"));
    others.then_some(start + 2)
}

/// True for a separator with "and" or "&", which stands before the last name.
fn joins_last(tokens: &Tokens, at: usize) -> bool {
    let next = if tokens.is(at, ',') || tokens.is(at, ';') { at + 1 } else { at };
    matches!(tokens.word(next), "and" | "AND" | "&")
}

/// The index of the next name after a separator at `at`.
fn separator(tokens: &Tokens, at: usize) -> Option<usize> {
    let mut next = at;
    let mut found = false;
    if tokens.is(next, ',') || tokens.is(next, ';') || tokens.is(next, '/') {
        next += 1;
        found = true;
    }
    // "Asgaard, G., ... Botros, N."
    while found && (tokens.is(next, '.') || tokens.is(next, '…')) {
        next += 1;
    }
    let word = matches!(tokens.word(next), "AND" | "and" | "und" | "et" | "y" | "e" | "with" | "&");
    if word {
        next += 1;
        found = true;
        if tokens.is(next, ',') {
            next += 1;
        }
    }
    found.then_some(next)
}

/// Initials from `at` on: "S.", "S.-Y.", "J. R. R.", "SY"; at most `most` letters.
fn initials(tokens: &Tokens, at: usize, most: usize) -> Option<usize> {
    let mut next = at;
    let mut letters = 0;
    while tokens.is_word(next) {
        let word = tokens.word(next);
        let count = word.chars().count();
        let short = count <= 2 && tokens.is_capitalised(next) && tokens.is(next + 1, '.') && !tokens.is_all_caps(next);
        let hyphened = word.contains('-') && word.split('-').all(|part| part.chars().count() == 1) && tokens.is_all_caps(next);
        if !(tokens.is_initial(next) || hyphened || short || letters == 0 && count <= most && tokens.is_all_caps(next)) {
            break;
        }
        // "Ward E. A review of rivers": the letter without a stop is the first word of a title.
        let article = letters > 0 && word == "A" && tokens.is(next - 1, '.') && tokens.is_word(next + 1) && tokens.space_before(next + 1);
        if article {
            break;
        }
        letters += if short { 1 } else { count };
        next += 1;
        if tokens.is(next, '.') {
            next += 1;
        }
        if tokens.is_dash(next) && tokens.is_initial(next + 1) {
            next += 1;
        }
        // A particle after the initials belongs to the given part: "Certeau, M. de".
        if letters > 5 {
            break;
        }
    }
    (next > at).then_some(next)
}

/// A family name of at most `most` words from `at` on, with its particles; gives the index after it.
fn family(tokens: &Tokens, at: usize, most: usize) -> Option<usize> {
    let mut next = at;
    while tokens.classes(next).has(Classes::PARTICLE) && tokens.is_word(next + 1) && !tokens.is_all_caps(next) && next < at + 4 {
        next += 1;
        // "d ' Alembert" is one token; nothing more to do.
    }
    let mut words = 0;
    while words < most && is_name_word(tokens, next) && !tokens.is_initial(next) {
        if words > 0 && !tokens.space_before(next) {
            break;
        }
        next += 1;
        words += 1;
        // "Ortega y Gasset", "Garcia de la Vega"
        if words < most && tokens.classes(next).has(Classes::PARTICLE) && !tokens.is_capitalised(next) && is_name_word(tokens, next + 1) {
            next += 1;
        }
    }
    // "Le M", "Van K": a particle may be the whole name.
    (words > 0 || next > at && tokens.is_capitalised(next - 1) && tokens.is_initial(next)).then_some(next)
}

/// A capitalised word that can be part of a name; "d'Alembert" and "al-Said" too.
fn is_name_word(tokens: &Tokens, index: usize) -> bool {
    if !tokens.is_word(index) {
        return false;
    }
    let word = tokens.word(index);
    // "Ward, Speech to the pilots", "Decree No. 12", "Ward Jr."
    if tokens.has(index, Roles::NO_NAME)
        && matches!(
            word,
            "Speech"
                | "Remarks"
                | "Keynote"
                | "Testimony"
                | "Statement"
                | "Interview"
                | "Tweet"
                | "Decree"
                | "Letter"
                | "Memorandum"
                | "Jr"
                | "Sr"
                | "No"
                | "Nos"
        )
    {
        return false;
    }
    let lower_prefix = || ["d'", "d’", "al-", "el-", "bin-", "l'", "o'", "ten-"].iter().any(|prefix| word.starts_with(prefix));
    (tokens.is_capitalised(index) || lower_prefix()) && !(tokens.classes(index).has(Classes::FUNCTION) && word.len() > 2)
}

fn suffix(tokens: &Tokens, at: usize) -> Option<usize> {
    let next = if tokens.is(at, ',') { at + 1 } else { at };
    let roman = matches!(tokens.word(next), "II" | "III" | "IV");
    let junior = (tokens.says(next, "jr") || tokens.says(next, "sr")) && tokens.is_capitalised(next);
    (roman || junior).then(|| if tokens.is(next + 1, '.') && junior { next + 2 } else { next + 1 })
}

/// "Yoon, Suk-Yeol", "Yoon, S.-Y., Jr."
fn inverted(tokens: &Tokens, at: usize, with_initials: bool) -> Option<Person> {
    let mut family_end = family(tokens, at, 3)?;
    if let Some(end) = suffix(tokens, family_end).filter(|&end| tokens.is(end, ',') && end == family_end + 1) {
        family_end = end;
    }
    if !tokens.is(family_end, ',') {
        return None;
    }
    // "GAO, Elections: Perspectives": an acronym before a title with a subtitle.
    let acronym = family_end == at + 1 && tokens.is_all_caps(at) && (2..=5).contains(&tokens.word(at).chars().count());
    let subtitled = (family_end + 1..family_end + 6).find(|&index| tokens.punctuation(index).is_some()).is_some_and(|index| tokens.is(index, ':'));
    if !with_initials && acronym && subtitled {
        return None;
    }
    let words = tokens.slice(at, family_end);
    let given_start = skip_titles(tokens, family_end + 1);
    let mut end = if with_initials {
        initials(tokens, given_start, 4)?
    } else {
        let mut next = given_start;
        let mut count = 0;
        while count < 4 && (is_name_word(tokens, next) && !tokens.classes(next).has(Classes::INSTITUTION)) {
            let single = tokens.is_initial(next) || tokens.word(next).chars().count() == 2 && tokens.is(next + 1, '.') && !tokens.space_before(next + 1);
            next += 1;
            count += 1;
            if single && tokens.is(next, '.') {
                next += 1;
            }
            if tokens.is_dash(next) && tokens.is_initial(next + 1) {
                next += 1;
            }
        }
        if count == 0 || tokens.is_initial(given_start) {
            return None;
        }
        next
    };
    // "Certeau, Michel de": the particle of an inverted name stands last.
    while tokens.classes(end).has(Classes::PARTICLE) && !tokens.is_capitalised(end) && tokens.punctuation(end + 1).is_some() {
        end += 1;
    }
    let given = tokens.slice(given_start, end).to_owned();
    let two_words = words.contains(' ') && !words.split(' ').next().is_some_and(|first| super::lexicon::word(first).has(Classes::PARTICLE));
    if !with_initials && two_words && given.contains(' ') {
        return None;
    }
    let suffix_end = suffix(tokens, end);
    let name = Name::person(words, Some(&given));
    Some(Person { end: suffix_end.unwrap_or(end), name, form: if with_initials { Form::InvertedInitials } else { Form::InvertedFull } })
}

/// "Yoon SY", "van der Berg T.", "Goerdt T."
fn vancouver(tokens: &Tokens, at: usize) -> Option<Person> {
    for most in [3, 2, 1] {
        let Some(family_end) = family(tokens, at, most) else { continue };
        // The last word taken may be the initials themselves.
        for end in [family_end, family_end.saturating_sub(1)] {
            if end <= at || tokens.punctuation(end).is_some() {
                continue;
            }
            let all_caps_family = (at..end).all(|index| tokens.is_all_caps(index) && tokens.word(index).len() < 4);
            let Some(after) = initials(tokens, end, 3).filter(|_| !all_caps_family) else { continue };
            let separated = matches!(tokens.punctuation(after), Some(',' | ';' | '.' | ':' | '&' | '(')) || after >= tokens.len();
            let goes_on = tokens.is(after.wrapping_sub(1), '.') || tokens.year(after).is_some() || tokens.word(after) == "and" || tokens.word(after) == "et";
            if !(separated || goes_on) {
                continue;
            }
            // "Lee J. Title": a stop before more words closes the list; "Lee J., Kim S." has it in the initials.
            let listed = matches!(tokens.punctuation(after), Some(',' | ';' | '&' | '(' | ':'))
                || tokens.year(after).is_some()
                || matches!(tokens.word(after), "and" | "et");
            let stop = if tokens.is(after.wrapping_sub(1), '.') && !listed { after - 1 } else { after };
            // "Robert F. Dunn, Title": a name in natural order.
            let natural_goes_on = stop < after
                && is_name_word(tokens, after)
                && matches!(tokens.punctuation(after + 1), Some(',' | '.'))
                && tokens.word(stop.saturating_sub(1)).chars().count() == 1;
            if natural_goes_on {
                continue;
            }
            // "LENA M. WARD": capitals throughout are a name in natural order.
            if stop < after && tokens.is_all_caps(at) && tokens.is_all_caps(after) && tokens.word(after).len() > 1 {
                continue;
            }
            let name = Name::person(tokens.slice(at, end), Some(tokens.slice(end, stop)));
            let stop = suffix(tokens, stop).unwrap_or(stop);
            return Some(Person { end: stop, name, form: Form::Vancouver });
        }
    }
    None
}

/// "S.-Y. Yoon", "Thomas C. Hone", "Luiz Inácio Lula da Silva"
fn natural(tokens: &Tokens, at: usize, with_initials: bool) -> Option<Person> {
    let mut next = at;
    if with_initials {
        // "A Plan" has no stop after its first letter; an initial has.
        next = initials(tokens, at, 1).filter(|&end| tokens.is(end - 1, '.')).or_else(|| short_caps(tokens, at))?;
    } else {
        let mut given_words = 0;
        while given_words < 4 && is_name_word(tokens, next) && !tokens.is_initial(next) || given_words > 0 && tokens.is_initial(next) {
            let initial = tokens.is_initial(next);
            let particle_next = tokens.classes(next + 1).has(Classes::PARTICLE) && !tokens.is_capitalised(next + 1);
            let more = is_name_word(tokens, next + 1)
                || tokens.is_initial(next + 1)
                || initial
                || particle_next
                || tokens.is(next + 1, '“')
                || tokens.is(next + 1, '"');
            if !more {
                break;
            }
            next += 1;
            given_words += 1;
            if initial && tokens.is(next, '.') {
                next += 1;
            }
            while tokens.is_dash(next) && tokens.is_initial(next + 1) {
                next += 1;
            }
            // A nickname in quotation marks.
            if matches!(tokens.punctuation(next), Some('“' | '"')) && tokens.is_word(next + 1) && matches!(tokens.punctuation(next + 2), Some('”' | '"')) {
                next += 3;
            }
            if particle_next {
                break;
            }
        }
        if given_words == 0 {
            return None;
        }
    }
    let family_end = family(tokens, next, if with_initials { 3 } else { 2 })?;
    // "Yoon Suk-Yeol": a hyphened given name after a family name of Korea or China stands in East Asian order.
    if !with_initials && next == at + 1 && family_end == next + 1 && tokens.word(next).contains('-') && EAST_ASIAN.contains(&tokens.word(at)) {
        return Some(Person { end: family_end, name: Name::person(tokens.word(at), Some(tokens.word(next))), form: Form::Full });
    }
    let end = suffix(tokens, family_end).unwrap_or(family_end);
    // "R. Sam Ward": one initial before two names is followed by the name that the person goes by.
    let called = with_initials
        && next == at + 2
        && family_end == next + 2
        && tokens.word(next).is_ascii()
        && !tokens.word(next).contains('-')
        && !tokens.classes(next).has(Classes::PARTICLE);
    let next = if called { next + 1 } else { next };
    let name = Name::person(tokens.slice(next, family_end), Some(tokens.slice(at, next)));
    Some(Person { end, name, form: if with_initials { Form::Initials } else { Form::Full } })
}

/// The most frequent family names of Korea and China in Latin letters (national statistics of Korea, Taiwan and China).
const EAST_ASIAN: [&str; 64] = [
    "Ahn", "Bae", "Baek", "Ban", "Chae", "Chang", "Chen", "Cheng", "Cho", "Choi", "Chun", "Chung", "Deng", "Gao", "Guo", "Ha", "Han", "Heo", "Hong", "Hsieh",
    "Hu", "Huang", "Hwang", "Jang", "Jeon", "Jeong", "Jo", "Joo", "Jung", "Kang", "Kim", "Ko", "Kwak", "Kwon", "Lai", "Lee", "Li", "Lim", "Lin", "Liu", "Luo",
    "Ma", "Min", "Moon", "Nam", "Noh", "Oh", "Park", "Rhee", "Roh", "Seo", "Shin", "Sohn", "Son", "Song", "Suh", "Tsai", "Wang", "Woo", "Wu", "Yang", "Yoo",
    "Yoon", "Zhang",
];

/// "MB Paul", "JR Smith": initials without points before a family name.
fn short_caps(tokens: &Tokens, at: usize) -> Option<usize> {
    let word = tokens.word(at);
    if tokens.is(at + 2, ':') {
        return None;
    }
    (tokens.is_all_caps(at) && (2..=3).contains(&word.chars().count()) && tokens.is_capitalised(at + 1) && !tokens.is_all_caps(at + 1)).then_some(at + 1)
}

/// The reading of the tokens `from..to` as the names of institutions.
pub(super) fn institutions(tokens: &Tokens, from: usize, to: usize) -> Vec<Name> {
    let mut parts = Vec::new();
    let mut start = from;
    for index in from..to {
        let comma = tokens.is(index, ',') || tokens.is(index, ';');
        let and = (tokens.word(index) == "and" || tokens.is(index, '&')) && start > from;
        if comma || and {
            parts.push((start, index));
            start = index + 1;
        }
    }
    parts.push((start, to));
    parts.retain(|(start, end)| start < end);
    let whole = || vec![Name::institution(clean(tokens.slice(from, to)))];
    // A list of institutions has one in each part; "Ministry of Health, Labour and Welfare" has not.
    let each = parts.len() > 1
        && parts.iter().all(|&(start, end)| {
            let acronym = tokens.is_all_caps(start);
            let company = ["inc", "ltd", "llc", "corp", "co", "plc", "llp"].iter().any(|word| tokens.says(start, word));
            !company && is_institution(tokens, start, end) && (end > start + 1 || acronym) && !tokens.classes(start).has(Classes::FUNCTION)
        });
    if each { parts.iter().map(|&(start, end)| Name::institution(clean(tokens.slice(start, end)))).collect() } else { whole() }
}

/// True if the words name an institution by themselves: an acronym, or a head such as "Ministry".
pub(super) fn is_institution(tokens: &Tokens, from: usize, to: usize) -> bool {
    let acronym = to == from + 1 && tokens.is_all_caps(from) && tokens.word(from).chars().count() >= 2;
    acronym || (from..to).any(|index| tokens.classes(index).has(Classes::INSTITUTION) && tokens.is_capitalised(index))
}

fn clean(name: &str) -> &str {
    // "Election Commission (EC": the acronym in brackets is another name.
    let name = match name.rsplit_once(" (") {
        Some((head, acronym))
            if !acronym.contains(')')
                && acronym.len() <= 12
                && acronym.chars().all(|c| c.is_uppercase() || matches!(c, '.' | '-' | '&') || c.is_ascii_digit()) =>
        {
            head
        }
        _ => name,
    };
    let name = name.trim_matches(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | ':'));
    // "Harbour Commission Report, Pilots in Port": the author is the commission.
    let name = ["Report", "report", "Press Release", "press release", "News Release"]
        .iter()
        .find_map(|kind| name.strip_suffix(kind))
        .map_or(name, |issuer| if issuer.trim().contains(' ') && issuer.ends_with(' ') { issuer.trim_end() } else { name });
    let last_word = name.rsplit([' ', '.']).find(|word| !word.is_empty()).unwrap_or_default();
    // "U.S." and "Inc." keep their stop.
    if name.ends_with('.') && (last_word.chars().count() == 1 || super::lexicon::word(last_word).has(Classes::ABBREVIATION)) {
        name
    } else {
        name.trim_end_matches('.')
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn best(text: &str) -> String {
        let tokens = Tokens::new(text);
        let readings = persons(&tokens, 0, tokens.len());
        let best = readings.iter().max_by(|a, b| a.score.total_cmp(&b.score));
        best.map_or(String::new(), |best| best.names().iter().map(Name::display).collect::<Vec<_>>().join(" | "))
    }

    #[test]
    fn persons_in_every_order() {
        for (text, expected) in [
            ("Ward, L., Kim, S.-Y., & Lee, J. R. (2020). Title", "Ward, L. | Kim, S.-Y. | Lee, J. R."),
            ("Ward, Lena, Sofia Kim, and José Lee. Title", "Ward, Lena | Kim, Sofia | Lee, José"),
            ("Lena Ward, Sofia B. Kim and José Lee, “Title”", "Ward, Lena | Kim, Sofia B. | Lee, José"),
            ("Lena Ward & Sofia Kim, Closing Ports, 49 Harbour Rev. 3", "Ward, Lena | Kim, Sofia"),
            ("L. Ward and S.B. Kim, Title", "Ward, L. | Kim, S.B."),
            ("Ward LM, van der Berg K, Lee J. Title", "Ward, LM | van der Berg, K | Lee, J"),
            ("Ward, Donald J., “Title”", "Ward, Donald J."),
            ("WARD, Lena; KIM, Sofia. Title", "WARD, Lena | KIM, Sofia"),
            ("Ward L., Kim S., 2006, X", "Ward, L. | Kim, S."),
            ("LENA M. WARD AND CASS R. KIM, TITLE", "WARD, LENA M. | KIM, CASS R."),
        ] {
            assert_eq!(best(text), expected, "{text}");
        }
    }

    #[test]
    fn et_al_closes_a_list() {
        let tokens = Tokens::new("Ward, L., et al. (2020)");
        let readings = persons(&tokens, 0, tokens.len());
        let best = readings.iter().max_by(|a, b| a.score.total_cmp(&b.score)).expect("a reading");
        assert_eq!((best.names().len(), tokens.word(best.end)), (1, "("));
    }

    #[test]
    fn institutions_are_split_only_where_each_part_is_one() {
        let names = |text: &str| {
            let tokens = Tokens::new(text);
            institutions(&tokens, 0, tokens.len()).iter().map(Name::display).collect::<Vec<_>>()
        };
        assert_eq!(names("WHO, UNAIDS, UNICEF"), ["WHO", "UNAIDS", "UNICEF"]);
        assert_eq!(names("Ministry of Health, Labour and Welfare"), ["Ministry of Health, Labour and Welfare"]);
    }
}
