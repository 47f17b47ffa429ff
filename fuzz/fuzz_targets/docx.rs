//! The bytes are `word/document.xml`, with notes of the same bytes.
#![no_main]

const TYPES: &[u8] = br#"<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>"#;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let members = [("[Content_Types].xml", TYPES), ("word/document.xml", bytes), ("word/footnotes.xml", bytes), ("word/styles.xml", bytes)];
    policylens_fuzz::check("paper.docx", &policylens_fuzz::archive(&members));
});
