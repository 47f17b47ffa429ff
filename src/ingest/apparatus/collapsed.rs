//! Pages that lost their line ends, as scraping leaves them: headings, notes and entries of reference lists inside one long line.

use crate::document::BlockKind;
use crate::ingest::draft::{Draft, Part};
use crate::ingest::shape;
use crate::record::SectionKind;
use crate::section::kind::HeadingWords;
use crate::section::numbering;
use crate::span::SourceSpan;

use super::{as_note, edit, split};

/// The shortest line, in bytes, that is looked through. Paragraphs that are written so are rarely longer.
const LONG: usize = 1200;
/// The shortest paragraph, in bytes, whose first words may be its heading.
const PARAGRAPH: usize = 200;
/// The most words of a heading of a known function, and of any heading in the capitals of a title.
const KNOWN_WORDS: usize = 5;
const TITLE_WORDS: usize = 18;
/// How many places where notes may begin are tried, from the last back.
const TRIES: usize = 8;
/// Notes without a heading are at least so many.
const FEWEST_NOTES: usize = 3;

/// Words that begin a sentence, and stand so in the capitals of a title only where a capital follows.
const OPENERS: [&str; 46] = [
    "A", "After", "Although", "An", "As", "At", "Because", "Before", "Both", "By", "Despite", "During", "Each", "For", "From", "Given", "However", "If", "In",
    "It", "Its", "Many", "More", "Most", "On", "Our", "Over", "Rather", "Recent", "Several", "Since", "Some", "Such", "That", "The", "Their", "There", "These",
    "They", "This", "Those", "To", "Under", "We", "When", "While",
];

/// Names of sections that no sentence begins with.
const PLAIN_NAMES: [&str; 11] = [
    "abstract",
    "acknowledgements",
    "acknowledgments",
    "conclusion",
    "conclusions",
    "executive summary",
    "foreword",
    "introduction",
    "key findings",
    "recommendations",
    "summary",
];

/// What begins at a place in a line.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Start {
    /// A heading: its number, where its words begin and where they end.
    Heading { number: Option<String>, words: usize, end: usize },
    /// A note, `known` if its marks were seen.
    Note { known: bool },
}

/// Divides the paragraphs that hold more than one block in one line.
pub fn divide(source: &str, drafts: &mut Vec<Draft>) {
    let holds_more = |draft: &Draft| is_collapsed(source, draft) || begins_with_name(source, draft);
    if !drafts.iter().any(holds_more) {
        return;
    }
    let mut out = Vec::with_capacity(drafts.len() + 16);
    for draft in std::mem::take(drafts) {
        if is_collapsed(source, &draft) {
            let starts = starts(draft.source.of(source));
            out.extend(divided(source, draft, starts));
        } else if begins_with_name(source, &draft) {
            let start = heading(&Words::new(first_words(source, &draft)), 0, KNOWN_WORDS);
            out.extend(divided(source, draft, start.map(|(start, _)| (0, start)).into_iter().collect()));
        } else {
            out.push(draft);
        }
    }
    *drafts = out;
}

fn is_collapsed(source: &str, draft: &Draft) -> bool {
    // "4 Ports and trade Ports are …": the number of a section makes an item of all that follows.
    matches!(draft.kind, BlockKind::Paragraph | BlockKind::ListItem { .. }) && draft.source.len() >= LONG && !draft.source.of(source).contains('\n')
}

/// True for a paragraph that begins with the name of a section and goes on in the same line ("Summary Ports are few and …").
fn begins_with_name(source: &str, draft: &Draft) -> bool {
    if draft.kind != BlockKind::Paragraph || draft.source.len() < PARAGRAPH {
        return false;
    }
    let begins = draft.source.of(source).bytes().find(|byte| !matches!(byte, b'0'..=b'9' | b'.' | b' '));
    if !begins.is_some_and(|byte| byte.is_ascii_uppercase() && PLAIN_NAMES.iter().any(|name| name.starts_with(char::from(byte.to_ascii_lowercase())))) {
        return false;
    }
    let text = first_words(source, draft);
    let name = text.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | ' '));
    let word = name.split(' ').next().unwrap_or_default();
    name.starts_with(char::is_uppercase)
        && name.len() > word.len()
        && PLAIN_NAMES.iter().any(|known| known.split(' ').next().is_some_and(|first| first.eq_ignore_ascii_case(word)))
}

/// The first words of a draft, in its first line.
fn first_words<'a>(source: &'a str, draft: &Draft) -> &'a str {
    let line = draft.source.of(source).lines().next().unwrap_or_default();
    line.char_indices().nth(80).and_then(|(end, _)| line.get(..end)).unwrap_or(line)
}

fn divided(source: &str, draft: Draft, mut starts: Vec<(usize, Start)>) -> Vec<Draft> {
    let base = draft.source.start();
    let open = open_text(&draft);
    starts.retain(|(at, start)| {
        let last = if let Start::Heading { end, .. } = start { *end } else { *at };
        let place = open.partition_point(|span| span.end() <= base + last);
        open.get(place).is_some_and(|span| span.start() <= base + at)
    });
    if starts.is_empty() {
        return vec![draft];
    }
    let mut offsets = Vec::with_capacity(starts.len() * 2);
    for (at, start) in &starts {
        offsets.push(base + at);
        if let Start::Heading { end, .. } = start {
            offsets.push(base + end);
        }
    }
    offsets.dedup();
    let mut starts = starts.into_iter().peekable();
    let mut out = Vec::with_capacity(offsets.len() + 1);
    for (place, mut piece) in edit::split_at(draft, &offsets).into_iter().enumerate() {
        if place > 0 {
            piece.kind = BlockKind::Paragraph;
        }
        let start = starts.next_if(|(at, _)| base + at == piece.source.start() && !piece.source.is_empty());
        if piece.parts.iter().all(|part| matches!(part, Part::Text(span) if span.of(source).trim().is_empty())) {
            continue;
        }
        piece.source = piece.source.trimmed(source);
        match start {
            Some((_, Start::Heading { number, words, .. })) => {
                edit::drop_before(&mut piece, base + words);
                piece.kind = BlockKind::Heading { level: None, number };
            }
            Some((_, Start::Note { known: true })) => piece = as_note(source, piece),
            _ => {}
        }
        out.push(piece);
    }
    out
}

/// The stretches of a draft's text that stand outside all mark-up; a block cannot end inside of it.
fn open_text(draft: &Draft) -> Vec<SourceSpan> {
    let mut depth = 0usize;
    let mut spans = Vec::new();
    for part in &draft.parts {
        match part {
            Part::Text(span) if depth == 0 => spans.push(*span),
            Part::Open(..) => depth += 1,
            Part::Close(_) => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    spans
}

/// A line and where its words begin.
struct Words<'a> {
    text: &'a str,
    at: Vec<(usize, &'a str)>,
}

impl<'a> Words<'a> {
    fn new(text: &'a str) -> Self {
        let base = text.as_ptr().addr();
        Self { text, at: text.split_whitespace().map(|word| (word.as_ptr().addr() - base, word)).collect() }
    }

    fn word(&self, index: usize) -> &'a str {
        self.at.get(index).map_or("", |&(_, word)| word)
    }

    fn start(&self, index: usize) -> usize {
        self.at.get(index).map_or(self.text.len(), |&(at, _)| at)
    }

    fn end(&self, index: usize) -> usize {
        self.at.get(index).map_or(self.text.len(), |&(at, word)| at + word.len())
    }

    fn phrase(&self, first: usize, last: usize) -> &'a str {
        self.text.get(self.start(first)..self.end(last)).unwrap_or_default()
    }
}

/// The blocks that begin inside of a line, in order.
fn starts(text: &str) -> Vec<(usize, Start)> {
    let words = Words::new(text);
    let notes = notes(&words);
    let until = notes.as_ref().map_or(words.at.len(), |notes| notes.first);
    let mut found = Vec::new();
    let mut index = 0;
    while index < until {
        let Some((start, next)) = heading(&words, index, until) else {
            index += 1;
            continue;
        };
        found.push((words.start(index), start));
        index = next;
    }
    if let Some(notes) = notes {
        found.extend(notes.starts);
    }
    found
}

/// The heading that begins at a word, and the word after it.
fn heading(words: &Words, index: usize, until: usize) -> Option<(Start, usize)> {
    let border = index == 0 || ends_sentence(words, index - 1);
    let numbered = border.then(|| number(words.word(index))).flatten();
    let first = index + usize::from(numbered.is_some());
    if !words.word(first).starts_with(char::is_uppercase) {
        return None;
    }
    let after = known(words, first, border, numbered.is_some())
        .or_else(|| (border && index > 0).then(|| titled(words, first, numbered.is_some())).flatten())
        .filter(|&after| after <= until)?;
    let start = Start::Heading { number: numbered.map(str::to_owned), words: words.start(first), end: words.end(after - 1) };
    Some((start, after))
}

/// "3.", "3.1", "IV.": a number before a heading.
fn number(word: &str) -> Option<&str> {
    let label = word.strip_suffix(['.', ')']).unwrap_or(word);
    let decimal = label.len() <= 5 && label.split('.').all(|part| (1..=2).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit()));
    let roman = label.len() < word.len() && label.bytes().all(|b| b.is_ascii_uppercase()) && numbering::roman(label).is_some_and(|value| value < 40);
    (decimal || roman).then_some(label)
}

/// The word after a heading whose words tell a function ("Conclusion"), if one begins at `first`.
fn known(words: &Words, first: usize, border: bool, numbered: bool) -> Option<usize> {
    let before = first.checked_sub(1).map_or("", |before| words.word(before));
    (1..=KNOWN_WORDS).rev().map(|length| first + length).find(|&after| {
        let (next, beyond) = (words.word(after), words.word(after + 1));
        let begins = next.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit() || matches!(c, '“' | '"' | '‘' | '['));
        let phrase = words.phrase(first, after - 1);
        if !begins || phrase.len() > 60 || !phrase.ends_with(|c: char| c.is_alphabetic() || matches!(c, ':' | '?')) {
            return false;
        }
        let Some(kind) = HeadingWords::built_in().whole(phrase) else { return false };
        if matches!(kind, SectionKind::References | SectionKind::Notes) {
            return lists_works(words, after);
        }
        let opens = OPENERS.contains(&next);
        let name = phrase.trim_end_matches(':').to_lowercase();
        let plain = PLAIN_NAMES.contains(&name.as_str());
        let names_function = !matches!(kind, SectionKind::Boilerplate | SectionKind::Body | SectionKind::Contents);
        let above_sentence = beyond.starts_with(char::is_lowercase) && !matches!(beyond, "of" | "for" | "and");
        if border {
            return names_function && opens
                || (plain || after > first + 2 && names_function) && (above_sentence || numbered || phrase.chars().all(|c| !c.is_lowercase()));
        }
        let joined = before.ends_with(',') || shape::ends_open(before);
        // "APRIL 2020 EXECUTIVE SUMMARY Ports are few": in capitals, above words that are not.
        let loud = plain && phrase.chars().all(|c| !c.is_lowercase()) && next.chars().any(char::is_lowercase);
        loud || (plain || after > first + 1 && names_function) && opens && !joined
    })
}

/// The word after a heading in the capitals of a title, if one begins at `first`: a sentence begins where they end, without a stop before it.
fn titled(words: &Words, first: usize, numbered: bool) -> Option<usize> {
    let mut capitals = 0;
    for index in first..first + TITLE_WORDS {
        let word = words.word(index);
        let before = words.word(index.checked_sub(1)?);
        if capitals + usize::from(numbered) >= 3
            && OPENERS.contains(&word)
            && before.starts_with(char::is_uppercase)
            && before.ends_with(char::is_alphabetic)
            && !OPENERS.contains(&before)
            && words.word(index + 1).starts_with(char::is_lowercase)
        {
            return Some(index);
        }
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
        let capital = bare.starts_with(char::is_uppercase);
        if word.is_empty() || word.ends_with(['.', ';', ')', ']', '"', '”', '!']) || !(capital || shape::is_small(bare.as_bytes()) || word == "&") {
            return None;
        }
        capitals += usize::from(capital);
    }
    None
}

/// True if a sentence ends with a word, marks of notes after it aside.
fn ends_sentence(words: &Words, index: usize) -> bool {
    const ABBREVIATIONS: [&str; 22] =
        ["al", "art", "co", "corp", "dr", "ed", "eds", "etc", "fig", "gen", "gov", "inc", "jr", "ltd", "no", "para", "prof", "rep", "sec", "sen", "vol", "vs"];
    let mut word = words.word(index);
    if is_bracketed_number(word) {
        word = index.checked_sub(1).map_or("", |before| words.word(before));
    }
    while let Some((before, mark)) = word.strip_suffix(']').and_then(|inner| inner.rsplit_once('['))
        && mark.bytes().all(|b| b.is_ascii_digit())
    {
        word = before;
    }
    let unmarked = word.trim_end_matches(|c: char| c.is_ascii_digit());
    if unmarked.ends_with(['.', '”', '"', '?', '!']) && unmarked.len() < word.len() {
        word = unmarked;
    }
    let word = word.trim_end_matches(shape::is_closing);
    if word.ends_with(['?', '!']) {
        return true;
    }
    let Some(core) = word.strip_suffix('.') else { return false };
    let last = core.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    last.len() >= 2 && !core.contains('.') && !ABBREVIATIONS.contains(&last.to_ascii_lowercase().as_str())
}

fn is_bracketed_number(word: &str) -> bool {
    bracketed_number(word).is_some()
}

fn bracketed_number(word: &str) -> Option<u32> {
    let label = word.strip_prefix('[')?.trim_end_matches(['.', ':']).strip_suffix(']')?;
    (label.len() <= 3).then(|| label.parse().ok()).flatten()
}

/// True if the words from `index` on are those of a first note or entry.
fn lists_works(words: &Words, index: usize) -> bool {
    let first = words.word(index);
    let labelled = matches!(first.trim_end_matches(['.', ':']), "1" | "[1]" | "(1)") && !words.word(index + 1).starts_with(char::is_lowercase);
    labelled || (index..index + 25).any(|at| is_year_of_entry(words, at)) && first.starts_with(char::is_uppercase)
}

/// "(2020)", "(2020a)." before a title, "2020." after a stop.
fn is_year_of_entry(words: &Words, index: usize) -> bool {
    let word = words.word(index);
    let enclosed = word.strip_prefix('(').and_then(|inner| inner.trim_end_matches([',', '.', ':']).strip_suffix(')'));
    let stopped = || word.strip_suffix('.').filter(|_| index.checked_sub(1).is_some_and(|before| words.word(before).ends_with('.')));
    let Some(year) = enclosed.or_else(stopped) else { return false };
    let (digits, letter) = year.split_at_checked(4).unwrap_or_default();
    let begins = words.word(index + 1).starts_with(|c: char| c.is_uppercase() || matches!(c, '‘' | '“' | '"' | '\''));
    begins && (digits.starts_with("19") || digits.starts_with("20")) && digits.bytes().all(|b| b.is_ascii_digit()) && letter.len() <= 1
}

/// Where the entries of a reference list begin that runs on in one line: at the author before a year and a title, after the end of the entry before.
#[must_use]
pub fn entry_starts(text: &str) -> Vec<usize> {
    const MOST_AUTHORS: usize = 30;
    let words = Words::new(text);
    let mut starts = Vec::new();
    let mut least = 0;
    for index in 1..words.at.len() {
        if !is_year_of_entry(&words, index) {
            continue;
        }
        let mut first = index;
        while first > least.max(index.saturating_sub(MOST_AUTHORS)) && may_name_author(words.word(first - 1)) {
            first -= 1;
        }
        // An entry begins with a capital, after the end of another.
        while first < index && !words.word(first).starts_with(char::is_uppercase) {
            first += 1;
        }
        let after_end = first == 0 || ends_entry(words.word(first - 1));
        if first < index && after_end && first > 0 {
            starts.push(words.start(first));
        }
        least = index + 1;
    }
    starts
}

/// Words before the year of an entry: names, initials and what joins them.
fn may_name_author(word: &str) -> bool {
    let bare = word.trim_end_matches([',', '.', ';']);
    let is_initial = bare.chars().count() == 1 || bare.contains('.') && bare.split(['.', '-']).all(|part| part.chars().count() <= 1);
    let stopped = word.ends_with('.') && !is_initial && !matches!(bare, "al" | "eds" | "ed" | "Jr");
    let joins = matches!(bare, "and" | "&" | "et" | "al" | "of" | "for" | "the" | "de" | "van" | "von" | "der" | "on" | "(eds" | "(ed" | "–" | "-");
    let named = bare.starts_with(char::is_uppercase) && !bare.contains("://") && !bare.ends_with(['’', '”', '"', '\'']) && !bare.contains(['(', '“', '‘']);
    !stopped && (named || joins)
}

/// True if an entry may end with a word.
fn ends_entry(word: &str) -> bool {
    word.ends_with(['.', ')', '’', '”', '"', '/', '\'']) || word.contains("://") || word.starts_with("www.") || word.ends_with(|c: char| c.is_ascii_digit())
}

/// Notes at the end of a line.
struct Notes {
    /// The first word that belongs to them or their heading.
    first: usize,
    starts: Vec<(usize, Start)>,
}

/// How the labels of a list of notes are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Written {
    Bracketed,
    Stopped,
    Bare,
}

/// The notes with which a line ends: labels that count from one, below a heading or after as many marks.
fn notes(words: &Words) -> Option<Notes> {
    [Written::Bracketed, Written::Stopped, Written::Bare].into_iter().find_map(|written| notes_written(words, written))
}

fn notes_written(words: &Words, written: Written) -> Option<Notes> {
    let labels: Vec<(u32, usize)> = (0..words.at.len()).filter_map(|index| label(words, index, written).map(|number| (number, index))).collect();
    let mut tries = 0;
    for (place, _) in labels.iter().enumerate().rev().filter(|(_, label)| label.0 == 1) {
        tries += 1;
        if tries > TRIES {
            break;
        }
        let mut chain: Vec<usize> = Vec::new();
        for &(number, index) in &labels[place..] {
            if number as usize == chain.len() + 1 {
                chain.push(index);
            }
        }
        let first = chain[0];
        let heading = (1..=3).filter_map(|length| first.checked_sub(length)).find(|&from| {
            let kind = HeadingWords::built_in().whole(words.phrase(from, first - 1));
            matches!(kind, Some(SectionKind::Notes | SectionKind::References)) && words.word(from).starts_with(char::is_uppercase)
        });
        let marked = || chain.len() >= FEWEST_NOTES && marks(words, first, chain.len()) * 2 >= chain.len();
        if heading.is_some() && chain.len() >= 2 || heading.is_none() && marked() {
            let known = heading.is_none();
            let mut starts = Vec::with_capacity(chain.len() + 1);
            if let Some(from) = heading {
                starts.push((words.start(from), Start::Heading { number: None, words: words.start(from), end: words.end(first - 1) }));
            }
            starts.extend(chain.iter().map(|&index| (words.start(index), Start::Note { known })));
            return Some(Notes { first: heading.unwrap_or(first), starts });
        }
    }
    None
}

/// The number of a note that begins with a word.
fn label(words: &Words, index: usize, written: Written) -> Option<u32> {
    let word = words.word(index);
    let number = match written {
        Written::Bracketed => bracketed_number(word)?,
        Written::Stopped => word.strip_suffix('.').filter(|digits| digits.len() <= 3)?.parse().ok()?,
        Written::Bare => Some(word).filter(|digits| digits.len() <= 3)?.parse().ok()?,
    };
    let mut next = words.word(index + 1);
    if written == Written::Bracketed && matches!(next, "." | ":") {
        next = words.word(index + 2);
    }
    let begins = next.starts_with(|c: char| c.is_uppercase() || matches!(c, '“' | '"' | '‘' | '(' | '_'))
        || ["http", "www.", "see", "ibid", "cf."].iter().any(|lead| next.starts_with(lead));
    let before = index.checked_sub(1).map_or("", |before| words.word(before));
    let counted = written != Written::Bracketed && (split::begins_with_month(next) || !follows_end(before));
    (begins && !counted).then_some(number)
}

/// True if a note may end before the word at `index`, or its heading stands there.
fn follows_end(before: &str) -> bool {
    let is_counted = before.strip_suffix('.').is_some_and(|core| {
        matches!(core.trim_start_matches('(').to_ascii_lowercase().as_str(), "vol" | "no" | "nos" | "p" | "pp" | "art" | "sec" | "para" | "ch" | "fig" | "ser")
    });
    let closes = ends_entry(before) || before.ends_with(['?', '!', ']']);
    let after_heading = || before.starts_with(char::is_uppercase) && HeadingWords::built_in().whole(before).is_some() || before == "PDF";
    !is_counted && (closes && !before.bytes().all(|b| b.is_ascii_digit()) || after_heading())
}

/// How many of the numbers up to `most` stand as marks in the words before `until`.
fn marks(words: &Words, until: usize, most: usize) -> usize {
    let mut seen = vec![false; most + 1];
    for index in 0..until {
        let word = words.word(index);
        let inner = word.trim_end_matches(['.', ',', ';', ')', '”', '"']);
        let bracketed = inner.strip_suffix(']').and_then(|inner| inner.rsplit_once('[')).map(|(_, digits)| digits);
        let digits = bracketed.unwrap_or_else(|| {
            let head = inner.trim_end_matches(|c: char| c.is_ascii_digit());
            let glued = head.ends_with(|c: char| c.is_alphabetic() || matches!(c, '.' | ',' | ';' | '”' | '"' | '’' | '?' | ')'));
            let alone = head.is_empty() && index > 0 && ends_sentence(words, index - 1);
            if glued || alone { &inner[head.len()..] } else { "" }
        });
        if let Some(known) = digits.parse::<usize>().ok().and_then(|number| seen.get_mut(number)) {
            *known = true;
        }
    }
    seen.iter().skip(1).filter(|&&seen| seen).count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::plain;

    const TEXT: &str = "The ports of the north were closed in the spring, and nobody could say when the ferries would sail to the islands again.";

    fn read(line: &str) -> crate::document::Document {
        let filler = [TEXT; 12].join(" ");
        plain::read(format!("{filler} {line}"))
    }

    fn headings(line: &str) -> Vec<String> {
        let document = read(line);
        document.blocks.iter().filter(|block| block.kind.is_heading()).map(|block| document.text(block.span).to_owned()).collect()
    }

    fn notes_of(line: &str) -> Vec<(String, String)> {
        let document = read(line);
        let note = |block: &crate::document::Block| match &block.kind {
            BlockKind::Note { label } => Some((label.clone(), document.text(block.span).to_owned())),
            _ => None,
        };
        document.blocks.iter().filter_map(note).collect()
    }

    #[test]
    fn headings_between_sentences() {
        assert_eq!(headings(&format!("Conclusion As ports grow, so do towns. {TEXT}")), ["Conclusion"]);
        assert_eq!(headings(&format!("A Plan For Northern Ports These notes hold several plans. {TEXT}")), ["A Plan For Northern Ports"]);
        assert_eq!(headings(&format!("2. Ferries And Rails The ferries are slow. {TEXT}")), ["Ferries And Rails"]);
        assert_eq!(headings(&format!("read the paper Acknowledgments The Port Trust paid for it. {TEXT}")), ["Acknowledgments"]);
    }

    #[test]
    fn paragraphs_that_begin_with_the_name_of_a_section() {
        let found = |text: &str| {
            let document = plain::read(format!("Ports\n\n{text} {TEXT} {TEXT}\n"));
            document.blocks.iter().filter(|block| block.kind.is_heading()).map(|block| document.text(block.span).to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(found("Summary Ports are few in the north of the lake and fewer in the south."), ["Summary"]);
        assert_eq!(found("1 Introduction 1. Ports are few in the north of the lake and fewer in the south."), ["Introduction"]);
        assert_eq!(found("Summary of all ports in the north of the lake and fewer in the south."), Vec::<String>::new());
    }

    #[test]
    fn names_in_sentences_are_no_headings() {
        for line in [
            "The Northern Port Authority In Oslo is slow.",
            "Data Protection is a right.",
            "In the Introduction, the council said so.",
            "Brief History of Ports was read by all.",
            "Mayor Jane Roe said that the ferries sail.",
        ] {
            assert_eq!(headings(line), Vec::<String>::new(), "{line}");
        }
    }

    #[test]
    fn endnotes_below_a_heading_in_the_line() {
        let found = notes_of("Ports fail.[1] Rails fail.[2] Endnotes [1] . Jane Roe, “Ports,” 2019. [2] . John Doe, “Rails,” 2020.");
        assert_eq!(found, [("1".to_owned(), "Jane Roe, “Ports,” 2019.".to_owned()), ("2".to_owned(), "John Doe, “Rails,” 2020.".to_owned())]);
    }

    #[test]
    fn a_second_series_of_numbers_is_that_of_the_notes() {
        let line = "Ports fail. 1 Rails fail. 2 Boats sink. 3 Nobody knows. Download PDF 1 For more, see Roe. 2 In addition, see Doe. 3 Doe, Boats.";
        let labels: Vec<String> = notes_of(line).into_iter().map(|(label, _)| label).collect();
        assert_eq!(labels, ["1", "2", "3"]);
        assert_eq!(notes_of("Ports fail. 1 Rails fail. 2 Boats sink. 3 Nobody knows."), []);
    }

    #[test]
    fn entries_that_run_together() {
        let text = "Port Watch (2025) ‘Ports’, Oslo. Northern Council (2012) ‘Plan of ports’, PA(2012) 58, available at https://ports.example.org/a Roe, J. and Doe, M. (2025a) ‘Rails’, Oslo.";
        let starts: Vec<&str> = entry_starts(text).into_iter().map(|at| &text[at..at + 8]).collect();
        assert_eq!(starts, ["Northern", "Roe, J. "]);
        assert_eq!(entry_starts("As the council of the north (2012) ‘says’ of ports"), Vec::<usize>::new());
    }
}
