//! Plans: what a company may have of each, enforced where it bites. A count over the limit is 403 `plan_limit`, a pace
//! over it 429 `rate_limited`; both say which limit it was and what would lift it.

mod calls;
mod check;
mod usage;

pub(crate) use calls::Calls;
pub use calls::{Allowance, count_call};
pub use check::{check_accounts, check_history, check_members, check_sync, room_for_products};
pub use usage::usage;
