//! The order of a list: its keys, `order by`, and what comes after a row.

use super::{Bound, Statement, is_searched};
use crate::products_cursor::Value;
use domain::{
    catalogue::{Changed, SortKey},
    product::{ProductQuery, ProductSort, SortOrder},
};
use uuid::Uuid;

/// One key of an order, as a column of the listed table.
#[derive(Clone, Copy)]
pub(super) struct Key {
    pub(super) column: &'static str,
    /// Whether it may be null; nulls are last in either order.
    pub(super) nullable: bool,
    pub(super) ascending: bool,
}

/// How the columns of a question's order are called, whether they may be null, and which way they go; what is exactly
/// what was searched for comes before everything else.
pub(super) fn keys(query: &ProductQuery) -> Vec<Key> {
    let exact = Key { column: "exact", nullable: false, ascending: true };
    let exact = is_searched(query).then_some(exact);
    let sorted = query.keys().into_iter().map(|SortKey { sort, order }| {
        let (column, nullable) = column(sort);
        Key { column, nullable, ascending: order == SortOrder::Asc }
    });
    exact.into_iter().chain(sorted).collect()
}

/// Whether a filter asks for a stretch of what the list is sorted by, where the walk can begin at once; or for the archive,
/// of which there is no other index.
pub(crate) fn is_along(query: &ProductQuery) -> bool {
    let filter = &query.filter;
    let stock = query.low_stock_only
        || query.min_stock.is_some()
        || query.max_stock.is_some()
        || filter.stock.is_some();
    let cover =
        filter.cover_from.is_some() || filter.cover_to.is_some() || !filter.grade.is_empty();
    let gone = filter.archived || filter.changed == Some(Changed::Gone);
    gone || match query.keys().first().map(|key| key.sort) {
        Some(ProductSort::TotalStock) => stock,
        Some(ProductSort::Cover) => cover,
        _ => false,
    }
}

fn column(sort: ProductSort) -> (&'static str, bool) {
    use ProductSort as S;
    match sort {
        S::UpdatedAt => ("updated_at", false),
        S::ProductName => ("title_key", false),
        S::SellerArticle => ("seller_article_key", false),
        S::CreatedAt => ("created_at", false),
        S::TotalStock => ("total_stock", true),
        S::TotalOrders => ("total_orders", true),
        S::Orders7 => ("orders_7", true),
        S::Orders28 => ("orders_28", true),
        S::Cover => ("cover_tenths", true),
        S::InWayToClient => ("in_way_to_client", true),
        S::InWayFromClient => ("in_way_from_client", true),
        S::AtRisk => ("at_risk_minor", true),
        S::OrderMinor => ("order_minor", true),
        S::DeadMinor => ("dead_minor", true),
        S::Revenue28 => ("revenue_28", true),
        S::LostMinor28 => ("lost_minor_28", true),
    }
}

impl Statement {
    /// Whether a row comes after the one that had these values (backwards: before it).
    pub(super) fn beyond(
        &mut self,
        keys: &[Key],
        values: &[Value],
        first: &Key,
        id: Uuid,
        backward: bool,
        table: &str,
    ) -> String {
        let sign = |ascending: bool| if ascending == backward { "<" } else { ">" };
        let (Some(key), Some(value)) = (keys.first(), values.first()) else {
            let id = self.hold(Bound::Id(id));
            return format!("{table}.id {} {id}", sign(first.ascending));
        };
        let column = format!("{table}.{}", key.column);
        let value = match value {
            Value::Null => {
                let rest = self.beyond(rest(keys), rest(values), first, id, backward, table);
                return if backward {
                    format!("({column} is not null or ({column} is null and {rest}))")
                } else {
                    format!("({column} is null and {rest})")
                };
            }
            Value::Number(number) => self.hold(Bound::Number(*number)),
            Value::Moment(moment) => self.hold(Bound::Moment(*moment)),
            Value::Text(text) => self.hold(Bound::Text(text.clone())),
        };
        let sign = sign(key.ascending);
        if keys.len() == 1 && key.ascending == first.ascending && !key.nullable {
            let id = self.hold(Bound::Id(id));
            return format!("({column}, {table}.id) {sign} ({value}, {id})");
        }
        let rest = self.beyond(rest(keys), rest(values), first, id, backward, table);
        if key.nullable && !backward {
            format!(
                "({column} {sign} {value} or {column} is null or ({column} = {value} and {rest}))"
            )
        } else {
            // The first half alone is what an index can begin at.
            format!("({column} {sign}= {value} and ({column} <> {value} or {rest}))")
        }
    }
}

fn rest<T>(all: &[T]) -> &[T] {
    all.get(1..).unwrap_or_default()
}

/// The order of a page; `skip_first`: the first key is the same in all rows.
pub(super) fn order(table: &str, keys: &[Key], backward: bool, skip_first: bool) -> String {
    let mut terms: Vec<String> = Vec::new();
    let direction = |ascending: bool| if ascending == backward { "desc" } else { "asc" };
    for key in keys.iter().skip(usize::from(skip_first)) {
        if key.nullable {
            let nulls = if backward { " desc" } else { "" };
            terms.push(format!("{table}.{} is null{nulls}", key.column));
        }
        terms.push(format!("{table}.{} {}", key.column, direction(key.ascending)));
    }
    let ascending = keys.first().is_none_or(|key| key.ascending);
    terms.push(format!("{table}.id {}", direction(ascending)));
    terms.join(", ")
}
