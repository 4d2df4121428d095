//! What differs between two moments.

use crate::{ProductId, problem::FieldError};
use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

/// Reads a moment: RFC 3339, or a day, which is its end in Moscow, the last second of it.
pub fn moment(text: &str) -> Option<DateTime<Utc>> {
    if let Ok(day) = text.parse::<NaiveDate>() {
        let after = day.checked_add_days(chrono::Days::new(1))?.and_time(NaiveTime::MIN).and_utc();
        return after.checked_sub_signed(TimeDelta::seconds(3 * 3600 + 1));
    }
    // A plus in an address is a space to a form.
    DateTime::parse_from_rfc3339(&text.replace(' ', "+")).ok().map(|at| at.to_utc())
}

/// A question for what differs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChangesQuery {
    /// The earlier moment.
    pub from: DateTime<Utc>,
    /// The later one; `None`: now.
    pub to: Option<DateTime<Utc>>,
    /// Rows a page, 1 to 200.
    pub limit: u32,
    /// `next_cursor` of the page before.
    pub cursor: Option<ProductId>,
}

impl ChangesQuery {
    /// The rules of the contract.
    pub fn check(&self) -> Vec<FieldError> {
        let mut errors = Vec::new();
        if !(1..=200).contains(&self.limit) {
            errors.push(FieldError::query("limit", "out_of_range", "use 1 to 200"));
        }
        if self.to.is_some_and(|to| to <= self.from) {
            errors.push(FieldError::query("to", "too_small", "use a moment after `from`"));
        }
        errors
    }
}

/// A product whose stock changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StockChange {
    /// Its id.
    pub product_id: ProductId,
    /// The marketplace's number for it, as text.
    pub marketplace_article: String,
    /// The seller's own article.
    pub seller_article: String,
    /// The title.
    pub product_name: String,
    /// Pieces at the earlier moment; `null`: not known.
    pub stock_from: Option<i64>,
    /// Pieces at the later moment; `null`: not known.
    pub stock_to: Option<i64>,
    /// What it grew by.
    pub change: i64,
    /// Everything that came: deliveries, returns.
    pub more: i64,
    /// Everything that went.
    pub less: i64,
}

/// A page of what differs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StockChanges {
    /// The earlier moment.
    pub from: DateTime<Utc>,
    /// The later one.
    pub to: DateTime<Utc>,
    /// The products, in the order in which they were first seen.
    pub items: Vec<StockChange>,
    /// Where to read on; `null` at the end.
    pub next_cursor: Option<ProductId>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_its_end_in_moscow() {
        let read = |text| moment(text).map(|at| at.to_rfc3339());
        assert_eq!(read("2026-09-15").as_deref(), Some("2026-09-15T20:59:59+00:00"));
        let noon = Some("2026-09-15T09:00:00+00:00");
        assert_eq!(read("2026-09-15T09:00:00Z").as_deref(), noon);
        assert_eq!(read("2026-09-15T12:00:00 03:00").as_deref(), noon);
        assert_eq!(read("yesterday"), None);
    }
}
