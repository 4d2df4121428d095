//! The SQL of the catalogue's list, put together from constants: only the conditions that a question has are in it, and
//! every value is bound. Never runs anything.

mod conditions;
mod order;
mod page;
mod search;

use crate::engine::Engine;
use chrono::{DateTime, Utc};
use domain::{product::ProductQuery, validation::fold};
pub(crate) use order::is_along;
pub(crate) use page::{From, Way};
use uuid::Uuid;

/// A value that takes the place of a `$n`.
#[derive(Clone, Debug)]
pub(crate) enum Bound {
    Id(Uuid),
    Number(i64),
    Moment(DateTime<Utc>),
    Text(String),
}

/// Binds all values of a statement.
macro_rules! bind_all {
    ($query:expr, $bound:expr) => {{
        let mut query = $query;
        for value in $bound {
            query = match value {
                $crate::products_query::Bound::Id(id) => query.bind(*id),
                $crate::products_query::Bound::Number(number) => query.bind(*number),
                $crate::products_query::Bound::Moment(moment) => query.bind(*moment),
                $crate::products_query::Bound::Text(text) => query.bind(text.as_str()),
            };
        }
        query
    }};
}
pub(crate) use bind_all;

/// A statement as it grows: the values of `$1` (the tenant), `$2`, and so on.
pub(crate) struct Statement {
    engine: Engine,
    pub(crate) bound: Vec<Bound>,
}

/// Whether there is something to search for.
pub(crate) fn is_searched(query: &ProductQuery) -> bool {
    query.search.as_deref().is_some_and(|text| !fold(text).is_empty())
}

/// Whether what it leaves is counted only so far. All that a search finds is gathered, hence counted, anyway.
pub(crate) fn is_bounded(query: &ProductQuery) -> bool {
    !query.is_whole() && !is_searched(query)
}

/// What a list shows of a product itself, in the order in which it is read.
const COLUMNS: &str = "p.id, p.account_id, p.article, p.seller_article, p.title, p.brand, p.subject, p.photo_url,
   p.archived_at, p.total_stock, p.in_way_to_client, p.in_way_from_client, p.orders_7, p.orders_28, p.total_orders,
   p.days_in_stock_28, p.cover_tenths, p.created_at, p.updated_at, p.revenue_28, p.abc, p.xyz, p.order_units, p.curve";

/// What is known of its shop, and whether it has a tag and a twin: most companies have none, and then no product is asked.
const BESIDE: &str = "a.marketplace, f.stock_since, f.stock_as_of, f.orders_since, f.measured_at,
   exists (select 1 from product_tags g where g.tenant_id = $1)
     and exists (select 1 from product_tags g where g.tenant_id = $1 and g.product_id = p.id) as tagged,
   exists (select 1 from product_links k where k.tenant_id = $1)
     and exists (select 1 from product_links k where k.tenant_id = $1 and k.product_id = p.id) as linked";

const BESIDE_IT: &str = "
   join accounts a on a.tenant_id = $1 and a.id = p.account_id
   left join (select account_id,
       min(case when step in ('marketplace_stock', 'seller_stock') then first_as_of end) as stock_since,
       min(case when step in ('marketplace_stock', 'seller_stock') then as_of end) as stock_as_of,
       min(case when step = 'orders' then first_as_of end) as orders_since,
       min(case when step = 'measures' then as_of end) as measured_at
     from freshness where tenant_id = $1 group by account_id) f on f.account_id = p.account_id";

/// Rows of a filter that are counted and added up, at most: beyond, it is only said that there are more. Nobody reads
/// so many, and adding up a million takes longer than all the rest of a page.
pub(crate) const COUNTED_AT_MOST: i64 = 10_000;

/// One more tells that there are more.
fn at_most(query: &ProductQuery) -> String {
    if is_bounded(query) { format!(" limit {}", COUNTED_AT_MOST + 1) } else { String::new() }
}

const SUMS: &str = "count(*) as total, cast(sum(f.total_stock) as bigint) as total_stock,
   cast(sum(f.in_way_to_client) as bigint) as in_way_to_client,
   cast(sum(f.in_way_from_client) as bigint) as in_way_from_client,
   cast(sum(f.orders_7) as bigint) as orders_7, cast(sum(f.orders_28) as bigint) as orders_28";

const SUMMED: &str =
    "p.total_stock, p.in_way_to_client, p.in_way_from_client, p.orders_7, p.orders_28";

impl Statement {
    /// Of a tenant: `$1`.
    pub(crate) fn new(tenant: Uuid, engine: Engine) -> Self {
        Self { engine, bound: vec![Bound::Id(tenant)] }
    }

    /// The place of a value in the text.
    pub(crate) fn hold(&mut self, value: Bound) -> String {
        self.bound.push(value);
        format!("${}", self.bound.len())
    }

    pub(crate) fn hold_all(&mut self, values: impl Iterator<Item = Bound>) -> String {
        values.map(|value| self.hold(value)).collect::<Vec<_>>().join(", ")
    }

    /// One product, archived or not.
    pub(crate) fn one(&mut self, id: Uuid) -> String {
        let id = self.hold(Bound::Id(id));
        format!(
            "select {COLUMNS}, {BESIDE} from products p {BESIDE_IT} where p.tenant_id = $1 and p.id = {id}"
        )
    }

    /// How many there are, and their sums; one more than [`COUNTED_AT_MOST`] says that not all were counted.
    pub(crate) fn totals(&mut self, query: &ProductQuery) -> String {
        let conditions = self.conditions(query);
        let most = at_most(query);
        format!(
            "select {SUMS} from
               (select {SUMMED} from products p where p.tenant_id = $1 and {conditions}{most}) f"
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_value_is_named_by_the_text() {
        for engine in [Engine::Postgres, Engine::Sqlite] {
            for typed in ["кружка", "кружка белая большая", "%' or '%'='", "ab", "MUG-350"]
            {
                let query =
                    ProductQuery { search: Some(typed.to_owned()), ..ProductQuery::default() };
                let mut statement = Statement::new(Uuid::nil(), engine);
                let text = statement.page(&query, From::Row(0), 51, Way::Gathered);
                for number in 1..=statement.bound.len() {
                    assert!(text.contains(&format!("${number}")), "{engine:?} {typed}: {number}");
                }
            }
        }
    }

    #[test]
    fn only_what_is_asked_is_in_the_text() {
        let mut plain = Statement::new(Uuid::nil(), Engine::Sqlite);
        assert_eq!(plain.conditions(&ProductQuery::default()), "p.archived_at is null");
        assert_eq!(plain.bound.len(), 1);
        let query = ProductQuery { min_stock: Some(3), ..ProductQuery::default() };
        let mut some = Statement::new(Uuid::nil(), Engine::Sqlite);
        assert_eq!(some.conditions(&query), "p.archived_at is null and p.total_stock >= $2");
    }

    #[test]
    fn no_value_is_ever_in_the_text() {
        let nasty = "x' or 1=1 --";
        let mut query = ProductQuery { search: Some(nasty.into()), ..ProductQuery::default() };
        query.filter.brand = vec![nasty.into()];
        query.filter.subject = vec![nasty.into()];
        for engine in [Engine::Sqlite, Engine::Postgres] {
            let mut statement = Statement::new(Uuid::nil(), engine);
            let text = statement.page(&query, From::Row(0), 51, Way::Gathered);
            assert!(!text.contains("1=1"), "{text}");
        }
    }
}
