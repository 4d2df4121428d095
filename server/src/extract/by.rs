//! Who asks, and from where.

use crate::{problem::Problem, state::AppState};
use axum::extract::FromRequestParts;
use domain::ApiError;
use http::request::Parts;
use services::{
    Caller, Client,
    access::{self, Seen},
};

/// The signed-in caller; 401 without one.
pub struct By(pub Caller);

impl FromRequestParts<AppState> for By {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Problem> {
        let seen = parts.extensions.get::<Seen>();
        Ok(Self(access::caller_once(&state.services, &parts.headers, seen).await?))
    }
}

/// The caller's machine, noted by `middleware::client`.
pub struct From(pub Client);

impl<S: Sync> FromRequestParts<S> for From {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        let client = parts.extensions.get::<Client>().cloned();
        client.map(Self).ok_or_else(|| ApiError::internal().into())
    }
}
