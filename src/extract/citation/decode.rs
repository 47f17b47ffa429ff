//! The best reading of a reference: a segmental dynamic programme over its units.
//!
//! A reading gives each stretch of units a label. It is built from left to right; after each unit the best readings are kept apart by their last
//! label and the fields already filled, so that a second title or a publisher before the title can be judged.

use super::date::Precision;
use super::name::Authors;
use super::score::{Before, Features, Label, used};
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
/// The longest stretch of units that is one title, container, publisher or place.
const LONGEST: [(Label, usize); 4] = [(Label::Title, 14), (Label::Container, 9), (Label::Publisher, 5), (Label::Place, 3)];

struct Decoder<'f, 'a, 't> {
    features: &'f Features<'a, 't>,
    arena: Vec<State>,
    /// The states that end before each unit: what tells them apart, and their index in the arena.
    at: Vec<Vec<(u32, u32)>>,
    /// For each unit, a score that as many states as are kept have reached: what lies below would be pruned.
    floor: Vec<f32>,
    /// The stretches from the unit in turn, with what speaks for them whatever stands before.
    stretches: Vec<Stretch>,
}

/// A stretch of units that may bear a label.
#[derive(Debug, Clone, Copy)]
struct Stretch {
    label: Label,
    to: usize,
    score: f32,
    /// For titles, what speaks against one that takes up names of authors.
    names: f32,
}

/// Readings with the same last label and the same filled fields are one to what follows.
fn key(label: Label, used: u16) -> u32 {
    (label as u32) << 16 | u32::from(used)
}

/// Reads the units. `authors` are the readings of the beginning as persons.
pub(super) fn decode(features: &Features, authors: &[Authors]) -> Reading {
    let count = features.units.len();
    let mut decoder = Decoder {
        features,
        arena: Vec::with_capacity(256),
        at: vec![Vec::new(); count + 1],
        floor: vec![f32::NEG_INFINITY; count + 1],
        stretches: Vec::with_capacity(32),
    };
    decoder.arena.push(State { score: 0.0, label: Label::Start, used: 0, back: u32::MAX, from: 0, part_score: 0.0, persons: -1 });
    decoder.at[0].push((key(Label::Start, 0), 0));
    for index in 0..count {
        decoder.prune(index);
        decoder.measure(index, authors);
        let other = features.other(index, index + 1);
        for (_, state) in std::mem::take(&mut decoder.at[index]) {
            decoder.extend(index, state, authors, other);
        }
    }
    decoder.finish(count)
}

impl Decoder<'_, '_, '_> {
    fn prune(&mut self, index: usize) {
        let arena = &self.arena;
        let list = &mut self.at[index];
        list.sort_by(|&(_, a), &(_, b)| arena[b as usize].score.total_cmp(&arena[a as usize].score));
        list.truncate(BEAM);
    }

    #[allow(clippy::too_many_arguments, reason = "the fields of one new state")]
    fn push(&mut self, back: u32, from: usize, to: usize, label: Label, fills: u16, part_score: f32, persons: i32) {
        let before = self.arena[back as usize];
        if before.score + part_score < self.floor[to] {
            return;
        }
        let state = State { score: before.score + part_score, label, used: before.used | fills, back, from: from as u32, part_score, persons };
        let key = key(label, state.used);
        let arena = &mut self.arena;
        match self.at[to].iter().find(|(other, _)| *other == key) {
            Some(&(_, other)) if arena[other as usize].score >= state.score => {}
            Some(&(_, other)) => arena[other as usize] = state,
            None => {
                arena.push(state);
                self.at[to].push((key, (arena.len() - 1) as u32));
                if self.at[to].len().is_multiple_of(CROWDED) {
                    self.raise_floor(to);
                }
            }
        }
    }

    /// Sets the floor of a place where many states end. The last place has none: what is missing is judged there.
    fn raise_floor(&mut self, to: usize) {
        if to + 1 == self.at.len() {
            return;
        }
        let mut scores: Vec<f32> = self.at[to].iter().map(|&(_, state)| self.arena[state as usize].score).collect();
        let (_, least, _) = scores.select_nth_unstable_by(BEAM - 1, |a, b| b.total_cmp(a));
        self.floor[to] = *least;
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

    /// Finds the stretches from the unit on, and what speaks for each.
    fn measure(&mut self, index: usize, authors: &[Authors]) {
        self.stretches.clear();
        let features = self.features;
        // An identifier opens a title only where words follow it without a border.
        let unit = &features.units[index].kind;
        let opens = matches!(unit, UnitKind::Text | UnitKind::Quote | UnitKind::Date(_))
            || matches!(unit, UnitKind::Number(_)) && features.after(index + 1) == Border::NONE;
        if !opens {
            return;
        }
        let end = (index + 1..=features.units.len())
            .find(|&to| {
                to == features.units.len()
                    || !matches!(features.units[to].kind, UnitKind::Text | UnitKind::Quote | UnitKind::Date(_) | UnitKind::Number(_) | UnitKind::Locator(_))
            })
            .unwrap_or(index + 1);
        for (label, longest) in LONGEST {
            for to in index + 1..=end.min(index + longest) {
                // A stretch ends with words.
                if matches!(features.units[to - 1].kind, UnitKind::Locator(_))
                    || matches!(features.units[to - 1].kind, UnitKind::Date(_)) && label != Label::Title
                {
                    continue;
                }
                let score = match label {
                    Label::Title => features.title(index, to),
                    Label::Container => features.container(index, to),
                    Label::Publisher => features.publisher(index, to),
                    _ => features.place(index, to),
                };
                // What stands before adds at most five or so.
                if score > -10.5 && (label != Label::Place || score > -8.9) {
                    let names = if label == Label::Title { self.names_in(index, to, authors) } else { 0.0 };
                    self.stretches.push(Stretch { label, to, score, names });
                }
            }
        }
    }

    fn stretch(&mut self, index: usize, state: u32, before: Before, authors: &[Authors], other: f32) {
        let features = self.features;
        if before.label == Label::Start && index == 0 {
            self.authors(index, state, authors);
        }
        if matches!(features.units[index].kind, UnitKind::Number(_)) && features.after(index + 1) != Border::NONE {
            return;
        }
        for at in 0..self.stretches.len() {
            let Stretch { label, to, score, names } = self.stretches[at];
            let bit = match label {
                Label::Title => used::TITLE,
                Label::Container => used::CONTAINER,
                Label::Publisher => used::PUBLISHER,
                _ => used::PLACE,
            };
            if before.used & bit != 0 {
                continue;
            }
            let quoted = label == Label::Title && to == index + 1 && features.is_quote(index);
            let score = score
                + match label {
                    Label::Title => features.title_after(index, before) - if index == 0 || before.label == Label::Author { names } else { 0.0 },
                    Label::Container => features.container_after(index, to, before),
                    Label::Publisher => features.publisher_after(index, before),
                    _ => features.place_after(to, before),
                };
            if score > -5.0 {
                self.push(state, index, to, label, if quoted { bit | used::QUOTED } else { bit }, score, -1);
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
        let mut finals: Vec<(f32, u32)> = self.at[count].iter().map(|&(_, index)| (total(&self.arena[index as usize]), index)).collect();
        finals.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        let Some(&(score, best)) = finals.first() else { return Reading::default() };
        let margin = finals.get(1).map_or(4.0, |next| score - next.0);
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
