//! How the table looks: its order, columns, rows a page and how high they are.

use super::query::{Column, Query, SIZES};
use crate::{state::use_text, text::Text};
use domain::{
    catalogue::SortKey,
    product::{ProductSort, SortOrder},
};
use leptos::prelude::*;

/// The columns by their names.
pub fn column_name(text: &Text, column: Column) -> &'static str {
    match column {
        Column::Article => text.products().article,
        Column::Stock => text.products().stock,
        Column::Way => text.products().to_client,
        Column::Orders7 => text.products().orders_7,
        Column::Orders28 => text.products().orders_28,
        Column::Revenue => text.table().revenue,
        Column::Class => text.table().class,
        Column::Order => text.table().order,
        Column::Cover => text.products().cover,
        Column::Trend => text.products().trend,
        Column::Age => text.products().age,
    }
}

/// The fields.
#[component]
pub fn Looks(
    /// What is shown now.
    query: Signal<Query>,
    /// Sends the form.
    at_once: Callback<()>,
) -> impl IntoView {
    let text = use_text();
    let words = text.table();
    let columns = Column::ALL.map(|(column, word)| {
        view! {
            <label class="check">
                <input
                    type="checkbox"
                    name="cols"
                    value=word
                    checked=query.get_untracked().shows(column)
                    prop:checked=move || query.read().shows(column)
                    on:change=move |_| at_once.run(())
                />
                <span>{column_name(text, column)}</span>
            </label>
        }
    });
    let sizes = SIZES.map(|size| {
        view! { <option value=size selected=move || query.read().size == size>{size}</option> }
    });
    let density = [("", words.roomy, false), ("dense", words.dense, true)];
    let density = density.map(|(value, says, dense)| {
        view! { <option value=value selected=move || query.read().dense == dense>{says}</option> }
    });
    view! {
        <div class="looks">
            <div class="filter-group">
                <SortChoice query=query at_once=at_once place=0 label=text.products().sort />
                <SortChoice query=query at_once=at_once place=1 label=words.then_by />
                <label class="stacked">
                    <span>{words.density}</span>
                    <select
                        name="density"
                        on:change=move |_| at_once.run(())
                        prop:value=move || if query.read().dense { "dense" } else { "" }
                    >
                        {density}
                    </select>
                </label>
                <label class="stacked">
                    <span>{text.products().per_page}</span>
                    <select
                        name="page_size"
                        on:change=move |_| at_once.run(())
                        prop:value=move || query.read().size.to_string()
                    >
                        {sizes}
                    </select>
                </label>
            </div>
            <fieldset>
                <legend>{words.columns}</legend>
                {columns}
            </fieldset>
        </div>
        <div class="menu-foot plain-only">
            <button class="button primary">{words.apply}</button>
        </div>
    }
    .into_any()
}

/// The key in one place of the order; the first can't be nothing.
#[component]
fn SortChoice(
    query: Signal<Query>,
    at_once: Callback<()>,
    place: usize,
    label: &'static str,
) -> impl IntoView {
    let text = use_text();
    let words = text.table();
    let columns = [
        (ProductSort::Orders28, text.products().orders_28),
        (ProductSort::Orders7, text.products().orders_7),
        (ProductSort::Revenue28, words.revenue),
        (ProductSort::Cover, text.products().cover),
        (ProductSort::TotalStock, text.products().stock),
        (ProductSort::OrderMinor, words.to_order),
        (ProductSort::AtRisk, words.risk),
        (ProductSort::DeadMinor, words.dead),
        (ProductSort::LostMinor28, words.lost),
        (ProductSort::ProductName, text.products().product),
        (ProductSort::SellerArticle, text.products().article),
        (ProductSort::UpdatedAt, text.products().age),
    ];
    let options = columns.map(|(sort, name)| {
        [SortOrder::Desc, SortOrder::Asc].map(|order| {
            let key = SortKey { sort, order };
            let says = match order {
                SortOrder::Asc => (words.ascending)(name),
                SortOrder::Desc => (words.descending)(name),
            };
            view! {
                <option
                    value=SortKey::write(&[key])
                    selected=move || query.read().sort.get(place) == Some(&key)
                >
                    {says}
                </option>
            }
        })
    });
    let none = (place > 0).then(|| {
        view! {
            <option value="" selected=move || query.read().sort.get(place).is_none()>
                {words.nothing}
            </option>
        }
    });
    view! {
        <label class="stacked">
            <span>{label}</span>
            <select
                name="sort"
                on:change=move |_| at_once.run(())
                prop:value=move || {
                    query.read().sort.get(place).map(|key| SortKey::write(&[*key])).unwrap_or_default()
                }
            >
                {none}
                {options}
            </select>
        </label>
    }
    .into_any()
}
