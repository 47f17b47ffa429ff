//! What a word can do in a reference, as bits that are told once for each token: the words that open or label its parts.
//!
//! A bit only says that the word is one of a list, in any case of ASCII letters; what stands beside it tells the rest.

/// Roles of a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Roles(u32);

impl Roles {
    pub const NONE: Self = Self(0);
    /// Words that lead to an address, a date of access, a status or a collection.
    pub const LEAD: Self = Self(1);
    /// How an address begins.
    pub const ADDRESS: Self = Self(1 << 1);
    pub const THESIS: Self = Self(1 << 2);
    /// "by", "prepared by".
    pub const BY: Self = Self(1 << 3);
    /// Editors and translators.
    pub const EDITOR: Self = Self(1 << 4);
    /// "(eds.)" after names.
    pub const EDITOR_MARK: Self = Self(1 << 5);
    /// "2nd ed.", "revised edition": the words before it.
    pub const EDITION: Self = Self(1 << 6);
    /// Words that say what a number is: "vol.", "pp.", "para.".
    pub const LOCATOR: Self = Self(1 << 7);
    pub const MONTH: Self = Self(1 << 8);
    pub const SEASON: Self = Self(1 << 9);
    /// How "n.d.", "in press" and their like begin.
    pub const UNDATED: Self = Self(1 << 10);
    /// Kinds of grey literature that are numbered, as the last word before the number.
    pub const SERIES: Self = Self(1 << 11);
    /// "No." before the number of a paper in a series.
    pub const NUMBER: Self = Self(1 << 12);
    /// Words before a number that are no part of the name of a periodical.
    pub const LABEL: Self = Self(1 << 13);
    /// Last words of names of organisations.
    pub const ORGANISATION: Self = Self(1 << 14);
    /// First words of names of places.
    pub const TOWN: Self = Self(1 << 15);
    /// First words of remarks on a work.
    pub const REMARK: Self = Self(1 << 16);
    /// Words that are no part of a name, where they are written as in [`super::name`].
    pub const NO_NAME: Self = Self(1 << 17);
    /// Numbers of documents follow, no issues.
    pub const DOCUMENT: Self = Self(1 << 18);
    /// The first word of a known name of a periodical, publisher or place, of an organisation or public body.
    pub const NAME: Self = Self(1 << 19);

    /// Any role that a word has inside a text, where no border stands before it.
    pub const INNER: Self = Self(Self::ADDRESS.0 | Self::EDITOR.0 | Self::EDITION.0 | Self::LOCATOR.0 | Self::MONTH.0);

    pub fn has(self, role: Self) -> bool {
        self.0 & role.0 != 0
    }

    pub const fn with(self, role: Self) -> Self {
        Self(self.0 | role.0)
    }
}

/// The words of each role.
pub(super) const WORDS: [(Roles, &[&str]); 18] = [
    (
        Roles::LEAD,
        &[
            "last",
            "date",
            "first",
            "as",
            "accessed",
            "visited",
            "viewed",
            "consulted",
            "retrieved",
            "access",
            "available",
            "online",
            "url",
            "link",
            "website",
            "web",
            "adopted",
            "signed",
            "concluded",
            "ratified",
            "effective",
            "promulgated",
            "dated",
            "opened",
            "entered",
            "at",
            "from",
            "see",
            "via",
            "issn",
            "isbn",
            "pmid",
            "pmcid",
            "epub",
            "pubmed",
            "eissn",
            "in",
        ],
    ),
    (Roles::ADDRESS, &["http", "https", "ftp", "www", "doi", "arxiv", "ttps"]),
    (Roles::THESIS, &["ph", "phd", "unpublished", "doctoral", "master", "master's", "masters", "unpubl"]),
    (Roles::BY, &["by", "coordinated", "prepared", "written"]),
    (Roles::EDITOR, &["ed", "eds", "edited", "editor", "editors", "trans", "transl", "translated", "hrsg", "dir", "tr"]),
    (Roles::EDITOR_MARK, &["ed", "eds", "editor", "editors", "hrsg", "dir", "dirs"]),
    (
        Roles::EDITION,
        &["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "revised", "rev", "updated", "expanded", "new"],
    ),
    (
        Roles::LOCATOR,
        &[
            "vol",
            "vols",
            "volume",
            "v",
            "band",
            "bd",
            "tome",
            "no",
            "nos",
            "number",
            "issue",
            "iss",
            "nr",
            "num",
            "n",
            "issues",
            "p",
            "pp",
            "pages",
            "page",
            "pg",
            "pgs",
            "ff",
            "s",
            "col",
            "cols",
            "fol",
            "at",
            "here",
            "especially",
            "esp",
            "para",
            "paras",
            "par",
            "paragraph",
            "paragraphs",
            "ch",
            "chap",
            "chapter",
            "sec",
            "section",
            "art",
            "article",
            "fn",
            "rec",
            "recs",
            "annex",
            "table",
            "figure",
            "box",
        ],
    ),
    (Roles::SEASON, &["spring", "summer", "autumn", "fall", "winter", "michaelmas", "hilary", "trinity"]),
    (Roles::UNDATED, &["n", "undated", "forthcoming", "nd", "no", "date", "in"]),
    (
        Roles::SERIES,
        &[
            "report",
            "reports",
            "paper",
            "papers",
            "note",
            "notes",
            "brief",
            "briefs",
            "memorandum",
            "memo",
            "bulletin",
            "circular",
            "rep",
            "publication",
            "monograph",
            "study",
            "series",
            "backgrounder",
            "handbook",
            "document",
            "working-paper",
        ],
    ),
    (Roles::NUMBER, &["no", "nos", "nr", "number", "n"]),
    (
        Roles::LABEL,
        &[
            "vol", "vols", "no", "nos", "nr", "pp", "p", "pt", "pts", "ch", "chap", "art", "arts", "sec", "secs", "para", "paras", "fig", "figs", "ed", "eds",
            "rep", "univ", "dept", "inc", "ltd", "corp", "jr", "sr", "st", "dr", "prof", "mr", "mrs", "ms", "cf", "doc", "ex", "exec", "pub", "tech", "iss",
            "aufl", "hrsg", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec", "approx",
        ],
    ),
    (
        Roles::ORGANISATION,
        &["international", "watch", "initiative", "alliance", "coalition", "network", "trust", "league", "campaign", "federation", "partnership", "fund"],
    ),
    (Roles::TOWN, &["port", "san", "santa", "saint", "st", "new", "cape", "fort", "mount", "los", "las", "el", "puerto", "rio"]),
    (Roles::REMARK, &["printed", "translated", "reprint", "reprinted", "abstract", "english", "summary", "forthcoming", "unpublished"]),
    (
        Roles::NO_NAME,
        &["speech", "remarks", "keynote", "testimony", "statement", "interview", "tweet", "decree", "letter", "memorandum", "jr", "sr", "no", "nos"],
    ),
    (Roles::DOCUMENT, &["comment", "recommendation", "resolution", "convention", "protocol", "decision", "directive"]),
];

#[cfg(test)]
mod tests {
    use super::super::lexicon;
    use super::*;

    #[test]
    fn words_are_found_in_any_case() {
        assert!(lexicon::entry("Vols").roles.has(Roles::LOCATOR) && lexicon::entry("EDS").roles.has(Roles::EDITOR));
        assert!(lexicon::entry("Working-Paper").roles.has(Roles::SERIES) && lexicon::entry("Master’s").roles.has(Roles::THESIS));
        assert_eq!(lexicon::entry("harbour").roles, Roles::NONE);
        assert_eq!(lexicon::entry("M\u{e4}rz").month, 3);
    }

    #[test]
    fn roles_are_of_ascii_words_but_for_the_apostrophe() {
        // The sign of the unit Kelvin is a small k in lower case, but no letter of the lists.
        assert_eq!(lexicon::entry("\u{212a}eynote").roles, Roles::NONE);
        assert!(WORDS.iter().all(|(_, words)| words.iter().all(|word| word.is_ascii() && word.len() <= 16)));
    }
}
