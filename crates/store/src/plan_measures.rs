//! What a morning asks of a product, as it is stored beside its other measures, and the days that its class of demand
//! is computed from. Computes nothing: what an order is, `planning` knows.

use crate::{
    engine::bulk::{self, Fixed, Rows},
    error::{Error, Result},
    measures::DELTAS_BETWEEN,
    past_days::{Found, add_days},
    stock_past::Change,
    tenant::TenantTx,
    tx::on_engine,
};
use chrono::{DateTime, Utc};
use domain::{
    AccountId, ProductId,
    today::{Abc, DemandClass, PlanningRules, Xyz},
};
use futures::TryStreamExt;
use sqlx::FromRow;
use uuid::Uuid;

/// What is stored; `None`: not known. Money is at selling prices where cost is not named, minor units.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PlanMeasures {
    /// What an ordered unit brought on average.
    pub price_minor: Option<i64>,
    /// Revenue of the last 28 whole days.
    pub revenue_28: Option<i64>,
    /// Units a day in thousandths, days without stock left out.
    pub velocity_thousandths: Option<i64>,
    /// Pieces when yesterday ended.
    pub stock_yesterday: Option<i64>,
    /// Units missed in the window for want of stock.
    pub lost_units_28: Option<i64>,
    /// Units that stock doesn't cover until a delivery can arrive.
    pub at_risk_units: Option<i64>,
    /// Pieces to order.
    pub order_units: Option<i64>,
    /// Pieces that lie dead.
    pub dead_units: Option<i64>,
    /// By revenue.
    pub abc: Option<Abc>,
    /// By evenness of demand.
    pub xyz: Option<Xyz>,
    /// What a piece costs by the terms that held.
    pub cost_minor: Option<i64>,
    /// How rare and how uneven demand is.
    pub demand: Option<DemandClass>,
}

impl PlanMeasures {
    /// So many pieces at the price; `None` when either is not known. Nothing is worth nothing whatever the price.
    pub fn worth(&self, units: Option<i64>) -> Option<i64> {
        match units? {
            0 => Some(0),
            units => Some(self.price_minor?.saturating_mul(units)),
        }
    }

    /// What lies dead at cost, at the price where no cost is known.
    pub fn frozen(&self) -> Option<i64> {
        let at_cost = |units: i64| Some(self.cost_minor?.saturating_mul(units));
        at_cost(self.dead_units?).or_else(|| self.worth(self.dead_units))
    }

    /// What was missed at the margin, at the price where no cost is known. What sells below its cost misses nothing.
    pub fn missed(&self) -> Option<i64> {
        let whole = self.worth(self.lost_units_28)?;
        let cost = self.cost_minor.map(|cost| cost.saturating_mul(self.lost_units_28.unwrap_or(0)));
        Some(cost.map_or(whole, |cost| whole.saturating_sub(cost).max(0)))
    }
}

/// Its columns of a product's row.
#[derive(FromRow)]
pub(crate) struct PlanRow {
    price_minor: Option<i64>,
    revenue_28: Option<i64>,
    velocity_thousandths: Option<i64>,
    stock_yesterday: Option<i64>,
    lost_units_28: Option<i64>,
    at_risk_units: Option<i64>,
    order_units: Option<i64>,
    dead_units: Option<i64>,
    abc: Option<String>,
    xyz: Option<String>,
    cost_minor: Option<i64>,
    demand: Option<String>,
}

impl PlanRow {
    pub(crate) fn measures(self) -> Result<PlanMeasures> {
        Ok(PlanMeasures {
            price_minor: self.price_minor,
            revenue_28: self.revenue_28,
            velocity_thousandths: self.velocity_thousandths,
            stock_yesterday: self.stock_yesterday,
            lost_units_28: self.lost_units_28,
            at_risk_units: self.at_risk_units,
            order_units: self.order_units,
            dead_units: self.dead_units,
            abc: self.abc.map(|word| abc(&word)).transpose()?,
            xyz: self.xyz.map(|word| xyz(&word)).transpose()?,
            cost_minor: self.cost_minor,
            demand: self.demand.map(|word| demand(&word)).transpose()?,
        })
    }
}

/// Its columns of a statement that writes measures.
pub(crate) fn columns<'m>(rows: Rows<'m>, measures: &'m [PlanMeasures]) -> Rows<'m> {
    let of = |get: fn(&PlanMeasures) -> Option<i64>| measures.iter().map(move |m| get(m));
    rows.maybe_number("price_minor", of(|m| m.price_minor))
        .maybe_number("revenue_28", of(|m| m.revenue_28))
        .maybe_number("velocity_thousandths", of(|m| m.velocity_thousandths))
        .maybe_number("stock_yesterday", of(|m| m.stock_yesterday))
        .maybe_number("lost_units_28", of(|m| m.lost_units_28))
        .maybe_number("lost_minor_28", of(|m| m.worth(m.lost_units_28)))
        .maybe_number("at_risk_units", of(|m| m.at_risk_units))
        .maybe_number("at_risk_minor", of(|m| m.worth(m.at_risk_units)))
        .maybe_number("order_units", of(|m| m.order_units))
        .maybe_number("order_minor", of(|m| m.worth(m.order_units)))
        .maybe_number("dead_units", of(|m| m.dead_units))
        .maybe_number("dead_minor", of(|m| m.worth(m.dead_units)))
        .maybe_text("abc", measures.iter().map(|m| m.abc.map(Abc::as_str)))
        .maybe_text("xyz", measures.iter().map(|m| m.xyz.map(Xyz::as_str)))
        .maybe_number("cost_minor", of(|m| m.cost_minor))
        .maybe_number("frozen_minor", of(PlanMeasures::frozen))
        .maybe_number("missed_minor", of(PlanMeasures::missed))
        .maybe_text("demand", measures.iter().map(|m| m.demand.map(DemandClass::as_str)))
}

pub(crate) fn abc(word: &str) -> Result<Abc> {
    let corrupt = || Error::Corrupt { column: "abc", value: word.to_owned() };
    Abc::ALL.into_iter().find(|class| class.as_str() == word).ok_or_else(corrupt)
}

pub(crate) fn xyz(word: &str) -> Result<Xyz> {
    let corrupt = || Error::Corrupt { column: "xyz", value: word.to_owned() };
    Xyz::ALL.into_iter().find(|class| class.as_str() == word).ok_or_else(corrupt)
}

pub(crate) fn demand(word: &str) -> Result<DemandClass> {
    let corrupt = || Error::Corrupt { column: "demand", value: word.to_owned() };
    DemandClass::ALL.into_iter().find(|class| class.as_str() == word).ok_or_else(corrupt)
}

/// A product, its revenue and its class by that.
pub type RevenueClass = (ProductId, Option<i64>, Option<Abc>);

const CLASSES: &str = "with {rows}
 update products set abc = v.abc, updated_at = $2 from v
 where products.tenant_id = $1 and products.id = v.id";

/// A product, a day (days since 1970-01-01) and a number of that day.
pub type ProductDayNumber = (ProductId, i64, i64);

impl TenantTx {
    /// The company's rules of orders. Its lead time may be said among the settings of products as well.
    pub async fn planning_rules(&mut self) -> Result<PlanningRules> {
        let tenant = self.tenant();
        let (lead_days, review_days, buffer_days) = on_engine!(&mut self.tx, |conn| {
            sqlx::query_as(
                "select coalesce((select s.lead_days from planning_settings s
                   where s.tenant_id = $1 and s.scope = 'tenant' and s.target = ''), lead_days),
                   review_days, buffer_days
                 from tenants where id = $1",
            )
            .bind(tenant)
            .fetch_one(conn)
            .await?
        });
        Ok(PlanningRules { lead_days, review_days, buffer_days })
    }

    /// Other rules; what was said of the company's lead time elsewhere no longer holds.
    pub async fn set_planning_rules(&mut self, rules: PlanningRules) -> Result<()> {
        let tenant = self.tenant();
        on_engine!(&mut self.tx, |conn| sqlx::query(
            "update planning_settings set lead_days = null
             where tenant_id = $1 and scope = 'tenant' and target = ''"
        )
        .bind(tenant)
        .execute(conn)
        .await
        .map(drop)?);
        on_engine!(&mut self.tx, |conn| sqlx::query(
            "update tenants set lead_days = $2, review_days = $3, buffer_days = $4 where id = $1"
        )
        .bind(tenant)
        .bind(rules.lead_days)
        .bind(rules.review_days)
        .bind(rules.buffer_days)
        .execute(conn)
        .await
        .map(drop)?);
        Ok(())
    }

    /// Each product of an account with its revenue of 28 days and its class by that.
    pub async fn revenue_classes(&mut self, account: AccountId) -> Result<Vec<RevenueClass>> {
        let tenant = self.tenant();
        let rows: Vec<(Uuid, Option<i64>, Option<String>)> =
            on_engine!(&mut self.tx, |conn| sqlx::query_as(
                "select id, revenue_28, abc from products where tenant_id = $1 and account_id = $2"
            )
            .bind(tenant)
            .bind(account.0)
            .fetch_all(conn)
            .await?);
        let class = |word: Option<String>| word.map(|word| abc(&word)).transpose();
        rows.into_iter()
            .map(|(id, revenue, word)| Ok((ProductId(id), revenue, class(word)?)))
            .collect()
    }

    /// Stores other classes by revenue of products; they are updated now.
    pub async fn write_revenue_classes(
        &mut self,
        classes: &[(ProductId, Option<Abc>)],
        now: DateTime<Utc>,
    ) -> Result<u64> {
        let fixed = [Fixed::Id(self.tenant()), Fixed::Moment(now)];
        let rows = Rows::new(classes.len())
            .id("id", classes.iter().map(|(id, _)| id.0))
            .maybe_text("abc", classes.iter().map(|(_, class)| class.map(Abc::as_str)));
        bulk::execute(&mut self.tx, CLASSES, &fixed, &rows).await
    }

    /// The brand of each product of an account that has one.
    pub async fn brands_of(&mut self, account: AccountId) -> Result<Vec<(ProductId, String)>> {
        let tenant = self.tenant();
        let rows: Vec<(Uuid, String)> = on_engine!(&mut self.tx, |conn| sqlx::query_as(
            "select id, brand from products
             where tenant_id = $1 and account_id = $2 and brand is not null"
        )
        .bind(tenant)
        .bind(account.0)
        .fetch_all(conn)
        .await?);
        Ok(rows.into_iter().map(|(id, brand)| (ProductId(id), brand)).collect())
    }

    /// Units ordered by product and day, days without orders left out, of the products between two ids (both
    /// included) and the days between two days.
    pub async fn sales_between(
        &mut self,
        products: (ProductId, ProductId),
        days: (i64, i64),
    ) -> Result<Vec<ProductDayNumber>> {
        let tenant = self.tenant();
        let mut found = Vec::new();
        on_engine!(&mut self.tx, |conn| {
            let mut rows = sqlx::query_as::<_, (Uuid, i64, i64)>(
                "select product_id, day, ordered from daily_sales
                 where tenant_id = $1 and product_id between $2 and $3 and day between $4 and $5 and ordered > 0",
            )
            .bind(tenant)
            .bind(products.0.0)
            .bind(products.1.0)
            .bind(days.0)
            .bind(days.1)
            .fetch(conn);
            while let Some((product, day, ordered)) = rows.try_next().await? {
                found.push((ProductId(product), day, ordered));
            }
        });
        Ok(found)
    }

    /// The change of stock by product and day, of the same; a day may come in parts.
    pub async fn deltas_between(
        &mut self,
        products: (ProductId, ProductId),
        days: (i64, i64),
    ) -> Result<Vec<ProductDayNumber>> {
        let tenant = self.tenant();
        let mut found = Vec::new();
        on_engine!(&mut self.tx, |conn| {
            let mut rows = sqlx::query_as::<_, Found>(DELTAS_BETWEEN)
                .bind(tenant)
                .bind(products.0.0)
                .bind(products.1.0)
                .bind(days.0)
                .bind(days.1)
                .fetch(conn);
            while let Some(row) = rows.try_next().await? {
                let is_wanted = |change: &Change| (days.0..=days.1).contains(&change.day);
                add_days(row, is_wanted, |product, day, delta| {
                    found.push((ProductId(product), day, delta));
                })?;
            }
        });
        Ok(found)
    }
}
