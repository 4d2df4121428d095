//! What differs between two moments: before, after, what came and what went.

use super::page::{Asked, words};
use crate::{components::quantity::Quantity, state::use_text};
use domain::past::{StockChange, StockChanges};
use leptos::prelude::*;

/// The table.
#[component]
pub fn Changes(
    /// The rows.
    page: StockChanges,
    /// What is shown.
    asked: Asked,
) -> impl IntoView {
    let text = use_text();
    let past = &text.orders().past;
    let until = match asked.with.as_deref() {
        Some("now") | None => past.now.to_owned(),
        Some(with) => words(text, with),
    };
    let heading = (past.changes)(&words(text, &asked.at), &until);
    if page.items.is_empty() {
        return view! {
            <h2>{heading}</h2>
            <p class="hint">{past.unchanged}</p>
        }
        .into_any();
    }
    let further = page.next_cursor.map(|id| asked.after(&id.to_string()));
    let rows = page.items.into_iter().map(|item| view! { <Row item=item /> });
    view! {
        <h2>{heading}</h2>
        <div class="table-wrap">
            <table class="past-table">
                <thead>
                    <tr>
                        <th scope="col">{text.products().product}</th>
                        <th scope="col" class="num">{past.was}</th>
                        <th scope="col" class="num wide-only">{past.came}</th>
                        <th scope="col" class="num wide-only">{past.went}</th>
                        <th scope="col" class="num">{past.became}</th>
                        <th scope="col" class="num">{past.change}</th>
                    </tr>
                </thead>
                <tbody>{rows.collect_view()}</tbody>
            </table>
        </div>
        <nav class="pager order-pager" aria-label=text.products().pages>
            {further.map(|href| view! { <a class="button" href=href rel="next">{past.further}</a> })}
        </nav>
    }
    .into_any()
}

#[component]
fn Row(item: StockChange) -> impl IntoView {
    let text = use_text();
    let reason = text.orders().past.not_known;
    let sign = if item.change > 0 { "+" } else { "" };
    view! {
        <tr>
            <th scope="row">
                <a href=format!("/products/{}", item.product_id)>{item.product_name}</a>
                <code class="sub">{item.seller_article}</code>
            </th>
            <td class="num"><Quantity value=item.stock_from reason=reason /></td>
            <td class="num wide-only"><Quantity value=Some(item.more) reason="" /></td>
            <td class="num wide-only"><Quantity value=Some(item.less) reason="" /></td>
            <td class="num"><Quantity value=item.stock_to reason=reason /></td>
            <td class="num"><b>{sign}{text.int(item.change)}</b></td>
        </tr>
    }
    .into_any()
}
