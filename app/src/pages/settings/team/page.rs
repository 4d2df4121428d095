//! The page: people, then invitations.

use super::{
    invitations::{Invitations, Invited},
    member::Person,
};
use crate::{
    api::{
        self,
        team::{Leave, Remove, SetRole, Transfer},
    },
    components::{failure::FailureView, told::Told},
    pages::settings::nav::SettingsHead,
    state::{use_flash, use_frame, use_text},
};
use leptos::{prelude::*, server_fn::ServerFn};
use leptos_meta::Title;
use leptos_router::{LazyRoute, lazy_route};

/// The route.
#[derive(Debug)]
pub struct Team;

#[lazy_route]
impl LazyRoute for Team {
    fn data() -> Self {
        Self
    }

    fn view(this: Self) -> AnyView {
        let Team = this;
        view! { <TeamPage /> }.into_any()
    }
}

#[component]
fn TeamPage() -> impl IntoView {
    let words = use_text().team();
    let frame = use_frame();
    let members = Resource::new(|| (), |()| api::team::members());
    let open = Resource::new(|| (), |()| api::invitations::list());
    view! {
        <Title text=words.title />
        <SettingsHead />
        <Told flash=use_flash(SetRole::PATH) done=words.changed />
        <Told flash=use_flash(Transfer::PATH) done=words.transferred />
        <Told flash=use_flash(Remove::PATH) done=words.removed />
        <Told flash=use_flash(Leave::PATH) done=words.left />
        <Invited />
        <Transition fallback=|| view! { <div class="skeleton-row tall"></div> }>
            {move || Suspend::new(async move {
                let role = frame.session.await.map(|session| session.role);
                match (members.await, open.await, role) {
                    (Ok(members), Ok(open), Ok(own)) => view! {
                        <div class="settings">
                            <section aria-labelledby="members">
                                <h2 id="members">{words.members}</h2>
                                <ul class="people">
                                    {members
                                        .into_iter()
                                        .map(|member| view! { <Person member=member own=own /> })
                                        .collect_view()}
                                </ul>
                            </section>
                            <section aria-labelledby="invitations">
                                <h2 id="invitations">{words.invitations}</h2>
                                <Invitations open=open own=own />
                            </section>
                        </div>
                    }
                    .into_any(),
                    (Err(failure), _, _) | (_, Err(failure), _) | (_, _, Err(failure)) => {
                        view! { <FailureView failure=failure /> }.into_any()
                    }
                }
            })}
        </Transition>
    }
    .into_any()
}
