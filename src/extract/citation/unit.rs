//! A reference cut into units at its punctuation, with what is certain (dates, locators, addresses, quotations) masked.

use super::date::{self, Date, Precision};
use super::lexicon::{self, Classes};
use super::locator::{self, Locator};
use super::name;
use super::periodical;
use super::role::Roles;
use super::series;
use super::token::{Kind, Tokens};
use super::web::{self, Address};
use crate::record::Name;

/// The punctuation between two units, as bits: several signs may stand together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Border(pub u16);

impl Border {
    pub const NONE: Self = Self(0);
    pub const COMMA: Self = Self(1);
    pub const PERIOD: Self = Self(1 << 1);
    /// A full stop that may belong to an abbreviation.
    pub const SOFT: Self = Self(1 << 2);
    pub const COLON: Self = Self(1 << 3);
    pub const SEMICOLON: Self = Self(1 << 4);
    pub const OPEN: Self = Self(1 << 5);
    pub const CLOSE: Self = Self(1 << 6);
    pub const DASH: Self = Self(1 << 7);
    pub const QUESTION: Self = Self(1 << 8);
    /// Start or end of the reference.
    pub const EDGE: Self = Self(1 << 9);

    pub fn has(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    fn add(&mut self, other: Self) {
        self.0 |= other.0;
    }
}

/// What a unit is.
#[derive(Debug, Clone)]
pub(super) enum UnitKind {
    Text,
    /// Words in quotation marks, which are left out of the unit.
    Quote,
    Date(Date),
    Locator(Locator),
    Address(Address),
    /// "edited by …", "… (eds.)" with the names.
    Editors(Vec<Name>),
    /// "In" before the title of a collection.
    In,
    /// "accessed 3 May 2020": the date, where there is one.
    Accessed(Option<String>),
    /// "by Lena Ward" after a title.
    By(Vec<Name>),
    /// Words that only lead to what follows: "available at".
    Lead,
    /// An identifier that a family of documents is known by, or a number in a series.
    Number(Identifier),
}

/// What an identifier says of its work.
#[derive(Debug, Clone, Default)]
pub(super) struct Identifier {
    pub number: String,
    pub date: Option<String>,
}

#[derive(Debug, Clone)]
pub(super) struct Unit {
    pub from: usize,
    pub to: usize,
    pub kind: UnitKind,
    /// The punctuation before it.
    pub before: Border,
    /// True inside brackets.
    pub bracketed: bool,
}

/// A stretch of tokens that an identifier covers.
#[derive(Debug, Clone)]
pub(super) struct Mask {
    pub from: usize,
    pub to: usize,
    pub identifier: Identifier,
}

struct Builder<'a, 't> {
    tokens: &'t Tokens<'a>,
    units: Vec<Unit>,
    /// First token of the open text unit.
    open: Option<usize>,
    border: Border,
    depth: u8,
    /// Token indices at which a text unit must end: places where a list of authors may end.
    splits: &'t [usize],
    /// The last token that is a year.
    last_year: Option<usize>,
}

/// More units than this are not told apart; the rest is one unit of text.
const MOST: usize = 72;

/// Cuts the tokens from `from` to `to` into units, and gives the border after the last.
pub(super) fn units(tokens: &Tokens, from: usize, to: usize, splits: &[usize], masks: &[Mask], title: Option<Mask>) -> (Vec<Unit>, Border) {
    let last_year = (from..to).rev().take(40).find(|&index| tokens.year(index).is_some());
    let mut builder = Builder { last_year, tokens, units: Vec::with_capacity(16), open: None, border: Border::EDGE, depth: 0, splits };
    let mut at = from;
    while at < to {
        if let Some(title) = title.as_ref().filter(|title| title.from == at) {
            at = builder.push(at, title.to.min(to), UnitKind::Quote);
            // "*Ports at Sea,* 12 Harbour Rev. 3": the comma stands inside the mark-up.
            match tokens.punctuation(at.wrapping_sub(1)) {
                Some(',') => builder.border.add(Border::COMMA),
                Some('.') => builder.border.add(Border::PERIOD),
                _ => {}
            }
            continue;
        }
        at = builder.step(at, to, masks);
    }
    builder.flush(to);
    let mut last = builder.border;
    last.add(Border::EDGE);
    (builder.units, last)
}

impl Builder<'_, '_> {
    fn step(&mut self, at: usize, to: usize, masks: &[Mask]) -> usize {
        let tokens = self.tokens;
        while self.splits.first().is_some_and(|&split| split < at) {
            self.splits = &self.splits[1..];
        }
        let split = self.splits.first() == Some(&at);
        // Most words stand inside a text, and nothing can end it there.
        if self.open.is_some() && !split && self.units.len() < MOST && tokens.is_plain(at) && masks.iter().all(|mask| mask.from != at) && !self.in_angles(at) {
            return at + 1;
        }
        if self.units.len() >= MOST {
            self.open.get_or_insert(at);
            return to;
        }
        if let Some(mask) = masks.iter().find(|mask| mask.from == at) {
            return self.push(at, mask.to.min(to), UnitKind::Number(mask.identifier.clone()));
        }
        if let Some(end) = periodical::abbreviated(tokens, at, to, self.open.is_none()) {
            return self.push(at, end, UnitKind::Text);
        }
        if split {
            self.flush(at);
        }
        if let Some(address) = self.address(at) {
            let end = tokens.at_byte(address.end).max(at + 1);
            return self.push(at, end, UnitKind::Address(address));
        }
        if let Some(close) = self.quote_end(at, to) {
            self.flush(at);
            let before = std::mem::take(&mut self.border);
            self.units.push(Unit { from: at + 1, to: close, kind: UnitKind::Quote, before, bracketed: self.depth > 0 });
            self.border = Border::NONE;
            if tokens.punctuation(close.wrapping_sub(1)) == Some(',') {
                self.border.add(Border::COMMA);
            } else if tokens.ends_sentence(close.wrapping_sub(1)) || tokens.is(close.wrapping_sub(1), '.') {
                self.border.add(Border::PERIOD);
            }
            return close + 1;
        }
        let at_border = self.open.is_none();
        if at_border && let Some((end, kind)) = self.lead(at, to) {
            return self.push(at, end, kind);
        }
        if at_border
            && !self.units.is_empty()
            && let Some(found) = series::number(tokens, at, to)
        {
            return self.push(at, found.end, UnitKind::Number(Identifier { number: found.value, date: None }));
        }
        if at_border && let Some(end) = self.congress(at, to) {
            return self.push(at, end, UnitKind::Lead);
        }
        if at_border && let Some(end) = self.thesis(at, to) {
            return self.push(at, end, UnitKind::Text);
        }
        if at_border
            && self.border.has(Border::COMMA)
            && let Some((end, names)) = self.by(at, to)
        {
            return self.push(at, end, UnitKind::By(names));
        }
        if let Some((end, kind)) = self.editors(at, to) {
            return self.push(at, end, kind);
        }
        if let Some(date) = self.date(at, to) {
            let end = date.end;
            return self.push(at, end, UnitKind::Date(date));
        }
        if let Some(found) = self.locator(at, to) {
            let end = found.end.min(to).max(at + 1);
            return self.push(at, end, UnitKind::Locator(found));
        }
        if let Some(end) = self.reporter(at, to) {
            return end;
        }
        self.punctuation_or_word(at)
    }

    fn flush(&mut self, to: usize) {
        let Some(from) = self.open.take() else { return };
        if from < to {
            let before = std::mem::take(&mut self.border);
            self.units.push(Unit { from, to, kind: UnitKind::Text, before, bracketed: self.depth > 0 });
        }
    }

    fn push(&mut self, from: usize, to: usize, kind: UnitKind) -> usize {
        self.flush(from);
        let before = std::mem::take(&mut self.border);
        self.units.push(Unit { from, to, kind, before, bracketed: self.depth > 0 });
        // A unit may take in the closing bracket of one that was opened before it.
        let opened = (from..to).filter(|&index| matches!(self.tokens.punctuation(index), Some('(' | '['))).count();
        let closed = (from..to).filter(|&index| matches!(self.tokens.punctuation(index), Some(')' | ']'))).count();
        if closed > opened {
            self.depth = self.depth.saturating_sub((closed - opened) as u8);
            self.border.add(Border::CLOSE);
        }
        to
    }

    /// True right after "<".
    fn in_angles(&self, at: usize) -> bool {
        at > 0 && self.tokens.is(at - 1, '<')
    }

    fn address(&self, at: usize) -> Option<Address> {
        let tokens = self.tokens;
        let likely = match tokens.get(at)?.kind {
            Kind::Word => tokens.has(at, Roles::ADDRESS) || tokens.begins_doi(at),
            Kind::Mixed => tokens.begins_doi(at),
            Kind::Number => tokens.word(at) == "10",
            Kind::Punctuation(_) => false,
        };
        if !(likely || self.in_angles(at)) {
            return None;
        }
        web::address(tokens.text, tokens.start(at))
    }

    /// The index of the closing quotation mark of a quotation that opens at `at`.
    fn quote_end(&self, at: usize, to: usize) -> Option<usize> {
        let tokens = self.tokens;
        let open = tokens.punctuation(at)?;
        let closers: &[char] = match open {
            '“' | '„' => &['”', '"', '“'],
            '"' | '”' => &['"', '”'],
            '«' => &['»'],
            '‘' | '\'' | '’' | '`' => &['’', '\''],
            _ => return None,
        };
        let single = matches!(open, '‘' | '\'' | '’' | '`');
        let starts = tokens.space_before(at) || at == 0 || matches!(tokens.punctuation(at.wrapping_sub(1)), Some('(' | '[' | ',' | '.' | ':' | '“' | '‘'));
        if single && (!starts || open == '’' && at > 0 && tokens.is_word(at - 1)) || tokens.space_before(at + 1) && single {
            return None;
        }
        let mut depth = 0usize;
        let mut fallback = None;
        for index in at + 1..to {
            let Some(c) = tokens.punctuation(index) else { continue };
            if open == '“' && c == '“' && tokens.space_before(index) {
                depth += 1;
                continue;
            }
            if open == '‘' && c == '‘' {
                depth += 1;
                continue;
            }
            if !closers.contains(&c) || index == at + 1 {
                continue;
            }
            if depth > 0 {
                depth -= 1;
                continue;
            }
            if single {
                // An apostrophe after a plural is followed by more of the title.
                let next = index + 1;
                let closes = next >= to
                    || tokens.punctuation(next).is_some()
                    || tokens.is_number(next)
                    || matches!(tokens.word(next), "in" | "In" | "and" | "available" | "at")
                    || tokens.is_capitalised(next)
                    || matches!(tokens.punctuation(index - 1), Some(',' | '.' | '?' | '!'));
                if !closes || c == '\'' && !tokens.space_before(next) && tokens.is_word(next) {
                    fallback.get_or_insert(index);
                    continue;
                }
            } else if c == '"'
                && open == '"'
                && tokens.space_before(index)
                && !tokens.space_before(index + 1)
                && tokens.is_word(index + 1)
                && index + 2 < to
                && depth == 0
            {
                // `"a "b" c"`: a straight mark that opens again.
                let more = (index + 1..to).filter(|&later| tokens.is(later, '"')).count();
                if more >= 2 {
                    depth += 1;
                    continue;
                }
            }
            return Some(index);
        }
        fallback
    }

    /// Words at a border that lead to a date of access, an address or a collection.
    fn lead(&self, at: usize, to: usize) -> Option<(usize, UnitKind)> {
        let tokens = self.tokens;
        if !tokens.has(at, Roles::LEAD) {
            return None;
        }
        let says = |index: usize, words: &[&str]| words.iter().any(|word| tokens.says(index, word));
        let mut next = at;
        if says(next, &["last", "date", "first"]) && says(next + 1, &["accessed", "visited", "viewed", "access", "checked", "consulted", "retrieved"]) {
            next += 1;
        }
        let as_of = says(at, &["as"]) && says(at + 1, &["of"]);
        if as_of || says(next, &["accessed", "visited", "viewed", "consulted", "retrieved", "access", "access‐date"]) {
            next += if as_of { 2 } else { 1 };
            while says(next, &["on", "date", "in"]) || tokens.is(next, ':') {
                next += 1;
            }
            let mut value = None;
            if let Some(date) = date::date(tokens, next).filter(|date| date.end <= to) {
                next = date.end;
                value = date.iso;
            } else if as_of {
                return None;
            }
            if tokens.is(next, ',') && says(next + 1, &["from", "at"]) {
                next += 2;
            } else if says(next, &["from", "at"]) {
                next += 1;
            }
            return Some((next.min(to), UnitKind::Accessed(value)));
        }
        if says(at, &["available", "online", "url", "link", "website", "web"]) {
            let mut next = at + 1;
            while says(next, &["at", "from", "online", "via", "on", "in"]) || tokens.is(next, ':') || tokens.is(next, '<') {
                next += 1;
            }
            if self.address(next).is_some() || tokens.is(at + 1, ':') || says(at, &["available"]) && next > at + 1 {
                return Some((next.min(to), UnitKind::Lead));
            }
        }
        // "adopted 20 November 1989", "opened for signature July 1, 1968": the words only say what the date is.
        let status = if says(at, &["last"]) && says(at + 1, &["updated", "modified", "reviewed", "revised", "edited"]) {
            Some(at + 2)
        } else if says(at, &["adopted", "signed", "concluded", "ratified", "effective", "promulgated", "dated"]) {
            Some(at + 1)
        } else if says(at, &["opened"]) && says(at + 1, &["for"]) && says(at + 2, &["signature"]) || says(at, &["entered"]) && says(at + 1, &["into"]) {
            Some(at + 3)
        } else {
            None
        };
        let on = |next: usize| if says(next, &["on"]) { next + 1 } else { next };
        if let Some(next) =
            status.map(on).filter(|&next| !self.units.is_empty() && date::date(tokens, next).is_some_and(|date| date.precision >= Precision::Month))
        {
            return Some((next.min(to), UnitKind::Lead));
        }
        if says(at, &["at", "from", "see", "via"]) && self.address(at + 1).is_some() {
            return Some((at + 1, UnitKind::Lead));
        }
        if says(at, &["issn", "isbn", "pmid", "pmcid", "epub", "pubmed", "eissn"]) {
            let mut next = at + 1;
            while next < to
                && (tokens.get(next).is_some_and(|token| matches!(token.kind, Kind::Number | Kind::Mixed))
                    || tokens.is_dash(next)
                    || matches!(tokens.punctuation(next), Some(':' | '/' | '#'))
                    || says(next, &["pmid", "pmcid"])
                    || matches!(tokens.word(next), "X" | "x"))
            {
                next += 1;
            }
            return (next > at + 1).then_some((next, UnitKind::Lead));
        }
        let after_quote = matches!(self.units.last().map(|unit| &unit.kind), Some(UnitKind::Quote)) && !self.border.has(Border::OPEN);
        let sentence = self.border.has(Border::PERIOD) || self.border.has(Border::QUESTION) || self.border.has(Border::COMMA);
        if tokens.says(at, "in")
            && (after_quote || sentence && (tokens.word(at) == "In" && !tokens.is_number(at + 1) || tokens.is(at + 1, ':')))
            && !self.units.is_empty()
        {
            let next = if tokens.is(at + 1, ':') { at + 2 } else { at + 1 };
            return Some((next, UnitKind::In));
        }
        let sentence_in = sentence && tokens.word(at) == "in" && (tokens.is_initial(at + 1) && tokens.is(at + 2, '.'));
        if sentence_in && !self.units.is_empty() {
            return Some((at + 1, UnitKind::In));
        }
        None
    }

    /// "118th Cong., 1st sess.", "116th Congress".
    fn congress(&self, at: usize, to: usize) -> Option<usize> {
        let tokens = self.tokens;
        let ordinal = |index: usize| {
            let word = tokens.word(index);
            tokens.get(index).is_some_and(|token| token.kind == Kind::Mixed)
                && word.starts_with(|c: char| c.is_ascii_digit())
                && ["st", "nd", "rd", "th", "d"].iter().any(|end| word.ends_with(end))
        };
        if !ordinal(at) || !(tokens.says(at + 1, "cong") || tokens.says(at + 1, "congress")) {
            return None;
        }
        let mut next = if tokens.is(at + 2, '.') { at + 3 } else { at + 2 };
        let session = if tokens.is(next, ',') { next + 1 } else { next };
        if ordinal(session) && (tokens.says(session + 1, "sess") || tokens.says(session + 1, "session")) {
            next = if tokens.is(session + 2, '.') { session + 3 } else { session + 2 };
        }
        Some(next.min(to))
    }

    /// "Ph.D. thesis", "Unpublished M.A. dissertation".
    fn thesis(&self, at: usize, to: usize) -> Option<usize> {
        let tokens = self.tokens;
        let degree = tokens.classes(at).has(Classes::DEGREE) || tokens.is_initial(at) || tokens.has(at, Roles::THESIS);
        if !degree {
            return None;
        }
        let last = (at..to.min(at + 8)).find(|&index| {
            let stands = tokens.is_word(index) || tokens.is(index, '.');
            !stands || ["thesis", "dissertation", "diss"].iter().any(|word| tokens.says(index, word))
        })?;
        tokens.is_word(last).then_some(last + 1)
    }

    /// "by Lena Ward and Sofia Kim", "coordinated by Lena Ward", between borders.
    fn by(&self, at: usize, to: usize) -> Option<(usize, Vec<Name>)> {
        let tokens = self.tokens;
        if !tokens.has(at, Roles::BY) {
            return None;
        }
        let start = if tokens.says(at, "by") {
            at + 1
        } else if tokens.says(at + 1, "by") {
            at + 2
        } else {
            return None;
        };
        let (end, names) = best_persons(tokens, start, to)?;
        (end >= to || tokens.punctuation(end).is_some()).then_some((end, names))
    }

    /// Editors and translators.
    fn editors(&self, at: usize, to: usize) -> Option<(usize, UnitKind)> {
        let tokens = self.tokens;
        let at_border = self.open.is_none();
        let role = tokens.has(at, Roles::EDITOR);
        if role && (at_border || self.border.has(Border::OPEN)) {
            let mut next = if tokens.is(at + 1, '.') { at + 2 } else { at + 1 };
            let mut by = false;
            if tokens.says(next, "and") && (tokens.says(next + 1, "trans") || tokens.says(next + 1, "translated")) {
                next += if tokens.is(next + 2, '.') { 3 } else { 2 };
            }
            if tokens.says(next, "by") {
                next += 1;
                by = true;
            }
            let closed = matches!(tokens.punctuation(next), Some(')' | ']' | ',' | ':' | ';')) || next >= to;
            if closed && !by {
                return Some((next, UnitKind::Editors(Vec::new())));
            }
            if let Some((end, names)) = best_persons(tokens, next, to) {
                return Some((end, UnitKind::Editors(names)));
            }
            if by {
                let end = (next..to)
                    .find(|&index| tokens.is(index, ',') || tokens.is(index, '(') || tokens.is(index, ')') || tokens.ends_sentence(index))
                    .unwrap_or(to);
                return Some((end, UnitKind::Editors(name::institutions(tokens, next, end))));
            }
            return (tokens.is(at + 1, '.') && tokens.says(at, "eds")).then_some((next, UnitKind::Editors(Vec::new())));
        }
        // After "in": "Name and Name (eds.), Title", "Name N, editors. Title", "N. Name, Title".
        if at_border && matches!(self.units.last().map(|unit| &unit.kind), Some(UnitKind::In)) {
            let readings = name::persons(tokens, at, to);
            let marked =
                readings.iter().filter_map(|reading| editor_mark(tokens, reading.end).map(|end| (end, reading))).max_by(|a, b| a.1.score.total_cmp(&b.1.score));
            if let Some((end, reading)) = marked {
                return Some((end, UnitKind::Editors(reading.names().to_vec())));
            }
        }
        None
    }

    /// A date between borders, or after a word such as "updated".
    fn date(&self, at: usize, to: usize) -> Option<Date> {
        let tokens = self.tokens;
        let kind = tokens.get(at)?.kind;
        if let Kind::Word = kind
            && date::month(tokens, at).is_none()
            && !(self.open.is_none() && tokens.word(at).len() <= 11)
        {
            return None;
        }
        let date = date::date(tokens, at).filter(|date| date.end <= to)?;
        let split = self.splits.contains(&at);
        let fresh = self.open.is_none() || split;
        let lead = at > 0
            && ["updated", "modified", "published", "posted", "revised", "issued", "released", "vetoed", "signed", "enacted", "adopted", "dated", "delivered"]
                .iter()
                .any(|word| tokens.says(at - 1, word));
        let wordy = date.precision >= Precision::Season
            && at > 0
            && !tokens.is_number(at - 1)
            && !["of", "on", "in", "from", "to", "since", "until", "and", "between", "by", "through"].iter().any(|word| tokens.says(at - 1, word));
        let end = date.end;
        // "World Harbour Report 2019: The Nature of Ports": a year glued to words before a subtitle belongs to the title.
        let in_title = at > 0 && tokens.is_word(at - 1) && tokens.is_capitalised(at - 1) && tokens.is(end, ':') && tokens.is_capitalised(end + 1);
        if in_title && date.precision == Precision::Year && self.last_year.is_some_and(|last| last > at) {
            return None;
        }
        // "The Law of Ports, 1780–1860 (1977)": a span of years outside brackets belongs to the title.
        // "Social Report 2017-19": so does a short one glued to its words.
        let short = !fresh && tokens.is_number(end - 1) && tokens.is_capitalised(at.wrapping_sub(1));
        let span = date.precision == Precision::Year && end == at + 3 && (tokens.year(end - 1).is_some() || short);
        if span && !matches!(tokens.punctuation(at.wrapping_sub(1)), Some('(' | '[')) {
            return None;
        }
        if self.is_last_of_title(at) {
            return None;
        }
        // "General comment No. 26 (2022) on land": the title goes on.
        let inside = matches!(tokens.punctuation(at.wrapping_sub(1)), Some('('))
            && tokens.is(end, ')')
            && ["on", "of", "for", "concerning", "relating", "regarding"].iter().any(|word| tokens.word(end + 1) == *word);
        if inside && date.precision == Precision::Year {
            return None;
        }
        let closed = end >= to || tokens.punctuation(end).is_some_and(|c| !matches!(c, '/' | '%' | '-' | '–' | '’' | '\'')) || self.masks_follow(end);
        let numbered = date.precision == Precision::Year && fresh && (tokens.is_number(end) || tokens.says(end, "vol") || tokens.says(end, "pp"));
        let of_day = date.precision == Precision::Day && at > 0 && tokens.says(at - 1, "of") && tokens.punctuation(end).is_some();
        // "Edward Elgar, Northampton 2012, p. 4": the last year of a reference needs no comma.
        let trailing = date.precision == Precision::Year
            && Some(at) == self.last_year
            && (end >= to || tokens.is(end, ',') && (tokens.says(end + 1, "p") || tokens.says(end + 1, "pp")) || tokens.is(end, '.') && end + 1 >= to);
        // "Diabetologia 1997; 40:971–975": a year between the periodical and its volume (Vancouver).
        let before_volume = date.precision <= Precision::Month
            && at > 0
            && tokens.is_word(at - 1)
            && matches!(tokens.punctuation(end), Some(';' | ','))
            && locator::implicit(tokens, end + 1).is_some_and(|found| found.pages.is_some() || found.issue.is_some());
        // "1612.04644" and "1310.2084" are numbers of arXiv.
        if at > 1 && tokens.is(at - 1, '.') && !tokens.space_before(at) && !tokens.space_before(at - 1) && tokens.is_number(at - 2) {
            return None;
        }
        if tokens.is(end, '.') && !tokens.space_before(end) && !tokens.space_before(end + 1) && tokens.is_number(end + 1) {
            return None;
        }
        if !(fresh || lead || wordy || of_day || trailing || before_volume) {
            return None;
        }
        // A bare "May 3" or a year that begins a title ("2013 Regional report") is no date.
        if !(closed || numbered || split) {
            return None;
        }
        if date.precision == Precision::None && !fresh {
            return None;
        }
        Some(date)
    }

    /// "Harbour Plan – 2021 (May 2021)": a year behind a dash and before the date belongs to the title.
    fn is_last_of_title(&self, at: usize) -> bool {
        let tokens = self.tokens;
        self.border == Border::DASH && tokens.year(at).is_some() && tokens.is(at + 1, '(') && date::date(tokens, at + 2).is_some()
    }

    fn masks_follow(&self, at: usize) -> bool {
        self.address(at).is_some() || matches!(self.tokens.punctuation(at), Some('“' | '"' | '‘'))
    }

    fn locator(&self, at: usize, to: usize) -> Option<Locator> {
        let tokens = self.tokens;
        let fresh = self.open.is_none();
        let kind = tokens.get(at)?.kind;
        if self.is_last_of_title(at) {
            return None;
        }
        if let Kind::Word | Kind::Mixed | Kind::Punctuation('§' | '¶') = kind
            && let Some(found) = locator::explicit(tokens, at).filter(|found| found.end <= to)
        {
            let pin = found.pinpoint.is_some() && !matches!(kind, Kind::Punctuation(_));
            let at_word = tokens.says(at, "at") || tokens.says(at, "vol") || tokens.says(at, "pp") || tokens.says(at, "p") || tokens.says(at, "no");
            let bounded = !tokens.is_word(found.end)
                || tokens.says(found.end, "in")
                || tokens.says(found.end, "and")
                || tokens.says(found.end, "no")
                || tokens.year(found.end).is_some();
            if (fresh || at_word || !pin && found.edition.is_none() && found.volume.is_none())
                && (bounded || found.edition.is_some())
                && (found.edition.is_none() || fresh)
            {
                return Some(found);
            }
        }
        let numeric = matches!(kind, Kind::Number | Kind::Mixed) || kind == Kind::Word && tokens.word(at).len() <= 6 && (tokens.is_all_caps(at) || fresh);
        if !numeric || self.units.is_empty() && self.open.is_none() {
            return None;
        }
        let after_word = !fresh
            && (tokens.is_word(at - 1)
                || tokens.get(at - 1).is_some_and(|token| token.kind == Kind::Mixed)
                || tokens.is(at - 1, '.')
                || tokens.is(at - 1, '&'));
        if let Some(found) = locator::implicit(tokens, at).filter(|found| found.end <= to && (fresh || after_word))
            && closes(tokens, found.end, to)
            && (kind != Kind::Word || found.pages.is_some() || found.date.is_some())
        {
            return Some(found);
        }
        if fresh || self.border.has(Border::COLON) {
            if let Some(found) = locator::bare_range(tokens, at).filter(|found| found.end <= to && closes(tokens, found.end, to)) {
                return Some(found);
            }
            let roman_page = kind == Kind::Word && tokens.word(at).len() <= 6 && tokens.word(at).bytes().all(|b| matches!(b, b'i' | b'v' | b'x' | b'l'));
            if roman_page && matches!(self.units.last().map(|unit| &unit.kind), Some(UnitKind::Date(_))) && closes(tokens, at + 1, to) {
                return Some(Locator { end: at + 1, pinpoint: Some(tokens.word(at).to_owned()), ..Locator::default() });
            }
            // "Modern Law Rev. 12" has a volume before it; a lone number after a date or volume is a page.
            let after_mask = matches!(self.units.last().map(|unit| &unit.kind), Some(UnitKind::Date(_) | UnitKind::Locator(_)));
            if kind == Kind::Number && tokens.word(at).len() <= 6 && after_mask && closes(tokens, at + 1, to) && tokens.year(at).is_none() {
                let colon = self.border.has(Border::COLON);
                let value = Some(tokens.word(at).to_owned());
                // "2017;16.": a volume alone (Vancouver).
                if self.border.has(Border::SEMICOLON) && matches!(self.units.last().map(|unit| &unit.kind), Some(UnitKind::Date(_))) {
                    return Some(Locator { end: at + 1, volume: value, ..Locator::default() });
                }
                return Some(if colon {
                    Locator { end: at + 1, pages: value, ..Locator::default() }
                } else {
                    Locator { end: at + 1, pinpoint: value, ..Locator::default() }
                });
            }
            // "Title, 12, 2020": a lone number between borders after the text is a volume or page.
            if matches!(kind, Kind::Number)
                && tokens.word(at).len() <= 5
                && tokens.year(at).is_none()
                && closes(tokens, at + 1, to)
                && self.border.has(Border::COMMA)
            {
                let date_next = date::date(tokens, at + 2).is_some() && tokens.is(at + 1, ',') || matches!(tokens.punctuation(at + 1), Some(','));
                let value = Some(tokens.word(at).to_owned());
                return Some(if date_next {
                    Locator { end: at + 1, volume: value, ..Locator::default() }
                } else {
                    Locator { end: at + 1, pages: value, ..Locator::default() }
                });
            }
        }
        None
    }

    /// "(1994) 28 Sociology 379", "43 Ind. L. Rev. 1150": volume, reporter, first page.
    fn reporter(&mut self, at: usize, to: usize) -> Option<usize> {
        let tokens = self.tokens;
        let fresh = self.open.is_none();
        if !fresh {
            return None;
        }
        let dated = matches!(self.units.last().map(|unit| &unit.kind), Some(UnitKind::Date(_)));
        let volume = tokens.is_number(at) && tokens.word(at).len() <= 4
            || dated && tokens.is_all_caps(at) && tokens.word(at).len() <= 5 && tokens.word(at).bytes().all(|b| matches!(b, b'I' | b'V' | b'X' | b'L'));
        let first = if volume { at + 1 } else { at };
        if !(volume && (dated || self.border.has(Border::COMMA) || self.units.is_empty()) || dated) || !tokens.is_capitalised(first) {
            return None;
        }
        let mut page = None;
        for index in first + 1..(first + 16).min(to) {
            match tokens.punctuation(index) {
                Some('.' | '&' | '’' | '\'') => {}
                Some(_) => break,
                None if tokens.is_number(index) && tokens.word(index).len() <= 5 && (tokens.year(index).is_none() || !dated && tokens.is(index + 1, '(')) => {
                    let next = index + 1;
                    let closed = next >= to || matches!(tokens.punctuation(next), Some(',' | '.' | '(' | ';' | ')' | '-' | '–')) || tokens.says(next, "at");
                    if closed {
                        page = Some(index);
                    }
                    break;
                }
                None => {}
            }
        }
        let page = page?;
        if volume {
            let value = Some(tokens.word(at).to_owned());
            self.push(at, first, UnitKind::Locator(Locator { end: first, volume: value, ..Locator::default() }));
        }
        self.open = Some(first);
        self.flush(page);
        let mut found =
            locator::bare_range(tokens, page).unwrap_or_else(|| Locator { end: page + 1, pages: Some(tokens.word(page).to_owned()), ..Locator::default() });
        if tokens.is(found.end, ',') && tokens.is_number(found.end + 1) && tokens.year(found.end + 1).is_none() {
            let rest = locator::bare_range(tokens, found.end + 1).map_or(found.end + 2, |range| range.end);
            found.pinpoint = Some(tokens.slice(found.end + 1, rest).to_owned());
            found.end = rest;
        }
        let end = found.end.min(to);
        Some(self.push(page, end, UnitKind::Locator(found)))
    }

    /// "… guide and tools Cairo: Publisher": a known place before the colon is a unit of its own.
    fn split_place(&mut self, to: usize) {
        let Some(from) = self.open else { return };
        for words in [3, 2, 1] {
            let Some(start) = to.checked_sub(words).filter(|&start| start > from + 1) else { continue };
            let lower_before =
                self.tokens.is_word(start - 1) && !self.tokens.is_capitalised(start - 1) && !self.tokens.classes(start - 1).has(Classes::FUNCTION);
            if lower_before && lexicon::name(self.tokens.slice(start, to)) == Some(lexicon::NameKind::Place) {
                self.flush(start);
                self.open = Some(start);
                return;
            }
        }
    }

    fn punctuation_or_word(&mut self, at: usize) -> usize {
        let tokens = self.tokens;
        let Some(c) = tokens.punctuation(at) else {
            self.open.get_or_insert(at);
            return at + 1;
        };
        let spaced = tokens.space_before(at + 1);
        let border = match c {
            ',' if spaced
                || !(at > 0 && tokens.is_number(at - 1) && !tokens.space_before(at) && tokens.is_number(at + 1) && tokens.word(at + 1).len() == 3) =>
            {
                Border::COMMA
            }
            ';' => Border::SEMICOLON,
            ':' if spaced || tokens.is_capitalised(at + 1) || self.open.is_none() => Border::COLON,
            '(' | '[' | '{' | '<' => Border::OPEN,
            ')' | ']' | '}' | '>' => Border::CLOSE,
            '–' | '—' | '―' | '-' | '‐' | '−' if spaced && tokens.space_before(at) => Border::DASH,
            '?' | '!' if spaced || at + 1 >= tokens.len() => Border::QUESTION,
            '.' if tokens.ends_sentence(at) || self.open.is_none() => Border::PERIOD,
            // "vitamin D. Journal", "Washington, D.C. RAND": the abbreviation may end a part as well.
            '.' if spaced
                && tokens.is_capitalised(at + 1)
                && at > 1
                && (tokens.is_initial(at - 1) && tokens.is_word(at - 2) && !tokens.is_capitalised(at - 2)
                    || tokens.is(at - 2, '.') && tokens.is_initial(at - 1) && !is_country(tokens, at - 1)) =>
            {
                Border::SOFT
            }
            '.' if spaced
                && at > 0
                && tokens.classes(at - 1).has(Classes::ABBREVIATION)
                && tokens.is_capitalised(at + 1)
                && tokens.word(at + 1).len() > 2
                && !(tokens.says(at - 1, "univ") && tokens.says(at + 1, "press")) =>
            {
                Border::SOFT
            }
            '|' => Border::DASH,
            '…' | '•' | '”' | '"' | '“' => Border::COMMA,
            _ => {
                self.open.get_or_insert(at);
                return at + 1;
            }
        };
        if border == Border::COLON {
            self.split_place(at);
        }
        // The sign is part of the words where nothing else closes them: a question mark belongs to its title.
        let keep = border == Border::QUESTION && self.open.is_some();
        self.flush(if keep { at + 1 } else { at });
        self.border.add(border);
        if border == Border::OPEN {
            self.depth = self.depth.saturating_add(1);
        } else if border == Border::CLOSE {
            self.depth = self.depth.saturating_sub(1);
        }
        at + 1
    }
}

/// "U.S. Census Bureau", "U.N. Office": the letter before the full stop ends the short name of a country, which words follow.
fn is_country(tokens: &Tokens, at: usize) -> bool {
    at >= 2 && (tokens.word(at - 2) == "U" && matches!(tokens.word(at), "S" | "K" | "N") || tokens.word(at - 2) == "E" && tokens.word(at) == "U")
}

/// True if a locator may end before token `end`.
fn closes(tokens: &Tokens, end: usize, to: usize) -> bool {
    end >= to
        || tokens.punctuation(end).is_some_and(|c| !matches!(c, '%' | '/' | '°'))
        || tokens.says(end, "doi")
        || tokens.says(end, "at")
        || tokens.says(end, "http")
        || tokens.says(end, "https")
        || tokens.year(end).is_some()
}

/// The best reading of persons from `at` on.
fn best_persons(tokens: &Tokens, at: usize, to: usize) -> Option<(usize, Vec<Name>)> {
    let readings = name::persons(tokens, at, to);
    readings.into_iter().max_by(|a, b| a.score.total_cmp(&b.score)).map(|best| (best.end, best.names().to_vec()))
}

/// The index after "(eds.)", ", editors.", "(Ed.)," from `at` on.
fn editor_mark(tokens: &Tokens, at: usize) -> Option<usize> {
    let mut next = at;
    let open = matches!(tokens.punctuation(next), Some('(' | '['));
    if open || tokens.is(next, ',') {
        next += 1;
    }
    if !tokens.has(next, Roles::EDITOR_MARK) {
        return None;
    }
    next += 1;
    if tokens.is(next, '.') {
        next += 1;
    }
    if open && matches!(tokens.punctuation(next), Some(')' | ']')) {
        next += 1;
    }
    Some(next)
}
