//! The command-line tool; all of it is in [`policylens::cli`].

use std::process::ExitCode;

/// Records are made of very many small strings: the allocator is a tenth of the time of a run with the system's.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    policylens::cli::run()
}
