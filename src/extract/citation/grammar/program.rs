//! A pattern as steps, of which each but a few leads to the next.

use super::syntax::{Node, Set, Times};

/// One step of a pattern at a place in a text.
#[derive(Debug, Clone, Copy)]
pub(super) enum Step {
    /// The text goes on with these bytes of the program's letters.
    Letters {
        from: u32,
        to: u32,
    },
    /// A character of a set.
    One {
        set: u32,
    },
    /// Characters of a set.
    Many {
        set: u32,
        times: Times,
        fork: u32,
    },
    /// Goes on at `first`, or, if that leads nowhere, at `second`.
    Fork {
        first: u32,
        second: u32,
        fork: u32,
    },
    Jump(u32),
    /// Keeps the place in a slot.
    Keep(u32),
    Start,
    End,
    Border,
    Match,
}

/// The bytes with which something may go on, as bits; bit 256 is for the end of the text.
pub(super) type Bytes = [u64; 5];

const NO_BYTES: Bytes = [0; 5];
const ALL_BYTES: Bytes = [u64::MAX, u64::MAX, u64::MAX, u64::MAX, 1];

/// The steps of a pattern.
#[derive(Debug, Default)]
pub(super) struct Program {
    pub steps: Vec<Step>,
    /// With what bytes a text may go on at each step.
    pub opens: Vec<Bytes>,
    pub letters: Vec<u8>,
    pub sets: Vec<Set>,
    /// The number of steps at which there is a choice.
    pub forks: u32,
}

/// A pattern with more steps is none: it was not meant.
const MOST: usize = 10_000;

impl Program {
    /// The steps of a pattern whose groups of the given names are kept, each in two slots. None if there are too many, or if it repeats without bound what
    /// may be empty.
    pub fn new(node: &Node, names: &[&str]) -> Option<Self> {
        let mut program = Self::default();
        program.add(node, names)?;
        program.steps.push(Step::Match);
        program.find_openings();
        Some(program)
    }

    /// The number of the next step.
    fn here(&self) -> u32 {
        self.steps.len() as u32
    }

    fn push(&mut self, step: Step) -> Option<()> {
        self.steps.push(step);
        (self.steps.len() < MOST).then_some(())
    }

    fn add(&mut self, node: &Node, names: &[&str]) -> Option<()> {
        match node {
            Node::Character(c) => self.add_letter(*c),
            Node::Set(set) => {
                let set = self.set(set);
                self.push(Step::One { set })
            }
            Node::Start => self.push(Step::Start),
            Node::End => self.push(Step::End),
            Node::Border => self.push(Step::Border),
            Node::Named(name, inner) => {
                let Some(group) = names.iter().position(|known| known == name) else { return self.add(inner, names) };
                self.push(Step::Keep(2 * group as u32))?;
                self.add(inner, names)?;
                self.push(Step::Keep(2 * group as u32 + 1))
            }
            Node::Sequence(parts) => self.add_sequence(parts, names),
            Node::Choice(parts) => self.add_choice(parts, names),
            Node::Repeat(inner, times) => self.add_repeat(inner, *times, names),
        }
    }

    fn add_letter(&mut self, c: char) -> Option<()> {
        let from = self.letters.len() as u32;
        self.letters.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes());
        self.push(Step::Letters { from, to: self.letters.len() as u32 })
    }

    fn add_sequence(&mut self, parts: &[Node], names: &[&str]) -> Option<()> {
        let mut is_letter = false;
        for part in parts {
            self.add(part, names)?;
            // Letters side by side are one step.
            let letter = matches!(part, Node::Character(_));
            if let [.., Step::Letters { to: before, .. }, Step::Letters { to, .. }] = self.steps.as_mut_slice()
                && letter
                && is_letter
            {
                *before = *to;
                self.steps.pop();
            }
            is_letter = letter;
        }
        Some(())
    }

    fn add_choice(&mut self, parts: &[Node], names: &[&str]) -> Option<()> {
        let Some((last, others)) = parts.split_last() else { return Some(()) };
        let mut jumps = Vec::with_capacity(others.len());
        for part in others {
            let fork = self.add_fork()?;
            self.add(part, names)?;
            jumps.push(self.here());
            self.push(Step::Jump(0))?;
            self.leads(fork, fork + 1, self.here(), false);
        }
        self.add(last, names)?;
        let end = self.here();
        jumps.into_iter().for_each(|jump| self.steps[jump as usize] = Step::Jump(end));
        Some(())
    }

    fn add_repeat(&mut self, node: &Node, times: Times, names: &[&str]) -> Option<()> {
        let set = match node {
            Node::Character(c) => Some(self.set(&Set::only(*c))),
            Node::Set(set) => Some(self.set(set)),
            _ => None,
        };
        if let Some(set) = set {
            let fork = self.next_fork();
            return self.push(Step::Many { set, times, fork });
        }
        if times.most == u32::MAX && may_be_empty(node) {
            return None;
        }
        if times.most == u32::MAX && times.least > 0 {
            (1..times.least).try_for_each(|_| self.add(node, names))?;
            let first = self.here();
            self.add(node, names)?;
            let fork = self.add_fork()?;
            self.leads(fork, first, fork + 1, times.lazy);
            return Some(());
        }
        (0..times.least).try_for_each(|_| self.add(node, names))?;
        if times.most == u32::MAX {
            let fork = self.add_fork()?;
            self.add(node, names)?;
            self.push(Step::Jump(fork))?;
            self.leads(fork, fork + 1, self.here(), times.lazy);
            return Some(());
        }
        let mut forks = Vec::new();
        for _ in times.least..times.most {
            forks.push(self.add_fork()?);
            self.add(node, names)?;
        }
        let end = self.here();
        forks.into_iter().for_each(|fork| self.leads(fork, fork + 1, end, times.lazy));
        Some(())
    }

    fn next_fork(&mut self) -> u32 {
        self.forks += 1;
        self.forks - 1
    }

    /// Adds a fork that leads nowhere yet; gives the number of its step.
    fn add_fork(&mut self) -> Option<u32> {
        let at = self.here();
        let fork = self.next_fork();
        self.push(Step::Fork { first: 0, second: 0, fork })?;
        Some(at)
    }

    /// Says where the fork at step `at` leads: into what may be repeated or out of it, the second first if it is lazy.
    fn leads(&mut self, at: u32, inner: u32, outer: u32, lazy: bool) {
        if let Some(Step::Fork { first, second, .. }) = self.steps.get_mut(at as usize) {
            (*first, *second) = if lazy { (outer, inner) } else { (inner, outer) };
        }
    }

    fn set(&mut self, set: &Set) -> u32 {
        let known = self.sets.iter().position(|known| known == set);
        known.unwrap_or_else(|| {
            self.sets.push(set.clone());
            self.sets.len() - 1
        }) as u32
    }

    /// Finds with what bytes each step may go on, from the last step to the first, until nothing more is found.
    fn find_openings(&mut self) {
        let sets: Vec<Bytes> = self.sets.iter().map(Set::openings).collect();
        self.opens = vec![NO_BYTES; self.steps.len()];
        let mut is_done = false;
        while !is_done {
            is_done = true;
            for at in (0..self.steps.len()).rev() {
                let next = |step: u32| self.opens.get(step as usize).copied().unwrap_or(NO_BYTES);
                let after = next(at as u32 + 1);
                let bytes = match self.steps[at] {
                    Step::Letters { from, .. } => only(self.letters[from as usize]),
                    Step::One { set } => sets[set as usize],
                    Step::Many { set, times, .. } => {
                        let bytes = if times.most > 0 { sets[set as usize] } else { NO_BYTES };
                        if times.least == 0 { union(bytes, after) } else { bytes }
                    }
                    Step::Fork { first, second, .. } => union(next(first), next(second)),
                    Step::Jump(to) => next(to),
                    Step::Keep(_) | Step::Start | Step::Border => after,
                    Step::End => [0, 0, 0, 0, 1],
                    Step::Match => ALL_BYTES,
                };
                // Only a step that leads back can change what was found.
                is_done &= self.opens[at] == bytes || !matches!(self.steps[at], Step::Fork { .. } | Step::Jump(_));
                self.opens[at] = bytes;
            }
        }
    }
}

/// True for what may match no characters: without a bound it could stand for ever at one place.
fn may_be_empty(node: &Node) -> bool {
    match node {
        Node::Character(_) | Node::Set(_) => false,
        Node::Start | Node::End | Node::Border => true,
        Node::Named(_, inner) => may_be_empty(inner),
        Node::Sequence(parts) => parts.iter().all(may_be_empty),
        Node::Choice(parts) => parts.iter().any(may_be_empty),
        Node::Repeat(inner, times) => times.least == 0 || may_be_empty(inner),
    }
}

fn union(a: Bytes, b: Bytes) -> Bytes {
    std::array::from_fn(|at| a[at] | b[at])
}

fn only(byte: u8) -> Bytes {
    let mut bytes = NO_BYTES;
    bytes[usize::from(byte >> 6)] = 1 << (byte & 63);
    bytes
}

impl Set {
    fn only(c: char) -> Self {
        let mut set = Self::default();
        match c as u32 {
            code @ 0..=127 => set.ascii[code as usize >> 6] = 1 << (code & 63),
            _ => set.others.push((c, c)),
        }
        set
    }

    /// The first bytes of the characters.
    fn openings(&self) -> Bytes {
        let mut bytes = [self.ascii[0], self.ascii[1], 0, 0, 0];
        if self.is_complement {
            bytes[2..4].fill(u64::MAX);
        }
        let first = |c: char| c.encode_utf8(&mut [0; 4]).as_bytes()[0];
        for &(from, to) in self.others.iter().filter(|_| !self.is_complement) {
            (first(from)..=first(to)).for_each(|byte| bytes[usize::from(byte >> 6)] |= 1 << (byte & 63));
        }
        bytes
    }

    /// The length of the character at byte `at`, if it is in the set; otherwise 0.
    pub fn length_at(&self, text: &str, at: usize) -> usize {
        match text.as_bytes().get(at) {
            None => 0,
            Some(&byte) if byte < 0x80 => (self.ascii[usize::from(byte >> 6)] >> (byte & 63) & 1) as usize,
            Some(_) => {
                let Some(c) = text.get(at..).and_then(|rest| rest.chars().next()) else { return 0 };
                let listed = self.others.iter().any(|&(from, to)| from <= c && c <= to);
                if listed == self.is_complement { 0 } else { c.len_utf8() }
            }
        }
    }
}
