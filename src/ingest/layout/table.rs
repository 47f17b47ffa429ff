//! Tables under a caption: which pieces of the page are their cells, and in which order they are read.
//!
//! A table is known by the white rivers that run down between its columns. It begins below its caption with a row of several pieces, and ends where a
//! line of text closes all rivers.

use super::line::Segment;
use super::marker;

/// A river is at least this wide, in points.
const RIVER: f32 = 4.0;
/// Rows that a table has at least.
const FEWEST_ROWS: usize = 3;
/// A gap of this many text sizes ends a table.
const END_GAP: f32 = 5.0;
/// Captions on one page under which a table is looked for.
const MOST_CAPTIONS: usize = 24;

/// A white river between two columns: its left and its right edge.
type River = (f32, f32);

/// The cells of a table in reading order, row by row.
#[derive(Debug, Default)]
pub struct Table {
    /// Indices of segments: one list for each row, in it the lines of the first cell, then those of the second.
    pub rows: Vec<Vec<usize>>,
    /// If text stands beside it in another column, its caption, which would be read into that text else.
    pub caption: Option<usize>,
}

/// The tables of a page whose segments are given in order from top to bottom.
pub fn find(segments: &[Segment], order: &[usize]) -> Vec<Table> {
    let mut tables = Vec::new();
    let mut from = 0;
    let mut captions = 0;
    while let Some(caption) = (from..order.len()).find(|&at| is_caption(&segments[order[at]])) {
        from = caption + 1;
        captions += 1;
        if captions > MOST_CAPTIONS {
            break;
        }
        let Some((left, right)) = extent(segments, order, caption) else { continue };
        let within = |index: &usize| segments[*index].x0 >= left && segments[*index].x1 <= right;
        let below: Vec<usize> = order[from..].iter().copied().filter(within).collect();
        let Some(found) = grow(segments, &below, &segments[order[caption]]) else { continue };
        let last = found.iter().copied().max_by(|&a, &b| segments[a].y.total_cmp(&segments[b].y));
        from = last.and_then(|last| order.iter().position(|&index| index == last)).map_or(from, |at| at + 1).max(from);
        let beside = left.is_finite() || right.is_finite();
        tables.push(Table { rows: rows(segments, &found), caption: beside.then_some(order[caption]) });
    }
    tables
}

fn is_caption(segment: &Segment) -> bool {
    segment.text.get(..5).is_some_and(|word| word.eq_ignore_ascii_case("table")) && marker::is_caption(&segment.text)
}

/// From where to where the table under a caption may reach: text beside the caption is another column.
fn extent(segments: &[Segment], order: &[usize], caption: usize) -> Option<(f32, f32)> {
    let own = &segments[order[caption]];
    let (mut left, mut right) = (f32::NEG_INFINITY, f32::INFINITY);
    for &index in order.iter().filter(|&&index| index != order[caption]) {
        let other = &segments[index];
        if (other.y - own.y).abs() > 1.5 * own.size.max(other.size) || other.text.len() < 12 {
            continue;
        }
        if other.x0 > own.x1 {
            right = right.min(other.x0 - 2.0);
        } else if other.x1 < own.x0 {
            left = left.max(other.x1 + 2.0);
        }
    }
    // Text on both sides is a cell of a table of its own, or a line that mentions one.
    (left.is_infinite() || right.is_infinite()).then_some((left, right))
}

/// The segments of the table among those below its caption.
fn grow(segments: &[Segment], below: &[usize], caption: &Segment) -> Option<Vec<usize>> {
    let lines = lines(segments, below);
    // The caption may run over two more lines before the head of the table.
    let first = lines.iter().take(3).position(|line| line.len() > 1)?;
    let mut rivers: Vec<River> = lines[first].windows(2).map(|pair| (segments[pair[0]].x1, segments[pair[1]].x0)).collect();
    rivers.retain(|river| river.1 - river.0 >= RIVER);
    let mut last = segments[lines[first][0]].y;
    if rivers.is_empty() || last - caption.y > 4.0 * END_GAP * caption.size.max(8.0) {
        return None;
    }
    let (mut found, mut with_cells, mut count) = (Vec::new(), 0, 0);
    for line in &lines[first..] {
        let head = &segments[line[0]];
        let ends = ["Source", "Note", "SOURCE", "NOTE"].iter().any(|word| head.text.starts_with(word)) || is_caption(head);
        if ends || head.y - last > END_GAP * head.size {
            break;
        }
        let left: Vec<River> = line.iter().fold(rivers.clone(), |rivers, &index| closed(rivers, &segments[index]));
        if left.is_empty() {
            break;
        }
        rivers = left;
        last = head.y;
        with_cells += usize::from(line.len() > 1);
        count += 1;
        found.extend_from_slice(line);
    }
    (with_cells >= FEWEST_ROWS && with_cells * 4 >= count).then_some(found)
}

/// What a text leaves of the rivers.
fn closed(rivers: Vec<River>, segment: &Segment) -> Vec<River> {
    let cut = |(from, to): River| match () {
        () if segment.x1 <= from || segment.x0 >= to => (from, to),
        // The wider bank stays white.
        () if to - segment.x1 > segment.x0 - from => (segment.x1, to),
        () => (from, segment.x0),
    };
    rivers.into_iter().map(cut).filter(|river| river.1 - river.0 >= RIVER).collect()
}

/// Segments on one baseline, lines from top to bottom, from left to right.
fn lines(segments: &[Segment], order: &[usize]) -> Vec<Vec<usize>> {
    let mut lines: Vec<Vec<usize>> = Vec::new();
    for &index in order {
        match lines.last_mut() {
            Some(line) if segments[index].y - segments[line[0]].y < 0.4 * segments[index].size => line.push(index),
            _ => lines.push(vec![index]),
        }
    }
    for line in &mut lines {
        line.sort_by(|&a, &b| segments[a].x0.total_cmp(&segments[b].x0));
    }
    lines
}

/// Puts the lines of cells into rows: a row begins where more space is above than between the lines of a cell, or where the first column has words that
/// can be the first of a cell, with others beside them.
fn rows(segments: &[Segment], found: &[usize]) -> Vec<Vec<usize>> {
    let lines = lines(segments, found);
    let columns = columns(segments, &lines);
    let distance = |pair: &[Vec<usize>]| segments[pair[1][0]].y - segments[pair[0][0]].y;
    let mut distances: Vec<f32> = lines.windows(2).map(distance).collect();
    distances.sort_by(f32::total_cmp);
    // Lines of a cell follow each other at the least distance that is no accident.
    let usual = distances.get(distances.len() / 4).copied().unwrap_or(0.0);
    let column_of = |index: usize| columns.iter().rposition(|&edge| segments[index].x0 >= edge - 2.0).unwrap_or(0);
    let mut rows: Vec<Vec<Vec<usize>>> = Vec::new();
    let mut above: Option<f32> = None;
    for line in &lines {
        let (first, y) = (&segments[line[0]], segments[line[0]].y);
        let headed = column_of(line[0]) == 0 && line.len() > 1 && first.text.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit());
        if headed || above.is_none_or(|above| y - above > 1.25 * usual + 0.5) {
            rows.push(vec![Vec::new(); columns.len().max(1)]);
        }
        for &index in line {
            if let Some(cell) = rows.last_mut().and_then(|row| row.get_mut(column_of(index))) {
                cell.push(index);
            }
        }
        above = Some(y);
    }
    rows.into_iter().map(|row| row.into_iter().flatten().collect()).collect()
}

/// The left edges of the columns: where stretches of the page begin that some text covers.
fn columns(segments: &[Segment], lines: &[Vec<usize>]) -> Vec<f32> {
    let mut spans: Vec<(f32, f32)> = lines.iter().filter(|line| line.len() > 1).flatten().map(|&index| (segments[index].x0, segments[index].x1)).collect();
    spans.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut edges = Vec::new();
    let mut reach = f32::NEG_INFINITY;
    for (from, to) in spans {
        if from > reach + RIVER * 0.5 {
            edges.push(from);
        }
        reach = reach.max(to);
    }
    edges
}

#[cfg(test)]
mod tests {
    use super::*;

    fn segment(text: &str, x0: f32, y: f32) -> Segment {
        Segment { text: text.to_owned(), x0, x1: x0 + 5.0 * text.len() as f32, y, size: 10.0, ..Segment::default() }
    }

    fn read(segments: &[Segment]) -> Vec<Vec<&str>> {
        let order: Vec<usize> = (0..segments.len()).collect();
        find(segments, &order).iter().flat_map(|table| &table.rows).map(|row| row.iter().map(|&index| segments[index].text.as_str()).collect()).collect()
    }

    #[test]
    fn cells_of_prose_are_read_row_by_row() {
        let segments = [
            segment("Table 1. Provisions", 50.0, 80.0),
            segment("Provision", 50.0, 100.0),
            segment("What it means", 200.0, 100.0),
            segment("Praise", 50.0, 120.0),
            segment("Public recognition of good work, in", 200.0, 120.0),
            segment("the press", 200.0, 132.0),
            segment("Bonus", 50.0, 152.0),
            segment("A payment made once, at the end", 200.0, 152.0),
            segment("of the year", 200.0, 164.0),
            segment("A paragraph below the table that runs over the whole width of the page", 50.0, 190.0),
        ];
        let rows = read(&segments);
        assert_eq!(rows.len(), 3, "{rows:?}");
        assert_eq!(rows[1], ["Praise", "Public recognition of good work, in", "the press"]);
    }

    #[test]
    fn text_in_columns_under_a_mention_is_no_table() {
        let mut segments = vec![segment("Table 2 shows how", 50.0, 80.0), segment("the right column goes on here", 310.0, 80.0)];
        for line in 1..6 {
            segments.push(segment("left column of the page stands", 50.0, 80.0 + 12.0 * line as f32));
            segments.push(segment("right column of the page here", 310.0, 80.0 + 12.0 * line as f32));
        }
        assert!(read(&segments).is_empty());
    }
}
