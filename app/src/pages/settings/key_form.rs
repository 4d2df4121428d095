//! Pasting a key, with where to get one. What the marketplace says of it is shown at once.

use super::key_guide::KeyGuide;
use crate::{
    api::tenants::UpdateCredentials,
    components::icon::Icon,
    state::{use_flash, use_frame, use_text},
};
use domain::Marketplace;
use leptos::{prelude::*, server_fn::ServerFn};

/// The form.
#[component]
pub fn KeyForm(
    /// Whether there is one already.
    has_key: bool,
) -> impl IntoView {
    let (text, frame) = (use_text(), use_frame());
    let update = ServerAction::<UpdateCredentials>::new();
    let told = use_flash(UpdateCredentials::PATH).and_then(|flash| flash.error);
    let error = Memo::new(move |_| match update.value().get() {
        Some(Err(failure)) => Some(failure.0),
        Some(Ok(_)) => None,
        None => told.clone(),
    });
    Effect::new(move |_| {
        if matches!(update.value().get(), Some(Ok(_))) {
            frame.accounts.refetch();
        }
    });
    let mistake = move || {
        error.get().map(|error| match error.field("wildberries_api_key") {
            Some(mistake) => text.rule(mistake),
            None => text.failure(&error),
        })
    };
    let described = move || if error.read().is_some() { "key-error key-hint" } else { "key-hint" };
    let (label, action) = if has_key {
        (text.settings().paste_new, text.settings().replace)
    } else {
        (text.settings().paste, text.settings().connect)
    };
    view! {
        <ActionForm action=update>
            <div class="form">
                <div class="field">
                    <label for="key">{label}</label>
                    <textarea
                        id="key"
                        name="wildberries_api_key"
                        rows="3"
                        required
                        spellcheck="false"
                        autocomplete="off"
                        class="mono"
                        aria-invalid=move || error.read().is_some().then_some("true")
                        aria-describedby=described
                    ></textarea>
                    {move || mistake().map(|words| view! { <p class="mistake" id="key-error">{words}</p> })}
                    <p class="hint" id="key-hint">{text.settings().paste_hint}</p>
                </div>
                <button class="button primary" disabled=move || update.pending().get()>
                    {Icon::Key.draw()}
                    {action}
                </button>
            </div>
        </ActionForm>
        {has_key
            .then(|| {
                view! {
                    <ActionForm action=update>
                        <input type="hidden" name="remove" value="true" />
                        <button class="quiet-button">{text.settings().remove}</button>
                    </ActionForm>
                }
            })}
        <KeyGuide marketplace=Marketplace::Wildberries open=!has_key />
    }
    .into_any()
}
