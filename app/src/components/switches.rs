//! Language and theme: plain forms that work without script; the theme changes in place with it.

use crate::{
    api::accounts::{SetLocale, SetTheme},
    state::{
        preferences::{Theme, use_preferences},
        use_text,
    },
};
use domain::Locale;
use leptos::{ev::SubmitEvent, form::FromFormData, prelude::*, server_fn::ServerFn};

/// Two languages, each in its own words.
#[component]
pub fn LocaleSwitch() -> impl IntoView {
    let text = use_text();
    let option = |locale: Locale, name: &'static str| {
        let current = (locale == text.locale).then_some("true");
        view! {
            <button name="locale" value=locale.tag() lang=locale.tag() aria-pressed=current>
                {name}
            </button>
        }
    };
    view! {
        <form class="switch" method="post" action=SetLocale::PATH aria-label=text.common().language>
            {option(Locale::Ru, "Русский")} {option(Locale::En, "English")}
        </form>
    }
    .into_any()
}

/// Light, dark, as the system.
#[component]
pub fn ThemeSwitch() -> impl IntoView {
    let text = use_text();
    let chosen = RwSignal::new(use_preferences().theme);
    let keep = ServerAction::<SetTheme>::new();
    let change = move |event: SubmitEvent| {
        event.prevent_default();
        if let Ok(wanted) = SetTheme::from_event(&event)
            && let Some(theme) = Theme::from_word(&wanted.theme)
        {
            chosen.set(theme);
            apply(theme);
            keep.dispatch(wanted);
        }
    };
    let option = move |theme: Theme, name: &'static str| {
        view! {
            <button
                name="theme"
                value=theme.as_str()
                aria-pressed=move || (chosen.get() == theme).then_some("true")
            >
                {name}
            </button>
        }
    };
    view! {
        <form
            class="switch"
            method="post"
            action=SetTheme::PATH
            aria-label=text.common().theme
            on:submit=change
        >
            {option(Theme::Light, text.common().theme_light)}
            {option(Theme::Dark, text.common().theme_dark)}
            {option(Theme::System, text.common().theme_system)}
        </form>
    }
    .into_any()
}

fn apply(theme: Theme) {
    if let Some(html) = document().document_element() {
        let _ = html.set_attribute("data-theme", theme.as_str());
    }
}
