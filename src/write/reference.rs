//! The works cited, merged: one item a work, with a stable key and the citations that name it.

use rustc_hash::FxHashMap as HashMap;
use std::collections::BTreeMap;

use crate::id;
use crate::record::{Citation, Work, WorkKind};

/// A work with all the citations of it.
#[derive(Debug, Clone)]
pub struct Item {
    /// Stable: made from author, year and title.
    pub key: String,
    pub work: Work,
    /// Ids of the citations that name it, in document order.
    pub cited_by: Vec<String>,
}

/// Merges citations of the same work: by DOI, by address, by title and year. Short forms go to the work that they mean.
#[must_use]
pub fn merge(citations: &[Citation]) -> Vec<Item> {
    let mut items: Vec<Item> = Vec::new();
    let mut known: HashMap<String, usize> = HashMap::default();
    let mut of_citation: HashMap<&str, usize> = HashMap::default();
    for citation in citations.iter().filter(|citation| citation.work.kind != WorkKind::Short) {
        let marks = marks(&citation.work);
        if marks.is_empty() {
            continue;
        }
        let index = match marks.iter().find_map(|mark| known.get(mark)) {
            Some(&index) => {
                fill(&mut items[index].work, &citation.work);
                index
            }
            None => {
                items.push(Item { key: String::new(), work: citation.work.clone(), cited_by: Vec::new() });
                items.len() - 1
            }
        };
        for mark in marks {
            known.entry(mark).or_insert(index);
        }
        items[index].cited_by.push(citation.id.clone());
        of_citation.insert(&citation.id, index);
    }
    for citation in citations.iter().filter(|citation| citation.work.kind == WorkKind::Short) {
        if let Some(&index) = citation.refers_to.as_deref().and_then(|id| of_citation.get(id)) {
            items[index].cited_by.push(citation.id.clone());
        }
    }
    give_keys(&mut items);
    items
}

/// What a work is recognised by.
fn marks(work: &Work) -> Vec<String> {
    let mut marks = Vec::new();
    if let Some(doi) = &work.doi {
        marks.push(format!("doi {}", doi.to_lowercase()));
    }
    if let Some(url) = &work.url {
        let bare = url.trim_start_matches("https://").trim_start_matches("http://").trim_start_matches("www.").trim_end_matches('/');
        marks.push(format!("url {}", bare.to_lowercase()));
    }
    let year = work.date.as_deref().and_then(|date| date.get(..4)).unwrap_or_default();
    if let Some(title) = &work.title {
        let mark = title_mark(title, year);
        if mark.len() >= "title ".len() + 6 + " ".len() + year.len() {
            marks.push(mark);
        }
    } else if let Some(number) = &work.number {
        marks.push(format!("number {}", number.to_lowercase()));
    }
    marks
}

/// The letters and digits of a title in lower case, and the year.
fn title_mark(title: &str, year: &str) -> String {
    let mut mark = String::with_capacity(title.len() + 16);
    mark.push_str("title ");
    for c in title.chars().filter(|c| c.is_alphanumeric()) {
        match c {
            'A'..='Z' => mark.push(c.to_ascii_lowercase()),
            'a'..='z' | '0'..='9' => mark.push(c),
            _ => mark.extend(c.to_lowercase()),
        }
    }
    mark.extend([" ", year]);
    mark
}

/// Adds the fields that another citation of the same work gives.
fn fill(work: &mut Work, other: &Work) {
    if work.authors.is_empty() {
        work.authors.clone_from(&other.authors);
    }
    if work.editors.is_empty() {
        work.editors.clone_from(&other.editors);
    }
    let pairs = [
        (&mut work.title, &other.title),
        (&mut work.container_title, &other.container_title),
        (&mut work.publisher, &other.publisher),
        (&mut work.place, &other.place),
        (&mut work.volume, &other.volume),
        (&mut work.issue, &other.issue),
        (&mut work.pages, &other.pages),
        (&mut work.edition, &other.edition),
        (&mut work.number, &other.number),
        (&mut work.url, &other.url),
        (&mut work.doi, &other.doi),
        (&mut work.accessed, &other.accessed),
    ];
    for (field, value) in pairs {
        if field.is_none() {
            field.clone_from(value);
        }
    }
    // The fuller date says more.
    let fuller = match (&work.date, &other.date) {
        (Some(known), Some(new)) => new.len() > known.len() && new.starts_with(known.as_str()),
        (None, Some(_)) => true,
        _ => false,
    };
    if fuller {
        work.date.clone_from(&other.date);
    }
}

/// Gives each item a key such as `ward2020ports`; works that would share one get four hexadecimal digits of their own.
fn give_keys(items: &mut [Item]) {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for item in items.iter_mut() {
        item.key = base_key(&item.work);
        *counts.entry(item.key.clone()).or_default() += 1;
    }
    let mut given: BTreeMap<String, usize> = BTreeMap::new();
    for item in items.iter_mut() {
        if counts.get(&item.key).is_some_and(|&count| count > 1) {
            let content = marks(&item.work).join("\n");
            item.key = format!("{}-{}", item.key, &id::sha256(content.as_bytes())[..4]);
        }
        let times = given.entry(item.key.clone()).or_default();
        *times += 1;
        if *times > 1 {
            item.key = format!("{}-{times}", item.key);
        }
    }
}

fn base_key(work: &Work) -> String {
    let name = work.authors.first().or(work.editors.first()).and_then(|name| name.family.as_deref().or(name.literal.as_deref())).unwrap_or_default();
    let year = work.date.as_deref().and_then(|date| date.get(..4)).unwrap_or_default();
    let title = work.title.as_deref().or(work.number.as_deref()).unwrap_or_default();
    let first = |text: &str, skip: &[&str]| {
        let word = text.split(|c: char| !c.is_alphanumeric()).map(ascii).find(|word| word.len() > 1 && !skip.contains(&word.as_str()));
        word.unwrap_or_default()
    };
    let key = format!("{}{year}{}", first(name, &["the", "of"]), first(title, &["the", "an", "of", "on", "in", "and", "for", "to"]));
    if key.is_empty() { "work".to_owned() } else { key }
}

/// Lower-case ASCII letters and digits of a word, accents left out.
fn ascii(word: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    if word.is_ascii() {
        return word.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect();
    }
    word.nfkd().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::Name;

    pub(super) fn citation(id: &str, title: &str, year: &str, url: Option<&str>) -> Citation {
        let work = Work {
            kind: WorkKind::Report,
            authors: vec![Name::person("Ward", Some("Lena"))],
            title: Some(title.to_owned()),
            date: Some(year.to_owned()),
            url: url.map(str::to_owned),
            ..Work::default()
        };
        Citation { id: id.to_owned(), work, ..Citation::default() }
    }

    #[test]
    fn one_work_cited_three_times_is_one_item() {
        let mut short = citation("c3", "x", "2020", None);
        short.work = Work { kind: WorkKind::Short, ..Work::default() };
        short.refers_to = Some("c1".to_owned());
        let items = merge(&[citation("c1", "Ports and Power", "2020", None), citation("c2", "PORTS AND POWER", "2020", Some("https://x.org/p")), short]);
        assert_eq!(items.len(), 1);
        assert_eq!((items[0].key.as_str(), items[0].cited_by.join(" ").as_str()), ("ward2020ports", "c1 c2 c3"));
        assert_eq!(items[0].work.url.as_deref(), Some("https://x.org/p"));
    }

    #[test]
    fn works_that_would_share_a_key_keep_apart() {
        let items = merge(&[citation("c1", "Ports and Power", "2020", None), citation("c2", "Ports of Call", "2020", None)]);
        assert_eq!(items.len(), 2);
        assert_ne!(items[0].key, items[1].key);
    }
}
