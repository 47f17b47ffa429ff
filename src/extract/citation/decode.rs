//! The best reading of a reference: a segmental dynamic programme over its units.
//!
//! A reading gives each stretch of units a label. It is built from left to right; after each unit the best readings are kept apart by their last
//! label and the fields already filled, so that a second title or a publisher before the title can be judged.

use super::date::Precision;
use super::name::Authors;
use super::score::{Before, Features, IN_CONTAINER, IN_PLACE, IN_PUBLISHER, IN_TITLE, Label, used};
use super::unit::{Border, UnitKind};

/// A labelled stretch of units.
#[derive(Debug, Clone, Copy)]
pub(super) struct Labelled {
    pub from: usize,
    pub to: usize,
    pub label: Label,
    pub score: f32,
    /// For authors that are persons, the reading taken.
    pub persons: Option<usize>,
}

/// The best reading and how far the next lies behind.
#[derive(Debug, Default)]
pub(super) struct Reading {
    pub parts: Vec<Labelled>,
    pub margin: f32,
}

/// A reading up to a place.
#[derive(Debug, Clone, Copy)]
struct State {
    /// What tells it apart: the last label and the fields filled. Readings with the same of both are one to what follows.
    key: u32,
    score: f32,
    part_score: f32,
    /// Index in the arena of the state before.
    back: u32,
    from: u32,
    persons: i16,
    label: Label,
}

impl State {
    const START: Self = Self { key: 0, score: 0.0, part_score: 0.0, back: u32::MAX, from: 0, persons: -1, label: Label::Start };

    fn used(&self) -> u16 {
        self.key as u16
    }
}

/// Readings kept at each place. More makes no difference on references of up to 70 units.
const BEAM: usize = 10;
/// So many states at one place make it worth while to find out which can be left out.
const CROWDED: usize = 16;
/// The labels of stretches, the fields that they fill, and the longest stretch of units that is one title, container, publisher or place.
const LONGEST: [(Label, u16, usize); 4] =
    [(Label::Title, used::TITLE, 14), (Label::Container, used::CONTAINER, 9), (Label::Publisher, used::PUBLISHER, 5), (Label::Place, used::PLACE, 3)];

struct Decoder<'f, 'a, 't> {
    features: &'f Features<'a, 't>,
    /// The states that were kept at the places passed.
    arena: Vec<State>,
    at: Vec<Place>,
    /// The stretches from the unit in turn, with what speaks for them whatever stands before.
    stretches: Vec<Stretch>,
    /// The variants of containers among them, as bits.
    containers: u8,
}

/// The states that end before a unit.
#[derive(Debug, Clone)]
struct Place {
    list: Vec<State>,
    /// A filter of the keys in the list.
    seen: [u64; 2],
    /// A score that as many states as are kept have reached: what lies below would be pruned.
    floor: f32,
    /// The last place has no floor: what is missing is judged there.
    is_last: bool,
}

impl Place {
    const EMPTY: Self = Self { list: Vec::new(), seen: [0; 2], floor: f32::NEG_INFINITY, is_last: false };

    /// Takes a state, if it is the best of its kind.
    fn offer(&mut self, state: State) {
        if state.score < self.floor {
            return;
        }
        let hash = state.key.wrapping_mul(0x9e37_79b9) >> 25;
        let (word, bit) = (hash as usize >> 6, 1u64 << (hash & 63));
        if self.seen[word] & bit != 0
            && let Some(known) = self.list.iter_mut().find(|known| known.key == state.key)
        {
            if known.score < state.score {
                *known = state;
            }
            return;
        }
        self.seen[word] |= bit;
        self.insert(state);
    }

    #[inline(never)]
    fn insert(&mut self, state: State) {
        if self.list.is_empty() {
            self.list.reserve(CROWDED);
        }
        self.list.push(state);
        if self.list.len().is_multiple_of(CROWDED) && !self.is_last {
            self.floor = Kept::of(&self.list).least;
        }
    }
}

/// A stretch of units that may bear a label.
#[derive(Debug, Clone, Copy)]
struct Stretch {
    label: Label,
    /// The field that the label fills, and with it what else is to be noted.
    bit: u16,
    fills: u16,
    to: usize,
    score: f32,
    /// For titles, what speaks against one that takes up names of authors.
    names: f32,
    /// Which of the ways to judge what stands before is for it: an index in [`Judged`].
    way: usize,
}

/// What the part before says of a stretch from the unit in turn, for each way of a stretch to be.
type Judged = [f32; 8];

/// Ways of stretches: the variants of containers come last.
mod way {
    pub const TITLE: usize = 0;
    pub const PUBLISHER: usize = 1;
    pub const PLACE: usize = 2;
    /// A place that closes the imprint.
    pub const LAST_PLACE: usize = 3;
    pub const CONTAINER: usize = 4;
}

fn key(label: Label, used: u16) -> u32 {
    (label as u32) << 16 | u32::from(used)
}

/// The states kept of a list, by their indices, the best first.
struct Kept {
    list: [(f32, u32); BEAM],
    count: usize,
    least: f32,
}

impl Kept {
    /// The best of a list; of two with one score the first is better.
    fn of(states: &[State]) -> Self {
        let mut list = [(f32::NEG_INFINITY, 0); BEAM];
        let mut count = 0;
        for (index, &State { score, .. }) in states.iter().enumerate() {
            if count == BEAM && score <= list[BEAM - 1].0 {
                continue;
            }
            count = (count + 1).min(BEAM);
            let mut at = count - 1;
            while at > 0 && list[at - 1].0 < score {
                list[at] = list[at - 1];
                at -= 1;
            }
            list[at] = (score, index as u32);
        }
        Self { list, count, least: list[BEAM - 1].0 }
    }
}

/// Reads the units. `authors` are the readings of the beginning as persons.
pub(super) fn decode(features: &Features, authors: &[Authors]) -> Reading {
    let count = features.units.len();
    let mut decoder =
        Decoder { features, arena: Vec::with_capacity(count * BEAM), at: vec![Place::EMPTY; count + 1], stretches: Vec::with_capacity(32), containers: 0 };
    decoder.at[count].is_last = true;
    decoder.at[0].offer(State::START);
    for index in 0..count {
        let first = decoder.arena.len();
        let states = std::mem::take(&mut decoder.at[index].list);
        let kept = Kept::of(&states);
        decoder.arena.extend(kept.list[..kept.count].iter().map(|&(_, at)| states[at as usize]));
        decoder.measure(index, first, authors);
        let other = features.other(index, index + 1);
        for state in first..decoder.arena.len() {
            decoder.extend(index, state as u32, authors, other);
        }
    }
    decoder.finish(count)
}

impl Decoder<'_, '_, '_> {
    #[allow(clippy::too_many_arguments, reason = "the fields of one new state")]
    fn push(&mut self, back: u32, from: usize, to: usize, label: Label, fills: u16, part_score: f32, persons: i16) {
        let before = &self.arena[back as usize];
        let (key, score) = (key(label, before.used() | fills), before.score + part_score);
        self.at[to].offer(State { key, score, part_score, back, from: from as u32, persons, label });
    }

    fn extend(&mut self, index: usize, state: u32, authors: &[Authors], other: f32) {
        let features = self.features;
        let unit = &features.units[index];
        let before = Before { label: self.arena[state as usize].label, used: self.arena[state as usize].used() };
        match &unit.kind {
            UnitKind::Text | UnitKind::Quote => {}
            UnitKind::Date(date) => {
                let bracketed = unit.before.has(Border::OPEN);
                let mut score = 1.0 + if bracketed { 0.5 } else { 0.0 };
                if before.label == Label::Author {
                    score += 0.8;
                }
                if before.label == Label::Publisher || before.label == Label::Place {
                    score += 0.5;
                }
                if date.precision >= Precision::Day && before.label == Label::Container {
                    score += 0.5;
                }
                if before.used & used::DATE == 0 {
                    self.push(state, index, index + 1, Label::Date, used::DATE, score, -1);
                }
                self.push(state, index, index + 1, Label::Other, 0, if before.used & used::DATE == 0 { -1.0 } else { -0.2 }, -1);
            }
            UnitKind::Locator(found) => {
                let numbered = found.volume.is_some() || found.issue.is_some();
                let held = before.used & used::CONTAINER != 0;
                let leading = found.volume.is_some() && found.pages.is_none() && !found.explicit;
                let score = match (numbered, found.explicit, held) {
                    (true, false, false) if features.page_of_book(index) => -0.3,
                    (true, false, false) if leading => 0.2,
                    (true, false, false) => -1.8,
                    (true, true, false) => 0.0,
                    _ => 0.8,
                };
                self.push(state, index, index + 1, Label::Locator, used::LOCATOR, score, -1);
            }
            UnitKind::Editors(names) => {
                let fills = if names.is_empty() { 0 } else { used::EDITOR };
                self.push(state, index, index + 1, Label::Editor, fills, 0.5, -1);
            }
            UnitKind::By(_) => self.push(state, index, index + 1, Label::Editor, 0, 0.5, -1),
            UnitKind::In => self.push(state, index, index + 1, Label::Other, used::IN, if before.used & used::TITLE != 0 { 0.6 } else { -1.5 }, -1),
            UnitKind::Address(_) => self.push(state, index, index + 1, Label::Address, 0, 0.5, -1),
            UnitKind::Accessed(_) | UnitKind::Lead => self.push(state, index, index + 1, Label::Accessed, 0, 0.5, -1),
            UnitKind::Number(_) => self.push(state, index, index + 1, Label::Number, 0, 0.6, -1),
        }
        let starts = matches!(unit.kind, UnitKind::Text | UnitKind::Quote)
            || matches!(unit.kind, UnitKind::Number(_) | UnitKind::Date(_)) && before.used & used::TITLE == 0;
        if starts {
            self.stretch(index, state, before, authors, other);
        }
    }

    /// Finds the stretches from the unit on that one of the states may take, which are those of the arena from `first` on, and what speaks for each.
    fn measure(&mut self, index: usize, first: usize, authors: &[Authors]) {
        self.stretches.clear();
        self.containers = 0;
        let features = self.features;
        if !features.opens(index) {
            return;
        }
        let states = &self.arena[first..];
        let filled = states.iter().fold(u16::MAX, |all, state| all & state.used());
        let named = index == 0 || states.iter().any(|state| state.label == Label::Author);
        for (label, bit, longest) in LONGEST {
            if filled & bit != 0 {
                continue;
            }
            let title = label == Label::Title;
            let mut joined = 0.0;
            for to in index + 1..=features.units.len().min(index + longest) {
                if to > index + 1 && !features.goes_on(to - 1) {
                    break;
                }
                // A stretch ends with words.
                let ends = features.ends(to - 1, title);
                let alone = to == index + 1 && features.is_quote(index);
                let (score, way) = match label {
                    Label::Title => {
                        joined = features.join(index, to, &IN_TITLE, joined);
                        (if ends { features.title(index, to, joined) } else { 0.0 }, way::TITLE)
                    }
                    Label::Container => {
                        joined = features.join(index, to, &IN_CONTAINER, joined);
                        let variant = usize::from(alone) | usize::from(features.is_site(index, to)) << 1;
                        (if ends { features.container(index, to, joined) } else { 0.0 }, way::CONTAINER + variant)
                    }
                    Label::Publisher => {
                        joined = features.join(index, to, &IN_PUBLISHER, joined);
                        (if ends { features.publisher(index, to, joined) } else { 0.0 }, way::PUBLISHER)
                    }
                    _ => {
                        joined = features.join(index, to, &IN_PLACE, joined);
                        (if ends { features.place(index, to, joined) } else { 0.0 }, if features.closes(to) { way::LAST_PLACE } else { way::PLACE })
                    }
                };
                // What stands before adds at most five or so.
                if ends && score > -10.5 && (label != Label::Place || score > -8.9) {
                    let names = if title && named { self.names_in(index, to, authors) } else { 0.0 };
                    let fills = if title && alone { bit | used::QUOTED } else { bit };
                    self.containers |= if way >= way::CONTAINER { 1 << (way - way::CONTAINER) } else { 0 };
                    self.stretches.push(Stretch { label, bit, fills, to, score, names, way });
                }
            }
        }
    }

    /// What the part before says of stretches from the unit on.
    fn judge(&self, index: usize, before: Before) -> Judged {
        let features = self.features;
        let mut judged = Judged::default();
        if before.used & used::TITLE == 0 {
            judged[way::TITLE] = features.title_after(index, before);
        }
        if before.used & used::PUBLISHER == 0 {
            judged[way::PUBLISHER] = features.publisher_after(index, before);
        }
        if before.used & used::PLACE == 0 {
            judged[way::PLACE] = Features::place_after(false, before);
            judged[way::LAST_PLACE] = Features::place_after(true, before);
        }
        if before.used & used::CONTAINER == 0 {
            for variant in (0..4).filter(|variant| self.containers & 1 << variant != 0) {
                judged[way::CONTAINER + variant] = features.container_after(index, variant & 1 != 0, variant & 2 != 0, before);
            }
        }
        judged
    }

    fn stretch(&mut self, index: usize, state: u32, before: Before, authors: &[Authors], other: f32) {
        let features = self.features;
        if before.label == Label::Start && index == 0 {
            self.authors(index, state, authors);
        }
        if !features.opens(index) {
            return;
        }
        let judged = self.judge(index, before);
        let named = index == 0 || before.label == Label::Author;
        let sofar = self.arena[state as usize].score;
        for at in 0..self.stretches.len() {
            let Stretch { label, bit, fills, to, score, names, way } = self.stretches[at];
            if before.used & bit != 0 {
                continue;
            }
            let score = score + (judged[way] - if named { names } else { 0.0 });
            if score > -5.0 {
                let key = key(label, before.used | fills);
                self.at[to].offer(State { key, score: sofar + score, part_score: score, back: state, from: index as u32, persons: -1, label });
            }
        }
        self.push(state, index, index + 1, Label::Other, 0, other, -1);
    }

    /// What speaks against a title at the start that begins with, or is, a list of names, and against one that goes on with the list after `from`.
    fn names_in(&self, from: usize, to: usize, authors: &[Authors]) -> f32 {
        let units = self.features.units;
        let (start, end) = (units[from].from, units[to - 1].to);
        let goes_on = authors.iter().any(|reading| reading.initials && reading.end > start && (from > 0 || reading.end > end) && reading.score > 2.4);
        if from > 0 {
            return if goes_on { 2.4 } else { 0.0 };
        }
        let institution = self.features.opens_with_institution(from, to);
        let is_list = authors.iter().any(|reading| reading.end == end && reading.score > 1.8);
        let begins = authors.iter().any(|reading| reading.end < end && reading.score > 2.4);
        if is_list || goes_on {
            2.5
        } else if begins {
            1.8
        } else {
            institution
        }
    }

    fn authors(&mut self, index: usize, state: u32, authors: &[Authors]) {
        let features = self.features;
        for (number, reading) in authors.iter().enumerate() {
            let to = features.units.partition_point(|unit| unit.from < reading.end);
            if to > index && features.units[to - 1].to <= reading.end {
                self.push(state, index, to, Label::Author, used::AUTHOR, 0.8 * reading.score, number as i16);
            }
        }
        for to in index + 1..=(index + 7).min(features.units.len()) {
            if !matches!(features.units[to - 1].kind, UnitKind::Text) {
                break;
            }
            let score = features.institution(index, to);
            if score > -3.0 {
                self.push(state, index, to, Label::Author, used::AUTHOR, score, -1);
            }
        }
    }

    fn finish(&mut self, count: usize) -> Reading {
        let total = |state: &State| {
            let mut score = state.score;
            if state.used() & used::TITLE == 0 {
                score -= if state.used() & used::CONTAINER != 0 && state.used() & used::LOCATOR != 0 {
                    0.6
                } else if state.used() & used::AUTHOR != 0 {
                    3.5
                } else {
                    2.0
                };
            }
            score
        };
        // Of two readings with one score the first is the better.
        let mut best: Option<(f32, &State)> = None;
        let mut next: Option<f32> = None;
        for state in &self.at[count].list {
            let score = total(state);
            match best {
                Some((most, _)) if score <= most => next = Some(next.map_or(score, |next| next.max(score))),
                _ => {
                    next = best.map(|(most, _)| most);
                    best = Some((score, state));
                }
            }
        }
        let Some((score, best)) = best else { return Reading::default() };
        let margin = next.map_or(4.0, |next| score - next);
        let mut parts = Vec::new();
        let (mut state, mut to) = (best, count);
        while state.back != u32::MAX {
            let from = state.from as usize;
            parts.push(Labelled { from, to, label: state.label, score: state.part_score, persons: usize::try_from(state.persons).ok() });
            to = from;
            let Some(before) = self.arena.get(state.back as usize) else { break };
            state = before;
        }
        parts.reverse();
        Reading { parts, margin }
    }
}
