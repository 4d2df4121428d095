//! Synchronisations: what is being read, how far it is, what went wrong.

use crate::{AccountId, Marketplace, SyncRunId, TenantId};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// How a sync stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum SyncStatus {
    /// Waits for a worker.
    Pending,
    /// At work, or waiting for the marketplace's limits.
    Running,
    /// Every step is done.
    Completed,
    /// Some steps are done; the others keep their last good data.
    Partial,
    /// No step is done.
    Failed,
    /// Somebody ended it; what was read until then stays.
    Cancelled,
}

impl SyncStatus {
    /// Whether nothing more will happen.
    pub const fn is_final(self) -> bool {
        matches!(self, Self::Completed | Self::Partial | Self::Failed | Self::Cancelled)
    }

    /// The word of the API and the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Running => "running",
            Self::Completed => "completed",
            Self::Partial => "partial",
            Self::Failed => "failed",
            Self::Cancelled => "cancelled",
        }
    }
}

/// A part of a sync, with data and freshness of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum StepKind {
    /// Cards, sizes, barcodes.
    Products,
    /// Stock at the marketplace's warehouses.
    MarketplaceStock,
    /// Stock at the seller's own warehouses.
    SellerStock,
    /// Orders and cancellations.
    Orders,
    /// What reached its buyers, and on Wildberries what came back.
    Sales,
    /// What came back, where the marketplace lists it apart.
    Returns,
    /// Prices and discounts.
    Prices,
    /// The levels of stock before the shop was connected.
    StockHistory,
    /// The marketplace's own figures, to compare ours with.
    Figures,
    /// Our own sums: orders of 7 and 28 days, velocity, cover.
    Measures,
}

impl StepKind {
    /// All, in the order in which they run: sizes must be known before their stock is.
    pub const ALL: [Self; 10] = [
        Self::Products,
        Self::MarketplaceStock,
        Self::SellerStock,
        Self::Orders,
        Self::Sales,
        Self::Returns,
        Self::Prices,
        Self::StockHistory,
        Self::Figures,
        Self::Measures,
    ];

    /// Those of a marketplace's syncs, in their order.
    pub const fn of(marketplace: Marketplace) -> &'static [Self] {
        match marketplace {
            Marketplace::Wildberries => &[
                Self::Products,
                Self::MarketplaceStock,
                Self::SellerStock,
                Self::Orders,
                Self::Sales,
                Self::Prices,
                Self::StockHistory,
                Self::Figures,
                Self::Measures,
            ],
            // What reached its buyers comes with the orders.
            Marketplace::Ozon => &[
                Self::Products,
                Self::MarketplaceStock,
                Self::SellerStock,
                Self::Orders,
                Self::Returns,
                Self::Prices,
                Self::Figures,
                Self::Measures,
            ],
        }
    }

    /// The word of the API and the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Products => "products",
            Self::MarketplaceStock => "marketplace_stock",
            Self::SellerStock => "seller_stock",
            Self::Orders => "orders",
            Self::Sales => "sales",
            Self::Returns => "returns",
            Self::Prices => "prices",
            Self::StockHistory => "stock_history",
            Self::Figures => "figures",
            Self::Measures => "measures",
        }
    }
}

/// How a step stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum StepState {
    /// Its turn has not come.
    Waiting,
    /// At work.
    Running,
    /// The marketplace asked to wait; goes on at `next_try_at`.
    Postponed,
    /// Done.
    Done,
    /// Given up in this sync; the last good data stays.
    Failed,
}

impl StepState {
    /// The word of the API and the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Running => "running",
            Self::Postponed => "postponed",
            Self::Done => "done",
            Self::Failed => "failed",
        }
    }
}

/// Why a step has no newer data, as a word that the interface translates.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum StepProblemCode {
    /// There is no key.
    NoKey,
    /// The marketplace refuses the key.
    KeyRefused,
    /// The key lacks this permission, or its kind may not use the method.
    NotPermitted,
    /// The marketplace switched the method off for now.
    Disabled,
    /// The marketplace asked to wait.
    RateLimited,
    /// The marketplace is making the report that was asked for.
    Preparing,
    /// The marketplace could not be reached or answered with an error of its own.
    Unreachable,
    /// The answer was empty or broke off after a full one: the last good data stays.
    SuspiciouslyEmpty,
    /// The answer did not have the agreed shape.
    UnexpectedShape,
    /// The company's plan has no room for all of it: what is known stays and goes on, nothing new is taken.
    PlanLimit,
    /// Somebody ended the sync before the step did.
    Cancelled,
    /// Ours.
    Internal,
}

/// Why a step has no newer data.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StepProblem {
    /// The reason as a word.
    pub code: StepProblemCode,
    /// One English sentence, with the marketplace's request id when it gave one; never a key.
    #[cfg_attr(
        feature = "openapi",
        schema(example = "Wildberries refused the key: it may not read this")
    )]
    pub detail: String,
}

/// A step of a sync.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SyncStep {
    /// Which.
    pub kind: StepKind,
    /// How it stands.
    pub state: StepState,
    /// Rows read so far.
    pub rows: i64,
    /// Rows that changed something.
    pub changed: i64,
    /// Rows that could not be read and were set aside for the operator; what they may tell of stays as it was.
    pub quarantined: i64,
    /// How many rows are expected, when that can be known.
    pub expected: Option<i64>,
    /// Requests made.
    pub requests: i64,
    /// Milliseconds spent waiting for the marketplace's limits.
    pub waited_ms: i64,
    /// When it began.
    pub started_at: Option<DateTime<Utc>>,
    /// When it ended.
    pub finished_at: Option<DateTime<Utc>>,
    /// When it goes on, if postponed.
    pub next_try_at: Option<DateTime<Utc>>,
    /// What went wrong.
    pub problem: Option<StepProblem>,
}

/// A sync.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SyncRun {
    /// Its id; `task_id` of the contract.
    pub id: SyncRunId,
    /// Of which shop.
    pub account_id: AccountId,
    /// On which marketplace.
    pub marketplace: Marketplace,
    /// How it stands.
    pub status: SyncStatus,
    /// When it was asked for.
    pub created_at: DateTime<Utc>,
    /// When a worker took it.
    pub started_at: Option<DateTime<Utc>>,
    /// When it ended.
    pub finished_at: Option<DateTime<Utc>>,
    /// Its steps in order.
    pub steps: Vec<SyncStep>,
}

/// The answer to "synchronise".
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SyncStarted {
    /// `Sync started`.
    #[cfg_attr(feature = "openapi", schema(example = "Sync started"))]
    pub message: String,
    /// The company.
    pub tenant_id: TenantId,
    /// The sync's id; a second call while one runs gets the same.
    pub task_id: SyncRunId,
    /// `pending`, or `running` when one was under way.
    pub status: SyncStatus,
}
