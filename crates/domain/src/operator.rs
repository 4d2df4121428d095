//! The operators' area: the installation as who runs it sees it. Names, sizes, ages and failures; never a key, never
//! a secret.

use crate::{
    AccountId, Marketplace, Plan, Realm, SyncRunId, TenantId,
    problem::FieldError,
    sync::{StepKind, StepProblem, SyncStatus},
};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// Rows at once, unless the question says otherwise.
pub const PAGE: u32 = 50;
/// More are never answered at once.
pub const MOST: u32 = 200;

/// The rule of every page's length.
pub fn check_limit(limit: u32) -> Vec<FieldError> {
    let fits = (1..=MOST).contains(&limit);
    (!fits)
        .then(|| FieldError::query("limit", "out_of_range", "use 1 to 200"))
        .into_iter()
        .collect()
}

/// Which companies are wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CompaniesQuery {
    /// A part of the name, the id, or the address of somebody of it.
    pub search: Option<String>,
    /// Only those with this plan.
    pub plan: Option<Plan>,
    /// Only suspended ones, or only the others.
    pub suspended: Option<bool>,
    /// Those after this one: `next_cursor` of the page before.
    pub cursor: Option<TenantId>,
    /// How many, 1 to 200.
    pub limit: u32,
}

impl Default for CompaniesQuery {
    fn default() -> Self {
        Self { search: None, plan: None, suspended: None, cursor: None, limit: PAGE }
    }
}

/// A company among all.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OperatorCompany {
    /// The id.
    pub tenant_id: TenantId,
    /// Its name.
    #[cfg_attr(feature = "openapi", schema(example = "Дом и уют"))]
    pub name: String,
    /// The address of its oldest owner; null in a demo.
    #[cfg_attr(feature = "openapi", schema(example = "anna@example.com"))]
    pub owner: Option<String>,
    /// What it has subscribed to.
    pub plan: Plan,
    /// Whether nobody of it is let in.
    pub suspended: bool,
    /// Set in a demo: when it will be removed.
    pub demo_until: Option<DateTime<Utc>>,
    /// When it registered.
    pub created_at: DateTime<Utc>,
    /// Its people.
    pub members: i64,
    /// Its shops.
    pub shops: i64,
    /// Its products, as last counted.
    pub products: i64,
    /// When something of it was last read whole; null: never.
    pub last_read_at: Option<DateTime<Utc>>,
    /// Kinds of its shops' data whose last reading failed.
    pub problems: i64,
}

/// A page of companies, the newest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CompaniesPage {
    /// The companies.
    pub items: Vec<OperatorCompany>,
    /// Where the next page begins; null: this was the last.
    pub next_cursor: Option<TenantId>,
}

/// A shop of a company, without its key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OperatorShop {
    /// Which.
    pub account_id: AccountId,
    /// Its name.
    #[cfg_attr(feature = "openapi", schema(example = "Основной магазин"))]
    pub name: String,
    /// Where it sells.
    pub marketplace: Marketplace,
    /// In which world.
    pub realm: Realm,
    /// Whether it has a key that was checked.
    pub has_key: bool,
    /// How old its oldest kind of data is; null: never read.
    pub as_of: Option<DateTime<Utc>>,
    /// When it is to be read next; null: not by itself.
    pub due_at: Option<DateTime<Utc>>,
    /// Kinds of data whose last reading failed.
    pub problems: i64,
}

/// A company as a page of its own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CompanyDetail {
    /// The company.
    pub company: OperatorCompany,
    /// Its shops, the first one first.
    pub accounts: Vec<OperatorShop>,
    /// Its last syncs with something undone.
    pub failed: Vec<OperatorSync>,
}

/// What is changed of a company; what is absent stays.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default, deny_unknown_fields)]
pub struct CompanyPatch {
    /// Another plan.
    pub plan: Option<Plan>,
    /// True: nobody of it is let in, within a second; its data stays. False: it works again.
    pub suspended: Option<bool>,
}

/// Which syncs are wanted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum RunState {
    /// That wait for a worker or for a marketplace's limit.
    #[default]
    Waiting,
    /// That a worker has.
    Running,
    /// That ended with something undone.
    Failed,
    /// That were set aside: by an operator, or after too many failures of ours.
    SetAside,
}

impl RunState {
    /// All, in the order in which they are shown.
    pub const ALL: [Self; 4] = [Self::Waiting, Self::Running, Self::Failed, Self::SetAside];

    /// The word of the address.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Running => "running",
            Self::Failed => "failed",
            Self::SetAside => "set_aside",
        }
    }

    /// What a word of the address means.
    pub fn of(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == word)
    }
}

/// Which syncs, from where on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RunsQuery {
    /// How they stand.
    pub state: RunState,
    /// Of this company alone.
    pub tenant: Option<TenantId>,
    /// Those after this one: `next_cursor` of the page before.
    pub cursor: Option<SyncRunId>,
    /// How many, 1 to 200.
    pub limit: u32,
}

impl Default for RunsQuery {
    fn default() -> Self {
        Self { state: RunState::default(), tenant: None, cursor: None, limit: PAGE }
    }
}

/// What went wrong in a step.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StepTrouble {
    /// Which step.
    pub step: StepKind,
    /// What.
    pub problem: StepProblem,
}

/// A sync, whosever it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OperatorSync {
    /// Which.
    pub id: SyncRunId,
    /// Whose.
    pub tenant_id: TenantId,
    /// The company's name.
    #[cfg_attr(feature = "openapi", schema(example = "Дом и уют"))]
    pub company: String,
    /// Of which shop.
    pub account_id: AccountId,
    /// Where it sells.
    pub marketplace: Marketplace,
    /// How it stands.
    pub status: SyncStatus,
    /// Whether a schedule asked for it.
    pub scheduled: bool,
    /// When it was asked for.
    pub created_at: DateTime<Utc>,
    /// Not before this moment, while it waits.
    pub next_run_at: DateTime<Utc>,
    /// Until when a worker has it.
    pub lease_until: Option<DateTime<Utc>>,
    /// When it ended.
    pub finished_at: Option<DateTime<Utc>>,
    /// Failures of ours.
    pub failures: i64,
    /// Workers that died with it.
    pub deaths: i64,
    /// What its steps say is wrong.
    pub problems: Vec<StepTrouble>,
}

/// A page of syncs, the latest asked for first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OperatorSyncs {
    /// The syncs.
    pub items: Vec<OperatorSync>,
    /// Where the next page begins; null: this was the last.
    pub next_cursor: Option<SyncRunId>,
}

/// A row of a marketplace's answer that could not be read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SetAsideRow {
    /// Whose.
    pub tenant_id: TenantId,
    /// The company's name.
    #[cfg_attr(feature = "openapi", schema(example = "Дом и уют"))]
    pub company: String,
    /// Of which marketplace.
    pub marketplace: Marketplace,
    /// Of which step.
    pub step: StepKind,
    /// Of which method.
    #[cfg_attr(feature = "openapi", schema(example = "supplier/orders"))]
    pub operation: String,
    /// The field and what is wrong with it.
    #[cfg_attr(feature = "openapi", schema(example = "date: expected a moment"))]
    pub problem: String,
    /// The row, without secrets, cut.
    #[cfg_attr(feature = "openapi", schema(example = r#"{"srid":"1"}"#))]
    pub raw: String,
    /// How often it came.
    pub times: i64,
    /// When it came first.
    pub first_seen_at: DateTime<Utc>,
    /// When it came last.
    pub last_seen_at: DateTime<Utc>,
}

/// A page of such rows, the one that came last first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct QuarantinePage {
    /// The rows.
    pub items: Vec<SetAsideRow>,
    /// Where the next page begins; null: this was the last.
    pub next_cursor: Option<String>,
}

/// So many of something.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Counted {
    /// Of what.
    #[cfg_attr(feature = "openapi", schema(example = "pending"))]
    pub name: String,
    /// How many.
    pub count: i64,
}

/// A marketplace's group of methods that is closed for some sellers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ClosedGroup {
    /// Marketplace and group; null: closed before names were kept.
    #[cfg_attr(feature = "openapi", schema(example = "wildberries orders"))]
    pub name: Option<String>,
    /// For how many sellers.
    pub sellers: i64,
    /// Until when the last of them waits.
    pub until: DateTime<Utc>,
}

/// How old a kind of data is over all shops that are read by themselves.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AgeOfData {
    /// The kind.
    #[cfg_attr(feature = "openapi", schema(example = "orders"))]
    pub step: String,
    /// Half of the shops have newer data.
    pub p50: DateTime<Utc>,
    /// Of a hundred shops all but one have.
    pub p99: DateTime<Utc>,
    /// The oldest.
    pub oldest: DateTime<Utc>,
}

/// Connections to the database.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PoolState {
    /// What they are for.
    #[cfg_attr(feature = "openapi", schema(example = "readers"))]
    pub name: String,
    /// Lent out.
    pub in_use: u32,
    /// Open and free.
    pub idle: u32,
    /// The most there may be.
    pub most: u32,
}

/// How the installation is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Installation {
    /// Of the program.
    #[cfg_attr(feature = "openapi", schema(example = "0.1.0"))]
    pub version: String,
    /// `postgres` or `sqlite`.
    #[cfg_attr(feature = "openapi", schema(example = "postgres"))]
    pub database: String,
    /// Its connections, of the server that answers.
    pub pools: Vec<PoolState>,
    /// Workers that said within a minute that they live.
    pub workers: i64,
    /// Jobs by state.
    pub jobs: Vec<Counted>,
    /// Syncs that are not over, by status.
    pub syncs: Vec<Counted>,
    /// Of them, those that wait for a moment to come.
    pub postponed: i64,
    /// Since when the longest waiting sync could be at work; null: none waits.
    pub waiting_since: Option<DateTime<Utc>>,
    /// Kinds of shops' data that are due and whose sync was not made yet.
    pub due: i64,
    /// Since when the longest overdue of them is.
    pub due_since: Option<DateTime<Utc>>,
    /// What marketplaces closed for a while.
    pub closed: Vec<ClosedGroup>,
    /// Rows of answers that could not be read.
    pub quarantined: i64,
    /// How old data is.
    pub ages: Vec<AgeOfData>,
    /// Companies that may work.
    pub companies: i64,
    /// Companies that are suspended.
    pub suspended: i64,
}

/// An entry of the operators' log.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OperatorDeed {
    /// Its place in the chain, from 1.
    pub seq: i64,
    /// When.
    pub at: DateTime<Utc>,
    /// Whose address; null when they are gone, or it was the command line.
    pub email: Option<String>,
    /// What, as a word.
    #[cfg_attr(feature = "openapi", schema(example = "operator_looked"))]
    pub action: String,
    /// With what.
    #[cfg_attr(feature = "openapi", schema(value_type = Object, example = json!({"page": "tenants"})))]
    pub details: serde_json::Value,
    /// From which address.
    #[cfg_attr(feature = "openapi", schema(example = "203.0.113.7"))]
    pub address: String,
}

/// A page of the operators' log, the latest first.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OperatorLog {
    /// The entries.
    pub items: Vec<OperatorDeed>,
    /// Where the next page begins; null: this was the last.
    pub next_cursor: Option<i64>,
}
