//! The second step of signing in: a code. A plain form, no script.

use crate::{
    api::accounts::LoginCode as CodeForm,
    components::{
        alert::{Alert, Tone},
        field::{Field, Kind},
    },
    layouts::door::DoorFrame,
    state::{use_flash, use_text},
};
use domain::ErrorCode;
use leptos::{prelude::*, server_fn::ServerFn};
use leptos_meta::Title;
use leptos_router::{LazyRoute, lazy_route};

/// The route.
#[derive(Debug)]
pub struct LoginCode;

#[lazy_route]
impl LazyRoute for LoginCode {
    fn data() -> Self {
        Self
    }

    fn view(this: Self) -> AnyView {
        let LoginCode = this;
        view! { <CodePage /> }.into_any()
    }
}

#[component]
fn CodePage() -> impl IntoView {
    let text = use_text();
    let words = text.profile();
    let error = use_flash(CodeForm::PATH).and_then(|flash| flash.error);
    let said = error.as_ref().map(|error| match error.code {
        ErrorCode::AuthenticationError => words.code_wrong.to_owned(),
        _ => text.failure(error),
    });
    let kind =
        Kind { input: "text", autocomplete: "one-time-code", max: Some(64), ..Kind::default() };
    view! {
        <Title text=words.code_title />
        <DoorFrame title=words.code_title demo=false>
            {said.map(|said| view! { <Alert tone=Tone::Risk>{said}</Alert> })}
            <p class="door-lead">{words.code_lead}</p>
            <form method="post" action=CodeForm::PATH class="form">
                <Field
                    name="code"
                    label=words.code
                    hint=words.code_lost
                    kind=kind
                    error=error
                />
                <button class="button primary wide">{text.door().sign_in}</button>
            </form>
            <p class="door-other">
                <a href="/login" rel="external">{words.back_to_sign_in}</a>
            </p>
        </DoorFrame>
    }
    .into_any()
}
