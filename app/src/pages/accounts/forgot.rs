//! A forgotten password: the address goes in, the same answer comes out for every one.

use crate::{
    api::people::ForgotPassword,
    components::{
        alert::{Alert, Tone},
        field::{Field, Kind},
    },
    layouts::door::DoorFrame,
    state::{use_flash, use_text},
};
use leptos::{prelude::*, server_fn::ServerFn};
use leptos_meta::Title;
use leptos_router::{LazyRoute, lazy_route};

/// The route.
#[derive(Debug)]
pub struct Forgot;

#[lazy_route]
impl LazyRoute for Forgot {
    fn data() -> Self {
        Self
    }

    fn view(this: Self) -> AnyView {
        let Forgot = this;
        view! { <ForgotPage /> }.into_any()
    }
}

#[component]
fn ForgotPage() -> impl IntoView {
    let text = use_text();
    let words = text.profile();
    let told = use_flash(ForgotPassword::PATH);
    let sent = told.as_ref().is_some_and(|flash| flash.error.is_none());
    let email = told.as_ref().and_then(|flash| flash.value("email")).unwrap_or_default();
    let error = told.and_then(|flash| flash.error);
    let said = error.as_ref().map(|error| text.failure(error));
    view! {
        <Title text=words.forgot_title />
        <DoorFrame title=words.forgot_title demo=false>
            {sent.then(|| view! { <Alert tone=Tone::Fine>{words.forgot_sent}</Alert> })}
            {said.map(|said| view! { <Alert tone=Tone::Risk>{said}</Alert> })}
            <p class="door-lead">{words.forgot_lead}</p>
            <form method="post" action=ForgotPassword::PATH class="form">
                <Field
                    name="email"
                    label=text.door().email
                    kind=Kind { input: "email", autocomplete: "username", ..Kind::default() }
                    value=email
                    error=error
                />
                <button class="button primary wide">{words.forgot_send}</button>
            </form>
            <p class="door-other">
                <a href="/login" rel="external">{words.back_to_sign_in}</a>
            </p>
        </DoorFrame>
    }
    .into_any()
}
