//! The SQL of the catalogue's list, put together from constants, and the cursor that goes on after a row.

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

/// LIKE patterns of the words that must all occur; an absent one matches everything.
pub(crate) fn patterns(search: Option<&str>) -> [String; WORDS] {
    let folded = fold(search.unwrap_or_default());
    let mut words = folded.splitn(WORDS, ' ');
    std::array::from_fn(|_| {
        let word = words.next().unwrap_or_default();
        if word.is_empty() {
            return "%".to_owned();
        }
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
}

/// Whether there is nothing to search for.
pub(crate) fn is_blank(search: &str) -> bool {
    fold(search).is_empty()
}

macro_rules! filter {
    () => {
        " p.archived_at is null
          and p.search_text like $2 escape '\\' and p.search_text like $3 escape '\\'
          and p.search_text like $4 escape '\\' and p.search_text like $5 escape '\\'
          and ($6 is null or p.total_stock >= $6) and ($7 is null or p.total_stock <= $7)
          and ($8 = 0 or p.total_stock < (select t.low_stock_threshold from tenants t where t.id = $1))"
    };
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
pub(crate) const TOTALS: &str = concat!(
    "select count(*) as total, cast(sum(p.total_stock) as bigint) as total_stock,
       cast(sum(p.in_way_to_client) as bigint) as in_way_to_client,
       cast(sum(p.in_way_from_client) as bigint) as in_way_from_client,
       cast(sum(p.orders_7) as bigint) as orders_7, cast(sum(p.orders_28) as bigint) as orders_28
     from products p where p.tenant_id = $1 and",
    filter!()
);

/// One product, archived or not.
pub(crate) const ONE: &str = concat!(columns!(), tables!(), "p.id = $2");

/// Beside each row the changes of its stock by day, as `day:change,day:change`, and beside all of them the sums of the
/// whole catalogue, if they are counted: one statement, hence one answer to wait for.
const BESIDE: &str = "
 select page.*, t.counted, t.sum_stock, t.sum_to_client, t.sum_from_client, t.sum_orders_7, t.sum_orders_28,
   (select string_agg(cast(d.day as text) || ':' || cast(d.delta as text), ',') from
      (select c.day, sum(c.delta) as delta from stock_changes c
       where c.tenant_id = $1 and c.product_id = page.id and c.day >= $11 and c.valid_from <= page.measured_at
       group by c.day) d) as deltas
 from page cross join (
   select case when count(*) = count(c.counted_at) then cast(sum(c.products) as bigint) end as counted,
     cast(sum(c.total_stock) as bigint) as sum_stock, cast(sum(c.in_way_to_client) as bigint) as sum_to_client,
     cast(sum(c.in_way_from_client) as bigint) as sum_from_client, cast(sum(c.orders_7) as bigint) as sum_orders_7,
     cast(sum(c.orders_28) as bigint) as sum_orders_28
   from accounts a left join catalogue_totals c on c.tenant_id = a.tenant_id and c.account_id = a.id
   where a.tenant_id = $1) t";

/// The rows of a page: `$9` how many, `$10` from which, `$11` the first day of the changes, then the cursor's id and
/// value, if there are any.
pub(crate) fn page(query: &ProductQuery, value: bool, cursor: bool) -> String {
    use ProductSort as S;
    let column = match query.sort_by {
        S::UpdatedAt => "updated_at",
        S::ProductName => "title_key",
        S::SellerArticle => "seller_article_key",
        S::TotalStock => "total_stock",
        S::TotalOrders => "total_orders",
        S::Orders7 => "orders_7",
        S::Orders28 => "orders_28",
        S::Cover => "cover_tenths",
        S::CreatedAt => "created_at",
    };
    let known =
        matches!(query.sort_by, S::UpdatedAt | S::ProductName | S::SellerArticle | S::CreatedAt);
    let (direction, beyond) = match query.sort_order {
        SortOrder::Asc => ("asc", ">"),
        SortOrder::Desc => ("desc", "<"),
    };
    let after = match (cursor, value) {
        (false, _) => String::new(),
        (true, true) if known => format!(" and (p.{column}, p.id) {beyond} ($13, $12)"),
        (true, true) => {
            format!(" and ((p.{column}, p.id) {beyond} ($13, $12) or p.{column} is null)")
        }
        (true, false) => format!(" and p.{column} is null and p.id {beyond} $12"),
    };
    // Unknown ones come last in either order.
    let order = |table: &str| {
        let nulls = if known { String::new() } else { format!("{table}.{column} is null, ") };
        format!(" order by {nulls}{table}.{column} {direction}, {table}.id {direction}")
    };
    let rows = concat!(columns!(), tables!(), filter!());
    let (first, again) = (order("p"), order("page"));
    format!("with page as ({rows}{after}{first} limit $9 offset $10){BESIDE}{again}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_searched_apart_and_wildcards_are_letters() {
        assert_eq!(patterns(None), ["%", "%", "%", "%"]);
        assert_eq!(patterns(Some(" Ёлка  100% ")), ["%елка%", "%100\\%%", "%", "%"]);
        assert_eq!(patterns(Some("a b c d e_")), ["%a%", "%b%", "%c%", "%d e\\_%"]);
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
