//! Everything that is answered, a line an operation.

use crate::{demo, health, middleware, openapi, pages, rest, root, state::AppState};
use axum::{Router, middleware::from_fn, routing::get};
use utoipa_axum::{router::OpenApiRouter, routes};

/// The operations of the public contract; the OpenAPI document is collected from here.
pub fn api() -> OpenApiRouter<AppState> {
    OpenApiRouter::with_openapi(openapi::base())
        // Signing up, in and out.
        .routes(routes!(rest::auth::register::register))
        .routes(routes!(rest::auth::login::login))
        .routes(routes!(rest::auth::refresh::refresh))
        .routes(routes!(rest::auth::logout::logout))
        .routes(routes!(rest::keys::jwks::jwks))
        // The company, its shops and their keys.
        .routes(routes!(rest::tenants::me::me))
        .routes(routes!(rest::tenants::rename::rename))
        .routes(routes!(rest::tenants::credentials::credentials))
        .routes(routes!(rest::tenants::accounts::accounts))
        .routes(routes!(rest::usage::get::get))
        // The catalogue.
        .routes(routes!(rest::products::list::list))
        .routes(routes!(rest::products::get::get))
        .routes(routes!(rest::products::history::history))
        .routes(routes!(rest::products::sync::sync))
        // Synchronisations.
        .routes(routes!(rest::syncs::list::list))
        .routes(routes!(rest::syncs::get::get))
        .routes(routes!(rest::syncs::events::events))
        // Whether it works.
        .routes(routes!(root::root))
        .routes(routes!(health::healthy::healthy))
        .routes(routes!(health::live::live))
        .routes(routes!(health::ready::ready))
}

/// The whole: the contract, its documentation, the dashboard, and what surrounds every request.
pub fn router(state: AppState) -> Router {
    let routes = Router::from(api())
        .merge(openapi::docs::routes())
        .merge(openapi::redoc::routes())
        .route("/demo-photos/{file}", get(demo::photo));
    let routes = pages::routes(routes, &state)
        .fallback(pages::otherwise)
        .layer(from_fn(pages::only_forms))
        .with_state(state.clone());
    middleware::around(routes, &state)
}
