//! A shop's key: what its marketplace said of it, and pasting another.

use crate::{
    api::shops::{ClearKey, SetKey},
    components::confirm::Confirm,
    pages::settings::key_guide::KeyGuide,
    state::use_text,
};
use domain::{
    Marketplace,
    account::{Account, KeyStatus},
};
use leptos::{prelude::*, server_fn::ServerFn};

/// The state of the key and its forms.
#[component]
pub fn ShopKeyForm(
    /// The shop.
    shop: Account,
) -> impl IntoView {
    let text = use_text();
    let words = text.shops();
    let has_key = shop.key.is_some();
    let status = match shop.key.as_ref().map(|key| key.status) {
        Some(KeyStatus::Valid) => text.settings().status_valid,
        Some(KeyStatus::Invalid) => text.settings().status_invalid,
        Some(KeyStatus::Malformed) => text.settings().status_malformed,
        Some(KeyStatus::Unreachable) => text.settings().status_unreachable,
        None => words.key_none,
    };
    let id = shop.id.to_string();
    let parts = match shop.marketplace {
        Marketplace::Wildberries => vec![("wildberries_api_key", words.key_wildberries)],
        Marketplace::Ozon => {
            vec![("ozon_client_id", words.key_client), ("ozon_api_key", words.key_ozon)]
        }
    };
    let fields = parts
        .into_iter()
        .map(|(name, label)| {
            let field = format!("{name}-{id}");
            view! {
                <div class="field">
                    <label for=field.clone()>{label}</label>
                    <input id=field name=name type="text" required autocomplete="off" spellcheck="false"
                        class="mono" />
                </div>
            }
        })
        .collect_view();
    view! {
        <p>{words.key} ": " {status}</p>
        <details class="shop-part" open=!has_key>
            <summary>{if has_key { words.key_new } else { words.key }}</summary>
            <form method="post" action=SetKey::PATH class="form narrow">
                <input type="hidden" name="id" value=id.clone() />
                {fields}
                <button class="button primary">{words.key_save}</button>
            </form>
            <KeyGuide marketplace=shop.marketplace open=!has_key />
        </details>
        {has_key
            .then(|| {
                view! {
                    <Confirm
                        summary=words.key_clear
                        about=shop.name
                        note=words.key_clear_note.to_owned()
                        action=ClearKey::PATH
                        field=("id", id)
                        button=words.key_clear
                    />
                }
            })}
    }
    .into_any()
}
