//! Builds the tables of words and names from the files. This is done when the crate is built, and again where a user's table is laid over them.

use super::class::{Class, bit};
use super::files::{self, USAGES, is_acronym};
use super::hash::{self, Table};
use super::index::edge;
use super::naming::{Naming, Usage};
use super::pack::{self, Packed};
use super::token::{self, Token};

/// Room for the words of all files, so that the table does not grow while it is filled.
const WORD_COUNT: usize = 110_000;
const NODE_COUNT: usize = 24_000;

/// The tables while they are filled.
#[derive(Debug, Clone)]
pub(super) struct Builder {
    /// From a node and the hash of a word to the next node.
    edges: Table,
    nodes: Vec<Node>,
    /// Classes by the hash of the word: of words in small letters, and evidence for names as written.
    classes: Table,
    scratch: Vec<Token>,
}

/// The words up to here.
#[derive(Debug, Clone, Default)]
struct Node {
    /// What they name.
    namings: Vec<Naming>,
    /// Longer names go on from here.
    is_inner: bool,
}

impl Builder {
    pub fn new(words: usize, nodes: usize) -> Self {
        Self { edges: Table::with_capacity(nodes), nodes: vec![Node::default()], classes: Table::with_capacity(words), scratch: Vec::new() }
    }

    /// The words and names of the files.
    pub fn built_in() -> Self {
        let mut builder = Self::new(WORD_COUNT, NODE_COUNT);
        files::words(|class, word| {
            if let Some(class) = Class::named(class) {
                builder.add_class(hash::of(word), class);
            }
        });
        for (entry, actor) in (0..).zip(files::actors()) {
            builder.add_names(entry, actor.name, actor.usage);
            actor.names.into_iter().zip(USAGES).for_each(|(names, usage)| builder.add_names(entry, names, usage));
        }
        for name in files::not_actors() {
            builder.add(name, Naming { entry: None, usage: Usage::NoActor, needs_context: false });
        }
        builder
    }

    fn add_class(&mut self, hash: u64, class: Class) {
        *self.classes.entry(hash) |= bit(class);
    }

    /// Adds names joined with ";"; one that begins with "?" needs context.
    fn add_names(&mut self, entry: u32, names: &str, usage: Usage) {
        for name in names.split(';').filter(|name| !name.is_empty()) {
            let (name, needs_context) = name.strip_prefix('?').map_or((name, false), |name| (name, true));
            let usage = if usage == Usage::Name && is_acronym(name) { Usage::Acronym } else { usage };
            self.add(name, Naming { entry: Some(entry), usage, needs_context });
        }
    }

    /// Adds a meaning to a name, unless it has it.
    pub fn add(&mut self, name: &str, naming: Naming) {
        let Some((node, first)) = self.insert(name) else { return };
        let namings = &mut self.nodes[node].namings;
        if !namings.iter().any(|known| known.entry == naming.entry && known.usage == naming.usage) {
            namings.push(naming);
        }
        self.add_class(first, Class::Begins);
    }

    /// Forgets what a name means.
    pub fn forget(&mut self, name: &str) {
        if let Some((node, _)) = self.insert(name) {
            self.nodes[node].namings.clear();
        }
    }

    /// The node of `name`, made if it is not there, and the hash of its first word.
    fn insert(&mut self, name: &str) -> Option<(usize, u64)> {
        self.scratch.clear();
        token::cut(name, &mut self.scratch);
        let first = self.scratch.first()?.hash;
        let mut node = 0;
        for token in &self.scratch {
            let next = self.nodes.len() as u64;
            if next > pack::LARGEST {
                return None;
            }
            let child = self.edges.entry(edge(node as u32, token.hash));
            if *child == 0 {
                *child = next;
                self.nodes.push(Node::default());
                self.nodes[node].is_inner = true;
            }
            node = *child as usize;
        }
        Some((node, first))
    }

    #[cfg(test)]
    pub fn classes(&self, hash: u64) -> super::Classes {
        super::Classes(self.classes.get(hash).unwrap_or(0))
    }

    pub fn pack(&self) -> Packed {
        let mut sets: Vec<u64> = self.classes.places().iter().map(|place| place.1).chain([0]).collect();
        sets.sort_unstable();
        sets.dedup();
        let mut nodes = Vec::with_capacity(self.nodes.len() + 1);
        let mut namings = Vec::new();
        for node in &self.nodes {
            nodes.push((namings.len() as u32) << 1 | u32::from(node.is_inner));
            namings.extend(node.namings.iter().map(|naming| naming.packed()));
        }
        nodes.push((namings.len() as u32) << 1);
        let classes = pack::slots(&self.classes, |classes| sets.binary_search(&classes).unwrap_or_default() as u64);
        Packed { classes, sets, edges: pack::slots(&self.edges, |node| node), nodes, namings }
    }
}
