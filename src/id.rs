//! Stable ids: made from what an item says, not from where it stands, so that an item keeps its id when others come or go.

use rustc_hash::FxHashMap as HashMap;

use sha2::{Digest, Sha256};

/// Hexadecimal digits kept of a hash: 40 bits, far more than the items of one document need.
const DIGITS: usize = 10;

/// Gives ids of the form `r-1f0c2ab94e`, unique in one document: the same content again gets another id, counted in document order.
#[derive(Default)]
pub struct IdMaker {
    seen: HashMap<String, u32>,
}

impl IdMaker {
    /// The id of an item with this `prefix` (its kind) and `content` (what identifies it: text, heading, label).
    pub fn make(&mut self, prefix: &str, content: &str) -> String {
        let first = one(prefix, content, 0);
        let times = self.seen.entry(first.clone()).or_insert(0);
        *times += 1;
        if *times == 1 {
            return first;
        }
        let mut again = *times;
        loop {
            let id = one(prefix, content, again);
            if !self.seen.contains_key(&id) {
                self.seen.insert(id.clone(), 1);
                return id;
            }
            again += 1;
        }
    }
}

/// The id of the content where it occurs again for the `occurrence`th time.
fn one(prefix: &str, content: &str, occurrence: u32) -> String {
    let mut hash = Sha256::new();
    hash.update(content.as_bytes());
    if occurrence > 0 {
        hash.update([0]);
        hash.update(occurrence.to_be_bytes());
    }
    let mut id = String::with_capacity(prefix.len() + 1 + DIGITS);
    id.push_str(prefix);
    id.push('-');
    push_hex(&mut id, &hash.finalize()[..DIGITS / 2]);
    id
}

/// Lower-case hexadecimal digits of `bytes`.
#[must_use]
pub fn hex(bytes: &[u8]) -> String {
    let mut digits = String::with_capacity(bytes.len() * 2);
    push_hex(&mut digits, bytes);
    digits
}

fn push_hex(out: &mut String, bytes: &[u8]) {
    let digit = |value: u8| char::from(b"0123456789abcdef"[usize::from(value & 0xf)]);
    for byte in bytes {
        out.push(digit(byte >> 4));
        out.push(digit(*byte));
    }
}

/// The SHA-256 of `bytes` in hexadecimal digits.
#[must_use]
pub fn sha256(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_depends_on_content_and_occurrence_only() {
        let (mut one, mut two) = (IdMaker::default(), IdMaker::default());
        let alone = one.make("r", "fund the institute");
        two.make("r", "something else");
        assert_eq!(alone, two.make("r", "fund the institute"));
        assert_ne!(alone, one.make("r", "fund the institute"));
    }
}
