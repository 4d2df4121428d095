//! Remembers which route answered: only the router knows, and the log wants it.

use axum::{
    extract::{MatchedPath, Request},
    middleware::Next,
    response::Response,
};

/// The template of the route.
#[derive(Clone, Debug)]
pub struct Route(pub MatchedPath);

/// Hands the template to whoever sees the response.
pub async fn remember(request: Request, next: Next) -> Response {
    let route = request.extensions().get::<MatchedPath>().cloned();
    let mut response = next.run(request).await;
    if let Some(route) = route {
        response.extensions_mut().insert(Route(route));
    }
    response
}
