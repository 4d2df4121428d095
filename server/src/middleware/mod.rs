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

use crate::{
    gate::Gate,
    problem::Problem,
    state::{AppState, Doors},
};
use axum::{
    Router,
    extract::{Request, State},
    middleware::{Next, from_fn, from_fn_with_state},
    response::{IntoResponse, Response},
};
use domain::ApiError;
use services::{Client, Services, access::Seen};
use std::sync::Arc;
use tower::ServiceBuilder;
use tower_http::{catch_panic::CatchPanicLayer, limit::RequestBodyLimitLayer};

/// The largest body that is read.
const BODY_LIMIT: usize = 1024 * 1024;

/// What surrounds a request. Its parts are plain functions, called in three places only: a layer of axum's copies
/// everything inside of it for each request, so a layer for each part would copy all parts over and over.
struct Surroundings {
    services: Services,
    gate: Gate,
    doors: Arc<Doors>,
    spellings: slash::Spellings,
}

/// Wraps the routes. They are the fallback of an outer router, so that all of this happens before a
/// route is looked for: what is refused here, and what no route answers, gets the same headers.
pub fn around(routes: Router, state: &AppState) -> Router {
    let surroundings = Arc::new(Surroundings {
        services: state.services.clone(),
        gate: state.gate.clone(),
        doors: Arc::clone(&state.doors),
        spellings: slash::Spellings::of_the_contract(),
    });
    Router::new().fallback_service(routes.layer(from_fn(route::remember))).layer(
        ServiceBuilder::new()
            .layer(from_fn_with_state(Arc::clone(&surroundings), noted))
            .layer(cors::layer(&state.doors))
            .layer(compress::layer())
            .layer(from_fn(dressed))
            .layer(CatchPanicLayer::custom(panic::caught))
            .layer(from_fn_with_state(surroundings, admitted))
            .layer(RequestBodyLimitLayer::new(BODY_LIMIT)),
    )
}

/// Whatever comes has an id and a line in the log, and whatever leaves the headers that keep browsers from harm.
async fn noted(
    State(around): State<Arc<Surroundings>>,
    mut request: Request,
    next: Next,
) -> Response {
    let id = client::note(&around.services, &mut request);
    let line = log::Line::begin(&mut request);
    let mut response = line.around(&id, next.run(request)).await;
    headers::add(&around.doors, &mut response);
    client::tell(&id, &mut response);
    response
}

/// Whoever refuses, it is in the one shape.
async fn dressed(request: Request, next: Next) -> Response {
    let id = request.extensions().get::<Client>().map(|client| Arc::clone(&client.request_id));
    let response = next.run(request).await;
    let mut response = dress::errors(response, id.as_deref().unwrap_or_default());
    calls::tell(&mut response);
    response
}

/// Only what may reaches a route, and for so long.
async fn admitted(
    State(around): State<Arc<Surroundings>>,
    request: Request,
    next: Next,
) -> Response {
    match timeout::limit(around.admit(request, next)).await {
        Ok(Ok(response)) => response,
        Ok(Err(refusal)) | Err(refusal) => Problem::from(refusal).into_response(),
    }
}

impl Surroundings {
    async fn admit(&self, request: Request, next: Next) -> Result<Response, ApiError> {
        let mut request = large::refuse(request).await?;
        origin::prove(&self.services, &request)?;
        gate::pass(&self.gate, request.uri().path())?;
        let (path, headers) = (request.uri().path(), request.headers());
        let seen = request.extensions().get::<Seen>();
        let allowance = calls::count(&self.services, path, headers, seen).await;
        slash::rewrite(&self.spellings, &mut request);
        let mut response = match allowance.and_then(|allowance| allowance.refusal()) {
            Some(refusal) => Problem::from(refusal).into_response(),
            None => next.run(request).await,
        };
        if let Some(allowance) = allowance {
            response.extensions_mut().insert(allowance);
        }
        Ok(response)
    }
}
