//! Running headers, footers and page numbers.

use rustc_hash::FxHashMap as HashMap;

use super::rough::{Piece, Rough};

/// A header repeats on at least this many pages.
const LEAST_REPEATS: u32 = 3;
/// How many pieces at the top and at the foot of a page may be furniture.
const EDGE: usize = 3;

/// Marks pieces at the edges of pages that repeat from page to page, or are nothing but a number.
pub fn mark_furniture(pieces: &mut [Piece]) {
    let pages = page_ranges(pieces);
    if pages.len() < 2 {
        return;
    }
    let mut counts: HashMap<String, u32> = HashMap::default();
    for page in &pages {
        for index in edges(page) {
            if pieces[index].text.len() <= 200 {
                *counts.entry(without_digits(pieces[index].text)).or_default() += 1;
            }
        }
    }
    let least = LEAST_REPEATS.min(pages.len() as u32);
    for page in &pages {
        for index in edges(page) {
            let piece = &mut pieces[index];
            let repeats = piece.text.len() <= 200 && counts.get(&without_digits(piece.text)).is_some_and(|&count| count >= least) && least >= LEAST_REPEATS;
            if repeats || piece.rough == Rough::Number {
                piece.rough = Rough::Furniture;
            }
        }
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

/// The text with digits left out, in lower case: "Page 3" and "Page 12" are the same header.
fn without_digits(text: &str) -> String {
    text.chars().filter(|c| !c.is_ascii_digit() && !c.is_whitespace()).flat_map(char::to_lowercase).collect()
}
