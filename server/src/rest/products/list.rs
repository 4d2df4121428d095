//! `GET /api/v1/products/`.

use crate::{
    extract::{By, Query},
    openapi::refusals::{Denied, Invalid, Unauthenticated},
    problem::Problem,
};
use axum::{Json, extract::State};
use domain::{
    catalogue::{Changed, ProductFilter, SortKey, StockState},
    demand::Grade,
    product::{ProductPage, ProductQuery, ProductSort, SortOrder},
    today::{Abc, Xyz},
};
use services::Services;

/// Products, filtered, sorted, page by page.
///
/// The order is stable: equal rows stay where they are from page to page. For a large catalogue read
/// on with `cursor`, which does not slow down with the page's number. Unknown quantities are `null`
/// and sort last.
///
/// A filter that comes several times (`brand=A&brand=B`) means any of its values; several filters mean all
/// of them. `search` forgives: the wrong keyboard layout, letters that look alike in two alphabets, words
/// written in the other one; what is exactly an article or a barcode comes first.
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
        ("sort" = Option<String>, Query, description = "By several columns, instead of `sort_by` and `sort_order`: words of `sort_by`, up to three, with a minus for the largest first", example = "cover,-total_stock"),
        ("cursor" = Option<String>, Query, description = "`next_cursor` of the page before"),
        ("before" = Option<String>, Query, description = "`previous_cursor` of the page after: reads back"),
        ("account" = Option<Vec<String>>, Query, description = "Ids of shops"),
        ("warehouse" = Option<Vec<String>>, Query, description = "Ids of warehouses that have pieces of it"),
        ("warehouse_out" = Option<bool>, Query, description = "Instead: what is ordered, but ran out there"),
        ("brand" = Option<Vec<String>>, Query, description = "Brands, as they are written"),
        ("subject" = Option<Vec<String>>, Query, description = "Categories, as they are written"),
        ("grade" = Option<Vec<Grade>>, Query, description = "Grades of cover"),
        ("abc" = Option<Vec<Abc>>, Query, description = "Classes by revenue"),
        ("xyz" = Option<Vec<Xyz>>, Query, description = "Classes by evenness"),
        ("stock" = Option<StockState>, Query, description = "`low`: some, but less than the company's threshold"),
        ("cover" = Option<String>, Query, description = "Cover in a word: `out`, `none` (never ends), `lt14`, `gt120`"),
        ("cover_from" = Option<i64>, Query, minimum = 0, description = "Days of cover, at least"),
        ("cover_to" = Option<i64>, Query, minimum = 0, description = "Days of cover, less than; what ran out is not among them"),
        ("dead" = Option<bool>, Query, description = "Only what lies and nobody orders"),
        ("risk" = Option<bool>, Query, description = "Only what runs out before a delivery could arrive"),
        ("to_order" = Option<bool>, Query, description = "Only what should be ordered"),
        ("lost" = Option<bool>, Query, description = "Only what lost orders while it was out of stock"),
        ("linked" = Option<bool>, Query, description = "Only what is linked with a product of another shop"),
        ("changed" = Option<Changed>, Query, description = "Only what changed so since yesterday, as the morning counts it"),
        ("tag" = Option<Vec<String>>, Query, description = "Ids of tags"),
        ("archived" = Option<bool>, Query, description = "Only what the marketplace no longer lists"),
    ),
    responses((status = 200, description = "A page", body = ProductPage), Unauthenticated, Denied, Invalid)
)]
pub async fn list(
    State(services): State<Services>,
    By(caller): By,
    mut query: Query,
) -> Result<Json<ProductPage>, Problem> {
    let at = query.moment("at");
    let query = question(query)?;
    Ok(Json(match at {
        Some(at) => services::past::list(&services, &caller, &query, at).await?,
        None => services::products::list(&services, &caller, &query).await?,
    }))
}

/// The parameters that every question to the catalogue has.
pub(crate) fn question(mut query: Query) -> Result<ProductQuery, Problem> {
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
        before: query.text("before"),
        sort: query.read("sort", SORT_HINT, SortKey::read).unwrap_or_default(),
        filter: filter(&mut query),
    };
    query.check(question.check())?;
    Ok(question)
}

const SORT_HINT: &str =
    "use up to three words of sort_by with commas, a minus for the largest first";

/// What narrows the list, as every list of products reads it.
pub fn filter(query: &mut Query) -> ProductFilter {
    let mut filter = ProductFilter {
        account: query.ids("account"),
        warehouse: query.ids("warehouse"),
        warehouse_out: query.flag("warehouse_out").unwrap_or_default(),
        brand: query.texts("brand"),
        subject: query.texts("subject"),
        grade: query.words("grade"),
        abc: query.words("abc"),
        xyz: query.words("xyz"),
        stock: query.word("stock"),
        cover_from: query.number("cover_from"),
        cover_to: query.number("cover_to"),
        dead: query.flag("dead").unwrap_or_default(),
        risk: query.flag("risk").unwrap_or_default(),
        to_order: query.flag("to_order").unwrap_or_default(),
        lost: query.flag("lost").unwrap_or_default(),
        linked: query.flag("linked").unwrap_or_default(),
        changed: query.word("changed"),
        tag: query.ids("tag"),
        archived: query.flag("archived").unwrap_or_default(),
    };
    let hint = "use out, none, lt14 or gt120";
    query.read("cover", hint, |word| filter.cover_in_a_word(word).then_some(()));
    filter
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
    fn filters_may_come_several_times() {
        let read = question(Query::of(
            "brand=A&brand=%D0%91&grade=deficit&grade=no_sales&abc=A&cover=lt14&sort=cover,-stock&dead=1",
        ))
        .unwrap();
        assert_eq!(read.filter.brand, ["A", "Б"]);
        assert_eq!(read.filter.grade, [Grade::Deficit, Grade::NoSales]);
        assert_eq!(read.filter.abc, [Abc::A]);
        assert_eq!((read.filter.cover_to, read.filter.dead), (Some(14), true));
        assert_eq!(SortKey::write(&read.sort), "cover,-total_stock");
        let wrong = "grade=good&tag=1&sort=price&cover=soon&cover_from=-1&xyz=Q&cursor=a&before=b";
        let problem = question(Query::of(wrong)).unwrap_err();
        let fields: Vec<_> = problem.0.errors.iter().map(domain::FieldError::field).collect();
        assert_eq!(fields, ["sort", "grade", "xyz", "tag", "cover", "before", "cover_from"]);
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
