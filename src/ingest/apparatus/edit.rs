//! Changes to drafts: taking off a label, splitting one in several, putting marks into its parts.

use crate::ingest::draft::{Draft, Part};
use crate::span::SourceSpan;

/// The place of the first text in a draft, without white space before it.
#[must_use]
pub fn text_start(source: &str, draft: &Draft) -> Option<usize> {
    draft.parts.iter().find_map(|part| match part {
        Part::Text(span) => {
            let text = span.of(source);
            let trimmed = text.trim_start();
            (!trimmed.is_empty()).then(|| span.start() + text.len() - trimmed.len())
        }
        _ => None,
    })
}

/// The first stretch of text of a draft, without white space before it.
#[must_use]
pub fn first_text<'a>(source: &'a str, draft: &Draft) -> &'a str {
    draft
        .parts
        .iter()
        .find_map(|part| match part {
            Part::Text(span) if !span.of(source).trim().is_empty() => Some(span.of(source).trim_start()),
            Part::Replaced { .. } => Some(""),
            _ => None,
        })
        .unwrap_or_default()
}

/// Takes off all text that stands before `from` in the source.
pub fn drop_before(draft: &mut Draft, from: usize) {
    draft.parts.retain(|part| !matches!(part, Part::Mark { source, .. } if source.end() <= from));
    for part in &mut draft.parts {
        if let Part::Text(span) = part {
            if span.start() >= from {
                break;
            }
            *span = SourceSpan::new(from.min(span.end()), span.end());
            if !span.is_empty() {
                break;
            }
        }
    }
}

/// Where a part that is no text begins; none for what may belong to the part before.
fn begin(part: &Part) -> Option<usize> {
    match part {
        Part::Open(_, at) => Some(*at),
        Part::Mark { source, .. } | Part::Replaced { source, .. } => Some(source.start()),
        Part::Text(_) | Part::Space(_) | Part::Close(_) => None,
    }
}

/// Splits a draft at offsets of the source, which are in order and inside its text parts or before other parts. The pieces keep kind and page.
#[must_use]
pub fn split_at(draft: Draft, offsets: &[usize]) -> Vec<Draft> {
    if offsets.is_empty() {
        return vec![draft];
    }
    let mut pieces = Vec::with_capacity(offsets.len() + 1);
    let (kind, page, whole) = (draft.kind, draft.page, draft.source);
    let mut offsets = offsets.iter().copied().peekable();
    let mut parts = Vec::new();
    let mut start = whole.start();
    for part in draft.parts {
        let Part::Text(mut span) = part else {
            if let Some(at) = begin(&part).and_then(|begin| offsets.next_if(|&at| at <= begin)) {
                pieces.push(Draft { kind: kind.clone(), source: SourceSpan::new(start, at.max(start)), page, parts: std::mem::take(&mut parts) });
                start = at.max(start);
            }
            parts.push(part);
            continue;
        };
        while let Some(at) = offsets.next_if(|&at| at < span.end()) {
            if at > span.start() {
                parts.push(Part::Text(SourceSpan::new(span.start(), at)));
            }
            pieces.push(Draft { kind: kind.clone(), source: SourceSpan::new(start, at.max(start)), page, parts: std::mem::take(&mut parts) });
            start = at.max(start);
            span = SourceSpan::new(at.max(span.start()), span.end());
        }
        parts.push(Part::Text(span));
    }
    pieces.push(Draft { kind, source: SourceSpan::new(start, whole.end().max(start)), page, parts });
    pieces
}

/// A stretch of the source that is to be left out of the reading text, with the marks in it.
#[derive(Debug, Clone)]
pub struct Cut {
    pub span: SourceSpan,
    pub marks: Vec<(SourceSpan, String)>,
}

/// Puts marks in the place of the text that they take. Cuts are in order and do not overlap.
pub fn cut(draft: &mut Draft, cuts: &[Cut]) {
    if cuts.is_empty() {
        return;
    }
    let mut parts = Vec::with_capacity(draft.parts.len() + 2 * cuts.len());
    let mut cuts = cuts.iter().peekable();
    for part in std::mem::take(&mut draft.parts) {
        let Part::Text(mut span) = part else {
            parts.push(part);
            continue;
        };
        while let Some(cut) = cuts.next_if(|cut| cut.span.start() < span.end()) {
            if cut.span.start() < span.start() {
                continue;
            }
            if cut.span.start() > span.start() {
                parts.push(Part::Text(SourceSpan::new(span.start(), cut.span.start())));
            }
            parts.extend(cut.marks.iter().map(|(source, label)| Part::Mark { source: *source, label: label.clone() }));
            span = SourceSpan::new(cut.span.end().min(span.end()), span.end());
        }
        if !span.is_empty() {
            parts.push(Part::Text(span));
        }
    }
    draft.parts = parts;
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::BlockKind;

    fn draft(length: usize) -> Draft {
        Draft::new(BlockKind::Paragraph, SourceSpan::new(0, length), SourceSpan::new(0, length), None)
    }

    #[test]
    fn splits_inside_a_part() {
        let pieces = split_at(draft(10), &[4]);
        assert_eq!(pieces.len(), 2);
        assert_eq!((pieces[0].source, pieces[1].source), (SourceSpan::new(0, 4), SourceSpan::new(4, 10)));
    }

    #[test]
    fn cuts_marks_out() {
        let mut one = draft(10);
        cut(&mut one, &[Cut { span: SourceSpan::new(3, 4), marks: vec![(SourceSpan::new(3, 4), "1".into())] }]);
        assert_eq!(one.parts.len(), 3);
    }
}
