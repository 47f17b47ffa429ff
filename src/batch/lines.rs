//! Lines of bounded length from a stream.

use std::io::{self, BufRead, Read};

/// A line of the input.
#[derive(Debug, PartialEq, Eq)]
pub enum Line {
    /// Without its line feed.
    Whole(Vec<u8>),
    /// It was longer than the limit and is not kept.
    TooLong,
}

/// The lines of `input`, of which none takes more memory than `limit` bytes. An error of the input is the last item.
#[derive(Debug)]
pub struct Lines<R> {
    input: R,
    limit: u64,
    ended: bool,
}

impl<R: BufRead> Lines<R> {
    pub fn new(input: R, limit: u64) -> Self {
        Self { input, limit, ended: false }
    }

    fn read(&mut self) -> io::Result<Option<Line>> {
        let mut line = Vec::new();
        if self.input.by_ref().take(self.limit.saturating_add(1)).read_until(b'\n', &mut line)? == 0 {
            return Ok(None);
        }
        if line.last() == Some(&b'\n') {
            line.pop();
        } else if line.len() as u64 > self.limit {
            drop(line);
            self.input.skip_until(b'\n')?;
            return Ok(Some(Line::TooLong));
        }
        Ok(Some(Line::Whole(line)))
    }
}

impl<R: BufRead> Iterator for Lines<R> {
    type Item = io::Result<Line>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.ended {
            return None;
        }
        let line = self.read().transpose();
        // Reading on after an error would give the same error for ever.
        self.ended = !matches!(line, Some(Ok(_)));
        line
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str, limit: u64) -> Vec<Line> {
        Lines::new(text.as_bytes(), limit).collect::<io::Result<_>>().expect("memory can be read")
    }

    fn whole(line: &str) -> Line {
        Line::Whole(line.as_bytes().to_vec())
    }

    #[test]
    fn a_line_that_is_too_long_is_left_out_and_the_next_is_read() {
        assert_eq!(lines("abc\nabcd\n\nab", 3), [whole("abc"), Line::TooLong, whole(""), whole("ab")]);
        assert_eq!(lines("abcd", 3), [Line::TooLong]);
        assert_eq!(lines("", 3), []);
    }

    #[test]
    fn an_error_ends_the_lines() {
        struct Broken;
        impl Read for Broken {
            fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
                Err(io::Error::other("gone"))
            }
        }
        let results: Vec<io::Result<Line>> = Lines::new(io::BufReader::new(Broken), 3).take(3).collect();
        assert_eq!(results.len(), 1);
        assert!(results[0].is_err());
    }
}
