//! The closed classes of English words.

const WORDS: &str = include_str!("data/function-words.tsv");

/// Every function word, lower case, with the names of its classes as the file gives them.
pub fn entries() -> impl Iterator<Item = (&'static str, impl Iterator<Item = &'static str>)> {
    WORDS.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once('\t')).map(|(word, classes)| (word, classes.split(',')))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_is_sorted_and_unique() {
        let words: Vec<&str> = entries().map(|(word, _)| word).collect();
        assert!(words.windows(2).all(|pair| pair[0] < pair[1]));
    }
}
