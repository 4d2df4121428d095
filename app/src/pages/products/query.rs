//! The table's state is its address: read from the query, written back as links.

use domain::product::{ProductQuery, ProductSort, SortOrder};
use leptos_router::params::ParamsMap;
use serde::{Deserialize, Serialize};
use std::fmt::Write as _;

/// Rows a page that can be chosen.
pub const SIZES: [u32; 4] = [25, 50, 100, 200];

/// What the table shows. Best sellers first when nothing else is asked: they are looked at first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Query {
    /// 1-based page.
    pub page: u32,
    /// Rows a page.
    pub size: u32,
    /// What was typed.
    pub search: Option<String>,
    /// Only what runs out.
    pub low_only: bool,
    /// By what.
    pub sort: ProductSort,
    /// Which way.
    pub order: SortOrder,
}

impl Default for Query {
    fn default() -> Self {
        Self {
            page: 1,
            size: ProductQuery::default().page_size,
            search: None,
            low_only: false,
            sort: ProductSort::Orders28,
            order: SortOrder::Desc,
        }
    }
}

/// The columns that can be sorted, with their words in the address.
const SORTS: [(ProductSort, &str); 9] = [
    (ProductSort::UpdatedAt, "updated_at"),
    (ProductSort::ProductName, "product_name"),
    (ProductSort::SellerArticle, "seller_article"),
    (ProductSort::TotalStock, "total_stock"),
    (ProductSort::TotalOrders, "total_orders"),
    (ProductSort::Orders7, "orders_7"),
    (ProductSort::Orders28, "orders_28"),
    (ProductSort::Cover, "cover"),
    (ProductSort::CreatedAt, "created_at"),
];

impl Query {
    /// Reads an address; what makes no sense counts as absent.
    pub fn read(map: &ParamsMap) -> Self {
        let get = |name| map.get_str(name).map(str::trim).filter(|text| !text.is_empty());
        let number = |name| get(name).and_then(|text| text.parse().ok());
        let defaults = Self::default();
        let sort = get("sort_by")
            .and_then(|word| SORTS.iter().find(|(_, name)| *name == word))
            .map_or(defaults.sort, |(sort, _)| *sort);
        Self {
            page: number("page").filter(|page| *page >= 1).unwrap_or(defaults.page),
            size: number("page_size").filter(|n| (1..=200).contains(n)).unwrap_or(defaults.size),
            search: get("search").map(str::to_owned),
            low_only: matches!(get("low_stock_only"), Some("true" | "on" | "1")),
            sort,
            order: match get("sort_order") {
                Some("asc") => SortOrder::Asc,
                Some("desc") => SortOrder::Desc,
                _ => natural(sort),
            },
        }
    }

    /// The address; defaults stay out of it.
    pub fn href(&self) -> String {
        let defaults = Self::default();
        let mut pairs: Vec<(&str, String)> = Vec::new();
        if let Some(text) = &self.search {
            pairs.push(("search", encode(text)));
        }
        if self.low_only {
            pairs.push(("low_stock_only", "true".into()));
        }
        if self.sort != defaults.sort {
            pairs.push(("sort_by", self.sort_word().into()));
        }
        if self.order != natural(self.sort) {
            pairs.push(("sort_order", self.order_word().into()));
        }
        if self.size != defaults.size {
            pairs.push(("page_size", self.size.to_string()));
        }
        if self.page != defaults.page {
            pairs.push(("page", self.page.to_string()));
        }
        let mut href = String::from("/products");
        for (i, (name, value)) in pairs.iter().enumerate() {
            // Writing to a String can't fail.
            let _ = write!(href, "{}{name}={value}", if i == 0 { '?' } else { '&' });
        }
        href
    }

    /// Another page of the same.
    pub fn at_page(&self, page: u32) -> Self {
        Self { page, ..self.clone() }
    }

    /// Sorted by a column: the other way round when it was by that column already.
    pub fn sorted_by(&self, sort: ProductSort) -> Self {
        let order = match (self.sort == sort, self.order) {
            (false, _) => natural(sort),
            (true, SortOrder::Asc) => SortOrder::Desc,
            (true, SortOrder::Desc) => SortOrder::Asc,
        };
        Self { sort, order, page: 1, ..self.clone() }
    }

    /// Whether anything narrows the list.
    pub fn is_filtered(&self) -> bool {
        self.search.is_some() || self.low_only
    }

    fn sort_word(&self) -> &'static str {
        word(self.sort)
    }

    /// The direction's word in the address.
    fn order_word(&self) -> &'static str {
        if self.order == SortOrder::Asc { "asc" } else { "desc" }
    }
}

/// A column's word in the address.
pub fn word(sort: ProductSort) -> &'static str {
    SORTS.iter().find(|(other, _)| *other == sort).map_or("", |(_, word)| word)
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
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => {
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
            sort: ProductSort::Cover,
            order: SortOrder::Desc,
        };
        assert_eq!(
            query.href(),
            "/products?search=%D0%BA%D1%80%D1%83%D0%B6%D0%BA%D0%B0+50%25&low_stock_only=true\
             &sort_by=cover&sort_order=desc&page_size=100&page=3"
        );
        let read = Query::read(&map(&[
            ("search", "кружка 50%"),
            ("low_stock_only", "true"),
            ("sort_by", "cover"),
            ("sort_order", "desc"),
            ("page_size", "100"),
            ("page", "3"),
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
            ("low_stock_only", "no"),
        ]));
        assert_eq!(read, Query::default());
        assert_eq!(read.href(), "/products");
    }

    #[test]
    fn a_header_turns_its_own_order() {
        let by_cover = Query::default().sorted_by(ProductSort::Cover);
        assert_eq!(by_cover.order, SortOrder::Asc);
        assert_eq!(by_cover.sorted_by(ProductSort::Cover).order, SortOrder::Desc);
        assert_eq!(by_cover.at_page(4).sorted_by(ProductSort::Orders7).page, 1);
    }
}
