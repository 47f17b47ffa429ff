//! The title of a document on its first pages, and what on a title page is no heading.

use std::collections::BTreeMap;

use super::block::{Block, Form};
use super::heading::{Headings, Look, is_short, plain, text};
use super::line::Style;
use super::marker;
use super::measure::Measures;
use super::row::Line;
use crate::ingest::{date_line, metadata};
use crate::section::kind::HeadingWords;

/// A title is larger than the text by this factor.
const TITLE: f32 = 1.25;
/// Pages with text, from the first one on, that may be the title page.
const TITLE_PAGES: usize = 3;
/// Characters of a subtitle; on a cover it may run over many lines.
const LONGEST_SUBTITLE: usize = 220;
/// A heading that repeats the title stands on one of so many pages.
const REPEATED_ON: usize = 8;

/// The title: the largest text of the first page that has one larger than the body; the subtitle stands under it, still larger than the body.
pub fn find(lines: &[Line], blocks: &[Block], measures: &Measures, found: &mut Headings) {
    let mut from = 0;
    for _ in 0..TITLE_PAGES {
        let Some(first) = blocks.get(from) else { return };
        let page = lines[first.from].page;
        let to = from + blocks[from..].iter().take_while(|block| lines[block.from].page == page).count();
        if let Some(index) = largest(lines, &blocks[from..to], measures).map(|at| from + at) {
            found.title = Some(index);
            found.subtitle = subtitle(lines, blocks, measures, index);
            return;
        }
        // Below a page full of text there is no title page.
        if blocks[from..to].iter().any(|block| block.to - block.from > 12) {
            return;
        }
        from = to;
    }
}

fn largest(lines: &[Line], blocks: &[Block], measures: &Measures) -> Option<usize> {
    let may_be = |block: &Block| {
        let text = text(lines, block);
        matches!(block.form, Form::Text | Form::Item)
            && is_short(lines, block)
            && lines[block.from].cells.is_empty()
            && lines[block.from].size >= TITLE * measures.body
            && text.chars().filter(|c| c.is_alphabetic()).count() >= 5
            && !metadata::is_genre(&text)
            && date_line::parse_line(&text).is_none()
            && HeadingWords::built_in().whole(&text).is_none()
    };
    let candidates = blocks.iter().enumerate().filter(|(_, block)| may_be(block));
    candidates.max_by(|a, b| lines[a.1.from].size.total_cmp(&lines[b.1.from].size).then(b.0.cmp(&a.0))).map(|(index, _)| index)
}

fn subtitle(lines: &[Line], blocks: &[Block], measures: &Measures, title: usize) -> Option<usize> {
    let under = blocks.get(title + 1).filter(|under| under.form == Form::Text)?;
    let (first, last) = (&lines[under.from], &lines[blocks[title].to - 1]);
    let words = text(lines, under);
    let size = lines[blocks[title].from].size;
    let fits = first.page == last.page
        && first.size >= 1.15 * measures.body
        && first.size <= 1.01 * size
        && words.len() <= LONGEST_SUBTITLE
        && !words.ends_with('.')
        && first.y - last.y < 3.0 * size
        && date_line::parse_line(&words).is_none()
        && !metadata::is_genre(&words)
        && HeadingWords::built_in().whole(&words).is_none();
    fits.then_some(title + 1)
}

/// Takes from the headings what belongs to the title page, and what repeats the title.
pub fn demote(lines: &[Line], blocks: &[Block], found: &mut Headings, looks: &mut BTreeMap<usize, Look>) {
    let Some(title) = found.title else { return };
    let page = lines[blocks[title].from].page;
    let is_known = |index: &usize| HeadingWords::built_in().whole(&text(lines, &blocks[*index])).is_some();
    let is_prose = |block: &Block| matches!(block.form, Form::Text | Form::Item) && (block.to - block.from > 1 || lines[block.from].text.len() > 80);
    let end = title + blocks[title..].iter().take_while(|block| lines[block.from].page == page).count();
    let is_cover = !(title + 1..end).any(|index| !looks.contains_key(&index) && Some(index) != found.subtitle && is_prose(&blocks[index]));
    let after = found.subtitle.unwrap_or(title) + 1;
    // Of lines that follow each other below the title only the last can be over a text.
    let chain = (after..end).take_while(|index| looks.contains_key(index)).count();
    let stacked = after..(after + chain).saturating_sub(1);
    looks.retain(|index, _| is_known(index) || !(*index < title || is_cover && *index < end || stacked.contains(index)));
    let words = plain(&text(lines, &blocks[title]));
    let repeats = |index: usize| {
        let heading = plain(&text(lines, &blocks[index]));
        lines[blocks[index].from].page < page + REPEATED_ON
            && (heading == words || heading.starts_with(&words) && words.len() > 12 && heading.len() < 2 * words.len())
    };
    found.repeated = looks.keys().copied().filter(|&index| repeats(index)).collect();
    looks.retain(|index, _| !found.repeated.contains(index));
}

/// The words of a title as printed, note marks left out.
#[must_use]
pub fn printed(lines: &[Line]) -> String {
    let unmarked = |line: &Line| {
        let runs = line
            .runs
            .iter()
            .enumerate()
            .filter(|(index, run)| !(run.style.has(Style::RAISED) && marker::is_note_label(line.text[run.start as usize..line.run_end(*index)].trim())));
        runs.map(|(index, run)| &line.text[run.start as usize..line.run_end(index)]).collect::<String>()
    };
    let text = lines.iter().map(unmarked).collect::<Vec<_>>().join(" ");
    text.trim_end_matches(['*', '†', ' ']).to_owned()
}
