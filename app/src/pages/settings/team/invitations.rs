//! Links that let somebody in: making one, and those that nobody has used yet.

use super::RoleSelect;
use crate::{
    api::invitations::{Create, Revoke},
    components::{
        confirm::Confirm,
        field::{Field, Kind},
        once::Once,
        told::Told,
    },
    state::{use_flash, use_text},
};
use domain::{Role, invitation::Invitation};
use leptos::{prelude::*, server_fn::ServerFn};

/// What the last form about invitations said, above the page: a new link must not be overlooked.
#[component]
pub fn Invited() -> impl IntoView {
    let words = use_text().team();
    let told = use_flash(Create::PATH);
    let link = told.as_ref().and_then(|flash| flash.value("link")).unwrap_or_default();
    let refused =
        told.filter(|flash| flash.error.as_ref().is_some_and(|error| error.errors.is_empty()));
    view! {
        {(!link.is_empty())
            .then(|| view! { <Once words=words.invited label=words.invite_link code=link /> })}
        <Told flash=refused done=words.invited />
        <Told flash=use_flash(Revoke::PATH) done=words.taken_back />
    }
    .into_any()
}

/// The form and the list.
#[component]
pub fn Invitations(
    /// Those that are open.
    open: Vec<Invitation>,
    /// The role of whoever looks.
    own: Role,
) -> impl IntoView {
    let words = use_text().team();
    let told = use_flash(Create::PATH);
    let typed = |field| told.as_ref().and_then(|flash| flash.value(field)).unwrap_or_default();
    let email = typed("email");
    let chosen = typed("role").parse().unwrap_or(Role::User);
    let error = told.and_then(|flash| flash.error);
    view! {
        <p class="hint">{words.invitations_note}</p>
        <form method="post" action=Create::PATH class="form narrow">
            <Field
                name="email"
                label=words.invite_email
                hint=words.invite_email_hint
                kind=Kind { input: "email", autocomplete: "off", max: Some(254), ..Kind::default() }
                optional=true
                value=email
                error=error
            />
            <div class="field">
                <label for="invite-role">{words.role}</label>
                <RoleSelect id="invite-role" most=own chosen=chosen notes=true />
            </div>
            <button class="button primary">{words.invite}</button>
        </form>
        <OpenOnes open=open own=own />
    }
    .into_any()
}

#[component]
fn OpenOnes(open: Vec<Invitation>, own: Role) -> impl IntoView {
    let text = use_text();
    let words = text.team();
    if open.is_empty() {
        return ().into_any();
    }
    let rows = open.into_iter().map(|invitation| {
        let name = invitation.email.clone().unwrap_or_else(|| words.anybody.to_owned());
        let until = (words.good_until)(&text.moment(invitation.expires_at));
        view! {
            <li class="person-row">
                <div class="person-who">
                    <span class="person-name">{name.clone()}</span>
                    <span class="sub">{words.role_name(invitation.role)} " · " {until}</span>
                </div>
                <div class="person-actions">
                    {own
                        .covers(invitation.role)
                        .then(|| {
                            view! {
                                <Confirm
                                    summary=words.take_back
                                    about=name
                                    note=String::new()
                                    action=Revoke::PATH
                                    field=("id", invitation.id.to_string())
                                    button=words.take_back
                                />
                            }
                        })}
                </div>
            </li>
        }
    });
    view! {
        <h3>{words.open_invitations}</h3>
        <ul class="people">{rows.collect_view()}</ul>
    }
    .into_any()
}
