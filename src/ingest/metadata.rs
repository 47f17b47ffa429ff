//! What a document says of itself, from blocks that every format has. Formats with metadata of their own put that first.

use super::draft::{Draft, Part};
use super::shape;
use super::{date, date_line};
use crate::document::{BlockKind, Metadata};

/// How many blocks from the start on may be a document's head.
const HEAD: usize = 25;

/// Title, subtitle, authors and date, where the head of the document gives them.
#[must_use]
pub fn of_drafts(source: &str, drafts: &[Draft]) -> Metadata {
    let mut metadata = Metadata::default();
    let head = drafts.iter().take(HEAD);
    let mut title_page = true;
    let mut memorandum = Memorandum::default();
    for draft in head {
        let text = text_of(source, draft);
        match draft.kind {
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
    if let Memorandum { from: true, subject: Some(subject) } = memorandum {
        metadata.title = Some(subject);
        metadata.subtitle = None;
    }
    metadata
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
                if glue {
                    text.push(' ');
                }
                for (index, word) in piece.split_whitespace().enumerate() {
                    if index > 0 {
                        text.push(' ');
                    }
                    text.push_str(word);
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
fn is_genre(text: &str) -> bool {
    const GENRES: [&str; 29] = [
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
    ];
    // "POLICY BRIEF | April 2025"
    let text = text.split('|').next().unwrap_or(text).trim();
    GENRES.iter().any(|genre| text.eq_ignore_ascii_case(genre))
}

fn same_capitals(title: &str, more: &str) -> bool {
    let capitals = |text: &str| shape::Shape::of(text).all_capitals;
    capitals(title) && capitals(more)
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
}
