//! Everything that is answered, a line an operation.

use crate::{demo, health, metrics, middleware, openapi, pages, rest, root, state::AppState};
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
        // A person's own account.
        .routes(routes!(rest::auth::profile::profile))
        .routes(routes!(rest::auth::password::change::change))
        .routes(routes!(rest::auth::password::forgot::forgot))
        .routes(routes!(rest::auth::password::reset::reset))
        .routes(routes!(rest::auth::email::ask::ask))
        .routes(routes!(rest::auth::email::verify::verify))
        .routes(routes!(
            rest::auth::sessions::list::list,
            rest::auth::sessions::end_others::end_others
        ))
        .routes(routes!(rest::auth::sessions::end::end))
        .routes(routes!(rest::auth::second_factor::begin::begin))
        .routes(routes!(rest::auth::second_factor::confirm::confirm))
        .routes(routes!(rest::auth::second_factor::replace_codes::replace_codes))
        .routes(routes!(rest::auth::second_factor::switch_off::switch_off))
        .routes(routes!(rest::auth::join::join))
        .routes(routes!(rest::auth::companies::companies))
        .routes(routes!(rest::auth::switch::switch))
        .routes(routes!(rest::auth::personal_data::personal_data))
        .routes(routes!(rest::auth::delete_account::delete_account))
        .routes(routes!(rest::keys::jwks::jwks))
        // The company, its shops and their keys.
        .routes(routes!(rest::tenants::me::me))
        .routes(routes!(rest::tenants::rename::rename))
        .routes(routes!(rest::tenants::credentials::credentials))
        .routes(routes!(rest::tenants::accounts::accounts))
        .routes(routes!(rest::tenants::export::export))
        .routes(routes!(rest::tenants::delete::delete))
        // Its shops.
        .routes(routes!(rest::accounts::list::list, rest::accounts::create::create))
        .routes(routes!(
            rest::accounts::get::get,
            rest::accounts::update::update,
            rest::accounts::delete::delete
        ))
        .routes(routes!(rest::accounts::set_key::set_key, rest::accounts::clear_key::clear_key))
        // Its people and its programs, and what they did.
        .routes(routes!(rest::members::list::list))
        .routes(routes!(rest::members::leave::leave))
        .routes(routes!(rest::members::set_role::set_role))
        .routes(routes!(rest::members::remove::remove))
        .routes(routes!(rest::members::transfer::transfer))
        .routes(routes!(rest::invitations::list::list))
        .routes(routes!(rest::invitations::create::create))
        .routes(routes!(rest::invitations::look_up::look_up))
        .routes(routes!(rest::invitations::accept::accept))
        .routes(routes!(rest::invitations::revoke::revoke))
        .routes(routes!(rest::api_keys::list::list))
        .routes(routes!(rest::api_keys::create::create))
        .routes(routes!(rest::api_keys::revoke::revoke))
        .routes(routes!(rest::audit::list::list))
        .routes(routes!(rest::audit::verify::verify))
        .routes(routes!(rest::usage::get::get))
        // The catalogue.
        .routes(routes!(rest::products::list::list))
        .routes(routes!(rest::products::facets::facets))
        .routes(routes!(rest::products::get::get))
        .routes(routes!(rest::products::history::history))
        .routes(routes!(rest::products::comparison::comparison))
        .routes(routes!(rest::products::prices::prices))
        .routes(routes!(rest::products::sync::sync))
        // The same thing in several shops.
        .routes(routes!(rest::product_links::suggestions::suggestions))
        .routes(routes!(rest::product_links::confirm_alike::confirm_alike))
        .routes(routes!(rest::product_links::link::link))
        .routes(routes!(rest::product_links::decline::decline))
        .routes(routes!(rest::product_links::unlink::unlink))
        .routes(routes!(rest::product_links::twins::twins))
        .routes(routes!(rest::tags::list::list, rest::tags::create::create))
        .routes(routes!(rest::tags::delete::delete))
        .routes(routes!(rest::tags::edit::edit))
        .routes(routes!(rest::tags::undo::undo))
        .routes(routes!(rest::views::list::list, rest::views::create::create))
        .routes(routes!(rest::views::delete::delete))
        .routes(routes!(
            rest::products::settings::settings,
            rest::products::set_settings::set_settings
        ))
        .routes(routes!(rest::notes::list::list, rest::notes::add::add))
        .routes(routes!(rest::notes::delete::delete))
        .routes(routes!(rest::stock::changes::changes))
        // What was ordered.
        .routes(routes!(rest::orders::list::list))
        .routes(routes!(rest::orders::days::days))
        // What was sold and came back.
        .routes(routes!(rest::sales::list::list))
        .routes(routes!(rest::sales::days::days))
        // Lists as files.
        .routes(routes!(rest::exports::products::products_csv))
        .routes(routes!(rest::exports::products::products_xlsx))
        .routes(routes!(rest::exports::stock::stock_csv))
        .routes(routes!(rest::exports::stock::stock_xlsx))
        .routes(routes!(rest::exports::orders::orders_csv))
        .routes(routes!(rest::exports::orders::orders_xlsx))
        .routes(routes!(rest::exports::sales::sales_csv))
        .routes(routes!(rest::exports::sales::sales_xlsx))
        .routes(routes!(rest::exports::syncs::syncs_csv))
        .routes(routes!(rest::exports::syncs::syncs_xlsx))
        // The shop in numbers.
        .routes(routes!(rest::analytics::dashboard::dashboard))
        .routes(routes!(rest::analytics::low_stock::low_stock))
        .routes(routes!(rest::analytics::top_products::top_products))
        .routes(routes!(rest::analytics::sync_history::sync_history))
        .routes(routes!(rest::analytics::stock_distribution::stock_distribution))
        .routes(routes!(rest::analytics::warehouses::warehouses))
        .routes(routes!(rest::today::get::get))
        .routes(routes!(rest::today::period::period))
        .routes(routes!(rest::today::warehouses::warehouses))
        .routes(routes!(rest::today::rules::rules, rest::today::set_rules::set_rules))
        // Synchronisations.
        .routes(routes!(rest::syncs::list::list, rest::syncs::create::create))
        .routes(routes!(rest::syncs::get::get))
        .routes(routes!(rest::syncs::cancel::cancel))
        .routes(routes!(rest::syncs::events::events))
        .routes(routes!(rest::syncs::live::live))
        // The installation, for its operators.
        .routes(routes!(rest::operator::overview::overview))
        .routes(routes!(rest::operator::tenants::tenants))
        .routes(routes!(
            rest::operator::tenant::tenant,
            rest::operator::change_tenant::change_tenant
        ))
        .routes(routes!(rest::operator::syncs::syncs))
        .routes(routes!(rest::operator::run_again::run_again))
        .routes(routes!(rest::operator::set_aside::set_aside))
        .routes(routes!(rest::operator::quarantine::quarantine))
        .routes(routes!(rest::operator::log::log))
        // Whether it works.
        .routes(routes!(root::root))
        .routes(routes!(health::healthy::healthy))
        .routes(routes!(health::live::live))
        .routes(routes!(health::ready::ready))
        .routes(routes!(metrics::door::metrics))
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
