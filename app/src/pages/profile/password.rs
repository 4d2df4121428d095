//! Another password, for who knows the present one.

use super::words::Outcome;
use crate::{
    api::people::ChangePassword,
    components::field::{Field, Kind},
    state::{use_flash, use_text},
};
use leptos::{prelude::*, server_fn::ServerFn};

/// The form.
#[component]
pub fn Password(
    /// When it was last changed, in words.
    changed: String,
    /// Whose it is: password managers want to know.
    email: String,
) -> impl IntoView {
    let text = use_text();
    let words = text.profile();
    let told = use_flash(ChangePassword::PATH);
    let error = told.as_ref().and_then(|flash| flash.error.clone());
    // A mistake of a field is said beside it.
    let above =
        told.filter(|flash| flash.error.as_ref().is_none_or(|error| error.errors.is_empty()));
    view! {
        <p class="hint">{(words.password_changed)(&changed)}</p>
        <Outcome told=above done=words.password_done />
        <form method="post" action=ChangePassword::PATH class="form narrow">
            <input type="hidden" autocomplete="username" value=email />
            <Field
                name="current_password"
                label=words.current_password
                kind=Kind {
                    input: "password",
                    autocomplete: "current-password",
                    ..Kind::default()
                }
                error=error.clone()
            />
            <Field
                name="new_password"
                label=words.new_password
                hint=text.door().password_hint
                kind=Kind {
                    input: "password",
                    autocomplete: "new-password",
                    min: Some(8),
                    max: Some(128),
                }
                error=error
            />
            <p class="hint">{words.password_note}</p>
            <button class="button">{words.change_password}</button>
        </form>
    }
    .into_any()
}
