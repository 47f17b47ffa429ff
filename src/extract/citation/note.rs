//! A note cut into the works that it cites and the comment around them.
//!
//! Semicolons and full stops are only places where a work may end. What lies between two of them is a work of its own if it has the marks of a
//! citation (a year in brackets, a quoted title, an address, a symbol, a back reference) and does not read like prose (finite verbs).

use std::ops::Range;
use std::sync::LazyLock;

use rustc_hash::FxHashSet as HashSet;

use super::back;
use super::date::{self, Precision};
use super::family::{Families, Hit};
use super::lead;
use super::lexicon::Classes;
use super::locator;
use super::name;
use super::token::{Kind, Tokens};
use super::web;

/// A work in a note, as a byte range of the note's text, signals included.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Piece {
    pub range: Range<usize>,
    /// True where it stands in a sentence of prose and was told by its own form.
    pub embedded: bool,
}

/// Finite verbs that titles seldom hold and comments often do.
const VERBS: &[&str] = &[
    "is",
    "are",
    "was",
    "were",
    "has",
    "have",
    "had",
    "will",
    "would",
    "could",
    "might",
    "did",
    "does",
    "do",
    "argues",
    "argued",
    "argue",
    "notes",
    "noted",
    "suggests",
    "suggested",
    "shows",
    "showed",
    "found",
    "finds",
    "became",
    "becomes",
    "remain",
    "remains",
    "remained",
    "refers",
    "referred",
    "seems",
    "seemed",
    "says",
    "said",
    "states",
    "stated",
    "presents",
    "presented",
    "provides",
    "provided",
    "includes",
    "included",
    "requires",
    "required",
    "defines",
    "defined",
    "describes",
    "described",
    "discusses",
    "discussed",
    "explains",
    "explained",
    "concluded",
    "concludes",
    "observed",
    "observes",
    "believed",
    "believes",
    "held",
    "holds",
    "ruled",
    "claims",
    "claimed",
    "means",
    "meant",
    "took",
    "takes",
    "gave",
    "gives",
    "made",
    "makes",
    "used",
    "uses",
    "may",
    "can",
    "should",
    "must",
    "shall",
    "conceded",
    "fails",
    "failed",
    "adopted",
    "we",
    "i",
    "they",
    "it",
    "he",
    "she",
    "did",
    "calls",
    "called",
    "according",
    "began",
    "announced",
    "reported",
    "reports",
    "approved",
    "issued",
    "conducted",
    "reviewed",
    "been",
    "however",
];

/// The longest of the finite verbs, in bytes.
const LONGEST_VERB: usize = 9;

/// Cuts the text of a note; the pieces are in order and do not overlap.
pub(super) fn pieces(text: &str, families: &Families) -> Vec<Piece> {
    let tokens = Tokens::new(text);
    if tokens.len() == 0 {
        return Vec::new();
    }
    let hits = families.find(text);
    let scan = Scan::new(&tokens);
    let mut out = Vec::new();
    let mut pending: Option<Range<usize>> = None;
    for part in scan.parts(&tokens) {
        // What is no citation by itself may be the rest of the one before: "Title. Place: Publisher, 2020."
        let merged = pending.as_ref().filter(|_| part.soft).map(|open| open.start..part.range.end);
        if let Some(merged) = merged
            && (scan.verbs(&part.range) == 0 || pending.as_ref().is_some_and(|open| is_author_date(&tokens, open)))
            && !scan.stands_alone(&tokens, &part.range, pending.as_ref(), &hits)
            && !pending.as_ref().is_some_and(|open| scan.is_prose(&tokens, open, &hits) && scan.cites(&tokens, &part.range, &hits))
        {
            pending = Some(merged);
            continue;
        }
        if let Some(open) = pending.take() {
            emit(&tokens, &scan, &hits, open, &mut out);
        }
        pending = Some(part.range);
    }
    if let Some(open) = pending {
        emit(&tokens, &scan, &hits, open, &mut out);
    }
    without_overlaps(out)
}

/// "Ward, L., & Kim, S. (2021)": the head of a reference in the form of the APA, whose title follows, be it a sentence ("Ports are closing").
fn is_author_date(tokens: &Tokens, range: &Range<usize>) -> bool {
    const LONGEST: usize = 60;
    let inverted =
        tokens.is_capitalised(range.start) && tokens.is(range.start + 1, ',') && tokens.is_initial(range.start + 2) && tokens.is(range.start + 3, '.');
    let mut end = range.end;
    while end > range.start && tokens.is(end - 1, '.') {
        end -= 1;
    }
    let dated = end > range.start + 5 && tokens.is(end - 1, ')') && (end.saturating_sub(7)..end - 1).any(|at| tokens.year(at).is_some());
    inverted && dated && range.len() <= LONGEST
}

/// Of two pieces that overlap the first stays.
fn without_overlaps(mut pieces: Vec<Piece>) -> Vec<Piece> {
    let mut end = 0;
    pieces.retain(|piece| {
        let keeps = piece.range.start >= end && piece.range.start < piece.range.end;
        end = if keeps { piece.range.end } else { end };
        keeps
    });
    pieces
}

/// Adds the works of one stretch: all of it, what follows "see", what stands in brackets, or what a family knows.
fn emit(tokens: &Tokens, scan: &Scan, hits: &[Hit], range: Range<usize>, out: &mut Vec<Piece>) {
    let bytes = |range: &Range<usize>| tokens.start(range.start)..tokens.end_before(range.end);
    if scan.cites(tokens, &range, hits) {
        let range = scan.after_narration(tokens, scan.after_lead_in(tokens, range), hits);
        for part in scan.conjoined(tokens, range, hits) {
            out.push(Piece { range: bytes(&part), embedded: false });
        }
        return;
    }
    // Prose: "… (see X)", "For more, see X", laws and cases named in it.
    let mut covered = range.start;
    for index in range.clone() {
        if index < covered {
            continue;
        }
        if matches!(tokens.punctuation(index), Some('(' | '[')) {
            let close = scan.close[index];
            if close > index + 2 && close < range.end && scan.cites_firmly(tokens, &(index + 1..close), hits) {
                // "(see part 9 – use of boats – of the Harbour Decision (EU) 2021/14)"
                let inner = scan.after_narration(tokens, index + 1..close, hits);
                out.push(Piece { range: bytes(&inner), embedded: true });
                covered = close;
                continue;
            }
        }
        let signal = tokens.says(index, "see") && scan.quoted[index] == 0 && index + 2 < range.end;
        if signal && scan.cites(tokens, &(index..range.end), hits) && out.last().is_none_or(|last| last.range.end <= tokens.start(index)) {
            let rest = scan.after_lead_in(tokens, index..range.end);
            for part in scan.conjoined(tokens, rest, hits) {
                out.push(Piece { range: bytes(&part), embedded: false });
            }
            return;
        }
        let at = tokens.start(index);
        if let Some(hit) = hit_at(hits, at) {
            covered = tokens.at_byte(hit.end);
            // "GAO-20-1 (Washington, D.C.: May 2, 2020)": the bracket belongs to the number.
            let close = if tokens.is(covered, '(') && hit.work.title.is_none() { scan.close[covered] } else { 0 };
            let dated = close > covered && close < range.end && (covered + 1..close).any(|index| tokens.year(index).is_some());
            if dated {
                covered = close + 1;
            }
            out.push(Piece { range: hit.start..if dated { tokens.end_before(covered) } else { hit.end }, embedded: true });
            continue;
        }
        if scan.quoted[index] == 0
            && let Some(end) = case_in_prose(tokens, index, range.end)
        {
            out.push(Piece { range: bytes(&(index..end)), embedded: true });
            covered = end;
        }
    }
}

/// "R. v. Name, Court, 26 August 1992": a case named in prose with its court or date.
fn case_in_prose(tokens: &Tokens, at: usize, limit: usize) -> Option<usize> {
    if !tokens.is_capitalised(at) {
        return None;
    }
    let mut next = at;
    while next < at + 5 && (tokens.is_capitalised(next) || tokens.is(next, '.')) {
        next += 1;
    }
    if !(tokens.word(next) == "v" || tokens.word(next) == "vs") || !tokens.is_capitalised(if tokens.is(next + 1, '.') { next + 2 } else { next + 1 }) {
        return None;
    }
    (next..(next + 24).min(limit)).find_map(|index| {
        let date = date::date(tokens, index)?;
        let mut end = date.end;
        if tokens.is(end, ')') || tokens.is(end, ']') {
            end += 1;
        }
        (date.end <= limit && date.iso.is_some()).then_some(end)
    })
}

/// A stretch between two places where a work may end.
struct Part {
    range: Range<usize>,
    /// True if only a full stop stands before it.
    soft: bool,
}

/// What one pass over the tokens finds: quotations, brackets, addresses, and what the words are.
struct Scan {
    /// For each token, what it is.
    traits: Vec<Traits>,
    /// For each token, the number of open quotations.
    quoted: Vec<u8>,
    /// For each token, the number of open brackets.
    depth: Vec<u8>,
    /// For each opening bracket, the index of its closing one.
    close: Vec<usize>,
    /// For each token, true inside an address.
    address: Vec<bool>,
}

/// What a token is, as bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Traits(u8);

impl Traits {
    const WORD: Self = Self(1);
    /// A word that begins with a capital.
    const CAPITAL: Self = Self(1 << 1);
    /// A finite verb in lower case.
    const VERB: Self = Self(1 << 2);
    /// "ed", "eds", "trans".
    const ROLE: Self = Self(1 << 3);
    /// "v", "vs".
    const VERSUS: Self = Self(1 << 4);
    /// "Recital", "Article".
    const PROVISION: Self = Self(1 << 5);

    fn of(tokens: &Tokens, index: usize) -> Self {
        static VERB_SET: LazyLock<HashSet<&str>> = LazyLock::new(|| VERBS.iter().copied().collect());
        if !tokens.is_word(index) {
            return Self::default();
        }
        let word = tokens.word(index);
        let special = match word {
            "ed" | "eds" | "trans" => Self::ROLE.0,
            "v" | "vs" => Self::VERSUS.0,
            "Recital" | "Article" => Self::PROVISION.0,
            _ => 0,
        };
        let case = match word.as_bytes().first() {
            Some(b'a'..=b'z') => u8::from(word.len() <= LONGEST_VERB && VERB_SET.contains(word)) * Self::VERB.0,
            Some(b'A'..=b'Z') => Self::CAPITAL.0,
            _ => u8::from(tokens.is_capitalised(index)) * Self::CAPITAL.0,
        };
        Self(Self::WORD.0 | special | case)
    }

    fn has(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
}

/// The number of marks that weigh for or against a citation, and the places of those that are looked for last.
const MARKS: usize = 18;
const DATED: usize = 3;
const LOCATED: usize = 6;
const LED: usize = 7;
const PERSONS: usize = 12;

/// Words that begin a sentence of comment.
const NARRATORS: [&str; 21] = [
    "The",
    "This",
    "It",
    "In",
    "As",
    "Although",
    "While",
    "Despite",
    "These",
    "Those",
    "There",
    "Such",
    "If",
    "When",
    "Since",
    "On",
    "For",
    "However",
    "Moreover",
    "Furthermore",
    "Additionally",
];

/// What the words of a stretch are.
#[derive(Debug, Default)]
struct Survey {
    quoted_words: usize,
    /// Words outside quotations.
    words: usize,
    /// Those in lower case.
    lower: usize,
    /// Finite verbs outside quotations, addresses and brackets.
    verbs: usize,
    addressed: bool,
    /// "Ward v. Kim".
    case: bool,
    /// A word for what editors and translators do.
    role: bool,
    /// "Article 5 of".
    provision: bool,
}

/// The document of a known family that begins at byte `at`.
fn hit_at(hits: &[Hit], at: usize) -> Option<&Hit> {
    hits.get(hits.partition_point(|hit| hit.start < at)).filter(|hit| hit.start == at)
}

/// The one that ends at byte `at`.
fn hit_before(hits: &[Hit], at: usize) -> Option<&Hit> {
    hits.partition_point(|hit| hit.start < at).checked_sub(1).and_then(|last| hits.get(last)).filter(|hit| hit.end == at)
}

/// True if one lies between two bytes.
fn hit_within(hits: &[Hit], from: usize, to: usize) -> bool {
    hits.get(hits.partition_point(|hit| hit.start < from)).is_some_and(|hit| hit.end <= to)
}

/// More tokens than this are no single citation: they are not looked through again for each sentence that follows.
const FAR: usize = 240;

fn open_is_short(range: &Range<usize>) -> bool {
    range.len() <= FAR
}

/// "2020;3(3):e200", "Harbour Press; 2018.": what follows a semicolon is a volume or a year (Vancouver).
fn numbers_follow(tokens: &Tokens, at: usize) -> bool {
    let volume = tokens.is_number(at)
        && tokens.word(at).len() <= 4
        && tokens.year(at).is_none()
        && at > 1
        && tokens.get(at - 2).is_some_and(|token| token.kind != Kind::Punctuation(')'));
    let located = volume && (matches!(tokens.punctuation(at + 1), Some('(' | ':')) || tokens.is(at + 1, '.') && !tokens.is_number(at + 2));
    let year =
        tokens.year(at).is_some() && (at + 1 >= tokens.len() || matches!(tokens.punctuation(at + 1), Some('.' | ',' | '[' | '-')) || tokens.is(at + 1, ':'));
    located || year || tokens.says(at, "discussion") && tokens.is_number(at + 1)
}

/// "HARBOUR L. REV. BLOG", "CONG. BUDGET OFF.": a stop inside a name in small capitals ends nothing (The Bluebook, rule 16).
fn is_in_capitals(tokens: &Tokens, stop: usize) -> bool {
    const LONGEST: usize = 8;
    let Some(before) = stop.checked_sub(1) else { return false };
    tokens.is_all_caps(before) && (2..=LONGEST).contains(&tokens.word(before).len()) && tokens.is_all_caps(stop + 1)
}

impl Scan {
    fn new(tokens: &Tokens) -> Self {
        let count = tokens.len();
        let traits = (0..count).map(|index| Traits::of(tokens, index)).collect();
        let mut scan = Self { traits, quoted: vec![0; count + 1], depth: vec![0; count + 1], close: vec![0; count + 1], address: vec![false; count + 1] };
        let (mut open, mut quote): (Vec<usize>, Option<char>) = (Vec::new(), None);
        // True for words in single quotation marks inside prose: "forms of ‘new wealth’ have".
        let mut in_prose = false;
        let mut address_end = 0;
        for index in 0..count {
            let start = tokens.start(index);
            if start < address_end {
                scan.address[index] = true;
            } else if (matches!(tokens.word(index).as_bytes().first(), Some(b'h' | b'w' | b'd' | b'1' | b'H' | b'D')) || index > 0 && tokens.is(index - 1, '<'))
                && let Some(address) = web::address(tokens.text, start)
            {
                address_end = address.end;
                scan.address[index] = true;
            }
            scan.quoted[index] = u8::from(quote.is_some());
            scan.depth[index] = open.len().min(250) as u8;
            if scan.address[index] {
                continue;
            }
            let Some(c) = tokens.punctuation(index) else { continue };
            if quote.is_none() && c == '‘' {
                in_prose = index > 0 && tokens.is_word(index - 1) && !tokens.is_capitalised(index - 1);
            }
            match (c, quote) {
                ('“' | '„', None) => quote = Some('”'),
                ('‘', None) => quote = Some('’'),
                ('«', None) => quote = Some('»'),
                ('"', None) => quote = Some('"'),
                ('\'', None) if tokens.space_before(index) && !tokens.space_before(index + 1) => quote = Some('\''),
                (c, Some(closer)) if c == closer && (c != '\'' && c != '’' || !tokens.is_word(index + 1) || tokens.space_before(index + 1)) => {
                    // A plural's apostrophe is followed by more of the title.
                    let more = (c == '’' || c == '\'')
                        && !in_prose
                        && tokens.space_before(index + 1)
                        && tokens.is_word(index + 1)
                        && !tokens.is_capitalised(index + 1)
                        && !matches!(tokens.word(index + 1), "in" | "and" | "at" | "by" | "available");
                    if !more {
                        quote = None;
                    }
                }
                ('(' | '[', _) => open.push(index),
                (')' | ']', _) => {
                    if let Some(opened) = open.pop() {
                        scan.close[opened] = index;
                    }
                }
                _ => {}
            }
        }
        scan
    }

    fn free(&self, index: usize) -> bool {
        self.quoted[index] == 0 && self.depth[index] == 0 && !self.address[index]
    }

    /// The stretches between semicolons and full stops.
    fn parts(&self, tokens: &Tokens) -> Vec<Part> {
        let mut parts = Vec::new();
        let (mut start, mut soft) = (0, false);
        for index in 0..tokens.len() {
            let quote_closed = index > 0
                && matches!(tokens.punctuation(index), Some('”' | '’' | '"'))
                && tokens.is(index - 1, '.')
                && self.quoted[index + 1] == 0
                && self.depth[index] == 0;
            // "https://x.org/a Ward, Ports": an address without a sign behind it ends its citation.
            let after_address = index > start + 2
                && self.address[index - 1]
                && !self.address[index]
                && tokens.is_capitalised(index)
                && tokens.space_before(index)
                && !["accessed", "retrieved", "last", "archived", "visited", "viewed", "and", "see", "date", "available"]
                    .iter()
                    .any(|word| tokens.says(index, word))
                && (index + 2..tokens.len()).any(|later| self.address[later]);
            if after_address {
                parts.push(Part { range: start..index, soft });
                start = index;
                soft = false;
            }
            let cut = if tokens.is(index, ';') && self.free(index) && !numbers_follow(tokens, index + 1) && !self.address_follows(tokens, start, index) {
                Some(false)
            } else if (self.free(index) && (tokens.ends_sentence(index) && !is_in_capitals(tokens, index) || self.stop_after_abbreviation(tokens, index))
                || quote_closed)
                && index + 1 < tokens.len()
            {
                Some(true)
            } else {
                None
            };
            if let Some(is_soft) = cut {
                if start < index {
                    parts.push(Part { range: start..index, soft });
                }
                start = index + 1;
                soft = is_soft;
            }
        }
        if start < tokens.len() {
            parts.push(Part { range: start..tokens.len(), soft });
        }
        parts
    }

    /// "Ports (2017): 5–7; https://ports.org/a Accessed 3 May 2020": the address and the day of access behind a semicolon belong to the work before it,
    /// which began at token `start` and has none yet.
    fn address_follows(&self, tokens: &Tokens, start: usize, at: usize) -> bool {
        const LEAST: usize = 4;
        let before = start..at;
        if tokens.says(at + 1, "accessed") || tokens.says(at + 1, "retrieved") {
            return true;
        }
        self.address[at + 1] && (LEAST..=FAR).contains(&before.len()) && !before.clone().any(|index| self.address[index])
    }

    /// A full stop after "ff." or "n." before a signal or a name.
    fn stop_after_abbreviation(&self, tokens: &Tokens, index: usize) -> bool {
        tokens.is(index, '.') && ["See", "Cf", "Compare", "But", "For"].iter().any(|word| tokens.word(index + 1) == *word)
    }

    fn verbs(&self, range: &Range<usize>) -> usize {
        let base = self.depth[range.start];
        range.clone().filter(|&index| self.has(index, Traits::VERB) && self.quoted[index] == 0 && self.depth[index] == base && !self.address[index]).count()
    }

    /// True if token `index`, which may lie past the end, is such.
    fn has(&self, index: usize, traits: Traits) -> bool {
        self.traits.get(index).is_some_and(|known| known.has(traits))
    }

    /// A sentence with a finite verb that cites nothing: what follows it is no rest of it.
    fn is_prose(&self, tokens: &Tokens, range: &Range<usize>, hits: &[Hit]) -> bool {
        let question = tokens.is(range.end, '?') || tokens.is(range.end.saturating_sub(1), '?');
        open_is_short(range) && !question && self.verbs(range) > 0 && !self.cites(tokens, range, hits)
    }

    /// True if a sentence begins a citation of its own, so that it is no rest of the one before, `open`.
    fn stands_alone(&self, tokens: &Tokens, range: &Range<usize>, open: Option<&Range<usize>>, hits: &[Hit]) -> bool {
        let text = tokens.slice(range.start, range.end);
        let inner = range.clone().skip(1).any(|index| {
            self.quoted[index] == 0 && tokens.says(index, "see") && !tokens.is(index + 1, '.') && (tokens.is(index - 1, ',') || tokens.is(index - 1, '('))
        });
        if inner || lead::length(text) > 0 {
            return true;
        }
        let start = tokens.start(range.start);
        // A number alone belongs to the title before it, if that has neither date nor address: "GAO, Ports: A Review. GAO-20-1 (2020)".
        let whole = |open: &Range<usize>| {
            let (from, to) = (tokens.start(open.start), tokens.end_before(open.end));
            open.len() > FAR
                || self.is_prose(tokens, open, hits)
                || hit_within(hits, from, to)
                || open.clone().any(|index| self.address[index] || tokens.year(index).is_some())
        };
        let identified = hit_at(hits, start).is_some_and(|hit| hit.work.title.is_some() || open.is_none_or(whole));
        let begins = || back::pointer(text).is_some() || name::persons(tokens, range.start, range.end).iter().any(|reading| reading.score > 2.7);
        identified || begins() && self.cites(tokens, range, hits)
    }

    /// True if the marks of a citation against the marks of prose come to `least`. What costs most is looked for last, and only if it may decide.
    fn outweighs(&self, tokens: &Tokens, range: &Range<usize>, hits: &[Hit], least: f32) -> bool {
        /// Sums that lie nearer to `least` are taken anew in their order when all is known.
        const NEAR: f32 = 0.01;
        let text = tokens.slice(range.start, range.end);
        if text.is_empty() {
            return false;
        }
        let length = lead::length(text);
        let first = tokens.at_byte(tokens.start(range.start) + length).max(range.start);
        let mut weights = self.plain_weights(tokens, range, hits, first);
        weights[LED] = if length > 0 && first < range.end { 1.0 } else { 0.0 };
        let persons = || name::persons(tokens, first, range.end).iter().any(|reading| reading.score > 2.2 && tokens.punctuation(reading.end).is_some());
        let looks: [(usize, f32, &dyn Fn() -> bool); 3] =
            [(DATED, 2.0, &|| self.is_dated(tokens, range)), (PERSONS, 1.5, &persons), (LOCATED, 1.0, &|| self.is_located(tokens, range))];
        let mut open: f32 = looks.iter().map(|(_, weight, _)| weight).sum();
        for (place, weight, look) in looks {
            let known: f32 = weights.iter().sum();
            if known >= least + NEAR || known + open < least - NEAR {
                return known >= least;
            }
            open -= weight;
            weights[place] = if look() { weight } else { 0.0 };
        }
        weights.iter().sum::<f32>() >= least
    }

    /// The weights of all marks but signals, dates, persons and places in a work. `first` is the token after the signals.
    fn plain_weights(&self, tokens: &Tokens, range: &Range<usize>, hits: &[Hit], first: usize) -> [f32; MARKS] {
        let text = tokens.slice(range.start, range.end);
        let seen = self.survey(tokens, range);
        let when = |mark: bool, weight: f32| if mark { weight } else { 0.0 };
        let comma = || (first..(first + 12).min(range.end)).find(|&index| tokens.is(index, ','));
        let institution = !tokens.classes(first).has(Classes::FUNCTION) && comma().is_some_and(|comma| name::is_institution(tokens, first, comma));
        let narrates = (seen.lower >= 8 || seen.lower >= 3 && seen.verbs > 0) && NARRATORS.contains(&tokens.word(first));
        let provision = matches!(tokens.word(first), "Recital" | "Article" | "Art" | "Recitals" | "Articles")
            && tokens.is_number(first + 1).max(tokens.is_number(first + 2));
        let cut = text.ends_with('…') || memchr::memmem::find(text.as_bytes(), b", cit").is_some();
        // "The office approved …": a past tense after the first capitalised words.
        let past = (first + 1..(first + 5).min(range.end)).any(|index| {
            let word = tokens.word(index);
            self.quoted[index] == 0 && self.has(index - 1, Traits::CAPITAL) && !self.has(index, Traits::CAPITAL) && word.len() > 4 && word.ends_with("ed")
        });
        let mut weights = [0.0; MARKS];
        weights[0] = when(seen.addressed, 3.0);
        weights[1] = when(back::pointer(text).is_some(), 3.0);
        weights[2] = when(hit_within(hits, tokens.start(range.start), tokens.end_before(range.end)), 2.0);
        weights[4] = when(seen.quoted_words >= 3, 1.5);
        weights[5] = when(seen.quoted_words >= 2 && self.only_names(tokens, range), 2.0);
        weights[8] = when(seen.case, 1.2);
        weights[9] = when(seen.role, 1.0);
        weights[10] = when(institution, 1.0);
        weights[11] = when(narrates, -2.2);
        weights[13] = if provision { 2.0 } else { when(seen.provision, 1.0) };
        weights[14] = when(cut, 1.5);
        weights[15] = -1.4 * seen.verbs.min(4) as f32;
        weights[16] = when(past, -2.0);
        weights[17] = -0.05 * seen.words.saturating_sub(45) as f32;
        weights
    }

    /// Counts the words of a stretch, in and outside quotations, and looks for words that tell a citation or prose.
    fn survey(&self, tokens: &Tokens, range: &Range<usize>) -> Survey {
        let base = self.depth[range.start];
        let mut seen = Survey::default();
        for index in range.clone() {
            let traits = self.traits[index];
            let word = usize::from(traits.has(Traits::WORD));
            seen.provision |= traits.has(Traits::PROVISION) && tokens.is_number(index + 1) && tokens.word(index + 2) == "of";
            if self.quoted[index] > 0 {
                seen.quoted_words += word;
                continue;
            }
            seen.words += word;
            seen.lower += usize::from(traits.has(Traits::WORD) && !traits.has(Traits::CAPITAL));
            seen.addressed |= self.address[index];
            seen.verbs += usize::from(traits.has(Traits::VERB) && self.depth[index] == base && !self.address[index]);
            seen.role |= traits.has(Traits::ROLE);
            seen.case |=
                traits.has(Traits::VERSUS) && index > range.start && self.has(if tokens.is(index + 1, '.') { index + 2 } else { index + 1 }, Traits::CAPITAL);
        }
        seen
    }

    /// True for a date outside quotations and addresses, where it is none of a title or sentence: between signs or exact.
    fn is_dated(&self, tokens: &Tokens, range: &Range<usize>) -> bool {
        let base = self.depth[range.start];
        range.clone().filter(|&index| self.quoted[index] == 0 && !self.address[index]).any(|index| {
            let Some(date) = date::date(tokens, index) else { return false };
            let sentence = || index > 0 && tokens.is(index - 1, '.') && self.depth[index] == base;
            let bracketed =
                index > 0 && (matches!(tokens.punctuation(index - 1), Some('(' | '[' | ',' | ';' | ')')) || self.quoted[index - 1] > 0 || sentence());
            let closed = date.end >= range.end || tokens.punctuation(date.end).is_some();
            // "(2d ed. 2014)"
            let bracketed = bracketed || index > 1 && tokens.is(index - 1, '.') && tokens.says(index - 2, "ed") && tokens.is(date.end, ')');
            closed && (bracketed || date.precision >= Precision::Day || date.precision == Precision::None)
        })
    }

    /// True for pages, an issue or a pinpoint that words say to be such, outside quotations and brackets.
    fn is_located(&self, tokens: &Tokens, range: &Range<usize>) -> bool {
        let base = self.depth[range.start];
        range
            .clone()
            .filter(|&index| self.quoted[index] == 0 && self.depth[index] == base)
            .any(|index| locator::explicit(tokens, index).is_some_and(|found| found.pinpoint.is_some() || found.pages.is_some() || found.issue.is_some()))
    }

    /// "Ward, “How Ports Grew”, Harbour Review": beside the quotation a whole note has only names.
    fn only_names(&self, tokens: &Tokens, range: &Range<usize>) -> bool {
        if range.start > 0 || range.end + 1 < tokens.len() {
            return false;
        }
        let mut names = 0;
        for index in range.clone().filter(|&index| self.quoted[index] == 0 && self.has(index, Traits::WORD)) {
            if self.has(index, Traits::CAPITAL) {
                names += 1;
            } else if !matches!(tokens.word(index), "of" | "and" | "the" | "in" | "for" | "de" | "p" | "pp" | "et" | "al") {
                return false;
            }
        }
        let opens = self.quoted[range.start] > 0
            || matches!(tokens.punctuation(range.start), Some('“' | '"' | '‘'))
            || tokens.is_capitalised(range.start) && !tokens.classes(range.start).has(Classes::FUNCTION);
        opens && (1..=8).contains(&names)
    }

    fn cites(&self, tokens: &Tokens, range: &Range<usize>, hits: &[Hit]) -> bool {
        self.outweighs(tokens, range, hits, 1.9)
    }

    fn cites_firmly(&self, tokens: &Tokens, range: &Range<usize>, hits: &[Hit]) -> bool {
        self.outweighs(tokens, range, hits, 3.4)
    }

    /// Leaves out what leads in: "For further analysis of the contract, see".
    fn after_lead_in(&self, tokens: &Tokens, range: Range<usize>) -> Range<usize> {
        let quote = range.clone().find(|&index| self.quoted[index] > 0).unwrap_or(range.end);
        let see = (range.start..quote.min(range.start + 60)).rfind(|&index| tokens.says(index, "see"));
        match see {
            Some(see) if see > range.start && range.end > see + 2 => see..range.end,
            _ => range,
        }
    }

    /// Leaves out the words of a sentence that come before the document or the authors that it cites: "This part rests on the rules in OMB Circular A-11".
    fn after_narration(&self, tokens: &Tokens, range: Range<usize>, hits: &[Hit]) -> Range<usize> {
        const LEAST: usize = 4;
        let lower = |to: usize| (range.start..to).filter(|&index| self.has(index, Traits::WORD) && !self.has(index, Traits::CAPITAL)).count();
        let quote = range.clone().find(|&index| self.quoted[index] > 0 || self.address[index]).unwrap_or(range.end);
        let (from, to) = (tokens.start(range.start), tokens.start(quote.min(tokens.len().saturating_sub(1))));
        let known = hits.get(hits.partition_point(|hit| hit.start <= from)).filter(|hit| hit.start < to).map(|hit| tokens.at_byte(hit.start));
        let led = |at: usize| at > range.start && self.has(at - 1, Traits::WORD) && !self.has(at - 1, Traits::CAPITAL);
        if let Some(at) =
            known.filter(|&at| led(at) && lower(at) >= LEAST && !(range.start..at).any(|index| tokens.punctuation(index).is_some() && !tokens.is_dash(index)))
        {
            return at..range.end;
        }
        if quote == range.end || lower(quote) < LEAST {
            return range;
        }
        let person = |&at: &usize| {
            self.has(at, Traits::CAPITAL)
                && led(at)
                && name::persons(tokens, at, quote)
                    .iter()
                    .any(|reading| reading.score > 2.2 && (reading.end == quote || reading.end + 2 >= quote && tokens.is(reading.end, ',')))
        };
        let first = (range.start + LEAST..quote.min(range.start + 40)).find(person);
        first.filter(|&at| lower(at) >= LEAST).map_or(range.clone(), |at| at..range.end)
    }

    /// Cuts at "and", ", and", a missing full stop, where both sides are whole citations.
    fn conjoined(&self, tokens: &Tokens, range: Range<usize>, hits: &[Hit]) -> Vec<Range<usize>> {
        let mut parts = Vec::new();
        let mut start = range.start;
        let mut index = range.start + 2;
        while index + 2 < range.end {
            let and = self.free(index) && tokens.word(index) == "and";
            if self.between_hits(tokens, index, start, hits) {
                parts.push(start..index);
                start = index + 1;
                if tokens.word(start) == "and" {
                    start += 1;
                }
                index = start;
            }
            if and
                && (self.closed_before(tokens, index) || self.symbol_after(tokens, index + 1))
                && self.opens(tokens, index + 1, range.end)
                && self.cites(tokens, &(start..index), hits)
                && (self.cites(tokens, &(index + 1..range.end), hits))
            {
                parts.push(start..index);
                start = index + 1;
                index += 2;
            }
            index += 1;
        }
        parts.push(start..range.end);
        parts
    }

    /// "Pub. L. No. 105-220, Pub. L. No. 107-110": a comma or "and" with a document of a known family on both sides.
    fn between_hits(&self, tokens: &Tokens, at: usize, start: usize, hits: &[Hit]) -> bool {
        let divides = self.free(at) && (tokens.is(at, ',') || tokens.word(at) == "and");
        if !divides || at == 0 {
            return false;
        }
        let next = if tokens.is(at, ',') && tokens.word(at + 1) == "and" { at + 2 } else { at + 1 };
        let (from, to) = (tokens.start(next), tokens.end_before(at));
        hit_at(hits, from).is_some() && hit_before(hits, to).is_some_and(|hit| hit.start >= tokens.start(start))
    }

    /// True if what stands before token `at` ends a citation: a closing bracket, a page, a note number, a date.
    fn closed_before(&self, tokens: &Tokens, at: usize) -> bool {
        let mut last = at.saturating_sub(1);
        if tokens.is(last, ',') || tokens.is(last, '.') {
            last = last.saturating_sub(1);
        }
        matches!(tokens.punctuation(last), Some(')' | ']'))
            || tokens.get(last).is_some_and(|token| matches!(token.kind, Kind::Number | Kind::Mixed))
            || self.address[last]
            || tokens.says(last, "d")
            || tokens.says(last, "cit")
            || tokens.says(last, "ibid")
    }

    /// "WO 204/12735": an archive's symbol begins a work of its own.
    fn symbol_after(&self, tokens: &Tokens, at: usize) -> bool {
        tokens.is_all_caps(at) && tokens.is_number(at + 1) && tokens.is(at + 2, '/')
    }

    /// True if a citation may begin at token `at`: a name with initials, a quotation, a capital, an address.
    fn opens(&self, tokens: &Tokens, at: usize, limit: usize) -> bool {
        if at < limit && self.address[at] {
            return true;
        }
        let quote = matches!(tokens.punctuation(at), Some('‘' | '“' | '"' | '\''));
        let at = if tokens.word(at) == "the" { at + 1 } else { at };
        quote || at < limit && tokens.is_capitalised(at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rule::RuleSet;

    fn count(text: &str) -> usize {
        let rules = RuleSet::built_in().expect("built-in rules load");
        pieces(text, &Families::new(&rules)).len()
    }

    #[test]
    fn works_are_split_by_evidence() {
        for (text, works) in [
            ("L. Ward, Ports (Oxford, 2012), p. 4; S. Kim, Rails: A History (London, 2014).", 2),
            ("See Ward, supra note 2; see also Kim, supra note 3.", 2),
            ("L. Ward, The Port (1988). For further analysis, see S. Kim, Rail Matters (1993), especially 43–59.", 2),
            ("L. Ward, ‘Ports; Rails’ (1994) 28 Transport 379.", 1),
            ("This, of course, is not always the case. Some ports are small.", 0),
            ("L. Ward, Ports at Sea, (Oxford: Harbour Press, 2017): 5–7; https://ports.org/a.pdf Accessed May 3, 2020.", 1),
            ("Harbours Act 1964 (N.Z.); Rail Relations Act 1975 (N.Z.).", 2),
            ("‘Owning the Port’ in Public Ports, ed. M. Lee (1995) and ‘Ports in History’ (1996) 20 Harbour Law Rev. 1072.", 2),
            ("Ward, Lena. Ports and Power. New York: Harbor Press, 2012.", 1),
        ] {
            assert_eq!(count(text), works, "{text}");
        }
    }
}
