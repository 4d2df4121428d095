//! Lists as they leave in files: many rows as one text, which [`Packed`] takes apart. Never a page for a screen.
//!
//! Taking rows apart column by column is most of the time of a driver, so the database packs a page itself: columns and
//! rows between separators that no value holds. A page is a range of the list's key and a transaction of its own, so
//! that a slow reader holds no connection.

mod orders;
mod products;
mod sales;
mod stock;
mod syncs;

pub use orders::OrderKey;

use crate::products_query;
use domain::product::ProductQuery;

/// Rows of a range: large enough that a million rows are a few hundred questions, small enough to stay in memory. Few
/// in a debug build, so that every test goes from range to range.
const ROWS: i64 = if cfg!(debug_assertions) { 20 } else { 2000 };

/// The same where each range asks a search index first: what it finds is mostly little.
const SEARCHED_ROWS: i64 = 50_000;

/// How many rows of the key a range has.
fn range(query: &ProductQuery) -> i64 {
    if products_query::is_searched(query) { SEARCHED_ROWS } else { ROWS }
}

/// Between columns; in a value it becomes a space.
const COLUMN: &str = "\u{1f}";
/// Between rows; in a value it becomes a space.
const ROW: &str = "\u{1e}";

/// Some rows of a list.
#[derive(Debug)]
pub struct Packed(Option<String>);

impl Packed {
    /// The rows, each its columns; an absent value is empty.
    pub fn rows(&self) -> impl Iterator<Item = std::str::Split<'_, char>> {
        let text = self.0.as_deref().into_iter();
        text.flat_map(|text| text.split('\u{1e}')).map(|row| row.split('\u{1f}'))
    }
}

/// A value that holds no text of anybody: a number, a moment, an id.
macro_rules! plain {
    ($column:literal) => {
        concat!("coalesce(cast(", $column, " as text), '')")
    };
}

/// A text of a person or a marketplace; then the parameters that hold the separators of columns and rows.
macro_rules! text {
    ($column:literal, $between:literal, $rows:literal) => {
        concat!(
            "replace(replace(coalesce(",
            $column,
            ", ''), ",
            $between,
            ", ' '), ",
            $rows,
            ", ' ')"
        )
    };
}

pub(crate) use {plain, text};
