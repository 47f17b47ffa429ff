//! What stands below headings such as "Notes" and "References".

use crate::document::BlockKind;
use crate::ingest::draft::{Draft, Part};
use crate::ingest::marker::Form;
use crate::record::SectionKind;
use crate::section::kind::HeadingWords;
use crate::section::numbering;
use crate::span::SourceSpan;

use super::label::{self, Label};
use super::{Marked, as_note, edit, split};

/// Makes notes and reference entries of the drafts below such headings, up to the next heading.
pub fn recognise(source: &str, drafts: &mut Vec<Draft>, marked: &Marked) {
    let zones = zones(source, drafts);
    if zones.is_empty() {
        return;
    }
    let mut out = Vec::with_capacity(drafts.len() + 16);
    let mut old = std::mem::take(drafts).into_iter().enumerate().peekable();
    for zone in zones {
        while let Some((_, draft)) = old.next_if(|(index, _)| *index < zone.first) {
            out.push(draft);
        }
        let mut members = Vec::with_capacity(zone.last - zone.first);
        while let Some((_, draft)) = old.next_if(|(index, _)| *index < zone.last) {
            members.push(draft);
        }
        out.extend(members_of(source, members, &zone, marked));
    }
    out.extend(old.map(|(_, draft)| draft));
    *drafts = out;
}

struct Zone {
    /// The first draft below the heading, and one past the last.
    first: usize,
    last: usize,
    kind: SectionKind,
}

fn zones(source: &str, drafts: &[Draft]) -> Vec<Zone> {
    let mut zones: Vec<Zone> = Vec::new();
    let mut open: Option<(usize, SectionKind)> = None;
    for (index, draft) in drafts.iter().enumerate() {
        let is_heading = matches!(draft.kind, BlockKind::Heading { .. } | BlockKind::Title);
        if !is_heading && !is_line_above_list(source, drafts, index) {
            continue;
        }
        if let Some((first, kind)) = open.take() {
            zones.push(Zone { first, last: index, kind });
        }
        let kind = heading_kind(source, draft).filter(|kind| matches!(kind, SectionKind::Notes | SectionKind::References));
        open = kind.map(|kind| (index + 1, kind));
    }
    if let Some((first, kind)) = open {
        zones.push(Zone { first, last: drafts.len(), kind });
    }
    zones
}

/// "**Works cited**", "References:": a paragraph that is nothing but the name of such a list, above one.
fn is_line_above_list(source: &str, drafts: &[Draft], index: usize) -> bool {
    const LONGEST: usize = 40;
    let draft = &drafts[index];
    let short = draft.kind == BlockKind::Paragraph && draft.source.len() <= LONGEST;
    short && drafts.get(index + 1).is_some_and(is_member) && matches!(heading_kind(source, draft), Some(SectionKind::Notes | SectionKind::References))
}

fn heading_kind(source: &str, draft: &Draft) -> Option<SectionKind> {
    let mut text = String::new();
    for part in &draft.parts {
        if let Part::Text(span) = part {
            text.push_str(span.of(source));
        }
    }
    let words = HeadingWords::built_in();
    let text = text.trim().trim_end_matches(':').to_owned();
    words.whole(&text).or_else(|| numbering::split(text.trim()).and_then(|found| words.whole(&text.trim()[found.content..])))
}

/// True for drafts that a zone turns into notes or entries.
fn is_member(draft: &Draft) -> bool {
    matches!(
        draft.kind,
        BlockKind::Paragraph | BlockKind::ListItem { .. } | BlockKind::Caption | BlockKind::Byline | BlockKind::TableRow | BlockKind::Quotation
    )
}

fn members_of(source: &str, members: Vec<Draft>, zone: &Zone, marked: &Marked) -> Vec<Draft> {
    let members = joined(source, members);
    let labels: Vec<Option<Label>> =
        members.iter().map(|draft| if is_member(draft) { label::of_draft(source, draft).filter(is_label) } else { None }).collect();
    let of = members.iter().filter(|draft| is_member(draft)).count();
    let labelled = labels.iter().flatten().count();
    let with_marks = labels.iter().flatten().filter(|found| marked.before(&found.label, zone.first)).count();
    // A list of notes whose notes run together in a few blocks has few labels, but the first block has one.
    let numbered = labelled * 2 > of || labels.first().is_some_and(Option::is_some) && labelled > 0;
    if zone.kind == SectionKind::Notes && !numbered {
        return members;
    }
    // Nothing but a note begins with a raised number, whatever its list is called.
    let raised = labelled > 0 && labels.iter().flatten().all(|found| found.form == Form::Superscript);
    let are_notes = numbered && (zone.kind == SectionKind::Notes || raised || with_marks > 0 && with_marks * 3 >= labelled.min(12));
    if are_notes { notes(source, members, &labels, zone.first, marked) } else { references(source, members, &labels, numbered) }
}

/// Letters and Roman numbers are labels of list items, not of references; "1.2" is that of a paragraph.
fn is_label(found: &Label) -> bool {
    !(matches!(found.form, Form::Decimal | Form::Roman | Form::Glued) || found.form == Form::Bare && found.number().is_none())
}

/// Joins entries that were torn apart: a line that is only the URL of the one before it.
fn joined(source: &str, members: Vec<Draft>) -> Vec<Draft> {
    let mut out: Vec<Draft> = Vec::with_capacity(members.len());
    for draft in members {
        let text = edit::first_text(source, &draft);
        let goes_on = is_member(&draft) && ["http://", "https://", "www.", "doi:", "Available at", "Retrieved from"].iter().any(|lead| text.starts_with(lead));
        let open = is_member(&draft) && out.last().is_some_and(|last| is_open(source, last, &draft, text));
        match out.last_mut() {
            Some(last) if open && is_member(last) => append(last, draft),
            Some(last) if goes_on && is_member(last) && follows_directly(source, last, &draft) => append(last, draft),
            _ => out.push(draft),
        }
    }
    out
}

/// True if a line end has torn an entry: "… Journal of Harbours," above "178: 101–106", "Canberra:" above its publisher.
fn is_open(source: &str, last: &Draft, draft: &Draft, text: &str) -> bool {
    let before = last.source.of(source).trim_end();
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let located =
        (1..=4).contains(&digits) && text[digits..].starts_with([':', '(']) && text[digits + 1..].trim_start().starts_with(|c: char| c.is_ascii_digit());
    follows_directly(source, last, draft) && (located && !before.ends_with('.') || before.ends_with(':') && before.len() > 40)
}

/// True if no blank line stands between two drafts.
fn follows_directly(source: &str, before: &Draft, draft: &Draft) -> bool {
    source.get(before.source.end()..draft.source.start()).is_some_and(|gap| gap.matches('\n').count() <= 1)
}

fn append(draft: &mut Draft, more: Draft) {
    draft.parts.push(Part::Space(SourceSpan::empty(more.source.start())));
    draft.parts.extend(more.parts);
    draft.source = draft.source.cover(more.source);
}

fn notes(source: &str, members: Vec<Draft>, labels: &[Option<Label>], from: usize, marked: &Marked) -> Vec<Draft> {
    let last_label = labels.iter().rposition(Option::is_some);
    let mut out: Vec<Draft> = Vec::with_capacity(members.len());
    let known = |number: u32| marked.before(&number.to_string(), from);
    for (index, draft) in members.into_iter().enumerate() {
        match &labels[index] {
            Some(first) => out.extend(split::notes(source, draft, first, &known).into_iter().map(|piece| as_note(source, piece))),
            // A paragraph between two notes goes on with the first.
            None if is_member(&draft) && last_label.is_some_and(|last| index < last) => match out.last_mut() {
                Some(last) if matches!(last.kind, BlockKind::Note { .. }) => append(last, draft),
                _ => out.push(draft),
            },
            None => out.push(draft),
        }
    }
    out
}

fn references(source: &str, members: Vec<Draft>, labels: &[Option<Label>], numbered: bool) -> Vec<Draft> {
    let mut out = Vec::with_capacity(members.len());
    for (index, draft) in members.into_iter().enumerate() {
        if !is_member(&draft) {
            out.push(draft);
            continue;
        }
        match labels[index].as_ref().filter(|_| numbered) {
            Some(first) => out.extend(split::notes(source, draft, first, &|_| false).into_iter().map(|piece| {
                let mut piece = as_note(source, piece);
                if let BlockKind::Note { label } = &piece.kind {
                    piece.kind = BlockKind::Reference { label: Some(label.clone()) };
                }
                piece
            })),
            None => out.extend(split::entries(source, draft).into_iter().map(|mut piece| {
                piece.kind = BlockKind::Reference { label: None };
                piece
            })),
        }
    }
    out
}
