//! Word files (DOCX).

mod body;
mod lists;
mod styles;

#[cfg(test)]
mod tests;

use std::collections::HashMap;

use body::{Body, Context, NoteLabels};
use lists::Lists;
use styles::Styles;

use super::package::Package;
use super::xml::{Token, Xml};
use super::{Limits, html};
use crate::document::{Document, Metadata};
use crate::error::{AnalyseError, Result};

/// Reads a Word file: changes accepted, comments left out, notes after the text.
///
/// # Errors
/// If it is damaged, holds no text, or goes beyond a limit.
pub(super) fn read(bytes: &[u8], limits: &Limits) -> Result<Document> {
    let mut package = Package::open(bytes, limits)?;
    let top = relations(package.text("_rels/.rels")?.as_deref(), limits)?;
    let main = top
        .iter()
        .find(|relation| relation.kind == "officeDocument")
        .map_or("word/document.xml", |relation| relation.target.trim_start_matches('/'))
        .to_owned();
    let text = package.text(&main)?.ok_or_else(|| AnalyseError::Damaged(format!("there is no {main} in it")))?;
    let folder = main.rsplit_once('/').map_or("", |(folder, _)| folder).to_owned();
    let file = main.rsplit('/').next().unwrap_or_default();
    let related = relations(package.text(&format!("{folder}/_rels/{file}.rels"))?.as_deref(), limits)?;
    let path_of = |kind: &str, default: &str| {
        let target = related.iter().find(|relation| relation.kind == kind).map_or(default, |relation| relation.target.as_str());
        target.strip_prefix('/').map_or_else(|| format!("{folder}/{target}"), str::to_owned)
    };
    let styles = Styles::read(&package.text(&path_of("styles", "styles.xml"))?.unwrap_or_default(), limits)?;
    let mut lists = Lists::read(&package.text(&path_of("numbering", "numbering.xml"))?.unwrap_or_default(), limits)?;
    let settings = package.text(&path_of("settings", "settings.xml"))?.unwrap_or_default();
    let notes = [package.text(&path_of("footnotes", "footnotes.xml"))?, package.text(&path_of("endnotes", "endnotes.xml"))?];
    let mut metadata = core_properties(package.text("docProps/core.xml")?.as_deref(), limits)?;

    let links = related.into_iter().filter(|relation| relation.kind == "hyperlink").map(|relation| (relation.id, relation.target)).collect();
    let context = Context { styles: &styles, links };
    let format = |element: &str, default: &str| note_format(&text, element).or_else(|| note_format(&settings, element)).unwrap_or_else(|| default.to_owned());
    let mut labels = NoteLabels::new(format("footnotePr", "decimal"), format("endnotePr", "lowerRoman"));
    let mut body = Body::new(&context, &mut lists, &mut labels);
    body.read(&text, limits)?;
    drop(text);
    let (mut flow, titles) = (std::mem::take(&mut body.flow), std::mem::take(&mut body.titles));
    let mut found: [HashMap<_, _>; 2] = Default::default();
    for (index, (part, element)) in notes.iter().zip(["footnote", "endnote"]).enumerate() {
        if let Some(part) = part {
            found[index] = body.read_notes(part, element, limits)?;
        }
    }
    for (reference, label) in std::mem::take(&mut labels.order) {
        if let Some(paragraphs) = found[usize::from(reference.endnote)].remove(&reference.id) {
            flow.note(&label, paragraphs);
        }
    }
    let titled = |name: &str| titles.iter().find(|(style, _)| style == name).map(|(_, text)| text.clone());
    metadata.title = titled("title").or(metadata.title);
    metadata.subtitle = titled("subtitle");
    metadata.language = metadata.language.or(styles.language);
    html::document(flow.out, Metadata { media_type: "application/vnd.openxmlformats-officedocument.wordprocessingml.document", ..metadata })
}

struct Relation {
    id: String,
    /// The last part of the type's address.
    kind: String,
    target: String,
}

fn relations(text: Option<&str>, limits: &Limits) -> Result<Vec<Relation>> {
    let mut relations = Vec::new();
    let mut xml = Xml::new("relationships", text.unwrap_or_default(), limits);
    loop {
        match xml.next()? {
            Token::Open(tag) if tag.name() == "Relationship" => {
                let kind = tag.attribute("Type").unwrap_or_default().rsplit('/').next().unwrap_or_default().to_owned();
                relations.push(Relation { id: tag.attribute("Id").unwrap_or_default(), kind, target: tag.attribute("Target").unwrap_or_default() });
            }
            Token::End => return Ok(relations),
            _ => {}
        }
    }
}

/// The number format of footnotes or endnotes: `<w:footnotePr>…<w:numFmt w:val="…"/>`.
fn note_format(text: &str, element: &str) -> Option<String> {
    let start = memchr::memmem::find(text.as_bytes(), format!(":{element}>").as_bytes())?;
    let rest = text.get(start..)?;
    let end = rest.find("</").unwrap_or(rest.len());
    let inside = &rest[..end];
    let value = &inside[inside.find(":numFmt ")?..];
    let value = value.split_once("val=\"")?.1;
    value.split_once('"').map(|(format, _)| format.to_owned())
}

/// Title, author and language as the file's properties have them. Titles that programs put there are left out.
pub(super) fn core_properties(text: Option<&str>, limits: &Limits) -> Result<Metadata> {
    let mut metadata = Metadata::default();
    let mut xml = Xml::new("core.xml", text.unwrap_or_default(), limits);
    loop {
        match xml.next()? {
            Token::Open(tag) => {
                let name = tag.name().to_owned();
                match name.as_str() {
                    "title" => metadata.title = Some(xml.text()?.trim().to_owned()).filter(|title| is_title(title)),
                    "creator" => metadata.authors = xml.text()?.split(';').map(|name| name.trim().to_owned()).filter(|name| is_person(name)).collect(),
                    "language" => metadata.language = Some(xml.text()?.trim().to_owned()).filter(|language| !language.is_empty()),
                    _ => {}
                }
            }
            Token::End => return Ok(metadata),
            _ => {}
        }
    }
}

fn is_title(title: &str) -> bool {
    let lower = title.to_lowercase();
    !title.is_empty()
        && !lower.starts_with("microsoft word")
        && !lower.starts_with("untitled")
        && !lower.starts_with("document")
        && !lower.ends_with(".doc")
        && !lower.ends_with(".docx")
}

/// A login name is no author.
fn is_person(name: &str) -> bool {
    name.contains(' ') && !name.to_lowercase().contains("microsoft") && name.chars().any(char::is_uppercase)
}
