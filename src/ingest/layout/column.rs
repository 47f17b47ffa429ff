//! Reading order on a page: columns, and what spans them.

use std::collections::HashSet;

use super::line::Segment;
use super::{marker, table};

/// Segments that are read from top to bottom, one line after the other.
#[derive(Debug, Clone, PartialEq)]
pub struct Region {
    /// Indices of segments, by baseline.
    pub segments: Vec<usize>,
    pub x0: f32,
    pub x1: f32,
    /// For a table, how many segments each of its rows has; the segments are in the order in which they are read.
    pub rows: Vec<usize>,
}

/// A gutter is at least this wide, in points.
const GUTTER: f32 = 6.0;
/// Lines that a column must have beside another one.
const FEWEST_LINES: usize = 3;
/// Characters that the lines of a column of prose have on average; table cells and list markers have fewer.
const FEWEST_CHARACTERS: usize = 15;
/// A narrow column beside prose of at least that many characters a line may have shorter ones.
const PROSE_CHARACTERS: usize = 40;
const FEWEST_BESIDE_PROSE: usize = 10;
/// Characters that the lines of a box beside the text have at most on average.
const BOX_CHARACTERS: usize = 22;
/// Captions on one page that may stand beside text.
const MOST_CAPTIONS: usize = 24;
/// Gutters inside gutters: newspapers have five columns.
const MOST_CUTS: u8 = 6;
/// Left edges that are tried as a gutter's right side, those of most lines first.
const MOST_CANDIDATES: usize = 16;

/// The regions of a page in reading order.
#[must_use]
pub fn regions(segments: &[Segment]) -> Vec<Region> {
    let mut order: Vec<usize> = (0..segments.len()).collect();
    order.sort_by(|&a, &b| segments[a].y.total_cmp(&segments[b].y).then(segments[a].x0.total_cmp(&segments[b].x0)));
    let mut regions = Vec::new();
    // The entries of a contents list stand in front of their numbers, not beside a text.
    if segments.iter().any(|segment| marker::is_contents_heading(&segment.text)) {
        return vec![region(segments, order)];
    }
    let mut aside: Vec<Region> = Vec::new();
    let mut last: Vec<Region> = Vec::new();
    for table in table::find(segments, &order) {
        let cells: HashSet<usize> = table.rows.iter().flatten().copied().chain(table.caption).collect();
        order.retain(|index| !cells.contains(index));
        let rows = table.rows.iter().map(Vec::len).collect();
        let of_cells = Region { rows, ..region(segments, table.rows.into_iter().flatten().collect()) };
        match table.caption {
            Some(caption) => last.extend([region(segments, vec![caption]), of_cells]),
            None => aside.push(of_cells),
        }
    }
    let notes = margin(segments, &order);
    order.retain(|index| !notes.iter().flatten().any(|noted| noted == index));
    aside.extend(notes.into_iter().map(|note| region(segments, note)));
    let captions = side_captions(segments, &order);
    order.retain(|index| !captions.contains(index));
    let top = |region: &Region| region.segments.iter().map(|&index| segments[index].y).fold(f32::INFINITY, f32::min);
    aside.sort_by(|a, b| top(a).total_cmp(&top(b)));
    for part in aside {
        let (first, top) = (part.segments[0], top(&part));
        let below = order.iter().position(|&index| segments[index].y > top - 0.5 * segments[first].size).unwrap_or(order.len());
        let rest = order.split_off(below);
        cut(segments, std::mem::replace(&mut order, rest), 0, &mut regions);
        regions.push(part);
    }
    cut(segments, order, 0, &mut regions);
    regions.extend(captions.into_iter().map(|caption| region(segments, vec![caption])));
    regions.extend(last);
    regions
}

/// Captions of figures that stand right of a line of text, which goes on below that line and not in the caption.
fn side_captions(segments: &[Segment], order: &[usize]) -> Vec<usize> {
    let is_caption = |index: &usize| segments[*index].text.starts_with("Fig") && marker::is_caption(&segments[*index].text) && segments[*index].text.len() > 20;
    let text_left = |index: &usize| {
        let caption = &segments[*index];
        let beside = |other: &Segment| (other.y - caption.y).abs() < 0.6 * caption.size && other.x1 < caption.x0 && other.text.len() > 20;
        segments.iter().any(beside)
    };
    order.iter().copied().filter(is_caption).take(MOST_CAPTIONS).filter(text_left).collect()
}

fn region(segments: &[Segment], part: Vec<usize>) -> Region {
    let x0 = part.iter().map(|&index| segments[index].x0).fold(f32::INFINITY, f32::min);
    let x1 = part.iter().map(|&index| segments[index].x1).fold(f32::NEG_INFINITY, f32::max);
    Region { segments: part, x0, x1, rows: Vec::new() }
}

/// What stands in the margin left of the text: side headings, in groups from top to bottom. None if so much stands there that it is a column.
fn margin(segments: &[Segment], order: &[usize]) -> Vec<Vec<usize>> {
    // The left edge of most of the text, to two points.
    let mut edges: std::collections::BTreeMap<i32, usize> = std::collections::BTreeMap::new();
    for segment in segments {
        *edges.entry((segment.x0 / 2.0) as i32).or_default() += segment.text.len();
    }
    let Some(edge) = edges.iter().max_by(|a, b| a.1.cmp(b.1).then(b.0.cmp(a.0))).map(|(&edge, _)| edge as f32 * 2.0) else { return Vec::new() };
    let is_worded = |segment: &Segment| segment.text.chars().filter(|c| c.is_alphabetic()).count() >= 3;
    let beside = |index: &usize| {
        let segment = &segments[*index];
        segment.x1 < edge - GUTTER && segment.x0 < edge - 40.0 && is_worded(segment)
    };
    let body = segments.iter().filter(|segment| segment.x0 >= edge - 2.0).count();
    let noted: Vec<usize> = order.iter().copied().filter(beside).collect();
    if noted.len() * 5 > body * 2 {
        return Vec::new();
    }
    let mut groups: Vec<Vec<usize>> = Vec::new();
    for index in noted {
        let segment = &segments[index];
        match groups.last_mut() {
            Some(group) if group.last().is_some_and(|&last| segment.y - segments[last].y < 1.6 * segment.size && segments[last].size * 1.1 > segment.size) => {
                group.push(index)
            }
            _ => groups.push(vec![index]),
        }
    }
    groups
}

fn cut(segments: &[Segment], part: Vec<usize>, depth: u8, regions: &mut Vec<Region>) {
    let gutter = if depth < MOST_CUTS { best_gutter(segments, &part) } else { None };
    let Some(gutter) = gutter else {
        if !part.is_empty() {
            regions.push(region(segments, part));
        }
        return;
    };
    let mut spanning = Vec::new();
    for band in bands(segments, &part, gutter) {
        if is_columns(segments, &band, gutter) {
            cut(segments, std::mem::take(&mut spanning), depth + 1, regions);
            let (left, right): (Vec<usize>, Vec<usize>) = band.into_iter().partition(|&index| segments[index].x0 < gutter - 1.0);
            let (first, second) = if is_box(segments, &left, &right) { (right, left) } else { (left, right) };
            cut(segments, first, depth + 1, regions);
            cut(segments, second, depth + 1, regions);
        } else {
            spanning.extend(band);
        }
    }
    cut(segments, spanning, depth + 1, regions);
}

/// The left edge of the column right of the best gutter: the one beside which most lines stand in columns.
fn best_gutter(segments: &[Segment], part: &[usize]) -> Option<f32> {
    if part.len() < 2 * FEWEST_LINES {
        return None;
    }
    let mut edges: Vec<f32> = part.iter().map(|&index| segments[index].x0).collect();
    edges.sort_by(f32::total_cmp);
    let leftmost = edges.first().copied()?;
    let mut candidates: Vec<(usize, f32)> = Vec::new();
    let mut at = 0;
    while at < edges.len() {
        let edge = edges[at];
        let count = edges[at..].iter().take_while(|&&other| other < edge + 2.0).count().max(1);
        at += count;
        if count >= FEWEST_LINES && edge >= leftmost + 40.0 {
            candidates.push((count, edge));
        }
    }
    candidates.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.total_cmp(&b.1)));
    candidates.truncate(MOST_CANDIDATES);
    let mut best: Option<(usize, f32)> = None;
    for (_, edge) in candidates {
        let lines: usize = bands(segments, part, edge).iter().filter(|band| is_columns(segments, band, edge)).map(Vec::len).sum();
        if lines > 0 && best.is_none_or(|(most, _)| lines > most) {
            best = Some((lines, edge));
        }
    }
    best.map(|(_, edge)| edge)
}

/// Cuts the part at the segments that cross the gutter: stretches without any, and the crossing ones, top to bottom.
fn bands(segments: &[Segment], part: &[usize], gutter: f32) -> Vec<Vec<usize>> {
    let mut bands: Vec<Vec<usize>> = Vec::new();
    let mut crossed = None;
    for &index in part {
        let crosses = segments[index].x0 < gutter - 1.0 && segments[index].x1 > gutter - GUTTER;
        match bands.last_mut() {
            Some(band) if crossed == Some(crosses) => band.push(index),
            _ => bands.push(vec![index]),
        }
        crossed = Some(crosses);
    }
    bands
}

/// True if on both sides of the gutter prose runs down beside the other.
fn is_columns(segments: &[Segment], band: &[usize], gutter: f32) -> bool {
    let mut sides = [Side::default(), Side::default()];
    for &index in band {
        let segment = &segments[index];
        if segment.x0 < gutter - 1.0 && segment.x1 > gutter - GUTTER {
            return false;
        }
        sides[usize::from(segment.x0 >= gutter - 1.0)].add(segment);
    }
    let [left, right] = &sides;
    let overlap = left.bottom.min(right.bottom) - left.top.max(right.top);
    let prose = sides.iter().any(|side| side.has_lines_of(PROSE_CHARACTERS) && side.runs_on(2));
    // Beside prose may stand a box with the author and the date, line by line.
    let (least, close) = if prose { (FEWEST_BESIDE_PROSE, 3) } else { (FEWEST_CHARACTERS, 2) };
    overlap > 0.0 && sides.iter().all(|side| side.has_lines_of(least) && side.runs_on(close))
}

/// True if short lines stand right of prose: a box with a word over the text, its author and its date, read before the text that may go on below it.
fn is_box(segments: &[Segment], left: &[usize], right: &[usize]) -> bool {
    let characters = |side: &[usize]| side.iter().map(|&index| segments[index].text.len()).sum::<usize>() / side.len().max(1);
    characters(left) >= PROSE_CHARACTERS && characters(right) < BOX_CHARACTERS && right.len() * 2 <= left.len() + 8
}

struct Side {
    lines: usize,
    characters: usize,
    top: f32,
    bottom: f32,
    /// Lines that follow the one before without a gap.
    close: usize,
}

impl Default for Side {
    fn default() -> Self {
        Self { lines: 0, characters: 0, top: f32::INFINITY, bottom: f32::NEG_INFINITY, close: 0 }
    }
}

impl Side {
    fn add(&mut self, segment: &Segment) {
        self.lines += 1;
        // Segments come from top to bottom; those in one line count as one that is close.
        self.close += usize::from(segment.y - self.bottom < 1.8 * segment.size);
        self.characters += segment.text.len();
        self.top = self.top.min(segment.y);
        self.bottom = self.bottom.max(segment.y);
    }

    /// True if one line in so many follows the one before closely, as those of prose do; the cells of a table stand where their row stands.
    fn runs_on(&self, one_in: usize) -> bool {
        self.close * one_in >= self.lines
    }

    fn has_lines_of(&self, characters: usize) -> bool {
        self.lines >= FEWEST_LINES && self.characters >= self.lines * characters
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn segment(text: &str, x0: f32, y: f32) -> Segment {
        Segment { text: text.to_owned(), x0, x1: x0 + 5.0 * text.len() as f32, y, size: 10.0, ..Segment::default() }
    }

    fn read(segments: &[Segment]) -> Vec<&str> {
        regions(segments).iter().flat_map(|region| &region.segments).map(|&index| segments[index].text.as_str()).collect()
    }

    #[test]
    fn two_columns_under_a_spanning_heading() {
        let mut segments = vec![segment("A heading that spans the two columns of the page, from left to right", 50.0, 50.0)];
        for line in 0..4 {
            let y = 80.0 + 12.0 * line as f32;
            segments.push(segment("right column of the page here", 310.0, y + 3.0));
            segments.push(segment("left column of the page stands", 50.0, y));
        }
        let order = read(&segments);
        assert!(order[0].starts_with("A heading"));
        assert!(order[1..5].iter().all(|text| text.starts_with("left")));
        assert!(order[5..].iter().all(|text| text.starts_with("right")));
    }

    #[test]
    fn a_side_heading_comes_before_the_text_beside_it() {
        let mut segments = vec![segment("Background", 50.0, 140.0)];
        for line in 0..8 {
            segments.push(segment(&format!("line {line} of the text of this report"), 200.0, 80.0 + 12.0 * line as f32));
        }
        let order = read(&segments);
        assert_eq!(order[5], "Background");
        assert!(order[6].starts_with("line 5"));
    }

    #[test]
    fn a_table_is_read_row_by_row() {
        let segments: Vec<Segment> =
            (0..4).flat_map(|row| [segment("2019", 50.0, 80.0 + 12.0 * row as f32), segment("35 per cent", 200.0, 80.0 + 12.0 * row as f32)]).collect();
        assert_eq!(regions(&segments).len(), 1);
    }
}
