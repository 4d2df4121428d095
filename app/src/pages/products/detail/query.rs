//! The page's state is its address: the period, what it is compared with, and as of when.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use domain::ProductId;
use leptos_router::params::ParamsMap;

/// The periods that can be chosen.
pub const RANGES: [u32; 4] = [28, 90, 180, 365];

/// What the address asks for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    /// Whose page.
    pub id: Option<ProductId>,
    /// How many days.
    pub days: u32,
    /// The last of them; `None`: today, or the day of [`Self::at`].
    pub until: Option<NaiveDate>,
    /// Whether the period before is shown behind it.
    pub compare: bool,
    /// As of this day or moment; `None`: now.
    pub at: Option<String>,
}

impl Query {
    /// Reads an address; what makes no sense counts as absent.
    pub fn read(params: &ParamsMap, query: &ParamsMap) -> Self {
        let get = |name| query.get_str(name).map(str::trim).filter(|text| !text.is_empty());
        let days = get("days").and_then(|days| days.parse().ok());
        Self {
            id: params.get_str("id").and_then(|id| id.parse().ok()),
            days: days.filter(|days| RANGES.contains(days)).unwrap_or(90),
            until: get("until").and_then(|day| day.parse().ok()),
            compare: get("compare").is_some_and(|word| word != "0"),
            at: get("at").filter(|at| domain::past::moment(at).is_some()).map(str::to_owned),
        }
    }

    /// The moment of [`Self::at`].
    pub fn moment(&self) -> Option<DateTime<Utc>> {
        self.at.as_deref().and_then(domain::past::moment)
    }

    /// The last day of the period, when it is not today.
    pub fn last(&self) -> Option<NaiveDate> {
        let at = self.moment().map(|at| crate::text::date::moscow(at).date());
        match (self.until, at) {
            (Some(until), Some(at)) => Some(until.min(at)),
            (until, at) => until.or(at),
        }
    }

    /// The last day of the period before one that begins on a day.
    pub fn day_before(first: NaiveDate) -> NaiveDate {
        first.checked_sub_signed(TimeDelta::days(1)).unwrap_or(first)
    }

    /// The address.
    pub fn href(&self) -> String {
        let mut pairs: Vec<String> = Vec::new();
        if self.days != 90 {
            pairs.push(format!("days={}", self.days));
        }
        if let Some(until) = self.until {
            pairs.push(format!("until={until}"));
        }
        if self.compare {
            pairs.push("compare=1".into());
        }
        if let Some(at) = &self.at {
            pairs.push(format!("at={}", at.replace('+', "%2B")));
        }
        let id = self.id.map(|id| id.to_string()).unwrap_or_default();
        let mark = if pairs.is_empty() { "" } else { "?" };
        format!("/products/{id}{mark}{}", pairs.join("&"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_comes_back() {
        let id = "0198c0de-0000-7000-8000-000000000000";
        let mut params = ParamsMap::new();
        params.insert("id", id.to_owned());
        let mut query = ParamsMap::new();
        for (name, value) in
            [("days", "28"), ("until", "2026-09-01"), ("compare", "1"), ("at", "2026-08-31")]
        {
            query.insert(name, value.to_owned());
        }
        let read = Query::read(&params, &query);
        assert_eq!(
            read.href(),
            format!("/products/{id}?days=28&until=2026-09-01&compare=1&at=2026-08-31")
        );
        assert_eq!(read.last(), NaiveDate::from_ymd_opt(2026, 8, 31), "nothing after the moment");
        query.insert("at", "soon".to_owned());
        query.insert("days", "29".to_owned());
        let read = Query::read(&params, &query);
        assert_eq!((read.at, read.days), (None, 90));
    }
}
