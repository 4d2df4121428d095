//! A labelled field of a form: hint and mistake are tied to it for screen readers.

use crate::state::use_text;
use domain::ApiError;
use leptos::prelude::*;

/// What the browser may fill in, and how it checks before sending.
#[derive(Clone, Copy, Default)]
pub struct Kind {
    /// `type` of the input.
    pub input: &'static str,
    /// `autocomplete`.
    pub autocomplete: &'static str,
    /// Fewest characters, if there is such a rule.
    pub min: Option<u32>,
    /// Most characters.
    pub max: Option<u32>,
}

/// The field.
#[component]
pub fn Field(
    /// Its name in the form.
    name: &'static str,
    /// Its label.
    label: &'static str,
    /// Help below it.
    #[prop(optional)]
    hint: Option<&'static str>,
    /// What kind of text it takes.
    kind: Kind,
    /// Whether it may stay empty.
    #[prop(optional)]
    optional: bool,
    /// What stands in it at first.
    #[prop(optional)]
    value: String,
    /// What the form's last answer said.
    #[prop(into)]
    error: Signal<Option<ApiError>>,
) -> impl IntoView {
    let text = use_text();
    let (hint_id, error_id) = (format!("{name}-hint"), format!("{name}-error"));
    let mistake = Memo::new(move |_| {
        error.with(|error| error.as_ref()?.field(name).map(|mistake| text.rule(mistake)))
    });
    let described = {
        let error_id = error_id.clone();
        let hint_id = hint.map(|_| hint_id.clone());
        move || match (mistake.read().is_some(), &hint_id) {
            (true, Some(hint)) => Some(format!("{error_id} {hint}")),
            (true, None) => Some(error_id.clone()),
            (false, hint) => hint.clone(),
        }
    };
    view! {
        <div class="field">
            <label for=name>{label}</label>
            <input
                id=name
                name=name
                type=kind.input
                autocomplete=kind.autocomplete
                minlength=kind.min
                maxlength=kind.max
                required=!optional
                value=value
                aria-invalid=move || mistake.read().is_some().then_some("true")
                aria-describedby=described
            />
            {move || mistake.get().map(|words| view! { <p class="mistake" id=error_id.clone()>{words}</p> })}
            {hint.map(|words| view! { <p class="hint" id=hint_id>{words}</p> })}
        </div>
    }
    .into_any()
}
