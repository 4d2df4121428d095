//! The first page for who is not signed in: what this is, and two ways in. Signed in, it leads on.

use crate::{
    api,
    components::{
        cover::CoverBar,
        logo,
        photo::Photo,
        sparkline::Sparkline,
        switches::{LocaleSwitch, ThemeSwitch},
    },
    layouts::door::DemoForm,
    state::use_text,
};
use domain::demand::Cover;
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
                        Ok(_) => view! { <Redirect path="/" /> }.into_any(),
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
    let points = text.door().points.map(|(title, words)| {
        view! {
            <li>
                <h2>{title}</h2>
                <p>{words}</p>
            </li>
        }
    });
    view! {
        <Title text=text.door().headline />
        <div class="landing">
            <header class="door-head">
                {logo::logo(text.common().name)}
                <nav class="landing-nav">
                    <LocaleSwitch />
                    <a class="button" href="/login" rel="external">{text.door().sign_in}</a>
                </nav>
            </header>
            <main id="content">
                <section class="hero">
                    <div class="hero-words">
                    <h1>{text.door().headline}</h1>
                    <p class="lead">{text.door().lead}</p>
                    <div class="hero-actions">
                        <DemoForm />
                        <a class="button primary" href="/register" rel="external">{text.door().register}</a>
                    </div>
                    </div>
                    <Picture />
                </section>
                <ul class="points">{points}</ul>
            </main>
            <footer class="landing-foot">
                <ThemeSwitch />
            </footer>
        </div>
    }
    .into_any()
}

/// A piece of the product itself, drawn with its own parts.
#[component]
fn Picture() -> impl IntoView {
    let text = use_text();
    let stocks: [(i64, &[i64]); 5] = [
        (61, &[90, 84, 79, 70, 66, 58, 51, 44, 40, 31, 26, 19, 14, 9]),
        (0, &[60, 55, 47, 40, 36, 27, 20, 12, 6, 0, 0, 0, 0, 0]),
        (183, &[50, 41, 30, 22, 12, 3, 0, 0, 80, 74, 70, 61, 55, 49]),
        (410, &[20, 14, 8, 4, 90, 88, 85, 81, 78, 74, 72, 69, 66, 62]),
        (745, &[99, 98, 96, 96, 94, 93, 91, 90, 90, 88, 87, 85, 84, 84]),
    ];
    let rows = text.door().sample.into_iter().zip(stocks).map(|(title, (tenths, stock))| {
        let cover = if tenths == 0 { Cover::OutOfStock } else { Cover::Days { tenths } };
        let values = stock.iter().copied().map(Some).collect::<Vec<_>>();
        view! {
            <div class="sample-row">
                <Photo url=None title=title.to_owned() article=title.to_owned() />
                <span class="sample-title">{title}</span>
                <Sparkline values=values />
                <CoverBar cover=cover />
            </div>
        }
    });
    view! {
        <div class="sample" aria-hidden="true" inert>
            <div class="sample-row sample-head">
                <span></span>
                <span>{text.products().product}</span>
                <span>{text.products().stock}</span>
                <span>{text.products().cover} ", " {text.products().days_unit}</span>
            </div>
            {rows.collect_view()}
        </div>
    }
    .into_any()
}
