//! Agreement of two annotators: Cohen's kappa (1960) and Krippendorff's alpha for nominal labels (2011).

use std::collections::BTreeMap;

/// How far two lists of labels agree.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Agreement {
    /// Pairs of labels.
    pub pairs: usize,
    /// Share of equal ones.
    pub observed: f64,
    /// Corrected for chance by each annotator's own use of the labels; none where both use one label only.
    pub kappa: Option<f64>,
    /// Corrected for chance by the use of the labels over both.
    pub alpha: Option<f64>,
}

/// Compares the labels that two annotators gave to the same units.
#[must_use]
pub fn agreement(pairs: &[(String, String)]) -> Agreement {
    let total = pairs.len() as f64;
    let equal = pairs.iter().filter(|(one, other)| one == other).count() as f64;
    let observed = if pairs.is_empty() { 0.0 } else { equal / total };
    let (mut first, mut second) = (BTreeMap::new(), BTreeMap::new());
    for (one, other) in pairs {
        *first.entry(one.as_str()).or_insert(0.0) += 1.0;
        *second.entry(other.as_str()).or_insert(0.0) += 1.0;
    }
    let by_chance: f64 = first.iter().map(|(label, count)| count / total * second.get(label).unwrap_or(&0.0) / total).sum();
    let mut both: BTreeMap<&str, f64> = first;
    second.iter().for_each(|(label, count)| *both.entry(label).or_insert(0.0) += count);
    // Krippendorff: coincidences by chance among 2n values, without pairing a value with itself.
    let values = 2.0 * total;
    let alpha_chance: f64 = both.values().map(|count| count * (count - 1.0)).sum::<f64>() / (values * (values - 1.0));
    let corrected = |chance: f64| (!pairs.is_empty() && chance < 1.0).then(|| (observed - chance) / (1.0 - chance));
    Agreement { pairs: pairs.len(), observed, kappa: corrected(by_chance), alpha: corrected(alpha_chance) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labels(counts: &[(&str, &str, usize)]) -> Vec<(String, String)> {
        counts.iter().flat_map(|&(one, other, times)| std::iter::repeat_n((one.to_owned(), other.to_owned()), times)).collect()
    }

    #[test]
    fn kappa_of_a_textbook_table() {
        // 20 yes/yes, 5 yes/no, 10 no/yes, 15 no/no: observed .7, by chance .5.
        let found = agreement(&labels(&[("y", "y", 20), ("y", "n", 5), ("n", "y", 10), ("n", "n", 15)]));
        assert!((found.kappa.unwrap_or_default() - 0.4).abs() < 1e-9);
        assert!((found.alpha.unwrap_or_default() - 0.3992).abs() < 1e-3);
    }

    #[test]
    fn one_label_only_says_nothing_beyond_chance() {
        assert_eq!(agreement(&labels(&[("y", "y", 5)])).kappa, None);
        assert_eq!(agreement(&[]).alpha, None);
    }
}
