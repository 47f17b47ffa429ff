//! Cuts a content stream into operators with their operands.
//!
//! What nearly every stream is made of is read here without an allocation per operand. At the first thing beyond that (an inline image, a number that is
//! written in an odd way, a stray bracket) the library takes over for the rest of the stream: it knows what viewers make of damaged ones.

use hayro_syntax::content::UntypedIter;
use hayro_syntax::object::{Array, FromBytes, Object};

/// Operands that the library accepts before an operator.
const MOST_OPERANDS: usize = 33;
/// Dictionaries and arrays inside dictionaries are followed so deep.
const DEEPEST: usize = 8;

/// An operand.
#[derive(Debug, Clone, Copy)]
pub enum Operand {
    Number(f64),
    Name(Bytes),
    Text(Bytes),
    /// Numbers and texts, see [`Lexer::parts`].
    Array(Parts),
    /// A dictionary with its brackets.
    Dict(Bytes),
    /// A value that no operator on text takes.
    Other,
}

/// Bytes of a name, a text or a dictionary, see [`Lexer::bytes`].
#[derive(Debug, Clone, Copy)]
pub struct Bytes {
    from: usize,
    to: usize,
    /// True if they are not in the stream as they are read.
    unescaped: bool,
}

/// Which parts an array has.
#[derive(Debug, Clone, Copy)]
pub struct Parts {
    from: usize,
    to: usize,
}

/// An operator by its first four bytes: see [`operator`].
pub type Operator = u32;

/// The operator that is written so. Longer words than four bytes are no operators; they are all the same one.
#[must_use]
pub const fn operator(word: &[u8]) -> Operator {
    match word {
        [a] => *a as u32,
        [a, b] => (*a as u32) << 8 | *b as u32,
        [a, b, c] => (*a as u32) << 16 | (*b as u32) << 8 | *c as u32,
        _ => 0,
    }
}

/// Reads a content stream, one operator after the other.
pub struct Lexer<'c> {
    stream: &'c [u8],
    at: usize,
    operands: Vec<Operand>,
    parts: Vec<Operand>,
    /// Names and texts that are written otherwise than they are read.
    unescaped: Vec<u8>,
    library: Option<UntypedIter<'c>>,
}

/// Something that the library is to read.
struct Unusual;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Regular,
    Space,
    Delimiter,
}

/// ISO 32000, 7.2.3.
static CLASSES: [Class; 256] = {
    let mut classes = [Class::Regular; 256];
    let spaces = b"\0\t\n\x0c\r ";
    let delimiters = b"()<>[]{}/%";
    let mut at = 0;
    while at < spaces.len() {
        classes[spaces[at] as usize] = Class::Space;
        at += 1;
    }
    at = 0;
    while at < delimiters.len() {
        classes[delimiters[at] as usize] = Class::Delimiter;
        at += 1;
    }
    classes
};

const POWERS_OF_TEN: [f64; 19] = [1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18];

impl<'c> Lexer<'c> {
    /// A reader of this stream.
    #[must_use]
    pub fn new(stream: &'c [u8]) -> Self {
        Self { stream, at: 0, operands: Vec::new(), parts: Vec::new(), unescaped: Vec::new(), library: None }
    }

    /// The next operator; its operands are there until the one after it is read.
    pub fn next(&mut self) -> Option<Operator> {
        self.forget();
        if self.library.is_none() {
            let start = self.at;
            match self.instruction() {
                Ok(operator) => return operator,
                Err(Unusual) => self.library = Some(UntypedIter::new(self.stream.get(start..).unwrap_or_default())),
            }
            self.forget();
        }
        self.library_instruction()
    }

    /// The operands of the operator, in order.
    #[must_use]
    pub fn operands(&self) -> &[Operand] {
        &self.operands
    }

    /// The numbers and texts of an array.
    #[must_use]
    pub fn parts(&self, parts: Parts) -> &[Operand] {
        self.parts.get(parts.from..parts.to).unwrap_or_default()
    }

    /// The bytes of an operand.
    #[must_use]
    pub fn bytes(&self, bytes: Bytes) -> &[u8] {
        let all = if bytes.unescaped { &self.unescaped } else { self.stream };
        all.get(bytes.from..bytes.to).unwrap_or_default()
    }

    /// An operand as a number; 0 if it is none.
    #[must_use]
    pub fn number(&self, index: usize) -> f64 {
        match self.operands.get(index) {
            Some(Operand::Number(number)) => *number,
            _ => 0.0,
        }
    }

    /// An operand as a name.
    #[must_use]
    pub fn name(&self, index: usize) -> Option<&[u8]> {
        match self.operands.get(index) {
            Some(&Operand::Name(name)) => Some(self.bytes(name)),
            _ => None,
        }
    }

    fn forget(&mut self) {
        self.operands.clear();
        self.parts.clear();
        self.unescaped.clear();
    }

    fn instruction(&mut self) -> Result<Option<Operator>, Unusual> {
        loop {
            let Some(first) = self.skip_spaces() else { return Ok(None) };
            let operand = match first {
                b'0'..=b'9' | b'-' | b'.' | b'+' => Operand::Number(self.number_at()?),
                b'(' => Operand::Text(self.literal()?),
                b'/' => Operand::Name(self.name_at()?),
                b'[' => Operand::Array(self.array()?),
                b'<' if self.stream.get(self.at + 1) == Some(&b'<') => Operand::Dict(self.dict()?),
                b'<' => Operand::Text(self.hex()?),
                _ => return self.word().map(Some),
            };
            if self.operands.len() >= MOST_OPERANDS {
                return Err(Unusual);
            }
            self.operands.push(operand);
        }
    }

    fn peek(&self) -> Option<u8> {
        self.stream.get(self.at).copied()
    }

    fn is_regular(&self) -> bool {
        self.peek().is_some_and(|byte| CLASSES[usize::from(byte)] == Class::Regular)
    }

    /// Skips white space and comments; the byte that follows.
    fn skip_spaces(&mut self) -> Option<u8> {
        loop {
            let byte = self.peek()?;
            match CLASSES[usize::from(byte)] {
                Class::Space => self.at += 1,
                _ if byte == b'%' => {
                    let rest = &self.stream[self.at..];
                    self.at += memchr::memchr2(b'\n', b'\r', rest).unwrap_or(rest.len());
                }
                _ => return Some(byte),
            }
        }
    }

    fn word(&mut self) -> Result<Operator, Unusual> {
        let start = self.at;
        while self.is_regular() {
            self.at += 1;
        }
        let word = &self.stream[start..self.at];
        if word.is_empty() || word.contains(&b'#') || word == b"BI" {
            return Err(Unusual);
        }
        Ok(operator(word))
    }

    fn name_at(&mut self) -> Result<Bytes, Unusual> {
        self.at += 1;
        let from = self.at;
        while self.is_regular() {
            if self.peek() == Some(b'#') {
                return Err(Unusual);
            }
            self.at += 1;
        }
        Ok(Bytes { from, to: self.at, unescaped: false })
    }

    fn number_at(&mut self) -> Result<f64, Unusual> {
        let negative = self.peek() == Some(b'-');
        if negative || self.peek() == Some(b'+') {
            self.at += 1;
        }
        let mut mantissa = 0u64;
        let whole = self.digits(&mut mantissa);
        let mut fraction = 0;
        if self.peek() == Some(b'.') {
            self.at += 1;
            fraction = self.digits(&mut mantissa);
        }
        if !(1..=18).contains(&(whole + fraction)) || self.is_regular() {
            return Err(Unusual);
        }
        let value = if fraction == 0 { mantissa as f64 } else { mantissa as f64 / POWERS_OF_TEN[fraction] };
        Ok(if negative { -value } else { value })
    }

    /// Reads digits; how many there were.
    fn digits(&mut self, mantissa: &mut u64) -> usize {
        let start = self.at;
        while let Some(digit) = self.peek().map(|byte| byte.wrapping_sub(b'0')).filter(|&digit| digit < 10) {
            *mantissa = mantissa.wrapping_mul(10).wrapping_add(u64::from(digit));
            self.at += 1;
        }
        self.at - start
    }

    fn array(&mut self) -> Result<Parts, Unusual> {
        self.at += 1;
        let from = self.parts.len();
        loop {
            let part = match self.skip_spaces().ok_or(Unusual)? {
                b'0'..=b'9' | b'-' | b'.' | b'+' => Operand::Number(self.number_at()?),
                b'(' => Operand::Text(self.literal()?),
                b'<' => Operand::Text(self.hex()?),
                b']' => break,
                _ => return Err(Unusual),
            };
            self.parts.push(part);
        }
        self.at += 1;
        Ok(Parts { from, to: self.parts.len() })
    }

    /// A text in round brackets.
    fn literal(&mut self) -> Result<Bytes, Unusual> {
        let from = self.at + 1;
        let rest = self.stream.get(from..).ok_or(Unusual)?;
        let length = rest.iter().position(|byte| matches!(byte, b'\\' | b'(' | b')' | b'\n' | b'\r')).ok_or(Unusual)?;
        if rest[length] == b')' {
            self.at = from + length + 1;
            return Ok(Bytes { from, to: from + length, unescaped: false });
        }
        let to = from + closing(rest).ok_or(Unusual)?;
        let start = self.unescaped.len();
        unescape(&self.stream[from..to], &mut self.unescaped);
        self.at = to + 1;
        Ok(Bytes { from: start, to: self.unescaped.len(), unescaped: true })
    }

    /// A text in hexadecimal digits.
    fn hex(&mut self) -> Result<Bytes, Unusual> {
        let start = self.unescaped.len();
        let mut high: Option<u8> = None;
        loop {
            self.at += 1;
            let byte = self.peek().ok_or(Unusual)?;
            let digit = match byte {
                b'0'..=b'9' => byte - b'0',
                b'a'..=b'f' => byte - b'a' + 10,
                b'A'..=b'F' => byte - b'A' + 10,
                b'>' => break,
                _ if CLASSES[usize::from(byte)] == Class::Space => continue,
                _ => return Err(Unusual),
            };
            match high.take() {
                Some(high) => self.unescaped.push(high | digit),
                None => high = Some(digit << 4),
            }
        }
        self.unescaped.extend(high);
        self.at += 1;
        Ok(Bytes { from: start, to: self.unescaped.len(), unescaped: true })
    }

    /// A dictionary, whose entries are only skipped.
    fn dict(&mut self) -> Result<Bytes, Unusual> {
        let from = self.at;
        let unescaped = self.unescaped.len();
        self.skip_dict(0)?;
        self.unescaped.truncate(unescaped);
        let to = self.at;
        // What follows would make a stream of it.
        self.skip_spaces();
        if self.stream[self.at..].starts_with(b"stream") { Err(Unusual) } else { Ok(Bytes { from, to, unescaped: false }) }
    }

    fn skip_dict(&mut self, depth: usize) -> Result<(), Unusual> {
        self.at += 2;
        loop {
            match self.skip_spaces().ok_or(Unusual)? {
                b'>' if self.stream.get(self.at + 1) == Some(&b'>') => {
                    self.at += 2;
                    return Ok(());
                }
                b'/' => {
                    self.name_at()?;
                    self.skip_spaces();
                    self.skip_value(depth + 1)?;
                }
                _ => return Err(Unusual),
            }
        }
    }

    fn skip_value(&mut self, depth: usize) -> Result<(), Unusual> {
        match self.peek().filter(|_| depth < DEEPEST).ok_or(Unusual)? {
            b'0'..=b'9' | b'-' | b'.' | b'+' => self.number_at().map(drop),
            b'(' => self.literal().map(drop),
            b'/' => self.name_at().map(drop),
            b'<' if self.stream.get(self.at + 1) == Some(&b'<') => self.skip_dict(depth),
            b'<' => self.hex().map(drop),
            b'[' => {
                self.at += 1;
                while self.skip_spaces().ok_or(Unusual)? != b']' {
                    self.skip_value(depth + 1)?;
                }
                self.at += 1;
                Ok(())
            }
            _ => self.word().map(drop),
        }
    }

    fn library_instruction(&mut self) -> Option<Operator> {
        let mut library = self.library.take()?;
        let found = library.next().map(|instruction| {
            for operand in instruction.operands() {
                let operand = self.operand_of(operand);
                self.operands.push(operand);
            }
            operator(instruction.operator.as_ref())
        });
        self.library = Some(library);
        found
    }

    fn operand_of(&mut self, object: &Object) -> Operand {
        match object {
            Object::Number(number) => Operand::Number(number.as_f64()),
            Object::Name(name) => Operand::Name(self.keep(name.as_ref())),
            Object::String(text) => Operand::Text(self.keep(text.as_bytes())),
            Object::Dict(dict) => Operand::Dict(self.keep(dict.data())),
            Object::Array(array) => Operand::Array(self.parts_of(array)),
            _ => Operand::Other,
        }
    }

    fn parts_of(&mut self, array: &Array) -> Parts {
        let from = self.parts.len();
        for part in array.iter::<Object>() {
            match part {
                Object::Number(number) => self.parts.push(Operand::Number(number.as_f64())),
                Object::String(text) => {
                    let text = self.keep(text.as_bytes());
                    self.parts.push(Operand::Text(text));
                }
                _ => {}
            }
        }
        Parts { from, to: self.parts.len() }
    }

    fn keep(&mut self, bytes: &[u8]) -> Bytes {
        let from = self.unescaped.len();
        self.unescaped.extend_from_slice(bytes);
        Bytes { from, to: self.unescaped.len(), unescaped: true }
    }
}

/// Reads a dictionary operand.
#[must_use]
pub fn dict(bytes: &[u8]) -> Option<hayro_syntax::object::Dict<'_>> {
    hayro_syntax::object::Dict::from_bytes(bytes)
}

/// Where the bracket closes that stands before `rest`.
fn closing(rest: &[u8]) -> Option<usize> {
    let mut open = 1;
    let mut at = 0;
    loop {
        match rest.get(at)? {
            b'\\' => {
                rest.get(at + 1)?;
                at += 1;
            }
            b'(' => open += 1,
            b')' if open == 1 => return Some(at),
            b')' => open -= 1,
            _ => {}
        }
        at += 1;
    }
}

/// Resolves the escapes of a text in brackets; line ends are read as one line feed.
fn unescape(text: &[u8], out: &mut Vec<u8>) {
    let mut at = 0;
    while let Some(&byte) = text.get(at) {
        at += 1;
        match byte {
            b'\n' => out.push(b'\n'),
            b'\r' => {
                at += usize::from(text.get(at) == Some(&b'\n'));
                out.push(b'\n');
            }
            b'\\' => at += escape(&text[at..], out),
            _ => out.push(byte),
        }
    }
}

/// Resolves what stands after a backslash; how many bytes that is.
fn escape(text: &[u8], out: &mut Vec<u8>) -> usize {
    let Some(&byte) = text.first() else { return 0 };
    match byte {
        b'\r' if text.get(1) == Some(&b'\n') => return 2,
        b'\r' | b'\n' => {}
        b'0'..=b'7' => {
            let digits = text.iter().take(3).take_while(|byte| matches!(byte, b'0'..=b'7')).count();
            let code = text[..digits].iter().fold(0u32, |code, digit| code * 8 + u32::from(digit - b'0'));
            // A code beyond a byte stands for nothing.
            out.extend(u8::try_from(code).ok());
            return digits;
        }
        b'n' => out.push(b'\n'),
        b'r' => out.push(b'\r'),
        b't' => out.push(b'\t'),
        b'b' => out.push(8),
        b'f' => out.push(12),
        _ => out.push(byte),
    }
    1
}

#[cfg(test)]
mod tests {
    use super::*;

    /// All operators with their operands, in one notation.
    fn read(lexer: &mut Lexer) -> Vec<String> {
        let mut found = Vec::new();
        while let Some(operator) = lexer.next() {
            let show = |operand: &Operand| match *operand {
                Operand::Number(number) => format!("{number:?}"),
                Operand::Name(name) => format!("/{}", lexer.bytes(name).escape_ascii()),
                Operand::Text(text) => format!("({})", lexer.bytes(text).escape_ascii()),
                Operand::Dict(dict) => lexer.bytes(dict).escape_ascii().to_string(),
                Operand::Array(_) | Operand::Other => "?".to_owned(),
            };
            let shown = lexer.operands().iter().map(|operand| match *operand {
                Operand::Array(parts) => format!("[{}]", lexer.parts(parts).iter().map(show).collect::<Vec<_>>().join(" ")),
                _ => show(operand),
            });
            found.push(format!("{} {operator:x}", shown.collect::<Vec<_>>().join(" ")));
        }
        found
    }

    fn both_ways(stream: &[u8]) -> (Vec<String>, Vec<String>) {
        let mut by_library = Lexer { library: Some(UntypedIter::new(stream)), ..Lexer::new(stream) };
        (read(&mut Lexer::new(stream)), read(&mut by_library))
    }

    #[test]
    fn reads_as_the_library_does() {
        let streams: [&[u8]; 12] = [
            b"BT /F1 12 Tf 1 0 0 -1 72.25 700.5 Tm (Hello) Tj ET",
            b"[(A\\(b\\)) -120.5(c\\051\\5\\0534\\777)<4A 4b5>]TJ % a comment\r(two\r\nlines\rand (brackets) \\\nx) '",
            b"/P <</MCID 0 /Lang (en(US)) /A [1 /B <<>>] /Q <00>>> BDC q EMC",
            b"+.5 -.25 5. 0.000001 123456789012345678 re f*",
            b"1 2 3abc 4 m 5 -- 6 l 7 - 8 c S",
            b"q 10 0 0 10 0 0 cm BI /W 1 /H 1 /BPC 8 ID x EI Q (after) Tj",
            b"(never closed Tj",
            b"[1 [2 3] /Name (x)] 0 d /A#20B gs",
            b"<</A 1>> stream",
            b") 1 2 m",
            b"190.50000762939453225 0 Td (x) Tj",
            b"1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30 31 32 33 34 n q",
        ];
        for stream in streams {
            let (own, library) = both_ways(stream);
            assert_eq!(own, library, "{}", stream.escape_ascii());
        }
    }

    #[test]
    fn operators_of_three_letters_differ() {
        assert_ne!(operator(b"BDC"), operator(b"EMC"));
        assert_eq!(operator(b"quite long"), 0);
    }
}
