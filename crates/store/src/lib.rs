//! All SQL of the product, one text for PostgreSQL and SQLite.
//!
//! Rows of a tenant are reachable only through [`TenantTx`], which only a [`Caller`] opens, and a
//! `Caller` is made only here, from a row that proves it. [`SystemTx`] is the one exception and says
//! why ([`Reason`]). Nothing here knows a clock or makes an id, and no transaction waits for the network.

mod account_secrets;
mod accounts;
mod analytics;
mod api_keys;
mod audit;
mod belongings;
mod caller;
mod catalogue_totals;
mod demo_starts;
mod directory;
mod engine;
mod error;
mod export;
mod figures;
mod freshness;
mod history;
mod import;
mod invitations;
mod mail_links;
mod measures;
mod members;
mod memberships;
mod order_lines;
mod orders;
mod own_sessions;
mod pacing;
mod people;
mod prices;
mod product_names;
mod products;
mod products_bulk;
mod products_detail;
mod products_query;
mod quarantine;
mod queue;
mod refresh_tokens;
mod registration;
mod sales;
mod schedules;
mod sealed;
mod second_factors;
mod sessions;
mod signup_links;
mod source_units;
mod statement;
mod stock;
mod stock_images;
mod subscriptions;
mod syncs;
mod syncs_work;
mod system;
mod tenant;
mod tenant_secrets;
mod tenants;
#[cfg(feature = "testing")]
pub mod testing;
mod tx;
mod users;
mod warehouses;

pub use accounts::NewAccount;
pub use analytics::{LoggedRun, RankedProduct, ShopTotals};
pub use api_keys::{KeyAdmission, NewApiKeyRow, StoredKey};
pub use audit::{AuditEntry, AuditVerdict};
pub use belongings::Belonging;
pub use caller::{Actor, Caller};
pub use directory::Company;
pub use engine::{Engine, Settings, Store};
pub use error::{Error, Result};
pub use export::{EXPORTED, ExportCursor};
pub use figures::{Figure, NewFigure};
pub use freshness::FreshnessRow;
pub use history::{HistoryStart, Thinned};
pub use import::{
    ImportedProduct, ImportedTenant, ImportedToken, ImportedUser, Original, OriginalTable,
    UserOutcome,
};
pub use invitations::{NewInvitationRow, OpenInvitation};
pub use mail_links::LinkPurpose;
pub use measures::{INFINITE_COVER, MeasureDays, MeasureInputs, MeasureScope, Measures};
pub use orders::NewOrder;
pub use own_sessions::OwnSession;
pub use pacing::{Bucket, Turn};
pub use people::OwnAccount;
pub use prices::{NewPrice, Price};
pub use product_names::NamedProduct;
pub use products::{Cursor, DayDelta, ListedPage, ListedProduct};
pub use products_bulk::{KnownOffer, NewProduct, ProductsWritten};
pub use products_detail::DaySales;
pub use quarantine::QuarantinedRow;
pub use queue::{QueueCounts, QueuedRun, SyncJob, WorkerSettings};
pub use refresh_tokens::{NewRefreshToken, RefreshToken};
pub use registration::NewCompany;
pub use sales::NewSale;
pub use schedules::DueShop;
pub use sealed::{Place as SecretPlace, SealedSecret};
pub use second_factors::SecondFactor;
pub use sessions::{Admission, NewSession, SessionKind};
pub use signup_links::{NewSignupLink, SignupLink};
pub use source_units::SourceUnits;
pub use stock::{LevelChange, PastChange, Pieces, Place};
pub use stock_images::{ImageLevel, StockImage};
pub use subscriptions::Counts;
pub use syncs_work::{Claim, Lease, StepProgress};
pub use system::{Reason, SystemTx};
pub use tenant::TenantTx;
pub use tenants::NewTenant;
pub use users::{NewUser, SignIn};
