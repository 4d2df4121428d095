//! What a form without script has to say after the redirect: its error, and what was typed.
//!
//! Travels in a cookie that lives until the next page, never in an address: an address ends in
//! logs and history. Passwords and marketplaces' keys are not in it at all; a new API key or an invitation's link is,
//! once, because the page after its form is the only one that shows it.

use domain::ApiError;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// The outcome of the last form.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Flash {
    /// The address the form was sent to.
    pub form: String,
    /// Why it was refused; `None`: it was done.
    pub error: Option<ApiError>,
    /// What was typed, by field.
    pub values: Vec<(String, String)>,
}

/// As text: only pages with forms understand it, so that the main module needn't.
#[derive(Clone)]
struct Message(StoredValue<Option<String>>);

/// Reads the message once; both sides see the same.
pub fn provide_flash() {
    let flash = SharedValue::new(take).into_inner();
    provide_context(Message(StoredValue::new(flash)));
}

/// The message for a form, if the last one sent was this.
pub fn use_flash(form: &str) -> Option<Flash> {
    let Message(message) = use_context()?;
    let flash: Flash = message.with_value(|text| serde_json::from_str(text.as_deref()?).ok())?;
    (flash.form == form).then_some(flash)
}

impl Flash {
    /// What was typed into a field.
    pub fn value(&self, field: &str) -> Option<String> {
        self.values.iter().find(|(name, _)| name == field).map(|(_, value)| value.clone())
    }
}

#[cfg(feature = "ssr")]
fn take() -> Option<String> {
    crate::api::cookies::take_flash()
}

#[cfg(not(feature = "ssr"))]
fn take() -> Option<String> {
    None
}
