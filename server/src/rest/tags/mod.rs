//! `/api/v1/tags` and `/api/v1/tag-edits`.

pub mod create;
pub mod delete;
pub mod edit;
pub mod list;
pub mod undo;
