//! The record as JSON: one item a line, so that a file can be read, searched and compared line by line.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::ser::{Formatter, Serializer};

use crate::record::Analysis;

/// Arrays and objects nested no deeper than this are broken over lines.
const OPEN_DEPTH: usize = 2;

/// The record with one item a line and a line feed at the end.
#[must_use]
pub fn pretty(analysis: &Analysis) -> Vec<u8> {
    lines(analysis, analysis.text.len() * 4)
}

/// The record on one line, with a line feed at the end.
#[must_use]
pub fn line(analysis: &Analysis) -> Vec<u8> {
    let mut out = Vec::with_capacity(analysis.text.len() * 4);
    // Writing into memory cannot fail, and the record has no key that is not a string.
    let _ = serde_json::to_writer(&mut out, analysis);
    out.push(b'\n');
    out
}

/// Any value in the layout of the record.
#[must_use]
pub fn lines<T: Serialize>(value: &T, expected_bytes: usize) -> Vec<u8> {
    let mut out = Vec::with_capacity(expected_bytes);
    let _ = value.serialize(&mut Serializer::with_formatter(&mut out, OneItemALine::default()));
    out.push(b'\n');
    out
}

#[derive(Default)]
struct OneItemALine {
    depth: usize,
    has_value: bool,
}

impl OneItemALine {
    fn open<W: ?Sized + Write>(&mut self, writer: &mut W, bracket: &[u8]) -> io::Result<()> {
        self.depth += 1;
        self.has_value = false;
        writer.write_all(bracket)
    }

    fn close<W: ?Sized + Write>(&mut self, writer: &mut W, bracket: &[u8]) -> io::Result<()> {
        self.depth -= 1;
        if self.has_value && self.depth < OPEN_DEPTH {
            new_line(writer, self.depth)?;
        }
        self.has_value = true;
        writer.write_all(bracket)
    }

    fn separate<W: ?Sized + Write>(&self, writer: &mut W, first: bool) -> io::Result<()> {
        if self.depth <= OPEN_DEPTH {
            writer.write_all(if first { b"" } else { b"," })?;
            return new_line(writer, self.depth);
        }
        writer.write_all(if first { b"" } else { b", " })
    }
}

fn new_line<W: ?Sized + Write>(writer: &mut W, depth: usize) -> io::Result<()> {
    writer.write_all(b"\n")?;
    (0..depth).try_for_each(|_| writer.write_all(b" "))
}

impl Formatter for OneItemALine {
    fn begin_array<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.open(writer, b"[")
    }

    fn end_array<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.close(writer, b"]")
    }

    fn begin_array_value<W: ?Sized + Write>(&mut self, writer: &mut W, first: bool) -> io::Result<()> {
        self.separate(writer, first)
    }

    fn end_array_value<W: ?Sized + Write>(&mut self, _writer: &mut W) -> io::Result<()> {
        self.has_value = true;
        Ok(())
    }

    fn begin_object<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.open(writer, b"{")
    }

    fn end_object<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.close(writer, b"}")
    }

    fn begin_object_key<W: ?Sized + Write>(&mut self, writer: &mut W, first: bool) -> io::Result<()> {
        self.separate(writer, first)
    }

    fn begin_object_value<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        writer.write_all(b": ")
    }

    fn end_object_value<W: ?Sized + Write>(&mut self, _writer: &mut W) -> io::Result<()> {
        self.has_value = true;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_have_a_line_each() {
        let value = serde_json::json!({"text": "a", "none": [], "items": [{"id": 1, "in": [1, 2]}, {"id": 2}]});
        let expected = "{\n \"items\": [\n  {\"id\": 1, \"in\": [1, 2]},\n  {\"id\": 2}\n ],\n \"none\": [],\n \"text\": \"a\"\n}\n";
        assert_eq!(String::from_utf8(lines(&value, 0)).expect("JSON is UTF-8"), expected);
    }
}
