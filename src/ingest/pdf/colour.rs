//! The colour in which text is filled, as far as it tells one kind of text from another.

use hayro_syntax::content::Instruction;
use hayro_syntax::object::{Array, Name, Object};
use hayro_syntax::page::Resources;

/// The fill colour of the graphics state.
#[derive(Debug, Clone, Copy, Default)]
pub struct Fill {
    /// Red, green and blue, three, three and two bits; 0 is black.
    pub tint: u8,
    /// True if a single component is an amount of ink, not of light.
    ink: bool,
}

impl Fill {
    /// Follows an operator that sets the colour or its space.
    pub fn operate(&mut self, operator: &[u8], instruction: &Instruction<'_, '_>, resources: &Resources) {
        let mut components = [0.0; 4];
        let mut count = 0;
        for operand in instruction.operands() {
            match (operand, components.get_mut(count)) {
                (Object::Number(number), Some(place)) => (*place, count) = (number.as_f64(), count + 1),
                (Object::Name(name), _) if operator == b"cs" => {
                    let space = resources.color_spaces.get::<Array>(name.as_ref() as &[u8]);
                    self.ink = space.and_then(|space| space.iter::<Name>().next()).is_some_and(|family| family.as_ref() as &[u8] == b"Separation");
                }
                _ => {}
            }
        }
        let [a, b, c, d] = components;
        self.tint = match (operator, count) {
            (b"cs", _) => 0,
            (b"g", 1) => tint(a, a, a),
            (_, 1) if self.ink => tint(1.0 - a, 1.0 - a, 1.0 - a),
            (_, 1) => tint(a, a, a),
            (b"rg" | b"sc" | b"scn", 3) => tint(a, b, c),
            (b"k" | b"sc" | b"scn", 4) => tint(1.0 - (a + d).min(1.0), 1.0 - (b + d).min(1.0), 1.0 - (c + d).min(1.0)),
            _ => self.tint,
        };
    }
}

fn tint(red: f64, green: f64, blue: f64) -> u8 {
    let bits = |value: f64, most: f64| (value.clamp(0.0, 1.0) * most).round() as u8;
    bits(red, 7.0) << 5 | bits(green, 7.0) << 2 | bits(blue, 3.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn black_is_none_and_colours_differ() {
        assert_eq!(tint(0.0, 0.0, 0.0), 0);
        assert_ne!(tint(0.31, 0.5, 0.74), tint(0.0, 0.0, 0.0));
        assert_eq!(tint(0.01, 0.02, 0.01), 0);
    }
}
