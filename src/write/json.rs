//! The record as JSON: one item a line, so that a file can be read, searched and compared line by line.

use serde::Serialize;

use super::serializer::{Json, Layout};
use crate::record::Analysis;

/// The record with one item a line and a line feed at the end.
#[must_use]
pub fn pretty(analysis: &Analysis) -> Vec<u8> {
    lines(analysis, analysis.text.len() * 4)
}

/// The record on one line, with a line feed at the end.
#[must_use]
pub fn line(analysis: &Analysis) -> Vec<u8> {
    write(analysis, Layout::OneLine, analysis.text.len() * 4)
}

/// Any value in the layout of the record.
#[must_use]
pub fn lines<T: Serialize>(value: &T, expected_bytes: usize) -> Vec<u8> {
    write(value, Layout::OneItemALine, expected_bytes)
}

fn write<T: Serialize>(value: &T, layout: Layout, expected_bytes: usize) -> Vec<u8> {
    let mut json = Json::new(layout, expected_bytes);
    // Writing into memory cannot fail, and no value of ours refuses to be written.
    let _ = value.serialize(&mut json);
    json.out.push(b'\n');
    json.out
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

    #[test]
    fn values_are_written_as_serde_json_does() {
        #[derive(Serialize)]
        enum Shape {
            Unit,
            New(f32),
            Tuple(u8, i64),
            Struct { a: Option<bool>, b: () },
        }
        let text = format!("{}\"\\/\u{7f}é𝄞{}", (0..0x20u8).map(char::from).collect::<String>(), "long enough for several words\n".repeat(3));
        let numbers = std::collections::BTreeMap::from([(1u8, 0.5f32), (2, 1.0), (3, 0.0), (4, 1e-9), (5, f32::NAN), (6, 0.95), (7, 123.25)]);
        let shapes = [Shape::Unit, Shape::New(0.07), Shape::Tuple(1, -2), Shape::Struct { a: None, b: () }, Shape::Struct { a: Some(true), b: () }];
        let value = (text, numbers, shapes, 'x', [u64::MAX, 0], Vec::<u8>::new(), 0.1f64);
        let expected = serde_json::to_string(&value).expect("it is JSON") + "\n";
        assert_eq!(String::from_utf8(write(&value, Layout::OneLine, 0)).expect("JSON is UTF-8"), expected);
        let again: serde_json::Value = serde_json::from_slice(&lines(&value, 0)).expect("it is JSON");
        assert_eq!(again, serde_json::from_str::<serde_json::Value>(&expected).expect("it is JSON"));
    }
}
