//! What is being read right now, as it goes: on a page that waits for its first rows.

use crate::{
    components::icon::Icon,
    pages::syncs::words,
    state::{use_live, use_now, use_text},
};
use leptos::prelude::*;

/// A sentence, the rows so far, and the way to the sync; nothing while nothing is read.
#[component]
pub fn Reading() -> impl IntoView {
    let (text, live, now) = (use_text(), use_live(), use_now());
    view! {
        <div class="reading" role="status">
            {move || {
                live.runs
                    .with(|runs| runs.first().cloned())
                    .map(|run| {
                        let (rows, ..) = words::sums(&run);
                        view! {
                            <p>
                                <span class="badge running">{Icon::Sync.draw()}</span>
                                {words::sentence(text, &run, now.get())}
                                " "
                                {(rows > 0).then(|| (text.live().rows_so_far)(&text.int(rows)))}
                            </p>
                            <a class="link" href=format!("/syncs/{}", run.id)>{text.today().watch}</a>
                        }
                    })
            }}
        </div>
    }
    .into_any()
}
