//! Where a product lies, and in which sizes.

use crate::{
    components::{age::Age, quantity::Quantity},
    state::use_text,
};
use domain::product::{Offer, StockSource, WarehouseStock};
use leptos::prelude::*;

/// Stock by warehouse, the fullest first.
#[component]
pub fn Warehouses(
    /// The levels.
    levels: Vec<WarehouseStock>,
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
        let way = level.in_way_to_client + level.in_way_from_client;
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
                <td class="num"><Quantity value=Some(way) reason="" /></td>
                <td class="num"><Age at=level.changed_at /></td>
            </tr>
        }
    });
    view! {
        <table class="small">
            <thead>
                <tr>
                    <th scope="col">{text.product().warehouse}</th>
                    <th scope="col" class="num">{text.product().quantity}</th>
                    <th scope="col" class="num">{text.product().on_the_way}</th>
                    <th scope="col" class="num">{text.product().changed}</th>
                </tr>
            </thead>
            <tbody>{rows.collect_view()}</tbody>
        </table>
    }
    .into_any()
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
