//! Notes, reference lists, and the marks in the running text that point to them, whatever the format.

use super::draft::Draft;

/// Turns drafts that are notes or reference entries into such, splits what runs together, and puts marks into the parts of the running text.
pub fn recognise(_source: &str, _drafts: &mut Vec<Draft>) {}
