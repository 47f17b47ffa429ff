//! Headings, their levels, and the title.

use std::collections::{BTreeMap, HashMap};

use super::block::{Block, Form};
use super::glyph::Bookmark;
use super::line::Style;
use super::marker;
use super::measure::Measures;
use super::row::Line;

/// Headings are not longer than this, in lines and in characters.
const MOST_LINES: usize = 4;
const MOST_CHARACTERS: usize = 220;
/// Larger than the text by this factor is a heading's size.
const LARGER: f32 = 1.08;
/// A title is larger than the text by this factor.
const TITLE: f32 = 1.25;

/// What was found of headings: their levels by index of block, and the blocks that hold the document's title and subtitle.
#[derive(Debug, Default)]
pub struct Headings {
    pub levels: HashMap<usize, u8>,
    pub title: Option<usize>,
    pub subtitle: Option<usize>,
}

/// How a heading is set, largest first: by size in half points, weight, capitals, slant.
type Look = (std::cmp::Reverse<i32>, std::cmp::Reverse<bool>, std::cmp::Reverse<bool>, bool);

/// Finds headings and gives them the form; the title's blocks keep theirs.
pub fn recognise(lines: &[Line], blocks: &mut [Block], measures: &Measures, outline: &[Bookmark]) -> Headings {
    let mut found = Headings::default();
    find_title(lines, blocks, measures, &mut found);
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
            blocks[index].form = Form::Heading;
        }
    }
    found.levels = levels(lines, blocks, &looks, &given);
    found
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
        levels.insert(index, level);
    }
    levels
}

fn is_short(lines: &[Line], block: &Block) -> bool {
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
    let trimmed = words.trim_end_matches(|c: char| c.is_ascii_digit() || c == '”');
    let ends_like_prose = trimmed.ends_with(['.', ',', ';']) && !trimmed.ends_with("...");
    let has_word = words.split(' ').any(|word| word.chars().filter(|c| c.is_alphabetic()).count() >= 3);
    if ends_like_prose || !begins(words) || !has_word || text.contains("://") || text.contains('@') || text.contains("www.") {
        return false;
    }
    let larger = first.size >= LARGER * measures.body;
    let bold = own.iter().all(|line| line.is_all(Style::BOLD));
    let capitals = is_capitals(words) && own.len() <= 2;
    // Notes and captions may be bold; a heading is not smaller than the text.
    if first.size < 0.98 * measures.body && !(bold && first.size >= 0.9 * measures.body) {
        return false;
    }
    let followed = blocks.get(index + 1).is_some_and(|next| !matches!(next.form, Form::Row | Form::Note));
    let italic = own.len() == 1 && text.len() < 90 && own.iter().all(|line| line.is_all(Style::ITALIC)) && stands_apart(lines, block, measures) && followed;
    larger || bold || (capitals && followed && stands_apart(lines, block, measures)) || italic
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
    use std::cmp::Reverse;
    let own = &lines[block.from..block.to];
    let size = own.first().map_or(0.0, |line| line.size);
    let all = |style| own.iter().all(|line| line.is_all(style));
    let capitals = is_capitals(&text(lines, block));
    (Reverse((size * 2.0).round() as i32), Reverse(all(Style::BOLD)), Reverse(capitals), all(Style::ITALIC))
}

/// The title: the largest text of the first page with text, if it is larger than the body; the subtitle stands under it, still larger than the body.
fn find_title(lines: &[Line], blocks: &[Block], measures: &Measures, found: &mut Headings) {
    let Some(page) = blocks.first().map(|block| lines[block.from].page) else { return };
    let on_page = blocks.iter().take_while(|block| lines[block.from].page == page);
    let candidates =
        on_page.enumerate().filter(|(_, block)| matches!(block.form, Form::Text | Form::Item) && is_short(lines, block) && lines[block.from].cells.is_empty());
    let worded = candidates.filter(|(_, block)| text(lines, block).chars().filter(|c| c.is_alphabetic()).count() >= 5);
    let largest = worded.max_by(|a, b| lines[a.1.from].size.total_cmp(&lines[b.1.from].size).then(b.0.cmp(&a.0)));
    let Some((index, block)) = largest.filter(|(_, block)| lines[block.from].size >= TITLE * measures.body) else { return };
    found.title = Some(index);
    let under = blocks.get(index + 1).filter(|under| matches!(under.form, Form::Text) && is_short(lines, under) && lines[under.from].page == page);
    let larger = under.filter(|under| {
        let (size, title) = (lines[under.from].size, lines[block.from].size);
        size >= 1.15 * measures.body && size < title && !text(lines, under).ends_with('.') && lines[under.from].y - lines[block.to - 1].y < 3.0 * title
    });
    found.subtitle = larger.map(|_| index + 1);
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
fn plain(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
