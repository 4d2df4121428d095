//! The dashboard's door: pages and server functions as routes, and what both find in their context.

use crate::{middleware::page_policy, problem::Problem, state::AppState};
use app::{App, shell};
use axum::{
    Router,
    extract::{Request, State},
    response::{IntoResponse, Redirect, Response},
};
use domain::{ApiError, ErrorCode};
use http::{HeaderMap, HeaderValue, Method, StatusCode, header, request::Parts};
use leptos::prelude::{provide_context, use_context};
use leptos_axum::{LeptosRoutes, ResponseOptions};
use services::Client;

/// Every page but `/`, which answers programs too, and every server function.
pub fn routes(router: Router<AppState>, state: &AppState) -> Router<AppState> {
    let (pages, _) = leptos_axum::generate_route_list_with_exclusions_and_ssg_and_context(
        App,
        Some(vec!["/".to_owned()]),
        context(state),
    );
    router.leptos_routes_with_context(state, pages, context(state), shell)
}

/// Renders the page of this address, whatever it is.
pub async fn render(state: AppState, request: Request) -> Response {
    leptos_axum::render_app_async_with_context(context(&state), shell)(request).await
}

/// What no route answers: a file of the dashboard, a page that says so, or a problem.
pub async fn otherwise(State(state): State<AppState>, request: Request) -> Response {
    let path = request.uri().path();
    if let Some(file) = state.site.answer(request.method(), path, request.headers()) {
        return file;
    }
    let is_page = *request.method() == Method::GET
        && wants_html(request.headers())
        && !path.starts_with("/api/");
    if !is_page {
        return StatusCode::NOT_FOUND.into_response();
    }
    if let Some(page) = path.strip_suffix('/').filter(|page| !page.is_empty()) {
        return Redirect::permanent(&format!("/{}", page.trim_start_matches('/'))).into_response();
    }
    let mut page = render(state, request).await;
    *page.status_mut() = StatusCode::NOT_FOUND;
    page
}

/// Whether a person looks at the answer.
pub fn wants_html(headers: &HeaderMap) -> bool {
    let accept = headers.get(header::ACCEPT).and_then(|accept| accept.to_str().ok());
    accept.is_some_and(|accept| accept.contains("text/html"))
}

/// What pages and server functions find in their context.
fn context(state: &AppState) -> impl Fn() + Clone + Send + Sync + 'static {
    let services = state.services.clone();
    let assets = state.site.assets.clone();
    move || {
        provide_context(services.clone());
        provide_context(assets.clone());
        let client = use_context::<Parts>().and_then(|parts| parts.extensions.get().cloned());
        if let Some(client) = client {
            provide_context::<Client>(client);
        }
        // A page: its inline scripts carry the nonce. A server function has none.
        if let (Some(nonce), Some(options)) =
            (leptos::nonce::use_nonce(), use_context::<ResponseOptions>())
            && let Ok(policy) = HeaderValue::from_str(&page_policy(&nonce))
        {
            options.insert_header(header::CONTENT_SECURITY_POLICY, policy);
        }
    }
}

/// A server function's body must be a form: Leptos itself would take anything.
pub async fn only_forms(request: Request, next: axum::middleware::Next) -> Response {
    let is_function = request.uri().path().starts_with("/api/fn/");
    if is_function && *request.method() == Method::POST && !is_form(request.headers()) {
        let detail = "Send the body as application/x-www-form-urlencoded.";
        let error = ApiError::new(ErrorCode::UnsupportedMediaType, detail);
        return Problem::from(error).into_response();
    }
    next.run(request).await
}

/// No body at all is fine: a function without arguments.
fn is_form(headers: &HeaderMap) -> bool {
    let Some(kind) = headers.get(header::CONTENT_TYPE) else { return true };
    kind.to_str().is_ok_and(|kind| {
        kind.split(';').next().unwrap_or_default().trim() == "application/x-www-form-urlencoded"
    })
}
