//! The table of products. Roles are written out, because on a phone a row is drawn as a card and
//! browsers forget that it is one.

use super::query::Query;
use crate::{
    components::{
        age::Age,
        cover::CoverBar,
        icon::Icon,
        photo::Photo,
        quantity::{Quantity, Unknown},
        sparkline::Sparkline,
    },
    state::use_text,
};
use domain::product::{ProductPage, ProductSort, ProductSummary, SortOrder};
use leptos::prelude::*;

/// The rows of a page and the filter's totals.
#[component]
pub fn Table(
    /// What came back.
    page: ProductPage,
    /// What was asked.
    query: Query,
) -> impl IntoView {
    let text = use_text();
    let rows = page.items.into_iter().map(|item| view! { <Row item=item /> }).collect_view();
    let totals = page.totals;
    let sum = |value| view! { <Quantity value=value reason=text.products().never_read /> };
    let foot = view! {
        <tr role="row">
            <th role="rowheader" scope="row" class="col-product">
                {(text.products().totals)(page.total, &text.int(page.total))}
            </th>
            <td role="cell" class="col-article"></td>
            <td role="cell" class="num col-stock">{sum(totals.total_stock)}</td>
            <td role="cell" class="num col-way">{sum(totals.in_way_to_client)}</td>
            <td role="cell" class="num col-way">{sum(totals.in_way_from_client)}</td>
            <td role="cell" class="num col-7">{sum(totals.orders_7)}</td>
            <td role="cell" class="num col-28">{sum(totals.orders_28)}</td>
            <td role="cell" class="col-cover"></td>
            <td role="cell" class="col-trend"></td>
            <td role="cell" class="col-age"></td>
        </tr>
    };
    view! {
        <div class="table-flow">
            <table class="products" role="table">
                <thead role="rowgroup">
                    <tr role="row">
                        {head(&query, ProductSort::ProductName, "col-product", text.products().product, "")}
                        {head(&query, ProductSort::SellerArticle, "col-article", text.products().article, "")}
                        {head(&query, ProductSort::TotalStock, "num col-stock", text.products().stock, text.products().units)}
                        <th role="columnheader" scope="col" class="num col-way">
                            {text.products().to_client}
                        </th>
                        <th role="columnheader" scope="col" class="num col-way">
                            {text.products().from_client}
                        </th>
                        {head(&query, ProductSort::Orders7, "num col-7", text.products().orders, text.products().days_7)}
                        {head(&query, ProductSort::Orders28, "num col-28", text.products().orders, text.products().days_28)}
                        {head(&query, ProductSort::Cover, "num col-cover", text.products().cover, text.products().days_unit)}
                        <th role="columnheader" scope="col" class="col-trend">
                            {text.products().trend}
                        </th>
                        {head(&query, ProductSort::UpdatedAt, "num col-age", text.products().age, "")}
                    </tr>
                </thead>
                <tbody role="rowgroup">{rows}</tbody>
                <tfoot role="rowgroup">{foot}</tfoot>
            </table>
        </div>
    }
    .into_any()
}

/// A header that sorts: a plain link.
fn head(
    query: &Query,
    sort: ProductSort,
    class: &'static str,
    name: &'static str,
    unit: &'static str,
) -> impl IntoView + use<> {
    let text = use_text();
    let (state, icon) = match (query.sort == sort, query.order) {
        (false, _) => (None, None),
        (true, SortOrder::Asc) => (Some("ascending"), Some(Icon::Up.draw())),
        (true, SortOrder::Desc) => (Some("descending"), Some(Icon::Down.draw())),
    };
    let full = if unit.is_empty() { name.to_owned() } else { format!("{name}, {unit}") };
    view! {
        <th role="columnheader" scope="col" class=class aria-sort=state>
            <a href=query.sorted_by(sort).href() title=(text.products().sort_by)(&full)>
                {icon} <span>{name}</span>
                {(!unit.is_empty()).then(|| view! { <span class="unit">{unit}</span> })}
            </a>
        </th>
    }
}

#[component]
fn Row(item: ProductSummary) -> impl IntoView {
    let text = use_text();
    let stock = text.products().never_read;
    let orders = text.products().no_orders_read;
    let age = match item.stock_as_of {
        Some(at) => view! { <Age at=at /> }.into_any(),
        None => view! { <Unknown reason=stock /> }.into_any(),
    };
    let quantity = |value, reason| view! { <Quantity value=value reason=reason /> };
    view! {
        <tr role="row">
            <th role="rowheader" scope="row" class="col-product">
                <a class="product-link" href=format!("/products/{}", item.id)>
                    <Photo
                        url=item.photo_url
                        title=item.product_name.clone()
                        article=item.marketplace_article
                    />
                    <span class="product-title" title=item.product_name.clone()>{item.product_name.clone()}</span>
                </a>
            </th>
            <td role="cell" class="col-article"><code>{item.seller_article}</code></td>
            <td role="cell" class="num col-stock" data-label=text.products().stock>
                {quantity(item.total_stock, stock)}
            </td>
            <td role="cell" class="num col-way">{quantity(item.in_way_to_client, stock)}</td>
            <td role="cell" class="num col-way">{quantity(item.in_way_from_client, stock)}</td>
            <td role="cell" class="num col-7">{quantity(item.orders_7, orders)}</td>
            <td role="cell" class="num col-28" data-label=text.products().orders_28>
                {quantity(item.orders_28, orders)}
            </td>
            <td role="cell" class="num col-cover"><CoverBar cover=item.cover /></td>
            <td role="cell" class="col-trend"><Sparkline values=item.stock_28 /></td>
            <td role="cell" class="num col-age">{age}</td>
        </tr>
    }
    .into_any()
}
