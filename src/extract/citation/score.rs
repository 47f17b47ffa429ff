//! What speaks for and against each reading of a stretch of a reference, as hand-set scores.
//!
//! The scores are sums of evidence on a scale where 1 is a weak hint, 3 a clear one and 5 near certainty. They were set by reading references in the
//! styles of policy work (Chicago notes and bibliography, APA, Harvard, MLA, Vancouver, RAND, OSCOLA, Bluebook) and say what those styles have in
//! common: a title is the longest run of words, ends at a full stop or closes its quotation marks; a periodical stands before numbers; a publisher
//! follows its place; names of institutions have heads such as "Ministry".

use super::date::Precision;
use super::lexicon::{self, Classes, NameKind};
use super::role::Roles;
use super::token::{Kind, Tokens};
use super::unit::{Border, Unit, UnitKind};

/// What a stretch of text is read as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Label {
    /// Nothing read yet.
    Start,
    Author,
    Title,
    Container,
    Publisher,
    Place,
    Date,
    Locator,
    Editor,
    Address,
    Accessed,
    Number,
    /// Words without a field of their own.
    Other,
}

/// Which fields a reading has filled, as bits.
pub(super) mod used {
    pub const AUTHOR: u16 = 1;
    pub const TITLE: u16 = 1 << 1;
    pub const CONTAINER: u16 = 1 << 2;
    pub const PUBLISHER: u16 = 1 << 3;
    pub const PLACE: u16 = 1 << 4;
    pub const DATE: u16 = 1 << 5;
    pub const QUOTED: u16 = 1 << 6;
    pub const IN: u16 = 1 << 7;
    pub const LOCATOR: u16 = 1 << 8;
    pub const EDITOR: u16 = 1 << 9;
}

/// Counts of kinds of words in a stretch.
#[derive(Debug, Clone, Copy, Default)]
struct Counts {
    words: i16,
    /// Lower-case words that are no function words.
    lower: i16,
    function: i16,
    abbreviated: i16,
    periodical: i16,
    journal: i16,
    publisher: i16,
    institution: i16,
    report: i16,
    digits: i16,
    acronyms: i16,
}

impl Counts {
    fn of(tokens: &Tokens, from: usize, to: usize) -> Self {
        let mut counts = Self::default();
        for index in from..to {
            let Some(token) = tokens.get(index) else { break };
            match token.kind {
                Kind::Word => {
                    counts.words += 1;
                    let classes = token.classes;
                    let capital = tokens.is_capitalised(index);
                    let letters = token.end - token.start;
                    counts.function += i16::from(classes.has(Classes::FUNCTION));
                    counts.lower += i16::from(!capital && !classes.has(Classes::FUNCTION));
                    let stopped = tokens.is(index + 1, '.');
                    counts.abbreviated +=
                        i16::from(capital && !classes.has(Classes::FUNCTION) && (classes.has(Classes::ABBREV) || stopped && letters <= 8 && index + 1 < to));
                    counts.periodical += i16::from(classes.has(Classes::PERIODICAL) && capital);
                    counts.journal += i16::from(classes.has(Classes::JOURNAL) && capital);
                    counts.publisher += i16::from(classes.has(Classes::PUBLISHER) && capital);
                    counts.institution += i16::from(classes.has(Classes::INSTITUTION) && capital);
                    counts.report += i16::from(classes.has(Classes::REPORT));
                    counts.acronyms += i16::from(letters >= 2 && tokens.is_all_caps(index));
                }
                Kind::Number | Kind::Mixed => counts.digits += 1,
                Kind::Punctuation(_) => {}
            }
        }
        counts
    }

    fn plus(self, other: Self) -> Self {
        self.combine(other, 1)
    }

    fn minus(self, other: Self) -> Self {
        self.combine(other, -1)
    }

    fn combine(self, other: Self, sign: i16) -> Self {
        Self {
            words: self.words + sign * other.words,
            lower: self.lower + sign * other.lower,
            function: self.function + sign * other.function,
            abbreviated: self.abbreviated + sign * other.abbreviated,
            periodical: self.periodical + sign * other.periodical,
            journal: self.journal + sign * other.journal,
            publisher: self.publisher + sign * other.publisher,
            institution: self.institution + sign * other.institution,
            report: self.report + sign * other.report,
            digits: self.digits + sign * other.digits,
            acronyms: self.acronyms + sign * other.acronyms,
        }
    }
}

/// The state of a reading before a stretch.
#[derive(Debug, Clone, Copy)]
pub(super) struct Before {
    pub label: Label,
    pub used: u16,
}

/// What a unit is and how it begins and ends, as bits.
#[derive(Debug, Clone, Copy, Default)]
struct Traits(u32);

impl Traits {
    const TEXT: Self = Self(1);
    const QUOTE: Self = Self(1 << 1);
    const DATE: Self = Self(1 << 2);
    /// A date exact to the month.
    const MONTH: Self = Self(1 << 3);
    const LOCATOR: Self = Self(1 << 4);
    const VOLUME: Self = Self(1 << 5);
    const ISSUE: Self = Self(1 << 6);
    const PAGES: Self = Self(1 << 7);
    const EDITION: Self = Self(1 << 8);
    /// "TITLE 25 (2014)": a page before the year, as in The Bluebook's book citations.
    const BOOK: Self = Self(1 << 9);
    /// A volume alone, without words that say so.
    const BARE_VOLUME: Self = Self(1 << 10);
    const NUMBER: Self = Self(1 << 11);
    /// An address or words about it, or nothing: the reference has said what it is.
    const CLOSING: Self = Self(1 << 12);
    const LOWER: Self = Self(1 << 13);
    /// It begins with "and" or "&".
    const AND: Self = Self(1 << 14);
    /// It begins in the middle of words.
    const CUT: Self = Self(1 << 15);
    /// The first known name that begins here is one of a place.
    const PLACED: Self = Self(1 << 16);
    /// In brackets that open before it.
    const OPENED: Self = Self(1 << 17);
    /// A remark on the work in such brackets.
    const REMARK: Self = Self(1 << 18);

    fn has(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    fn set(&mut self, other: Self, holds: bool) {
        self.0 |= if holds { other.0 } else { 0 };
    }

    fn of(tokens: &Tokens, unit: &Unit) -> Self {
        let mut traits = match &unit.kind {
            UnitKind::Text => Self::TEXT,
            UnitKind::Quote => Self::QUOTE,
            UnitKind::Date(date) if date.precision >= Precision::Month => Self(Self::DATE.0 | Self::MONTH.0),
            UnitKind::Date(_) => Self::DATE,
            UnitKind::Number(_) => Self::NUMBER,
            UnitKind::Address(_) | UnitKind::Accessed(_) | UnitKind::Lead => Self::CLOSING,
            UnitKind::Locator(found) => {
                let mut traits = Self::LOCATOR;
                let (volume, issue, pages) = (found.volume.is_some(), found.issue.is_some(), found.pages.is_some());
                traits.set(Self::VOLUME, volume);
                traits.set(Self::ISSUE, issue);
                traits.set(Self::PAGES, pages);
                traits.set(Self::EDITION, found.edition.is_some());
                traits.set(Self::BOOK, volume && !pages && !issue && found.date.is_some() && !found.explicit);
                traits.set(Self::BARE_VOLUME, volume && !pages && !found.explicit);
                traits
            }
            UnitKind::Editors(_) | UnitKind::In | UnitKind::By(_) => Self::default(),
        };
        let first = tokens.word(unit.from);
        traits.set(Self::LOWER, first.starts_with(char::is_lowercase));
        traits.set(Self::AND, first == "and" || first == "&");
        traits.set(Self::OPENED, unit.bracketed && unit.before.has(Border::OPEN));
        traits
    }
}

/// How a unit joins the one before it in one stretch: the index of its penalty in [`Joins`], and what its kind adds to it.
#[derive(Debug, Clone, Copy)]
struct Seam {
    border: usize,
    kind: f32,
}

impl Seam {
    const ABBREVIATION: usize = 0;
    const PERIOD: usize = 1;
    const QUESTION: usize = 2;
    const SEMICOLON: usize = 3;
    const COLON: usize = 4;
    const COMMA: usize = 5;
    const LISTED: usize = 6;
    const OTHER: usize = 7;

    fn of(tokens: &Tokens, previous: &Unit, unit: &Unit) -> Self {
        let before = unit.before;
        let border = if before.has(Border::PERIOD) {
            if abbreviation_before(tokens, previous.to) { Self::ABBREVIATION } else { Self::PERIOD }
        } else if before.has(Border::QUESTION) {
            Self::QUESTION
        } else if before.has(Border::SEMICOLON) {
            Self::SEMICOLON
        } else if before.has(Border::COLON) {
            Self::COLON
        } else if before.has(Border::COMMA) {
            Self::COMMA
        } else {
            Self::OTHER
        };
        let kind = match &unit.kind {
            UnitKind::Date(_) => 0.9,
            UnitKind::Locator(_) => 1.6,
            UnitKind::Number(_) => 2.0,
            _ => 0.0,
        };
        Self { border, kind }
    }
}

/// The penalties for joining units over each border, by [`Seam::border`].
pub(super) type Joins = [f32; 8];

const fn joins(period: f32, comma: f32, colon: f32, other: f32) -> Joins {
    [period * 0.15, period, 0.8, 1.0, colon, comma, comma * 0.3, other]
}

/// Penalties for joining over a full stop, a comma, a colon, other signs.
pub(super) const IN_TITLE: Joins = joins(2.0, 0.3, 0.0, 0.1);
pub(super) const IN_CONTAINER: Joins = joins(1.6, 0.5, 0.4, 0.3);
pub(super) const IN_PUBLISHER: Joins = joins(1.6, 0.7, 2.5, 0.3);
pub(super) const IN_PLACE: Joins = joins(1.0, 0.0, 2.0, 0.3);
const IN_INSTITUTION: Joins = joins(1.8, 0.2, 1.5, 0.4);

/// The units of a reference with what is summed up once for all stretches.
pub(super) struct Features<'a, 't> {
    pub tokens: &'t Tokens<'a>,
    pub units: &'t [Unit],
    last_border: Border,
    sums: Vec<Counts>,
    /// The traits of each unit, and of two places past the last.
    traits: Vec<Traits>,
    seams: Vec<Seam>,
    /// The kind of known name in the one, two or three units from each on.
    names: Vec<[Option<NameKind>; 3]>,
    /// The number of quotations before each unit.
    quotes: Vec<u8>,
    /// A volume or pages are given.
    has_locator: bool,
}

fn few(count: i16, most: i16) -> f32 {
    f32::from(count.min(most))
}

impl<'a, 't> Features<'a, 't> {
    pub fn new(tokens: &'t Tokens<'a>, units: &'t [Unit], last_border: Border) -> Self {
        let mut sums = Vec::with_capacity(units.len() + 1);
        sums.push(Counts::default());
        let mut total = Counts::default();
        for unit in units {
            total = total.plus(Counts::of(tokens, unit.from, unit.to));
            sums.push(total);
        }
        let mut traits = Vec::with_capacity(units.len() + 2);
        traits.extend(units.iter().map(|unit| Traits::of(tokens, unit)));
        traits.extend([Traits::CLOSING; 2]);
        let mut seams = Vec::with_capacity(units.len());
        seams.extend(units.iter().enumerate().map(|(index, unit)| Seam::of(tokens, &units[index.saturating_sub(1)], unit)));
        let mut quotes = Vec::with_capacity(units.len() + 1);
        quotes.push(0u8);
        for (index, unit) in traits[..units.len()].iter().enumerate() {
            quotes.push(quotes[index].saturating_add(u8::from(unit.has(Traits::QUOTE))));
        }
        let has_locator = traits.iter().any(|unit| unit.has(Traits::PAGES) || unit.has(Traits::VOLUME));
        let mut features = Self { tokens, units, last_border, sums, traits, seams, names: Vec::with_capacity(units.len()), quotes, has_locator };
        for index in 0..units.len() {
            features.names.push([1, 2, 3].map(|count| features.name(index, count)));
        }
        for index in 0..units.len() {
            features.complete(index);
        }
        features
    }

    /// The kind of known name that `count` units of text from unit `from` on are.
    fn name(&self, from: usize, count: usize) -> Option<NameKind> {
        let last = self.units.get(from + count - 1)?;
        if !self.traits[from..from + count].iter().all(|unit| unit.has(Traits::TEXT)) {
            return None;
        }
        let first = self.units[from].from;
        if !self.may_be_named(first) {
            return None;
        }
        let words = self.tokens.slice(first, last.to);
        lexicon::name(words).or_else(|| (self.tokens.is_capitalised(first) && lexicon::is_body(words)).then_some(NameKind::Body))
    }

    /// False if no known name begins with the word at token `first`, after the article.
    fn may_be_named(&self, first: usize) -> bool {
        let start = if self.tokens.says(first, "the") { first + 1 } else { first };
        self.tokens.has(start, Roles::NAME) || !self.tokens.is_word(start) || !self.tokens.word(start).is_ascii()
    }

    /// Sets the traits that rest on the names and counts.
    fn complete(&mut self, index: usize) {
        let inside = index > 0 && self.before(index) == Border::NONE && self.traits[index - 1].has(Traits::TEXT);
        let cut = inside && self.names[index][0].is_none();
        let placed = self.names[index].iter().flatten().next() == Some(&NameKind::Place);
        let remark = self.traits[index].has(Traits::OPENED) && self.remarks(index);
        let traits = &mut self.traits[index];
        traits.set(Traits::CUT, cut);
        traits.set(Traits::PLACED, placed);
        traits.set(Traits::REMARK, remark);
    }

    /// True if the unit has one of the traits; none is past the second place after the last.
    fn is(&self, index: usize, traits: Traits) -> bool {
        self.traits.get(index).is_some_and(|unit| unit.has(traits))
    }

    /// True for a unit that may open a stretch that bears a label.
    pub fn opens(&self, index: usize) -> bool {
        // An identifier opens a title only where words follow it without a border.
        let numbered = self.is(index, Traits::NUMBER) && self.after(index + 1) == Border::NONE;
        self.traits[index].0 & (Traits::TEXT.0 | Traits::QUOTE.0 | Traits::DATE.0) != 0 || numbered
    }

    /// True for a unit that such a stretch may run over.
    pub fn goes_on(&self, index: usize) -> bool {
        self.traits[index].0 & (Traits::TEXT.0 | Traits::QUOTE.0 | Traits::DATE.0 | Traits::NUMBER.0 | Traits::LOCATOR.0) != 0
    }

    /// True if a stretch may end with the unit; one that is dated only if it is a title.
    pub fn ends(&self, index: usize, title: bool) -> bool {
        !(self.is(index, Traits::LOCATOR) || !title && self.is(index, Traits::DATE))
    }

    fn counts(&self, from: usize, to: usize) -> Counts {
        self.sums[to].minus(self.sums[from])
    }

    pub fn after(&self, to: usize) -> Border {
        self.units.get(to).map_or(self.last_border, |unit| unit.before)
    }

    fn before(&self, from: usize) -> Border {
        self.units[from].before
    }

    /// The kind of name that a whole stretch is.
    fn known(&self, from: usize, to: usize) -> Option<NameKind> {
        match to - from {
            length @ 1..=3 => self.names[from][length - 1],
            _ => None,
        }
    }

    fn is_text(&self, index: usize) -> bool {
        self.is(index, Traits::TEXT) || self.is_quote(index)
    }

    pub fn is_quote(&self, index: usize) -> bool {
        self.is(index, Traits::QUOTE)
    }

    fn is_date(&self, index: usize) -> bool {
        self.is(index, Traits::DATE)
    }

    /// True where a place of publication or a publisher closes what was said: a date follows, or an address, or nothing.
    pub fn closes(&self, index: usize) -> bool {
        self.is_date(index) || self.is(index, Traits::CLOSING)
    }

    /// What joining the units up to before `to` costs, where joining all but the last of them cost `sofar`.
    pub fn join(&self, from: usize, to: usize, joins: &Joins, sofar: f32) -> f32 {
        let last = to - 1;
        if last == from {
            return 0.0;
        }
        let add = |score: f32, index: usize, comma: usize| {
            let Seam { border, kind } = self.seams[index];
            score - joins[if border == Seam::COMMA { comma } else { border }] - kind
        };
        if self.is(last, Traits::AND) {
            // "Science, Technology, & Human Values": all commas before are those of a list.
            return (from + 1..to).fold(0.0, |score, index| add(score, index, Seam::LISTED));
        }
        add(sofar, last, Seam::COMMA)
    }

    /// What joining the units `from..to` costs.
    fn joined(&self, from: usize, to: usize, joins: &Joins) -> f32 {
        (from + 1..=to).fold(0.0, |sofar, to| self.join(from, to, joins, sofar))
    }

    /// A title from unit `from` to before unit `to`.
    pub fn title(&self, from: usize, to: usize, joined: f32) -> f32 {
        let counts = self.counts(from, to);
        let after = self.after(to);
        // “All of it”: A report on ports: the words after the colon belong to the title.
        let subtitled = to == from + 2 && self.is_quote(from) && self.before(from + 1) == Border::COLON && self.is(from + 1, Traits::TEXT);
        if subtitled && self.counts(from + 1, to).words >= 3 && self.known(from + 1, to).is_none() && !self.is(to, Traits::LOCATOR) {
            return 7.8 - self.cut(from);
        }
        let quoted = to == from + 1 && self.is_quote(from);
        // "(n.d.)", "(2020)": a date alone is no title.
        if (from..to).all(|unit| self.is_date(unit)) {
            return -9.0;
        }
        let mut score = 0.0;
        if quoted {
            score += if counts.words > 0 { 6.0 } else { 1.0 };
            if counts.words <= 2 && !after.has(Border::COMMA) && !after.has(Border::PERIOD) && self.is_text(to) && after == Border::NONE {
                score -= 4.0;
            }
        } else {
            score += match counts.words {
                i16::MIN..=0 => -3.0,
                1 => -1.2,
                2 => 0.0,
                3 => 1.0,
                4..=28 => 1.8,
                29..=45 => 1.2,
                _ => 0.2,
            };
            score += 0.25 * few(counts.lower + counts.function, 6);
            if counts.abbreviated * 2 >= counts.words && counts.words < 8 {
                score -= 2.5;
            }
            score -= match self.known(from, to) {
                Some(NameKind::Newspaper | NameKind::Magazine | NameKind::Preprint) => 2.5,
                Some(NameKind::Place | NameKind::Publisher | NameKind::Region) => 3.5,
                Some(NameKind::Body) => 2.0,
                Some(NameKind::Journal | NameKind::Platform) => 1.5,
                None => 0.0,
            };
            if counts.words < 8 {
                score -= 0.5 * few(counts.periodical, 2);
            }
            if counts.words < 6 {
                score -= 0.8 * few(counts.publisher, 2);
            }
            if self.is(from, Traits::LOWER) {
                score -= 0.7;
            }
            if self.is(from, Traits::OPENED) && from > 0 {
                score -= 1.5;
            }
            if self.is(from, Traits::REMARK) {
                score -= 2.0;
            }
            let own_quotes = self.quotes[to] - self.quotes[from];
            // The title is in quotation marks elsewhere.
            if self.quotes.last().is_some_and(|&all| all > own_quotes) {
                score -= 2.5;
            }
            if own_quotes > 0 {
                score -= 0.3;
            }
        }
        score += joined;
        if !quoted {
            score += if after.has(Border::PERIOD) {
                0.9
            } else if after.has(Border::QUESTION) {
                1.3
            } else if after.has(Border::COLON) {
                -1.5
            } else if after.has(Border::SOFT) {
                -0.2
            } else if after.has(Border::OPEN) {
                0.2
            } else if after.has(Border::EDGE) {
                0.3
            } else if after.has(Border::COMMA) || after.has(Border::DASH) || after.has(Border::SEMICOLON) {
                0.0
            } else if self.is(to, Traits::BOOK) || self.is(to, Traits::EDITION) {
                -0.2
            } else if self.is(to, Traits::LOCATOR) {
                -1.2
            } else {
                -0.5
            };
        }
        score - self.cut(from)
    }

    /// What the part before a title from unit `from` says of it.
    pub fn title_after(&self, from: usize, before: Before) -> f32 {
        let subtitle = !self.is_quote(from) && self.before(from).has(Border::COLON) && matches!(before.label, Label::Title | Label::Place);
        let score = if subtitle { -1.5 } else { 0.0 };
        score
            + match before.label {
                Label::Start | Label::Author | Label::Date | Label::Editor => 0.6,
                Label::Container | Label::Publisher | Label::Place => -2.0,
                _ => 0.0,
            }
    }

    pub fn page_of_book(&self, index: usize) -> bool {
        self.is(index, Traits::BOOK)
    }

    /// A stretch that begins in the middle of words is unlikely.
    fn cut(&self, from: usize) -> f32 {
        if self.is(from, Traits::CUT) { 2.0 } else { 0.0 }
    }

    /// A question mark ends the stretch, or it begins with a lower-case word: a title may, a name does not.
    fn is_no_name(&self, from: usize, to: usize) -> f32 {
        let question = self.after(to).has(Border::QUESTION);
        (if question { 2.5 } else { 0.0 }) + (if self.is(from, Traits::LOWER) { 1.2 } else { 0.0 }) + self.cut(from)
    }

    /// A periodical, collection or website that holds the work.
    pub fn container(&self, from: usize, to: usize, joined: f32) -> f32 {
        let counts = self.counts(from, to);
        let after = self.after(to);
        let mut score = -0.8;
        let known = self.known(from, to);
        score += match known {
            Some(NameKind::Newspaper | NameKind::Magazine | NameKind::Journal | NameKind::Preprint) => 4.0,
            Some(NameKind::Platform) => 2.0,
            Some(NameKind::Place) => -3.0,
            Some(NameKind::Region) => -2.5,
            Some(NameKind::Publisher) => -2.0,
            Some(NameKind::Body) => -0.8,
            None => 0.0,
        };
        score += 1.3 * few(counts.periodical, 2) + 0.5 * few(counts.journal, 2);
        if counts.abbreviated > 0 {
            score += 0.5 * few(counts.abbreviated, 4) * if counts.abbreviated * 3 >= counts.words { 1.0 } else { 0.3 };
        }
        if from.checked_sub(1).is_some_and(|index| self.is(index, Traits::BARE_VOLUME)) {
            score += 2.5;
        }
        if self.is(to, Traits::VOLUME) || self.is(to, Traits::ISSUE) {
            score += 2.8;
        } else if self.is(to, Traits::PAGES) {
            score += 1.8;
        }
        if self.is_date(to) {
            score += if self.is(to, Traits::MONTH) { 1.2 } else { 0.4 };
            if self.is(to + 1, Traits::LOCATOR) {
                score += 1.6;
            }
        }
        if counts.words > 12 {
            score -= 0.15 * f32::from(counts.words - 12);
        }
        score -= 0.45 * few(counts.lower, 5);
        score -= 0.9 * few(counts.publisher, 2);
        score -= 0.7 * self.is_no_name(from, to);
        score += joined;
        if counts.words == 0 {
            score -= 4.0;
        }
        if self.names_daily(from, to, counts) {
            score += 1.6;
        }
        let located = self.is(to, Traits::LOCATOR);
        if !located && known.is_none() && self.names_organisation(from, to, counts) {
            score -= 1.8;
        }
        if after.has(Border::COLON) && !located {
            score -= 0.6;
        }
        score
    }

    /// What the part before a container from unit `from` on says of it. `alone` is true for a quotation that is all of it, `site` for what
    /// [`Features::is_site`] says.
    pub fn container_after(&self, from: usize, alone: bool, site: bool, before: Before) -> f32 {
        let border = self.before(from);
        let mut score = 0.0;
        if before.used & used::IN != 0 && matches!(before.label, Label::Other | Label::Editor) {
            score += 4.5;
        }
        if before.used & used::EDITOR != 0 && before.label == Label::Editor {
            score += 1.0;
        }
        if alone {
            score -= if before.used & used::TITLE != 0 { 1.0 } else { 6.0 };
        }
        if before.used & used::QUOTED != 0 && before.label == Label::Title {
            score += 1.6;
        }
        if before.label == Label::Title && border.has(Border::PERIOD) {
            score += 0.3;
        }
        if before.label == Label::Author && before.used & used::TITLE == 0 {
            score -= 0.3;
        }
        if before.label == Label::Place && border.has(Border::COLON) {
            score -= 3.0;
        }
        if self.units[from].bracketed && before.label != Label::Other {
            score -= 1.5;
        }
        // The institution in the slot of a website publishes it.
        if site && before.used & used::IN == 0 {
            score -= 2.0;
        }
        score
    }

    /// True for an institution where a periodical might stand.
    pub fn is_site(&self, from: usize, to: usize) -> bool {
        let counts = self.counts(from, to);
        counts.institution > 0 && counts.journal + counts.periodical == 0 && self.known(from, to).is_none() && !self.is(to, Traits::LOCATOR)
    }

    /// "Harbour Change International", "Ports Watch": the last of two or more capitalised words is one that organisations bear.
    fn names_organisation(&self, from: usize, to: usize, counts: Counts) -> bool {
        to == from + 1
            && counts.words >= 2
            && counts.lower == 0
            && counts.periodical + counts.journal == 0
            && self.tokens.has(self.units[to - 1].to.saturating_sub(1), Roles::ORGANISATION)
    }

    /// "Attica Daily", "Herald of the North": the first or last word is one that newspapers bear.
    fn names_daily(&self, from: usize, to: usize, counts: Counts) -> bool {
        let (first, last) = (self.units[from].from, self.units[to - 1].to.saturating_sub(1));
        to <= from + 2
            && (2..=5).contains(&counts.words)
            && [first, last].iter().any(|&index| self.tokens.classes(index).has(Classes::NEWSPAPER) && self.tokens.is_capitalised(index))
    }

    /// A publisher, or the institution in the website slot.
    pub fn publisher(&self, from: usize, to: usize, joined: f32) -> f32 {
        let counts = self.counts(from, to);
        let mut score = -0.6;
        if self.is_quote(from) {
            score -= 5.0;
        }
        score += match self.known(from, to) {
            Some(NameKind::Publisher) => 4.0,
            Some(NameKind::Body) => 2.0,
            Some(NameKind::Newspaper | NameKind::Magazine | NameKind::Journal | NameKind::Preprint) => -2.5,
            Some(NameKind::Place | NameKind::Region) => -2.5,
            Some(NameKind::Platform) => -0.5,
            None => 0.0,
        };
        score += 1.9 * few(counts.publisher, 2) + 1.0 * few(counts.institution, 2);
        if counts.institution == 0 && self.names_organisation(from, to, counts) {
            score += 1.0;
        }
        if counts.words <= 2 && counts.acronyms > 0 && counts.acronyms == counts.words {
            score += 0.8;
        }
        if self.is(to, Traits::PLACED) {
            score += 0.6;
        }
        if self.closes(to) {
            score += 0.6;
        }
        if self.units[from].bracketed {
            score += 0.6 - self.enclosed(from, to);
        }
        score -= self.is_no_name(from, to);
        if counts.words > 9 {
            score -= 0.3 * f32::from(counts.words - 9);
        }
        score -= 0.6 * few(counts.lower, 4);
        score -= 1.2 * few(counts.periodical, 2);
        if counts.digits > 0 {
            score -= 1.0;
        }
        if counts.words == 0 {
            score -= 4.0;
        }
        if self.is(to, Traits::VOLUME) {
            score -= 1.5;
        }
        score + joined
    }

    /// What the part before a publisher from unit `from` says of it.
    pub fn publisher_after(&self, from: usize, before: Before) -> f32 {
        let mut score = 0.0;
        if before.label == Label::Place {
            let border = self.before(from);
            score += if border.has(Border::COLON) || border.has(Border::SEMICOLON) { 4.0 } else { 0.8 };
        }
        if before.used & used::IN != 0 && before.used & used::CONTAINER == 0 {
            score -= 3.0;
        }
        if before.used & used::QUOTED != 0 && before.label == Label::Title && !self.has_locator {
            score += 0.4;
        }
        if before.used & used::TITLE == 0 {
            score -= 2.5;
        }
        score
    }

    /// A place of publication.
    pub fn place(&self, from: usize, to: usize, joined: f32) -> f32 {
        let counts = self.counts(from, to);
        let first = self.names[from][0];
        let second = self.names.get(from + 1).and_then(|names| names[0]);
        let mut score = match (to - from, self.known(from, to), first, second) {
            (_, Some(NameKind::Place), ..) => 2.6,
            (2, _, Some(NameKind::Place), Some(NameKind::Region | NameKind::Place)) => 3.2,
            (3, _, Some(NameKind::Place), Some(NameKind::Region)) if self.names[from + 2][0] == Some(NameKind::Region) => 3.4,
            (2, _, None, Some(NameKind::Region)) if counts.words <= 4 => 1.6,
            (1, Some(NameKind::Region), ..) => 0.6,
            (1, ..) if counts.words <= 3 && counts.words > 0 && counts.lower == 0 && counts.digits == 0 => -1.6,
            (3, _, _, Some(NameKind::Region)) if self.names[from + 2][0] == Some(NameKind::Region) && counts.words <= 6 => 1.9,
            (2, ..) if counts.words <= 4 && counts.lower == 0 && counts.digits == 0 => -2.4,
            _ => return -9.0,
        };
        // "Cambridge and New York", "London/New York"
        if to - from == 1 && score < 0.0 && self.pair_of_places(from) {
            score = 2.6;
        }
        let after = self.after(to);
        if after.has(Border::COLON) && self.is_text(to) {
            score += 2.0;
            // "Harbour Board, Ports Roundup: The Year So Far": what is no known place stands before a publisher, not before a subtitle.
            if score < 1.0 && self.subtitle_follows(to) {
                score -= 2.2;
            }
        } else if after.has(Border::SEMICOLON) && self.is_text(to) {
            score += 0.8;
        }
        if self.units[from].bracketed && self.is_date(to) {
            score += 0.6;
            // "(Port Haven, 2024)": the first word tells that it is a place.
            let named = self.tokens.has(self.units[from].from, Roles::TOWN);
            if named && to == from + 1 && (2..=3).contains(&counts.words) && self.known(from, to).is_none() {
                score += 3.4;
            }
        }
        score -= self.enclosed(from, to);
        if self.is_quote(from) {
            score -= 5.0;
        }
        if counts.institution > 0 || counts.publisher > 0 {
            score -= 2.0;
        }
        if counts.function > 0 && score < 2.0 {
            score -= 2.0;
        }
        score + joined
    }

    /// What the part before a place says of it, which `closes` the imprint or not.
    pub fn place_after(closes: bool, before: Before) -> f32 {
        let mut score = 0.0;
        if before.label == Label::Publisher && closes {
            score += 0.9;
        }
        if before.used & used::TITLE == 0 {
            score -= 2.5;
        }
        if before.used & used::IN != 0 && before.used & used::CONTAINER == 0 {
            score -= 2.0;
        }
        score
    }

    /// "(AI RMF 1.0)": what stands in brackets by itself, without a date, is a note to the words before.
    fn enclosed(&self, from: usize, to: usize) -> f32 {
        let alone = self.is(from, Traits::OPENED) && self.after(to).has(Border::CLOSE);
        if alone && !self.is_date(to) { 1.8 } else { 0.0 }
    }

    /// True if nothing in the unit at `index` is of a publisher: it may be the second half of a title.
    fn subtitle_follows(&self, index: usize) -> bool {
        let counts = self.counts(index, index + 1);
        let acronym = counts.acronyms > 0 && counts.acronyms == counts.words;
        counts.words >= 2 && counts.publisher + counts.institution == 0 && !acronym && self.known(index, index + 1).is_none()
    }

    fn pair_of_places(&self, unit: usize) -> bool {
        let (from, to) = (self.units[unit].from, self.units[unit].to);
        let middle = (from..to)
            .find(|&index| self.tokens.word(index) == "and" || self.tokens.is(index, '/') || self.tokens.is(index, '&') || self.tokens.is_dash(index));
        middle.is_some_and(|middle| {
            let place = |from, to| lexicon::name(self.tokens.slice(from, to)) == Some(NameKind::Place);
            place(from, middle) && place(middle + 1, to)
        })
    }

    /// True for a number at unit `at` that a comma parts from the words after it.
    fn numbered_title_follows(&self, at: usize) -> bool {
        let title = self.units.get(at + 1);
        matches!(self.units.get(at).map(|unit| &unit.kind), Some(UnitKind::Number(_)))
            && title.is_some_and(|unit| matches!(unit.kind, UnitKind::Text) && unit.before == Border::COMMA && unit.to > unit.from + 2)
    }

    /// An institution as author.
    pub fn institution(&self, from: usize, to: usize) -> f32 {
        let counts = self.counts(from, to);
        let after = self.after(to);
        let mut score = -0.8;
        if self.is_quote(from) || counts.words == 0 {
            return -9.0;
        }
        if self.is_quote(to) {
            score += 3.2;
        } else if self.is_date(to) && !(self.units[to].from > 0 && after.has(Border::COMMA)) {
            score += 2.2;
        } else if after.has(Border::PERIOD) {
            score += 0.5;
        } else if after.has(Border::COLON) {
            score += 0.1;
        } else if after == Border::NONE {
            score -= 2.0;
        } else if after == Border::COMMA && (counts.institution > 0 || counts.acronyms > 0 && counts.acronyms == counts.words) && self.title_follows(to) {
            score += 1.0;
        } else if after == Border::COMMA && counts.institution > 0 && self.numbered_title_follows(to) {
            // "Office of Harbours, Circular A-130, Safer Ports"
            score += 2.0;
        } else if after.has(Border::DASH) {
            // "Research Hub | Institutes of Health": the title of a page and its site.
            score -= 1.5;
        }
        score += 1.1 * few(counts.institution, 2);
        if counts.acronyms > 0 && counts.acronyms == counts.words {
            score += 1.6;
        }
        if counts.words > 12 {
            score -= 0.2 * f32::from(counts.words - 12);
        }
        match self.known(from, to) {
            Some(NameKind::Publisher) => score += 2.5,
            Some(NameKind::Body) => score += 1.8,
            // "BBC News (2020) Title": a newsroom is the author where the year follows it.
            Some(NameKind::Newspaper) if from == 0 && self.is_date(to) && self.is_text(to + 1) => score += 2.5,
            _ => {}
        }
        score -= 0.6 * few(counts.lower, 6);
        score -= 0.5 * few(counts.report + counts.periodical, 3);
        score -= 1.0 * few(counts.digits, 2);
        let first = self.units[from].from;
        if self.tokens.classes(first).has(Classes::FUNCTION) && !self.tokens.says(first, "the") {
            score -= 1.0;
        }
        // "WHO, UNAIDS, UNICEF": a list of which every part is an institution.
        let listed = to - from > 1
            && (from..to).all(|unit| {
                let one = self.counts(unit, unit + 1);
                one.institution > 0 || one.acronyms > 0 && one.acronyms + one.function == one.words
            });
        if listed {
            score += 2.2 + 0.6 * f32::from((to - from - 1).min(4) as i16);
        }
        if self.tokens.classes(self.units[to - 1].to.saturating_sub(1)).has(Classes::INSTITUTION) {
            score += 0.5;
            let next = self.units.get(to).map_or("", |unit| self.tokens.word(unit.from));
            if after.has(Border::COMMA) && next.starts_with(|c: char| c.is_lowercase()) {
                score += 0.6;
            }
        }
        score + self.joined(from, to, &IN_INSTITUTION)
    }

    /// True if the unit at `index` may begin an unquoted title: some words, the first with a capital, that name no place.
    fn title_follows(&self, index: usize) -> bool {
        self.is_text(index)
            && self.tokens.is_capitalised(self.units[index].from)
            && self.counts(index, index + 1).words >= 2
            && self.known(index, index + 1).is_none()
    }

    /// "Office of Ports, Harbours of the North": an institution before a comma is the author, not the beginning of the title.
    pub fn opens_with_institution(&self, from: usize, to: usize) -> f32 {
        let first = self.counts(from, from + 1);
        let named =
            first.institution > 0 && first.lower == 0 && first.report == 0 && first.periodical == 0 || self.known(from, from + 1) == Some(NameKind::Body);
        let author = named && self.after(from + 1) == Border::COMMA && self.title_follows(from + 1);
        match (author, to > from + 1) {
            (true, true) => 1.5,
            (true, false) if self.known(from, from + 1) == Some(NameKind::Body) => 2.2,
            (true, false) => 1.0,
            _ => 0.0,
        }
    }

    /// Words without a field.
    pub fn other(&self, from: usize, to: usize) -> f32 {
        let counts = self.counts(from, to);
        let text = self.tokens.slice(self.units[from].from, self.units[to - 1].to);
        let mut score = -0.9 - 0.06 * f32::from(counts.words);
        if is_kind_of_work(text) {
            score += 3.6;
        }
        if self.is(from, Traits::OPENED) {
            score += 0.5;
            if self.is(from, Traits::REMARK) {
                score += 2.4;
            }
        }
        score
    }

    /// "(in German)", "[translated from Dutch]", "(reprinted 1998)": a remark on the work in brackets.
    fn remarks(&self, unit: usize) -> bool {
        let at = self.units[unit].from;
        let language = self.tokens.word(at) == "in" && self.tokens.is_capitalised(at + 1) && self.counts(unit, unit + 1).words <= 5;
        language || self.tokens.has(at, Roles::REMARK)
    }
}

/// True if the word before token `to` looks abbreviated: "Statist", "Soc".
fn abbreviation_before(tokens: &Tokens, to: usize) -> bool {
    let Some(last) = to.checked_sub(1) else { return false };
    tokens.is_capitalised(last)
        && (tokens.classes(last).has(Classes::ABBREV)
            || tokens.classes(last).has(Classes::ABBREVIATION)
            || !tokens.is_all_caps(last) && tokens.word(last).chars().count() <= 4)
}

/// Words that say what kind of work it is, and nothing else: "press release", "webpage", "PhD thesis".
pub(super) fn is_kind_of_work(text: &str) -> bool {
    const KINDS: [&str; 48] = [
        "updated",
        "hearing",
        "daily edition",
        "forthcoming/in press",
        "press release",
        "news release",
        "webpage",
        "web page",
        "website",
        "web site",
        "blog post",
        "blog",
        "online",
        "pdf",
        "e-book",
        "ebook",
        "mimeo",
        "unpublished",
        "unpublished manuscript",
        "manuscript",
        "preprint",
        "working paper",
        "discussion paper",
        "technical report",
        "report",
        "thesis",
        "phd thesis",
        "ph.d. thesis",
        "ph.d thesis",
        "phd dissertation",
        "ph.d. dissertation",
        "doctoral dissertation",
        "doctoral thesis",
        "master's thesis",
        "masters thesis",
        "unpublished doctoral dissertation",
        "unpublished phd thesis",
        "conference session",
        "conference paper",
        "dataset",
        "data set",
        "video",
        "podcast",
        "letter",
        "editorial",
        "abstract",
        "fact sheet",
        "speech",
    ];
    let trimmed = text.trim_matches(|c: char| !c.is_alphanumeric());
    // "testimony before the Committee on Ports": on what occasion it was said.
    let occasions: &[&str] = match trimmed.as_bytes().first() {
        Some(b'f') => &["filed with "],
        Some(b'p') => &["prepared statement "],
        Some(b't') => &["testimony before ", "testimony to "],
        Some(b's') => &["statement before ", "speech at ", "speech to ", "speech delivered "],
        Some(b'r') => &["remarks at ", "remarks to "],
        Some(b'L') => &["Licence", "License"],
        Some(b'C') => &["CC BY"],
        _ => &[],
    };
    if occasions.iter().any(|start| trimmed.starts_with(start)) {
        return true;
    }
    if trimmed.len() > 36 {
        return false;
    }
    let degree = || {
        ["thesis", "dissertation"]
            .iter()
            .any(|word| trimmed.get(trimmed.len().saturating_sub(word.len())..).is_some_and(|last| last.eq_ignore_ascii_case(word)))
            && trimmed.split_whitespace().count() <= 4
    };
    lexicon::lower(trimmed, &mut [0; lexicon::LONGEST]).is_some_and(|lower| KINDS.contains(&lower)) || degree()
}
