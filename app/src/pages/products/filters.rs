//! Search, filter and page size: a GET form, so that it works without script and its state is the
//! address; with script it changes the page in place.

use super::query::{self, Query, SIZES};
use crate::{components::icon::Icon, state::use_text};
use domain::product::ProductSort;
use leptos::{ev::SubmitEvent, form::FromFormData, prelude::*};
use leptos_router::hooks::use_navigate;
use serde::Deserialize;

/// The form's fields; a box that isn't ticked is not sent at all.
#[derive(Deserialize)]
struct Fields {
    search: String,
    low_stock_only: Option<String>,
    page_size: Option<u32>,
    sort_by: ProductSort,
}

/// The form.
#[component]
pub fn Filters(
    /// What is shown now.
    #[prop(into)]
    query: Signal<Query>,
) -> impl IntoView {
    let text = use_text();
    let navigate = use_navigate();
    let form = NodeRef::<leptos::html::Form>::new();
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let Ok(fields) = Fields::from_event(&event) else { return };
        let typed = fields.search.trim();
        let now = query.get_untracked();
        let order =
            if now.sort == fields.sort_by { now.order } else { query::natural(fields.sort_by) };
        let wanted = Query {
            page: 1,
            search: (!typed.is_empty()).then(|| typed.to_owned()),
            low_only: fields.low_stock_only.is_some(),
            size: fields.page_size.unwrap_or(now.size),
            sort: fields.sort_by,
            order,
        };
        navigate(&wanted.href(), leptos_router::NavigateOptions::default());
    };
    let at_once = Callback::new(move |()| {
        if let Some(form) = form.get() {
            let _ = form.request_submit();
        }
    });
    view! {
        <form class="filters" role="search" action="/products" node_ref=form on:submit=submit>
            <div class="search">
                {Icon::Search.draw()}
                <input
                    type="search"
                    name="search"
                    aria-label=text.products().search
                    placeholder=text.products().search_hint
                    maxlength="200"
                    autocomplete="off"
                    prop:value=move || query.read().search.clone().unwrap_or_default()
                    value=query.get_untracked().search
                />
            </div>
            <label class="check">
                <input
                    type="checkbox"
                    name="low_stock_only"
                    value="true"
                    checked=query.get_untracked().low_only
                    prop:checked=move || query.read().low_only
                    on:change=move |_| at_once.run(())
                />
                {text.products().low_only}
            </label>
            <SizeChoice query=query at_once=at_once />
            <SortChoice query=query at_once=at_once />
            <button class="button">{text.products().find}</button>
            {move || {
                query
                    .read()
                    .is_filtered()
                    .then(|| view! { <a class="quiet-link" href="/products">{text.products().clear}</a> })
            }}
        </form>
    }
    .into_any()
}

/// Rows a page.
#[component]
fn SizeChoice(query: Signal<Query>, at_once: Callback<()>) -> impl IntoView {
    let text = use_text();
    let sizes = SIZES.map(|size| {
        view! {
            <option value=size selected=move || query.read().size == size>
                {size}
            </option>
        }
    });
    view! {
        <label class="select">
            <span>{text.products().per_page}</span>
            <select
                name="page_size"
                on:change=move |_| at_once.run(())
                prop:value=move || query.read().size.to_string()
            >
                {sizes}
            </select>
        </label>
    }
    .into_any()
}

/// By what to sort, where there is no header to press: on phones.
#[component]
fn SortChoice(query: Signal<Query>, at_once: Callback<()>) -> impl IntoView {
    let text = use_text();
    let columns = [
        (ProductSort::Orders28, text.products().orders_28),
        (ProductSort::Orders7, text.products().orders_7),
        (ProductSort::Cover, text.products().cover),
        (ProductSort::TotalStock, text.products().stock),
        (ProductSort::ProductName, text.products().product),
        (ProductSort::SellerArticle, text.products().article),
        (ProductSort::UpdatedAt, text.products().age),
    ];
    let sorts = columns.map(|(sort, words)| {
        view! {
            <option value=query::word(sort) selected=move || query.read().sort == sort>
                {words}
            </option>
        }
    });
    view! {
        <label class="select sort-choice">
            <span>{text.products().sort}</span>
            <select
                name="sort_by"
                aria-label=text.products().sort
                on:change=move |_| at_once.run(())
                prop:value=move || query::word(query.read().sort)
            >
                {sorts}
            </select>
        </label>
    }
    .into_any()
}
