//! Files made to harm, and files that were harmed: each ends in a document or in a reason, soon, and in bounded memory.

use std::io::Write as _;
use std::path::Path;
use std::time::{Duration, Instant};

use flate2::{Compress, Compression, FlushCompress};
use policylens::error::AnalyseError;
use policylens::ingest::{Limits, read};

/// The time that a file may take, also in a build without optimisation.
const SECONDS: u64 = 10;

/// Reads a file and holds it to the time.
fn tried(path: &str, bytes: &[u8]) -> Result<(), AnalyseError> {
    let started = Instant::now();
    let result = read(path, bytes, &Limits::default());
    assert!(started.elapsed() < Duration::from_secs(SECONDS), "{path} took {:?}", started.elapsed());
    result.map(|_| ())
}

/// What the system says of the most memory that this process has used, in megabytes; none where it does not tell.
fn peak_memory() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.split_whitespace().next()?.parse::<u64>().ok().map(|kilobytes| kilobytes / 1024)
}

/// A deflate stream of ten gigabytes of `byte`, without making them: a packed piece that ends at a byte border, many times over.
fn endless(byte: u8) -> Vec<u8> {
    const PIECE: usize = 1 << 20;
    let mut packer = Compress::new(Compression::best(), false);
    let (input, mut piece) = (vec![byte; PIECE], Vec::with_capacity(PIECE));
    packer.compress_vec(&input, &mut piece, FlushCompress::Full).expect("it fits");
    piece.repeat(10 * 1024)
}

/// The same with the header that PDF wants.
fn endless_zlib(byte: u8) -> Vec<u8> {
    let mut packed = vec![0x78, 0xda];
    packed.extend(endless(byte));
    packed
}

/// An archive of one packed part that says of itself what it likes.
fn archive(name: &str, packed: &[u8], size: u32, checksum: u32) -> Vec<u8> {
    let mut file = Vec::with_capacity(packed.len() + 256);
    let common = |file: &mut Vec<u8>| {
        file.extend([20, 0, 0, 0, 8, 0, 0, 0, 0, 0]);
        file.extend(checksum.to_le_bytes());
        file.extend((packed.len() as u32).to_le_bytes());
        file.extend(size.to_le_bytes());
        file.extend((name.len() as u16).to_le_bytes());
    };
    file.extend(b"PK\x03\x04");
    common(&mut file);
    file.extend([0, 0]);
    file.extend(name.as_bytes());
    file.extend(packed);
    let directory = file.len();
    file.extend(b"PK\x01\x02\x14\x00");
    common(&mut file);
    file.extend([0; 12]);
    file.extend(0u32.to_le_bytes());
    file.extend(name.as_bytes());
    let length = file.len() - directory;
    file.extend(b"PK\x05\x06\0\0\0\0\x01\0\x01\0");
    file.extend((length as u32).to_le_bytes());
    file.extend((directory as u32).to_le_bytes());
    file.extend([0, 0]);
    file
}

fn docx(document: &str) -> Vec<u8> {
    let mut packer = flate2::write::DeflateEncoder::new(Vec::new(), Compression::fast());
    packer.write_all(document.as_bytes()).expect("in memory");
    let packed = packer.finish().expect("in memory");
    let mut checksum = flate2::Crc::new();
    checksum.update(document.as_bytes());
    archive("word/document.xml", &packed, document.len() as u32, checksum.sum())
}

/// A PDF of these objects, the first of which is the catalog.
fn pdf(objects: &[Vec<u8>]) -> Vec<u8> {
    let mut file = b"%PDF-1.5\n".to_vec();
    let mut offsets = Vec::new();
    for (index, object) in objects.iter().enumerate() {
        offsets.push(file.len());
        writeln!(file, "{} 0 obj", index + 1).expect("in memory");
        file.extend(object);
        file.extend(b"\nendobj\n");
    }
    let table = file.len();
    write!(file, "xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).expect("in memory");
    for offset in offsets {
        writeln!(file, "{offset:010} 00000 n ").expect("in memory");
    }
    write!(file, "trailer\n<< /Size {} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n", objects.len() + 1).expect("in memory");
    file
}

fn stream(dictionary: &str, data: &[u8]) -> Vec<u8> {
    let mut object = format!("<< {dictionary} /Length {} >>\nstream\n", data.len()).into_bytes();
    object.extend(data);
    object.extend(b"\nendstream");
    object
}

/// A PDF of one page with this content stream.
fn page(content: Vec<u8>) -> Vec<u8> {
    pdf(&[
        b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(),
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_vec(),
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Resources << /Font << /F1 4 0 R >> >> /Contents 5 0 R >>".to_vec(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>".to_vec(),
        content,
    ])
}

fn samples() -> Vec<(String, Vec<u8>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus/formats");
    ["txt", "md", "html", "docx", "pdf"]
        .map(|extension| {
            let name = format!("nitrate-small-systems.{extension}");
            let bytes = std::fs::read(folder.join(&name)).unwrap_or_else(|error| panic!("{name}: {error}"));
            (name, bytes)
        })
        .into()
}

#[test]
fn truncated_copies_end() {
    for (name, bytes) in samples() {
        for part in 0..24 {
            let _ = tried(&name, &bytes[..bytes.len() * part / 24]);
        }
    }
}

#[test]
fn copies_with_flipped_bits_end() {
    // A small generator of its own, so that every run breaks the same bits.
    let mut state = 7u32;
    for (name, bytes) in samples() {
        for flips in [1, 3, 30, 300] {
            for _ in 0..8 {
                let mut copy = bytes.clone();
                for _ in 0..flips {
                    state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                    let at = state as usize % copy.len();
                    copy[at] ^= 1 << (state >> 29);
                }
                let _ = tried(&name, &copy);
            }
        }
    }
}

#[test]
fn a_word_file_of_ten_gigabytes_is_refused() {
    for size in [1000, u32::MAX - 1] {
        let error = tried("bomb.docx", &archive("word/document.xml", &endless(b' '), size, 0)).expect_err("it is too large");
        assert!(matches!(error, AnalyseError::Limit { .. } | AnalyseError::Damaged(_)), "{error}");
    }
    within_memory();
}

#[test]
fn entities_are_not_expanded() {
    let body = "<w:document xmlns:w=\"w\"><w:body><w:p><w:r><w:t>&x;</w:t></w:r></w:p></w:body></w:document>";
    let external = format!("<?xml version=\"1.0\"?><!DOCTYPE d [<!ENTITY x SYSTEM \"file:///etc/hostname\">]>{body}");
    let error = tried("external.docx", &docx(&external)).expect_err("it has an entity of its own");
    assert!(error.to_string().contains("entities"), "{error}");
    let laughs: String = (1..30).map(|level| format!("<!ENTITY x{level} \"{}\">", format!("&x{};", level - 1).repeat(10))).collect();
    let laughs = format!("<?xml version=\"1.0\"?><!DOCTYPE d [<!ENTITY x0 \"ha\">{laughs}]>{}", body.replace("&x;", "&x29;"));
    assert!(tried("laughs.docx", &docx(&laughs)).is_err());
    // In a page entities of its own stand for nothing.
    assert!(tried("laughs.xhtml", laughs.as_bytes()).is_ok() || tried("laughs.html", laughs.as_bytes()).is_err());
}

#[test]
fn elements_nested_a_hundred_thousand_deep_are_refused() {
    const DEEP: usize = 100_000;
    for (open, close) in [("<div>", "</div>"), ("<b>", "</b>"), ("<table><tr><td>", ""), ("<ul><li>", ""), ("<blockquote>", ""), ("<a href=x>", "")] {
        let page = format!("<!DOCTYPE html><html><body>{}A report.{}</body></html>", open.repeat(DEEP), close.repeat(DEEP));
        let _ = tried("deep.html", page.as_bytes());
    }
    let page = format!("<!DOCTYPE html><html><body>{}A report.</body></html>", "<div>".repeat(DEEP));
    assert!(matches!(tried("deep.html", page.as_bytes()), Err(AnalyseError::Limit { .. })));
    let word = format!("<w:document xmlns:w=\"w\"><w:body>{}", "<w:sdt>".repeat(DEEP));
    assert!(matches!(tried("deep.docx", &docx(&word)), Err(AnalyseError::Limit { .. })));
}

#[test]
fn streams_of_ten_gigabytes_in_a_pdf_are_not_unpacked() {
    let bomb = endless_zlib(b' ');
    assert!(tried("content.pdf", &page(stream("/Filter /FlateDecode", &bomb))).is_err());
    // Packed twice: a small file.
    let mut packer = flate2::write::ZlibEncoder::new(Vec::new(), Compression::best());
    packer.write_all(&bomb).expect("in memory");
    let twice = packer.finish().expect("in memory");
    assert!(tried("twice.pdf", &page(stream("/Filter [/FlateDecode /FlateDecode]", &twice))).is_err());
    // A stream of objects is unpacked before anything else.
    let objects = page(stream("/Type /ObjStm /N 10 /First 100 /Filter /FlateDecode", &bomb));
    let error = tried("objects.pdf", &objects).expect_err("the objects do not fit");
    assert!(error.to_string().contains("expand"), "{error}");
    let table = page(stream("/Type /XRef /Size 10 /W [1 2 1] /Filter [/FlateDecode /FlateDecode]", &twice));
    assert!(tried("table.pdf", &table).is_err());
    within_memory();
}

#[test]
fn a_page_of_letters_strewn_about_is_read_in_bounds() {
    let mut content = "BT /F1 9 Tf\n".to_owned();
    let mut state = 3u32;
    for _ in 0..60_000 {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        content.push_str(&format!("1 0 0 1 {} {} Tm (a) Tj\n", state >> 23, (state >> 13) & 1023));
    }
    content.push_str("ET");
    let _ = tried("strewn.pdf", &page(stream("", content.as_bytes())));
    within_memory();
}

#[test]
fn pages_of_captions_are_read_in_bounds() {
    for caption in ["Table 1. Of", "Figure 2. A caption of some length"] {
        let mut content = "BT /F1 2 Tf\n".to_owned();
        for at in 0..6_000 {
            content.push_str(&format!("1 0 0 1 {} {} Tm ({caption}) Tj\n", at % 8 * 70, 780 - at / 8));
        }
        content.push_str("ET");
        let _ = tried("captions.pdf", &page(stream("", content.as_bytes())));
    }
    within_memory();
}

fn within_memory() {
    if let Some(peak) = peak_memory() {
        assert!(peak < 512, "{peak} MB");
    }
}
