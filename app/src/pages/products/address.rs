//! The table's state as an address: read from what stands behind the question mark, and written there.

use super::query::{Column, Query, natural};
use domain::{
    catalogue::{ProductFilter, SortKey},
    product::{ProductSort, SortOrder},
};
use leptos_router::params::ParamsMap;
use serde::{Serialize, de::DeserializeOwned};
use std::{fmt::Write as _, str::FromStr};

impl Query {
    /// Reads an address; what makes no sense counts as absent.
    pub fn read(map: &ParamsMap) -> Self {
        let all = |name: &str| -> Vec<String> {
            let values = map.get_all(name).unwrap_or_default();
            values
                .into_iter()
                .map(|text| text.trim().to_owned())
                .filter(|t| !t.is_empty())
                .collect()
        };
        let get = |name: &str| all(name).pop();
        let number = |name: &str| get(name).and_then(|text| text.parse().ok());
        let days = |name: &str| get(name).and_then(|text| text.parse().ok()).filter(|n| *n >= 0);
        let flag = |name: &str| matches!(get(name).as_deref(), Some("true" | "on" | "1"));
        let defaults = Self::default();
        let mut filter = ProductFilter {
            account: parsed(&all("account")),
            warehouse: parsed(&all("warehouse")),
            warehouse_out: flag("warehouse_out"),
            brand: all("brand"),
            subject: all("subject"),
            grade: words(&all("grade")),
            abc: words(&all("abc")),
            xyz: words(&all("xyz")),
            stock: words(&all("stock")).pop(),
            cover_from: days("cover_from"),
            cover_to: days("cover_to"),
            dead: flag("dead"),
            risk: flag("risk"),
            to_order: flag("to_order"),
            lost: flag("lost"),
            linked: flag("linked"),
            changed: words(&all("changed")).pop(),
            tag: parsed(&all("tag")),
            archived: flag("archived"),
        };
        if let Some(word) = get("cover") {
            filter.cover_in_a_word(&word);
        }
        let columns: Vec<Column> = Column::ALL
            .into_iter()
            .filter(|(_, word)| {
                all("cols").iter().any(|given| given.split(',').any(|w| w == *word))
            })
            .map(|(column, _)| column)
            .collect();
        Self {
            page: number("page").filter(|page| *page >= 1).unwrap_or(defaults.page),
            size: number("page_size").filter(|n| (1..=200).contains(n)).unwrap_or(defaults.size),
            search: get("search"),
            low_only: flag("low_stock_only"),
            min_stock: days("min_stock"),
            max_stock: days("max_stock"),
            filter,
            sort: sort(&all("sort"), get("sort_by").as_deref(), get("sort_order").as_deref())
                .unwrap_or(defaults.sort),
            after: get("after"),
            before: get("before"),
            columns: if columns.is_empty() { defaults.columns } else { columns },
            dense: get("density").as_deref() == Some("dense"),
            at: crate::components::past_bar::read(get("at").as_deref()),
        }
    }

    /// The address; defaults stay out of it.
    pub fn href(&self) -> String {
        let query = self.query();
        if query.is_empty() { "/products".to_owned() } else { format!("/products?{query}") }
    }

    /// What stands behind the question mark.
    pub fn query(&self) -> String {
        let defaults = Self::default();
        let mut pairs: Vec<(&str, String)> = Vec::new();
        let filter = &self.filter;
        if let Some(text) = &self.search {
            pairs.push(("search", text.clone()));
        }
        let flags = [
            ("low_stock_only", self.low_only),
            ("warehouse_out", filter.warehouse_out),
            ("dead", filter.dead),
            ("risk", filter.risk),
            ("to_order", filter.to_order),
            ("lost", filter.lost),
            ("linked", filter.linked),
            ("archived", filter.archived),
        ];
        pairs.extend(flags.iter().filter(|(_, on)| *on).map(|(name, _)| (*name, "1".to_owned())));
        let numbers = [
            ("min_stock", self.min_stock),
            ("max_stock", self.max_stock),
            ("cover_from", filter.cover_from),
            ("cover_to", filter.cover_to),
        ];
        pairs.extend(numbers.iter().filter_map(|(name, n)| Some((*name, n.as_ref()?.to_string()))));
        pairs.extend(filter.account.iter().map(|id| ("account", id.to_string())));
        pairs.extend(filter.warehouse.iter().map(|id| ("warehouse", id.to_string())));
        pairs.extend(filter.brand.iter().map(|name| ("brand", name.clone())));
        pairs.extend(filter.subject.iter().map(|name| ("subject", name.clone())));
        pairs.extend(filter.grade.iter().map(|grade| ("grade", word_of(grade))));
        pairs.extend(filter.abc.iter().map(|class| ("abc", word_of(class))));
        pairs.extend(filter.xyz.iter().map(|class| ("xyz", word_of(class))));
        pairs.extend(filter.stock.iter().map(|stock| ("stock", word_of(stock))));
        pairs.extend(filter.changed.iter().map(|change| ("changed", word_of(change))));
        pairs.extend(filter.tag.iter().map(|id| ("tag", id.to_string())));
        if self.sort != defaults.sort {
            pairs.push(("sort", SortKey::write(&self.sort)));
        }
        if self.columns != defaults.columns {
            let shown: Vec<_> = self.columns.iter().map(|column| column.word()).collect();
            pairs.push(("cols", shown.join(",")));
        }
        if self.dense {
            pairs.push(("density", "dense".into()));
        }
        if self.size != defaults.size {
            pairs.push(("page_size", self.size.to_string()));
        }
        if self.page != defaults.page {
            pairs.push(("page", self.page.to_string()));
        }
        pairs.extend(self.at.iter().map(|at| ("at", at.clone())));
        pairs.extend(self.after.iter().map(|cursor| ("after", cursor.clone())));
        pairs.extend(self.before.iter().map(|cursor| ("before", cursor.clone())));
        let mut query = String::new();
        for (name, value) in pairs {
            let and = if query.is_empty() { "" } else { "&" };
            // Writing to a String can't fail.
            let _ = write!(query, "{and}{name}={}", encode(&value));
        }
        query
    }
}

fn parsed<T: FromStr>(texts: &[String]) -> Vec<T> {
    texts.iter().filter_map(|text| text.parse().ok()).collect()
}

fn words<T: DeserializeOwned>(texts: &[String]) -> Vec<T> {
    let word = |text: &String| serde_json::from_value(text.as_str().into()).ok();
    texts.iter().filter_map(word).collect()
}

/// An enum's word.
pub fn word_of<T: Serialize>(value: &T) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(word)) => word,
        _ => String::new(),
    }
}

/// `sort=cover,-stock`, `sort=cover&sort=-stock`, or `sort_by` and `sort_order`; a column once, three at most.
fn sort(given: &[String], by: Option<&str>, order: Option<&str>) -> Option<Vec<SortKey>> {
    let mut keys: Vec<SortKey> = Vec::new();
    for key in given.iter().flat_map(|text| text.split(',')).filter_map(SortKey::read).flatten() {
        if keys.len() < domain::catalogue::SORT_KEYS && keys.iter().all(|k| k.sort != key.sort) {
            keys.push(key);
        }
    }
    if keys.is_empty() {
        let sort = ProductSort::of_word(by?)?;
        let order = match order {
            Some("asc") => SortOrder::Asc,
            Some("desc") => SortOrder::Desc,
            _ => natural(sort),
        };
        keys.push(SortKey { sort, order });
    }
    Some(keys)
}

/// Percent-encoding of a query value.
fn encode(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' | b',' => {
                encoded.push(char::from(byte));
            }
            b' ' => encoded.push('+'),
            _ => {
                let _ = write!(encoded, "%{byte:02X}");
            }
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::{catalogue::StockState, demand::Grade};

    fn map(pairs: &[(&str, &str)]) -> ParamsMap {
        pairs.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect()
    }

    #[test]
    fn an_address_comes_back() {
        let query = Query {
            page: 3,
            size: 100,
            search: Some("кружка 50%".into()),
            low_only: true,
            min_stock: Some(1),
            filter: ProductFilter {
                brand: vec!["Уют".into(), "A & B".into()],
                grade: vec![Grade::Deficit],
                stock: Some(StockState::Low),
                cover_to: Some(14),
                dead: true,
                ..ProductFilter::default()
            },
            sort: SortKey::read("cover,-total_stock").unwrap(),
            after: Some("abc".into()),
            columns: vec![Column::Stock, Column::Revenue],
            dense: true,
            ..Query::default()
        };
        let href = query.href();
        assert_eq!(
            href,
            "/products?search=%D0%BA%D1%80%D1%83%D0%B6%D0%BA%D0%B0+50%25&low_stock_only=1&dead=1&min_stock=1\
             &cover_to=14&brand=%D0%A3%D1%8E%D1%82&brand=A+%26+B&grade=deficit&stock=low&sort=cover,-total_stock\
             &cols=stock,revenue&density=dense&page_size=100&page=3&after=abc"
        );
        let read = Query::read(&map(&[
            ("search", "кружка 50%"),
            ("low_stock_only", "true"),
            ("min_stock", "1"),
            ("brand", "Уют"),
            ("brand", "A & B"),
            ("grade", "deficit"),
            ("stock", "low"),
            ("cover", "lt14"),
            ("dead", "1"),
            ("sort", "cover"),
            ("sort", "-stock"),
            ("cols", "stock"),
            ("cols", "revenue"),
            ("density", "dense"),
            ("page_size", "100"),
            ("page", "3"),
            ("after", "abc"),
        ]));
        assert_eq!(read, query);
    }

    #[test]
    fn nonsense_counts_as_absent() {
        let read = Query::read(&map(&[
            ("page", "0"),
            ("page_size", "1000"),
            ("search", "  "),
            ("sort_by", "drop table"),
            ("sort", "price"),
            ("grade", "good"),
            ("tag", "1"),
            ("cover", "soon"),
            ("cover_from", "-1"),
            ("low_stock_only", "no"),
        ]));
        assert_eq!(read, Query::default());
        assert_eq!(read.href(), "/products");
    }

    #[test]
    fn old_addresses_still_sort() {
        let read = Query::read(&map(&[("sort_by", "cover"), ("sort_order", "desc")]));
        assert_eq!(SortKey::write(&read.sort), "-cover");
    }

    #[test]
    fn of_the_past_is_asked_what_does_not_change_with_time() {
        let mut query = Query::read(&map(&[("at", "2026-09-01"), ("brand", "Уют"), ("risk", "1")]));
        query.columns = vec![Column::Stock, Column::Revenue];
        let past = query.of_the_past();
        assert_eq!(SortKey::write(&past.sort), "product_name");
        assert_eq!((past.filter.brand.len(), past.filter.risk), (1, false));
        assert_eq!(past.columns, [Column::Stock]);
        assert!(past.href().ends_with("at=2026-09-01"), "{}", past.href());
        assert_eq!(past.of_the_past(), past);
        assert_eq!(Query::read(&map(&[("at", "soon")])).at, None);
    }
}
