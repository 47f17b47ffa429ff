//! Headings, their levels, and the title.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};

use super::block::{Block, Form};
use super::glyph::Bookmark;
use super::line::Style;
use super::marker;
use super::measure::Measures;
use super::row::Line;
use super::title;
use crate::ingest::date_line;
use crate::section::kind::HeadingWords;

/// Headings are not longer than this, in lines and in characters.
const MOST_LINES: usize = 4;
const MOST_CHARACTERS: usize = 220;
/// Larger than the text by this factor is a heading's size.
const LARGER: f32 = 1.08;

/// What was found of headings: their levels by index of block, and the blocks that hold the document's title and subtitle.
#[derive(Debug, Default)]
pub struct Headings {
    pub levels: HashMap<usize, u8>,
    pub title: Option<usize>,
    pub subtitle: Option<usize>,
    /// Blocks further on that say the title again.
    pub repeated: Vec<usize>,
}

/// How a heading is set, largest first: by size in half points, weight, capitals, colour, slant.
pub(super) type Look = (Reverse<i32>, Reverse<bool>, Reverse<bool>, Reverse<bool>, bool);

/// Finds headings and gives them the form; the title's blocks keep theirs.
pub fn recognise(lines: &[Line], blocks: &mut [Block], measures: &Measures, outline: &[Bookmark]) -> Headings {
    let mut found = Headings::default();
    title::find(lines, blocks, measures, &mut found);
    let outline = Outline::new(outline, found.title.map(|index| text(lines, &blocks[index])));
    let mut looks: BTreeMap<usize, Look> = BTreeMap::new();
    let mut given: HashMap<usize, u8> = HashMap::new();
    for index in 0..blocks.len() {
        let block = &blocks[index];
        if Some(index) == found.title || Some(index) == found.subtitle || !matches!(block.form, Form::Text | Form::Item) {
            continue;
        }
        let level = outline.level(&text(lines, block));
        if level.is_some() && is_short(lines, block) && begins(&text(lines, block)) || is_heading(lines, blocks, index, measures) {
            looks.insert(index, look(lines, block));
            if let Some(level) = level {
                given.insert(index, level);
            }
        }
    }
    title::demote(lines, blocks, &mut found, &mut looks);
    for index in demote_unled(lines, blocks, measures, &given, &mut looks) {
        blocks[index].form = Form::Row;
    }
    for &index in looks.keys() {
        blocks[index].form = Form::Heading;
    }
    found.levels = levels(lines, blocks, &looks, &given);
    found
}

/// Takes from the headings what is only bold or coloured and stands over no text: the head of a table, names and addresses one below the other. Gives
/// those that head the columns of a table.
fn demote_unled(lines: &[Line], blocks: &[Block], measures: &Measures, given: &HashMap<usize, u8>, looks: &mut BTreeMap<usize, Look>) -> Vec<usize> {
    let weak = |index: usize| {
        let heading = text(lines, &blocks[index]);
        lines[blocks[index].from].size < LARGER * measures.body
            && !given.contains_key(&index)
            && marker::heading_number(&heading).is_none()
            && !heading.ends_with(|c: char| c.is_ascii_digit())
            && HeadingWords::built_in().whole(&heading).is_none()
    };
    let demoted: Vec<usize> = looks
        .iter()
        .filter(|&(&index, look)| {
            let next = index + 1;
            let heads_table = blocks.get(next).is_some_and(|next| next.form == Form::Row) || is_in_table_head(lines, blocks, index);
            let stacked = [index.checked_sub(1), Some(next)]
                .into_iter()
                .flatten()
                .any(|other| looks.get(&other) == Some(look) && lines[blocks[other].from].region == lines[blocks[index].from].region && weak(other));
            weak(index) && (heads_table || stacked || is_beside_another(lines, &blocks[index]))
        })
        .map(|(&index, _)| index)
        .collect();
    for index in &demoted {
        looks.remove(index);
    }
    demoted.into_iter().filter(|&index| is_beside_another(lines, &blocks[index])).collect()
}

/// True if another bold line of this size stands beside it on the page: the columns of a table are headed so, columns of text seldom.
fn is_beside_another(lines: &[Line], block: &Block) -> bool {
    let (first, last) = (&lines[block.from], &lines[block.to - 1]);
    let (top, foot) = (first.y - 0.5 * first.size, last.y + 0.5 * first.size);
    let is_beside = |line: &Line| {
        line.region != first.region && (top..foot).contains(&line.y) && line.is_all(Style::BOLD) && (line.size - first.size).abs() < 0.1 * first.size
    };
    let on_page = |line: &&Line| line.page == first.page;
    lines[block.to..].iter().take_while(on_page).chain(lines[..block.from].iter().rev().take_while(on_page)).any(is_beside)
}

/// True between the caption of a table and its first row on the same page.
fn is_in_table_head(lines: &[Line], blocks: &[Block], index: usize) -> bool {
    let page = lines[blocks[index].from].page;
    let near =
        |range: &mut dyn Iterator<Item = &Block>, wanted: &dyn Fn(&Block) -> bool| range.take(4).take_while(|block| lines[block.from].page == page).any(wanted);
    let is_table = |block: &Block| lines[block.from].text.starts_with("Table") && marker::is_caption(&lines[block.from].text);
    near(&mut blocks[..index].iter().rev(), &is_table) && near(&mut blocks[index + 1..].iter(), &|block| block.form == Form::Row)
}

fn levels(lines: &[Line], blocks: &[Block], looks: &BTreeMap<usize, Look>, given: &HashMap<usize, u8>) -> HashMap<usize, u8> {
    // The level of a look: the one that the outline gives most of its headings, else one below the next larger look.
    let mut votes: BTreeMap<Look, BTreeMap<u8, usize>> = BTreeMap::new();
    for (index, look) in looks {
        let votes = votes.entry(*look).or_default();
        if let Some(&level) = given.get(index) {
            *votes.entry(level).or_default() += 1;
        }
    }
    let mut by_look: BTreeMap<Look, u8> = BTreeMap::new();
    let mut counts: BTreeMap<Look, usize> = BTreeMap::new();
    for look in looks.values() {
        *counts.entry(*look).or_default() += 1;
    }
    // A look that occurs once (on a cover, over the contents) does not push the others down.
    let any_repeated = counts.values().any(|&count| count > 1);
    let mut above = 0;
    for (look, votes) in votes {
        let voted = votes.iter().max_by(|a, b| a.1.cmp(b.1).then(b.0.cmp(a.0))).map(|(&level, _)| level);
        let level = voted.unwrap_or(above + 1).clamp(1, 6);
        if voted.is_some() || !any_repeated || counts.get(&look).is_some_and(|&count| count > 1) {
            above = level;
        }
        by_look.insert(look, level);
    }
    let mut levels: HashMap<usize, u8> = HashMap::new();
    let mut of_whole_numbers: Option<u8> = None;
    let mut numbered: Option<(&Look, u8)> = None;
    for (&index, look) in looks {
        let mut level = given.get(&index).copied().or_else(|| by_look.get(look).copied()).unwrap_or(1);
        let heading = text(lines, &blocks[index]);
        let parts = marker::heading_number(&heading).map_or(0, |(number, _)| number.split('.').count());
        if parts == 1 {
            of_whole_numbers = Some(level);
        }
        if let (Some(whole), 2..) = (of_whole_numbers, parts) {
            level = level.max(whole + parts as u8 - 1).min(6);
        }
        match numbered {
            // "3.1 Background" is over what is set as it is and has no number.
            Some((above, of_above)) if parts == 0 && above == look && !given.contains_key(&index) => level = (of_above + 1).min(6),
            _ => numbered = (parts > 1).then_some((look, level)),
        }
        levels.insert(index, level);
    }
    levels
}

pub(super) fn is_short(lines: &[Line], block: &Block) -> bool {
    let count: usize = lines[block.from..block.to].iter().map(|line| line.text.len()).sum();
    block.to - block.from <= MOST_LINES && count <= MOST_CHARACTERS
}

fn is_heading(lines: &[Line], blocks: &[Block], index: usize, measures: &Measures) -> bool {
    let block = &blocks[index];
    let own = &lines[block.from..block.to];
    let Some(first) = own.first() else { return false };
    let text = text(lines, block);
    let numbered = marker::heading_number(&text);
    if !is_short(lines, block) || block.form == Form::Item && numbered.is_none() || marker::is_caption(&text) {
        return false;
    }
    let words = numbered.map_or(text.as_str(), |(_, at)| &text[at..]);
    let has_word = words.split(' ').any(|word| word.chars().filter(|c| c.is_alphabetic()).count() >= 3);
    if ends_like_prose(words) || !begins(words) || !has_word || text.contains("://") || text.contains('@') || text.contains("www.") {
        return false;
    }
    let below_label = index.checked_sub(1).is_some_and(|above| is_labelled_line(&self::text(lines, &blocks[above])) && !stands_apart(lines, block, measures));
    if is_labelled_line(&text) || below_label || is_person(&text) || date_line::parse_line(&text).is_some() {
        return false;
    }
    let larger = first.size >= LARGER * measures.body;
    let bold = own.iter().all(|line| line.is_all(Style::BOLD));
    let capitals = is_capitals(words) && own.len() <= 2;
    let next = blocks.get(index + 1);
    // Notes and captions may be bold; a heading is not smaller than its text.
    let over_small = next.is_some_and(|next| matches!(next.form, Form::Text | Form::Item) && first.size >= 0.98 * lines[next.from].size && first.size >= 7.0);
    if first.size < 0.98 * measures.body && !((bold || capitals) && (first.size >= 0.9 * measures.body || over_small && stands_apart(lines, block, measures))) {
        return false;
    }
    let followed = next.is_some_and(|next| !matches!(next.form, Form::Row | Form::Note));
    let apart = stands_apart(lines, block, measures) && followed;
    let single = own.len() == 1 && text.len() < 90;
    let italic = single && own.iter().all(|line| line.is_all(Style::ITALIC));
    larger || bold || (capitals || italic || is_coloured(lines, blocks, index)) && apart
}

/// True for text that ends with a sign of a sentence, a note mark aside. "Decision 3/CP.20" ends with a symbol, "trade ..." with dots.
fn ends_like_prose(text: &str) -> bool {
    let trimmed = text.trim_end_matches(|c: char| c.is_ascii_digit() || c == '”');
    let symbol = trimmed.len() < text.len() && trimmed.rsplit(' ').next().is_some_and(|word| word.contains('/'));
    trimmed.ends_with(['.', ',', ';']) && !trimmed.ends_with("...") && !symbol
}

/// True for one or two lines in a colour of their own over text in another, with one more such heading between at most.
fn is_coloured(lines: &[Line], blocks: &[Block], index: usize) -> bool {
    let coloured = |block: &Block| block.to - block.from <= 2 && lines[block.from..block.to].iter().all(|line| line.is_all(Style::COLOURED));
    let text = |at: usize| blocks.get(at).filter(|block| matches!(block.form, Form::Text | Form::Item));
    let over_text = |at: usize| text(at).is_some_and(|block| !lines[block.from].starts_in(Style::COLOURED));
    coloured(&blocks[index]) && (over_text(index + 1) || text(index + 1).is_some_and(coloured) && over_text(index + 2))
}

/// "Jane Q. Doe": a name with an initial.
fn is_person(text: &str) -> bool {
    let words = || text.split(' ');
    let initial = |word: &str| word.len() == 2 && word.ends_with('.') && word.starts_with(|c: char| c.is_ascii_uppercase());
    (2..=5).contains(&words().count())
        && words().skip(1).any(initial)
        && words().all(|word| word.starts_with(char::is_uppercase))
        && !words().next().is_some_and(initial)
}

/// "FROM: Jane Doe", "Subject: Ports", "Washington, DC 20548": a line of a letter's or memorandum's head, with what it says; "Notes:" below a table.
fn is_labelled_line(text: &str) -> bool {
    const LABELS: [&str; 17] = [
        "from",
        "to",
        "cc",
        "subject",
        "re",
        "date",
        "through",
        "applies to",
        "attention",
        "original release date",
        "release date",
        "by",
        "author",
        "authors",
        "issued",
        "published",
        "effective date",
    ];
    const UNDER_TABLES: [&str; 4] = ["note:", "notes:", "source:", "sources:"];
    let labelled = text.split_once(':').is_some_and(|(label, rest)| !rest.is_empty() && LABELS.iter().any(|known| label.trim().eq_ignore_ascii_case(known)));
    let code = text.rsplit(' ').next().unwrap_or_default();
    let postal = code.len() == 5 && code.bytes().all(|byte| byte.is_ascii_digit()) && text.contains(", ");
    labelled || postal || UNDER_TABLES.iter().any(|known| text.eq_ignore_ascii_case(known))
}

/// True if the first letter or digit after the number is no small letter.
fn begins(text: &str) -> bool {
    let words = marker::heading_number(text).map_or(text, |(_, at)| &text[at..]);
    words.chars().find(|c| c.is_alphanumeric()).is_some_and(|c| !c.is_lowercase())
}

/// True if more space than between lines is above the block, or it begins its region.
fn stands_apart(lines: &[Line], block: &Block, measures: &Measures) -> bool {
    let first = &lines[block.from];
    let Some(above) = block.from.checked_sub(1).map(|at| &lines[at]) else { return true };
    above.region != first.region || first.y - above.y > 1.3 * measures.leading(first.size)
}

fn is_capitals(text: &str) -> bool {
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    letters >= 4 && !text.chars().any(char::is_lowercase)
}

fn look(lines: &[Line], block: &Block) -> Look {
    let own = &lines[block.from..block.to];
    let size = own.first().map_or(0.0, |line| line.size);
    let all = |style| own.iter().all(|line| line.is_all(style));
    let capitals = is_capitals(&text(lines, block));
    (Reverse((size * 2.0).round() as i32), Reverse(all(Style::BOLD)), Reverse(capitals), Reverse(all(Style::COLOURED)), all(Style::ITALIC))
}

/// The lines of a block in one line.
#[must_use]
pub fn text(lines: &[Line], block: &Block) -> String {
    lines[block.from..block.to].iter().map(|line| line.text.as_str()).collect::<Vec<_>>().join(" ")
}

/// The levels that the document's outline gives to its headings.
struct Outline(HashMap<String, u8>);

impl Outline {
    fn new(bookmarks: &[Bookmark], title: Option<String>) -> Self {
        let title = title.map(|title| plain(&title));
        let tops = bookmarks.iter().filter(|bookmark| bookmark.level == 1).count();
        // One entry over all others is the document itself.
        let root = tops == 1 && bookmarks.first().is_some_and(|first| first.level == 1 && (bookmarks.len() > 1 || Some(plain(&first.title)) == title));
        let mut levels = HashMap::new();
        for bookmark in bookmarks {
            let level = bookmark.level - u8::from(root);
            let key = plain(&bookmark.title);
            if level > 0 && key.len() > 2 && !marker::is_caption(&bookmark.title) {
                levels.entry(key).or_insert(level);
            }
        }
        Self(levels)
    }

    fn level(&self, text: &str) -> Option<u8> {
        if self.0.is_empty() {
            return None;
        }
        let without_number = || marker::heading_number(text).and_then(|(_, at)| self.0.get(&plain(&text[at..])));
        self.0.get(&plain(text)).or_else(without_number).copied()
    }
}

/// Letters and digits alone, in lower case.
pub(super) fn plain(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::super::line::Run;
    use super::*;

    #[test]
    fn bold_lines_side_by_side_head_columns() {
        let line = |region: usize, y: f32| Line {
            text: "Ports".to_owned(),
            region,
            y,
            size: 9.0,
            runs: vec![Run { start: 0, style: Style::BOLD }],
            ..Line::default()
        };
        let lines = [line(1, 100.0), line(2, 100.0), line(3, 160.0)];
        let block = |at: usize| Block { form: Form::Text, from: at, to: at + 1 };
        assert!(is_beside_another(&lines, &block(0)) && is_beside_another(&lines, &block(1)));
        assert!(!is_beside_another(&lines, &block(2)));
    }

    #[test]
    fn symbols_at_the_end_of_a_heading_are_no_full_stop() {
        assert!(!ends_like_prose("Decision 3/CP.20"));
        assert!(ends_like_prose("They met and/or left.20"));
        assert!(ends_like_prose("of the plan."));
    }
}
