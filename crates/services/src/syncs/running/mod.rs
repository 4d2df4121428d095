//! A run at work: its steps in their order, each with its own end. What is written is written under the run's lease,
//! together with the step's progress, so that a dead worker's successor goes on where it was.

mod apply;
mod aside;
mod changes;
mod demand;
mod differences;
mod figures;
mod halt;
mod marketplace_stock;
mod measures;
mod orders;
mod ozon;
mod pacer;
mod prices;
mod products;
mod remains;
mod remote;
mod sales;
mod seller_stock;
mod shop;
mod steps;
mod stock_history;
mod terms;
mod turns;
mod unmeasured;
mod work;

pub(crate) use halt::Halt;
pub(crate) use pacer::Pacer;
pub(crate) use steps::all_steps;
pub(crate) use turns::Turns;
pub(crate) use work::{LEASE, Work};

pub(crate) use measures::{Known, measure_all};
pub(crate) use orders::latest;
pub(crate) use ozon::told;
pub(crate) use products::with_ids;
pub(crate) use shop::measure_shop;

use crate::tenants::Key;
use domain::sync::StepProblem;
pub(crate) use remote::Shop;

/// What the steps ask through, or why they can't.
pub(super) fn shop(work: &Work<'_>, key: Option<Key>) -> Result<Shop, StepProblem> {
    Shop::new(work.services, &work.account, key)
}
