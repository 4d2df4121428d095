//! A run at work: its steps in their order, each with its own end. What is written is written under the run's lease,
//! together with the step's progress, so that a dead worker's successor goes on where it was.

mod apply;
mod demand;
mod halt;
mod marketplace_stock;
mod measures;
mod orders;
mod pacer;
mod products;
mod remote;
mod seller_stock;
mod shop;
mod steps;
mod terms;
mod work;

pub(crate) use halt::Halt;
pub(crate) use steps::all_steps;
pub(crate) use work::{LEASE, Work};

pub(crate) use measures::{Known, measure_all};
pub(crate) use orders::latest;
pub(crate) use products::with_ids;
pub(crate) use shop::measure_shop;

use crate::tenants::Key;
use domain::sync::StepProblem;
pub(crate) use remote::Remote;

/// What the steps ask through, or why they can't.
pub(super) fn remote(work: &Work<'_>, key: Option<Key>) -> Result<Remote, StepProblem> {
    Remote::new(work.services, &work.account, key)
}
