//! The statement of a page: its rows, in one of several ways, with the sums where they are at hand.

use super::{
    BESIDE, BESIDE_IT, Bound, COLUMNS, Statement, at_most, is_searched,
    order::{Key, keys, order},
};
use crate::products_cursor::{Cursor, Value};
use domain::product::ProductQuery;

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

/// What a list can be sorted by, but does not show.
const KEYS: [(&str, &str); 6] = [
    ("title_key", "text"),
    ("seller_article_key", "text"),
    ("at_risk_minor", "bigint"),
    ("order_minor", "bigint"),
    ("dead_minor", "bigint"),
    ("lost_minor_28", "bigint"),
];

impl Statement {
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
