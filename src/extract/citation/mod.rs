//! Works cited: in notes, in reference lists and in the running text.

mod author_year;
mod back;
mod classify;
mod cue;
mod date;
mod decode;
mod family;
mod genre;
mod grammar;
mod hint;
mod issuer;
mod lead;
mod lexicon;
mod linked;
mod locator;
mod name;
mod note;
mod own;
mod periodical;
mod reference;
mod role;
mod running;
mod score;
mod series;
mod text;
mod titled;
mod token;
mod unit;
mod web;

use std::ops::Range;
use std::sync::LazyLock;

pub use back::Pointer;
pub use reference::{Parsed, Segment};
pub use score::Label;

use self::family::Families;
use crate::document::{BlockKind, Document, Inline, InlineKind};
use crate::lexicon::Lexicon;
use crate::record::{Name, Work, WorkKind};
use crate::rule::{RuleId, RuleSet};
use crate::span::{SourceSpan, Span};

/// A citation before back references and marks are resolved.
#[derive(Debug, Clone)]
pub struct RawCitation {
    pub span: Span,
    /// The place in the source if it is more than the source of `span` (a link's mark-up and URL).
    pub source: Option<SourceSpan>,
    /// Index of the block in which it stands.
    pub block: usize,
    pub work: Work,
    pub rule: RuleId,
    pub confidence: f32,
}

/// The rules of this layer, compiled.
#[derive(Debug)]
pub struct Engine {
    families: Families,
}

impl Engine {
    /// Compiles the rules of the layer `citation`.
    #[must_use]
    pub fn new(rules: &RuleSet) -> Self {
        Self { families: Families::new(rules) }
    }
}

static BUILT_IN: LazyLock<Option<Engine>> = LazyLock::new(|| RuleSet::built_in().ok().map(|rules| Engine::new(&rules)));

/// Reads one reference string by itself, with the built-in rules, and says why.
#[must_use]
pub fn parse(reference: &str) -> Parsed {
    static NONE: LazyLock<Engine> = LazyLock::new(|| Engine { families: Families::none() });
    reference::read(reference, &BUILT_IN.as_ref().unwrap_or(&NONE).families)
}

/// The works in the text of a note, as byte ranges.
#[must_use]
pub fn split(note: &str) -> Vec<std::ops::Range<usize>> {
    BUILT_IN.as_ref().map_or_else(Vec::new, |engine| note::pieces(note, &engine.families).into_iter().map(|piece| piece.range).collect())
}

/// What a citation that points back says of the citation it means; none for other citations.
#[must_use]
pub fn pointer(citation: &str) -> Option<Pointer> {
    back::pointer(citation)
}

/// A citation found in one block.
#[derive(Debug)]
struct Found {
    span: Span,
    source: Option<SourceSpan>,
    work: Work,
    rule: String,
    confidence: f32,
}

/// Finds the works cited in a document, in order.
#[must_use]
pub fn citations(document: &Document, lexicon: &Lexicon, rules: &RuleSet, engine: &Engine) -> Vec<RawCitation> {
    let mut out = Vec::new();
    let headings = own::Headings::new(document);
    for (index, block) in document.blocks.iter().enumerate() {
        let found = match &block.kind {
            BlockKind::Note { .. } => {
                let found = note_works(document, block.span, engine, &headings);
                if found.is_empty() { author_and_page(document, block.span, &out).into_iter().collect() } else { found }
            }
            BlockKind::Reference { .. } => entry(document, block.span, engine),
            kind if kind.is_running_text() || matches!(kind, BlockKind::Caption | BlockKind::TableRow) => {
                source_line(document, block.span, engine, &headings).unwrap_or_else(|| running::find(document, block.span, &engine.families))
            }
            _ => continue,
        };
        let mut found = found;
        if let BlockKind::Reference { .. } = &block.kind {
            repeat_author(document, &mut found, &out);
        }
        let running = block.kind.is_running_text();
        let known = found.into_iter().filter(|found| !(running && is_noted(document, found))).filter_map(|found| {
            let rule = rules.find(&found.rule)?;
            Some(RawCitation { span: found.span, source: found.source, block: index, work: found.work, rule, confidence: found.confidence })
        });
        out.extend(known);
    }
    by_author_and_year(document, lexicon, rules, &mut out);
    own::leave_out(document, &mut out);
    let mut issuers = issuer::FullNames::new(document);
    for found in &mut out {
        issuers.complete(&mut found.work);
    }
    out
}

/// Adds the works cited by author and year, where nothing else is cited.
fn by_author_and_year(document: &Document, lexicon: &Lexicon, rules: &RuleSet, out: &mut Vec<RawCitation>) {
    let before = out.len();
    let mut taken: Vec<Span> = out.iter().map(|found| found.span).collect();
    taken.sort_unstable_by_key(|span| span.start());
    // How far the citations reach that begin no later than this one.
    let mut reach = 0;
    let reaches: Vec<usize> = taken
        .iter()
        .map(|span| {
            reach = span.end().max(reach);
            reach
        })
        .collect();
    for (block, found) in author_year::find(document, lexicon) {
        let earlier = taken.partition_point(|span| span.start() < found.span.end());
        let free = earlier.checked_sub(1).is_none_or(|last| reaches[last] <= found.span.start());
        if let Some(rule) = rules.find(&found.rule).filter(|_| free) {
            out.push(RawCitation { span: found.span, source: None, block, work: found.work, rule, confidence: found.confidence });
        }
    }
    if out.len() > before {
        out.sort_by_key(|found| (found.block, found.span.start()));
    }
}

/// True for a document named in the running text whose own note, marked right after it, carries the citation.
fn is_noted(document: &Document, found: &Found) -> bool {
    let end = found.span.end();
    let next = document.marks.partition_point(|mark| mark.at < end);
    let closes = |at: usize| {
        document.reading.get(end..at).is_some_and(|gap| gap.len() <= 4 && gap.chars().all(|c| matches!(c, ')' | ']' | ',' | '.' | ';' | ':' | '”' | '’')))
    };
    found.work.url.is_none() && document.marks.get(next).is_some_and(|mark| mark.at <= end + 1 || closes(mark.at))
}

/// "Ward, 12–15": a note that is the name of an author cited before, with pages (Chicago 14.30).
fn author_and_page(document: &Document, span: Span, before: &[RawCitation]) -> Option<Found> {
    const RULE: &str = "citation.back.author-page";
    /// How many citations back the author is looked for.
    const NEAR: usize = 200;
    const LONGEST: usize = 60;
    let text = document.text(span);
    let whole = text.trim_end_matches([' ', '.']);
    let (name, pages) = whole.split_once(", ").filter(|_| whole.len() <= LONGEST)?;
    let numbers = pages.starts_with(|c: char| c.is_ascii_digit()) && pages.chars().all(|c| c.is_ascii_digit() || matches!(c, ' ' | ',' | '-' | '–'));
    let known = |family: &str| before.iter().rev().take(NEAR).flat_map(|found| &found.work.authors).any(|author| author.family.as_deref() == Some(family));
    let families: Vec<&str> = name.split(" and ").collect();
    if !numbers || !families.iter().all(|family| family.starts_with(char::is_uppercase) && known(family)) {
        return None;
    }
    let authors = families.iter().map(|family| Name::person(family, None)).collect();
    let work = Work { kind: WorkKind::Short, authors, pinpoint: Some(pages.to_owned()), ..Work::default() };
    let place = Span::new(span.start(), span.start() + whole.len());
    Some(Found { span: place, source: None, work, rule: RULE.to_owned(), confidence: 0.9 })
}

/// The works cited in a note.
fn note_works(document: &Document, span: Span, engine: &Engine, headings: &own::Headings) -> Vec<Found> {
    let text = document.text(span);
    let mut out: Vec<Found> = Vec::new();
    let mut issuer: Vec<Name> = Vec::new();
    let mut pieces = note::pieces(text, &engine.families);
    if pieces.is_empty() {
        pieces = emphasised_works(document, span);
    }
    for piece in pieces {
        let end = piece.range.start + without_explanation(text.get(piece.range.clone()).unwrap_or_default());
        let place = Span::new(span.start() + piece.range.start, span.start() + end);
        let mut found = read_at(document, place, &engine.families);
        if found.span.is_empty() || headings.hold(&found) {
            continue;
        }
        // "CESCR Committee, observations on A, …; observations on B, …": the issuer stands only once.
        let begins_lower = document.text(found.span).starts_with(|c: char| c.is_lowercase());
        if found.work.authors.is_empty() && begins_lower && found.work.kind != WorkKind::Short && !piece.embedded {
            found.work.authors.clone_from(&issuer);
        }
        issuer.clone_from(&found.work.authors);
        out.push(found);
    }
    links_of_comment(document, span, engine, &mut out);
    out
}

/// The length of a reference without the parenthesis in which a lawyer says what the source holds: "45 C.F.R. § 164.402 (2022) (defining breach as …)"
/// (Bluebook, rule 1.5).
fn without_explanation(text: &str) -> usize {
    let whole = text.trim_end_matches(['.', ' ']);
    let Some(inside) = whole.strip_suffix(')') else { return text.len() };
    let mut depth = 1usize;
    let open = inside.char_indices().rev().find(|&(_, c)| {
        match c {
            ')' => depth += 1,
            '(' => depth -= 1,
            _ => {}
        }
        depth == 0
    });
    let Some((open, _)) = open else { return text.len() };
    let word = inside[open + 1..].split(' ').next().unwrap_or_default();
    let explains = word.ends_with("ing") && word.len() > 5 && word.bytes().all(|byte| byte.is_ascii_lowercase()) && inside[open..].contains(' ');
    let before = inside[..open].trim_end();
    // "Id. at 53 (Federal law may also apply, although …)": a sentence of its own.
    let short = before.contains("supra") || before.starts_with(['I', '*']) && before.trim_start_matches('*').starts_with("Id");
    let says = short && inside[open + 1..].split(' ').count() >= 6;
    let explains = explains || is_second_bracket(before, &inside[open + 1..]);
    if (explains || says) && before.ends_with(|c: char| c.is_ascii_digit() || matches!(c, ')' | ']')) { before.len() } else { text.len() }
}

/// "(West 2012) (on pilots)", "art. III, § 49 (limited to ports)": words in small letters or a quotation behind the year or section of a source.
fn is_second_bracket(before: &str, inside: &str) -> bool {
    const KEPT: [&str; 14] = [
        "here",
        "codified",
        "as amended",
        "amended",
        "statement",
        "testimony",
        "quoting",
        "citing",
        "per curiam",
        "en banc",
        "last ",
        "accessed",
        "on file",
        "available",
    ];
    let dated = before.strip_suffix(')').is_some_and(|before| {
        let year = &before.as_bytes()[before.len().saturating_sub(4)..];
        year.len() == 4 && year.iter().all(u8::is_ascii_digit)
    });
    let sectioned = || before.rfind('§').is_some_and(|at| before.len() - at <= 40);
    let opens = inside.starts_with(|c: char| c.is_ascii_lowercase() || matches!(c, '“' | '"'));
    opens && inside.contains(' ') && !KEPT.iter().any(|word| inside.starts_with(word)) && !inside.contains("://") && (dated || sectioned())
}

/// The works below a figure or table: "Source: Harbour Board, Ports in Figures, 2019". None for other blocks, and where nothing is cited so.
fn source_line(document: &Document, span: Span, engine: &Engine, headings: &own::Headings) -> Option<Vec<Found>> {
    const LONGEST_LINE: usize = 600;
    let text = document.text(span);
    const LEADS: [&str; 4] = ["Source: ", "Sources: ", "SOURCE: ", "SOURCES: "];
    if text.len() > LONGEST_LINE || !text.starts_with(['S', 'N']) {
        return None;
    }
    // "NOTE: Totals include boats. SOURCE: Harbour Board, …"
    let lead = |at: usize| LEADS.iter().find(|lead| text[at..].starts_with(**lead)).map(|lead| at + lead.len());
    let noted = || text.starts_with("NOTE") || text.starts_with("Note");
    let from = lead(0).or_else(|| text.match_indices(". ").filter(|_| noted()).find_map(|(at, stop)| lead(at + stop.len())))?;
    let works = note_works(document, Span::new(span.start() + from, span.end()), engine, headings);
    let sure = !works.is_empty()
        && works.iter().all(|found| found.work.title.is_some() && (found.work.date.is_some() || found.work.url.is_some()) || found.work.number.is_some());
    sure.then_some(works)
}

/// Adds the links in what a note says beside the works that it cites.
fn links_of_comment(document: &Document, span: Span, engine: &Engine, out: &mut Vec<Found>) {
    let mut links: Vec<&Inline> = document.inlines_in(span).filter(|inline| span.contains(inline.span)).collect();
    links.reverse();
    let before = out.len();
    for inline in links {
        let InlineKind::Link { url } = &inline.kind else { continue };
        let free = out.iter().all(|found| !found.span.overlaps(inline.span));
        if free && let Some(found) = running::link(document, inline, url, &engine.families) {
            out.push(found);
        }
    }
    if out.len() > before {
        out.sort_by_key(|found| found.span.start());
    }
}

/// The works of a note whose titles only mark-up sets off: each runs from its title, or the issuer before the first, to the next.
fn emphasised_works(document: &Document, span: Span) -> Vec<note::Piece> {
    let text = document.text(span);
    let inlines: Vec<&Inline> = document.inlines_in(span).filter(|inline| span.contains(inline.span) && inline.kind == InlineKind::Emphasis).collect();
    let mut starts: Vec<usize> = Vec::new();
    for inline in inlines.iter().rev() {
        let title = document.text(inline.span).trim();
        let (from, to) = (inline.span.start() - span.start(), inline.span.end() - span.start());
        let after = text.get(to..).unwrap_or_default().trim_start();
        let closed = after.is_empty() || after.starts_with([',', '(', '.']);
        let from = issuer_before(text, from);
        if title.split_whitespace().count() >= 3 && title.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit()) && closed {
            starts.push(from);
        }
    }
    let issuer = |first: usize| {
        let before = text.get(..first).unwrap_or_default().trim_end();
        before.ends_with(',') && before.split_whitespace().count() <= 7
    };
    if let Some(first) = starts.first_mut().filter(|first| issuer(**first)) {
        *first = 0;
    }
    let ends = starts.iter().skip(1).copied().chain(std::iter::once(text.len())).collect::<Vec<_>>();
    let piece = |(&start, end): (&usize, usize)| {
        let body = text.get(start..end).unwrap_or_default().trim_end();
        let body = body.strip_suffix(" and").unwrap_or(body);
        note::Piece { range: start..start + body.len(), embedded: false }
    };
    starts.iter().zip(ends).map(piece).collect()
}

/// Where the issuer begins that stands before a title at `from`: "… were sold. Harbour Board, *Annual Report*"; `from` itself if there is none.
fn issuer_before(text: &str, from: usize) -> usize {
    let Some(before) = text.get(..from).map(str::trim_end).filter(|before| before.ends_with(',')) else { return from };
    let start = before.rfind(". ").map_or(0, |at| at + 2).max(before.rfind("; ").map_or(0, |at| at + 2));
    let issuer = &before[start..];
    let capital = issuer.trim_start().starts_with(char::is_uppercase);
    if start > 0 && capital && issuer.split_whitespace().count() <= 9 { start + (issuer.len() - issuer.trim_start().len()) } else { from }
}

/// The work that an entry of a reference list is.
fn entry(document: &Document, span: Span, engine: &Engine) -> Vec<Found> {
    if let Some(works) = linked::works(document, span, &engine.families) {
        return works;
    }
    let found = read_at(document, span, &engine.families);
    if found.span.is_empty() { Vec::new() } else { vec![found] }
}

/// "———. Ports.": the author is that of the entry before.
fn repeat_author(document: &Document, found: &mut [Found], before: &[RawCitation]) {
    let [entry] = found else { return };
    let Some(last) = before.last().filter(|_| lead::rule(document.text(entry.span)).is_some()) else { return };
    if !matches!(document.blocks.get(last.block).map(|block| &block.kind), Some(BlockKind::Reference { .. })) {
        return;
    }
    // "--, S. Kim, and J. Lee": the rule stands for the first of several.
    if entry.work.authors.is_empty() {
        entry.work.authors.clone_from(&last.work.authors);
    } else if let Some(first) = last.work.authors.first() {
        entry.work.authors.insert(0, first.clone());
    }
}

/// The place in the source of a citation that a link ends: the mark-up and the address behind its text belong to it.
fn linked_source(document: &Document, place: Span, inlines: &[&Inline]) -> Option<SourceSpan> {
    let ends = |inline: &&&Inline| {
        let to = inline.span.end();
        matches!(&inline.kind, InlineKind::Link { url } if url.starts_with("http")) && place.overlaps(inline.span) && to >= place.end() && to <= place.end() + 2
    };
    let link = inlines.iter().find(ends)?;
    let start = if link.span.start() == place.start() { link.source.start() } else { document.map.source(place).start() };
    Some(SourceSpan::new(start.min(link.source.end()), link.source.end()))
}

/// Reads the reference at `span`, with the titles that mark-up sets off and the address that a link holds.
fn read_at(document: &Document, span: Span, families: &Families) -> Found {
    let text = document.text(span);
    let inlines: Vec<&Inline> = document.inlines_in(span).filter(|inline| span.contains(inline.span)).collect();
    let emphasised: Vec<Range<usize>> = inlines
        .iter()
        .rev()
        .filter(|inline| matches!(inline.kind, InlineKind::Emphasis))
        .map(|inline| inline.span.start() - span.start()..inline.span.end() - span.start())
        .collect();
    let parsed = reference::read_marked(text, &emphasised, families);
    let place = Span::new(span.start() + parsed.start, span.start() + parsed.end);
    let mut work = parsed.work;
    if work.url.is_none() {
        let link = inlines.iter().rev().find_map(|inline| match &inline.kind {
            InlineKind::Link { url } if url.starts_with("http") && place.overlaps(inline.span) => Some(url),
            _ => None,
        });
        work.url = link.map(|url| url.split_whitespace().collect());
        if work.doi.is_none() {
            work.doi = work.url.as_deref().and_then(web::doi_of_url);
        }
    }
    Found { span: place, source: linked_source(document, place, &inlines), work, rule: parsed.rule, confidence: parsed.confidence }
}
