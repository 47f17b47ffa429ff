//! How the time and memory of a comparison grow with the number of papers: `cargo bench --bench compare`.
//!
//! The papers are made up: fifteen recommendations each, of words drawn by Zipf's law; one recommendation in five varies one of a stock of common
//! demands, so that there are pairs and themes to find.

use std::time::Instant;

use policylens::compare::paper::{ActorUse, Demand, Paper};
use policylens::compare::{Parameters, compare, tables};

const RECOMMENDATIONS: usize = 15;
const WORDS: usize = 12;
const VOCABULARY: usize = 30_000;

/// A linear congruential generator (Knuth's MMIX constants): the same papers on every machine.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        self.0 >> 33
    }

    fn below(&mut self, limit: usize) -> usize {
        (self.next() as usize) % limit
    }

    /// A rank by Zipf's law over the vocabulary, by inversion of the logarithm.
    fn rank(&mut self) -> usize {
        let share = self.next() as f64 / f64::from(u32::MAX >> 1);
        (VOCABULARY as f64).powf(share.min(1.0)) as usize
    }
}

fn word(rank: usize) -> String {
    let mut rank = rank + 27;
    let mut word = String::new();
    while rank > 0 {
        word.push(char::from(b'a' + (rank % 26) as u8));
        rank /= 26;
    }
    word + "ox"
}

fn action(random: &mut Random) -> String {
    (0..WORDS).map(|_| word(random.rank())).collect::<Vec<_>>().join(" ")
}

fn papers(count: usize) -> Vec<Paper> {
    let mut random = Random(7);
    let stock: Vec<String> = (0..count / 4 + 20).map(|_| action(&mut random)).collect();
    (0..count)
        .map(|paper| {
            let recommendations = (0..RECOMMENDATIONS)
                .map(|at| {
                    let action =
                        if random.below(5) == 0 { format!("{} {}", stock[random.below(stock.len())], word(random.rank())) } else { action(&mut random) };
                    let actor = format!("actor:{}", random.below(300));
                    Demand {
                        id: format!("r-{at}"),
                        text: action.clone(),
                        action,
                        addressees: vec![actor.clone()],
                        addressee_names: vec![actor],
                        ..Demand::default()
                    }
                })
                .collect();
            let actors = (0..20)
                .map(|_| random.rank() % 3000)
                .collect::<std::collections::BTreeSet<_>>()
                .into_iter()
                .map(|actor| ActorUse { id: format!("actor:{actor:05}"), name: format!("Actor {actor}"), mentions: 1 + actor % 7, ..ActorUse::default() })
                .collect();
            Paper { id: format!("paper-{paper:06}"), recommendations, actors, ..Paper::default() }
        })
        .collect()
}

/// Peak memory of this process in megabytes, where the system tells.
fn peak() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmHWM:"));
    line.and_then(|line| line.split_whitespace().nth(1)?.parse::<f64>().ok()).map_or(f64::NAN, |kilobytes| kilobytes / 1024.0)
}

fn main() {
    println!("{:>8} {:>16} {:>10} {:>8} {:>9} {:>10}", "papers", "recommendations", "pairs", "themes", "seconds", "peak MB");
    let mut figures = Vec::new();
    for count in [1_250, 2_500, 5_000, 10_000, 20_000] {
        let papers = papers(count);
        let start = Instant::now();
        let comparison = compare(papers, Parameters::default());
        let rows: usize = tables::tables(&comparison).iter().map(|table| table.rows.len()).sum();
        let seconds = start.elapsed().as_secs_f64();
        assert!(rows > 0, "a comparison has tables");
        println!("{count:>8} {:>16} {:>10} {:>8} {seconds:>9.2} {:>10.0}", count * RECOMMENDATIONS, comparison.pairs.len(), comparison.themes.len(), peak());
        figures.push(((count as f64).ln(), seconds.ln()));
    }
    println!("slope of log time over log size: {:.2}", slope(&figures));
}

/// The least-squares slope.
fn slope(points: &[(f64, f64)]) -> f64 {
    let count = points.len() as f64;
    let (x, y) = (points.iter().map(|p| p.0).sum::<f64>() / count, points.iter().map(|p| p.1).sum::<f64>() / count);
    points.iter().map(|p| (p.0 - x) * (p.1 - y)).sum::<f64>() / points.iter().map(|p| (p.0 - x).powi(2)).sum::<f64>()
}
