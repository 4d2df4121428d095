//! The shop's sums as the analytics ask for them: one statement each. Never a product that is no longer listed, and
//! never a zero for what was not read.

use crate::{error::Result, syncs::sync_status, tenant::TenantTx, tx::on_engine};
use chrono::{DateTime, Utc};
use domain::{
    ProductId, SyncRunId,
    analytics::{StockDistribution, WarehouseTotals},
    sync::{StepProblem, SyncStatus},
};
use sqlx::{FromRow, types::Json};
use uuid::Uuid;

/// Counts and sums over all listed products.
#[derive(Clone, Copy, Debug, PartialEq, Eq, FromRow)]
pub struct ShopTotals {
    /// Listed products.
    pub products: i64,
    /// Those whose stock is known.
    pub known: i64,
    /// Pieces; `None` when no product's stock is known.
    pub stock: Option<i64>,
    /// Units ordered; `None` when no product's orders are known.
    pub orders: Option<i64>,
    /// Below the company's threshold, the empty ones among them.
    pub low: i64,
    /// Empty.
    pub out_of_stock: i64,
}

/// A product's row as the analytics list it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RankedProduct {
    /// Its id.
    pub id: ProductId,
    /// The marketplace's number.
    pub article: i64,
    /// The seller's.
    pub seller_article: String,
    /// The title.
    pub title: String,
    /// Pieces.
    pub total_stock: Option<i64>,
    /// Units ordered.
    pub total_orders: Option<i64>,
    /// When it last changed.
    pub updated_at: DateTime<Utc>,
}

/// A synchronisation in one line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LoggedRun {
    /// Its id.
    pub id: SyncRunId,
    /// How it stands.
    pub status: SyncStatus,
    /// When it was asked for.
    pub created_at: DateTime<Utc>,
    /// When a worker took it.
    pub started_at: Option<DateTime<Utc>>,
    /// When it ended.
    pub finished_at: Option<DateTime<Utc>>,
    /// Cards read, once that step is done.
    pub products: Option<i64>,
    /// What went wrong in its first step that failed.
    pub problem: Option<StepProblem>,
}

#[derive(FromRow)]
struct ProductRow {
    id: Uuid,
    article: i64,
    seller_article: String,
    title: String,
    total_stock: Option<i64>,
    total_orders: Option<i64>,
    updated_at: DateTime<Utc>,
}

impl ProductRow {
    fn ranked(self) -> RankedProduct {
        RankedProduct {
            id: ProductId(self.id),
            article: self.article,
            seller_article: self.seller_article,
            title: self.title,
            total_stock: self.total_stock,
            total_orders: self.total_orders,
            updated_at: self.updated_at,
        }
    }
}

#[derive(FromRow)]
struct RunRow {
    id: Uuid,
    status: String,
    created_at: DateTime<Utc>,
    started_at: Option<DateTime<Utc>>,
    finished_at: Option<DateTime<Utc>>,
    products: Option<i64>,
    problem: Option<Json<StepProblem>>,
}

#[derive(FromRow)]
struct DistributionRow {
    out_of_stock: i64,
    critical: i64,
    low: i64,
    medium: i64,
    good: i64,
    excellent: i64,
    unknown: i64,
}

const TOTALS: &str = "select count(*) as products, count(p.total_stock) as known,
   cast(sum(p.total_stock) as bigint) as stock, cast(sum(p.total_orders) as bigint) as orders,
   count(case when p.total_stock < t.low_stock_threshold then 1 end) as low,
   count(case when p.total_stock <= 0 then 1 end) as out_of_stock
 from products p join tenants t on t.id = p.tenant_id
 where p.tenant_id = $1 and p.archived_at is null";

const DISTRIBUTION: &str = "select count(case when total_stock <= 0 then 1 end) as out_of_stock,
   count(case when total_stock between 1 and 5 then 1 end) as critical,
   count(case when total_stock between 6 and 20 then 1 end) as low,
   count(case when total_stock between 21 and 50 then 1 end) as medium,
   count(case when total_stock between 51 and 100 then 1 end) as good,
   count(case when total_stock > 100 then 1 end) as excellent,
   count(case when total_stock is null then 1 end) as unknown
 from products where tenant_id = $1 and archived_at is null";

const LOW_STOCK: &str =
    "select id, article, seller_article, title, total_stock, total_orders, updated_at
 from products where tenant_id = $1 and archived_at is null
   and total_stock < coalesce($2, (select t.low_stock_threshold from tenants t where t.id = $1))
 order by total_stock, id limit $3";

const TOP: &str = "select id, article, seller_article, title, total_stock, total_orders, updated_at
 from products where tenant_id = $1 and archived_at is null and total_orders is not null
 order by total_orders desc, id limit $2";

/// Stock and orders of a name meet in one line; a place that was read and holds nothing holds 0.
const WAREHOUSES: &str = "with stock as (
   select w.name, cast(sum(l.quantity) as bigint) as pieces,
     count(distinct case when l.quantity > 0 then l.product_id end) as products
   from stock_levels l
     join warehouses w on w.tenant_id = l.tenant_id and w.id = l.warehouse_id
     join products p on p.tenant_id = l.tenant_id and p.id = l.product_id
   where l.tenant_id = $1 and p.archived_at is null group by w.name),
 sold as (
   select o.warehouse_name as name, count(*) as units
   from orders o join products p on p.tenant_id = o.tenant_id and p.id = o.product_id
   where o.tenant_id = $1 and p.archived_at is null and o.cancelled_at is null and o.warehouse_name is not null
   group by o.warehouse_name),
 known as (
   select count(case when step in ('marketplace_stock', 'seller_stock') then as_of end) as stock,
     count(case when step = 'orders' then as_of end) as orders
   from freshness where tenant_id = $1)
 select n.name,
   case when k.stock > 0 then coalesce(stock.pieces, 0) end as pieces,
   case when k.orders > 0 then coalesce(sold.units, 0) end as units,
   coalesce(stock.products, 0) as products
 from (select name from stock union select name from sold) n
   cross join known k
   left join stock on stock.name = n.name
   left join sold on sold.name = n.name";

const RUNS: &str = "select r.id, r.status, r.created_at, r.started_at, r.finished_at,
   (select s.rows from sync_steps s
    where s.tenant_id = r.tenant_id and s.run_id = r.id and s.kind = 'products' and s.state = 'done') as products,
   (select s.problem from sync_steps s
    where s.tenant_id = r.tenant_id and s.run_id = r.id and s.problem is not null
    order by s.position limit 1) as problem
 from sync_runs r where r.tenant_id = $1 and r.created_at >= $2
 order by r.created_at desc, r.id desc limit $3";

impl TenantTx {
    /// Counts and sums over the whole shop.
    pub async fn shop_totals(&mut self) -> Result<ShopTotals> {
        let tenant = self.tenant();
        Ok(on_engine!(&mut self.tx, |conn| sqlx::query_as(TOTALS)
            .bind(tenant)
            .fetch_one(conn)
            .await?))
    }

    /// How many products have how many pieces.
    pub async fn stock_distribution(&mut self) -> Result<StockDistribution> {
        let tenant = self.tenant();
        let row: DistributionRow = on_engine!(&mut self.tx, |conn| sqlx::query_as(DISTRIBUTION)
            .bind(tenant)
            .fetch_one(conn)
            .await?);
        Ok(StockDistribution {
            out_of_stock: row.out_of_stock,
            critical: row.critical,
            low: row.low,
            medium: row.medium,
            good: row.good,
            excellent: row.excellent,
            unknown: row.unknown,
        })
    }

    /// Products below this many pieces, without one below the company's own threshold; the emptiest first.
    pub async fn low_stock(
        &mut self,
        threshold: Option<i64>,
        limit: u32,
    ) -> Result<Vec<RankedProduct>> {
        let tenant = self.tenant();
        let rows: Vec<ProductRow> = on_engine!(&mut self.tx, |conn| sqlx::query_as(LOW_STOCK)
            .bind(tenant)
            .bind(threshold)
            .bind(i64::from(limit))
            .fetch_all(conn)
            .await?);
        Ok(rows.into_iter().map(ProductRow::ranked).collect())
    }

    /// The products that were ordered most; those whose orders were never read are left out.
    pub async fn top_products(&mut self, limit: u32) -> Result<Vec<RankedProduct>> {
        let tenant = self.tenant();
        let rows: Vec<ProductRow> = on_engine!(&mut self.tx, |conn| sqlx::query_as(TOP)
            .bind(tenant)
            .bind(i64::from(limit))
            .fetch_all(conn)
            .await?);
        Ok(rows.into_iter().map(ProductRow::ranked).collect())
    }

    /// Stock and orders by the warehouse's name, in no particular order.
    pub async fn warehouse_totals(&mut self) -> Result<Vec<WarehouseTotals>> {
        let tenant = self.tenant();
        let rows: Vec<(String, Option<i64>, Option<i64>, i64)> =
            on_engine!(&mut self.tx, |conn| sqlx::query_as(WAREHOUSES)
                .bind(tenant)
                .fetch_all(conn)
                .await?);
        Ok(rows
            .into_iter()
            .map(|(warehouse_name, total_stock, total_orders, product_count)| WarehouseTotals {
                warehouse_name,
                total_stock,
                total_orders,
                product_count,
            })
            .collect())
    }

    /// The synchronisations asked for since then, newest first.
    pub async fn logged_runs(
        &mut self,
        since: DateTime<Utc>,
        limit: u32,
    ) -> Result<Vec<LoggedRun>> {
        let tenant = self.tenant();
        let rows: Vec<RunRow> = on_engine!(&mut self.tx, |conn| sqlx::query_as(RUNS)
            .bind(tenant)
            .bind(since)
            .bind(i64::from(limit))
            .fetch_all(conn)
            .await?);
        rows.into_iter()
            .map(|row| {
                Ok(LoggedRun {
                    id: SyncRunId(row.id),
                    status: sync_status(&row.status)?,
                    created_at: row.created_at,
                    started_at: row.started_at,
                    finished_at: row.finished_at,
                    products: row.products,
                    problem: row.problem.map(|Json(problem)| problem),
                })
            })
            .collect()
    }
}
