//! A page as of a day: the choice of one, and where it is not today a banner that nobody overlooks, with the way back.

use crate::{components::icon::Icon, state::use_text, text::Text};
use leptos::prelude::*;

/// Percent-encoding of a query's value.
pub fn encoded(text: &str) -> String {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte);
    let of = |byte: u8| {
        if is_plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") }
    };
    text.bytes().map(of).collect()
}

/// A day or moment of an address in words.
pub fn words(text: &Text, at: &str) -> String {
    if let Ok(day) = at.parse::<chrono::NaiveDate>() {
        return crate::text::date::full(text.locale, day);
    }
    domain::past::moment(at).map_or_else(|| at.to_owned(), |at| text.moment(at))
}

/// What an address says of a moment; what is none counts as absent.
pub fn read(at: Option<&str>) -> Option<String> {
    let at = at.map(str::trim)?;
    domain::past::moment(at).map(|_| at.to_owned())
}

/// The form, and the banner.
#[component]
pub fn PastBar(
    /// The page, without a question mark.
    action: &'static str,
    /// As of when it is shown; `None`: now.
    at: Option<String>,
    /// What else the address says, kept by the form.
    #[prop(optional)]
    kept: Vec<(String, String)>,
    /// The same page of now.
    now: String,
    /// What is to be known of it as it was.
    #[prop(default = None)]
    note: Option<String>,
) -> impl IntoView {
    let text = use_text();
    let (words_of, past) = (text.changes(), &text.orders().past);
    let day = at.as_deref().and_then(domain::past::moment);
    let day = day.map(|at| crate::text::date::moscow(at).date().to_string());
    let hidden = kept.into_iter().map(|(name, value)| {
        view! { <input type="hidden" name=name value=value /> }
    });
    let banner = at.as_deref().map(|at| {
        let since = format!("/past?at={}&with=now", encoded(at));
        view! {
            <div class="past-banner" role="status">
                {Icon::Clock.draw()}
                <p>{(past.banner)(&words(text, at))} " " {note.clone()}</p>
                <a href=since>{words_of.differs}</a>
                <a href=now.clone()>{past.to_now}</a>
            </div>
        }
    });
    view! {
        <details class="past-pick" open=at.is_some()>
            <summary class="quiet-link">{words_of.as_of}</summary>
            <form action=action>
                <label>
                    <span>{words_of.day}</span>
                    <input type="date" name="at" value=day required />
                </label>
                {hidden.collect_view()}
                <button class="button">{past.show}</button>
            </form>
        </details>
        {banner}
    }
    .into_any()
}
