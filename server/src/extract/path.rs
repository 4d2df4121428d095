//! An id in the path. What can't be an id can't be there either: 404 before the database is asked.

use crate::problem::Problem;
use axum::extract::{FromRequestParts, Path};
use domain::{
    AccountId, ApiError, ApiKeyId, InvitationId, NoteId, ProductId, SessionId, SyncRunId,
    TagEditId, TagId, TenantId, UserId, ViewId,
};
use http::request::Parts;
use std::str::FromStr;

/// The path's one id.
pub struct Id<T>(pub T);

/// What an id is of, for the error.
pub trait Named: FromStr {
    /// The word.
    const WHAT: &'static str;
}

impl Named for ProductId {
    const WHAT: &'static str = "product";
}

impl Named for SessionId {
    const WHAT: &'static str = "sign-in";
}

impl Named for SyncRunId {
    const WHAT: &'static str = "sync";
}

impl Named for AccountId {
    const WHAT: &'static str = "shop";
}

impl Named for TenantId {
    const WHAT: &'static str = "company";
}

impl Named for UserId {
    const WHAT: &'static str = "member";
}

impl Named for InvitationId {
    const WHAT: &'static str = "invitation";
}

impl Named for TagId {
    const WHAT: &'static str = "tag";
}

impl Named for TagEditId {
    const WHAT: &'static str = "change";
}

impl Named for ViewId {
    const WHAT: &'static str = "view";
}

impl Named for NoteId {
    const WHAT: &'static str = "note";
}

impl Named for ApiKeyId {
    const WHAT: &'static str = "API key";
}

impl<T: Named + Send, S: Send + Sync> FromRequestParts<S> for Id<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let text = Path::<String>::from_request_parts(parts, state).await.ok();
        let id = text.and_then(|Path(text)| text.parse().ok());
        id.map(Self).ok_or_else(|| ApiError::not_found(T::WHAT).into())
    }
}
