//! The type that a reference states in its own words: a law by the last word of its title, testimony, an interview, a file in an archive.

use super::hint::{Hints, bits};
use crate::record::{Work, WorkKind};

/// Last words of the titles of laws.
const LAWS: [&str; 12] = ["act", "bill", "code", "law", "ordinance", "regulations", "rules", "decree", "statute", "amendment", "constitution", "proclamation"];

/// First words of the titles of laws, with what follows them.
const LAW_BEGINNINGS: [&str; 12] = [
    "constitution of ",
    "decree no",
    "decree of ",
    "law no",
    "law of the ",
    "act no",
    "act of ",
    "organic law ",
    "federal law ",
    "presidential decree",
    "royal decree",
    "executive order",
];

/// Words of agreements between states, with what follows them in their titles.
const TREATIES: [&str; 10] = [
    "convention on ",
    "convention for ",
    "convention against ",
    "convention relating to ",
    "treaty on ",
    "treaty between ",
    "covenant on ",
    "protocol to ",
    "agreement between ",
    "geneva convention ",
];

/// First words of what is said to a parliament.
const HEARINGS: [&str; 9] = [
    "testimony before",
    "testimony to",
    "testimony of",
    "prepared statement",
    "oral evidence",
    "written evidence",
    "written testimony",
    "hearing before",
    "hearing on",
];

/// First words of what is said to an audience.
const SPEECHES: [&str; 15] = [
    "remarks by ",
    "remarks at ",
    "remarks on ",
    "remarks to ",
    "remarks as ",
    "remarks of ",
    "speech by ",
    "speech at ",
    "speech to ",
    "speech delivered",
    "speech on ",
    "keynote ",
    "address to ",
    "address at ",
    "state of the union address",
];

/// Words that only the reference of a file in an archive holds.
const ARCHIVES: u64 = bits(&[
    ", box ",
    " box no",
    ", folder ",
    "presidential library",
    "national archives",
    "record group",
    ", rg ",
    " papers, ",
    "(tna)",
    "memorandum of conversation",
    "state archive",
    "archivo ",
    "bundesarchiv",
    " fond ",
]);

/// The type that the title or the reference names. `body` is the reference in lower case.
pub(super) fn of(work: &Work, title: &str, body: &str, persons: bool) -> Option<WorkKind> {
    let hints = Hints::of(body);
    if hints.has(const { bits(&["personal communication"]) }) || hints.has(const { bits(&["interview"]) }) && is_interview(body) {
        return Some(WorkKind::Interview);
    }
    if begins(title, &HEARINGS) || before_committee(hints) && work.volume.is_none() && work.container_title.is_none() {
        return Some(WorkKind::Hearing);
    }
    if begins(title, &SPEECHES) {
        return Some(WorkKind::Speech);
    }
    if !persons && work.publisher.is_none() && work.volume.is_none() {
        if is_treaty(title) && work.authors.is_empty() {
            return Some(WorkKind::Treaty);
        }
        if is_law(title) {
            return Some(WorkKind::Legislation);
        }
    }
    if ends(title, &["database", "data set", "dataset", "datasets", "(database)", "databank"]) {
        return Some(WorkKind::Dataset);
    }
    let filed = hints.count(ARCHIVES);
    (filed >= 2 || filed == 1 && hints.has(const { bits(&[", box "]) })).then_some(WorkKind::Document)
}

fn begins(text: &str, words: &[&str]) -> bool {
    words.iter().any(|word| text.starts_with(word))
}

fn ends(text: &str, words: &[&str]) -> bool {
    words.iter().any(|word| text.ends_with(word))
}

/// "Harbour Group telephone interviews, officials, Oslo", "interview with an official".
fn is_interview(body: &str) -> bool {
    let Some(at) = body.find("interview") else { return false };
    let (before, after) = (&body[..at], body[at + "interview".len()..].trim_start_matches('s'));
    let led = before.split_whitespace().count() <= 5 && !before.contains(['“', '"', '‘', ',', '.', '(']);
    led && (after.starts_with(',') || after.starts_with(" with ") || after.starts_with(" by "))
}

/// "Statement of L. Ward, Harbour Master, before the Committee on Ports", "testimony before the …".
fn before_committee(hints: Hints) -> bool {
    let spoken = hints.has(const { bits(&["statement of ", "testimony", "oral evidence", "evidence to ", "prepared statement"]) });
    let heard = hints.has(const { bits(&["committee", "congress", "senate", "parliament", "cong.", "commission"]) });
    spoken && heard && hints.has(const { bits(&["before the ", "evidence", "testimony to"]) })
        || hints.has(const { bits(&[" cong., "]) }) && hints.has(const { bits(&[" sess"]) }) && hints.has(const { bits(&["committee", "hearing"]) })
}

/// "harbours act 1964", "the ports bill, 2019", "maritime code", "decree no. 12 on ports".
fn is_law(title: &str) -> bool {
    if begins(title.strip_prefix("the ").unwrap_or(title), &LAW_BEGINNINGS) {
        return true;
    }
    let head = title.split([',', '(']).next().unwrap_or_default().trim();
    let head = head.split(" of the ").next().unwrap_or_default();
    let head = head.split(" for fiscal year").next().unwrap_or_default().trim_end_matches(|c: char| c.is_ascii_digit() || c == ' ');
    let head = head.strip_suffix(" of").unwrap_or(head);
    head.split_whitespace().count() >= 2 && head.rsplit(' ').next().is_some_and(|last| LAWS.contains(&last)) && !title.contains(':')
}

fn is_treaty(title: &str) -> bool {
    TREATIES.iter().any(|words| title.find(words).is_some_and(|at| title[..at].split_whitespace().count() <= 3)) && !title.contains(':')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn laws_end_in_a_word_for_laws() {
        for title in [
            "harbours act 1964",
            "the ports bill, 2019",
            "maritime code",
            "decree no. 12 on ports",
            "port defense act for fiscal year 2021",
            "port security law of the republic of norland",
        ] {
            assert!(is_law(title), "{title}");
        }
        for title in ["time to act: ports", "law", "ports and the law: a study"] {
            assert!(!is_law(title), "{title}");
        }
    }

    #[test]
    fn interviews_and_testimony_say_so() {
        assert!(is_interview("harbour group interview, port official, oslo, may 2019") && is_interview("phone interview with a pilot"));
        assert!(!is_interview("lena ward, “an interview with a pilot,” harbour review"));
        assert!(before_committee(Hints::of("statement of lena ward before the senate committee on ports, may 3, 2019")));
        assert!(!before_committee(Hints::of("committee on ports, the state of harbours")));
    }
}
