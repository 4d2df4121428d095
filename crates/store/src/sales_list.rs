//! Sales and returns as they are read: pages by key, the newest first, and their sums by day. Never writes.

use crate::{
    error::{Error, Result},
    orders_list::{OrderKey, date},
    tenant::TenantTx,
    tx::on_engine,
};
use chrono::{DateTime, Utc};
use domain::{
    AccountId, Marketplace, ProductId,
    observed::SaleKind,
    order::OrderQuery,
    sale::{Sale, SaleDay, SaleQuery},
};
use sqlx::{AssertSqlSafe, FromRow};
use uuid::Uuid;

/// The same days as a question to the orders has them: both lists walk an index by time.
pub(crate) fn days(query: &SaleQuery) -> OrderQuery {
    OrderQuery { from: query.from, to: query.to, ..OrderQuery::default() }
}

/// `$2` to `$10`, as [`filtered`] binds them.
fn filter(query: &SaleQuery) -> String {
    // Named plainly, the index of the product's sales can be used.
    let product = if query.product.is_some() { "s.product_id = $9" } else { "$9 is null" };
    format!(
        "(s.happened_at, s.account_id, s.key) < ($2, $3, $4) and s.happened_at >= $5
         and s.day between $6 and $7 and ($8 is null or s.account_id = $8) and {product}
         and ($10 is null or s.kind = $10)"
    )
}

const NEWEST_FIRST: &str = "order by s.happened_at desc, s.account_id desc, s.key desc";

/// The key after `$11` sales.
pub(crate) fn bound(query: &SaleQuery) -> String {
    let filter = filter(query);
    format!(
        "select s.happened_at as ordered_at, s.account_id, s.key from sales s
         where s.tenant_id = $1 and {filter} {NEWEST_FIRST} limit 1 offset $11"
    )
}

/// Sales down to a key (`$13` to `$15`) as one text; `$11` and `$12` are the separators, `line` says what of each.
pub(crate) fn packed(query: &SaleQuery, line: &str) -> String {
    let filter = filter(query);
    format!(
        "select string_agg(line, $12 order by happened_at desc, account_id desc, key desc) from (
           select s.happened_at, s.account_id, s.key, {line} as line
           from sales s
             join accounts a on a.tenant_id = s.tenant_id and a.id = s.account_id
             left join products p on p.tenant_id = s.tenant_id and p.id = s.product_id
           where s.tenant_id = $1 and {filter} and (s.happened_at, s.account_id, s.key) >= ($13, $14, $15)) found"
    )
}

/// Binds a tenant, a question, where it stands, and the moment before which nothing is wanted: `$1` to `$10`.
macro_rules! filtered {
    ($found:expr, $tenant:expr, $query:expr, $after:expr, $since:expr) => {
        $found
            .bind($tenant)
            .bind($after.ordered_at)
            .bind($after.account_id)
            .bind($after.key.clone())
            .bind($since)
            .bind($crate::orders_list::number($query.from, i64::MIN))
            .bind($crate::orders_list::number($query.to, i64::MAX))
            .bind($query.account.map(|id| id.0))
            .bind($query.product.map(|id| id.0))
            .bind($query.kind.map(domain::observed::SaleKind::as_str))
    };
}
pub(crate) use filtered;

#[derive(FromRow)]
struct Row {
    account_id: Uuid,
    key: String,
    kind: String,
    order_key: Option<String>,
    marketplace: String,
    product_id: Option<Uuid>,
    article: i64,
    seller_article: Option<String>,
    title: Option<String>,
    barcode: Option<String>,
    happened_at: DateTime<Utc>,
    day: i64,
    quantity: i64,
    price_minor: Option<i64>,
    payout_minor: Option<i64>,
    currency: String,
    warehouse_name: Option<String>,
    region: Option<String>,
}

impl Row {
    fn key(&self) -> OrderKey {
        let (ordered_at, account_id, key) = (self.happened_at, self.account_id, self.key.clone());
        OrderKey { ordered_at, account_id, key }
    }

    fn sale(self) -> Result<Sale> {
        let marketplace: Marketplace = self.marketplace.parse().map_err(|_| Error::Corrupt {
            column: "marketplace",
            value: self.marketplace.clone(),
        })?;
        let kind = SaleKind::ALL.into_iter().find(|kind| kind.as_str() == self.kind);
        let kind = kind.ok_or(Error::Corrupt { column: "sales.kind", value: self.kind })?;
        Ok(Sale {
            key: self.key,
            kind,
            order_key: self.order_key,
            account_id: AccountId(self.account_id),
            marketplace,
            product_id: self.product_id.map(ProductId),
            marketplace_article: self.article.to_string(),
            seller_article: self.seller_article,
            product_name: self.title,
            barcode: self.barcode,
            happened_at: self.happened_at,
            day: date(self.day),
            quantity: self.quantity,
            price_minor: self.price_minor,
            payout_minor: self.payout_minor,
            currency: self.currency,
            warehouse_name: self.warehouse_name,
            region: self.region,
        })
    }
}

#[derive(FromRow)]
struct DayRow {
    day: i64,
    currency: String,
    sold: i64,
    returned: i64,
    sold_minor: i64,
    returned_minor: i64,
    payout_minor: Option<i64>,
    unpriced: i64,
    unpaid: i64,
}

impl TenantTx {
    /// A page of sales and returns, the newest first, and where to read on.
    pub async fn list_sales(
        &mut self,
        query: &SaleQuery,
        after: Option<OrderKey>,
    ) -> Result<(Vec<Sale>, Option<OrderKey>)> {
        let tenant = self.tenant();
        let days = days(query);
        let after = after.unwrap_or_else(|| OrderKey::first(&days));
        let filter = filter(query);
        let text = format!(
            "select s.account_id, s.key, s.kind, s.order_key, a.marketplace, s.product_id, s.article, p.seller_article,
               p.title, s.barcode, s.happened_at, s.day, s.quantity, s.price_minor, s.payout_minor, s.currency,
               s.warehouse_name, s.region
             from sales s
               join accounts a on a.tenant_id = s.tenant_id and a.id = s.account_id
               left join products p on p.tenant_id = s.tenant_id and p.id = s.product_id
             where s.tenant_id = $1 and {filter} {NEWEST_FIRST} limit $11"
        );
        let mut rows: Vec<Row> = on_engine!(&mut self.tx, |conn| {
            let found = sqlx::query_as(AssertSqlSafe(text));
            // One more than asked for: whether it goes on.
            filtered!(found, tenant, query, after, crate::orders_list::earliest(&days))
                .bind(i64::from(query.limit) + 1)
                .fetch_all(conn)
                .await?
        });
        let more = rows.len() > query.limit as usize;
        rows.truncate(query.limit as usize);
        let next = if more { rows.last().map(Row::key) } else { None };
        Ok((rows.into_iter().map(Row::sale).collect::<Result<_>>()?, next))
    }

    /// What the sales and returns of a question add up to, day by day and currency by currency, the newest day first.
    pub async fn sale_days(&mut self, query: &SaleQuery) -> Result<Vec<SaleDay>> {
        let tenant = self.tenant();
        let days = days(query);
        let after = OrderKey::first(&days);
        let filter = filter(query);
        let text = format!(
            "select s.day, s.currency,
               cast(sum(case when s.kind = 'sale' then s.quantity else 0 end) as bigint) as sold,
               cast(sum(case when s.kind = 'return' then s.quantity else 0 end) as bigint) as returned,
               cast(sum(case when s.kind = 'sale' then s.quantity * coalesce(s.price_minor, 0) else 0 end) as bigint)
                 as sold_minor,
               cast(sum(case when s.kind = 'return' then s.quantity * coalesce(s.price_minor, 0) else 0 end) as bigint)
                 as returned_minor,
               cast(sum(s.quantity * case when s.kind = 'return' then -abs(s.payout_minor) else s.payout_minor end)
                 as bigint) as payout_minor,
               cast(sum(case when s.price_minor is null then s.quantity else 0 end) as bigint) as unpriced,
               cast(sum(case when s.payout_minor is null then s.quantity else 0 end) as bigint) as unpaid
             from sales s where s.tenant_id = $1 and {filter}
             group by s.day, s.currency order by s.day desc, s.currency"
        );
        let rows: Vec<DayRow> = on_engine!(&mut self.tx, |conn| {
            let found = sqlx::query_as(AssertSqlSafe(text));
            filtered!(found, tenant, query, after, crate::orders_list::earliest(&days))
                .fetch_all(conn)
                .await?
        });
        Ok(rows
            .into_iter()
            .map(|row| SaleDay {
                day: date(row.day),
                sold: row.sold,
                returned: row.returned,
                sold_minor: row.sold_minor,
                returned_minor: row.returned_minor,
                payout_minor: row.payout_minor,
                unpriced: row.unpriced,
                unpaid: row.unpaid,
                currency: row.currency,
            })
            .collect())
    }
}
