//! Reads XML parts: names without prefixes, no entities of their own, nesting bounded.
//!
//! Tags and text are cut here, without a copy; quick-xml reads what is seldom (comments, declarations, odd attributes) and names what is wrong.

use std::borrow::Cow;

use quick_xml::errors::{IllFormedError, SyntaxError};
use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

use super::Limits;
use crate::error::{AnalyseError, Result};

/// A part that is read token by token.
pub(super) struct Xml<'a> {
    name: &'static str,
    text: &'a str,
    at: usize,
    /// The whole names of the elements that are open.
    open: Vec<&'a str>,
    /// An element that closes itself was opened.
    empty: Option<Tag<'a>>,
    depth: u32,
    max_depth: u32,
}

/// A step through a part. Empty elements are opened and closed.
pub(super) enum Token<'a> {
    Open(Tag<'a>),
    Close(Tag<'a>),
    Text(Cow<'a, str>),
    End,
}

/// A tag, asked by local names: files differ in their prefixes.
#[derive(Clone, Copy)]
pub(super) struct Tag<'a> {
    /// What stands between its brackets.
    content: &'a str,
    /// Where its name ends.
    name: usize,
    local: &'a str,
}

impl<'a> Tag<'a> {
    fn new(content: &'a str) -> Self {
        let bytes = content.as_bytes();
        let name = bytes.iter().position(|&byte| is_space(byte)).unwrap_or(bytes.len());
        let prefix = bytes[..name].iter().position(|&byte| byte == b':').map_or(0, |colon| colon + 1);
        Self { content, name, local: content.get(prefix..name).unwrap_or_default() }
    }

    pub fn name(&self) -> &'a str {
        self.local
    }

    /// The value of an attribute, entities resolved.
    pub fn attribute(&self, name: &str) -> Option<String> {
        match plain_attribute(&self.content[self.name..], name) {
            Ok(value) => value.map(str::to_owned),
            Err(Odd) => self.odd_attribute(name),
        }
    }

    fn odd_attribute(&self, name: &str) -> Option<String> {
        let start = BytesStart::from_content(self.content, self.name);
        let found = start.attributes().with_checks(false).flatten().find(|attribute| attribute.key.local_name().into_inner() == name)?;
        Some(found.normalized_value(XmlVersion::Implicit1_0).unwrap_or(found.value).into_owned())
    }
}

/// Attributes that are not written in the usual way.
struct Odd;

/// Finds an attribute by its local name among `key="value"`, if its value is to be read as it stands.
fn plain_attribute<'a>(attributes: &'a str, name: &str) -> Result<Option<&'a str>, Odd> {
    let bytes = attributes.as_bytes();
    let skip = |from: usize| bytes[from..].iter().position(|&byte| !is_space(byte)).map_or(bytes.len(), |length| from + length);
    let mut at = skip(0);
    while at < bytes.len() {
        let key = at;
        at += bytes[at..].iter().position(|&byte| byte == b'=' || is_space(byte)).ok_or(Odd)?;
        let key = &attributes[key..at];
        let quote = match (bytes.get(at), bytes.get(at + 1)) {
            (Some(b'='), Some(&quote @ (b'"' | b'\''))) if !key.is_empty() => quote,
            _ => return Err(Odd),
        };
        let from = at + 2;
        let to = from + memchr::memchr(quote, &bytes[from..]).ok_or(Odd)?;
        if key.split_once(':').map_or(key, |(_, local)| local) == name {
            let value = &attributes[from..to];
            let is_plain = !value.bytes().any(|byte| matches!(byte, b'&' | b'<' | b'\t' | b'\n' | b'\r'));
            return if is_plain { Ok(Some(value)) } else { Err(Odd) };
        }
        at = skip(to + 1);
        if at == to + 1 && at < bytes.len() {
            return Err(Odd);
        }
    }
    Ok(None)
}

fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r')
}

impl<'a> Xml<'a> {
    /// `name` is what an error calls the part.
    pub fn new(name: &'static str, text: &'a str, limits: &Limits) -> Self {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        Self { name, text, at: 0, open: Vec::new(), empty: None, depth: 0, max_depth: limits.max_nesting }
    }

    /// The next token.
    ///
    /// # Errors
    /// If the part is not well formed, brings entities of its own, or is nested too deep.
    pub fn next(&mut self) -> Result<Token<'a>> {
        if let Some(tag) = self.empty.take() {
            self.depth = self.depth.saturating_sub(1);
            return Ok(Token::Close(tag));
        }
        loop {
            let rest = self.text.get(self.at..).unwrap_or_default();
            let bytes = rest.as_bytes();
            match (bytes.first(), bytes.get(1)) {
                (None, _) if self.depth > 0 => return Err(AnalyseError::Damaged(format!("{}: it is cut off", self.name))),
                (None, _) => return Ok(Token::End),
                (Some(b'<'), Some(b'/')) => return self.close(rest),
                (Some(b'<'), Some(b'!' | b'?')) => {
                    if let Some(token) = self.declaration(rest)? {
                        return Ok(token);
                    }
                }
                (Some(b'<'), _) => return self.open(rest),
                (Some(b'&'), _) => return Ok(Token::Text(self.reference(rest))),
                _ => {
                    let length = memchr::memchr2(b'<', b'&', bytes).unwrap_or(bytes.len());
                    self.at += length;
                    return Ok(Token::Text(Cow::Borrowed(&rest[..length])));
                }
            }
        }
    }

    fn open(&mut self, rest: &'a str) -> Result<Token<'a>> {
        let end = tag_end(rest.as_bytes()).ok_or_else(|| self.damaged(&SyntaxError::UnclosedTag.into()))?;
        self.at += end + 1;
        self.depth += 1;
        if self.depth > self.max_depth {
            return Err(AnalyseError::Limit { what: "elements nested in one another", limit: u64::from(self.max_depth), option: "--max-nesting" });
        }
        let content = &rest[1..end];
        let tag = Tag::new(content.strip_suffix('/').unwrap_or(content));
        if content.ends_with('/') {
            self.empty = Some(tag);
        } else {
            self.open.push(&content[..tag.name]);
        }
        Ok(Token::Open(tag))
    }

    fn close(&mut self, rest: &'a str) -> Result<Token<'a>> {
        let end = memchr::memchr(b'>', rest.as_bytes()).ok_or_else(|| self.damaged(&SyntaxError::UnclosedTag.into()))?;
        self.at += end + 1;
        let name = rest[2..end].trim_end_matches([' ', '\t', '\n', '\r']);
        match self.open.pop() {
            Some(open) if open == name => {}
            Some(open) => return Err(self.damaged(&IllFormedError::MismatchedEndTag { expected: open.to_owned(), found: name.to_owned() }.into())),
            None => return Err(self.damaged(&IllFormedError::UnmatchedEndTag(name.to_owned()).into())),
        }
        self.depth = self.depth.saturating_sub(1);
        Ok(Token::Close(Tag::new(name)))
    }

    /// A comment, a declaration, or text that is not to be taken for tags.
    fn declaration(&mut self, rest: &'a str) -> Result<Option<Token<'a>>> {
        let mut reader = Reader::from_str(rest);
        let event = reader.read_event().map_err(|error| self.damaged(&error))?;
        self.at += (reader.buffer_position() as usize).max(1);
        match event {
            Event::CData(text) => Ok(Some(Token::Text(text.into_inner()))),
            // Office files have no document type; one with entities of its own is an attack.
            Event::DocType(doctype) if doctype.contains("<!ENTITY") => {
                Err(AnalyseError::Damaged(format!("{}: it defines entities of its own, which are not expanded", self.name)))
            }
            _ => Ok(None),
        }
    }

    /// What a reference stands for; a "&" that begins none is text.
    fn reference(&mut self, rest: &'a str) -> Cow<'a, str> {
        let bytes = rest.as_bytes();
        let end = memchr::memchr3(b';', b'&', b'<', &bytes[1..]).map_or(bytes.len(), |length| length + 1);
        if bytes.get(end) != Some(&b';') {
            self.at += end;
            return Cow::Borrowed(&rest[..end]);
        }
        self.at += end + 1;
        let name = &rest[1..end];
        match BytesRef::new(name).resolve_char_ref() {
            Ok(Some(c)) => Cow::Owned(c.to_string()),
            // An entity that XML does not define by itself stands for nothing.
            _ => Cow::Borrowed(quick_xml::escape::resolve_predefined_entity(name).unwrap_or_default()),
        }
    }

    fn damaged(&self, error: &quick_xml::Error) -> AnalyseError {
        AnalyseError::Damaged(format!("{}: {error}", self.name))
    }

    /// Leaves out what is inside the element that was just opened, and its end.
    ///
    /// # Errors
    /// As [`next`](Self::next).
    pub fn skip(&mut self) -> Result<()> {
        let outside = self.depth.saturating_sub(1);
        while self.depth > outside {
            if let Token::End = self.next()? {
                break;
            }
        }
        Ok(())
    }

    /// The text inside the element that was just opened.
    ///
    /// # Errors
    /// As [`next`](Self::next).
    pub fn text(&mut self) -> Result<String> {
        let outside = self.depth.saturating_sub(1);
        let mut text = String::new();
        while self.depth > outside {
            match self.next()? {
                Token::Text(piece) => text.push_str(&piece),
                Token::End => break,
                _ => {}
            }
        }
        Ok(text)
    }
}

/// Where a tag ends: at the first bracket outside quotes.
fn tag_end(bytes: &[u8]) -> Option<usize> {
    let mut at = 0;
    loop {
        at += bytes[at..].iter().position(|byte| matches!(byte, b'>' | b'"' | b'\''))?;
        if bytes[at] == b'>' {
            return Some(at);
        }
        at += memchr::memchr(bytes[at], &bytes[at + 1..])? + 2;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(text: &str) -> Result<String> {
        let mut xml = Xml::new("part", text, &Limits::default());
        let mut out = String::new();
        loop {
            match xml.next()? {
                Token::Open(tag) => out.push_str(&format!("<{}{}>", tag.name(), tag.attribute("v").unwrap_or_default())),
                Token::Close(tag) => out.push_str(&format!("</{}>", tag.name())),
                Token::Text(text) => out.push_str(&text),
                Token::End => return Ok(out),
            }
        }
    }

    #[test]
    fn names_lose_their_prefix_and_references_are_resolved() {
        assert_eq!(all("<w:p w:v='a&amp;b'>x &lt; &#233;&unknown;<w:br/></w:p>").unwrap(), "<pa&b>x < é<br></br></p>");
    }

    #[test]
    fn reads_what_is_seldom() {
        let text = "\u{feff}<?xml version='1.0'?><!-- <a> --><a v = '1'><b v=\"x&lt;>y\"/><![CDATA[<i>]]> & b &c<d\tw='2' v='3' /></a >";
        assert_eq!(all(text).unwrap(), "<a1><bx<>y></b><i> & b &c<d3></d></a>");
        assert!(all("<a><b></a></b>").unwrap_err().to_string().contains("expected `</b>`"));
        for text in ["</a>", "<a", "<a v='", "<!", "<!--", "<a></a", "<a>&", "<"] {
            assert!(all(text).is_err(), "{text}");
        }
        assert_eq!(all("< a/>").unwrap(), "<></>");
    }

    #[test]
    fn refuses_entities_and_depth_and_says_so() {
        let laughs = "<!DOCTYPE l [<!ENTITY a 'ha'><!ENTITY b '&a;&a;'>]><l>&b;</l>";
        assert!(all(laughs).unwrap_err().to_string().contains("entities"));
        let external = "<!DOCTYPE l [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><l>&x;</l>";
        assert!(all(external).is_err());
        assert!(matches!(all(&"<a>".repeat(100_000)), Err(AnalyseError::Limit { .. })));
        assert!(all("<a><b>").is_err());
    }
}
