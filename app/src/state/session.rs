//! Who is signed in and which shops they have: read once by the frame, shown on every page.

use crate::api::{self, Failure};
use domain::{Realm, account::Account, auth::Session, team::Company};
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

impl Frame {
    /// Whether there is a shop that can be read: without one nothing can be synchronised, and another step comes first.
    pub async fn has_shop(self) -> bool {
        let shops = self.accounts.await.unwrap_or_default();
        shops.iter().any(|shop| shop.key.is_some() || shop.realm == Realm::Demo)
    }
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
