//! Who issued a document that the running text cites by its symbol: "the report of the Sixth Committee (A/74/1)"; and the full names of issuers.

use rustc_hash::FxHashMap as HashMap;

use crate::document::Document;
use crate::record::{Name, Work, WorkKind};

/// How far before the symbol the words that name the issuer may stand, in bytes.
const REACH: usize = 320;

/// Lower-case nouns that end the name of a body.
const BODIES: [&str; 14] =
    ["panel", "committee", "commission", "mission", "group", "board", "team", "secretariat", "council", "unit", "office", "court", "working", "inquiry"];

/// Adds the issuer, type and date that the words before a symbol in brackets tell. `before` is the text before the symbol.
pub(super) fn complete(work: &mut Work, before: &str) {
    let symbol = work.number.as_deref().is_some_and(|number| number.contains('/'));
    if !symbol || !work.authors.is_empty() || work.title.is_some() {
        return;
    }
    if work.number.as_deref().is_some_and(|number| number.starts_with("S/PRST/")) {
        work.authors.push(Name::institution("Security Council"));
        return;
    }
    let Some(sentence) = before.trim_end().strip_suffix('(').map(sentence) else { return };
    let Some(report) = sentence.rfind("report").or_else(|| sentence.rfind("Report")) else { return };
    let after = &sentence[report + "report".len()..];
    let Some((between, issuer)) = after.split_once("of the ").filter(|(between, _)| between.split_whitespace().count() <= 5) else { return };
    let Some(issuer) = body(issuer) else { return };
    if between.split_whitespace().all(|word| !word.contains(',')) {
        work.authors.push(Name::institution(issuer));
        work.kind = WorkKind::Report;
    }
}

/// The full names that the document gives to issuers that it calls by one word.
pub(super) struct FullNames<'a> {
    text: &'a str,
    known: HashMap<&'static str, Option<&'a str>>,
}

impl<'a> FullNames<'a> {
    pub fn new(document: &'a Document) -> Self {
        Self { text: &document.reading, known: HashMap::default() }
    }

    /// "the Commission’s Spring Forecast": the one-word name of an issuer is short for the name that the document gives it.
    pub fn complete(&mut self, work: &mut Work) {
        const HEADS: [&str; 12] =
            ["Commission", "Council", "Committee", "Court", "Bank", "Fund", "Department", "Ministry", "Agency", "Board", "Parliament", "Assembly"];
        let [author] = work.authors.as_mut_slice() else { return };
        let Some(head) = author.literal.as_deref().and_then(|name| HEADS.iter().find(|head| **head == name)) else { return };
        let text = self.text;
        if let Some(full) = *self.known.entry(head).or_insert_with(|| full_name(text, head)) {
            author.literal = Some(full.to_owned());
        }
    }
}

/// The first name in `text` that ends with `head`, has capitals and follows an article.
fn full_name<'a>(text: &'a str, head: &str) -> Option<&'a str> {
    const MOST: usize = 200;
    const LONGEST: usize = 160;
    memchr::memmem::find_iter(text.as_bytes(), head.as_bytes()).take(MOST).find_map(|at| {
        let before = text.get(..at)?.strip_suffix(' ')?;
        let from = (before.len().saturating_sub(LONGEST)..=before.len()).find(|&from| before.is_char_boundary(from))?;
        let article = [" the ", "The "].iter().filter_map(|article| before[from..].rfind(article).map(|the| from + the + article.len())).max()?;
        let name = text.get(article..at + head.len())?;
        let words = name.split(' ');
        let capital = words.clone().all(|word| word.starts_with(char::is_uppercase) || matches!(word, "of" | "and" | "for" | "on"));
        (capital && (2..=6).contains(&words.count())).then_some(name)
    })
}

/// The end of `text` since the last sentence or bracket began.
fn sentence(text: &str) -> &str {
    let from = text.len().saturating_sub(REACH);
    let from = (from..text.len()).find(|&at| text.is_char_boundary(at)).unwrap_or(text.len());
    let tail = &text[from..];
    let start = tail.rfind(". ").map_or(0, |at| at + 2).max(tail.rfind("; ").map_or(0, |at| at + 2)).max(tail.rfind(") and ").map_or(0, |at| at + 2));
    &tail[start..]
}

/// The name of the body that `text` begins with: capitalised words, with the small words between them and a closing noun.
fn body(text: &str) -> Option<&str> {
    let mut end = 0;
    let mut at = 0;
    for word in text.split_inclusive(' ') {
        let bare = word.trim_end();
        if bare.starts_with(char::is_uppercase) || BODIES.contains(&bare) && end > 0 {
            end = at + bare.len();
        } else if !(matches!(bare, "of" | "for" | "on" | "and" | "the" | "to" | "in") && end > 0) {
            break;
        }
        at += word.len();
        if bare.ends_with([',', ';', ':', ')']) {
            break;
        }
    }
    let name = text[..end].trim_end_matches([',', ';', ':', ')']);
    (!name.is_empty()).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn issuer(before: &str) -> Option<String> {
        let mut work = Work { number: Some("A/70/12".to_owned()), ..Work::default() };
        complete(&mut work, before);
        work.authors.first().and_then(|name| name.literal.clone())
    }

    #[test]
    fn the_issuer_stands_before_the_symbol() {
        for (before, name) in [
            ("as set out in the report of the Sixth Committee (", Some("Sixth Committee")),
            ("I transmit the report dated 3 May 2001 of the Harbour Union panel set up to consider it (", Some("Harbour Union panel")),
            ("the report of the Working Group on Ports and Rails (", Some("Working Group on Ports and Rails")),
            ("the report of the ports (", None),
            ("It met the Sixth Committee (", None),
            ("It read the report of the Board. The port was shut (", None),
        ] {
            assert_eq!(issuer(before).as_deref(), name, "{before}");
        }
    }
}
