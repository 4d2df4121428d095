//! The company's log: who did what, when, from where.

use crate::{UserId, problem::FieldError};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// Entries at once, unless the question says otherwise.
const PAGE: u32 = 50;
/// More are never answered at once.
const MOST: u32 = 200;

/// Which entries are wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditQuery {
    /// Only entries before this number: `next_cursor` of the page before.
    pub cursor: Option<i64>,
    /// How many, 1 to 200.
    pub limit: u32,
    /// Only this action.
    pub action: Option<String>,
    /// Only what this person did.
    pub person: Option<UserId>,
}

impl Default for AuditQuery {
    fn default() -> Self {
        Self { cursor: None, limit: PAGE, action: None, person: None }
    }
}

impl AuditQuery {
    /// The rules of the question's numbers and words.
    pub fn check(&self) -> Vec<FieldError> {
        let mut errors = Vec::new();
        if self.limit == 0 || self.limit > MOST {
            errors.push(FieldError::query("limit", "out_of_range", "use 1 to 200"));
        }
        if self.cursor.is_some_and(|cursor| cursor < 1) {
            errors.push(FieldError::query("cursor", "out_of_range", "use next_cursor of a page"));
        }
        if self.action.as_ref().is_some_and(|action| action.len() > 64) {
            errors.push(FieldError::query("action", "too_long", "no action has so long a name"));
        }
        errors
    }
}

/// An entry.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AuditRecord {
    /// Its place in the company's chain, from 1.
    pub seq: i64,
    /// When.
    pub at: DateTime<Utc>,
    /// What, as a word: `signed_in`.
    #[cfg_attr(feature = "openapi", schema(example = "signed_in"))]
    pub action: String,
    /// By whom; null: an API key (then `details.api_key` names it), or nobody who is known.
    pub person: Option<UserId>,
    /// Their address; null when they no longer belong to the company.
    pub email: Option<String>,
    /// With what: words, whole numbers, truths and lists of them; never a secret.
    #[cfg_attr(feature = "openapi", schema(value_type = Object, example = json!({"client": "browser"})))]
    pub details: serde_json::Value,
    /// From which address.
    #[cfg_attr(feature = "openapi", schema(example = "203.0.113.7"))]
    pub address: String,
}

/// A page of entries, newest first.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AuditPage {
    /// The entries.
    pub items: Vec<AuditRecord>,
    /// Where the next page begins; null: this was the last.
    pub next_cursor: Option<i64>,
}

/// What a walk along the chain found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AuditCheck {
    /// Whether every entry follows from the one before.
    pub intact: bool,
    /// How many entries were walked along.
    pub entries: i64,
    /// The first entry that is missing, or was changed, or whose predecessor was.
    pub broken_at: Option<i64>,
}
