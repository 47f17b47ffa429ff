//! Families of documents with a grammar of their own: laws, resolutions, cases, numbered reports.
//!
//! Each is a rule of `citation.toml`: `kind` is the type of the works, `cues` are words of which one must stand in the text, `pattern` is the
//! grammar, whose named groups are fields of the work. Group `span` is the citation itself where the pattern needs context.

use aho_corasick::{AhoCorasick, AhoCorasickKind};
use regex::{Captures, Regex};
use std::sync::OnceLock;

use super::date;
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

/// A pattern that is compiled when it is first needed: most papers cite few families.
#[derive(Debug)]
struct Lazy {
    source: String,
    compiled: OnceLock<Option<Regex>>,
}

impl Lazy {
    fn new(source: &str) -> Self {
        Self { source: source.to_owned(), compiled: OnceLock::new() }
    }

    /// None for a pattern that is malformed, which a test of the built-in rules excludes.
    fn get(&self) -> Option<&Regex> {
        self.compiled.get_or_init(|| Regex::new(&latin(&self.source)).ok()).as_ref()
    }
}

/// All families, with the words that call them.
#[derive(Debug)]
pub(super) struct Families {
    list: Vec<Family>,
    cues: Option<AhoCorasick>,
    /// The family of each cue.
    owner: Vec<usize>,
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
        Self { list: Vec::new(), cues: None, owner: Vec::new() }
    }

    /// The families among the rules of the layer `citation`: those with a pattern.
    pub fn new(rules: &RuleSet) -> Self {
        let mut list = Vec::new();
        let mut cues = Vec::new();
        let mut owner = Vec::new();
        for (_, rule) in rules.iter().filter(|(_, rule)| rule.layer() == "citation") {
            let (Some(pattern), Ok(kind)) = (&rule.pattern, serde_json::from_value::<WorkKind>(rule.kind.clone().into())) else { continue };
            let pattern = Lazy::new(pattern);
            let unless = rule.unless.iter().map(|pattern| Lazy::new(pattern)).collect();
            for cue in &rule.cues {
                cues.push(cue.clone());
                owner.push(list.len());
            }
            list.push(Family { id: rule.id.clone(), kind, pattern, unless, context: rule.context.clone(), confidence: rule.confidence });
        }
        Self { list, cues: AhoCorasick::builder().kind(Some(AhoCorasickKind::DFA)).build(&cues).ok().filter(|_| !cues.is_empty()), owner }
    }

    /// The documents of known families in a text, in order, without overlaps; of two that overlap the longer stays.
    pub fn find(&self, text: &str) -> Vec<Hit> {
        let Some(cues) = &self.cues else { return Vec::new() };
        let mut hits: Vec<Hit> = Vec::new();
        let mut reached = vec![0usize; self.list.len()];
        for cue in cues.find_overlapping_iter(text) {
            let family = self.owner[cue.pattern().as_usize()];
            if cue.start() < reached[family] || !self.list[family].has_context(text, cue.start()) {
                continue;
            }
            let from = floor(text, cue.start().saturating_sub(REACH.0)).max(reached[family]);
            let to = ceil(text, (cue.end() + REACH.1).min(text.len()));
            let from = floor(text, from);
            if let Some(hit) = self.list[family].around(text, from, to, cue.start()) {
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

/// The pattern with `\d` read as a digit 0 to 9, `\w` as a letter of Latin script, digit or underscore, and `\b` as a border of ASCII words:
/// with the tables of all scripts the automata are many times larger, and slow to build, and no family has other digits.
fn latin(pattern: &str) -> String {
    const LETTERS: &str = "0-9A-Za-z_\u{c0}-\u{d6}\u{d8}-\u{f6}\u{f8}-\u{17f}";
    let mut out = String::with_capacity(pattern.len() * 2);
    let mut in_class = false;
    let mut characters = pattern.chars();
    while let Some(c) = characters.next() {
        let escaped = if c == '\\' { characters.next() } else { None };
        match (c, escaped, in_class) {
            (_, Some('d'), false) => out.push_str("[0-9]"),
            (_, Some('d'), true) => out.push_str("0-9"),
            (_, Some('w'), false) => out.extend(["[", LETTERS, "]"]),
            (_, Some('w'), true) => out.push_str(LETTERS),
            (_, Some('b'), false) => out.push_str(r"(?-u:\b)"),
            (_, Some(other), _) => out.extend(['\\', other]),
            (c, None, _) => {
                in_class = if in_class { c != ']' } else { c == '[' };
                out.push(c);
            }
        }
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
        let window = text.get(from..to)?;
        let pattern = self.pattern.get()?;
        for found in pattern.find_iter(window) {
            if from + found.start() > at {
                return None;
            }
            if from + found.end() <= at {
                continue;
            }
            let captures = pattern.captures_at(window, found.start())?;
            let whole = captures.get(0)?;
            let span = captures.name("span").unwrap_or(whole);
            let (start, end) = (from + span.start() + opening(span.as_str()), from + span.end());
            let word_before = text[..start].chars().next_back().is_some_and(char::is_alphanumeric);
            let word_after = text[end..].chars().next().is_some_and(char::is_alphanumeric) && text[..end].ends_with(char::is_alphanumeric);
            if word_before || word_after || self.unless.iter().filter_map(Lazy::get).any(|pattern| pattern.is_match(whole.as_str())) {
                return None;
            }
            return Some(Hit { start, end, id: self.id.clone(), work: work(self.kind, &captures, span.as_str()), confidence: self.confidence });
        }
        None
    }
}

fn work(kind: WorkKind, captures: &Captures, whole: &str) -> Work {
    let group = |name: &str| captures.name(name).map(|found| found.as_str().split_whitespace().collect::<Vec<_>>().join(" ")).filter(|text| !text.is_empty());
    let mut work = Work { kind, ..Work::default() };
    work.number = group("number").map(|number| number.strip_prefix("See ").map(str::to_owned).unwrap_or(number));
    // The title of a numbered report is as it stands; before that of a law words of the sentence may stand.
    let numbered = kind == WorkKind::Report && work.number.is_some();
    work.title = group("title").map(|title| super::text::title(&title[if numbered { 0 } else { opening(&title) }..]));
    work.container_title = group("container");
    work.volume = group("volume");
    work.pages = group("pages");
    work.place = group("place");
    work.publisher = group("publisher");
    work.pinpoint = group("pinpoint");
    work.authors = group("author").and_then(|author| issuer(&author).map(Name::institution)).into_iter().collect();
    if let Some(persons) = group("persons") {
        work.authors = super::name::list_of(&persons);
    }
    if let Some(person) = group("person") {
        work.authors = super::name::whole(&person).map_or_else(|| vec![Name::institution(&person)], |name| vec![name]);
    }
    work.date = group("date").or_else(|| group("date2")).and_then(|text| iso(&text));
    if work.date.is_none() {
        work.date = work.number.as_deref().and_then(year_of_symbol).map(str::to_owned);
    }
    if kind != WorkKind::Interview && work.number.is_none() && work.title.is_none() && (work.authors.is_empty() || work.date.is_none()) {
        work.number = Some(whole.split_whitespace().collect::<Vec<_>>().join(" "));
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
    const WORDS: [&str; 35] = [
        "While ",
        "Although ",
        "Though ",
        "When ",
        "If ",
        "As ",
        "After ",
        "Before ",
        "During ",
        "For ",
        "To ",
        "From ",
        "At ",
        "Because ",
        "Despite ",
        "And the ",
        "Moreover, ",
        "However, ",
        "Further, ",
        "Similarly, ",
        "Additionally, ",
        "Also, ",
        "The ",
        "Under ",
        "In ",
        "Since ",
        "But ",
        "And ",
        "By ",
        "With ",
        "Through ",
        "Both ",
        "See ",
        "Congress’s ",
        "Congress's ",
    ];
    let mut word = WORDS.iter().find(|word| text.starts_with(**word)).map_or(0, |word| word.len());
    if text[word..].starts_with("the ") {
        word += "the ".len();
    }
    // "Title II of the Harbours Act of 1998", "Ports Act and the Harbours Act of 1998": the last law has the year.
    let part = text.starts_with("Title ") || text.starts_with("Section ") || text.starts_with("Part ");
    let inner = if part { text.rfind(" of the ").map(|at| at + " of the ".len()) } else { text.rfind(" Act and the ").map(|at| at + " Act and the ".len()) };
    word = inner.filter(|&at| at > word && text.len() > at + 8).unwrap_or(word);
    let rest = &text[word..];
    let possessive = ["’s ", "'s "]
        .iter()
        .filter_map(|mark| rest.find(mark).map(|at| at + mark.len()))
        .min()
        .filter(|&at| !rest[..at].contains(" v") && rest[..at].split(' ').count() <= 4 && rest[at..].len() > 10);
    word + possessive
        .filter(|_| {
            text.contains(" Convention, ")
                || text.ends_with("Forecast")
                || text.ends_with("Report")
                || text.ends_with("Outlook")
                || text.ends_with("Strategy")
                || text.ends_with("Review")
        })
        .unwrap_or(0)
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
    fn every_pattern_compiles() {
        let rules = RuleSet::built_in().expect("built-in rules load");
        let families = Families::new(&rules);
        for family in &families.list {
            assert!(family.pattern.get().is_some() && family.unless.iter().all(|pattern| pattern.get().is_some()), "{}", family.id);
        }
        assert!(families.list.len() > 20);
    }

    #[test]
    fn classes_are_read_as_latin() {
        assert_eq!(latin(r"\d[\d.]\b\."), r"[0-9][0-9.](?-u:\b)\.");
        assert!(Regex::new(&latin(r"^[\w’]+$")).is_ok_and(|pattern| pattern.is_match("Müller’s")));
    }
}
