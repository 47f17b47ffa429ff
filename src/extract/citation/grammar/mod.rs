//! Patterns of documents, and how they are found in a text.
//!
//! A pattern is tried at one place after the other, and at each the first reading in the order of its choices wins, as in Perl. Patterns run on short
//! stretches of text around a cue and there are many of them, of which a document needs few: one is read in some microseconds and needs no tables of
//! states. A choice that has led nowhere at a place is not taken there again, so that time is bounded by the length of the pattern and of the text.

mod program;
mod syntax;

use std::ops::Range;

use memchr::memmem::Finder;

use self::program::{Program, Step};

/// A pattern, ready to be looked for.
#[derive(Debug)]
pub(super) struct Pattern {
    program: Program,
    /// The number of places that are kept: two for each group.
    slots: usize,
    /// Words that a match holds: of each list one.
    needs: Vec<Vec<Finder<'static>>>,
}

/// A place that was not kept.
const NONE: usize = usize::MAX;

/// A match: the whole of it and its groups, in the order of their names.
#[derive(Debug)]
pub(super) struct Match<'t> {
    text: &'t str,
    whole: Range<usize>,
    slots: Vec<usize>,
}

impl<'t> Match<'t> {
    pub fn range(&self) -> Range<usize> {
        self.whole.clone()
    }

    pub fn whole(&self) -> &'t str {
        &self.text[self.whole.clone()]
    }

    /// Where a group stands.
    pub fn group(&self, number: usize) -> Option<Range<usize>> {
        match (self.slots.get(2 * number)?, self.slots.get(2 * number + 1)?) {
            (&NONE, _) | (_, &NONE) => None,
            (&start, &end) => Some(start..end),
        }
    }

    /// The text of a group.
    pub fn text(&self, number: usize) -> Option<&'t str> {
        self.text.get(self.group(number)?)
    }
}

impl Pattern {
    /// Reads a pattern whose groups of the given names are kept. None if it is malformed, or uses what is not known here.
    pub fn new(source: &str, names: &[&str]) -> Option<Self> {
        let node = syntax::parse(source)?;
        let program = Program::new(&node, names)?;
        let mut needs = Vec::new();
        node.needs(&mut needs);
        let needs = needs.iter().map(|words| words.iter().map(|word| Finder::new(word).into_owned()).collect()).collect();
        Some(Self { program, slots: 2 * names.len(), needs })
    }

    /// True if the pattern matches anywhere in a text.
    pub fn is_match(&self, text: &str) -> bool {
        self.find_from(text, 0, text.len()).is_some()
    }

    /// The first match in a text.
    pub fn find<'t>(&self, text: &'t str) -> Option<Match<'t>> {
        self.find_from(text, 0, text.len())
    }

    /// Of the matches in a text from left to right, which do not overlap, the one that covers byte `at`.
    pub fn covering<'t>(&self, text: &'t str, at: usize) -> Option<Match<'t>> {
        let holds = |words: &Vec<Finder>| words.iter().any(|word| word.find(text.as_bytes()).is_some());
        if !self.needs.iter().all(holds) {
            return None;
        }
        let mut from = 0;
        loop {
            let found = self.find_from(text, from, at)?;
            if found.whole.end > at {
                return Some(found);
            }
            // An empty match would be found again and again.
            from = if found.whole.is_empty() { text.ceil_char_boundary(found.whole.end + 1) } else { found.whole.end };
        }
    }

    /// The first match that begins from byte `from` to byte `last`.
    fn find_from<'t>(&self, text: &'t str, from: usize, last: usize) -> Option<Match<'t>> {
        let opens = &self.program.opens[0];
        let mut search = Search { program: &self.program, text, slots: vec![NONE; self.slots], open: Vec::new(), passed: Vec::new() };
        let mut start = from;
        while start <= last.min(text.len()) {
            if has(opens, text, start)
                && let Some(end) = search.run(start)
            {
                return Some(Match { text, whole: start..end, slots: search.slots });
            }
            start += 1;
            while !text.is_char_boundary(start) && start < text.len() {
                start += 1;
            }
        }
        None
    }
}

/// True if the byte at `at`, or the end of the text, is among those.
fn has(bytes: &program::Bytes, text: &str, at: usize) -> bool {
    let byte = text.as_bytes().get(at).map_or(256, |&byte| usize::from(byte));
    bytes[byte >> 6] >> (byte & 63) & 1 != 0
}

/// What is still to be tried if the way taken leads nowhere, and what is to be undone before.
#[derive(Debug, Clone, Copy)]
enum Open {
    /// Another way.
    Way { step: u32, at: usize },
    /// Fewer characters of a set, down to `least`.
    Fewer { step: u32, least: usize, at: usize },
    /// More characters of the set of the step, at most so many.
    More { step: u32, at: usize, most: u32 },
    /// The slot had another place before.
    Undo { slot: u32, place: usize },
}

/// One look for a pattern in a text.
struct Search<'p, 't> {
    program: &'p Program,
    text: &'t str,
    slots: Vec<usize>,
    open: Vec<Open>,
    /// The choices that were taken at each place, as bits.
    passed: Vec<u64>,
}

impl Search<'_, '_> {
    /// The end of the match that begins at `start`.
    fn run(&mut self, start: usize) -> Option<usize> {
        self.open.clear();
        let (mut step, mut at) = (0, start);
        loop {
            let next = match self.program.steps[step as usize] {
                Step::Letters { from, to } => {
                    let letters = &self.program.letters[from as usize..to as usize];
                    self.text.as_bytes()[at..].starts_with(letters).then(|| (step + 1, at + letters.len()))
                }
                Step::One { set } => match self.program.sets[set as usize].length_at(self.text, at) {
                    0 => None,
                    length => Some((step + 1, at + length)),
                },
                Step::Many { .. } => self.many(step, at),
                Step::Fork { first, second, fork } => self.fork(first, second, fork, at),
                Step::Jump(to) => Some((to, at)),
                Step::Keep(slot) => {
                    let place = std::mem::replace(&mut self.slots[slot as usize], at);
                    self.open.push(Open::Undo { slot, place });
                    Some((step + 1, at))
                }
                Step::Start => (at == 0).then_some((step + 1, at)),
                Step::End => (at == self.text.len()).then_some((step + 1, at)),
                Step::Border => self.is_border(at).then_some((step + 1, at)),
                Step::Match => return Some(at),
            };
            (step, at) = match next {
                Some(next) => next,
                None => self.back()?,
            };
        }
    }

    /// True where an ASCII word begins or ends.
    fn is_border(&self, at: usize) -> bool {
        let is_word = |byte: Option<&u8>| byte.is_some_and(|byte| byte.is_ascii_alphanumeric() || *byte == b'_');
        let bytes = self.text.as_bytes();
        is_word(at.checked_sub(1).and_then(|before| bytes.get(before))) != is_word(bytes.get(at))
    }

    fn opens(&self, step: u32, at: usize) -> bool {
        has(&self.program.opens[step as usize], self.text, at)
    }

    /// Takes the choices that the next byte leaves.
    fn fork(&mut self, first: u32, second: u32, fork: u32, at: usize) -> Option<(u32, usize)> {
        match (self.opens(first, at), self.opens(second, at)) {
            (true, true) if self.pass(fork, at) => {
                self.open.push(Open::Way { step: second, at });
                Some((first, at))
            }
            (true, false) => Some((first, at)),
            (false, true) => Some((second, at)),
            _ => None,
        }
    }

    /// True the first time that a choice is taken at a place.
    fn pass(&mut self, fork: u32, at: usize) -> bool {
        let width = self.text.len() + 1;
        if self.passed.is_empty() {
            self.passed.resize((self.program.forks as usize * width).div_ceil(64), 0);
        }
        let place = fork as usize * width + at;
        let bits = &mut self.passed[place >> 6];
        let is_new = *bits >> (place & 63) & 1 == 0;
        *bits |= 1 << (place & 63);
        is_new
    }

    /// Takes characters of a set.
    fn many(&mut self, step: u32, at: usize) -> Option<(u32, usize)> {
        let Step::Many { set, times, fork } = self.program.steps[step as usize] else { return None };
        let set = &self.program.sets[set as usize];
        let mut least = at;
        for _ in 0..times.least {
            match set.length_at(self.text, least) {
                0 => return None,
                length => least += length,
            }
        }
        if times.lazy {
            return if self.pass(fork, at) { self.more(step, least, times.most - times.least) } else { None };
        }
        let mut end = least;
        for _ in times.least..times.most {
            match set.length_at(self.text, end) {
                0 => break,
                length => end += length,
            }
        }
        if end > least && !self.pass(fork, at) {
            return None;
        }
        self.fewer(step + 1, least, end)
    }

    /// Goes on behind as many characters as may be, from `at` back to `least`.
    fn fewer(&mut self, step: u32, least: usize, mut at: usize) -> Option<(u32, usize)> {
        loop {
            if self.opens(step, at) {
                if at > least {
                    self.open.push(Open::Fewer { step, least, at });
                }
                return Some((step, at));
            }
            if at <= least {
                return None;
            }
            at = self.before(at);
        }
    }

    /// Where the character before byte `at` begins.
    fn before(&self, at: usize) -> usize {
        let mut before = at.saturating_sub(1);
        while !self.text.is_char_boundary(before) {
            before -= 1;
        }
        before
    }

    /// Goes on behind as few characters as may be from `at` on, at most so many.
    fn more(&mut self, step: u32, mut at: usize, mut most: u32) -> Option<(u32, usize)> {
        loop {
            if self.opens(step + 1, at) {
                if most > 0 {
                    self.open.push(Open::More { step, at, most });
                }
                return Some((step + 1, at));
            }
            (at, most) = self.one_more(step, at, most)?;
        }
    }

    fn one_more(&self, step: u32, at: usize, most: u32) -> Option<(usize, u32)> {
        let Step::Many { set, .. } = self.program.steps[step as usize] else { return None };
        let length = if most > 0 { self.program.sets[set as usize].length_at(self.text, at) } else { 0 };
        (length > 0).then(|| (at + length, most - 1))
    }

    /// The next way that is still open.
    fn back(&mut self) -> Option<(u32, usize)> {
        loop {
            let next = match self.open.pop()? {
                Open::Way { step, at } => Some((step, at)),
                Open::Fewer { step, least, at } => {
                    let at = self.before(at);
                    self.fewer(step, least, at)
                }
                Open::More { step, at, most } => self.one_more(step, at, most).and_then(|(at, most)| self.more(step, at, most)),
                Open::Undo { slot, place } => {
                    self.slots[slot as usize] = place;
                    None
                }
            };
            if next.is_some() {
                return next;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rule::RuleSet;
    use regex::Regex;

    const NAMES: [&str; 4] = ["number", "title", "date", "span"];

    /// The pattern as the crate `regex` has to read it.
    fn reference(pattern: &str) -> Regex {
        let latin = pattern.replace(r"\d", "[0-9]").replace(r"\w", "[0-9A-Za-z_\u{c0}-\u{d6}\u{d8}-\u{f6}\u{f8}-\u{17f}]").replace(r"\b", r"(?-u:\b)");
        Regex::new(&latin).expect("a pattern")
    }

    /// Compares all matches in a text, and their groups, with those that the crate `regex` finds.
    fn agree(pattern: &str, text: &str) {
        let (own, other) = (Pattern::new(pattern, &NAMES).expect(pattern), reference(pattern));
        let mut from = 0;
        for expected in other.captures_iter(text) {
            let found = own.find_from(text, from, text.len()).unwrap_or_else(|| panic!("{pattern} in {text}"));
            assert_eq!(Some(found.range()), expected.get(0).map(|whole| whole.range()), "{pattern} in {text}");
            for (number, name) in NAMES.iter().enumerate() {
                assert_eq!(found.group(number), expected.name(name).map(|group| group.range()), "{name} of {pattern} in {text}");
            }
            from = found.range().end;
        }
        assert!(own.find_from(text, from, text.len()).is_none(), "{pattern} in {text}");
    }

    #[test]
    fn matches_are_those_of_the_usual_reading() {
        for pattern in [
            r"(?P<title>[A-Z][^;()]{2,40}?),? \((?P<date>\d{4})\)|(?:[a-z]{1,9};)+",
            r"(?P<number>a|ab)(?:c|bcd)(?P<title>d*)",
            r"(?:(?P<number>a)|b)+c?",
            r"(?:é|[^a-z ]){2,3}?(?P<date>[éè]+)\b",
            r"^(?P<title>\w+ ?)+$",
            r"(?P<span>x{0,2}?y){2,}",
        ] {
            for text in ["abcd abc ababc", "Ports (2012)", "The Éa, Ports (2012), a;b;c; (2013)", "ééééé Éè1è éèé", "xyxxyy xxxyy", "a b_c ü9", ""]
            {
                agree(pattern, text);
            }
        }
    }

    #[test]
    fn patterns_of_rules_read_their_examples_as_usual() {
        let rules = RuleSet::built_in().expect("built-in rules load");
        let rules: Vec<_> = rules.iter().filter(|(_, rule)| rule.layer() == "citation").map(|(_, rule)| rule).collect();
        let examples: Vec<&String> = rules.iter().flat_map(|rule| rule.catches.iter().chain(&rule.spares)).collect();
        for pattern in rules.iter().flat_map(|rule| rule.pattern.iter().chain(&rule.unless)) {
            examples.iter().for_each(|text| agree(pattern, text));
        }
        assert!(examples.len() > 100);
    }

    #[test]
    fn time_is_bounded() {
        let pattern = Pattern::new(r"(?:(?:a|b|ab)+,?)+!", &[]).expect("a pattern");
        assert!(!pattern.is_match(&"ab".repeat(2000)));
    }
}
