//! Names as sequences of words, for longest-match lookup.

use std::borrow::Cow;

use super::hash::{self, mix};
use super::naming::Naming;
use super::pack::{self, Packed, Slot};
use super::token::{self, Shape, Token};

/// The names of the lexicon, word by word.
#[derive(Debug, Clone)]
pub struct NameIndex {
    /// From a node and the hash of a word to the next node.
    edges: Cow<'static, [Slot]>,
    /// See [`Packed::nodes`].
    nodes: Cow<'static, [[u8; 4]]>,
    namings: Vec<Naming>,
}

impl NameIndex {
    /// An index of tables that lie in the program.
    pub(super) fn of_parts(edges: &'static [Slot], nodes: &'static [[u8; 4]], namings: &'static [[u8; 4]]) -> Self {
        let namings = namings.iter().map(|packed| Naming::unpacked(u32::from_le_bytes(*packed))).collect();
        Self { edges: Cow::Borrowed(edges), nodes: Cow::Borrowed(nodes), namings }
    }

    /// An index of tables that were just built.
    pub(super) fn of_packed(packed: &Packed) -> Self {
        Self {
            edges: packed.edges.iter().map(|slot| slot.to_le_bytes()).collect(),
            nodes: packed.nodes.iter().map(|node| node.to_le_bytes()).collect(),
            namings: packed.namings.iter().map(|&naming| Naming::unpacked(naming)).collect(),
        }
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
        let (first, end, _) = self.node(node);
        self.namings.get(first..end).unwrap_or_default()
    }

    /// The places of the namings of a node, and whether longer names go on from it.
    fn node(&self, node: u32) -> (usize, usize, bool) {
        let at = |node: usize| self.nodes.get(node).map_or(0, |node| u32::from_le_bytes(*node));
        let (here, next) = (at(node as usize), at(node as usize + 1));
        ((here >> 1) as usize, (next >> 1) as usize, here & 1 == 1)
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
            let (first, end, is_inner) = self.node(node);
            if first < end {
                best = Some((index + 1, node));
            }
            if !is_inner {
                break;
            }
        }
        best
    }

    fn step(&self, node: u32, token: &Token, text: &str) -> Option<u32> {
        let find = |word: u64| pack::find(&self.edges, edge(node, word));
        // Headings in capitals: "SEOUL" is "Seoul", but "US" is not "Us".
        let folded = || {
            let long = token.shape == Shape::Upper && (token.end - token.start >= 4 || node != 0);
            long.then(|| find(hash::of_title(token.text(text))).or_else(|| find(token.lower).filter(|_| node != 0)))?
        };
        find(token.hash).or_else(folded)
    }
}

/// The key of the step from a node along a word.
pub(super) fn edge(node: u32, word: u64) -> u64 {
    mix(word ^ u64::from(node).wrapping_mul(0x9e37_79b9_7f4a_7c15))
}

#[cfg(test)]
mod tests {
    use super::super::build::Builder;
    use super::super::naming::Usage;
    use super::*;

    fn builder() -> Builder {
        let mut builder = Builder::new(8, 8);
        for (entry, name) in (0..).zip(["Guinea", "Guinea-Bissau", "Security Council"]) {
            builder.add(name, Naming { entry: Some(entry), usage: Usage::Name, needs_context: false });
        }
        builder
    }

    fn index() -> NameIndex {
        NameIndex::of_packed(&builder().pack())
    }

    fn longest(text: &str) -> Option<(usize, u32)> {
        let index = index();
        let mut tokens = Vec::new();
        token::cut(text, &mut tokens);
        index.longest(&tokens, text).and_then(|(len, namings)| Some((len, namings.first()?.entry?)))
    }

    #[test]
    fn a_name_that_is_forgotten_is_none_but_longer_ones_stay() {
        let mut builder = builder();
        builder.forget("Guinea");
        let index = NameIndex::of_packed(&builder.pack());
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
