//! Numbers of lists and headings, which Word computes and a file does not hold.

use std::collections::{BTreeMap, HashMap};

use crate::error::Result;
use crate::ingest::xml::{Token, Xml};
use crate::ingest::{Limits, numbering};

/// Word knows nine levels.
const LEVELS: usize = 9;

#[derive(Debug, Clone, Default)]
struct Level {
    format: String,
    text: String,
    start: i64,
    style: Option<String>,
    /// Numbers of levels above are shown as decimals here.
    legal: bool,
}

#[derive(Debug, Default)]
struct Definition {
    levels: BTreeMap<usize, Level>,
}

#[derive(Debug, Default)]
struct Instance {
    definition: String,
    starts: BTreeMap<usize, i64>,
    levels: BTreeMap<usize, Level>,
}

/// The list definitions of a file, and how far each has been counted.
#[derive(Debug, Default)]
pub(super) struct Lists {
    definitions: HashMap<String, Definition>,
    instances: HashMap<String, Instance>,
    /// By definition: the number reached on each level.
    counts: HashMap<String, [Option<i64>; LEVELS]>,
    /// Instances whose start overrides have been applied.
    begun: HashMap<String, [bool; LEVELS]>,
}

/// What is shown before a paragraph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Marker {
    Bullet(String),
    Number(String),
}

impl Lists {
    pub fn read(text: &str, limits: &Limits) -> Result<Self> {
        let mut xml = Xml::new("numbering.xml", text, limits);
        let mut lists = Self::default();
        let (mut definition, mut instance) = (None::<String>, None::<String>);
        let mut level: Option<(usize, Level)> = None;
        let mut overridden = None;
        loop {
            match xml.next()? {
                Token::Open(tag) => {
                    let value = || tag.attribute("val");
                    match tag.name() {
                        "abstractNum" => {
                            definition = tag.attribute("abstractNumId");
                            if let Some(id) = &definition {
                                lists.definitions.insert(id.clone(), Definition::default());
                            }
                        }
                        "num" => {
                            instance = tag.attribute("numId");
                            if let Some(id) = &instance {
                                lists.instances.insert(id.clone(), Instance::default());
                            }
                        }
                        "abstractNumId" => {
                            if let (Some(instance), Some(value)) = (instance.as_ref().and_then(|id| lists.instances.get_mut(id)), value()) {
                                instance.definition = value;
                            }
                        }
                        "lvlOverride" => overridden = index(tag.attribute("ilvl")),
                        "startOverride" => {
                            if let (Some(at), Some(instance), Some(start)) =
                                (overridden, instance.as_ref().and_then(|id| lists.instances.get_mut(id)), value().and_then(|value| value.parse().ok()))
                            {
                                instance.starts.insert(at, start);
                            }
                        }
                        "lvl" => level = index(tag.attribute("ilvl")).map(|at| (at, Level { start: 1, ..Level::default() })),
                        name => {
                            if let Some((_, level)) = &mut level {
                                match name {
                                    "numFmt" => level.format = value().unwrap_or_default(),
                                    "lvlText" => level.text = value().unwrap_or_default(),
                                    "start" => level.start = value().and_then(|value| value.parse().ok()).unwrap_or(1),
                                    "pStyle" => level.style = value(),
                                    "isLgl" => level.legal = super::styles::is_on(value()),
                                    _ => {}
                                }
                            }
                        }
                    }
                }
                Token::Close(tag) => match tag.name() {
                    "lvl" => {
                        let Some((at, level)) = level.take() else { continue };
                        if let Some(instance) = instance.as_ref().and_then(|id| lists.instances.get_mut(id)) {
                            instance.levels.insert(at, level);
                        } else if let Some(definition) = definition.as_ref().and_then(|id| lists.definitions.get_mut(id)) {
                            definition.levels.insert(at, level);
                        }
                    }
                    "abstractNum" => definition = None,
                    "num" => instance = None,
                    _ => {}
                },
                Token::Text(_) => {}
                Token::End => return Ok(lists),
            }
        }
    }

    /// The level that a list gives to a paragraph style.
    pub fn level_of_style(&self, number: &str, style: &str) -> Option<usize> {
        let instance = self.instances.get(number)?;
        let levels = &self.definitions.get(&instance.definition)?.levels;
        levels.iter().find(|(_, level)| level.style.as_deref() == Some(style)).map(|(&at, _)| at)
    }

    /// Counts the next paragraph of a list and gives its marker. None if the list shows none, or does not exist.
    pub fn next(&mut self, number: &str, at: usize) -> Option<Marker> {
        let instance = self.instances.get(number)?;
        let definition = self.definitions.get(&instance.definition)?;
        let at = at.min(LEVELS - 1);
        let level_at = |at: usize| instance.levels.get(&at).or_else(|| definition.levels.get(&at));
        let level = level_at(at)?;
        let counts = self.counts.entry(instance.definition.clone()).or_default();
        let begun = self.begun.entry(number.to_owned()).or_default();
        if let Some(&start) = instance.starts.get(&at)
            && !begun[at]
        {
            counts[at] = Some(start.saturating_sub(1));
        }
        begun[at] = true;
        counts[at] = Some(counts[at].map_or(level.start, |count| count.saturating_add(1)));
        counts[at + 1..].fill(None);
        if level.format == "bullet" {
            return Some(Marker::Bullet(bullet(&level.text)));
        }
        if level.format == "none" || level.text.trim().is_empty() {
            return None;
        }
        let mut marker = String::new();
        let mut characters = level.text.chars().peekable();
        while let Some(c) = characters.next() {
            match characters.peek().and_then(|next| next.to_digit(10)) {
                Some(of @ 1..=9) if c == '%' => {
                    characters.next();
                    let of = of as usize - 1;
                    let shown = level_at(of);
                    let count = counts[of].or(shown.map(|level| level.start)).unwrap_or(1);
                    let format = shown.map_or("decimal", |level| level.format.as_str());
                    marker.push_str(&format_number(if level.legal { "decimal" } else { format }, count));
                }
                _ => marker.push(c),
            }
        }
        Some(Marker::Number(marker.trim().to_owned()))
    }
}

fn index(value: Option<String>) -> Option<usize> {
    value?.parse().ok().filter(|&at| at < LEVELS)
}

/// A number in one of Word's formats.
pub(super) fn format_number(format: &str, number: i64) -> String {
    match format {
        "lowerLetter" => numbering::shown('a', number),
        "upperLetter" => numbering::shown('A', number),
        "lowerRoman" => numbering::shown('i', number),
        "upperRoman" => numbering::shown('I', number),
        "decimalZero" => format!("{number:02}"),
        "chicago" => {
            const SIGNS: [&str; 4] = ["*", "†", "‡", "§"];
            let at = number.saturating_sub(1).clamp(0, 11) as usize;
            SIGNS[at % SIGNS.len()].repeat(at / SIGNS.len() + 1)
        }
        _ => number.to_string(),
    }
}

/// Bullets are often signs of a symbol font, which mean nothing outside it.
fn bullet(text: &str) -> String {
    match text.trim() {
        dash @ ("-" | "–" | "—" | "*") => dash.to_owned(),
        _ => "•".to_owned(),
    }
}
