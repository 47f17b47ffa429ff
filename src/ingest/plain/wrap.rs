//! Which lines are one paragraph: texts come with one line a paragraph, or wrapped at a fixed width.

use super::detached;
use super::line::Line;
use super::wrapped_heading as heading;
use crate::ingest::marker::{self, Form};
use crate::ingest::shape::{self, is_capitals};
use crate::section::kind::HeadingWords;

/// Lines wider than this are not wrapped by any program that wraps: they are paragraphs.
const WIDEST_WRAP: u32 = 140;
/// Narrower columns than this cannot be told from lists of short lines.
const NARROWEST_WRAP: u32 = 24;

/// Consecutive lines, as indices, that make one block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unit {
    pub first: usize,
    /// One past the last.
    pub last: usize,
}

/// Groups lines into units.
#[must_use]
pub fn units(source: &str, lines: &[Line]) -> Vec<Unit> {
    let width = wrap_width(source, lines);
    let mut units: Vec<Unit> = Vec::with_capacity(lines.len() / 2 + 1);
    let mut open: Option<Open> = None;
    let mut bound = false;
    let mut local = width;
    for (index, line) in lines.iter().enumerate() {
        let text = line.text(source);
        if line.after_blank {
            local = width.map(|width| local_width(source, &lines[index..], width));
        }
        let marker = marker::read(text);
        if std::mem::take(&mut bound) {
            // The text of a marker that stands alone in the line before.
            if let Some(unit) = units.last_mut() {
                unit.last = index + 1;
            }
            continue;
        }
        let before = index.checked_sub(1).map(|before| lines[before]).filter(|_| !line.after_blank);
        let tail = before.is_some_and(|before| !shape::ends_sentence(before.text(source)) && width.is_some_and(|width| is_full(before, text, width)));
        bound = detached::binds_next(source, lines, index, tail);
        if bound {
            open = Some(Open { label: None, is_item: true, detached: true, indent: line.indent });
            units.push(Unit { first: index, last: index + 1 });
            continue;
        }
        let continues = match (&open, index.checked_sub(1).map(|before| lines[before])) {
            (Some(open), Some(_)) => {
                !line.after_blank
                    && (continues(source, &lines[..=index], text, marker.as_ref(), open, local) && !is_heading_between(source, lines, index, local)
                        || heading::goes_on(source, lines, index, width)
                        || open.detached && marker.is_none() && detached::goes_on(source, lines, index, width))
            }
            _ => false,
        };
        if continues {
            if let Some(unit) = units.last_mut() {
                unit.last = index + 1;
            }
        } else {
            let label = marker.and_then(|marker| Some((marker.form, marker.label.parse().ok()?)));
            let last_label = label.or_else(|| open.as_ref().filter(|_| !line.after_blank).and_then(|open| open.label));
            open = Some(Open {
                label: last_label,
                is_item: marker.is_some_and(|marker| !matches!(marker.form, Form::Bare | Form::Glued)),
                detached: false,
                indent: line.indent,
            });
            units.push(Unit { first: index, last: index + 1 });
        }
    }
    units
}

/// What is known of the unit that is being built.
struct Open {
    /// The last number that began a unit without a blank line since, with its form.
    label: Option<(Form, u32)>,
    is_item: bool,
    /// Its marker stands alone in the line above its text.
    detached: bool,
    indent: u16,
}

/// The width at which the text is wrapped; none if it is not. Notes in small print hold more letters in a line than the text above them: where they hide
/// its width, they are left aside.
fn wrap_width(source: &str, lines: &[Line]) -> Option<u32> {
    width_of(source, lines).or_else(|| {
        let mut in_note = false;
        let is_text = |line: &&Line| {
            if line.after_blank {
                in_note = marker::read(line.text(source)).is_some_and(|found| matches!(found.form, Form::Bare | Form::Glued));
            }
            !in_note
        };
        let text: Vec<Line> = lines.iter().filter(is_text).copied().collect();
        (text.len() < lines.len()).then(|| width_of(source, &text)).flatten()
    })
}

fn width_of(source: &str, lines: &[Line]) -> Option<u32> {
    let mut histogram = [0u32; WIDEST_WRAP as usize + 1];
    let (mut narrow, mut wide) = (0u64, 0u64);
    for line in lines {
        match histogram.get_mut(line.width as usize) {
            Some(count) => {
                *count += 1;
                narrow += u64::from(line.width);
            }
            None => wide += u64::from(line.width),
        }
    }
    if wide > narrow {
        return None;
    }
    let total: u32 = histogram.iter().sum();
    let mut above = 0;
    let width = (0..histogram.len()).rev().find(|&width| {
        above += histogram[width];
        above * 20 > total
    })? as u32;
    if width < NARROWEST_WRAP {
        return None;
    }
    // Wrapped lines are full, save the last of each paragraph.
    let (mut full, mut of) = (0u32, 0u32);
    for pair in lines.windows(2) {
        let [line, next] = pair else { continue };
        let ends = line.text(source).ends_with(['.', '?', '!', ':']);
        if !next.after_blank && line.width * 2 >= width && line.width <= WIDEST_WRAP && !ends {
            of += 1;
            full += u32::from(is_full(*line, next.text(source), width));
        }
    }
    (full * 2 >= of && full > 0).then_some(width)
}

/// The width at which the lines up to the next blank one are wrapped: notes and tables are wider than the text beside them, columns narrower. That of
/// the document, unless some of the lines show another by running on from full lines in small letters.
fn local_width(source: &str, lines: &[Line], width: u32) -> u32 {
    let end = lines.iter().skip(1).position(|line| line.after_blank).map_or(lines.len(), |at| at + 1);
    let block = &lines[..end];
    let widest = block.iter().map(|line| line.width).max().unwrap_or_default();
    let runs_on = |pair: &[Line]| pair[0].width * 5 >= widest * 4 && pair[1].text(source).starts_with(char::is_lowercase);
    if widest * 2 >= width && widest < width && block.windows(2).any(runs_on) { widest } else { width }
}

/// True for a short line between a line that ends a sentence and one that begins another: in wrapped text only the last line of a paragraph is short,
/// and that one has a full stop.
fn is_heading_between(source: &str, lines: &[Line], at: usize, width: Option<u32>) -> bool {
    let (Some(width), Some(before), Some(next)) = (width, at.checked_sub(1).map(|before| lines[before]), lines.get(at + 1)) else { return false };
    let (line, below) = (lines[at], next.text(source));
    let text = line.text(source);
    let begins = |text: &str| text.starts_with(char::is_uppercase);
    !next.after_blank
        && line.width * 5 <= width * 3
        && begins(text)
        && (begins(below) && next.width > line.width || detached::is_alone(below))
        && shape::ends_sentence(before.text(source))
        && !shape::ends_sentence(text)
        && !shape::ends_open(text)
        && !text.ends_with([',', '-', '—'])
        && !is_full(line, below, width)
}

/// The width of the first word, in characters.
pub(super) fn first_word_width(text: &str) -> u32 {
    text.split_whitespace().next().map_or(0, |word| word.chars().count() as u32)
}

/// True if the first word of the next line would not have fitted. Lines in proportional type vary by some letters, hence the slack.
fn is_full(line: Line, next: &str, width: u32) -> bool {
    let word = first_word_width(next);
    let slack = (width / 6).max(6);
    u32::from(line.indent).min(8) + line.width + 1 + word + slack > width
}

/// Whether the last of the lines goes on with the unit of the one before it.
fn continues(source: &str, lines: &[Line], text: &str, marker: Option<&marker::Marker>, open: &Open, width: Option<u32>) -> bool {
    let [.., before, line] = *lines else { return false };
    let last = before.text(source);
    if is_rule(last) || is_rule(text) || is_underline(text) {
        return false;
    }
    let begins_lower = text.starts_with(char::is_lowercase);
    let unfinished = !shape::ends_sentence(last);
    if before.width > WIDEST_WRAP || line.width > WIDEST_WRAP {
        return begins_lower && unfinished && marker.is_none() && !has_leader(last) && width.is_some();
    }
    // "… on 26 March / 2014. The ports": the year of a date.
    let is_year = |marker: &marker::Marker| marker.label.len() == 4 && marker.form == Form::Stopped && unfinished;
    if let Some(marker) = marker.filter(|marker| !is_year(marker)) {
        let follows = marker.label.parse::<u32>().ok().is_some_and(|number| open.label.is_some_and(|(form, last)| form == marker.form && number == last + 1));
        match marker.form {
            // A bare number begins a block if it counts on from the last, or is a first one after the end of a sentence.
            Form::Bare | Form::Glued => {
                if follows || marker.label == "1" && !unfinished {
                    return false;
                }
            }
            Form::Stopped | Form::Decimal | Form::Letter | Form::Roman
                if unfinished && !follows && width.is_some_and(|width| is_full(before, text, width)) && !open.is_item => {}
            Form::Symbol if unfinished => {}
            _ => return false,
        }
    }
    if !unfinished && text.len() >= 8 && is_capitals(text) && !is_capitals(last) {
        return false;
    }
    if continues_capitals(last, text, unfinished) {
        return true;
    }
    let Some(width) = width else { return unfinished && (begins_lower && last.len() > 40 || shape::ends_open(last) && (30..200).contains(&last.len())) };
    if has_leader(last) {
        return false;
    }
    if begins_lower {
        return unfinished || is_full(before, text, width);
    }
    if is_full(before, text, width) {
        // A first line that is indented more begins a paragraph.
        let new_paragraph = !unfinished && line.indent > before.indent + 1 && !open.is_item && line.indent > open.indent;
        let capitals_end = is_capitals(last) && !is_capitals(text);
        return !new_paragraph && !capitals_end;
    }
    unfinished && (shape::ends_open(last) || last.ends_with('-')) && before.width * 2 > width.min(80)
}

/// A heading in capitals that runs over several lines.
fn continues_capitals(last: &str, text: &str, unfinished: bool) -> bool {
    let words = HeadingWords::built_in();
    unfinished
        && (20..=120).contains(&last.len())
        && text.len() <= 120
        && is_capitals(last)
        && is_capitals(text)
        && words.whole(last).is_none()
        && words.whole(text).is_none()
        && !has_leader(last)
        && !has_leader(text)
}

/// A line of dashes, underscores or stars that divides parts of the page.
#[must_use]
pub fn is_rule(text: &str) -> bool {
    text.len() >= 3
        && text.chars().all(|c| matches!(c, '_' | '-' | '*' | '=' | '–' | '—' | '~' | '#' | '•' | '.' | ' '))
        && text.chars().filter(|c| *c != ' ').count() >= 3
}

/// A line that underlines the one above it.
#[must_use]
pub fn is_underline(text: &str) -> bool {
    text.len() >= 3 && (text.bytes().all(|b| b == b'=') || text.bytes().all(|b| b == b'-') || text.bytes().all(|b| b == b'~'))
}

/// Dots that lead to a page number.
#[must_use]
pub fn has_leader(text: &str) -> bool {
    // "______. Rivers.": a rule in the place of an author.
    let after_rule = text.len() - text.trim_start_matches('_').len();
    let bytes = text.as_bytes();
    memchr::memchr3_iter(b'.', b'_', "…".as_bytes()[0], bytes).any(|at| match bytes[at] {
        b'.' => bytes[at..].starts_with(b". . . .") || bytes[at..].starts_with(b"....."),
        b'_' => at >= after_rule && bytes[at..].starts_with(b"______"),
        _ => bytes[at..].starts_with("……".as_bytes()),
    })
}

#[cfg(test)]
mod tests {
    use super::super::line::lines;
    use super::*;

    fn texts(source: &str) -> Vec<String> {
        let (lines, _) = lines(source);
        units(source, &lines).into_iter().map(|unit| lines[unit.first..unit.last].iter().map(|line| line.text(source)).collect::<Vec<_>>().join(" ")).collect()
    }

    #[test]
    fn joins_wrapped_lines() {
        let source = "The ministry said that the rivers of the north\nwould be cleaned before the summer. It did not\nsay how.\nThe mayors of the towns on the river were not\nasked, and they protested.\n";
        assert_eq!(texts(source).len(), 2, "{:#?}", texts(source));
    }

    #[test]
    fn keeps_lines_that_are_paragraphs() {
        let long = "The rivers of the north are longer than those of the south, and they freeze in the winter, which the rivers of the south have never done since they were first measured.";
        let source = format!("Rivers\n{long}\nMore Rivers of the Plain\n{long}\n");
        assert_eq!(texts(&source).len(), 4);
    }

    #[test]
    fn a_short_line_between_two_sentences_is_no_part_of_either() {
        let source = "The ministry said that the rivers of the north\nwould be cleaned before the summer, as it was.\nRivers of the south\nThe mayors of the towns on the southern river\nwere not asked, and they protested.\n";
        assert_eq!(texts(source).len(), 3, "{:#?}", texts(source));
    }

    #[test]
    fn narrow_paragraphs_beside_wide_notes() {
        let narrow =
            "The ministry said that the rivers of the north\nMinistry would clean before the next summer\nwere clean, and it did not say since when.\n";
        let note = "A note in small print is wrapped at another width than the text that it is a note to, and\nso are tables, which are as wide as the page allows, and nobody minds, as far as it is known\nto us.\n";
        assert_eq!(texts(&format!("{narrow}\n{note}\n{note}\n{note}")).first().map(String::len), Some(narrow.len() - 1));
    }

    #[test]
    fn wide_notes_do_not_hide_the_width_of_the_text() {
        let text = "The ministry said in the spring of the year that the rivers of the north\n\
                    Ministry would clean before the next summer were clean already, but not\n\
                    Southern ones, and it did not say since when.\n";
        let note = "7 The Ministry of Rivers and Ports describes the plan as follows, in a text that nobody could find in the\n\
                    Northern Water Archive, which is where all the papers of the ministry are kept, as far as it is known.\n";
        let source = format!("{text}\n{text}\n{text}\n{note}\n{text}\n{note}\n{text}");
        assert_eq!(texts(&source).len(), 7, "{:#?}", texts(&source));
    }

    #[test]
    fn items_begin_new_units() {
        let source =
            "The plan has these parts, which are to be read\ntogether:\n- rivers of the north, and of the south, which\nfreeze;\n- lakes;\n(a) dams.\n";
        assert_eq!(texts(source).len(), 4, "{:#?}", texts(source));
    }

    #[test]
    fn a_number_that_does_not_count_on_is_no_item() {
        let source = "The council met on the first day of May, and in\n12 Nations agreed that it should meet again in the\nspring of the year after.\n";
        assert_eq!(texts(source).len(), 1);
    }
}
