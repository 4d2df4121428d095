//! Notes on products: everybody reads them, whoever may export writes them.

mod add;
mod delete;
mod list;

pub use add::add;
pub use delete::delete;
pub use list::list;

use domain::{Permission, UserId};
use store::Caller;

/// Whether a note by this author is the caller's to delete: their own, and everybody's for owners and admins.
fn may_delete(caller: &Caller, author: Option<UserId>) -> bool {
    caller.may(Permission::Operate)
        || (caller.may(Permission::Export) && author.is_some() && author == caller.user_id())
}
