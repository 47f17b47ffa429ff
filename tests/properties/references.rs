//! Properties of the reader of single references: what it gives lies in the string, whatever the string; what the usual styles print is read back.

use policylens::extract::citation::{parse, split};
use policylens::record::Work;
use proptest::prelude::*;

/// The fields that are words of the string, as cleaned.
fn fields(work: &Work) -> impl Iterator<Item = (&'static str, &str)> {
    let fields = [
        ("title", &work.title),
        ("container title", &work.container_title),
        ("publisher", &work.publisher),
        ("place", &work.place),
        ("volume", &work.volume),
        ("issue", &work.issue),
        ("pages", &work.pages),
        ("edition", &work.edition),
        ("pinpoint", &work.pinpoint),
    ];
    let names = work.authors.iter().chain(&work.editors).flat_map(|name| [&name.family, &name.given, &name.literal]);
    fields.into_iter().filter_map(|(name, value)| Some((name, value.as_deref()?))).chain(names.filter_map(|part| Some(("name", part.as_deref()?))))
}

/// True if the characters of `part` stand in `whole` in this order; clean-up only takes away.
fn stands_in(part: &str, whole: &str) -> bool {
    let mut source = whole.chars();
    part.chars().filter(|c| !c.is_whitespace()).all(|c| source.any(|other| other == c))
}

fn check(text: &str) {
    let parsed = parse(text);
    assert!(parsed.start <= parsed.end && parsed.end <= text.len(), "{text:?}");
    assert!(text.is_char_boundary(parsed.start) && text.is_char_boundary(parsed.end), "{text:?}");
    assert!((0.0..=1.0).contains(&parsed.confidence), "{text:?}");
    let mut at = 0;
    for segment in &parsed.segments {
        assert!(at <= segment.start && segment.start <= segment.end && segment.end <= text.len(), "{text:?}: {segment:?}");
        assert_eq!(text.get(segment.start..segment.end), Some(segment.text.as_str()), "{text:?}");
        at = segment.start;
    }
    for (name, value) in fields(&parsed.work) {
        assert!(!value.trim().is_empty() && stands_in(value, text), "{text:?}: {name} {value:?}");
    }
    let mut at = 0;
    for range in split(text) {
        assert!(at <= range.start && range.start < range.end && range.end <= text.len(), "{text:?}: {range:?}");
        assert!(text.is_char_boundary(range.start) && text.is_char_boundary(range.end), "{text:?}: {range:?}");
        at = range.end;
    }
}

/// Pieces of references in random order: more of them reach the depth of the reader than random letters do.
fn pieces() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "Ward, L. M.",
        "Kim S",
        "and",
        "&",
        "et al.",
        "(2019)",
        "2019a",
        "n.d.",
        "“Ports",
        "”",
        "‘",
        "’",
        "\"",
        "In",
        "eds.",
        "(ed.)",
        "vol. 12",
        "no. 3",
        "12(3):",
        "45–67",
        "pp.",
        "p. 4",
        "J. Phys. A",
        "Nucl.",
        "Phys. Rev.",
        "Harbour Review",
        "Harbour Press",
        "London:",
        "Washington, D.C.",
        "https://x.example.org/a(b",
        "doi:10.1234/ab",
        "www.",
        "arXiv:2001.01234",
        "Ibid.",
        "supra note 4",
        "op. cit.",
        "(n 7)",
        "A/RES/70/1",
        "GAO-20-123",
        "Pub. L. No. 116-92",
        "31 U.S.C. § 1105",
        "COM(2018) 368",
        "Ward v Kim [2014] UKSC 12",
        "App no 1234/56",
        ";",
        ",",
        ".",
        ":",
        "(",
        ")",
        "[",
        "]",
        "—",
        "———.",
        "é",
        "李",
        "Тест",
        "\u{301}",
        "\u{200b}",
        "№ 5",
        "С. 12–15",
        "Report 25-11",
        "Ph.D. thesis",
        "118th Cong., 1st sess.",
        "by Lena Ward",
        "accessed 3 May 2020",
        "(hereinafter Ward)",
    ]);
    prop::collection::vec(piece, 0..14).prop_map(|pieces| pieces.join(" "))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, ..ProptestConfig::default() })]

    #[test]
    fn fields_lie_in_any_string(text in "\\PC{0,200}") {
        check(&text);
    }

    #[test]
    fn fields_lie_in_heaps_of_pieces(text in pieces()) {
        check(&text);
    }

    #[test]
    fn what_the_styles_print_is_read_back(work in simple(), style in 0..4usize) {
        let printed = work.print(style);
        let read = parse(&printed).work;
        let names: Vec<&str> = read.authors.iter().filter_map(|name| name.family.as_deref()).collect();
        let expected: Vec<&str> = work.authors.iter().map(|(family, _)| *family).collect();
        prop_assert_eq!(names, expected, "{}", printed);
        prop_assert_eq!(read.title.as_deref(), Some(work.title.as_str()), "{}", printed);
        prop_assert_eq!(read.container_title.as_deref(), Some(work.journal), "{}", printed);
        prop_assert_eq!(read.volume, Some(work.volume.to_string()), "{}", printed);
        prop_assert_eq!(read.issue, Some(work.issue.to_string()), "{}", printed);
        prop_assert_eq!(read.pages, Some(work.pages()), "{}", printed);
        prop_assert_eq!(read.date, Some(work.year.to_string()), "{}", printed);
    }
}

/// An article as a style prints it.
#[derive(Debug, Clone)]
struct Simple {
    authors: Vec<(&'static str, &'static str)>,
    title: String,
    journal: &'static str,
    volume: u16,
    issue: u16,
    first: u16,
    year: u16,
}

impl Simple {
    fn pages(&self) -> String {
        format!("{}–{}", self.first, self.first + 14)
    }

    fn inverted(&self, between: &str, last: &str, stop: &str) -> String {
        let name = |(family, initial): &(&str, &str)| format!("{family}{between}{initial}{stop}");
        let names: Vec<String> = self.authors.iter().map(name).collect();
        match names.split_last() {
            Some((end, rest)) if !rest.is_empty() => format!("{}{last}{end}", rest.join(", ")),
            _ => names.concat(),
        }
    }

    fn natural(&self) -> String {
        let names: Vec<String> = self.authors.iter().map(|(family, initial)| format!("{initial}. {family}")).collect();
        match names.split_last() {
            Some((end, rest)) if !rest.is_empty() => format!("{} and {end}", rest.join(", ")),
            _ => names.concat(),
        }
    }

    fn print(&self, style: usize) -> String {
        let Self { title, journal, volume, issue, year, .. } = self;
        let pages = self.pages();
        match style {
            // APA, 7th edition
            0 => format!("{} ({year}). {title}. {journal}, {volume}({issue}), {pages}.", self.inverted(", ", ", & ", ".")),
            // The Chicago Manual of Style, 17th edition, notes
            1 => format!("{}, “{title},” {journal} {volume}, no. {issue} ({year}): {pages}.", self.natural()),
            // Citing Medicine (Vancouver)
            2 => format!("{}. {title}. {journal}. {year};{volume}({issue}):{pages}.", self.inverted(" ", ", ", "")),
            // Harvard
            _ => format!("{} ({year}) ‘{title}’, {journal}, {volume}({issue}), pp. {pages}.", self.inverted(", ", " and ", ".")),
        }
    }
}

fn simple() -> impl Strategy<Value = Simple> {
    let author =
        (prop::sample::select(vec!["Ward", "Kim", "Okafor", "Lindqvist", "Moreau", "Tanaka", "Haddad"]), prop::sample::select(vec!["L", "S", "J", "M"]));
    let subject = prop::sample::select(vec!["Clean water", "Rail freight", "Harbour fees", "Flood insurance", "School meals", "Rural clinics"]);
    let verb = prop::sample::select(vec![
        "and the cost of delay",
        "in small towns",
        "after the reform of local taxes",
        "as a test of trust",
        "under pressure from rising seas",
    ]);
    let journal =
        prop::sample::select(vec!["Journal of Water Policy", "Harbour Review", "Public Administration Quarterly", "International Journal of Rural Studies"]);
    (prop::collection::vec(author, 1..4), subject, verb, journal, 1..99u16, 1..12u16, 1..900u16, 1960..2026u16).prop_map(
        |(mut authors, subject, verb, journal, volume, issue, first, year)| {
            authors.dedup();
            Simple { authors, title: format!("{subject} {verb}"), journal, volume, issue, first, year }
        },
    )
}
