//! What every server function does before and after its service: who asks, and how the answer leaves.
//!
//! A server function runs in two places: called over HTTP it answers with a status and headers of its
//! own; called while a page is rendered it runs in the page's request and must leave that page alone.
//! A plain form (no script) is answered with 303 back to its page and a message for it.
#![expect(
    clippy::result_large_err,
    reason = "the error is the answer's body: it is made once and sent"
)]

use super::{Failure, cookies};
use crate::state::flash::Flash;
use domain::ApiError;
use http::{HeaderValue, StatusCode, header, request::Parts};
use leptos::prelude::use_context;
use leptos_axum::ResponseOptions;
use services::{
    Caller, Client, Services,
    access::{Seen, caller_once},
    operator::area::{self, Operator},
};

/// Who called, and what with.
pub struct Door {
    /// The product.
    pub services: Services,
    /// The caller's machine, for audit and limits.
    pub client: Client,
    parts: Parts,
}

impl Door {
    /// Opens for anybody.
    pub fn open() -> Result<Self, Failure> {
        let opened =
            use_context::<Services>().zip(use_context::<Client>()).zip(use_context::<Parts>());
        let Some(((services, client), parts)) = opened else {
            return Err(Failure(ApiError::internal()));
        };
        Ok(Self { services, client, parts })
    }

    /// Opens for who is signed in.
    pub async fn enter() -> Result<(Self, Caller), Failure> {
        let door = Self::open()?;
        // Boxed: every server function would carry the whole of it in its own future.
        let seen = door.parts.extensions.get::<Seen>();
        let asked = Box::pin(caller_once(&door.services, &door.parts.headers, seen)).await;
        match asked {
            Ok(caller) => Ok((door, caller)),
            Err(error) => Err(door.refuse(error)),
        }
    }

    /// Opens for an operator of the installation; for anybody else there is no such place.
    pub async fn enter_operator() -> Result<(Self, Operator), Failure> {
        let (door, caller) = Self::enter().await?;
        let entered = Box::pin(area::enter(&door.services, &caller, &door.client)).await;
        match entered {
            Ok(operator) => Ok((door, operator)),
            Err(error) => Err(door.refuse(error)),
        }
    }

    /// The outcome of a service as the answer.
    pub fn answer<T>(&self, outcome: Result<T, services::Error>) -> Result<T, Failure> {
        outcome.map_err(|error| self.refuse(error))
    }

    /// The same for something that may not be there.
    pub fn found<T>(
        &self,
        outcome: Result<Option<T>, services::Error>,
        what: &str,
    ) -> Result<T, Failure> {
        self.answer(outcome)?.ok_or_else(|| self.fail(ApiError::not_found(what)))
    }

    /// A refusal by a service.
    pub fn refuse(&self, error: services::Error) -> Failure {
        self.fail(error.into())
    }

    /// A refusal with its status and headers.
    pub fn fail(&self, mut error: ApiError) -> Failure {
        error.request_id.get_or_insert_with(|| self.client.request_id.to_string());
        set_status(&error, &self.parts);
        Failure(error)
    }

    /// The outcome of a form: without script back to its page with a message, what was typed
    /// (never a secret) kept for it.
    pub fn answer_form<T>(
        &self,
        page: &str,
        typed: &[(&str, &str)],
        outcome: Result<T, services::Error>,
    ) -> Result<T, Failure> {
        let outcome = self.answer(outcome);
        if is_plain_form(&self.parts) {
            cookies::leave_flash(Flash {
                form: self.parts.uri.path().to_owned(),
                error: outcome.as_ref().err().map(|failure| failure.0.clone()),
                values: match &outcome {
                    Ok(_) => Vec::new(),
                    Err(_) => typed.iter().map(|(k, v)| ((*k).into(), (*v).into())).collect(),
                },
            });
            see_other(&self.page_or(page));
        }
        outcome
    }

    /// The outcome of a form that has something to show just once (a new key, a link): it travels to the page in the
    /// form's message, which ends with that page, and is nowhere else.
    pub fn answer_once<T>(
        &self,
        page: &str,
        typed: &[(&str, &str)],
        outcome: Result<T, services::Error>,
        shown: impl FnOnce(&T) -> Vec<(&'static str, String)>,
    ) -> Result<T, Failure> {
        match outcome {
            Ok(done) if is_plain_form(&self.parts) => {
                cookies::leave_flash(Flash {
                    form: self.parts.uri.path().to_owned(),
                    error: None,
                    values: shown(&done).into_iter().map(|(k, v)| (k.to_owned(), v)).collect(),
                });
                see_other(&self.page_or(page));
                Ok(done)
            }
            outcome => self.answer_form(page, typed, outcome),
        }
    }

    /// Sends the browser on: a plain form by 303, script by a header that it follows.
    pub fn go_to(&self, page: &str) {
        leptos_axum::redirect(page);
        if is_plain_form(&self.parts) {
            see_other(page);
        }
    }

    /// Whether a browser without script sent a form.
    pub fn is_plain_form(&self) -> bool {
        is_plain_form(&self.parts)
    }

    /// The request's headers.
    pub fn headers(&self) -> &http::HeaderMap {
        &self.parts.headers
    }

    /// A plain form goes back to where it was; script stays where it is.
    pub fn stay(&self) {
        if is_plain_form(&self.parts) {
            see_other(&self.came_from());
        }
    }

    /// Where the form was, with its query, if that is the page it should be on.
    pub fn page_or(&self, page: &str) -> String {
        let came_from = referer(&self.parts).filter(|from| from.split('?').next() == Some(page));
        came_from.unwrap_or_else(|| page.to_owned())
    }

    /// Where the form was.
    pub fn came_from(&self) -> String {
        referer(&self.parts).unwrap_or_else(|| "/".to_owned())
    }
}

/// A refusal before any of our code ran: unreadable arguments.
pub fn refused_early(mut error: ApiError) -> ApiError {
    if let Some(client) = use_context::<services::Client>() {
        error.request_id.get_or_insert_with(|| client.request_id.to_string());
    }
    if let Some(parts) = use_context::<Parts>() {
        set_status(&error, &parts);
        if is_plain_form(&parts) {
            see_other(&referer(&parts).unwrap_or_else(|| "/".to_owned()));
        }
    }
    error
}

fn set_status(error: &ApiError, parts: &Parts) {
    // During page rendering these are the page's own status and headers.
    if !parts.uri.path().starts_with("/api/") || is_plain_form(parts) {
        return;
    }
    let Some(options) = use_context::<ResponseOptions>() else { return };
    if let Ok(status) = StatusCode::from_u16(error.status) {
        options.set_status(status);
    }
    options
        .insert_header(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
    if error.status == 401 {
        options.insert_header(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
    }
    if let Some(seconds) = error.retry_after {
        options.insert_header(header::RETRY_AFTER, HeaderValue::from(seconds));
    }
}

/// Leptos would answer a form with 302 and the error in the address; this says otherwise.
fn see_other(page: &str) {
    if let Some(options) = use_context::<ResponseOptions>()
        && let Ok(page) = HeaderValue::from_str(page)
    {
        options.set_status(StatusCode::SEE_OTHER);
        options.insert_header(header::LOCATION, page);
    }
}

fn is_plain_form(parts: &Parts) -> bool {
    parts.uri.path().starts_with("/api/")
        && parts
            .headers
            .get(header::ACCEPT)
            .and_then(|accept| accept.to_str().ok())
            .is_some_and(|accept| accept.contains("text/html"))
}

/// Path and query of the page that sent the form; an address elsewhere is of no interest.
fn referer(parts: &Parts) -> Option<String> {
    let header = parts.headers.get(header::REFERER)?.to_str().ok()?;
    let from: http::Uri = header.parse().ok()?;
    let path = from.path_and_query()?.as_str();
    // A browser takes a backslash for a slash, and two slashes for another machine.
    let is_ours = path.starts_with('/')
        && !path.starts_with("//")
        && !path.contains('\\')
        && !path.starts_with("/api/");
    is_ours.then(|| path.to_owned())
}
