//! Every operation of both doors x no token x each role x another tenant. An operation without a line here fails.

use crate::common::{App, Person, claims};
use domain::{Permission, Role};
use reqwest::{Method, RequestBuilder, StatusCode};
use server::openapi;
use std::collections::BTreeSet;
use store::testing::TestStore;

/// Who may.
#[derive(Clone, Copy, PartialEq)]
enum Who {
    Everybody,
    SignedIn(Permission),
    /// Operators of the installation alone: for all others it is not there.
    Operator,
}
use Who::{Everybody, Operator, SignedIn};

/// How a call is made.
#[derive(Clone, Copy)]
enum Body {
    None,
    Json(&'static str),
    Form(&'static str),
}

/// Ids are put in by the test (`Ids::fill`): a row of another tenant must answer as one that is nobody's.
const TABLE: &[(&str, &str, Body, Who)] = &[
    ("GET", "/", Body::None, Everybody),
    ("GET", "/health/", Body::None, Everybody),
    ("GET", "/health/live", Body::None, Everybody),
    ("GET", "/health/ready", Body::None, Everybody),
    // Behind a token of its own; where none is set it is not there.
    ("GET", "/metrics", Body::None, Everybody),
    ("GET", "/api/v1/operator/overview", Body::None, Operator),
    ("GET", "/api/v1/operator/tenants", Body::None, Operator),
    ("GET", "/api/v1/operator/tenants/{tenant_id}", Body::None, Operator),
    ("PATCH", "/api/v1/operator/tenants/{tenant_id}", Body::Json("{}"), Operator),
    ("GET", "/api/v1/operator/syncs", Body::None, Operator),
    ("POST", "/api/v1/operator/syncs/{sync_id}/attempts", Body::None, Operator),
    ("PUT", "/api/v1/operator/syncs/{sync_id}/set-aside", Body::None, Operator),
    ("GET", "/api/v1/operator/quarantine", Body::None, Operator),
    ("GET", "/api/v1/operator/log", Body::None, Operator),
    ("GET", "/api/fn/operator/overview", Body::None, Operator),
    ("GET", "/api/fn/operator/tenants", Body::None, Operator),
    (
        "GET",
        "/api/fn/operator/tenant?id=0198c0de-0000-7000-8000-000000000000",
        Body::None,
        Operator,
    ),
    (
        "POST",
        "/api/fn/operator/change_tenant",
        Body::Form("id=0198c0de-0000-7000-8000-000000000000&suspended=true"),
        Operator,
    ),
    ("GET", "/api/fn/operator/syncs", Body::None, Operator),
    (
        "POST",
        "/api/fn/operator/run_again",
        Body::Form("id=0198c0de-0000-7000-8000-000000000000"),
        Operator,
    ),
    (
        "POST",
        "/api/fn/operator/set_aside",
        Body::Form("id=0198c0de-0000-7000-8000-000000000000"),
        Operator,
    ),
    ("GET", "/api/fn/operator/quarantine", Body::None, Operator),
    ("GET", "/api/fn/operator/log", Body::None, Operator),
    ("POST", "/api/v1/auth/register", Body::Json("{}"), Everybody),
    ("POST", "/api/v1/auth/login", Body::Json("{}"), Everybody),
    ("POST", "/api/v1/auth/refresh", Body::Json("{}"), Everybody),
    ("POST", "/api/v1/auth/logout", Body::None, SignedIn(Permission::Read)),
    ("GET", "/api/v1/auth/profile", Body::None, SignedIn(Permission::Read)),
    ("POST", "/api/v1/auth/password", Body::Json("{}"), SignedIn(Permission::Read)),
    ("POST", "/api/v1/auth/password/forgot", Body::Json("{}"), Everybody),
    ("POST", "/api/v1/auth/password/reset", Body::Json("{}"), Everybody),
    ("POST", "/api/v1/auth/email/verification", Body::None, SignedIn(Permission::Read)),
    ("POST", "/api/v1/auth/email/verify", Body::Json("{}"), Everybody),
    ("GET", "/api/v1/auth/sessions", Body::None, SignedIn(Permission::Read)),
    ("DELETE", "/api/v1/auth/sessions", Body::None, SignedIn(Permission::Read)),
    ("DELETE", "/api/v1/auth/sessions/{session_id}", Body::None, SignedIn(Permission::Read)),
    ("POST", "/api/v1/auth/second-factor", Body::Json("{}"), SignedIn(Permission::Read)),
    ("POST", "/api/v1/auth/second-factor/confirm", Body::Json("{}"), SignedIn(Permission::Read)),
    ("POST", "/api/v1/auth/second-factor/disable", Body::Json("{}"), SignedIn(Permission::Read)),
    (
        "POST",
        "/api/v1/auth/second-factor/recovery-codes",
        Body::Json("{}"),
        SignedIn(Permission::Read),
    ),
    ("GET", "/.well-known/jwks.json", Body::None, Everybody),
    ("GET", "/api/v1/usage", Body::None, SignedIn(Permission::Read)),
    ("GET", "/api/v1/tenants/me", Body::None, SignedIn(Permission::Read)),
    (
        "PATCH",
        "/api/v1/tenants/me",
        Body::Json(r#"{"name":"Новое имя"}"#),
        SignedIn(Permission::Own),
    ),
    ("GET", "/api/v1/tenants/me/accounts", Body::None, SignedIn(Permission::Read)),
    ("PATCH", "/api/v1/tenants/me/credentials", Body::Json("{}"), SignedIn(Permission::Operate)),
    ("POST", "/api/v1/auth/join", Body::Json("{}"), Everybody),
    ("GET", "/api/v1/auth/companies", Body::None, SignedIn(Permission::Read)),
    (
        "POST",
        "/api/v1/auth/switch",
        Body::Json(r#"{"tenant_id":"0198c0de-0000-7000-8000-000000000000"}"#),
        SignedIn(Permission::Read),
    ),
    ("GET", "/api/v1/auth/personal-data", Body::None, SignedIn(Permission::Read)),
    (
        "POST",
        "/api/v1/auth/account-deletion",
        Body::Json(r#"{"password":"not mine"}"#),
        SignedIn(Permission::Read),
    ),
    ("GET", "/api/v1/tenants/me/export", Body::None, SignedIn(Permission::Own)),
    (
        "POST",
        "/api/v1/tenants/me/deletion",
        Body::Json(r#"{"name":"another"}"#),
        SignedIn(Permission::Own),
    ),
    ("GET", "/api/v1/accounts", Body::None, SignedIn(Permission::Read)),
    (
        "POST",
        "/api/v1/accounts",
        Body::Json(r#"{"marketplace":"ozon"}"#),
        SignedIn(Permission::Operate),
    ),
    ("GET", "/api/v1/accounts/{account_id}", Body::None, SignedIn(Permission::Read)),
    ("PATCH", "/api/v1/accounts/{account_id}", Body::Json("{}"), SignedIn(Permission::Operate)),
    ("DELETE", "/api/v1/accounts/{account_id}", Body::None, SignedIn(Permission::Operate)),
    ("PUT", "/api/v1/accounts/{account_id}/key", Body::Json("{}"), SignedIn(Permission::Operate)),
    ("DELETE", "/api/v1/accounts/{account_id}/key", Body::None, SignedIn(Permission::Operate)),
    ("GET", "/api/v1/members", Body::None, SignedIn(Permission::Administer)),
    ("DELETE", "/api/v1/members/me", Body::None, SignedIn(Permission::Read)),
    (
        "PATCH",
        "/api/v1/members/{id}",
        Body::Json(r#"{"role":"viewer"}"#),
        SignedIn(Permission::Administer),
    ),
    ("DELETE", "/api/v1/members/{id}", Body::None, SignedIn(Permission::Administer)),
    ("POST", "/api/v1/members/{id}/ownership", Body::None, SignedIn(Permission::Own)),
    ("GET", "/api/v1/invitations", Body::None, SignedIn(Permission::Administer)),
    (
        "POST",
        "/api/v1/invitations",
        Body::Json(r#"{"role":"viewer"}"#),
        SignedIn(Permission::Administer),
    ),
    ("DELETE", "/api/v1/invitations/{id}", Body::None, SignedIn(Permission::Administer)),
    ("POST", "/api/v1/invitations/look-up", Body::Json(r#"{"token":"x"}"#), Everybody),
    (
        "POST",
        "/api/v1/invitations/accept",
        Body::Json(r#"{"token":"x"}"#),
        SignedIn(Permission::Read),
    ),
    ("GET", "/api/v1/api-keys", Body::None, SignedIn(Permission::Administer)),
    (
        "POST",
        "/api/v1/api-keys",
        Body::Json(r#"{"name":"1C","role":"viewer"}"#),
        SignedIn(Permission::Administer),
    ),
    ("DELETE", "/api/v1/api-keys/{id}", Body::None, SignedIn(Permission::Administer)),
    ("GET", "/api/v1/audit", Body::None, SignedIn(Permission::Administer)),
    ("GET", "/api/v1/audit/verification", Body::None, SignedIn(Permission::Administer)),
    ("GET", "/api/v1/products/", Body::None, SignedIn(Permission::Read)),
    ("GET", "/api/v1/products/facets", Body::None, SignedIn(Permission::Read)),
    ("GET", "/api/v1/tags", Body::None, SignedIn(Permission::Read)),
    ("POST", "/api/v1/tags", Body::Json(r#"{"name":""}"#), SignedIn(Permission::Operate)),
    ("DELETE", "/api/v1/tags/{tag_id}", Body::None, SignedIn(Permission::Operate)),
    (
        "POST",
        "/api/v1/tag-edits",
        Body::Json(r#"{"tag":"0198c0de-0000-7000-8000-000000000000","deed":"add"}"#),
        SignedIn(Permission::Operate),
    ),
    ("DELETE", "/api/v1/tag-edits/{edit_id}", Body::None, SignedIn(Permission::Operate)),
    ("GET", "/api/v1/views", Body::None, SignedIn(Permission::Read)),
    (
        "POST",
        "/api/v1/views",
        Body::Json(r#"{"name":"","query":""}"#),
        SignedIn(Permission::Export),
    ),
    ("DELETE", "/api/v1/views/{view_id}", Body::None, SignedIn(Permission::Export)),
    ("GET", "/api/v1/products/{product_id}", Body::None, SignedIn(Permission::Read)),
    ("GET", "/api/v1/products/{product_id}/history", Body::None, SignedIn(Permission::Read)),
    ("GET", "/api/v1/products/{product_id}/comparison", Body::None, SignedIn(Permission::Read)),
    ("POST", "/api/v1/products/sync", Body::None, SignedIn(Permission::Operate)),
    ("GET", "/api/v1/products/{product_id}/settings", Body::None, SignedIn(Permission::Read)),
    (
        "PATCH",
        "/api/v1/products/{product_id}/settings",
        Body::Json(r#"{"lead_days":10}"#),
        SignedIn(Permission::Operate),
    ),
    ("GET", "/api/v1/products/{product_id}/notes", Body::None, SignedIn(Permission::Read)),
    (
        "POST",
        "/api/v1/products/{product_id}/notes",
        Body::Json(r#"{"body":"Спросить поставщика"}"#),
        SignedIn(Permission::Export),
    ),
    ("DELETE", "/api/v1/notes/{note_id}", Body::None, SignedIn(Permission::Export)),
    ("GET", "/api/v1/stock/changes?from=2026-09-01", Body::None, SignedIn(Permission::Read)),
    ("GET", "/api/v1/products/{product_id}/prices", Body::None, SignedIn(Permission::Read)),
    ("GET", "/api/v1/products/{product_id}/twins", Body::None, SignedIn(Permission::Read)),
    ("GET", "/api/v1/products/links/suggestions", Body::None, SignedIn(Permission::Read)),
    (
        "POST",
        "/api/v1/products/links/suggestions/confirmations",
        Body::Json(r#"{"by":"both"}"#),
        SignedIn(Permission::Operate),
    ),
    (
        "POST",
        "/api/v1/products/links",
        Body::Json(r#"{"products":[]}"#),
        SignedIn(Permission::Operate),
    ),
    (
        "POST",
        "/api/v1/products/links/declined",
        Body::Json(r#"{"products":[]}"#),
        SignedIn(Permission::Operate),
    ),
    ("DELETE", "/api/v1/products/links/{product_id}", Body::None, SignedIn(Permission::Operate)),
    ("GET", "/api/v1/sales", Body::None, SignedIn(Permission::Read)),
    ("GET", "/api/v1/sales/days", Body::None, SignedIn(Permission::Read)),
    ("GET", "/api/v1/exports/sales.csv", Body::None, SignedIn(Permission::Export)),
    ("GET", "/api/v1/exports/sales.xlsx", Body::None, SignedIn(Permission::Export)),
    ("GET", "/api/v1/orders/", Body::None, SignedIn(Permission::Read)),
    ("GET", "/api/v1/orders/days", Body::None, SignedIn(Permission::Read)),
    ("GET", "/api/v1/exports/products.csv", Body::None, SignedIn(Permission::Export)),
    ("GET", "/api/v1/exports/products.xlsx", Body::None, SignedIn(Permission::Export)),
    ("GET", "/api/v1/exports/stock.csv", Body::None, SignedIn(Permission::Export)),
    ("GET", "/api/v1/exports/stock.xlsx", Body::None, SignedIn(Permission::Export)),
    ("GET", "/api/v1/exports/orders.csv", Body::None, SignedIn(Permission::Export)),
    ("GET", "/api/v1/exports/orders.xlsx", Body::None, SignedIn(Permission::Export)),
    ("GET", "/api/v1/exports/syncs.csv", Body::None, SignedIn(Permission::Export)),
    ("GET", "/api/v1/exports/syncs.xlsx", Body::None, SignedIn(Permission::Export)),
    ("GET", "/api/v1/analytics/dashboard", Body::None, SignedIn(Permission::Read)),
    ("GET", "/api/v1/analytics/low-stock", Body::None, SignedIn(Permission::Read)),
    ("GET", "/api/v1/analytics/top-products", Body::None, SignedIn(Permission::Read)),
    ("GET", "/api/v1/analytics/sync-history", Body::None, SignedIn(Permission::Read)),
    ("GET", "/api/v1/analytics/stock-distribution", Body::None, SignedIn(Permission::Read)),
    ("GET", "/api/v1/analytics/warehouses", Body::None, SignedIn(Permission::Read)),
    ("GET", "/api/v1/today", Body::None, SignedIn(Permission::Read)),
    ("GET", "/api/v1/analytics/period", Body::None, SignedIn(Permission::Read)),
    ("GET", "/api/v1/warehouses", Body::None, SignedIn(Permission::Read)),
    ("GET", "/api/v1/planning/rules", Body::None, SignedIn(Permission::Read)),
    (
        "PUT",
        "/api/v1/planning/rules",
        Body::Json(r#"{"lead_days":10,"review_days":7,"buffer_days":5}"#),
        SignedIn(Permission::Operate),
    ),
    ("GET", "/api/v1/syncs/", Body::None, SignedIn(Permission::Read)),
    ("POST", "/api/v1/syncs/", Body::Json("{}"), SignedIn(Permission::Operate)),
    ("GET", "/api/v1/syncs/{sync_id}", Body::None, SignedIn(Permission::Read)),
    ("POST", "/api/v1/syncs/{sync_id}/cancellation", Body::None, SignedIn(Permission::Operate)),
    ("GET", "/api/v1/syncs/{sync_id}/events", Body::None, SignedIn(Permission::Read)),
    ("GET", "/api/v1/events", Body::None, SignedIn(Permission::Read)),
    ("POST", "/api/fn/accounts/register", Body::Form(""), Everybody),
    ("POST", "/api/fn/accounts/login", Body::Form(""), Everybody),
    ("POST", "/api/fn/accounts/login_code", Body::Form(""), Everybody),
    ("POST", "/api/fn/accounts/start_demo", Body::Form(""), Everybody),
    ("POST", "/api/fn/accounts/leave_demo", Body::Form(""), SignedIn(Permission::Own)),
    ("POST", "/api/fn/accounts/set_locale", Body::Form("locale=en"), Everybody),
    ("POST", "/api/fn/accounts/set_theme", Body::Form("theme=dark"), Everybody),
    ("GET", "/api/fn/accounts/session", Body::None, SignedIn(Permission::Read)),
    ("POST", "/api/fn/accounts/logout", Body::Form(""), SignedIn(Permission::Read)),
    ("GET", "/api/fn/people/profile", Body::None, SignedIn(Permission::Read)),
    (
        "POST",
        "/api/fn/people/change_password",
        Body::Form("current_password=x&new_password=y"),
        SignedIn(Permission::Read),
    ),
    ("POST", "/api/fn/people/forgot_password", Body::Form(""), Everybody),
    ("POST", "/api/fn/people/reset_password", Body::Form(""), Everybody),
    ("POST", "/api/fn/people/ask_for_verification", Body::Form(""), SignedIn(Permission::Read)),
    ("POST", "/api/fn/people/verify_email", Body::Form(""), Everybody),
    ("GET", "/api/fn/people/sign_ins", Body::None, SignedIn(Permission::Read)),
    (
        "POST",
        "/api/fn/people/end_sign_in",
        Body::Form("id=0198c0de-0000-7000-8000-000000000000"),
        SignedIn(Permission::Read),
    ),
    ("POST", "/api/fn/people/end_other_sign_ins", Body::Form(""), SignedIn(Permission::Read)),
    ("GET", "/api/fn/people/second_factor", Body::None, SignedIn(Permission::Read)),
    (
        "POST",
        "/api/fn/people/begin_second_factor",
        Body::Form("password=x"),
        SignedIn(Permission::Read),
    ),
    (
        "POST",
        "/api/fn/people/confirm_second_factor",
        Body::Form("code=x"),
        SignedIn(Permission::Read),
    ),
    (
        "POST",
        "/api/fn/people/replace_recovery_codes",
        Body::Form("password=x&code=x"),
        SignedIn(Permission::Read),
    ),
    (
        "POST",
        "/api/fn/people/switch_off_second_factor",
        Body::Form("password=x&code=x"),
        SignedIn(Permission::Read),
    ),
    ("GET", "/api/fn/tenants/me", Body::None, SignedIn(Permission::Read)),
    ("POST", "/api/fn/tenants/rename", Body::Form("name=Новое имя"), SignedIn(Permission::Own)),
    ("GET", "/api/fn/tenants/accounts", Body::None, SignedIn(Permission::Read)),
    (
        "POST",
        "/api/fn/tenants/update_credentials",
        Body::Form("remove=true"),
        SignedIn(Permission::Operate),
    ),
    ("GET", "/api/fn/team/members", Body::None, SignedIn(Permission::Administer)),
    (
        "POST",
        "/api/fn/team/set_role",
        Body::Form("id=0198c0de-0000-7000-8000-000000000000&role=viewer"),
        SignedIn(Permission::Administer),
    ),
    (
        "POST",
        "/api/fn/team/transfer",
        Body::Form("id=0198c0de-0000-7000-8000-000000000000"),
        SignedIn(Permission::Own),
    ),
    (
        "POST",
        "/api/fn/team/remove",
        Body::Form("id=0198c0de-0000-7000-8000-000000000000"),
        SignedIn(Permission::Administer),
    ),
    ("POST", "/api/fn/team/leave", Body::Form(""), SignedIn(Permission::Read)),
    ("GET", "/api/fn/team/companies", Body::None, SignedIn(Permission::Read)),
    (
        "POST",
        "/api/fn/team/switch",
        Body::Form("tenant_id=0198c0de-0000-7000-8000-000000000000"),
        SignedIn(Permission::Read),
    ),
    ("GET", "/api/fn/invitations/list", Body::None, SignedIn(Permission::Administer)),
    (
        "POST",
        "/api/fn/invitations/create",
        Body::Form("role=viewer&email="),
        SignedIn(Permission::Administer),
    ),
    (
        "POST",
        "/api/fn/invitations/revoke",
        Body::Form("id=0198c0de-0000-7000-8000-000000000000"),
        SignedIn(Permission::Administer),
    ),
    ("POST", "/api/fn/invitations/look_up", Body::Form("token=x"), Everybody),
    ("POST", "/api/fn/invitations/join", Body::Form(""), Everybody),
    ("POST", "/api/fn/invitations/sign_in_first", Body::Form("token=x"), Everybody),
    ("POST", "/api/fn/invitations/accept", Body::Form("token=x"), SignedIn(Permission::Read)),
    ("GET", "/api/fn/keys/list", Body::None, SignedIn(Permission::Administer)),
    (
        "POST",
        "/api/fn/keys/create",
        Body::Form("name=1C&role=viewer&expires_in_days="),
        SignedIn(Permission::Administer),
    ),
    (
        "POST",
        "/api/fn/keys/revoke",
        Body::Form("id=0198c0de-0000-7000-8000-000000000000"),
        SignedIn(Permission::Administer),
    ),
    ("GET", "/api/fn/audit/list", Body::None, SignedIn(Permission::Administer)),
    ("GET", "/api/fn/audit/actions", Body::None, SignedIn(Permission::Administer)),
    ("GET", "/api/fn/audit/verify", Body::None, SignedIn(Permission::Administer)),
    ("GET", "/api/fn/danger/outlook", Body::None, SignedIn(Permission::Read)),
    (
        "POST",
        "/api/fn/danger/delete_company",
        Body::Form("name=another"),
        SignedIn(Permission::Own),
    ),
    (
        "POST",
        "/api/fn/danger/delete_account",
        Body::Form("password=not+mine"),
        SignedIn(Permission::Read),
    ),
    ("GET", "/api/fn/usage/get", Body::None, SignedIn(Permission::Read)),
    ("GET", "/api/fn/today/get", Body::None, SignedIn(Permission::Read)),
    ("GET", "/api/fn/today/period?days=28", Body::None, SignedIn(Permission::Read)),
    ("GET", "/api/fn/today/warehouses", Body::None, SignedIn(Permission::Read)),
    ("GET", "/api/fn/today/rules", Body::None, SignedIn(Permission::Read)),
    (
        "POST",
        "/api/fn/today/set_rules",
        Body::Form("lead_days=10&review_days=7&buffer_days=5"),
        SignedIn(Permission::Operate),
    ),
    ("GET", "/api/fn/products/list", Body::None, SignedIn(Permission::Read)),
    ("GET", "/api/fn/products/names", Body::None, SignedIn(Permission::Read)),
    ("GET", "/api/fn/products/get?id={id}", Body::None, SignedIn(Permission::Read)),
    ("GET", "/api/fn/products/history?id={id}&days=28", Body::None, SignedIn(Permission::Read)),
    ("GET", "/api/fn/products/comparison?id={id}", Body::None, SignedIn(Permission::Read)),
    (
        "POST",
        "/api/fn/shops/connect",
        Body::Form("marketplace=ozon"),
        SignedIn(Permission::Operate),
    ),
    (
        "POST",
        "/api/fn/shops/change",
        Body::Form("id=0198c0de-0000-7000-8000-000000000000&name=&colour=teal&cron="),
        SignedIn(Permission::Operate),
    ),
    (
        "POST",
        "/api/fn/shops/set_key",
        Body::Form("id=0198c0de-0000-7000-8000-000000000000"),
        SignedIn(Permission::Operate),
    ),
    (
        "POST",
        "/api/fn/shops/clear_key",
        Body::Form("id=0198c0de-0000-7000-8000-000000000000"),
        SignedIn(Permission::Operate),
    ),
    (
        "POST",
        "/api/fn/shops/remove",
        Body::Form("id=0198c0de-0000-7000-8000-000000000000&confirm=x"),
        SignedIn(Permission::Operate),
    ),
    ("GET", "/api/fn/products/facets", Body::None, SignedIn(Permission::Read)),
    ("GET", "/api/fn/views/list", Body::None, SignedIn(Permission::Read)),
    ("POST", "/api/fn/views/create", Body::Form("name=&query="), SignedIn(Permission::Export)),
    (
        "POST",
        "/api/fn/views/delete",
        Body::Form("id=0198c0de-0000-7000-8000-000000000000"),
        SignedIn(Permission::Export),
    ),
    ("POST", "/api/fn/tags/create", Body::Form("name=&color=red"), SignedIn(Permission::Operate)),
    (
        "POST",
        "/api/fn/tags/delete",
        Body::Form("id=0198c0de-0000-7000-8000-000000000000"),
        SignedIn(Permission::Operate),
    ),
    (
        "POST",
        "/api/fn/tags/edit",
        Body::Form("tag=0198c0de-0000-7000-8000-000000000000&deed=add&all=1"),
        SignedIn(Permission::Operate),
    ),
    (
        "POST",
        "/api/fn/tags/undo",
        Body::Form("id=0198c0de-0000-7000-8000-000000000000"),
        SignedIn(Permission::Operate),
    ),
    ("GET", "/api/fn/sales/list", Body::None, SignedIn(Permission::Read)),
    ("GET", "/api/fn/sales/days", Body::None, SignedIn(Permission::Read)),
    ("GET", "/api/fn/links/suggestions", Body::None, SignedIn(Permission::Read)),
    ("GET", "/api/fn/links/twins?id={id}", Body::None, SignedIn(Permission::Read)),
    (
        "POST",
        "/api/fn/links/link",
        Body::Form(
            "first=0198c0de-0000-7000-8000-000000000000&second=0198c0de-0000-7000-8000-000000000001",
        ),
        SignedIn(Permission::Operate),
    ),
    (
        "POST",
        "/api/fn/links/decline",
        Body::Form(
            "first=0198c0de-0000-7000-8000-000000000000&second=0198c0de-0000-7000-8000-000000000001",
        ),
        SignedIn(Permission::Operate),
    ),
    ("POST", "/api/fn/links/confirm_alike", Body::Form("by=both"), SignedIn(Permission::Operate)),
    (
        "POST",
        "/api/fn/links/unlink",
        Body::Form("id=0198c0de-0000-7000-8000-000000000000"),
        SignedIn(Permission::Operate),
    ),
    ("GET", "/api/fn/orders/list", Body::None, SignedIn(Permission::Read)),
    ("GET", "/api/fn/orders/days", Body::None, SignedIn(Permission::Read)),
    ("GET", "/api/fn/past/list?at=2026-09-15T08:00:00Z", Body::None, SignedIn(Permission::Read)),
    (
        "GET",
        "/api/fn/past/changes?from=2026-09-15T08:00:00Z",
        Body::None,
        SignedIn(Permission::Read),
    ),
    ("GET", "/api/fn/ordering/settings?id={id}", Body::None, SignedIn(Permission::Read)),
    (
        "POST",
        "/api/fn/ordering/set_settings",
        Body::Form("id=0198c0de-0000-7000-8000-000000000000&scope=product&lead_days=9"),
        SignedIn(Permission::Operate),
    ),
    ("GET", "/api/fn/ordering/notes?id={id}", Body::None, SignedIn(Permission::Read)),
    (
        "POST",
        "/api/fn/ordering/add_note",
        Body::Form("id=0198c0de-0000-7000-8000-000000000000&body=x"),
        SignedIn(Permission::Export),
    ),
    (
        "POST",
        "/api/fn/ordering/delete_note",
        Body::Form(
            "id=0198c0de-0000-7000-8000-000000000000&note=0198c0de-0000-7000-8000-000000000000",
        ),
        SignedIn(Permission::Export),
    ),
    ("POST", "/api/fn/syncs/start", Body::Form(""), SignedIn(Permission::Operate)),
    (
        "POST",
        "/api/fn/syncs/cancel",
        Body::Form("id=0198c0de-0000-7000-8000-000000000000"),
        SignedIn(Permission::Operate),
    ),
    ("GET", "/api/fn/syncs/list", Body::None, SignedIn(Permission::Read)),
    ("GET", "/api/fn/syncs/get?id={id}", Body::None, SignedIn(Permission::Read)),
];

#[test]
fn every_operation_has_a_line() {
    let mut known = BTreeSet::new();
    let document = serde_json::to_value(openapi::document()).unwrap();
    for (path, methods) in document["paths"].as_object().unwrap() {
        for method in methods.as_object().unwrap().keys() {
            if ["get", "post", "patch", "put", "delete"].contains(&method.as_str()) {
                known.insert(format!("{} {path}", method.to_uppercase()));
            }
        }
    }
    for (path, method) in leptos::server_fn::axum::server_fn_paths() {
        known.insert(format!("{method} {path}"));
    }
    let listed: BTreeSet<String> = TABLE
        .iter()
        .map(|(method, path, ..)| format!("{method} {}", path.split('?').next().unwrap()))
        .collect();
    assert_eq!(known, listed);
}

/// Ids to be put into paths.
struct Ids {
    tenant: String,
    account: String,
    product: String,
    sync: String,
    session: String,
    note: String,
    tag: String,
    tag_edit: String,
    view: String,
}

impl Ids {
    /// Nobody's.
    fn nobodys() -> Self {
        let id = "0198c0de-0000-7000-8000-000000000000".to_owned();
        let (tag, tag_edit, view) = (id.clone(), id.clone(), id.clone());
        let (product, sync, note, account) = (id.clone(), id.clone(), id.clone(), id.clone());
        let tenant = id.clone();
        Self { tenant, account, product, sync, note, tag, tag_edit, view, session: id }
    }

    /// Rows of a company that has everything.
    async fn of(app: &App, owner: &Person) -> Self {
        app.connect(owner).await;
        let run = app.synchronise(owner).await;
        let page = app.get("/api/v1/products/", owner).await;
        let page: serde_json::Value = page.json().await.unwrap();
        let text = |value: &serde_json::Value| value.as_str().unwrap().to_owned();
        let shops = app.get("/api/v1/accounts", owner).await;
        let shops: serde_json::Value = shops.json().await.unwrap();
        let product = text(&page["items"][0]["id"]);
        let call = app.call(Method::POST, &format!("/api/v1/products/{product}/notes"));
        let body = serde_json::json!({ "body": "Спросить поставщика" });
        let note = call.bearer_auth(&owner.access).json(&body).send().await.unwrap();
        let note: serde_json::Value = note.json().await.unwrap();
        let made = async |path: &str, body: serde_json::Value| -> serde_json::Value {
            let call = app.call(Method::POST, path).bearer_auth(&owner.access).json(&body);
            call.send().await.unwrap().json().await.unwrap()
        };
        let tag = made("/api/v1/tags", serde_json::json!({ "name": "Новинка" })).await;
        let edit = serde_json::json!({ "tag": tag["id"], "deed": "add" });
        let edit = made("/api/v1/tag-edits", edit).await;
        let view = serde_json::json!({ "name": "Мало", "query": "stock=low", "shared": true });
        let view = made("/api/v1/views", view).await;
        Self {
            tenant: owner.tenant.to_string(),
            account: text(&shops[0]["id"]),
            tag: text(&tag["id"]),
            tag_edit: text(&edit["id"]),
            view: text(&view["id"]),
            note: text(&note["id"]),
            product,
            sync: text(&run["id"]),
            session: text(&claims(&owner.access)["sid"]),
        }
    }

    /// The path with its ids; a kind of id that is not known here fails, so that a new one gets its real row.
    fn fill(&self, path: &str) -> String {
        let whose = if path.contains("/syncs/") { &self.sync } else { &self.product };
        let path = path
            .replace("{tenant_id}", &self.tenant)
            .replace("{account_id}", &self.account)
            .replace("{product_id}", &self.product)
            .replace("{sync_id}", &self.sync)
            .replace("{session_id}", &self.session)
            .replace("{note_id}", &self.note)
            .replace("{tag_id}", &self.tag)
            .replace("{edit_id}", &self.tag_edit)
            .replace("{view_id}", &self.view)
            .replace("{id}", whose);
        assert!(!path.contains('{'), "{path}: say in `Ids` whose row this is");
        path
    }
}

fn call(
    app: &App,
    method: &str,
    path: &str,
    body: Body,
    person: Option<&Person>,
) -> RequestBuilder {
    let mut call = app.call(Method::from_bytes(method.as_bytes()).unwrap(), path);
    call = match body {
        Body::None => call,
        Body::Json(text) => call.header("content-type", "application/json").body(text),
        Body::Form(text) => {
            call.header("content-type", "application/x-www-form-urlencoded").body(text)
        }
    };
    match person {
        Some(person) => call.bearer_auth(&person.access),
        None => call,
    }
}

async fn ask(
    app: &App,
    method: &str,
    path: &str,
    body: Body,
    person: Option<&Person>,
) -> StatusCode {
    call(app, method, path, body, person).send().await.unwrap().status()
}

async fn anothers_rows_are_as_if_they_were_not(test: TestStore) {
    let app = App::start(test).await;
    let boris = app.register("boris@example.com").await;
    let (theirs, nobodys) = (Ids::of(&app, &boris).await, Ids::nobodys());
    for (method, path, body, who) in TABLE.iter().filter(|(_, path, ..)| path.contains('{')) {
        for role in Role::ALL {
            let anna = app.register(&format!("{role}-{}@example.com", uuid::Uuid::new_v4())).await;
            app.test.set_role(anna.tenant, anna.user, role).await;
            let mut told = Vec::new();
            for ids in [&theirs, &nobodys] {
                let call = call(&app, method, &ids.fill(path), *body, Some(&anna));
                let answer = call.send().await.unwrap();
                let status = answer.status();
                let mut headers = answer.headers().clone();
                for unlike in ["x-request-id", "date", "content-length"] {
                    headers.remove(unlike);
                }
                let mut text: serde_json::Value = answer.json().await.unwrap();
                text["request_id"] = serde_json::Value::Null;
                told.push((status, headers, text));
            }
            assert_eq!(told[0], told[1], "{role} {method} {path}");
            assert!([403, 404].contains(&told[0].0.as_u16()), "{role} {method} {path}");
        }
        if *method == "GET" && *who != Operator {
            let own = ask(&app, method, &theirs.fill(path), *body, Some(&boris)).await;
            assert_eq!(own, 200, "{method} {path}: it is there, for its owner");
        }
    }
}

async fn each_role_may_what_the_table_says(test: TestStore) {
    let app = App::start(test).await;
    let boris = app.register("boris@example.com").await;
    let theirs = Ids::of(&app, &boris).await;
    for (method, path, body, who) in TABLE {
        let answer = ask(&app, method, &theirs.fill(path), *body, None).await;
        match who {
            Everybody => assert!(answer != 401 && answer != 403, "{method} {path}: {answer}"),
            SignedIn(_) | Operator => {
                assert_eq!(answer, 401, "{method} {path} without a token");
            }
        }
    }
    for role in Role::ALL {
        for (method, path, body, who) in TABLE {
            let permission = match who {
                SignedIn(permission) => Some(permission),
                Operator => None,
                Everybody => continue,
            };
            let person =
                app.register(&format!("{role}-{}@example.com", uuid::Uuid::new_v4())).await;
            app.test.set_role(person.tenant, person.user, role).await;
            let answer = ask(&app, method, &theirs.fill(path), *body, Some(&person)).await;
            let Some(permission) = permission else {
                assert_eq!(answer, 404, "{role} {method} {path}: for operators alone");
                continue;
            };
            if role.may(*permission) {
                assert!(answer != 401 && answer != 403, "{role} {method} {path}: {answer}");
                if path.contains('{') {
                    assert_eq!(
                        answer, 404,
                        "{role} {method} {path}: what isn't theirs isn't there"
                    );
                }
            } else {
                assert_eq!(answer, 403, "{role} {method} {path}");
            }
        }
    }
}

store::on_both_engines!(each_role_may_what_the_table_says, anothers_rows_are_as_if_they_were_not);
