//! The palette (Ctrl+K) and the keys that work everywhere: what listens is here, what it shows is fetched when it is
//! first wanted. Without script there is neither, and nothing that only they can do.

mod commands;
mod index;
mod keys;
mod sheet;

use super::icon::Icon;
use crate::state::{use_hydrated, use_text};
use index::Index;
use leptos::prelude::*;
use leptos_router::{NavigateOptions, hooks::use_navigate};

/// What lies over the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sheet {
    /// Pages, actions and products, to choose from by typing.
    Commands,
    /// What the keys do.
    Keys,
}

/// What the sheets share; lives as long as the frame.
#[derive(Clone, Copy)]
pub struct Shared {
    /// Which sheet is shown.
    pub sheet: RwSignal<Option<Sheet>>,
    /// Opens a page.
    pub go: Callback<String>,
    /// The catalogue's names, and when they came (milliseconds since 1970).
    pub names: RwSignal<Option<(Index, f64)>>,
}

/// The button, the listener, and the sheet when it is open.
#[component]
pub fn Palette() -> impl IntoView {
    let text = use_text();
    let hydrated = use_hydrated();
    let navigate = use_navigate();
    let shared = Shared {
        sheet: RwSignal::new(None),
        go: Callback::new(move |page: String| navigate(&page, NavigateOptions::default())),
        names: RwSignal::new(None),
    };
    Effect::new(move |_| keys::listen(shared.sheet, shared.go));
    view! {
        <button
            type="button"
            class="palette-open"
            class:asleep=move || !hydrated.get()
            aria-keyshortcuts="Control+K"
            on:click=move |_| shared.sheet.set(Some(Sheet::Commands))
        >
            {Icon::Search.draw()}
            <span>{text.palette().open}</span>
            <kbd>"Ctrl K"</kbd>
        </button>
        {move || {
            shared.sheet.get().map(|shown| {
                view! {
                    <Suspense fallback=|| ()>
                        {Suspend::new(async move {
                            match shown {
                                Sheet::Commands => commands::commands(shared).await,
                                Sheet::Keys => sheet::keys(shared).await,
                            }
                        })}
                    </Suspense>
                }
            })
        }}
    }
    .into_any()
}
