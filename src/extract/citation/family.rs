//! Families of documents with a grammar of their own: laws, resolutions, cases, numbered reports.
//!
//! Each is a rule of `citation.toml`: `kind` is the type of the works, `cues` are words of which one must stand in the text, `pattern` is the
//! grammar (in the part of the syntax of regular expressions that [`super::grammar`] reads), whose named groups are fields of the work. Group `span` is the citation itself where the pattern needs context.

use std::sync::OnceLock;

use super::cue::Cues;
use super::date;
use super::grammar::{Match, Pattern};
use super::text::spaced;
use super::token::Tokens;
use crate::record::{Name, Work, WorkKind};
use crate::rule::RuleSet;

/// A family, ready to run.
#[derive(Debug)]
struct Family {
    id: String,
    kind: WorkKind,
    pattern: Lazy,
    unless: Vec<Lazy>,
    /// Words of which one must stand within [`CONTEXT`] before a cue; none is asked for if there are none.
    context: Vec<String>,
    confidence: f32,
}

/// A pattern that is read when it is first needed: most papers cite few families.
#[derive(Debug)]
struct Lazy {
    source: String,
    read: OnceLock<Option<Pattern>>,
}

impl Lazy {
    fn new(source: &str) -> Self {
        Self { source: source.to_owned(), read: OnceLock::new() }
    }

    /// None for a pattern that is malformed, which a test of the built-in rules excludes.
    fn get(&self) -> Option<&Pattern> {
        self.read.get_or_init(|| Pattern::new(&self.source, &FIELDS)).as_ref()
    }
}

/// The names of the groups that say something of the work, in the order of [`Field`].
const FIELDS: [&str; 14] =
    ["span", "number", "title", "container", "volume", "pages", "place", "publisher", "pinpoint", "author", "persons", "person", "date", "date2"];

#[derive(Debug, Clone, Copy)]
enum Field {
    Span,
    Number,
    Title,
    Container,
    Volume,
    Pages,
    Place,
    Publisher,
    Pinpoint,
    Author,
    Persons,
    Person,
    Date,
    OtherDate,
}

/// The words of a field of a match, with single spaces.
fn words(found: &Match, field: Field) -> Option<String> {
    found.text(field as usize).map(spaced).filter(|text| !text.is_empty())
}

/// All families, with the words that call them.
#[derive(Debug)]
pub(super) struct Families {
    list: Vec<Family>,
    cues: Cues,
}

/// A document of a family in a text.
#[derive(Debug, Clone)]
pub(super) struct Hit {
    pub start: usize,
    pub end: usize,
    pub id: String,
    pub work: Work,
    pub confidence: f32,
}

/// How far before and after its cue a citation may reach, in bytes.
const REACH: (usize, usize) = (220, 320);
/// How far before its cue the context of a family may stand, in bytes.
const CONTEXT: usize = 120;

impl Families {
    /// No families.
    pub fn none() -> Self {
        Self { list: Vec::new(), cues: Cues::new(std::iter::empty()) }
    }

    /// The families among the rules of the layer `citation`: those with a pattern.
    pub fn new(rules: &RuleSet) -> Self {
        let mut list = Vec::new();
        let mut cues = Vec::new();
        for (_, rule) in rules.iter().filter(|(_, rule)| rule.layer() == "citation") {
            let (Some(pattern), Ok(kind)) = (&rule.pattern, serde_json::from_value::<WorkKind>(rule.kind.clone().into())) else { continue };
            let unless = rule.unless.iter().map(|pattern| Lazy::new(pattern)).collect();
            cues.extend(rule.cues.iter().map(|cue| (cue.as_str(), list.len())));
            list.push(Family { id: rule.id.clone(), kind, pattern: Lazy::new(pattern), unless, context: rule.context.clone(), confidence: rule.confidence });
        }
        Self { cues: Cues::new(cues.into_iter()), list }
    }

    /// The documents of known families in a text, in order, without overlaps; of two that overlap the longer stays.
    pub fn find(&self, text: &str) -> Vec<Hit> {
        let mut cues = Vec::new();
        self.cues.find(text, &mut cues);
        if cues.is_empty() {
            return Vec::new();
        }
        let mut hits: Vec<Hit> = Vec::new();
        let mut reached = vec![0usize; self.list.len()];
        for cue in cues {
            let family = cue.family;
            if cue.start < reached[family] || !self.list[family].has_context(text, cue.start) {
                continue;
            }
            let from = floor(text, cue.start.saturating_sub(REACH.0)).max(reached[family]);
            let to = ceil(text, (cue.end + REACH.1).min(text.len()));
            let from = floor(text, from);
            if let Some(hit) = self.list[family].around(text, from, to, cue.start) {
                reached[family] = hit.end;
                hits.push(hit);
            }
        }
        hits.sort_by(|a, b| a.start.cmp(&b.start).then(b.end.cmp(&a.end)));
        let mut kept: Vec<Hit> = Vec::with_capacity(hits.len());
        for hit in hits {
            match kept.last_mut() {
                Some(last) if hit.start < last.end => {
                    let says_more = hit.start == last.start && hit.end == last.end && hit.work.authors.len() > last.work.authors.len();
                    if says_more || hit.end - hit.start > last.end - last.start {
                        *last = hit;
                    }
                }
                _ => kept.push(hit),
            }
        }
        one_law(text, kept)
    }
}

/// A law by its title and, right after it, by its number is one: "Harbours Act of 1998 (HA; P.L. 105-2)", "Pub. L. No. 105-2, the Harbours Act of 1998".
fn one_law(text: &str, hits: Vec<Hit>) -> Vec<Hit> {
    let mut out: Vec<Hit> = Vec::with_capacity(hits.len());
    for mut hit in hits {
        let is_law = |hit: &Hit| matches!(hit.work.kind, WorkKind::Legislation | WorkKind::Bill);
        let joined = out.last().filter(|last| is_law(last) && is_law(&hit) && last.work.title.is_some() != hit.work.title.is_some()).is_some_and(|last| {
            let gap = text.get(last.end..hit.start).unwrap_or_default();
            let bracket = gap
                .strip_prefix(" (")
                .is_some_and(|inside| inside.is_empty() || inside.len() <= 40 && !inside.contains(['(', ')']) && inside.trim_end().ends_with([';', ',']));
            let named = hit.work.title.is_none() && (bracket || gap == ", ");
            let numbered = last.work.title.is_none() && matches!(gap, ", the " | ", ");
            named || numbered
        });
        if joined && let Some(last) = out.last_mut() {
            last.end = hit.end;
            last.work.title = last.work.title.take().or_else(|| hit.work.title.take());
            last.work.number = last.work.number.take().or_else(|| hit.work.number.take());
            last.work.date = last.work.date.take().or_else(|| hit.work.date.take());
            last.work.volume = last.work.volume.take().or_else(|| hit.work.volume.take());
            last.work.pages = last.work.pages.take().or_else(|| hit.work.pages.take());
            let opened = text[last.start..last.end].matches('(').count() > text[last.start..last.end].matches(')').count();
            if opened && text[last.end..].starts_with(')') {
                last.end += 1;
            }
            continue;
        }
        out.push(hit);
    }
    out
}

impl Family {
    fn has_context(&self, text: &str, at: usize) -> bool {
        let before = &text.as_bytes()[at.saturating_sub(CONTEXT)..at];
        self.context.is_empty() || self.context.iter().any(|word| memchr::memmem::find(before, word.as_bytes()).is_some())
    }

    /// The match in `text[from..to]` that covers byte `at`.
    fn around(&self, text: &str, from: usize, to: usize, at: usize) -> Option<Hit> {
        let found = self.pattern.get()?.covering(text.get(from..to)?, at.checked_sub(from)?)?;
        let span = found.group(Field::Span as usize).unwrap_or(found.range());
        let (start, end) = (from + span.start, from + span.end);
        let start = start + opening(&text[start..end]);
        let word_before = text[..start].chars().next_back().is_some_and(char::is_alphanumeric);
        let word_after = text[end..].chars().next().is_some_and(char::is_alphanumeric) && text[..end].ends_with(char::is_alphanumeric);
        if word_before || word_after || self.unless.iter().filter_map(Lazy::get).any(|pattern| pattern.is_match(found.whole())) {
            return None;
        }
        let whole = &text[from + span.start..end];
        Some(Hit { start, end, id: self.id.clone(), work: work(self.kind, &found, whole), confidence: self.confidence })
    }
}

fn work(kind: WorkKind, found: &Match, whole: &str) -> Work {
    let group = |field: Field| words(found, field);
    let mut work = Work { kind, ..Work::default() };
    work.number = group(Field::Number).map(|number| number.strip_prefix("See ").map(str::to_owned).unwrap_or(number));
    // The title of a numbered report is as it stands; before that of a law words of the sentence may stand.
    let numbered = kind == WorkKind::Report && work.number.is_some();
    work.title = group(Field::Title).map(|title| super::text::title(&title[if numbered { 0 } else { opening(&title) }..]));
    work.container_title = group(Field::Container);
    work.volume = group(Field::Volume);
    work.pages = group(Field::Pages);
    work.place = group(Field::Place);
    work.publisher = group(Field::Publisher);
    work.pinpoint = group(Field::Pinpoint);
    work.authors = group(Field::Author).and_then(|author| issuer(&author).map(Name::institution)).into_iter().collect();
    if let Some(persons) = group(Field::Persons) {
        work.authors = super::name::list_of(&persons);
    }
    if let Some(person) = group(Field::Person) {
        work.authors = super::name::whole(&person).map_or_else(|| vec![Name::institution(&person)], |name| vec![name]);
    }
    work.date = group(Field::Date).or_else(|| group(Field::OtherDate)).and_then(|text| iso(&text));
    if work.date.is_none() {
        work.date = work.number.as_deref().and_then(year_of_symbol).map(str::to_owned);
    }
    if kind != WorkKind::Interview && work.number.is_none() && work.title.is_none() && (work.authors.is_empty() || work.date.is_none()) {
        work.number = Some(spaced(whole));
    }
    work
}

/// The institution that issued a document, without its article and possessive: none for a person or office in lower case ("the president’s").
fn issuer(author: &str) -> Option<&str> {
    let author = author.trim_end_matches("’s").trim_end_matches("'s");
    let author = author.rfind(" the ").map_or(author, |at| &author[at + " the ".len()..]);
    author.starts_with(char::is_uppercase).then_some(author)
}

/// The year in the symbol of a document of the United Nations: "S/PRST/2009/3", "E/2015/12".
fn year_of_symbol(number: &str) -> Option<&str> {
    // "A/63/12- S/2008/34" is two symbols of one document.
    let symbol = number.starts_with(|c: char| c.is_ascii_uppercase()) && !number.replace("- ", "-").contains(' ');
    let mut parts = number.split(['/', '-', ' ']);
    let first = parts.next().filter(|_| symbol)?;
    let organ = first.bytes().all(|b| b.is_ascii_uppercase());
    parts.find(|part| organ && part.len() == 4 && part.bytes().all(|b| b.is_ascii_digit()) && (part.starts_with("19") || part.starts_with("20")))
}

/// Words that open a sentence before a title, and a possessive: "Moreover, Ports Act of 2002", "Commission’s Spring 2021 Forecast".
fn opening(text: &str) -> usize {
    const WORDS: [&str; 34] = [
        "While",
        "Although",
        "Though",
        "When",
        "If",
        "As",
        "After",
        "Before",
        "During",
        "For",
        "To",
        "From",
        "At",
        "Because",
        "Despite",
        "Moreover,",
        "However,",
        "Further,",
        "Similarly,",
        "Additionally,",
        "Also,",
        "The",
        "Under",
        "In",
        "Since",
        "But",
        "And",
        "By",
        "With",
        "Through",
        "Both",
        "See",
        "Congress’s",
        "Congress's",
    ];
    let first = memchr::memchr(b' ', text.as_bytes()).unwrap_or(0);
    let mut word = if first > 0 && WORDS.contains(&&text[..first]) { first + 1 } else { 0 };
    if text[word..].starts_with("the ") {
        word += "the ".len();
    }
    // "Title II of the Harbours Act of 1998", "Ports Act and the Harbours Act of 1998": the last law has the year.
    let part = text.starts_with("Title ") || text.starts_with("Section ") || text.starts_with("Part ");
    let mark = if part { " of the " } else { " Act and the " };
    let inner = memchr::memmem::rfind(text.as_bytes(), mark.as_bytes()).map(|at| at + mark.len());
    word = inner.filter(|&at| at > word && text.len() > at + 8).unwrap_or(word);
    word + possessive(&text[word..]).filter(|&end| is_named_for_its_kind(text) || is_law_of(&text[word..], end)).unwrap_or(0)
}

/// True if the possessive that ends at `end` names whose law it is ("Norland’s Data Protection Act of 2019"), not whom it is for ("Children’s Act 1989").
fn is_law_of(text: &str, end: usize) -> bool {
    const FOR: [&str; 22] = [
        "Children",
        "Women",
        "People",
        "Men",
        "Worker",
        "Workmen",
        "Seamen",
        "Fishermen",
        "Victim",
        "Patient",
        "Consumer",
        "Taxpayer",
        "Employee",
        "Employer",
        "Owner",
        "Girl",
        "Person",
        "Child",
        "Woman",
        "Parent",
        "Buyer",
        "Citizen",
    ];
    let owner = text[..end].trim_end().trim_end_matches("'s").trim_end_matches("’s");
    let law = [" Act", " Law", " Ordinance", " Constitution", " Code", " Bill", " Regulation"].iter().any(|kind| text[end..].contains(kind));
    law && !owner.contains(' ') && owner.len() + 1 < end && !FOR.contains(&owner) && text[end..].starts_with(char::is_uppercase)
}

/// The length of a name in the possessive before a title: "Commission’s ".
fn possessive(text: &str) -> Option<usize> {
    let mut ends = memchr::memmem::find_iter(text.as_bytes(), b"s ").map(|at| (&text.as_bytes()[..at], at + 2));
    let (_, end) = ends.find(|(before, _)| before.ends_with("’".as_bytes()) || before.ends_with(b"'"))?;
    let (name, title) = text.split_at(end);
    (memchr::memmem::find(name.as_bytes(), b" v").is_none() && name.split(' ').count() <= 4 && title.len() > 10).then_some(end)
}

/// True for a title that ends with the word for its kind, or a convention with its year.
fn is_named_for_its_kind(text: &str) -> bool {
    ["Forecast", "Report", "Outlook", "Strategy", "Review"].iter().any(|kind| text.ends_with(kind)) || text.contains(" Convention, ")
}

fn iso(text: &str) -> Option<String> {
    let tokens = Tokens::new(text);
    date::date(&tokens, 0).and_then(|date| date.iso)
}

fn floor(text: &str, mut at: usize) -> usize {
    while at > 0 && !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

fn ceil(text: &str, mut at: usize) -> usize {
    while at < text.len() && !text.is_char_boundary(at) {
        at += 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_state_is_no_part_of_the_title_of_its_law() {
        for (text, title) in [
            ("Norland’s Data Protection Act of 2019", "Data Protection Act of 2019"),
            ("Children’s Harbour Act of 1998", "Children’s Harbour Act of 1998"),
            ("The Harbour Act of 1998", "Harbour Act of 1998"),
        ] {
            assert_eq!(&text[opening(text)..], title);
        }
    }

    #[test]
    fn every_pattern_is_read() {
        let rules = RuleSet::built_in().expect("built-in rules load");
        let families = Families::new(&rules);
        for family in &families.list {
            assert!(family.pattern.get().is_some(), "{}", family.id);
            assert!(family.unless.iter().all(|pattern| pattern.get().is_some()), "{}", family.id);
        }
        assert!(families.list.len() > 20);
        assert!(rules.iter().all(|(_, rule)| rule.cues.iter().all(|cue| cue.len() > 1)), "a cue has two bytes");
    }
}
