//! What on a page is the paper, and what is around it: menus, banners, related links.
//!
//! Prose is weighed: the text of blocks of some length that are not mostly links. The main part is the smallest element that holds nearly all of it.
//! Elements that name themselves as page furniture, or are mostly links, are left out unless they hold a good part of the prose.

use super::dom::{Data, Dom, NodeId, ROOT, Step};
use super::tags::{is_block, is_never_text};

/// Text of a block is prose from this many characters on.
const PROSE: u32 = 60;
/// The main part holds this share of the prose.
const MAIN_SHARE: f32 = 0.8;
/// An element that calls itself furniture is believed unless it holds this share of the prose.
const TOO_BIG_FOR_FURNITURE: f32 = 0.3;
/// Below this much prose, in characters, a page is read as it is.
const SHORT_PAGE: u32 = 1000;

/// What is to be read of a page.
pub(super) struct Content {
    /// Per node: left out with all that is below it.
    skip: Vec<bool>,
    text: Vec<u32>,
    links: Vec<u32>,
    prose: Vec<u32>,
    /// The main part.
    pub main: NodeId,
}

impl Content {
    /// Weighs a page. `keep` says of a node that it must be kept (a note that is pointed to).
    pub fn find(dom: &Dom, keep: &dyn Fn(NodeId) -> bool) -> Self {
        let mut content = weigh(dom);
        content.leave_out(dom, keep);
        content.main = content.main_part(dom);
        content
    }

    /// All of the page, but for what is never text.
    pub fn whole(dom: &Dom) -> Self {
        weigh(dom)
    }

    pub fn skips(&self, id: NodeId) -> bool {
        self.skip[id as usize]
    }

    pub fn prose(&self, id: NodeId) -> u32 {
        self.prose[id as usize]
    }

    pub fn text_length(&self, id: NodeId) -> u32 {
        self.text[id as usize]
    }

    /// The share of the text below a node that is in links.
    pub fn link_share(&self, id: NodeId) -> f32 {
        share(self.links[id as usize], self.text[id as usize])
    }

    /// True for parts beside the main one that read like more of the paper: an abstract before it, notes after it.
    pub fn goes_with_main(&self, id: NodeId) -> bool {
        let least = (self.prose(ROOT) as f32 * 0.03).max(200.0);
        !self.skips(id) && self.unlinked(id) as f32 >= least && self.link_share(id) < 0.35
    }

    /// Characters of text outside links.
    fn unlinked(&self, id: NodeId) -> u32 {
        self.text[id as usize].saturating_sub(self.links[id as usize])
    }

    fn leave_out(&mut self, dom: &Dom, keep: &dyn Fn(NodeId) -> bool) {
        let all = self.prose(ROOT);
        let mut walk = dom.walk(ROOT);
        while let Some(step) = walk.next() {
            let Step::Enter(id) = step else { continue };
            if dom.element(id).is_none() || self.skips(id) {
                if self.skips(id) {
                    walk.skip_below();
                }
                continue;
            }
            let prose = self.prose(id);
            if share(prose, all) < TOO_BIG_FOR_FURNITURE && self.is_furniture(dom, id) && !dom.elements(id).any(keep) {
                self.skip[id as usize] = true;
                let (text, links) = (self.text[id as usize], self.links[id as usize]);
                for above in dom.ancestors(id) {
                    self.prose[above as usize] = self.prose[above as usize].saturating_sub(prose);
                    self.text[above as usize] = self.text[above as usize].saturating_sub(text);
                    self.links[above as usize] = self.links[above as usize].saturating_sub(links);
                }
                walk.skip_below();
            }
        }
    }

    fn is_furniture(&self, dom: &Dom, id: NodeId) -> bool {
        let Some(element) = dom.element(id) else { return false };
        let name = &*element.name;
        let role = element.attribute("role").unwrap_or_default();
        let reads_as_prose = self.prose(id) >= 300 && self.link_share(id) < 0.15;
        if matches!(role, "navigation" | "search" | "banner" | "contentinfo" | "dialog" | "alertdialog" | "menu" | "menubar" | "complementary") {
            let aside = role == "complementary" && reads_as_prose;
            return !aside && !has_title(dom, id);
        }
        match name {
            "nav" | "menu" => return true,
            "aside" => return !reads_as_prose || names_furniture(dom, id).is_some(),
            "header" | "footer" => {
                let within = dom.ancestors(id).any(|above| matches!(dom.name(above), "article" | "main"));
                return if name == "header" { !within && !has_title(dom, id) } else { !within || !reads_as_prose };
            }
            "form" => return self.text_length(id) < 500,
            _ => {}
        }
        if is_hidden(dom, id) {
            return true;
        }
        match names_furniture(dom, id) {
            None => false,
            Some(Furniture::Surely) => !has_title(dom, id),
            Some(Furniture::Perhaps) => !reads_as_prose && !has_title(dom, id),
        }
    }

    fn main_part(&self, dom: &Dom) -> NodeId {
        let all = self.prose(ROOT);
        if all == 0 {
            return ROOT;
        }
        let marked = |id: &NodeId| {
            let Some(element) = dom.element(*id) else { return false };
            matches!(&*element.name, "article" | "main")
                || element.attribute("role") == Some("main")
                || element.attribute("itemprop").is_some_and(|value| value.eq_ignore_ascii_case("articleBody"))
        };
        let candidate = dom.elements(ROOT).filter(|&id| marked(&id) && self.is_read(dom, id)).max_by_key(|&id| (self.prose(id), std::cmp::Reverse(id)));
        let start = candidate.filter(|&id| share(self.prose(id), all) >= 0.5).unwrap_or(ROOT);
        let mut main = start;
        // What the page itself marks as the paper has its title and byline in it; a short page has no bulk to go by.
        if start != ROOT || all < SHORT_PAGE {
            return main;
        }
        let holds_nearly_all = |part: NodeId, whole: NodeId| {
            self.prose(part) as f32 >= MAIN_SHARE * self.prose(whole) as f32 && self.unlinked(part) as f32 >= 0.6 * self.unlinked(whole) as f32
        };
        while let Some(child) = dom.children(main).find(|&child| !self.skips(child) && self.prose(child) > 0 && holds_nearly_all(child, main)) {
            // A list or a paragraph is content: what holds it is the part.
            if !matches!(
                dom.name(child),
                "html" | "body" | "div" | "section" | "main" | "article" | "form" | "center" | "table" | "tbody" | "tr" | "td" | "font" | "span"
            ) {
                break;
            }
            main = child;
        }
        main
    }

    fn is_read(&self, dom: &Dom, id: NodeId) -> bool {
        !self.skips(id) && !dom.ancestors(id).any(|above| self.skips(above))
    }
}

fn share(part: u32, whole: u32) -> f32 {
    if whole == 0 { 0.0 } else { part as f32 / whole as f32 }
}

/// Counts text, link text and prose below every node, in one walk.
fn weigh(dom: &Dom) -> Content {
    let count = dom.len();
    let mut content = Content { skip: vec![false; count], text: vec![0; count], links: vec![0; count], prose: vec![0; count], main: ROOT };
    let mut own: Vec<(NodeId, u32, u32)> = vec![(ROOT, 0, 0)];
    let mut links = 0u32;
    let mut walk = dom.walk(ROOT);
    while let Some(step) = walk.next() {
        match step {
            Step::Enter(id) => match &dom.node(id).data {
                Data::Text(text) => {
                    let length = text.bytes().filter(|byte| !byte.is_ascii_whitespace()).count() as u32;
                    content.text[id as usize] = length;
                    content.links[id as usize] = if links > 0 { length } else { 0 };
                    if let Some(block) = own.last_mut() {
                        block.1 += length;
                        block.2 += content.links[id as usize];
                    }
                }
                Data::Element(element) => {
                    if is_never_text(&element.name) || element.attribute("hidden").is_some_and(|value| value != "until-found") {
                        content.skip[id as usize] = true;
                        walk.skip_below();
                    } else {
                        links += u32::from(&*element.name == "a");
                    }
                    if is_block(&element.name) {
                        own.push((id, 0, 0));
                    }
                }
                _ => {}
            },
            Step::Leave(id) => {
                if let Data::Element(element) = &dom.node(id).data {
                    if &*element.name == "a" && !content.skips(id) {
                        links -= 1;
                    }
                    if own.last().is_some_and(|block| block.0 == id)
                        && let Some((_, length, linked)) = own.pop()
                        && length >= PROSE
                        && linked * 2 < length
                    {
                        content.prose[id as usize] += length;
                    }
                }
                if let Some(parent) = dom.parent(id) {
                    for counts in [&mut content.text, &mut content.links, &mut content.prose] {
                        counts[parent as usize] = counts[parent as usize].saturating_add(counts[id as usize]);
                    }
                }
            }
        }
    }
    if let Some((_, length, linked)) = own.pop()
        && length >= PROSE
        && linked * 2 < length
    {
        content.prose[ROOT as usize] += length;
    }
    content
}

/// True if the page's `<h1>` is below this node.
fn has_title(dom: &Dom, id: NodeId) -> bool {
    dom.elements(id).any(|below| dom.name(below) == "h1")
}

/// True if the element is not shown, as far as the page itself says so.
fn is_hidden(dom: &Dom, id: NodeId) -> bool {
    let Some(element) = dom.element(id) else { return false };
    let style = element.attribute("style").unwrap_or_default();
    let hidden = !style.is_empty() && {
        let style: String = style.chars().filter(|c| !c.is_whitespace()).collect::<String>().to_ascii_lowercase();
        style.contains("display:none") || style.contains("visibility:hidden")
    };
    // Folded sections of a paper are hidden until the reader opens them.
    let folded =
        || words_of(element).any(|word| matches!(&*word, "accordion" | "collapse" | "collapsible" | "panel" | "tab" | "toggle" | "expand" | "expandable"));
    (hidden && !folded()) || element.attribute("aria-hidden") == Some("true") && !matches!(&*element.name, "div" | "section" | "main" | "article" | "body")
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Furniture {
    Surely,
    Perhaps,
}

/// What class and id say, for elements that hold blocks or short runs of them.
fn names_furniture(dom: &Dom, id: NodeId) -> Option<Furniture> {
    let element = dom.element(id)?;
    if !matches!(
        &*element.name,
        "div" | "section" | "ul" | "ol" | "aside" | "header" | "footer" | "table" | "p" | "span" | "dl" | "li" | "a" | "figure" | "blockquote"
    ) {
        return None;
    }
    let mut found = None;
    for word in words_of(element) {
        match furniture_word(&word) {
            Some(Furniture::Surely) => found = Some(Furniture::Surely),
            Some(Furniture::Perhaps) => found = found.or(Some(Furniture::Perhaps)),
            None => continue,
        }
        // A section is often named after its heading ("social-policy"): that says nothing of what it is.
        if heading_has(dom, id, &word) {
            return None;
        }
    }
    found
}

fn heading_has(dom: &Dom, id: NodeId, word: &str) -> bool {
    let first = dom.children(id).find(|&child| dom.element(child).is_some());
    first.is_some_and(|child| {
        let name = dom.name(child);
        name.len() == 2 && name.starts_with('h') && dom.attribute(id, "id").is_some_and(|value| value.to_ascii_lowercase().contains(word)) && {
            dom.text(child, 200).to_lowercase().contains(word)
        }
    })
}

/// The words of an element's classes and id: split at everything that is no letter, and where a capital follows a small letter.
fn words_of(element: &super::dom::Element) -> impl Iterator<Item = String> + '_ {
    let values = [element.attribute("class"), element.attribute("id")];
    values.into_iter().flatten().flat_map(|value| {
        let mut words = Vec::new();
        let mut word = String::new();
        let mut small = false;
        for c in value.chars().take(400) {
            if !c.is_ascii_alphabetic() || (c.is_ascii_uppercase() && small) {
                words.push(std::mem::take(&mut word));
            }
            if c.is_ascii_alphabetic() {
                word.push(c.to_ascii_lowercase());
            }
            small = c.is_ascii_lowercase();
        }
        words.push(word);
        words.into_iter().filter(|word| !word.is_empty())
    })
}

fn furniture_word(word: &str) -> Option<Furniture> {
    match word {
        "nav" | "navbar" | "navigation" | "navlinks" | "menu" | "submenu" | "megamenu" | "breadcrumb" | "breadcrumbs" | "crumb" | "crumbs" | "share"
        | "sharing" | "sharethis" | "sharedaddy" | "shareaholic" | "addthis" | "addtoany" | "social" | "socialmedia" | "newsletter" | "subscribe"
        | "signup" | "cookie" | "cookies" | "consent" | "gdpr" | "onetrust" | "advert" | "advertisement" | "ads" | "adsense" | "sponsored" | "disqus"
        | "respond" | "pagination" | "pager" | "popup" | "lightbox" | "toolbar" | "skiplink" | "skiplinks" | "login" | "searchform" | "searchbox"
        | "masthead" | "topbar" | "siteheader" | "sitefooter" | "trending" | "noprint" | "readmore" | "paywall" | "pullquote" | "tooltip" | "taglist"
        | "donate" | "jp" | "hamburger" | "offcanvas" | "navtable" => Some(Furniture::Surely),
        "related" | "sidebar" | "widget" | "widgets" | "footer" | "promo" | "promotion" | "comments" | "tags" | "carousel" | "overlay" | "modal" | "search"
        | "recirc" | "teaser" | "teasers" | "recommended" | "banner" => Some(Furniture::Perhaps),
        _ => None,
    }
}
