//! Offsets in UTF-16 units, as programs written in Java and JavaScript count them.

/// The UTF-16 offset of each code point of a text, and that of its end.
pub(super) struct Units(Vec<usize>);

impl Units {
    pub fn new(text: &str) -> Self {
        let mut starts = Vec::with_capacity(text.len() + 1);
        let mut at = 0;
        for c in text.chars() {
            starts.push(at);
            at += c.len_utf16();
        }
        starts.push(at);
        Self(starts)
    }

    /// The number of code points.
    pub fn points(&self) -> usize {
        self.0.len() - 1
    }

    /// The offset of a code point.
    pub fn of(&self, point: usize) -> usize {
        self.0[point.min(self.points())]
    }

    /// The code point that begins at an offset.
    pub fn point(&self, unit: usize) -> Option<usize> {
        self.0.binary_search(&unit).ok()
    }
}
