//! Lines of a region: segments side by side joined, with what a reader sees of their setting.

use super::column::Region;
use super::line::{Run, Segment, Style, push_run};

/// A line of text in its column.
#[derive(Debug, Clone, Default)]
pub struct Line {
    pub text: String,
    pub runs: Vec<Run>,
    pub x0: f32,
    pub x1: f32,
    pub y: f32,
    pub size: f32,
    /// Where the cells after the first one start, if there are wide gaps in the line: byte offset and left edge.
    pub cells: Vec<(u32, f32)>,
    /// Index of the page.
    pub page: usize,
    /// Counts the regions of the document.
    pub region: usize,
    /// In a table, its row, from 1.
    pub table_row: u32,
    /// The edges of the region.
    pub left: f32,
    pub right: f32,
}

/// A gap of this many ems between two pieces of a line is a tab or a table column.
const CELL_GAP: f32 = 1.4;

impl Line {
    /// True if all letters and digits are set in `style`.
    #[must_use]
    pub fn is_all(&self, style: Style) -> bool {
        let mut any = false;
        for (index, run) in self.runs.iter().enumerate() {
            let text = &self.text[run.start as usize..self.run_end(index)];
            if run.style.has(Style::RAISED) || !text.chars().any(char::is_alphanumeric) {
                continue;
            }
            if !run.style.has(style) {
                return false;
            }
            any = true;
        }
        any
    }

    /// True if its first letters are set in `style`.
    #[must_use]
    pub fn starts_in(&self, style: Style) -> bool {
        self.worded_runs().next().is_some_and(|run| run.style.has(style))
    }

    /// True if its last letters are set in `style`.
    #[must_use]
    pub fn ends_in(&self, style: Style) -> bool {
        self.worded_runs().last().is_some_and(|run| run.style.has(style))
    }

    /// The runs with letters or digits on the line.
    fn worded_runs(&self) -> impl Iterator<Item = &Run> {
        let worded = |index: usize| self.text[self.runs[index].start as usize..self.run_end(index)].chars().any(char::is_alphanumeric);
        self.runs.iter().enumerate().filter(move |(index, run)| !run.style.has(Style::RAISED) && worded(*index)).map(|(_, run)| run)
    }

    /// Where the run with this index ends.
    #[must_use]
    pub fn run_end(&self, index: usize) -> usize {
        self.runs.get(index + 1).map_or(self.text.len(), |next| next.start as usize)
    }

    /// The raised text at the very start: the label of a note.
    #[must_use]
    pub fn raised_start(&self) -> Option<&str> {
        let first = self.runs.first().filter(|run| run.style.has(Style::RAISED))?;
        debug_assert_eq!(first.start, 0);
        let end = (0..self.runs.len()).take_while(|&index| self.runs[index].style.has(Style::RAISED)).map(|index| self.run_end(index)).last()?;
        Some(self.text[..end].trim())
    }

    /// How much room is left at the end of the line.
    #[must_use]
    pub fn slack(&self) -> f32 {
        self.right - self.x1
    }

    /// The width of its first word, with the space after it.
    #[must_use]
    pub fn first_word_width(&self) -> f32 {
        let word = self.text.split(' ').next().map_or(0, |word| word.chars().count());
        let all = self.text.chars().count().max(1);
        (self.x1 - self.x0) * (word + 1) as f32 / all as f32
    }
}

/// The lines of a region, top to bottom.
#[must_use]
pub fn lines(segments: &[Segment], region: &Region, page: usize, number: usize) -> Vec<Line> {
    let mut lines = Vec::new();
    if !region.rows.is_empty() {
        let of_row = region.rows.iter().zip(1..).flat_map(|(&length, row)| std::iter::repeat_n(row, length));
        lines
            .extend(region.segments.iter().zip(of_row).map(|(&index, table_row)| Line { table_row, ..line(segments, &mut vec![index], region, page, number) }));
        return lines;
    }
    let mut row: Vec<usize> = Vec::new();
    for &index in &region.segments {
        let segment = &segments[index];
        let same = row.first().is_some_and(|&first| segment.y - segments[first].y < 0.3 * segment.size.min(segments[first].size));
        if !same && !row.is_empty() {
            lines.push(line(segments, &mut row, region, page, number));
        }
        row.push(index);
    }
    if !row.is_empty() {
        lines.push(line(segments, &mut row, region, page, number));
    }
    lines
}

fn line(segments: &[Segment], row: &mut Vec<usize>, region: &Region, page: usize, number: usize) -> Line {
    row.sort_by(|&a, &b| segments[a].x0.total_cmp(&segments[b].x0).then(a.cmp(&b)));
    let mut line = Line { page, region: number, left: region.x0, right: region.x1, x0: f32::INFINITY, ..Line::default() };
    let mut longest = 0;
    for index in row.drain(..) {
        let segment = &segments[index];
        if !line.text.is_empty() {
            line.text.push(' ');
            if segment.x0 - line.x1 > CELL_GAP * segment.size {
                line.cells.push((line.text.len() as u32, segment.x0));
            }
        }
        let base = line.text.len();
        for run in &segment.runs {
            push_run(&mut line.runs, base + run.start as usize, run.style);
        }
        line.text.push_str(&segment.text);
        line.x0 = line.x0.min(segment.x0);
        line.x1 = line.x1.max(segment.x1);
        if segment.text.len() > longest {
            longest = segment.text.len();
            (line.y, line.size) = (segment.y, segment.size);
        }
    }
    line
}
