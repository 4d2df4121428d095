//! The sales and returns, and the way to the older ones.

use super::query::Query;
use crate::{
    components::quantity::{Unknown, UnknownProps},
    state::use_text,
    text::{date, number},
};
use domain::{
    observed::SaleKind,
    sale::{Sale, SalePage},
};
use leptos::prelude::*;

/// The table.
#[component]
pub fn Table(
    /// The rows.
    page: SalePage,
    /// What is shown.
    query: Query,
) -> impl IntoView {
    let text = use_text();
    let (words, orders) = (text.sales(), text.orders());
    let newest = query.cursor.is_some().then(|| Query { cursor: None, ..query.clone() }.href());
    if page.items.is_empty() {
        return view! {
            <p class="hint">{words.empty}</p>
            {newest.map(|href| view! { <a class="button" href=href>{orders.newest}</a> })}
        }
        .into_any();
    }
    let older = page.next_cursor.map(|cursor| Query { cursor: Some(cursor), ..query }.href());
    let rows = page.items.into_iter().map(|sale| view! { <Row sale=sale /> });
    view! {
        <div class="table-wrap orders-wrap">
            <table class="orders-table sales-table">
                <thead>
                    <tr>
                        <th scope="col">{words.time}</th>
                        <th scope="col">{orders.product}</th>
                        <th scope="col">{orders.warehouse}</th>
                        <th scope="col">{orders.region}</th>
                        <th scope="col" class="num">{words.pieces}</th>
                        <th scope="col" class="num">{words.price}</th>
                        <th scope="col" class="num">{words.payout}</th>
                    </tr>
                </thead>
                <tbody>{rows.collect_view()}</tbody>
            </table>
        </div>
        <nav class="pager order-pager" aria-label=text.products().pages>
            {newest.map(|href| view! { <a class="button" href=href>{orders.newest}</a> })}
            {older.map(|href| view! { <a class="button" href=href rel="next">{orders.older}</a> })}
        </nav>
    }
    .into_any()
}

#[component]
fn Row(sale: Sale) -> impl IntoView {
    let text = use_text();
    let (words, orders) = (text.sales(), text.orders());
    let currency = sale.currency;
    let money = |minor: Option<i64>| match minor {
        Some(minor) => number::money(text.locale, minor, &currency).into_any(),
        None => Unknown(UnknownProps { reason: words.not_told }).into_any(),
    };
    let told = |place: Option<String>| match place {
        Some(place) => place.into_any(),
        None => Unknown(UnknownProps { reason: orders.not_told }).into_any(),
    };
    let article = sale.seller_article.unwrap_or(sale.marketplace_article);
    let product = match (sale.product_id, sale.product_name) {
        (Some(id), Some(name)) => view! { <a href=format!("/products/{id}")>{name}</a> }.into_any(),
        _ => view! { <span class="unknown">{orders.unknown_product}</span> }.into_any(),
    };
    let is_return = sale.kind == SaleKind::Return;
    view! {
        <tr class:is-return=is_return>
            <td class="order-time">
                <time datetime=date::iso(sale.happened_at)>{text.moment(sale.happened_at)}</time>
            </td>
            <th scope="row">
                {product} <code class="sub">{article}</code>
                {is_return.then(|| view! { <span class="order-gone">{words.is_return}</span> })}
            </th>
            <td class="order-place">{told(sale.warehouse_name)}</td>
            <td class="order-place">{told(sale.region)}</td>
            <td class="num">{text.int(sale.quantity)}</td>
            <td class="num order-price">{money(sale.price_minor)}</td>
            <td class="num order-price">{money(sale.payout_minor)}</td>
        </tr>
    }
    .into_any()
}
