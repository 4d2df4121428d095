//! The page of a letter's link: a new password. Looking at it uses nothing up; only the form does.

use crate::{
    api::people::ResetPassword,
    components::{
        alert::{Alert, Tone},
        field::{Field, Kind},
    },
    layouts::door::DoorFrame,
    state::{use_flash, use_text},
};
use domain::ApiError;
use leptos::{prelude::*, server_fn::ServerFn};
use leptos_meta::Title;
use leptos_router::{LazyRoute, hooks::use_params_map, lazy_route};

/// The route.
#[derive(Debug)]
pub struct Reset;

#[lazy_route]
impl LazyRoute for Reset {
    fn data() -> Self {
        Self
    }

    fn view(this: Self) -> AnyView {
        let Reset = this;
        view! { <ResetPage /> }.into_any()
    }
}

#[component]
fn ResetPage() -> impl IntoView {
    let text = use_text();
    let words = text.profile();
    let token = use_params_map().read_untracked().get("token").unwrap_or_default();
    let error = use_flash(ResetPassword::PATH).and_then(|flash| flash.error);
    let over = error.as_ref().and_then(|error| error.field("token")).map(|over| text.rule(over));
    view! {
        <Title text=words.reset_title />
        <DoorFrame title=words.reset_title demo=false>
            {match over {
                Some(over) => view! { <Over words=over /> }.into_any(),
                None => view! { <NewPassword token=token error=error /> }.into_any(),
            }}
            <p class="door-other">
                <a href="/login" rel="external">{words.back_to_sign_in}</a>
            </p>
        </DoorFrame>
    }
    .into_any()
}

/// The link is of no use any more; another one is a letter away.
#[component]
fn Over(words: String) -> impl IntoView {
    let text = use_text();
    view! {
        <Alert tone=Tone::Risk>{words}</Alert>
        <p>
            <a class="button primary wide" href="/forgot" rel="external">
                {text.profile().ask_again}
            </a>
        </p>
    }
    .into_any()
}

#[component]
fn NewPassword(token: String, error: Option<ApiError>) -> impl IntoView {
    let text = use_text();
    let words = text.profile();
    let said =
        error.as_ref().filter(|error| error.errors.is_empty()).map(|error| text.failure(error));
    view! {
        {said.map(|said| view! { <Alert tone=Tone::Risk>{said}</Alert> })}
        <form method="post" action=ResetPassword::PATH class="form">
            <input type="hidden" name="token" value=token />
            <Field
                name="password"
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
            <button class="button primary wide">{words.reset_do}</button>
        </form>
    }
    .into_any()
}
