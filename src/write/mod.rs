//! From results to files: the record, its tables, and reference lists.

pub(crate) mod assemble;
