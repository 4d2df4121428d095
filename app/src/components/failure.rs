//! A part of a page that could not be read: what happened, what is still right, what to do.

use super::icon::Icon;
use crate::{
    api::Failure,
    state::{set_page_status, use_text},
};
use domain::ErrorCode;
use leptos::prelude::*;

/// Instead of the part. On the server the page takes the failure's status.
#[component]
pub fn FailureView(
    /// What came back.
    failure: Failure,
    /// Whether it stands instead of the whole page, whose heading it then has.
    #[prop(optional)]
    whole: bool,
) -> impl IntoView {
    let text = use_text();
    let Failure(error) = failure;
    // Who is not signed in is sent on by the frame: that status must stand.
    if error.status != 401 {
        set_page_status(error.status);
    }
    let hint = match error.code {
        _ if error.status == 0 => Some(text.errors().offline_hint),
        ErrorCode::Unavailable => Some(text.errors().unavailable_hint),
        ErrorCode::InternalError => Some(text.errors().internal_hint),
        _ => None,
    };
    let again = match error.status {
        401 => {
            view! { <a class="button primary" href="/login" rel="external">{text.door().sign_in}</a> }
                .into_any()
        }
        404 => {
            view! { <a class="button primary" href="/products">{text.errors().home}</a> }.into_any()
        }
        _ => view! { <a class="button" href="" rel="external">{text.errors().again}</a> }.into_any(),
    };
    let words = text.failure(&error);
    let heading = if whole {
        view! { <h1>{words}</h1> }.into_any()
    } else {
        view! { <h2>{words}</h2> }.into_any()
    };
    view! {
        <section class="blank" role="alert">
            <span class="blank-icon risk">{Icon::Warning.draw()}</span>
            {heading}
            {hint.map(|hint| view! { <p>{hint}</p> })}
            <p class="blank-actions">{again}</p>
            {error
                .request_id
                .map(|id| {
                    view! {
                        <p class="hint">
                            {text.errors().request_id} ": " <code class="pick">{id}</code>
                        </p>
                    }
                })}
        </section>
    }
    .into_any()
}
