//! Statistics' long lists, orders and sales, by the time of their last change: up to 80,000 rows a page, in batches while
//! they arrive. Memory holds one batch, whatever the page.

use super::{
    client::{Access, Begun, NAME, Question, Wildberries, failed},
    hosts::Operation,
    rows::Rows,
    stock::misshapen,
    time::moscow_text,
    wire,
};
use crate::{
    guard::Opened,
    marketplaces::{
        aside::Aside,
        failure::{Failure, Reason},
        pace::Pace,
    },
};
use chrono::{DateTime, TimeDelta, Utc};
use domain::malformed::Malformed;
use reqwest::StatusCode;
use serde::de::DeserializeOwned;

/// Rows a batch at most.
const BATCH: usize = 5_000;

/// A page is about 60 MB.
const CAP: u64 = 512 << 20;

/// So far back the marketplace keeps orders and sales.
pub const FIRST_ORDERS_DAYS: i64 = 90;

/// What a later sync reads once more: rows may become visible a little after their moment.
pub const OVERLAP_MINUTES: i64 = 10;

/// From when a sync reads: with the last change that was seen, some minutes before it; else as far back as rows are kept.
pub fn orders_since(now: DateTime<Utc>, last_change: Option<DateTime<Utc>>) -> DateTime<Utc> {
    let oldest = now - TimeDelta::days(FIRST_ORDERS_DAYS);
    let from = last_change.map_or(oldest, |seen| seen - TimeDelta::minutes(OVERLAP_MINUTES));
    from.max(oldest)
}

/// A page under way. Take batches until there is none, then ask [`ChangesPage::end`].
pub struct ChangesPage<T> {
    operation: Operation,
    read_row: ReadRow<T>,
    opened: Option<Opened>,
    rows: Rows,
    pace: Pace,
    since: DateTime<Utc>,
    read: u64,
    last: Option<DateTime<Utc>>,
    latest: Option<DateTime<Utc>>,
    unread_since: Option<DateTime<Utc>>,
    aside: Aside,
}

/// From a row, of the place that is named in a mistake, to what it says and when that last changed.
type ReadRow<T> = fn(&'static str, &str, &[u8]) -> Result<(T, DateTime<Utc>), Failure>;

/// What is known behind the last batch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ChangesEnd {
    /// Rows of the page.
    pub rows: u64,
    /// The latest change in it: what [`orders_since`] wants at the next sync.
    pub latest_change: Option<DateTime<Utc>>,
    /// From when the next page is to be asked for; `None`: there is nothing newer. The first row of a page repeats the
    /// last of the one before, so the end is seen only by a page that brings nothing newer.
    pub next_since: Option<DateTime<Utc>>,
}

/// Reads a row of a list; the mapping's error names the field that must be there and is not.
pub(super) fn read_row<W: DeserializeOwned, T>(
    operation: &'static str,
    place: &str,
    row: &[u8],
    map: impl FnOnce(W) -> Result<T, &'static str>,
) -> Result<T, Failure> {
    let row: W = wire::read_row(operation, || place.to_owned(), row)?;
    map(row).map_err(|field| {
        let text = format!("{place}.{field}: missing");
        Failure::new(NAME, operation, Reason::UnexpectedShape, text)
    })
}

impl Wildberries {
    /// Begins the page of rows that changed at a moment or later. One request.
    pub(super) async fn changes<T>(
        &self,
        access: &Access<'_>,
        (operation, path): (Operation, &str),
        since: DateTime<Utc>,
        read_row: ReadRow<T>,
    ) -> Result<ChangesPage<T>, Failure> {
        let date_from = moscow_text(since);
        let query = [("dateFrom", date_from.as_str()), ("flag", "0")];
        let question = Question { query: &query, cap: CAP, ..Question::get(operation, path) };
        let Begun { opened, pace } = self.begin(access, question).await?;
        let opened = (opened.status != StatusCode::NO_CONTENT).then_some(opened);
        Ok(ChangesPage {
            operation,
            read_row,
            opened,
            rows: Rows::at(&[]),
            pace,
            since,
            read: 0,
            last: None,
            latest: None,
            unread_since: None,
            aside: Aside::new(operation.name, access.secrets()),
        })
    }
}

impl<T> ChangesPage<T> {
    /// The limits as told.
    pub fn pace(&self) -> Pace {
        self.pace
    }

    /// The next batch, never empty; `None`: the page is read to its end. An error makes no batch of it wrong: rows may
    /// be kept, since the same ones come again.
    pub async fn next_batch(&mut self) -> Result<Option<Vec<T>>, Failure> {
        let mut batch = Vec::new();
        loop {
            self.take(&mut batch)?;
            if batch.len() >= BATCH {
                return Ok(Some(batch));
            }
            let Some(opened) = &mut self.opened else { break };
            let operation = self.operation;
            let chunk = opened.chunk().await.map_err(|trouble| failed(operation, &trouble))?;
            if let Some(chunk) = chunk {
                self.rows.push(chunk.as_ref());
            } else {
                self.opened = None;
                self.rows
                    .finish()
                    .map_err(|problem| misshapen(operation.name, self.read, &problem))?;
            }
        }
        Ok(if batch.is_empty() { None } else { Some(batch) })
    }

    /// The rows so far that could not be read; each is told once.
    pub fn take_malformed(&mut self) -> Malformed {
        self.aside.take()
    }

    /// The last change before the first row that could not be read: from then on everything has to be read again.
    pub fn unread_since(&self) -> Option<DateTime<Utc>> {
        self.unread_since
    }

    /// Where the page ended. Before `next_batch` gave `None`: where it is.
    pub fn end(&self) -> ChangesEnd {
        // The rows come in the order of their changes, so the last is the latest; should they not, going on from the last
        // loses nothing, as long as it goes on at all.
        let newer = |moment: &DateTime<Utc>| *moment > self.since;
        let next_since = self.last.filter(newer).or(self.latest.filter(newer));
        ChangesEnd { rows: self.read, latest_change: self.latest, next_since }
    }

    fn take(&mut self, batch: &mut Vec<T>) -> Result<(), Failure> {
        let name = self.operation.name;
        while batch.len() < BATCH {
            let next = self.rows.next().map_err(|problem| misshapen(name, self.read, &problem))?;
            let Some(row) = next else { break };
            let read = (self.read_row)(name, &format!("[{}]", self.read), row);
            self.read += 1;
            match read {
                Ok((row, changed_at)) => {
                    self.last = Some(changed_at);
                    self.latest = self.latest.max(self.last);
                    batch.push(row);
                }
                Err(failure) => {
                    self.unread_since.get_or_insert(self.latest.unwrap_or(self.since));
                    self.aside.row(&failure, row, "nmId");
                }
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sync_reads_from_a_little_before_the_last_change() {
        let now: DateTime<Utc> = "2026-08-19T12:00:00Z".parse().unwrap();
        let at = |text: &str| Some(text.parse::<DateTime<Utc>>().unwrap());
        assert_eq!(Some(orders_since(now, at("2026-08-19T11:00:00Z"))), at("2026-08-19T10:50:00Z"));
        assert_eq!(Some(orders_since(now, None)), at("2026-05-21T12:00:00Z"));
        assert_eq!(orders_since(now, at("2020-01-01T00:00:00Z")), orders_since(now, None));
    }
}
