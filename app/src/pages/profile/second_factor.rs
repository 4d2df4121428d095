//! The second factor: switched on in two steps, changed, switched off. Plain forms; what they made is on the next page.

use super::words::Outcome;
use crate::{
    api::{
        self,
        people::{
            BeginSecondFactor, ConfirmSecondFactor, ReplaceRecoveryCodes, SwitchOffSecondFactor,
        },
    },
    components::{
        alert::{Alert, Tone},
        copyable::Copyable,
        failure::FailureView,
        icon::Icon,
    },
    pages::settings::SettingsHead,
    state::{use_flash, use_text},
};
use domain::person::{self, SecondFactorSetup, SecondFactorState};
use leptos::{prelude::*, server_fn::ServerFn};
use leptos_meta::Title;
use leptos_router::{LazyRoute, lazy_route};

/// The route.
#[derive(Debug)]
pub struct SecondFactor;

#[lazy_route]
impl LazyRoute for SecondFactor {
    fn data() -> Self {
        Self
    }

    fn view(this: Self) -> AnyView {
        let SecondFactor = this;
        view! { <FactorPage /> }.into_any()
    }
}

#[component]
fn FactorPage() -> impl IntoView {
    let text = use_text();
    let state = Resource::new(|| (), |()| api::people::second_factor());
    view! {
        <Title text=text.profile().factor_title />
        <SettingsHead />
        <div class="settings">
            <section aria-labelledby="factor">
                <h2 id="factor">{text.profile().factor_title}</h2>
                <div class="factor">
                    <Transition fallback=|| view! { <div class="skeleton-row tall"></div> }>
                        {move || Suspend::new(async move {
                            match state.await {
                                Ok(state) => view! { <State state=state /> }.into_any(),
                                Err(failure) => view! { <FailureView failure=failure /> }.into_any(),
                            }
                        })}
                    </Transition>
                    <a class="back" href="/settings/profile">
                        {Icon::Left.draw()}
                        {text.profile().back}
                    </a>
                </div>
            </section>
        </div>
    }
    .into_any()
}

#[component]
fn State(state: SecondFactorState) -> impl IntoView {
    let words = use_text().profile();
    if !state.has_password {
        return view! { <Alert tone=Tone::Note>{words.demo_note}</Alert> }.into_any();
    }
    let SecondFactorState { in_use, setup, recovery_codes, .. } = state;
    if !recovery_codes.is_empty() {
        return view! { <Codes codes=recovery_codes /> }.into_any();
    }
    match (in_use, setup) {
        (Some(factor), _) => view! { <InUse factor=factor /> }.into_any(),
        (None, Some(setup)) => view! { <Setup setup=setup /> }.into_any(),
        (None, None) => view! { <Begin /> }.into_any(),
    }
}

/// The password first: a stolen sign-in must not bind the account to a thief's phone.
#[component]
fn Begin() -> impl IntoView {
    let words = use_text().profile();
    let told = use_flash(BeginSecondFactor::PATH).filter(|flash| flash.error.is_some());
    view! {
        <p>{words.factor_why}</p>
        <Outcome told=told done="" />
        <form method="post" action=BeginSecondFactor::PATH class="form narrow">
            <PasswordField id="begin-password" />
            <button class="button primary">{words.begin}</button>
        </form>
    }
    .into_any()
}

#[component]
fn Setup(setup: SecondFactorSetup) -> impl IntoView {
    let words = use_text().profile();
    let told = use_flash(ConfirmSecondFactor::PATH).filter(|flash| flash.error.is_some());
    let spaced = setup
        .secret
        .as_bytes()
        .chunks(4)
        .map(|group| String::from_utf8_lossy(group).into_owned())
        .collect::<Vec<_>>()
        .join(" ");
    view! {
        <p>{words.scan}</p>
        <div class="qr" role="img" aria-label=words.qr_label inner_html=setup.qr_svg></div>
        <p class="secret">
            {words.or_type} " " <Copyable label=words.secret.to_owned() code=spaced />
        </p>
        <Outcome told=told done="" />
        <form method="post" action=ConfirmSecondFactor::PATH class="form narrow">
            <CodeField id="confirm-code" label=words.code hint=words.code_hint />
            <button class="button primary">{words.confirm}</button>
        </form>
    }
    .into_any()
}

#[component]
fn Codes(codes: Vec<String>) -> impl IntoView {
    let words = use_text().profile();
    view! {
        <Alert tone=Tone::Fine>{words.factor_done}</Alert>
        <h3>{words.codes_title}</h3>
        <p>{words.codes_note}</p>
        <ul class="codes">
            {codes.into_iter().map(|code| view! { <li><code>{code}</code></li> }).collect_view()}
        </ul>
        <p>
            <a class="button primary" href="/settings/profile">{words.codes_saved}</a>
        </p>
    }
    .into_any()
}

#[component]
fn InUse(factor: person::SecondFactor) -> impl IntoView {
    let text = use_text();
    let words = text.profile();
    let replaced = use_flash(ReplaceRecoveryCodes::PATH).filter(|flash| flash.error.is_some());
    let off = use_flash(SwitchOffSecondFactor::PATH).filter(|flash| flash.error.is_some());
    let (replace_open, off_open) = (replaced.is_some(), off.is_some());
    view! {
        <p>{(words.factor_on)(&text.date(factor.since))}</p>
        <p class="hint">{(words.codes_left)(factor.recovery_codes_left)}</p>
        <details class="sure" open=replace_open>
            <summary class="button">{words.new_codes}</summary>
            <p>{words.new_codes_note}</p>
            <Outcome told=replaced done="" />
            <form method="post" action=ReplaceRecoveryCodes::PATH class="form narrow">
                <PasswordField id="codes-password" />
                <CodeField id="codes-code" label=words.code_or_recovery />
                <button class="button">{words.make_codes}</button>
            </form>
        </details>
        <details class="sure" open=off_open>
            <summary class="button">{words.switch_off}</summary>
            <p>{words.switch_off_note}</p>
            <Outcome told=off done="" />
            <form method="post" action=SwitchOffSecondFactor::PATH class="form narrow">
                <PasswordField id="off-password" />
                <CodeField id="off-code" label=words.code_or_recovery />
                <button class="button risk">{words.switch_off_do}</button>
            </form>
        </details>
    }
    .into_any()
}

/// Several forms of this page ask for a password: each field has an id of its own.
#[component]
fn PasswordField(id: &'static str) -> impl IntoView {
    let words = use_text().profile();
    view! {
        <div class="field">
            <label for=id>{words.begin_password}</label>
            <input id=id name="password" type="password" autocomplete="current-password" required />
        </div>
    }
    .into_any()
}

#[component]
fn CodeField(
    id: &'static str,
    label: &'static str,
    #[prop(optional)] hint: Option<&'static str>,
) -> impl IntoView {
    let hint_id = format!("{id}-hint");
    view! {
        <div class="field">
            <label for=id>{label}</label>
            <input
                id=id
                name="code"
                type="text"
                autocomplete="one-time-code"
                maxlength="64"
                spellcheck="false"
                required
                aria-describedby=hint.map(|_| hint_id.clone())
            />
            {hint.map(|words| view! { <p class="hint" id=hint_id>{words}</p> })}
        </div>
    }
    .into_any()
}
