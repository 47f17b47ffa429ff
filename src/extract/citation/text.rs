//! Clean values from pieces of a reference.

/// ASCII words with one space between them.
pub(super) fn is_plain(text: &str) -> bool {
    let mut space = true;
    let ordered = text.bytes().all(|byte| {
        let again = byte == b' ' && space;
        space = byte == b' ';
        byte.is_ascii() && byte >= b' ' && !again
    });
    ordered && !space
}

/// White space runs as one space.
pub(super) fn spaced(text: &str) -> String {
    if is_plain(text) { text.to_owned() } else { text.split_whitespace().collect::<Vec<_>>().join(" ") }
}

/// White space runs as one space, emphasis marks left out.
pub(super) fn plain(text: &str) -> String {
    if is_plain(text) && !text.bytes().any(|byte| matches!(byte, b'*' | b'_')) {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        let word = word.trim_matches(|c| c == '*' || c == '_');
        if !word.is_empty() {
            if !out.is_empty() {
                out.push(' ');
            }
            out.push_str(word);
        }
    }
    out
}

/// A title without quotation marks around it or final punctuation, save "?" and "!".
pub(super) fn title(text: &str) -> String {
    let cleaned = plain(text);
    let mut title = cleaned.trim();
    loop {
        let before = title;
        title = title.trim_end_matches([',', ';', ':', ' ', '–', '—']);
        if title.ends_with('.') && !ends_in_initialism(title) {
            title = title.trim_end_matches('.');
        }
        title = title.trim_start_matches([',', '.', ';', ':', ' ', '–', '—']);
        title = unquoted(title);
        if title == before {
            return title.to_owned();
        }
    }
}

/// True for "… in the U.S.", whose full stop belongs to the abbreviation.
fn ends_in_initialism(text: &str) -> bool {
    let last = text.rsplit(' ').next().unwrap_or_default();
    last.matches('.').count() >= 2 && last.split('.').all(|part| part.chars().count() <= 1)
}

fn unquoted(text: &str) -> &str {
    for (open, close) in [('“', '”'), ('"', '"'), ('‘', '’'), ('«', '»'), ('\'', '\'')] {
        if let Some(inner) = text.strip_prefix(open).and_then(|inner| inner.strip_suffix(close))
            && !inner.contains(open)
            && !inner.contains(close)
        {
            return inner.trim();
        }
    }
    text
}

/// A name of a periodical, publisher or place.
pub(super) fn name(text: &str) -> String {
    let cleaned = plain(text);
    let trimmed = cleaned.trim_matches([',', ';', ':', ' ']);
    let opened = trimmed.matches('(').count();
    let closed = trimmed.matches(')').count();
    let trimmed = if opened > closed { trimmed.trim_start_matches('(') } else { trimmed };
    let trimmed = if closed > opened { trimmed.trim_end_matches(')') } else { trimmed };
    let last = trimmed.rsplit([' ', '.']).find(|part| !part.is_empty()).unwrap_or_default();
    let abbreviation = super::lexicon::word(last).has(super::lexicon::Classes::ABBREV)
        || super::lexicon::word(last).has(super::lexicon::Classes::ABBREVIATION)
        || last.chars().count() == 1;
    if abbreviation { trimmed.to_owned() } else { trimmed.trim_end_matches('.').to_owned() }
}

#[cfg(test)]
mod tests {
    #[test]
    fn titles_lose_marks_and_final_punctuation_only() {
        assert_eq!(super::title("“A Plan for Ports,”"), "A Plan for Ports");
        assert_eq!(super::title("Who pays? "), "Who pays?");
        assert_eq!(super::title("Trade in the U.S."), "Trade in the U.S.");
        assert_eq!(super::title("_A  Plan_ for\nPorts."), "A Plan for Ports");
        assert_eq!(super::title("“Ports” and “Rails”"), "“Ports” and “Rails”");
    }
}
