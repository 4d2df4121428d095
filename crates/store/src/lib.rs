//! All SQL of the product, one text for PostgreSQL and SQLite.
//!
//! Rows of a tenant are reachable only through [`TenantTx`], which only a [`Caller`] opens, and a
//! `Caller` is made only here, from a row that proves it. [`SystemTx`] is the one exception and says
//! why ([`Reason`]). Nothing here knows a clock or makes an id, and no transaction waits for the network.

mod account_secrets;
mod accounts;
mod audit;
mod caller;
mod demo_starts;
mod engine;
mod error;
mod memberships;
mod refresh_tokens;
mod registration;
mod sessions;
mod subscriptions;
mod system;
mod tenant;
mod tenant_secrets;
mod tenants;
#[cfg(feature = "testing")]
pub mod testing;
mod tx;
mod users;

pub use accounts::NewAccount;
pub use audit::{AuditEntry, AuditVerdict};
pub use caller::{Actor, Caller};
pub use engine::{Engine, Settings, Store};
pub use error::{Error, Result};
pub use refresh_tokens::{NewRefreshToken, RefreshToken};
pub use registration::NewCompany;
pub use sessions::{Admission, NewSession, SessionKind};
pub use system::{Reason, SystemTx};
pub use tenant::TenantTx;
pub use tenants::NewTenant;
pub use users::{NewUser, SignIn};
