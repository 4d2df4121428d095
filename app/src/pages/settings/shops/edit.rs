//! A shop's name, colour and schedule.

use crate::{
    api::shops::Change,
    state::{use_flash, use_text},
};
use domain::{account::Account, shop::Colour};
use leptos::{prelude::*, server_fn::ServerFn};

/// The form; open after it was refused.
#[component]
pub fn Edit(
    /// The shop.
    shop: Account,
) -> impl IntoView {
    let words = use_text().shops();
    let id = shop.id.to_string();
    let told = use_flash(Change::PATH)
        .filter(|flash| flash.error.is_some() && flash.value("id").as_deref() == Some(&*id));
    let cron = told.as_ref().and_then(|flash| flash.value("cron"));
    let cron = cron.or_else(|| shop.schedule.cron.clone()).unwrap_or_default();
    let field = |name: &str| format!("{name}-{id}");
    let colours = Colour::ALL
        .into_iter()
        .map(|colour| {
            view! {
                <option value=colour.as_str() selected={colour == shop.colour}>
                    {(words.colours)(colour)}
                </option>
            }
        })
        .collect_view();
    view! {
        <details class="shop-part" open=told.is_some()>
            <summary>{words.change}</summary>
            <form method="post" action=Change::PATH class="form narrow">
                <input type="hidden" name="id" value=id.clone() />
                <div class="field">
                    <label for=field("name")>{words.name}</label>
                    <input id=field("name") name="name" type="text" maxlength="100" autocomplete="off"
                        value=shop.name aria-describedby=field("name-hint") />
                    <p class="hint" id=field("name-hint")>{words.name_hint}</p>
                </div>
                <div class="field">
                    <label for=field("colour")>{words.colour}</label>
                    <select id=field("colour") name="colour">{colours}</select>
                </div>
                <label class="check">
                    <input type="checkbox" name="automatic" value="true" checked=shop.schedule.automatic
                        aria-describedby=field("automatic-hint") />
                    {words.automatic}
                </label>
                <p class="hint" id=field("automatic-hint")>{words.automatic_hint}</p>
                <div class="field">
                    <label for=field("cron")>{words.cron}</label>
                    <input id=field("cron") name="cron" type="text" maxlength="100" autocomplete="off"
                        class="mono" value=cron aria-describedby=field("cron-hint") />
                    <p class="hint" id=field("cron-hint")>{words.cron_hint}</p>
                </div>
                <button class="button primary">{words.save}</button>
            </form>
        </details>
    }
    .into_any()
}
