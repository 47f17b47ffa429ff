//! The tree of a page: an arena without recursion, filled by html5ever.

use std::borrow::Cow;
use std::cell::{Cell, RefCell};

use html5ever::interface::{ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::tendril::{StrTendril, TendrilSink};
use html5ever::{Attribute, LocalName, ParseOpts, QualName, ns, parse_document};

use crate::error::{AnalyseError, Result};
use crate::ingest::Limits;

/// The index of a node in its [`Dom`].
pub(super) type NodeId = u32;

const NONE: NodeId = NodeId::MAX;
/// The document node, the root of every tree.
pub(super) const ROOT: NodeId = 0;
/// The parser is fed in pieces of this many bytes, so that a page that goes beyond a limit is given up soon.
const CHUNK: usize = 16 << 10;

#[derive(Debug)]
pub(super) struct Node {
    parent: NodeId,
    previous: NodeId,
    next: NodeId,
    first: NodeId,
    last: NodeId,
    depth: u32,
    pub data: Data,
}

#[derive(Debug)]
pub(super) enum Data {
    Document,
    Text(StrTendril),
    Element(Box<Element>),
    /// Comments, processing instructions, and text that was merged away.
    Nothing,
}

#[derive(Debug)]
pub(super) struct Element {
    pub name: LocalName,
    pub attributes: Vec<Attribute>,
}

impl Element {
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|attribute| &*attribute.name.local == name).map(|attribute| &*attribute.value)
    }
}

/// The nodes of a page.
#[derive(Debug)]
pub(super) struct Dom {
    nodes: Vec<Node>,
}

/// The parser compares every attribute of a tag with all others of it.
const MOST_ATTRIBUTES: usize = 10_000;

/// True if a tag has so many attributes that reading it would take long. Only tags as long as that are looked at.
fn has_monstrous_tag(html: &str) -> bool {
    let bytes = html.as_bytes();
    let mut from = 0;
    while let Some(start) = memchr::memchr(b'<', &bytes[from..]).map(|at| from + at) {
        let end = memchr::memchr(b'>', &bytes[start..]).map_or(bytes.len(), |at| start + at);
        if end - start > 2 * MOST_ATTRIBUTES && bytes.get(start + 1).is_some_and(u8::is_ascii_alphabetic) {
            let mut quote = None;
            let mut words = 0;
            for pair in bytes[start..end].windows(2) {
                match (quote, pair[0]) {
                    (None, mark @ (b'"' | b'\'')) => quote = Some(mark),
                    (Some(open), mark) if open == mark => quote = None,
                    (None, space) => words += usize::from(space.is_ascii_whitespace() && !pair[1].is_ascii_whitespace()),
                    _ => {}
                }
            }
            if words > MOST_ATTRIBUTES {
                return true;
            }
        }
        from = end.max(start + 1);
    }
    false
}

/// A step of a walk through a tree.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    Enter(NodeId),
    Leave(NodeId),
}

impl Dom {
    /// Parses a page.
    ///
    /// # Errors
    /// If its elements are nested deeper, or are more, than the limits allow.
    pub fn parse(html: &str, limits: &Limits) -> Result<Self> {
        if has_monstrous_tag(html) {
            return Err(AnalyseError::Damaged(format!("a tag has more than {MOST_ATTRIBUTES} attributes")));
        }
        let mut parser = parse_document(Sink::new(limits), ParseOpts::default());
        let mut rest = html;
        while !rest.is_empty() {
            let (chunk, after) = rest.split_at((CHUNK.min(rest.len())..rest.len()).find(|&at| rest.is_char_boundary(at)).unwrap_or(rest.len()));
            parser.process(StrTendril::from_slice(chunk));
            if let Some(error) = parser.tokenizer.sink.sink.over() {
                return Err(error);
            }
            rest = after;
        }
        parser.finish()
    }

    pub fn len(&self) -> usize {
        self.nodes.len()
    }

    pub fn node(&self, id: NodeId) -> &Node {
        &self.nodes[id as usize]
    }

    pub fn element(&self, id: NodeId) -> Option<&Element> {
        match &self.node(id).data {
            Data::Element(element) => Some(element),
            _ => None,
        }
    }

    /// The tag name of an element; nothing for other nodes.
    pub fn name(&self, id: NodeId) -> &str {
        self.element(id).map_or("", |element| &element.name)
    }

    pub fn attribute(&self, id: NodeId, name: &str) -> Option<&str> {
        self.element(id)?.attribute(name)
    }

    pub fn parent(&self, id: NodeId) -> Option<NodeId> {
        some(self.node(id).parent)
    }

    pub fn next(&self, id: NodeId) -> Option<NodeId> {
        some(self.node(id).next)
    }

    pub fn children(&self, id: NodeId) -> impl Iterator<Item = NodeId> + '_ {
        std::iter::successors(some(self.node(id).first), |&child| some(self.node(child).next))
    }

    pub fn ancestors(&self, id: NodeId) -> impl Iterator<Item = NodeId> + '_ {
        std::iter::successors(self.parent(id), |&node| self.parent(node))
    }

    /// The node and everything below it, in document order, without recursion.
    pub fn walk(&self, top: NodeId) -> Walk<'_> {
        Walk { dom: self, top, step: Some(Step::Enter(top)) }
    }

    /// The node and the elements below it, in document order.
    pub fn elements(&self, top: NodeId) -> impl Iterator<Item = NodeId> + '_ {
        self.walk(top).filter_map(|step| match step {
            Step::Enter(id) if matches!(self.node(id).data, Data::Element(_)) => Some(id),
            _ => None,
        })
    }

    /// The text below a node, runs of white space as one space, as far as about `most` bytes.
    pub fn text(&self, top: NodeId, most: usize) -> String {
        let mut text = String::new();
        for step in self.walk(top) {
            let Step::Enter(id) = step else { continue };
            match &self.node(id).data {
                Data::Text(piece) => text.push_str(piece),
                Data::Element(element) if &*element.name == "br" => text.push(' '),
                _ => {}
            }
            if text.len() >= most {
                break;
            }
        }
        let mut words = String::with_capacity(text.len());
        for word in text.split_whitespace() {
            if !words.is_empty() {
                words.push(' ');
            }
            words.push_str(word);
        }
        words
    }

    pub fn absorb(&mut self, other: Self) -> Option<NodeId> {
        let base = self.nodes.len() as NodeId - 1;
        let shift = |id: NodeId| if id == NONE || id == ROOT { id } else { id + base };
        let (first, last) = (shift(other.nodes[0].first), shift(other.nodes[0].last));
        for node in other.nodes.into_iter().skip(1) {
            self.nodes.push(Node {
                parent: shift(node.parent),
                previous: shift(node.previous),
                next: shift(node.next),
                first: shift(node.first),
                last: shift(node.last),
                ..node
            });
        }
        if first == NONE {
            return None;
        }
        let before = self.nodes[0].last;
        if before == NONE {
            self.nodes[0].first = first;
        } else {
            self.nodes[before as usize].next = first;
            self.nodes[first as usize].previous = before;
        }
        self.nodes[0].last = last;
        some(first)
    }

    fn detach(&mut self, id: NodeId) {
        let (parent, previous, next) = {
            let node = &self.nodes[id as usize];
            (node.parent, node.previous, node.next)
        };
        if parent == NONE {
            return;
        }
        match previous {
            NONE => self.nodes[parent as usize].first = next,
            previous => self.nodes[previous as usize].next = next,
        }
        match next {
            NONE => self.nodes[parent as usize].last = previous,
            next => self.nodes[next as usize].previous = previous,
        }
        let node = &mut self.nodes[id as usize];
        (node.parent, node.previous, node.next) = (NONE, NONE, NONE);
    }

    fn append(&mut self, parent: NodeId, child: NodeId) {
        self.detach(child);
        let (last, depth) = (self.nodes[parent as usize].last, self.nodes[parent as usize].depth);
        let node = &mut self.nodes[child as usize];
        (node.parent, node.previous, node.next, node.depth) = (parent, last, NONE, depth + 1);
        match last {
            NONE => self.nodes[parent as usize].first = child,
            last => self.nodes[last as usize].next = child,
        }
        self.nodes[parent as usize].last = child;
    }

    fn insert_before(&mut self, sibling: NodeId, child: NodeId) {
        self.detach(child);
        let (parent, previous, depth) = {
            let node = &self.nodes[sibling as usize];
            (node.parent, node.previous, node.depth)
        };
        if parent == NONE {
            return;
        }
        let node = &mut self.nodes[child as usize];
        (node.parent, node.previous, node.next, node.depth) = (parent, previous, sibling, depth);
        match previous {
            NONE => self.nodes[parent as usize].first = child,
            previous => self.nodes[previous as usize].next = child,
        }
        self.nodes[sibling as usize].previous = child;
    }
}

fn some(id: NodeId) -> Option<NodeId> {
    (id != NONE).then_some(id)
}

/// A walk through a tree; see [`Dom::walk`].
pub(super) struct Walk<'a> {
    dom: &'a Dom,
    top: NodeId,
    step: Option<Step>,
}

impl Walk<'_> {
    /// Leaves out what is below the node that was just entered.
    pub fn skip_below(&mut self) {
        if let Some(step) = self.step {
            let entered = match step {
                Step::Enter(child) => self.dom.parent(child),
                Step::Leave(_) => None,
            };
            if let Some(entered) = entered {
                self.step = Some(Step::Leave(entered));
            }
        }
    }
}

impl Iterator for Walk<'_> {
    type Item = Step;

    fn next(&mut self) -> Option<Step> {
        let step = self.step?;
        self.step = match step {
            Step::Enter(id) => Some(some(self.dom.node(id).first).map_or(Step::Leave(id), Step::Enter)),
            Step::Leave(id) if id == self.top => None,
            Step::Leave(id) => self.dom.next(id).map(Step::Enter).or_else(|| self.dom.parent(id).map(Step::Leave)),
        };
        Some(step)
    }
}

#[derive(Clone)]
struct Handle {
    id: NodeId,
    name: QualName,
}

struct Sink {
    dom: RefCell<Dom>,
    max_depth: u32,
    max_nodes: usize,
    too_deep: Cell<bool>,
}

impl Sink {
    fn new(limits: &Limits) -> Self {
        let document = Node { parent: NONE, previous: NONE, next: NONE, first: NONE, last: NONE, depth: 0, data: Data::Document };
        Self {
            dom: RefCell::new(Dom { nodes: vec![document] }),
            max_depth: limits.max_nesting,
            max_nodes: limits.max_nodes.min(NONE as usize - 1),
            too_deep: Cell::new(false),
        }
    }

    fn over(&self) -> Option<AnalyseError> {
        if self.too_deep.get() {
            return Some(AnalyseError::Limit { what: "elements nested in one another", limit: u64::from(self.max_depth), option: "--max-nesting" });
        }
        (self.dom.borrow().len() > self.max_nodes).then_some(AnalyseError::Limit {
            what: "elements and pieces of text",
            limit: self.max_nodes as u64,
            option: "--max-nodes",
        })
    }

    fn add(&self, data: Data) -> NodeId {
        let mut dom = self.dom.borrow_mut();
        // Over the limit the page is given up at the next piece of input; until then nothing more is stored.
        if dom.nodes.len() > self.max_nodes || self.too_deep.get() {
            return dom.nodes.len() as NodeId - 1;
        }
        dom.nodes.push(Node { parent: NONE, previous: NONE, next: NONE, first: NONE, last: NONE, depth: 0, data });
        dom.nodes.len() as NodeId - 1
    }

    fn given_up(&self) -> bool {
        self.too_deep.get() || self.dom.borrow().nodes.len() > self.max_nodes
    }

    fn append_to(&self, parent: NodeId, child: NodeOrText<Handle>) {
        if self.given_up() {
            return;
        }
        let child = match child {
            NodeOrText::AppendNode(handle) => handle.id,
            NodeOrText::AppendText(text) => {
                let mut dom = self.dom.borrow_mut();
                let last = dom.nodes[parent as usize].last;
                if last != NONE
                    && let Data::Text(before) = &mut dom.nodes[last as usize].data
                {
                    before.push_tendril(&text);
                    return;
                }
                drop(dom);
                self.add(Data::Text(text))
            }
        };
        let mut dom = self.dom.borrow_mut();
        if dom.nodes[parent as usize].depth >= self.max_depth {
            self.too_deep.set(true);
            return;
        }
        if child != parent {
            dom.append(parent, child);
        }
    }
}

impl TreeSink for Sink {
    type Handle = Handle;
    type Output = Result<Dom>;
    type ElemName<'a> = &'a QualName;

    fn finish(self) -> Result<Dom> {
        match self.over() {
            Some(error) => Err(error),
            None => Ok(self.dom.into_inner()),
        }
    }

    fn parse_error(&self, _: Cow<'static, str>) {}

    fn get_document(&self) -> Handle {
        Handle { id: ROOT, name: QualName::new(None, ns!(), LocalName::default()) }
    }

    fn elem_name<'a>(&'a self, target: &'a Handle) -> &'a QualName {
        &target.name
    }

    fn create_element(&self, name: QualName, attributes: Vec<Attribute>, _: ElementFlags) -> Handle {
        let id = self.add(Data::Element(Box::new(Element { name: name.local.clone(), attributes })));
        Handle { id, name }
    }

    fn create_comment(&self, _: StrTendril) -> Handle {
        Handle { id: self.add(Data::Nothing), name: QualName::new(None, ns!(), LocalName::default()) }
    }

    fn create_pi(&self, _: StrTendril, text: StrTendril) -> Handle {
        self.create_comment(text)
    }

    fn append(&self, parent: &Handle, child: NodeOrText<Handle>) {
        self.append_to(parent.id, child);
    }

    fn append_based_on_parent_node(&self, element: &Handle, previous: &Handle, child: NodeOrText<Handle>) {
        let has_parent = self.dom.borrow().node(element.id).parent != NONE;
        if has_parent { self.append_before_sibling(element, child) } else { self.append_to(previous.id, child) }
    }

    fn append_doctype_to_document(&self, _: StrTendril, _: StrTendril, _: StrTendril) {}

    fn get_template_contents(&self, target: &Handle) -> Handle {
        target.clone()
    }

    fn same_node(&self, one: &Handle, other: &Handle) -> bool {
        one.id == other.id
    }

    fn set_quirks_mode(&self, _: QuirksMode) {}

    fn append_before_sibling(&self, sibling: &Handle, child: NodeOrText<Handle>) {
        if self.given_up() {
            return;
        }
        let child = match child {
            NodeOrText::AppendNode(handle) => handle.id,
            NodeOrText::AppendText(text) => {
                let mut dom = self.dom.borrow_mut();
                let before = dom.nodes[sibling.id as usize].previous;
                if before != NONE
                    && let Data::Text(earlier) = &mut dom.nodes[before as usize].data
                {
                    earlier.push_tendril(&text);
                    return;
                }
                drop(dom);
                self.add(Data::Text(text))
            }
        };
        if child != sibling.id {
            self.dom.borrow_mut().insert_before(sibling.id, child);
        }
    }

    fn add_attrs_if_missing(&self, target: &Handle, attributes: Vec<Attribute>) {
        if let Data::Element(element) = &mut self.dom.borrow_mut().nodes[target.id as usize].data {
            for attribute in attributes {
                if !element.attributes.iter().any(|other| other.name == attribute.name) {
                    element.attributes.push(attribute);
                }
            }
        }
    }

    fn remove_from_parent(&self, target: &Handle) {
        if !self.given_up() {
            self.dom.borrow_mut().detach(target.id);
        }
    }

    fn reparent_children(&self, node: &Handle, new_parent: &Handle) {
        if self.given_up() || node.id == new_parent.id {
            return;
        }
        let mut dom = self.dom.borrow_mut();
        while let Some(child) = some(dom.node(node.id).first) {
            dom.append(new_parent.id, child);
        }
    }
}
