#![no_main]

libfuzzer_sys::fuzz_target!(|text: &str| {
    let _ = policylens::rule::RuleSet::from_texts(&[("fuzz.toml", text)]);
    let _ = policylens::lexicon::check(text);
    let _ = policylens::lexicon::Lexicon::built_in().overlay(text).find("Kenya");
});
