//! What a morning asks, the shop over a period, and its warehouses. Reads what the last synchronisation counted.

mod kept;
mod morning;
mod period;
mod rules;
mod warehouses;

pub(crate) use kept::keep;
pub use kept::{morning_at, warehouses_at};
pub use morning::{MAX_ROWS, morning};
pub use period::period;
pub use rules::{rules, set_rules};
pub use warehouses::warehouses;

use domain::today::TodayList;
use store::ShopSums;

/// The currency when nothing was sold yet.
const USUAL_CURRENCY: &str = "RUB";

/// What was missed for want of stock.
fn lost(sums: &ShopSums) -> TodayList {
    TodayList {
        products: sums.lost_products,
        units: sums.lost_units,
        revenue_minor: sums.lost_minor,
        unpriced: sums.lost_unpriced,
        rows: Vec::new(),
    }
}
