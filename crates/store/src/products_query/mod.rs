//! The SQL of the catalogue's list, put together from constants: only the conditions that a question has are in it, and
//! every value is bound. Never runs anything.

mod conditions;
mod order;
mod search;

use crate::{
    engine::Engine,
    products_cursor::{Cursor, Value},
};
use chrono::{DateTime, Utc};
use domain::{product::ProductQuery, validation::fold};
pub(crate) use order::is_along;
use order::{Key, keys, order};
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

/// Which way a list is read from where.
#[derive(Clone, Copy)]
pub(crate) enum From<'c> {
    /// So many rows after the first.
    Row(i64),
    /// After a row.
    After(&'c Cursor),
    /// Before a row, backwards.
    Before(&'c Cursor),
}

/// What a list shows of a product itself, in the order in which it is read.
const COLUMNS: &str = "p.id, p.account_id, p.article, p.seller_article, p.title, p.brand, p.subject, p.photo_url,
   p.archived_at, p.total_stock, p.in_way_to_client, p.in_way_from_client, p.orders_7, p.orders_28, p.total_orders,
   p.days_in_stock_28, p.cover_tenths, p.created_at, p.updated_at, p.revenue_28, p.abc, p.xyz, p.order_units, p.curve";

/// What a list can be sorted by, but does not show.
const KEYS: [(&str, &str); 6] = [
    ("title_key", "text"),
    ("seller_article_key", "text"),
    ("at_risk_minor", "bigint"),
    ("order_minor", "bigint"),
    ("dead_minor", "bigint"),
    ("lost_minor_28", "bigint"),
];

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

/// How a page's rows are come by.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Way {
    /// Along an index of the order, as far as needed: where nothing is left out, or only what lies elsewhere in it.
    Walked,
    /// Along an index of the order, but not far: a filter that leaves much may leave little of what comes first, and then
    /// a walk would pass by most of the catalogue. A page that does not get full is no page.
    Near,
    /// What a filter leaves, put in order, as long as that is not much; else it is no page. All that a search finds.
    Gathered,
    /// All that a filter leaves.
    All,
}

/// Rows of the catalogue that a near page is looked for in.
const NEAR: u32 = 10_000;

/// How many rows, and after how many.
struct Limit {
    rows: u32,
    /// The place of that number.
    first: Option<String>,
}

impl Limit {
    fn text(&self) -> String {
        match &self.first {
            None => format!("limit {}", self.rows),
            Some(first) => format!("limit {} offset {first}", self.rows),
        }
    }

    /// The rows that have to be walked.
    fn from_the_start(&self) -> String {
        match &self.first {
            None => self.rows.to_string(),
            Some(first) => format!("{} + {first}", self.rows),
        }
    }
}

/// The sums of the whole catalogue, if they are counted.
const COUNTED: &str = "(
   select case when count(*) = count(c.counted_at) then cast(sum(c.products) as bigint) end as counted,
     cast(sum(c.total_stock) as bigint) as sum_stock, cast(sum(c.in_way_to_client) as bigint) as sum_to_client,
     cast(sum(c.in_way_from_client) as bigint) as sum_from_client, cast(sum(c.orders_7) as bigint) as sum_orders_7,
     cast(sum(c.orders_28) as bigint) as sum_orders_28
   from accounts a left join catalogue_totals c on c.tenant_id = a.tenant_id and c.account_id = a.id
   where a.tenant_id = $1) t";

/// The sums of what a search found.
const FOUND: &str = "(
   select count(*) as counted, cast(sum(total_stock) as bigint) as sum_stock,
     cast(sum(in_way_to_client) as bigint) as sum_to_client,
     cast(sum(in_way_from_client) as bigint) as sum_from_client, cast(sum(orders_7) as bigint) as sum_orders_7,
     cast(sum(orders_28) as bigint) as sum_orders_28
   from found) t";

/// They are asked for apart.
const NOT_COUNTED: &str = "(
   select cast(null as bigint) as counted, cast(null as bigint) as sum_stock, cast(null as bigint) as sum_to_client,
     cast(null as bigint) as sum_from_client, cast(null as bigint) as sum_orders_7, cast(null as bigint) as sum_orders_28) t";

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

    /// The rows of a page (backwards when they are read back), at most so many, with the sums of the filter where they are
    /// at hand. How many is part of the text: what a plan costs depends on it.
    pub(crate) fn page(
        &mut self,
        query: &ProductQuery,
        from: From<'_>,
        limit: u32,
        way: Way,
    ) -> String {
        let keys = keys(query);
        let backward = matches!(from, From::Before(_));
        let limit = match from {
            From::Row(first) if first > 0 => {
                Limit { rows: limit, first: Some(self.hold(Bound::Number(first))) }
            }
            _ => Limit { rows: limit, first: None },
        };
        let cursor = match from {
            From::Row(_) => None,
            From::After(cursor) | From::Before(cursor) => Some(cursor),
        };
        let shown: String = KEYS
            .iter()
            .map(|(column, kind)| {
                if keys.iter().any(|key| key.column == *column) {
                    format!("p.{column}, ")
                } else {
                    format!("cast(null as {kind}) as {column}, ")
                }
            })
            .collect();
        let (with, rows, exact, table, totals) = if matches!(way, Way::Gathered | Way::All) {
            let most = if way == Way::All { String::new() } else { at_most(query) };
            let found = self.found(query, &keys, cursor, backward, &limit, &most);
            let rows = "page join products p on p.tenant_id = $1 and p.id = page.id";
            let exact = if is_searched(query) { "page.exact" } else { "1" };
            (found, rows, exact, "page", FOUND)
        } else {
            let page = self.walked(query, &keys, cursor, backward, &limit, way);
            let totals = if query.is_whole() { COUNTED } else { NOT_COUNTED };
            (format!("with p as ({page})"), "p", "1", "p", totals)
        };
        let order = order(table, &keys, backward, false);
        format!(
            "{with}
             select {COLUMNS}, {BESIDE}, {shown}cast({exact} as bigint) as exact, t.counted, t.sum_stock,
               t.sum_to_client, t.sum_from_client, t.sum_orders_7, t.sum_orders_28
             from {rows} {BESIDE_IT} cross join {totals}
             order by {order}"
        )
    }

    /// The page's rows along an index of the first key: the known ones, then (where it may be null) the unknown, each a
    /// walk of its own, because one index holds both in one direction only.
    fn walked(
        &mut self,
        query: &ProductQuery,
        keys: &[Key],
        cursor: Option<&Cursor>,
        backward: bool,
        limit: &Limit,
        way: Way,
    ) -> String {
        let conditions = self.conditions(query);
        let columns: String = KEYS.iter().map(|(column, _)| format!(", p.{column}")).collect();
        let enough = limit.from_the_start();
        let first_is_null = cursor.is_some_and(|c| c.values.first() == Some(&Value::Null));
        let Some(first) = keys.first() else { return String::new() };
        // A piece that begins before the page's own rows is skipped by the page, not by each piece.
        let piece = |this: &mut Self, null: bool, beyond: bool| {
            let mut keys = keys.to_vec();
            let of_nulls = match (first.nullable, null) {
                (false, _) => String::new(),
                (true, false) => format!(" and p.{} is not null", first.column),
                (true, true) => format!(" and p.{} is null", first.column),
            };
            if let Some(known) = keys.first_mut() {
                known.nullable = false;
            }
            let after = match cursor.filter(|_| beyond) {
                None => String::new(),
                Some(cursor) if null => {
                    let rest = this.beyond(
                        keys.get(1..).unwrap_or_default(),
                        cursor.values.get(1..).unwrap_or_default(),
                        first,
                        cursor.id,
                        backward,
                        "p",
                    );
                    format!(" and {rest}")
                }
                Some(cursor) => {
                    let rest = this.beyond(&keys, &cursor.values, first, cursor.id, backward, "p");
                    format!(" and {rest}")
                }
            };
            let order = order("p", &keys, backward, null);
            if way == Way::Near {
                return format!(
                    "select {COLUMNS}{columns} from
                       (select p.* from products p
                        where p.tenant_id = $1 and p.archived_at is null{of_nulls}{after}
                        order by {order} limit {NEAR}) p
                     where {conditions} order by {order} limit {enough}"
                );
            }
            format!(
                "select {COLUMNS}{columns} from products p
                 where p.tenant_id = $1 and {conditions}{of_nulls}{after}
                 order by {order} limit {enough}"
            )
        };
        let pieces: Vec<String> = match (first.nullable, backward, first_is_null) {
            (false, ..) => vec![piece(self, false, true)],
            (true, false, false) => vec![piece(self, false, true), piece(self, true, false)],
            (true, false, true) => vec![piece(self, true, true)],
            (true, true, false) => vec![piece(self, false, true)],
            (true, true, true) => vec![piece(self, true, true), piece(self, false, false)],
        };
        // Near the first piece's end there may be more of it than was looked at: the other may not begin yet.
        let pieces: Vec<String> = pieces
            .iter()
            .take(if way == Way::Near { 1 } else { 2 })
            .enumerate()
            .map(|(at, piece)| format!("select * from ({piece}) p{at}"))
            .collect();
        format!("{} {}", pieces.join(" union all "), limit.text())
    }

    /// All that is asked for, once: for the page and for the sums. Of a filter no more than are counted.
    fn found(
        &mut self,
        query: &ProductQuery,
        keys: &[Key],
        cursor: Option<&Cursor>,
        backward: bool,
        limit: &Limit,
        most: &str,
    ) -> String {
        let conditions = self.conditions(query);
        let limit = limit.text();
        let exact = if is_searched(query) {
            format!(", {} as exact", self.exact(query))
        } else {
            String::new()
        };
        let mut columns =
            vec!["total_stock", "in_way_to_client", "in_way_from_client", "orders_7", "orders_28"];
        for key in keys.iter().filter(|key| key.column != "exact") {
            if !columns.contains(&key.column) {
                columns.push(key.column);
            }
        }
        let columns: String = columns.iter().map(|column| format!(", p.{column}")).collect();
        let after = match (cursor, keys.first()) {
            (Some(cursor), Some(first)) => {
                let exact = is_searched(query).then(|| Value::Number(cursor.exact.unwrap_or(1)));
                let values: Vec<_> =
                    exact.into_iter().chain(cursor.values.iter().cloned()).collect();
                let beyond = self.beyond(keys, &values, first, cursor.id, backward, "n");
                format!("where {beyond}")
            }
            _ => String::new(),
        };
        let order = order("n", keys, backward, false);
        format!(
            "with found as materialized (
               select p.id{exact}{columns} from products p where p.tenant_id = $1 and {conditions}{most}),
             page as (select n.* from found n {after} order by {order} {limit})"
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
