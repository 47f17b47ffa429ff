//! URLs, DOIs and arXiv numbers, also where a line end or a typesetter broke them.

/// An address in a text, as bytes, with its repaired value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Address {
    pub start: usize,
    pub end: usize,
    pub value: String,
    pub kind: AddressKind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum AddressKind {
    Url,
    Doi,
    Arxiv,
}

/// The address that begins at byte `at` of `text`, which is on a character border.
pub(super) fn address(text: &str, at: usize) -> Option<Address> {
    let rest = text.get(at..)?;
    let before = text[..at].chars().next_back();
    if before.is_some_and(char::is_alphanumeric) {
        return None;
    }
    if before == Some('<')
        && let Some(found) = enclosed(at, rest)
    {
        return Some(found);
    }
    match rest.as_bytes().first()? {
        b'h' | b'H' | b'f' | b't' | b'w' | b'W' => url(text, at, rest),
        b'd' | b'D' => labelled_doi(text, at, rest).or_else(|| rest.starts_with("doi.org/").then(|| url_from(text, at, 0, "https://")).flatten()),
        b'1' => rest.starts_with("10.").then(|| doi_from(text, at, at)).flatten(),
        b'a' | b'A' => arxiv(at, rest),
        _ => None,
    }
}

fn strip_ignoring_case<'a>(text: &'a str, prefix: &str) -> Option<&'a str> {
    text.get(..prefix.len()).filter(|start| start.eq_ignore_ascii_case(prefix)).and_then(|_| text.get(prefix.len()..))
}

/// "<unfccc.int/8020>": an address without its scheme, in angle brackets.
fn enclosed(at: usize, rest: &str) -> Option<Address> {
    let inside = rest.get(..rest.find('>').filter(|&length| length <= 300)?)?;
    let host = inside.split('/').next()?;
    let domain = host.rsplit('.').next()?;
    let plain = host.contains('.') && !inside.contains(char::is_whitespace) && !inside.contains(['@', ':', '<']) && host.len() < inside.len();
    let known = plain && (2..=6).contains(&domain.len()) && domain.bytes().all(|byte| byte.is_ascii_lowercase());
    known.then(|| Address { start: at, end: at + inside.len(), value: inside.to_owned(), kind: AddressKind::Url })
}

fn url(text: &str, at: usize, rest: &str) -> Option<Address> {
    for scheme in ["https", "http", "ftp", "ttps"] {
        let Some(tail) = strip_ignoring_case(rest, scheme) else { continue };
        // "https: //", "http : // " are typesetting accidents.
        let after = tail.trim_start().strip_prefix(':').map(str::trim_start).and_then(|tail| tail.strip_prefix('/'));
        let after = after.map(str::trim_start).and_then(|tail| tail.strip_prefix('/')).map(str::trim_start)?;
        let scheme = if scheme == "ttps" { "https" } else { scheme };
        return url_from(text, at, rest.len() - after.len(), &format!("{scheme}://"));
    }
    strip_ignoring_case(rest, "www.").and_then(|_| url_from(text, at, 0, ""))
}

/// Reads the body of a URL from `at + skip` on.
fn url_from(text: &str, at: usize, skip: usize, scheme: &str) -> Option<Address> {
    let mut value = String::with_capacity(96);
    value.push_str(scheme);
    let end = body(text, at + skip, &mut value);
    let host = value.get(scheme.len()..)?;
    if !host.contains('.') && !host.starts_with("localhost") {
        return None;
    }
    Some(Address { start: at, end, value, kind: AddressKind::Url })
}

/// Appends the address body that starts at byte `from` to `value`; gives the byte after it. A break inside is mended where the rest cannot be
/// prose: after a character that ends no URL, or before one that starts no sentence.
fn body(text: &str, from: usize, value: &mut String) -> usize {
    let base = value.len();
    let mut at = from;
    let mut end = from;
    loop {
        let run = text[at..]
            .find(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"' | '”' | '“' | '’' | '»' | '«' | '|' | '\u{200b}'))
            .map_or(text.len(), |n| at + n);
        // "…/24725854/)(accessed", "…/speech/.(accessed": brackets that close and open again end the address.
        let run = [")(", ".(", ",(", "[doi]", "[pii]"]
            .iter()
            .filter_map(|mark| text[at..run].find(mark))
            .min()
            .map_or(run, |length| at + length + usize::from(text[at + length..].starts_with(')')));
        let dated = glued_date(&text[at..run], &text[run..]);
        let run = dated.map_or(run, |length| at + length);
        value.push_str(&text[at..run]);
        end = end.max(run);
        if dated.is_some() {
            break;
        }
        let gap_end = text[run..].find(|c: char| !c.is_whitespace()).map_or(text.len(), |n| run + n);
        if gap_end == run || gap_end == text.len() || value.len() - base > 2000 || !continues(&value[base..], &text[gap_end..]) {
            break;
        }
        at = gap_end;
    }
    trim_end(text, value, base, from, end)
}

/// Where an address ends that has a date behind its comma without a space: "https://x.org/,16 September 2020".
fn glued_date(run: &str, rest: &str) -> Option<usize> {
    let (address, day) = run.rsplit_once(',')?;
    let is_day = (1..=2).contains(&day.len()) && day.bytes().all(|byte| byte.is_ascii_digit());
    let month = rest.trim_start().split(|c: char| !c.is_ascii_alphabetic()).next().unwrap_or_default();
    let is_month = month.len() >= 3
        && ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"]
            .iter()
            .any(|name| name.starts_with(month));
    (is_day && is_month).then_some(address.len())
}

/// True if the word after a gap goes on with the address.
fn continues(sofar: &str, rest: &str) -> bool {
    let word = rest.split(|c: char| c.is_whitespace()).next().unwrap_or_default();
    let plain = word.trim_end_matches(['.', ',', ';', ')', ']']);
    if plain.is_empty()
        || word.starts_with("http")
        || word.get(..3).is_some_and(|start| start.eq_ignore_ascii_case("doi"))
        || word.starts_with('(')
        || word.starts_with('[')
        || word.starts_with('“')
        || word.starts_with('‘')
    {
        return false;
    }
    let Some(last) = sofar.chars().next_back() else { return false };
    let has_path_mark = plain.contains(['/', '_', '=', '%', '?', '&']) || plain.bytes().filter(|&b| b == b'-').count() >= 2;
    let dotted = plain.contains('.') && !plain.ends_with('.') && !plain.starts_with(|c: char| c.is_ascii_digit());
    let host_only = !sofar.contains('/');
    match last {
        // "https://www. state.gov/…": a full stop, then a piece of a host or file name.
        '.' => {
            let starts_lower = plain.starts_with(|c: char| c.is_ascii_lowercase() || c.is_ascii_digit());
            let ends_www = sofar.ends_with("www.");
            let extension = ["pdf", "html", "htm", "aspx", "php", "org", "com", "gov", "net", "edu", "int", "eu", "uk", "au"]
                .iter()
                .any(|known| plain.strip_prefix(known).is_some_and(|after| after.is_empty() || after.starts_with(['/', '?', '#', '.'])));
            ends_www || extension || starts_lower && has_path_mark || (sofar.ends_with("U.S.") || sofar.ends_with("U.S.-")) && has_path_mark
        }
        // A hyphen or a sign of the path ends no address: the next word belongs to it if it looks like more of one.
        '-' | '_' | '=' | '&' | '?' | '%' => !plain.starts_with(['–', '—']) && (has_path_mark || dotted || is_slug(plain)),
        '/' => !host_only && (has_path_mark || dotted) && plain.is_ascii(),
        // Without any sign at the break only a clear path goes on.
        _ => !host_only && plain.is_ascii() && word.starts_with(['/', '_', '?', '=', '&']),
    }
}

/// Lower-case letters, digits and hyphens alone: a piece of a file name.
fn is_slug(word: &str) -> bool {
    word.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-' || c == '.')
}

/// Takes closing punctuation off: a full stop or comma, and brackets that were not opened inside.
fn trim_end(text: &str, value: &mut String, base: usize, from: usize, mut end: usize) -> usize {
    while let Some(last) = value[base..].chars().next_back() {
        let open = |open: char, close: char| value[base..].matches(open).count() < value[base..].matches(close).count();
        let drop = match last {
            '.' | ',' | ';' | ':' | '!' | '\'' | '‘' | '*' | '†' | '–' | '—' | '[' | '(' | '…' => true,
            ')' => open('(', ')'),
            ']' => open('[', ']'),
            '}' => open('{', '}'),
            _ => false,
        };
        if !drop {
            break;
        }
        value.pop();
        end = text[from..end].char_indices().next_back().map_or(from, |(n, _)| from + n);
    }
    from + text[from..end].trim_end().len()
}

fn labelled_doi(text: &str, at: usize, rest: &str) -> Option<Address> {
    let after = strip_ignoring_case(rest, "doi")?.trim_start_matches([':', '.', ' ', '\u{a0}', '-']);
    // "doi: https://doi.org/10.…" gives both.
    if after.starts_with("http") {
        return url(text, at + rest.len() - after.len(), after).map(|found| Address { start: at, ..found });
    }
    let after = ["dx.doi.org/", "doi.org/"].iter().find_map(|host| after.strip_prefix(host)).unwrap_or(after).trim_start();
    after.starts_with("10.").then(|| doi_from(text, at, at + rest.len() - after.len())).flatten()
}

/// A DOI whose number begins at byte `number` and whose label begins at `start`.
fn doi_from(text: &str, start: usize, number: usize) -> Option<Address> {
    let registrant = text[number + 3..].bytes().take_while(u8::is_ascii_digit).count();
    if !(4..=9).contains(&registrant) {
        return None;
    }
    let slash = text[number + 3 + registrant..].find('/').filter(|&n| n <= 6)?;
    let _ = slash;
    let mut value = String::with_capacity(40);
    let end = body(text, number, &mut value);
    (value.len() > 8).then_some(Address { start, end, value, kind: AddressKind::Doi })
}

fn arxiv(at: usize, rest: &str) -> Option<Address> {
    let after = strip_ignoring_case(rest, "arxiv")?;
    let after = strip_ignoring_case(after.trim_start(), "preprint").unwrap_or(after);
    let tail = after.trim_start().strip_prefix(':')?.trim_start();
    let tail = strip_ignoring_case(tail, "arxiv:").unwrap_or(tail);
    let length = tail.bytes().take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'/' | b'-')).count();
    let value = tail[..length].trim_end_matches(['.', '-', '/']);
    (value.len() >= 7 && value.bytes().any(|b| b.is_ascii_digit())).then(|| {
        let end = at + rest.len() - tail.len() + value.len();
        Address { start: at, end, value: value.to_owned(), kind: AddressKind::Arxiv }
    })
}

/// The DOI in a resolver's URL.
pub(super) fn doi_of_url(url: &str) -> Option<String> {
    let at = url.find("doi.org/").map(|at| at + "doi.org/".len())?;
    url.get(at..).filter(|doi| doi.starts_with("10.") && doi.contains('/')).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(text: &str) -> String {
        let at = ["http", "www", "doi", "10.", "arXiv"].iter().filter_map(|start| text.find(start)).min().expect("an address");
        address(text, at).expect(text).value
    }

    #[test]
    fn breaks_inside_a_url_are_mended() {
        assert_eq!(value("see https://www. energy.gov/a-b, accessed"), "https://www.energy.gov/a-b");
        assert_eq!(value("http://x.org/health_ glance-2017-en, accessed 1 May"), "http://x.org/health_glance-2017-en");
        assert_eq!(value("https: //x.org/a"), "https://x.org/a");
        assert_eq!(value("https://x.org/a/b-report-eng. pdf?sequence=1, accessed"), "https://x.org/a/b-report-eng.pdf?sequence=1");
        assert_eq!(value("https://x.org/a-long-artificial- intelligence"), "https://x.org/a-long-artificial-intelligence");
        assert_eq!(value("http://apps.x. int/iris/a.pdf"), "http://apps.x.int/iris/a.pdf");
    }

    #[test]
    fn prose_after_a_url_is_left_out() {
        assert_eq!(value("https://x.org/a. The next sentence."), "https://x.org/a");
        assert_eq!(value("(https://x.org/a_(b))."), "https://x.org/a_(b)");
        assert_eq!(value("https://x.org/a/ and more"), "https://x.org/a/");
        assert_eq!(value("<https://x.org/a>"), "https://x.org/a");
        assert_eq!(value("https://x.org/,16 September 2020"), "https://x.org/");
        assert_eq!(value("https://x.org/a,16 and more"), "https://x.org/a,16");
        assert_eq!(address("see <x.org/a>.", 5).map(|found| found.value).as_deref(), Some("x.org/a"));
        assert_eq!(address("if <b/c> d", 4), None);
    }

    #[test]
    fn dois_with_and_without_label() {
        assert_eq!(value("doi: 10.1234/ab.c."), "10.1234/ab.c");
        assert_eq!(value("10.1234/ab(12)3)"), "10.1234/ab(12)3");
        assert_eq!(value("doi:https://doi.org/10.1234/ab"), "https://doi.org/10.1234/ab");
        assert_eq!(value("arXiv:2401.06199v2, 2024"), "2401.06199v2");
    }

    #[test]
    fn never_panics_on_odd_text() {
        for text in ["http://", "doi:10.1/é", "https://é.org/ü é", "www.", "10.1234", "10.1234/", "arXiv:", "http:// www.a.b/…"] {
            for (at, _) in text.char_indices() {
                let _ = address(text, at);
            }
        }
    }
}
