//! An invitation: which company, which role; with a new account or the one that is signed in. Plain forms, no script.

use crate::{
    api::{
        self,
        invitations::{Accept, Join, SignInFirst},
    },
    components::{
        alert::{Alert, Tone},
        field::{Field, Kind},
    },
    layouts::door::DoorFrame,
    state::{set_page_status, use_flash, use_text},
};
use domain::{ErrorCode, invitation::InvitationPreview};
use leptos::{prelude::*, server_fn::ServerFn};
use leptos_meta::{Meta, Title};
use leptos_router::{LazyRoute, hooks::use_params_map, lazy_route};

/// The route.
#[derive(Debug)]
pub struct Invite;

#[lazy_route]
impl LazyRoute for Invite {
    fn data() -> Self {
        Self
    }

    fn view(this: Self) -> AnyView {
        let Invite = this;
        view! { <InvitePage /> }.into_any()
    }
}

#[component]
fn InvitePage() -> impl IntoView {
    let text = use_text();
    let words = text.team();
    let token = use_params_map().read_untracked().get("token").unwrap_or_default();
    let asked = token.clone();
    let preview = Resource::new(|| (), move |()| api::invitations::look_up(asked.as_str().into()));
    let session = Resource::new(|| (), |()| api::accounts::session());
    view! {
        <Title text=words.join_title />
        <Meta name="robots" content="noindex" />
        <DoorFrame title=words.join_title demo=false>
            <Suspense fallback=|| view! { <div class="skeleton-row tall"></div> }>
                {move || {
                    let token = token.clone();
                    Suspend::new(async move {
                        let email = session.await.ok().and_then(|session| session.email);
                        match (preview.await, email) {
                            (Ok(preview), Some(email)) => {
                                view! { <Welcome preview=preview token=token email=email /> }.into_any()
                            }
                            (Ok(preview), None) => {
                                view! { <Stranger preview=preview token=token /> }.into_any()
                            }
                            (Err(failure), _) if failure.0.code == ErrorCode::NotFound => {
                                set_page_status(404);
                                view! {
                                    <Alert tone=Tone::Warning>
                                        <p>{words.join_gone}</p>
                                        <p>{words.join_gone_hint}</p>
                                    </Alert>
                                    <p class="door-other">
                                        <a href="/login" rel="external">{text.profile().back_to_sign_in}</a>
                                    </p>
                                }
                                .into_any()
                            }
                            (Err(failure), _) => {
                                set_page_status(failure.0.status);
                                view! { <Alert tone=Tone::Risk>{text.failure(&failure.0)}</Alert> }.into_any()
                            }
                        }
                    })
                }}
            </Suspense>
        </DoorFrame>
    }
    .into_any()
}

/// Who is signed in needs one button.
#[component]
fn Welcome(preview: InvitationPreview, token: String, email: String) -> impl IntoView {
    let text = use_text();
    let words = text.team();
    let error = use_flash(Accept::PATH).and_then(|flash| flash.error);
    view! {
        <p>{(words.join_lead)(&preview.tenant_name, words.role_name(preview.role))}</p>
        <p class="door-lead">{(words.join_as)(&email)}</p>
        {error.map(|error| view! { <Alert tone=Tone::Risk>{text.failure(&error)}</Alert> })}
        <form method="post" action=Accept::PATH class="form">
            <input type="hidden" name="token" value=token />
            <button class="button primary wide">{words.join}</button>
        </form>
    }
    .into_any()
}

/// Who isn't makes an account, or signs in and comes back.
#[component]
fn Stranger(preview: InvitationPreview, token: String) -> impl IntoView {
    let text = use_text();
    let words = text.team();
    let told = use_flash(Join::PATH);
    let typed = told.as_ref().and_then(|flash| flash.value("email"));
    let email = typed.or(preview.email).unwrap_or_default();
    let error = told.and_then(|flash| flash.error);
    let refused = error.as_ref().map(|error| match error.code {
        ErrorCode::Conflict => text.door().taken.to_owned(),
        _ => text.failure(error),
    });
    view! {
        <p>{(words.join_lead)(&preview.tenant_name, words.role_name(preview.role))}</p>
        <p class="door-lead">{words.join_new}</p>
        {refused.map(|words| view! { <Alert tone=Tone::Risk>{words}</Alert> })}
        <form method="post" action=Join::PATH class="form">
            <input type="hidden" name="token" value=token.clone() />
            <Field
                name="email"
                label=text.door().email
                kind=Kind { input: "email", autocomplete: "username", ..Kind::default() }
                value=email
                error=error.clone()
            />
            <Field
                name="password"
                label=text.door().password
                hint=text.door().password_hint
                kind=Kind {
                    input: "password",
                    autocomplete: "new-password",
                    min: Some(8),
                    max: Some(128),
                }
                error=error
            />
            <button class="button primary wide">{words.join}</button>
        </form>
        <p class="door-or">
            <span>{words.join_have}</span>
        </p>
        <form method="post" action=SignInFirst::PATH>
            <input type="hidden" name="token" value=token />
            <button class="button wide">{words.join_sign_in}</button>
        </form>
    }
    .into_any()
}
