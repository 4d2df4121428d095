//! The filter: a plain form, whose state is the address.

use super::query::Query;
use crate::state::{use_frame, use_text};
use leptos::prelude::*;

/// The form.
#[component]
pub fn Filters(
    /// What is shown.
    query: Query,
) -> impl IntoView {
    let text = use_text();
    let words = text.orders();
    let day = |day: Option<chrono::NaiveDate>| day.map(|day| day.to_string()).unwrap_or_default();
    let states =
        [("", words.all), ("false", words.kept), ("true", words.cancelled)].map(|(word, name)| {
            let is_chosen = query.cancelled.map(|is| is.to_string()).unwrap_or_default() == word;
            view! {
                <option value=word selected=is_chosen>
                    {name}
                </option>
            }
        });
    let product = query.product;
    let without = Query { product: None, ..query.clone() }.href();
    view! {
        <form class="filters order-filters" action="/orders">
            <label class="select">
                <span>{words.from}</span>
                <input type="date" name="from" value=day(query.from) />
            </label>
            <label class="select">
                <span>{words.to}</span>
                <input type="date" name="to" value=day(query.to) />
            </label>
            <Shops chosen=query.account />
            <label class="select">
                <span>{words.state}</span>
                <select name="cancelled">{states}</select>
            </label>
            {product.map(|id| view! { <input type="hidden" name="product" value=id.to_string() /> })}
            <button class="button">{words.show}</button>
            {product
                .map(|id| {
                    view! {
                        <span class="chip">
                            <a href=format!("/products/{id}")>{words.of_product}</a>
                            <a class="chip-off" href=without aria-label=words.clear title=words.clear>
                                "×"
                            </a>
                        </span>
                    }
                })}
        </form>
    }
    .into_any()
}

/// Which shop, where there are several.
#[component]
pub fn Shops(
    /// The shop that is chosen.
    chosen: Option<domain::AccountId>,
) -> impl IntoView {
    let text = use_text();
    let frame = use_frame();
    view! {
        <Suspense fallback=|| ()>
            {move || Suspend::new(async move {
                let accounts = frame.accounts.await.unwrap_or_default();
                (accounts.len() > 1)
                    .then(|| {
                        let shops = accounts
                            .into_iter()
                            .map(|account| {
                                let is_chosen = chosen == Some(account.id);
                                view! {
                                    <option value=account.id.to_string() selected=is_chosen>
                                        {account.name}
                                    </option>
                                }
                            });
                        view! {
                            <label class="select">
                                <span>{text.orders().account}</span>
                                <select name="account">
                                    <option value="">{text.orders().all_accounts}</option>
                                    {shops.collect_view()}
                                </select>
                            </label>
                        }
                    })
            })}
        </Suspense>
    }
    .into_any()
}
