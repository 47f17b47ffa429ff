//! The command line.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use crate::pipeline::{Input, Settings, analyse};

/// Runs the command line. Provisional: `policylens extract FILE… -o DIR` writes one record a file.
#[must_use]
pub fn run() -> ExitCode {
    match extract() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::from(2)
        }
    }
}

fn extract() -> anyhow::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(2).collect();
    let out = arguments.iter().position(|argument| argument == "-o").map(|at| at + 1);
    let folder = out.and_then(|at| arguments.get(at)).map_or_else(|| PathBuf::from("output"), PathBuf::from);
    let settings = Settings::built_in()?;
    std::fs::create_dir_all(folder.join("documents"))?;
    for (_, path) in arguments.iter().enumerate().filter(|(at, argument)| Some(*at) != out && *argument != "-o") {
        let bytes = std::fs::read(path)?;
        let name = Path::new(path).file_name().and_then(|name| name.to_str()).unwrap_or_default();
        let id = name.split('.').next().unwrap_or_default();
        let record = analyse(&Input { id, path: name, bytes: &bytes }, &settings)?;
        std::fs::write(folder.join("documents").join(format!("{id}.json")), serde_json::to_string_pretty(&record)?)?;
    }
    Ok(())
}
