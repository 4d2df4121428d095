//! Bodies as the marketplace writes them, under its own names. Tolerant: unknown fields are passed over, what may be
//! missing or `null` is optional.

pub(super) mod cards;
pub(super) mod figures;
pub(super) mod orders;
pub(super) mod prices;
pub(super) mod remains;
pub(super) mod report;
pub(super) mod sales;
pub(super) mod seller;
pub(super) mod stock;

pub(super) use crate::marketplaces::reading::clean;
use crate::marketplaces::{failure::Failure, reading};
use serde::de::DeserializeOwned;

/// Reads a body; a mistake names the field.
pub(super) fn read<T: DeserializeOwned>(
    operation: &'static str,
    body: &[u8],
) -> Result<T, Failure> {
    read_row(operation, String::new, body)
}

/// Reads a row of a long list, whose place is named in a mistake.
pub(super) fn read_row<T: DeserializeOwned>(
    operation: &'static str,
    place: impl FnOnce() -> String,
    row: &[u8],
) -> Result<T, Failure> {
    reading::read_row(super::client::NAME, operation, place, row)
}
