//! The bytes are a chapter and the package file.
#![no_main]

const CONTAINER: &[u8] = br#"<container><rootfiles><rootfile full-path="a.opf" media-type="application/oebps-package+xml"/></rootfiles></container>"#;
const PACKAGE: &[u8] = br#"<package><manifest><item id="a" href="a.xhtml" media-type="application/xhtml+xml"/></manifest><spine><itemref idref="a"/></spine></package>"#;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    for package in [PACKAGE, bytes] {
        let members: [(&str, &[u8]); 4] =
            [("mimetype", b"application/epub+zip"), ("META-INF/container.xml", CONTAINER), ("a.opf", package), ("a.xhtml", bytes)];
        policylens_fuzz::check("paper.epub", &policylens_fuzz::archive(&members));
    }
});
