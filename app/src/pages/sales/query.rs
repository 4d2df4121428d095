//! The page's state is its address.

use chrono::{NaiveDate, TimeDelta};
use domain::{AccountId, ProductId, observed::SaleKind};
use leptos_router::params::ParamsMap;
use serde::{Deserialize, Serialize};
use std::fmt::Write as _;

/// Days that are shown when none are named.
const USUAL_DAYS: i64 = 28;

/// What is shown.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Query {
    /// From this day on.
    pub from: Option<NaiveDate>,
    /// Until this day.
    pub to: Option<NaiveDate>,
    /// Only this shop's.
    pub account: Option<AccountId>,
    /// Only this product's.
    pub product: Option<ProductId>,
    /// Only sales, or only returns.
    pub kind: Option<SaleKind>,
    /// After this sale.
    pub cursor: Option<String>,
}

fn kind(word: &str) -> Option<SaleKind> {
    SaleKind::ALL.into_iter().find(|kind| kind.as_str() == word)
}

impl Query {
    /// Reads an address; what makes no sense counts as absent.
    pub fn read(map: &ParamsMap) -> Self {
        let get = |name| map.get_str(name).map(str::trim).filter(|text| !text.is_empty());
        Self {
            from: get("from").and_then(|day| day.parse().ok()),
            to: get("to").and_then(|day| day.parse().ok()),
            account: get("account").and_then(|id| id.parse().ok()),
            product: get("product").and_then(|id| id.parse().ok()),
            kind: get("kind").and_then(kind),
            cursor: get("cursor").map(str::to_owned),
        }
    }

    /// The same with both ends named: the last four weeks when none is.
    pub fn dated(&self, today: NaiveDate) -> Self {
        let to = self.to.unwrap_or(today);
        let usual = to.checked_sub_signed(TimeDelta::days(USUAL_DAYS - 1)).unwrap_or(to);
        Self { from: Some(self.from.unwrap_or(usual).min(to)), to: Some(to), ..self.clone() }
    }

    /// What narrows the list, as a query without its mark.
    pub fn filter(&self) -> String {
        let mut text = String::new();
        let mut add = |name: &str, value: Option<String>| {
            if let Some(value) = value {
                // Writing to a String can't fail.
                let _ = write!(text, "{}{name}={value}", if text.is_empty() { "" } else { "&" });
            }
        };
        add("from", self.from.map(|day| day.to_string()));
        add("to", self.to.map(|day| day.to_string()));
        add("account", self.account.map(|id| id.to_string()));
        add("product", self.product.map(|id| id.to_string()));
        add("kind", self.kind.map(|kind| kind.as_str().to_owned()));
        text
    }

    /// The address.
    pub fn href(&self) -> String {
        let (filter, mut href) = (self.filter(), String::from("/sales"));
        if !filter.is_empty() {
            let _ = write!(href, "?{filter}");
        }
        if let Some(cursor) = &self.cursor {
            let _ = write!(href, "{}cursor={cursor}", if filter.is_empty() { '?' } else { '&' });
        }
        href
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_comes_back() {
        let day = |text: &str| text.parse().ok();
        let query = Query {
            from: day("2026-09-01"),
            to: day("2026-09-15"),
            kind: Some(SaleKind::Return),
            cursor: Some("abc_-".into()),
            ..Query::default()
        };
        let href = query.href();
        assert_eq!(href, "/sales?from=2026-09-01&to=2026-09-15&kind=return&cursor=abc_-");
        let mut map = ParamsMap::new();
        for (name, value) in [
            ("from", "2026-09-01"),
            ("to", "2026-09-15"),
            ("kind", "return"),
            ("cursor", "abc_-"),
            ("account", "not an id"),
        ] {
            map.insert(name, value.to_owned());
        }
        assert_eq!(Query::read(&map), query);
        assert_eq!(Query::default().href(), "/sales");
    }

    #[test]
    fn four_weeks_are_shown_when_no_day_is_named() {
        let today = NaiveDate::from_ymd_opt(2026, 9, 15).unwrap();
        let dated = Query::default().dated(today);
        assert_eq!(dated.filter(), "from=2026-08-19&to=2026-09-15");
    }
}
