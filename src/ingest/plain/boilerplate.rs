//! What a web page adds to a paper: lines that are links.

use rustc_hash::FxHashSet as HashSet;
use std::sync::LazyLock;

/// Whole lines that are links or buttons, in lower case without final punctuation; see the file.
static LINKS: LazyLock<HashSet<&'static str>> = LazyLock::new(|| include_str!("links.txt").lines().filter(|line| !line.starts_with('#')).collect());

/// True if the line is nothing but a link or a button of a web page.
#[must_use]
pub fn is_link(text: &str) -> bool {
    if is_trail(text) {
        return true;
    }
    if text.len() > 40 {
        return false;
    }
    let bare = text.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    LINKS.contains(bare.as_str())
        || bare.starts_with("listen to this article")
        || bare.contains(' ') && bare.split_whitespace().all(|word| LINKS.contains(word))
}

/// True for a line of the banner over every page of the United States government.
#[must_use]
pub fn is_banner(text: &str) -> bool {
    const LINES: [&str; 5] = [
        "An official website of the United States",
        "Here’s how you know",
        "Here's how you know",
        "Official websites use .gov",
        "Secure .gov websites use HTTPS",
    ];
    text.len() <= 70 && LINES.iter().any(|line| text.starts_with(line)) || speaks_to_browser(text)
}

/// "Please enable JavaScript in your browser": what a page says of the program that shows it.
fn speaks_to_browser(text: &str) -> bool {
    text.len() <= 160 && text.contains("your browser") && ["If ", "Please ", "You ", "Your ", "Enable "].iter().any(|lead| text.starts_with(lead))
}

/// "Home » Research » Trade": where a page stands in its site.
fn is_trail(text: &str) -> bool {
    text.len() < 200 && text.strip_prefix("Home ").is_some_and(|rest| rest.starts_with(['»', '›', '>', '/', '|']))
}

/// The length of a link's words that stand glued before a heading ("READ NOWAbout the Author"): where the next word begins. None if there is no such thing.
#[must_use]
pub fn glued_link(text: &str) -> Option<usize> {
    const FURTHEST: usize = 40;
    let head = &text.as_bytes()[..text.len().min(FURTHEST + 1)];
    let is_glued = |three: &[u8]| !char::from(three[0]).is_whitespace() && three[1].is_ascii_uppercase() && three[2].is_ascii_lowercase();
    if head.is_ascii() && !head.windows(3).any(is_glued) {
        return None;
    }
    let end = text.char_indices().map(|(at, _)| at).take(FURTHEST).skip(3).find(|&at| {
        let (before, after) = text.split_at(at);
        after.starts_with(char::is_uppercase)
            && after.chars().nth(1).is_some_and(char::is_lowercase)
            && !before.ends_with(char::is_whitespace)
            && is_link(before)
    })?;
    Some(end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_are_sorted_and_lower_case() {
        let lines: Vec<&str> = include_str!("links.txt").lines().filter(|line| !line.starts_with('#')).collect();
        let mut sorted = lines.clone();
        sorted.sort_unstable();
        sorted.dedup();
        assert_eq!(lines, sorted);
        assert!(lines.iter().all(|line| line.to_lowercase() == *line));
    }

    #[test]
    fn knows_what_a_page_says_of_the_browser() {
        assert!(is_banner("If your browser shows no pictures, please load the page again"));
        assert!(!is_banner("Browser choice") && !is_banner("Rules for your browser"));
    }

    #[test]
    fn knows_trails_of_links() {
        assert!(is_link("Home » Research » Trade in the western provinces"));
        assert!(is_link("Share Tweet Print"));
        assert!(is_link("Listen to this article (4 min)"));
        assert!(!is_link("Home is where the work is"));
    }

    #[test]
    fn knows_the_banner() {
        assert!(is_banner("Official websites use .gov") && !is_banner("Official websites of ports"));
    }

    #[test]
    fn finds_a_link_glued_to_a_heading() {
        assert_eq!(glued_link("READ NOWAbout the Author"), Some(8));
        assert_eq!(glued_link("Download PDFExecutive Summary"), Some(12));
        assert_eq!(glued_link("About the Author"), None);
    }
}
