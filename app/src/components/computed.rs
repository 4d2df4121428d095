//! A number that can say how it was computed: formula, this product's inputs, source and age.

use crate::state::use_text;
use leptos::prelude::*;

/// One of a page's main numbers.
#[component]
pub fn Measure(
    /// What it is.
    label: &'static str,
    /// The number. Erased: a type for each would cost the browser a copy of this component each.
    value: AnyView,
    /// Its unit.
    #[prop(optional)]
    unit: &'static str,
    /// The colour of its state.
    #[prop(optional)]
    tone: &'static str,
    /// Formula, inputs, source: a paragraph each.
    how: Vec<String>,
) -> impl IntoView {
    let text = use_text();
    view! {
        <div class="measure">
            <dt>{label}</dt>
            <dd>
                <span class=format!("measure-value {tone}")>
                    {value} " " <span class="unit">{unit}</span>
                </span>
                <details class="how">
                    <summary aria-label=format!("{}: {label}", text.product().how)>
                        {text.product().how}
                    </summary>
                    <div class="how-text">
                        {how.into_iter().map(|line| view! { <p>{line}</p> }).collect_view()}
                    </div>
                </details>
            </dd>
        </div>
    }
    .into_any()
}
