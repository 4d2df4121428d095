//! Removing a shop: what it means, and its name to be typed.

use crate::{
    api::shops::Remove,
    state::{use_flash, use_text},
};
use domain::account::Account;
use leptos::{prelude::*, server_fn::ServerFn};

/// Closed it is a quiet word; open after it was refused.
#[component]
pub fn RemoveShop(
    /// The shop.
    shop: Account,
) -> impl IntoView {
    let words = use_text().shops();
    let id = shop.id.to_string();
    let refused = use_flash(Remove::PATH)
        .is_some_and(|flash| flash.error.is_some() && flash.value("id").as_deref() == Some(&*id));
    let field = format!("confirm-{id}");
    view! {
        <details class="confirm" open=refused>
            <summary>{words.remove} <span class="sr-only">": " {shop.name.clone()}</span></summary>
            <p class="hint">{words.remove_note}</p>
            <form method="post" action=Remove::PATH class="form narrow">
                <input type="hidden" name="id" value=id />
                <div class="field">
                    <label for=field.clone()>{(words.remove_name)(&shop.name)}</label>
                    <input id=field name="confirm" type="text" required autocomplete="off" />
                </div>
                <button class="button risk">{words.remove_button}</button>
            </form>
        </details>
    }
    .into_any()
}
