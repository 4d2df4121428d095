//! The methods of Ozon's Seller API that are simulated: paths, roles, limits, and those switched off.
//!
//! Only the tables; the checking is in `gateway`.

use crate::operation::Limit;

/// A method.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Ozon {
    /// `/v1/roles`.
    Roles,
    /// `/v1/seller/info`.
    SellerInfo,
    /// `/v3/product/list`.
    ProductList,
    /// `/v3/product/info/list`.
    ProductInfo,
    /// `/v4/product/info/attributes`.
    Attributes,
    /// `/v1/product/info/description`.
    Description,
    /// `/v4/product/info/stocks`.
    Stocks,
    /// `/v1/product/info/stocks-by-warehouse/fbo`.
    FboStocks,
    /// `/v2/product/info/stocks-by-warehouse/fbs`.
    FbsStocks,
    /// `/v1/product/info/warehouse/stocks`.
    WarehouseStocks,
    /// `/v5/product/info/prices`.
    Prices,
    /// `/v2/warehouse/list`.
    Warehouses,
    /// `/v1/warehouse/ozon/list`.
    OzonWarehouses,
    /// `/v1/warehouse/fbo/seller/list`.
    SellerFboWarehouses,
    /// `/v1/cluster/list`.
    ClustersOld,
    /// `/v2/cluster/list`.
    Clusters,
    /// `/v3/posting/fbo/list`.
    FboPostings,
    /// `/v2/posting/fbo/get`.
    FboPosting,
    /// `/v4/posting/fbs/list`.
    FbsPostings,
    /// `/v4/posting/fbs/unfulfilled/list`.
    UnfulfilledPostings,
    /// `/v3/posting/fbs/get`.
    FbsPosting,
    /// `/v1/returns/list`.
    Returns,
    /// `/v2/analytics/stock_on_warehouses`.
    StockOnWarehouses,
    /// `/v1/analytics/turnover/stocks`.
    Turnover,
    /// `/v1/analytics/stocks`.
    AnalyticsStocks,
    /// `/v1/analytics/data`.
    AnalyticsData,
}

/// What a key's role opens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Realm {
    /// Every key may.
    Any,
    Products,
    Stocks,
    Postings,
    Analytics,
}

/// The whole seller together: 50 calls a second.
pub(crate) const TOGETHER: Limit = Limit { interval: 20, burst: 50 };
const MINUTE: Limit = Limit { interval: 60_000, burst: 1 };

impl Ozon {
    /// All of them.
    pub const ALL: [Self; 26] = [
        Self::Roles,
        Self::SellerInfo,
        Self::ProductList,
        Self::ProductInfo,
        Self::Attributes,
        Self::Description,
        Self::Stocks,
        Self::FboStocks,
        Self::FbsStocks,
        Self::WarehouseStocks,
        Self::Prices,
        Self::Warehouses,
        Self::OzonWarehouses,
        Self::SellerFboWarehouses,
        Self::ClustersOld,
        Self::Clusters,
        Self::FboPostings,
        Self::FboPosting,
        Self::FbsPostings,
        Self::UnfulfilledPostings,
        Self::FbsPosting,
        Self::Returns,
        Self::StockOnWarehouses,
        Self::Turnover,
        Self::AnalyticsStocks,
        Self::AnalyticsData,
    ];

    /// Its path, which is also its name for controls and counters.
    pub fn path(self) -> &'static str {
        match self {
            Self::Roles => "/v1/roles",
            Self::SellerInfo => "/v1/seller/info",
            Self::ProductList => "/v3/product/list",
            Self::ProductInfo => "/v3/product/info/list",
            Self::Attributes => "/v4/product/info/attributes",
            Self::Description => "/v1/product/info/description",
            Self::Stocks => "/v4/product/info/stocks",
            Self::FboStocks => "/v1/product/info/stocks-by-warehouse/fbo",
            Self::FbsStocks => "/v2/product/info/stocks-by-warehouse/fbs",
            Self::WarehouseStocks => "/v1/product/info/warehouse/stocks",
            Self::Prices => "/v5/product/info/prices",
            Self::Warehouses => "/v2/warehouse/list",
            Self::OzonWarehouses => "/v1/warehouse/ozon/list",
            Self::SellerFboWarehouses => "/v1/warehouse/fbo/seller/list",
            Self::ClustersOld => "/v1/cluster/list",
            Self::Clusters => "/v2/cluster/list",
            Self::FboPostings => "/v3/posting/fbo/list",
            Self::FboPosting => "/v2/posting/fbo/get",
            Self::FbsPostings => "/v4/posting/fbs/list",
            Self::UnfulfilledPostings => "/v4/posting/fbs/unfulfilled/list",
            Self::FbsPosting => "/v3/posting/fbs/get",
            Self::Returns => "/v1/returns/list",
            Self::StockOnWarehouses => "/v2/analytics/stock_on_warehouses",
            Self::Turnover => "/v1/analytics/turnover/stocks",
            Self::AnalyticsStocks => "/v1/analytics/stocks",
            Self::AnalyticsData => "/v1/analytics/data",
        }
    }

    /// The method of a path.
    pub fn of_path(path: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|method| method.path() == path)
    }

    pub(crate) fn realm(self) -> Realm {
        match self {
            Self::Roles | Self::SellerInfo => Realm::Any,
            Self::ProductList
            | Self::ProductInfo
            | Self::Attributes
            | Self::Description
            | Self::Prices => Realm::Products,
            Self::Stocks
            | Self::FboStocks
            | Self::FbsStocks
            | Self::WarehouseStocks
            | Self::Warehouses
            | Self::OzonWarehouses
            | Self::SellerFboWarehouses
            | Self::ClustersOld
            | Self::Clusters => Realm::Stocks,
            Self::FboPostings
            | Self::FboPosting
            | Self::FbsPostings
            | Self::UnfulfilledPostings
            | Self::FbsPosting
            | Self::Returns => Realm::Postings,
            Self::StockOnWarehouses
            | Self::Turnover
            | Self::AnalyticsStocks
            | Self::AnalyticsData => Realm::Analytics,
        }
    }

    /// A limit of its own beside the common one.
    pub(crate) fn limit(self) -> Option<Limit> {
        matches!(self, Self::Turnover | Self::AnalyticsData).then_some(MINUTE)
    }
}

/// Methods that Ozon switched off, before 2026-11.
pub(crate) const SWITCHED_OFF: [&str; 11] = [
    "/v1/warehouse/list",
    "/v1/product/info/stocks-by-warehouse/fbs",
    "/v1/delivery-method/list",
    "/v2/product/list",
    "/v3/product/info/stocks",
    "/v2/posting/fbo/list",
    "/v3/posting/fbs/list",
    "/v3/posting/fbs/unfulfilled/list",
    "/v1/analytics/stock_on_warehouses",
    "/v3/finance/transaction/list",
    "/v3/finance/transaction/totals",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_leads_to_its_method() {
        for method in Ozon::ALL {
            assert_eq!(Ozon::of_path(method.path()), Some(method));
            assert!(!SWITCHED_OFF.contains(&method.path()));
        }
        assert_eq!(Ozon::of_path("/v1/warehouse/list"), None);
    }
}
