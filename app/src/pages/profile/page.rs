//! The profile: address, password, second factor, sign-ins, each a section of its own.

use super::{password::Password, sign_ins::SignIns, words::Outcome};
use crate::{
    api::{self, people::AskForVerification},
    components::{
        alert::{Alert, Tone},
        failure::FailureView,
    },
    pages::settings::SettingsHead,
    state::{use_flash, use_text},
};
use domain::person;
use leptos::{prelude::*, server_fn::ServerFn};
use leptos_meta::Title;
use leptos_router::{LazyRoute, lazy_route};

/// The route.
#[derive(Debug)]
pub struct Profile;

#[lazy_route]
impl LazyRoute for Profile {
    fn data() -> Self {
        Self
    }

    fn view(this: Self) -> AnyView {
        let Profile = this;
        view! { <ProfilePage /> }.into_any()
    }
}

#[component]
fn ProfilePage() -> impl IntoView {
    let text = use_text();
    let profile = Resource::new(|| (), |()| api::people::profile());
    view! {
        <Title text=text.profile().nav />
        <SettingsHead />
        <div class="settings">
            <Transition fallback=|| view! { <div class="skeleton-row tall"></div> }>
                {move || Suspend::new(async move {
                    match profile.await {
                        Ok(profile) => view! { <Sections profile=profile /> }.into_any(),
                        Err(failure) => view! { <FailureView failure=failure /> }.into_any(),
                    }
                })}
            </Transition>
            <section aria-labelledby="sign-ins">
                <h2 id="sign-ins">{text.profile().sign_ins}</h2>
                <SignIns />
            </section>
        </div>
    }
    .into_any()
}

#[component]
fn Sections(profile: person::Profile) -> impl IntoView {
    let text = use_text();
    let words = text.profile();
    let Some(email) = profile.email else {
        return view! {
            <section aria-labelledby="account">
                <h2 id="account">{words.account}</h2>
                <Alert tone=Tone::Note>{words.demo_note}</Alert>
            </section>
        }
        .into_any();
    };
    let changed = text.date(profile.password_changed_at);
    view! {
        <section aria-labelledby="account">
            <h2 id="account">{words.account}</h2>
            <Address
                email=email.clone()
                verified=profile.email_verified_at.is_some()
                created=text.date(profile.created_at)
            />
        </section>
        <section aria-labelledby="password">
            <h2 id="password">{words.password}</h2>
            <Password changed=changed email=email />
        </section>
        <section aria-labelledby="factor">
            <h2 id="factor">{words.factor}</h2>
            <Factor factor=profile.second_factor />
        </section>
    }
    .into_any()
}

#[component]
fn Address(email: String, verified: bool, created: String) -> impl IntoView {
    let words = use_text().profile();
    let told = use_flash(AskForVerification::PATH);
    let (tone, state) =
        if verified { (Tone::Fine, words.verified) } else { (Tone::Warning, words.not_verified) };
    view! {
        <dl class="facts">
            <div>
                <dt>{words.email}</dt>
                <dd class="address">
                    <span>{email}</span>
                    <span class=format!("badge {}", tone.class())>{tone.icon().draw()} {state}</span>
                </dd>
            </div>
            <div>
                <dt>{words.since}</dt>
                <dd>{created}</dd>
            </div>
        </dl>
        <Outcome told=told done=words.letter_sent />
        {(!verified)
            .then(|| {
                view! {
                    <form method="post" action=AskForVerification::PATH>
                        <button class="button">{words.send_letter}</button>
                    </form>
                }
            })}
    }
    .into_any()
}

#[component]
fn Factor(factor: Option<person::SecondFactor>) -> impl IntoView {
    let text = use_text();
    let words = text.profile();
    let (state, action) = match &factor {
        Some(factor) => ((words.factor_on)(&text.date(factor.since)), words.factor_manage),
        None => (words.factor_off.to_owned(), words.factor_set_up),
    };
    view! {
        <p>{state}</p>
        {factor.map(|factor| view! { <p class="hint">{(words.codes_left)(factor.recovery_codes_left)}</p> })}
        <p>
            <a class="button" href="/settings/profile/second-factor">{action}</a>
        </p>
    }
    .into_any()
}
