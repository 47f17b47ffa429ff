//! PDF files, well and badly made, written here byte by byte.

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use policylens::document::{BlockKind, Document};
use policylens::error::AnalyseError;
use policylens::ingest::{Limits, read};

/// A PDF of these page contents, with two fonts, `F1` for text and `F2` bold.
fn pdf(pages: &[String]) -> Vec<u8> {
    let kids: Vec<String> = (0..pages.len()).map(|page| format!("{} 0 R", 5 + 2 * page)).collect();
    let mut objects = vec![
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        format!("<< /Type /Pages /Kids [{}] /Count {} >>", kids.join(" "), pages.len()),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>".to_owned(),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold /Encoding /WinAnsiEncoding >>".to_owned(),
    ];
    for (page, content) in pages.iter().enumerate() {
        objects.push(format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Resources << /Font << /F1 3 0 R /F2 4 0 R >> >> /Contents {} 0 R >>",
            6 + 2 * page
        ));
        objects.push(format!("<< /Length {} >>\nstream\n{content}\nendstream", content.len()));
    }
    assemble(&objects)
}

/// Numbers the objects, and writes the cross-reference table and the trailer; the first object is the catalog.
fn assemble(objects: &[String]) -> Vec<u8> {
    let mut file = "%PDF-1.4\n".to_owned();
    let mut offsets = Vec::new();
    for (index, object) in objects.iter().enumerate() {
        offsets.push(file.len());
        write!(file, "{} 0 obj\n{object}\nendobj\n", index + 1).expect("a string takes everything");
    }
    let table = file.len();
    write!(file, "xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).expect("a string takes everything");
    for offset in offsets {
        writeln!(file, "{offset:010} 00000 n ").expect("a string takes everything");
    }
    write!(file, "trailer\n<< /Size {} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n", objects.len() + 1).expect("a string takes everything");
    file.into_bytes()
}

/// Shows a text: font, size, left edge, baseline from the foot of the page.
fn show(font: &str, size: f32, x: f32, y: f32, text: &str) -> String {
    let escaped = text.replace('\\', "\\\\").replace('(', "\\(").replace(')', "\\)");
    format!("BT /{font} {size} Tf 1 0 0 1 {x} {y} Tm ({escaped}) Tj ET\n")
}

/// Two pages with a running header, page numbers, a title, a numbered heading, a note, a broken word and a sentence that crosses the pages.
fn brief() -> Vec<u8> {
    let header = show("F1", 9.0, 72.0, 760.0, "A Brief on Ports");
    let first = [
        header.clone(),
        show("F2", 22.0, 72.0, 700.0, "Opening the Ports"),
        show("F2", 14.0, 72.0, 660.0, "1. Recommendations"),
        show("F1", 11.0, 72.0, 640.0, "The government should publish the recommendation of its working group within two"),
        show("F1", 11.0, 72.0, 626.0, "months.\u{20}"),
        show("F1", 7.0, 117.0, 630.0, "1"),
        show("F1", 11.0, 124.0, 626.0, "It should also fund the training of port inspectors in every one of the re-"),
        show("F1", 11.0, 72.0, 612.0, "gions that have a harbour. Parliament should ask the ports authority to report every"),
        show("F1", 6.0, 72.0, 104.0, "1"),
        show("F1", 8.0, 77.0, 101.0, "Ports Authority, Annual Report (2020), p. 4."),
        show("F1", 9.0, 300.0, 40.0, "1"),
    ];
    let second = [
        header,
        show("F1", 11.0, 72.0, 700.0, "year on the waiting times of ships. The regions should be heard before any port is closed,"),
        show("F1", 11.0, 72.0, 686.0, "and the costs should be shared between them."),
        show("F1", 9.0, 300.0, 40.0, "2"),
    ];
    pdf(&[first.concat(), second.concat()])
}

fn document(bytes: &[u8]) -> Document {
    read("brief.pdf", bytes, &Limits::default()).expect("the file can be read")
}

fn texts(document: &Document, wanted: impl Fn(&BlockKind) -> bool) -> Vec<&str> {
    document.blocks.iter().filter(|block| wanted(&block.kind)).map(|block| document.text(block.span)).collect()
}

#[test]
fn a_brief_is_read_in_blocks() {
    let bytes = brief();
    let document = document(&bytes);
    assert_eq!(document.metadata.title.as_deref(), Some("Opening the Ports"));
    assert_eq!(texts(&document, |kind| kind.is_heading()), ["Recommendations"]);
    assert_eq!(texts(&document, |kind| *kind == BlockKind::Furniture), ["A Brief on Ports", "1", "A Brief on Ports", "2"]);
    assert_eq!(texts(&document, |kind| *kind == BlockKind::Note { label: "1".to_owned() }), ["Ports Authority, Annual Report (2020), p. 4."]);
    let paragraphs = texts(&document, |kind| *kind == BlockKind::Paragraph);
    assert_eq!(paragraphs.len(), 1, "{paragraphs:#?}");
    assert!(paragraphs[0].contains("one of the regions that"), "the word is mended: {}", paragraphs[0]);
    assert!(paragraphs[0].contains("to report every year on the waiting times"), "the sentence crosses the page: {}", paragraphs[0]);
}

#[test]
fn marks_and_pages_lead_to_the_source() {
    let bytes = brief();
    let document = document(&bytes);
    let [mark] = document.marks.as_slice() else { panic!("one mark, not {:?}", document.marks) };
    assert_eq!((mark.label.as_str(), mark.source.of(&document.source)), ("1", "1"));
    let numbers: Vec<u32> = document.pages.iter().map(|page| page.number).collect();
    assert_eq!(numbers, [1, 2]);
    assert!(document.pages[1].source.of(&document.source).starts_with("year on the waiting times"));
}

#[test]
fn two_columns_are_read_one_after_the_other() {
    let column = |x: f32, word: &str| {
        (0..6).map(|line| show("F1", 10.0, x, 700.0 - 12.0 * line as f32, &format!("{word} column of prose, line {line}, and on"))).collect::<String>()
    };
    let bytes = pdf(&[column(72.0, "left") + &column(320.0, "right")]);
    let document = document(&bytes);
    let (left, right) = (document.reading.rfind("left").expect("it is there"), document.reading.find("right").expect("it is there"));
    assert!(left < right, "{}", document.reading);
}

#[test]
fn a_cyclic_page_tree_ends() {
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [2 0 R 3 0 R] /Count 2 >>",
        "<< /Type /Pages /Parent 2 0 R /Kids [2 0 R 3 0 R] /Count 2 >>",
    ];
    let bytes = assemble(&objects.map(str::to_owned));
    assert!(matches!(read("a.pdf", &bytes, &Limits::default()), Err(AnalyseError::Damaged(_))));
}

#[test]
fn forms_that_draw_each_other_end() {
    let draw = "/X Do ".repeat(40);
    let form = format!(
        "<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 4 0 R >> >> /Length {} >>\nstream\n{draw}\nendstream",
        draw.len()
    );
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Resources << /XObject << /X 4 0 R >> >> /Contents 4 0 R >>".to_owned(),
        form,
    ];
    let started = Instant::now();
    assert!(read("a.pdf", &assemble(&objects), &Limits::default()).is_err());
    assert!(started.elapsed() < Duration::from_secs(10));
}

#[test]
fn text_far_beside_the_page_does_not_stop_the_reading() {
    let far: String = (0..8).map(|line| show("F1", 10.0, 1e30, 700.0 - 12.0 * line as f32, "lost")).collect();
    let bytes = pdf(&[far + &show("F1", 10.0, 72.0, 700.0, "found")]);
    assert_eq!(document(&bytes).reading, "found");
}

#[test]
fn a_page_without_text_is_named() {
    let bytes = pdf(&["0 0 100 100 re f".to_owned()]);
    let error = read("a.pdf", &bytes, &Limits::default()).expect_err("there is no text");
    assert!(error.to_string().contains("no text"), "{error}");
}

#[test]
fn a_password_is_named() {
    let bytes = String::from_utf8(brief()).expect("it is ASCII");
    let encrypt = format!("/Encrypt << /Filter /Standard /V 1 /R 2 /O <{0}> /U <{0}> /P -4 >> /ID [<00> <00>] /Root", "41".repeat(32));
    let bytes = bytes.replace("/Root", &encrypt);
    let error = read("a.pdf", bytes.as_bytes(), &Limits::default()).expect_err("the password is not empty");
    assert!(error.to_string().contains("password"), "{error}");
}

#[test]
fn damaged_copies_end_in_a_document_or_a_reason() {
    let bytes = brief();
    for cut in (0..bytes.len()).step_by(97) {
        let _ = read("a.pdf", &bytes[..cut], &Limits::default());
    }
    // A small generator of its own, so that every run breaks the same bits.
    let mut state = 1u32;
    for _ in 0..300 {
        let mut copy = bytes.clone();
        for _ in 0..4 {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let at = state as usize % copy.len();
            copy[at] ^= 1 << (state >> 29);
        }
        let _ = read("a.pdf", &copy, &Limits::default());
    }
}
