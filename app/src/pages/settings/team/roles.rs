//! A choice among the roles that the person may hand out.

use crate::state::use_text;
use domain::Role;
use leptos::prelude::*;

/// The choice.
#[component]
pub fn RoleSelect(
    /// The id of the control.
    #[prop(into)]
    id: String,
    /// Its label; `None`: the label stands beside it.
    #[prop(optional)]
    label: Option<String>,
    /// The highest role to choose.
    most: Role,
    /// What is chosen at first.
    chosen: Role,
    /// Whether each role says what it may do.
    #[prop(optional)]
    notes: bool,
) -> impl IntoView {
    let text = use_text();
    let options = Role::ALL.into_iter().filter(|role| most.covers(*role)).map(|role| {
        let name = text.team().role_name(role);
        let words = if notes {
            format!("{name} — {}", text.team().role_note(role))
        } else {
            name.to_owned()
        };
        view! {
            <option value=role.as_str() selected={role == chosen}>
                {words}
            </option>
        }
    });
    view! {
        <select id=id name="role" aria-label=label>
            {options.collect_view()}
        </select>
    }
    .into_any()
}
