//! Sign-in. A plain form: a refusal comes back as a page with the e-mail still in it.

use super::farewell::Farewell;
use crate::{
    api::{
        accounts::{Login as LoginForm, LoginCode, Logout},
        people::ResetPassword,
    },
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
pub struct Login;

#[lazy_route]
impl LazyRoute for Login {
    fn data() -> Self {
        Self
    }

    fn view(this: Self) -> AnyView {
        let Login = this;
        view! { <LoginPage /> }.into_any()
    }
}

#[component]
fn LoginPage() -> impl IntoView {
    let text = use_text();
    let told = use_flash(LoginForm::PATH);
    let left = use_flash(Logout::PATH).filter(|flash| flash.error.is_none());
    // The second step took too long, and led back to the first.
    let late = use_flash(LoginCode::PATH).filter(|flash| flash.error.is_some());
    let renewed = use_flash(ResetPassword::PATH).filter(|flash| flash.error.is_none());
    let email = told.as_ref().and_then(|flash| flash.value("email")).unwrap_or_default();
    let error = told.and_then(|flash| flash.error);
    let words = error.as_ref().map(|error| match error.code {
        ErrorCode::AuthenticationError => text.door().wrong_password.to_owned(),
        _ => text.failure(error),
    });
    let kind = |input, autocomplete| Kind { input, autocomplete, ..Kind::default() };
    view! {
        <Title text=text.door().sign_in_title />
        <DoorFrame title=text.door().sign_in_title>
            {left.map(|_| view! { <Alert tone=Tone::Fine>{text.door().signed_out}</Alert> })}
            {renewed.map(|_| view! { <Alert tone=Tone::Fine>{text.profile().reset_done}</Alert> })}
            {late.map(|_| view! { <Alert tone=Tone::Warning>{text.profile().code_late}</Alert> })}
            <Farewell />
            {words.map(|words| view! { <Alert tone=Tone::Risk>{words}</Alert> })}
            <form method="post" action=LoginForm::PATH class="form">
                <Field
                    name="email"
                    label=text.door().email
                    kind=kind("email", "username")
                    value=email
                    error=error.clone()
                />
                <Field
                    name="password"
                    label=text.door().password
                    kind=kind("password", "current-password")
                    error=error
                />
                <button class="button primary wide">{text.door().sign_in}</button>
            </form>
            <p class="door-other">
                <a href="/forgot" rel="external">{text.profile().forgot_link}</a>
            </p>
            <p class="door-other">
                {text.door().no_account} " "
                <a href="/register" rel="external">{text.door().register}</a>
            </p>
        </DoorFrame>
    }
    .into_any()
}
