//! The type of a work, from the evidence that its citation gives.

use super::genre;
use super::hint::{Hints, bits};
use super::lexicon::{self, Classes, NameKind};
use crate::record::{Work, WorkKind};

/// What the reading of a reference saw beyond the fields.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Evidence {
    pub quoted: bool,
    /// "In" or editors stood before the container.
    pub collection: bool,
    pub persons: bool,
    pub arxiv: bool,
    pub accessed: bool,
    /// The date is exact to the day.
    pub day: bool,
    /// The date is a month or season.
    pub month: bool,
}

fn has(text: &str, words: &[&str]) -> bool {
    words.iter().any(|word| text.contains(word))
}

/// The class of any word of a name.
fn any(text: &str, class: Classes) -> bool {
    text.split(|c: char| !(c.is_alphanumeric() || c == '\'' || c == '-')).any(|word| lexicon::word(word).has(class))
}

/// The type of a general reference. `body` is all of it, `rest` is the words that went into no field, in lower case.
pub(super) fn kind(work: &Work, body: &str, rest: &str, evidence: Evidence) -> WorkKind {
    let title = work.title.as_deref().unwrap_or_default().to_lowercase();
    let container = work.container_title.as_deref().unwrap_or_default();
    let publisher = work.publisher.as_deref().unwrap_or_default();
    let url = work.url.as_deref().unwrap_or_default();
    let hints = Hints::of(rest);
    if hints.has(const { bits(&["thesis", "dissertation"]) })
        || hints.has(const { bits(&["diss"]) }) && rest.split(|c: char| !c.is_alphabetic()).any(|word| word == "diss")
    {
        return WorkKind::Thesis;
    }
    if hints.has(const { bits(&["press release", "news release", "media release"]) }) {
        return WorkKind::PressRelease;
    }
    if let Some(kind) = genre::of(work, &title, &body.to_lowercase(), evidence.persons) {
        return kind;
    }
    if hints.has(const { bits(&["conference session", "speech", "remarks", "keynote", "conference presentation", "lecture"]) }) {
        return WorkKind::Speech;
    }
    if hints.has(const { bits(&["interview", "personal communication"]) }) || title.starts_with("interview with") || title.starts_with("author interview") {
        return WorkKind::Interview;
    }
    if hints.has(const { bits(&["data set", "dataset", "database"]) }) {
        return WorkKind::Dataset;
    }
    if hints.has(const { bits(&["hearing before", "testimony"]) }) || title.starts_with("hearing on") || title.contains("hearing before") {
        return WorkKind::Hearing;
    }
    if hints.has(const { bits(&["cong"]) }) && (hints.has(const { bits(&["hearing"]) }) || container.to_lowercase().contains("hearing")) {
        return WorkKind::Hearing;
    }
    if title.starts_with("explanatory memorandum")
        || title.starts_with("explanatory note")
        || title.starts_with("letter from ")
        || title.starts_with("letter to ")
    {
        return WorkKind::Document;
    }
    if evidence.arxiv || lexicon::name(container) == Some(NameKind::Preprint) || hints.has(const { bits(&["arxiv"]) }) {
        return WorkKind::Article;
    }
    if !evidence.persons && is_case(work.title.as_deref().unwrap_or_default()) {
        return WorkKind::LegalCase;
    }
    if hints.has(const { bits(&["blog"]) }) {
        return WorkKind::PostWeblog;
    }
    if !container.is_empty() {
        return contained(work, container, evidence);
    }
    if hints.has(const { bits(&["webpage", "web page", "website", "web site"]) }) {
        return WorkKind::Webpage;
    }
    if is_release(work, &title, url) {
        return WorkKind::PressRelease;
    }
    if title.starts_with("memorandum") || title.starts_with("letter ") || hints.has(const { bits(&["memorandum"]) }) {
        return WorkKind::Document;
    }
    if title.starts_with("executive order") || hints.has(const { bits(&["executive order"]) }) {
        return WorkKind::Legislation;
    }
    let report_title = title.split(|c: char| !c.is_alphanumeric()).any(|word| lexicon::word(word).has(Classes::REPORT));
    if !publisher.is_empty() {
        return published(work, publisher, evidence, report_title);
    }
    if any(rest, Classes::REPORT) || work.number.is_some() {
        return WorkKind::Report;
    }
    if !url.is_empty() {
        let file = url.split(['?', '#']).next().unwrap_or_default().to_ascii_lowercase().ends_with(".pdf");
        return if file || report_title && !evidence.accessed && work.date.is_some() { WorkKind::Report } else { WorkKind::Webpage };
    }
    if work.pages.is_some() && work.title.is_some() && evidence.quoted {
        return WorkKind::ArticleJournal;
    }
    if !evidence.persons {
        return if work.title.is_some() && !work.authors.is_empty() || report_title { WorkKind::Report } else { WorkKind::Document };
    }
    if evidence.quoted { WorkKind::Document } else { WorkKind::Book }
}

/// A statement to the press, by its title or the part of the site that holds it.
fn is_release(work: &Work, title: &str, url: &str) -> bool {
    const TITLES: [&str; 8] = ["joint statement", "statement by", "statement on", "statement from", "readout", "fact sheet:", "joint communiqu", "factsheet:"];
    const PLACES: [&str; 8] =
        ["/press-release", "/press_release", "/pressrelease", "/newsroom", "/press-corner", "/presscorner", "/statements-releases/", "/pressroom"];
    let symbol = work.number.as_deref().is_some_and(|number| number.contains('/'));
    !symbol && (TITLES.iter().any(|start| title.starts_with(start)) || PLACES.iter().any(|place| url.contains(place)))
}

/// "Ward v Kim", "In re Harbour Trust": the title of a case.
fn is_case(title: &str) -> bool {
    let versus = [" v. ", " v "].iter().find_map(|mark| title.split_once(mark));
    title.starts_with("In re ")
        || versus.is_some_and(|(a, b)| a.starts_with(char::is_uppercase) && b.starts_with(char::is_uppercase) && a.split(' ').count() <= 8)
}

fn contained(work: &Work, container: &str, evidence: Evidence) -> WorkKind {
    match lexicon::name(container) {
        Some(NameKind::Newspaper) if work.volume.is_none() => return WorkKind::ArticleNewspaper,
        Some(NameKind::Magazine) if work.volume.is_none() || work.pages.is_none() => return WorkKind::ArticleMagazine,
        Some(NameKind::Platform) => return WorkKind::PostWeblog,
        _ => {}
    }
    let lower = container.to_lowercase();
    if lower == "federal register" {
        return WorkKind::Legislation;
    }
    if work.url.is_some() && work.volume.is_none() && own_site(work, &lower) {
        return WorkKind::Webpage;
    }
    let numbered = work.volume.is_some() || work.issue.is_some();
    if !numbered && !work.pages.as_deref().is_some_and(|pages| pages.contains(['-', '–'])) && is_grey_series(&lower) {
        return WorkKind::Report;
    }
    let proceedings = has(&lower, &["conference", "proceedings", "symposium", "workshop", "congress on"])
        && work.issue.is_none()
        && (work.volume.is_none() || evidence.collection);
    let journal = any(container, Classes::PERIODICAL) || any(container, Classes::JOURNAL) || lexicon::name(container) == Some(NameKind::Journal);
    if proceedings || evidence.collection && work.issue.is_none() && !(work.volume.is_some() && journal) {
        return WorkKind::Chapter;
    }
    if newspaper_of_day(container, work, evidence) {
        return WorkKind::ArticleNewspaper;
    }
    let unnumbered = work.volume.is_none() && work.issue.is_none();
    if unnumbered && evidence.day && lower.contains("magazine") {
        return WorkKind::ArticleMagazine;
    }
    if evidence.month && unnumbered && lexicon::name(container) != Some(NameKind::Journal) && !has(&lower, &["journal", "review"]) {
        return WorkKind::ArticleMagazine;
    }
    if !unnumbered || work.pages.is_some() || journal {
        return WorkKind::ArticleJournal;
    }
    if lower.contains("blog") {
        return WorkKind::PostWeblog;
    }
    if any(container, Classes::NEWSPAPER) && work.url.is_some() {
        return WorkKind::ArticleNewspaper;
    }
    if evidence.day {
        return if has(&lower, &["magazine", "weekly", "monthly"]) { WorkKind::ArticleMagazine } else { WorkKind::ArticleNewspaper };
    }
    if work.url.is_some() && !evidence.persons { WorkKind::Webpage } else { WorkKind::ArticleJournal }
}

/// "Harbour Line, “Terms,” Harbour Line Help Center", "mlb.com": the site of who wrote the page, or a site by its address, is no newspaper.
fn own_site(work: &Work, container: &str) -> bool {
    let domain = !container.contains(' ') && [".com", ".org", ".net", ".gov", ".edu", ".int", ".eu", ".uk", ".io"].iter().any(|end| container.ends_with(end));
    let own = |author: &str| author.len() >= 3 && (container.starts_with(author) || author.starts_with(container));
    let company = [" bank", " inc", " ltd", " labs", " corporation", " help", " support"].iter().any(|word| container.ends_with(word));
    domain || company || work.authors.iter().filter_map(|author| author.literal.as_deref()).any(|author| own(&author.to_lowercase()))
}

/// "SIPRI Fact Sheet", "Policy Brief", "Working Paper": a series of reports, no periodical.
fn is_grey_series(container: &str) -> bool {
    let last = container.trim_end_matches(|c: char| !c.is_alphabetic()).rsplit(' ').next().unwrap_or_default();
    let kind = ["sheet", "brief", "briefing", "report", "reports", "paper", "papers", "backgrounder", "note", "memo", "primer", "series"].contains(&last);
    kind && !["conference", "proceedings", "white"].iter().any(|word| container.contains(word))
}

/// "Harbour Times, 3 May 2020, p. 4".
fn newspaper_of_day(container: &str, work: &Work, evidence: Evidence) -> bool {
    evidence.day && work.volume.is_none() && work.issue.is_none() && any(container, Classes::NEWSPAPER)
}

fn published(work: &Work, publisher: &str, evidence: Evidence, report_title: bool) -> WorkKind {
    let house = any(publisher, Classes::PUBLISHER) || matches!(publisher.rsplit(' ').next(), Some("Pub" | "Pub."));
    let acronym = publisher.split_whitespace().count() == 1 && publisher.chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase);
    // "OECD, Outlook, OECD Publishing": who publishes its own work issues a report.
    let own =
        !evidence.persons && work.authors.iter().filter_map(|author| author.literal.as_deref()).any(|author| author.len() >= 3 && publisher.contains(author));
    if house && !own {
        return WorkKind::Book;
    }
    if own && house {
        return WorkKind::Report;
    }
    if any(publisher, Classes::INSTITUTION) || acronym || is_known_institution(publisher) {
        let page = work.url.is_some()
            && work.place.is_none()
            && !report_title
            && (evidence.quoted || evidence.accessed)
            && !work.url.as_deref().unwrap_or_default().ends_with(".pdf");
        return if page && (!evidence.persons || evidence.accessed) { WorkKind::Webpage } else { WorkKind::Report };
    }
    if evidence.accessed && work.url.is_some() && work.place.is_none() {
        return WorkKind::Webpage;
    }
    // A book is dated by its year.
    if work.place.is_none() && (evidence.day || evidence.month) || lexicon::is_body(publisher) {
        return WorkKind::Report;
    }
    if !evidence.persons && (!work.authors.is_empty() || report_title) { WorkKind::Report } else { WorkKind::Book }
}

/// Publishers of the list that are research institutes or organisations: they have no word of the trade in their name.
fn is_known_institution(publisher: &str) -> bool {
    ["RAND", "OECD", "World Bank", "United Nations", "Brookings", "Chatham House", "Oxfam", "New America", "Human Rights Watch", "Amnesty International"]
        .iter()
        .any(|name| publisher.contains(name))
}
