//! From characters with a place on a page to blocks in reading order. Knows nothing of any file format.

mod block;
mod column;
mod compose;
mod furniture;
mod glyph;
mod heading;
mod hyphen;
mod line;
mod marker;
mod measure;
mod row;
mod table;
#[cfg(test)]
mod test;
mod title;

pub use compose::Composed;
pub use glyph::{Bookmark, FontStyle, Glyph, PageGlyphs, Role};

use block::{Block, Form};
use line::Segment;
use measure::Measures;
use row::Line;

/// What the layout tells beside the text.
#[derive(Debug, Default)]
pub struct Arranged {
    pub text: Composed,
    /// The title and the subtitle as printed.
    pub title: Option<String>,
    pub subtitle: Option<String>,
}

/// Arranges the pages of a document.
#[must_use]
pub fn arrange(pages: &[PageGlyphs], fonts: &[FontStyle], outline: &[Bookmark]) -> Arranged {
    let tint = line::usual_tint(pages);
    let segments: Vec<Vec<Segment>> = pages.iter().map(|page| line::segments(page, fonts, tint)).collect();
    let sheets: Vec<furniture::Sheet> = pages.iter().zip(&segments).map(|(page, segments)| furniture::Sheet { height: page.height, segments }).collect();
    let furniture = furniture::recognise(&sheets);

    let mut content: Vec<Vec<Segment>> = Vec::with_capacity(pages.len());
    let mut aside: Vec<Vec<(bool, &Segment)>> = Vec::with_capacity(pages.len());
    for (sheet, found) in sheets.iter().zip(&furniture) {
        let is_foot = |segment: &Segment| segment.y > 0.5 * sheet.height || segment.role == Role::Turned;
        aside.push(sheet.segments.iter().zip(found).filter(|(_, found)| **found).map(|(segment, _)| (is_foot(segment), segment)).collect());
        content.push(sheet.segments.iter().zip(found).filter(|(_, found)| !**found).map(|(segment, _)| segment.clone()).collect());
    }

    let (lines, starts) = lines(&content);
    let measures = Measures::of(&lines);
    let mut blocks: Vec<Block> = Vec::new();
    for (page, &start) in starts.iter().enumerate() {
        let end = starts.get(page + 1).copied().unwrap_or(lines.len());
        blocks.extend(block::blocks(&lines[start..end], start, &measures));
    }
    let headings = heading::recognise(&lines, &mut blocks, &measures, outline);
    for block in blocks.iter_mut().filter(|block| block.form == Form::Text && block.to - block.from <= 4) {
        if marker::is_caption(&lines[block.from].text) {
            block.form = Form::Caption;
        }
    }

    let mut words = hyphen::Words::default();
    lines.iter().for_each(|line| words.add(&line.text));
    let printed = |index: Option<usize>| index.map(|index| title::printed(&lines[blocks[index].from..blocks[index].to]));
    let (title, subtitle) = (printed(headings.title), printed(headings.subtitle));
    let text = compose::compose(&compose::Found { lines: &lines, blocks: &blocks, headings: &headings, words: &words, furniture: &aside });
    Arranged { text, title, subtitle }
}

/// All lines of the document in reading order, and where those of each page start.
fn lines(content: &[Vec<Segment>]) -> (Vec<Line>, Vec<usize>) {
    let mut lines = Vec::new();
    let mut starts = Vec::with_capacity(content.len());
    let mut regions = 0;
    for (page, segments) in content.iter().enumerate() {
        starts.push(lines.len());
        for region in column::regions(segments) {
            lines.extend(row::lines(segments, &region, page, regions));
            regions += 1;
        }
    }
    (lines, starts)
}
