//! The section tree: headings with their levels and what each section is for.

pub mod kind;
pub mod numbering;
mod tree;

use crate::document::Document;
pub use crate::record::SectionKind;
use crate::rule::{RuleId, RuleSet};
use crate::span::Span;

/// A section: a heading and everything below it.
#[derive(Debug, Clone)]
pub struct Section {
    /// Index of the parent in the outline.
    pub parent: Option<usize>,
    /// 1 for a top-level section.
    pub level: u8,
    pub kind: SectionKind,
    pub number: Option<String>,
    /// Index of the heading's block; none for text before the first heading.
    pub heading: Option<usize>,
    /// Heading and everything below it, subsections included, in the reading text.
    pub span: Span,
    /// What told that it is a heading, or what its words mean; none for text before the first heading.
    pub rule: Option<RuleId>,
    pub confidence: f32,
}

/// The sections of a document in document order, and the innermost section of each block.
#[derive(Debug, Default)]
pub struct Outline {
    pub sections: Vec<Section>,
    /// For each block of the document, the index of the innermost section that holds it.
    pub of_block: Vec<Option<usize>>,
}

impl Outline {
    /// The innermost section of a block.
    #[must_use]
    pub fn section_of(&self, block: usize) -> Option<&Section> {
        self.sections.get((*self.of_block.get(block)?)?)
    }

    /// The kind of the innermost section of a block; `Body` for text outside any section.
    #[must_use]
    pub fn kind_of(&self, block: usize) -> SectionKind {
        self.section_of(block).map_or(SectionKind::Body, |section| section.kind)
    }

    /// The section's heading and those of its ancestors, innermost first, as block indices.
    pub fn headings_above(&self, block: usize) -> impl Iterator<Item = usize> + '_ {
        let innermost = self.of_block.get(block).copied().flatten();
        std::iter::successors(innermost, |&index| self.sections[index].parent).filter_map(|index| self.sections[index].heading)
    }
}

/// Builds the section tree of a document.
#[must_use]
pub fn outline(document: &Document, rules: &RuleSet) -> Outline {
    tree::Builder::new(document, rules).build()
}
