//! Scans over bytes, lanes of them at once. Tests of bytes are told without branches, by `|`, `&` and `==`, so that they become vector instructions.

/// The index of the first byte that `is_special`, which should be told without branches, by `|` and `==`: whole lanes are then tested with vector instructions.
#[inline]
pub(crate) fn find(bytes: &[u8], is_special: impl Fn(u8) -> bool) -> Option<usize> {
    match bytes.len() {
        16.. => find_in_lanes::<16>(bytes, is_special),
        8.. => find_in_ends::<8>(bytes, is_special),
        4.. => find_in_ends::<4>(bytes, is_special),
        _ => bytes.iter().position(|&byte| is_special(byte)),
    }
}

#[inline]
fn is_clean<const LANE: usize>(lane: &[u8; LANE], is_special: impl Fn(u8) -> bool) -> bool {
    !lane.iter().fold(false, |found, &byte| found | is_special(byte))
}

/// The same in one lane of bytes to two.
#[inline]
fn find_in_ends<const LANE: usize>(bytes: &[u8], is_special: impl Fn(u8) -> bool) -> Option<usize> {
    // The two lanes overlap.
    if bytes.first_chunk::<LANE>().is_some_and(|lane| is_clean(lane, &is_special)) && bytes.last_chunk::<LANE>().is_some_and(|lane| is_clean(lane, &is_special))
    {
        return None;
    }
    bytes.iter().position(|&byte| is_special(byte))
}

/// The same in at least one lane of bytes.
#[inline]
fn find_in_lanes<const LANE: usize>(bytes: &[u8], is_special: impl Fn(u8) -> bool) -> Option<usize> {
    let mut at = 0;
    let mut rest = bytes;
    while let Some((lane, after)) = rest.split_first_chunk::<LANE>() {
        if !is_clean(lane, &is_special) {
            return lane.iter().position(|&byte| is_special(byte)).map(|place| at + place);
        }
        at += LANE;
        rest = after;
    }
    // The last lane overlaps the one before.
    if rest.is_empty() || bytes.last_chunk::<LANE>().is_some_and(|lane| is_clean(lane, &is_special)) {
        return None;
    }
    rest.iter().position(|&byte| is_special(byte)).map(|place| at + place)
}

/// How many pairs of neighbouring bytes fit.
#[inline]
pub(crate) fn count_pairs(bytes: &[u8], fits: impl Fn(u8, u8) -> bool) -> usize {
    /// As many pairs as one byte can count.
    const MOST: usize = 240;
    let next = bytes.get(1..).unwrap_or_default();
    let count = |(bytes, next): (&[u8], &[u8])| usize::from(bytes.iter().zip(next).fold(0u8, |count, (&byte, &next)| count + u8::from(fits(byte, next))));
    bytes.chunks(MOST).zip(next.chunks(MOST)).map(count).sum()
}

/// True for visible characters of ASCII with at most single spaces between them.
pub(crate) fn is_single_spaced(bytes: &[u8]) -> bool {
    find(bytes, |byte| byte.wrapping_sub(b' ') > 0x5e).is_none() && count_pairs(bytes, |byte, next| (byte == b' ') & (next == b' ')) == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_first() {
        for length in 0..70 {
            let mut bytes = vec![b'a'; length];
            assert_eq!(find(&bytes, |byte| byte == b','), None);
            for at in (0..length).rev() {
                bytes[at] = b',';
                assert_eq!(find(&bytes, |byte| byte == b','), Some(at));
            }
        }
    }

    #[test]
    fn counts_pairs_beyond_what_a_byte_holds() {
        assert_eq!(count_pairs(&[b'a'; 1001], |byte, next| byte == next), 1000);
        assert_eq!(count_pairs(b"", |_, _| true), 0);
    }

    #[test]
    fn tells_single_spaces() {
        assert!(is_single_spaced(b"a b c") && is_single_spaced(b""));
        for other in ["a  b", "a\tb", "a\u{e9}", "a\u{7f}"] {
            assert!(!is_single_spaced(other.as_bytes()), "{other}");
        }
    }
}
