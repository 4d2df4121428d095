//! Where a key is made: the steps in the marketplace's cabinet, and each permission with the place where it is ticked.

use crate::state::use_text;
use domain::Marketplace;
use leptos::prelude::*;

/// Open while there is no key; it closes without script.
#[component]
pub fn KeyGuide(
    /// Whose cabinet.
    marketplace: Marketplace,
    /// Whether it is open at first.
    open: bool,
) -> impl IntoView {
    let words = use_text().key_guide();
    let guide = words.of(marketplace);
    let steps = guide.steps.iter().map(|step| view! { <li>{*step}</li> }).collect_view();
    let rows = guide
        .permissions
        .iter()
        .map(|needed| {
            view! {
                <tr>
                    <th scope="row">{needed.name}</th>
                    <td>{needed.brings}</td>
                    <td>{needed.place}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <details class="how-key" open=open>
            <summary>{words.title}</summary>
            <ol>{steps}</ol>
            <table class="key-needs">
                <caption>{words.needed}</caption>
                <thead>
                    <tr>
                        <th scope="col">{words.permission}</th>
                        <th scope="col">{words.brings}</th>
                        <th scope="col">{words.place}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
            <p class="hint">{guide.note}</p>
        </details>
    }
    .into_any()
}
