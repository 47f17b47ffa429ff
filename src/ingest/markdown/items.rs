//! Items of lists that Markdown does not know as such: "27\. Ferries that …", "(ii) Require …", alone or on the lines of one paragraph.

use crate::document::BlockKind;
use crate::ingest::draft::{Draft, Part};
use crate::ingest::marker::{self, Form};
use crate::span::SourceSpan;

/// Makes items of the paragraphs, and of the lines of paragraphs, that begin with a marker in words.
pub fn settle(source: &str, drafts: &mut Vec<Draft>) {
    if !drafts.iter().any(|draft| has_marker(source, draft)) {
        return;
    }
    let mut settled = Vec::with_capacity(drafts.len());
    for draft in drafts.drain(..) {
        if has_marker(source, &draft) { lines(source, draft).into_iter().for_each(|line| settled.push(item(source, line))) } else { settled.push(draft) }
    }
    *drafts = settled;
}

fn has_marker(source: &str, draft: &Draft) -> bool {
    draft.kind == BlockKind::Paragraph && (marker_of(source, &draft.parts).is_some() || line_starts(source, &draft.parts).next().is_some())
}

/// The marker at the start of these parts, as written, and how much of their text it takes, in bytes.
fn marker_of(source: &str, parts: &[Part]) -> Option<(String, usize)> {
    /// As much of the text as a marker and the word after it may take, in bytes.
    const HEAD: usize = 24;
    let mut head = String::new();
    for part in parts {
        let Part::Text(span) = part else { break };
        head.push_str(span.of(source));
        if head.len() >= HEAD {
            break;
        }
    }
    let text = head.trim_start();
    let found = marker::read(text)?;
    let short = found.label.len() <= 3;
    let fits = match found.form {
        Form::Stopped | Form::HalfEnclosed => short,
        Form::Enclosed | Form::Letter | Form::Roman => true,
        Form::Bullet(sign) => !sign.is_ascii() && !matches!(sign, '–' | '—' | '−'),
        _ => false,
    };
    let begins = text[found.content..].starts_with(|c: char| c.is_alphabetic() || matches!(c, '“' | '"' | '‘'));
    (fits && begins).then(|| (found.written.to_owned(), head.len() - text.len() + found.content))
}

/// The indexes of the parts with which a line with a marker begins, outside inline mark-up.
fn line_starts<'a>(source: &'a str, parts: &'a [Part]) -> impl Iterator<Item = usize> + 'a {
    let mut depth = 0_usize;
    (1..parts.len()).filter(move |&index| {
        match parts[index - 1] {
            Part::Open(..) => depth += 1,
            Part::Close(_) => depth = depth.saturating_sub(1),
            _ => {}
        }
        depth == 0 && matches!(parts[index - 1], Part::Space(_)) && marker_of(source, &parts[index..]).is_some()
    })
}

/// The paragraph, cut before each of its lines that begin with a marker.
fn lines(source: &str, draft: Draft) -> Vec<Draft> {
    let starts: Vec<usize> = line_starts(source, &draft.parts).collect();
    let one = starts.len() == 1 && marker_of(source, &draft.parts).is_none();
    if starts.is_empty() || one {
        return vec![draft];
    }
    let (kind, page) = (draft.kind, draft.page);
    let mut cut = Vec::with_capacity(starts.len() + 1);
    let mut parts = draft.parts;
    let mut end = draft.source.end();
    for &start in starts.iter().rev() {
        let tail = parts.split_off(start);
        let from = tail.iter().find_map(|part| if let Part::Text(span) = part { Some(span.start()) } else { None }).unwrap_or(end);
        cut.push(Draft { kind: kind.clone(), source: SourceSpan::new(from, end.max(from)).trimmed(source), page, parts: tail });
        end = from;
    }
    cut.push(Draft { kind, source: SourceSpan::new(draft.source.start(), end.max(draft.source.start())).trimmed(source), page, parts });
    cut.reverse();
    cut
}

/// The draft as an item without its marker, if it has one.
fn item(source: &str, mut draft: Draft) -> Draft {
    let Some((marker, mut taken)) = marker_of(source, &draft.parts) else { return draft };
    while let Some(Part::Text(span)) = draft.parts.first_mut() {
        let length = span.end() - span.start();
        if taken < length {
            *span = SourceSpan::new(span.start() + taken, span.end());
            break;
        }
        taken -= length;
        draft.parts.remove(0);
    }
    draft.kind = BlockKind::ListItem { marker, depth: 0 };
    draft
}
