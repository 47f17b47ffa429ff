//! List numbers as they are shown.

/// The marker of the item `number` in a list numbered in a style: `1`, `a`, `A`, `i` or `I`.
pub(super) fn marker(style: char, number: i64) -> String {
    format!("{}.", shown(style, number))
}

/// The number in that style, without full stop.
pub(super) fn shown(style: char, number: i64) -> String {
    match style {
        'a' => letters(number),
        'A' => letters(number).map(|text| text.to_ascii_uppercase()),
        'i' => roman(number),
        'I' => roman(number).map(|text| text.to_ascii_uppercase()),
        _ => None,
    }
    .unwrap_or_else(|| number.to_string())
}

/// a, b, … z, aa, ab, …
fn letters(number: i64) -> Option<String> {
    let mut rest = u32::try_from(number).ok().filter(|&number| number > 0 && number < 20_000)?;
    let mut text = String::new();
    while rest > 0 {
        rest -= 1;
        text.insert(0, char::from(b'a' + (rest % 26) as u8));
        rest /= 26;
    }
    Some(text)
}

fn roman(number: i64) -> Option<String> {
    const VALUES: [(u32, &str); 13] =
        [(1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")];
    let mut rest = u32::try_from(number).ok().filter(|&number| number > 0 && number < 4000)?;
    let mut text = String::new();
    for (value, letters) in VALUES {
        while rest >= value {
            text.push_str(letters);
            rest -= value;
        }
    }
    Some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_as_browsers_and_word_show_them() {
        assert_eq!(marker('1', 7), "7.");
        assert_eq!(marker('a', 28), "ab.");
        assert_eq!(marker('I', 14), "XIV.");
        assert_eq!(marker('i', -3), "-3.");
    }
}
