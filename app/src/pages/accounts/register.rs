//! Registration: a company and its owner in one plain form.

use crate::{
    api::accounts::Register as RegisterForm,
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
use leptos_router::{LazyRoute, hooks::use_query_map, lazy_route};

/// The route.
#[derive(Debug)]
pub struct Register;

#[lazy_route]
impl LazyRoute for Register {
    fn data() -> Self {
        Self
    }

    fn view(this: Self) -> AnyView {
        let Register = this;
        view! { <RegisterPage /> }.into_any()
    }
}

#[component]
fn RegisterPage() -> impl IntoView {
    let text = use_text();
    let told = use_flash(RegisterForm::PATH);
    let invitation = use_query_map().read_untracked().get("invitation");
    let typed = |field| told.as_ref().and_then(|flash| flash.value(field)).unwrap_or_default();
    let (email, company) = (typed("email"), typed("company_name"));
    let error = told.and_then(|flash| flash.error);
    let words = error.as_ref().map(|error| match error.code {
        ErrorCode::Conflict => text.door().taken.to_owned(),
        _ => text.failure(error),
    });
    view! {
        <Title text=text.door().register_title />
        <DoorFrame title=text.door().register_title>
            {words.map(|words| view! { <Alert tone=Tone::Risk>{words}</Alert> })}
            {invitation.is_some().then(|| view! { <p class="hint">{text.team().by_invitation}</p> })}
            <form method="post" action=RegisterForm::PATH class="form">
                {invitation
                    .map(|token| view! { <input type="hidden" name="invitation" value=token /> })}
                <Field
                    name="company_name"
                    label=text.door().company
                    hint=text.door().company_hint
                    kind=Kind {
                        input: "text",
                        autocomplete: "organization",
                        min: Some(2),
                        max: Some(255),
                    }
                    value=company
                    error=error.clone()
                />
                <Field
                    name="email"
                    label=text.door().email
                    kind=Kind { input: "email", autocomplete: "username", ..Kind::default() }
                    value=email
                    error=error.clone()
                />
                <Field
                    name="password"
                    label=text.door().password
                    hint=text.door().password_hint
                    kind=Kind {
                        input: "password",
                        autocomplete: "new-password",
                        min: Some(8),
                        max: Some(128),
                    }
                    error=error
                />
                <Marketplaces />
                <button class="button primary wide">{text.door().register}</button>
            </form>
            <p class="door-other">
                {text.door().have_account} " "
                <a href="/login" rel="external">{text.door().sign_in}</a>
            </p>
        </DoorFrame>
    }
    .into_any()
}

#[component]
fn Marketplaces() -> impl IntoView {
    let text = use_text();
    view! {
        <fieldset class="choices" aria-describedby="marketplace-hint">
            <legend>{text.door().marketplace}</legend>
            <label>
                <input type="radio" name="marketplace_type" value="wildberries" checked />
                "Wildberries"
            </label>
            <label>
                <input type="radio" name="marketplace_type" value="ozon" />
                "Ozon"
            </label>
            <p class="hint" id="marketplace-hint">{text.door().marketplace_hint}</p>
        </fieldset>
    }
    .into_any()
}
