//! The pages by address: a line a page. Every page but the front door is split off and fetched when
//! it is first wanted.

use crate::{layouts::frame::Frame, pages, state};
use leptos::prelude::*;
use leptos_meta::{Title, provide_meta_context};
use leptos_router::{
    Lazy, SsrMode,
    components::{ParentRoute, Route, Router, Routes},
    path,
};

/// The application: the same on both sides.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    state::preferences::provide_preferences();
    state::clock::provide_now();
    state::flash::provide_flash();
    let progress = state::progress::provide_progress();
    view! {
        <Title formatter=|title: String| {
            if title.is_empty() { "Stock Tracker".to_owned() } else { format!("{title} · Stock Tracker") }
        } />
        <Router set_is_routing=progress.routing>
            <Routes fallback=pages::not_found::NotFound>
                <Route path=path!("/welcome") view={Lazy::<pages::landing::Landing>::new()} ssr=SsrMode::Async />
                <Route path=path!("/login") view={Lazy::<pages::accounts::Login>::new()} ssr=SsrMode::Async />
                <Route path=path!("/register") view={Lazy::<pages::accounts::Register>::new()} ssr=SsrMode::Async />
                <Route path=path!("/login/code") view={Lazy::<pages::accounts::LoginCode>::new()} ssr=SsrMode::Async />
                <Route path=path!("/forgot") view={Lazy::<pages::accounts::Forgot>::new()} ssr=SsrMode::Async />
                <Route path=path!("/reset/:token") view={Lazy::<pages::accounts::Reset>::new()} ssr=SsrMode::Async />
                <Route path=path!("/verify/:token") view={Lazy::<pages::accounts::Verify>::new()} ssr=SsrMode::Async />
                <Route path=path!("/invite/:token") view={Lazy::<pages::accounts::Invite>::new()} ssr=SsrMode::Async />
                <ParentRoute path=path!("") view={Lazy::<Frame>::new()} ssr=SsrMode::Async>
                    <Route path=path!("/") view={Lazy::<pages::today::Today>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/warehouses") view={Lazy::<pages::warehouses::Warehouses>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/analytics") view={Lazy::<pages::analytics::Analytics>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/settings/orders") view={Lazy::<pages::settings::Orders>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/orders") view={Lazy::<pages::orders::Orders>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/sales") view={Lazy::<pages::sales::Sales>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/past") view={Lazy::<pages::past::Past>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/products") view={Lazy::<pages::products::List>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/products/links") view={Lazy::<pages::links::Links>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/products/:id") view={Lazy::<pages::products::Detail>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/syncs") view={Lazy::<pages::syncs::List>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/syncs/:id") view={Lazy::<pages::syncs::Detail>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/settings") view={Lazy::<pages::settings::Settings>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/settings/profile") view={Lazy::<pages::profile::Profile>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/settings/profile/second-factor") view={Lazy::<pages::profile::SecondFactor>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/settings/team") view={Lazy::<pages::settings::Team>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/settings/keys") view={Lazy::<pages::settings::Keys>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/settings/danger") view={Lazy::<pages::settings::Danger>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/audit") view={Lazy::<pages::audit::Audit>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/operator") view={Lazy::<pages::operator::Overview>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/operator/tenants") view={Lazy::<pages::operator::Tenants>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/operator/tenants/:id") view={Lazy::<pages::operator::Tenant>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/operator/queue") view={Lazy::<pages::operator::Queue>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/operator/quarantine") view={Lazy::<pages::operator::Quarantine>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/operator/log") view={Lazy::<pages::operator::Log>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/settings/shops") view={Lazy::<pages::settings::Shops>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/settings/usage") view={Lazy::<pages::settings::Usage>::new()} ssr=SsrMode::Async />
                </ParentRoute>
            </Routes>
        </Router>
    }
}
