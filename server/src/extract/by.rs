//! Who asks, and from where.

use crate::{problem::Problem, state::AppState};
use axum::extract::FromRequestParts;
use domain::ApiError;
use http::request::Parts;
use services::{
    Caller, Client,
    access::{self, Seen},
    operator::area::{self, Operator},
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

/// The operator at work; 401 without a sign-in, 404 for anybody else, 403 for one without a second factor.
pub struct ByOperator(pub Operator);

impl FromRequestParts<AppState> for ByOperator {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Problem> {
        let By(caller) = By::from_request_parts(parts, state).await?;
        let From(client) = From::from_request_parts(parts, state).await?;
        Ok(Self(area::enter(&state.services, &caller, &client).await?))
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
