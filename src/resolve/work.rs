//! What citations mean: short forms with the work that they point back to, marks of the running text with entries of a reference list, and what a note does.

use rustc_hash::FxHashMap as HashMap;

use super::citation::{Apparatus, Citation};
use crate::document::{BlockKind, Document};
use crate::extract::citation::pointer;
use crate::record::{Name, NoteKind, WorkKind};
use crate::span::{SourceSpan, Span};

/// Links everything that the citations of a document point to. Where more than one answer is possible there is none.
pub fn link(document: &Document, apparatus: &mut Apparatus) {
    place_in_notes(apparatus);
    numbered_entries(document, apparatus);
    shorten_repeated_numbers(apparatus);
    back_references(document, apparatus);
    author_year_marks(document, apparatus);
    note_kinds(document, apparatus);
}

/// Tells in which note each citation stands.
fn place_in_notes(apparatus: &mut Apparatus) {
    let mut places: Vec<(Span, usize)> = apparatus.notes.iter().enumerate().filter_map(|(index, note)| note.span.map(|span| (span, index))).collect();
    places.sort_by_key(|(span, _)| span.start());
    for citation in &mut apparatus.citations {
        let after = places.partition_point(|(span, _)| span.start() <= citation.span.start());
        citation.note = after.checked_sub(1).map(|at| places[at]).filter(|(span, _)| citation.span.start() < span.end()).map(|(_, note)| note);
    }
}

/// Marks such as [12] whose label is that of an entry belong to the entry: they are no marks of missing notes.
fn numbered_entries(document: &Document, apparatus: &mut Apparatus) {
    let mut entries: HashMap<&str, usize> = HashMap::default();
    for (index, citation) in apparatus.citations.iter().enumerate() {
        let block = document.block_at(citation.span.start()).map(|block| &document.blocks[block].kind);
        if let Some(BlockKind::Reference { label: Some(label) }) = block {
            entries.entry(label.as_str()).or_insert(index);
        }
    }
    if entries.is_empty() {
        return;
    }
    let mut moved: Vec<usize> = Vec::new();
    for (number, note) in apparatus.notes.iter().enumerate() {
        if note.span.is_none()
            && let Some(&entry) = entries.get(note.label.as_str())
        {
            apparatus.citations[entry].anchors.extend(&note.anchors);
            moved.push(number);
        }
    }
    if moved.is_empty() {
        return;
    }
    let kept = |index: usize| index - moved.partition_point(|&gone| gone < index);
    for citation in &mut apparatus.citations {
        citation.note = citation.note.map(kept);
    }
    let mut number = 0;
    apparatus.notes.retain(|_| {
        number += 1;
        moved.binary_search(&(number - 1)).is_err()
    });
}

/// A report cited by its number alone, where the document gives its title elsewhere, is a short form.
fn shorten_repeated_numbers(apparatus: &mut Apparatus) {
    let mut titled: HashMap<String, usize> = HashMap::default();
    for (index, citation) in apparatus.citations.iter().enumerate() {
        if let (Some(number), Some(_)) = (&citation.work.number, &citation.work.title) {
            titled.entry(number.clone()).or_insert(index);
        }
    }
    for citation in &mut apparatus.citations {
        let bare = citation.work.title.is_none() && citation.work.authors.is_empty() && citation.work.kind == WorkKind::Report;
        let full = citation.work.number.as_ref().and_then(|number| titled.get(number));
        if let Some(&full) = full.filter(|_| bare) {
            citation.work.kind = WorkKind::Short;
            citation.refers_to = Some(full);
        }
    }
}

/// The name by which a citation is known again: the family name or institution of its first author.
fn known_by(citation: &Citation) -> Option<String> {
    let name = citation.work.authors.first().or(citation.work.editors.first())?;
    name.family.as_ref().or(name.literal.as_ref()).map(|name| name.to_lowercase())
}

/// Ibid., id., supra, op. cit., and short author–title forms.
fn back_references(document: &Document, apparatus: &mut Apparatus) {
    let mut by_label: HashMap<String, Vec<usize>> = HashMap::default();
    for (index, note) in apparatus.notes.iter().enumerate() {
        by_label.entry(note.label.clone()).or_default().push(index);
    }
    let mut by_note: HashMap<usize, Vec<usize>> = HashMap::default();
    let mut by_name: HashMap<String, Vec<usize>> = HashMap::default();
    let mut named: HashMap<String, usize> = HashMap::default();
    for index in 0..apparatus.citations.len() {
        let citation = &apparatus.citations[index];
        let text = document.text(citation.span);
        let name = known_by(citation);
        let short_name = (!named.is_empty()).then(|| named.get(&first_words(text)).copied()).flatten();
        let target = if citation.refers_to.is_some() {
            citation.refers_to
        } else if short_name.is_some() {
            short_name
        } else if citation.work.kind == WorkKind::Short {
            let pointed = pointer(text).unwrap_or_default();
            if pointed.previous {
                previous(apparatus, index, &by_note)
            } else if let Some(label) = &pointed.note {
                // Labels may begin anew: the note meant is the last one before.
                let before = |note: &&usize| citation.note.is_none_or(|own| **note < own);
                let note = by_label.get(label).and_then(|notes| notes.iter().rev().find(before));
                note.and_then(|note| by_note.get(note)).and_then(|works| among(apparatus, works, name.as_deref(), citation.work.title.as_deref()))
            } else {
                name.as_ref().and_then(|name| by_name.get(name)).and_then(|works| among(apparatus, works, None, citation.work.title.as_deref()))
            }
        } else if is_short_title(citation) {
            let works = name.as_ref().and_then(|name| by_name.get(name));
            works.and_then(|works| among(apparatus, works, None, citation.work.title.as_deref()))
        } else {
            quoted_before(document, apparatus, index)
        };
        // A short form of a short form means the work itself.
        let target = target.map(|target| apparatus.citations[target].refers_to.unwrap_or(target)).filter(|&target| target != index);
        let citation = &mut apparatus.citations[index];
        citation.refers_to = target;
        if target.is_some() {
            citation.work.kind = WorkKind::Short;
        } else if let Some(name) = known_by(citation).filter(|_| citation.work.kind != WorkKind::Short) {
            by_name.entry(name).or_default().push(index);
        }
        if let Some(note) = apparatus.citations[index].note {
            by_note.entry(note).or_default().push(index);
        }
        if target.is_none()
            && let Some(name) = hereinafter(document.text(apparatus.citations[index].span))
        {
            named.insert(first_words(name), index);
        }
    }
}

/// The name by which a work is cited from here on: "(hereinafter Ward, Ports)".
fn hereinafter(text: &str) -> Option<&str> {
    let at = ["hereinafter ", "hereafter "].iter().filter_map(|word| text.find(word).map(|at| at + word.len())).min()?;
    let rest = text[at..].trim_start_matches("cited as ").trim_start_matches("referred to as ");
    let name = rest.split([')', ']']).next()?.trim_matches(|c: char| matches!(c, ',' | '.' | ' '));
    (name.len() >= 4 && name.len() <= 120).then_some(name)
}

/// What two mentions of a work share: the letters and digits of a text, in lower case, before its pages.
fn first_words(text: &str) -> String {
    let body = text.split(", p. ").next().unwrap_or(text);
    let body = body.split(", pp. ").next().unwrap_or(body);
    let words = body.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.take(16).map(str::to_lowercase).collect::<Vec<_>>().join(" ")
}

/// How many citations back a short form by title is looked for.
const NEAR: usize = 60;

/// Author and title without date, container, publisher or address: "Ward, Ports, 12".
fn is_short_title(citation: &Citation) -> bool {
    let work = &citation.work;
    work.kind != WorkKind::Short
        && work.title.is_some()
        && work.date.is_none()
        && work.url.is_none()
        && work.container_title.is_none()
        && work.publisher.is_none()
        && work.doi.is_none()
        && citation.note.is_some()
}

/// The one earlier work whose title a quoted title without date or address begins: "“How Ports Grew,” Harbour Board" after the full citation.
fn quoted_before(document: &Document, apparatus: &Apparatus, index: usize) -> Option<usize> {
    let citation = &apparatus.citations[index];
    let work = &citation.work;
    let bare = work.date.is_none() && work.url.is_none() && work.doi.is_none() && work.volume.is_none() && citation.note.is_some();
    let title = work.title.as_deref().filter(|_| bare && document.text(citation.span).contains(['“', '"', '‘']))?;
    if title.split_whitespace().count() < 2 {
        return None;
    }
    let folded = title.to_lowercase();
    let from = index.saturating_sub(NEAR);
    let mut fitting = (from..index).filter(|&before| {
        let full = &apparatus.citations[before].work;
        full.kind != WorkKind::Short
            && full.date.is_some() | full.url.is_some()
            && full.title.as_ref().is_some_and(|full| full.to_lowercase().starts_with(&folded))
    });
    fitting.next_back()
}

/// For "ibid.": the citation before it in its note, else the only one of the note before.
fn previous(apparatus: &Apparatus, index: usize, by_note: &HashMap<usize, Vec<usize>>) -> Option<usize> {
    let note = apparatus.citations[index].note?;
    if let Some(&last) = by_note.get(&note).and_then(|works| works.last()) {
        return Some(last);
    }
    match by_note.get(&note.checked_sub(1)?)?.as_slice() {
        [only] => Some(*only),
        _ => None,
    }
}

/// The one of `works` with this name and title; none if several fit.
fn among(apparatus: &Apparatus, works: &[usize], name: Option<&str>, title: Option<&str>) -> Option<usize> {
    let fits = |&&work: &&usize| {
        let citation = &apparatus.citations[work];
        let named = name.is_none_or(|name| citation.work.authors.iter().chain(&citation.work.editors).any(|author| is_named(author, name)));
        let titled = match (title, &citation.work.title) {
            (Some(short), Some(full)) => contains_title(full, short),
            (Some(_), None) => false,
            (None, _) => true,
        };
        named && titled
    };
    let mut fitting = works.iter().filter(fits).map(|&work| apparatus.citations[work].refers_to.unwrap_or(work));
    let first = match fitting.next() {
        Some(first) => first,
        None if name.is_none() || title.is_some() => return None,
        // "supra note 4" alone names the only work of that note.
        None => return None,
    };
    fitting.all(|other| other == first).then_some(first)
}

fn is_named(author: &Name, name: &str) -> bool {
    let known = author.family.as_deref().or(author.literal.as_deref()).unwrap_or_default().to_lowercase();
    known == name || name.ends_with(&known) && !known.is_empty() || known.ends_with(name)
}

/// True if the short title is the beginning of the full one, or a part of it.
fn contains_title(full: &str, short: &str) -> bool {
    let fold = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>();
    let (full, short) = (fold(full), fold(short));
    short.len() >= 4 && full.contains(&short)
}

/// "(Ward 2020; Kim and Lee, 2019a)", "Ward (2020) argues": marks of entries of a reference list.
fn author_year_marks(document: &Document, apparatus: &mut Apparatus) {
    let mut entries: HashMap<(String, String), Vec<usize>> = HashMap::default();
    for (index, citation) in apparatus.citations.iter().enumerate() {
        let is_entry = document.block_at(citation.span.start()).is_some_and(|block| matches!(document.blocks[block].kind, BlockKind::Reference { .. }));
        let year = citation.work.date.as_deref().and_then(|date| date.get(..4));
        if let (true, Some(name), Some(year)) = (is_entry, known_by(citation), year) {
            entries.entry((name, year.to_owned())).or_default().push(index);
        }
    }
    if entries.is_empty() {
        return;
    }
    // The marks that are citations themselves, in order.
    let shorts: Vec<(Span, usize)> = apparatus
        .citations
        .iter()
        .enumerate()
        .filter(|(_, citation)| citation.work.kind == WorkKind::Short && citation.note.is_none() && citation.refers_to.is_none())
        .map(|(index, citation)| (citation.span, index))
        .collect();
    for block in document.blocks.iter().filter(|block| block.kind.is_running_text()) {
        let text = document.text(block.span);
        for (at, year) in years(text) {
            let Some((start, names)) = names_before(text, at) else { continue };
            let letter = text.get(at + 4..).and_then(|rest| rest.chars().next()).filter(char::is_ascii_lowercase);
            let found = names.iter().find_map(|name| entries.get(&(name.to_lowercase(), year.to_owned())));
            let Some(entry) = found.and_then(|works| one_of(document, apparatus, works, letter)) else { continue };
            let mut end = at + 4 + usize::from(letter.is_some());
            // "Ward (2020)" takes its closing bracket.
            if text[start..at].ends_with('(') && text[end..].starts_with(')') {
                end += 1;
            }
            let span = Span::new(block.span.start() + start, block.span.start() + end);
            apparatus.citations[entry].anchors.push(document.map.source(span));
            let short = shorts.get(shorts.partition_point(|(short, _)| short.end() <= span.start())).filter(|(short, _)| short.overlaps(span));
            if let Some(&(_, short)) = short {
                apparatus.citations[short].refers_to = Some(entry);
            }
        }
    }
    for citation in &mut apparatus.citations {
        citation.anchors.sort_by_key(|anchor: &SourceSpan| anchor.start());
    }
}

/// The entry meant: the only one, or the one whose year has the same letter ("2019a").
fn one_of(document: &Document, apparatus: &Apparatus, works: &[usize], letter: Option<char>) -> Option<usize> {
    match (works, letter) {
        ([only], _) => Some(*only),
        (several, Some(letter)) => several
            .iter()
            .find(|&&work| {
                let citation = &apparatus.citations[work];
                let year = citation.work.date.as_deref().and_then(|date| date.get(..4)).unwrap_or_default();
                document.text(citation.span).contains(&format!("{year}{letter}"))
            })
            .copied(),
        _ => None,
    }
}

/// The years in a text with their places.
fn years(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let bytes = text.as_bytes();
    let starts = memchr::memchr2_iter(b'1', b'2', bytes);
    starts.filter_map(move |at| {
        let year = text.get(at..at + 4)?;
        let digits = year.bytes().all(|b| b.is_ascii_digit()) && (year.starts_with("19") || year.starts_with("20"));
        let alone = at.checked_sub(1).is_none_or(|before| !bytes[before].is_ascii_alphanumeric()) && !bytes.get(at + 4).is_some_and(u8::is_ascii_digit);
        (digits && alone).then_some((at, year))
    })
}

/// The names directly before a year, the first name of the mark first, and where the mark begins.
fn names_before(text: &str, year: usize) -> Option<(usize, Vec<String>)> {
    let mut from = year.saturating_sub(90);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    let head = text[from..year].trim_end_matches(['(', ',', ' ', '[']);
    // A mark does not reach over a bracket, a semicolon or a full stop that ends a sentence.
    let cut = head.rfind(['(', ';', '[', ')']).map_or(0, |at| at + 1);
    let run = head[cut..].trim_start_matches(|c: char| c.is_whitespace());
    let run = run.strip_suffix("et al.").or_else(|| run.strip_suffix("et al")).map_or(run, |run| run.trim_end_matches([',', ' ']));
    // The name is the longest run of capitalised words and joining words at the end.
    let mut start = run.len();
    for (at, word) in words_backwards(run) {
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
        let joins = matches!(bare, "and" | "of" | "the" | "for" | "de" | "van" | "von" | "der" | "al") || word == "&";
        if !(bare.starts_with(char::is_uppercase) || joins) || word.ends_with('.') && bare.len() > 3 {
            break;
        }
        start = at;
    }
    let name = run[start..].trim_start_matches(|c: char| !c.is_uppercase());
    if name.is_empty() {
        return None;
    }
    let begins = year - (text[from..year].len() - (cut_offset(head, cut, run) + run.len() - name.len()));
    let mut names = vec![name.trim_end_matches(',').to_owned()];
    for part in name.split(" and ").flat_map(|part| part.split(" & ")).flat_map(|part| part.split(", ")) {
        names.push(part.trim().to_owned());
    }
    // "As Ward (2020) says": the last word may be the name alone.
    names.extend(name.rsplit(' ').next().map(str::to_owned));
    Some((begins, names))
}

fn cut_offset(head: &str, cut: usize, run: &str) -> usize {
    let rest = &head[cut..];
    cut + (rest.len() - rest.trim_start_matches(|c: char| c.is_whitespace()).len()).min(rest.len().saturating_sub(run.len()))
}

/// The words of a text from its end, with their places.
fn words_backwards(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut end = text.len();
    std::iter::from_fn(move || {
        let head = text[..end].trim_end();
        if head.is_empty() {
            return None;
        }
        let start = head.rfind(' ').map_or(0, |at| at + 1);
        let word = &head[start..];
        end = start;
        Some((start, word))
    })
}

/// Words beside its citations that a note may hold and still only cite: "emphasis added", "for example".
const FEW_WORDS: usize = 6;

/// Tells what each note does from what its citations leave over.
fn note_kinds(document: &Document, apparatus: &mut Apparatus) {
    let mut covered: HashMap<usize, Vec<Span>> = HashMap::default();
    for citation in &apparatus.citations {
        if let Some(note) = citation.note {
            covered.entry(note).or_default().push(citation.span);
        }
    }
    for (index, note) in apparatus.notes.iter_mut().enumerate() {
        let Some(span) = note.span else { continue };
        note.kind = Some(match covered.get(&index) {
            None => NoteKind::Comment,
            Some(citations) => {
                let mut at = span.start();
                let mut left = 0;
                let mut says = false;
                for citation in citations {
                    let gap = document.text(Span::new(at.min(citation.start()), citation.start()));
                    let gap = if at > span.start() { without_explanation(gap) } else { gap };
                    if !(at == span.start() && leads_in(gap)) {
                        left += words(gap);
                        says |= is_statement(gap);
                    }
                    at = citation.end().max(at);
                }
                let rest = without_explanation(document.text(Span::new(at.min(span.end()), span.end())));
                left += words(rest);
                says |= is_statement(rest);
                if left > FEW_WORDS || says { NoteKind::Mixed } else { NoteKind::Citation }
            }
        });
    }
}

/// The text after the bracket with which it begins, in which a lawyer says what the source before it holds: "(closing the port)", "(“The port is shut.”)".
fn without_explanation(text: &str) -> &str {
    let Some(inside) = text.trim_start().strip_prefix('(').filter(|inside| inside.starts_with(|c: char| c.is_lowercase() || matches!(c, '“' | '"'))) else {
        return text;
    };
    let mut depth = 1usize;
    let close = inside.char_indices().find(|&(_, c)| {
        match c {
            '(' => depth += 1,
            ')' => depth -= 1,
            _ => {}
        }
        depth == 0
    });
    close.map_or(text, |(at, _)| &inside[at + 1..])
}

/// "For more on ports, see", "Refer to the paper by Ward at": words that only lead to what the note cites.
fn leads_in(text: &str) -> bool {
    let text = text.trim();
    let opens = ["For ", "Refer ", "See ", "Consult ", "On ", "Compare "].iter().any(|word| text.starts_with(word));
    let closes = [" see", " see,", " see:", " at", " to", " also", " e.g.", " example", " consult", " also,", " example,", " generally", " in"]
        .iter()
        .any(|word| text.ends_with(word));
    opens && closes && !text.contains(". ") && text.split_whitespace().count() <= 40
}

/// A sentence with its verb: "The board met in 2000 (".
fn is_statement(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().map(|word| word.trim_matches(|c: char| !c.is_alphanumeric())).filter(|word| !word.is_empty()).collect();
    let opens = words.first().is_some_and(|word| word.starts_with(char::is_uppercase));
    let verb = |word: &&str| {
        matches!(*word, "is" | "are" | "was" | "were" | "has" | "have" | "had" | "does" | "did")
            || word.len() > 4 && word.ends_with("ed") && word.starts_with(char::is_lowercase)
    };
    words.len() >= 4 && opens && !matches!(words[0], "Emphasis" | "Quoted" | "Cited" | "See") && words[1..].iter().any(verb)
}

/// The words of comment in what is left of a note: signals and labels are none.
fn words(text: &str) -> usize {
    let signal = |word: &&str| {
        !matches!(
            word.to_ascii_lowercase().as_str(),
            "see"
                | "also"
                | "and"
                | "cf"
                | "e.g"
                | "eg"
                | "for"
                | "example"
                | "in"
                | "at"
                | "available"
                | "supra"
                | "id"
                | "but"
                | "generally"
                | "instance"
                | "further"
        )
    };
    text.split_whitespace()
        .map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()))
        .filter(|word| word.chars().any(char::is_alphabetic))
        .filter(signal)
        .count()
}
