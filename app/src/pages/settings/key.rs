//! A shop and its key: what kind it is, until when it lives, what it may do and what is missing.

use super::key_form::KeyForm;
use crate::{
    components::{
        age::Age,
        alert::{Alert, Tone},
        icon::Icon,
    },
    state::{use_now, use_text},
};
use domain::{
    Permission, Realm, Role,
    account::{Account, KeyCheck, KeyKind, KeyScope, KeyStatus, ScopeGrant},
};
use leptos::prelude::*;

/// The shop.
#[component]
pub fn Shop(
    /// Which.
    account: Account,
    /// Who looks at it.
    role: Role,
) -> impl IntoView {
    let text = use_text();
    if account.realm == Realm::Demo {
        return view! {
            <h3 class="shop-name">{account.name}</h3>
            <Alert tone=Tone::Note>{text.settings().demo_note}</Alert>
        }
        .into_any();
    }
    let has_key = account.key.is_some();
    view! {
        <h3 class="shop-name">{account.name}</h3>
        {match account.key {
            Some(key) => view! { <Key key_check=key /> }.into_any(),
            None => view! { <p class="hint">{text.settings().no_key}</p> }.into_any(),
        }}
        {role.may(Permission::Operate).then(|| view! { <KeyForm has_key=has_key /> })}
    }
    .into_any()
}

#[component]
fn Key(key_check: KeyCheck) -> impl IntoView {
    let text = use_text();
    let check = key_check;
    let (status, tone) = match check.status {
        KeyStatus::Valid => (text.settings().status_valid, Tone::Fine),
        KeyStatus::Invalid => (text.settings().status_invalid, Tone::Risk),
        KeyStatus::Malformed => (text.settings().status_malformed, Tone::Risk),
        KeyStatus::Unreachable => (text.settings().status_unreachable, Tone::Warning),
    };
    let kind = check.kind.map(|kind| match kind {
        KeyKind::Base => (text.settings().kind_base, Some(text.settings().kind_base_note)),
        KeyKind::Test => (text.settings().kind_test, Some(text.settings().kind_test_note)),
        KeyKind::Personal => {
            (text.settings().kind_personal, Some(text.settings().kind_personal_note))
        }
        KeyKind::Service => (text.settings().kind_service, None),
    });
    let read_only = check
        .read_only
        .map(|only| if only { text.settings().read_only } else { text.settings().read_write });
    let note = kind.and_then(|(_, note)| note);
    view! {
        <dl class="facts">
            <div>
                <dt>{text.settings().key}</dt>
                <dd>
                    <span class=format!("badge {}", tone.class())>{tone.icon().draw()} {status}</span>
                </dd>
            </div>
            {check
                .seller_name
                .map(|name| view! { <div><dt>{text.settings().seller}</dt> <dd>{name}</dd></div> })}
            {kind
                .map(|(name, _)| view! { <div><dt>{text.settings().kind}</dt> <dd>{name}</dd></div> })}
            {check.expires_at.map(|at| view! { <Expiry at=at /> })}
            <div>
                <dt>{text.settings().checked}</dt>
                <dd><Age at=check.checked_at /></dd>
            </div>
        </dl>
        {note.map(|note| view! { <Alert tone=Tone::Warning>{note}</Alert> })}
        {(!check.scopes.is_empty()).then(|| view! { <Scopes scopes=check.scopes /> })}
        {read_only.map(|words| view! { <p class="hint">{words}</p> })}
    }
    .into_any()
}

#[component]
fn Expiry(at: chrono::DateTime<chrono::Utc>) -> impl IntoView {
    let (text, now) = (use_text(), use_now());
    let left = (at - now.get_untracked()).num_days();
    let (words, tone) = match left {
        ..0 => (text.settings().expired.to_owned(), "risk"),
        0..14 => ((text.settings().days_left)(left), "warning"),
        _ => ((text.settings().days_left)(left), "quiet"),
    };
    view! {
        <div>
            <dt>{text.settings().lives_until}</dt>
            <dd>
                {text.date(at)} " " <span class=format!("sub {tone}")>{words}</span>
            </dd>
        </div>
    }
    .into_any()
}

/// The categories of the marketplace's own form, in its order.
#[component]
fn Scopes(scopes: Vec<ScopeGrant>) -> impl IntoView {
    let text = use_text();
    let rows = scopes.into_iter().map(|grant| {
        let index =
            KeyScope::ALL.iter().position(|scope| *scope == grant.scope).unwrap_or_default();
        let (icon, tone, words) = match (grant.granted, grant.needed) {
            (true, _) => (Icon::Done, "fine", text.settings().granted),
            (false, true) => (Icon::Wrong, "risk", text.settings().missing_needed),
            (false, false) => (Icon::Clock, "quiet", text.settings().missing_optional),
        };
        view! {
            <li class=tone>
                {icon.draw()} <span class="scope-name">{text.settings().scope_names[index]}</span>
                <span class="sub">{text.settings().scope_for[index]} " · " {words}</span>
            </li>
        }
    });
    view! {
        <h4>{text.settings().scopes}</h4>
        <ul class="scopes">{rows.collect_view()}</ul>
    }
    .into_any()
}
