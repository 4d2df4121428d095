//! The page's state is its address: the period, what it is compared with, and as of when.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use domain::ProductId;
use leptos_router::params::ParamsMap;

/// The periods that are offered; any other is chosen on the chart, or by its two dates.
pub const RANGES: [u32; 4] = [28, 90, 180, 365];

/// The longest period.
const LONGEST: i64 = 365;

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
        let day = |name| get(name).and_then(|day| day.parse::<NaiveDate>().ok());
        let until = day("until");
        // Two dates say how many days.
        let between = day("from").zip(until).map(|(from, until)| (until - from).num_days() + 1);
        let days = between.or_else(|| get("days")?.parse().ok());
        let days = days.filter(|days| *days > 0).map(|days| days.min(LONGEST));
        Self {
            id: params.get_str("id").and_then(|id| id.parse().ok()),
            days: days.and_then(|days| u32::try_from(days).ok()).unwrap_or(90),
            until,
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

    /// A stretch of days alone.
    pub fn of(&self, (first, last): (NaiveDate, NaiveDate)) -> Self {
        let days = (last - first).num_days().saturating_add(1).clamp(1, LONGEST);
        let days = u32::try_from(days).unwrap_or(90);
        Self { days, until: Some(last), ..self.clone() }
    }

    /// Twice as many days around the same ones, as far as there are any before today's.
    pub fn wider(&self, last: NaiveDate) -> Option<Self> {
        let days = (i64::from(self.days) * 2).min(LONGEST);
        let more = TimeDelta::days((days - i64::from(self.days)) / 2);
        let until = self.until.map(|_| last.checked_add_signed(more).unwrap_or(last));
        let days = u32::try_from(days).ok().filter(|days| *days > self.days)?;
        Some(Self { days, until, ..self.clone() })
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
        query.insert("days", "0".to_owned());
        let read = Query::read(&params, &query);
        assert_eq!((read.at, read.days), (None, 90));
    }

    #[test]
    fn two_dates_are_a_period_and_a_chosen_one_is_an_address() {
        let day = |day| NaiveDate::from_ymd_opt(2026, 9, day).unwrap();
        let mut query = ParamsMap::new();
        query.insert("from", "2026-09-03".to_owned());
        query.insert("until", "2026-09-09".to_owned());
        let read = Query::read(&ParamsMap::new(), &query);
        assert_eq!((read.days, read.until), (7, Some(day(9))));
        let closer = read.of((day(4), day(5)));
        assert_eq!(closer.href(), "/products/?days=2&until=2026-09-05");
        let wider = closer.wider(day(5)).unwrap();
        assert_eq!((wider.days, wider.until), (4, Some(day(6))));
        assert_eq!(Query { days: 365, ..Query::default() }.wider(day(5)), None);
        query.insert("from", "2026-09-10".to_owned());
        assert_eq!(Query::read(&ParamsMap::new(), &query).days, 90, "the wrong way round");
    }
}
