//! Lists that are read by the time of their last change, orders and sales: where a reading begins, goes on and ends.

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

/// A page has some 80 000 rows. One with so many fewer is the last, and asking again would cost a request that some
/// keys have once in hours; should it not be, the next sync goes on where it ended.
pub(super) const LAST_PAGE_BELOW: u64 = 60_000;

/// Where the next reading begins.
#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize)]
pub(super) struct Place {
    /// The latest change that was seen, or the last one before a row that could not be read.
    pub(super) latest_change: Option<DateTime<Utc>>,
    /// Since when such a row is asked for again and again.
    #[serde(default)]
    pub(super) held_since: Option<DateTime<Utc>>,
}

/// So long a row that can't be read is asked for again.
const HELD_FOR: TimeDelta = TimeDelta::days(1);

/// Where an interrupted reading goes on.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub(super) struct Under {
    /// From when the first page was asked for.
    pub(super) first: DateTime<Utc>,
    /// From when to ask now.
    pub(super) since: DateTime<Utc>,
    pub(super) latest_change: Option<DateTime<Utc>>,
    /// The last change before a row that could not be read.
    #[serde(default)]
    pub(super) unread_since: Option<DateTime<Utc>>,
}

impl Under {
    /// A reading that begins at a moment.
    pub(super) fn from(since: DateTime<Utc>, before: Place) -> Self {
        Self { first: since, since, latest_change: before.latest_change, unread_since: None }
    }

    /// Whether this reading begins where the last one ended. Where it can't, because what lies between is kept no longer
    /// or because nothing was ever told, nothing is known of the time before it.
    pub(super) fn joins(self, before: Place, read_at: Option<DateTime<Utc>>) -> bool {
        before.latest_change.is_some() && read_at.is_some_and(|at| self.first <= at)
    }

    /// Where the next sync begins: with a row that could not be read, for a day.
    pub(super) fn end(self, before: Place, now: DateTime<Utc>) -> Place {
        let Some(unread) = self.unread_since else {
            return Place { latest_change: self.latest_change, held_since: None };
        };
        let since = before.held_since.unwrap_or(now);
        if now - since < HELD_FOR {
            Place { latest_change: Some(unread), held_since: Some(since) }
        } else {
            Place { latest_change: self.latest_change, held_since: None }
        }
    }
}
