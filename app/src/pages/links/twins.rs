//! A product in all its shops, and what it is when it is seen as one. Nothing for what is linked with nothing.

use crate::{
    api::{self, links::Unlink},
    components::{
        age::Age,
        alert::{Alert, Tone},
        cover::CoverBar,
        quantity::{Quantity, Unknown},
    },
    state::{use_flash, use_frame, use_text},
    text::number,
};
use domain::{
    Permission, ProductId,
    links::{LinkedProduct, ProductTwins},
};
use leptos::{prelude::*, server_fn::ServerFn};

/// The room; it reads its own data.
#[component]
pub fn Twins(
    /// Of which product; `None`: of none, or of a past day.
    id: Signal<Option<ProductId>>,
) -> impl IntoView {
    let text = use_text();
    let frame = use_frame();
    let unlink = ServerAction::<Unlink>::new();
    let version = unlink.version();
    let twins = Resource::new(
        move || (id.get(), version.get()),
        |(id, _)| async move {
            match id {
                Some(id) => api::links::twins(id).await.ok(),
                None => None,
            }
        },
    );
    let told = use_flash(Unlink::PATH).and_then(|flash| flash.error);
    let refused = move || match unlink.value().get() {
        Some(Err(failure)) => Some(failure.0),
        Some(Ok(())) => None,
        None => told.clone(),
    };
    view! {
        {move || refused().map(|error| view! { <Alert tone=Tone::Risk>{text.failure(&error)}</Alert> })}
        <Transition fallback=|| ()>
            {move || Suspend::new(async move {
                let twins = twins.await.filter(|twins| twins.items.len() > 1)?;
                let session = frame.session.await.ok();
                let may = session.is_some_and(|session| session.role.may(Permission::Operate));
                Some(view! { <Room twins=twins may=may unlink=unlink /> })
            })}
        </Transition>
    }
    .into_any()
}

#[component]
fn Room(twins: ProductTwins, may: bool, unlink: ServerAction<Unlink>) -> impl IntoView {
    let text = use_text();
    let words = text.links();
    let own = twins.product_id;
    let rows = twins.items.into_iter().map(|item| {
        let is_own = item.id == own;
        view! { <Row item=item own=is_own may=may unlink=unlink /> }
    });
    let age = twins.as_of.map(|at| view! { <Age at=at /> });
    let (stock, orders) = (text.products().never_read, text.products().no_orders_read);
    view! {
        <section class="twins" id="twins">
            <header class="section-head">
                <h2>{words.room}</h2>
                {age}
            </header>
            <p class="hint">{words.room_lead}</p>
            <div class="table-wrap" tabindex="0">
                <table class="small">
                    <thead>
                        <tr>
                            <th scope="col">{words.shop}</th>
                            <th scope="col" class="num">{words.stock}</th>
                            <th scope="col" class="num">{words.orders_7}</th>
                            <th scope="col" class="num">{words.orders_28}</th>
                            <th scope="col">{words.cover}</th>
                            <th scope="col" class="num">{words.price}</th>
                            <th scope="col">{words.read}</th>
                            <td></td>
                        </tr>
                    </thead>
                    <tbody>{rows.collect_view()}</tbody>
                    <tfoot>
                        <tr>
                            <th scope="row">{words.as_one}</th>
                            <td class="num"><Quantity value=twins.total_stock reason=stock /></td>
                            <td class="num"><Quantity value=twins.orders_7 reason=orders /></td>
                            <td class="num"><Quantity value=twins.orders_28 reason=orders /></td>
                            <td><CoverBar cover=twins.cover /></td>
                            <td></td>
                            <td></td>
                            <td></td>
                        </tr>
                    </tfoot>
                </table>
            </div>
        </section>
    }
    .into_any()
}

#[component]
fn Row(item: LinkedProduct, own: bool, may: bool, unlink: ServerAction<Unlink>) -> impl IntoView {
    let text = use_text();
    let words = text.links();
    let (stock, orders) = (text.products().never_read, text.products().no_orders_read);
    let price = match item.price_minor.zip(item.currency.as_ref()) {
        Some((minor, currency)) => number::money(text.locale, minor, currency).into_any(),
        None => view! { <Unknown reason=words.no_price /> }.into_any(),
    };
    let read = match item.stock_as_of {
        Some(at) => view! { <Age at=at /> }.into_any(),
        None => view! { <Unknown reason=stock /> }.into_any(),
    };
    let name = format!("{} ({})", item.product_name, item.shop);
    let title = if own {
        view! { <span class="sub">{words.this}</span> }.into_any()
    } else {
        view! { <a href=format!("/products/{}", item.id)>{item.product_name}</a> }.into_any()
    };
    let gone = item.archived_at.map(|_| view! { <span class="order-gone">{words.archived}</span> });
    let apart = may.then(|| {
        view! {
            <ActionForm action=unlink>
                <input type="hidden" name="id" value=item.id.to_string() />
                <button class="icon-button" aria-label=(words.unlink_one)(&name) title=words.unlink>
                    "×"
                </button>
            </ActionForm>
        }
    });
    view! {
        <tr>
            <th scope="row">
                <span class=format!("shop-dot {}", item.colour) aria-hidden="true"></span>
                {item.shop} " " {title} " " <code class="sub">{item.seller_article}</code> {gone}
            </th>
            <td class="num"><Quantity value=item.total_stock reason=stock /></td>
            <td class="num"><Quantity value=item.orders_7 reason=orders /></td>
            <td class="num"><Quantity value=item.orders_28 reason=orders /></td>
            <td><CoverBar cover=item.cover /></td>
            <td class="num">{price}</td>
            <td>{read}</td>
            <td>{apart}</td>
        </tr>
    }
    .into_any()
}
