//! What the document says beside the operations: name, tags, how to prove who asks, and the dashboard's
//! server functions, which are operations too but live in `app`.

use utoipa::{
    Modify, OpenApi,
    openapi::security::{Http, HttpAuthScheme, SecurityRequirement, SecurityScheme},
};

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Stock Tracker API",
        description = "Stock, orders and days of cover of a seller's shops on marketplaces.\n\n\
            Get a token with `POST /api/v1/auth/register` or `/login` and send it as `Authorization: Bearer …`. \
            Errors are `application/problem+json` (RFC 9457) with a `code` for programs and a `detail` for people; \
            `request_id` finds the request in the log. Times are RFC 3339 in UTC, money is integer minor units, \
            a marketplace's numbers are text, `null` is \"not known\", never zero.",
        license(name = "MIT", identifier = "MIT")
    ),
    tags(
        (name = "auth", description = "Registration, tokens"),
        (name = "tenants", description = "The company and its keys"),
        (name = "products", description = "What is sold, and how much of it is left"),
        (name = "syncs", description = "Reading the marketplaces"),
        (name = "health", description = "Whether the program can work"),
        (name = "dashboard", description = "The dashboard's server functions: forms in, JSON out. They take the \
            browser's cookie or a bearer token; their addresses follow the dashboard and may change with it"),
    ),
    paths(
        app::api::accounts::register,
        app::api::accounts::login,
        app::api::accounts::logout,
        app::api::accounts::session,
        app::api::accounts::start_demo,
        app::api::accounts::set_locale,
        app::api::accounts::set_theme,
        app::api::tenants::me,
        app::api::tenants::rename,
        app::api::tenants::accounts,
        app::api::tenants::update_credentials,
        app::api::usage::get,
        app::api::products::list,
        app::api::products::get,
        app::api::products::history,
        app::api::syncs::start,
        app::api::syncs::list,
        app::api::syncs::get,
    ),
    components(schemas(domain::ApiError, domain::FieldError, domain::ErrorCode)),
    modifiers(&Bearer)
)]
struct Description;

/// Everything but the REST operations, which the router adds.
pub fn base() -> utoipa::openapi::OpenApi {
    Description::openapi()
}

struct Bearer;

impl Modify for Bearer {
    fn modify(&self, document: &mut utoipa::openapi::OpenApi) {
        let mut scheme = Http::new(HttpAuthScheme::Bearer);
        scheme.bearer_format = Some("JWT".into());
        scheme.description = Some("The access token of a pair; it lives for 15 minutes.".into());
        let components = document.components.get_or_insert_default();
        components.add_security_scheme("bearer", SecurityScheme::Http(scheme));
        let none: [&str; 0] = [];
        document.security = Some(vec![SecurityRequirement::new("bearer", none)]);
        // Both doors have a `login` and a `list`: the address tells the dashboard's apart.
        for (path, item) in &mut document.paths.paths {
            let Some(name) = path.strip_prefix("/api/fn/") else { continue };
            for operation in [&mut item.get, &mut item.post].into_iter().flatten() {
                operation.operation_id = Some(format!("dashboard_{}", name.replace('/', "_")));
            }
        }
    }
}
