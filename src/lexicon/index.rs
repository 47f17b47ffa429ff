//! Names as sequences of words, for longest-match lookup.

use super::hash::{self, Table, mix};
use super::token::{self, Shape, Token};

/// How a name names its entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Usage {
    Name,
    Acronym,
    /// "Japanese"
    Adjective,
    /// "Ukrainians"
    People,
    /// A capital or seat that can stand for its government.
    Metonym,
    /// The name is no actor; what stands inside it is none either.
    NoActor,
}

/// One meaning of a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Naming {
    /// Index of the entry; none for names that are no actors.
    pub entry: Option<u32>,
    pub usage: Usage,
    /// True if the name counts only where the document names the same actor in another way.
    pub needs_context: bool,
}

/// The names of the lexicon, word by word.
#[derive(Debug, Clone)]
pub struct NameIndex {
    /// From a node and the hash of a word to the next node.
    edges: Table,
    /// What the words up to a node name.
    namings: Vec<Vec<Naming>>,
    /// Of each node: [`NAMED`], [`INNER`]. A quick look before the rest.
    flags: Vec<u8>,
}

/// The words up to the node are a name.
const NAMED: u8 = 1;
/// Longer names go on from the node.
const INNER: u8 = 2;

impl NameIndex {
    #[must_use]
    pub fn with_capacity(words: usize) -> Self {
        Self { edges: Table::with_capacity(words), namings: vec![Vec::new()], flags: vec![0] }
    }

    /// The node of `name`, made if it is not there, and the hash of its first word.
    pub fn insert(&mut self, name: &str, scratch: &mut Vec<Token>) -> Option<(u32, u64)> {
        scratch.clear();
        token::cut(name, scratch);
        let first = scratch.first()?.hash;
        let mut node = 0u32;
        for token in scratch.iter() {
            let next = self.namings.len() as u64;
            let child = self.edges.entry(edge(node, token.hash));
            if *child == 0 {
                *child = next;
                self.namings.push(Vec::new());
                self.flags.push(0);
                self.flags[node as usize] |= INNER;
            }
            node = *child as u32;
        }
        Some((node, first))
    }

    /// Adds a meaning to the name that ends at `node`, unless it has it.
    pub fn add(&mut self, node: u32, naming: Naming) {
        let namings = &mut self.namings[node as usize];
        if !namings.iter().any(|known| known.entry == naming.entry && known.usage == naming.usage) {
            namings.push(naming);
            self.flags[node as usize] |= NAMED;
        }
    }

    /// Forgets what the name that ends at `node` means.
    pub fn clear(&mut self, node: u32) {
        self.namings[node as usize].clear();
        self.flags[node as usize] &= !NAMED;
    }

    /// The meanings of exactly `name`.
    #[must_use]
    pub fn find(&self, name: &str) -> &[Naming] {
        let mut tokens = Vec::new();
        token::cut(name, &mut tokens);
        match self.longest(&tokens, name) {
            Some((len, namings)) if len == tokens.len() => namings,
            _ => &[],
        }
    }

    /// The meanings of the name that ends at `node`, as [`Self::longest_node`] gave it.
    #[must_use]
    pub fn namings(&self, node: u32) -> &[Naming] {
        self.namings.get(node as usize).map_or(&[], Vec::as_slice)
    }

    /// The longest name that `tokens` begin with: how many tokens it has, and what it means. `text` is the text that the tokens were cut from.
    #[must_use]
    pub fn longest(&self, tokens: &[Token], text: &str) -> Option<(usize, &[Naming])> {
        self.longest_node(tokens, text).map(|(len, node)| (len, self.namings(node)))
    }

    /// As [`Self::longest`], with the node at which the name ends.
    #[must_use]
    pub fn longest_node(&self, tokens: &[Token], text: &str) -> Option<(usize, u32)> {
        let mut node = 0u32;
        let mut best = None;
        for (index, token) in tokens.iter().enumerate() {
            let Some(child) = self.step(node, token, text) else { break };
            node = child;
            let flags = self.flags.get(node as usize).copied().unwrap_or(0);
            if flags & NAMED != 0 {
                best = Some((index + 1, node));
            }
            if flags & INNER == 0 {
                break;
            }
        }
        best
    }

    fn step(&self, node: u32, token: &Token, text: &str) -> Option<u32> {
        let exact = self.edges.get(edge(node, token.hash));
        // Headings in capitals: "SEOUL" is "Seoul", but "US" is not "Us".
        let folded = || {
            let long = token.shape == Shape::Upper && (token.end - token.start >= 4 || node != 0);
            long.then(|| {
                self.edges.get(edge(node, hash::of_title(token.text(text)))).or_else(|| self.edges.get(edge(node, token.lower)).filter(|_| node != 0))
            })?
        };
        exact.or_else(folded).map(|child| child as u32)
    }
}

fn edge(node: u32, word: u64) -> u64 {
    mix(word ^ u64::from(node).wrapping_mul(0x9e37_79b9_7f4a_7c15))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn index() -> NameIndex {
        let mut index = NameIndex::with_capacity(8);
        let mut scratch = Vec::new();
        for (entry, name) in ["Guinea", "Guinea-Bissau", "Security Council"].into_iter().enumerate() {
            let (node, _) = index.insert(name, &mut scratch).expect("a name has words");
            index.add(node, Naming { entry: Some(entry as u32), usage: Usage::Name, needs_context: false });
        }
        index
    }

    fn longest(text: &str) -> Option<(usize, u32)> {
        let index = index();
        let mut tokens = Vec::new();
        token::cut(text, &mut tokens);
        index.longest(&tokens, text).and_then(|(len, namings)| Some((len, namings.first()?.entry?)))
    }

    #[test]
    fn a_name_that_is_cleared_is_none_but_longer_ones_stay() {
        let mut index = index();
        let (node, _) = index.insert("Guinea", &mut Vec::new()).expect("a name has words");
        index.clear(node);
        assert!(index.find("Guinea").is_empty() && !index.find("Guinea-Bissau").is_empty());
    }

    #[test]
    fn takes_the_longest_name_and_reads_capitals() {
        assert_eq!(longest("Guinea-Bissau abstained"), Some((3, 1)));
        assert_eq!(longest("Guinea abstained"), Some((1, 0)));
        assert_eq!(longest("SECURITY COUNCIL"), Some((2, 2)));
        assert_eq!(longest("Security forces"), None);
    }
}
