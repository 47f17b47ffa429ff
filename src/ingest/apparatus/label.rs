//! Labels of notes and reference entries.

use crate::document::BlockKind;
use crate::ingest::draft::{Draft, Part};
use crate::ingest::marker::{self, Form};

use super::edit;

/// A label at the start of a draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// As notes bear it: "12", "a", "*".
    pub label: String,
    pub form: Form,
    /// Where the text after it begins in the source.
    pub content: usize,
}

impl Label {
    /// Its number, None for letters and symbols.
    #[must_use]
    pub fn number(&self) -> Option<u32> {
        self.label.parse().ok()
    }
}

/// The label at the start of a draft: in its text, or as the marker of a list item.
#[must_use]
pub fn of_draft(source: &str, draft: &Draft) -> Option<Label> {
    if let BlockKind::ListItem { marker, .. } = &draft.kind
        && !(marker.len() == 1 && edit::first_text(source, draft).starts_with('['))
    {
        let with_text = format!("{marker} x");
        let found = marker::read(&with_text).filter(|found| !matches!(found.form, Form::Bullet(c) if c != '*'))?;
        let content = edit::text_start(source, draft)?;
        return Some(Label { label: plain(found.label), form: found.form, content });
    }
    // "<sup>96</sup> Ellen Roe, …": the format itself raises the number.
    if let Some(Part::Mark { source: raised, label }) = draft.parts.first()
        && label.bytes().all(|b| b.is_ascii_digit())
        && draft.parts.len() > 1
    {
        return Some(Label { label: label.clone(), form: Form::Superscript, content: raised.end() });
    }
    let start = edit::text_start(source, draft)?;
    let text = edit::first_text(source, draft);
    if let Some(found) = marker::read(text) {
        if matches!(found.form, Form::Bullet(c) if c != '*') {
            return None;
        }
        if found.form == Form::Bare && is_law(&text[found.content..]) {
            return None;
        }
        return Some(Label { label: plain(found.label), form: found.form, content: start + found.content });
    }
    // "[3]" by itself, as a link or above its note.
    let bracketed = text.trim_end().strip_prefix('[').and_then(|inner| inner.strip_suffix(']')).filter(|_| draft.parts.len() > 1);
    if let Some(number) = bracketed.filter(|inner| (1..=3).contains(&inner.len()) && inner.bytes().all(|b| b.is_ascii_digit())) {
        return Some(Label { label: number.to_owned(), form: Form::Bracketed, content: start + text.trim_end().len() });
    }
    // "12 Ibid." is told by the marker; "12 see above" and a label at the end of its part are told here.
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let rest = &text[digits..];
    if let Some((form, content)) = (1..=3).contains(&digits).then(|| escaped_stop(source, draft, rest)).flatten() {
        return Some(Label { label: text[..digits].to_owned(), form, content });
    }
    let alone = (1..=3).contains(&digits)
        && (rest.trim().is_empty() && draft.parts.len() > 1
            || rest.starts_with(' ')
                && ["see ", "ibid", "id.", "cf.", "e.g.", "available at", "supra", "loc. cit"].iter().any(|word| rest.trim_start().starts_with(word)));
    alone.then(|| Label { label: text[..digits].to_owned(), form: Form::Bare, content: start + digits })
}

/// The form of a number whose stop Markdown has escaped ("2\\. Ports"), which makes it a part of its own, and where the text begins.
fn escaped_stop(source: &str, draft: &Draft, rest: &str) -> Option<(Form, usize)> {
    if !rest.is_empty() {
        return None;
    }
    let mut texts = draft.parts.iter().filter_map(|part| if let Part::Text(span) = part { Some(*span) } else { None });
    let stop = texts.by_ref().find(|span| !span.of(source).trim().is_empty()).and_then(|_| texts.next())?;
    let form = match stop.of(source).as_bytes() {
        [b'.', b' ', ..] => Form::Stopped,
        [b')', b' ', ..] => Form::HalfEnclosed,
        _ => return None,
    };
    Some((form, stop.start() + 2))
}

/// "U.S.C. § 101", "C.F.R. part 2": a code of laws, whose volume stands before it and is no label.
fn is_law(rest: &str) -> bool {
    let word = rest.trim_start().split(' ').next().unwrap_or_default();
    let rest = rest.trim_start()[word.len()..].trim_start();
    let code = matches!(word, "U.S.C." | "U.S.C.A." | "USC" | "C.F.R." | "CFR" | "Stat." | "F.2d" | "F.3d" | "F.4th" | "F." | "S." | "Fed." | "FR");
    code && rest.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '§' | 'p' | 'P' | 'S' | 'R' | 'C'))
}

/// A label with raised digits written as plain ones.
#[must_use]
pub fn plain(label: &str) -> String {
    label.chars().map(|c| super::superscript_digit(c).unwrap_or(c)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::span::SourceSpan;

    #[test]
    fn reads_labels_of_paragraphs_and_items() {
        let source = "¹² See above.";
        let all = SourceSpan::new(0, source.len());
        let paragraph = Draft::new(BlockKind::Paragraph, all, all, None);
        assert_eq!(of_draft(source, &paragraph).map(|label| label.label), Some("12".into()));
        let item = Draft::new(BlockKind::ListItem { marker: "3.".into(), depth: 0 }, all, all, None);
        assert_eq!(of_draft(source, &item).map(|label| label.label), Some("3".into()));
    }
}
