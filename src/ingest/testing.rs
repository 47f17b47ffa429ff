//! Helps tests to make packed files and to look at blocks.

use std::io::{Cursor, Write};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::draft::Draft;
use crate::document::{BlockKind, Document};
use crate::span::SourceSpan;

/// An archive of these parts, in memory.
pub(super) fn archive(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        writer.start_file(*name, SimpleFileOptions::default()).expect("in memory");
        writer.write_all(text.as_bytes()).expect("in memory");
    }
    writer.finish().expect("in memory").into_inner()
}

/// The blocks, each with a short name of its kind.
pub(super) fn blocks(document: &Document) -> Vec<String> {
    let one = |block: &crate::document::Block| {
        let text = document.text(block.span);
        match &block.kind {
            BlockKind::Heading { level, number: None } => format!("h{} {text}", level.unwrap_or(0)),
            BlockKind::Heading { level, number: Some(number) } => format!("h{} ({number}) {text}", level.unwrap_or(0)),
            BlockKind::ListItem { marker, depth } => format!("li{depth} {marker} {text}"),
            BlockKind::Note { label } => format!("note {label}: {text}"),
            BlockKind::Paragraph => format!("p {text}"),
            kind => format!("{kind:?} {text}"),
        }
    };
    document.blocks.iter().map(one).collect()
}

/// The labels of the marks.
pub(super) fn marks(document: &Document) -> Vec<&str> {
    document.marks.iter().map(|mark| mark.label.as_str()).collect()
}

/// A text of these lines, and a draft of this kind for each.
pub(super) fn drafts(lines: &[&str], kind: &BlockKind) -> (String, Vec<Draft>) {
    let mut at = 0;
    let one = |line: &&str| {
        let span = SourceSpan::new(at, at + line.len());
        at += line.len() + 1;
        Draft::new(kind.clone(), span, span, None)
    };
    let drafts = lines.iter().map(one).collect();
    (lines.join("\n"), drafts)
}
