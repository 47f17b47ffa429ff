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

#[derive(Debug, Clone, Copy)]
struct State {
    score: f32,
    label: Label,
    used: u16,
    /// Index in the arena of the state before.
    back: u32,
    from: u32,
    part_score: f32,
    persons: i32,
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
    arena: Vec<State>,
    /// The states that end before each unit.
    at: Vec<Place>,
    /// The stretches from the unit in turn, with what speaks for them whatever stands before.
    stretches: Vec<Stretch>,
    /// The variants of containers among them, as bits.
    containers: u8,
    /// Room to find the floor of a place in.
    scores: Vec<f32>,
}

/// A state that ends at a place.
#[derive(Debug, Clone, Copy, Default)]
struct Ending {
    /// What tells it apart.
    key: u32,
    /// Its index in the arena.
    state: u32,
    score: f32,
}

/// The states that end before a unit.
#[derive(Debug, Clone)]
struct Place {
    list: Vec<Ending>,
    /// A filter of the keys in the list.
    seen: [u64; 2],
    /// A score that as many states as are kept have reached: what lies below would be pruned.
    floor: f32,
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

/// Readings with the same last label and the same filled fields are one to what follows.
fn key(label: Label, used: u16) -> u32 {
    (label as u32) << 16 | u32::from(used)
}

/// The states kept at one place, the best first.
struct Kept {
    list: [Ending; BEAM],
    count: usize,
}

impl Kept {
    /// The best of a list; of two with one score the first is better.
    fn of(list: &[Ending]) -> Self {
        let mut kept = Self { list: [Ending::default(); BEAM], count: 0 };
        for ending in list {
            if kept.count == BEAM && ending.score <= kept.list[BEAM - 1].score {
                continue;
            }
            kept.count = (kept.count + 1).min(BEAM);
            let mut at = kept.count - 1;
            while at > 0 && kept.list[at - 1].score < ending.score {
                kept.list[at] = kept.list[at - 1];
                at -= 1;
            }
            kept.list[at] = *ending;
        }
        kept
    }

    fn list(&self) -> &[Ending] {
        &self.list[..self.count]
    }
}

/// Reads the units. `authors` are the readings of the beginning as persons.
pub(super) fn decode(features: &Features, authors: &[Authors]) -> Reading {
    let count = features.units.len();
    let mut decoder = Decoder {
        features,
        arena: Vec::with_capacity(256),
        at: vec![Place { list: Vec::new(), seen: [0; 2], floor: f32::NEG_INFINITY }; count + 1],
        stretches: Vec::with_capacity(32),
        containers: 0,
        scores: Vec::new(),
    };
    decoder.arena.push(State { score: 0.0, label: Label::Start, used: 0, back: u32::MAX, from: 0, part_score: 0.0, persons: -1 });
    decoder.at[0].list.push(Ending { key: key(Label::Start, 0), state: 0, score: 0.0 });
    for index in 0..count {
        let kept = Kept::of(&decoder.at[index].list);
        decoder.measure(index, kept.list(), authors);
        let other = features.other(index, index + 1);
        for ending in kept.list() {
            decoder.extend(index, ending.state, authors, other);
        }
    }
    decoder.finish(count)
}

impl Decoder<'_, '_, '_> {
    #[allow(clippy::too_many_arguments, reason = "the fields of one new state")]
    fn push(&mut self, back: u32, from: usize, to: usize, label: Label, fills: u16, part_score: f32, persons: i32) {
        let before = self.arena[back as usize];
        let score = before.score + part_score;
        let place = &mut self.at[to];
        if score < place.floor {
            return;
        }
        let state = State { score, label, used: before.used | fills, back, from: from as u32, part_score, persons };
        let key = key(label, state.used);
        let hash = key.wrapping_mul(0x9e37_79b9) >> 25;
        let (word, bit) = (hash as usize >> 6, 1u64 << (hash & 63));
        if place.seen[word] & bit != 0
            && let Some(ending) = place.list.iter_mut().find(|ending| ending.key == key)
        {
            if ending.score < score {
                ending.score = score;
                self.arena[ending.state as usize] = state;
            }
            return;
        }
        place.seen[word] |= bit;
        if place.list.is_empty() {
            place.list.reserve(CROWDED);
        }
        place.list.push(Ending { key, state: self.arena.len() as u32, score });
        self.arena.push(state);
        if place.list.len().is_multiple_of(CROWDED) {
            self.raise_floor(to);
        }
    }

    /// Sets the floor of a place where many states end. The last place has none: what is missing is judged there.
    fn raise_floor(&mut self, to: usize) {
        if to + 1 == self.at.len() {
            return;
        }
        self.scores.clear();
        self.scores.extend(self.at[to].list.iter().map(|ending| ending.score));
        let (_, least, _) = self.scores.select_nth_unstable_by(BEAM - 1, |a, b| b.total_cmp(a));
        self.at[to].floor = *least;
    }

    fn extend(&mut self, index: usize, state: u32, authors: &[Authors], other: f32) {
        let features = self.features;
        let unit = &features.units[index];
        let before = Before { label: self.arena[state as usize].label, used: self.arena[state as usize].used };
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

    /// Finds the stretches from the unit on that one of the states may take, and what speaks for each.
    fn measure(&mut self, index: usize, states: &[Ending], authors: &[Authors]) {
        self.stretches.clear();
        self.containers = 0;
        let features = self.features;
        if !features.opens(index) {
            return;
        }
        let states = states.iter().map(|ending| self.arena[ending.state as usize]);
        let filled = states.clone().fold(u16::MAX, |all, state| all & state.used);
        let named = index == 0 || states.clone().any(|state| state.label == Label::Author);
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
            if score > -5.0 && sofar + score >= self.at[to].floor {
                self.push(state, index, to, label, fills, score, -1);
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
                self.push(state, index, to, Label::Author, used::AUTHOR, 0.8 * reading.score, number as i32);
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
            if state.used & used::TITLE == 0 {
                score -= if state.used & used::CONTAINER != 0 && state.used & used::LOCATOR != 0 {
                    0.6
                } else if state.used & used::AUTHOR != 0 {
                    3.5
                } else {
                    2.0
                };
            }
            score
        };
        // Of two readings with one score the first is the better.
        let mut best: Option<(f32, u32)> = None;
        let mut next: Option<f32> = None;
        for ending in &self.at[count].list {
            let score = total(&self.arena[ending.state as usize]);
            match best {
                Some((most, _)) if score <= most => next = Some(next.map_or(score, |next| next.max(score))),
                _ => {
                    next = best.map(|(most, _)| most);
                    best = Some((score, ending.state));
                }
            }
        }
        let Some((score, best)) = best else { return Reading::default() };
        let margin = next.map_or(4.0, |next| score - next);
        let mut parts = Vec::new();
        let (mut index, mut to) = (best, count);
        while let Some(state) = self.arena.get(index as usize).filter(|state| state.back != u32::MAX) {
            let from = state.from as usize;
            parts.push(Labelled { from, to, label: state.label, score: state.part_score, persons: usize::try_from(state.persons).ok() });
            to = from;
            index = state.back;
        }
        parts.reverse();
        Reading { parts, margin }
    }
}
