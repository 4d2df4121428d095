//! The page of one product: its state in a sentence, its numbers, its time, its places.

use super::{
    comparison::Comparison,
    measures::{Measures, sentence},
    places::{Sizes, Warehouses},
};
use crate::{
    api::{self, Failure},
    components::{
        copyable::Copyable, cover, failure::FailureView, history_chart::HistoryChart, icon::Icon,
        photo::Photo, quantity::Quantity,
    },
    state::{use_now, use_progress, use_text},
    text::{date, number},
};
use domain::{
    ApiError, Marketplace, ProductId,
    comparison::ProductComparison,
    product::{ProductDetail, ProductHistory},
};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::{
    LazyRoute,
    hooks::{use_params_map, use_query_map},
    lazy_route,
};
use std::sync::Arc;

/// The periods that can be chosen.
const RANGES: [u32; 3] = [28, 90, 365];

/// The route.
#[derive(Debug)]
pub struct Detail;

#[lazy_route]
impl LazyRoute for Detail {
    fn data() -> Self {
        Self
    }

    fn view(this: Self) -> AnyView {
        let Detail = this;
        view! { <DetailPage /> }.into_any()
    }
}

#[component]
fn DetailPage() -> impl IntoView {
    let (params, query) = (use_params_map(), use_query_map());
    let id = Memo::new(move |_| params.read().get_str("id").and_then(|id| id.parse().ok()));
    let days = Memo::new(move |_| {
        let asked = query.read().get_str("days").and_then(|days| days.parse().ok());
        asked.filter(|days| RANGES.contains(days)).unwrap_or(90)
    });
    let product = Resource::new(move || id.get(), read);
    let compared = Resource::new(move || id.get(), read_comparison);
    let history = Resource::new(
        move || (id.get(), days.get()),
        |(id, days)| async move { (days, read_history(id, days).await) },
    );
    let text = use_text();
    let fetching = use_progress().fetching;
    view! {
        <a class="back" href="/products">
            {Icon::Left.draw()}
            {text.product().back}
        </a>
        <Transition fallback=|| view! { <div class="skeleton-row tall"></div> }>
            {move || Suspend::new(async move {
                match product.await {
                    Ok(product) => view! { <Head product=product /> }.into_any(),
                    Err(failure) => view! {
                        <Title text=text.product().not_found />
                        <FailureView failure=failure />
                    }
                    .into_any(),
                }
            })}
        </Transition>
        <div class="product-columns">
            <Transition fallback=|| view! { <div class="skeleton-row tall"></div> } set_pending=fetching>
                {move || Suspend::new(async move {
                    let (days, history) = history.await;
                    history.ok().zip(id.get_untracked()).map(|(history, id)| {
                        view! { <History history=history id=id range=days /> }
                    })
                })}
            </Transition>
            <Transition fallback=|| ()>
                {move || Suspend::new(async move {
                    product.await.ok().map(|product| view! { <Places product=product /> })
                })}
            </Transition>
        </div>
        <Transition fallback=|| ()>
            {move || Suspend::new(async move {
                compared.await.ok().map(|comparison| view! { <Comparison comparison=comparison /> })
            })}
        </Transition>
    }
    .into_any()
}

async fn read(id: Option<ProductId>) -> Result<ProductDetail, Failure> {
    match id {
        Some(id) => api::products::get(id).await,
        None => Err(Failure(ApiError::not_found("product"))),
    }
}

async fn read_comparison(id: Option<ProductId>) -> Result<ProductComparison, Failure> {
    match id {
        Some(id) => api::products::comparison(id).await,
        None => Err(Failure(ApiError::not_found("product"))),
    }
}

async fn read_history(id: Option<ProductId>, days: u32) -> Result<ProductHistory, Failure> {
    match id {
        Some(id) => api::products::history(id, days).await,
        None => Err(Failure(ApiError::not_found("product"))),
    }
}

#[component]
fn Head(product: ProductDetail) -> impl IntoView {
    let (text, now) = (use_text(), use_now());
    let summary = product.summary.clone();
    let title = summary.product_name.clone();
    let (short, page) = match summary.marketplace {
        Marketplace::Wildberries => ("WB", None),
        // The page of a product is that of its only size.
        Marketplace::Ozon => {
            ("Ozon", product.offers.first().map(|offer| offer.marketplace_offer.clone()))
        }
    };
    let marketplace = (text.product().marketplace_article)(short);
    let page = page.map(|sku| {
        view! {
            <a class="code" href=format!("https://www.ozon.ru/product/{sku}/") target="_blank" rel="noopener noreferrer">
                {(text.comparison().open)("Ozon")}
            </a>
        }
    });
    let state = sentence(text, &product, now.get_untracked());
    let tone = cover::tone(summary.cover);
    let kind = [summary.brand, summary.subject].into_iter().flatten().collect::<Vec<_>>();
    let gone = product.archived_at.map(|at| (text.product().archived)(&text.date(at)));
    view! {
        <Title text=title.clone() />
        <header class="product-head">
            <Photo url=summary.photo_url title=title.clone() article=summary.marketplace_article.clone() />
            <div class="product-words">
                <p class="product-kind">{kind.join(" · ")}</p>
                <h1>{title}</h1>
                <p class="product-codes">
                    <span class="code">
                        <span class="sub">{text.product().seller_article}</span>
                        <Copyable label=text.product().seller_article.to_owned() code=summary.seller_article />
                    </span>
                    <span class="code">
                        <span class="sub">{marketplace.clone()}</span>
                        <Copyable label=marketplace code=summary.marketplace_article />
                    </span>
                    {page}
                </p>
            </div>
        </header>
        <p class=format!("state {tone}")>
            <span class="state-mark" aria-hidden="true"></span>
            {gone.unwrap_or(state)}
        </p>
        <Measures product=product />
    }
    .into_any()
}

#[component]
fn Places(product: ProductDetail) -> impl IntoView {
    let text = use_text();
    view! {
        <div class="product-side">
            <section>
                <h2>{text.product().by_warehouse}</h2>
                <Warehouses levels=product.warehouse_data marketplace=product.summary.marketplace />
            </section>
            <section>
                <h2>{text.product().sizes}</h2>
                <Sizes offers=product.offers />
            </section>
        </div>
    }
    .into_any()
}

#[component]
fn History(history: ProductHistory, id: ProductId, range: u32) -> impl IntoView {
    let text = use_text();
    let ranges = RANGES.map(|days| {
        view! {
            <a href=format!("/products/{id}?days={days}") aria-current=(days == range).then_some("true")>
                {(text.product().range_days)(i64::from(days))}
            </a>
        }
    });
    let currency = history.currency;
    let days = Arc::new(history.days);
    let is_empty = days.iter().all(|day| day.stock.is_none() && day.ordered.is_none());
    let body = if is_empty {
        view! { <p class="hint">{text.product().no_history}</p> }.into_any()
    } else {
        view! {
            <HistoryChart days=Arc::clone(&days) />
            <details class="day-table">
                <summary>{text.product().as_table}</summary>
                <DayTable days=days currency=currency />
            </details>
        }
        .into_any()
    };
    view! {
        <section class="product-history">
            <header class="section-head">
                <h2>{text.product().history}</h2>
                <nav class="switch" aria-label=text.product().range>{ranges}</nav>
            </header>
            {body}
        </section>
    }
    .into_any()
}

/// The chart's days as a table: for screen readers and for copying.
#[component]
fn DayTable(days: Arc<Vec<domain::product::ProductDay>>, currency: String) -> impl IntoView {
    let text = use_text();
    let reason = text.common().unknown;
    let rows = days.iter().rev().map(|day| {
        let revenue = day.revenue_minor.map(|minor| number::money(text.locale, minor, &currency));
        view! {
            <tr>
                <th scope="row">{date::full(text.locale, day.day)}</th>
                <td class="num"><Quantity value=day.stock reason=reason /></td>
                <td class="num"><Quantity value=day.ordered reason=reason /></td>
                <td class="num"><Quantity value=day.cancelled reason=reason /></td>
                <td class="num">{revenue}</td>
            </tr>
        }
    });
    view! {
        <div class="table-wrap" tabindex="0">
            <table class="small">
                <thead>
                    <tr>
                        <th scope="col">{text.product().day}</th>
                        <th scope="col" class="num">{text.product().stock_end}</th>
                        <th scope="col" class="num">{text.product().ordered}</th>
                        <th scope="col" class="num">{text.product().cancelled}</th>
                        <th scope="col" class="num">{text.product().revenue}</th>
                    </tr>
                </thead>
                <tbody>{rows.collect_view()}</tbody>
            </table>
        </div>
    }
    .into_any()
}
