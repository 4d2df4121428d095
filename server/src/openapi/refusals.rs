//! The errors of operations, as the document describes them: named once, used by every operation.

use std::collections::BTreeMap;
use utoipa::{
    IntoResponses,
    openapi::{ContentBuilder, Ref, RefOr, Response, ResponseBuilder},
};

macro_rules! refusals {
    ($($(#[$doc:meta])* $name:ident = $status:literal $text:literal;)+) => {$(
        $(#[$doc])*
        pub struct $name;

        impl IntoResponses for $name {
            fn responses() -> BTreeMap<String, RefOr<Response>> {
                BTreeMap::from([($status.to_owned(), RefOr::T(problem($text)))])
            }
        }
    )+
        /// What these say of a status.
        pub fn text_of(status: &str) -> Option<&'static str> {
            [$(($status, $text)),+].iter().find(|(s, _)| *s == status).map(|(_, text)| *text)
        }
    };
}

refusals! {
    /// 401.
    Unauthenticated = "401" "No valid token (`authentication_error`)";
    /// 403.
    Denied = "403" "The role is too low (`permission_denied`), or the person or company is disabled";
    /// 403.
    OperatorDenied = "403" "The operator signed in without a second factor (`permission_denied`)";
    /// 404.
    NotFound = "404" "Not there, or another company's (`not_found`)";
    /// 409.
    Conflict = "409" "It is taken (`conflict`)";
    /// 413 and 415 and 422.
    Invalid = "422" "The request does not parse or breaks a rule; `errors` says where (`validation_error`)";
    /// 429.
    TooMany = "429" "Too many; `Retry-After` says when to come again (`rate_limited`)";
    /// 503.
    Unavailable = "503" "The database is away; `Retry-After` says when to ask again (`unavailable`)";
}

fn problem(text: &str) -> Response {
    let schema = Ref::from_schema_name("ApiError");
    let content = ContentBuilder::new().schema(Some(schema)).build();
    ResponseBuilder::new().description(text).content("application/problem+json", content).build()
}
