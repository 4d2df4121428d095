//! Where the person is signed in, and how to end it.

use super::words::Outcome;
use crate::{
    api::{
        self,
        people::{EndOtherSignIns, EndSignIn},
    },
    components::{age::Age, failure::FailureView},
    state::{use_flash, use_text},
};
use domain::person::{SignInKind, SignedIn};
use leptos::{prelude::*, server_fn::ServerFn};

/// The list, read by itself.
#[component]
pub fn SignIns() -> impl IntoView {
    let text = use_text();
    let words = text.profile();
    let sign_ins = Resource::new(|| (), |()| api::people::sign_ins());
    let told = use_flash(EndSignIn::PATH).or_else(|| use_flash(EndOtherSignIns::PATH));
    view! {
        <p class="hint">{words.sign_ins_note}</p>
        <Outcome told=told done=words.ended />
        <Transition fallback=|| view! { <div class="skeleton-row tall"></div> }>
            {move || Suspend::new(async move {
                match sign_ins.await {
                    Ok(sign_ins) => view! { <List sign_ins=sign_ins /> }.into_any(),
                    Err(failure) => view! { <FailureView failure=failure /> }.into_any(),
                }
            })}
        </Transition>
    }
    .into_any()
}

#[component]
fn List(sign_ins: Vec<SignedIn>) -> impl IntoView {
    let words = use_text().profile();
    let others = sign_ins.len() > 1;
    view! {
        <ul class="sign-ins">
            {sign_ins.into_iter().map(|sign_in| view! { <One sign_in=sign_in /> }).collect_view()}
        </ul>
        {others
            .then(|| {
                view! {
                    <details class="sure">
                        <summary class="button">{words.end_others}</summary>
                        <p>{words.end_others_note}</p>
                        <form method="post" action=EndOtherSignIns::PATH>
                            <button class="button risk">{words.end_others_do}</button>
                        </form>
                    </details>
                }
            })}
    }
    .into_any()
}

#[component]
fn One(sign_in: SignedIn) -> impl IntoView {
    let text = use_text();
    let words = text.profile();
    let mut device = sign_in.device.unwrap_or_else(|| words.unknown_device.to_owned());
    if sign_in.kind == SignInKind::Api {
        device = format!("{device}, {}", words.over_api);
    }
    let label = (words.end_label)(&device);
    view! {
        <li>
            <div class="sign-in-words">
                <span class="sign-in-device">
                    {device}
                    {sign_in
                        .is_current
                        .then(|| view! { " " <span class="badge fine">{words.this_one}</span> })}
                </span>
                <span class="hint">
                    {words.last_used} " " <Age at=sign_in.last_seen_at /> " · "
                    {(words.began)(&text.moment(sign_in.created_at))} " · "
                    <span class="mono">{sign_in.address}</span>
                </span>
            </div>
            {(!sign_in.is_current)
                .then(|| {
                    view! {
                        <form method="post" action=EndSignIn::PATH>
                            <input type="hidden" name="id" value=sign_in.id.to_string() />
                            <button class="button" aria-label=label>{words.end}</button>
                        </form>
                    }
                })}
        </li>
    }
    .into_any()
}
