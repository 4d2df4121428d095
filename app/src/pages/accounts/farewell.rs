//! What the sign-in page says to who comes from leaving or deleting.

use crate::{
    api::{
        accounts::LeaveDemo,
        danger::{DeleteAccount, DeleteCompany},
        team::Leave,
    },
    components::alert::{Alert, Tone},
    state::{use_flash, use_text},
};
use leptos::{prelude::*, server_fn::ServerFn};

/// One sentence, if one fits.
#[component]
pub fn Farewell() -> impl IntoView {
    let words = use_text().team();
    let done = |path| use_flash(path).is_some_and(|flash| flash.error.is_none());
    let said = if done(Leave::PATH) {
        Some(words.left)
    } else if done(DeleteCompany::PATH) {
        Some(words.company_deleted)
    } else if done(DeleteAccount::PATH) {
        Some(words.account_deleted)
    } else if done(LeaveDemo::PATH) {
        Some(use_text().live().leave_demo_note)
    } else {
        None
    };
    said.map(|words| view! { <Alert tone=Tone::Fine>{words}</Alert> }).into_any()
}
