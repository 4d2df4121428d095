//! Where a product lies, and in which sizes.

use crate::{
    components::{
        age::Age,
        cover::{self, CoverBar},
        quantity::{Quantity, Unknown, UnknownProps},
    },
    state::use_text,
    text::{Text, number},
};
use domain::{
    Marketplace,
    demand::Cover,
    product::{Offer, StockSource, WarehouseStock},
};
use leptos::prelude::*;

/// Stock by warehouse, the fullest first.
#[component]
pub fn Warehouses(
    /// The levels.
    levels: Vec<WarehouseStock>,
    /// Whose warehouses they are, or whose buyers.
    marketplace: Marketplace,
    /// Of the days over which orders were counted, how many the product could be bought on.
    days_in_stock: Option<i64>,
) -> impl IntoView {
    let text = use_text();
    if levels.is_empty() {
        return view! { <p class="hint">{text.product().no_warehouses}</p> }.into_any();
    }
    let mut levels = levels;
    levels.sort_by_key(|level| std::cmp::Reverse(level.quantity));
    let top = levels.first().map_or(1, |level| level.quantity.max(1));
    let rows = levels.into_iter().map(|level| {
        let kind = match level.source {
            StockSource::Seller => text.product().own_warehouse,
            StockSource::Marketplace => text.product().marketplace_warehouse,
        };
        let share = level.quantity * 100 / top;
        let way = match marketplace {
            Marketplace::Wildberries => Some(level.in_way_to_client + level.in_way_from_client),
            Marketplace::Ozon => None,
        };
        let lasts = view! { <Lasts level=level.clone() days_in_stock=days_in_stock /> };
        view! {
            <tr>
                <th scope="row">
                    {level.warehouse_name} <span class="sub">{level.region.unwrap_or_else(|| kind.to_owned())}</span>
                </th>
                <td class="num">
                    <span class="level">
                        <Quantity value=Some(level.quantity) reason="" />
                        <span class="level-bar" aria-hidden="true">
                            <span style=format!("inline-size:{share}%")></span>
                        </span>
                    </span>
                </td>
                <td class="num">{lasts}</td>
                <td class="num"><Quantity value=way reason=text.comparison().not_told /></td>
                <td class="num"><Age at=level.changed_at /></td>
            </tr>
        }
    });
    view! {
        <table class="small places">
            <thead>
                <tr>
                    <th scope="col">{text.product().warehouse}</th>
                    <th scope="col" class="num">{text.product().quantity}</th>
                    <th scope="col" class="num">{text.ordering().cover}</th>
                    <th scope="col" class="num">{text.product().on_the_way}</th>
                    <th scope="col" class="num">{text.product().changed}</th>
                </tr>
            </thead>
            <tbody>{rows.collect_view()}</tbody>
        </table>
    }
    .into_any()
}

/// How long a place lasts at the rate at which orders ship from it, and how that is computed.
#[component]
fn Lasts(level: WarehouseStock, days_in_stock: Option<i64>) -> impl IntoView {
    let text = use_text();
    if level.orders_28.is_none() {
        return Unknown(UnknownProps { reason: text.ordering().no_shipping }).into_any();
    }
    let inputs = planning::velocity(level.orders_28, days_in_stock);
    let lasts = planning::cover(Some(level.quantity), &inputs);
    let how = how_place(text, level.quantity, inputs.per_day_thousandths, lasts);
    let Some(how) = how else { return view! { <CoverBar cover=lasts /> }.into_any() };
    view! {
        <details class="how place-how">
            <summary>
                <CoverBar cover=lasts /> <span class="sr-only">{text.product().how}</span>
            </summary>
            <div class="how-text">
                <p>{how}</p>
                <p>{text.timeline().how_place}</p>
            </div>
        </details>
    }
    .into_any()
}

fn how_place(text: &Text, stock: i64, rate: Option<i64>, lasts: Cover) -> Option<String> {
    let Cover::Days { tenths } = lasts else { return None };
    let rate = number::thousandths(text.locale, rate?);
    let result = format!("{}\u{a0}{}", cover::number(text, tenths), cover::unit(text, tenths));
    Some((text.ordering().how_place)(&text.int(stock), &rate, &result))
}

/// Sizes with their barcodes.
#[component]
pub fn Sizes(
    /// The sizes.
    offers: Vec<Offer>,
) -> impl IntoView {
    let text = use_text();
    let rows = offers.into_iter().map(|offer| {
        let size = offer.size.unwrap_or_else(|| text.product().no_size.to_owned());
        let codes =
            offer.barcodes.into_iter().map(|code| view! { <code class="pick">{code}</code> " " });
        view! {
            <tr>
                <th scope="row">{size}</th>
                <td class="codes">{codes.collect_view()}</td>
                <td class="num">
                    <Quantity value=offer.quantity reason=text.products().never_read />
                </td>
            </tr>
        }
    });
    view! {
        <table class="small">
            <thead>
                <tr>
                    <th scope="col">{text.product().size}</th>
                    <th scope="col">{text.product().barcodes}</th>
                    <th scope="col" class="num">{text.product().quantity}</th>
                </tr>
            </thead>
            <tbody>{rows.collect_view()}</tbody>
        </table>
    }
    .into_any()
}
