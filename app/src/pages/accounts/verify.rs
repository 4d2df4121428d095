//! The page of a letter's link: one button proves the address. Programs that look at links in letters press none.

use crate::{
    api::people::VerifyEmail,
    components::alert::{Alert, Tone},
    layouts::door::DoorFrame,
    state::{use_flash, use_text},
};
use leptos::{prelude::*, server_fn::ServerFn};
use leptos_meta::Title;
use leptos_router::{LazyRoute, hooks::use_params_map, lazy_route};

/// The route.
#[derive(Debug)]
pub struct Verify;

#[lazy_route]
impl LazyRoute for Verify {
    fn data() -> Self {
        Self
    }

    fn view(this: Self) -> AnyView {
        let Verify = this;
        view! { <VerifyPage /> }.into_any()
    }
}

#[component]
fn VerifyPage() -> impl IntoView {
    let text = use_text();
    let words = text.profile();
    let token = use_params_map().read_untracked().get("token").unwrap_or_default();
    let told = use_flash(VerifyEmail::PATH);
    let done = told.as_ref().is_some_and(|flash| flash.error.is_none());
    let error = told.and_then(|flash| flash.error);
    let over = error.as_ref().is_some_and(|error| error.field("token").is_some());
    let said = error.map(|error| match error.field("token") {
        Some(over) => text.rule(over),
        None => text.failure(&error),
    });
    view! {
        <Title text=words.verify_title />
        <DoorFrame title=words.verify_title demo=false>
            {said.map(|said| view! { <Alert tone=Tone::Risk>{said}</Alert> })}
            {if done {
                view! {
                    <Alert tone=Tone::Fine>{words.verify_done}</Alert>
                    <p>
                        <a class="button primary wide" href="/products" rel="external">
                            {words.to_products}
                        </a>
                    </p>
                }
                    .into_any()
            } else if over {
                view! {
                    <p>
                        <a class="button primary wide" href="/settings/profile" rel="external">
                            {words.verify_again}
                        </a>
                    </p>
                }
                    .into_any()
            } else {
                view! {
                    <p class="door-lead">{words.verify_lead}</p>
                    <form method="post" action=VerifyEmail::PATH class="form">
                        <input type="hidden" name="token" value=token />
                        <button class="button primary wide">{words.verify_do}</button>
                    </form>
                }
                    .into_any()
            }}
        </DoorFrame>
    }
    .into_any()
}
