//! One HTML page over a set of records: the papers with their items marked in the text, facets, search, and the comparison as pictures.
//!
//! The page works from disk, without a network. Untrusted text is only ever data: it stands in JSON blocks with `<`, `>` and `&` escaped, enters the
//! document as text nodes, and a Content-Security-Policy by hash lets nothing but the page's own script and style run.

mod index;

use std::fmt::Write as _;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

use crate::compare::Comparison;
use crate::record::Analysis;

const PAGE: &str = include_str!("page.html");
const STYLE: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");

/// Records of more than this many bytes in all are written to files beside the page, each loaded when its paper is opened.
pub const SPLIT_FROM: usize = 16 << 20;

/// A page and the files that belong beside it.
#[derive(Debug)]
pub struct Report {
    pub html: String,
    /// File names within the folder of records, and their contents; empty for a report in one file.
    pub files: Vec<(String, String)>,
}

/// Makes the page. `records` must be those of the comparison, in any order; `folder` is the name of the folder beside the page for a report that is
/// too large for one file.
///
/// # Errors
/// If a record cannot be written as JSON, which does not happen for records that were read from JSON.
pub fn report(records: &[Analysis], comparison: &Comparison, folder: &str) -> serde_json::Result<Report> {
    let mut ordered: Vec<&Analysis> = records.iter().collect();
    ordered.sort_by(|one, other| one.document.id.cmp(&other.document.id));
    let blocks = ordered.iter().map(|record| serde_json::to_string(record).map(|json| harmless(&json))).collect::<Result<Vec<_>, _>>()?;
    let is_split = blocks.iter().map(String::len).sum::<usize>() > SPLIT_FROM;
    let mut files = Vec::new();
    let mut inline = String::new();
    for (at, block) in blocks.iter().enumerate() {
        if is_split {
            let id = harmless(&serde_json::to_string(&ordered[at].document.id)?);
            files.push((format!("{at}.js"), format!("policylensRecord({id}, {block});\n")));
        } else {
            inline.push_str(&format!("<script type=\"application/json\" id=\"record-{at}\">{block}</script>\n"));
        }
    }
    let index = harmless(&serde_json::to_string(&index::index(&ordered, comparison, is_split.then_some(folder)))?);
    let html = PAGE
        .replace("{{policy}}", &policy(is_split))
        .replace("{{version}}", env!("CARGO_PKG_VERSION"))
        .replace("{{beside}}", &if is_split { format!(" and the folder {folder}") } else { String::new() })
        .replace("{{style}}", STYLE)
        .replace("{{script}}", SCRIPT);
    // The data go in last, in one step, so that nothing in them is taken for a place holder.
    let (before, rest) = html.split_once("{{index}}").unwrap_or((&html, ""));
    let (between, after) = rest.split_once("{{documents}}").unwrap_or((rest, ""));
    Ok(Report { html: [before, &index, between, &inline, after].concat(), files })
}

/// What the page may do: run its own script and style; in a split report also load the scripts beside it. Nothing else.
fn policy(is_split: bool) -> String {
    let hash = |text: &str| format!("'sha256-{}'", STANDARD.encode(Sha256::digest(text.as_bytes())));
    let beside = if is_split { " 'self' file:" } else { "" };
    format!("default-src 'none'; script-src {}{beside}; style-src {}; base-uri 'none'; form-action 'none'", hash(SCRIPT), hash(STYLE))
}

/// JSON that can stand in a script element: no character of it can end the element, open a comment, or reorder what an editor shows.
fn harmless(json: &str) -> String {
    let mut out = String::with_capacity(json.len() + json.len() / 16);
    for c in json.chars() {
        match c {
            '<' => out.push_str("\\u003c"),
            '>' => out.push_str("\\u003e"),
            '&' => out.push_str("\\u0026"),
            // Line separators end a line of script; bidirectional controls would show the source in another order.
            '\u{2028}' | '\u{2029}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {
                let _ = write!(out, "\\u{:04x}", c as u32);
            }
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compare::paper::Paper;
    use crate::compare::{Parameters, compare};
    use crate::record::DocumentInfo;

    fn page(text: &str) -> Report {
        let document = DocumentInfo { id: "a".to_owned(), title: Some(text.to_owned()), ..DocumentInfo::default() };
        let record = Analysis { document, text: text.to_owned(), ..Analysis::default() };
        let comparison = compare(vec![Paper::from_record(&record)], Parameters::default());
        report(&[record], &comparison, "report_files").expect("a record is JSON")
    }

    #[test]
    fn text_cannot_leave_its_data_block() {
        let html = page("</script><script>alert(1)</script><!-- {{index}} {{documents}}").html;
        assert!(!html.contains("<script>alert"));
        assert_eq!(html.matches("<script").count(), html.matches("</script>").count());
        assert!(!html.contains("<!--"));
    }

    #[test]
    fn a_small_report_is_one_file_and_a_large_one_is_split() {
        assert!(page("short").files.is_empty());
        assert_eq!(page(&"long ".repeat(SPLIT_FROM / 4)).files.len(), 1);
    }
}
