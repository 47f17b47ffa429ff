//! BibTeX, with values escaped so that LaTeX prints them as they are.

use super::bytes;
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
    let date = work.date.as_deref().and_then(parts).unwrap_or_default();
    let month = date.get(1).and_then(|&month| MONTHS.get((month as usize).checked_sub(1)?).copied());
    let mut entry = Entry { out: String::with_capacity(512) };
    entry.out.extend(["@", kind, "{", &item.key, ",\n"]);
    entry.names("author", &work.authors);
    entry.names("editor", &work.editors);
    // Braces of its own keep the case of the title.
    entry.field("title", work.title.as_deref(), braced);
    entry.field(container, work.container_title.as_deref(), escape);
    entry.field(publisher, work.publisher.as_deref(), escape);
    entry.field("address", work.place.as_deref(), escape);
    entry.field("year", date.first().map(u32::to_string).as_deref(), escape);
    entry.field("volume", work.volume.as_deref(), escape);
    entry.field("number", work.issue.as_deref().or(work.number.as_deref()), escape);
    entry.field("pages", work.pages.as_deref().map(|pages| pages.replace(['–', '—'], "--")).as_deref(), escape);
    entry.field("edition", work.edition.as_deref(), escape);
    entry.field("doi", work.doi.as_deref(), verbatim);
    entry.field("url", work.url.as_deref(), verbatim);
    entry.field("urldate", work.accessed.as_deref(), |accessed, out| out.push_str(accessed));
    if let Some(month) = month {
        entry.out.extend(["  month = ", month, ",\n"]);
    }
    entry.out.push_str("}\n");
    entry.out
}

/// An entry in the making.
struct Entry {
    out: String,
}

impl Entry {
    fn field(&mut self, name: &str, value: Option<&str>, write: impl Fn(&str, &mut String)) {
        if let Some(value) = value {
            self.out.extend(["  ", name, " = {"]);
            write(value, &mut self.out);
            self.out.push_str("},\n");
        }
    }

    fn names(&mut self, field: &str, names: &[Name]) {
        let joined = |_: &str, out: &mut String| {
            for (index, one) in names.iter().enumerate() {
                out.push_str(if index > 0 { " and " } else { "" });
                name(one, out);
            }
        };
        self.field(field, (!names.is_empty()).then_some(""), joined);
    }
}

const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// "Family, Given"; an institution in braces of its own, so that BibTeX does not take it apart.
fn name(name: &Name, out: &mut String) {
    match &name.literal {
        Some(literal) => braced(literal, out),
        None => escape(&name.display(), out),
    }
}

fn braced(text: &str, out: &mut String) {
    out.push('{');
    escape(text, out);
    out.push('}');
}

/// Escapes what TeX takes for commands. BibTeX counts braces that a backslash precedes too, so braces of the text become commands.
fn escape(text: &str, out: &mut String) {
    bytes::replace(text, out, |byte| match byte {
        b'&' => Some("\\&"),
        b'%' => Some("\\%"),
        b'$' => Some("\\$"),
        b'#' => Some("\\#"),
        b'_' => Some("\\_"),
        b'{' => Some("\\textbraceleft{}"),
        b'}' => Some("\\textbraceright{}"),
        b'\\' => Some("\\textbackslash{}"),
        b'~' => Some("\\textasciitilde{}"),
        b'^' => Some("\\textasciicircum{}"),
        _ => None,
    });
}

/// An address as it is; braces, which would unbalance the entry, in percent form.
fn verbatim(text: &str, out: &mut String) {
    bytes::replace(text, out, |byte| match byte {
        b'{' => Some("%7B"),
        b'}' => Some("%7D"),
        b'\\' => Some("%5C"),
        _ => None,
    });
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
