//! The words that call families of documents, looked for in one pass over a text.
//!
//! Each cue is looked for at one of its bytes that is rare in prose (a capital or a digit, mostly) with the byte beside it: most bytes of a text are
//! passed over many at a time, and few of the others need more than a look into a table.

/// A cue in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Cued {
    pub end: usize,
    pub start: usize,
    /// The family that the cue calls.
    pub family: usize,
}

/// A cue and where its rare byte stands.
#[derive(Debug)]
struct Cue {
    text: String,
    anchor: usize,
    family: usize,
    /// The first eight bytes, and which of them there are.
    head: (u64, u64),
}

/// All cues, by their rare byte and the byte beside it.
#[derive(Debug)]
pub(super) struct Cues {
    /// The rare bytes that are no capitals or digits.
    others: [u8; OTHERS],
    /// The number of a byte that is the rare one of some cue; 0 for others.
    anchors: [u8; 256],
    /// The number of a byte that stands beside the rare one of some cue; 0 for others.
    neighbours: [u8; 256],
    /// For each byte, the rare ones that it stands behind in some cue, as a filter of their numbers.
    follows: [u64; 256],
    /// As `follows`, for the byte before a rare one that ends its cue.
    precedes: [u64; 256],
    /// How many numbers neighbours have.
    width: usize,
    /// For each rare byte and the byte after it, its stretch of `list`.
    after: Vec<(u16, u16)>,
    /// As `after`, for the cues that end with their rare byte, and the byte before it.
    before: Vec<(u16, u16)>,
    list: Vec<Cue>,
}

/// The most rare bytes that are no capitals or digits.
const OTHERS: usize = 4;

/// How many bytes are looked at together.
const BLOCK: usize = 32;

/// How common a byte is in prose: capitals and digits least, then letters by their frequency in English.
fn commonness(byte: u8) -> usize {
    const LETTERS: &[u8] = b"zqxjkvbpygfwmucldrhsnioate";
    match byte {
        b'A'..=b'Z' | b'0'..=b'9' => 0,
        b'a'..=b'z' => LETTERS.iter().position(|&letter| letter == byte).map_or(0, |place| place + 1),
        _ => LETTERS.len() + 1,
    }
}

/// Where the first of the rarest bytes of a cue stands.
fn anchor(cue: &str) -> usize {
    cue.bytes().enumerate().min_by_key(|&(_, byte)| commonness(byte)).map_or(0, |(at, _)| at)
}

/// Numbers the bytes of a list from 1, in their order; gives the number of each and one more than the last.
fn numbered(bytes: impl Iterator<Item = u8>) -> ([u8; 256], usize) {
    let mut numbers = [0; 256];
    let mut count = 1;
    for byte in bytes {
        let number = &mut numbers[usize::from(byte)];
        // There are at most 256 cells and cell 255 would be the last to be numbered.
        if *number == 0 && count < 256 {
            *number = count as u8;
            count += 1;
        }
    }
    (numbers, count)
}

impl Cues {
    /// The cues of families, each with its family. A cue of one byte calls nothing; those without capitals and digits may have few rare letters.
    pub fn new<'a>(cues: impl Iterator<Item = (&'a str, usize)>) -> Self {
        let mut list: Vec<Cue> = cues.filter(|(text, _)| text.len() > 1).map(|(text, family)| Cue::new(text, family)).collect();
        let (anchors, height) = numbered(list.iter().map(Cue::rare));
        let mut others = [0; OTHERS];
        let letters = (0..=u8::MAX).filter(|&byte| anchors[usize::from(byte)] > 0 && commonness(byte) > 0);
        others.iter_mut().zip(letters).for_each(|(other, letter)| *other = letter);
        let (neighbours, width) = numbered(list.iter().map(|cue| cue.neighbour().0));
        let cell = |cue: &Cue| usize::from(anchors[usize::from(cue.rare())]) * width + usize::from(neighbours[usize::from(cue.neighbour().0)]);
        list.sort_by_key(|cue| (cue.neighbour().1, cell(cue)));
        let (mut after, mut before) = (vec![(0, 0); height * width], vec![(0, 0); height * width]);
        let (mut follows, mut precedes) = ([0; 256], [0; 256]);
        for (at, cue) in list.iter().enumerate() {
            let (neighbour, is_before) = cue.neighbour();
            let filter = if is_before { &mut precedes } else { &mut follows };
            filter[usize::from(neighbour)] |= filter_bit(anchors[usize::from(cue.rare())]);
            let stretch: &mut (u16, u16) = if is_before { &mut before[cell(cue)] } else { &mut after[cell(cue)] };
            let at = u16::try_from(at).unwrap_or(u16::MAX);
            *stretch = if stretch.1 == 0 { (at, at + 1) } else { (stretch.0, at + 1) };
        }
        Self { others, anchors, neighbours, follows, precedes, width, after, before, list }
    }

    /// Puts the cues in a text into `found`, in the order of their ends, longer ones first.
    pub fn find(&self, text: &str, found: &mut Vec<Cued>) {
        let bytes = text.as_bytes();
        found.clear();
        let (blocks, rest) = bytes.as_chunks::<BLOCK>();
        for (number, block) in blocks.iter().enumerate() {
            self.in_block(bytes, number * BLOCK, block, found);
        }
        let mut last = [0; BLOCK];
        last[..rest.len()].copy_from_slice(rest);
        self.in_block(bytes, blocks.len() * BLOCK, &last, found);
        found.sort_unstable();
    }

    /// Adds the cues whose rare byte stands in the block of bytes that begins at `from`.
    fn in_block(&self, bytes: &[u8], from: usize, block: &[u8; BLOCK], found: &mut Vec<Cued>) {
        let mut rare = self.rare(block);
        while rare != 0 {
            let at = from + rare.trailing_zeros() as usize;
            rare &= rare - 1;
            self.around(bytes, at, found);
        }
    }

    /// The bytes of a block that may be the rare ones of a cue, as bits.
    fn rare(&self, block: &[u8; BLOCK]) -> u32 {
        // A loop over the whole block without a branch becomes a few instructions on all its bytes at once.
        let mut flags = [0u8; BLOCK];
        let [first, second, third, fourth] = self.others;
        for (flag, &byte) in flags.iter_mut().zip(block) {
            let named = (byte.wrapping_sub(b'A') < 26) | (byte.wrapping_sub(b'0') < 10);
            *flag = u8::from(named | (byte == first) | (byte == second) | (byte == third) | (byte == fourth));
        }
        // The product gathers the lowest bits of eight bytes in its highest byte.
        let gather = |eight: &[u8; 8]| (u64::from_le_bytes(*eight).wrapping_mul(0x0102_0408_1020_4080) >> 56) as u32;
        flags.as_chunks::<8>().0.iter().rev().fold(0, |bits, eight| bits << 8 | gather(eight))
    }

    /// Adds the cues whose rare byte stands at `at`.
    fn around(&self, bytes: &[u8], at: usize, found: &mut Vec<Cued>) {
        let number = bytes.get(at).map_or(0, |&byte| self.anchors[usize::from(byte)]);
        let next = bytes.get(at + 1).map_or(0, |&byte| self.follows[usize::from(byte)]);
        let last = at.checked_sub(1).and_then(|before| bytes.get(before)).map_or(0, |&byte| self.precedes[usize::from(byte)]);
        if number > 0 && (next | last) & filter_bit(number) != 0 {
            self.beside(bytes, at, usize::from(number) * self.width, found);
        }
    }

    /// Adds the cues whose rare byte stands at `at`, for a rare byte whose stretches begin at `row`.
    #[inline(never)]
    fn beside(&self, bytes: &[u8], at: usize, row: usize, found: &mut Vec<Cued>) {
        let stretch = |table: &[(u16, u16)], neighbour: Option<&u8>| {
            let number = neighbour.map_or(0, |&byte| self.neighbours[usize::from(byte)]);
            if number == 0 { (0, 0) } else { table.get(row + usize::from(number)).copied().unwrap_or_default() }
        };
        let after = stretch(&self.after, bytes.get(at + 1));
        let before = stretch(&self.before, at.checked_sub(1).and_then(|before| bytes.get(before)));
        for (from, to) in [after, before] {
            for cue in self.list.get(usize::from(from)..usize::from(to)).unwrap_or_default() {
                if let Some(start) = at.checked_sub(cue.anchor)
                    && cue.stands_at(&bytes[start..])
                {
                    found.push(Cued { end: start + cue.text.len(), start, family: cue.family });
                }
            }
        }
    }
}

/// The bit of a rare byte in a filter.
fn filter_bit(number: u8) -> u64 {
    1 << (number % 64)
}

/// The first eight bytes of a text as a number, with zeros for those that are missing.
fn head(bytes: &[u8]) -> u64 {
    bytes.first_chunk().map_or_else(|| bytes.iter().rev().fold(0, |head, &byte| head << 8 | u64::from(byte)), |eight| u64::from_le_bytes(*eight))
}

impl Cue {
    fn new(text: &str, family: usize) -> Self {
        let present = u64::MAX >> (64 - 8 * text.len().clamp(1, 8));
        Self { text: text.to_owned(), anchor: anchor(text), family, head: (head(text.as_bytes()), present) }
    }

    /// True if the bytes begin with the cue.
    fn stands_at(&self, bytes: &[u8]) -> bool {
        let (known, present) = self.head;
        head(bytes) & present == known && (self.text.len() <= 8 || bytes.starts_with(self.text.as_bytes())) && bytes.len() >= self.text.len()
    }

    fn rare(&self) -> u8 {
        self.text.as_bytes()[self.anchor]
    }

    /// The byte after the rare one; the byte before it, and true, if the rare byte is the last.
    fn neighbour(&self) -> (u8, bool) {
        let bytes = self.text.as_bytes();
        bytes.get(self.anchor + 1).map_or_else(|| (bytes[self.anchor - 1], true), |&byte| (byte, false))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_cue_is_found_wherever_it_stands() {
        let words = [" Act of 1", "esolution 1", "esolution", "S. ", " S. ", "nterview with ", "0 of ", "§ 1", "Act"];
        let cues = Cues::new(words.iter().enumerate().map(|(family, word)| (*word, family)));
        let text = "S. An Interview with 20 of Ports Act of 1998, U.S. Code § 12; resolution 1, Resolution 2 S. ";
        let mut found = Vec::new();
        cues.find(text, &mut found);
        let mut expected: Vec<Cued> = words
            .iter()
            .enumerate()
            .flat_map(|(family, word)| text.match_indices(word).map(move |(start, word)| Cued { end: start + word.len(), start, family }))
            .collect();
        expected.sort_unstable();
        assert_eq!(found, expected);
        assert!(found.len() >= 12);
    }
}
