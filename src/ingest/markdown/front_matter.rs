//! The block of metadata at the head of a Markdown file, YAML or TOML: title, authors, date, publisher.

use crate::document::Metadata;
use crate::ingest::{date, date_line};

/// The front matter's content and where the document goes on. None if the text has none.
#[must_use]
pub fn split(source: &str) -> Option<(&str, usize)> {
    let fence =
        ["---", "+++"].into_iter().find(|fence| source.strip_prefix(fence).is_some_and(|rest| rest.trim_start_matches([' ', '\t']).starts_with('\n')))?;
    let start = source.find('\n')? + 1;
    let mut at = start;
    for line in source.get(start..)?.split_inclusive('\n').take(400) {
        let end = at + line.len();
        if line.trim_end() == fence || fence == "---" && line.trim_end() == "..." {
            let content = &source[start..at];
            // A thematic break at the head of a text is no front matter: there are keys in it.
            return content.lines().any(|line| key_value(line).is_some()).then_some((content, end));
        }
        at = end;
    }
    None
}

/// Reads what is of use; keys of other meaning are passed over.
pub fn read(content: &str, metadata: &mut Metadata) {
    let mut lines = content.lines().peekable();
    while let Some(line) = lines.next() {
        let Some((key, value)) = key_value(line) else { continue };
        let mut values = Vec::new();
        let mut folded = unquoted(value).to_owned();
        if matches!(folded.as_str(), "|" | ">" | ">-" | "|-") {
            folded.clear();
        }
        while let Some(more) = lines.next_if(|more| more.starts_with([' ', '\t']) || more.trim_start().starts_with("- ")) {
            let more = more.trim();
            match more.strip_prefix("- ") {
                Some(item) => values.push(item_name(item).to_owned()),
                None if more.starts_with(|c: char| c.is_ascii_lowercase()) && key_value(more).is_some() && !values.is_empty() => {}
                None => {
                    if !folded.is_empty() {
                        folded.push(' ');
                    }
                    folded.push_str(unquoted(more));
                }
            }
        }
        if values.is_empty() {
            values = listed(&folded);
        }
        take(key, &folded, values, metadata);
    }
}

fn take(key: &str, text: &str, values: Vec<String>, metadata: &mut Metadata) {
    let set = |field: &mut Option<String>| {
        if field.is_none() && !text.is_empty() {
            *field = Some(text.to_owned());
        }
    };
    match key.to_ascii_lowercase().as_str() {
        "title" => set(&mut metadata.title),
        "subtitle" => set(&mut metadata.subtitle),
        "author" | "authors" | "by" if metadata.authors.is_empty() => metadata.authors = values,
        "publisher" | "institution" | "organization" | "organisation" => set(&mut metadata.publisher),
        "lang" | "language" => set(&mut metadata.language),
        "date" | "published" | "publishdate" | "publish_date" | "pubdate" | "publication_date" | "date_published" if metadata.date.is_none() => {
            metadata.date = date::iso(text).or_else(|| date_line::parse_line(text));
        }
        _ => {}
    }
}

/// `key: value` or `key = value`.
fn key_value(line: &str) -> Option<(&str, &str)> {
    let at = line.find([':', '='])?;
    let key = line[..at].trim();
    let fits = !key.is_empty() && key.len() <= 40 && key.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-')) && !line.starts_with([' ', '\t', '-']);
    fits.then(|| (key, line[at + 1..].trim()))
}

fn unquoted(text: &str) -> &str {
    let text = text.trim();
    for quote in ['"', '\''] {
        if let Some(inner) = text.strip_prefix(quote).and_then(|rest| rest.strip_suffix(quote)) {
            return inner;
        }
    }
    text
}

/// The name in an item of a list: "Jane Doe" or "name: Jane Doe".
fn item_name(item: &str) -> &str {
    unquoted(item.strip_prefix("name:").unwrap_or(item))
}

/// `[a, b]`, "a, b and c", or one value.
fn listed(text: &str) -> Vec<String> {
    let inner = text.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or(text);
    inner
        .split(',')
        .flat_map(|part| part.split(" and "))
        .map(|part| unquoted(part.trim().trim_start_matches("and ")).to_owned())
        .filter(|part| !part.is_empty())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_yaml() {
        let source = "---\ntitle: \"Rivers: a plan\"\nauthors:\n  - Jane Doe\n  - name: John Roe\ndate: 2019-08-06T04:00:00.000+00:00\nexcerpt:\n  A text\n  folded.\n---\nText";
        let (content, end) = split(source).expect("front matter");
        let mut metadata = Metadata::default();
        read(content, &mut metadata);
        assert_eq!(&source[end..], "Text");
        assert_eq!(metadata.title.as_deref(), Some("Rivers: a plan"));
        assert_eq!(metadata.authors, ["Jane Doe", "John Roe"]);
        assert_eq!(metadata.date.as_deref(), Some("2019-08-06"));
    }

    #[test]
    fn reads_toml_and_spares_breaks() {
        let (content, _) = split("+++\ntitle = 'Rivers'\nauthor = [\"A B\", \"C D\"]\n+++\n").expect("front matter");
        let mut metadata = Metadata::default();
        read(content, &mut metadata);
        assert_eq!((metadata.title.as_deref(), metadata.authors.len()), (Some("Rivers"), 2));
        assert!(split("---\n\nText\n\n---\n").is_none());
    }
}
