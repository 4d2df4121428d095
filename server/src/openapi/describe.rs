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
        (name = "auth", description = "Registration, tokens, a person's own account"),
        (name = "tenants", description = "The company and its keys"),
        (name = "accounts", description = "The company's shops on marketplaces, their keys and schedules"),
        (name = "team", description = "The company's people and invitations"),
        (name = "api keys", description = "Keys of the company's programs: bearer tokens that begin with `st_`"),
        (name = "audit", description = "Who did what, when, from where"),
        (name = "products", description = "What is sold, and how much of it is left"),
        (name = "tags", description = "The company's own marks on products"),
        (name = "views", description = "Saved questions of the product list"),
        (name = "links", description = "The same thing in several shops, seen as one"),
        (name = "orders", description = "What was ordered, a row a unit"),
        (name = "sales", description = "What reached its buyers, and what came back"),
        (name = "exports", description = "Lists as CSV and XLSX files"),
        (name = "analytics", description = "The shop in numbers"),
        (name = "syncs", description = "Reading the marketplaces"),
        (name = "operator", description = "The installation, for the people who operate it; for anybody else there is nothing here"),
        (name = "health", description = "Whether the program can work"),
        (name = "dashboard", description = "The dashboard's server functions: forms in, JSON out. They take the \
            browser's cookie or a bearer token; their addresses follow the dashboard and may change with it"),
    ),
    paths(
        app::api::accounts::register,
        app::api::accounts::login,
        app::api::accounts::login_code,
        app::api::accounts::logout,
        app::api::accounts::session,
        app::api::accounts::start_demo,
        app::api::accounts::leave_demo,
        app::api::accounts::set_locale,
        app::api::accounts::set_theme,
        app::api::people::profile,
        app::api::people::change_password,
        app::api::people::forgot_password,
        app::api::people::reset_password,
        app::api::people::ask_for_verification,
        app::api::people::verify_email,
        app::api::people::sign_ins,
        app::api::people::end_sign_in,
        app::api::people::end_other_sign_ins,
        app::api::people::second_factor,
        app::api::people::begin_second_factor,
        app::api::people::confirm_second_factor,
        app::api::people::replace_recovery_codes,
        app::api::people::switch_off_second_factor,
        app::api::tenants::me,
        app::api::tenants::rename,
        app::api::tenants::accounts,
        app::api::tenants::update_credentials,
        app::api::team::members,
        app::api::team::set_role,
        app::api::team::transfer,
        app::api::team::remove,
        app::api::team::leave,
        app::api::team::companies,
        app::api::team::switch,
        app::api::invitations::list,
        app::api::invitations::create,
        app::api::invitations::revoke,
        app::api::invitations::look_up,
        app::api::invitations::join,
        app::api::invitations::accept,
        app::api::invitations::sign_in_first,
        app::api::catalogue::filter_values,
        app::api::catalogue::views,
        app::api::catalogue::save_view,
        app::api::catalogue::delete_view,
        app::api::catalogue::create_tag,
        app::api::catalogue::delete_tag,
        app::api::catalogue::edit_tags,
        app::api::catalogue::undo_tags,
        app::api::keys::list,
        app::api::keys::create,
        app::api::keys::revoke,
        app::api::audit::list,
        app::api::audit::actions,
        app::api::audit::verify,
        app::api::danger::outlook,
        app::api::danger::delete_company,
        app::api::danger::delete_account,
        app::api::operator::overview,
        app::api::operator::tenants,
        app::api::operator::tenant,
        app::api::operator::change_tenant,
        app::api::operator::syncs,
        app::api::operator::run_again,
        app::api::operator::set_aside,
        app::api::operator::quarantine,
        app::api::operator::log,
        app::api::usage::get,
        app::api::today::get,
        app::api::today::period,
        app::api::today::warehouses,
        app::api::today::rules,
        app::api::today::set_rules,
        app::api::products::list,
        app::api::products::names,
        app::api::products::get,
        app::api::products::history,
        app::api::products::comparison,
        app::api::shops::connect,
        app::api::shops::change,
        app::api::shops::set_key,
        app::api::shops::clear_key,
        app::api::shops::remove,
        app::api::orders::list,
        app::api::orders::days,
        app::api::sales::list,
        app::api::sales::days,
        app::api::links::suggestions,
        app::api::links::twins,
        app::api::links::link,
        app::api::links::decline,
        app::api::links::confirm_alike,
        app::api::links::unlink,
        app::api::past::list,
        app::api::past::changes,
        app::api::ordering::settings,
        app::api::ordering::set_settings,
        app::api::ordering::notes,
        app::api::ordering::add_note,
        app::api::ordering::delete_note,
        app::api::syncs::start,
        app::api::syncs::cancel,
        app::api::syncs::list,
        app::api::syncs::get,
    ),
    components(schemas(
        domain::ApiError, domain::FieldError, domain::ErrorCode,
        domain::catalogue::Changed, domain::operator::RunState,
        domain::product::ProductSort, domain::product::SortOrder,
        domain::export::Separator, domain::demand::Grade, domain::catalogue::StockState,
    )),
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
        scheme.description = Some(
            "The access token of a pair, which lives for 15 minutes, or an API key (`st_…`)."
                .into(),
        );
        let components = document.components.get_or_insert_default();
        components.add_security_scheme("bearer", SecurityScheme::Http(scheme));
        let none: [&str; 0] = [];
        document.security = Some(vec![SecurityRequirement::new("bearer", none)]);
    }
}
