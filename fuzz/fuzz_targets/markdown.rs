#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| policylens_fuzz::check("paper.md", bytes));
