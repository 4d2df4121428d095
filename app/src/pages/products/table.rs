//! The table of products. Roles are written out, because on a phone a row is drawn as a card and
//! browsers forget that it is one.

use super::{
    keys::use_row_keys,
    loaded::Loaded,
    query::{Column, Query},
    rows::Rows,
    widths::{Drawn, Grip},
};
use crate::{
    components::{icon::Icon, past_bar::encoded, quantity::Quantity},
    state::use_text,
    text::Text,
};
use domain::product::{ProductSort, ProductTotals, SortOrder};
use leptos::{ev::MouseEvent, html, prelude::*, wasm_bindgen::JsCast};
use leptos_router::hooks::use_navigate;

/// How high a row is before anybody measured one.
const ROW: f64 = 45.0;

/// The rows of a page and the filter's totals.
#[component]
pub fn Table(
    /// What there is.
    loaded: Loaded,
    /// How many the filter has, as far as they are counted.
    total: i64,
    /// Whether there are more.
    more: bool,
    /// Their sums.
    totals: ProductTotals,
    /// What was asked.
    query: Query,
    /// Whether rows can be chosen.
    choosing: bool,
    /// The number of the first row in the whole list.
    first: i64,
    /// Loads the next rows.
    load: Callback<()>,
) -> impl IntoView {
    let text = use_text();
    use_row_keys();
    let drawn = use_context::<Drawn>();
    let then = query.at.as_deref().map(|at| format!("?at={}", encoded(at))).unwrap_or_default();
    let reason = if more { text.grid().not_added_up } else { text.products().never_read };
    let number = text.int(total);
    let says =
        if more { (text.grid().many)(&number) } else { (text.products().totals)(total, &number) };
    let sum = |value| view! { <Quantity value=value reason=reason /> };
    let foot = query.columns.iter().map(|column| match column {
        Column::Stock => foot("num col-stock", sum(totals.total_stock).into_any()),
        Column::Way => view! {
            {foot("num col-way", sum(totals.in_way_to_client).into_any())}
            {foot("num col-way", sum(totals.in_way_from_client).into_any())}
        }
        .into_any(),
        Column::Orders7 => foot("num col-7", sum(totals.orders_7).into_any()),
        Column::Orders28 => foot("num col-28", sum(totals.orders_28).into_any()),
        other => foot(class(*other), ().into_any()),
    });
    let foot = foot.collect_view();
    let heads = query.columns.iter().map(|column| column_head(text, &query, *column));
    let heads = heads.collect_view();
    // More than usual is wider than a page: then the table scrolls in itself, its head and first column stay.
    let wide = query.columns.len() > Query::default().columns.len();
    // So it does when there is more than a page: the rest arrives as one scrolls.
    let endless = loaded.next.get_untracked().is_some();
    let columns = query.columns.clone();
    // The head is a row as well; how many there are beyond what was counted nobody knows.
    let rows = if more { -1 } else { total + 1 };
    let (body, height) = (NodeRef::<html::Tbody>::new(), RwSignal::new(ROW));
    let on_scroll = move |event: leptos::ev::Event| {
        let Some((first, seen)) = look(&event, body, height) else { return };
        loaded.look(first, seen);
        if loaded.wants_more(first, seen) {
            load.run(());
        }
    };
    view! {
        <div
            class="table-flow"
            class:wide=wide
            class:endless=endless
            class:grown=move || loaded.pages.try_get().is_some_and(|pages| pages != 1)
            on:scroll=on_scroll
        >
            <table
                class="products"
                class:dense=query.dense
                class:choosing=choosing
                class:drawn=move || drawn.is_some_and(Drawn::is_any)
                style=move || drawn.map(Drawn::style).unwrap_or_default()
                role="table"
                aria-rowcount=rows
            >
                <thead role="rowgroup">
                    <tr role="row">
                        {head(&query, ProductSort::ProductName, "col-product", text.products().product, "")}
                        {heads}
                    </tr>
                </thead>
                <Rows
                    loaded=loaded
                    columns=columns
                    choosing=choosing
                    first=first
                    then=then
                    body=body
                    height=height
                />
                <tfoot role="rowgroup">
                    <tr role="row">
                        <th role="rowheader" scope="row" class="col-product">
                            {says}
                        </th>
                        {foot}
                    </tr>
                </tfoot>
            </table>
        </div>
        <p class="sr-only">{text.table().keys_hint}</p>
    }
    .into_any()
}

/// Which row is at the upper edge and how many fit.
fn look(
    event: &leptos::ev::Event,
    body: NodeRef<html::Tbody>,
    height: RwSignal<f64>,
) -> Option<(usize, usize)> {
    let flow = event.current_target()?.dyn_into::<leptos::web_sys::HtmlElement>().ok()?;
    let row = body.get_untracked()?.query_selector("tr[aria-rowindex]").ok().flatten()?;
    let measured = row.get_bounding_client_rect().height();
    if measured > 0.0 && (measured - height.get_untracked()).abs() > 0.5 {
        height.set(measured);
    }
    let high = height.get_untracked().max(1.0);
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a number of rows")]
    let rows = |pixels: i32| (f64::from(pixels) / high).max(0.0) as usize;
    Some((rows(flow.scroll_top()), rows(flow.client_height()) + 1))
}

fn foot(class: &'static str, sum: AnyView) -> AnyView {
    view! { <td role="cell" class=class>{sum}</td> }.into_any()
}

/// The classes of a column's cells.
pub const fn class(column: Column) -> &'static str {
    match column {
        Column::Article => "col-article",
        Column::Stock => "num col-stock",
        Column::Way => "num col-way",
        Column::Orders7 => "num col-7",
        Column::Orders28 => "num col-28",
        Column::Revenue => "num col-revenue",
        Column::Class => "col-class",
        Column::Order => "num col-order",
        Column::Cover => "num col-cover",
        Column::Trend => "col-trend",
        Column::Age => "num col-age",
    }
}

fn column_head(text: &'static Text, query: &Query, column: Column) -> AnyView {
    use ProductSort as S;
    let words = text.products();
    let class = class(column);
    let sorted = |sort: S, name, unit| {
        if query.at.is_some() && !sort.is_timeless() {
            return plain_head(class, name);
        }
        head(query, sort, class, name, unit).into_any()
    };
    match column {
        Column::Article => sorted(S::SellerArticle, words.article, ""),
        Column::Stock => sorted(S::TotalStock, words.stock, words.units),
        Column::Way => view! {
            {head(query, S::InWayToClient, class, words.to_client, "")}
            {head(query, S::InWayFromClient, class, words.from_client, "")}
        }
        .into_any(),
        Column::Orders7 => sorted(S::Orders7, words.orders, words.days_7),
        Column::Orders28 => sorted(S::Orders28, words.orders, words.days_28),
        Column::Revenue => sorted(S::Revenue28, text.table().revenue, words.days_28),
        Column::Order => sorted(S::OrderMinor, text.table().order, words.units),
        Column::Cover => sorted(S::Cover, words.cover, words.days_unit),
        Column::Age => sorted(S::UpdatedAt, words.age, ""),
        Column::Class => plain_head(class, text.table().class),
        Column::Trend => plain_head(class, words.trend),
    }
}

fn plain_head(class: &'static str, name: &'static str) -> AnyView {
    view! {
        <th role="columnheader" scope="col" class=class aria-label=name>{name} <Grip column=word(class) name=name /></th>
    }
    .into_any()
}

/// The column's own word in its classes.
fn word(class: &'static str) -> &'static str {
    class.rsplit_once("col-").map_or(class, |(_, word)| word)
}

/// A header that sorts: a plain link; with shift it sorts by this as well.
fn head(
    query: &Query,
    sort: ProductSort,
    class: &'static str,
    name: &'static str,
    unit: &'static str,
) -> impl IntoView + use<> {
    let text = use_text();
    let place = query.sort.iter().position(|key| key.sort == sort);
    let order = place.and_then(|place| query.sort.get(place)).map(|key| key.order);
    let icon = match order {
        None => None,
        Some(SortOrder::Asc) => Some(Icon::Up.draw()),
        Some(SortOrder::Desc) => Some(Icon::Down.draw()),
    };
    // Only the first column is what the table is sorted by, says ARIA.
    let state = (place == Some(0)).then_some(match order {
        Some(SortOrder::Asc) => "ascending",
        _ => "descending",
    });
    let several = query.sort.len() > 1;
    let number = place.filter(|_| several).map(|place| {
        view! { <span class="sort-place">{place + 1}</span> }
    });
    let full = if unit.is_empty() { name.to_owned() } else { format!("{name}, {unit}") };
    let title = format!("{}. {}", (text.products().sort_by)(&full), text.table().also);
    let also = query.also_sorted_by(sort).href();
    let navigate = use_navigate();
    let with_shift = move |event: MouseEvent| {
        if event.shift_key() {
            event.prevent_default();
            navigate(&also, leptos_router::NavigateOptions::default());
        }
    };
    view! {
        // Its name is not that of its edge as well.
        <th role="columnheader" scope="col" class=class aria-sort=state aria-label=full>
            <a href=query.sorted_by(sort).href() title=title on:click=with_shift>
                {icon} {number} <span>{name}</span>
                {(!unit.is_empty()).then(|| view! { <span class="unit">{unit}</span> })}
            </a>
            <Grip column=word(class) name=name />
        </th>
    }
}
