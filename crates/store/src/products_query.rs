//! The SQL of the catalogue's list, put together from constants, and the cursor that goes on after a row.

use crate::statement::{Bound, Statement};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::{DateTime, Utc};
use domain::{
    product::{ProductQuery, ProductSort, SortOrder},
    validation::fold,
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Where a page ended: the value by which the list is sorted, and the id that breaks ties.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cursor {
    #[serde(rename = "s")]
    pub(crate) sort: ProductSort,
    #[serde(rename = "o")]
    pub(crate) order: SortOrder,
    #[serde(rename = "v")]
    pub(crate) value: Value,
    #[serde(rename = "i")]
    pub(crate) id: Uuid,
}

/// A value of a sorted column.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Value {
    #[serde(rename = "z")]
    Null,
    #[serde(rename = "n")]
    Number(i64),
    #[serde(rename = "m")]
    Moment(DateTime<Utc>),
    #[serde(rename = "t")]
    Text(String),
}

impl Value {
    pub(crate) fn number(number: Option<i64>) -> Self {
        number.map_or(Self::Null, Self::Number)
    }

    /// As it is compared; `None`: it comes among the unknown ones.
    fn bound(&self) -> Option<Bound> {
        match self {
            Self::Null => None,
            Self::Number(number) => Some(Bound::Number(*number)),
            Self::Moment(moment) => Some(Bound::Moment(*moment)),
            Self::Text(text) => Some(Bound::Text(text.clone())),
        }
    }

    fn fits(&self, sort: ProductSort) -> bool {
        use ProductSort as S;
        match self {
            Self::Moment(_) => matches!(sort, S::UpdatedAt | S::CreatedAt),
            Self::Text(_) => matches!(sort, S::ProductName | S::SellerArticle),
            Self::Null | Self::Number(_) => {
                !matches!(sort, S::UpdatedAt | S::CreatedAt | S::ProductName | S::SellerArticle)
            }
        }
    }
}

impl Cursor {
    /// As text for a client, who is not to read it.
    pub fn to_text(&self) -> String {
        URL_SAFE_NO_PAD.encode(serde_json::to_vec(self).unwrap_or_default())
    }

    /// Reads what [`Self::to_text`] wrote for a list of the same sort and order; `None`: it is no such text.
    pub fn from_text(text: &str, query: &ProductQuery) -> Option<Self> {
        let cursor: Self = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(text).ok()?).ok()?;
        let same = cursor.sort == query.sort_by && cursor.order == query.sort_order;
        (same && cursor.value.fits(cursor.sort)).then_some(cursor)
    }
}

/// How many words are searched for apart; what goes beyond is one with the last.
const WORDS: usize = 4;

/// LIKE patterns of the words that must all occur.
fn patterns(search: &str) -> Vec<String> {
    let folded = fold(search);
    let words = folded.splitn(WORDS, ' ').filter(|word| !word.is_empty());
    words
        .map(|word| {
            let mut pattern = String::with_capacity(word.len() + 2);
            pattern.push('%');
            for c in word.chars() {
                if matches!(c, '%' | '_' | '\\') {
                    pattern.push('\\');
                }
                pattern.push(c);
            }
            pattern.push('%');
            pattern
        })
        .collect()
}

/// Adds the conditions that a question has.
fn filter(statement: &mut Statement, query: &ProductQuery) {
    statement.push(" p.archived_at is null");
    for pattern in patterns(query.search.as_deref().unwrap_or_default()) {
        statement.push(" and p.search_text like ").bind(Bound::Text(pattern)).push(" escape '\\'");
    }
    if let Some(least) = query.min_stock {
        statement.push(" and p.total_stock >= ").bind(Bound::Number(least));
    }
    if let Some(most) = query.max_stock {
        statement.push(" and p.total_stock <= ").bind(Bound::Number(most));
    }
    if query.low_stock_only {
        statement.push(
            " and p.total_stock < (select t.low_stock_threshold from tenants t where t.id = $1)",
        );
    }
}

/// Whether a question leaves nothing out: its sums are those of the whole catalogue.
pub(crate) fn is_whole(query: &ProductQuery) -> bool {
    query.search.as_deref().is_none_or(|search| fold(search).is_empty())
        && query.min_stock.is_none()
        && query.max_stock.is_none()
        && !query.low_stock_only
}

macro_rules! columns {
    () => {
        "select p.id, p.account_id, a.marketplace, p.article, p.seller_article, p.title, p.brand, p.subject,
           p.photo_url, p.seller_article_key, p.title_key, p.archived_at, p.total_stock, p.in_way_to_client,
           p.in_way_from_client, p.orders_7, p.orders_28, p.total_orders, p.days_in_stock_28, p.cover_tenths,
           p.created_at, p.updated_at, f.stock_since, f.stock_as_of, f.orders_since, f.measured_at"
    };
}

macro_rules! tables {
    () => {
        " from products p
           join accounts a on a.tenant_id = p.tenant_id and a.id = p.account_id
           left join (select account_id,
               min(case when step in ('marketplace_stock', 'seller_stock') then first_as_of end) as stock_since,
               min(case when step in ('marketplace_stock', 'seller_stock') then as_of end) as stock_as_of,
               min(case when step = 'orders' then first_as_of end) as orders_since,
               min(case when step = 'measures' then as_of end) as measured_at
             from freshness where tenant_id = $1 group by account_id) f on f.account_id = p.account_id
         where p.tenant_id = $1 and "
    };
}

/// How many there are, and their sums.
pub(crate) fn totals(tenant: Uuid, query: &ProductQuery) -> Statement {
    let mut statement = Statement::default();
    statement.push(
        "select count(*) as total, cast(sum(p.total_stock) as bigint) as total_stock,
           cast(sum(p.in_way_to_client) as bigint) as in_way_to_client,
           cast(sum(p.in_way_from_client) as bigint) as in_way_from_client,
           cast(sum(p.orders_7) as bigint) as orders_7, cast(sum(p.orders_28) as bigint) as orders_28
         from products p where p.tenant_id = ",
    );
    statement.bind(Bound::Id(tenant)).push(" and");
    filter(&mut statement, query);
    statement
}

/// One product, archived or not.
pub(crate) const ONE: &str = concat!(columns!(), tables!(), "p.id = $2");

/// Beside each row the changes of its stock by day, as `day:change,day:change`, and beside all of them the sums of the
/// whole catalogue, if they are counted: one statement, hence one answer to wait for.
const BESIDE: &str = "
 select page.*, t.counted, t.sum_stock, t.sum_to_client, t.sum_from_client, t.sum_orders_7, t.sum_orders_28,
   (select string_agg(cast(d.day as text) || ':' || cast(d.delta as text), ',') from
      (select c.day, sum(c.delta) as delta from stock_changes c
       where c.tenant_id = $1 and c.product_id = page.id and c.day >= $2 and c.valid_from <= page.measured_at
       group by c.day) d) as deltas
 from page cross join (
   select case when count(*) = count(c.counted_at) then cast(sum(c.products) as bigint) end as counted,
     cast(sum(c.total_stock) as bigint) as sum_stock, cast(sum(c.in_way_to_client) as bigint) as sum_to_client,
     cast(sum(c.in_way_from_client) as bigint) as sum_from_client, cast(sum(c.orders_7) as bigint) as sum_orders_7,
     cast(sum(c.orders_28) as bigint) as sum_orders_28
   from accounts a left join catalogue_totals c on c.tenant_id = a.tenant_id and c.account_id = a.id
   where a.tenant_id = $1) t";

/// The rows of a page with what stands beside them: one more than asked for, since that says whether it goes on.
/// `$1` is the tenant, `$2` the first day of the changes.
pub(crate) fn page(
    tenant: Uuid,
    query: &ProductQuery,
    after: Option<&Cursor>,
    from_day: i64,
) -> Statement {
    let (column, unknown) = column(query.sort_by);
    let (direction, beyond) = match query.sort_order {
        SortOrder::Asc => (" asc", " > "),
        SortOrder::Desc => (" desc", " < "),
    };
    let mut statement = Statement::default();
    statement.values.extend([Bound::Id(tenant), Bound::Number(from_day)]);
    statement.push("with page as (").push(concat!(columns!(), tables!()));
    filter(&mut statement, query);
    if let Some(cursor) = after {
        statement.push(" and (");
        match cursor.value.bound() {
            Some(value) => {
                statement.push("(p.").push(column).push(", p.id)").push(beyond).push("(");
                statement.bind(value).push(", ").bind(Bound::Id(cursor.id)).push(")");
                if unknown {
                    statement.push(" or p.").push(column).push(" is null");
                }
            }
            None => {
                statement.push("p.").push(column).push(" is null and p.id").push(beyond);
                statement.bind(Bound::Id(cursor.id));
            }
        }
        statement.push(")");
    }
    // Unknown ones come last in either order.
    let order = |statement: &mut Statement, table: &'static str| {
        statement.push(" order by ");
        if unknown {
            statement.push(table).push(column).push(" is null, ");
        }
        statement.push(table).push(column).push(direction).push(", ").push(table).push("id");
        statement.push(direction);
    };
    order(&mut statement, "p.");
    let size = i64::from(query.page_size);
    statement.push(" limit ").bind(Bound::Number(size + 1));
    if after.is_none() && query.page > 1 {
        let skipped = i64::from(query.page - 1) * size;
        statement.push(" offset ").bind(Bound::Number(skipped));
    }
    statement.push(")").push(BESIDE);
    order(&mut statement, "page.");
    statement
}

/// What a list is sorted by, and whether it may be unknown.
fn column(sort: ProductSort) -> (&'static str, bool) {
    use ProductSort as S;
    match sort {
        S::UpdatedAt => ("updated_at", false),
        S::CreatedAt => ("created_at", false),
        S::ProductName => ("title_key", false),
        S::SellerArticle => ("seller_article_key", false),
        S::TotalStock => ("total_stock", true),
        S::TotalOrders => ("total_orders", true),
        S::Orders7 => ("orders_7", true),
        S::Orders28 => ("orders_28", true),
        S::Cover => ("cover_tenths", true),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_searched_apart_and_wildcards_are_letters() {
        assert_eq!(patterns(" "), Vec::<String>::new());
        assert_eq!(patterns(" Ёлка  100% "), ["%елка%", "%100\\%%"]);
        assert_eq!(patterns("a b c d e_"), ["%a%", "%b%", "%c%", "%d e\\_%"]);
    }

    #[test]
    fn a_statement_has_the_conditions_of_its_question_alone() {
        let plain = page(Uuid::nil(), &ProductQuery::default(), None, 7);
        assert_eq!(plain.values.len(), 3, "tenant, day, rows");
        assert!(!plain.text.contains(" like ") && !plain.text.contains("offset"));
        let query = ProductQuery {
            search: Some("чай 5".to_owned()),
            min_stock: Some(1),
            page: 3,
            ..ProductQuery::default()
        };
        let statement = page(Uuid::nil(), &query, None, 7);
        assert!(
            statement.text.contains("p.search_text like $3")
                && statement.text.contains("offset $7")
        );
        assert_eq!(statement.values[6], Bound::Number(2 * i64::from(query.page_size)));
    }

    #[test]
    fn a_cursor_is_read_only_for_the_list_it_came_from() {
        let query = ProductQuery::default();
        let cursor = Cursor {
            sort: query.sort_by,
            order: query.sort_order,
            value: Value::Moment(DateTime::UNIX_EPOCH),
            id: Uuid::nil(),
        };
        let text = cursor.to_text();
        assert_eq!(Cursor::from_text(&text, &query), Some(cursor.clone()));
        let other = ProductQuery { sort_by: ProductSort::Cover, ..query.clone() };
        assert_eq!(Cursor::from_text(&text, &other), None);
        let forged = Cursor { value: Value::Number(1), ..cursor };
        assert_eq!(Cursor::from_text(&forged.to_text(), &query), None);
        assert_eq!(Cursor::from_text("not a cursor", &query), None);
    }
}
