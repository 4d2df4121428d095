//! The company's shops: what each is, how old its data is, when it is read, its key; and connecting another.

mod connect;
mod edit;
mod key;
mod remove;
mod shop;

use super::nav::SettingsHead;
use crate::{
    api::{
        self,
        shops::{Change, ClearKey, Connect, Remove, SetKey},
    },
    components::{failure::FailureView, told::Told},
    state::{use_flash, use_frame, use_text},
};
use connect::ConnectShop;
use domain::{Permission, Realm};
use leptos::{prelude::*, server_fn::ServerFn};
use leptos_meta::Title;
use leptos_router::{LazyRoute, lazy_route};
use shop::ShopView;

/// The route.
#[derive(Debug)]
pub struct Shops;

#[lazy_route]
impl LazyRoute for Shops {
    fn data() -> Self {
        Self
    }

    fn view(this: Self) -> AnyView {
        let Shops = this;
        view! { <ShopsPage /> }.into_any()
    }
}

#[component]
fn ShopsPage() -> impl IntoView {
    let words = use_text().shops();
    let frame = use_frame();
    let shops = Resource::new(|| (), |()| api::tenants::accounts());
    view! {
        <Title text=words.title />
        <SettingsHead />
        <Told flash=use_flash(Connect::PATH) done=words.connected />
        <Told flash=use_flash(Change::PATH) done=words.saved />
        <Told flash=use_flash(SetKey::PATH) done=words.key_saved />
        <Told flash=use_flash(ClearKey::PATH) done=words.key_cleared />
        <Told flash=use_flash(Remove::PATH) done=words.removed />
        <Transition fallback=|| view! { <div class="skeleton-row tall"></div> }>
            {move || Suspend::new(async move {
                let role = frame.session.await.map(|session| session.role);
                match (shops.await, role) {
                    (Ok(shops), Ok(role)) => {
                        let operates = role.may(Permission::Operate);
                        // A demo's shop is the demo: nothing is connected beside it.
                        let is_demo = shops.iter().any(|shop| shop.realm == Realm::Demo);
                        let names: Vec<_> =
                            shops.iter().map(|shop| (shop.id, shop.name.clone())).collect();
                        view! {
                            <div class="settings">
                                <p class="hint">{words.lead}</p>
                                {shops
                                    .into_iter()
                                    .map(|shop| {
                                        view! { <ShopView shop=shop operates=operates names=names.clone() /> }
                                    })
                                    .collect_view()}
                                {(operates && !is_demo).then(|| view! { <ConnectShop /> })}
                            </div>
                        }
                        .into_any()
                    }
                    (Err(failure), _) | (_, Err(failure)) => {
                        view! { <FailureView failure=failure /> }.into_any()
                    }
                }
            })}
        </Transition>
    }
    .into_any()
}
