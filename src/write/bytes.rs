//! What the writers share: numbers, single lines, and texts with some characters replaced.

use std::borrow::Cow;

use crate::lanes;

/// Appends the text with what `other` gives for some of its ASCII characters.
pub(super) fn replace(text: &str, out: &mut String, other: impl Fn(u8) -> Option<&'static str>) {
    let mut done = 0;
    for (at, byte) in text.bytes().enumerate() {
        if let Some(other) = other(byte) {
            out.extend([&text[done..at], other]);
            done = at + 1;
        }
    }
    out.push_str(&text[done..]);
}

/// White space runs as one space.
pub(super) fn one_line(text: &str) -> Cow<'_, str> {
    let is_plain = lanes::is_single_spaced(text.as_bytes()) && !text.starts_with(' ') && !text.ends_with(' ');
    if is_plain { Cow::Borrowed(text) } else { Cow::Owned(text.split_whitespace().collect::<Vec<_>>().join(" ")) }
}

/// Appends a number in decimal digits.
pub(super) fn integer(out: &mut Vec<u8>, mut number: u64) {
    let mut digits = [b'0'; 20];
    let mut at = digits.len();
    loop {
        at -= 1;
        digits[at] += (number % 10) as u8;
        number /= 10;
        if number == 0 {
            break;
        }
    }
    out.extend_from_slice(&digits[at..]);
}

/// A share from 0 to 1 in hundredths, if it is just that many.
pub(super) fn hundredths(share: f32) -> Option<u8> {
    let near = (share * 100.0 + 0.5) as u8;
    (near <= 100 && f32::from(near) / 100.0 == share && share.is_sign_positive()).then_some(near)
}

/// Appends the fraction that so many hundredths (1 to 99) are, without needless zeros: `0.9`, `0.95`.
pub(super) fn fraction(out: &mut Vec<u8>, hundredths: u8) {
    let (tenths, rest) = (hundredths / 10, hundredths % 10);
    out.extend_from_slice(&[b'0', b'.', b'0' + tenths]);
    if rest > 0 {
        out.push(b'0' + rest);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_the_standard_library_does() {
        for number in [0, 7, 10, 99, 100, 12_345_678_901, u64::MAX] {
            let mut out = Vec::new();
            integer(&mut out, number);
            assert_eq!(out, number.to_string().into_bytes());
        }
        for count in 1..100u8 {
            let share = (f32::from(count) / 100.0 * 100.0).round() / 100.0;
            let mut out = Vec::new();
            fraction(&mut out, hundredths(share).expect("it is so many hundredths"));
            assert_eq!(out, share.to_string().into_bytes());
        }
        assert_eq!((hundredths(0.0), hundredths(1.0)), (Some(0), Some(100)));
        for other in [-0.0, -0.5, 0.123, 1.01, 7.5, f32::NAN, f32::INFINITY] {
            assert_eq!(hundredths(other), None, "{other}");
        }
    }
}
