//! `/docs` (Swagger UI) and `/openapi.json`. The script is inside the binary.

use crate::{middleware::DOCS_POLICY, openapi, state::AppState};
use axum::{Json, Router, response::Response, routing::get};
use http::{HeaderValue, header};
use utoipa_swagger_ui::{Config, SwaggerUi};

/// The routes.
pub fn routes() -> Router<AppState> {
    let config = Config::from("/openapi.json").persist_authorization(false).use_base_layout();
    let page = Router::from(SwaggerUi::new("/docs").config(config));
    let page: Router<AppState> = page.layer(axum::middleware::map_response(policy));
    page.route("/openapi.json", get(async || Json(openapi::shown())))
}

/// The page styles itself from its script, which our pages may not.
pub async fn policy(mut response: Response) -> Response {
    let policy = HeaderValue::from_static(DOCS_POLICY);
    response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, policy);
    response
}
