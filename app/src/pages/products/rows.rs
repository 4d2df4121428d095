//! The table's rows. Those that are far out of sight are not drawn: their room is kept by a gap above and one below.

use super::{
    bulk::{Chosen, FORM, TagMark},
    loaded::Loaded,
    query::Column,
    table::class,
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
use domain::product::ProductSummary;
use leptos::{html, prelude::*};

/// Tags beside a title at most; how many more there are is said.
const TAGS: usize = 3;

/// The body.
#[component]
pub fn Rows(
    /// What there is.
    loaded: Loaded,
    /// What is shown of it.
    columns: Vec<Column>,
    /// Whether rows can be chosen.
    choosing: bool,
    /// The number of the first row in the whole list.
    first: i64,
    /// What a link to a product ends with.
    then: String,
    /// The element, for whoever measures it.
    body: NodeRef<html::Tbody>,
    /// How high a row is.
    height: RwSignal<f64>,
) -> impl IntoView {
    let gap = move |rows: usize| {
        #[expect(clippy::cast_precision_loss, reason = "a number of rows")]
        let pixels = rows as f64 * height.try_get().unwrap_or_default();
        (rows > 0).then(|| {
            view! {
                <tr class="gap" aria-hidden="true">
                    <td style=format!("block-size:{pixels:.0}px")></td>
                </tr>
            }
        })
    };
    let above = move || gap(loaded.drawn().start);
    let below =
        move || gap(loaded.count.try_get().unwrap_or_default().saturating_sub(loaded.drawn().end));
    view! {
        <tbody role="rowgroup" node_ref=body>
            {above}
            <For
                each=move || loaded.drawn()
                key=|at| *at
                children=move |at| {
                    let (columns, then) = (columns.clone(), then.clone());
                    let number = first + i64::try_from(at).unwrap_or_default();
                    loaded.row(at).map(|item| {
                        view! { <Row item=item columns=columns choosing=choosing number=number then=then /> }
                    })
                }
            />
            {below}
        </tbody>
    }
    .into_any()
}

#[component]
fn Row(
    item: ProductSummary,
    columns: Vec<Column>,
    choosing: bool,
    number: i64,
    then: String,
) -> impl IntoView {
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
        // The head is the first row.
        <tr role="row" aria-rowindex={number + 1}>
            <th role="rowheader" scope="row" class="col-product">
                <div class="product-cell">
                    {pick}
                    <a class="product-link" href=format!("/products/{}{then}", item.id)>
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
    let id = item.id;
    let change = move |event| {
        if let Some(chosen) = chosen {
            chosen.choose(id, event_target_checked(&event));
        }
    };
    view! {
        <label class="pick-label">
            <input
                type="checkbox"
                class="pick"
                name="products[]"
                value=id.to_string()
                form=FORM
                checked=chosen.is_some_and(|chosen| chosen.has(id))
                aria-label=(text.table().choose)(&item.product_name)
                on:change=change
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
