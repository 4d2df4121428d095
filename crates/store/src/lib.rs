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
mod facets;
mod freshness;
mod import;
mod invitations;
mod listings;
mod mail_links;
mod measures;
mod members;
mod memberships;
mod orders;
mod orders_list;
mod own_sessions;
mod pacing;
mod past;
mod people;
mod plan_measures;
mod planning_settings;
mod product_notes;
mod product_views;
mod products;
mod products_bulk;
mod products_cursor;
mod products_detail;
mod products_query;
mod queue;
mod refresh_tokens;
mod registration;
mod sealed;
mod second_factors;
mod sessions;
mod shop_measures;
mod signup_links;
mod stock;
mod subscriptions;
mod syncs;
mod syncs_work;
mod system;
mod tags;
mod tenant;
mod tenant_secrets;
mod tenants;
#[cfg(feature = "testing")]
pub mod testing;
mod today;
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
pub use freshness::FreshnessRow;
pub use import::{
    ImportedProduct, ImportedTenant, ImportedToken, ImportedUser, Original, OriginalTable,
    UserOutcome,
};
pub use invitations::{NewInvitationRow, OpenInvitation};
pub use listings::{OrderKey, Packed};
pub use mail_links::LinkPurpose;
pub use measures::{INFINITE_COVER, MeasureDays, MeasureInputs, Measures};
pub use orders::NewOrder;
pub use own_sessions::OwnSession;
pub use past::{ChangedProduct, SoldOn};
pub use people::OwnAccount;
pub use plan_measures::{PlanMeasures, ProductDayNumber};
pub use planning_settings::SettingPlace;
pub use products::{DayDelta, ListedPage, ListedProduct, Part};
pub use products_bulk::{KnownOffer, NewProduct, ProductsWritten};
pub use products_cursor::Cursor;
pub use products_detail::DaySales;
pub use queue::{SyncJob, WorkerSettings};
pub use refresh_tokens::{NewRefreshToken, RefreshToken};
pub use registration::NewCompany;
pub use sealed::{Place as SecretPlace, SealedSecret};
pub use second_factors::SecondFactor;
pub use sessions::{Admission, NewSession, SessionKind};
pub use shop_measures::{ShopDayInputs, ShopDayRow};
pub use signup_links::{NewSignupLink, SignupLink};
pub use stock::{LevelChange, PastChange, Pieces, Place};
pub use subscriptions::Counts;
pub use syncs_work::{Claim, Lease, StepProgress};
pub use system::{Reason, SystemTx};
pub use tags::{NewTagEdit, NewTagRow, StoredTagEdit};
pub use tenant::TenantTx;
pub use tenants::NewTenant;
pub use today::{CompanyDay, MeasuredWarehouse, ShopSums, Wanting};
pub use users::{NewUser, SignIn};
