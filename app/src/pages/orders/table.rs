//! The orders, a row a unit, and the way to the older ones.

use super::query::Query;
use crate::{
    components::{
        next_step::NextStep,
        quantity::{Unknown, UnknownProps},
        shop_mark::ShopMarks,
    },
    state::use_text,
    text::{date, number},
};
use domain::order::{Order, OrderPage};
use leptos::prelude::*;

/// The table.
#[component]
pub fn Table(
    /// The rows.
    page: OrderPage,
    /// What is shown.
    query: Query,
    /// Whose shops these are.
    shops: ShopMarks,
    /// Whether any of them can be read.
    has_shop: bool,
) -> impl IntoView {
    let text = use_text();
    let words = text.orders();
    let newest = query.cursor.is_some().then(|| Query { cursor: None, ..query.clone() }.href());
    if page.items.is_empty() {
        return view! {
            <p class="hint">{words.empty}</p>
            {(!has_shop).then(|| view! { <NextStep has_shop=false /> })}
            {newest.map(|href| view! { <a class="button" href=href>{words.newest}</a> })}
        }
        .into_any();
    }
    let older = page.next_cursor.map(|cursor| Query { cursor: Some(cursor), ..query }.href());
    let rows = page.items.into_iter().map(|order| {
        let shop = shops.mark(order.account_id).into_any();
        view! { <Row order=order shop=shop /> }
    });
    view! {
        <div class="table-wrap orders-wrap">
            <table class="orders-table">
                <thead>
                    <tr>
                        <th scope="col">{words.time}</th>
                        <th scope="col">{words.product}</th>
                        <th scope="col">{words.warehouse}</th>
                        <th scope="col">{words.region}</th>
                        <th scope="col" class="num">{words.price}</th>
                    </tr>
                </thead>
                <tbody>{rows.collect_view()}</tbody>
            </table>
        </div>
        <nav class="pager order-pager" aria-label=text.products().pages>
            {newest.map(|href| view! { <a class="button" href=href>{words.newest}</a> })}
            {older.map(|href| view! { <a class="button" href=href rel="next">{words.older}</a> })}
        </nav>
    }
    .into_any()
}

#[component]
fn Row(order: Order, shop: AnyView) -> impl IntoView {
    let text = use_text();
    let words = text.orders();
    let money = number::money(text.locale, order.price_minor, &order.currency);
    let told = |place: Option<String>| match place {
        Some(place) => place.into_any(),
        None => Unknown(UnknownProps { reason: words.not_told }).into_any(),
    };
    let article = order.seller_article.unwrap_or(order.marketplace_article);
    let product = match (order.product_id, order.product_name) {
        (Some(id), Some(name)) => view! { <a href=format!("/products/{id}")>{name}</a> }.into_any(),
        _ => view! { <span class="unknown">{words.unknown_product}</span> }.into_any(),
    };
    let gone = order.cancelled_at.map(|at| (words.cancelled_on)(&text.moment(at)));
    let is_gone = gone.is_some();
    view! {
        <tr class:is-cancelled=is_gone>
            <td class="order-time">
                <time datetime=date::iso(order.ordered_at)>{text.moment(order.ordered_at)}</time>
            </td>
            <th scope="row">
                {product} <code class="sub">{article}</code> {shop}
                {gone.map(|words| view! { <span class="order-gone">{words}</span> })}
            </th>
            <td class="order-place">{told(order.warehouse_name)}</td>
            <td class="order-place">{told(order.region)}</td>
            <td class="num order-price">{money}</td>
        </tr>
    }
    .into_any()
}
