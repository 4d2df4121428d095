//! A statement put together from constant text and bound values: only the conditions that a question has.
//!
//! `$6 is null or p.total_stock >= $6` would say the same in one text, but PostgreSQL plans a prepared statement for
//! any value, so that it can leave none of such conditions out, and no index fits them all.

use chrono::{DateTime, Utc};
use uuid::Uuid;

/// A value to bind.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Bound {
    Id(Uuid),
    Number(i64),
    Moment(DateTime<Utc>),
    Text(String),
}

/// Text with its values in order. No value ever becomes text.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Statement {
    pub(crate) text: String,
    pub(crate) values: Vec<Bound>,
}

impl Statement {
    /// Goes on with constant text.
    pub(crate) fn push(&mut self, text: &'static str) -> &mut Self {
        self.text.push_str(text);
        self
    }

    /// Goes on with a value's place.
    pub(crate) fn bind(&mut self, value: Bound) -> &mut Self {
        self.values.push(value);
        self.text.push('$');
        self.text.push_str(&self.values.len().to_string());
        self
    }
}

/// Binds a statement's values to a query of either engine.
macro_rules! bind_all {
    ($query:expr, $values:expr) => {
        $values.iter().fold($query, |query, value| match value {
            $crate::statement::Bound::Id(id) => query.bind(*id),
            $crate::statement::Bound::Number(number) => query.bind(*number),
            $crate::statement::Bound::Moment(moment) => query.bind(*moment),
            $crate::statement::Bound::Text(text) => query.bind(text.as_str()),
        })
    };
}
pub(crate) use bind_all;
