//! Tables of words and names as rows of numbers, which are made when the crate is built and read in place.

use super::hash::Table;

/// The low bits of a slot hold its value, the others those of its key.
const VALUE_BITS: u32 = 24;
const VALUE: u64 = (1 << VALUE_BITS) - 1;

/// The largest value that a slot can hold.
pub(super) const LARGEST: u64 = VALUE;

/// All tables of the lexicon, packed.
#[derive(Debug)]
pub(super) struct Packed {
    /// From the hash of a word to the place of its classes in `sets`.
    pub classes: Vec<u64>,
    /// The sets of classes that words have; the first is empty.
    pub sets: Vec<u64>,
    /// From a node and the hash of a word to the next node.
    pub edges: Vec<u64>,
    /// For each node twice the place of its first naming, and one more if longer names go on from it; at the end that of the place past the last.
    pub nodes: Vec<u32>,
    pub namings: Vec<u32>,
}

/// The places of a table as slots. Values are at least 1 and at most [`LARGEST`].
pub(super) fn slots(table: &Table, value: impl Fn(u64) -> u64) -> Vec<u64> {
    let slot = |&(key, found): &(u64, u64)| if key == 0 { 0 } else { key & !VALUE | value(found) & VALUE };
    table.places().iter().map(slot).collect()
}

/// The bytes of a slot, as they lie in the packed file.
pub(super) type Slot = [u8; 8];

/// The value of `key` in a table of slots, which is open-addressed as [`Table`] is.
#[inline]
pub(super) fn find(slots: &[Slot], key: u64) -> Option<u32> {
    let mask = slots.len().wrapping_sub(1);
    let mut at = (key >> 7) as usize & mask;
    loop {
        let slot = u64::from_le_bytes(*slots.get(at)?);
        if slot == 0 {
            return None;
        }
        if (slot ^ key) >> VALUE_BITS == 0 {
            return Some((slot & VALUE) as u32);
        }
        at = (at + 1) & mask;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::of;

    #[test]
    fn slots_give_what_the_table_holds() {
        let mut table = Table::with_capacity(300);
        for word in 1..300u64 {
            *table.entry(of(&word.to_string())) = word;
        }
        let slots: Vec<Slot> = slots(&table, |value| value).into_iter().map(u64::to_le_bytes).collect();
        for word in 1..300u64 {
            assert_eq!(find(&slots, of(&word.to_string())), Some(word as u32));
        }
        assert_eq!(find(&slots, of("other")), None);
        assert_eq!(find(&[], of("other")), None);
    }
}
