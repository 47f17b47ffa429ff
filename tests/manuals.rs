//! The families of identifiers and the forms of back reference, as the manuals of citation print them.
//!
//! Each test is named after the manual and the rule that it follows; the works are made up.

use policylens::extract::citation::{Parsed, parse, pointer, split};
use serde_json::Value;

/// What is expected of a citation: its text, the type, and fields with their values.
type Case = (&'static str, &'static str, &'static [(&'static str, &'static str)]);

fn check(manual: &str, cases: &[Case]) {
    let mut wrong = Vec::new();
    for (text, kind, fields) in cases {
        let parsed: Parsed = parse(text);
        let work = serde_json::to_value(&parsed.work).expect("a work is JSON");
        if work["type"] != *kind {
            wrong.push(format!("{text:?} is read as {} by {}, not as {kind}", work["type"], parsed.rule));
        }
        for (field, value) in *fields {
            let found = read(&work, field);
            if found != *value {
                wrong.push(format!("{text:?}: {field} is {found:?}, not {value:?} ({})", parsed.rule));
            }
        }
    }
    assert!(wrong.is_empty(), "{manual}\n{}", wrong.join("\n"));
}

/// A field as text; names as "Family, Given; Literal".
fn read(work: &Value, field: &str) -> String {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    match &work[field] {
        Value::Array(names) => names
            .iter()
            .map(|name| match (&name["literal"], &name["family"], &name["given"]) {
                (Value::String(literal), ..) => literal.clone(),
                (_, family, Value::String(given)) => format!("{}, {given}", text(family)),
                (_, family, _) => text(family),
            })
            .collect::<Vec<_>>()
            .join("; "),
        value => text(value),
    }
}

#[test]
fn the_bluebook_rule_10_cases() {
    check(
        "The Bluebook, 21st edition, rule 10",
        &[
            ("Ward v. Kim, 501 U.S. 123, 130 (1991)", "legal_case", &[("title", "Ward v. Kim"), ("number", "501 U.S. 123"), ("date", "1991")]),
            ("Ports Ass’n v. Lee, 12 F.3d 345, 350 (9th Cir. 1993)", "legal_case", &[("number", "12 F.3d 345"), ("date", "1993")]),
        ],
    );
}

#[test]
fn the_bluebook_rule_12_statutes() {
    check(
        "The Bluebook, rule 12",
        &[
            ("31 U.S.C. § 1105 (2018)", "legislation", &[("number", "31 U.S.C. § 1105"), ("date", "2018")]),
            (
                "Pub. L. No. 109-58, § 1221, 119 Stat. 594, 944 (2005)",
                "legislation",
                &[("number", "109-58"), ("volume", "119"), ("pages", "594"), ("date", "2005")],
            ),
            ("Harbour Security Act of 2003", "legislation", &[("title", "Harbour Security Act of 2003")]),
            ("MICH. COMP. LAWS § 324.101 (2019)", "legislation", &[("number", "MICH. COMP. LAWS § 324.101"), ("date", "2019")]),
            ("Ordinance No. 2025-118", "legislation", &[("number", "2025-118")]),
        ],
    );
}

#[test]
fn the_bluebook_rule_13_legislative_materials() {
    check(
        "The Bluebook, rule 13",
        &[
            ("H.R. 4521, 117th Cong. (2021)", "bill", &[("number", "H.R. 4521"), ("date", "2021")]),
            ("Secure Harbours Act (H.R. 6663)", "bill", &[("title", "Secure Harbours Act"), ("number", "H.R. 6663")]),
            ("S. Rep. No. 89-910, at 4 (1966)", "report", &[("number", "S. Rep. No. 89-910"), ("date", "1966")]),
        ],
    );
}

#[test]
fn the_bluebook_rule_14_administrative_materials() {
    check(
        "The Bluebook, rule 14",
        &[
            ("45 C.F.R. § 75.302 (2020)", "legislation", &[("number", "45 C.F.R. § 75.302"), ("date", "2020")]),
            ("85 Fed. Reg. 12,345 (Mar. 2, 2020)", "legislation", &[("volume", "85"), ("pages", "12,345"), ("date", "2020-03-02")]),
            ("Exec. Order No. 13563, 76 Fed. Reg. 3821 (Jan. 21, 2011)", "legislation", &[("number", "13563"), ("date", "2011-01-21")]),
        ],
    );
}

#[test]
fn the_bluebook_rule_17_unpublished_sources() {
    check(
        "The Bluebook, rule 17",
        &[
            (
                "Letter from Lena Ward, Director, Harbour Board, to the Chief Engineer (Nov. 21, 2025)",
                "document",
                &[("authors", "Ward, Lena"), ("date", "2025-11-21")],
            ),
            ("Interview with Lena Ward, Harbour Master, Port Haven (May 12, 2019)", "interview", &[("authors", "Ward, Lena"), ("date", "2019-05-12")]),
            (
                "Press Release, Harbour Board of Norland, Board Opens Two Berths (May 3, 2021)",
                "press-release",
                &[("authors", "Harbour Board of Norland"), ("title", "Board Opens Two Berths"), ("date", "2021-05-03")],
            ),
        ],
    );
}

#[test]
fn the_bluebook_rule_16_periodicals() {
    check(
        "The Bluebook, rule 16",
        &[(
            "Lena M. Ward, Ports and Power, 43 HARV. L. REV. 1150, 1153 (2012)",
            "article-journal",
            &[("authors", "Ward, Lena M."), ("title", "Ports and Power"), ("volume", "43"), ("pages", "1150"), ("date", "2012")],
        )],
    );
}

#[test]
fn oscola_2_1_cases_and_2_4_legislation() {
    check(
        "OSCOLA, 4th edition, 2.1 and 2.4",
        &[
            ("Ward v Kim [2014] UKSC 12, [2014] 1 WLR 2653", "legal_case", &[("title", "Ward v Kim"), ("number", "[2014] UKSC 12"), ("date", "2014")]),
            ("Harbours Act 1964, s 14(2)", "legislation", &[("title", "Harbours Act 1964")]),
            ("Immigration Rules, Appendix Harbour Work", "legislation", &[("title", "Immigration Rules, Appendix Harbour Work")]),
        ],
    );
}

#[test]
fn oscola_2_6_european_law() {
    check(
        "OSCOLA, 2.6",
        &[
            ("Regulation (EU) 2021/241", "legislation", &[("number", "2021/241")]),
            ("COM(2018) 368 final", "document", &[("number", "COM(2018) 368 final")]),
            ("Case C-131/12", "legal_case", &[("number", "Case C-131/12")]),
            ("ECLI:EU:C:2014:317", "legal_case", &[("number", "ECLI:EU:C:2014:317")]),
            ("Ward v Norland (2006) 43 EHRR 16, paras 89 and 112", "legal_case", &[("title", "Ward v Norland"), ("container_title", "EHRR"), ("date", "2006")]),
            ("Ward v Norland App no 21884/15 (ECtHR, 30 March 2017)", "legal_case", &[("number", "21884/15"), ("date", "2017-03-30")]),
        ],
    );
}

#[test]
fn oscola_3_4_command_papers_and_hansard() {
    check(
        "OSCOLA, 3.4",
        &[
            ("Cm 9057, 2015", "report", &[("number", "Cm 9057"), ("date", "2015")]),
            ("HC Deb 3 May 1998, vol 310, col 12", "document", &[("date", "1998-05-03"), ("volume", "310")]),
        ],
    );
}

#[test]
fn un_editorial_manual_symbols() {
    check(
        "United Nations Editorial Manual, resolutions, decisions and documents",
        &[
            ("A/RES/70/1", "legislation", &[("number", "A/RES/70/1")]),
            ("S/RES/1540 (2004)", "legislation", &[("number", "S/RES/1540"), ("date", "2004")]),
            ("Security Council resolution 1540 (2004)", "legislation", &[("number", "1540"), ("date", "2004")]),
            ("A/HRC/40/53, para. 12", "document", &[("number", "A/HRC/40/53")]),
            ("S/PRST/2009/3", "document", &[("number", "S/PRST/2009/3"), ("date", "2009")]),
            ("FCCC/CP/2014/2 and Add.1", "document", &[("number", "FCCC/CP/2014/2")]),
            ("decision 1/CP.21", "legislation", &[("number", "1/CP.21")]),
            ("United Nations, Treaty Series, vol. 1155, No. 18232", "treaty", &[("volume", "1155"), ("number", "18232")]),
        ],
    );
}

#[test]
fn the_bluebook_rule_21_treaties_and_tribunals() {
    check(
        "The Bluebook, rule 21",
        &[
            ("1833 UNTS 397", "treaty", &[("number", "1833 UNTS 397")]),
            (
                "Harbour Arbitration (Norland v. Sudland), PCA Case No. 2013-19, Award, 12 July 2016",
                "legal_case",
                &[("number", "2013-19"), ("date", "2016-07-12")],
            ),
            ("I.C.J. Reports 1996, p. 226", "legal_case", &[("date", "1996")]),
        ],
    );
}

#[test]
fn international_labour_organization_standards() {
    check(
        "ILO manual for drafting instruments",
        &[("Work in Harbours Convention, 1997 (No. 199)", "treaty", &[("title", "Work in Harbours Convention, 1997"), ("number", "199")])],
    );
}

#[test]
fn numbers_of_reports() {
    check(
        "Numbers of GAO, CRS and of series",
        &[
            (
                "GAO, Ports: Better Data Are Needed, GAO-20-123 (Washington, D.C.: May 3, 2020)",
                "report",
                &[("authors", "GAO"), ("title", "Ports: Better Data Are Needed"), ("number", "GAO-20-123"), ("date", "2020-05-03")],
            ),
            (
                "CRS Report R41234, Ports and Rails: Overview and Issues, by Lena M. Ward and Sofia Kim",
                "report",
                &[("number", "R41234"), ("authors", "Ward, Lena M.; Kim, Sofia"), ("title", "Ports and Rails: Overview and Issues")],
            ),
            ("Ward, L. (2019). Cooling and the consumer (Discussion Paper No. 88). Harbour Institute", "report", &[("number", "88"), ("date", "2019")]),
            ("NIST SP 800-53 Rev. 5", "document", &[("number", "NIST SP 800-53 Rev. 5")]),
            ("ISO 14001:2015", "document", &[("number", "ISO 14001:2015"), ("date", "2015")]),
        ],
    );
}

#[test]
fn chicago_14_67_a_rule_for_a_repeated_author() {
    check(
        "The Chicago Manual of Style, 17th edition, 14.67",
        &[("———. Ports and Power. New York: Harbour Press, 2012.", "book", &[("title", "Ports and Power"), ("publisher", "Harbour Press"), ("date", "2012")])],
    );
}

#[test]
fn back_references() {
    for (manual, text, note, previous) in [
        ("Chicago 14.34", "Ibid., 12–15", None, true),
        ("The Bluebook, rule 4.1", "Id. at 34", None, true),
        ("The Bluebook, rule 4.2", "Ward, supra note 4, at 12", Some("4"), false),
        ("OSCOLA 1.2.1", "Ward (n 7) 315", Some("7"), false),
        ("OSCOLA 1.2.3", "ibid 12", None, true),
        ("older British usage", "Ward, op. cit., n. 7, pp. 80–1", Some("7"), false),
        ("older British usage", "Above, n. 30", Some("30"), false),
    ] {
        let found = pointer(text).unwrap_or_else(|| panic!("{manual}: {text:?} points back"));
        assert_eq!((found.note.as_deref(), found.previous), (note, previous), "{manual}: {text:?}");
        assert_eq!(serde_json::to_value(&parse(text).work).expect("a work is JSON")["type"], "short", "{manual}: {text:?}");
    }
}

#[test]
fn works_in_a_note() {
    for (manual, text, works) in [
        ("Chicago 14.28", "Lena Ward, Ports (Oslo: Harbour Press, 2012), 4; Sofia Kim, Rails: A History (London: Rail Press, 2014), 12.", 2),
        ("The Bluebook, rule 1.1", "Pub. L. No. 105-220, Pub. L. No. 107-110.", 2),
        ("Citing Medicine", "Ward L, Kim S. Clean water in small towns. Water Res. 2020;41(3):200–12.", 1),
        ("GAO", "GAO, Ports: Better Data. GAO-20-123 (Washington, D.C.: May 3, 2020).", 1),
    ] {
        assert_eq!(split(text).len(), works, "{manual}: {text:?}");
    }
}
