//! One reference string to one work: what is certain first, then the best reading of the rest.

use std::ops::Range;

use serde::Serialize;

use super::back;
use super::classify::{self, Evidence};
use super::date::Precision;
use super::decode::{self, Labelled, Reading};
use super::family::{Families, Hit};
use super::lead;
use super::name::{self, Authors};
use super::periodical;
use super::score::{Features, Label};
use super::text;
use super::token::Tokens;
use super::unit::{self, Identifier, Mask, Unit, UnitKind};
use super::web::{self, AddressKind};
use crate::record::{Name, Work, WorkKind};

/// A reference as read, with the reasons.
#[derive(Debug, Clone, Serialize)]
pub struct Parsed {
    /// First byte of the citation in the input, after labels and signals.
    pub start: usize,
    /// One past its last byte, without a final full stop.
    pub end: usize,
    pub work: Work,
    /// The rule that read it: a family, a form of back reference, or the general reading.
    pub rule: String,
    /// The share of such readings that are right on the development set.
    pub confidence: f32,
    /// The labelled segments of a general reading, in order.
    pub segments: Vec<Segment>,
    /// How far the next best reading lies behind.
    pub margin: f32,
}

/// A stretch of the input with the label that it was read as and what spoke for it.
#[derive(Debug, Clone, Serialize)]
pub struct Segment {
    pub start: usize,
    pub end: usize,
    pub label: Label,
    pub score: f32,
    pub text: String,
}

/// The rule of references read by the general grammar.
pub(super) const GENERAL: &str = "citation.work.reference";

/// Longer strings are no reference; only so much is read, so that time stays linear.
const LONGEST: usize = 3000;

/// Reads one reference, and says what each of its parts was read as.
pub(super) fn read(input: &str, families: &Families) -> Parsed {
    read_with(input, &[], families, true)
}

/// Reads one reference in which mark-up sets off the byte ranges `emphasised`; gives no segments.
pub(super) fn read_marked(input: &str, emphasised: &[Range<usize>], families: &Families) -> Parsed {
    read_with(input, emphasised, families, false)
}

fn read_with(input: &str, emphasised: &[Range<usize>], families: &Families, explain: bool) -> Parsed {
    let start = lead::length(input);
    let end = close(input, start);
    let body = input.get(start..end).unwrap_or_default();
    if let Some((rule, mut work)) = back::short_form(body) {
        work.number = families.find(body).into_iter().find_map(|hit| hit.work.number);
        return Parsed { start, end, work, rule: rule.to_owned(), confidence: 0.9, segments: Vec::new(), margin: 0.0 };
    }
    let hits = if body.len() <= LONGEST { families.find(body) } else { Vec::new() };
    let title = emphasised_title(body, start, emphasised);
    if let Some(hit) = leading(body, &hits) {
        let mut work = hit.work.clone();
        let end_of_family = start + complete(body, hit, title.as_ref(), &mut work);
        work.title.take_if(|title| title.trim().is_empty());
        return Parsed { start, end: end_of_family.max(start), work, rule: hit.id.clone(), confidence: hit.confidence, segments: Vec::new(), margin: 0.0 };
    }
    if let Some(cut) = named_hereafter(body).filter(|&cut| cut > 12) {
        // The short name for what follows is part of the citation, but of none of its fields.
        let read = general(
            input,
            start,
            start + body[..cut].trim_end().len(),
            title.as_ref().filter(|range| range.end <= cut),
            &hits.iter().filter(|hit| hit.end <= cut).cloned().collect::<Vec<_>>(),
            explain,
        );
        return Parsed { end, ..read };
    }
    if let Some(skip) = lead::rule(body) {
        // The place of the author is taken: the rest is read by itself, the citation begins at the rule.
        let inner = general(input, start + skip, end.max(start + skip), None, &[], explain);
        return Parsed { start, ..inner };
    }
    let Some(tail) = back::tail(body) else { return general(input, start, end, title.as_ref(), &hits, explain) };
    // "… in Birks, op. cit., n. 1": the collection is named elsewhere.
    let mut parsed = general(input, start, start + tail, title.as_ref(), &[], explain);
    parsed.end = end;
    parsed
}

/// Where the bracket opens that gives the work a short name: "(hereinafter Ward)".
fn named_hereafter(body: &str) -> Option<usize> {
    memchr::memmem::find(body.as_bytes(), b"here")?;
    ["(hereinafter", "[hereinafter", "(hereafter", "[hereafter"].iter().filter_map(|mark| body.find(mark)).min()
}

/// The first stretch of `body` that mark-up sets off as a title, where no quotation marks do: "*Ports and Power*", but not "*See*" or "*available at*".
fn emphasised_title(body: &str, start: usize, emphasised: &[Range<usize>]) -> Option<Range<usize>> {
    if emphasised.is_empty() || body.contains(['“', '”', '"', '‘']) {
        return None;
    }
    let inside = emphasised.iter().filter(|range| range.end > start).map(|range| range.start.max(start) - start..range.end - start);
    let title = |range: &Range<usize>| {
        // "Ward, L. (2023). The rivers run. *Harbour Daily*": a title stands before, so this is what holds it (APA).
        let before = body.get(..range.start).unwrap_or_default().trim_end();
        let sentence = before.strip_suffix(['.', '?', '!']).and_then(|before| before.rsplit_once(").")).map(|(_, sentence)| sentence);
        if sentence.is_some_and(|sentence| sentence.split_whitespace().count() >= 3) {
            return false;
        }
        let text = body.get(range.clone()).unwrap_or_default().trim();
        text.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit()) && text.split_whitespace().count() >= 2 && lead::length(text) == 0
    };
    // Emphasis that a line end interrupts goes on in the next piece.
    let mut found: Option<Range<usize>> = None;
    for range in inside {
        match &mut found {
            None if title(&range) => found = Some(range),
            Some(open) if body.get(open.end..range.start).is_some_and(|gap| gap.trim().is_empty()) => open.end = range.end,
            Some(_) => break,
            None => {}
        }
    }
    found
}

/// Words in brackets at the end of a citation that only stand for its link.
const FORMS: [&str; 4] = ["link", "pdf", "PDF", "here"];

fn without_form<'t>(text: &'t str, form: &str) -> Option<&'t str> {
    let inside = text.strip_suffix([')', ']'])?.trim_end().strip_suffix(form)?;
    inside.trim_end().strip_suffix(['(', '['])
}

/// The end of the citation that starts at `start`: without a final full stop or white space.
fn close(input: &str, start: usize) -> usize {
    let body = &input[start..];
    let mut trimmed = body.trim_end();
    loop {
        let before = trimmed;
        trimmed = trimmed.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, ';' | ',' | '*' | '†' | '_' | '↩' | '↑' | '\u{fe0e}'));
        if trimmed.ends_with('.') && !ends_in_abbreviation(trimmed) {
            trimmed = trimmed.trim_end_matches('.');
        }
        // "( link )", "[PDF]": what a page made of its link.
        trimmed = FORMS.iter().find_map(|form| without_form(trimmed, form)).unwrap_or(trimmed);
        if trimmed == before {
            return start + trimmed.len();
        }
    }
}

/// True for "… Washington, D.C." alone: its stop belongs to the word. A full stop at the end of a sentence is not told from it otherwise.
fn ends_in_abbreviation(text: &str) -> bool {
    let last = text.trim_end_matches('.').rsplit(|c: char| c.is_whitespace()).next().unwrap_or_default();
    last.contains('.') && last.split('.').all(|part| part.chars().count() == 1 && part.chars().all(char::is_alphabetic))
}

/// The family that the reference belongs to: its identifier begins it, or makes up most of it.
fn leading<'h>(body: &str, hits: &'h [Hit]) -> Option<&'h Hit> {
    let first = hits.first()?;
    let covers = |hit: &Hit| (hit.end - hit.start) * 10 >= body.trim_end().len() * 6;
    // "World Port Report 2017. Harbour Office, Oslo": words of a title say less than the whole reference.
    let named = first.id.starts_with("citation.running.") && (first.end - first.start) * 10 < body.trim_end().len() * 8;
    let opens = (first.start <= 4 && !first.id.contains(".number") || follows_lead(body, first)) && !named;
    if opens { Some(first) } else { hits.iter().find(|hit| covers(hit) && hit.start <= 40) }
}

/// "As per decision 4/CP.19", "Annex V to document A/69/1": only words that lead to a document stand before it, and nothing but a place in it after.
fn follows_lead(body: &str, hit: &Hit) -> bool {
    const WORDS: [&str; 22] = [
        "as",
        "per",
        "annex",
        "annexes",
        "to",
        "in",
        "contained",
        "document",
        "documents",
        "the",
        "accordance",
        "with",
        "see",
        "also",
        "pursuant",
        "section",
        "sections",
        "chapter",
        "paragraph",
        "paragraphs",
        "of",
        "and",
    ];
    let before = body.get(..hit.start).unwrap_or_default();
    let plain = |word: &str| {
        let word = word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
        word.is_empty() || WORDS.contains(&word.as_str()) || word.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'i' | b'v' | b'x' | b'l'))
    };
    hit.start > 4 && before.split_whitespace().count() <= 9 && before.split_whitespace().all(plain) && !hit.id.contains(".bill")
}

/// Adds the URL, date and title that follow a family's identifier; gives the end of the citation in `body`.
fn complete(body: &str, hit: &Hit, title: Option<&Range<usize>>, work: &mut Work) -> usize {
    let tokens = Tokens::new(body);
    let from = tokens.at_byte(hit.end);
    let (units, _) = unit::units(&tokens, from, tokens.len(), &[], &[], title_mask(&tokens, title));
    if let Some(range) = title.filter(|range| range.start >= hit.end && work.title.is_none()) {
        work.title = Some(text::title(&body[range.clone()]));
    }
    let mut end = hit.end;
    // The mark-up knows better than the pattern where the title of a numbered document ends.
    if let Some(range) = title.filter(|range| range.start > hit.start && range.start < hit.end && range.end >= hit.end && work.number.is_some()) {
        work.title = Some(text::title(&body[range.clone()]));
        end = range.end;
    }
    for unit in &units {
        match &unit.kind {
            UnitKind::Address(address) => {
                set_address(work, address);
            }
            UnitKind::Date(date) if work.date.is_none() => work.date.clone_from(&date.iso),
            UnitKind::Accessed(date) => work.accessed = work.accessed.take().or_else(|| date.clone()),
            UnitKind::Locator(found) => {
                if let Some(pin) = found.pinpoint.as_ref().or(found.pages.as_ref()).filter(|_| work.pinpoint.is_none()) {
                    work.pinpoint = Some(pin.clone());
                }
            }
            UnitKind::Quote if work.title.is_none() && work.number.is_some() && unit.to - unit.from >= 2 => {
                work.title = Some(text::title(tokens.slice(unit.from, unit.to)));
            }
            UnitKind::Text | UnitKind::Quote if work.title.is_none() && !unit.bracketed && unit.to - unit.from >= 3 && work.kind != WorkKind::Legislation => {
                work.title = Some(text::title(tokens.slice(unit.from, unit.to)));
            }
            _ => {}
        }
        end = tokens.end_before(unit.to).max(end);
    }
    // Closing brackets and marks after the last unit belong to it.
    if body[end..].chars().all(|c| matches!(c, ')' | ']' | '”' | '"' | '’' | '.' | ' ')) { body.trim_end_matches([' ', '.']).len().max(end) } else { end }
}

pub(super) fn set_address(work: &mut Work, address: &web::Address) {
    match address.kind {
        AddressKind::Doi if work.doi.is_none() => work.doi = Some(address.value.clone()),
        AddressKind::Url if work.url.is_none() => {
            if work.doi.is_none() {
                work.doi = web::doi_of_url(&address.value);
            }
            work.url = Some(address.value.clone());
        }
        AddressKind::Arxiv if work.number.is_none() => work.number = Some(format!("arXiv:{}", address.value)),
        _ => {}
    }
}

/// The tokens of a title that mark-up sets off.
fn title_mask(tokens: &Tokens, title: Option<&Range<usize>>) -> Option<Mask> {
    let title = title?;
    let mask = Mask { from: tokens.at_byte(title.start), to: tokens.at_byte(title.end), identifier: Identifier::default() };
    (mask.from < mask.to).then_some(mask)
}

fn general(input: &str, start: usize, end: usize, title: Option<&Range<usize>>, hits: &[Hit], explain: bool) -> Parsed {
    let body = &input[start..end];
    let cut = if body.len() > LONGEST { (0..=LONGEST).rev().find(|&at| body.is_char_boundary(at)).unwrap_or(0) } else { body.len() };
    let tokens = Tokens::new(&body[..cut]);
    let mask = title_mask(&tokens, title);
    let first = mask.as_ref().map(|mask| mask.from).filter(|&from| from > 0);
    let limit = periodical::first(&tokens).unwrap_or(tokens.len());
    let mut authors = name::persons(&tokens, 0, first.map_or(limit, |first| first.min(limit)));
    if let Some(first) = first {
        favour_up_to(&tokens, first, &mut authors);
    }
    let authors = plausible(authors);
    let mut splits: Vec<usize> = authors.iter().map(|reading| reading.end).collect();
    splits.sort_unstable();
    splits.dedup();
    let masks: Vec<Mask> = hits
        .iter()
        .filter_map(|hit| Some((hit, numbered_part(body, hit)?)))
        .map(|(hit, end)| Mask { from: tokens.at_byte(hit.start), to: tokens.at_byte(end), identifier: identifier(&body[hit.start..end], hit) })
        .filter(|mask| mask.from < mask.to)
        .collect();
    let (units, last) = unit::units(&tokens, 0, tokens.len(), &splits, &masks, mask);
    let features = Features::new(&tokens, &units, last);
    let reading = decode::decode(&features, &authors);
    let mut assembly =
        Assembly { tokens: &tokens, units: &units, authors: &authors, work: Work::default(), rest: String::new(), evidence: Evidence::default() };
    assembly.fill(&reading);
    for hit in hits.iter().filter(|hit| is_identifier(hit)) {
        if assembly.work.number.is_none() {
            assembly.work.number.clone_from(&hit.work.number);
        }
    }
    let Assembly { mut work, rest, evidence, .. } = assembly;
    work.kind = classify::kind(&work, body, &rest, evidence);
    if let Some(hit) = hits.iter().find(|hit| decides_kind(hit) && !(hit.work.kind == WorkKind::Bill && is_on_bill(body))) {
        work.kind = hit.work.kind;
    }
    tidy_pages(&mut work);
    let segment = |part: &Labelled| {
        let (from, to) = (tokens.start(units[part.from].from), tokens.end_before(units[part.to - 1].to));
        Segment { start: start + from, end: start + to, label: part.label, score: part.score, text: body[from..to.max(from)].to_owned() }
    };
    let segments = if explain { reading.parts.iter().map(segment).collect() } else { Vec::new() };
    let confidence = confidence(&work, reading.margin);
    Parsed { start, end, work, rule: GENERAL.to_owned(), confidence, segments, margin: reading.margin }
}

/// The end of what a family knows the work by: all of an identifier, and what stands before the title of "Memorandum M-22-09, Safer Ports".
fn numbered_part(body: &str, hit: &Hit) -> Option<usize> {
    if is_identifier(hit) {
        return Some(hit.end);
    }
    let (number, title) = (hit.work.number.as_deref()?, hit.work.title.as_deref()?);
    let words = body.get(hit.start..hit.end)?;
    let end = words.find(number)? + number.len();
    words.get(end..)?.contains(title).then_some(hit.start + end)
}

/// Identifiers are masked; laws and cases with a title are read as text.
fn is_identifier(hit: &Hit) -> bool {
    hit.work.title.is_none()
}

/// The number and date that a family read; the words themselves where it read no number.
fn identifier(words: &str, hit: &Hit) -> Identifier {
    Identifier { number: hit.work.number.clone().unwrap_or_else(|| text::plain(words)), date: hit.work.date.clone() }
}

/// A committee's report or print on a bill is no bill.
fn is_on_bill(body: &str) -> bool {
    let lower = body.to_ascii_lowercase();
    ["report to accompany", "committee print", "hearing", "report on "].iter().any(|words| lower.contains(words))
}

/// Families whose documents are of one type wherever their identifier stands.
fn decides_kind(hit: &Hit) -> bool {
    const LAWS: [&str; 5] = ["citation.un.resolution", "citation.us.public-law", "citation.us.code", "citation.us.cfr", "citation.us.federal-register"];
    let law = LAWS.iter().any(|id| hit.id.starts_with(id));
    (law || matches!(hit.work.kind, WorkKind::Bill | WorkKind::LegalCase | WorkKind::Treaty)) && is_identifier(hit)
}

/// "Lena Ward, *Ports and Power*": the names end where the title begins that mark-up sets off, at token `title`, as they do before quotation marks.
fn favour_up_to(tokens: &Tokens, title: usize, authors: &mut [Authors]) {
    const WORTH: f32 = 1.6;
    let ends = |end: usize| end < title && title - end <= 2 && (end..title).all(|index| matches!(tokens.punctuation(index), Some(',' | '.' | ':' | ';')));
    for reading in authors.iter_mut().filter(|reading| ends(reading.end)) {
        reading.score += WORTH;
    }
}

/// Keeps the readings that may win: those within reach of the best, at most eight.
fn plausible(mut authors: Vec<Authors>) -> Vec<Authors> {
    /// "Bureau Of Stat": words for institutions are no names of persons, and not even a border.
    const LEAST: f32 = 0.0;
    let best = authors.iter().map(|reading| reading.score).fold(f32::MIN, f32::max);
    authors.retain(|reading| reading.score > (best - 4.5).max(LEAST));
    authors.sort_by(|a, b| b.score.total_cmp(&a.score));
    authors.truncate(8);
    authors
}

/// One page of a book is a place in it, not its extent.
fn tidy_pages(work: &mut Work) {
    if work.container_title.is_none()
        && work.volume.is_some()
        && work.issue.is_none()
        && work.pages.is_none()
        && work.title.as_ref().is_some_and(|title| title.chars().all(|c| !c.is_lowercase()))
    {
        work.pinpoint = work.pinpoint.take().or(work.volume.take());
    }
    trailing_number(work);
    page_behind_capitals(work);
    // "(Apr. 20, 2018, 3:00 PM)": the hour of a page is no publisher.
    work.publisher.take_if(|name| name.starts_with(|c: char| c.is_ascii_digit()) && name.contains(':') && name.ends_with(['M', 'm', 'T']) && name.len() <= 10);
    // "Lena Ward, Comment, Closing Ports": what students write is called so before its title (The Bluebook, rule 16.7.1).
    let written = |title: &String| ["Comment, ", "Note, ", "Essay, "].iter().find_map(|kind| title.strip_prefix(kind)).map(str::to_owned);
    if let Some(title) = work.title.as_ref().filter(|_| work.volume.is_some()).and_then(written) {
        work.title = Some(title);
    }
    let single = work.pages.as_ref().is_some_and(|pages| !pages.contains(['-', '–', '—']));
    if single && work.container_title.is_none() && work.volume.is_none() && work.pinpoint.is_none() {
        work.pinpoint = work.pages.take();
    }
}

/// "PORTS AND POWER 45–46": behind a title in small capitals stands the page cited (The Bluebook, rule 3.2).
fn page_behind_capitals(work: &mut Work) {
    let Some((title, page)) = work.title.as_deref().and_then(|title| title.rsplit_once(' ')) else { return };
    let numbers = page.split(['–', '-']).all(|number| (1..=4).contains(&number.len()) && number.bytes().all(|byte| byte.is_ascii_digit()));
    let year = page.len() == 4 && (page.starts_with("19") || page.starts_with("20"));
    if numbers && !year && work.date.is_some() && title.contains(' ') && title.contains(char::is_uppercase) && !title.contains(char::is_lowercase) {
        work.pinpoint = work.pinpoint.take().or_else(|| Some(page.to_owned()));
        work.title = Some(title.to_owned());
    }
}

/// "Norland: A Survey of Ports, 204417": the number under which an institution keeps a report stands behind its title.
fn trailing_number(work: &mut Work) {
    let Some((title, number)) = work.title.as_deref().and_then(|title| title.rsplit_once(", ")).filter(|_| work.number.is_none()) else { return };
    if (5..=7).contains(&number.len()) && number.bytes().all(|byte| byte.is_ascii_digit()) && title.contains(' ') {
        work.number = Some(number.to_owned());
        work.title = Some(title.to_owned());
    }
}

/// The share of general readings that are right, by how far the next lies behind and how much was read.
fn confidence(work: &Work, margin: f32) -> f32 {
    let filled =
        [work.title.is_some(), !work.authors.is_empty(), work.date.is_some(), work.container_title.is_some() || work.publisher.is_some() || work.url.is_some()];
    let share = filled.iter().filter(|&&field| field).count() as f32 / 4.0;
    let sure = (margin / 3.0).clamp(0.0, 1.0);
    (0.5 + 0.25 * share + 0.2 * sure).min(0.97)
}

struct Assembly<'a, 't> {
    tokens: &'t Tokens<'a>,
    units: &'t [Unit],
    authors: &'t [Authors],
    work: Work,
    /// Words that went into no field, in lower case.
    rest: String,
    evidence: Evidence,
}

impl Assembly<'_, '_> {
    fn fill(&mut self, reading: &Reading) {
        let mut skipped_dates = Vec::new();
        for (number, part) in reading.parts.iter().enumerate() {
            let next_is_editor_mark = reading
                .parts
                .get(number + 1)
                .is_some_and(|next| matches!(self.units.get(next.from).map(|unit| &unit.kind), Some(UnitKind::Editors(names)) if names.is_empty()));
            match part.label {
                Label::Author => self.author(part.from, part.to, part.persons, next_is_editor_mark),
                Label::Title => {
                    self.work.title = Some(text::title(self.words(part.from, part.to))).filter(|title| !title.is_empty());
                    self.evidence.quoted = part.to == part.from + 1 && matches!(self.units[part.from].kind, UnitKind::Quote);
                }
                Label::Date => {
                    if let UnitKind::Date(date) = &self.units[part.from].kind {
                        self.evidence.month = matches!(date.precision, Precision::Month | Precision::Season);
                    }
                    self.mask(part.from, part.label, &mut skipped_dates);
                }
                Label::Container => self.work.container_title = Some(text::name(self.words(part.from, part.to))).filter(|name| !name.is_empty()),
                Label::Publisher => self.work.publisher = Some(text::name(self.words(part.from, part.to))).filter(|name| !name.is_empty()),
                Label::Place => self.work.place = Some(text::name(self.words(part.from, part.to))).filter(|name| !name.is_empty()),
                _ => self.mask(part.from, part.label, &mut skipped_dates),
            }
        }
        // A fuller date of the same year says more: "(2017) … 4 May 2017".
        for date in skipped_dates {
            let better = match &self.work.date {
                Some(known) => date.len() > known.len() && date.starts_with(known.as_str()) && known.len() == 4,
                None => true,
            };
            if better {
                self.work.date = Some(date);
            }
        }
        self.evidence.day = self.work.date.as_ref().is_some_and(|date| date.len() == 10);
    }

    fn author(&mut self, from: usize, to: usize, persons: Option<usize>, edited: bool) {
        let names: Vec<Name> = match persons.and_then(|index| self.authors.get(index)) {
            Some(reading) => {
                self.evidence.persons = true;
                reading.names().to_vec()
            }
            None => name::institutions(self.tokens, self.units[from].from, self.units[to - 1].to),
        };
        let names: Vec<Name> = names.into_iter().map(tidy_name).collect();
        if edited && self.work.editors.is_empty() {
            self.work.editors = names;
        } else {
            self.work.authors = names;
        }
    }

    /// The text of units `from..to`, with a bracket that opened or closed just outside.
    fn words(&self, from: usize, to: usize) -> &str {
        let (first, last) = (self.units[from].from, self.units[to - 1].to);
        let slice = self.tokens.slice(first, last);
        let opened = slice.matches('(').count();
        let closed = slice.matches(')').count();
        let quote_after = matches!(self.units[to - 1].kind, UnitKind::Quote) && to - from > 1;
        if (opened > closed && self.tokens.is(last, ')')) || quote_after {
            return self.tokens.slice(if quote_after && matches!(self.units[from].kind, UnitKind::Quote) { first.saturating_sub(1) } else { first }, last + 1);
        }
        if matches!(self.units[from].kind, UnitKind::Quote) && to - from > 1 {
            return self.tokens.slice(first.saturating_sub(1), last);
        }
        if closed > opened && first > 0 && self.tokens.is(first - 1, '(') {
            return self.tokens.slice(first - 1, last);
        }
        slice
    }

    fn mask(&mut self, index: usize, label: Label, skipped_dates: &mut Vec<String>) {
        let Some(unit) = self.units.get(index) else { return };
        let work = &mut self.work;
        match &unit.kind {
            UnitKind::Date(date) if label == Label::Date => work.date.clone_from(&date.iso),
            UnitKind::Date(date) => skipped_dates.extend(date.iso.clone()),
            UnitKind::Locator(found) => {
                let set = |field: &mut Option<String>, value: &Option<String>| {
                    if field.is_none() {
                        field.clone_from(value);
                    }
                };
                if let (Some(section), Some(container)) = (&found.section, &mut work.container_title) {
                    container.push(' ');
                    container.push_str(section);
                }
                set(&mut work.volume, &found.volume);
                set(&mut work.issue, &found.issue);
                if work.pages.is_some() && found.pages.is_some() {
                    set(&mut work.pinpoint, &found.pages);
                }
                set(&mut work.pages, &found.pages);
                set(&mut work.pinpoint, &found.pinpoint);
                set(&mut work.edition, &found.edition);
                if let Some(date) = &found.date {
                    match &work.date {
                        None => work.date.clone_from(&date.iso),
                        Some(_) => skipped_dates.extend(date.iso.clone()),
                    }
                }
            }
            UnitKind::Address(address) => {
                self.evidence.arxiv |= address.kind == AddressKind::Arxiv;
                set_address(work, address);
            }
            UnitKind::Editors(names) => {
                self.evidence.collection |= work.title.is_some() && (self.evidence.collection || !names.is_empty() && work.container_title.is_some());
                if work.editors.is_empty() {
                    work.editors.clone_from(names);
                }
            }
            UnitKind::By(names) => {
                if work.authors.is_empty() {
                    work.authors.clone_from(names);
                    self.evidence.persons = true;
                }
            }
            UnitKind::In => self.evidence.collection = true,
            UnitKind::Accessed(date) => {
                self.evidence.accessed = true;
                if work.accessed.is_none() {
                    work.accessed.clone_from(date);
                }
            }
            UnitKind::Lead => {
                self.rest.push_str(&self.tokens.slice(unit.from, unit.to).to_lowercase());
                self.rest.push('\n');
            }
            UnitKind::Number(identifier) => {
                // "National Bureau of Ports Working Paper No. 12": who issues the series publishes the paper.
                if work.publisher.is_none() {
                    work.publisher = series_issuer(self.tokens.slice(unit.from, unit.to));
                }
                if work.number.is_none() {
                    work.number = Some(text::plain(&identifier.number));
                }
                skipped_dates.extend(identifier.date.clone());
                self.rest.push_str(&self.tokens.slice(unit.from, unit.to).to_lowercase());
                self.rest.push('\n');
            }
            UnitKind::Text | UnitKind::Quote => {
                self.rest.push_str(&self.tokens.slice(unit.from, unit.to).to_lowercase());
                self.rest.push('\n');
            }
        }
    }
}

/// The body whose series of papers a number counts, if its full name stands before the words for the series.
fn series_issuer(words: &str) -> Option<String> {
    const SERIES: [&str; 8] =
        [" Working Paper", " Discussion Paper", " Policy Brief", " Technical Report", " Policy Research", " Research Paper", " Report", " Issue Brief"];
    let issuer = SERIES.iter().filter_map(|series| words.find(series)).min().map(|at| words[..at].trim())?;
    super::lexicon::is_body(issuer).then(|| text::name(issuer))
}

fn tidy_name(name: Name) -> Name {
    let clean = |part: Option<String>| {
        let part = text::spaced(&part?);
        Some(part).filter(|part| !part.is_empty())
    };
    Name { family: clean(name.family), given: clean(name.given), literal: clean(name.literal) }
}
