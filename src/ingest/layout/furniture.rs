//! Running headers and footers, page numbers: what recurs at the head or the foot of pages.

use std::collections::HashMap;

use super::glyph::Role;
use super::heading::plain;
use super::line::Segment;
use crate::section::kind::HeadingWords;

/// The head and the foot of a page, as shares of its height.
const HEAD: f32 = 0.125;
const FOOT: f32 = 0.875;
/// Marked furniture is believed in a wider margin, since a file says so itself.
const MARKED_MARGIN: f32 = 0.2;
/// Two lines stand at the same height if they are no further apart, in points.
const SAME_HEIGHT: f32 = 6.0;
/// Display lines are at least so large, in points; no page has more of them than the number below.
const DISPLAY_SIZE: f32 = 14.0;
const MOST_DISPLAY: usize = 24;
/// Numbers in a line of furniture that may be that of the page.
const MOST_NUMBERS: usize = 4;

/// The segments of one page, and its height.
pub struct Sheet<'s> {
    pub height: f32,
    pub segments: &'s [Segment],
}

/// For every page and segment, whether it is furniture.
#[must_use]
pub fn recognise(sheets: &[Sheet]) -> Vec<Vec<bool>> {
    let recurring = recurring(sheets);
    let trust = trusts_artifacts(sheets);
    let judge = |page: usize, sheet: &Sheet, segment: &Segment| {
        let place = segment.y / sheet.height.max(1.0);
        let recurs = || {
            keys(page, sheet, segment).iter().any(|key| {
                recurring.get(key).is_some_and(|heights| recurs(heights, segment.y, sheets.len()))
                    && (key.1.chars().filter(|c| c.is_alphabetic()).nth(3).is_some() || stands_alone(sheet, segment))
            })
        };
        match segment.role {
            Role::Turned => true,
            // "SUMMARY" in a box is drawn as a decoration, and is a heading all the same.
            Role::Artifact if trust && !(MARKED_MARGIN..1.0 - MARKED_MARGIN).contains(&place) => {
                HeadingWords::built_in().whole(&segment.text).is_none() || recurs()
            }
            _ => recurs(),
        }
    };
    let mut found: Vec<Vec<bool>> =
        sheets.iter().enumerate().map(|(page, sheet)| sheet.segments.iter().map(|segment| judge(page, sheet, segment)).collect()).collect();
    for (sheet, found) in sheets.iter().zip(&mut found) {
        complete(sheet, found);
        hidden(sheet, found);
    }
    found
}

/// Small print that lies over a display line and says the same: what fills the running header of the pages that follow, hidden on this one.
fn hidden(sheet: &Sheet, found: &mut [bool]) {
    let display: Vec<&Segment> =
        sheet.segments.iter().filter(|segment| segment.size >= DISPLAY_SIZE && segment.role != Role::Turned).take(MOST_DISPLAY).collect();
    for (segment, found) in sheet.segments.iter().zip(found) {
        let lies_over = |line: &&&Segment| {
            let shared = segment.x1.min(line.x1) - segment.x0.max(line.x0);
            line.size > 1.5 * segment.size && shared > 0.5 * (segment.x1 - segment.x0) && (line.y - line.size..line.y).contains(&segment.y)
        };
        let Some(line) = display.iter().find(lies_over) else { continue };
        let of_display: String = display.iter().filter(|other| (other.y - line.y).abs() < 5.0 * line.size).map(|other| plain(&other.text)).collect();
        let words = plain(&segment.text);
        *found |= words.len() >= 4 && of_display.contains(&words);
    }
}

/// What else stands on the outer side of furniture, or in its line, is furniture too: page numbers, dates, chapter names.
fn complete(sheet: &Sheet, found: &mut [bool]) {
    let known = |foot: bool, found: &[bool]| {
        let heights = sheet.segments.iter().zip(found).filter(|(segment, found)| **found && segment.role != Role::Turned && zone(sheet, segment) == Some(foot));
        let heights = heights.map(|(segment, _)| segment.y);
        if foot { heights.fold(f32::INFINITY, f32::min) } else { heights.fold(f32::NEG_INFINITY, f32::max) }
    };
    let (head, foot) = (known(false, found), known(true, found));
    for (segment, found) in sheet.segments.iter().zip(found) {
        match zone(sheet, segment) {
            Some(false) if segment.y <= head + 1.0 => *found = true,
            Some(true) if segment.y >= foot - 1.0 => *found = true,
            _ => {}
        }
    }
}

/// True if nothing stands close by in the line: a number before text is a label or a list marker, no page number.
fn stands_alone(sheet: &Sheet, number: &Segment) -> bool {
    let reach = 4.0 * number.size;
    let close = |other: &Segment| (other.y - number.y).abs() < 0.6 * number.size && other.x0 < number.x1 + reach && other.x1 > number.x0 - reach;
    sheet.segments.iter().filter(|other| close(other)).count() == 1
}

/// True at the foot, false at the head, none between.
fn zone(sheet: &Sheet, segment: &Segment) -> Option<bool> {
    match segment.y / sheet.height.max(1.0) {
        place if place < HEAD => Some(false),
        place if place > FOOT => Some(true),
        _ => None,
    }
}

type Key = (bool, String);

/// What a segment at the head or foot of its page says: as it is, and with each of its numbers by its distance from that of the page, so that numbers
/// that count with the pages are alike, and "Decision 3" and "Decision 4" are not.
fn keys(page: usize, sheet: &Sheet, segment: &Segment) -> Vec<Key> {
    let Some(foot) = zone(sheet, segment) else { return Vec::new() };
    let text: String = segment.text.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect();
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    if is_roman(&text) || digits == text.len() {
        return vec![(foot, "#".to_owned())];
    }
    let mut keys = Vec::new();
    let mut at = 0;
    while let Some(start) = text[at..].find(|c: char| c.is_ascii_digit()).map(|found| at + found) {
        at = text[start..].find(|c: char| !c.is_ascii_digit()).map_or(text.len(), |length| start + length);
        if let Some(number) = text[start..at].parse::<i64>().ok().filter(|_| keys.len() < MOST_NUMBERS) {
            keys.push((foot, format!("{}#{}#{}", &text[..start], number - page as i64, &text[at..])));
        }
    }
    keys.push((foot, text));
    keys
}

fn is_roman(text: &str) -> bool {
    !text.is_empty() && text.len() < 8 && text.bytes().all(|byte| matches!(byte, b'i' | b'v' | b'x' | b'l' | b'c'))
}

/// The heights at which a text stands at the head or foot of pages, one a page.
fn recurring(sheets: &[Sheet]) -> HashMap<Key, Vec<f32>> {
    let mut heights: HashMap<Key, Vec<(usize, f32)>> = HashMap::new();
    for (page, sheet) in sheets.iter().enumerate() {
        for segment in sheet.segments {
            for key in keys(page, sheet, segment) {
                heights.entry(key).or_default().push((page, segment.y));
            }
        }
    }
    let on_pages = |found: Vec<(usize, f32)>| {
        let pages = found.iter().zip(found.iter().skip(1)).filter(|(a, b)| a.0 != b.0).count() + 1;
        (pages >= 2).then(|| found.into_iter().map(|(_, y)| y).collect())
    };
    heights.into_iter().filter_map(|(key, found)| Some((key, on_pages(found)?))).collect()
}

fn recurs(heights: &[f32], y: f32, pages: usize) -> bool {
    // In a long document two chapters may well open with the same words.
    let fewest = if pages > 6 { 3 } else { 2 };
    heights.iter().filter(|other| (*other - y).abs() < SAME_HEIGHT).take(fewest).count() >= fewest
}

/// Files that mark most of their text as artifacts do not know what they say.
fn trusts_artifacts(sheets: &[Sheet]) -> bool {
    let all = sheets.iter().flat_map(|sheet| sheet.segments);
    let (marked, total) = all.fold((0, 0), |(marked, total), segment| {
        let length = segment.text.len();
        (marked + if segment.role == Role::Artifact { length } else { 0 }, total + length)
    });
    marked * 3 < total
}

#[cfg(test)]
mod tests {
    use super::*;

    fn segment(text: &str, y: f32) -> Segment {
        Segment { text: text.to_owned(), x0: 50.0, x1: 90.0, y, size: 9.0, ..Segment::default() }
    }

    #[test]
    fn headers_that_recur_and_numbers_that_count() {
        let pages: Vec<Vec<Segment>> = (1..4)
            .map(|page| {
                vec![segment("A Policy Brief", 40.0), segment(&format!("Text {}", "of this page".repeat(page)), 400.0), segment(&page.to_string(), 770.0)]
            })
            .collect();
        let sheets: Vec<Sheet> = pages.iter().map(|segments| Sheet { height: 800.0, segments }).collect();
        assert_eq!(recognise(&sheets), vec![vec![true, false, true]; 3]);
    }

    #[test]
    fn numbered_headings_at_the_head_of_pages_are_none() {
        let pages: Vec<Vec<Segment>> = [2, 5, 9, 14].iter().map(|number| vec![segment(&format!("Decision {number}"), 40.0), segment("Text", 400.0)]).collect();
        let sheets: Vec<Sheet> = pages.iter().map(|segments| Sheet { height: 800.0, segments }).collect();
        assert_eq!(recognise(&sheets), vec![vec![false, false]; 4]);
    }

    #[test]
    fn small_print_under_the_display_line_that_says_the_same() {
        let large = |text: &str, y: f32| Segment { size: 20.0, x1: 400.0, ..segment(text, y) };
        let segments =
            [large("Appendix I: Ports, Rivers, and", 60.0), segment("Appendix I: Ports, Rivers", 52.0), segment("and Lakes", 58.0), large("Lakes", 90.0)];
        assert_eq!(recognise(&[Sheet { height: 800.0, segments: &segments }]), vec![vec![false, true, true, false]]);
    }

    #[test]
    fn a_single_page_has_no_furniture() {
        let segments = [segment("A Policy Brief", 40.0)];
        assert_eq!(recognise(&[Sheet { height: 800.0, segments: &segments }]), vec![vec![false]]);
    }
}
