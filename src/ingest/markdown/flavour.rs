//! Makes what people write into what the CommonMark parser reads, and leads offsets back to the source.

use std::cell::LazyCell;

/// The text for the parser with the places where something was put in.
#[derive(Debug)]
pub struct Prepared<'a> {
    source: &'a str,
    /// The source with insertions; none if there was nothing to insert.
    text: Option<String>,
    /// For each insertion: its end in the text for the parser, and all bytes inserted up to there.
    inserted: Vec<(usize, usize)>,
}

impl<'a> Prepared<'a> {
    /// Puts a space after hashes that have none ("##Summary"), and a blank line between a line of HTML and a heading.
    #[must_use]
    pub fn new(source: &'a str) -> Self {
        let mut prepared = Self { source, text: None, inserted: Vec::new() };
        let spaced = LazyCell::new(|| source.lines().any(|line| hashes(line) > 0 && line.trim_start_matches('#').starts_with(' ')));
        let mut text = String::new();
        let (mut copied, mut total, mut at) = (0, 0, 0);
        let mut fenced = false;
        let mut after_html = false;
        let mut insert = |place: usize, what: &str, text: &mut String, inserted: &mut Vec<(usize, usize)>| {
            text.push_str(&source[copied..place]);
            text.push_str(what);
            copied = place;
            total += what.len();
            inserted.push((text.len(), total));
        };
        for line in source.split_inclusive('\n') {
            let trimmed = line.trim_start();
            if trimmed.starts_with("```") || trimmed.starts_with("~~~") {
                fenced = !fenced;
            }
            let count = hashes(line);
            if count > 0 && !fenced {
                if after_html {
                    insert(at, "\n", &mut text, &mut prepared.inserted);
                }
                let next = line[count..].chars().next();
                if next.is_some_and(|c| !c.is_whitespace()) && (count > 1 || !*spaced) {
                    insert(at + count, " ", &mut text, &mut prepared.inserted);
                }
            }
            // "{: .small}": attributes of the block above (kramdown), which they end.
            if trimmed.starts_with("{:") && trimmed.trim_end().ends_with('}') && !fenced {
                insert(at, "\n", &mut text, &mut prepared.inserted);
                insert(at + line.len(), "\n", &mut text, &mut prepared.inserted);
            }
            after_html = trimmed.starts_with('<') || after_html && !trimmed.is_empty() && count == 0;
            at += line.len();
        }
        if !prepared.inserted.is_empty() {
            text.push_str(&source[copied..]);
            prepared.text = Some(text);
        }
        prepared
    }

    /// The text for the parser.
    #[must_use]
    pub fn text(&self) -> &str {
        self.text.as_deref().unwrap_or(self.source)
    }

    /// The source offset of an offset of the text for the parser.
    #[must_use]
    pub fn source_offset(&self, at: usize) -> usize {
        let before = self.inserted.partition_point(|&(end, _)| end <= at);
        before.checked_sub(1).map_or(at, |index| at - self.inserted[index].1)
    }
}

/// The number of hashes at the start of a line, if they can begin a heading.
fn hashes(line: &str) -> usize {
    let count = line.bytes().take_while(|&b| b == b'#').count();
    if (1..=6).contains(&count) && line[count..].trim().starts_with(|c: char| c != '#') { count } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn puts_a_space_after_hashes() {
        let prepared = Prepared::new("##Summary\n\ntext\n\n###More\n");
        assert_eq!(prepared.text(), "## Summary\n\ntext\n\n### More\n");
        assert_eq!(prepared.source_offset(prepared.text().find("More").unwrap_or(0)), 20);
    }
}
