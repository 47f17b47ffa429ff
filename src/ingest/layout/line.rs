//! From characters to pieces of lines: who stands on one baseline, where words end, what is raised.

use super::glyph::{FontStyle, Glyph, PageGlyphs, Role};

/// How a stretch of text is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Style(u8);

impl Style {
    pub const BOLD: Self = Self(1);
    pub const ITALIC: Self = Self(2);
    /// Raised and smaller: a note mark, an exponent, the "th" of a number.
    pub const RAISED: Self = Self(4);
    /// Lowered and smaller.
    pub const LOWERED: Self = Self(8);
    /// In another colour than most of the document.
    pub const COLOURED: Self = Self(16);

    #[must_use]
    pub fn has(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    #[must_use]
    pub fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

/// From `start` (a byte offset into the text) on, up to the next run, the text is set in `style`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Run {
    pub start: u32,
    pub style: Style,
}

/// A piece of a line without wide gaps, words separated by single spaces.
#[derive(Debug, Clone, Default)]
pub struct Segment {
    pub text: String,
    pub runs: Vec<Run>,
    pub x0: f32,
    pub x1: f32,
    /// The baseline.
    pub y: f32,
    pub size: f32,
    pub role: Role,
}

/// Characters drawn one after the other on one baseline in one size.
struct Chunk {
    from: usize,
    to: usize,
    x0: f32,
    x1: f32,
    y: f32,
    size: f32,
    letters: usize,
    role: Role,
    script: Style,
}

/// A gap of this many ems ends a segment: wider than the word spaces of justified text, narrower than the gutter between two columns.
const SEGMENT_GAP: f32 = 1.0;
/// A raised mark is at least this much smaller than the text that it stands at.
const SCRIPT_RATIO: f32 = 1.12;
/// No letters are smaller than this against their text: what is, lies over a display line by chance.
const MOST_SCRIPT_RATIO: f32 = 2.5;
/// Marks in a row ("12, 13") are no longer than this.
const SCRIPT_LENGTH: usize = 14;
/// Bytes of most lines of a page.
const USUAL_LENGTH: usize = 96;
/// A page in more pieces than this is a map or an attack; nothing is compared with everything there.
const MOST_CHUNKS: usize = 8000;

/// The colour of most characters.
#[must_use]
pub fn usual_tint(pages: &[PageGlyphs]) -> u8 {
    let mut counts = [0usize; 256];
    for glyph in pages.iter().flat_map(|page| &page.glyphs) {
        counts[glyph.tint as usize] += 1;
    }
    (0..=255u8).max_by_key(|&tint| (counts[tint as usize], std::cmp::Reverse(tint))).unwrap_or(0)
}

/// The segments of a page from top to bottom; what is set in another direction comes last. `tint` is the colour of most of the document.
#[must_use]
pub fn segments(page: &PageGlyphs, fonts: &[FontStyle], tint: u8) -> Vec<Segment> {
    let glyphs = &page.glyphs;
    let mut chunks = chunks(glyphs);
    lower_initials(glyphs, &mut chunks);
    let rows = rows(glyphs, &mut chunks);
    let spaces = glyphs.iter().filter(|glyph| glyph.c == ' ').count();
    // Files that write their spaces need no guessing from gaps, only a wide gap tells of a space left out.
    let word_gap = if spaces * 12 > glyphs.len() { 0.28 } else { 0.16 };
    let mut segments = Vec::new();
    for row in &rows {
        Assembler { glyphs, chunks: &chunks, fonts, tint, word_gap }.row(row, &mut segments);
    }
    segments.extend(turned(glyphs));
    segments
}

fn chunks(glyphs: &[Glyph]) -> Vec<Chunk> {
    let mut chunks: Vec<Chunk> = Vec::new();
    let mut open = false;
    for (index, glyph) in glyphs.iter().enumerate() {
        if glyph.role == Role::Turned || glyph.c == '\0' {
            open = false;
            continue;
        }
        if glyph.c == ' ' {
            continue;
        }
        if let Some(last) = chunks.last_mut().filter(|_| open) {
            let gap = glyph.x0 - last.x1;
            let same = (glyph.y - last.y).abs() < 0.04 * last.size && (glyph.size - last.size).abs() < 0.03 * last.size && glyph.role == last.role;
            if same && gap < SEGMENT_GAP * last.size && gap > -0.5 * last.size && glyph.x0 >= last.x0 {
                last.to = index + 1;
                last.x1 = last.x1.max(glyph.x1);
                last.letters += 1;
                continue;
            }
        }
        open = true;
        let Glyph { x0, x1, y, size, role, .. } = *glyph;
        chunks.push(Chunk { from: index, to: index + 1, x0, x1, y, size, letters: 1, role, script: Style::default() });
    }
    chunks
}

/// Large initials that reach down beside several lines stand on the first of them.
fn lower_initials(glyphs: &[Glyph], chunks: &mut [Chunk]) {
    if chunks.len() > MOST_CHUNKS {
        return;
    }
    for index in 0..chunks.len() {
        let initial = &chunks[index];
        let is_letter = initial.letters == 1 && glyphs[initial.from].c.is_uppercase();
        if !is_letter {
            continue;
        }
        let beside = |chunk: &&Chunk| {
            let gap = chunk.x0 - initial.x1;
            let rise = initial.y - chunk.y;
            initial.size > 1.8 * chunk.size && (-2.0..chunk.size).contains(&gap) && (0.3 * initial.size..initial.size).contains(&rise) && chunk.letters > 1
        };
        let Some((y, size)) = chunks.iter().filter(beside).min_by(|a, b| a.y.total_cmp(&b.y)).map(|first| (first.y, first.size)) else { continue };
        let goes_on = chunks.iter().any(|chunk| (chunk.y - y).abs() < 0.1 && glyphs[chunk.from].c.is_lowercase());
        if goes_on {
            (chunks[index].y, chunks[index].size) = (y, size);
        }
    }
}

struct Row {
    y: f32,
    chunks: Vec<usize>,
}

/// Chunks by baseline, top to bottom; raised and lowered ones join the row of the text that they stand at.
fn rows(glyphs: &[Glyph], chunks: &mut [Chunk]) -> Vec<Row> {
    let mut order: Vec<usize> = (0..chunks.len()).collect();
    order.sort_by(|&a, &b| chunks[a].y.total_cmp(&chunks[b].y).then(a.cmp(&b)));
    let mut rows: Vec<Row> = Vec::new();
    for index in order {
        let chunk = &chunks[index];
        match rows.last_mut() {
            Some(row) if chunk.y - row.y <= 0.1 * chunk.size + 0.3 && !row.chunks.iter().rev().take(8).any(|&other| hides(&chunks[other], chunk)) => {
                row.chunks.push(index);
            }
            _ => rows.push(Row { y: chunk.y, chunks: vec![index] }),
        }
    }
    let with_scripts = if chunks.len() > MOST_CHUNKS { 0 } else { rows.len() };
    for at in 0..with_scripts {
        let candidates: Vec<usize> = rows[at].chunks.iter().copied().filter(|&index| chunks[index].letters <= SCRIPT_LENGTH).collect();
        for index in candidates {
            if let Some((host, script)) = host(glyphs, chunks, &rows, at, index) {
                rows[at].chunks.retain(|&other| other != index);
                rows[host].chunks.push(index);
                chunks[index].script = script;
            }
        }
    }
    rows.retain(|row| !row.chunks.is_empty());
    rows
}

/// True if one of two texts in very different sizes lies over the other: both are read, one after the other.
fn hides(one: &Chunk, other: &Chunk) -> bool {
    let shared = one.x1.min(other.x1) - one.x0.max(other.x0);
    let differ = one.size > 1.5 * other.size || other.size > 1.5 * one.size;
    differ && shared > 0.5 * (one.x1 - one.x0).min(other.x1 - other.x0) && one.letters > 1 && other.letters > 1
}

/// The row whose text the chunk is a superscript or a subscript of.
fn host(glyphs: &[Glyph], chunks: &[Chunk], rows: &[Row], at: usize, index: usize) -> Option<(usize, Style)> {
    let small = &chunks[index];
    let reach = 2.5 * small.size;
    let most = if glyphs[small.from].c.is_alphabetic() { MOST_SCRIPT_RATIO * small.size } else { f32::INFINITY };
    let below = (at + 1..rows.len()).take_while(|&row| rows[row].y - small.y < reach);
    let above = (0..at).rev().take_while(|&row| small.y - rows[row].y < reach);
    let mut best: Option<(f32, usize, Style)> = None;
    for row in below.chain(above) {
        for &other in &rows[row].chunks {
            let text = &chunks[other];
            let raise = (text.y - small.y) / text.size;
            let script = match raise {
                _ if text.size < small.size * SCRIPT_RATIO || text.size > most || text.script != Style::default() => continue,
                raise if (0.1..0.8).contains(&raise) => Style::RAISED,
                raise if (-0.4..-0.04).contains(&raise) => Style::LOWERED,
                _ => continue,
            };
            let distance = (text.x0 - small.x1).max(small.x0 - text.x1).max(0.0) / text.size;
            // A label may stand apart from its note by a tab; after a word nothing is apart.
            let near = if small.x1 <= text.x0 + 0.1 * text.size { 2.0 } else { 0.6 };
            if distance < near && best.is_none_or(|(least, ..)| distance < least) && !covers(glyphs, text, small) {
                best = Some((distance, row, script));
            }
        }
    }
    best.map(|(_, row, script)| (row, script))
}

/// True if letters of the text stand over or under the small one: a mark stands between letters.
fn covers(glyphs: &[Glyph], text: &Chunk, small: &Chunk) -> bool {
    let within = |glyph: &&Glyph| glyph.c != ' ' && glyph.x0 > small.x0 - 0.1 * small.size && glyph.x1 < small.x1 + 0.1 * small.size;
    text.x0 < small.x1 && small.x0 < text.x1 && glyphs[text.from..text.to].iter().filter(within).take(2).count() >= 2
}

struct Assembler<'p> {
    glyphs: &'p [Glyph],
    chunks: &'p [Chunk],
    fonts: &'p [FontStyle],
    tint: u8,
    word_gap: f32,
}

impl Assembler<'_> {
    fn row(&self, row: &Row, segments: &mut Vec<Segment>) {
        let mut order = row.chunks.clone();
        order.sort_by(|&a, &b| self.chunks[a].x0.total_cmp(&self.chunks[b].x0).then(a.cmp(&b)));
        let overlap = order.windows(2).any(|pair| self.chunks[pair[1]].x0 < self.chunks[pair[0]].x1 - 0.3 * self.chunks[pair[0]].size);
        let size = order.iter().map(|&index| &self.chunks[index]).filter(|chunk| chunk.script == Style::default()).map(|chunk| chunk.size).fold(0.0, f32::max);
        let mut glyphs: Vec<(Glyph, Style, f32)> = Vec::with_capacity(order.iter().map(|&index| self.chunks[index].letters).sum());
        let mut spaces: Vec<f32> = Vec::new();
        for &index in &order {
            let chunk = &self.chunks[index];
            for glyph in &self.glyphs[chunk.from..chunk.to] {
                if glyph.c == ' ' {
                    spaces.push(glyph.x0);
                } else {
                    glyphs.push((Glyph { y: chunk.y, ..*glyph }, chunk.script, chunk.size));
                }
            }
            // A space may be drawn after the last letter or before the first one, at the height of the text that the chunk is raised from.
            let near = |at: usize, edge: f32| {
                let space = self.glyphs.get(at).filter(|space| space.c == ' ' && (space.y - chunk.y).abs() < size)?;
                ((space.x0 - edge).abs() < size && (space.x1 - edge).abs() < size).then_some(space)
            };
            let beside = [near(chunk.to, chunk.x1), near(chunk.from.wrapping_sub(1), chunk.x0)];
            spaces.extend(beside.into_iter().flatten().map(|beside| beside.x0));
        }
        if overlap {
            glyphs.sort_by(|a, b| a.0.x0.total_cmp(&b.0.x0));
            // Text drawn twice, a little apart, to look bold.
            glyphs.dedup_by(|next, kept| next.0.c == kept.0.c && (next.0.x0 - kept.0.x0).abs() < 0.35 * (kept.0.x1 - kept.0.x0).abs().max(0.1 * kept.0.size));
        }
        spaces.sort_by(f32::total_cmp);
        self.cut(&glyphs, &spaces, if size > 0.0 { size } else { 1.0 }, segments);
    }

    /// How a character is set, as its font and colour tell.
    fn look(&self, glyph: &Glyph) -> Style {
        let font = self.fonts.get(glyph.font as usize);
        let bold = font.filter(|font| font.bold).map_or(Style::default(), |_| Style::BOLD);
        let italic = font.filter(|font| font.italic).map_or(Style::default(), |_| Style::ITALIC);
        let coloured = if glyph.tint == self.tint { Style::default() } else { Style::COLOURED };
        bold.with(italic).with(coloured)
    }

    /// Cuts the characters of a row, in order from left to right, into segments and words.
    fn cut(&self, glyphs: &[(Glyph, Style, f32)], spaces: &[f32], size: f32, segments: &mut Vec<Segment>) {
        let mut segment = Segment::default();
        let mut last: Option<Glyph> = None;
        let mut look = Style::default();
        let mut space = 0;
        for &(glyph, script, chunk_size) in glyphs {
            if let Some(before) = last {
                let gap = glyph.x0 - before.x1;
                let em = if script == Style::default() { chunk_size.max(before.size) } else { size };
                while spaces.get(space).is_some_and(|&at| at < before.x0) {
                    space += 1;
                }
                let spaced = spaces.get(space).is_some_and(|&at| at < glyph.x0 + 0.01 && at >= before.x0 + 0.01);
                if gap > SEGMENT_GAP * em || glyph.role != segment.role {
                    finish(&mut segment, segments);
                } else if spaced || gap > self.word_gap * em {
                    segment.text.push(' ');
                }
            }
            if segment.text.is_empty() {
                let Glyph { x0, y, role, .. } = glyph;
                segment = Segment { text: String::with_capacity(USUAL_LENGTH), x0, y, size: chunk_size, role, ..Segment::default() };
            }
            let differs = segment.size != chunk_size || segment.y != glyph.y;
            if script == Style::default() && differs && (segment.size < chunk_size || is_first_of_size(&segment, chunk_size)) {
                segment.size = chunk_size;
                segment.y = glyph.y;
            }
            if last.is_none_or(|before| (before.font, before.tint) != (glyph.font, glyph.tint)) {
                look = self.look(&glyph);
            }
            push_run(&mut segment.runs, segment.text.len(), script.with(look));
            segment.text.push(glyph.c);
            segment.x1 = segment.x1.max(glyph.x1);
            last = Some(glyph);
        }
        finish(&mut segment, segments);
    }
}

/// True if the segment has no text yet that tells its size: marks alone, or the label of a note in a larger size.
fn is_first_of_size(segment: &Segment, size: f32) -> bool {
    segment.runs.iter().all(|run| run.style.has(Style::RAISED)) || size < segment.size && is_label(&segment.text)
}

/// True for a number alone: the label of a note, which may be set larger than its note.
fn is_label(text: &str) -> bool {
    let number = text.trim_end();
    number.len() <= 3 && !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit())
}

/// Notes that the text from `start` on is set in `style`.
pub(super) fn push_run(runs: &mut Vec<Run>, start: usize, style: Style) {
    if runs.last().is_none_or(|run| run.style != style) {
        runs.push(Run { start: start as u32, style });
    }
}

fn finish(segment: &mut Segment, segments: &mut Vec<Segment>) {
    let done = std::mem::take(segment);
    if !done.text.is_empty() {
        segments.push(done);
    }
}

/// What is not set upright, as one segment: side notes and watermarks.
fn turned(glyphs: &[Glyph]) -> Option<Segment> {
    let turned: Vec<&Glyph> = glyphs.iter().filter(|glyph| glyph.role == Role::Turned).collect();
    let (first, last) = (turned.first()?, turned.last()?);
    let text: String = turned.iter().map(|glyph| glyph.c).collect();
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    (!text.is_empty()).then(|| Segment {
        text,
        x0: first.x0,
        x1: last.x1,
        y: first.y,
        size: first.size,
        role: Role::Turned,
        runs: vec![Run { start: 0, style: Style::default() }],
    })
}

#[cfg(test)]
mod tests {
    use super::super::test::page;
    use super::*;

    fn texts(page: &PageGlyphs) -> Vec<String> {
        segments(page, &[], 0).into_iter().map(|segment| segment.text).collect()
    }

    #[test]
    fn words_by_gap_and_segments_by_wide_gap() {
        let page = page(&[("left", 50.0, 100.0, 10.0), ("words", 72.5, 100.0, 10.0), ("right", 300.0, 100.0, 10.0)]);
        assert_eq!(texts(&page), ["left words", "right"]);
    }

    #[test]
    fn a_raised_mark_joins_the_line_below() {
        let page = page(&[("plans.", 50.0, 100.0, 10.0), ("12", 80.0, 96.0, 6.0)]);
        let segments = segments(&page, &[], 0);
        assert_eq!(segments.len(), 1);
        assert_eq!(segments[0].text, "plans.12");
        assert!(segments[0].runs[1].style.has(Style::RAISED));
        assert_eq!(segments[0].runs[1].start, 6);
    }

    #[test]
    fn a_label_larger_than_its_note_does_not_make_the_line_large() {
        let page = page(&[("1", 50.0, 100.0, 11.0), ("Annual report", 58.0, 100.0, 9.0)]);
        let segments = segments(&page, &[], 0);
        assert_eq!((segments[0].text.as_str(), segments[0].size), ("1 Annual report", 9.0));
    }

    #[test]
    fn small_print_over_a_display_line_is_no_mark_of_it() {
        let page = page(&[("APPENDIX", 50.0, 100.0, 24.0), ("Staff", 150.0, 94.0, 7.0)]);
        assert_eq!(texts(&page), ["Staff", "APPENDIX"]);
    }

    #[test]
    fn text_drawn_twice_is_read_once() {
        let page = page(&[("Bold", 50.0, 100.0, 10.0), ("Bold", 50.3, 100.0, 10.0)]);
        assert_eq!(texts(&page), ["Bold"]);
    }
}
