//! The methods that are simulated: their names, hosts, categories and limits.
//!
//! Only the tables; the counting is in `limits`, the checking in `gateway`.

use crate::ozon::Ozon;
use crate::tokens::{Kind, Scopes};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A method, or the ping that every host has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Operation {
    /// `GET /ping`.
    Ping,
    /// `GET /api/v1/seller-info`.
    SellerInfo,
    /// `POST /content/v2/get/cards/list`.
    CardsList,
    /// `POST /api/analytics/v1/stocks-report/wb-warehouses`.
    WbWarehouses,
    /// `POST /api/analytics/v1/stocks-report/seller-warehouses`.
    SellerWarehouses,
    /// `GET /api/v3/warehouses`.
    Warehouses,
    /// `POST /api/v3/stocks/{warehouseId}`.
    Stocks,
    /// `GET /api/v1/supplier/orders`.
    SupplierOrders,
    /// `GET /api/v1/supplier/sales`.
    SupplierSales,
    /// `GET /api/v2/list/goods/filter`.
    GoodsFilter,
    /// `GET /api/v1/warehouse_remains`.
    RemainsCreate,
    /// `GET /api/v1/warehouse_remains/tasks/{task_id}/status`.
    RemainsStatus,
    /// `GET /api/v1/warehouse_remains/tasks/{task_id}/download`.
    RemainsDownload,
    /// `POST /api/v2/nm-report/downloads`.
    NmReportCreate,
    /// `GET /api/v2/nm-report/downloads`.
    NmReportList,
    /// `GET /api/v2/nm-report/downloads/file/{downloadId}`.
    NmReportFile,
    /// `POST /api/v2/stocks-report/products/products`.
    StockProducts,
    /// A method of Ozon.
    Ozon(Ozon),
}

impl Operation {
    /// All of Wildberries'.
    pub const ALL: [Self; 17] = [
        Self::Ping,
        Self::SellerInfo,
        Self::CardsList,
        Self::WbWarehouses,
        Self::SellerWarehouses,
        Self::Warehouses,
        Self::Stocks,
        Self::SupplierOrders,
        Self::SupplierSales,
        Self::GoodsFilter,
        Self::RemainsCreate,
        Self::RemainsStatus,
        Self::RemainsDownload,
        Self::NmReportCreate,
        Self::NmReportList,
        Self::NmReportFile,
        Self::StockProducts,
    ];

    /// A word for controls and counters.
    pub fn name(self) -> &'static str {
        match self {
            Self::Ping => "ping",
            Self::SellerInfo => "seller-info",
            Self::CardsList => "cards-list",
            Self::WbWarehouses => "wb-warehouses",
            Self::SellerWarehouses => "seller-warehouses",
            Self::Warehouses => "warehouses",
            Self::Stocks => "stocks",
            Self::SupplierOrders => "supplier-orders",
            Self::SupplierSales => "supplier-sales",
            Self::GoodsFilter => "goods-filter",
            Self::RemainsCreate => "remains-create",
            Self::RemainsStatus => "remains-status",
            Self::RemainsDownload => "remains-download",
            Self::NmReportCreate => "nm-report-create",
            Self::NmReportList => "nm-report-list",
            Self::NmReportFile => "nm-report-file",
            Self::StockProducts => "stock-products",
            Self::Ozon(method) => method.path(),
        }
    }

    /// All of both marketplaces.
    pub fn all() -> impl Iterator<Item = Self> {
        Self::ALL.into_iter().chain(Ozon::ALL.into_iter().map(Self::Ozon))
    }

    /// The method of a word.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::all().find(|operation| operation.name() == name)
    }

    /// Newer methods are closed to base tokens.
    pub(crate) fn refuses_base(self) -> bool {
        matches!(self, Self::WbWarehouses | Self::SellerWarehouses)
    }

    /// The documented limit.
    #[expect(clippy::match_same_arms, reason = "a line a method, as the documents have them")]
    pub(crate) fn limit(self, host: &Host, kind: Kind) -> Limit {
        const MINUTE: i64 = 60_000;
        const HOUR: i64 = 60 * MINUTE;
        let base = kind == Kind::Base;
        match self {
            Self::Ping => Limit::new(10_000, 3),
            // Counted at Ozon's own door.
            Self::Ozon(method) => method.limit().unwrap_or(Limit::new(20, 50)),
            _ if host.name == "marketplace-api-sandbox.wildberries.ru" => Limit::new(1_000, 1),
            Self::SellerInfo if base => Limit::new(24 * HOUR, 1),
            Self::CardsList => Limit::new(600, 5),
            Self::WbWarehouses | Self::SellerWarehouses => Limit::new(20_000, 1),
            // The methods' table has no column for base tokens, the general text halves it.
            Self::Warehouses | Self::Stocks if base => Limit::new(400, 10),
            Self::Warehouses | Self::Stocks => Limit::new(200, 20),
            Self::SupplierOrders if base => Limit::new(3 * HOUR, 1),
            Self::SellerInfo | Self::SupplierOrders => Limit::new(MINUTE, 10),
            Self::SupplierSales if base => Limit::new(2 * HOUR, 1),
            Self::SupplierSales => Limit::new(MINUTE, 1),
            Self::GoodsFilter
            | Self::RemainsCreate
            | Self::RemainsStatus
            | Self::RemainsDownload
                if base =>
            {
                Limit::new(15 * MINUTE, 1)
            }
            Self::GoodsFilter => Limit::new(600, 5),
            Self::RemainsCreate => Limit::new(MINUTE, 5),
            Self::RemainsStatus => Limit::new(5_000, 5),
            Self::RemainsDownload => Limit::new(MINUTE, 1),
            Self::NmReportCreate | Self::NmReportList | Self::NmReportFile if base => {
                Limit::new(HOUR, 1)
            }
            Self::StockProducts if base => Limit::new(HOUR / 2, 1),
            Self::NmReportCreate
            | Self::NmReportList
            | Self::NmReportFile
            | Self::StockProducts => Limit::new(20_000, 3),
        }
    }
}

impl Serialize for Operation {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(self.name())
    }
}

impl<'de> Deserialize<'de> for Operation {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let name = String::deserialize(from)?;
        Self::from_name(&name)
            .ok_or_else(|| serde::de::Error::custom(format!("unknown operation {name:?}")))
    }
}

/// A token bucket's measure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Limit {
    /// Milliseconds in which one call comes back.
    pub interval: i64,
    /// How many calls it holds.
    pub burst: i64,
}

impl Limit {
    const fn new(interval: i64, burst: i64) -> Self {
        Self { interval, burst }
    }
}

/// A host of the marketplace.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Host {
    pub name: &'static str,
    /// The category that its methods want; `None`: any token.
    pub scope: Option<Scopes>,
    pub sandbox: bool,
    /// How its errors look, below the gateway's.
    pub style: Style,
}

/// How a host writes its errors.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Style {
    Common,
    Content,
    Analytics,
    Marketplace,
    Statistics,
}

const fn host(name: &'static str, scope: Scopes, sandbox: bool, style: Style) -> Host {
    Host { name, scope: Some(scope), sandbox, style }
}

/// Every host that answers.
pub(crate) static HOSTS: [Host; 12] = [
    Host { name: "common-api.wildberries.ru", scope: None, sandbox: false, style: Style::Common },
    host("content-api.wildberries.ru", Scopes::CONTENT, false, Style::Content),
    host("seller-analytics-api.wildberries.ru", Scopes::ANALYTICS, false, Style::Analytics),
    host("discounts-prices-api.wildberries.ru", Scopes::PRICES, false, Style::Content),
    host("marketplace-api.wildberries.ru", Scopes::MARKETPLACE, false, Style::Marketplace),
    host("statistics-api.wildberries.ru", Scopes::STATISTICS, false, Style::Statistics),
    host("supplies-api.wildberries.ru", Scopes::SUPPLIES, false, Style::Common),
    host("content-api-sandbox.wildberries.ru", Scopes::CONTENT, true, Style::Content),
    host("discounts-prices-api-sandbox.wildberries.ru", Scopes::PRICES, true, Style::Content),
    host("marketplace-api-sandbox.wildberries.ru", Scopes::MARKETPLACE, true, Style::Marketplace),
    host("statistics-api-sandbox.wildberries.ru", Scopes::STATISTICS, true, Style::Statistics),
    host("supplies-api-sandbox.wildberries.ru", Scopes::SUPPLIES, true, Style::Common),
];
