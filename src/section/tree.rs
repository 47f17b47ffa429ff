//! From headings to a tree: levels from mark-up, numbers and typography, kinds from words and from the section above.

use super::kind::{HeadingWords, KindRule};
use super::numbering::{self, Style};
use super::{Outline, Section, SectionKind};
use crate::document::{Block, BlockKind, Document};
use crate::rule::RuleSet;

/// The deepest level that is told apart; deeper nesting occurs only in damaged mark-up.
const DEEPEST: u8 = 9;

/// How a heading looks; headings that look the same are of one rank.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Look {
    /// The level that the mark-up gives.
    MarkUp(u8),
    Number(Style),
    /// A name that every paper has at its top level ("Conclusion", "References"), without number.
    Fixed {
        /// True for those that a chapter may have too.
        of_chapter: bool,
    },
    /// Capital letters throughout.
    Capitals,
    Plain,
    /// A plain heading with another directly below it.
    Parent,
}

struct Open {
    section: usize,
    look: Look,
}

/// Builds the tree in one pass over the blocks.
pub(super) struct Builder<'a> {
    document: &'a Document,
    rules: &'a RuleSet,
    words: &'static HeadingWords,
    outline: Outline,
    open: Vec<Open>,
    /// True if some headings are in capitals and others are not, so that capitals tell a rank.
    capitals_rank: bool,
    /// True if numbers have parts ("2.1"), so that a number without is that of a top-level section.
    divided_numbers: bool,
    /// True below the notes or the reference list.
    past_apparatus: bool,
}

impl<'a> Builder<'a> {
    pub(super) fn new(document: &'a Document, rules: &'a RuleSet) -> Self {
        Self {
            document,
            rules,
            words: HeadingWords::built_in(),
            outline: Outline::default(),
            open: Vec::new(),
            capitals_rank: capitals_rank(document, HeadingWords::built_in()),
            divided_numbers: document.blocks.iter().any(
                |block| matches!(&block.kind, BlockKind::Heading { level: None, number: Some(number) } if numbering::style_of(number) == Style::Decimal(2)),
            ),
            past_apparatus: false,
        }
    }

    pub(super) fn build(mut self) -> Outline {
        self.outline.of_block.reserve(self.document.blocks.len());
        for (index, block) in self.document.blocks.iter().enumerate() {
            if block.kind.is_heading() {
                self.heading(index, block);
            } else if self.open.is_empty() && self.outline.sections.is_empty() && !matches!(block.kind, BlockKind::Title | BlockKind::Furniture) {
                self.before_first_heading(block);
            }
            let innermost = self.outline.sections.len().checked_sub(1);
            self.outline.of_block.push(innermost.filter(|_| !matches!(block.kind, BlockKind::Title) || !self.open.is_empty()));
            if let Some(section) = innermost.and_then(|last| self.outline.sections.get_mut(last)) {
                section.span = section.span.cover(block.span);
            }
        }
        self.close_to(0);
        self.outline
    }

    /// True if notes or references stand below the heading: its words may as well head the notes of a table, or be an entry of a list of contents.
    fn holds_apparatus(&self, heading: usize) -> bool {
        let below = self.document.blocks.iter().skip(heading + 1).filter(|block| block.kind != BlockKind::Furniture);
        below.take(3).take_while(|block| !block.kind.is_heading()).any(|block| matches!(block.kind, BlockKind::Note { .. } | BlockKind::Reference { .. }))
    }

    fn before_first_heading(&mut self, block: &Block) {
        self.outline.sections.push(Section {
            parent: None,
            level: 1,
            kind: SectionKind::Body,
            number: None,
            heading: None,
            span: block.span,
            rule: None,
            confidence: 1.0,
        });
    }

    fn heading(&mut self, index: usize, block: &Block) {
        let text = self.document.text(block.span);
        // "Annex A: Rivers" tells its kind by what stands with the number.
        let has_number = matches!(block.kind, BlockKind::Heading { number: Some(_), .. });
        let named = self.words.kind(text).or_else(|| if has_number { self.words.kind(block.source.of(&self.document.source)) } else { None });
        let look = self.look(index, block, text, named);
        let depth = if self.opens_chapter(block) { 0 } else { self.depth_for(look) };
        let depth = if look == Look::Plain && self.leaves_series(depth, text) { depth - 1 } else { depth };
        self.close_to(depth);
        let parent = self.open.last().map(|open| open.section);
        let mut kind = self.kind(index, named.map(|rule| rule.kind), parent);
        if matches!(kind, SectionKind::Notes | SectionKind::References) && self.holds_apparatus(index) {
            self.past_apparatus = true;
        }
        if self.past_apparatus && kind == SectionKind::Body && named.is_none() && matches!(look, Look::Plain | Look::Parent) {
            // After the notes of a text without mark-up come the author, the institution and links to other works.
            let about = self.outline.sections.last().is_some_and(|last| last.kind == SectionKind::About);
            kind = if about { SectionKind::About } else { SectionKind::Boilerplate };
        }
        let form = match &block.kind {
            BlockKind::Heading { level: Some(_), .. } => "section.heading.mark-up",
            BlockKind::Heading { number: Some(_), .. } => "section.heading.number",
            _ => "section.heading.line",
        };
        let rule = self.rules.find(named.map_or(form, |rule| &rule.rule)).or_else(|| self.rules.find(form));
        let number = match &block.kind {
            BlockKind::Heading { number, .. } => number.clone(),
            _ => None,
        };
        let level = u8::try_from(depth + 1).unwrap_or(DEEPEST).min(DEEPEST);
        self.open.push(Open { section: self.outline.sections.len(), look });
        let confidence = rule.map_or(0.9, |rule| self.rules.get(rule).confidence);
        self.outline.sections.push(Section { parent, level, kind, number, heading: Some(index), span: block.span, rule, confidence });
    }

    /// `named` is the kind that the words of the heading name.
    fn look(&self, index: usize, block: &Block, text: &str, named: Option<&KindRule>) -> Look {
        let BlockKind::Heading { level, number } = &block.kind else { return Look::Plain };
        if let Some(level) = level {
            return Look::MarkUp(*level);
        }
        if let Some(number) = number {
            let written = block.source.of(&self.document.source);
            let style = numbering::split(written.trim_start()).map_or_else(|| numbering::style_of(number), |found| found.style);
            return Look::Number(style);
        }
        let is_annex = named.is_some_and(|rule| rule.kind == SectionKind::Appendix);
        if is_annex || self.words.whole(text).is_some_and(|kind| matches!(kind, SectionKind::Notes | SectionKind::References)) {
            return Look::Fixed { of_chapter: false };
        }
        if self.capitals_rank && is_capitals(text) {
            return Look::Capitals;
        }
        if let Some(kind) = self.words.whole(text).filter(|&kind| is_fixed(kind)) {
            let of_chapter = matches!(kind, SectionKind::Introduction | SectionKind::Conclusion | SectionKind::Summary | SectionKind::Recommendations);
            return Look::Fixed { of_chapter };
        }
        let next = self.document.blocks.get(index + 1);
        let has_child = next.is_some_and(|next| matches!(next.kind, BlockKind::Heading { level: None, number: None }));
        let child_fixed = next.is_some_and(|next| self.words.whole(self.document.text(next.span)).is_some_and(is_fixed));
        if has_child && !child_fixed { Look::Parent } else { Look::Plain }
    }

    /// True for "Chapter 7" and "Part II" below headings without numbers: a letter or foreword before the chapters does not hold them.
    fn opens_chapter(&self, block: &Block) -> bool {
        let written = block.source.of(&self.document.source).trim_start();
        let chapter = ["chapter ", "part "].iter().any(|word| written.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word)));
        let numbered = matches!(block.kind, BlockKind::Heading { level: None, number: Some(_) });
        chapter && numbered && self.open.iter().all(|open| !matches!(open.look, Look::Number(_) | Look::MarkUp(_)))
    }

    /// How many open sections stay open above a heading of this look.
    fn depth_for(&self, look: Look) -> usize {
        match look {
            Look::MarkUp(level) => self.open.iter().position(|open| matches!(open.look, Look::MarkUp(other) if other >= level)).unwrap_or(self.open.len()),
            Look::Number(style) => self.depth_for_number(style),
            Look::Fixed { of_chapter } => self.depth_for_fixed(of_chapter),
            Look::Capitals => self.open.iter().position(|open| !matches!(open.look, Look::Number(_) | Look::MarkUp(_))).unwrap_or(self.open.len()),
            Look::Parent => self.open.iter().position(|open| matches!(open.look, Look::Parent | Look::Plain | Look::Fixed { .. })).unwrap_or(self.open.len()),
            Look::Plain => self.depth_for_plain(),
        }
    }

    fn depth_for_number(&self, style: Style) -> usize {
        let same = self.open.iter().position(|open| open.look == Look::Number(style));
        let deeper = |open: &Open| match (open.look, style) {
            (Look::Number(Style::Decimal(other)), Style::Decimal(parts)) | (Look::Number(Style::Mixed(other)), Style::Mixed(parts)) => other >= parts,
            _ => false,
        };
        let outermost_deeper = self.open.iter().position(deeper);
        // Annexes and fixed names stand beside the chapters, so a chapter's number closes them; so does a number after a plain heading that is no parent of numbers.
        let beside = self.open.iter().position(|open| matches!(open.look, Look::Fixed { .. } | Look::Number(Style::Annex)) && style == Style::Named);
        same.or(outermost_deeper).or(beside).unwrap_or_else(|| {
            let first_part = matches!(style, Style::Decimal(1) | Style::Roman | Style::Named);
            let only_fixed = self.open.iter().all(|open| matches!(open.look, Look::Fixed { .. }));
            let no_number_open = self.open.iter().all(|open| !matches!(open.look, Look::Number(_) | Look::MarkUp(_)));
            let is_top = style == Style::Decimal(1) && self.divided_numbers && no_number_open;
            if style == Style::Annex || is_top || first_part && only_fixed { 0 } else { self.open.len() }
        })
    }

    /// "References" stands at the top; "Conclusion" does too, save in a book whose chapters may have their own.
    fn depth_for_fixed(&self, of_chapter: bool) -> usize {
        let chapter = self.open.iter().position(|open| open.look == Look::Number(Style::Named));
        chapter.filter(|_| of_chapter).map_or(0, |at| at + 1)
    }

    fn depth_for_plain(&self) -> usize {
        let Some(last) = self.open.last() else { return 0 };
        match last.look {
            Look::Plain => self.open.len() - 1,
            Look::Parent | Look::Number(_) | Look::MarkUp(_) | Look::Capitals => self.open.len(),
            Look::Fixed { .. } => {
                // "Policy Recommendations" directly above another heading is its parent; "Introduction" with text below it is a sibling.
                let section = self.outline.sections.last();
                let bare = section.is_some_and(|section| section.heading.is_some_and(|heading| section.span == self.document.blocks[heading].span));
                if bare { self.open.len() } else { self.open.len() - 1 }
            }
        }
    }

    /// True if the section open at `depth` is one of a series "For the ministry", "For schools", and this heading is none of it.
    fn leaves_series(&self, depth: usize, text: &str) -> bool {
        let Some(parent) = depth.checked_sub(1).and_then(|above| self.open.get(above)) else { return false };
        let Some(lead) = self.open.get(depth).and_then(|open| self.addressing_word(open.section)) else { return false };
        // Below a number, what comes up to the next number stays.
        if first_word(text) == lead || matches!(parent.look, Look::Number(_)) {
            return false;
        }
        let sections = self.outline.sections.get(parent.section + 1..).unwrap_or_default();
        // The bound keeps long documents linear.
        let first = (parent.section + 1).max(self.outline.sections.len().saturating_sub(64));
        let siblings = sections.iter().enumerate().map(|(offset, section)| (parent.section + 1 + offset, section));
        let siblings = siblings.skip(first - parent.section - 1).filter(|(_, section)| section.parent == Some(parent.section));
        let (alike, all) = siblings.fold((0, 0), |(alike, all), (index, _)| (alike + usize::from(self.addressing_word(index) == Some(lead)), all + 1));
        alike >= 2 && alike == all
    }

    /// "For" or "To" at the start of a section's heading.
    fn addressing_word(&self, section: usize) -> Option<&str> {
        let heading = self.document.blocks.get(self.outline.sections.get(section)?.heading?)?;
        Some(first_word(self.document.text(heading.span))).filter(|word| matches!(*word, "For" | "To"))
    }

    fn close_to(&mut self, depth: usize) {
        while self.open.len() > depth {
            let Some(closed) = self.open.pop() else { return };
            let span = self.outline.sections[closed.section].span;
            if let Some(parent) = self.open.last() {
                let parent = &mut self.outline.sections[parent.section];
                parent.span = parent.span.cover(span);
            }
        }
    }

    fn kind(&self, index: usize, named: Option<SectionKind>, parent: Option<usize>) -> SectionKind {
        match named {
            Some(SectionKind::References | SectionKind::Notes) => self.apparatus_kind(index).or(named).unwrap_or_default(),
            Some(kind) => kind,
            None if self.urges(index) => SectionKind::Recommendations,
            None => parent.map_or(SectionKind::Body, |parent| self.inherited(&self.outline.sections[parent])),
        }
    }

    /// True for a heading that is a sentence of advice: "The ports must be kept open:".
    fn urges(&self, index: usize) -> bool {
        let text = self.document.blocks.get(index).map_or("", |block| self.document.text(block.span));
        text.ends_with(['.', ':']) && [" should ", " must "].iter().any(|modal| text.contains(modal))
    }

    /// The kind that a heading without telling words takes from the section above it.
    fn inherited(&self, above: &Section) -> SectionKind {
        match above.kind {
            SectionKind::Body | SectionKind::Background | SectionKind::Contents | SectionKind::Methods => SectionKind::Body,
            // Requirements are set out one by one: what stands below is the matter itself.
            SectionKind::Recommendations
                if above.heading.is_some_and(|heading| self.document.text(self.document.blocks[heading].span).to_lowercase().contains("requirement")) =>
            {
                SectionKind::Body
            }
            kind => kind,
        }
    }

    /// What stands below a heading: notes or entries of a reference list. Function goes over wording.
    fn apparatus_kind(&self, index: usize) -> Option<SectionKind> {
        let below = self.document.blocks.get(index + 1..)?.iter().take_while(|block| !block.kind.is_heading()).take(8);
        below
            .filter(|block| block.kind.is_apparatus())
            .map(|block| match block.kind {
                BlockKind::Note { .. } => SectionKind::Notes,
                _ => SectionKind::References,
            })
            .next()
    }
}

fn first_word(text: &str) -> &str {
    text.split_whitespace().next().unwrap_or_default()
}

fn is_capitals(text: &str) -> bool {
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    letters >= 4 && !text.chars().any(char::is_lowercase)
}

fn is_fixed(kind: SectionKind) -> bool {
    !matches!(kind, SectionKind::Body | SectionKind::Background | SectionKind::Methods)
}

fn capitals_rank(document: &Document, words: &HeadingWords) -> bool {
    let mut seen = (false, false);
    for block in document.blocks.iter().filter(|block| matches!(block.kind, BlockKind::Heading { level: None, number: None })) {
        let text = document.text(block.span);
        if !words.whole(text).is_some_and(is_fixed) {
            if is_capitals(text) { seen.0 = true } else { seen.1 = true }
        }
        if seen == (true, true) {
            return true;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::super::{SectionKind, outline};
    use crate::ingest::Limits;
    use crate::rule::RuleSet;

    #[test]
    fn what_follows_a_heading_of_notes_without_notes_is_still_the_paper() {
        let text = "The mayors of the towns on the southern river were not asked, and they protested against it.";
        let source = format!("Ports\n\nBibliography\n\nIntroduction\n\n{text}\n\nLakes of the South\n\n{text}\n");
        let document = crate::ingest::read("ports.txt", source.as_bytes(), &Limits::default()).expect("plain text");
        let sections = outline(&document, &RuleSet::built_in().expect("built-in rules load")).sections;
        assert_eq!(sections.last().map(|section| section.kind), Some(SectionKind::Body));
    }

    #[test]
    fn numbers_below_parts_of_a_numeral() {
        let text = "The mayors of the towns on the southern river were not asked, and they protested against it.";
        let source = format!(
            "III. PORTS AND RAILS\n\nIII.1 PORTS\n\n1. Open the ports\n{text}\n\n2. Clean the ports\n{text}\n\nIII.2 RAILS\n\n1. Mend the rails\n{text}\n\nIV. LAKES\n\n{text}\n"
        );
        let document = crate::ingest::read("ports.txt", source.as_bytes(), &Limits::default()).expect("plain text");
        let sections = outline(&document, &RuleSet::built_in().expect("built-in rules load")).sections;
        let levels: Vec<u8> = sections.iter().filter(|section| section.heading.is_some()).map(|section| section.level).collect();
        assert_eq!(levels, [1, 2, 3, 3, 2, 3, 1]);
    }

    #[test]
    fn a_letter_before_the_chapters_does_not_hold_them() {
        let text = "The mayors of the towns on the southern river were not asked, and they protested against it.";
        let source = format!("PORTS\n\nLETTER OF TRANSMITTAL\n\n{text}\n\nCHAPTER 1\n\nWHAT HAPPENED\n\n{text}\n\nCHAPTER 2\n\nWHAT FOLLOWED\n\n{text}\n");
        let document = crate::ingest::read("ports.txt", source.as_bytes(), &Limits::default()).expect("plain text");
        let sections = outline(&document, &RuleSet::built_in().expect("built-in rules load")).sections;
        let levels: Vec<u8> = sections.iter().filter(|section| section.heading.is_some()).map(|section| section.level).collect();
        assert_eq!(levels, [1, 1, 1]);
    }

    #[test]
    fn a_heading_that_is_a_sentence_of_advice() {
        let source = "# Ports\n\n## The council should open the ports:\n\nThey are closed.\n\n## What the Council Should Know\n\nThey are closed.\n";
        let document = crate::ingest::read("ports.md", source.as_bytes(), &Limits::default()).expect("Markdown");
        let sections = outline(&document, &RuleSet::built_in().expect("built-in rules load")).sections;
        let kind = |words: &str| {
            sections
                .iter()
                .find(|section| section.heading.is_some_and(|heading| document.text(document.blocks[heading].span).contains(words)))
                .map(|section| section.kind)
        };
        assert_eq!(kind("open the ports"), Some(SectionKind::Recommendations));
        assert_eq!(kind("Should Know"), Some(SectionKind::Body));
    }
}
