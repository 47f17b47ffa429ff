#![no_main]

libfuzzer_sys::fuzz_target!(|text: &str| {
    let mut end = 0;
    for span in policylens::sentence::split(text) {
        assert!(span.start() >= end && span.end() > span.start(), "sentences are in order and not empty");
        assert!(text.get(span.start()..span.end()).is_some(), "sentences lie on character borders");
        end = span.end();
    }
});
