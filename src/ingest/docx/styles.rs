//! Paragraph and character styles of a Word file.

use std::collections::HashMap;

use crate::error::Result;
use crate::ingest::Limits;
use crate::ingest::xml::{Token, Xml};

/// What a style says of text, its ancestors included.
#[derive(Debug, Clone, Default)]
pub(super) struct Style {
    /// The name that is the same in every language version ("heading 1", "toc 2", "footnote text"), in lower case.
    pub name: String,
    based_on: Option<String>,
    /// Heading level, from 1.
    pub outline: Option<u8>,
    pub bold: Option<bool>,
    pub italic: Option<bool>,
    pub hidden: Option<bool>,
    /// Number definition and level.
    pub number: Option<String>,
    pub level: Option<usize>,
}

/// The styles of a file, by id.
#[derive(Debug, Default)]
pub(super) struct Styles {
    by_id: HashMap<String, Style>,
    pub language: Option<String>,
}

/// Styles are based on one another at most this deep; a circle ends here.
const LONGEST_CHAIN: usize = 20;

impl Styles {
    pub fn get(&self, id: &str) -> Option<&Style> {
        self.by_id.get(id)
    }

    pub fn read(text: &str, limits: &Limits) -> Result<Self> {
        let mut xml = Xml::new("styles.xml", text, limits);
        let mut styles = Self::default();
        let mut open: Option<(String, Style)> = None;
        loop {
            match xml.next()? {
                Token::Open(tag) => {
                    let value = || tag.attribute("val");
                    match (tag.name(), &mut open) {
                        ("style", _) => open = tag.attribute("styleId").map(|id| (id, Style::default())),
                        ("lang", None) => styles.language = styles.language.take().or_else(value),
                        ("name", Some((_, style))) => style.name = value().unwrap_or_default().to_lowercase(),
                        ("basedOn", Some((_, style))) => style.based_on = value(),
                        ("outlineLvl", Some((_, style))) => style.outline = value().as_deref().and_then(outline),
                        ("b", Some((_, style))) => style.bold = Some(is_on(value())),
                        ("i", Some((_, style))) => style.italic = Some(is_on(value())),
                        ("vanish", Some((_, style))) => style.hidden = Some(is_on(value())),
                        ("numId", Some((_, style))) => style.number = value(),
                        ("ilvl", Some((_, style))) => style.level = value().and_then(|value| value.parse().ok()),
                        // Conditional formats of table styles are not the style's own.
                        ("tblStylePr", Some(_)) => xml.skip()?,
                        _ => {}
                    }
                }
                Token::Close(tag) if tag.name() == "style" => {
                    if let Some((id, style)) = open.take() {
                        styles.by_id.insert(id, style);
                    }
                }
                Token::End => break,
                _ => {}
            }
        }
        styles.inherit();
        Ok(styles)
    }

    fn inherit(&mut self) {
        let whole = |style: &Style| {
            let mut style = style.clone();
            let mut above = style.based_on.clone();
            for _ in 0..LONGEST_CHAIN {
                let Some(parent) = above.as_deref().and_then(|id| self.by_id.get(id)) else { break };
                // What is based on a heading style is a heading only if it says nothing else.
                style.outline = style.outline.or(parent.outline).or_else(|| heading_level(&parent.name));
                style.bold = style.bold.or(parent.bold);
                style.italic = style.italic.or(parent.italic);
                style.hidden = style.hidden.or(parent.hidden);
                style.number = style.number.or_else(|| parent.number.clone());
                style.level = style.level.or(parent.level);
                above = parent.based_on.clone();
            }
            style.outline = heading_level(&style.name).or(style.outline).filter(|&level| level <= 9);
            style
        };
        self.by_id = self.by_id.iter().map(|(id, style)| (id.clone(), whole(style))).collect();
    }
}

/// "heading 2" is level 2.
fn heading_level(name: &str) -> Option<u8> {
    name.strip_prefix("heading ")?.trim().parse().ok().filter(|level| (1..=9).contains(level))
}

/// An outline level as written (0 is the highest, 9 is body text) as a heading level from 1.
pub(super) fn outline(value: &str) -> Option<u8> {
    value.parse::<u8>().ok().map(|level| level.saturating_add(1))
}

/// A property that stands there is on, unless it says that it is not.
pub(super) fn is_on(value: Option<String>) -> bool {
    !matches!(value.as_deref(), Some("0" | "false" | "off" | "none"))
}
