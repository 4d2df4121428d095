//! The warehouses in a table: stock, share, cover, what is out there; each number leads to its products.

use crate::{
    api,
    components::{
        age::Age,
        cover::CoverBar,
        failure::FailureView,
        icon::Icon,
        past_bar::{self, PastBar},
        quantity::{Quantity, Unknown, UnknownProps},
    },
    state::{renew, use_text},
    text::number,
};
use domain::{
    demand::Cover,
    product::StockSource,
    today::{WarehouseLine, WarehouseLines},
};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::{LazyRoute, hooks::use_query_map, lazy_route};

/// The route.
#[derive(Debug)]
pub struct WarehousesRoute;

#[lazy_route]
impl LazyRoute for WarehousesRoute {
    fn data() -> Self {
        Self
    }

    fn view(this: Self) -> AnyView {
        let WarehousesRoute = this;
        view! { <WarehousesPage /> }.into_any()
    }
}

#[component]
fn WarehousesPage() -> impl IntoView {
    let text = use_text();
    let map = use_query_map();
    let at = Memo::new(move |_| past_bar::read(map.read().get_str("at")));
    let lines = Resource::new(move || at.get(), api::today::warehouses);
    renew(move || lines.refetch());
    view! {
        <Title text=text.today().warehouses.title />
        <header class="page-head">
            <h1>{text.today().warehouses.title}</h1>
        </header>
        <p class="lead-line">{text.today().warehouses.lead}</p>
        {move || view! { <PastBar action="/warehouses" at=at.get() now="/warehouses".to_owned() /> }}
        <Transition fallback=|| view! { <div class="skeleton-row tall"></div> }>
            {move || Suspend::new(async move {
                match lines.await {
                    Ok(lines) if lines.items.is_empty() && at.get_untracked().is_some() => {
                        view! { <p class="hint">{text.changes().not_kept}</p> }.into_any()
                    }
                    Ok(lines) if lines.items.is_empty() => view! {
                        <section class="blank">
                            <span class="blank-icon">{Icon::Warehouses.draw()}</span>
                            <h2>{text.today().warehouses.empty}</h2>
                            <p class="blank-actions">
                                <a class="button" href="/">{text.today().nav}</a>
                            </p>
                        </section>
                    }
                    .into_any(),
                    Ok(lines) => view! { <Lines lines=lines /> }.into_any(),
                    Err(failure) => view! { <FailureView failure=failure /> }.into_any(),
                }
            })}
        </Transition>
    }
    .into_any()
}

#[component]
fn Lines(lines: WarehouseLines) -> impl IntoView {
    let text = use_text();
    let words = &text.today().warehouses;
    let most = lines.items.iter().map(|line| line.share_permille).max().unwrap_or(0).max(1);
    let age = lines.measured_at.map(|at| {
        view! {
            <p class="hint warehouses-age">{text.products().age} ": " <Age at=at /></p>
        }
    });
    let rows = lines.items.into_iter().map(|line| view! { <Line line=line most=most /> });
    view! {
        <table class="warehouses">
            <thead>
                <tr>
                    <th scope="col">{words.name}</th>
                    <th scope="col" class="num">
                        {text.products().stock} ", " <span class="unit">{text.products().units}</span>
                    </th>
                    <th scope="col" class="num">{words.share}</th>
                    <th scope="col" class="num">{words.orders}</th>
                    <th scope="col" class="num">{words.cover}</th>
                    <th scope="col" class="num">{words.products}</th>
                    <th scope="col" class="num">{words.out}</th>
                </tr>
            </thead>
            <tbody>{rows.collect_view()}</tbody>
        </table>
        {age}
    }
    .into_any()
}

#[component]
fn Line(line: WarehouseLine, most: i64) -> impl IntoView {
    let text = use_text();
    let words = &text.today().warehouses;
    let kind = match line.source {
        StockSource::Seller => text.product().own_warehouse,
        StockSource::Marketplace => text.product().marketplace_warehouse,
    };
    let about = line.region.clone().unwrap_or_else(|| kind.to_owned());
    let href = format!("/products?warehouse={}", line.id);
    let cover = match (line.stock, line.cover_tenths, line.orders_28) {
        (..=0, _, _) => view! { <CoverBar cover=Cover::OutOfStock /> }.into_any(),
        (_, Some(tenths), _) => view! { <CoverBar cover=Cover::Days { tenths } /> }.into_any(),
        (_, None, Some(_)) => Unknown(UnknownProps { reason: words.nobody }).into_any(),
        (_, None, None) => Unknown(UnknownProps { reason: words.unknown_orders }).into_any(),
    };
    let out = if line.out_products > 0 {
        let number = text.int(line.out_products);
        let label = (words.out_of)(&number, &line.name);
        view! {
            <a class="warehouses-out" href=format!("{href}&warehouse_out=1") aria-label=label>
                {number}
            </a>
        }
        .into_any()
    } else {
        view! { <Quantity value=Some(0) reason="" /> }.into_any()
    };
    let share = format!("{}\u{a0}%", number::tenths(text.locale, line.share_permille));
    let bar = format!("inline-size:{}%", line.share_permille * 100 / most);
    view! {
        <tr>
            <th scope="row">
                <a href=href>{line.name}</a>
                <span class="sub">{about}</span>
            </th>
            <td class="num" data-label=text.products().stock>
                <Quantity value=Some(line.stock) reason="" />
            </td>
            <td class="num" data-label=words.share>
                <span class="level">
                    {share} <span class="level-bar" aria-hidden="true">
                        <span style=bar></span>
                    </span>
                </span>
            </td>
            <td class="num" data-label=words.orders>
                <Quantity value=line.orders_28 reason=words.unknown_orders />
            </td>
            <td class="num" data-label=words.cover>{cover}</td>
            <td class="num" data-label=words.products>
                <Quantity value=Some(line.products) reason="" />
            </td>
            <td class="num" data-label=words.out>{out}</td>
        </tr>
    }
    .into_any()
}
