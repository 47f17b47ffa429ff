//! The bytes are `content.xml`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let members: [(&str, &[u8]); 3] = [("mimetype", b"application/vnd.oasis.opendocument.text"), ("content.xml", bytes), ("styles.xml", bytes)];
    policylens_fuzz::check("paper.odt", &policylens_fuzz::archive(&members));
});
