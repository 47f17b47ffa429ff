//! How patterns are written: the part of the usual syntax of regular expressions that grammars of documents need, as a tree.
//!
//! `\d` is a digit 0 to 9, `\w` a letter of Latin script, digit or underscore, `\s` white space, and `\b` a border of ASCII words: no family of documents
//! has other digits or letters.

use std::iter::Peekable;
use std::str::Chars;

/// A pattern or a part of one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Node {
    Character(char),
    Set(Set),
    /// The start of the text.
    Start,
    /// The end of the text.
    End,
    /// The border of a word of ASCII letters, digits and underscores.
    Border,
    /// What the group of this name matched is kept.
    Named(String, Box<Node>),
    Sequence(Vec<Node>),
    /// One of several, the first that leads to a match.
    Choice(Vec<Node>),
    Repeat(Box<Node>, Times),
}

/// How often something may stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Times {
    pub least: u32,
    /// `u32::MAX` for as often as may be.
    pub most: u32,
    /// As seldom as may be is tried first.
    pub lazy: bool,
}

/// A set of characters.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Set {
    /// The ASCII characters in it, as bits.
    pub ascii: [u64; 2],
    /// Ranges of characters beyond ASCII.
    pub others: Vec<(char, char)>,
    /// True if it holds the characters beyond ASCII that stand in no range.
    pub is_complement: bool,
}

const LETTERS: [(char, char); 7] = [('0', '9'), ('A', 'Z'), ('a', 'z'), ('_', '_'), ('\u{c0}', '\u{d6}'), ('\u{d8}', '\u{f6}'), ('\u{f8}', '\u{17f}')];
const DIGITS: [(char, char); 1] = [('0', '9')];
/// White space of Unicode.
const SPACES: [(char, char); 10] = [
    ('\t', '\r'),
    (' ', ' '),
    ('\u{85}', '\u{85}'),
    ('\u{a0}', '\u{a0}'),
    ('\u{1680}', '\u{1680}'),
    ('\u{2000}', '\u{200a}'),
    ('\u{2028}', '\u{2029}'),
    ('\u{202f}', '\u{202f}'),
    ('\u{205f}', '\u{205f}'),
    ('\u{3000}', '\u{3000}'),
];

impl Set {
    fn of(ranges: &[(char, char)]) -> Self {
        let mut set = Self::default();
        ranges.iter().for_each(|&(from, to)| set.add(from, to));
        set
    }

    fn add(&mut self, from: char, to: char) {
        for code in from as u32..=(to as u32).min(127) {
            self.ascii[code as usize >> 6] |= 1 << (code & 63);
        }
        if !to.is_ascii() {
            self.others.push((from.max('\u{80}'), to));
        }
    }

    /// The characters that are not in the set.
    fn complement(mut self) -> Self {
        self.ascii = self.ascii.map(|bits| !bits);
        self.is_complement = !self.is_complement;
        self
    }
}

impl Node {
    /// Adds what stands in every match: of each list one of the words. Words of one byte, and one of many, tell little and are left out.
    pub fn needs(&self, out: &mut Vec<Vec<String>>) {
        const MOST: usize = 3;
        match self {
            Self::Named(_, inner) => inner.needs(out),
            Self::Sequence(parts) => {
                let mut word = String::new();
                for part in parts {
                    if let Self::Character(c) = part {
                        word.push(*c);
                        continue;
                    }
                    out.extend(Some(vec![std::mem::take(&mut word)]).filter(|words| words[0].len() > 1));
                    part.needs(out);
                }
                out.extend(Some(vec![word]).filter(|words| words[0].len() > 1));
            }
            Self::Choice(parts) if parts.len() <= MOST => {
                let words: Option<Vec<String>> = parts.iter().map(Self::word).collect();
                out.extend(words.filter(|words| words.iter().all(|word| word.len() > 1)));
            }
            _ => {}
        }
    }

    /// The word that this is, if it is nothing else.
    fn word(&self) -> Option<String> {
        let Self::Sequence(parts) = self else { return None };
        let letter = |part: &Self| if let Self::Character(c) = part { Some(*c) } else { None };
        parts.iter().map(letter).collect()
    }
}

/// What an escape stands for.
enum Escaped {
    One(char),
    Ranges(&'static [(char, char)]),
    Border,
}

/// Reads a pattern; none for one that is malformed or has what is not known here.
pub(super) fn parse(pattern: &str) -> Option<Node> {
    let mut parser = Parser { rest: pattern.chars().peekable() };
    let node = parser.choice()?;
    parser.rest.next().is_none().then_some(node)
}

struct Parser<'a> {
    rest: Peekable<Chars<'a>>,
}

impl Parser<'_> {
    fn takes(&mut self, c: char) -> bool {
        self.rest.next_if_eq(&c).is_some()
    }

    fn expects(&mut self, words: &str) -> Option<()> {
        words.chars().all(|c| self.takes(c)).then_some(())
    }

    /// Several sequences with bars between them, up to the end or a closing bracket.
    fn choice(&mut self) -> Option<Node> {
        let first = self.sequence()?;
        if self.rest.peek() != Some(&'|') {
            return Some(first);
        }
        let mut parts = vec![first];
        while self.takes('|') {
            parts.push(self.sequence()?);
        }
        Some(Node::Choice(parts))
    }

    fn sequence(&mut self) -> Option<Node> {
        let mut parts = Vec::new();
        while self.rest.peek().is_some_and(|c| !matches!(c, '|' | ')')) {
            let part = self.one()?;
            parts.push(self.repeated(part)?);
        }
        Some(if parts.len() == 1 { parts.remove(0) } else { Node::Sequence(parts) })
    }

    fn one(&mut self) -> Option<Node> {
        Some(match self.rest.next()? {
            '(' => self.group()?,
            '[' => Node::Set(self.set()?),
            '^' => Node::Start,
            '$' => Node::End,
            '.' => Node::Set(Set::of(&[('\n', '\n')]).complement()),
            '\\' => match self.escaped()? {
                Escaped::One(c) => Node::Character(c),
                Escaped::Ranges(ranges) => Node::Set(Set::of(ranges)),
                Escaped::Border => Node::Border,
            },
            '*' | '+' | '?' | '{' => return None,
            c => Node::Character(c),
        })
    }

    /// A group whose opening bracket was taken.
    fn group(&mut self) -> Option<Node> {
        if !self.takes('?') {
            let inner = self.choice()?;
            return self.takes(')').then_some(inner);
        }
        match self.rest.next()? {
            ':' => {
                let inner = self.choice()?;
                self.takes(')').then_some(inner)
            }
            'P' => {
                self.expects("<")?;
                let mut name = String::new();
                while !self.takes('>') {
                    name.push(self.rest.next()?);
                }
                let inner = self.choice()?;
                self.takes(')').then(|| Node::Named(name, Box::new(inner)))
            }
            '-' => self.expects("u:\\b)").map(|()| Node::Border),
            _ => None,
        }
    }

    /// What follows a backslash.
    fn escaped(&mut self) -> Option<Escaped> {
        Some(match self.rest.next()? {
            'd' => Escaped::Ranges(&DIGITS),
            'w' => Escaped::Ranges(&LETTERS),
            's' => Escaped::Ranges(&SPACES),
            'b' => Escaped::Border,
            'n' => Escaped::One('\n'),
            't' => Escaped::One('\t'),
            'x' => {
                let code = self.rest.next()?.to_digit(16)? * 16 + self.rest.next()?.to_digit(16)?;
                Escaped::One(char::from_u32(code)?)
            }
            c if c.is_ascii_punctuation() => Escaped::One(c),
            _ => return None,
        })
    }

    /// A set whose opening bracket was taken.
    fn set(&mut self) -> Option<Set> {
        let is_complement = self.takes('^');
        let mut set = Set::default();
        let mut is_first = true;
        loop {
            let c = match self.rest.next()? {
                ']' if !is_first => break,
                // A set within a set, or an operation on two.
                '[' => return None,
                '&' | '~' if self.rest.peek() == Some(&'&') || self.rest.peek() == Some(&'~') => return None,
                '\\' => match self.escaped()? {
                    Escaped::One(c) => c,
                    Escaped::Ranges(ranges) => {
                        ranges.iter().for_each(|&(from, to)| set.add(from, to));
                        is_first = false;
                        continue;
                    }
                    Escaped::Border => return None,
                },
                c => c,
            };
            is_first = false;
            let to = self.range_end(c)?;
            set.add(c, to);
        }
        Some(if is_complement { set.complement() } else { set })
    }

    /// The end of the range that begins with `from`, or `from` itself.
    fn range_end(&mut self, from: char) -> Option<char> {
        let mut ahead = self.rest.clone();
        if ahead.next() != Some('-') || matches!(ahead.peek(), Some(']') | None) {
            return Some(from);
        }
        self.rest = ahead;
        let to = match self.rest.next()? {
            '\\' => match self.escaped()? {
                Escaped::One(c) => c,
                _ => return None,
            },
            '-' => return None,
            c => c,
        };
        (from <= to).then_some(to)
    }

    /// `node` with the sign behind it that says how often it may stand.
    fn repeated(&mut self, node: Node) -> Option<Node> {
        let (least, most) = match self.rest.peek() {
            Some('?') => (0, 1),
            Some('*') => (0, u32::MAX),
            Some('+') => (1, u32::MAX),
            Some('{') => {
                self.rest.next();
                let bounds = self.bounds()?;
                let times = Times { least: bounds.0, most: bounds.1, lazy: self.takes('?') };
                return self.once_repeated(node, times);
            }
            _ => return Some(node),
        };
        self.rest.next();
        let times = Times { least, most, lazy: self.takes('?') };
        self.once_repeated(node, times)
    }

    /// `node` so many times; none if another sign follows.
    fn once_repeated(&mut self, node: Node, times: Times) -> Option<Node> {
        let again = self.rest.peek().is_some_and(|c| matches!(c, '?' | '*' | '+' | '{'));
        (!again && times.least <= times.most).then(|| Node::Repeat(Box::new(node), times))
    }

    /// The numbers of "{3,160}", "{3}" or "{3,}" after the opening bracket.
    fn bounds(&mut self) -> Option<(u32, u32)> {
        let least = self.number()?;
        if self.takes('}') {
            return Some((least, least));
        }
        self.expects(",")?;
        if self.takes('}') {
            return Some((least, u32::MAX));
        }
        let most = self.number()?;
        self.takes('}').then_some((least, most))
    }

    /// A number of at most a thousand.
    fn number(&mut self) -> Option<u32> {
        let mut number = None;
        while let Some(digit) = self.rest.peek().and_then(|c| c.to_digit(10)) {
            self.rest.next();
            number = Some(number.unwrap_or(0) * 10 + digit).filter(|&number| number <= 1000);
            number?;
        }
        number
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_unknown_or_malformed_is_no_pattern() {
        for pattern in ["(a", "a)", "[a", "a{2", "*", "a**", r"\p{L}", "(?i)a", r"[\w&&a]", "[[:alpha:]]", "a{3,2}", "(?<x>a)", "[b-a]"] {
            assert_eq!(parse(pattern), None, "{pattern}");
        }
    }

    #[test]
    fn every_match_holds_what_its_parts_need() {
        let mut needs = Vec::new();
        parse("(?P<title>[A-Z]a+)(?:’s|'s) (?P<span>Act of[0-9]?|x) on(?:a|bc)d(?:ef)?").expect("a pattern").needs(&mut needs);
        assert_eq!(needs, [vec!["’s", "'s"], vec![" on"]]);
    }

    #[test]
    fn sets_are_ranges_and_their_complements() {
        let Some(Node::Set(set)) = parse(r"[^;\n“”-]") else { panic!("a set") };
        assert!(set.is_complement && set.others == [('“', '“'), ('”', '”')]);
        assert_eq!(set.ascii[0] >> b'-' & 1 | set.ascii[0] >> b';' & 1, 0);
        assert_eq!(parse("a|b{2,}?"), parse("(?:a|(?:b{2,}?))"));
    }
}
