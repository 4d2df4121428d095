//! The products as they were: stock, cover and orders of then.

use super::page::{Asked, encode};
use crate::{
    components::{
        cover::CoverBar,
        quantity::{Quantity, Unknown, UnknownProps},
    },
    state::use_text,
};
use domain::{
    demand::{Cover, UnknownReason},
    product::{ProductPage, ProductSummary},
};
use leptos::prelude::*;

/// The table.
#[component]
pub fn Levels(
    /// The rows.
    page: ProductPage,
    /// What is shown.
    asked: Asked,
) -> impl IntoView {
    let text = use_text();
    let (past, products) = (&text.orders().past, text.products());
    if page.items.is_empty() {
        return view! { <p class="hint">{products.none_found}</p> }.into_any();
    }
    let at = encode(&asked.at);
    let further = page.next_cursor.map(|cursor| asked.after(&cursor));
    let rows = page.items.into_iter().map(|item| view! { <Row item=item at=at.clone() /> });
    view! {
        <div class="table-wrap">
            <table class="past-table">
                <thead>
                    <tr>
                        <th scope="col">{products.product}</th>
                        <th scope="col" class="num">{past.stock_then}</th>
                        <th scope="col" class="num">{past.cover_then}</th>
                        <th scope="col" class="num wide-only">{past.orders_7}</th>
                        <th scope="col" class="num wide-only">{past.orders_28}</th>
                    </tr>
                </thead>
                <tbody>{rows.collect_view()}</tbody>
            </table>
        </div>
        <nav class="pager order-pager" aria-label=products.pages>
            {further.map(|href| view! { <a class="button" href=href rel="next">{past.further}</a> })}
        </nav>
    }
    .into_any()
}

#[component]
fn Row(item: ProductSummary, at: String) -> impl IntoView {
    let text = use_text();
    let reason = text.orders().past.not_known;
    let unread = Cover::Unknown { reason: UnknownReason::NoStock };
    let cover = if item.cover == unread {
        Unknown(UnknownProps { reason }).into_any()
    } else {
        view! { <CoverBar cover=item.cover /> }.into_any()
    };
    view! {
        <tr>
            <th scope="row">
                <a href=format!("/products/{}?at={at}", item.id)>{item.product_name}</a>
                <code class="sub">{item.seller_article}</code>
            </th>
            <td class="num"><Quantity value=item.total_stock reason=reason /></td>
            <td class="num">{cover}</td>
            <td class="num wide-only"><Quantity value=item.orders_7 reason=reason /></td>
            <td class="num wide-only"><Quantity value=item.orders_28 reason=reason /></td>
        </tr>
    }
    .into_any()
}
