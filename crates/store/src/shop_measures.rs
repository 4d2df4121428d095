//! The sums of a whole shop: what its products want together, its days, its classes and its warehouses. Written at
//! the end of a synchronisation, so that a page reads a few rows.

use crate::{
    engine::bulk::{self, Fixed, Rows},
    error::Result,
    past_days::{Found, add_days},
    stock_past::Change,
    tenant::TenantTx,
    tx::on_engine,
};
use chrono::{DateTime, Utc};
use domain::{AccountId, product::StockSource};
use futures::TryStreamExt;
use std::collections::{BTreeMap, HashMap};
use uuid::Uuid;

/// A day of a shop (days since 1970-01-01).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ShopDayRow {
    /// The day.
    pub day: i64,
    /// Units ordered.
    pub ordered: i64,
    /// Units cancelled.
    pub cancelled: i64,
    /// What the ordered ones cost the buyers, minor units.
    pub revenue_minor: i64,
    /// Pieces when it ended; `None`: not known.
    pub stock: Option<i64>,
    /// Units that came back; `None`: not known.
    pub returned: Option<i64>,
}

/// What a shop's days are computed from, over all its products, listed or not.
#[derive(Clone, Debug, Default)]
pub struct ShopDayInputs {
    /// Its days with orders: day, ordered, cancelled, revenue, returned.
    pub sales: Vec<(i64, i64, i64, i64, i64)>,
    /// The change of stock by day.
    pub deltas: Vec<(i64, i64)>,
    /// Pieces now.
    pub stock: i64,
}

/// One count of the products that want something, its pieces, its money, and those without a price.
macro_rules! want {
    ($units:literal, $minor:literal) => {
        concat!(
            "count(case when ",
            $units,
            " > 0 then 1 end), cast(coalesce(sum(",
            $units,
            "), 0) as bigint), cast(coalesce(sum(",
            $minor,
            "), 0) as bigint), count(case when ",
            $units,
            " > 0 and ",
            $minor,
            " is null then 1 end), "
        )
    };
}

/// All products of the shop together: the id is nobody's.
const SHOP_DELTAS: &str = "select $2, c.day, cast(sum(c.delta) as bigint), null
 from stock_changes c join products p on p.tenant_id = c.tenant_id and p.id = c.product_id
 where c.tenant_id = $1 and p.account_id = $2 and c.day >= $3 group by c.day
 union all
 select h.product_id, h.stretch, 0, h.changes
 from stock_past h join products p on p.tenant_id = h.tenant_id and p.id = h.product_id
 where h.tenant_id = $1 and p.account_id = $2 and h.stretch >= $3 / 16";

const SUMS: &str = concat!(
    "insert into shop_measures (tenant_id, account_id, measured_at, products, unknown,
   at_risk_products, at_risk_units, at_risk_minor, at_risk_unpriced,
   order_products, order_units, order_minor, order_unpriced,
   dead_products, dead_units, dead_minor, dead_unpriced,
   lost_products, lost_units, lost_minor, lost_unpriced,
   ran_out, came_back, stock_change, new_products, archived_products, since, frozen_minor, frozen_at_price,
   missed_minor, missed_at_price, repriced)
 select $1, $2, $3, count(*), count(*) - count(cover_tenths), ",
    want!("at_risk_units", "at_risk_minor"),
    want!("order_units", "order_minor"),
    want!("dead_units", "dead_minor"),
    want!("lost_units_28", "lost_minor_28"),
    "count(case when total_stock <= 0 and stock_yesterday > 0 then 1 end),
   count(case when total_stock > 0 and stock_yesterday <= 0 then 1 end),
   cast(sum(total_stock - stock_yesterday) as bigint),
   count(case when created_at > $4 then 1 end),
   (select count(*) from products gone where gone.tenant_id = $1 and gone.account_id = $2 and gone.archived_at > $4),
   $4, cast(coalesce(sum(case when dead_units > 0 then frozen_minor end), 0) as bigint),
   count(case when dead_units > 0 and cost_minor is null then 1 end),
   cast(coalesce(sum(case when lost_units_28 > 0 then missed_minor end), 0) as bigint),
   count(case when lost_units_28 > 0 and cost_minor is null then 1 end),
   (select count(distinct c.product_id) from price_changes c
      join products q on q.tenant_id = c.tenant_id and q.id = c.product_id
    where c.tenant_id = $1 and c.valid_from > $4 and q.account_id = $2 and q.archived_at is null
      and exists (select 1 from price_changes e where e.tenant_id = $1 and e.product_id = c.product_id
        and e.offer_id = c.offer_id and e.valid_from < c.valid_from))
 from products where tenant_id = $1 and account_id = $2 and archived_at is null"
);

const CLASSES: &str =
    "insert into class_measures (tenant_id, account_id, abc, xyz, products, revenue_minor)
 select $1, $2, coalesce(abc, ''), coalesce(xyz, ''), count(*), cast(coalesce(sum(revenue_28), 0) as bigint)
 from products where tenant_id = $1 and account_id = $2 and archived_at is null
 group by coalesce(abc, ''), coalesce(xyz, '')";

/// Of each warehouse: pieces, products with any, products that sell and have none left there.
const LEVELS: &str =
    "select warehouse_id, cast(sum(pieces) as bigint), count(case when pieces > 0 then 1 end),
   count(case when pieces <= 0 and orders_28 > 0 then 1 end)
 from (select l.warehouse_id, l.product_id, sum(l.quantity) as pieces, max(p.orders_28) as orders_28
   from stock_levels l
     join products p on p.tenant_id = l.tenant_id and p.id = l.product_id
   where l.tenant_id = $1 and p.account_id = $2 and p.archived_at is null
   group by l.warehouse_id, l.product_id) placed
 group by warehouse_id";

/// How many units were ordered from each name within the window; a name that no order ever named is absent.
const SHIPPED: &str =
    "select warehouse_name, count(case when day between $3 and $4 and cancelled_at is null then 1 end)
 from orders where tenant_id = $1 and account_id = $2 and warehouse_name is not null group by warehouse_name";

const WAREHOUSES: &str = "with {rows}
 insert into warehouse_measures (tenant_id, warehouse_id, stock, products, out_products, orders_28)
 select $1, v.warehouse_id, v.stock, v.products, v.out_products, v.orders_28 from v";

const DAYS: &str = "with {rows}
 insert into shop_days (tenant_id, account_id, day, ordered, cancelled, revenue_minor, stock, returned)
 select $1, $2, v.day, v.ordered, v.cancelled, v.revenue_minor, v.stock, v.returned from v";

impl TenantTx {
    /// Counts what a shop's products want together. `since` is when "new" begins.
    pub async fn count_shop(
        &mut self,
        account: AccountId,
        now: DateTime<Utc>,
        since: DateTime<Utc>,
    ) -> Result<()> {
        let tenant = self.tenant();
        for text in [
            "delete from shop_measures where tenant_id = $1 and account_id = $2",
            "delete from class_measures where tenant_id = $1 and account_id = $2",
            CLASSES,
        ] {
            on_engine!(&mut self.tx, |conn| sqlx::query(text)
                .bind(tenant)
                .bind(account.0)
                .execute(conn)
                .await
                .map(drop)?);
        }
        on_engine!(&mut self.tx, |conn| sqlx::query(SUMS)
            .bind(tenant)
            .bind(account.0)
            .bind(now)
            .bind(since)
            .execute(conn)
            .await
            .map(drop)?);
        Ok(())
    }

    /// What its days are computed from, since a day.
    pub async fn shop_day_inputs(
        &mut self,
        account: AccountId,
        first: i64,
    ) -> Result<ShopDayInputs> {
        let tenant = self.tenant();
        let sales = on_engine!(&mut self.tx, |conn| sqlx::query_as(
            "select s.day, cast(sum(s.ordered) as bigint), cast(sum(s.cancelled) as bigint),
               cast(sum(s.revenue_minor) as bigint), cast(sum(s.returned) as bigint)
             from daily_sales s join products p on p.tenant_id = s.tenant_id and p.id = s.product_id
             where s.tenant_id = $1 and p.account_id = $2 and s.day >= $3 group by s.day"
        )
        .bind(tenant)
        .bind(account.0)
        .bind(first)
        .fetch_all(conn)
        .await?);
        let mut deltas: BTreeMap<i64, i64> = BTreeMap::new();
        on_engine!(&mut self.tx, |conn| {
            let mut rows = sqlx::query_as::<_, Found>(SHOP_DELTAS)
                .bind(tenant)
                .bind(account.0)
                .bind(first)
                .fetch(conn);
            while let Some(row) = rows.try_next().await? {
                let is_wanted = |change: &Change| change.day >= first;
                add_days(row, is_wanted, |_, day, delta| *deltas.entry(day).or_default() += delta)?;
            }
        });
        let stock: Option<i64> = on_engine!(&mut self.tx, |conn| {
            sqlx::query_scalar(
            "select cast(sum(l.quantity) as bigint)
             from stock_levels l join products p on p.tenant_id = l.tenant_id and p.id = l.product_id
             where l.tenant_id = $1 and p.account_id = $2"
        )
        .bind(tenant)
        .bind(account.0)
        .fetch_one(conn)
        .await?
        });
        let deltas = deltas.into_iter().collect();
        Ok(ShopDayInputs { sales, deltas, stock: stock.unwrap_or(0) })
    }

    /// Replaces a shop's days.
    pub async fn write_shop_days(&mut self, account: AccountId, days: &[ShopDayRow]) -> Result<()> {
        let tenant = self.tenant();
        on_engine!(&mut self.tx, |conn| sqlx::query(
            "delete from shop_days where tenant_id = $1 and account_id = $2"
        )
        .bind(tenant)
        .bind(account.0)
        .execute(conn)
        .await
        .map(drop)?);
        let fixed = [Fixed::Id(tenant), Fixed::Id(account.0)];
        let rows = Rows::new(days.len())
            .number("day", days.iter().map(|d| d.day))
            .number("ordered", days.iter().map(|d| d.ordered))
            .number("cancelled", days.iter().map(|d| d.cancelled))
            .number("revenue_minor", days.iter().map(|d| d.revenue_minor))
            .maybe_number("stock", days.iter().map(|d| d.stock))
            .maybe_number("returned", days.iter().map(|d| d.returned));
        bulk::execute(&mut self.tx, DAYS, &fixed, &rows).await.map(drop)
    }

    /// Counts a shop's warehouses; the window is the days of `orders_28`.
    pub async fn count_warehouses(&mut self, account: AccountId, window: (i64, i64)) -> Result<()> {
        let tenant = self.tenant();
        let levels: Vec<(Uuid, i64, i64, i64)> =
            on_engine!(&mut self.tx, |conn| sqlx::query_as(LEVELS)
                .bind(tenant)
                .bind(account.0)
                .fetch_all(conn)
                .await?);
        let shipped: Vec<(String, i64)> = on_engine!(&mut self.tx, |conn| sqlx::query_as(SHIPPED)
            .bind(tenant)
            .bind(account.0)
            .bind(window.0)
            .bind(window.1)
            .fetch_all(conn)
            .await?);
        let names: Vec<(Uuid, String, String)> = on_engine!(&mut self.tx, |conn| sqlx::query_as(
            "select id, name, source from warehouses where tenant_id = $1 and account_id = $2"
        )
        .bind(tenant)
        .bind(account.0)
        .fetch_all(conn)
        .await?);
        on_engine!(&mut self.tx, |conn| sqlx::query(
            "delete from warehouse_measures where tenant_id = $1 and warehouse_id in
               (select id from warehouses where tenant_id = $1 and account_id = $2)"
        )
        .bind(tenant)
        .bind(account.0)
        .execute(conn)
        .await
        .map(drop)?);

        let orders = orders_by_place(&names, &shipped);
        let levels: HashMap<Uuid, (i64, i64, i64)> = levels
            .into_iter()
            .map(|(id, stock, products, out)| (id, (stock, products, out)))
            .collect();
        let of = |id: &Uuid| levels.get(id).copied().unwrap_or_default();
        let rows = Rows::new(names.len())
            .id("warehouse_id", names.iter().map(|(id, ..)| *id))
            .number("stock", names.iter().map(|(id, ..)| of(id).0))
            .number("products", names.iter().map(|(id, ..)| of(id).1))
            .number("out_products", names.iter().map(|(id, ..)| of(id).2))
            .maybe_number("orders_28", names.iter().map(|(id, ..)| orders.get(id).copied()));
        bulk::execute(&mut self.tx, WAREHOUSES, &[Fixed::Id(tenant)], &rows).await.map(drop)
    }
}

/// Orders know warehouses by their name only: a name that two have says nothing of either.
///
/// Wildberries hides its own behind one name that no order has: the orders of names that are nobody's are then that
/// one's.
fn orders_by_place(
    warehouses: &[(Uuid, String, String)],
    shipped: &[(String, i64)],
) -> HashMap<Uuid, i64> {
    let mut places: HashMap<&str, Option<Uuid>> = HashMap::new();
    for (id, name, _) in warehouses {
        places.entry(name).and_modify(|place| *place = None).or_insert(Some(*id));
    }
    let mut orders: HashMap<Uuid, i64> = HashMap::new();
    let mut nobodys = None;
    for (name, units) in shipped {
        match places.get(name.as_str()) {
            Some(Some(id)) => *orders.entry(*id).or_default() += units,
            Some(None) => {}
            None => *nobodys.get_or_insert(0) += units,
        }
    }
    let marketplace = StockSource::Marketplace.as_str();
    let mut hidden = warehouses.iter().filter(|(_, _, source)| source == marketplace);
    if let (Some((id, ..)), None, Some(units)) = (hidden.next(), hidden.next(), nobodys) {
        orders.entry(*id).or_insert(units);
    }
    orders
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(n: u128, name: &str, source: StockSource) -> (Uuid, String, String) {
        (Uuid::from_u128(n), name.to_owned(), source.as_str().to_owned())
    }

    #[test]
    fn orders_find_their_place_by_its_name() {
        let shipped = [("Коледино".to_owned(), 5), ("Мой".to_owned(), 2), ("Тула".to_owned(), 1)];
        let (wb, own) = (StockSource::Marketplace, StockSource::Seller);
        let two = [place(1, "Коледино", wb), place(2, "Электросталь", wb), place(3, "Мой", own)];
        let found = orders_by_place(&two, &shipped);
        assert_eq!(found.get(&Uuid::from_u128(1)), Some(&5));
        assert_eq!(found.get(&Uuid::from_u128(2)), None, "no order names it");
        assert_eq!(found.get(&Uuid::from_u128(3)), Some(&2));

        let hidden = [place(1, "Склад WB", wb), place(3, "Мой", own)];
        let found = orders_by_place(&hidden, &shipped);
        assert_eq!(found.get(&Uuid::from_u128(1)), Some(&6), "those of nobody else's names");

        let twins = [place(1, "Коледино", wb), place(2, "Коледино", own)];
        assert_eq!(orders_by_place(&twins, &shipped).get(&Uuid::from_u128(2)), None);
    }
}
