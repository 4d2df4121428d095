//! `GET /api/v1/products/`.

use crate::{
    extract::{By, Query},
    openapi::refusals::{Invalid, Unauthenticated},
    problem::Problem,
};
use axum::{Json, extract::State};
use domain::product::{ProductPage, ProductQuery, ProductSort, SortOrder};
use services::Services;

/// Products, filtered, sorted, page by page.
///
/// The order is stable: equal rows stay where they are from page to page. For a large catalogue read
/// on with `cursor`, which does not slow down with the page's number. Unknown quantities are `null`
/// and sort last.
#[utoipa::path(
    get, path = "/api/v1/products/", tag = "products",
    params(
        ("page" = Option<u32>, Query, minimum = 1, maximum = 2_147_483_647, description = "Default 1"),
        ("page_size" = Option<u32>, Query, minimum = 1, maximum = 200, description = "Default 50"),
        ("search" = Option<String>, Query, description = "Part of a title, an article or a barcode"),
        ("min_stock" = Option<i64>, Query, minimum = 0, description = "At least so many pieces"),
        ("max_stock" = Option<i64>, Query, minimum = 0, description = "At most so many pieces"),
        ("low_stock_only" = Option<bool>, Query, description = "Only what lies below the company's threshold"),
        ("sort_by" = Option<ProductSort>, Query, description = "Default updated_at"),
        ("sort_order" = Option<SortOrder>, Query, description = "Default desc"),
        ("cursor" = Option<String>, Query, description = "`next_cursor` of the page before"),
    ),
    responses((status = 200, description = "A page", body = ProductPage), Unauthenticated, Invalid)
)]
pub async fn list(
    State(services): State<Services>,
    By(caller): By,
    query: Query,
) -> Result<Json<ProductPage>, Problem> {
    let query = question(query)?;
    Ok(Json(services::products::list(&services, &caller, &query).await?))
}

fn question(mut query: Query) -> Result<ProductQuery, Problem> {
    let defaults = ProductQuery::default();
    let question = ProductQuery {
        page: query.number("page").unwrap_or(defaults.page),
        page_size: query.number("page_size").unwrap_or(defaults.page_size),
        search: query.text("search"),
        min_stock: query.number("min_stock"),
        max_stock: query.number("max_stock"),
        low_stock_only: query.flag("low_stock_only").unwrap_or_default(),
        sort_by: query.word("sort_by").unwrap_or_default(),
        sort_order: query.word("sort_order").unwrap_or_default(),
        cursor: query.text("cursor"),
    };
    query.check(question.check())?;
    Ok(question)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_contracts_parameters_are_read() {
        let question = question(Query::of(
            "page=2&page_size=200&search=%D0%BA%D1%80%D1%83%D0%B6%D0%BA%D0%B0&min_stock=0&max_stock=&low_stock_only=True&sort_by=total_stock&sort_order=asc&utm=1",
        ))
        .unwrap();
        let expected = ProductQuery {
            page: 2,
            page_size: 200,
            search: Some("кружка".into()),
            min_stock: Some(0),
            low_stock_only: true,
            sort_by: ProductSort::TotalStock,
            sort_order: SortOrder::Asc,
            ..ProductQuery::default()
        };
        assert_eq!(question, expected);
    }

    #[test]
    fn what_is_out_of_bounds_is_named() {
        let problem = question(Query::of("page=0&page_size=201&min_stock=-1")).unwrap_err();
        let fields: Vec<_> = problem.0.errors.iter().map(domain::FieldError::field).collect();
        // `page_size` fits its type, `page` too: their rules speak.
        assert_eq!(fields, ["page", "page_size", "min_stock"]);
        assert_eq!(problem.0.errors[0].loc, ["query", "page"]);
    }
}
