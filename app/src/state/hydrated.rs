//! Whether a part of the page has come alive: controls that need script appear only then.

use leptos::prelude::*;

/// False in the server's page, true once this part of it works.
///
/// A signal for each part, set a frame later: lazy pages come alive after the frame around them, and
/// what is already true while a part is taken over is never written into its attributes.
pub fn use_hydrated() -> ReadSignal<bool> {
    let (hydrated, set_hydrated) = signal(false);
    Effect::new(move |_| request_animation_frame(move || set_hydrated.set(true)));
    hydrated
}
