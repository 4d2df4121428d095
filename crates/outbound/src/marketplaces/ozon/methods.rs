//! The methods that we use, as data, and their limits: a bucket for each `Client-Id` and path. Nothing else is ever
//! called. Waiting, and remembering when the next call is allowed, is the caller's.

use crate::{guard::Host, marketplaces::pace::Rule};
use domain::account::KeyScope;
use std::time::Duration;

/// Where all of them live.
pub(super) const HOST: Host = Host { production: "api-seller.ozon.ru", sandbox: None };

/// A method of the marketplace; each has a limit of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Method {
    /// What the key may do.
    Roles,
    /// The seller's name.
    SellerInfo,
    /// Numbers of all products.
    ProductList,
    /// Names, barcodes, pictures.
    ProductInfo,
    /// Brands and kinds.
    ProductAttributes,
    /// Stock at Ozon's warehouses.
    FboStock,
    /// Stock at the seller's warehouses.
    FbsStock,
    /// Ozon's own view of the stock at its warehouses, with ads, idc and grade.
    StockAnalytics,
    /// Turnover by Ozon's count.
    Turnover,
    /// Ozon's warehouses by cluster.
    Clusters,
    /// Ozon's warehouses, the ones without a cluster too.
    OzonWarehouses,
    /// The seller's warehouses.
    SellerWarehouses,
    /// Prices.
    Prices,
    /// Postings from Ozon's warehouses.
    FboPostings,
    /// Postings from the seller's.
    FbsPostings,
    /// Returns of both.
    Returns,
}

impl Method {
    /// All.
    pub const ALL: [Self; 16] = [
        Self::Roles,
        Self::SellerInfo,
        Self::ProductList,
        Self::ProductInfo,
        Self::ProductAttributes,
        Self::FboStock,
        Self::FbsStock,
        Self::StockAnalytics,
        Self::Turnover,
        Self::Clusters,
        Self::OzonWarehouses,
        Self::SellerWarehouses,
        Self::Prices,
        Self::FboPostings,
        Self::FbsPostings,
        Self::Returns,
    ];

    /// Its path: what Ozon's roles and limits are keyed by. Ozon removes a version one to three months after it
    /// announced the next, so versions stand here and nowhere else.
    pub const fn path(self) -> &'static str {
        match self {
            Self::Roles => "/v1/roles",
            Self::SellerInfo => "/v1/seller/info",
            Self::ProductList => "/v3/product/list",
            Self::ProductInfo => "/v3/product/info/list",
            Self::ProductAttributes => "/v4/product/info/attributes",
            Self::FboStock => "/v1/product/info/stocks-by-warehouse/fbo",
            Self::FbsStock => "/v2/product/info/stocks-by-warehouse/fbs",
            Self::StockAnalytics => "/v1/analytics/stocks",
            Self::Turnover => "/v1/analytics/turnover/stocks",
            Self::Clusters => "/v2/cluster/list",
            Self::OzonWarehouses => "/v1/warehouse/ozon/list",
            Self::SellerWarehouses => "/v2/warehouse/list",
            Self::Prices => "/v5/product/info/prices",
            Self::FboPostings => "/v3/posting/fbo/list",
            Self::FbsPostings => "/v4/posting/fbs/list",
            Self::Returns => "/v1/returns/list",
        }
    }

    /// Which of the permissions that people see it belongs to; `None`: every key has it.
    pub const fn scope(self) -> Option<KeyScope> {
        Some(match self {
            Self::Roles | Self::SellerInfo => return None,
            Self::ProductList | Self::ProductInfo | Self::ProductAttributes => KeyScope::Content,
            Self::FboStock
            | Self::StockAnalytics
            | Self::Turnover
            | Self::Clusters
            | Self::OzonWarehouses => KeyScope::Analytics,
            Self::FbsStock | Self::SellerWarehouses => KeyScope::Marketplace,
            Self::Prices => KeyScope::Prices,
            Self::FboPostings | Self::FbsPostings | Self::Returns => KeyScope::Statistics,
        })
    }
}

/// The limits of a method: its own first, then that of the seller over all methods.
///
/// Ozon publishes 50 requests a second over all methods of a `Client-Id`, and one a minute for turnover. Of the others
/// it says nothing; clients in the field keep two a second each, which Ozon answers.
pub const fn limits(method: Method) -> [(&'static str, Rule); 2] {
    [(method.path(), rule(method)), ("all", paced(Duration::from_millis(20), 50))]
}

/// The limit of a method alone.
pub(super) const fn rule(method: Method) -> Rule {
    match method {
        Method::Turnover => paced(Duration::from_mins(1), 1),
        _ => paced(Duration::from_millis(500), 2),
    }
}

const fn paced(interval: Duration, burst: u32) -> Rule {
    Rule { interval, burst, available: true, refusal_costs: 1 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn the_table_is_the_published_one() {
        let [(own, rule), (all, together)] = limits(Method::Turnover);
        assert_eq!(
            (own, rule.interval.as_secs(), rule.burst),
            ("/v1/analytics/turnover/stocks", 60, 1)
        );
        assert_eq!((all, together.interval.as_millis(), together.burst), ("all", 20, 50));
        for method in Method::ALL {
            let rules = limits(method).map(|(_, rule)| rule);
            assert!(rules.iter().all(|rule| rule.available && rule.burst > 0), "{method:?}");
        }
    }

    #[test]
    fn each_method_has_a_path_of_its_own() {
        let paths: HashSet<_> = Method::ALL.iter().map(|method| method.path()).collect();
        assert_eq!(paths.len(), Method::ALL.len());
    }
}
