//! A tenant's shop on a marketplace, its key, and how old its numbers are.

use crate::{
    AccountId, Marketplace, Realm,
    shop::{Colour, Schedule},
};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// What became of a key's check with the marketplace.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum KeyStatus {
    /// The marketplace accepts it.
    Valid,
    /// The marketplace refuses it (wrong, expired, revoked).
    Invalid,
    /// It is no key at all: a part is missing, or another kind of text was pasted.
    Malformed,
    /// The marketplace gave no answer within five seconds: stored, and checked at the next sync.
    Unreachable,
}

/// The four kinds of Wildberries token (`acc` 1 to 4); they differ in limits and in who may hold them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum KeyKind {
    /// For "all other cases": hard limits, newer methods refuse it.
    Base,
    /// For the sandbox only.
    Test,
    /// For the seller's own software; not to be handed to a cloud service.
    Personal,
    /// For a service of the marketplace's catalogue.
    Service,
}

/// A category of methods that a key opens.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum KeyScope {
    /// Product cards.
    Content,
    /// Stock at the marketplace's warehouses.
    Analytics,
    /// Prices and discounts.
    Prices,
    /// Stock at the seller's own warehouses.
    Marketplace,
    /// Orders and sales.
    Statistics,
}

impl KeyScope {
    /// All that a stock tracker reads, in the order of the marketplace's own form.
    pub const ALL: [Self; 5] =
        [Self::Content, Self::Analytics, Self::Prices, Self::Marketplace, Self::Statistics];
}

/// One permission: whether the key has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ScopeGrant {
    /// Which.
    pub scope: KeyScope,
    /// Whether the key has it.
    pub granted: bool,
    /// Whether a sync of stock and orders is incomplete without it.
    pub needed: bool,
}

/// A key as far as it can be known: decoded from the token, checked with the marketplace.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct KeyCheck {
    /// Whose key.
    pub marketplace: Marketplace,
    /// What became of the check.
    pub status: KeyStatus,
    /// The kind of token, when it can be read.
    pub kind: Option<KeyKind>,
    /// Until when it lives.
    pub expires_at: Option<DateTime<Utc>>,
    /// What it may do.
    pub scopes: Vec<ScopeGrant>,
    /// Whether it may only read, which is all that we need.
    pub read_only: Option<bool>,
    /// The seller's name as the marketplace told it.
    pub seller_name: Option<String>,
    /// One English sentence: what was found, what to do.
    #[cfg_attr(
        feature = "openapi",
        schema(example = "The key works and may read everything that is needed")
    )]
    pub message: String,
    /// When it was checked.
    pub checked_at: DateTime<Utc>,
}

/// How fresh one kind of data is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Freshness {
    /// Which step of a sync brings it.
    pub step: crate::sync::StepKind,
    /// When it was last read in full; `None`: never.
    pub as_of: Option<DateTime<Utc>>,
    /// Why newer data is missing, when it is.
    pub problem: Option<crate::sync::StepProblem>,
}

/// A shop of the tenant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Account {
    /// Its id.
    pub id: AccountId,
    /// On which marketplace.
    pub marketplace: Marketplace,
    /// In which world.
    pub realm: Realm,
    /// The name that a person gave it, else the seller's as the marketplace told it, else the marketplace's.
    pub name: String,
    /// The colour by which it is known in lists.
    pub colour: Colour,
    /// When it is read by itself.
    pub schedule: Schedule,
    /// When it will be read next; `None`: not by itself.
    pub next_sync_at: Option<DateTime<Utc>>,
    /// The last check of its key; `None`: no key.
    pub key: Option<KeyCheck>,
    /// The age of each kind of data.
    pub freshness: Vec<Freshness>,
    /// Where else the same seller's shop is connected.
    #[serde(default)]
    pub same_seller: SameSeller,
}

/// Where else one seller's shop is connected: they share the marketplace's limits, and its goods are counted twice.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SameSeller {
    /// Other shops of this company that are the same seller's.
    pub shops: Vec<AccountId>,
    /// Whether another company of this installation has connected it, too. Which one is nobody's to know.
    pub elsewhere: bool,
}
