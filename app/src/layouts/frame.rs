//! The application's frame: rail on wide screens, bottom bar on phones, shop and data age above.
//!
//! The page itself stands outside of any waiting: the frame never hides it. Who is not signed in is
//! sent to the sign-in page.

use crate::{
    api::accounts::{LeaveDemo, Logout},
    components::{icon::Icon, logo, palette::Palette, progress_bar::ProgressBar},
    layouts::{
        account_chip::AccountChip,
        companies::Companies,
        live::{self, LiveBar},
        places::{OPERATORS, PLACES, Place, Stand},
    },
    state::{live::provide_live, renew, session::provide_frame, use_frame, use_text},
};
use domain::Role;
use leptos::{prelude::*, server_fn::ServerFn};
use leptos_router::{
    LazyRoute,
    components::{Outlet, Redirect},
    hooks::use_location,
    lazy_route,
};

/// The route around every page behind the door.
#[derive(Debug)]
pub struct Frame;

#[lazy_route]
impl LazyRoute for Frame {
    fn data() -> Self {
        Self
    }

    fn view(this: Self) -> AnyView {
        let Frame = this;
        view! { <AppFrame /> }.into_any()
    }
}

#[component]
fn AppFrame() -> impl IntoView {
    let frame = provide_frame();
    let live = provide_live();
    renew(move || frame.accounts.refetch());
    Effect::new(move |_| live::begin(live));
    let text = use_text();
    view! {
        // The router would scroll there and leave the keyboard behind.
        <a class="skip" href="#content" rel="external">{text.common().skip}</a>
        <ProgressBar />
        <div class="frame">
            <header class="rail">
                <a class="rail-logo" href="/" aria-label=text.common().name>
                    {logo::logo(text.common().name)}
                </a>
                <AccountChip />
                <Navigation />
                <Palette />
                <Person />
            </header>
            <main id="content" class="content" tabindex="-1">
                <DemoBanner />
                <Outlet />
            </main>
            <LiveBar />
        </div>
    }
    .into_any()
}

#[component]
fn Navigation() -> impl IntoView {
    let text = use_text();
    view! {
        <nav class="nav" aria-label=text.common().navigation>
            <Links stands=&[Stand::Bar, Stand::More] />
            <OperatorsLink />
            <Rest />
        </nav>
    }
    .into_any()
}

/// The way to the operators' area, for them alone.
#[component]
fn OperatorsLink() -> impl IntoView {
    let text = use_text();
    let frame = use_frame();
    let path = use_location().pathname;
    view! {
        <Suspense fallback=|| ()>
            {move || Suspend::new(async move {
                let session = frame.session.await.ok()?;
                let here = move || OPERATORS.is_here(&path.read()).then_some("page");
                session.is_operator.then(|| {
                    view! {
                        <a href=OPERATORS.href class="nav-rest" aria-current=here>
                            {OPERATORS.icon.draw()} <span>{text.common().operator}</span>
                        </a>
                    }
                })
            })}
        </Suspense>
    }
    .into_any()
}

/// The links to the places that stand there. What only some roles see waits for the role; the others are there at once.
#[component]
fn Links(stands: &'static [Stand]) -> impl IntoView {
    let text = use_text();
    let frame = use_frame();
    let path = use_location().pathname;
    let link = move |place: &'static Place| {
        let here = move || place.is_here(&path.read()).then_some("page");
        // A phone's bar holds five: the rest is behind "More".
        let class = (place.stand == Stand::More).then_some("nav-rest");
        view! {
            <a href=place.href class=class aria-current=here>
                {place.icon.draw()} <span>{place.title_in_rail(text)}</span>
            </a>
        }
    };
    PLACES
        .iter()
        .filter(|place| stands.contains(&place.stand))
        .map(|place| {
            if place.is_for(None) {
                return link(place).into_any();
            }
            view! {
                <Suspense fallback=|| ()>
                    {move || Suspend::new(async move {
                        let role: Role = frame.session.await.ok()?.role;
                        place.is_for(Some(role)).then(|| link(place))
                    })}
                </Suspense>
            }
            .into_any()
        })
        .collect_view()
        .into_any()
}

/// "More" of a phone's bar; elsewhere it is not there.
#[component]
fn Rest() -> impl IntoView {
    let text = use_text();
    let path = use_location().pathname;
    let menu = NodeRef::<leptos::html::Details>::new();
    // Closed by the next page; coming alive leaves it as somebody opened it.
    Effect::new(move |before: Option<String>| {
        let here = path.get();
        if before.is_some_and(|before| before != here)
            && let Some(menu) = menu.get_untracked()
        {
            let _ = menu.remove_attribute("open");
        }
        here
    });
    let here = move || {
        let path = path.read();
        let is_here = |place: &&Place| place.stand == Stand::More && place.is_here(&path);
        PLACES.iter().chain([&OPERATORS]).any(|place| is_here(&place)).then_some("true")
    };
    view! {
        <details class="nav-more" node_ref=menu>
            <summary aria-current=here>
                {Icon::More.draw()} <span>{text.today().nav_more}</span>
            </summary>
            <div class="nav-menu">
                <Links stands=&[Stand::More] />
                <OperatorsLink />
            </div>
        </details>
    }
    .into_any()
}

/// Who is signed in, and the way out.
#[component]
fn Person() -> impl IntoView {
    let text = use_text();
    let frame = use_frame();
    view! {
        <Suspense fallback=|| ()>
            {move || Suspend::new(async move {
                let companies = frame.companies.await.unwrap_or_default();
                match frame.session.await {
                    Ok(session) => view! {
                        <div class="person">
                            <span class="person-words">
                                <span class="person-tenant">{session.tenant_name}</span>
                                <span class="person-mail">{session.email}</span>
                            </span>
                            <Companies companies=companies />
                            <form method="post" action=Logout::PATH>
                                <button
                                    class="icon-button"
                                    aria-label=text.common().sign_out
                                    title=text.common().sign_out
                                >
                                    {Icon::Leave.draw()}
                                </button>
                            </form>
                        </div>
                    }
                    .into_any(),
                    Err(failure) if failure.wants_sign_in() => {
                        view! { <Redirect path="/login" /> }.into_any()
                    }
                    Err(_) => ().into_any(),
                }
            })}
        </Suspense>
    }
    .into_any()
}

/// Says that the shop is made up, and until when it is there.
#[component]
fn DemoBanner() -> impl IntoView {
    let text = use_text();
    let frame = use_frame();
    view! {
        <Suspense fallback=|| ()>
            {move || Suspend::new(async move {
                frame.session.await.ok().and_then(|session| session.demo_until).map(|until| {
                    view! {
                        <aside class="demo-banner">
                            <p>
                                {(text.common().demo_until)(&text.moment(until))}
                            </p>
                            <a href="/register" rel="external">{text.common().demo_register}</a>
                            <form method="post" action=LeaveDemo::PATH>
                                <button class="link-button">{text.live().leave_demo}</button>
                            </form>
                        </aside>
                    }
                })
            })}
        </Suspense>
    }
    .into_any()
}
