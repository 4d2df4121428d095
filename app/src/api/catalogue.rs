//! What a company makes of its product table: tags, bulk changes of them, saved views.
#![expect(missing_docs, reason = "fields of the macro's structs: the functions' arguments")]

use super::Failure;
use domain::{
    ProductId, TagEditId, TagId, ViewId,
    catalogue::{Tag, TagColor, TagDeed, TagEdit, View},
};
use leptos::{prelude::*, server_fn::codec::GetUrl};

#[cfg(feature = "ssr")]
use {
    super::door::Door,
    domain::{
        ApiError, FieldError,
        catalogue::{NewTag, NewView, ProductFilter, Selection},
        product::ProductQuery,
    },
};

/// The table's page: forms without script come back to it.
#[cfg(feature = "ssr")]
const PAGE: &str = "/products";

/// By what the list can be filtered.
#[cfg_attr(feature = "ssr", utoipa::path(
    get, path = "/api/fn/products/facets", tag = "dashboard",
    responses((status = 200, body = domain::catalogue::Facets), (status = 401, body = domain::ApiError))
))]
#[server(prefix = "/api/fn", endpoint = "products/facets", input = GetUrl)]
pub async fn filter_values() -> Result<domain::catalogue::Facets, Failure> {
    let (door, caller) = Door::enter().await?;
    door.answer(services::products::facets(&door.services, &caller).await)
}

/// The views that the caller sees.
#[cfg_attr(feature = "ssr", utoipa::path(
    get, path = "/api/fn/views/list", tag = "dashboard",
    responses((status = 200, body = Vec<View>), (status = 401, body = domain::ApiError))
))]
#[server(prefix = "/api/fn", endpoint = "views/list", input = GetUrl)]
pub async fn views() -> Result<Vec<View>, Failure> {
    let (door, caller) = Door::enter().await?;
    door.answer(services::views::list(&door.services, &caller).await)
}

/// Saves the table as it stands by a name.
#[cfg_attr(feature = "ssr", utoipa::path(
    post, path = "/api/fn/views/create", tag = "dashboard",
    request_body(content = NewView, content_type = "application/x-www-form-urlencoded"),
    responses((status = 200, body = View), (status = 403, body = domain::ApiError), (status = 422, body = domain::ApiError))
))]
#[server(prefix = "/api/fn", endpoint = "views/create")]
pub async fn save_view(
    name: String,
    query: String,
    shared: Option<String>,
) -> Result<View, Failure> {
    let (door, caller) = Door::enter().await?;
    let request = NewView { name: name.clone(), query, shared: shared.is_some() };
    let made = services::views::create(&door.services, &caller, &request, &door.client).await;
    door.answer_once(PAGE, &[("name", &name)], made, |view| vec![("name", view.name.clone())])
}

/// Deletes a view.
#[cfg_attr(feature = "ssr", utoipa::path(
    post, path = "/api/fn/views/delete", tag = "dashboard",
    responses((status = 200), (status = 403, body = domain::ApiError), (status = 404, body = domain::ApiError))
))]
#[server(prefix = "/api/fn", endpoint = "views/delete")]
pub async fn delete_view(id: ViewId) -> Result<(), Failure> {
    let (door, caller) = Door::enter().await?;
    let deleted = services::views::delete(&door.services, &caller, id, &door.client).await;
    let deleted = deleted.and_then(|found| found.ok_or_else(|| ApiError::not_found("view").into()));
    door.answer_form(PAGE, &[], deleted)
}

/// Makes a tag.
#[cfg_attr(feature = "ssr", utoipa::path(
    post, path = "/api/fn/tags/create", tag = "dashboard",
    request_body(content = NewTag, content_type = "application/x-www-form-urlencoded"),
    responses((status = 200, body = Tag), (status = 403, body = domain::ApiError), (status = 422, body = domain::ApiError))
))]
#[server(prefix = "/api/fn", endpoint = "tags/create")]
pub async fn create_tag(name: String, color: TagColor) -> Result<Tag, Failure> {
    let (door, caller) = Door::enter().await?;
    let request = NewTag { name: name.clone(), color };
    let made = services::tags::create(&door.services, &caller, &request, &door.client).await;
    door.answer_once(PAGE, &[("name", &name)], made, |tag| vec![("name", tag.name.clone())])
}

/// Removes a tag from the company and from all its products.
#[cfg_attr(feature = "ssr", utoipa::path(
    post, path = "/api/fn/tags/delete", tag = "dashboard",
    responses((status = 200), (status = 403, body = domain::ApiError), (status = 404, body = domain::ApiError))
))]
#[server(prefix = "/api/fn", endpoint = "tags/delete")]
pub async fn delete_tag(id: TagId) -> Result<(), Failure> {
    let (door, caller) = Door::enter().await?;
    let deleted = services::tags::delete(&door.services, &caller, id, &door.client).await;
    let deleted = deleted.and_then(|found| found.ok_or_else(|| ApiError::not_found("tag").into()));
    door.answer_form(PAGE, &[], deleted)
}

/// Puts a tag on products or takes it off them: on the chosen ones, or with `all` on all that the filter finds.
#[cfg_attr(feature = "ssr", utoipa::path(
    post, path = "/api/fn/tags/edit", tag = "dashboard",
    responses((status = 200, body = TagEdit), (status = 403, body = domain::ApiError), (status = 404, body = domain::ApiError))
))]
#[server(prefix = "/api/fn", endpoint = "tags/edit")]
pub async fn edit_tags(
    tag: TagId,
    deed: TagDeed,
    all: Option<String>,
    search: Option<String>,
    low_stock_only: Option<bool>,
    min_stock: Option<i64>,
    max_stock: Option<i64>,
    #[server(default)] products: Vec<ProductId>,
    filter: Option<String>,
) -> Result<TagEdit, Failure> {
    let (door, caller) = Door::enter().await?;
    let chosen = if all.is_some() { Selection::All } else { Selection::These(products) };
    let done = match read_filter(filter.as_deref()) {
        Ok(filter) => {
            let low_stock_only = low_stock_only.unwrap_or_default();
            let query = ProductQuery {
                search,
                low_stock_only,
                min_stock,
                max_stock,
                filter,
                ..ProductQuery::default()
            };
            let asked = (&chosen, &query);
            services::tags::edit(&door.services, &caller, tag, deed, asked, &door.client).await
        }
        Err(wrong) => Err(wrong),
    };
    let done = done.and_then(|found| found.ok_or_else(|| ApiError::not_found("tag").into()));
    door.answer_once(PAGE, &[], done, |edit| {
        let deed = edit.deed.as_str().to_owned();
        let (name, changed) = (edit.tag.name.clone(), edit.changed.to_string());
        vec![("edit", edit.id.to_string()), ("name", name), ("deed", deed), ("changed", changed)]
    })
}

/// Undoes a bulk change of tags.
#[cfg_attr(feature = "ssr", utoipa::path(
    post, path = "/api/fn/tags/undo", tag = "dashboard",
    responses((status = 200), (status = 403, body = domain::ApiError), (status = 404, body = domain::ApiError))
))]
#[server(prefix = "/api/fn", endpoint = "tags/undo")]
pub async fn undo_tags(id: TagEditId) -> Result<(), Failure> {
    let (door, caller) = Door::enter().await?;
    let undone = services::tags::undo(&door.services, &caller, id, &door.client).await;
    let undone = undone.and_then(|found| found.ok_or_else(|| ApiError::not_found("change").into()));
    door.answer_form(PAGE, &[], undone)
}

/// A filter as one field of a form. What can't be read is refused: without it a change would be of everything.
#[cfg(feature = "ssr")]
pub(super) fn read_filter(text: Option<&str>) -> Result<ProductFilter, services::Error> {
    let Some(text) = text.filter(|text| !text.is_empty()) else {
        return Ok(ProductFilter::default());
    };
    serde_json::from_str(text).map_err(|_| {
        let wrong = FieldError::body("filter", "unknown", "use the filter of the list, as JSON");
        ApiError::validation(vec![wrong]).into()
    })
}
