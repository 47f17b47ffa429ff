//! What a page says of itself: citation tags, Dublin Core, Open Graph, JSON-LD, and the title.

use serde_json::Value;

use super::dom::{Data, Dom, NodeId, ROOT};
use crate::document::Metadata;
use crate::ingest::date;

/// Metadata in the order in which the sources are trusted: each fills what is still missing.
#[derive(Debug, Default)]
struct Found {
    title: Option<String>,
    authors: Vec<String>,
    publisher: Option<String>,
    date: Option<String>,
    language: Option<String>,
    site: Option<String>,
}

/// Reads the metadata of a page.
pub(super) fn read(dom: &Dom) -> Metadata {
    let mut tags: Vec<(String, &str)> = Vec::new();
    let mut json = Found::default();
    let mut head_title = None;
    let mut headings = Vec::new();
    let mut language = None;
    let mut time = None;
    for id in dom.elements(ROOT) {
        let Some(element) = dom.element(id) else { continue };
        match &*element.name {
            "meta" => {
                let key = element
                    .attribute("name")
                    .or_else(|| element.attribute("property"))
                    .or_else(|| element.attribute("itemprop"))
                    .or_else(|| element.attribute("http-equiv"));
                if let (Some(key), Some(value)) = (key, element.attribute("content"))
                    && !value.trim().is_empty()
                {
                    tags.push((key.trim().to_ascii_lowercase(), value));
                }
            }
            "html" => language = element.attribute("lang").or_else(|| element.attribute("xml:lang")),
            "title" if head_title.is_none() && !within_svg(dom, id) => head_title = Some(dom.text(id, 500)),
            "script" if element.attribute("type").is_some_and(|kind| kind.eq_ignore_ascii_case("application/ld+json")) => read_json(dom, id, &mut json),
            "h1" => headings.push(dom.text(id, 500)),
            "time" if time.is_none() => time = element.attribute("datetime"),
            _ => {}
        }
    }
    let first = |keys: &[&str]| keys.iter().find_map(|key| tags.iter().find(|(name, _)| name == key)).map(|(_, value)| clean(value));
    let all = |keys: &[&str]| {
        let found = keys.iter().map(|key| tags.iter().filter(|(name, _)| name == key).map(|(_, value)| clean(value)).collect::<Vec<_>>());
        found.into_iter().find(|values| !values.is_empty()).unwrap_or_default()
    };
    let site = first(&["og:site_name", "application-name"]).or(json.site);
    let own_title = head_title.filter(|title| !title.is_empty()).map(|title| without_site(&title, site.as_deref(), &headings));
    let title = first(&["citation_title", "dc.title", "dcterms.title", "eprints.title", "bepress_citation_title"])
        .or_else(|| json.title.clone())
        .or_else(|| first(&["og:title", "twitter:title"]).map(|title| without_site(&title, site.as_deref(), &headings)))
        .or_else(|| own_title.clone())
        .or_else(|| headings.first().filter(|heading| !heading.is_empty()).cloned());
    let mut authors: Vec<String> = all(&["citation_author", "dc.creator", "dcterms.creator", "bepress_citation_author"]);
    if authors.is_empty() {
        authors = json.authors;
    }
    if authors.is_empty() {
        authors = all(&["author", "article:author", "parsely-author", "sailthru.author"]);
    }
    let authors = authors.iter().flat_map(|author| people(author)).collect();
    let dates = [
        "citation_publication_date",
        "citation_date",
        "citation_online_date",
        "article:published_time",
        "dc.date.issued",
        "dcterms.issued",
        "dc.date",
        "dcterms.date",
        "dcterms.created",
    ];
    let date = dates
        .iter()
        .find_map(|key| first(&[key]).and_then(|value| date::iso(&value)))
        .or_else(|| json.date.as_deref().and_then(date::iso))
        .or_else(|| {
            ["date", "pubdate", "publish-date", "datepublished", "parsely-pub-date", "sailthru.date"]
                .iter()
                .find_map(|key| first(&[key]).and_then(|value| date::iso(&value)))
        })
        .or_else(|| time.and_then(date::iso));
    let publisher = first(&["citation_publisher", "citation_technical_report_institution", "dc.publisher", "dcterms.publisher"]).or(json.publisher).or(site);
    let language = language.map(str::to_owned).or_else(|| first(&["citation_language", "dc.language", "content-language", "og:locale"])).or(json.language);
    Metadata {
        title: title.filter(|title| !title.is_empty()),
        authors,
        publisher,
        date,
        language: language.map(|tag| tag.trim().replace('_', "-")).filter(|tag| !tag.is_empty() && tag.len() <= 12),
        ..Metadata::default()
    }
}

fn within_svg(dom: &Dom, id: NodeId) -> bool {
    dom.ancestors(id).any(|above| dom.name(above) == "svg")
}

/// One line, without tags that were written into an attribute.
fn clean(value: &str) -> String {
    let mut text = String::with_capacity(value.len());
    let mut rest = value;
    while let Some(open) = rest.find('<') {
        let Some(close) = rest[open..].find('>') else { break };
        text.push_str(&rest[..open]);
        text.push(' ');
        rest = &rest[open + close + 1..];
    }
    text.push_str(rest);
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A page title without the name of the site at its end or beginning: "Title | Site", "Title — Site".
fn without_site(title: &str, site: Option<&str>, headings: &[String]) -> String {
    let title = clean(title);
    for (at, mark) in [" | ", " — ", " – ", " - ", " :: ", " » ", " · "].iter().filter_map(|mark| title.rfind(mark).map(|at| (at, mark))) {
        let (before, after) = (title[..at].trim(), title[at + mark.len()..].trim());
        let named = |part: &str| site.is_some_and(|site| site.eq_ignore_ascii_case(part));
        let heading = |part: &str| headings.iter().any(|heading| heading.eq_ignore_ascii_case(part));
        if named(after) || heading(before) || *mark == " | " && before.split(' ').count() >= after.split(' ').count() {
            return before.to_owned();
        }
        if named(before) || heading(after) {
            return after.to_owned();
        }
    }
    title
}

/// The people that an author tag names; not the web address that some have instead, nor the marks of affiliations.
fn people(author: &str) -> Vec<String> {
    // "Ann Lee &dagger;": a mark that was escaped twice.
    let author =
        author.split_once('&').filter(|(_, rest)| rest.trim_end_matches(';').bytes().all(|byte| byte.is_ascii_lowercase())).map_or(author, |(name, _)| name);
    let author = author.trim().trim_start_matches("By ").trim_start_matches("by ").trim_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '.' | ')'));
    if author.is_empty() || author.contains("://") || author.starts_with('@') || author.len() > 200 {
        return Vec::new();
    }
    // "Surname, Given" has one comma and one word before it; more names are set apart by semicolons, "and", or several commas.
    let parts: Vec<&str> = if author.contains(';') { author.split(';').collect() } else { author.split(" and ").collect() };
    parts
        .into_iter()
        .flat_map(|part| {
            let full = part.split(", ").filter(|name| name.trim().contains(' ')).count();
            if full >= 2 { part.split(", ").collect::<Vec<_>>() } else { vec![part] }
        })
        .map(|name| name.trim().trim_matches(',').trim().to_owned())
        .filter(|name| !name.is_empty())
        .collect()
}

fn read_json(dom: &Dom, script: NodeId, found: &mut Found) {
    let mut text = String::new();
    for child in dom.children(script) {
        if let Data::Text(piece) = &dom.node(child).data {
            text.push_str(piece);
        }
    }
    let Ok(value) = serde_json::from_str::<Value>(text.trim()) else { return };
    // The parser itself bounds the depth; the graph is at most a list in an object in a list.
    let mut queue = vec![&value];
    let mut seen = 0;
    while let Some(value) = queue.pop() {
        seen += 1;
        if seen > 1000 {
            return;
        }
        match value {
            Value::Array(items) => queue.extend(items.iter().rev()),
            Value::Object(fields) => {
                if let Some(graph) = fields.get("@graph") {
                    queue.push(graph);
                }
                let kinds = fields.get("@type").map(names).unwrap_or_default();
                if kinds.iter().any(|kind| is_paper(kind)) {
                    let name = |key: &str| fields.get(key).map(names).and_then(|names| names.into_iter().next());
                    found.title = found.title.take().or_else(|| name("headline")).or_else(|| name("name"));
                    found.date = found.date.take().or_else(|| name("datePublished"));
                    found.publisher = found.publisher.take().or_else(|| name("publisher"));
                    found.language = found.language.take().or_else(|| name("inLanguage"));
                    if found.authors.is_empty() {
                        found.authors = fields.get("author").or_else(|| fields.get("creator")).map(names).unwrap_or_default();
                    }
                } else if kinds.iter().any(|kind| kind == "WebSite") {
                    found.site = found.site.take().or_else(|| fields.get("name").map(names).and_then(|names| names.into_iter().next()));
                }
            }
            _ => {}
        }
    }
}

fn is_paper(kind: &str) -> bool {
    matches!(
        kind,
        "Article"
            | "NewsArticle"
            | "BlogPosting"
            | "Report"
            | "ScholarlyArticle"
            | "TechArticle"
            | "OpinionNewsArticle"
            | "AnalysisNewsArticle"
            | "CreativeWork"
            | "Publication"
            | "Legislation"
            | "GovernmentPublication"
            | "Book"
            | "DigitalDocument"
    )
}

/// The strings, or names of objects, that a value holds.
fn names(value: &Value) -> Vec<String> {
    match value {
        Value::String(text) => vec![clean(text)],
        Value::Array(items) => items.iter().take(200).filter_map(|item| item.as_str().map(clean).or_else(|| item.get("name")?.as_str().map(clean))).collect(),
        Value::Object(fields) => fields.get("name").and_then(Value::as_str).map(clean).into_iter().collect(),
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_the_site_off_a_title() {
        assert_eq!(without_site("Guarding the Grid | Some Institute", None, &[]), "Guarding the Grid");
        assert_eq!(without_site("Guarding the Grid — Reports", None, &["Guarding the grid".to_owned()]), "Guarding the Grid");
        assert_eq!(without_site("Trade - a view", None, &[]), "Trade - a view");
    }

    #[test]
    fn splits_authors() {
        assert_eq!(people("By Ann Lee, Bo Chan and Cy Dow"), ["Ann Lee", "Bo Chan", "Cy Dow"]);
        assert_eq!(people("Lee, Ann"), ["Lee, Ann"]);
        assert_eq!(people("Ann Lee &dagger;"), ["Ann Lee"]);
        assert!(people("https://example.org/ann").is_empty());
    }
}
