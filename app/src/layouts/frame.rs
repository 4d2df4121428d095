//! The application's frame: rail on wide screens, bottom bar on phones, shop and data age above.
//!
//! The page itself stands outside of any waiting: the frame never hides it. Who is not signed in is
//! sent to the sign-in page.

use crate::{
    api::accounts::Logout,
    components::{icon::Icon, logo, palette::Palette, progress_bar::ProgressBar},
    layouts::{account_chip::AccountChip, companies::Companies},
    state::{session::provide_frame, use_frame, use_text},
};
use domain::Permission;
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
    provide_frame();
    let text = use_text();
    view! {
        <a class="skip" href="#content">{text.common().skip}</a>
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
        </div>
    }
    .into_any()
}

#[component]
fn Navigation() -> impl IntoView {
    let text = use_text();
    let frame = use_frame();
    let path = use_location().pathname;
    let link = move |href: &'static str, icon: Icon, words: &'static str| {
        let here = move || is_here(&path.read(), href).then_some("page");
        view! {
            <a href=href class=place(href) aria-current=here>
                {icon.draw()} <span>{words}</span>
            </a>
        }
    };
    view! {
        <nav class="nav" aria-label=text.common().navigation>
            {link("/", Icon::Today, text.today().nav)}
            {link("/products", Icon::Products, text.common().products)}
            {link("/warehouses", Icon::Warehouses, text.today().nav_warehouses)}
            {link("/orders", Icon::Orders, text.orders().nav)}
            {link("/syncs", Icon::Sync, text.common().syncs)}
            {link("/analytics", Icon::Analytics, text.today().nav_analytics)}
            <Suspense fallback=|| ()>
                {move || Suspend::new(async move {
                    let session = frame.session.await.ok()?;
                    let may = session.role.may(Permission::Administer);
                    may.then(|| link("/audit", Icon::Log, text.audit().nav))
                })}
            </Suspense>
            {link("/settings", Icon::Settings, text.common().settings)}
            <Suspense fallback=|| ()>
                {move || Suspend::new(async move {
                    let session = frame.session.await.ok()?;
                    session.is_operator.then(|| link("/operator", Icon::Key, text.common().operator))
                })}
            </Suspense>
            <Rest />
        </nav>
    }
    .into_any()
}

/// The page itself or one below it; below the first page are all the others.
fn is_here(path: &str, href: &str) -> bool {
    path == href
        || (href != "/" && path.strip_prefix(href).is_some_and(|rest| rest.starts_with('/')))
}

/// A phone's bar holds five: the rest is behind "More".
fn place(href: &str) -> &'static str {
    match href {
        "/warehouses" | "/syncs" | "/audit" | "/settings" | "/operator" => "nav-rest",
        _ => "",
    }
}

/// "More" of a phone's bar; elsewhere it is not there.
#[component]
fn Rest() -> impl IntoView {
    let text = use_text();
    let frame = use_frame();
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
    let link = move |href: &'static str, icon: Icon, words: &'static str| {
        let here = move || is_here(&path.read(), href).then_some("page");
        view! {
            <a href=href aria-current=here>
                {icon.draw()} <span>{words}</span>
            </a>
        }
    };
    let here = move || (place_of(&path.read()) == "nav-rest").then_some("true");
    view! {
        <details class="nav-more" node_ref=menu>
            <summary aria-current=here>
                {Icon::More.draw()} <span>{text.today().nav_more}</span>
            </summary>
            <div class="nav-menu">
                {link("/warehouses", Icon::Warehouses, text.today().nav_warehouses)}
                {link("/syncs", Icon::Sync, text.common().syncs)}
                <Suspense fallback=|| ()>
                    {move || Suspend::new(async move {
                        let session = frame.session.await.ok()?;
                        let may = session.role.may(Permission::Administer);
                        may.then(|| link("/audit", Icon::Log, text.audit().nav))
                    })}
                </Suspense>
                {link("/settings", Icon::Settings, text.common().settings)}
                <Suspense fallback=|| ()>
                    {move || Suspend::new(async move {
                        let session = frame.session.await.ok()?;
                        session
                            .is_operator
                            .then(|| link("/operator", Icon::Key, text.common().operator))
                    })}
                </Suspense>
            </div>
        </details>
    }
    .into_any()
}

/// Where the link of a page is.
fn place_of(path: &str) -> &'static str {
    let behind = ["/warehouses", "/syncs", "/audit", "/settings", "/operator"];
    behind.into_iter().find(|href| is_here(path, href)).map_or("", place)
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
                        </aside>
                    }
                })
            })}
        </Suspense>
    }
    .into_any()
}
