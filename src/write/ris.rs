//! RIS, the tagged format that reference managers exchange.

use super::csl::parts;
use super::reference::{Item, merge};
use crate::record::{Citation, WorkKind};

/// The works cited as RIS records.
#[must_use]
pub fn ris(citations: &[Citation]) -> String {
    merge(citations).iter().map(record).collect()
}

/// One record.
#[must_use]
pub fn record(item: &Item) -> String {
    let work = &item.work;
    let kind = match work.kind {
        WorkKind::Report => "RPRT",
        WorkKind::Webpage => "ELEC",
        WorkKind::PostWeblog => "BLOG",
        WorkKind::ArticleNewspaper => "NEWS",
        WorkKind::ArticleMagazine => "MGZN",
        WorkKind::ArticleJournal => "JOUR",
        WorkKind::Article => "UNPB",
        WorkKind::Book => "BOOK",
        WorkKind::Chapter => "CHAP",
        WorkKind::Legislation => "STAT",
        WorkKind::LegalCase => "CASE",
        WorkKind::Bill => "BILL",
        WorkKind::Hearing => "HEAR",
        WorkKind::Thesis => "THES",
        WorkKind::Dataset => "DATA",
        _ => "GEN",
    };
    let mut lines = vec![("TY", kind.to_owned()), ("ID", item.key.clone())];
    lines.extend(work.authors.iter().map(|name| ("AU", super::reference::family_first(name))));
    lines.extend(work.editors.iter().map(|name| ("ED", super::reference::family_first(name))));
    let (first, last) = match work.pages.as_deref().map(|pages| pages.split_once(['-', '–', '—']).unwrap_or((pages, ""))) {
        Some((first, last)) => (Some(first.trim().to_owned()), Some(last.trim().to_owned()).filter(|last| !last.is_empty())),
        None => (None, None),
    };
    let date = |date: &Option<String>| {
        let parts = date.as_deref().and_then(parts)?;
        let part = |index: usize, width: usize| parts.get(index).map_or(String::new(), |value| format!("{value:0width$}"));
        Some(format!("{}/{}/{}/", part(0, 4), part(1, 2), part(2, 2)))
    };
    let fields = [
        ("TI", work.title.clone()),
        ("T2", work.container_title.clone()),
        ("PB", work.publisher.clone()),
        ("CY", work.place.clone()),
        ("PY", work.date.as_deref().and_then(|date| date.get(..4)).map(str::to_owned)),
        ("DA", date(&work.date)),
        ("VL", work.volume.clone()),
        ("IS", work.issue.clone().or(work.number.clone())),
        ("SP", first),
        ("EP", last),
        ("ET", work.edition.clone()),
        ("DO", work.doi.clone()),
        ("UR", work.url.clone()),
        ("Y2", date(&work.accessed)),
    ];
    lines.extend(fields.into_iter().filter_map(|(tag, value)| value.map(|value| (tag, value))));
    let mut out: String = lines.into_iter().map(|(tag, value)| format!("{tag}  - {}\r\n", value.split_whitespace().collect::<Vec<_>>().join(" "))).collect();
    out.push_str("ER  - \r\n");
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::{Name, Work};

    #[test]
    fn a_record_begins_with_its_type_and_ends() {
        let work = Work {
            kind: WorkKind::ArticleJournal,
            authors: vec![Name::person("Ward", Some("Lena"))],
            title: Some("Ports".to_owned()),
            pages: Some("12–15".to_owned()),
            date: Some("2022-05".to_owned()),
            ..Work::default()
        };
        let text = record(&Item { key: "k".to_owned(), work, cited_by: Vec::new() });
        assert_eq!(text, "TY  - JOUR\r\nID  - k\r\nAU  - Ward, Lena\r\nTI  - Ports\r\nPY  - 2022\r\nDA  - 2022/05//\r\nSP  - 12\r\nEP  - 15\r\nER  - \r\n");
    }
}
