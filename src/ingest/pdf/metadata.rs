//! Which of the file's statements about the document are to be believed, and what the first page says.

use crate::document::{Block, BlockKind, Document};
use crate::ingest::{date, date_line, metadata as ingest_metadata};

/// Blocks from the start in which a date of publication may stand.
const OPENING_BLOCKS: usize = 30;
/// Longer blocks are text that mentions dates, not a line that gives the document's.
const LONGEST_DATE_LINE: usize = 90;
/// Bytes at the start and at the end of a document in which its authors are named.
const OPENING: usize = 8000;

/// Fills in title, authors, publisher and date.
pub fn fill(document: &mut Document, printed_title: Option<String>, title: Option<String>, author: Option<String>) {
    let ends = ends(document);
    let title = title.filter(|title| is_title(title));
    // The file's title is cleaner than the printed one where both say the same; else the page is to be believed.
    let same = title.as_ref().is_some_and(|title| ends.contains(&plain(title)));
    document.metadata.title = match (printed_title, title) {
        (Some(printed), Some(title)) if same && plain(&title).contains(&plain(&printed)) => Some(title),
        (Some(printed), _) => Some(printed),
        (None, title) => title,
    };
    for author in author.iter().flat_map(|authors| authors.split([';', '&'])).flat_map(|part| part.split(" and ")).flat_map(names) {
        let named = plain(author);
        if named.len() < 4 || !ends.contains(&named) || author.contains(['@', '/', '\\']) || author.chars().any(|c| c.is_ascii_digit()) {
            continue;
        }
        if is_institution(author) {
            document.metadata.publisher.get_or_insert_with(|| author.to_owned());
        } else if author.contains(' ') {
            document.metadata.authors.push(author.to_owned());
        }
    }
    if document.metadata.authors.is_empty() {
        document.metadata.authors = byline(document);
    }
    document.metadata.date = date_line(document);
}

/// Blocks below the title among which a byline stands.
const BYLINE_BLOCKS: usize = 4;

/// The authors named in a line of their own below the title.
fn byline(document: &Document) -> Vec<String> {
    let Some(title) = document.blocks.iter().position(|block| block.kind == BlockKind::Title) else { return Vec::new() };
    let below = document.blocks[title + 1..].iter().take(BYLINE_BLOCKS).take_while(|block| !block.kind.is_heading());
    let lines = below.filter(|block| block.kind == BlockKind::Paragraph && block.span.len() < LONGEST_DATE_LINE * 2);
    let is_person = |name: &String| !is_institution(name) && name.chars().any(char::is_lowercase);
    lines.map(|block| ingest_metadata::authors(document.text(block.span))).find(|names| !names.is_empty() && names.iter().all(is_person)).unwrap_or_default()
}

/// A list of persons at its commas; the name of an institution stays whole.
fn names(part: &str) -> Vec<&str> {
    let names = || part.split(',').map(str::trim).filter(|name| !name.is_empty());
    // "Smith, Jane" is one name.
    if is_institution(part) || names().any(|name| !name.contains(' ')) { vec![part.trim()] } else { names().collect() }
}

fn is_institution(name: &str) -> bool {
    const WORDS: [&str; 24] = [
        "agency",
        "association",
        "authority",
        "board",
        "bureau",
        "center",
        "centre",
        "college",
        "commission",
        "committee",
        "council",
        "department",
        "foundation",
        "government",
        "group",
        "institute",
        "institution",
        "ministry",
        "nations",
        "office",
        "service",
        "society",
        "team",
        "university",
    ];
    name.to_lowercase().split(|c: char| !c.is_alphabetic()).any(|word| WORDS.contains(&word))
}

/// A title that somebody wrote: not a file name, not what a word processor fills in.
fn is_title(title: &str) -> bool {
    let lower = title.to_lowercase();
    let file = [".pdf", ".doc", ".docx", ".indd", ".qxd", ".pptx", ".ppt", ".rtf", ".odt", ".wpd", ".p65"].iter().any(|end| lower.ends_with(end));
    let filled_in =
        ["microsoft word", "untitled", "powerpoint", "document", "layout 1", "title", "print", "slide 1"].iter().any(|start| lower.starts_with(start));
    !file && !filled_in && title.contains(' ')
}

/// The start and the end of the document, letters and digits alone.
fn ends(document: &Document) -> String {
    let text = document.reading.as_str();
    let head = text.char_indices().take_while(|(at, _)| *at < OPENING).last().map_or(0, |(at, c)| at + c.len_utf8());
    let tail = text.char_indices().rev().take_while(|(at, _)| at + OPENING / 2 > text.len()).last().map_or(text.len(), |(at, _)| at);
    format!("{} {}", plain(&text[..head]), plain(&text[tail.max(head)..]))
}

fn plain(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// The first date that has a line of its own on the first pages; else the first in a short line that says little else.
fn date_line(document: &Document) -> Option<String> {
    let is_line = |block: &&Block| {
        !matches!(block.kind, BlockKind::Note { .. } | BlockKind::Reference { .. } | BlockKind::Contents | BlockKind::TableRow | BlockKind::Title)
            && block.span.len() < LONGEST_DATE_LINE
            && block.page < Some(4)
    };
    let lines = || document.blocks.iter().take(OPENING_BLOCKS).filter(is_line).map(|block| document.text(block.span));
    let labelled = |line: &str| date_line::parse_line(line.rsplit_once(": ").map_or(line, |(_, date)| date));
    lines().find_map(labelled).or_else(|| lines().find_map(date_in))
}

fn date_in(line: &str) -> Option<String> {
    let words: Vec<&str> = line.split(' ').collect();
    for length in [3, 2] {
        for window in words.windows(length) {
            // A day in front is put after its month: a text that begins with a number is read as a date in numbers.
            let text = match window {
                [day, month, year] if day.len() <= 2 && day.bytes().all(|byte| byte.is_ascii_digit()) => format!("{month} {day} {year}"),
                _ => window.join(" "),
            };
            let trimmed = text.trim_matches(|c: char| !c.is_alphanumeric());
            let has_month = trimmed.chars().any(char::is_alphabetic) && trimmed.chars().filter(char::is_ascii_digit).count() >= 4;
            if let Some(date) = has_month.then(|| date::iso(trimmed)).flatten().filter(|date| date.len() >= 7) {
                return Some(date);
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_files_are_no_titles() {
        assert!(!is_title("Microsoft Word - brief final.doc"));
        assert!(!is_title("bod-19-02.pdf"));
        assert!(is_title("A Plan for the Ports"));
    }

    #[test]
    fn a_date_in_a_line() {
        assert_eq!(date_in("Updated 12 May 2022").as_deref(), Some("2022-05-12"));
        assert_eq!(date_in("May 2022 | Policy Brief").as_deref(), Some("2022-05"));
        assert_eq!(date_in("Policy Brief No. 12"), None);
    }

    #[test]
    fn persons_at_commas_institutions_whole() {
        assert_eq!(names("Jane Smith, John Doe"), ["Jane Smith", "John Doe"]);
        assert_eq!(names("Government of Canada, Transportation Safety Board"), ["Government of Canada, Transportation Safety Board"]);
    }
}
