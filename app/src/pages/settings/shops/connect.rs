//! Connecting another shop.

use super::shop::marketplace;
use crate::{
    api::shops::Connect,
    state::{use_flash, use_text},
};
use domain::Marketplace;
use leptos::{prelude::*, server_fn::ServerFn};

/// The form. The key follows, in the new shop's own.
#[component]
pub fn ConnectShop() -> impl IntoView {
    let words = use_text().shops();
    let told = use_flash(Connect::PATH).filter(|flash| flash.error.is_some());
    let typed = |field| told.as_ref().and_then(|flash| flash.value(field)).unwrap_or_default();
    let (name, chosen) = (typed("name"), typed("marketplace"));
    let choices = [Marketplace::Wildberries, Marketplace::Ozon]
        .into_iter()
        .map(|choice| {
            view! {
                <option value=choice.as_str() selected={choice.as_str() == chosen}>
                    {marketplace(choice)}
                </option>
            }
        })
        .collect_view();
    view! {
        <section aria-labelledby="connect">
            <h2 id="connect">{words.connect}</h2>
            <form method="post" action=Connect::PATH class="form narrow">
                <div class="field">
                    <label for="connect-marketplace">{words.marketplace}</label>
                    <select id="connect-marketplace" name="marketplace">{choices}</select>
                </div>
                <div class="field">
                    <label for="connect-name">{words.name}</label>
                    <input id="connect-name" name="name" type="text" maxlength="100" autocomplete="off"
                        value=name aria-describedby="connect-name-hint" />
                    <p class="hint" id="connect-name-hint">{words.name_hint}</p>
                </div>
                <button class="button primary">{words.connect_button}</button>
            </form>
        </section>
    }
    .into_any()
}
