//! Who is at the door: a token proves itself, then its sign-in's row says whether it still stands. The token's word
//! alone is never enough; with the database away there is no answer but "unavailable".

mod cache;
mod caller;
mod cookie;
mod key;
mod same_origin;
mod seen;

pub(crate) use cache::{Callers, KeyCallers};
pub use caller::caller;
pub(crate) use caller::{disabled, suspended};
pub(crate) use cookie::second_step_token;
pub use cookie::{
    clear_cookie, clear_second_step_cookie, cookie_name, has_cookie, set_cookie,
    set_second_step_cookie,
};
pub use same_origin::same_origin;
pub use seen::{Seen, caller_once};
