//! Ozon: so far its keys only. No product, stock or order is read from it yet.

mod check;

pub use check::{KeyProblem, check_key, check_shape};
