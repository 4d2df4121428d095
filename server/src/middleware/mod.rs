//! What happens around every request, a file each, in the order in which a request meets them.

mod calls;
mod client;
mod compress;
mod cors;
mod dress;
mod gate;
mod headers;
mod large;
mod log;
mod origin;
mod panic;
mod route;
mod slash;
mod timeout;

pub use headers::{DOCS_POLICY, page_policy};

use crate::state::AppState;
use axum::{
    Router,
    middleware::{from_fn, from_fn_with_state, map_request_with_state},
};
use std::sync::Arc;
use tower_http::{catch_panic::CatchPanicLayer, limit::RequestBodyLimitLayer};

/// The largest body that is read.
const BODY_LIMIT: usize = 1024 * 1024;

/// Wraps the routes. They are the fallback of an outer router, so that all of this happens before a
/// route is looked for: what is refused here, and what no route answers, gets the same headers.
pub fn around(routes: Router, state: &AppState) -> Router {
    let spellings = Arc::new(slash::Spellings::of_the_contract());
    Router::new()
        .fallback_service(routes.layer(from_fn(route::remember)))
        .layer(map_request_with_state(spellings, slash::rewrite))
        .layer(from_fn_with_state(state.services.clone(), calls::count))
        .layer(from_fn_with_state(state.gate.clone(), gate::pass))
        .layer(from_fn_with_state(state.services.clone(), origin::prove))
        .layer(RequestBodyLimitLayer::new(BODY_LIMIT))
        .layer(from_fn(large::refuse))
        .layer(from_fn(timeout::limit))
        .layer(CatchPanicLayer::custom(panic::caught))
        .layer(from_fn(dress::errors))
        .layer(from_fn(calls::tell))
        .layer(compress::layer())
        .layer(cors::layer(&state.doors))
        .layer(from_fn_with_state(Arc::clone(&state.doors), headers::add))
        .layer(from_fn(log::request))
        .layer(from_fn_with_state(state.services.clone(), client::note))
}
