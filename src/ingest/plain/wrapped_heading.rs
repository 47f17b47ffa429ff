//! Headings that run over several lines of a narrow column, in text that is wrapped.

use super::line::Line;
use super::wrap::first_word_width;
use crate::ingest::marker;
use crate::ingest::shape::{self, Shape};
use crate::section::kind::HeadingWords;
use crate::section::numbering;

/// Headings do not have more lines.
const MOST_LINES: usize = 4;

/// True if the line `at` goes on with the heading in the lines above it: a few short lines between blank ones, over full lines of text, of which none
/// has room for the first word of the next.
#[must_use]
pub fn goes_on(source: &str, lines: &[Line], at: usize, width: Option<u32>) -> bool {
    let Some(width) = width else { return false };
    let is_narrow = |line: &Line| line.width * 3 <= width * 2;
    if !lines.get(at).is_some_and(is_narrow) {
        return false;
    }
    let Some(first) = (0..=at).rev().take(MOST_LINES).find(|&line| lines[line].after_blank) else { return false };
    let Some(end) = (at + 1..lines.len()).take(MOST_LINES).find(|&line| lines[line].after_blank) else { return false };
    if first == at || end - first > MOST_LINES {
        return false;
    }
    let block = &lines[first..end];
    let widest = block.iter().map(|line| line.width).max().unwrap_or_default();
    let texts = || block.iter().map(|line| line.text(source));
    let is_full = |pair: &[Line]| pair[0].width + 1 + first_word_width(pair[1].text(source)) > widest;
    let over_text = lines[end].width * 3 > width * 2 && lines[end].page == block[0].page && !is_title(lines[end].text(source));
    let after_lead = first.checked_sub(1).is_some_and(|before| lines[before].text(source).ends_with(':'));
    over_text && !after_lead && block.iter().all(is_narrow) && texts().all(is_part) && block.windows(2).all(is_full)
}

/// A line that may be part of a heading and is none by itself.
fn is_part(text: &str) -> bool {
    is_title(text)
        && !shape::ends_sentence(text)
        && !text.ends_with(',')
        && !text.contains(|c: char| c.is_ascii_digit() || matches!(c, '@' | '|'))
        && marker::read(text).is_none()
        && numbering::split(text).is_none()
        && HeadingWords::built_in().whole(text).is_none()
}

fn is_title(text: &str) -> bool {
    let shape = Shape::of(text);
    shape.is_title_case() || shape.all_capitals
}

#[cfg(test)]
mod tests {
    use super::super::line::lines;
    use super::*;

    fn joined(heading: &str) -> bool {
        let source = format!("It ends here.\n\n{heading}\n\nThe ministry said that the rivers of the north would be cleaned\nbefore the summer.\n");
        goes_on(&source, &lines(&source).0, 2, Some(66))
    }

    #[test]
    fn two_lines_of_one_heading() {
        assert!(joined("Recommendation for\nExecutive Action"));
        assert!(joined("Ports and Rivers of\nthe North"));
    }

    #[test]
    fn two_headings_stay_two() {
        assert!(!joined("Annex\nComposition of the Delegation"));
        assert!(!joined("Analysis\nIntroduction"));
        assert!(!joined("Jane Doe, Fellow,\nPorts Institute"));
    }
}
