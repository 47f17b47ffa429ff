//! Notes, reference lists, and the marks in the running text that point to them, whatever the format.
//!
//! Notes and marks prove one another: a numbered paragraph is a note if the text has a mark with its number, and a number glued to a word is a mark
//! if there is a note for it or its neighbours count up.

mod collapsed;
mod edit;
mod evidence;
mod label;
mod mark;
mod split;
mod zone;

use std::mem::{Discriminant, discriminant};

use rustc_hash::{FxHashMap as HashMap, FxHashSet as HashSet};

use self::edit::Cut;
use self::evidence::Notes;
use self::label::Label;
use self::mark::{Candidate, MarkForm};
use super::draft::{Draft, Part};
use super::marker::Form;
use crate::document::BlockKind;
use crate::span::SourceSpan;

const RAISED: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];

/// The digit that a raised digit stands for.
#[must_use]
pub fn superscript_digit(c: char) -> Option<char> {
    RAISED.iter().position(|&raised| raised == c).and_then(|digit| char::from_digit(digit as u32, 10))
}

/// Turns drafts that are notes or reference entries into such, splits what runs together, and puts marks into the parts of the running text.
pub fn recognise(source: &str, drafts: &mut Vec<Draft>) {
    split_off_rules(source, drafts);
    collapsed::divide(source, drafts);
    let mut candidates = Vec::new();
    add_candidates(source, drafts, 0, &mut candidates);
    let mut marked = Marked::new(&candidates, drafts);
    if bind_labels(source, drafts, &marked) {
        candidates.clear();
        add_candidates(source, drafts, 0, &mut candidates);
        marked = Marked::new(&candidates, drafts);
    }
    let before: Vec<Outward> = drafts.iter().map(Outward::of).collect();
    zone::recognise(source, drafts, &marked);
    foot_notes(source, drafts, &marked);
    // Splitting has moved the drafts: look again from the first that changed on, now that notes are known and out of the way.
    let same = drafts.iter().zip(&before).take_while(|(draft, before)| Outward::of(draft) == **before).count();
    candidates.truncate(candidates.partition_point(|candidate| candidate.draft < same));
    add_candidates(source, drafts, same, &mut candidates);
    let notes = known_notes(drafts);
    let keep = evidence::decide(&candidates, &notes);
    put_marks(source, drafts, &candidates, &keep);
}

/// Puts a number that has a line to itself before the note on the next line ("17" above "See the order"), if a mark before it has the number.
fn bind_labels(source: &str, drafts: &mut Vec<Draft>, marked: &Marked) -> bool {
    let binds = |pair: (usize, &[Draft])| {
        let (at, [number, below]) = pair else { return false };
        let begins = || edit::first_text(source, below).starts_with(|c: char| c.is_uppercase() || matches!(c, '“' | '"' | '‘'));
        let gap = || source.get(number.source.end()..below.source.start()).unwrap_or_default();
        let is_label = |at: Option<usize>, wanted: Option<u32>| {
            let found = at.and_then(|at| drafts.get(at)).and_then(|draft| label_alone(source, draft));
            found.is_some_and(|(_, label)| label.parse().ok() == wanted)
        };
        // With a blank line between, the number before or the next has to stand in the same way: else it may be that of the page.
        let in_row = |number: Option<u32>| {
            is_label(Some(at + 2), number.map(|number| number + 1)) || is_label(at.checked_sub(2), number.and_then(|number| number.checked_sub(1)))
        };
        below.kind == BlockKind::Paragraph
            && number.page == below.page
            && label_alone(source, number).is_some_and(|(_, label)| {
                let lines = gap().matches('\n').count();
                marked.strongly_before(&label, at) && (lines == 1 || lines == 2 && in_row(label.parse().ok()))
            })
            && gap().trim().is_empty()
            && begins()
    };
    let found: Vec<usize> = drafts.windows(2).enumerate().filter(|&pair| binds(pair)).map(|(at, _)| at).collect();
    if found.is_empty() {
        return false;
    }
    let mut found = found.into_iter().peekable();
    let mut label: Option<SourceSpan> = None;
    let mut out = Vec::with_capacity(drafts.len());
    for (at, mut draft) in std::mem::take(drafts).into_iter().enumerate() {
        if let Some(label) = label.take() {
            draft.parts.splice(0..0, [Part::Text(label), Part::Space(SourceSpan::empty(label.end()))]);
            draft.source = label.cover(draft.source);
        }
        if found.next_if_eq(&at).is_some() {
            label = label_alone(source, &draft).map(|(span, _)| span);
        } else {
            out.push(draft);
        }
    }
    *drafts = out;
    true
}

/// A number, or one in brackets, that has a draft to itself.
fn label_alone(source: &str, draft: &Draft) -> Option<(SourceSpan, String)> {
    let text = draft.source.of(source);
    let inner = text.strip_prefix('[').and_then(|text| text.strip_suffix(']'));
    match inner.filter(|inner| (1..=3).contains(&inner.len()) && inner.bytes().all(|byte| byte.is_ascii_digit())) {
        Some(number) => Some((draft.source, number.to_owned())),
        None => mark::alone(source, draft),
    }
}

/// True for blocks in which marks are looked for.
fn may_hold_marks(draft: &Draft) -> bool {
    matches!(
        draft.kind,
        BlockKind::Paragraph
            | BlockKind::ListItem { .. }
            | BlockKind::Quotation
            | BlockKind::Heading { .. }
            | BlockKind::Title
            | BlockKind::TableRow
            | BlockKind::Caption
            | BlockKind::Byline
    )
}

/// Adds the candidates in the drafts from `first` on.
fn add_candidates(source: &str, drafts: &[Draft], first: usize, found: &mut Vec<Candidate>) {
    for (index, draft) in drafts.iter().enumerate().skip(first).filter(|(_, draft)| may_hold_marks(draft)) {
        mark::scan(source, index, draft, found);
    }
}

/// By what a draft that was split, or became a note, is told from what it was: its kind, its place, how many parts it has, and the first and last text.
#[derive(Debug, PartialEq, Eq)]
struct Outward {
    kind: Discriminant<BlockKind>,
    source: SourceSpan,
    parts: usize,
    first: Option<SourceSpan>,
    last: Option<SourceSpan>,
}

impl Outward {
    fn of(draft: &Draft) -> Self {
        let mut texts = draft.parts.iter().filter_map(mark::text_of);
        let first = texts.next();
        Self { kind: discriminant(&draft.kind), source: draft.source, parts: draft.parts.len(), first, last: texts.next_back().or(first) }
    }
}

/// Which labels have something like a mark in the text, and in which drafts.
#[derive(Debug, Default)]
pub struct Marked {
    /// For each label, the drafts with a candidate in a place that needs no note to be convincing.
    strong: HashMap<String, Vec<usize>>,
    any: HashMap<String, Vec<usize>>,
}

impl Marked {
    fn new(candidates: &[Candidate], drafts: &[Draft]) -> Self {
        let mut marked = Self::default();
        for candidate in candidates {
            let is_strong = matches!(
                candidate.form,
                MarkForm::Bracket
                    | MarkForm::Superscript
                    | MarkForm::Symbol
                    | MarkForm::Glued(mark::Before::Stop | mark::Before::Closing | mark::Before::Comma | mark::Before::Clause)
            );
            if is_strong {
                marked.strong.entry(candidate.label.clone()).or_default().push(candidate.draft);
            }
            marked.any.entry(candidate.label.clone()).or_default().push(candidate.draft);
        }
        // Marks that a format gives as such.
        for (index, draft) in drafts.iter().enumerate() {
            for part in &draft.parts {
                if let Part::Mark { label, .. } = part {
                    marked.strong.entry(label.clone()).or_default().push(index);
                    marked.any.entry(label.clone()).or_default().push(index);
                }
            }
        }
        for places in marked.strong.values_mut().chain(marked.any.values_mut()) {
            places.sort_unstable();
        }
        marked
    }

    /// True if a convincing mark with this label stands before the draft at `index`.
    #[must_use]
    pub fn strongly_before(&self, label: &str, index: usize) -> bool {
        self.strong.get(label).and_then(|places| places.first()).is_some_and(|&first| first < index)
    }

    /// True if a convincing mark with this label stands in the drafts of a range.
    fn strongly_within(&self, label: &str, range: &std::ops::Range<usize>) -> bool {
        let places = self.strong.get(label).map(Vec::as_slice).unwrap_or_default();
        places.get(places.partition_point(|&place| place < range.start)).is_some_and(|&place| place < range.end)
    }

    /// True if anything like a mark with this label stands before the draft at `index`.
    #[must_use]
    pub fn before(&self, label: &str, index: usize) -> bool {
        self.any.get(label).and_then(|places| places.first()).is_some_and(|&first| first < index)
    }
}

/// A line of underscores inside a collapsed text divides the page's text from its notes.
fn split_off_rules(source: &str, drafts: &mut Vec<Draft>) {
    // "______. Rivers.": a rule that begins a paragraph stands for the author of the entry before.
    let holds_rule = |draft: &Draft| {
        let text = draft.source.of(source);
        matches!(draft.kind, BlockKind::Paragraph)
            && draft.source.len() > 60
            && holds_line(text)
            && !text.trim_start_matches('_').trim_start().starts_with(['.', ','])
    };
    if !drafts.iter().any(holds_rule) {
        return;
    }
    let mut out = Vec::with_capacity(drafts.len() + 8);
    for draft in std::mem::take(drafts) {
        if !holds_rule(&draft) {
            out.push(draft);
            continue;
        }
        let base = draft.source.start();
        let text = draft.source.of(source);
        let mut offsets = Vec::new();
        let mut at = 0;
        while let Some(start) = text[at..].find("_____").map(|found| at + found) {
            let end = text[start..].find(|c| c != '_').map_or(text.len(), |length| start + length);
            offsets.extend([base + start, base + end]);
            at = end;
        }
        out.extend(
            edit::split_at(draft, &offsets)
                .into_iter()
                .filter(|piece| piece.parts.iter().any(|part| !matches!(part, Part::Text(span) if span.of(source).trim().is_empty())))
                .map(|mut piece| {
                    if edit::first_text(source, &piece).starts_with("_____") {
                        piece.kind = BlockKind::Furniture;
                    }
                    piece
                }),
        );
    }
    *drafts = out;
}

/// True for a text with a line of underscores in it.
fn holds_line(text: &str) -> bool {
    memchr::memchr_iter(b'_', text.as_bytes()).any(|at| text.as_bytes()[at..].starts_with(b"_____"))
}

/// Notes among the running text: at the foot of pages, after paragraphs, or at the end without a heading.
fn foot_notes(source: &str, drafts: &mut Vec<Draft>, marked: &Marked) {
    let labels: Vec<Option<Label>> = drafts.iter().map(|draft| if may_be_note(draft) { label::of_draft(source, draft) } else { None }).collect();
    let mut is_note = vec![false; drafts.len()];
    let mut runs: Vec<std::ops::Range<usize>> = Vec::new();
    let known: HashSet<&str> =
        drafts.iter().filter_map(|draft| if let BlockKind::Note { label } = &draft.kind { Some(label.as_str()) } else { None }).collect();
    // The number with which a list in the body would go on below a subheading.
    let mut list_goes_on = None;
    let bare = bare_run(&labels);
    let last_text = drafts.iter().zip(&labels).rposition(|(draft, label)| label.is_none() && may_be_note(draft)).unwrap_or_default();
    let mut index = 0;
    while index < drafts.len() {
        let Some(first) = &labels[index] else {
            index += 1;
            continue;
        };
        let end = run_end(&labels, index);
        let after_rule = index.checked_sub(1).is_some_and(|before| is_rule(source, &drafts[before]));
        let after_lead = index.checked_sub(1).is_some_and(|before| drafts[before].source.of(source).trim_end().ends_with(':'));
        // Notes of a page have their marks on it; those of the document stand at its end.
        let from = if index > last_text { 0 } else { page_start(drafts, index) };
        let mut fits = run_is_notes(&labels[index..end], from..index, first, marked, after_rule, after_lead);
        if lists_works(source, &drafts[index..end], &labels[index..end], index > last_text, marked) {
            fits.fill(true);
        }
        // "3. Credit" in the body of a paper whose notes "1 Roe" to "8 Doe" stand further down.
        let is_in = |label: &Label| label.number().zip(bare).is_some_and(|(number, (start, last))| index < start && number <= last);
        if is_list_form(first.form) && labels[index..end].iter().flatten().all(is_in) {
            fits.fill(false);
        }
        let goes_on = list_goes_on.is_some() && list_goes_on == first.number();
        if !after_rule && is_list_form(first.form) && (goes_on || is_list_beside_notes(&labels[index..end], &known)) {
            fits.fill(false);
            list_goes_on = labels[end - 1].as_ref().and_then(Label::number).map(|last| last + 1);
        }
        if is_list_form(first.form) && first.number() == Some(1) && fits.contains(&true) {
            runs.push(index..end);
        }
        for (offset, fits) in fits.into_iter().enumerate() {
            is_note[index + offset] = fits;
        }
        index = end;
    }
    torn(source, drafts, &labels, marked, &mut is_note);
    for pair in runs.windows(2) {
        if let [run, later] = pair
            && is_superseded(&labels, run, later, marked)
        {
            is_note[run.clone()].fill(false);
        }
    }
    if !is_note.contains(&true) {
        return;
    }
    let mut out = Vec::with_capacity(drafts.len() + 8);
    for (index, draft) in std::mem::take(drafts).into_iter().enumerate() {
        match labels[index].as_ref().filter(|_| is_note[index]) {
            Some(first) => {
                let known = |number: u32| marked.before(&number.to_string(), index + 1);
                out.extend(split::notes(source, draft, first, &known).into_iter().map(|piece| as_note(source, piece)));
            }
            None => out.push(draft),
        }
    }
    *drafts = out;
}

/// Marks the runs of blocks that begin with bare numbers of which most stand alone in the text before: the notes of a page whose raised numbers were
/// torn from their words. Those numbers are taken back from the furniture of the page.
fn torn(source: &str, drafts: &mut [Draft], labels: &[Option<Label>], marked: &Marked, is_note: &mut [bool]) {
    const LEAST: usize = 3;
    // One number marks its note at few places; more of them on a page are something else.
    const MOST: usize = 8;
    let mut alone: HashMap<u32, Vec<usize>> = HashMap::default();
    for (index, draft) in drafts.iter().enumerate() {
        if let Some(number) = mark::alone(source, draft).and_then(|(_, label)| label.parse().ok()) {
            alone.entry(number).or_default().push(index);
        }
    }
    if alone.is_empty() {
        return;
    }
    let mut index = 0;
    while index < labels.len() {
        let bare = labels[index].as_ref().is_some_and(|label| label.form == Form::Bare);
        let end = if bare { run_end(labels, index) } else { index + 1 };
        if bare && end - index >= LEAST {
            let numbers: Vec<u32> = labels[index..end].iter().flatten().filter_map(Label::number).collect();
            let first = page_start(drafts, index);
            let on_page = |number: &u32| {
                let places = alone.get(number).map(Vec::as_slice).unwrap_or_default();
                let until = places.partition_point(|&at| at < index);
                places[..until].iter().rev().take_while(|&&at| at >= first).take(MOST).copied().collect::<Vec<_>>()
            };
            // A number that is glued to its word as well stands alone as that of the page.
            let torn_off = numbers.iter().filter(|number| !marked.strongly_before(&number.to_string(), index));
            let marks: Vec<usize> = torn_off.flat_map(on_page).collect();
            if marks.len() >= 2 && marks.len() * 2 >= numbers.len() {
                is_note[index..end].fill(true);
                for at in marks {
                    drafts[at].kind = BlockKind::Paragraph;
                }
            }
        }
        index = end;
    }
}

/// The first draft of the page of the draft `at`; that of the document, if it has no pages.
fn page_start(drafts: &[Draft], at: usize) -> usize {
    let Some(page) = drafts[at].page else { return 0 };
    drafts[..at].partition_point(|draft| draft.page.is_none_or(|other| other < page))
}

fn may_be_note(draft: &Draft) -> bool {
    matches!(draft.kind, BlockKind::Paragraph | BlockKind::ListItem { .. })
}

fn is_rule(source: &str, draft: &Draft) -> bool {
    let text = draft.source.of(source).trim();
    draft.kind == BlockKind::Furniture && text.len() >= 3 && text.chars().all(|c| matches!(c, '_' | '-' | '—' | '*' | '='))
}

/// The end of the run of labels from `start` on that count up in one form.
fn run_end(labels: &[Option<Label>], start: usize) -> usize {
    let mut end = start + 1;
    while let (Some(Some(before)), Some(Some(label))) = (labels.get(end - 1), labels.get(end)) {
        let counts = match (before.number(), label.number()) {
            (Some(a), Some(b)) => b > a && b <= a + 3,
            _ => false,
        };
        if before.form != label.form || !counts {
            break;
        }
        end += 1;
    }
    end
}

/// True for paragraphs that begin with bare numbers, if nearly all give a year and most of the numbers stand as marks in the text, or, at the end of the
/// text, if they count up and nearly all cite works: what a page, or a fragment of one, has at its foot.
fn lists_works(source: &str, run: &[Draft], labels: &[Option<Label>], at_end: bool, marked: &Marked) -> bool {
    const FEWEST: usize = 3;
    let bare = labels.iter().all(|label| label.as_ref().is_some_and(|label| label.form == Form::Bare));
    if !bare || run.len() < FEWEST {
        return false;
    }
    let nearly_all = |is: fn(&str) -> bool| run.iter().filter(|draft| is(draft.source.of(source))).count() * 4 >= run.len() * 3;
    let seen = labels.iter().flatten().filter(|label| marked.any.contains_key(&label.label)).count();
    let numbers = || labels.iter().flatten().map(Label::number);
    let counts = || numbers().zip(numbers().skip(1)).all(|(before, number)| before.is_some() && number == before.map(|before| before + 1));
    seen * 2 >= run.len() && nearly_all(is_dated) || (at_end || seen > 0) && counts() && nearly_all(cites)
}

/// True for a text with a year that is no longer than a note that only names a work.
fn is_dated(text: &str) -> bool {
    const LONGEST: usize = 700;
    let mut numbers = text.split(|c: char| !c.is_ascii_alphanumeric());
    text.len() < LONGEST
        && numbers.any(|digits| digits.len() == 4 && (digits.starts_with("19") || digits.starts_with("20")) && digits.bytes().all(|b| b.is_ascii_digit()))
}

/// True for a dated text that is divided as a reference is, by full stops and quotation marks.
fn cites(text: &str) -> bool {
    const LONGEST: usize = 600;
    let advises = [" should ", " must ", " recommend", " We ", " we "].iter().any(|word| text.contains(word));
    text.len() < LONGEST && !advises && is_dated(text) && (text.contains(['“', '"']) || text.contains("://") || text.matches(". ").count() >= 2)
}

/// Where the last run of three bare numbers or more from 1 on begins, and its last number.
fn bare_run(labels: &[Option<Label>]) -> Option<(usize, u32)> {
    let is_first = |label: &Option<Label>| label.as_ref().is_some_and(|label| label.form == Form::Bare && label.number() == Some(1));
    let start = labels.iter().rposition(is_first)?;
    let last = labels[run_end(labels, start) - 1].as_ref().and_then(Label::number)?;
    (last >= 3).then_some((start, last))
}

/// Forms in which lists are numbered as well as notes.
fn is_list_form(form: Form) -> bool {
    matches!(form, Form::Stopped | Form::HalfEnclosed | Form::Enclosed)
}

/// True for a numbered list in the body of a paper whose notes, with the same labels, are known: they stand below a heading of their own, or the page
/// shows them at its foot.
fn is_list_beside_notes(run: &[Option<Label>], known: &HashSet<&str>) -> bool {
    let Some(Some(first)) = run.first() else { return false };
    let again = run.iter().flatten().filter(|label| known.contains(label.label.as_str())).count();
    is_list_form(first.form) && first.number() == Some(1) && run.len() >= 3 && again * 3 >= run.len() * 2
}

/// True if a later list has the labels of this run and no marks of its own between the two: the marks before both point to the last.
fn is_superseded(labels: &[Option<Label>], run: &std::ops::Range<usize>, later: &std::ops::Range<usize>, marked: &Marked) -> bool {
    let shared = run.len().min(later.len());
    let between = run.end..later.start;
    let of_later = labels[later.clone()].iter().flatten().take(shared).filter(|label| marked.strongly_within(&label.label, &between)).count();
    run.len() >= 3 && later.len() * 3 >= run.len() * 2 && of_later * 2 < shared
}

/// For each label of a run, whether it is that of a note. `text` are the drafts that hold the marks of notes that stand where the run begins.
fn run_is_notes(run: &[Option<Label>], text: std::ops::Range<usize>, first: &Label, marked: &Marked, after_rule: bool, after_lead: bool) -> Vec<bool> {
    let start = text.end;
    // Marks stand in the text above, not in the notes themselves; numbered paragraphs have theirs among them.
    let is_marked = |(offset, label): (usize, &Label)| {
        if is_list_form(first.form) { marked.strongly_within(&label.label, &text) } else { marked.strongly_before(&label.label, start + offset) }
    };
    let strong: Vec<bool> = run.iter().enumerate().map(|(offset, label)| label.as_ref().is_some_and(|label| is_marked((offset, label)))).collect();
    let count = strong.iter().filter(|&&strong| strong).count();
    match first.form {
        // Nothing but a note begins so.
        Form::Caret | Form::Superscript => vec![true; run.len()],
        Form::Bracketed | Form::Bare => {
            let most = count * 2 >= run.len() && count > 0;
            let weak = |label: &Label, offset: usize| marked.before(&label.label, start + offset);
            run.iter()
                .enumerate()
                .zip(&strong)
                .map(|((offset, label), &strong)| {
                    strong || label.as_ref().is_some_and(|label| (most || after_rule) && (weak(label, offset) || most && run.len() > 2))
                })
                .collect()
        }
        Form::Stopped | Form::HalfEnclosed | Form::Enclosed => {
            let fits =
                !after_lead && (count * 3 >= run.len() * 2 && count > 0 && (run.len() > 1 || after_rule) || after_rule && count * 2 >= run.len() && count > 0);
            vec![fits; run.len()]
        }
        Form::Symbol => vec![true; run.len()],
        // "16See the order": with a mark in the text this is a label that lost its space.
        Form::Glued => strong,
        Form::Bullet('*') => vec![run.len() == 1 && strong.first() == Some(&true); run.len()],
        _ => vec![after_rule && count == run.len(); run.len()],
    }
}

/// Makes a note of a draft that begins with a label.
fn as_note(source: &str, mut draft: Draft) -> Draft {
    if let Some(found) = label::of_draft(source, &draft) {
        edit::drop_before(&mut draft, found.content);
        draft.kind = BlockKind::Note { label: found.label };
    }
    draft
}

fn known_notes(drafts: &[Draft]) -> Notes {
    let mut notes = Notes::default();
    for draft in drafts {
        notes.given.extend(draft.parts.iter().filter_map(|part| if let Part::Mark { label, .. } = part { Some(label.clone()) } else { None }));
        let label = match &draft.kind {
            BlockKind::Note { label } => label,
            BlockKind::Reference { label: Some(label) } => label,
            _ => continue,
        };
        notes.numbered |= label.bytes().all(|b| b.is_ascii_digit());
        notes.labels.insert(label.clone());
    }
    notes
}

fn put_marks(source: &str, drafts: &mut [Draft], candidates: &[Candidate], keep: &[bool]) {
    let mut at = 0;
    while at < candidates.len() {
        let index = candidates[at].draft;
        let end = at + candidates[at..].iter().take_while(|candidate| candidate.draft == index).count();
        let mut cuts: Vec<Cut> = Vec::new();
        for (candidate, _) in candidates[at..end].iter().zip(&keep[at..end]).filter(|(_, keep)| **keep) {
            let mark = (candidate.span, candidate.label.clone());
            match cuts.last_mut() {
                // Several marks in one pair of brackets.
                Some(last) if last.span == candidate.cut => last.marks.push(mark),
                // "1,2": the comma goes too.
                Some(last)
                    if last.span.end() + 1 == candidate.cut.start()
                        && matches!(candidate.form, MarkForm::Glued(_))
                        && matches!(source.as_bytes().get(last.span.end()), Some(b',' | b';')) =>
                {
                    last.span = last.span.cover(candidate.cut);
                    last.marks.push(mark);
                }
                _ => cuts.push(Cut { span: candidate.cut, marks: vec![mark] }),
            }
        }
        if let Some(draft) = drafts.get_mut(index) {
            edit::cut(draft, &cuts);
        }
        at = end;
    }
}

#[cfg(test)]
mod tests {
    use crate::document::BlockKind;
    use crate::ingest::plain;

    fn notes(text: &str) -> Vec<String> {
        let document = plain::read(text.to_owned());
        document.blocks.iter().filter(|block| matches!(block.kind, BlockKind::Note { .. })).map(|block| document.text(block.span).to_owned()).collect()
    }

    #[test]
    fn labels_that_lost_their_space_or_stand_above_their_note() {
        let text = "The harbour was closed for three days by the board.16 Nobody could say when it would open.17 The ferries stayed in port.\n\n\n\
                    16See also the order of the board on the closing of ports in winter.\n\n\
                    17\n  See the report of the pilots on the same closing of the port.\n";
        assert_eq!(notes(text).len(), 2, "{:?}", notes(text));
    }

    #[test]
    fn labels_in_a_row_stand_above_their_notes() {
        let body = "The harbour was closed for three days by the board.{1} Nobody could say when it would open.{2} The ferries stayed in port.";
        for (one, two) in [("1\n\n", "2\n\n"), ("[1]\n", "[2]\n")] {
            let body = body.replace("{1}", one.trim()).replace("{2}", two.trim());
            let text = format!("Ports\n\n{body}\n\nNotes\n\n{one}Ward, L. (2018). Ports and Rails. Oslo: Press.\n\n{two}Kim, S. (2019). Rails. Oslo: Press.\n");
            assert_eq!(notes(&text).len(), 2, "{text}");
        }
    }

    #[test]
    fn numbers_on_lines_of_their_own_mark_the_notes_below() {
        let text = "The harbour was closed for three days and nobody could say when it would open again.\n\n7\n\n\
                    The ferries stayed in port, and the pilots went home for the rest of the week.\n\n8\n\n\
                    7  Ward, L. (2018). Ports and Rails. Harbour Review, 12.\n8  Kim, S. (2019). Rails. Oslo: Harbour Press.\n\
                    9  Lee, M. (2020). Boats. Oslo: Harbour Press.\n";
        let document = plain::read(text.to_owned());
        let notes = document.blocks.iter().filter(|block| matches!(block.kind, BlockKind::Note { .. })).count();
        assert_eq!((notes, document.marks.len()), (3, 2));
    }
}
