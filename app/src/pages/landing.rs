//! The first page for who is not signed in: what this is, and two ways in. Signed in, it leads on.

use crate::{
    api,
    components::{
        logo,
        switches::{LocaleSwitch, ThemeSwitch},
    },
    layouts::door::DemoForm,
    state::use_text,
};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::{LazyRoute, components::Redirect, lazy_route};

/// The route.
#[derive(Debug)]
pub struct Landing;

#[lazy_route]
impl LazyRoute for Landing {
    fn data() -> Self {
        Self
    }

    fn view(this: Self) -> AnyView {
        let Landing = this;
        let session = Resource::new(|| (), |()| api::accounts::session());
        view! {
            <Suspense fallback=|| ()>
                {move || Suspend::new(async move {
                    match session.await {
                        Ok(_) => view! { <Redirect path="/products" /> }.into_any(),
                        Err(_) => view! { <Welcome /> }.into_any(),
                    }
                })}
            </Suspense>
        }
        .into_any()
    }
}

#[component]
fn Welcome() -> impl IntoView {
    let text = use_text();
    let points = text.door.points.map(|(title, words)| {
        view! {
            <li>
                <h2>{title}</h2>
                <p>{words}</p>
            </li>
        }
    });
    view! {
        <Title text=text.door.headline />
        <div class="landing">
            <header class="door-head">
                {logo::logo(text.common.name)}
                <nav class="landing-nav">
                    <LocaleSwitch />
                    <a class="button" href="/login" rel="external">{text.door.sign_in}</a>
                </nav>
            </header>
            <main id="content">
                <section class="hero">
                    <h1>{text.door.headline}</h1>
                    <p class="lead">{text.door.lead}</p>
                    <div class="hero-actions">
                        <DemoForm />
                        <a class="button primary" href="/register" rel="external">{text.door.register}</a>
                    </div>
                </section>
                <Picture />
                <ul class="points">{points}</ul>
            </main>
            <footer class="landing-foot">
                <ThemeSwitch />
            </footer>
        </div>
    }
}

/// A stock that runs down and is filled up again: the product in one line.
#[component]
fn Picture() -> impl IntoView {
    view! {
        <svg class="hero-picture" viewBox="0 0 960 220" preserveAspectRatio="none" aria-hidden="true">
            <path class="spark-out" d="M348 0h72v220h-72Z" />
            <path
                class="spark-area"
                d="M0 60 60 84 120 96 180 132 240 150 300 190 348 220H420V40L480 58 540 92 600 104 660 140 720 148 780 178 840 60 900 76 960 96V220H0Z"
            />
            <path
                class="spark-line"
                d="M0 60 60 84 120 96 180 132 240 150 300 190 348 218H420V40L480 58 540 92 600 104 660 140 720 148 780 178 840 60 900 76 960 96"
            />
        </svg>
    }
}
