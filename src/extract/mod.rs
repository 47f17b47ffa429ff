//! The extractors. They do not see one another; what links their results is in [`resolve`](crate::resolve).

pub mod actor;
pub mod citation;
pub mod recommendation;
