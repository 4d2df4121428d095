//! The methods, one a file: each reads a body and answers with a value, nothing else.

mod analytics_data;
mod analytics_stocks;
mod attributes;
mod clusters;
mod description;
mod fbo_postings;
mod fbo_stocks;
mod fbs_postings;
mod fbs_stocks;
mod posting;
mod prices;
mod product_info;
mod product_list;
mod returns;
mod roles;
mod seller_info;
mod stock_on_warehouses;
mod stocks;
mod turnover;
mod visibility;
mod warehouse_stocks;
mod warehouses;

use super::method::Ozon;
use super::problem::Problem;
use super::shop::Shop;
pub(super) use prices::money;
pub(super) use returns::Return;
use serde_json::Value;

/// What a method says.
pub(crate) type Answer = Result<Value, Problem>;

/// Asks a method.
pub(crate) fn answer(method: Ozon, shop: &Shop<'_>, body: &[u8]) -> Answer {
    let answer = match method {
        Ozon::Roles => roles::answer,
        Ozon::SellerInfo => seller_info::answer,
        Ozon::ProductList => product_list::answer,
        Ozon::ProductInfo => product_info::answer,
        Ozon::Attributes => attributes::answer,
        Ozon::Description => description::answer,
        Ozon::Stocks => stocks::answer,
        Ozon::FboStocks => fbo_stocks::answer,
        Ozon::FbsStocks => fbs_stocks::answer,
        Ozon::WarehouseStocks => warehouse_stocks::answer,
        Ozon::Prices => prices::answer,
        Ozon::Warehouses => warehouses::sellers,
        Ozon::OzonWarehouses => warehouses::ozons,
        Ozon::SellerFboWarehouses => warehouses::supplied_from,
        Ozon::ClustersOld => clusters::old,
        Ozon::Clusters => clusters::answer,
        Ozon::FboPostings => fbo_postings::list,
        Ozon::FboPosting => fbo_postings::get,
        Ozon::FbsPostings => fbs_postings::list,
        Ozon::UnfulfilledPostings => fbs_postings::unfulfilled,
        Ozon::FbsPosting => fbs_postings::get,
        Ozon::Returns => returns::answer,
        Ozon::StockOnWarehouses => stock_on_warehouses::answer,
        Ozon::Turnover => turnover::answer,
        Ozon::AnalyticsStocks => analytics_stocks::answer,
        Ozon::AnalyticsData => analytics_data::answer,
    };
    answer(shop, body)
}
