#![no_main]

use policylens::record::Analysis;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let Ok(analysis) = serde_json::from_slice::<Analysis>(bytes) else { return };
    let _ = policylens::write::csv::rows(&analysis);
    let _ = policylens::write::json::pretty(&analysis);
});
