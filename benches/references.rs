//! References a second on one core: `cargo bench --bench references`.
//!
//! Single reference strings as `policylens cite` reads them: the strings of the development sets where they are at hand, else own ones in the usual styles;
//! then how time grows with the length of one string.

use std::fs;
use std::hint::black_box;
use std::path::Path;
use std::time::{Duration, Instant};

use policylens::extract::citation;

/// Each figure is the best of so many rounds.
const ROUNDS: usize = 7;
/// The strings are repeated to about this number.
const COUNT: usize = 6000;

/// References in the styles of policy work, own.
const OWN: [&str; 8] = [
    "Lena Ward, “Ports and Power,” Harbour Review 12, no. 3 (2014): 45–67, https://doi.org/10.1234/hr.2014.12.",
    "Ward, L., & Kim, S. (2019). Rivers of the north: A review. Journal of Water Policy, 8(2), 112–130.",
    "Ward LM, Kim S, Lee J, et al. Clean water in small towns. Water Res. 2020;41(3):e200–12. doi:10.1234/wr.2020.3",
    "Harbour Board of Norland, Annual Report 2018 (Port Haven: Harbour Board, 2019), 14.",
    "GAO, Ports: Better Data Are Needed, GAO-20-123 (Washington, D.C.: May 3, 2020).",
    "United Nations, General Assembly, A/RES/70/1, para. 14.",
    "S. Kim and L. Ward, J. Stat. Phys. 126, 1111 (2007).",
    "Ministry of Ports (2021) ‘Rail and sea: a strategy’, London: Ministry of Ports, available at https://ports.example.org/strategy.pdf (accessed 3 May 2022).",
];

fn main() {
    for (name, strings) in sets() {
        let list: Vec<&str> = strings.iter().map(String::as_str).cycle().take(COUNT.max(strings.len())).collect();
        let time = best(|| {
            for string in &list {
                black_box(citation::parse(string));
            }
        });
        let bytes: usize = list.iter().map(|string| string.len()).sum();
        println!(
            "{name:12} {:8.0} references a second, {:6.1} µs each, {:5.1} MB/s",
            list.len() as f64 / time.as_secs_f64(),
            time.as_secs_f64() * 1e6 / list.len() as f64,
            bytes as f64 / 1e6 / time.as_secs_f64()
        );
    }
    slope();
}

/// Strings by set.
fn sets() -> Vec<(String, Vec<String>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/dev/references");
    let mut sets: Vec<(String, Vec<String>)> = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        let Ok(text) = fs::read_to_string(&path) else { continue };
        let strings = text.lines().filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok()?.get("raw")?.as_str().map(str::to_owned)).collect();
        sets.push((path.file_stem().unwrap_or_default().to_string_lossy().into_owned(), strings));
    }
    sets.sort();
    sets.push(("own".into(), OWN.iter().map(|&string| string.to_owned()).collect()));
    sets
}

/// Time for one string of growing length: a byte must not cost more in a long string.
fn slope() {
    let seeds = [
        ("references", OWN.join("; ")),
        ("initials", "Ward, L. M., ".into()),
        ("commas", "a, ".into()),
        ("brackets", "((((".into()),
        ("numbers", "12, 3 (4): ".into()),
        ("journals", "J. Phys. ".into()),
        ("quotes", "“a “".into()),
        ("dashes", "—–-_".into()),
    ];
    for (name, seed) in seeds {
        let cost = |length: usize| {
            let text: String = seed.chars().cycle().take(length).collect();
            best(|| {
                black_box(citation::parse(&text));
                black_box(citation::split(&text));
            })
            .as_secs_f64()
                / length as f64
        };
        let (short, long) = (cost(2_000), cost(64_000));
        println!("{name:12} {:7.1} ns a character at 2,000, {:7.1} at 64,000: {:.2} times", short * 1e9, long * 1e9, long / short);
    }
}

fn best(mut run: impl FnMut()) -> Duration {
    let once = |run: &mut dyn FnMut()| {
        let start = Instant::now();
        run();
        start.elapsed()
    };
    (0..ROUNDS).map(|_| once(&mut run)).min().unwrap_or_default()
}
