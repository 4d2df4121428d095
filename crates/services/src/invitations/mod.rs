//! Letting people in by a link that is good once, for a week.

mod accept;
mod create;
pub mod join;
mod list;
mod look_up;
mod revoke;

pub use accept::{accept_for_api, accept_for_browser};
pub use create::create;
pub use list::list;
pub use look_up::look_up;
pub use revoke::revoke;

use domain::{ApiError, ErrorCode};
use store::OpenInvitation;

/// 404: used, revoked, over, or never there; which of them is nobody's business.
fn gone() -> ApiError {
    ApiError::new(
        ErrorCode::NotFound,
        "This invitation can't be accepted: it was used, taken back, or its time is over. Ask for a new one.",
    )
}

/// 403 unless the invitation is for whoever has this address.
fn is_for(invitation: &OpenInvitation, email_key: &str) -> Result<(), ApiError> {
    match &invitation.email_key {
        Some(named) if named != email_key => Err(ApiError::new(
            ErrorCode::InvitedAnother,
            "This invitation is for another e-mail address.",
        )),
        _ => Ok(()),
    }
}
