//! Texts for the tests.

use std::fs;
use std::path::{Path, PathBuf};

const PAPER: &str = "\
# A Compact for Coastal Cities

By Ada Marlow and Tom Reyes

## Summary

Flooding costs coastal cities more every year. The European Union and Japan have begun to act.[^1]

## 1. What is at stake

Insurers left three provinces in 2021 (Marlow 2020). “We were not ready”, said the Minister for Housing.

## 2. Recommendations

1. The Ministry of Finance should create a flood fund by 2027.
2. City councils must publish their risk maps.
3. Do not build below the five-metre line.

The World Bank could lend where markets do not.[^2]

[^1]: OECD, *Cities and the Sea* (Paris: OECD, 2021), https://example.org/sea.
[^2]: Jane Smith, “Lending for Resilience,” Foreign Affairs, March 2022.
";

/// Writes `count` papers that differ, in Markdown and plain text, into a folder with subfolders.
pub fn write(folder: &Path, count: usize) -> Vec<PathBuf> {
    let write_one = |index: usize| {
        let extension = if index.is_multiple_of(3) { "txt" } else { "md" };
        let path = folder.join(format!("year-{}", 2020 + index % 3)).join(format!("paper-{index:03}.{extension}"));
        fs::create_dir_all(path.parent().expect("it has a folder")).expect("a folder can be made");
        let text = PAPER.repeat(1 + index % 4).replace("five-metre", &format!("{index}-metre"));
        fs::write(&path, text).expect("a file can be written");
        path
    };
    (0..count).map(write_one).collect()
}
