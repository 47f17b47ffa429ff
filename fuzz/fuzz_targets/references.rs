#![no_main]

use policylens::extract::citation;

libfuzzer_sys::fuzz_target!(|text: &str| {
    let parsed = citation::parse(text);
    assert!(parsed.start <= parsed.end && text.get(parsed.start..parsed.end).is_some());
    for piece in citation::split(text) {
        assert!(text.get(piece).is_some());
    }
    let _ = citation::pointer(text);
});
