//! Works that several papers cite.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use unicode_normalization::UnicodeNormalization;

use super::paper::{Cited, Paper};
use crate::record::Work;

/// A work and where it is cited.
#[derive(Debug, Clone)]
pub struct SharedWork {
    /// What its citations were matched by, the strongest of: `doi`, `url`, `author-title-year`, `number`.
    pub matched_by: &'static str,
    /// The value of that.
    pub key: String,
    /// (paper, citation in it), in order.
    pub cited: Vec<(usize, usize)>,
    /// Indices of the papers, in order.
    pub papers: Vec<usize>,
}

impl SharedWork {
    /// The citation with most fields, which stands for the work.
    #[must_use]
    pub fn representative<'a>(&self, papers: &'a [Paper]) -> Option<&'a Cited> {
        self.cited.iter().map(|&(paper, at)| &papers[paper].works[at]).max_by_key(|cited| (fields(&cited.work), std::cmp::Reverse(&cited.text)))
    }
}

fn fields(work: &Work) -> usize {
    [&work.title, &work.container_title, &work.publisher, &work.date, &work.url, &work.doi, &work.number].iter().filter(|field| field.is_some()).count()
        + usize::from(!work.authors.is_empty())
}

/// The works that at least two papers cite, those of most papers first.
#[must_use]
pub fn shared(papers: &[Paper]) -> Vec<SharedWork> {
    let cited: Vec<(usize, usize)> = papers.iter().enumerate().flat_map(|(paper, one)| (0..one.works.len()).map(move |at| (paper, at))).collect();
    let keys: Vec<Vec<(&'static str, String)>> = cited.iter().map(|&(paper, at)| keys(&papers[paper].works[at].work)).collect();
    let mut groups = Groups::new(cited.len());
    let mut first: HashMap<&(&'static str, String), usize> = HashMap::new();
    for (index, keys) in keys.iter().enumerate() {
        for key in keys {
            let other = *first.entry(key).or_insert(index);
            groups.join(index, other);
        }
    }
    let mut members: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for index in 0..cited.len() {
        members.entry(groups.root(index)).or_default().push(index);
    }
    let mut found: Vec<SharedWork> = members.into_values().filter_map(|members| work(&members, &cited, &keys)).collect();
    found.sort_by(|one, other| other.papers.len().cmp(&one.papers.len()).then_with(|| one.key.cmp(&other.key)));
    found
}

fn work(members: &[usize], cited: &[(usize, usize)], keys: &[Vec<(&'static str, String)>]) -> Option<SharedWork> {
    let papers: BTreeSet<usize> = members.iter().map(|&index| cited[index].0).collect();
    if papers.len() < 2 {
        return None;
    }
    let mut times: BTreeMap<&(&'static str, String), usize> = BTreeMap::new();
    members.iter().flat_map(|&index| &keys[index]).for_each(|key| *times.entry(key).or_default() += 1);
    // The strongest key that two citations share names the work.
    let strength = |name: &str| ORDER.iter().position(|&known| known == name);
    let (matched_by, key) = times.into_iter().filter(|(_, times)| *times > 1).map(|(key, _)| key).min_by_key(|key| (strength(key.0), &key.1))?;
    Some(SharedWork { matched_by, key: key.clone(), cited: members.iter().map(|&index| cited[index]).collect(), papers: papers.into_iter().collect() })
}

/// The strongest first.
const ORDER: [&str; 4] = ["doi", "url", "author-title-year", "number"];

/// What identifies a work. A title of one word, or one without author and year, identifies nothing.
fn keys(work: &Work) -> Vec<(&'static str, String)> {
    let mut keys = Vec::new();
    if let Some(doi) = &work.doi {
        keys.push(("doi", doi.to_lowercase()));
    }
    if let Some(url) = work.url.as_deref().map(bare_url)
        && url.contains('/')
    {
        keys.push(("url", url));
    }
    let title = work.title.as_deref().map(folded).unwrap_or_default();
    let author = work.authors.first().map(|name| folded(&name.family.clone().unwrap_or_else(|| name.display())));
    let year = work.date.as_deref().and_then(|date| date.get(..4));
    if let Some(author) = author.filter(|_| title.contains(' ')) {
        keys.push(("author-title-year", format!("{author} {title} {}", year.unwrap_or("n.d."))));
    }
    if let Some(number) = work.number.as_deref().filter(|number| number.len() >= 5 && number.contains(|c: char| c.is_ascii_digit())) {
        keys.push(("number", folded(number)));
    }
    keys
}

/// A URL without scheme, "www.", fragment and closing slash, in lower case.
fn bare_url(url: &str) -> String {
    let url = url.to_lowercase();
    let url = url.split('#').next().unwrap_or_default();
    let url = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://")).unwrap_or(url);
    url.strip_prefix("www.").unwrap_or(url).trim_end_matches('/').to_owned()
}

/// Lower case, no accents, words separated by one space.
pub(super) fn folded(text: &str) -> String {
    let plain: String = text.nfkd().filter(|c| !unicode_normalization::char::is_combining_mark(*c)).collect::<String>().to_lowercase();
    plain.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Disjoint sets; the smallest member is the root, so that the result does not depend on the order of joining.
struct Groups(Vec<usize>);

impl Groups {
    fn new(len: usize) -> Self {
        Self((0..len).collect())
    }

    fn root(&mut self, mut index: usize) -> usize {
        while self.0[index] != index {
            self.0[index] = self.0[self.0[index]];
            index = self.0[index];
        }
        index
    }

    fn join(&mut self, one: usize, other: usize) {
        let (one, other) = (self.root(one), self.root(other));
        self.0[one.max(other)] = one.min(other);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::Name;

    fn citing(id: &str, work: Work) -> Paper {
        Paper { id: id.to_owned(), works: vec![Cited { id: "c-1".to_owned(), text: String::new(), work }], ..Paper::default() }
    }

    #[test]
    fn matches_by_url_and_by_author_title_and_year() {
        let title = |title: &str| Work {
            authors: vec![Name::person("Okoye", None)],
            title: Some(title.to_owned()),
            date: Some("2021-03".to_owned()),
            ..Work::default()
        };
        let with_url = Work { url: Some("https://www.example.org/cables/".to_owned()), ..title("Cables at Risk") };
        let only_url = Work { url: Some("http://example.org/cables".to_owned()), ..Work::default() };
        let papers = [citing("a", with_url), citing("b", only_url), citing("c", title("Cables at risk")), citing("d", title("Another One"))];
        let found = shared(&papers);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].papers, [0, 1, 2]);
        assert_eq!(found[0].matched_by, "url");
    }

    #[test]
    fn a_bare_host_identifies_no_work() {
        let work = || Work { url: Some("https://example.org".to_owned()), ..Work::default() };
        assert!(shared(&[citing("a", work()), citing("b", work())]).is_empty());
    }
}
