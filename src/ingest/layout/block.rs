//! From lines to blocks: where one paragraph ends and the next begins, and what each block is.

use super::line::Style;
use super::marker;
use super::measure::Measures;
use super::row::Line;

/// What a block is taken for on the page, before headings have their level.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    Text,
    Item,
    Heading,
    Note,
    /// Text in the notes' place that goes on from the page before.
    NoteRest,
    Row,
    Caption,
    Contents,
}

/// Lines that belong together: a range of the document's lines.
#[derive(Debug, Clone)]
pub struct Block {
    pub form: Form,
    pub from: usize,
    pub to: usize,
}

/// Text at least this much smaller than the body may be notes.
const NOTE_RATIO: f32 = 0.95;

/// Text at least this much larger than the body is a title or a heading.
const DISPLAY_RATIO: f32 = 1.15;

/// Cuts the lines of a page, in reading order, into blocks; `base` is the index of its first line among those of the document.
#[must_use]
pub fn blocks(lines: &[Line], base: usize, measures: &Measures) -> Vec<Block> {
    let notes = note_lines(lines, measures);
    let forms = table_rows(lines);
    let mut blocks: Vec<Block> = Vec::new();
    for (index, line) in lines.iter().enumerate() {
        if line.table_row > 0 {
            let same = |before: &Line| before.region == line.region && before.table_row == line.table_row;
            match blocks.last_mut().filter(|_| index > 0 && same(&lines[index - 1])) {
                Some(row) => row.to = base + index + 1,
                None => blocks.push(Block { form: Form::Row, from: base + index, to: base + index + 1 }),
            }
            continue;
        }
        let single = match forms[index] {
            Form::Row | Form::Contents if notes[index] == NoteLine::No => Some(forms[index]),
            _ => None,
        };
        let start = match (single, notes[index]) {
            (Some(form), _) => Some(form),
            (None, NoteLine::Starts) => Some(Form::Note),
            (None, NoteLine::Rest) => (index == 0 || notes[index - 1] == NoteLine::No).then_some(Form::NoteRest),
            (None, NoteLine::No) => {
                let current =
                    blocks.last().filter(|block| matches!(block.form, Form::Text | Form::Item)).filter(|_| index > 0 && notes[index - 1] == NoteLine::No);
                let item = marker::list_marker(&line.text).is_some();
                match current {
                    Some(block) if !breaks(&lines[block.from - base..index], line, lines.get(index + 1), measures) => None,
                    _ if item => Some(Form::Item),
                    _ => Some(Form::Text),
                }
            }
        };
        match (start, blocks.last_mut()) {
            (None, Some(block)) => block.to = base + index + 1,
            (start, _) => blocks.push(Block { form: start.unwrap_or(Form::Text), from: base + index, to: base + index + 1 }),
        }
    }
    blocks
}

/// True if a line that stands under the lines of a block begins a new one.
fn breaks(block: &[Line], line: &Line, next: Option<&Line>, measures: &Measures) -> bool {
    let (Some(first), Some(last)) = (block.first(), block.last()) else { return true };
    if last.region != line.region {
        return true;
    }
    let gap = line.y - last.y;
    let leading = measures.leading(line.size);
    if (last.size - line.size).abs() > 0.07 * line.size || gap > 1.3 * leading + 0.5 || gap <= 0.0 {
        return true;
    }
    // A heading is bold as a whole; a bold lead or a bold phrase goes on over the line end.
    let changes = last.ends_in(Style::BOLD) != line.starts_in(Style::BOLD);
    if changes && (line.is_all(Style::BOLD) || block.iter().all(|line| line.is_all(Style::BOLD))) {
        return true;
    }
    let em = line.size;
    let item = marker::list_marker(&first.text).is_some();
    if marker::list_marker(&line.text).is_some() && starts_item(block, line, next) {
        return true;
    }
    let first_word_fits = last.slack() > line.first_word_width() + 0.3 * em;
    let ends = ends_sentence(&last.text);
    let begins = !line.text.starts_with(char::is_lowercase);
    // Titles and headings are broken where it looks well.
    if line.size > DISPLAY_RATIO * measures.body {
        return false;
    }
    // A line that ends far before the margin ends its paragraph, whatever it ends with; centred lines and addresses go on.
    if first_word_fits && begins && (ends || last.slack() > 0.3 * (last.right - last.left)) {
        return true;
    }
    let rest = block.get(1).map_or(first.x0, |second| second.x0);
    match block.len() {
        1 => {
            let indented = line.x0 > first.x0 + 0.8 * em;
            let hanging =
                item || next.is_some_and(|next| next.region == line.region && (next.x0 - line.x0).abs() < 0.3 * em && next.y - line.y < 1.3 * leading + 0.5);
            indented && !hanging && begins
        }
        _ => {
            let indented = line.x0 > rest + 0.8 * em && begins;
            let outdented = line.x0 < rest - 0.8 * em && (first.x0 - line.x0).abs() < 0.8 * em && begins;
            indented || outdented
        }
    }
}

/// True if a marker inside a block opens an item: bullets always; numbers if they stand where a line of the block would not, or after a full stop.
fn starts_item(block: &[Line], line: &Line, next: Option<&Line>) -> bool {
    let word = line.text.split(' ').next().unwrap_or_default();
    let sign = word.chars().next().unwrap_or(' ');
    let (Some(first), Some(last)) = (block.first(), block.last()) else { return true };
    if marker::is_bullet(word) && !matches!(sign, '-' | '–' | '—' | 'o' | '§' | '*' | '·') {
        return true;
    }
    if is_run_in(word, line, first) && [Some(line), next].into_iter().flatten().any(|line| goes_on_counting(word, &line.text)) {
        return false;
    }
    let own_list = marker::list_marker(&first.text).is_some() && (first.x0 - line.x0).abs() < 0.5 * line.size;
    own_list || last.text.ends_with([':', '.', ';']) || line.cells.first().is_some_and(|&(at, _)| at as usize <= word.len() + 1)
}

/// True for "(1)" that stands where any line of the block stands: the line end fell before it.
fn is_run_in(word: &str, line: &Line, first: &Line) -> bool {
    word.starts_with('(') && marker::list_marker(&first.text).is_none() && (line.x0 - first.x0).abs() < 0.5 * line.size
}

/// True if the marker that follows `word`, "(2)" after "(1)" and "(b)" after "(a)", stands within the line.
fn goes_on_counting(word: &str, line: &str) -> bool {
    let inner = word.trim_matches(['(', ')']);
    let following = match (inner.parse::<u32>(), inner.as_bytes()) {
        (Ok(number), _) => number.saturating_add(1).to_string(),
        (Err(_), &[letter @ b'a'..=b'y']) => char::from(letter + 1).to_string(),
        _ => return false,
    };
    line.contains(&format!(" ({following}) "))
}

/// True if the text may end here: a full stop, question mark or colon, closing quotes and note marks aside.
#[must_use]
pub fn ends_sentence(text: &str) -> bool {
    let text = text.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, '”' | '’' | '"' | ')' | ']' | ',' | ' ' | '*' | '†'));
    text.ends_with(['.', '?', '!', ':', ';'])
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum NoteLine {
    No,
    Starts,
    Rest,
}

/// Which lines of a page are footnotes: in every region the small lines at its foot, from the first one with a label on, and what a note from the
/// page before leaves above it.
fn note_lines(lines: &[Line], measures: &Measures) -> Vec<NoteLine> {
    let mut found = vec![NoteLine::No; lines.len()];
    let mut end = lines.len();
    while end > 0 {
        let region = lines[end - 1].region;
        let start = lines[..end].iter().rposition(|line| line.region != region).map_or(0, |at| at + 1);
        note_lines_of_region(&lines[start..end], start == 0, measures, &mut found[start..end]);
        end = start;
    }
    found
}

fn note_lines_of_region(lines: &[Line], first_of_page: bool, measures: &Measures, found: &mut [NoteLine]) {
    if lines.iter().any(|line| line.table_row > 0) {
        return;
    }
    let small = |line: &Line| line.size <= NOTE_RATIO * measures.body;
    let foot = lines.iter().rposition(|line| !small(line)).map_or(0, |at| at + 1);
    // Notes in the size of the text show by their raised label at the foot of the page.
    let same_size = lines.iter().enumerate().skip(1).find(|(at, line)| {
        let last_of_text = &lines[at - 1];
        is_raised_label(line)
            && line.y - last_of_text.y > 1.3 * measures.leading(line.size)
            && lines[*at..].iter().all(|line| line.size <= measures.body * 1.02)
    });
    let from = same_size.map_or(foot, |(at, _)| at.min(foot));
    // A page that is small all over is an imprint or an annex, unless its numbers are raised.
    let needs_raised = from == 0 && first_of_page;
    let is_first = |line: &Line| if needs_raised { is_raised_label(line) } else { note_label(line).is_some() };
    let Some(first) = lines[from..].iter().position(is_first).map(|at| from + at) else { return };
    let set = lines[first].size;
    let mut last_number: Option<u32> = None;
    for (at, line) in lines.iter().enumerate().skip(from) {
        let above = at < first;
        let number = note_number(line);
        let labelled = !above && note_label(line).is_some();
        // A number on the line may be part of the text; a label counts on from the note before.
        let in_order = match (number, last_number) {
            (Some(number), Some(last)) => number == last + 1,
            _ => true,
        };
        found[at] = match () {
            () if labelled && (in_order || is_raised_label(line)) => NoteLine::Starts,
            () if above && (line.size - set).abs() > 0.3 => NoteLine::No,
            () => NoteLine::Rest,
        };
        if found[at] == NoteLine::Starts {
            last_number = number.or(last_number);
        }
    }
}

/// The number that labels a note at the start of a line.
fn note_number(line: &Line) -> Option<u32> {
    let label = &line.text[..note_label(line)?];
    label
        .chars()
        .filter_map(|c| marker::plain_digit(c).unwrap_or(c).to_digit(10))
        .try_fold(0u32, |number, digit| number.checked_mul(10)?.checked_add(digit))
        .filter(|&number| number > 0)
}

fn is_raised_label(line: &Line) -> bool {
    line.raised_start().is_some_and(marker::is_note_label) || line.text.starts_with(|c| marker::plain_digit(c).is_some())
}

/// The label of a note at the start of a line: where it ends, white space after it included.
#[must_use]
pub fn note_label(line: &Line) -> Option<usize> {
    let raised = line.text.chars().take_while(|&c| marker::plain_digit(c).is_some()).map(char::len_utf8).sum::<usize>();
    let label = match line.raised_start() {
        Some(label) if marker::is_note_label(label) => label.len(),
        _ if raised > 0 => raised,
        _ => {
            let word = line.text.split(' ').next().unwrap_or_default();
            let number = word.trim_matches(['[', ']', '(', ')', '.']);
            let digits = (1..=3).contains(&number.len()) && number.bytes().all(|byte| byte.is_ascii_digit()) && !number.starts_with('0');
            let balanced = word.starts_with('(') == word.ends_with(')') && word.starts_with('[') == word.ends_with(']');
            let plain = digits && balanced && word.len() <= number.len() + 2;
            let sign = word.chars().take_while(|&c| marker::is_sign(&c.to_string()) && c != '§' && c != '¶').map(char::len_utf8).sum::<usize>();
            match () {
                () if plain && line.text.len() > word.len() => word.len(),
                () if sign > 0 => sign,
                () => return None,
            }
        }
    };
    let rest = &line.text[label..];
    Some(label + (rest.len() - rest.trim_start_matches([' ', '.', ']', ')']).len()))
}

/// Which lines are rows of tables or lines of a contents list.
fn table_rows(lines: &[Line]) -> Vec<Form> {
    let mut forms: Vec<Form> = lines.iter().map(|line| if marker::is_contents(&line.text) { Form::Contents } else { Form::Text }).collect();
    listed_contents(lines, &mut forms);
    let celled: Vec<bool> = lines.iter().map(is_celled).collect();
    let mut at = 0;
    while at < lines.len() {
        let end = if celled[at] { table_end(lines, &celled, at) } else { at };
        if end > at {
            let form = if is_contents_list(&lines[at..end]) { Form::Contents } else { Form::Row };
            for place in forms[at..end].iter_mut().filter(|form| **form == Form::Text) {
                *place = form;
            }
        }
        at = end.max(at + 1);
    }
    forms
}

/// Under a heading that says so, what ends in page numbers is a contents list, with the lines that its entries run over.
fn listed_contents(lines: &[Line], forms: &mut [Form]) {
    let Some(heading) = lines.iter().position(|line| marker::is_contents_heading(&line.text)) else { return };
    let mut from = heading + 1;
    for at in heading + 1..lines.len() {
        // An entry may run over three lines, and headings of parts without a number may stand between.
        if at > from + 3 {
            return;
        }
        if marker::ends_in_page_number(&lines[at].text) {
            forms[from..=at].fill(Form::Contents);
            from = at + 1;
        }
    }
}

/// Where the table ends that begins with the line at `at`; `at` itself if there is none.
fn table_end(lines: &[Line], celled: &[bool], at: usize) -> usize {
    let region = lines[at].region;
    let mut edges: Vec<f32> = Vec::new();
    let (mut end, mut rows) = (at, 0);
    let mut last_row = at;
    while let Some(line) = lines.get(end).filter(|line| line.region == region) {
        let near = end == at || line.y - lines[end - 1].y < 3.0 * line.size;
        // What a cell holds may run over several lines, each at the cell's left edge; a short line may be a part of any cell.
        let in_cell = edges.iter().any(|edge| (line.x0 - edge).abs() < 2.0);
        match () {
            () if !near => break,
            () if celled[end] => {
                edges.extend(line.cells.iter().map(|&(_, x)| x));
                rows += 1;
                last_row = end + 1;
            }
            () if in_cell => last_row = end + 1,
            () if is_part_of_row(line) && end < last_row + 3 => {}
            () => break,
        }
        end += 1;
    }
    if rows >= 3 { last_row } else { at }
}

/// True if the rows end in page numbers that count upwards.
fn is_contents_list(rows: &[Line]) -> bool {
    let number = |line: &Line| {
        let &(at, _) = line.cells.last()?;
        line.text[at as usize..].trim().parse::<u32>().ok().filter(|&number| number < 2000)
    };
    let numbers: Vec<u32> = rows.iter().filter_map(number).collect();
    let worded = rows.iter().filter(|line| line.text.chars().filter(|c| c.is_alphabetic()).count() >= 4).count();
    let counting = numbers.windows(2).filter(|pair| pair[0] <= pair[1]).count() + 1 == numbers.len();
    numbers.len() >= 3 && numbers.len() * 2 >= rows.len() && worded == rows.len() && counting
}

/// True if the line falls into cells: a wide gap that is not the one after a list marker or a label.
fn is_celled(line: &Line) -> bool {
    let Some(&(first, _)) = line.cells.first() else { return false };
    let head = line.text[..first as usize].trim_end();
    let marked = marker::is_bullet(head)
        || marker::is_enumerator(head)
        || marker::is_note_label(head)
        || marker::heading_number(&line.text).is_some_and(|(_, at)| at == first as usize);
    if marked { line.cells.len() > 1 } else { true }
}

/// True if the line can be the wrapped part of a cell: it does not fill its column.
fn is_part_of_row(line: &Line) -> bool {
    (line.x1 - line.x0) < 0.7 * (line.right - line.left)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(text: &str, x0: f32, y: f32, size: f32) -> Line {
        let x1 = x0 + text.chars().count() as f32 * size / 2.0;
        Line { text: text.to_owned(), x0, x1, y, size, left: 50.0, right: 350.0, ..Line::default() }
    }

    fn forms(lines: &[Line]) -> Vec<(Form, usize)> {
        blocks(lines, 0, &Measures::of(lines)).into_iter().map(|block| (block.form, block.to - block.from)).collect()
    }

    const FULL: &str = "This is a line of text that runs to the right margin here, as";

    #[test]
    fn paragraphs_by_indent() {
        let lines = [line(FULL, 50.0, 100.0, 10.0), line(FULL, 50.0, 112.0, 10.0), line(&FULL[..58], 65.0, 124.0, 10.0), line(FULL, 50.0, 136.0, 10.0)];
        assert_eq!(forms(&lines), [(Form::Text, 2), (Form::Text, 2)]);
    }

    #[test]
    fn paragraphs_by_space_and_items_by_marker() {
        let lines = [
            line(FULL, 50.0, 100.0, 10.0),
            line(FULL, 50.0, 112.0, 10.0),
            line("• One", 60.0, 124.0, 10.0),
            line("• Two", 60.0, 136.0, 10.0),
            line(FULL, 50.0, 160.0, 10.0),
        ];
        assert_eq!(forms(&lines), [(Form::Text, 2), (Form::Item, 1), (Form::Item, 1), (Form::Text, 1)]);
    }

    #[test]
    fn an_enumeration_in_a_sentence_goes_on_over_the_line_end() {
        let run_in = [
            line("The plan has these parts, which we will now look at in turn:", 50.0, 100.0, 10.0),
            line("(1) a fund for the ports, (2) a law on ships, and (3) a board.", 50.0, 112.0, 10.0),
        ];
        assert_eq!(forms(&run_in), [(Form::Text, 2)]);
        let list = [
            line("The plan has these parts, which we will now look at in turn:", 50.0, 100.0, 10.0),
            line("(1) a fund for the ports,", 50.0, 112.0, 10.0),
            line("(2) a law on ships.", 50.0, 124.0, 10.0),
        ];
        assert_eq!(forms(&list), [(Form::Text, 1), (Form::Item, 1), (Form::Item, 1)]);
    }

    #[test]
    fn notes_at_the_foot() {
        let lines = [
            line(FULL, 50.0, 100.0, 10.0),
            line(FULL, 50.0, 112.0, 10.0),
            line("of the year before.", 50.0, 130.0, 8.0),
            line("3 A note that runs over two lines, as a", 50.0, 140.0, 8.0),
            line("note may do.", 50.0, 150.0, 8.0),
            line("4 Another note.", 50.0, 160.0, 8.0),
        ];
        assert_eq!(forms(&lines), [(Form::Text, 2), (Form::NoteRest, 1), (Form::Note, 2), (Form::Note, 1)]);
    }

    #[test]
    fn rows_of_a_table() {
        let row = |y: f32| Line { cells: vec![(5, 150.0)], ..line("2019 35 per cent", 50.0, y, 10.0) };
        let lines = [row(100.0), row(112.0), row(124.0)];
        assert!(forms(&lines).iter().all(|(form, _)| *form == Form::Row));
    }
}
