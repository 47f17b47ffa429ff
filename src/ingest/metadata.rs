//! What a document says of itself, from blocks that every format has. Formats with metadata of their own put that first.

use super::draft::{Draft, Part};
use super::shape;
use super::{date, date_line};
use crate::document::{BlockKind, Metadata};
use crate::lanes;

/// How many blocks from the start on may be a document's head.
const HEAD: usize = 25;

/// Title, subtitle, authors and date, where the head of the document gives them.
#[must_use]
pub fn of_drafts(source: &str, drafts: &[Draft]) -> Metadata {
    let mut metadata = Metadata::default();
    let head = drafts.iter().take(HEAD);
    let mut title_page = true;
    let mut memorandum = Memorandum::default();
    // The institution above the title, and where its last line ends.
    let mut letterhead: Option<(String, usize)> = None;
    for draft in head {
        let tells = matches!(draft.kind, BlockKind::Title | BlockKind::Byline | BlockKind::Paragraph);
        let text = if tells { text_of(source, draft) } else { String::new() };
        match draft.kind {
            BlockKind::Title if metadata.title.is_none() && letterhead.is_none() && is_letterhead(&text) => letterhead = Some((text, draft.source.end())),
            BlockKind::Title | BlockKind::Paragraph if title_page && metadata.title.is_none() && letterhead.is_some() => {
                if let Some((lines, end)) = &mut letterhead
                    && source.get(*end..draft.source.start()).is_some_and(|gap| gap.matches('\n').count() <= 1)
                    && shape::is_capitals(&text)
                {
                    lines.push(' ');
                    lines.push_str(&text);
                    *end = draft.source.end();
                } else if may_be_title(&text) {
                    metadata.title = Some(text);
                } else if text.len() > 200 {
                    break;
                } else {
                    memorandum.read(&text);
                }
            }
            BlockKind::Title if title_page && !is_genre(&text) => match (&mut metadata.title, &metadata.subtitle) {
                (None, _) => metadata.title = Some(text),
                (Some(title), _) if shape::ends_open(title) || same_capitals(title, &text) => {
                    title.push(' ');
                    title.push_str(&text);
                }
                (Some(_), None) => metadata.subtitle = Some(text),
                _ => {}
            },
            BlockKind::Byline => {
                if metadata.date.is_none() {
                    metadata.date = date_line::parse_line(&text);
                }
                if metadata.authors.is_empty() {
                    metadata.authors = authors(&text);
                }
            }
            BlockKind::Heading { .. } => title_page = false,
            BlockKind::Paragraph if text.len() > 200 => break,
            BlockKind::Paragraph => {
                if let Some(publisher) = labelled(&text, &["Publisher:", "Published by"]) {
                    metadata.publisher.get_or_insert(publisher);
                }
                memorandum.read(&text);
                if let Some(date) = labelled(&text, &["Date:", "Published:", "Date issued:", "DATE ISSUED:", "Publication date:"]) {
                    metadata.date = metadata.date.or_else(|| date_line::parse_line(&date).or_else(|| date::iso(&date)));
                }
            }
            _ => {}
        }
    }
    metadata.title = metadata.title.or_else(|| letterhead.map(|(lines, _)| lines));
    if let Memorandum { from: true, subject: Some(subject) } = memorandum {
        metadata.title = Some(subject);
        metadata.subtitle = None;
    }
    metadata
}

/// Blocks below a title that may be its byline and its date.
const BELOW_TITLE: usize = 5;

/// What [`of_drafts`] finds, and the authors and the date in lines of their own below the title: formats other than text do not say which line is which.
#[must_use]
pub fn of_head(source: &str, drafts: &[Draft]) -> Metadata {
    let mut metadata = of_drafts(source, drafts);
    let Some(title) = drafts.iter().take(HEAD).position(|draft| draft.kind == BlockKind::Title) else { return metadata };
    let below =
        drafts[title + 1..].iter().take(BELOW_TITLE).take_while(|draft| matches!(draft.kind, BlockKind::Paragraph | BlockKind::Title | BlockKind::Byline));
    for text in below.map(|draft| text_of(source, draft)).filter(|text| text.len() < 200) {
        // "12 May 2022 | Ann Lee": parts of one line.
        for part in text.split('|').map(str::trim) {
            metadata.date = metadata.date.or_else(|| date_line::parse_line(part));
            if metadata.authors.is_empty() {
                metadata.authors = authors(part);
            }
        }
    }
    metadata
}

/// "OFFICE OF THE COMPTROLLER", "RIVERSIDE INSTITUTE FOR TRADE", "THE HARBOUR FOUNDATION": an institution in capitals and nothing else.
fn is_letterhead(text: &str) -> bool {
    const BODIES: [&str; 14] = [
        "OFFICE",
        "CENTRE",
        "CENTER",
        "INSTITUTE",
        "INSTITUTION",
        "FOUNDATION",
        "MINISTRY",
        "DEPARTMENT",
        "COUNCIL",
        "UNIVERSITY",
        "AGENCY",
        "BUREAU",
        "COMMISSION",
        "ASSOCIATION",
    ];
    let words: Vec<&str> = text.split_whitespace().take(14).collect();
    let is_body = |word: &str| BODIES.contains(&word);
    let named =
        words.last().is_some_and(|last| is_body(last)) || words.windows(2).take(5).any(|pair| is_body(pair[0]) && matches!(pair[1], "OF" | "FOR" | "ON"));
    (2..=12).contains(&words.len()) && named && !words.contains(&"INTO") && !text.contains([':', '?', '–', '—']) && shape::is_capitals(text)
}

/// A line below a letterhead that is no number in a series, label, genre or place.
fn may_be_title(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    let in_series = lower.contains("no. ") || lower.ends_with(|c: char| c.is_ascii_digit());
    let labelled = text.find(':').is_some_and(|at| at < 10);
    let words = text.split_whitespace().count();
    (3..=30).contains(&words) && text.len() < 200 && !in_series && !labelled && !is_genre(text) && !text.ends_with('.') && !lower.starts_with("memorandum")
}

/// The lines at the head of a memorandum, whose subject is its title; what stands above is a letterhead.
#[derive(Default)]
struct Memorandum {
    from: bool,
    subject: Option<String>,
}

impl Memorandum {
    fn read(&mut self, text: &str) {
        self.from |= labelled(text, &["FROM:", "From:"]).is_some();
        if let Some(subject) = labelled(text, &["SUBJECT:", "Subject:", "RE:", "Re:"]) {
            self.subject.get_or_insert(subject);
        }
    }
}

/// The text of a draft on one line.
#[must_use]
pub fn text_of(source: &str, draft: &Draft) -> String {
    let mut text = String::new();
    for part in &draft.parts {
        match part {
            Part::Text(span) => {
                let piece = span.of(source);
                let glue = piece.starts_with(char::is_whitespace) && !text.is_empty() && !text.ends_with(' ');
                text.reserve(piece.len() + 1);
                if glue {
                    text.push(' ');
                }
                let words = piece.trim();
                if lanes::is_single_spaced(words.as_bytes()) {
                    text.push_str(words);
                } else {
                    for (index, word) in words.split_whitespace().enumerate() {
                        if index > 0 {
                            text.push(' ');
                        }
                        text.push_str(word);
                    }
                }
                if piece.ends_with(char::is_whitespace) && !text.ends_with(' ') {
                    text.push(' ');
                }
            }
            Part::Space(_) if !text.ends_with(' ') => text.push(' '),
            Part::Replaced { text: other, .. } => text.push_str(other),
            _ => {}
        }
    }
    text.trim().to_owned()
}

/// Names of kinds of papers, which stand above titles.
#[must_use]
pub fn is_genre(text: &str) -> bool {
    const GENRES: [&str; 34] = [
        "opinion",
        "editorial",
        "op-ed",
        "analysis",
        "essay",
        "viewpoint",
        "perspective",
        "policy brief",
        "issue brief",
        "research brief",
        "working paper",
        "discussion paper",
        "policy paper",
        "report",
        "brief",
        "briefing",
        "briefing paper",
        "research paper",
        "commentary",
        "article",
        "memorandum",
        "policy memo",
        "memo",
        "white paper",
        "green paper",
        "policy note",
        "technical report",
        "testimony",
        "press release",
        "final report",
        "interim report",
        "annual report",
        "addendum",
        "corrigendum",
    ];
    // "POLICY BRIEF | April 2025"
    let text = text.split('|').next().unwrap_or(text).trim();
    GENRES.iter().any(|genre| text.eq_ignore_ascii_case(genre))
}

fn same_capitals(title: &str, more: &str) -> bool {
    shape::is_capitals(title) && shape::is_capitals(more)
}

fn labelled(text: &str, labels: &[&str]) -> Option<String> {
    labels
        .iter()
        .find_map(|label| text.strip_prefix(label))
        .map(|value| value.trim().trim_end_matches('.').to_owned())
        .filter(|value| !value.is_empty() && value.len() < 100)
}

/// The persons that a byline names; none if it names something else too.
#[must_use]
pub fn authors(line: &str) -> Vec<String> {
    let line = line.trim();
    let lead = ["By ", "by ", "BY ", "Written by ", "Authors: ", "Author: ", "Author(s): ", "Prepared by "].iter().find_map(|lead| line.strip_prefix(lead));
    let names = lead.unwrap_or(line);
    if lead.is_none() && !shape::is_list_of_names(names) {
        return Vec::new();
    }
    let chunks: Vec<&str> = names
        .split([',', ';', '&', '|'])
        .flat_map(|part| part.split(" and "))
        .map(|chunk| chunk.trim().trim_start_matches("and ").trim())
        .filter(|chunk| !chunk.is_empty())
        .collect();
    let is_name = |chunk: &&str| {
        let words = chunk.split_whitespace().count();
        (2..=5).contains(&words)
            && chunk.split_whitespace().all(|word| {
                word.starts_with(char::is_uppercase) || matches!(word, "de" | "van" | "von" | "der" | "den" | "del" | "da" | "di" | "la" | "bin" | "al")
            })
            && !chunk.contains(|c: char| c.is_ascii_digit())
    };
    if chunks.iter().all(is_name) {
        chunks.into_iter().map(str::to_owned).collect()
    } else {
        chunks.into_iter().take(1).filter(is_name).map(str::to_owned).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_bylines() {
        assert_eq!(authors("By Anna Smith and John B. Doe"), ["Anna Smith", "John B. Doe"]);
        assert_eq!(authors("Anna H. Smith , Ben Doe , and Cleo Roe"), ["Anna H. Smith", "Ben Doe", "Cleo Roe"]);
        assert_eq!(authors("May 2022"), Vec::<String>::new());
    }

    #[test]
    fn tells_letterheads_from_titles() {
        assert!(is_letterhead("OFFICE OF THE COMPTROLLER") && is_letterhead("THE HARBOUR FOUNDATION"));
        assert!(!is_letterhead("COMMISSION OF INQUIRY INTO THE FLOODS") && !is_letterhead("Office of the Comptroller") && !is_letterhead("RIVERS AND LAKES"));
        assert!(may_be_title("Ferry Fares on the Northern Coast") && !may_be_title("REPORT NO. 7 OF 2021") && !may_be_title("POLICY BRIEF"));
    }
}
