//! Headings in mark-up that are none: captions of tables and figures, and running headers of pages that were made of printed ones.

use super::draft::Draft;
use super::metadata::text_of;
use super::plain;
use crate::document::BlockKind;

/// Takes from the headings those that caption a table or figure, and those that say the last one again.
pub(super) fn demote(source: &str, drafts: &mut [Draft]) {
    const WORDS: [&str; 5] = ["Table ", "Figure ", "Chart ", "Graph ", "Exhibit "];
    let mut last = String::new();
    for draft in drafts.iter_mut().filter(|draft| matches!(draft.kind, BlockKind::Heading { .. })) {
        let text = text_of(source, draft);
        let text = text.trim();
        if WORDS.iter().any(|word| text.starts_with(word)) && plain::is_caption(text) {
            draft.kind = BlockKind::Caption;
        } else if text.len() > 12 && text == last {
            draft.kind = BlockKind::Furniture;
        } else {
            text.clone_into(&mut last);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::testing;

    #[test]
    fn captions_and_running_headers_are_no_headings() {
        let lines = ["Appendix I: Ports of the North", "Table 2: Ports by year", "Appendix I: Ports of the North", "Tables of the law", "Ports", "Ports"];
        let (source, mut drafts) = testing::drafts(&lines, &BlockKind::Heading { level: Some(4), number: None });
        demote(&source, &mut drafts);
        let headings: Vec<bool> = drafts.iter().map(|draft| draft.kind.is_heading()).collect();
        assert_eq!(headings, [true, false, false, true, true, true]);
        assert_eq!((&drafts[1].kind, &drafts[2].kind), (&BlockKind::Caption, &BlockKind::Furniture));
    }
}
