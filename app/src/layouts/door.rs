//! The narrow page of signing in and up: the form, and nothing to lose oneself in.

use crate::{
    api::accounts::StartDemo,
    components::{
        alert::{Alert, Tone},
        logo,
        switches::LocaleSwitch,
    },
    state::{use_flash, use_text},
};
use leptos::{prelude::*, server_fn::ServerFn};

/// Around a form.
#[component]
pub fn DoorFrame(
    /// The page's heading.
    title: &'static str,
    /// Whether the demo is offered below.
    #[prop(default = true)]
    demo: bool,
    /// The form.
    children: Children,
) -> impl IntoView {
    let text = use_text();
    view! {
        <div class="door">
            <header class="door-head">
                <a href="/" rel="external" aria-label=text.common().name>{logo::logo(text.common().name)}</a>
                <LocaleSwitch />
            </header>
            <main class="door-card" id="content">
                <h1>{title}</h1>
                {children()}
                {demo
                    .then(|| {
                        view! {
                            <p class="door-or">
                                <span>{text.door().or}</span>
                            </p>
                            <DemoForm />
                        }
                    })}
            </main>
        </div>
    }
    .into_any()
}

/// "Look around with demo data", and why it was refused if it was.
#[component]
pub fn DemoForm() -> impl IntoView {
    let text = use_text();
    let refused = use_flash(StartDemo::PATH).and_then(|flash| flash.error);
    view! {
        <form method="post" action=StartDemo::PATH class="demo-form">
            {refused.map(|error| view! { <Alert tone=Tone::Risk>{text.failure(&error)}</Alert> })}
            <button class="button wide">{text.door().demo}</button>
            <p class="hint">{text.door().demo_note}</p>
        </form>
    }
    .into_any()
}
