//! Many documents: inputs, running them in parallel, and the files of a run.
