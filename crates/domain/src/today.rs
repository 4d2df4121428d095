//! The morning: what runs out, what to order, what lies dead, what changed; and the rules it is computed by.
//!
//! Money here is at selling prices, unless it says that it is at cost: it tells how much revenue is at stake, never how
//! much profit.

use crate::{
    AccountId, Marketplace, ProductId, demand::Cover, problem::FieldError, product::StockSource,
};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

/// The company's rules for orders.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct PlanningRules {
    /// Days from an order to its being for sale.
    #[cfg_attr(feature = "openapi", schema(minimum = 1, maximum = 365, example = 14))]
    pub lead_days: i64,
    /// Days from one order to the next.
    #[cfg_attr(feature = "openapi", schema(minimum = 0, maximum = 365, example = 7))]
    pub review_days: i64,
    /// Days of demand kept for what nobody foresees. Not a probability: forecasts are not calibrated.
    #[cfg_attr(feature = "openapi", schema(minimum = 0, maximum = 365, example = 7))]
    pub buffer_days: i64,
}

impl Default for PlanningRules {
    fn default() -> Self {
        Self { lead_days: 14, review_days: 7, buffer_days: 7 }
    }
}

impl PlanningRules {
    /// Days that an order is to last for (formulas: the protection interval and the buffer).
    pub const fn protection_days(self) -> i64 {
        self.lead_days.saturating_add(self.review_days).saturating_add(self.buffer_days)
    }

    /// Each within a year, and a delivery takes a day at least.
    pub fn check(&self) -> Vec<FieldError> {
        let fields = [
            ("lead_days", self.lead_days, 1),
            ("review_days", self.review_days, 0),
            ("buffer_days", self.buffer_days, 0),
        ];
        fields
            .into_iter()
            .filter(|(_, days, least)| !(*least..=365).contains(days))
            .map(|(name, _, least)| {
                FieldError::body(name, "out_of_range", format!("use {least} to 365 days"))
            })
            .collect()
    }
}

/// Classes by revenue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Abc {
    /// The first 80 %.
    A,
    /// The next 15 %.
    B,
    /// The rest.
    C,
}

impl Abc {
    /// Every class, the best first.
    pub const ALL: [Self; 3] = [Self::A, Self::B, Self::C];

    /// The letter.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::A => "A",
            Self::B => "B",
            Self::C => "C",
        }
    }
}

/// Classes by evenness of weekly demand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Xyz {
    /// Even.
    X,
    /// Uneven.
    Y,
    /// In bursts.
    Z,
}

impl Xyz {
    /// Every class, the evenest first.
    pub const ALL: [Self; 3] = [Self::X, Self::Y, Self::Z];

    /// The letter.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::X => "X",
            Self::Y => "Y",
            Self::Z => "Z",
        }
    }
}

/// Classes of demand, by how rare and how uneven it is (Syntetos and Boylan).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum DemandClass {
    /// Every week about the same.
    Smooth,
    /// Every week, but much or little.
    Erratic,
    /// In some weeks, about the same.
    Intermittent,
    /// In some weeks, much or little.
    Lumpy,
}

impl DemandClass {
    /// Every class.
    pub const ALL: [Self; 4] = [Self::Smooth, Self::Erratic, Self::Intermittent, Self::Lumpy];

    /// The word of the API and the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Smooth => "smooth",
            Self::Erratic => "erratic",
            Self::Intermittent => "intermittent",
            Self::Lumpy => "lumpy",
        }
    }
}

/// Money that cost goes into where it is known; the rest is at selling prices.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MoneyAtCost {
    /// The whole, minor units.
    #[cfg_attr(feature = "openapi", schema(example = 9_120_000))]
    pub minor: i64,
    /// Products of it whose cost nobody has said: they are in it at their selling price.
    #[cfg_attr(feature = "openapi", schema(example = 3))]
    pub at_price: i64,
}

/// The morning page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Today {
    /// When the numbers were computed, of the shop where that is longest ago; `None`: never.
    pub measured_at: Option<DateTime<Utc>>,
    /// The rules of orders; new ones hold from the next synchronisation.
    pub rules: PlanningRules,
    /// The currency of all money here.
    #[cfg_attr(feature = "openapi", schema(example = "RUB"))]
    pub currency: String,
    /// Products that the marketplaces list.
    #[cfg_attr(feature = "openapi", schema(example = 250))]
    pub products: i64,
    /// Those of them whose cover is not known.
    #[cfg_attr(feature = "openapi", schema(example = 4))]
    pub unknown: i64,
    /// What runs out before a delivery ordered today can arrive: units and revenue are those at risk until then.
    pub runs_out: TodayList,
    /// What to order today.
    pub order: TodayList,
    /// What lay in stock for 28 days without one order.
    pub dead: TodayList,
    /// What was missed in the last 28 days because it was out of stock. Its rows are empty: the list has them.
    pub lost: TodayList,
    /// What changed since yesterday.
    pub changes: TodayChanges,
    /// What the dead stock cost; `null` for whom costs are not shown.
    #[serde(default)]
    pub frozen: Option<MoneyAtCost>,
    /// What was missed at the margin, price less cost, commissions not taken off; `null` for whom costs are not shown.
    #[serde(default)]
    pub missed: Option<MoneyAtCost>,
}

/// Products that want something, by money.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TodayList {
    /// How many products.
    #[cfg_attr(feature = "openapi", schema(example = 18))]
    pub products: i64,
    /// Pieces of all of them.
    #[cfg_attr(feature = "openapi", schema(example = 412))]
    pub units: i64,
    /// The same at selling prices, minor units, over the products whose price is known.
    #[cfg_attr(feature = "openapi", schema(example = 18_420_000))]
    pub revenue_minor: i64,
    /// How many of the products never had an order, hence have no price in that sum.
    #[cfg_attr(feature = "openapi", schema(example = 2))]
    pub unpriced: i64,
    /// The first of them, by revenue.
    pub rows: Vec<TodayProduct>,
}

/// A product that wants something.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TodayProduct {
    /// Its id.
    pub id: ProductId,
    /// On which marketplace.
    pub marketplace: Marketplace,
    /// The marketplace's number for it, as text.
    #[cfg_attr(feature = "openapi", schema(example = "168432190"))]
    pub marketplace_article: String,
    /// The seller's own article.
    #[cfg_attr(feature = "openapi", schema(example = "КР-350-БЕЛ"))]
    pub seller_article: String,
    /// The title.
    #[cfg_attr(feature = "openapi", schema(example = "Кружка керамическая 350 мл"))]
    pub product_name: String,
    /// The first photo, small.
    pub photo_url: Option<String>,
    /// Pieces that can be sold.
    #[cfg_attr(feature = "openapi", schema(example = 18))]
    pub total_stock: Option<i64>,
    /// How long they last.
    pub cover: Cover,
    /// Units a day in thousandths, days without stock left out; `None`: too few days in stock.
    #[cfg_attr(feature = "openapi", schema(example = 4200))]
    pub per_day_thousandths: Option<i64>,
    /// What an ordered unit brought on average, minor units; `None`: there was no order yet.
    #[cfg_attr(feature = "openapi", schema(example = 69_900))]
    pub price_minor: Option<i64>,
    /// The pieces that the list is about: at risk, to order, dead.
    #[cfg_attr(feature = "openapi", schema(example = 41))]
    pub units: i64,
    /// The same at that price.
    #[cfg_attr(feature = "openapi", schema(example = 2_865_900))]
    pub revenue_minor: Option<i64>,
    /// The same at cost; `null`: nobody has said it, it is not shown to the caller, or the list is not about cost.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(example = 1_020_900))]
    pub cost_minor: Option<i64>,
}

/// What changed since yesterday. Days are those of the marketplaces' calendars.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TodayChanges {
    /// Yesterday and the day before it, the newest first; fewer when they are not known.
    pub days: Vec<ShopDay>,
    /// Products that ran out since yesterday ended.
    #[cfg_attr(feature = "openapi", schema(example = 3))]
    pub ran_out: i64,
    /// Products that are in stock again.
    #[cfg_attr(feature = "openapi", schema(example = 5))]
    pub came_back: i64,
    /// Products first seen in the last 24 hours before they were measured.
    #[cfg_attr(feature = "openapi", schema(example = 2))]
    pub new_products: i64,
    /// Products that the marketplace stopped to list in the same time.
    #[cfg_attr(feature = "openapi", schema(example = 0))]
    pub archived_products: i64,
    /// Products that are listed at another price than then.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(example = 4))]
    pub repriced: i64,
    /// What stock grew by since yesterday ended; `None`: it was not known then.
    #[cfg_attr(feature = "openapi", schema(example = -120))]
    pub stock_change: Option<i64>,
}

/// A day of the whole company.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ShopDay {
    /// The day.
    pub day: NaiveDate,
    /// Units ordered, cancelled ones not counted.
    #[cfg_attr(feature = "openapi", schema(example = 312))]
    pub ordered: i64,
    /// Units cancelled of those ordered that day.
    #[cfg_attr(feature = "openapi", schema(example = 21))]
    pub cancelled: i64,
    /// What the ordered units cost the buyers, minor units.
    #[cfg_attr(feature = "openapi", schema(example = 24_180_000))]
    pub revenue_minor: i64,
    /// Pieces in stock when it ended; `None`: not known.
    #[cfg_attr(feature = "openapi", schema(example = 12_480))]
    pub stock: Option<i64>,
    /// Units that came back that day, whenever they were ordered; `None`: not known.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(example = 6))]
    pub returned: Option<i64>,
}

/// The company over a period.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ShopPeriod {
    /// When the numbers were computed, of the shop where that is longest ago; `None`: never.
    pub measured_at: Option<DateTime<Utc>>,
    /// The currency of all money here.
    #[cfg_attr(feature = "openapi", schema(example = "RUB"))]
    pub currency: String,
    /// Its whole days, oldest first, yesterday last; days before the first reading of orders are absent.
    pub days: Vec<ShopDay>,
    /// Sums over these days.
    pub totals: PeriodTotals,
    /// The same over as many days before; `None`: not all of them are known.
    pub before: Option<PeriodTotals>,
    /// The classes of products now, by revenue of 28 days; empty cells are absent.
    pub classes: Vec<ClassCell>,
    /// What was missed in the last 28 days because it was out of stock.
    pub lost: TodayList,
}

/// Sums over a period.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PeriodTotals {
    /// How many days.
    #[cfg_attr(feature = "openapi", schema(example = 28))]
    pub days: i64,
    /// Units ordered.
    #[cfg_attr(feature = "openapi", schema(example = 8_640))]
    pub ordered: i64,
    /// Units cancelled.
    #[cfg_attr(feature = "openapi", schema(example = 610))]
    pub cancelled: i64,
    /// What the ordered units cost the buyers, minor units.
    #[cfg_attr(feature = "openapi", schema(example = 672_400_000))]
    pub revenue_minor: i64,
    /// Days that the average stock of the period would last at its sales, in tenths; `None`: no sales, or a day's
    /// stock is not known.
    #[cfg_attr(feature = "openapi", schema(example = 412))]
    pub turnover_tenths: Option<i64>,
}

/// Products of a pair of classes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ClassCell {
    /// By revenue; `None`: not known.
    pub abc: Option<Abc>,
    /// By evenness; `None`: too few weeks in stock, or no sales.
    pub xyz: Option<Xyz>,
    /// How many products.
    #[cfg_attr(feature = "openapi", schema(example = 12))]
    pub products: i64,
    /// Their revenue of 28 days, minor units.
    #[cfg_attr(feature = "openapi", schema(example = 312_000_000))]
    pub revenue_minor: i64,
}

/// A warehouse with what lies there and for how long.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct WarehouseLine {
    /// Its id: `/products?warehouse=` takes it.
    pub id: crate::WarehouseId,
    /// Whose shop.
    pub account_id: AccountId,
    /// The name as the marketplace tells it.
    #[cfg_attr(feature = "openapi", schema(example = "Коледино"))]
    pub name: String,
    /// Its region, when told.
    pub region: Option<String>,
    /// Whose it is.
    pub source: StockSource,
    /// Pieces that can be sold.
    #[cfg_attr(feature = "openapi", schema(example = 1840))]
    pub stock: i64,
    /// Products with at least one piece there.
    #[cfg_attr(feature = "openapi", schema(example = 133))]
    pub products: i64,
    /// Products that sell, lay there before and are out there now.
    #[cfg_attr(feature = "openapi", schema(example = 9))]
    pub out_products: i64,
    /// Units ordered from it in the last 28 whole days; `None`: orders do not name this warehouse.
    #[cfg_attr(feature = "openapi", schema(example = 912))]
    pub orders_28: Option<i64>,
    /// Days that its stock lasts at these orders, in tenths; `None`: nobody orders from it, or that is not known.
    #[cfg_attr(feature = "openapi", schema(example = 565))]
    pub cover_tenths: Option<i64>,
    /// Its part of all stock, in tenths of a per cent.
    #[cfg_attr(feature = "openapi", schema(example = 147))]
    pub share_permille: i64,
}

/// The company's warehouses, the fullest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct WarehouseLines {
    /// When the numbers were computed, of the shop where that is longest ago; `None`: never.
    pub measured_at: Option<DateTime<Utc>>,
    /// The warehouses.
    pub items: Vec<WarehouseLine>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_keep_within_a_year() {
        assert!(PlanningRules::default().check().is_empty());
        let wrong = PlanningRules { lead_days: 0, review_days: 366, buffer_days: -1 };
        let fields: Vec<_> = wrong.check().iter().map(|e| e.field().to_owned()).collect();
        assert_eq!(fields, ["lead_days", "review_days", "buffer_days"]);
        assert_eq!(PlanningRules::default().protection_days(), 28);
    }
}
