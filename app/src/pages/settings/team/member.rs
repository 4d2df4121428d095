//! One person of the company, and what may be done about them.

use super::RoleSelect;
use crate::{
    api::team::{Leave, Remove, SetRole, Transfer},
    components::{age::Age, confirm::Confirm},
    state::use_text,
};
use domain::{Role, team::Member};
use leptos::{prelude::*, server_fn::ServerFn};

/// The person.
#[component]
pub fn Person(
    /// Who.
    member: Member,
    /// The role of whoever looks.
    own: Role,
) -> impl IntoView {
    let text = use_text();
    let words = text.team();
    let name = member.email.clone().unwrap_or_else(|| words.nameless.to_owned());
    let manages = own.covers(member.role);
    let id = member.user_id.to_string();
    // The own role is given away by handing over, or by another owner.
    let role = if manages && !member.is_you {
        let select = format!("role-{id}");
        view! {
            <form method="post" action=SetRole::PATH class="person-role">
                <input type="hidden" name="id" value=id.clone() />
                <RoleSelect id=select label=(words.role_of)(&name) most=own chosen=member.role />
                <button class="button">{words.change_role}</button>
            </form>
        }
        .into_any()
    } else {
        view! { <span class="person-role">{words.role_name(member.role)}</span> }.into_any()
    };
    let seen = match member.last_used_at {
        Some(at) => view! { <Age at=at /> }.into_any(),
        None => words.not_lately.into_any(),
    };
    view! {
        <li class="person-row">
            <div class="person-who">
                <span class="person-name">{name.clone()}</span>
                {member.is_you.then(|| view! { <span class="badge">{words.you}</span> })}
                <span class="sub">
                    {words.since} " " {text.date(member.since)} " · " {words.last_used} " " {seen}
                </span>
            </div>
            {role}
            <div class="person-actions">
                {(own == Role::Owner && !member.is_you)
                    .then(|| {
                        view! {
                            <Confirm
                                summary=words.transfer
                                about=name.clone()
                                note=(words.transfer_note)(&name)
                                action=Transfer::PATH
                                field=("id", id.clone())
                                button=words.transfer_confirm
                            />
                        }
                    })}
                {if member.is_you {
                    view! {
                        <Confirm
                            summary=words.leave
                            about=name.clone()
                            note=words.leave_note.to_owned()
                            action=Leave::PATH
                            button=words.leave_confirm
                        />
                    }
                        .into_any()
                } else if manages {
                    view! {
                        <Confirm
                            summary=words.remove
                            about=name.clone()
                            note=(words.remove_note)(&name)
                            action=Remove::PATH
                            field=("id", id.clone())
                            button=words.remove_confirm
                        />
                    }
                        .into_any()
                } else {
                    ().into_any()
                }}
            </div>
        </li>
    }
    .into_any()
}
