//! Notes that run together in one block, and entries of a reference list without a blank line between them.

use crate::ingest::draft::{Draft, Part};
use crate::ingest::marker::{self, Form};
use crate::ingest::shape;

use super::collapsed;
use super::edit;
use super::label::{self, Label};

/// Splits a block that begins with a note where the next notes begin: at line starts, and inside lines where `is_marked` says that the text has a mark
/// with the number.
#[must_use]
pub fn notes(source: &str, draft: Draft, first: &Label, is_marked: &dyn Fn(u32) -> bool) -> Vec<Draft> {
    let Some(mut number) = first.number() else { return vec![draft] };
    let mut offsets = Vec::new();
    // True at the start of a line that is a part of its own, as in Markdown.
    let mut opens = false;
    for part in &draft.parts {
        let span = match part {
            Part::Text(span) => span,
            Part::Mark { source: mark, label } => {
                if opens && first.form == Form::Superscript && mark.start() > first.content && label.parse() == Ok(number + 1) {
                    offsets.push(mark.start());
                    number += 1;
                }
                opens = false;
                continue;
            }
            other => {
                opens |= matches!(other, Part::Space(_));
                continue;
            }
        };
        let text = span.of(source);
        let opens = std::mem::take(&mut opens);
        let mut from = 0;
        while let Some(at) =
            next_start(text, from, number + 1, first.form, opens, is_marked).or_else(|| open_start(text, from, number + 1, first.form, is_marked))
        {
            if span.start() + at > first.content {
                offsets.push(span.start() + at);
                number += 1;
            }
            from = at + text[at..].chars().next().map_or(1, char::len_utf8);
        }
    }
    edit::split_at(draft, &offsets)
}

/// Where the note with this number begins in `text`, after `from`. `opens` tells that a line begins with the text.
fn next_start(text: &str, from: usize, number: u32, form: Form, opens: bool, is_marked: &dyn Fn(u32) -> bool) -> Option<usize> {
    // No note is longer; what lies beyond is not searched again for each note.
    const LONGEST_NOTE: usize = 40_000;
    let plain = number.to_string();
    let mut search = from;
    let mut inline_fits = None;
    let mut until = text.len().min(from + LONGEST_NOTE);
    while !text.is_char_boundary(until) {
        until += 1;
    }
    let raised = (form == Form::Superscript).then(|| raised(&plain)).filter(|raised| text.get(from..until).is_some_and(|rest| rest.contains(raised.as_str())));
    let label = raised.unwrap_or_else(|| plain.clone());
    while let Some(at) = text.get(search..until)?.find(&label).map(|at| search + at) {
        search = at + label.len();
        let start = match form {
            Form::Bracketed | Form::Enclosed => at.checked_sub(1)?,
            Form::Cell => at.checked_sub(2)?,
            _ => at,
        };
        let Some(before) = text.get(..start) else { continue };
        let Some(found) = marker::read(text.get(start..)?).filter(|found| found.form == form && label::plain(found.label) == plain) else { continue };
        let gap = &before[before.trim_end().len()..];
        // A row has a part of the block to itself.
        if gap.contains('\n') || (opens || form == Form::Cell) && before.trim().is_empty() {
            return Some(start);
        }
        let before = before.trim_end();
        let ends = before.ends_with(['.', ')', '”', '"', '>', '/']) && !gap.is_empty() && !is_counted(before);
        let begins =
            text[start + found.content..].starts_with(|c: char| c.is_uppercase() || matches!(c, '“' | '"' | '‘' | '(' | '[') || c.is_ascii_lowercase());
        if ends && begins && *inline_fits.get_or_insert_with(|| is_marked(number)) {
            return Some(start);
        }
        if search > from + 20_000 {
            return None;
        }
    }
    None
}

/// A number in raised digits.
fn raised(number: &str) -> String {
    number.bytes().filter_map(|digit| super::RAISED.get(usize::from(digit.wrapping_sub(b'0')))).collect()
}

/// Where the note with this number begins after one that ends without a stop ("Roe, Ports 3 Doe, Rails 4 Lee, Boats"): its mark is in the text, and the
/// note after it follows.
fn open_start(text: &str, from: usize, number: u32, form: Form, is_marked: &dyn Fn(u32) -> bool) -> Option<usize> {
    // Notes that end so are short.
    const REACH: usize = 400;
    if form != Form::Bare {
        return None;
    }
    let reach = text.get(from..)?.char_indices().map(|(at, _)| from + at).find(|&at| at >= from + REACH).unwrap_or(text.len());
    let begins = |from: usize, number: u32| {
        let label = number.to_string();
        text[from..reach].match_indices(&label).map(|(at, _)| from + at).find(|&at| {
            let before = text[..at].trim_end();
            before.len() < at
                && !(before.ends_with([',', '(', '-', '–', ':']) || is_counted(before) || is_counted_word(before))
                && marker::read(&text[at..]).is_some_and(|found| {
                    let content = &text[at + found.content..];
                    found.form == form && found.label == label && !begins_with_month(content)
                })
        })
    };
    let start = begins(from, number).filter(|_| is_marked(number))?;
    let goes_on = begins(start + 1, number + 1).is_some() || next_start(text, start + 1, number + 1, form, false, is_marked).is_some();
    goes_on.then_some(start)
}

/// "March 2020": the number before it is a day.
pub(super) fn begins_with_month(text: &str) -> bool {
    const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    MONTHS.iter().any(|month| text.starts_with(month))
}

/// "Article 2", "Table 3".
fn is_counted_word(before: &str) -> bool {
    let word = before.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    [
        "article",
        "chapter",
        "section",
        "part",
        "table",
        "figure",
        "annex",
        "appendix",
        "volume",
        "issue",
        "number",
        "page",
        "paragraph",
        "phase",
        "title",
        "of",
        "and",
        "to",
        "in",
    ]
    .iter()
    .any(|known| word.eq_ignore_ascii_case(known))
}

/// "vol. 2", "no. 3": an abbreviation before a number.
fn is_counted(before: &str) -> bool {
    let Some(word) = before.strip_suffix('.') else { return false };
    let word = word.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    [
        "vol", "no", "nos", "p", "pp", "art", "sec", "para", "paras", "ch", "fig", "ed", "eds", "pt", "s", "ss", "r", "cl", "vols", "n", "nn", "v", "app",
        "ser", "suppl", "reg",
    ]
    .iter()
    .any(|known| word.eq_ignore_ascii_case(known))
}

/// Splits a block of reference entries at the lines where a new one begins.
#[must_use]
pub fn entries(source: &str, draft: Draft) -> Vec<Draft> {
    let mut offsets = Vec::new();
    let hanging = hanging_indent(source, &draft);
    let lines = line_starts(source, &draft);
    let mut last_line = "";
    // Where the line of the source begins in which the last start is.
    let mut row = lines.first().map_or(0, |&start| source[..start].rfind('\n').map_or(0, |before| before + 1));
    for (number, &start) in lines.iter().enumerate() {
        let end = lines.get(number + 1).copied().unwrap_or(draft.source.end()).max(start);
        // A backslash at its end breaks a line of Markdown.
        let line = source.get(start..end).unwrap_or_default().trim().trim_end_matches('\\');
        row = source[row..start].rfind('\n').map_or(row, |before| row + before + 1);
        let starts = match hanging {
            Some(least) => start - row <= least,
            None => begins_entry(last_line, line.trim_start_matches(['*', '_'])),
        };
        if number > 0 && starts {
            offsets.push(start);
        }
        last_line = line;
    }
    if offsets.is_empty() && draft.source.len() > ONE_ENTRY {
        for part in &draft.parts {
            let Part::Text(span) = part else { continue };
            offsets.extend(collapsed::entry_starts(span.of(source)).into_iter().map(|at| span.start() + at));
        }
    }
    edit::split_at(draft, &offsets)
}

/// Where the lines of a draft begin that hold text: behind line ends in its text, and behind those that parts of it stand for.
fn line_starts(source: &str, draft: &Draft) -> Vec<usize> {
    let mut starts = Vec::new();
    let mut opens = true;
    for part in &draft.parts {
        match part {
            Part::Space(_) => opens = true,
            Part::Text(span) => {
                let mut at = span.start();
                for line in span.of(source).split_inclusive('\n') {
                    let text = line.trim_start();
                    if std::mem::replace(&mut opens, line.ends_with('\n')) && !text.is_empty() {
                        starts.push(at + line.len() - text.len());
                    } else if text.is_empty() {
                        opens = true;
                    }
                    at += line.len();
                }
            }
            Part::Open(_, at) if std::mem::take(&mut opens) => starts.push(*at),
            Part::Mark { source: span, .. } | Part::Replaced { source: span, .. } if std::mem::take(&mut opens) => starts.push(span.start()),
            _ => {}
        }
    }
    starts
}

/// A block of references longer than this, in bytes, and without line ends between them may hold several.
const ONE_ENTRY: usize = 400;

/// The smaller indent of two, if lines stand at two depths: entries begin at it.
fn hanging_indent(source: &str, draft: &Draft) -> Option<usize> {
    let whole = draft.source.of(source);
    let (mut least, mut most) = (usize::MAX, 0);
    // The first line of a block has lost its indent to trimming.
    for line in whole.lines().skip(1).filter(|line| !line.trim().is_empty()) {
        let indent = line.len() - line.trim_start().len();
        least = least.min(indent);
        most = most.max(indent);
    }
    (most >= least.saturating_add(2) && least != usize::MAX).then_some(least)
}

/// Whether a line begins an entry, after the line before it.
fn begins_entry(before: &str, line: &str) -> bool {
    let ends = before.ends_with(['.', ')', '/', '>'])
        || before.rsplit(' ').next().is_some_and(|last| last.contains("://") && !last.ends_with(','))
        || before.ends_with(|c: char| c.is_ascii_digit()) && before.len() < 60;
    ends && (begins_with_author(line)
        || line.starts_with("———")
        || line.starts_with("---")
        || marker::read(line).is_some_and(|found| matches!(found.form, Form::Bracketed | Form::Stopped)))
}

/// "Smith, J.", "Smith J, ", "World Bank (2019)", "OECD. 2020."
fn begins_with_author(line: &str) -> bool {
    if !line.starts_with(char::is_uppercase) {
        return false;
    }
    let head_end = line.char_indices().map(|(at, _)| at).nth(80).unwrap_or(line.len());
    let head = &line[..head_end];
    let family_first = head.split_once(", ").is_some_and(|(family, rest)| {
        family.split_whitespace().count() <= 3 && !family.contains(['.', '(', '“', '"']) && rest.starts_with(char::is_uppercase) && !shape::ends_open(family)
    });
    let has_year = head
        .match_indices(|c: char| c.is_ascii_digit())
        .any(|(at, _)| head.get(at..at + 4).is_some_and(|year| year.bytes().all(|b| b.is_ascii_digit()) && (year.starts_with("19") || year.starts_with("20"))));
    family_first || has_year
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::BlockKind;
    use crate::ingest::apparatus::label;
    use crate::span::SourceSpan;

    fn draft(source: &str) -> Draft {
        let all = SourceSpan::new(0, source.len());
        Draft::new(BlockKind::Paragraph, all, all, None)
    }

    fn split(source: &str) -> Vec<&str> {
        let draft = draft(source);
        let first = label::of_draft(source, &draft).expect("a label");
        notes(source, draft, &first, &|_| true).into_iter().map(|draft| draft.source.of(source).trim()).collect()
    }

    #[test]
    fn splits_notes_in_one_line() {
        assert_eq!(
            split("1 Official Records, vol. 2 (A/74/53). 2 Ibid., Supplement No. 3."),
            ["1 Official Records, vol. 2 (A/74/53).", "2 Ibid., Supplement No. 3."]
        );
    }

    #[test]
    fn splits_notes_that_end_without_a_stop() {
        assert_eq!(split("1 Roe, Ports (2019) 2 Q1, Q27 3 Port Trust 4 Lee, Boats. 5 Doe.").len(), 5);
        assert_eq!(split("1 Roe, Ports, 2 May 2019, Article 2 Ports").len(), 1);
    }

    #[test]
    fn splits_notes_at_line_starts() {
        assert_eq!(split("1. First note, which\nruns on\n2. Second note\n3. Third").len(), 3);
        assert_eq!(split("[1] First note [2] Second").len(), 1);
    }

    #[test]
    fn splits_notes_and_entries_at_the_lines_of_markdown() {
        let notes = |text: &str| {
            let document = crate::ingest::markdown::read(text.to_owned());
            document.blocks.iter().filter(|block| matches!(block.kind, BlockKind::Note { .. } | BlockKind::Reference { .. })).count()
        };
        let text = "The ports are closed.{1} They wait for spring.{2} Boats stay.{3}\n\n";
        for (marks, lines) in [
            (["[1]", "[2]", "[3]"], "## Notes\n\n[1] Roe, *Ports* (2019).\n[2] Doe, Rails\n(2020).\n[3] Ibid."),
            (["1", "2", "3"], "1 Roe, Ports (2019).\n2 Doe, Rails (2020).\\\n3 Ibid."),
            (["¹", "²", "³"], "---\n¹ Roe, Ports (2019).\n² Doe, Rails (2020).\n³ Ibid."),
            (["<sup>1</sup>", "<sup>2</sup>", "<sup>3</sup>"], "<sup>1</sup> Roe, Ports (2019).\n<sup>2</sup> *Doe*, Rails (2020).\n<sup>3</sup> Ibid."),
            (
                ["", "", ""],
                "**Works cited**\n\nRoe, J. (2019). Ports. https://ports.org/a\nDoe, A. (2020). Rails\nand Boats. Oslo: Press.\nLee, M. (2018). *Pilots*.",
            ),
        ] {
            let text = text.replace("{1}", marks[0]).replace("{2}", marks[1]).replace("{3}", marks[2]);
            assert_eq!(notes(&format!("{text}{lines}\n")), 3, "{lines}");
        }
    }

    #[test]
    fn splits_entries_by_hanging_indent() {
        let source = "Smith, J. (2019). Rivers.\n    London: Water.\nTaylor, A. (2020). Lakes\n    and Dams. Paris: Eau.";
        assert_eq!(entries(source, draft(source)).len(), 2);
    }

    #[test]
    fn splits_entries_without_indent() {
        let source = "Smith, J. (2019). Rivers. London: Water.\nTaylor, A. (2020). Lakes\nand Dams. Paris: Eau.";
        assert_eq!(entries(source, draft(source)).len(), 2);
    }
}
