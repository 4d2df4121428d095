//! Two products that may be one thing, side by side.

use super::page::Actions;
use crate::{
    components::{photo::Photo, quantity::Quantity},
    state::use_text,
    text::number,
};
use domain::links::{LinkSuggestion, LinkedProduct};
use leptos::prelude::*;

/// The pair, with what can be said of it.
#[component]
pub(super) fn Pair(
    /// The two.
    item: LinkSuggestion,
    /// Whether its viewer may say it.
    may: bool,
    /// What can be said.
    actions: Actions,
) -> impl IntoView {
    let words = use_text().links();
    let (first, second) = (item.first, item.second);
    let said = (words.pair)(
        &format!("{} ({})", first.product_name, first.shop),
        &format!("{} ({})", second.product_name, second.shop),
    );
    let (a, b) = (first.id, second.id);
    let fields = move || {
        view! {
            <input type="hidden" name="first" value=a.to_string() />
            <input type="hidden" name="second" value=b.to_string() />
        }
    };
    let forms = may.then(|| {
        let busy = move || actions.link.pending().get() || actions.decline.pending().get();
        let (same, other) = (format!("{}: {said}", words.same), format!("{}: {said}", words.other));
        view! {
            <div class="link-forms">
                <ActionForm action=actions.link>
                    {fields()} <button class="button primary" aria-label=same disabled=busy>{words.same}</button>
                </ActionForm>
                <ActionForm action=actions.decline>
                    {fields()} <button class="button" aria-label=other disabled=busy>{words.other}</button>
                </ActionForm>
            </div>
        }
    });
    view! {
        <li class="link-pair">
            <Side product=first />
            <Side product=second />
            <div class="link-said">
                <span class="badge">{(words.reasons)(item.by)}</span>
                {forms}
            </div>
        </li>
    }
    .into_any()
}

#[component]
fn Side(product: LinkedProduct) -> impl IntoView {
    let text = use_text();
    let words = text.links();
    let title = product.product_name.clone();
    let price = product.price_minor.zip(product.currency.as_ref());
    let price = price.map(|(minor, currency)| number::money(text.locale, minor, currency));
    view! {
        <div class="link-side">
            <Photo url=product.photo_url title=title.clone() article=product.marketplace_article.clone() />
            <div>
                <p class="link-shop sub">
                    <span class=format!("shop-dot {}", product.colour) aria-hidden="true"></span>
                    {product.shop}
                </p>
                <a href=format!("/products/{}", product.id)>{title}</a>
                <p class="sub">
                    <code>{product.seller_article}</code> " · " <code>{product.marketplace_article}</code>
                </p>
                <p class="sub">
                    {words.stock} ": "
                    <Quantity value=product.total_stock reason=text.products().never_read />
                    {price.map(|price| format!(" · {price}"))}
                </p>
            </div>
        </div>
    }
    .into_any()
}
