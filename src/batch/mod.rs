//! Many documents: inputs, running them in parallel, and the files of a run.

pub mod folder;
pub mod inputs;
pub mod job;
mod lines;
mod manifest;
pub mod order;
pub mod pipe;
pub mod records;
pub mod run;
