//! A small, fixed hash of words, and tables keyed by it. It is the same on every machine and in every run.

/// Hashes bytes one by one (FNV-1a with a final mix).
#[derive(Debug, Clone, Copy)]
pub struct Hasher(u64);

impl Default for Hasher {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl Hasher {
    pub fn byte(&mut self, byte: u8) {
        self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    }

    #[must_use]
    pub fn finish(self) -> u64 {
        mix(self.0)
    }
}

/// Spreads the bits of `value`; never 0, which marks an empty place in a table.
#[must_use]
pub fn mix(value: u64) -> u64 {
    let value = (value ^ (value >> 32)).wrapping_mul(0xd6e8_feb8_6659_fd93);
    (value ^ (value >> 29)) | 1
}

/// The hash of a word as written.
#[must_use]
pub fn of(word: &str) -> u64 {
    let mut hasher = Hasher::default();
    word.bytes().for_each(|byte| hasher.byte(byte));
    hasher.finish()
}

/// The hash of a word in small letters, with straight apostrophes.
#[must_use]
pub fn of_lower(word: &str) -> u64 {
    let mut hasher = Hasher::default();
    if word.is_ascii() {
        word.bytes().for_each(|byte| hasher.byte(byte.to_ascii_lowercase()));
        return hasher.finish();
    }
    for c in word.chars().flat_map(char::to_lowercase) {
        let c = if matches!(c, '’' | '‘' | 'ʼ') { '\'' } else { c };
        let mut buffer = [0; 4];
        c.encode_utf8(&mut buffer).bytes().for_each(|byte| hasher.byte(byte));
    }
    hasher.finish()
}

/// The hash of a word with its first letter kept and the others small: "SEOUL" meets "Seoul".
#[must_use]
pub fn of_title(word: &str) -> u64 {
    let mut hasher = Hasher::default();
    for (index, c) in word.chars().enumerate() {
        let mut buffer = [0; 4];
        if index == 0 {
            c.encode_utf8(&mut buffer).bytes().for_each(|byte| hasher.byte(byte));
        } else {
            for small in c.to_lowercase() {
                small.encode_utf8(&mut buffer).bytes().for_each(|byte| hasher.byte(byte));
            }
        }
    }
    hasher.finish()
}

/// An open-addressed table from hashes to values. Keys are taken to be well mixed and not 0.
#[derive(Debug, Clone)]
pub struct Table {
    places: Vec<(u64, u64)>,
    used: usize,
}

impl Table {
    /// A table that holds `expected` keys without growing.
    #[must_use]
    pub fn with_capacity(expected: usize) -> Self {
        Self { places: vec![(0, 0); (expected * 2).next_power_of_two().max(16)], used: 0 }
    }

    #[must_use]
    pub fn get(&self, key: u64) -> Option<u64> {
        let mask = self.places.len() - 1;
        let mut at = (key >> 7) as usize & mask;
        loop {
            match self.places[at] {
                (0, _) => return None,
                (found, value) if found == key => return Some(value),
                _ => at = (at + 1) & mask,
            }
        }
    }

    /// The value of `key`, which is made 0 first if it is not there.
    pub fn entry(&mut self, key: u64) -> &mut u64 {
        if self.used * 4 >= self.places.len() * 3 {
            self.grow();
        }
        let mask = self.places.len() - 1;
        let mut at = (key >> 7) as usize & mask;
        while self.places[at].0 != 0 && self.places[at].0 != key {
            at = (at + 1) & mask;
        }
        if self.places[at].0 == 0 {
            self.places[at].0 = key;
            self.used += 1;
        }
        &mut self.places[at].1
    }

    fn grow(&mut self) {
        let old = std::mem::take(&mut self.places);
        self.places = vec![(0, 0); old.len() * 2];
        self.used = 0;
        for (key, value) in old.into_iter().filter(|place| place.0 != 0) {
            *self.entry(key) = value;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_keeps_what_it_is_given_while_it_grows() {
        let mut table = Table::with_capacity(1);
        for word in 0..500u64 {
            *table.entry(of(&word.to_string())) = word;
        }
        for word in 0..500u64 {
            assert_eq!(table.get(of(&word.to_string())), Some(word));
        }
        assert_eq!(table.get(of("other")), None);
    }

    #[test]
    fn hashes_of_cases_meet() {
        assert_eq!(of_lower("SÃO"), of("são"));
        assert_eq!(of_title("SEOUL"), of("Seoul"));
        assert_ne!(of("Seoul"), of("seoul"));
    }
}
