//! A message in the page: a shape and words, never colour alone.

use super::icon::Icon;
use leptos::prelude::*;

/// How serious.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// Something to know.
    Note,
    /// It was done.
    Fine,
    /// Attention.
    Warning,
    /// It failed.
    Risk,
}

impl Tone {
    /// The word of the style sheet.
    pub const fn class(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Fine => "fine",
            Self::Warning => "warning",
            Self::Risk => "risk",
        }
    }

    /// Its shape.
    pub const fn icon(self) -> Icon {
        match self {
            Self::Note => Icon::Info,
            Self::Fine => Icon::Done,
            Self::Warning => Icon::Warning,
            Self::Risk => Icon::Wrong,
        }
    }
}

/// The message. Failures are told to screen readers at once, the rest when they get there.
#[component]
pub fn Alert(
    /// How serious.
    tone: Tone,
    /// The words.
    children: Children,
) -> impl IntoView {
    let role = if tone == Tone::Risk { "alert" } else { "status" };
    view! {
        <div class=format!("alert {}", tone.class()) role=role>
            {tone.icon().draw()} <div class="alert-text">{children()}</div>
        </div>
    }
    .into_any()
}
