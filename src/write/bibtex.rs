//! BibTeX, with values escaped so that LaTeX prints them as they are.

use std::fmt::Write as _;

use super::csl::parts;
use super::reference::{Item, merge};
use crate::record::{Citation, Name, WorkKind};

/// The works cited as BibTeX entries.
#[must_use]
pub fn bibtex(citations: &[Citation]) -> String {
    merge(citations).iter().map(entry).collect::<Vec<_>>().join("\n")
}

/// One entry.
#[must_use]
pub fn entry(item: &Item) -> String {
    let work = &item.work;
    let kind = match work.kind {
        WorkKind::ArticleJournal | WorkKind::ArticleMagazine | WorkKind::ArticleNewspaper => "article",
        WorkKind::Book => "book",
        WorkKind::Chapter => "incollection",
        WorkKind::Report => "techreport",
        WorkKind::Thesis => "phdthesis",
        WorkKind::Article => "unpublished",
        _ => "misc",
    };
    let mut out = format!("@{kind}{{{},\n", item.key);
    let container = match kind {
        "article" => "journal",
        "incollection" => "booktitle",
        _ => "howpublished",
    };
    let publisher = match kind {
        "techreport" => "institution",
        "phdthesis" => "school",
        _ => "publisher",
    };
    let names = |names: &[Name]| (!names.is_empty()).then(|| names.iter().map(name).collect::<Vec<_>>().join(" and "));
    let date = work.date.as_deref().and_then(parts).unwrap_or_default();
    let month = date.get(1).and_then(|&month| MONTHS.get(month as usize - 1).copied().filter(|_| month > 0));
    let fields = [
        ("author", names(&work.authors)),
        ("editor", names(&work.editors)),
        ("title", work.title.as_deref().map(|title| format!("{{{}}}", escape(title)))),
        (container, work.container_title.as_deref().map(escape)),
        (publisher, work.publisher.as_deref().map(escape)),
        ("address", work.place.as_deref().map(escape)),
        ("year", date.first().map(u32::to_string)),
        ("volume", work.volume.as_deref().map(escape)),
        ("number", work.issue.as_deref().or(work.number.as_deref()).map(escape)),
        ("pages", work.pages.as_deref().map(|pages| escape(pages).replace(['–', '—'], "--"))),
        ("edition", work.edition.as_deref().map(escape)),
        ("doi", work.doi.as_deref().map(verbatim)),
        ("url", work.url.as_deref().map(verbatim)),
        ("urldate", work.accessed.clone()),
    ];
    for (field, value) in fields {
        if let Some(value) = value {
            let _ = writeln!(out, "  {field} = {{{value}}},");
        }
    }
    if let Some(month) = month {
        let _ = writeln!(out, "  month = {month},");
    }
    out.push_str("}\n");
    out
}

const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// "Family, Given"; an institution in braces of its own, so that BibTeX does not take it apart.
fn name(name: &Name) -> String {
    match &name.literal {
        Some(literal) => format!("{{{}}}", escape(literal)),
        None => escape(&name.display()),
    }
}

/// Escapes what TeX takes for commands. BibTeX counts braces that a backslash precedes too, so braces of the text become commands.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        match c {
            '&' | '%' | '$' | '#' | '_' => {
                out.push('\\');
                out.push(c);
            }
            '{' => out.push_str("\\textbraceleft{}"),
            '}' => out.push_str("\\textbraceright{}"),
            '\\' => out.push_str("\\textbackslash{}"),
            '~' => out.push_str("\\textasciitilde{}"),
            '^' => out.push_str("\\textasciicircum{}"),
            _ => out.push(c),
        }
    }
    out
}

/// An address as it is; braces, which would unbalance the entry, in percent form.
fn verbatim(text: &str) -> String {
    text.replace('{', "%7B").replace('}', "%7D").replace('\\', "%5C")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::Work;

    #[test]
    fn values_are_escaped_and_braces_balanced() {
        let work = Work {
            kind: WorkKind::Report,
            authors: vec![Name::institution("Ports & Rails {Office}")],
            title: Some("100% of 5_$ \\ {".to_owned()),
            date: Some("2022-05".to_owned()),
            url: Some("https://x.org/a_{b}".to_owned()),
            ..Work::default()
        };
        let text = entry(&Item { key: "k".to_owned(), work, cited_by: Vec::new() });
        assert!(text.starts_with("@techreport{k,\n  author = {{Ports \\& Rails \\textbraceleft{}Office\\textbraceright{}}},\n"), "{text}");
        assert!(text.contains("url = {https://x.org/a_%7Bb%7D}") && text.contains("month = may"), "{text}");
    }
}
