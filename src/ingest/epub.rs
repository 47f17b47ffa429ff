//! Books in EPUB: the pages of the spine, read as one.

use std::collections::HashMap;

use super::package::Package;
use super::xml::{Token, Xml};
use super::{Limits, date, html};
use crate::document::{Document, Metadata};
use crate::error::{AnalyseError, Result};

/// Reads a book.
///
/// # Errors
/// If it is damaged or protected, holds no text, or goes beyond a limit.
pub(super) fn read(bytes: &[u8], limits: &Limits) -> Result<Document> {
    let mut package = Package::open(bytes, limits)?;
    let missing = |part: &str| AnalyseError::Damaged(format!("there is no {part} in it"));
    let container = package.text("META-INF/container.xml")?.ok_or_else(|| missing("META-INF/container.xml"))?;
    let path = root_file(&container, limits)?.ok_or_else(|| missing("package document"))?;
    let opf = package.text(&path)?.ok_or_else(|| missing(&path))?;
    let book = book(&opf, limits)?;
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut pages = Vec::new();
    for href in &book.spine {
        let name = resolve(folder, href);
        if let Some(text) = package.text(&name)? {
            pages.push((name.rsplit('/').next().unwrap_or_default().to_owned(), html::expand_empty(&text)));
        }
    }
    html::read_pages(&pages, Metadata { media_type: "application/epub+zip", ..book.metadata }, limits)
}

fn root_file(container: &str, limits: &Limits) -> Result<Option<String>> {
    let mut xml = Xml::new("container.xml", container, limits);
    loop {
        match xml.next()? {
            Token::Open(tag) if tag.name() == "rootfile" => return Ok(tag.attribute("full-path")),
            Token::End => return Ok(None),
            _ => {}
        }
    }
}

#[derive(Default)]
struct Book {
    metadata: Metadata,
    spine: Vec<String>,
}

fn book(opf: &str, limits: &Limits) -> Result<Book> {
    let mut book = Book::default();
    let mut items: HashMap<String, String> = HashMap::new();
    let mut xml = Xml::new("package document", opf, limits);
    let filled = |text: String| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
    loop {
        match xml.next()? {
            Token::Open(tag) => match tag.name() {
                "title" if book.metadata.title.is_none() => book.metadata.title = filled(xml.text()?),
                "creator" => book.metadata.authors.extend(filled(xml.text()?)),
                "publisher" => book.metadata.publisher = filled(xml.text()?),
                "language" if book.metadata.language.is_none() => book.metadata.language = filled(xml.text()?),
                "date" if book.metadata.date.is_none() => book.metadata.date = date::iso(&xml.text()?),
                "item" => {
                    let page = tag.attribute("media-type").is_some_and(|kind| kind.contains("html"));
                    let contents = tag.attribute("properties").is_some_and(|properties| properties.split(' ').any(|property| property == "nav"));
                    if let (true, false, Some(id), Some(href)) = (page, contents, tag.attribute("id"), tag.attribute("href")) {
                        items.insert(id, href);
                    }
                }
                "itemref" => book.spine.extend(tag.attribute("idref").and_then(|id| items.remove(&id))),
                _ => {}
            },
            Token::End => return Ok(book),
            _ => {}
        }
    }
}

/// The name of a part in the archive, from an address relative to a folder in it.
fn resolve(folder: &str, href: &str) -> String {
    let href = href.split('#').next().unwrap_or(href);
    let mut path: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in href.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(path.pop()),
            part => path.push(part),
        }
    }
    unescape(&path.join("/"))
}

/// Resolves `%20` and its like.
fn unescape(path: &str) -> String {
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.as_bytes();
    while let Some((&byte, after)) = rest.split_first() {
        let code = (byte == b'%').then(|| after.get(..2)).flatten().and_then(|hex| u8::from_str_radix(std::str::from_utf8(hex).ok()?, 16).ok());
        bytes.push(code.unwrap_or(byte));
        rest = if code.is_some() { &after[2..] } else { after };
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::resolve;
    use crate::ingest::testing::{archive, blocks, marks};
    use crate::ingest::{Limits, read};

    #[test]
    fn reads_the_spine_in_order_with_notes_in_another_file() {
        let container = r#"<container><rootfiles><rootfile full-path="E/book.opf"/></rootfiles></container>"#;
        let opf = r#"<package xmlns:dc="dc"><metadata><dc:title>Rivers</dc:title><dc:creator>Ann Lee</dc:creator><dc:date>2021-03</dc:date></metadata>
          <manifest><item id="n" href="notes.xhtml" media-type="application/xhtml+xml"/><item id="toc" properties="nav" href="nav.xhtml" media-type="application/xhtml+xml"/>
          <item id="a" href="a.xhtml" media-type="application/xhtml+xml"/></manifest><spine><itemref idref="toc"/><itemref idref="a"/><itemref idref="n"/></spine></package>"#;
        let page = "<?xml version='1.0'?><html><head><title/></head><body><h1><a id='x'/>One</h1><p>A claim.<a epub:type='noteref' href='notes.xhtml#n1'>1</a></p></body></html>";
        let notes = "<html><body><h1>Notes</h1><p id='n1'>1. Its source.</p></body></html>";
        let parts = [
            ("mimetype", "application/epub+zip"),
            ("META-INF/container.xml", container),
            ("E/book.opf", opf),
            ("E/a.xhtml", page),
            ("E/notes.xhtml", notes),
            ("E/nav.xhtml", "<p>no</p>"),
        ];
        let document = read("book.epub", &archive(&parts), &Limits::default()).expect("a sound book");
        assert_eq!(blocks(&document), ["h1 One", "p A claim.", "h1 Notes", "note 1: Its source."]);
        assert_eq!(marks(&document), ["1"]);
        assert_eq!((document.metadata.title.as_deref(), document.metadata.date.as_deref()), (Some("Rivers"), Some("2021-03")));
    }

    #[test]
    fn addresses_are_relative_to_the_package_document() {
        assert_eq!(resolve("OEBPS", "text/a%20b.xhtml#x"), "OEBPS/text/a b.xhtml");
        assert_eq!(resolve("OEBPS/x", "../c.xhtml"), "OEBPS/c.xhtml");
        assert_eq!(resolve("", "../../c.xhtml"), "c.xhtml");
    }
}
