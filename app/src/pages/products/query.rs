//! The table's state, and where its links lead from there.

use domain::{
    catalogue::{ProductFilter, SortKey, StockState},
    demand::Grade,
    product::{ProductQuery, ProductSort, SortOrder},
    today::{Abc, Xyz},
};
use serde::{Deserialize, Serialize};

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

    /// Its word in the address.
    pub(super) fn word(self) -> &'static str {
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

/// Grades, classes and states that can be chosen.
pub const GRADES: [Grade; 5] =
    [Grade::Deficit, Grade::Popular, Grade::Actual, Grade::Surplus, Grade::NoSales];
/// States of stock.
pub const STOCKS: [StockState; 3] = [StockState::Out, StockState::Low, StockState::Has];
/// Classes by revenue.
pub const ABC: [Abc; 3] = Abc::ALL;
/// Classes by evenness.
pub const XYZ: [Xyz; 3] = Xyz::ALL;

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

#[cfg(test)]
mod tests {
    use super::*;
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
    fn what_only_looks_different_is_not_filtered() {
        let mut query = Query { dense: true, ..Query::default() }.sorted_by(ProductSort::Cover);
        assert!(!query.is_filtered());
        query.filter.archived = true;
        assert!(query.is_filtered());
        assert_eq!(query.unfiltered().sort, query.sort);
    }
}
