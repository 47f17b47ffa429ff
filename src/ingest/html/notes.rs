//! Links inside a page that are note marks, the notes that they lead to, and the links that lead back.

use std::collections::{HashMap, HashSet};

use super::dom::{Data, Dom, NodeId, ROOT, Step};
use super::tags::is_block;
use crate::ingest::label;

/// A note's text is at most this long, in bytes; what is longer is a section that a numbered link leads to.
const LONGEST_NOTE: usize = 6000;

/// Where a note begins.
#[derive(Debug, Clone)]
pub(super) struct Start {
    pub label: String,
    /// The text begins with the label.
    pub shown: bool,
    /// The element is the whole note. Otherwise the note goes from here to the end of the block.
    pub whole: bool,
}

/// The notes of a page. The tables are only looked up in, so that their order does not matter.
#[derive(Debug, Default)]
pub(super) struct Notes {
    /// Elements that are note marks, with the label.
    pub marks: HashMap<NodeId, String>,
    /// Elements with which notes begin.
    pub starts: HashMap<NodeId, Start>,
    /// Elements with which entries of a reference list begin.
    pub references: HashSet<NodeId>,
    /// Links back to the mark, and other links that say nothing.
    pub drops: HashSet<NodeId>,
}

struct Anchor<'a> {
    link: NodeId,
    target: NodeId,
    fragment: &'a str,
}

impl Notes {
    /// Finds marks and notes. `file_of` tells the file of a node where a tree holds several (a book).
    pub fn find(dom: &Dom, files: &Files) -> Self {
        let mut order = vec![0u32; dom.len()];
        let mut ids: HashMap<(u32, &str), NodeId> = HashMap::new();
        let mut links: Vec<(NodeId, u32, &str)> = Vec::new();
        let mut file = 0;
        for (index, id) in dom.elements(ROOT).enumerate() {
            order[id as usize] = index as u32;
            file = files.at(id).unwrap_or(file);
            let Data::Element(element) = &dom.node(id).data else { continue };
            let name = if &*element.name == "a" { element.attribute("name") } else { None };
            for key in [element.attribute("id"), name].into_iter().flatten() {
                ids.entry((file, key)).or_insert(id);
            }
            if &*element.name == "a"
                && let Some(href) = element.attribute("href")
                && href.contains('#')
            {
                links.push((id, file, href));
            }
        }
        let mut notes = Self::default();
        let mut anchors = Vec::new();
        for &(link, file, href) in &links {
            let Some((path, fragment)) = href.split_once('#') else { continue };
            if fragment.is_empty() {
                continue;
            }
            let file = if path.is_empty() { file } else { files.named(path).unwrap_or(file) };
            let Some(&target) = ids.get(&(file, fragment)) else { continue };
            if is_permalink(&dom.text(link, 8)) {
                notes.drops.insert(link);
                continue;
            }
            anchors.push(Anchor { link, target, fragment });
        }
        notes.mark(dom, &order, &anchors);
        notes
    }

    fn mark(&mut self, dom: &Dom, order: &[u32], anchors: &[Anchor]) {
        let place = |id: NodeId| order[id as usize];
        let mut targets: Vec<(NodeId, String)> = Vec::new();
        let mut backs = Vec::new();
        for anchor in anchors {
            let element = dom.element(anchor.link);
            let role = element.and_then(|element| element.attribute("role").or_else(|| element.attribute("epub:type"))).unwrap_or_default();
            if place(anchor.target) <= place(anchor.link) || role.contains("backlink") {
                backs.push(anchor);
                continue;
            }
            let text = dom.text(anchor.link, 24);
            let sure = role.contains("noteref") || is_raised(dom, anchor.link) || (text.starts_with('[') && text.ends_with(']')) || role.contains("biblioref");
            let Some(label) = label::of(&text, sure || names_note(anchor.fragment)) else {
                if in_reference_list(dom, anchor.target) {
                    self.references.insert(anchor.target);
                }
                continue;
            };
            if sure || names_note(anchor.fragment) {
                self.marks.insert(anchor.link, label.clone());
                targets.push((anchor.target, label));
            }
        }
        let mut seen = HashSet::new();
        targets.retain(|(target, _)| seen.insert(*target));
        // How many notes each element near a target holds.
        let mut holds: HashMap<NodeId, u32> = HashMap::new();
        for (target, _) in &targets {
            *holds.entry(*target).or_default() += 1;
            for above in dom.ancestors(*target).take(6) {
                *holds.entry(above).or_default() += 1;
            }
        }
        for (target, label) in targets {
            let (start, whole) = scope(dom, target, &holds);
            let text = dom.text(start, 60);
            let rest = text.trim_start_matches(['[', '(', '^', ' ']).strip_prefix(&*label);
            // The items of an ordered list are numbered by the browser: what looks like a label there is text.
            let numbered = whole && dom.name(start) == "li" && dom.parent(start).is_some_and(|list| dom.name(list) == "ol");
            let shown = !whole || !numbered && rest.is_some_and(|rest| !rest.starts_with(|c: char| c.is_ascii_digit()));
            self.starts.entry(start).or_insert(Start { label, shown, whole });
        }
        for back in backs {
            let text = dom.text(back.link, 40);
            let in_note = dom.ancestors(back.link).take(8).any(|above| self.starts.contains_key(&above)) || self.starts.contains_key(&back.link);
            let points_to_mark = self.marks.contains_key(&back.target)
                || dom.ancestors(back.target).take(3).any(|above| self.marks.contains_key(&above))
                || dom.elements(back.target).take(6).any(|below| self.marks.contains_key(&below));
            if (in_note || points_to_mark)
                && (is_arrow(&text) || in_note && text.len() <= 3 && label::of(&text, true).is_none_or(|label| !self.begins_with(dom, back.link, &label)))
            {
                self.drops.insert(back.link);
            }
        }
    }

    /// True if the link is the label at the beginning of its own note.
    fn begins_with(&self, dom: &Dom, link: NodeId, label: &str) -> bool {
        let mut near = std::iter::once(link).chain(dom.ancestors(link).take(8));
        near.find_map(|id| self.starts.get(&id)).is_none_or(|start| start.label == label)
    }
}

/// The element that holds the note of a target, and whether it is the whole of it.
fn scope(dom: &Dom, target: NodeId, holds: &HashMap<NodeId, u32>) -> (NodeId, bool) {
    let alone = |id: NodeId| holds.get(&id).copied().unwrap_or(0) <= 1;
    let short = |id: NodeId| {
        let length = dom.text(id, LONGEST_NOTE).len();
        (8..LONGEST_NOTE).contains(&length)
    };
    let name = dom.name(target);
    if alone(target) && name != "dt" && (is_block(name) || name == "span" || name == "cite") && short(target) && super::tags::heading_level(name).is_none() {
        return (row_of(dom, target, holds), true);
    }
    let block = dom.ancestors(target).take(6).find(|&above| is_block(dom.name(above)));
    if let Some(block) = block
        && matches!(dom.name(block), "li" | "p" | "div" | "td" | "dd" | "aside" | "section")
        && alone(block)
        && short(block)
        && is_near_start(dom, block, target)
    {
        return (row_of(dom, block, holds), true);
    }
    (target, false)
}

/// The row, where the note is a cell beside the cell of its label.
fn row_of(dom: &Dom, id: NodeId, holds: &HashMap<NodeId, u32>) -> NodeId {
    match dom.parent(id) {
        Some(row) if dom.name(id) == "td" && dom.name(row) == "tr" && holds.get(&row).copied().unwrap_or(0) <= 1 => row,
        _ => id,
    }
}

/// True if nothing but a label stands in the block before the target.
fn is_near_start(dom: &Dom, block: NodeId, target: NodeId) -> bool {
    let mut before = 0;
    for step in dom.walk(block) {
        match step {
            Step::Enter(id) if id == target => return true,
            Step::Enter(id) => {
                if let Data::Text(text) = &dom.node(id).data {
                    before += text.trim().len();
                    if before > 6 {
                        return false;
                    }
                }
            }
            Step::Leave(_) => {}
        }
    }
    false
}

fn is_raised(dom: &Dom, link: NodeId) -> bool {
    let style = |id: NodeId| dom.attribute(id, "style").is_some_and(|style| style.contains("super")) || dom.name(id) == "sup";
    let class = |id: NodeId| dom.attribute(id, "class").is_some_and(|class| class.to_ascii_lowercase().contains("footnote") || class.contains("superscript"));
    style(link)
        || class(link)
        || dom.ancestors(link).take(3).any(|above| style(above) || (dom.name(above) == "span" && class(above)))
        || dom.elements(link).take(5).any(style)
}

/// Fragments that notes are named by: "fn1", "_ftn3", "note-12", "endnote5", "edn2", "ref7", "cite_note-4".
fn names_note(fragment: &str) -> bool {
    let lower = fragment.to_ascii_lowercase();
    let word = lower.trim_start_matches(['_', '#']).trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, '-' | '_' | '.' | ':'));
    matches!(
        word,
        "fn" | "ftn"
            | "f"
            | "n"
            | "note"
            | "notes"
            | "en"
            | "edn"
            | "endnote"
            | "endnotes"
            | "footnote"
            | "footnotes"
            | "ref"
            | "reference"
            | "r"
            | "cite"
            | "citation"
            | "b"
            | "bib"
            | "sdfootnote"
    ) || ["footnote", "endnote", "cite_note", "cite-note", "_ftn", "_edn", "ftnt", "easy-footnote", "fn:", "fn-", "fn_", "note-", "ednref"]
        .iter()
        .any(|key| lower.contains(key))
}

fn in_reference_list(dom: &Dom, target: NodeId) -> bool {
    std::iter::once(target).chain(dom.ancestors(target).take(3)).any(|id| {
        let Some(element) = dom.element(id) else { return false };
        let role = element.attribute("role").unwrap_or_default();
        let class = element.attribute("class").unwrap_or_default();
        let name = element.attribute("id").unwrap_or_default();
        role.contains("doc-bib") || class.contains("csl-entry") || class.contains("bibliography") || matches!(name, "refs" | "references" | "bibliography")
    })
}

fn is_permalink(text: &str) -> bool {
    matches!(text, "¶" | "#" | "§" | "🔗" | "\u{f0c1}")
}

fn is_arrow(text: &str) -> bool {
    let lower = text.to_lowercase();
    !text.chars().any(char::is_alphanumeric) || ["back", "return", "jump", "[back", "(back", "go back"].iter().any(|word| lower.starts_with(word))
}

/// The files of which a tree is made, by the node with which each begins.
#[derive(Debug, Default)]
pub(super) struct Files {
    pub begins: HashMap<NodeId, u32>,
    pub names: HashMap<String, u32>,
}

impl Files {
    fn at(&self, id: NodeId) -> Option<u32> {
        self.begins.get(&id).copied()
    }

    fn named(&self, path: &str) -> Option<u32> {
        let name = path.rsplit('/').next().unwrap_or(path);
        self.names.get(name).copied()
    }
}
