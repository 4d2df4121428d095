//! Language and theme: cookies on the server, attributes of `<html>` in the browser.
//!
//! The server writes both into the document, so nothing flashes and nothing is decided twice. Changing
//! the language loads the page anew: texts are constants for the life of a page.

use crate::text::Text;
use domain::Locale;
use leptos::prelude::*;

/// Name of the language's cookie.
#[cfg(feature = "ssr")]
pub const LOCALE_COOKIE: &str = "locale";
/// Name of the theme's cookie.
#[cfg(feature = "ssr")]
pub const THEME_COOKIE: &str = "theme";

/// Colours by choice or by the system's setting.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// Light.
    Light,
    /// Dark.
    Dark,
    /// As the system is set.
    #[default]
    System,
}

impl Theme {
    /// Every theme, in the order of the switch.
    pub const ALL: [Self; 3] = [Self::Light, Self::Dark, Self::System];

    /// The word of the cookie and of `data-theme`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Light => "light",
            Self::Dark => "dark",
            Self::System => "system",
        }
    }

    /// Reads the word; `None` for anything else.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|theme| theme.as_str() == word)
    }

    /// What the browser's own parts (scroll bars, fields) should look like before the style is there.
    pub const fn color_scheme(self) -> &'static str {
        match self {
            Self::Light => "light",
            Self::Dark => "dark",
            Self::System => "light dark",
        }
    }
}

/// What a person chose.
#[derive(Clone, Copy, Debug)]
pub struct Preferences {
    /// The language.
    pub locale: Locale,
    /// The theme, changeable without reload.
    pub theme: Theme,
}

/// As the request's cookies say; the language falls back to the browser's own.
#[cfg(feature = "ssr")]
pub fn of_page() -> Preferences {
    let parts = use_context::<http::request::Parts>();
    let headers = parts.as_ref().map(|parts| &parts.headers);
    let cookie = |name| headers.and_then(|headers| crate::api::cookies::read(headers, name));
    let accepted = || {
        headers
            .and_then(|headers| headers.get(http::header::ACCEPT_LANGUAGE)?.to_str().ok())
            .map(Locale::from_accept_language)
    };
    Preferences {
        locale: cookie(LOCALE_COOKIE)
            .and_then(|tag| Locale::from_tag(&tag))
            .or_else(accepted)
            .unwrap_or_default(),
        theme: cookie(THEME_COOKIE).and_then(|word| Theme::from_word(&word)).unwrap_or_default(),
    }
}

/// As the server wrote it into the document.
#[cfg(not(feature = "ssr"))]
pub fn of_page() -> Preferences {
    let html = document().document_element();
    let read = |name| html.as_ref().and_then(|html| html.get_attribute(name)).unwrap_or_default();
    Preferences {
        locale: Locale::from_tag(&read("lang")).unwrap_or_default(),
        theme: Theme::from_word(&read("data-theme")).unwrap_or_default(),
    }
}

/// Makes language and theme known to the pages.
pub fn provide_preferences() {
    provide_context(of_page());
}

/// What was chosen.
pub fn use_preferences() -> Preferences {
    use_context().unwrap_or_else(of_page)
}

/// The texts in the chosen language.
pub fn use_text() -> &'static Text {
    Text::of(use_preferences().locale)
}
