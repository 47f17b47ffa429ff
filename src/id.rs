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
        let first = format!("{prefix}-{}", digits(content, 0));
        let times = self.seen.entry(first.clone()).or_insert(0);
        *times += 1;
        if *times == 1 {
            return first;
        }
        let mut again = *times;
        loop {
            let id = format!("{prefix}-{}", digits(content, again));
            if !self.seen.contains_key(&id) {
                self.seen.insert(id.clone(), 1);
                return id;
            }
            again += 1;
        }
    }
}

fn digits(content: &str, occurrence: u32) -> String {
    let mut hash = Sha256::new();
    hash.update(content.as_bytes());
    if occurrence > 0 {
        hash.update([0]);
        hash.update(occurrence.to_be_bytes());
    }
    hex(&hash.finalize()[..DIGITS / 2])
}

/// Lower-case hexadecimal digits of `bytes`.
#[must_use]
pub fn hex(bytes: &[u8]) -> String {
    let digit = |value: u8| char::from(b"0123456789abcdef"[usize::from(value & 0xf)]);
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(*byte)]).collect()
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
