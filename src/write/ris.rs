//! RIS, the tagged format that reference managers exchange.

use super::bytes::one_line;
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
    let mut out = String::with_capacity(512);
    let mut line = |tag: &str, value: Option<&str>| {
        if let Some(value) = value {
            out.extend([tag, "  - ", &one_line(value), "\r\n"]);
        }
    };
    line("TY", Some(kind));
    line("ID", Some(&item.key));
    work.authors.iter().for_each(|name| line("AU", Some(&name.display())));
    work.editors.iter().for_each(|name| line("ED", Some(&name.display())));
    let pages = work.pages.as_deref().map(|pages| pages.split_once(['-', '–', '—']).unwrap_or((pages, "")));
    line("TI", work.title.as_deref());
    line("T2", work.container_title.as_deref());
    line("PB", work.publisher.as_deref());
    line("CY", work.place.as_deref());
    line("PY", work.date.as_deref().and_then(|date| date.get(..4)));
    line("DA", work.date.as_deref().and_then(date).as_deref());
    line("VL", work.volume.as_deref());
    line("IS", work.issue.as_deref().or(work.number.as_deref()));
    line("SP", pages.map(|(first, _)| first));
    line("EP", pages.map(|(_, last)| last.trim()).filter(|last| !last.is_empty()));
    line("ET", work.edition.as_deref());
    line("DO", work.doi.as_deref());
    line("UR", work.url.as_deref());
    line("Y2", work.accessed.as_deref().and_then(date).as_deref());
    out.push_str("ER  - \r\n");
    out
}

/// An ISO date as RIS has it: 2022/05//
fn date(date: &str) -> Option<String> {
    let parts = parts(date)?;
    let part = |index: usize, width: usize| parts.get(index).map_or(String::new(), |value| format!("{value:0width$}"));
    Some(format!("{}/{}/{}/", part(0, 4), part(1, 2), part(2, 2)))
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
