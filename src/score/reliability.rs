//! What a confidence is worth: in each band of confidence, how many items there are and how many of them are right.

use serde::Serialize;

/// An item of a record that gold judges.
#[derive(Debug, Clone, PartialEq)]
pub struct Judged {
    pub layer: &'static str,
    pub confidence: f32,
    pub right: bool,
}

/// The items of one layer whose confidence lies in one band.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Band {
    pub layer: &'static str,
    /// The band, from `low` on up to but without `high`.
    pub low: f32,
    pub high: f32,
    pub items: usize,
    pub right: usize,
    /// The mean confidence of the items: what their share right should be.
    pub confidence: f64,
}

/// Where the bands begin and end.
const BORDERS: [f32; 8] = [0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 1.01];

/// The layers whose items have a confidence.
const JUDGED: [&str; 3] = ["recommendations", "mentions", "citations"];

/// The bands that hold any item, layer by layer, from low to high.
#[must_use]
pub fn bands<'j>(judged: impl Iterator<Item = &'j Judged> + Clone) -> Vec<Band> {
    let mut found = Vec::new();
    for layer in JUDGED {
        for border in BORDERS.windows(2) {
            // Half a thousandth: confidences are sums of decimal fractions.
            let inside = |one: &&Judged| one.layer == layer && one.confidence + 0.0005 >= border[0] && one.confidence + 0.0005 < border[1];
            let items: Vec<&Judged> = judged.clone().filter(inside).collect();
            if items.is_empty() {
                continue;
            }
            let confidence = items.iter().map(|one| f64::from(one.confidence)).sum::<f64>() / items.len() as f64;
            let right = items.iter().filter(|one| one.right).count();
            found.push(Band { layer, low: border[0], high: border[1].min(1.0), items: items.len(), right, confidence });
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_items_by_band() {
        let one = |confidence, right| Judged { layer: "recommendations", confidence, right };
        let judged = [one(0.6, true), one(0.65, false), one(0.94, true), one(0.9, true)];
        let bands = bands(judged.iter());
        let counts: Vec<(f32, usize, usize)> = bands.iter().map(|band| (band.low, band.items, band.right)).collect();
        assert_eq!(counts, [(0.6, 2, 1), (0.9, 2, 2)]);
        assert!((bands[0].confidence - 0.625).abs() < 1e-6);
    }
}
