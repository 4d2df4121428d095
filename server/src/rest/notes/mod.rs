//! Notes on products.

pub mod add;
pub mod delete;
pub mod list;
