//! Markdown: CommonMark with tables and footnotes, in the flavours seen in practice.

mod blocks;
mod flavour;
mod front_matter;
mod heading;
mod items;

use self::flavour::Prepared;
use super::apparatus;
use super::draft;
use super::metadata;
use crate::document::{Document, Metadata};

/// Reads Markdown.
#[must_use]
pub fn read(text: String) -> Document {
    let mut own = Metadata::default();
    let body = front_matter::split(&text).map_or(0, |(content, end)| {
        front_matter::read(content, &mut own);
        end
    });
    let prepared = Prepared::new(text.get(body..).unwrap_or_default());
    let mut drafts = blocks::drafts(&text, body, &prepared);
    drop(prepared);
    heading::settle(&text, &mut drafts, own.title.as_deref());
    apparatus::recognise(&text, &mut drafts);
    items::settle(&text, &mut drafts);
    let found = metadata::of_drafts(&text, &drafts);
    let mut document = draft::write(text, drafts);
    document.metadata = Metadata {
        media_type: "text/markdown",
        encoding: None,
        title: own.title.or(found.title),
        subtitle: own.subtitle.or(found.subtitle),
        authors: if own.authors.is_empty() { found.authors } else { own.authors },
        publisher: own.publisher.or(found.publisher),
        date: own.date.or(found.date),
        language: own.language.or(found.language),
    };
    document
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::BlockKind;

    fn blocks(source: &str) -> Vec<(BlockKind, String)> {
        let document = read(source.to_owned());
        document.blocks.iter().map(|block| (block.kind.clone(), document.text(block.span).to_owned())).collect()
    }

    fn heading(level: u8, number: Option<&str>) -> BlockKind {
        BlockKind::Heading { level: Some(level), number: number.map(str::to_owned) }
    }

    #[test]
    fn numbers_that_link_into_the_text_are_marks() {
        let source = "The law[1](#f1) failed, see part [3](#part-3).\n\n1 This should perhaps read ‘bill’.\n\n2\\. The ports stay open.\n";
        let document = read(source.to_owned());
        let notes = document.blocks.iter().filter(|block| matches!(block.kind, BlockKind::Note { .. })).count();
        assert_eq!((document.marks.len(), notes), (1, 1));
    }

    #[test]
    fn raised_numbers_before_paragraphs_are_labels_of_notes() {
        let found = blocks("The plan failed.<sup>7</sup>\n\n<sup>7</sup> Jane Roe, *Plans* (2019).\n{: .small}\n<sup>8</sup> Ibid.\n");
        let notes: Vec<_> =
            found.iter().filter_map(|(kind, text)| if let BlockKind::Note { label } = kind { Some((label.as_str(), text.as_str())) } else { None }).collect();
        assert_eq!(notes, [("7", "Jane Roe, Plans (2019)."), ("8", "Ibid.")]);
    }

    #[test]
    fn paragraphs_and_lines_that_begin_with_a_marker_are_items() {
        let item = |marker: &str, text: &str| (BlockKind::ListItem { marker: marker.into(), depth: 0 }, text.to_owned());
        let found = blocks("# Ferries\n\n27\\. Sail to the islands.\n\n(ii) Pay the *crews*.\n\nThe plan is to:\n(a) sail;\n(b) moor.\n");
        assert_eq!(found[1..3], [item("27.", "Sail to the islands."), item("(ii)", "Pay the crews.")]);
        assert_eq!(found[4..], [item("(a)", "sail;"), item("(b)", "moor.")]);
        let spared = blocks("# Ferries\n\nThe plan was made in\n1998. It failed.\n\n(See the table.)\n");
        assert!(spared[1..].iter().all(|(kind, _)| *kind == BlockKind::Paragraph));
    }

    #[test]
    fn short_lines_are_headings_where_no_hashes_are() {
        let text = "The ports of the north were closed in the spring, and nobody could say when the ferries would sail to the islands again; so the mayors wrote a letter.";
        let source = format!("How do ports fail?\n\n{text}\n\nRecent laws on ports\n\n{text}\n\nYours,\n\n{text}\n");
        let headings = |source: &str| blocks(source).iter().filter(|(kind, _)| kind.is_heading()).count();
        assert_eq!(headings(&source), 2);
        assert_eq!(headings(&format!("# Ports\n\n{source}")), 0);
    }

    #[test]
    fn reads_headings_without_space() {
        let found = blocks("##01 Summary\n\nOne.\n\n###More on it\n{:.no_toc}\n\nTwo.\n");
        assert_eq!(found[0], (heading(2, Some("01")), "Summary".into()));
        assert_eq!(found[2], (heading(3, None), "More on it".into()));
        assert_eq!(found.len(), 4);
    }

    #[test]
    fn reads_marks_and_notes_in_all_forms() {
        let source =
            "One.\\[^1\\] Two[^2]. Three<sup>3</sup>. Four.[4] The 3^rd^ of May.\n\n\\[^1\\]: First.\n\n[^2]: Second.\n\n## Notes\n\n3. Third.\n4. Fourth.\n";
        let document = read(source.to_owned());
        assert_eq!(document.reading.lines().next(), Some("One. Two. Three. Four. The 3rd of May."));
        let marks: Vec<&str> = document.marks.iter().map(|mark| mark.label.as_str()).collect();
        assert_eq!(marks, ["1", "2", "3", "4"]);
        let notes: Vec<&str> =
            document.blocks.iter().filter(|block| matches!(block.kind, BlockKind::Note { .. })).map(|block| document.text(block.span)).collect();
        assert_eq!(notes, ["First.", "Second.", "Third.", "Fourth."]);
    }

    #[test]
    fn reads_lists_quotes_links_and_entities() {
        let found = blocks("- a [link](http://x.y/z) here\n  - b &#8212; c\n\n> quoted\n\n![image](a.png)\n\nline<br />break\n");
        let texts: Vec<&str> = found.iter().map(|(_, text)| text.as_str()).collect();
        assert_eq!(texts, ["a link here", "b — c", "quoted", "line break"]);
        assert_eq!(found[1].0, BlockKind::ListItem { marker: "-".into(), depth: 1 });
        assert_eq!(found[2].0, BlockKind::Quotation);
    }
}
