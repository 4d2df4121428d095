//! Who is signed in and which shops they have: read once by the frame, shown on every page.

use crate::api::{self, Failure};
use domain::{account::Account, auth::Session, team::Company};
use leptos::prelude::*;

/// The frame's data.
#[derive(Clone, Copy)]
pub struct Frame {
    /// The person and their company.
    pub session: Resource<Result<Session, Failure>>,
    /// Its shops with the age of their data.
    pub accounts: Resource<Result<Vec<Account>, Failure>>,
    /// The person's companies.
    pub companies: Resource<Result<Vec<Company>, Failure>>,
}

/// Starts reading both.
pub fn provide_frame() -> Frame {
    let frame = Frame {
        session: Resource::new(|| (), |()| api::accounts::session()),
        accounts: Resource::new(|| (), |()| api::tenants::accounts()),
        companies: Resource::new(|| (), |()| api::team::companies()),
    };
    provide_context(frame);
    frame
}

/// The frame's data, for pages inside it.
pub fn use_frame() -> Frame {
    use_context().unwrap_or_else(provide_frame)
}
