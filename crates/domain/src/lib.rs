//! The words of Stock Tracker: ids, requests, answers, roles, validation and the one error shape.
//!
//! Shared by the server and the browser. No IO, no clock, no randomness beyond what a caller hands in.

pub mod account;
pub mod analytics;
pub mod api_key;
pub mod audit;
pub mod auth;
pub mod catalogue;
pub mod comparison;
pub mod cron;
pub mod danger;
pub mod demand;
pub mod export;
pub mod id;
pub mod invitation;
pub mod links;
pub mod locale;
pub mod malformed;
pub mod marketplace;
pub mod observed;
pub mod operator;
pub mod order;
pub mod ordering;
pub mod past;
pub mod person;
pub mod plan;
pub mod problem;
pub mod product;
pub mod role;
pub mod sale;
pub mod search;
pub mod secret;
pub mod shop;
pub mod sync;
pub mod team;
pub mod tenant;
pub mod today;
pub mod validation;

pub use id::{
    AccountId, ApiKeyId, InvitationId, NoteId, OfferId, ProductId, RefreshTokenId, SessionId,
    SignupLinkId, SyncRunId, TagEditId, TagId, TenantId, UserId, ViewId, WarehouseId,
};
pub use locale::Locale;
pub use marketplace::{Marketplace, Realm};
pub use plan::Plan;
pub use problem::{ApiError, ErrorCode, FieldError};
pub use role::{Permission, Role};
pub use secret::Secret;
