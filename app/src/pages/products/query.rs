//! The table's state is its address: read from the query, written back as links.

use domain::{
    catalogue::{ProductFilter, SortKey, StockState},
    demand::Grade,
    product::{ProductQuery, ProductSort, SortOrder},
    today::{Abc, Xyz},
};
use leptos_router::params::ParamsMap;
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use std::{fmt::Write as _, str::FromStr};

/// Rows a page that can be chosen.
pub const SIZES: [u32; 4] = [25, 50, 100, 200];

/// A column that can be left out; the product itself can't.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Column {
    /// The seller's article.
    Article,
    /// Pieces.
    Stock,
    /// On the way, both ways.
    Way,
    /// Orders of 7 days.
    Orders7,
    /// Orders of 28 days.
    Orders28,
    /// Revenue of 28 days.
    Revenue,
    /// ABC and XYZ.
    Class,
    /// How many to order.
    Order,
    /// Days of cover.
    Cover,
    /// The small curve.
    Trend,
    /// How old it is.
    Age,
}

impl Column {
    /// All, in the table's order, each with its word in the address.
    pub const ALL: [(Self, &'static str); 11] = [
        (Self::Article, "article"),
        (Self::Stock, "stock"),
        (Self::Way, "way"),
        (Self::Orders7, "orders_7"),
        (Self::Orders28, "orders_28"),
        (Self::Revenue, "revenue"),
        (Self::Class, "class"),
        (Self::Order, "order"),
        (Self::Cover, "cover"),
        (Self::Trend, "trend"),
        (Self::Age, "age"),
    ];

    /// Those that are shown when nobody chose.
    fn usual() -> Vec<Self> {
        let all = Self::ALL.into_iter().map(|(column, _)| column);
        all.filter(|column| !matches!(column, Self::Revenue | Self::Class | Self::Order)).collect()
    }

    fn word(self) -> &'static str {
        Self::ALL.iter().find(|(column, _)| *column == self).map_or("", |(_, word)| word)
    }
}

/// What the table shows. Best sellers first when nothing else is asked: they are looked at first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Query {
    /// 1-based page, for its number alone: where it begins is said by `after` or `before`.
    pub page: u32,
    /// Rows a page.
    pub size: u32,
    /// What was typed.
    pub search: Option<String>,
    /// Only what runs out.
    pub low_only: bool,
    /// At least so many pieces.
    pub min_stock: Option<i64>,
    /// At most so many pieces.
    pub max_stock: Option<i64>,
    /// What narrows it.
    pub filter: ProductFilter,
    /// By what, the first first.
    pub sort: Vec<SortKey>,
    /// The row before the page's first.
    pub after: Option<String>,
    /// The row after the page's last.
    pub before: Option<String>,
    /// What is shown of a product.
    pub columns: Vec<Column>,
    /// Whether rows are low.
    pub dense: bool,
    /// As of this day or moment; `None`: now.
    pub at: Option<String>,
}

impl Default for Query {
    fn default() -> Self {
        Self {
            page: 1,
            size: ProductQuery::default().page_size,
            search: None,
            low_only: false,
            min_stock: None,
            max_stock: None,
            filter: ProductFilter::default(),
            sort: vec![SortKey { sort: ProductSort::Orders28, order: SortOrder::Desc }],
            after: None,
            before: None,
            columns: Column::usual(),
            dense: false,
            at: None,
        }
    }
}

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

    /// What of it can be asked of the past: the order by what does not change, filters by what a product is. The columns
    /// are those that are kept over time.
    pub fn of_the_past(&self) -> Self {
        let filter = &self.filter;
        let filter = ProductFilter {
            account: filter.account.clone(),
            brand: filter.brand.clone(),
            subject: filter.subject.clone(),
            tag: filter.tag.clone(),
            archived: filter.archived,
            ..ProductFilter::default()
        };
        let is_kept = |column: &Column| {
            matches!(
                column,
                Column::Article
                    | Column::Stock
                    | Column::Orders7
                    | Column::Orders28
                    | Column::Cover
                    | Column::Trend
            )
        };
        let mut sort = self.sort.clone();
        sort.retain(|key| key.sort.is_timeless());
        if sort.is_empty() {
            sort.push(SortKey { sort: ProductSort::ProductName, order: SortOrder::Asc });
        }
        Self {
            low_only: false,
            min_stock: None,
            max_stock: None,
            filter,
            sort,
            columns: self.columns.iter().copied().filter(is_kept).collect(),
            ..self.clone()
        }
    }

    /// The first page of the same.
    pub fn from_the_start(&self) -> Self {
        Self { page: 1, after: None, before: None, ..self.clone() }
    }

    /// The page after this one.
    pub fn next(&self, cursor: &str) -> Self {
        Self { page: self.page + 1, after: Some(cursor.to_owned()), before: None, ..self.clone() }
    }

    /// The page before this one; the first has no cursor, so that what is new is on it.
    pub fn previous(&self, cursor: &str) -> Self {
        if self.page <= 2 {
            return self.from_the_start();
        }
        Self { page: self.page - 1, after: None, before: Some(cursor.to_owned()), ..self.clone() }
    }

    /// Sorted by a column alone: the other way round when it was the first already.
    pub fn sorted_by(&self, sort: ProductSort) -> Self {
        Self { sort: vec![self.turned(sort)], ..self.from_the_start() }
    }

    /// Sorted by a column as well: the last, or the other way round where it is.
    pub fn also_sorted_by(&self, sort: ProductSort) -> Self {
        let turned = self.turned(sort);
        let mut keys = self.sort.clone();
        match keys.iter_mut().find(|key| key.sort == sort) {
            Some(key) => *key = turned,
            None => {
                keys.truncate(domain::catalogue::SORT_KEYS - 1);
                keys.push(turned);
            }
        }
        Self { sort: keys, ..self.from_the_start() }
    }

    fn turned(&self, sort: ProductSort) -> SortKey {
        let order = match self.sort.iter().find(|key| key.sort == sort).map(|key| key.order) {
            None => natural(sort),
            Some(SortOrder::Asc) => SortOrder::Desc,
            Some(SortOrder::Desc) => SortOrder::Asc,
        };
        SortKey { sort, order }
    }

    /// The same without what narrows it; sorting and looks stay.
    pub fn unfiltered(&self) -> Self {
        Self {
            search: None,
            low_only: false,
            min_stock: None,
            max_stock: None,
            filter: ProductFilter::default(),
            ..self.from_the_start()
        }
    }

    /// Whether anything narrows the list.
    pub fn is_filtered(&self) -> bool {
        self.unfiltered() != self.from_the_start()
    }

    /// Whether a column is shown.
    pub fn shows(&self, column: Column) -> bool {
        self.columns.contains(&column)
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

/// Grades, classes and states that can be chosen.
pub const GRADES: [Grade; 5] =
    [Grade::Deficit, Grade::Popular, Grade::Actual, Grade::Surplus, Grade::NoSales];
/// States of stock.
pub const STOCKS: [StockState; 3] = [StockState::Out, StockState::Low, StockState::Has];
/// Classes by revenue.
pub const ABC: [Abc; 3] = Abc::ALL;
/// Classes by evenness.
pub const XYZ: [Xyz; 3] = Xyz::ALL;

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

/// The way people want to see a column first: numbers from the largest, words and cover from the
/// smallest.
pub const fn natural(sort: ProductSort) -> SortOrder {
    match sort {
        ProductSort::ProductName | ProductSort::SellerArticle | ProductSort::Cover => {
            SortOrder::Asc
        }
        _ => SortOrder::Desc,
    }
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
    fn a_header_turns_its_own_order_and_shift_adds_one() {
        let by_cover = Query::default().sorted_by(ProductSort::Cover);
        assert_eq!(SortKey::write(&by_cover.sort), "cover");
        assert_eq!(SortKey::write(&by_cover.sorted_by(ProductSort::Cover).sort), "-cover");
        let both = by_cover.also_sorted_by(ProductSort::TotalStock);
        assert_eq!(SortKey::write(&both.sort), "cover,-total_stock");
        let turned = both.also_sorted_by(ProductSort::TotalStock);
        assert_eq!(SortKey::write(&turned.sort), "cover,total_stock");
        assert_eq!(by_cover.next("x").sorted_by(ProductSort::Orders7).after, None);
    }

    #[test]
    fn the_first_page_has_no_cursor() {
        let third = Query::default().next("a").next("b");
        assert_eq!((third.page, third.after.as_deref()), (3, Some("b")));
        let second = third.previous("c");
        assert_eq!((second.page, second.before.as_deref()), (2, Some("c")));
        assert_eq!(second.previous("d"), Query::default());
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

    #[test]
    fn what_only_looks_different_is_not_filtered() {
        let mut query = Query { dense: true, ..Query::default() }.sorted_by(ProductSort::Cover);
        assert!(!query.is_filtered());
        query.filter.archived = true;
        assert!(query.is_filtered());
        assert_eq!(query.unfiltered().sort, query.sort);
    }
}
