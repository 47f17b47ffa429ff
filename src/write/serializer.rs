//! A serde serializer for JSON that writes into memory. It differs from `serde_json`'s in speed, as texts are searched for what must be escaped by whole
//! words, and in its layout of one item a line.

use serde::Serialize;
use serde::ser::{self, Serializer};
use serde_json::Error;

use super::bytes;
use crate::lanes;

/// Arrays and objects nested no deeper than this are broken over lines.
const OPEN_DEPTH: usize = 2;

/// How the parts of a value are set apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Layout {
    OneLine,
    OneItemALine,
}

/// JSON in the making.
pub(super) struct Json {
    pub out: Vec<u8>,
    layout: Layout,
    depth: usize,
    /// The innermost array or object that is open has something in it.
    has_value: bool,
}

impl Json {
    pub fn new(layout: Layout, expected_bytes: usize) -> Self {
        Self { out: Vec::with_capacity(expected_bytes), layout, depth: 0, has_value: false }
    }

    fn write(&mut self, text: &str) {
        self.out.extend_from_slice(text.as_bytes());
    }

    fn new_line(&mut self) {
        self.write(&"\n  "[..=self.depth.min(OPEN_DEPTH)]);
    }

    fn open(&mut self, bracket: u8) {
        self.depth += 1;
        self.has_value = false;
        self.out.push(bracket);
    }

    fn close(&mut self, bracket: u8) {
        self.depth -= 1;
        if self.layout == Layout::OneItemALine && self.has_value && self.depth < OPEN_DEPTH {
            self.new_line();
        }
        self.has_value = true;
        self.out.push(bracket);
    }

    /// What stands before an item of an array or a key of an object.
    #[inline]
    fn separate(&mut self) {
        let is_first = !std::mem::replace(&mut self.has_value, true);
        match self.layout {
            Layout::OneItemALine if self.depth <= OPEN_DEPTH => {
                if !is_first {
                    self.out.push(b',');
                }
                self.new_line();
            }
            _ if is_first => {}
            Layout::OneItemALine => self.out.extend_from_slice(b", "),
            Layout::OneLine => self.out.push(b','),
        }
    }

    #[inline]
    fn colon(&mut self) {
        match self.layout {
            Layout::OneLine => self.out.push(b':'),
            Layout::OneItemALine => self.out.extend_from_slice(b": "),
        }
    }

    /// A key that needs no escapes: the name of a field or variant.
    fn name(&mut self, name: &str) {
        self.separate();
        self.quoted(name);
        self.colon();
    }

    #[inline]
    fn quoted(&mut self, text: &str) {
        self.out.push(b'"');
        self.write(text);
        self.out.push(b'"');
    }

    fn string(&mut self, text: &str) {
        match find_special(text.as_bytes()) {
            None => self.quoted(text),
            Some(at) => self.escaped(text.as_bytes(), at),
        }
    }

    /// A text of which the byte `at` is the first that must be escaped.
    fn escaped(&mut self, text: &[u8], at: usize) {
        self.out.push(b'"');
        let (mut rest, mut special) = (text, Some(at));
        while let Some(at) = special {
            self.out.extend_from_slice(&rest[..at]);
            self.escape(rest[at]);
            rest = &rest[at + 1..];
            special = find_special(rest);
        }
        self.out.extend_from_slice(rest);
        self.out.push(b'"');
    }

    fn escape(&mut self, byte: u8) {
        let letter = match byte {
            b'"' | b'\\' => byte,
            0x08 => b'b',
            b'\t' => b't',
            b'\n' => b'n',
            0x0c => b'f',
            b'\r' => b'r',
            _ => return self.write(&format!("\\u{byte:04x}")),
        };
        self.out.extend_from_slice(&[b'\\', letter]);
    }

    /// A value that is rare, or no array, object or text.
    fn plain(&mut self, value: impl Serialize) -> Result<(), Error> {
        serde_json::to_writer(&mut self.out, &value)
    }

    fn begin(&mut self, (bracket, end): (u8, u8)) -> Parts<'_> {
        self.open(bracket);
        Parts { json: self, end, in_variant: false }
    }

    /// Begins the content of a variant, which stands in an object whose only key is the variant's name.
    fn begin_variant(&mut self, variant: &str, brackets: (u8, u8)) -> Parts<'_> {
        self.open(b'{');
        self.name(variant);
        Parts { in_variant: true, ..self.begin(brackets) }
    }
}

/// The first byte that must be escaped.
#[inline]
fn find_special(bytes: &[u8]) -> Option<usize> {
    lanes::find(bytes, |byte| (byte < b' ') | (byte == b'"') | (byte == b'\\'))
}

const ARRAY: (u8, u8) = (b'[', b']');
const OBJECT: (u8, u8) = (b'{', b'}');

/// An array or object in the making.
pub(super) struct Parts<'a> {
    json: &'a mut Json,
    end: u8,
    /// The object of a variant is to be closed too.
    in_variant: bool,
}

impl Parts<'_> {
    fn item<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Error> {
        self.json.separate();
        self.value(value)
    }

    fn value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Error> {
        value.serialize(&mut *self.json)?;
        self.json.has_value = true;
        Ok(())
    }

    fn field<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) -> Result<(), Error> {
        self.json.name(name);
        self.value(value)
    }

    fn finish(self) {
        self.json.close(self.end);
        if self.in_variant {
            self.json.close(b'}');
        }
    }
}

/// The methods of [`Serializer`] for values that are written as `serde_json` does.
macro_rules! plain {
    ($($method:ident($type:ty))*) => {
        $(fn $method(self, value: $type) -> Result<(), Error> {
            self.plain(value)
        })*
    };
}

/// The methods of [`Serializer`] for whole numbers that are not negative.
macro_rules! integer {
    ($($method:ident($type:ty))*) => {
        $(fn $method(self, value: $type) -> Result<(), Error> {
            bytes::integer(&mut self.out, u64::from(value));
            Ok(())
        })*
    };
}

impl<'a> Serializer for &'a mut Json {
    type Ok = ();
    type Error = Error;
    type SerializeSeq = Parts<'a>;
    type SerializeTuple = Parts<'a>;
    type SerializeTupleStruct = Parts<'a>;
    type SerializeTupleVariant = Parts<'a>;
    type SerializeMap = Parts<'a>;
    type SerializeStruct = Parts<'a>;
    type SerializeStructVariant = Parts<'a>;

    plain! {
        serialize_bool(bool) serialize_i8(i8) serialize_i16(i16) serialize_i32(i32) serialize_i64(i64) serialize_i128(i128)
        serialize_u128(u128) serialize_f64(f64) serialize_char(char)
    }

    integer! {
        serialize_u8(u8) serialize_u16(u16) serialize_u32(u32) serialize_u64(u64)
    }

    fn serialize_f32(self, value: f32) -> Result<(), Error> {
        match bytes::hundredths(value) {
            Some(hundredths @ 1..=99) => bytes::fraction(&mut self.out, hundredths),
            _ => self.plain(value)?,
        }
        Ok(())
    }

    fn serialize_str(self, value: &str) -> Result<(), Error> {
        self.string(value);
        Ok(())
    }

    fn serialize_bytes(self, value: &[u8]) -> Result<(), Error> {
        self.collect_seq(value)
    }

    fn serialize_none(self) -> Result<(), Error> {
        self.serialize_unit()
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), Error> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<(), Error> {
        self.write("null");
        Ok(())
    }

    fn serialize_unit_struct(self, _name: &'static str) -> Result<(), Error> {
        self.serialize_unit()
    }

    fn serialize_unit_variant(self, _name: &'static str, _index: u32, variant: &'static str) -> Result<(), Error> {
        self.quoted(variant);
        Ok(())
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _name: &'static str, value: &T) -> Result<(), Error> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(self, _name: &'static str, _index: u32, variant: &'static str, value: &T) -> Result<(), Error> {
        let mut parts = self.begin(OBJECT);
        parts.field(variant, value)?;
        parts.finish();
        Ok(())
    }

    fn serialize_seq(self, _len: Option<usize>) -> Result<Parts<'a>, Error> {
        Ok(self.begin(ARRAY))
    }

    fn serialize_tuple(self, _len: usize) -> Result<Parts<'a>, Error> {
        Ok(self.begin(ARRAY))
    }

    fn serialize_tuple_struct(self, _name: &'static str, _len: usize) -> Result<Parts<'a>, Error> {
        Ok(self.begin(ARRAY))
    }

    fn serialize_tuple_variant(self, _name: &'static str, _index: u32, variant: &'static str, _len: usize) -> Result<Parts<'a>, Error> {
        Ok(self.begin_variant(variant, ARRAY))
    }

    fn serialize_map(self, _len: Option<usize>) -> Result<Parts<'a>, Error> {
        Ok(self.begin(OBJECT))
    }

    fn serialize_struct(self, _name: &'static str, _len: usize) -> Result<Parts<'a>, Error> {
        Ok(self.begin(OBJECT))
    }

    fn serialize_struct_variant(self, _name: &'static str, _index: u32, variant: &'static str, _len: usize) -> Result<Parts<'a>, Error> {
        Ok(self.begin_variant(variant, OBJECT))
    }
}

/// The traits of arrays: items one after another.
macro_rules! items {
    ($($name:ident :: $method:ident)*) => {
        $(impl ser::$name for Parts<'_> {
            type Ok = ();
            type Error = Error;

            fn $method<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Error> {
                self.item(value)
            }

            fn end(self) -> Result<(), Error> {
                self.finish();
                Ok(())
            }
        })*
    };
}

items! { SerializeSeq::serialize_element SerializeTuple::serialize_element SerializeTupleStruct::serialize_field SerializeTupleVariant::serialize_field }

/// The traits of objects with fields that have names.
macro_rules! fields {
    ($($name:ident)*) => {
        $(impl ser::$name for Parts<'_> {
            type Ok = ();
            type Error = Error;

            fn serialize_field<T: Serialize + ?Sized>(&mut self, key: &'static str, value: &T) -> Result<(), Error> {
                self.field(key, value)
            }

            fn end(self) -> Result<(), Error> {
                self.finish();
                Ok(())
            }
        })*
    };
}

fields! { SerializeStruct SerializeStructVariant }

impl ser::SerializeMap for Parts<'_> {
    type Ok = ();
    type Error = Error;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), Error> {
        self.json.separate();
        let start = self.json.out.len();
        key.serialize(&mut *self.json)?;
        // A number that is a key stands in quotation marks.
        if self.json.out.get(start).is_some_and(|&first| first != b'"') {
            self.json.out.insert(start, b'"');
            self.json.out.push(b'"');
        }
        self.json.colon();
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Error> {
        self.value(value)
    }

    fn end(self) -> Result<(), Error> {
        self.finish();
        Ok(())
    }
}
