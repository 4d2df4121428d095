//! What is said of ordering a product, and notes on it.
#![expect(missing_docs, reason = "fields of the macro's structs: the functions' arguments")]

use super::Failure;
use domain::{
    NoteId, ProductId,
    ordering::{Note, ProductSettings, SettingScope},
};
use leptos::{prelude::*, server_fn::codec::GetUrl};

#[cfg(feature = "ssr")]
use {
    super::door::Door,
    domain::{
        ApiError, FieldError,
        ordering::{NewNote, SettingsPatch},
    },
};

/// What holds for ordering a product, and where each number comes from.
#[cfg_attr(feature = "ssr", utoipa::path(
    get, path = "/api/fn/ordering/settings", tag = "dashboard", params(("id" = ProductId, Query)),
    responses((status = 200, body = ProductSettings), (status = 401, body = domain::ApiError), (status = 404, body = domain::ApiError))
))]
#[server(prefix = "/api/fn", endpoint = "ordering/settings", input = GetUrl)]
pub async fn settings(id: ProductId) -> Result<ProductSettings, Failure> {
    let (door, caller) = Door::enter().await?;
    door.found(services::products::settings(&door.services, &caller, id).await, "product")
}

/// Says it anew for a product, its brand, its shop or the company. The cost is in roubles. For the product an empty field
/// is inherited; what is said at a wider place is not taken back by leaving a field empty.
#[cfg_attr(feature = "ssr", utoipa::path(
    post, path = "/api/fn/ordering/set_settings", tag = "dashboard",
    request_body(content = SettingsPatch, content_type = "application/x-www-form-urlencoded"),
    responses((status = 200, body = ProductSettings), (status = 403, body = domain::ApiError), (status = 404, body = domain::ApiError), (status = 422, body = domain::ApiError))
))]
#[server(prefix = "/api/fn", endpoint = "ordering/set_settings")]
pub async fn set_settings(
    id: ProductId,
    scope: SettingScope,
    lead_days: Option<String>,
    pack: Option<String>,
    minimum: Option<String>,
    cost: Option<String>,
) -> Result<ProductSettings, Failure> {
    let (door, caller) = Door::enter().await?;
    let mut errors = Vec::new();
    let empty = (scope == SettingScope::Product).then_some(None);
    let mut read = |name: &str, text: Option<String>, scale: u32| match number(
        &text.unwrap_or_default(),
        scale,
    ) {
        Ok(None) => empty,
        Ok(number) => Some(number),
        Err(()) => {
            errors.push(FieldError::body(name, "wrong_type", "expected a number"));
            None
        }
    };
    let patch = SettingsPatch {
        scope,
        lead_days: read("lead_days", lead_days, 0),
        pack: read("pack", pack, 0),
        minimum: read("minimum", minimum, 0),
        cost_minor: read("cost_minor", cost, 2),
    };
    let outcome = if errors.is_empty() {
        services::products::set_settings(&door.services, &caller, id, patch, &door.client).await
    } else {
        Err(ApiError::validation(errors).into())
    };
    let outcome =
        outcome.and_then(|done| done.ok_or_else(|| ApiError::not_found("product").into()));
    door.answer_form(&format!("/products/{id}"), &[], outcome)
}

/// A field of a form: empty is `None`; spaces between thousands and a decimal comma are understood.
#[cfg(feature = "ssr")]
fn number(text: &str, scale: u32) -> Result<Option<i64>, ()> {
    let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    if text.is_empty() {
        return Ok(None);
    }
    let (whole, part) = text.split_once([',', '.']).unwrap_or((&text, ""));
    let is_fine = part.len() <= scale as usize
        && !whole.is_empty()
        && whole.bytes().chain(part.bytes()).all(|b| b.is_ascii_digit());
    if !is_fine {
        return Err(());
    }
    format!("{whole}{part:0<width$}", width = scale as usize).parse().map(Some).map_err(drop)
}

/// The notes on a product, the newest first.
#[cfg_attr(feature = "ssr", utoipa::path(
    get, path = "/api/fn/ordering/notes", tag = "dashboard", params(("id" = ProductId, Query)),
    responses((status = 200, body = Vec<Note>), (status = 401, body = domain::ApiError), (status = 404, body = domain::ApiError))
))]
#[server(prefix = "/api/fn", endpoint = "ordering/notes", input = GetUrl)]
pub async fn notes(id: ProductId) -> Result<Vec<Note>, Failure> {
    let (door, caller) = Door::enter().await?;
    door.found(services::notes::list(&door.services, &caller, id).await, "product")
}

/// Writes one down.
#[cfg_attr(feature = "ssr", utoipa::path(
    post, path = "/api/fn/ordering/add_note", tag = "dashboard",
    request_body(content = NewNote, content_type = "application/x-www-form-urlencoded"),
    responses((status = 200, body = Note), (status = 403, body = domain::ApiError), (status = 404, body = domain::ApiError), (status = 422, body = domain::ApiError))
))]
#[server(prefix = "/api/fn", endpoint = "ordering/add_note")]
pub async fn add_note(id: ProductId, body: String) -> Result<Note, Failure> {
    let (door, caller) = Door::enter().await?;
    let note = NewNote { body: body.clone() };
    let outcome = services::notes::add(&door.services, &caller, id, note, &door.client).await;
    let outcome =
        outcome.and_then(|done| done.ok_or_else(|| ApiError::not_found("product").into()));
    door.answer_form(&format!("/products/{id}"), &[("body", &body)], outcome)
}

/// Takes one away.
#[cfg_attr(feature = "ssr", utoipa::path(
    post, path = "/api/fn/ordering/delete_note", tag = "dashboard",
    request_body(content = NoteId, content_type = "application/x-www-form-urlencoded"),
    responses((status = 200), (status = 403, body = domain::ApiError), (status = 404, body = domain::ApiError))
))]
#[server(prefix = "/api/fn", endpoint = "ordering/delete_note")]
pub async fn delete_note(note: NoteId, id: ProductId) -> Result<(), Failure> {
    let (door, caller) = Door::enter().await?;
    let outcome = services::notes::delete(&door.services, &caller, note, &door.client).await;
    let outcome = outcome
        .and_then(|gone| if gone { Ok(()) } else { Err(ApiError::not_found("note").into()) });
    door.answer_form(&format!("/products/{id}"), &[], outcome)
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::number;

    #[test]
    fn fields_are_read_as_people_write_them() {
        assert_eq!(number("", 0), Ok(None));
        assert_eq!(number(" 14 ", 0), Ok(Some(14)));
        assert_eq!(number("1\u{a0}249,5", 2), Ok(Some(124_950)));
        assert_eq!(number("249.90", 2), Ok(Some(24_990)));
        for wrong in ["-1", "1,234", "x", ",5", "1,5"] {
            assert_eq!(number(wrong, if wrong == "1,5" { 0 } else { 2 }), Err(()), "{wrong}");
        }
    }
}
