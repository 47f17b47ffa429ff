//! What headings of Markdown are: the title, numbered ones, bold lines that serve as headings, lines that stand alone after a break.

use crate::document::{BlockKind, InlineKind};
use crate::ingest::draft::{Draft, Part};
use crate::ingest::{metadata, shape};
use crate::section::numbering;

/// Settles which drafts are headings, and splits off their numbers. `title` is the title that the front matter gives.
pub fn settle(source: &str, drafts: &mut [Draft], title: Option<&str>) {
    titles(source, drafts, title);
    let top = drafts.iter().filter_map(level).min().unwrap_or(1);
    after_breaks(source, drafts, top);
    emphasised_lines(source, drafts, &InlineKind::Strong, 7);
    emphasised_lines(source, drafts, &InlineKind::Emphasis, 8);
    plain_lines(source, drafts);
    for draft in drafts {
        number(source, draft);
    }
}

fn level(draft: &Draft) -> Option<u8> {
    if let BlockKind::Heading { level, .. } = draft.kind { level } else { None }
}

/// The first heading is the title if it is the only one of the first level, or says what the front matter says; what stands between it and the
/// text is subtitle and date.
fn titles(source: &str, drafts: &mut [Draft], title: Option<&str>) {
    let Some(first) = drafts.iter().position(|draft| level(draft).is_some()) else { return };
    let is_title = match title {
        Some(title) => metadata::text_of(source, &drafts[first]).eq_ignore_ascii_case(title),
        None => {
            level(&drafts[first]) == Some(1)
                && drafts.iter().filter(|draft| level(draft) == Some(1)).count() == 1
                && drafts[..first].iter().all(|draft| draft.source.len() < 300)
        }
    };
    if !is_title {
        return;
    }
    drafts[first].kind = BlockKind::Title;
    let deepest_top = drafts.iter().skip(first + 1).filter_map(level).min().unwrap_or(1);
    for index in first + 1..drafts.len().min(first + 4) {
        let Some(level) = level(&drafts[index]) else { return };
        let text = metadata::text_of(source, &drafts[index]);
        if shape::is_date_line(&text) {
            drafts[index].kind = BlockKind::Byline;
        } else if level > deepest_top && index == first + 1 && drafts.get(index + 1).is_some_and(|next| self::level(next).is_some()) {
            drafts[index].kind = BlockKind::Title;
        } else {
            return;
        }
    }
}

/// One or a few words alone after a thematic break open a part of the document ("Letter").
fn after_breaks(source: &str, drafts: &mut [Draft], top: u8) {
    for index in 1..drafts.len().saturating_sub(1) {
        let after_break = drafts[index - 1].kind == BlockKind::Furniture && drafts[index].kind == BlockKind::Paragraph;
        if after_break && !drafts[index + 1].kind.is_heading() {
            let text = metadata::text_of(source, &drafts[index]);
            let shape = shape::Shape::of(&text);
            let has_link = drafts[index].parts.iter().any(|part| matches!(part, Part::Open(InlineKind::Link { .. } | InlineKind::Emphasis, _)));
            if (1..=5).contains(&shape.words)
                && shape.is_title_case()
                && !shape::ends_sentence(&text)
                && !shape::is_date_line(&text)
                && !has_link
                && !shape::is_list_of_names(&text)
            {
                drafts[index].kind = BlockKind::Heading { level: Some(top), number: None };
            }
        }
    }
}

/// Bold lines by themselves are headings where a document has several of them, each above running text; so are lines in italics, which are lower.
fn emphasised_lines(source: &str, drafts: &mut [Draft], kind: &InlineKind, below: u8) {
    let found: Vec<usize> = (0..drafts.len()).filter(|&index| is_emphasised_heading(source, drafts, index, kind)).collect();
    let has_headings = drafts.iter().any(|draft| level(draft).is_some());
    if found.len() < 2 {
        return;
    }
    for index in found {
        let number = enumerator(source, &drafts[index]).map(str::to_owned);
        if number.is_some() {
            drafts[index].parts.remove(0);
        }
        drafts[index].kind = BlockKind::Heading { level: Some(if has_headings { below } else { 1 }), number };
    }
}

/// A text that lost its hashes: short lines by themselves above long paragraphs or lists, where nothing else is a heading.
fn plain_lines(source: &str, drafts: &mut [Draft]) {
    if drafts.iter().any(|draft| draft.kind.is_heading() || draft.kind == BlockKind::Title) {
        return;
    }
    let found: Vec<usize> = (0..drafts.len()).filter(|&index| is_plain_heading(source, drafts, index)).collect();
    if found.len() < 2 {
        return;
    }
    for index in found {
        drafts[index].kind = BlockKind::Heading { level: Some(1), number: None };
    }
}

fn is_plain_heading(source: &str, drafts: &[Draft], index: usize) -> bool {
    // A paragraph below a heading is at least so long, in bytes.
    const LONG: usize = 150;
    let draft = &drafts[index];
    let [Part::Text(span)] = draft.parts.as_slice() else { return false };
    let heads = drafts.get(index + 1).is_some_and(|next| match next.kind {
        BlockKind::Paragraph => next.source.len() >= LONG,
        BlockKind::ListItem { .. } => true,
        _ => false,
    });
    if draft.kind != BlockKind::Paragraph || !heads || draft.source.len() > 120 {
        return false;
    }
    let text = span.of(source).trim();
    let after_lead = index.checked_sub(1).is_some_and(|before| drafts[before].source.of(source).trim_end().ends_with(':'));
    let shape = shape::Shape::of(text);
    (1..=12).contains(&shape.words)
        && text.starts_with(char::is_uppercase)
        && !after_lead
        && !text.contains(['|', '@', '\n'])
        && (text.ends_with('?') || !shape::ends_sentence(text))
        && !text.ends_with([',', '—', '–'])
        && !crate::ingest::plain::is_caption(text)
        && !shape::is_date_line(text)
        && !shape::is_list_of_names(text)
}

/// "A.  **Purpose**": the letter or number before words in bold.
fn enumerator<'a>(source: &'a str, draft: &Draft) -> Option<&'a str> {
    let Some(Part::Text(span)) = draft.parts.first() else { return None };
    let label = span.of(source).trim().strip_suffix(['.', ')'])?;
    let short = (1..=4).contains(&label.len()) && label.bytes().all(|b| b.is_ascii_alphanumeric());
    (short && (label.len() == 1 || label.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'I' | b'V' | b'X')))).then_some(label)
}

fn is_emphasised_heading(source: &str, drafts: &[Draft], index: usize, kind: &InlineKind) -> bool {
    let draft = &drafts[index];
    let parts = &draft.parts[usize::from(enumerator(source, draft).is_some())..];
    let parts = if let [Part::Space(_), rest @ ..] = parts { rest } else { parts };
    // "***Heading***": bold within italics is bold.
    let parts = match parts {
        [Part::Open(InlineKind::Emphasis, _), inner @ .., Part::Close(_)] if matches!(inner, [Part::Open(InlineKind::Strong, _), .., Part::Close(_)]) => inner,
        _ => parts,
    };
    let is_bold = draft.kind == BlockKind::Paragraph
        && matches!(parts, [Part::Open(opened, _), .., Part::Close(_)] if opened == kind)
        && parts.iter().filter(|part| matches!(part, Part::Close(_))).count() == 1;
    if !is_bold || !drafts.get(index + 1).is_some_and(|next| next.kind.is_running_text() || next.kind == BlockKind::TableRow) {
        return false;
    }
    let text = metadata::text_of(source, draft);
    let shape = shape::Shape::of(&text);
    // Whole sentences are set in italics more often than headings are.
    let most = if *kind == InlineKind::Emphasis { 8 } else { 16 };
    let begins = *kind == InlineKind::Strong || text.starts_with(char::is_uppercase);
    begins
        && (1..=most).contains(&shape.words)
        && !shape::ends_with_stop(&text)
        && !text.ends_with(':')
        && !crate::ingest::plain::is_caption(&text)
        && !shape::is_date_line(&text)
        && (parts.len() < draft.parts.len() || !shape::is_list_of_names(&text))
}

/// Moves the number at the start of a heading from its text to its kind.
fn number(source: &str, draft: &mut Draft) {
    let BlockKind::Heading { number, .. } = &mut draft.kind else { return };
    let Some(at) = draft.parts.iter().position(|part| matches!(part, Part::Text(span) if !span.of(source).trim().is_empty())) else { return };
    let Part::Text(span) = &mut draft.parts[at] else { return };
    let text = span.of(source);
    let lead = text.len() - text.trim_start().len();
    if let Some(found) = numbering::split(&text[lead..])
        && (!found.bare || is_certain(&text[lead + found.content..]))
    {
        *number = Some(found.number.to_owned());
        *span = crate::span::SourceSpan::new(span.start() + lead + found.words(), span.end());
    }
}

/// "5 Conclusions" is numbered, "10 Ways to Save the Rivers" is not.
fn is_certain(words: &str) -> bool {
    let first = words.split_whitespace().next().unwrap_or_default();
    crate::section::kind::HeadingWords::built_in().whole(words).is_some() || !first.ends_with('s')
}
