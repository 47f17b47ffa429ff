//! How far a score would move with another sample of documents: percentile bootstrap over documents (Efron 1979; Berg-Kirkpatrick et al. 2012 for NLP).

use super::DocumentScore;
use super::tally::Tally;

/// The number of samples; the seed is fixed, so that the same scores give the same interval.
const SAMPLES: usize = 1000;
const SEED: u64 = 0x005e_ed0f_9011_c7de;

/// The 95 % interval of a layer's F1; none for fewer than two documents.
#[must_use]
pub fn interval(scores: &[DocumentScore], layer: &str) -> Option<(f64, f64)> {
    let tallies: Vec<Tally> = scores.iter().map(|score| score.tallies.get(layer)).collect();
    if tallies.len() < 2 {
        return None;
    }
    let mut random = SplitMix(SEED);
    let mut values: Vec<f64> = (0..SAMPLES)
        .map(|_| {
            let mut sum = Tally::default();
            (0..tallies.len()).for_each(|_| sum.add(&tallies[random.below(tallies.len())]));
            sum.row().f1
        })
        .collect();
    values.sort_by(f64::total_cmp);
    Some((values[SAMPLES * 25 / 1000], values[SAMPLES * 975 / 1000 - 1]))
}

/// SplitMix64 (Steele, Lea and Flood 2014): small, and the same on every machine.
pub(crate) struct SplitMix(pub u64);

impl SplitMix {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below `limit`, which must not be 0.
    pub(crate) fn below(&mut self, limit: usize) -> usize {
        (self.next() % limit as u64) as usize
    }
}
