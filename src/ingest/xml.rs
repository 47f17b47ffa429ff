//! Reads XML parts: names without prefixes, no entities of their own, nesting bounded.

use std::borrow::Cow;

use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

use super::Limits;
use crate::error::{AnalyseError, Result};

/// A part that is read token by token.
pub(super) struct Xml<'a> {
    name: &'static str,
    reader: Reader<&'a [u8]>,
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
pub(super) enum Tag<'a> {
    Start(BytesStart<'a>),
    End(quick_xml::events::BytesEnd<'a>),
}

impl Tag<'_> {
    pub fn name(&self) -> &str {
        match self {
            Self::Start(start) => start.local_name().into_inner(),
            Self::End(end) => end.local_name().into_inner(),
        }
    }

    /// The value of an attribute, entities resolved.
    pub fn attribute(&self, name: &str) -> Option<String> {
        let Self::Start(start) = self else { return None };
        let found = start.attributes().with_checks(false).flatten().find(|attribute| attribute.key.local_name().into_inner() == name)?;
        Some(found.normalized_value(XmlVersion::Implicit1_0).unwrap_or(found.value).into_owned())
    }
}

impl<'a> Xml<'a> {
    /// `name` is what an error calls the part.
    pub fn new(name: &'static str, text: &'a str, limits: &Limits) -> Self {
        let mut reader = Reader::from_str(text);
        let config = reader.config_mut();
        config.expand_empty_elements = true;
        config.allow_dangling_amp = true;
        Self { name, reader, depth: 0, max_depth: limits.max_nesting }
    }

    /// The next token.
    ///
    /// # Errors
    /// If the part is not well formed, brings entities of its own, or is nested too deep.
    pub fn next(&mut self) -> Result<Token<'a>> {
        loop {
            let event = self.reader.read_event().map_err(|error| AnalyseError::Damaged(format!("{}: {error}", self.name)))?;
            return Ok(match event {
                Event::Start(start) => {
                    self.depth += 1;
                    if self.depth > self.max_depth {
                        return Err(AnalyseError::Limit { what: "elements nested in one another", limit: u64::from(self.max_depth), option: "--max-nesting" });
                    }
                    Token::Open(Tag::Start(start))
                }
                Event::End(end) => {
                    self.depth = self.depth.saturating_sub(1);
                    Token::Close(Tag::End(end))
                }
                Event::Text(text) => Token::Text(text.into_inner()),
                Event::CData(text) => Token::Text(text.into_inner()),
                Event::GeneralRef(reference) => match reference.resolve_char_ref() {
                    Ok(Some(c)) => Token::Text(Cow::Owned(c.to_string())),
                    // An entity that XML does not define by itself stands for nothing.
                    _ => Token::Text(Cow::Borrowed(quick_xml::escape::resolve_predefined_entity(&reference).unwrap_or_default())),
                },
                // Office files have no document type; one with entities of its own is an attack.
                Event::DocType(doctype) if doctype.contains("<!ENTITY") => {
                    return Err(AnalyseError::Damaged(format!("{}: it defines entities of its own, which are not expanded", self.name)));
                }
                Event::Empty(_) | Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => continue,
                Event::Eof if self.depth > 0 => return Err(AnalyseError::Damaged(format!("{}: it is cut off", self.name))),
                Event::Eof => Token::End,
            });
        }
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
    fn refuses_entities_and_depth_and_says_so() {
        let laughs = "<!DOCTYPE l [<!ENTITY a 'ha'><!ENTITY b '&a;&a;'>]><l>&b;</l>";
        assert!(all(laughs).unwrap_err().to_string().contains("entities"));
        let external = "<!DOCTYPE l [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><l>&x;</l>";
        assert!(all(external).is_err());
        assert!(matches!(all(&"<a>".repeat(100_000)), Err(AnalyseError::Limit { .. })));
        assert!(all("<a><b>").is_err());
    }
}
