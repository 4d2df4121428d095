//! A panel behind a button: `details`, so that it opens without script. Escape closes it; opening one closes the others.

use leptos::{ev::KeyboardEvent, html, prelude::*};

/// The button and its panel.
#[component]
pub fn Menu(
    /// What the button says.
    label: &'static str,
    /// A number beside it: how much is set in there.
    #[prop(optional, into)]
    count: Signal<usize>,
    /// The class of the whole.
    #[prop(optional)]
    class: &'static str,
    /// To close it from outside.
    #[prop(optional)]
    node: NodeRef<html::Details>,
    /// What is in it.
    children: Children,
) -> impl IntoView {
    let summary = NodeRef::<html::Summary>::new();
    let escape = move |event: KeyboardEvent| {
        if event.key() == "Escape" {
            close(node);
            if let Some(summary) = summary.get_untracked() {
                let _ = summary.focus();
            }
        }
    };
    view! {
        <details class=format!("menu {class}") name="menu" node_ref=node on:keydown=escape>
            <summary class="button" node_ref=summary>
                {label}
                {move || {
                    (count.get() > 0).then(|| view! { <span class="menu-count">{count.get()}</span> })
                }}
            </summary>
            <div class="menu-panel">{children()}</div>
        </details>
    }
    .into_any()
}

/// Closes a menu.
pub fn close(node: NodeRef<html::Details>) {
    if let Some(details) = node.get_untracked() {
        let _ = details.remove_attribute("open");
    }
}
