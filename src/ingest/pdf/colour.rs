//! The colour in which text is filled, as far as it tells one kind of text from another.

use hayro_syntax::object::{Array, Name};
use hayro_syntax::page::Resources;

use super::lexer::{Lexer, Operand, Operator, operator};

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
    pub fn operate(&mut self, set: Operator, lexer: &Lexer, resources: &Resources<'_>) {
        const CS: Operator = operator(b"cs");
        const G: Operator = operator(b"g");
        const RG: Operator = operator(b"rg");
        const K: Operator = operator(b"k");
        const SC: Operator = operator(b"sc");
        const SCN: Operator = operator(b"scn");
        let mut components = [0.0; 4];
        let mut count = 0;
        for operand in lexer.operands() {
            match (operand, components.get_mut(count)) {
                (Operand::Number(number), Some(place)) => (*place, count) = (*number, count + 1),
                (Operand::Name(name), _) if set == CS => {
                    let space = resources.color_spaces.get::<Array>(lexer.bytes(*name));
                    self.ink = space.and_then(|space| space.iter::<Name>().next()).is_some_and(|family| family.as_ref() as &[u8] == b"Separation");
                }
                _ => {}
            }
        }
        let [a, b, c, d] = components;
        self.tint = match (set, count) {
            (CS, _) => 0,
            (G, 1) => tint(a, a, a),
            (_, 1) if self.ink => tint(1.0 - a, 1.0 - a, 1.0 - a),
            (_, 1) => tint(a, a, a),
            (RG | SC | SCN, 3) => tint(a, b, c),
            (K | SC | SCN, 4) => tint(1.0 - (a + d).min(1.0), 1.0 - (b + d).min(1.0), 1.0 - (c + d).min(1.0)),
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
