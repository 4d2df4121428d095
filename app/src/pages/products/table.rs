//! The table of products. Roles are written out, because on a phone a row is drawn as a card and
//! browsers forget that it is one.

use super::{
    bulk::{Chosen, FORM, TagMark},
    keys::use_row_keys,
    query::{Column, Query},
};
use crate::{
    components::{
        age::Age,
        cover::CoverBar,
        icon::Icon,
        photo::Photo,
        quantity::{Quantity, Unknown},
        sparkline::Sparkline,
    },
    state::use_text,
    text::{Text, number},
};
use domain::product::{ProductPage, ProductSort, ProductSummary, SortOrder};
use leptos::{ev::MouseEvent, prelude::*};
use leptos_router::hooks::use_navigate;

/// Tags beside a title at most; how many more there are is said.
const TAGS: usize = 3;

/// The rows of a page and the filter's totals.
#[component]
pub fn Table(
    /// What came back.
    page: ProductPage,
    /// What was asked.
    query: Query,
    /// Whether rows can be chosen.
    choosing: bool,
) -> impl IntoView {
    let text = use_text();
    use_row_keys();
    let columns = query.columns.clone();
    let rows = page.items.into_iter().map(|item| {
        view! { <Row item=item columns=columns.clone() choosing=choosing /> }
    });
    let rows = rows.collect_view();
    let totals = page.totals;
    let sum = |value| view! { <Quantity value=value reason=text.products().never_read /> };
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
    view! {
        <div class="table-flow" class:wide=wide>
            <table class="products" class:dense=query.dense class:choosing=choosing role="table">
                <thead role="rowgroup">
                    <tr role="row">
                        {head(&query, ProductSort::ProductName, "col-product", text.products().product, "")}
                        {heads}
                    </tr>
                </thead>
                <tbody role="rowgroup">{rows}</tbody>
                <tfoot role="rowgroup">
                    <tr role="row">
                        <th role="rowheader" scope="row" class="col-product">
                            {(text.products().totals)(page.total, &text.int(page.total))}
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

fn foot(class: &'static str, sum: AnyView) -> AnyView {
    view! { <td role="cell" class=class>{sum}</td> }.into_any()
}

const fn class(column: Column) -> &'static str {
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
    let sorted = |sort, name, unit| head(query, sort, class, name, unit).into_any();
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
    view! { <th role="columnheader" scope="col" class=class>{name}</th> }.into_any()
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
        <th role="columnheader" scope="col" class=class aria-sort=state>
            <a href=query.sorted_by(sort).href() title=title on:click=with_shift>
                {icon} {number} <span>{name}</span>
                {(!unit.is_empty()).then(|| view! { <span class="unit">{unit}</span> })}
            </a>
        </th>
    }
}

#[component]
fn Row(item: ProductSummary, columns: Vec<Column>, choosing: bool) -> impl IntoView {
    let text = use_text();
    let title = item.product_name.clone();
    let pick = choosing.then(|| pick(text, &item));
    let tags = tags(&item);
    let linked = item.linked.then(|| {
        view! {
            <span class="linked-mark" role="img" aria-label=text.links().mark title=text.links().mark>
                {Icon::Swap.draw()}
            </span>
        }
    });
    let cells = columns.into_iter().map(|column| cell(text, &item, column)).collect_view();
    view! {
        <tr role="row">
            <th role="rowheader" scope="row" class="col-product">
                <div class="product-cell">
                    {pick}
                    <a class="product-link" href=format!("/products/{}", item.id)>
                        <Photo
                            url=item.photo_url
                            title=title.clone()
                            article=item.marketplace_article
                        />
                        <span class="product-title" class:one=tags.is_some() title=title.clone()>{title.clone()}</span>
                    </a>
                    {linked}
                    {tags}
                </div>
            </th>
            {cells}
        </tr>
    }
    .into_any()
}

/// The box that chooses a row.
fn pick(text: &'static Text, item: &ProductSummary) -> impl IntoView + use<> {
    let chosen = use_context::<Chosen>();
    let count = move |event| {
        if let Some(Chosen(count)) = chosen {
            count.update(|count| *count += if event_target_checked(&event) { 1 } else { -1 });
        }
    };
    view! {
        <label class="pick-label">
            <input
                type="checkbox"
                class="pick"
                name="products[]"
                value=item.id.to_string()
                form=FORM
                aria-label=(text.table().choose)(&item.product_name)
                on:change=count
            />
        </label>
    }
}

fn tags(item: &ProductSummary) -> Option<AnyView> {
    if item.tags.is_empty() {
        return None;
    }
    let more = item.tags.len().saturating_sub(TAGS);
    let shown = item.tags.iter().take(TAGS).cloned();
    let shown = shown.map(|tag| view! { <TagMark tag=tag /> }).collect_view();
    let more = (more > 0).then(|| view! { <span class="tag">{format!("+{more}")}</span> });
    Some(view! { <span class="tags">{shown} {more}</span> }.into_any())
}

fn cell(text: &'static Text, item: &ProductSummary, column: Column) -> AnyView {
    let (stock, orders) = (text.products().never_read, text.products().no_orders_read);
    let quantity = |value, reason| view! { <Quantity value=value reason=reason /> }.into_any();
    let class = class(column);
    let td = |inside: AnyView| view! { <td role="cell" class=class>{inside}</td> }.into_any();
    match column {
        Column::Article => td(view! { <code>{item.seller_article.clone()}</code> }.into_any()),
        Column::Stock => view! {
            <td role="cell" class=class data-label=text.products().stock>
                {quantity(item.total_stock, stock)}
            </td>
        }
        .into_any(),
        Column::Way => view! {
            <td role="cell" class=class>{quantity(item.in_way_to_client, stock)}</td>
            <td role="cell" class=class>{quantity(item.in_way_from_client, stock)}</td>
        }
        .into_any(),
        Column::Orders7 => td(quantity(item.orders_7, orders)),
        Column::Orders28 => td(quantity(item.orders_28, orders)),
        Column::Revenue => td(match item.revenue_28 {
            Some(minor) => {
                view! { <span>{number::money(text.locale, minor, "RUB")}</span> }.into_any()
            }
            None => view! { <Unknown reason=orders /> }.into_any(),
        }),
        Column::Class => td(match (item.abc, item.xyz) {
            (None, None) => view! { <Unknown reason=text.products().too_few_days /> }.into_any(),
            (abc, xyz) => {
                let letter = |letter: Option<&'static str>| letter.unwrap_or("–");
                let (abc, xyz) = (abc.map(|c| c.as_str()), xyz.map(|c| c.as_str()));
                view! { <span class="class">{letter(abc)} {letter(xyz)}</span> }.into_any()
            }
        }),
        Column::Order => td(quantity(item.order_units, orders)),
        Column::Cover => td(view! { <CoverBar cover=item.cover /> }.into_any()),
        Column::Trend => td(view! { <Sparkline values=item.stock_28.clone() /> }.into_any()),
        Column::Age => td(match item.stock_as_of {
            Some(at) => view! { <Age at=at /> }.into_any(),
            None => view! { <Unknown reason=stock /> }.into_any(),
        }),
    }
}
