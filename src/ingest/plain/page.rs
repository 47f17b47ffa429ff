//! Running headers, footers and page numbers.

use rustc_hash::FxHashMap as HashMap;

use super::rough::{Piece, Rough};

/// A header repeats on at least this many pages.
const LEAST_REPEATS: u32 = 3;
/// Numbers in a line of furniture that may be that of the page.
const MOST_NUMBERS: usize = 4;
/// How many pieces at the top and at the foot of a page may be furniture.
const EDGE: usize = 3;

/// Marks pieces at the edges of pages that repeat from page to page, or are nothing but a number.
pub fn mark_furniture(pieces: &mut [Piece]) {
    let pages = page_ranges(pieces);
    if pages.len() < 2 {
        return mark_unpaged(pieces);
    }
    let mut counts: HashMap<String, u32> = HashMap::default();
    for page in &pages {
        for index in edges(page) {
            if pieces[index].text.len() <= 200 {
                keys(&pieces[index]).into_iter().for_each(|key| *counts.entry(key).or_default() += 1);
            }
        }
    }
    let least = LEAST_REPEATS.min(pages.len() as u32);
    let mut offsets: HashMap<i64, u32> = HashMap::default();
    for page in &pages {
        let mut own: Vec<i64> = edges(page).filter_map(|index| page_offset(&pieces[index])).collect();
        own.sort_unstable();
        own.dedup();
        own.into_iter().for_each(|offset| *offsets.entry(offset).or_default() += 1);
    }
    for page in &pages {
        for index in edges(page) {
            let piece = &mut pieces[index];
            let repeats =
                piece.text.len() <= 200 && least >= LEAST_REPEATS && keys(piece).iter().any(|key| counts.get(key).is_some_and(|&count| count >= least));
            // "Annual Report 12", "13 Ports Authority": numbers that count with the pages, whatever is beside them.
            let counts = page_offset(piece).is_some_and(|offset| offsets.get(&offset).is_some_and(|&count| count >= LEAST_REPEATS));
            if repeats || counts || piece.rough == Rough::Number {
                piece.rough = Rough::Furniture;
            }
        }
    }
}

/// The running headers of a text that lost the ends of its pages: the same words with rising numbers, now before, now after them.
fn mark_unpaged(pieces: &mut [Piece]) {
    mark_counted(pieces);
    let mut lines: HashMap<&str, Vec<(usize, bool, u32)>> = HashMap::default();
    for (index, piece) in pieces.iter().enumerate() {
        let text = piece.text;
        let words = text.trim_matches(|c: char| c.is_ascii_digit() || c.is_whitespace());
        if text.len() > 100 || words.len() == text.len() || !words.contains(' ') || piece.first + 1 != piece.last {
            continue;
        }
        let (before, after) = text.split_once(words).unwrap_or_default();
        let number = if before.is_empty() { after } else { before };
        if let Some(number) = number.trim().parse().ok().filter(|_| before.is_empty() || after.is_empty()) {
            lines.entry(words).or_default().push((index, before.is_empty(), number));
        }
    }
    let mut found: Vec<usize> = Vec::new();
    for places in lines.into_values() {
        let rises = places.windows(2).all(|pair| pair[0].2 < pair[1].2);
        let alternates = places.iter().any(|place| place.1) && places.iter().any(|place| !place.1);
        if rises && alternates && places.len() >= LEAST_REPEATS as usize {
            found.extend(places.iter().map(|place| place.0));
        }
    }
    for index in found {
        pieces[index].rough = Rough::Furniture;
    }
}

/// Lines that say "Page 3 of 26", and what stands right beside two or more of them in the same words.
fn mark_counted(pieces: &mut [Piece]) {
    let counted: Vec<usize> = (0..pieces.len()).filter(|&index| says_page(pieces[index].text)).collect();
    if counted.len() < 2 {
        return;
    }
    let mut beside: HashMap<&str, Vec<usize>> = HashMap::default();
    for &index in &counted {
        for neighbour in [index.wrapping_sub(1), index + 1] {
            if let Some(piece) = pieces.get(neighbour).filter(|piece| piece.text.len() <= 100 && piece.first + 1 == piece.last) {
                beside.entry(piece.text).or_default().push(neighbour);
            }
        }
    }
    let repeated: Vec<usize> = beside.into_values().filter(|places| places.len() > 1).flatten().collect();
    for index in counted.into_iter().chain(repeated) {
        pieces[index].rough = Rough::Furniture;
    }
}

/// "Page 3 of 26", "Page 3", "3 | Page"
fn says_page(text: &str) -> bool {
    let number = |text: &str| (1..=4).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    let mut words = text.split_ascii_whitespace();
    match (words.next(), words.next(), words.next(), words.next(), words.next()) {
        (Some(page), Some(at), None, ..) => page.eq_ignore_ascii_case("page") && number(at),
        (Some(at), Some("|"), Some(page), None, _) => page.eq_ignore_ascii_case("page") && number(at),
        (Some(page), Some(at), Some("of"), Some(all), None) => page.eq_ignore_ascii_case("page") && number(at) && number(all),
        _ => false,
    }
}

fn page_ranges(pieces: &[Piece]) -> Vec<std::ops::Range<usize>> {
    let mut ranges = Vec::new();
    let mut start = 0;
    for index in 1..=pieces.len() {
        if index == pieces.len() || pieces[index].page != pieces[start].page {
            ranges.push(start..index);
            start = index;
        }
    }
    if pieces.is_empty() {
        ranges.clear();
    }
    ranges
}

fn edges(page: &std::ops::Range<usize>) -> impl Iterator<Item = usize> + use<> {
    let (start, end) = (page.start, page.end);
    let foot = end.saturating_sub(EDGE).max(start + EDGE.min(end - start));
    (start..(start + EDGE).min(end)).chain(foot..end)
}

/// How far the number at the end or the start of a short line is from that of its page.
fn page_offset(piece: &Piece) -> Option<i64> {
    if piece.text.len() > 100 || matches!(piece.rough, Rough::Prose | Rough::Item | Rough::Contents | Rough::Row) {
        return None;
    }
    // Headings on successive pages count as well.
    if piece.named.is_some() || piece.number.is_some_and(|number| !number.bare) {
        return None;
    }
    let after = piece.text.rsplit(|c: char| !c.is_ascii_digit()).next().unwrap_or_default();
    let before = piece.text.split(|c: char| !c.is_ascii_digit()).next().unwrap_or_default();
    let digits = if after.is_empty() { before } else { after };
    // A year is no page number, nor is a number with nothing beside it read here.
    let number: i64 = digits.parse().ok().filter(|_| digits.len() <= 3 && digits.len() < piece.text.len())?;
    Some(number - i64::from(piece.page))
}

/// What a line says: as it is, and with each of its first numbers by its distance from that of the page, so that "Page 3 of 40" and "Page 4 of 40" are
/// alike, and "Decision 3" and "Decision 4", at the head of the pages 5 and 9, are not.
fn keys(piece: &Piece) -> Vec<String> {
    let mut text = String::with_capacity(piece.text.len());
    for c in piece.text.chars().filter(|c| !c.is_whitespace()) {
        if c.is_ascii() {
            text.push(c.to_ascii_lowercase());
        } else {
            text.extend(c.to_lowercase());
        }
    }
    let mut keys = Vec::with_capacity(2);
    let mut at = 0;
    while let Some(start) = text[at..].find(|c: char| c.is_ascii_digit()).map(|found| at + found) {
        at = text[start..].find(|c: char| !c.is_ascii_digit()).map_or(text.len(), |length| start + length);
        if let Some(number) = text[start..at].parse::<i64>().ok().filter(|_| keys.len() < MOST_NUMBERS) {
            keys.push(format!("{}#{}#{}", &text[..start], number - i64::from(piece.page), &text[at..]));
        }
    }
    keys.push(text);
    keys
}

#[cfg(test)]
mod tests {
    use crate::document::BlockKind;

    #[test]
    fn lines_that_count_with_the_pages_are_furniture() {
        let page = |head: &str, text: &str| {
            format!("{head}\n\n{text} of the harbour was closed for three days, and nobody could say when the ferries would sail again.\n\n\u{c}")
        };
        let text = page("THE FERRIES ■ 1", "One part")
            + &page("A REPORT ON PORTS ■ 2", "Another part")
            + &page("THE FERRIES ■ 3", "A third part")
            + &page("A REPORT ON PORTS ■ 4", "The last part");
        let document = super::super::read(text);
        let furniture = document.blocks.iter().filter(|block| block.kind == BlockKind::Furniture).count();
        assert_eq!(furniture, 4);
        assert!(document.blocks.iter().all(|block| !block.kind.is_heading()));
    }

    #[test]
    fn what_stands_beside_the_numbers_of_pages_is_furniture() {
        let page = |number: u32| {
            format!("Page {number} of 9\n\nReport on Ferries\n\nThe harbour was closed for {number} days, and nobody could say when it would open.\n\n")
        };
        let document = super::super::read([3, 4].map(page).concat());
        assert_eq!(document.blocks.iter().filter(|block| block.kind == BlockKind::Furniture).count(), 4);
    }

    #[test]
    fn numbered_headings_at_the_head_of_pages_are_none() {
        let page = |number: u32| {
            format!("Decision {number}/P.2\n\nThe harbour number {number} was closed for days, and nobody could say when it would open.\n\n\u{c}")
        };
        let document = super::super::read([1, 4, 5, 7].map(page).concat());
        assert!(document.blocks.iter().all(|block| block.kind != BlockKind::Furniture));
    }
}
