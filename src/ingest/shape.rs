//! What a short stretch of text looks like: its case, its end, its words. Used to tell headings, bylines and lines of tables from prose.

/// Counts over the words of a text.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Shape {
    /// Words that hold a letter.
    pub words: usize,
    /// Words that begin with a capital letter.
    pub capitalised: usize,
    /// Words in lower case that a title would capitalise.
    pub lower: usize,
    /// No letter is in lower case, and there are at least two letters.
    pub all_capitals: bool,
    pub letters: usize,
    pub digits: usize,
}

impl Shape {
    /// Counts over `text`, which should be short.
    #[must_use]
    pub fn of(text: &str) -> Self {
        let mut shape = Self::default();
        let mut any_lower = false;
        if text.is_ascii() && text.len() <= LONGEST_COUNTED {
            any_lower = shape.add_all_ascii(text.as_bytes());
        } else {
            for word in text.split_whitespace() {
                any_lower |= shape.add(word);
            }
        }
        shape.all_capitals = shape.letters >= 2 && !any_lower;
        shape
    }

    /// Counts a word. True if a letter in it is in lower case.
    fn add(&mut self, word: &str) -> bool {
        if word.is_ascii() && word.len() <= LONGEST_COUNTED {
            return self.add_all_ascii(word.as_bytes());
        }
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
        let Some(first) = bare.chars().next() else { return false };
        let mut any_lower = false;
        let mut letters = 0;
        for c in bare.chars() {
            letters += usize::from(c.is_alphabetic());
            self.digits += usize::from(c.is_ascii_digit());
            any_lower |= c.is_lowercase();
        }
        self.letters += letters;
        if letters > 0 {
            self.words += 1;
            self.capitalised += usize::from(first.is_uppercase());
            self.lower += usize::from(first.is_lowercase() && !is_small(bare.as_bytes()));
        }
        any_lower
    }

    /// [`add`](Self::add) for all words of a text in ASCII.
    fn add_all_ascii(&mut self, text: &[u8]) -> bool {
        let mut any_lower = false;
        let (mut start, mut counts) = (0, 0);
        for (at, &byte) in text.iter().enumerate() {
            let adds = COUNTED_AS[usize::from(byte)];
            if adds == SPACE {
                any_lower |= self.add_counted(&text[start..at], counts);
                (start, counts) = (at + 1, 0);
            } else {
                counts += adds;
            }
        }
        any_lower | self.add_counted(&text[start..], counts)
    }

    /// Adds a word in ASCII with the sum of what its bytes are counted as.
    fn add_counted(&mut self, word: &[u8], counts: u64) -> bool {
        let (upper, lower) = ((counts & COUNT) as usize, (counts >> LOWER & COUNT) as usize);
        self.digits += (counts >> DIGITS) as usize;
        if upper + lower == 0 {
            return false;
        }
        self.letters += upper + lower;
        self.words += 1;
        let start = word.iter().position(u8::is_ascii_alphanumeric).unwrap_or_default();
        let end = word.iter().rposition(u8::is_ascii_alphanumeric).unwrap_or_default();
        let bare = &word[start..=end];
        let first = bare[0];
        self.capitalised += usize::from(first.is_ascii_uppercase());
        self.lower += usize::from(first.is_ascii_lowercase() && !is_small(bare));
        lower > 0
    }

    /// Capitals as in a title: nearly all words that a title would capitalise are.
    #[must_use]
    pub fn is_title_case(&self) -> bool {
        self.capitalised > 0 && self.lower * 4 <= self.capitalised
    }
}

/// What white space is counted as.
const SPACE: u64 = u64::MAX;

/// Where the counts of small letters and of digits stand in a sum of all three, and the bits of one count.
const LOWER: u32 = 21;
const DIGITS: u32 = 42;
const COUNT: u64 = (1 << LOWER) - 1;
/// So many bytes fit the parts of a sum.
const LONGEST_COUNTED: usize = 1 << 20;

/// What each byte adds to such a sum.
const COUNTED_AS: [u64; 256] = {
    let mut table = [0; 256];
    let mut byte = 0u8;
    while byte < 128 {
        table[byte as usize] = if byte.is_ascii_uppercase() {
            1
        } else if byte.is_ascii_lowercase() {
            1 << LOWER
        } else if byte.is_ascii_digit() {
            1 << DIGITS
        } else if matches!(byte, b'\t'..=b'\r' | b' ') {
            SPACE
        } else {
            0
        };
        byte += 1;
    }
    table
};

/// True if the text has at least two letters and none is in lower case, as [`Shape::all_capitals`] tells.
#[must_use]
pub fn is_capitals(text: &str) -> bool {
    let mut letters = 0;
    for c in text.chars() {
        if c.is_lowercase() {
            return false;
        }
        letters += usize::from(c.is_alphabetic());
    }
    letters >= 2
}

/// True for words that stay in lower case inside a title.
pub(crate) fn is_small(word: &[u8]) -> bool {
    match word.len() {
        1 => matches!(word, b"a" | b"v"),
        2 => matches!(word, b"an" | b"of" | b"or" | b"to" | b"in" | b"on" | b"at" | b"by" | b"as" | b"vs" | b"is" | b"be" | b"so" | b"de"),
        3 => matches!(word, b"the" | b"and" | b"for" | b"via" | b"per" | b"its" | b"are" | b"but" | b"nor" | b"yet"),
        4 => matches!(word, b"with" | b"from" | b"into" | b"over"),
        5 => matches!(word, b"under" | b"among" | b"about" | b"after" | b"their"),
        6 => matches!(word, b"before" | b"during" | b"toward" | b"within"),
        7 => matches!(word, b"between" | b"through" | b"against" | b"towards" | b"without"),
        _ => false,
    }
}

/// True if the text ends as a sentence does, closing quotation marks and brackets aside.
#[must_use]
pub fn ends_sentence(text: &str) -> bool {
    let text = text.trim_end_matches(|c: char| is_closing(c) || c.is_whitespace());
    text.ends_with(['.', '!', '?', '…', ';', ':'])
}

/// True if the text ends with a full stop (not an abbreviation's, as far as the last word shows), a semicolon or a comma.
#[must_use]
pub fn ends_with_stop(text: &str) -> bool {
    let text = text.trim_end_matches(|c: char| is_closing(c) || c.is_whitespace());
    if text.ends_with([';', ',']) {
        return true;
    }
    // "U.S." and "Inc." may end a title.
    let Some(before) = text.strip_suffix('.') else { return false };
    let last = before.rsplit(char::is_whitespace).next().unwrap_or_default();
    let is_abbreviation =
        last.contains('.') && last.split('.').all(|part| part.chars().count() <= 2) || matches!(last, "Inc" | "Ltd" | "Co" | "Corp" | "Jr" | "Sr" | "al");
    !is_abbreviation
}

/// Closing quotation marks and brackets.
#[must_use]
pub fn is_closing(c: char) -> bool {
    matches!(c, '"' | '\'' | '”' | '’' | '»' | ')' | ']')
}

/// True if the last word is one that cannot end a phrase ("of", "the", "and").
#[must_use]
pub fn ends_open(text: &str) -> bool {
    let last = text.rsplit(char::is_whitespace).next().unwrap_or_default();
    let open = [
        "a", "an", "the", "of", "and", "or", "for", "to", "in", "on", "at", "by", "with", "from", "as", "that", "which", "is", "are", "was", "were", "be",
        "its", "their", "this", "these", "our", "&", "between", "than",
    ];
    last.ends_with([',', '–', '—', '/']) || open.iter().any(|word| last.eq_ignore_ascii_case(word))
}

/// True for a line that names persons and nothing else: "Anna B. Smith, John Doe and Mary Miller". A single name counts only with an initial, a
/// title or a degree, since two capitalised words may be anything.
#[must_use]
pub fn is_list_of_names(text: &str) -> bool {
    if text.len() > 250 || text.ends_with(['.', '?', '!', ':']) || text.split_ascii_whitespace().take(FIRST_WORDS).any(is_in_no_name) {
        return false;
    }
    let mut names = 0;
    let mut marked = false;
    for chunk in text.split([',', ';', '&', '|']).flat_map(split_at_and) {
        let chunk = chunk.trim().trim_start_matches("and ");
        if chunk.is_empty() {
            continue;
        }
        if is_degree(chunk) {
            marked = true;
            continue;
        }
        let Some(has_initial) = person_name(chunk) else { return false };
        marked |= has_initial;
        names += 1;
    }
    names >= 2 && (marked || names >= 3 || text.contains(" and ") && !text.to_ascii_lowercase().contains("policy")) && no_common_noun(text)
        || names == 1 && marked
}

/// The words of a line that are looked at to tell soon that it names no persons.
const FIRST_WORDS: usize = 6;

/// True for words that stand in no list of names: numbers, and words in small letters but those that stand between names and in them.
fn is_in_no_name(word: &str) -> bool {
    let bytes = word.as_bytes();
    let letters = bytes.iter().take_while(|byte| byte.is_ascii_lowercase()).count();
    let Some((lower, rest)) = bytes.split_at_checked(letters).filter(|(lower, _)| !lower.is_empty()) else {
        return bytes.first().is_some_and(u8::is_ascii_digit);
    };
    match rest.first() {
        None | Some(b',' | b';' | b'&' | b'|') => !(is_particle(&word[..letters]) || matches!(lower, b"and" | b"et")),
        Some(b'.') => lower != b"al",
        // White space of other kinds may end the word here.
        Some(byte) => byte.is_ascii_graphic(),
    }
}

/// Words in small letters that are part of names.
fn is_particle(word: &str) -> bool {
    matches!(word, "de" | "van" | "von" | "der" | "den" | "del" | "da" | "di" | "la" | "le" | "al" | "bin" | "el" | "du" | "dos" | "ter")
}

/// The parts of a text between " and ".
fn split_at_and(text: &str) -> impl Iterator<Item = &str> {
    const AND: &str = " and ";
    let mut rest = Some(text);
    std::iter::from_fn(move || {
        let text = rest?;
        let at = memchr::memchr_iter(b' ', text.as_bytes()).find(|&at| text.as_bytes()[at..].starts_with(AND.as_bytes()));
        rest = at.map(|at| &text[at + AND.len()..]);
        Some(at.map_or(text, |at| &text[..at]))
    })
}

/// True for two or three words that may be a person's name and nothing else; whether they are one, their place has to tell.
#[must_use]
pub fn may_be_name(text: &str) -> bool {
    text.len() <= 40 && text.split(' ').count() <= 3 && person_name(text).is_some() && no_common_noun(text)
}

/// Words that occur in titles and institutions and in no name.
fn no_common_noun(text: &str) -> bool {
    const NOUNS: [&str; 48] = [
        "policy",
        "security",
        "economic",
        "economy",
        "trade",
        "energy",
        "climate",
        "health",
        "education",
        "research",
        "development",
        "governance",
        "international",
        "national",
        "global",
        "public",
        "social",
        "law",
        "government",
        "report",
        "brief",
        "paper",
        "program",
        "programme",
        "institute",
        "center",
        "centre",
        "university",
        "council",
        "committee",
        "department",
        "office",
        "ministry",
        "challenges",
        "risks",
        "opportunities",
        "findings",
        "recommendations",
        "conclusion",
        "analysis",
        "future",
        "rights",
        "finance",
        "technology",
        "defense",
        "defence",
        "society",
        "methods",
    ];
    !text.split(|c: char| !c.is_alphabetic()).any(|word| NOUNS.iter().any(|noun| word.eq_ignore_ascii_case(noun)))
}

fn is_degree(text: &str) -> bool {
    matches!(
        text,
        "PhD"
            | "Ph.D."
            | "Ph.D"
            | "MD"
            | "M.D."
            | "JD"
            | "J.D."
            | "Jr."
            | "Jr"
            | "Sr."
            | "MPH"
            | "MA"
            | "MPA"
            | "MSc"
            | "II"
            | "III"
            | "IV"
            | "et al."
            | "et al"
    )
}

/// Whether a text can be a person's name, and if so whether an initial or a title shows that it is one.
fn person_name(text: &str) -> Option<bool> {
    let mut words = 0;
    let mut marked = false;
    for word in text.split_whitespace() {
        let bare = word.trim_end_matches('.');
        if matches!(bare, "Dr" | "Prof" | "Professor" | "Sir" | "Dame" | "Lord" | "Lady" | "Mr" | "Mrs" | "Ms" | "Hon") {
            marked = true;
            continue;
        }
        if is_particle(word) {
            continue;
        }
        let is_initial =
            bare.chars().all(|c| c.is_uppercase() || c == '.' || c == '-') && bare.chars().filter(|c| c.is_uppercase()).count() <= 3 && word.ends_with('.')
                || bare.chars().count() == 1;
        if is_initial && bare.starts_with(char::is_uppercase) {
            marked = true;
            words += 1;
            continue;
        }
        let mut chars = bare.chars();
        let fits = chars.next().is_some_and(char::is_uppercase) && chars.all(|c| c.is_alphabetic() || matches!(c, '-' | '\'' | '’' | '‐'));
        if !fits || bare.chars().count() < 2 {
            return None;
        }
        words += 1;
    }
    (2..=5).contains(&words).then_some(marked)
}

/// True for a line with the parts that an entry of a reference list has and a heading has not: initials among commas, "et al", "pp. 3", a year with a volume.
#[must_use]
pub fn is_reference(text: &str) -> bool {
    let mut words = text.split_whitespace().peekable();
    let (mut initials, mut names, mut years, mut numbers) = (0, 0, 0, 0);
    let mut before = "";
    while let Some(word) = words.next() {
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
        let followed = words.peek().copied().unwrap_or_default();
        let counts = followed.starts_with(|c: char| c.is_ascii_digit());
        if matches!(bare, "al" | "alii") && before == "et" || matches!(bare, "vol" | "Vol" | "pp" | "p" | "no" | "No") && word.ends_with('.') && counts {
            return true;
        }
        // "216: 576–582"
        let located = word.ends_with(':') && bare.bytes().all(|b| b.is_ascii_digit()) && counts && followed.contains(['-', '–']);
        if located {
            return true;
        }
        let is_initial = bare.starts_with(char::is_uppercase)
            && (bare.chars().count() == 1 || bare.chars().count() <= 7 && bare.split(['.', '-']).all(|part| part.chars().count() == 1));
        initials += usize::from(is_initial && word.contains('.') && !followed.is_empty());
        names += usize::from(is_initial && before.ends_with(',') || bare.ends_with(char::is_alphabetic) && word.ends_with(','));
        if bare.starts_with(|c: char| c.is_ascii_digit()) {
            let is_year = bare.get(..4).is_some_and(|year| year.bytes().all(|b| b.is_ascii_digit()) && (year.starts_with("19") || year.starts_with("20")))
                && bare.len() <= 5;
            years += usize::from(is_year);
            numbers += usize::from(!is_year);
        }
        before = bare_or(word, bare);
    }
    initials >= 1 && names >= 1 || initials >= 2 || years >= 1 && numbers >= 1 && names >= 1 || years >= 1 && numbers >= 2
}

/// A word with its final comma, or without any sign if it has none.
fn bare_or<'a>(word: &'a str, bare: &'a str) -> &'a str {
    if word.ends_with(',') { word } else { bare }
}

/// True for a line that is a date and little else: "May 2022", "12 February 2022", "2022-02-12".
#[must_use]
pub fn is_date_line(text: &str) -> bool {
    text.len() <= 60 && super::date_line::parse_line(text).is_some()
}

/// Words that are all set far apart, as some extractors of PDF text write them: wide gaps then divide no columns.
#[must_use]
pub fn is_spaced_out(text: &str) -> bool {
    const FEWEST: usize = 6;
    let (mut gaps, mut wide) = (0, 0);
    for run in text.split(|c: char| c != ' ').map(str::len).filter(|&length| length > 0) {
        gaps += 1;
        wide += usize::from(run >= 3);
    }
    wide >= FEWEST && wide * 3 >= gaps * 2
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_words_set_far_apart() {
        assert!(is_spaced_out("The   United   States   now   produces   more   oil   than   Saudi   Arabia"));
        assert!(!is_spaced_out("Ministry of Trade      Republic of Norland      12 May 2020"));
    }

    #[test]
    fn tells_title_case() {
        assert!(Shape::of("The Need for More Diverse Voices").is_title_case());
        assert!(!Shape::of("The need for more diverse voices").is_title_case());
        for text in ["HOW TO DO IT", "How to do it", "A", "A B", "12", "ÜBER 3", "ª ª", "ⓐ A B", "— A. Ǆ"] {
            assert_eq!(is_capitals(text), Shape::of(text).all_capitals, "{text}");
        }
        assert!(is_capitals("HOW TO DO IT"));
    }

    #[test]
    fn tells_names_from_titles() {
        assert!(is_list_of_names("Anna B. Smith , John Doe , and Mary Miller"));
        assert!(is_list_of_names("Dr. Jane Doe"));
        assert_eq!(split_at_and("Jane Doe and John Roe and and ").collect::<Vec<_>>(), ["Jane Doe", "John Roe", "and "]);
        assert_eq!(split_at_and("Jane Doe").collect::<Vec<_>>(), ["Jane Doe"]);
        assert!(!is_list_of_names("Trade Policy and Economic Security"));
        assert!(!is_list_of_names("Key Concerns"));
        assert!(!is_list_of_names("The rivers of the north"));
        for name in ["Ann B. van der Berg", "Ann B. de\u{a0}la Cruz", "Jane Doe et al., Ann Lee", "Dr. Jane von Doe,PhD"] {
            assert!(!name.split_ascii_whitespace().any(is_in_no_name), "{name}");
        }
        assert!(is_list_of_names("Ann B. van der Berg"));
    }

    #[test]
    fn tells_references_from_headings() {
        for text in [
            "Dopita, M. A., & Sutherland, R. S. 2000, ApJ, 539, 742",
            "V. Balkanov et al. Astropart. Phys. 12 (1999) 75",
            "TRANSPLANTATION Vol. 76, 387–394, July 27, 2003",
            "J. Cell. Physiol. 216: 576–582",
            "Rivers of the North 2008, 2, 47-54",
        ] {
            assert!(is_reference(text), "{text}");
        }
        for text in ["Annex 2: Data for 2020", "A. Introduction", "Outcomes in Ghana, 2015–2020", "About the Author", "Appendix B. Members of the panel"] {
            assert!(!is_reference(text), "{text}");
        }
    }

    #[test]
    fn knows_ends() {
        assert!(ends_with_stop("The end."));
        assert!(!ends_with_stop("Relations with the U.S."));
        assert!(ends_open("the state of"));
    }
}
