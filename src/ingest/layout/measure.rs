//! What is usual in a document: the size of its text, the distance of its lines.

use std::collections::BTreeMap;

use super::row::Line;

/// The usual measures, in points.
#[derive(Debug)]
pub struct Measures {
    /// The size in which most characters are set.
    pub body: f32,
    /// The usual distance of lines by size in half points.
    leading: BTreeMap<i32, f32>,
}

impl Measures {
    /// Measures all lines of a document.
    #[must_use]
    pub fn of(lines: &[Line]) -> Self {
        let mut sizes: BTreeMap<i32, usize> = BTreeMap::new();
        let mut distances: BTreeMap<i32, BTreeMap<i32, usize>> = BTreeMap::new();
        for line in lines {
            *sizes.entry(half(line.size)).or_default() += line.text.len();
        }
        for pair in lines.windows(2) {
            let [above, below] = pair else { continue };
            let distance = below.y - above.y;
            if above.region == below.region && half(above.size) == half(below.size) && distance > 0.8 * below.size && distance < 2.5 * below.size {
                // Fifths of a point: finer differences are rounding.
                *distances.entry(half(below.size)).or_default().entry((distance * 5.0).round() as i32).or_default() += 1;
            }
        }
        let body = body(&sizes).map_or(10.0, |size| size as f32 / 2.0);
        let leading = distances.into_iter().filter_map(|(size, counts)| Some((size, usual(&counts)?))).collect();
        Self { body, leading }
    }

    /// The usual distance of lines in this size.
    #[must_use]
    pub fn leading(&self, size: f32) -> f32 {
        self.leading.get(&half(size)).copied().unwrap_or(1.25 * size)
    }
}

/// The usual distance in a size, in points: the smallest one that is nearly as frequent as the most frequent one, so that lists set line by line with
/// space between do not hide how lines of a paragraph follow each other.
fn usual(counts: &BTreeMap<i32, usize>) -> Option<f32> {
    let highest = counts.values().max().copied()?;
    counts.iter().find(|(_, count)| **count * 3 >= highest).map(|(&distance, _)| distance as f32 / 5.0)
}

fn half(size: f32) -> i32 {
    (size * 2.0).round() as i32
}

/// The size of the running text: the largest one that is nearly as frequent as the most frequent one. Notes and tables may hold more characters than
/// the text, headings and leads never come near it.
fn body(counts: &BTreeMap<i32, usize>) -> Option<i32> {
    let highest = counts.values().max().copied()?;
    counts.iter().rfind(|(_, count)| **count * 5 >= highest * 3).map(|(&size, _)| size)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_notes_do_not_make_the_text_large() {
        assert_eq!(body(&BTreeMap::from([(18, 51_000), (22, 47_000), (28, 400)])), Some(22));
        assert_eq!(body(&BTreeMap::from([(18, 11_000), (22, 32_000), (28, 900)])), Some(22));
        assert_eq!(body(&BTreeMap::new()), None);
    }
}
