//! The settings page: sections below each other, each a form of its own.

use super::{company::Company, key::Shop, nav::SettingsHead};
use crate::{
    components::{
        failure::FailureView,
        switches::{LocaleSwitch, ThemeSwitch},
    },
    state::{use_frame, use_text},
};
use domain::Marketplace;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::{LazyRoute, lazy_route};

/// The route.
#[derive(Debug)]
pub struct Settings;

#[lazy_route]
impl LazyRoute for Settings {
    fn data() -> Self {
        Self
    }

    fn view(this: Self) -> AnyView {
        let Settings = this;
        view! { <SettingsPage /> }.into_any()
    }
}

#[component]
fn SettingsPage() -> impl IntoView {
    let text = use_text();
    let frame = use_frame();
    view! {
        <Title text=text.settings().title />
        <SettingsHead />
        <div class="settings">
            <section aria-labelledby="shops">
                <h2 id="shops">{text.settings().shops}</h2>
                <Transition fallback=|| view! { <div class="skeleton-row tall"></div> }>
                    {move || Suspend::new(async move {
                        let role = frame.session.await.map(|session| session.role);
                        match (frame.accounts.await, role) {
                            // The first one, whose key this page has always been for.
                            (Ok(accounts), Ok(role)) => accounts
                                .into_iter()
                                .find(|account| account.marketplace == Marketplace::Wildberries)
                                .map(|account| view! { <Shop account=account role=role /> })
                                .into_any(),
                            (Err(failure), _) | (_, Err(failure)) => {
                                view! { <FailureView failure=failure /> }.into_any()
                            }
                        }
                    })}
                </Transition>
                <p>
                    <a href="/settings/shops">{text.shops().all}</a>
                </p>
            </section>
            <section aria-labelledby="company">
                <h2 id="company">{text.settings().company}</h2>
                <Company />
            </section>
            <section aria-labelledby="looks">
                <h2 id="looks">{text.settings().looks}</h2>
                <div class="looks">
                    <LocaleSwitch />
                    <ThemeSwitch />
                </div>
            </section>
        </div>
    }
    .into_any()
}
