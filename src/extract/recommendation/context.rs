//! Where a block stands: among recommendations, in a document that gives orders, under a lead-in.

use std::ops::Range;
use std::sync::LazyLock;

use memchr::memmem::Finder;

use super::grammar::Grammar;
use super::word::Class;
use crate::document::{BlockKind, Document};
use crate::record::{Polarity, SectionKind, Strength};
use crate::section::Outline;
use crate::span::Span;

/// What a lead-in gives to the items below it.
#[derive(Debug, Clone)]
pub struct LeadIn {
    pub strength: Strength,
    pub polarity: Polarity,
    pub deontic: Option<Span>,
    pub addressee: Vec<Span>,
    pub confidence: f32,
    /// It announces recommendations, so that an item need not finish its clause.
    pub announces: bool,
    /// It has a verb of its own, whose object the items list.
    pub names_action: bool,
    /// Someone else speaks.
    pub attribution: Option<Option<Span>>,
}

/// The lead-ins in force, one for each depth of list.
#[derive(Debug, Default)]
pub struct LeadIns {
    by_depth: Vec<Option<LeadIn>>,
}

impl LeadIns {
    pub fn clear(&mut self) {
        self.by_depth.clear();
    }

    /// The lead-in of items at `depth`.
    #[must_use]
    pub fn at(&self, depth: usize) -> Option<&LeadIn> {
        self.by_depth.get(depth)?.as_ref()
    }

    /// Sets the lead-in of items at `depth`; deeper ones end.
    pub fn set(&mut self, depth: usize, lead: Option<LeadIn>) {
        self.by_depth.truncate(depth);
        self.by_depth.resize_with(depth, || None);
        self.by_depth.push(lead);
    }
}

/// For each section, whether it or one that holds it is about what should be done. What follows an appendix or a list of contents within a section is no
/// part of it: texts whose headings are all of one level put everything under the last heading above them.
#[must_use]
pub fn advising_sections(document: &Document, outline: &Outline) -> Vec<bool> {
    let mut advising: Vec<bool> = Vec::with_capacity(outline.sections.len());
    let mut ended = vec![false; outline.sections.len()];
    // "Suggested recommendations to states": all that the document holds.
    let titled = document.metadata.title.as_deref().is_some_and(|title| title.to_lowercase().contains("recommendations to "));
    for section in &outline.sections {
        let heading = section.heading.map_or("", |block| document.text(document.blocks[block].span));
        let advising_heading = is_advising_heading(heading);
        // An appendix may list the recommendations.
        let quiet = is_quiet(section.kind) && !(section.kind == SectionKind::Appendix && advising_heading);
        let parent = section.parent.filter(|&parent| parent < advising.len());
        let inherited = parent.is_some_and(|parent| advising[parent] && !ended[parent]);
        if quiet && let Some(parent) = parent {
            ended[parent] = true;
        }
        let named = section.kind == SectionKind::Recommendations && parent.is_none_or(|parent| !ended[parent]);
        advising.push(!quiet && (named || advising_heading || inherited || titled));
    }
    advising
}

/// For each block, whether it is an item of a list that gives advice by itself: nearly all of its items open with an order ("1. Enlist allies. …",
/// "2. Map who decides. …"). A lead-in above it says what its items are, and is left to say so.
#[must_use]
pub fn ordering_items(document: &Document, grammar: &Grammar) -> Vec<bool> {
    const FEWEST: usize = 3;
    let mut ordering = vec![false; document.blocks.len()];
    let mut run: Vec<usize> = Vec::new();
    let mut led = false;
    let mut close = |run: &mut Vec<usize>| {
        let kinds: Vec<Option<bool>> = run.iter().map(|&block| order(document.text(document.blocks[block].span), grammar)).collect();
        let (orders, sure) = (kinds.iter().flatten().count(), kinds.iter().flatten().filter(|&&sure| sure).count());
        if run.len() >= FEWEST && orders * 4 >= run.len() * 3 && sure * 2 >= run.len() {
            run.iter().for_each(|&block| ordering[block] = true);
        }
        run.clear();
    };
    for (index, block) in document.blocks.iter().enumerate() {
        match &block.kind {
            BlockKind::ListItem { depth: 0, .. } => {
                // The items after the first stand below the same lead-in.
                let above = index.checked_sub(1).and_then(|above| document.blocks.get(above));
                if run.is_empty() && !above.is_some_and(|above| matches!(above.kind, BlockKind::ListItem { .. })) {
                    led = above.is_some_and(|above| tells_of_others(document.text(above.span)));
                }
                if !led {
                    run.push(index);
                }
            }
            BlockKind::Heading { .. } | BlockKind::Title => close(&mut run),
            _ => {}
        }
    }
    close(&mut run);
    ordering
}

/// True for a text that leads to what stands below it: it ends in a colon, or in a colon and a dash as older papers set it.
#[must_use]
pub fn leads_on(text: &str) -> bool {
    lead(text).is_some()
}

/// What stands before the colon of a lead-in.
fn lead(text: &str) -> Option<&str> {
    text.trim_end().trim_end_matches(['—', '–', '-']).strip_suffix(':')
}

/// True for a lead-in whose items say what someone does or would do: "The bill would:", "The tasks of the office include:".
fn tells_of_others(text: &str) -> bool {
    const ENDS: [&str; 16] =
        ["to", "would", "will", "include", "includes", "included", "including", "are", "is", "was", "were", "by", "can", "could", "did", "for"];
    let Some(lead) = lead(text) else { return false };
    let last = lead.rsplit(['.', '?', '!']).next().unwrap_or_default();
    ENDS.contains(&last.rsplit(' ').next().unwrap_or_default())
        || [" would ", " will ", " aims ", " seeks ", " proposed "].iter().any(|word| last.contains(word))
}

/// Whether a text opens with an order: none if not, else whether its first word can be nothing but a verb.
fn order(text: &str, grammar: &Grammar) -> Option<bool> {
    let mut words = text.split_whitespace();
    let first = words.next().filter(|word| word.starts_with(char::is_uppercase) && word.len() < 24)?;
    let class = grammar.words.class(&first.to_ascii_lowercase());
    let next = grammar.words.class(&words.next()?.trim_matches(|c: char| !c.is_alphanumeric()).to_ascii_lowercase());
    let verb = class.any(Class::BASE) && !class.any(Class::PREPOSITION.and(Class::MODAL).and(Class::AUXILIARY).and(Class::DETERMINER));
    (verb && !next.any(Class::AUXILIARY.and(Class::MODAL).and(Class::BE))).then(|| !class.any(Class::NOUN))
}

/// Kinds of section that recommend nothing whatever stands above them.
fn is_quiet(kind: SectionKind) -> bool {
    matches!(
        kind,
        SectionKind::Notes
            | SectionKind::References
            | SectionKind::About
            | SectionKind::Boilerplate
            | SectionKind::Contents
            | SectionKind::Appendix
            | SectionKind::Methods
    )
}

/// Headings of sections that say what should be done.
#[must_use]
pub fn is_advising_heading(heading: &str) -> bool {
    const WORDS: [&str; 16] = [
        "recommend",
        "way forward",
        "ways forward",
        "next steps",
        "policy options",
        "call to action",
        "action plan",
        "what should be done",
        "what needs to be done",
        "priorities for",
        "actions for",
        "proposals",
        "policy solutions",
        "required actions",
        "solutions to ",
        "what is to be done",
    ];
    let lower = lowered(heading);
    holds(&lower, &WORDS) || lower.starts_with("what ") && holds(&lower, &[" should do", " can do", " must do"])
}

/// Headings of sections that tell what the law or the present rules are.
#[must_use]
pub fn is_legal_heading(heading: &str) -> bool {
    const WORDS: [&str; 12] =
        ["law", "laws", "legal", "legislation", "legislative", "statutory", "obligations", "requirements", "regulations", "rules", "regime", "works"];
    let lower = lowered(heading);
    !holds(&lower, &["recommend", "should", "must", "reform", "need", "propos"])
        && lower.split(|c: char| !c.is_alphanumeric()).any(|word| WORDS.contains(&word))
        && (!lower.ends_with("works") || lower.starts_with("how "))
}

/// True if the document says at its head that it gives orders.
#[must_use]
pub fn is_directive(document: &Document) -> bool {
    let mut end = document.reading.len().min(1500);
    while !document.reading.is_char_boundary(end) {
        end -= 1;
    }
    let title = document.metadata.title.as_deref().unwrap_or_default();
    [&document.reading[..end], title].iter().any(|text| gives_orders(&lowered(text)))
}

fn gives_orders(lower: &str) -> bool {
    const WORDS: [&str; 8] = [
        "memorandum for",
        "memorandum to",
        "this memorandum",
        "operational directive",
        "emergency directive",
        "this directive",
        "executive order",
        "circular no",
    ];
    // Each of them has one of these.
    static KEYS: LazyLock<[Finder; 4]> = LazyLock::new(|| ["memorandum", "directive", "executive order", "circular no"].map(Finder::new));
    KEYS.iter().any(|key| key.find(lower.as_bytes()).is_some()) && holds(lower, &WORDS)
}

/// A text in lower case. No letter outside ASCII matters for the phrases that are looked for.
fn lowered(text: &str) -> String {
    text.to_ascii_lowercase()
}

/// True if one of these phrases, of two bytes at least, stands in a text.
fn holds(text: &str, phrases: &[&str]) -> bool {
    let bytes = text.as_bytes();
    let bytes_at = |place: usize| phrases.iter().filter_map(|phrase| phrase.as_bytes().get(place)).fold(0u32, |set, byte| set | 1 << (byte & 31));
    let (first, second) = (bytes_at(0), bytes_at(1));
    let is_in = |set: u32, at: usize| bytes.get(at).is_some_and(|byte| set >> (byte & 31) & 1 == 1);
    let begins = |at: usize| phrases.iter().any(|phrase| phrase.as_bytes().first() == Some(&bytes[at]) && bytes[at..].starts_with(phrase.as_bytes()));
    (0..bytes.len()).any(|at| is_in(first, at) && is_in(second, at + 1) && begins(at))
}

/// True for a sentence that announces recommendations: "The following recommendations are made:".
#[must_use]
pub fn announces(text: &str) -> bool {
    let lower = text.to_lowercase();
    let ends = leads_on(&lower);
    let following = ["following", "steps", "actions", "measures", "priorities", "below"].iter().any(|word| lower.contains(word));
    ends && (lower.contains("recommend")
        || following && ["should", "must", "need", "propose", "actions", "steps", "measures"].iter().any(|word| lower.contains(word)))
}

/// The part of a heading or line that names who is addressed: after "To" or "For" at its start, after "recommendations for", after a colon, or all of a
/// short heading. Whether it names an actor is decided elsewhere.
#[must_use]
pub fn addressed(heading: &str) -> Option<Range<usize>> {
    let heading = heading.trim_end();
    if let Some(subject) = advised(heading) {
        return Some(subject);
    }
    if heading.split(' ').count() > 14 {
        return None;
    }
    for opener in ["To ", "For "] {
        if heading.starts_with(opener) {
            return Some(opener.len()..heading.len());
        }
    }
    let lower = heading.to_ascii_lowercase();
    // "What the United States can do"
    if lower.starts_with("what ") {
        let verb = [" can do", " should do", " must do", " needs to do", " could do", " ought to do"].iter().find_map(|verb| lower.find(verb));
        if let Some(end) = verb.filter(|&end| end > 5) {
            return Some(5..end);
        }
    }
    if holds(&lower, &["recommend", "actions", "priorities"]) {
        let joint = [": ", " for ", " to "].into_iter().find_map(|joint| lower.find(joint).map(|at| at + joint.len()));
        return joint.map(|from| from..heading.len());
    }
    (heading.split(' ').count() <= 7).then_some(0..heading.len())
}

/// "C. The Government should collect data": who is told what to do by a heading that is a sentence.
#[must_use]
pub fn advised(heading: &str) -> Option<Range<usize>> {
    const OPERATORS: [&str; 5] = [" should ", " must ", " needs to ", " need to ", " ought to "];
    if !holds(heading, &OPERATORS) {
        return None;
    }
    let end = OPERATORS.iter().filter_map(|operator| heading.find(operator)).min()?;
    let start = match heading.find(". ") {
        Some(dot) if dot <= 4 => dot + 2,
        _ => 0,
    };
    let words = heading.get(start..end)?.split(' ').count();
    let asks = ["What", "How", "Why", "Where", "When", "Who"].iter().any(|word| heading[start..end].starts_with(word));
    (!asks && words <= 6).then_some(start..end)
}

/// The part of an item's text that is the item: without a closing ";", "; and" or ", and".
#[must_use]
pub fn item_end(text: &str, range: Range<usize>) -> usize {
    let mut slice = text.get(range.clone()).unwrap_or_default().trim_end();
    for joint in ["and/or", "and", "or"] {
        if let Some(rest) = slice.strip_suffix(joint)
            && rest.trim_end().ends_with([';', ','])
        {
            slice = rest.trim_end();
            break;
        }
    }
    slice = slice.trim_end_matches([';', ',']).trim_end();
    range.start + slice.len()
}
