//! Citations in the running text: documents of known families, links and addresses.

use super::family::Families;
use super::web;
use super::{Found, issuer, reference, titled};
use crate::document::{Document, Inline, InlineKind};
use crate::record::{Work, WorkKind};
use crate::span::{SourceSpan, Span};

/// The rule of addresses and links.
const URL: &str = "citation.running.url";

/// Words that link texts use without saying what the target is.
const DOCUMENT_WORDS: [&str; 59] = [
    "plan",
    "plans",
    "order",
    "report",
    "reports",
    "law",
    "laws",
    "legislation",
    "act",
    "bill",
    "directive",
    "regulation",
    "regulations",
    "resolution",
    "statement",
    "spreadsheet",
    "data",
    "dataset",
    "database",
    "document",
    "documents",
    "strategy",
    "review",
    "study",
    "studies",
    "paper",
    "brief",
    "memo",
    "memorandum",
    "guidance",
    "framework",
    "budget",
    "letter",
    "agreement",
    "treaty",
    "rule",
    "rules",
    "notice",
    "survey",
    "index",
    "tracker",
    "fact",
    "factsheet",
    "press",
    "item",
    "release",
    "analysis",
    "standard",
    "standards",
    "license",
    "licence",
    "guideline",
    "guidelines",
    "principles",
    "charter",
    "handbook",
    "manual",
    "declaration",
    "toolkit",
];

/// Words for works that are called by them and one word more: "the HBR standard".
const RULEBOOKS: [&str; 9] = ["standard", "standards", "license", "licence", "guideline", "guidelines", "principles", "charter", "framework"];

/// Words that name institutions: a link on an institution's name leads to its site and cites nothing.
const INSTITUTIONS: [&str; 17] = [
    "committee",
    "office",
    "agency",
    "department",
    "institute",
    "university",
    "council",
    "commission",
    "ministry",
    "center",
    "centre",
    "foundation",
    "association",
    "bank",
    "program",
    "programme",
    "initiative",
];

/// Finds the citations in the running text of one block, in order.
pub(super) fn find(document: &Document, block: Span, families: &Families) -> Vec<Found> {
    let text = block.of(&document.reading);
    let mut out: Vec<Found> = Vec::new();
    for inline in document.inlines_in(block).collect::<Vec<_>>().into_iter().rev() {
        if let InlineKind::Link { url } = &inline.kind
            && let Some(found) = link(document, inline, url, families)
        {
            out.push(found);
        }
    }
    for hit in families.find(text) {
        let span = Span::new(block.start() + hit.start, block.start() + hit.end);
        let mut work = hit.work;
        issuer::complete(&mut work, text.get(..hit.start).unwrap_or_default());
        out.push(Found { span, source: None, work, rule: hit.id, confidence: hit.confidence });
    }
    addresses(text, block.start(), &mut out);
    titled::emphasised(document, block, families, &mut out);
    titled::quoted(document, block, &mut out);
    out.sort_by(|a, b| a.span.start().cmp(&b.span.start()).then(b.span.len().cmp(&a.span.len())));
    let mut kept: Vec<Found> = Vec::with_capacity(out.len());
    for found in out {
        if kept.last().is_none_or(|last| !last.span.overlaps(found.span)) {
            kept.push(found);
        }
    }
    kept
}

/// Addresses that stand in the text.
fn addresses(text: &str, base: usize, out: &mut Vec<Found>) {
    let mut from = 0;
    let starts = |at: usize| {
        text.get(at..).is_some_and(|rest| rest.starts_with("http") || rest.starts_with("www.") || rest.starts_with("doi") || rest.starts_with("DOI"))
    };
    for (at, _) in memchr::memmem::find_iter(text.as_bytes(), "://")
        .map(|at| (at, ()))
        .chain(memchr::memmem::find_iter(text.as_bytes(), "www.").map(|at| (at, ())))
        .chain(memchr::memmem::find_iter(text.as_bytes(), "10.").map(|at| (at, ())))
    {
        let Some(start) = (at.saturating_sub(6)..=at)
            .find(|&start| text.is_char_boundary(start) && starts(start) || start == at && text.get(at..).is_some_and(|rest| rest.starts_with("10.")))
        else {
            continue;
        };
        if start < from && at > start {
            continue;
        }
        if let Some(address) = web::address(text, start) {
            from = address.end;
            let mut work = Work { kind: WorkKind::Webpage, ..Work::default() };
            reference::set_address(&mut work, &address);
            work.kind = kind_of_url(&work);
            out.push(Found { span: Span::new(base + address.start, base + address.end), source: None, work, rule: URL.to_owned(), confidence: 0.93 });
        }
    }
}

/// A link of mark-up: its text cites a document, or its address does.
pub(super) fn link(document: &Document, inline: &Inline, url: &str, families: &Families) -> Option<Found> {
    let repaired: String = url.split_whitespace().collect();
    let file = is_file(&repaired);
    if !repaired.starts_with("http") && !file {
        return None;
    }
    let text = inline.span.of(&document.reading).trim();
    let lower = text.to_lowercase();
    let mut work = Work { url: Some(repaired.trim_end_matches(['.', ',', ';']).to_owned()), ..Work::default() };
    work.doi = web::doi_of_url(&repaired);
    work.kind = kind_of_url(&work);
    let sentence = text.ends_with('.') && text.split_whitespace().count() > 7 && !text.contains(['“', ',', '(']);
    let words: Vec<&str> = lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let capitals = text.split_whitespace().filter(|word| word.starts_with(char::is_uppercase)).count();
    // "Harbour Registration Center (HRC)": the short name in brackets says nothing of the kind.
    let named = if text.ends_with(')') { lower.rsplit_once(" (").map_or(lower.as_str(), |(name, _)| name) } else { lower.as_str() };
    let head = named.rsplit(|c: char| !c.is_alphanumeric()).find(|word| !word.is_empty())?;
    if INSTITUTIONS.contains(&head) && capitals >= 2 || text.starts_with('@') {
        return None;
    }
    let names_document = words.iter().any(|word| DOCUMENT_WORDS.contains(word));
    let site = !text.contains(' ') && text.contains('.') && !text.contains("://");
    let mut found = Found { span: inline.span, source: Some(inline.source), work, rule: URL.to_owned(), confidence: 0.85 };
    // A family that knows only some words of a link text that is a title does not say what it is.
    let whole = |hit: &super::family::Hit| !(hit.id.starts_with("citation.running.") && names_document && (hit.end - hit.start) * 10 < text.len() * 8);
    if let Some(hit) = families.find(text).into_iter().next().filter(whole) {
        let url = found.work.url.take();
        found.work = Work { url, doi: found.work.doi.take(), ..hit.work };
    } else if (names_document || site || file || is_name(text)) && !sentence {
        let acronym = text.split_whitespace().any(|word| word.len() >= 2 && word.bytes().all(|byte| byte.is_ascii_uppercase()));
        let titled = site
            || file && text.starts_with(char::is_uppercase)
            || words.len() >= 3 && text.chars().any(|c| c.is_ascii_digit())
            || capitals >= 3
            || acronym && words.last().is_some_and(|last| RULEBOOKS.contains(last));
        if titled {
            let (number, title) = numbered(text).map_or((None, text), |(number, title)| (Some(number.to_owned()), title));
            found.work.title = Some(super::text::title(title));
            found.work.number = number;
        }
        found.work.kind = match (site, names_document || file) {
            (true, _) => WorkKind::Webpage,
            (false, true) => kind_of_words(&words, found.work.kind),
            (false, false) => found.work.kind,
        };
    } else if text.contains("://") {
        found.source = None;
    } else {
        // The words are the author's own; the address alone is the citation.
        found.source = address_in(document, inline, url);
    }
    Some(found)
}

/// "M-19-02, Guidance on Harbours": a number with the title behind it.
fn numbered(text: &str) -> Option<(&str, &str)> {
    const LONGEST: usize = 14;
    let (number, title) = text.split_once(", ").filter(|(number, _)| number.len() <= LONGEST && number.contains('-') && !number.contains(' '))?;
    (number.starts_with(|c: char| c.is_ascii_uppercase()) && number.ends_with(|c: char| c.is_ascii_digit())).then_some((number, title))
}

/// "Common Rules for Harbour Pilots": three words or more, the long ones with capitals.
fn is_name(text: &str) -> bool {
    let long = || text.split_whitespace().filter(|word| word.chars().count() >= 4);
    let plain = |c: char| c.is_alphanumeric() || matches!(c, ' ' | '\n' | '-' | '–' | '’' | '\'' | '.' | '(' | ')' | '&' | ':' | ',');
    text.split_whitespace().count() >= 3
        && text.chars().all(plain)
        && text.starts_with(char::is_uppercase)
        && long().count() >= 2
        && long().all(|word| word.starts_with(|c: char| c.is_uppercase() || matches!(c, '(')))
}

/// True for the address of a file on the site of the page itself: "/uploads/briefing.pdf".
fn is_file(url: &str) -> bool {
    const ENDINGS: [&str; 8] = [".pdf", ".doc", ".docx", ".xls", ".xlsx", ".csv", ".ppt", ".pptx"];
    let local = url.starts_with(['/', '.']) && !url.starts_with("//");
    local && url.rfind('.').is_some_and(|at| ENDINGS.contains(&url[at..].to_ascii_lowercase().as_str()))
}

/// The place of the address inside the source of a link.
fn address_in(document: &Document, inline: &Inline, url: &str) -> Option<SourceSpan> {
    let source = inline.source.of(&document.source);
    let at = source.rfind(url)?;
    Some(SourceSpan::new(inline.source.start() + at, inline.source.start() + at + url.len()))
}

fn kind_of_words(words: &[&str], known: WorkKind) -> WorkKind {
    let has = |list: &[&str]| words.iter().any(|word| list.contains(word));
    if has(&["law", "laws", "legislation", "act", "order", "directive", "regulation", "regulations", "rule", "rules"]) && !has(&["report", "supplemental"]) {
        WorkKind::Legislation
    } else if has(&["spreadsheet", "data", "dataset", "database"]) {
        WorkKind::Dataset
    } else if has(&["bill"]) {
        WorkKind::Bill
    } else if has(&["treaty", "agreement"]) {
        WorkKind::Treaty
    } else if known == WorkKind::Webpage {
        WorkKind::Report
    } else {
        known
    }
}

/// Sites of newspapers and news agencies: by the words that newspapers bear in their names, or known ones that bear none (top hosts of the news sites of
/// the Reuters Institute's surveys).
fn is_newspaper(host: &str) -> bool {
    const WORDS: [&str; 12] =
        ["times", "post", "herald", "tribune", "guardian", "telegraph", "gazette", "newspaper", "dailymail", "dailystar", "chronicle", "inquirer"];
    const KNOWN: [&str; 22] = [
        "wsj.com",
        "ft.com",
        "reuters.com",
        "apnews.com",
        "bloomberg.com",
        "scmp.com",
        "usatoday.com",
        "lemonde.fr",
        "lefigaro.fr",
        "spiegel.de",
        "faz.net",
        "elpais.com",
        "haaretz.com",
        "thehindu.com",
        "indianexpress.com",
        "politico.com",
        "politico.eu",
        "thehill.com",
        "independent.co.uk",
        "smh.com.au",
        "theage.com.au",
        "theglobeandmail.com",
    ];
    let host = host.strip_prefix("www.").unwrap_or(host);
    let label = host.split('.').rev().nth(if host.ends_with(".co.uk") || host.ends_with(".com.au") { 2 } else { 1 }).unwrap_or_default();
    let commercial = [".com", ".co.uk", ".com.au", ".co.nz", ".in", ".ie", ".com.sg", ".net"].iter().any(|end| host.ends_with(end));
    KNOWN.iter().any(|known| host == *known || host.strip_suffix(known).is_some_and(|rest| rest.ends_with('.')))
        || commercial && WORDS.iter().any(|word| label.ends_with(word) || label.starts_with(word) && label.len() > word.len())
}

/// What an address alone tells: a DOI is an article, a legislature's site holds laws.
fn kind_of_url(work: &Work) -> WorkKind {
    let url = work.url.as_deref().unwrap_or_default();
    if work.doi.is_some() {
        return WorkKind::ArticleJournal;
    }
    let host = url.split('/').nth(2).unwrap_or_default();
    let path = url.get(url.find(host).unwrap_or(0) + host.len()..).unwrap_or_default().to_ascii_lowercase();
    if is_newspaper(host) {
        return WorkKind::ArticleNewspaper;
    }
    let law = host.contains("leginfo")
        || host.contains("legislation.")
        || host.starts_with("eur-lex")
        || host.starts_with("apps.leg.")
        || path.contains("/legislation/")
        || path.contains("/laws/")
        || path.contains("/bill/");
    if law {
        WorkKind::Legislation
    } else if path.ends_with(".pdf") {
        WorkKind::Report
    } else if [".xls", ".xlsx", ".xlsm", ".csv"].iter().any(|ending| path.ends_with(ending)) {
        WorkKind::Dataset
    } else {
        WorkKind::Webpage
    }
}
