//! Contents lists of formats whose blocks are given: entries that end in page numbers, one after the other.

use super::draft::Draft;
use super::metadata::text_of;
use crate::document::BlockKind;

/// Entries that make a list.
const FEWEST: usize = 5;
/// Characters of an entry.
const LONGEST: usize = 200;
/// Blocks without a number between two entries: entries that run over two blocks, names of parts.
const GAP: usize = 2;

/// Makes contents of the blocks of a contents list.
pub(super) fn recognise(source: &str, drafts: &mut [Draft]) {
    let numbers: Vec<Option<u32>> = drafts.iter().map(|draft| page_number(source, draft)).collect();
    let mut from = 0;
    while let Some(start) = (from..drafts.len()).find(|&at| numbers[at].is_some()) {
        let (mut end, mut last) = (start + 1, numbers[start].unwrap_or_default());
        let mut steps = Vec::new();
        for at in start + 1..drafts.len() {
            if at >= end + 1 + GAP || numbers[at].is_none() && !may_be_entry(source, &drafts[at]) {
                break;
            }
            if let Some(number) = numbers[at] {
                // Lists of tables and figures begin again.
                if number < last && steps.len() < FEWEST {
                    break;
                }
                steps.push(number.abs_diff(last));
                (end, last) = (at + 1, number);
            }
        }
        // "Recommendation 1", "Recommendation 2" count one by one.
        if steps.len() + 1 >= FEWEST && steps.iter().any(|&step| step > 1) {
            drafts[start..end].iter_mut().filter(|draft| may_be_entry(source, draft)).for_each(|draft| draft.kind = BlockKind::Contents);
        }
        from = end;
    }
}

fn may_be_entry(source: &str, draft: &Draft) -> bool {
    matches!(draft.kind, BlockKind::Paragraph | BlockKind::ListItem { .. } | BlockKind::Heading { .. } | BlockKind::TableRow | BlockKind::Contents)
        && draft.source.len() < LONGEST
        && !draft.source.of(source).trim_end().ends_with(['.', ';', ','])
}

/// The page number at the end of an entry: "Background 7", "A. PURPOSE1-1", "Summary . . . . 12".
fn page_number(source: &str, draft: &Draft) -> Option<u32> {
    if !may_be_entry(source, draft) {
        return None;
    }
    let text = text_of(source, draft);
    let digits = text.len() - text.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    let head = &text[..text.len() - digits];
    let page: u32 = text[text.len() - digits..].parse().ok().filter(|_| (1..=3).contains(&digits))?;
    // "3-17": the page of a chapter.
    let (head, chapter) = match head.strip_suffix('-') {
        Some(rest) => {
            let chapter = rest.len() - rest.trim_end_matches(|c: char| c.is_ascii_digit()).len();
            let number: u32 = rest[rest.len() - chapter..].parse().ok().filter(|_| chapter == 1)?;
            (&rest[..rest.len() - chapter], number)
        }
        None => (head, 0),
    };
    let glued = head.ends_with(|c: char| c.is_alphabetic());
    let worded = head.chars().filter(|c| c.is_alphabetic()).count() >= 4;
    let ends = glued && chapter > 0 || head.ends_with([' ', '.', '\u{2026}', '_', ')']);
    const UNITS: [&str; 9] = ["chapter", "part", "section", "appendix", "annex", "table", "figure", "recommendation", "volume"];
    let is_label = UNITS.iter().any(|unit| head.trim().eq_ignore_ascii_case(unit));
    (worded && !is_label && ends && !head.trim_end().ends_with([',', ':', '('])).then_some(chapter * 1000 + page)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::testing;

    fn contents(lines: &[&str]) -> usize {
        let (source, mut drafts) = testing::drafts(lines, &BlockKind::Paragraph);
        recognise(&source, &mut drafts);
        drafts.iter().filter(|draft| draft.kind == BlockKind::Contents).count()
    }

    #[test]
    fn entries_with_page_numbers_are_contents() {
        let list =
            ["Letter 1", "Results in Brief 4", "Background 7", "Agencies Reviewed Rules, but the", "Reviews Varied 13", "Conclusions 39", "Appendix I 42"];
        assert_eq!(contents(&list), 7);
        assert_eq!(contents(&["A. PURPOSE1-1", "B. ROLE1-1", "C. DUTIES1-2", "CHAPTER 2", "A. ELIGIBILITY2-1", "B. PAY2-4"]), 6);
    }

    #[test]
    fn labels_that_count_up_are_none() {
        let labels: Vec<String> = (1..8).map(|number| format!("Recommendation {number}")).collect();
        assert_eq!(contents(&labels.iter().map(String::as_str).collect::<Vec<_>>()), 0);
        assert_eq!(contents(&["It cost 12", "It rose by 13.", "They were 14", "The year was 2015"]), 0);
    }
}
