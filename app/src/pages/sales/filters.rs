//! The filter: a plain form, whose state is the address.

use super::query::Query;
use crate::{pages::orders::Shops, state::use_text};
use domain::observed::SaleKind;
use leptos::prelude::*;

/// The form.
#[component]
pub fn Filters(
    /// What is shown.
    query: Query,
) -> impl IntoView {
    let text = use_text();
    let (words, orders) = (text.sales(), text.orders());
    let day = |day: Option<chrono::NaiveDate>| day.map(|day| day.to_string()).unwrap_or_default();
    let kinds = [
        (None, words.all),
        (Some(SaleKind::Sale), words.sales),
        (Some(SaleKind::Return), words.returns),
    ]
    .map(|(kind, name)| {
        let word = kind.map_or("", SaleKind::as_str);
        view! {
            <option value=word selected=query.kind == kind>
                {name}
            </option>
        }
    });
    let product = query.product;
    let without = Query { product: None, ..query.clone() }.href();
    view! {
        <form class="filters order-filters" action="/sales">
            <label class="select">
                <span>{orders.from}</span>
                <input type="date" name="from" value=day(query.from) />
            </label>
            <label class="select">
                <span>{orders.to}</span>
                <input type="date" name="to" value=day(query.to) />
            </label>
            <Shops chosen=query.account />
            <label class="select">
                <span>{words.kind}</span>
                <select name="kind">{kinds}</select>
            </label>
            {product.map(|id| view! { <input type="hidden" name="product" value=id.to_string() /> })}
            <button class="button">{orders.show}</button>
            {product
                .map(|id| {
                    view! {
                        <span class="chip">
                            <a href=format!("/products/{id}")>{words.of_product}</a>
                            <a class="chip-off" href=without aria-label=orders.clear title=orders.clear>
                                "×"
                            </a>
                        </span>
                    }
                })}
        </form>
    }
    .into_any()
}
