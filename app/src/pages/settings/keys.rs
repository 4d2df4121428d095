//! API keys: making one, and those that there are.

use super::{nav::SettingsHead, team::RoleSelect};
use crate::{
    api::{
        self,
        keys::{Create, Revoke},
    },
    components::{
        age::Age,
        confirm::Confirm,
        failure::FailureView,
        field::{Field, Kind},
        once::Once,
        told::Told,
    },
    state::{use_flash, use_frame, use_now, use_text},
};
use domain::{Role, api_key::ApiKey};
use leptos::{prelude::*, server_fn::ServerFn};
use leptos_meta::Title;
use leptos_router::{LazyRoute, lazy_route};

/// The route.
#[derive(Debug)]
pub struct Keys;

#[lazy_route]
impl LazyRoute for Keys {
    fn data() -> Self {
        Self
    }

    fn view(this: Self) -> AnyView {
        let Keys = this;
        view! { <KeysPage /> }.into_any()
    }
}

#[component]
fn KeysPage() -> impl IntoView {
    let words = use_text().team();
    let frame = use_frame();
    let keys = Resource::new(|| (), |()| api::keys::list());
    view! {
        <Title text=words.keys_title />
        <SettingsHead />
        <Said />
        <Transition fallback=|| view! { <div class="skeleton-row tall"></div> }>
            {move || Suspend::new(async move {
                let role = frame.session.await.map(|session| session.role);
                match (keys.await, role) {
                    (Ok(keys), Ok(own)) => view! {
                        <div class="settings">
                            <section aria-labelledby="keys">
                                <h2 id="keys">{words.keys_title}</h2>
                                <p class="hint">
                                    {words.keys_lead} " "
                                    <a href="/docs" rel="external">{words.keys_docs}</a>
                                </p>
                                <List keys=keys own=own />
                            </section>
                            <section aria-labelledby="new-key">
                                <h2 id="new-key">{words.key_new}</h2>
                                <NewKey own=own />
                            </section>
                        </div>
                    }
                    .into_any(),
                    (Err(failure), _) | (_, Err(failure)) => {
                        view! { <FailureView failure=failure /> }.into_any()
                    }
                }
            })}
        </Transition>
    }
    .into_any()
}

/// What the last form said; a new key must not be overlooked.
#[component]
fn Said() -> impl IntoView {
    let words = use_text().team();
    let told = use_flash(Create::PATH);
    let key = told.as_ref().and_then(|flash| flash.value("key")).unwrap_or_default();
    let refused = told
        .filter(|flash| flash.error.as_ref().is_some_and(|error| error.field("name").is_none()));
    view! {
        {(!key.is_empty())
            .then(|| view! { <Once words=words.key_made label=words.key_label code=key /> })}
        <Told flash=refused done=words.key_made />
        <Told flash=use_flash(Revoke::PATH) done=words.key_revoked />
    }
    .into_any()
}

#[component]
fn NewKey(own: Role) -> impl IntoView {
    let words = use_text().team();
    let told = use_flash(Create::PATH);
    let typed = |field| told.as_ref().and_then(|flash| flash.value(field)).unwrap_or_default();
    let name = typed("name");
    let chosen = typed("role").parse().unwrap_or(Role::Viewer);
    let error = told.and_then(|flash| flash.error);
    let lives = ["30", "90", "365", ""].into_iter().zip(words.key_lives);
    view! {
        <form method="post" action=Create::PATH class="form narrow">
            <Field
                name="name"
                label=words.key_name
                hint=words.key_name_hint
                kind=Kind { input: "text", autocomplete: "off", min: None, max: Some(100) }
                value=name
                error=error
            />
            <div class="field">
                <label for="key-role">{words.role}</label>
                <RoleSelect id="key-role" most=own chosen=chosen notes=true />
            </div>
            <div class="field">
                <label for="key-life">{words.key_life}</label>
                <select id="key-life" name="expires_in_days">
                    {lives
                        .map(|(days, words)| {
                            view! {
                                <option value=days selected={days == "365"}>
                                    {words}
                                </option>
                            }
                        })
                        .collect_view()}
                </select>
            </div>
            <button class="button primary">{words.key_make}</button>
        </form>
    }
    .into_any()
}

#[component]
fn List(keys: Vec<ApiKey>, own: Role) -> impl IntoView {
    let words = use_text().team();
    if keys.is_empty() {
        return view! { <p class="hint">{words.no_keys}</p> }.into_any();
    }
    let rows = keys.into_iter().map(|key| view! { <Row key=key own=own /> }).collect_view();
    view! { <ul class="people">{rows}</ul> }.into_any()
}

#[component]
fn Row(key: ApiKey, own: Role) -> impl IntoView {
    let (text, now) = (use_text(), use_now());
    let words = text.team();
    let used = match key.last_used_at {
        Some(at) => view! { <span>{words.key_last_used} " " <Age at=at /></span> }.into_any(),
        None => words.key_never_used.into_any(),
    };
    let life = match key.expires_at {
        Some(at) if at <= now.get_untracked() => {
            view! { <span class="badge risk">{words.key_ended}</span> }.into_any()
        }
        Some(at) => format!("{} {}", words.key_ends, text.date(at)).into_any(),
        None => words.key_endless.into_any(),
    };
    let maker = key.made_by.map(|who| format!(" · {}", (words.key_by)(&who)));
    view! {
        <li class="person-row">
            <div class="person-who">
                <span class="person-name">{key.name.clone()}</span>
                <span class="sub">
                    <code>{key.prefix} "…"</code> " · " {words.role_name(key.role)} " · " {life}
                </span>
                <span class="sub">{used} {maker}</span>
            </div>
            <div class="person-actions">
                {own
                    .covers(key.role)
                    .then(|| {
                        view! {
                            <Confirm
                                summary=words.key_revoke
                                about=key.name
                                note=words.key_revoke_note.to_owned()
                                action=Revoke::PATH
                                field=("id", key.id.to_string())
                                button=words.key_revoke_confirm
                            />
                        }
                    })}
            </div>
        </li>
    }
    .into_any()
}
