//! The hosts and methods that we use, as data. Nothing else is ever called.

use super::limits::Group;
use crate::guard::Host;

pub(super) const COMMON: Host = Host { production: "common-api.wildberries.ru", sandbox: None };
pub(super) const CONTENT: Host = Host {
    production: "content-api.wildberries.ru",
    sandbox: Some("content-api-sandbox.wildberries.ru"),
};
pub(super) const ANALYTICS: Host =
    Host { production: "seller-analytics-api.wildberries.ru", sandbox: None };
pub(super) const MARKETPLACE: Host = Host {
    production: "marketplace-api.wildberries.ru",
    sandbox: Some("marketplace-api-sandbox.wildberries.ru"),
};
pub(super) const STATISTICS: Host = Host {
    production: "statistics-api.wildberries.ru",
    sandbox: Some("statistics-api-sandbox.wildberries.ru"),
};

pub(super) const PRICES_HOST: Host = Host {
    production: "discounts-prices-api.wildberries.ru",
    sandbox: Some("discounts-prices-api-sandbox.wildberries.ru"),
};

/// A method of the marketplace.
#[derive(Clone, Copy, Debug)]
pub(super) struct Operation {
    /// Its name in errors and logs.
    pub name: &'static str,
    /// Where it lives.
    pub host: Host,
    /// Whose limits it shares.
    pub group: Group,
}

pub(super) const SELLER_INFO: Operation =
    Operation { name: "seller-info", host: COMMON, group: Group::SellerInfo };
pub(super) const CARDS: Operation =
    Operation { name: "cards/list", host: CONTENT, group: Group::Cards };
pub(super) const STOCK: Operation =
    Operation { name: "stocks-report/wb-warehouses", host: ANALYTICS, group: Group::StockReport };
pub(super) const WAREHOUSES: Operation =
    Operation { name: "warehouses", host: MARKETPLACE, group: Group::SellerWarehouses };
pub(super) const SELLER_STOCK: Operation =
    Operation { name: "stocks", host: MARKETPLACE, group: Group::SellerStock };
pub(super) const ORDERS: Operation =
    Operation { name: "supplier/orders", host: STATISTICS, group: Group::Orders };
pub(super) const SALES: Operation =
    Operation { name: "supplier/sales", host: STATISTICS, group: Group::Sales };
pub(super) const PRICES: Operation =
    Operation { name: "list/goods/filter", host: PRICES_HOST, group: Group::Prices };
pub(super) const REMAINS: Operation =
    Operation { name: "warehouse_remains", host: ANALYTICS, group: Group::RemainsCreate };
pub(super) const REMAINS_STATE: Operation =
    Operation { name: "warehouse_remains/status", host: ANALYTICS, group: Group::RemainsState };
pub(super) const REMAINS_FILE: Operation =
    Operation { name: "warehouse_remains/download", host: ANALYTICS, group: Group::RemainsFile };
pub(super) const REPORT: Operation =
    Operation { name: "nm-report/downloads", host: ANALYTICS, group: Group::ReportCreate };
pub(super) const REPORT_STATE: Operation =
    Operation { name: "nm-report/downloads (list)", host: ANALYTICS, group: Group::ReportState };
pub(super) const REPORT_FILE: Operation =
    Operation { name: "nm-report/downloads/file", host: ANALYTICS, group: Group::ReportFile };
pub(super) const FIGURES: Operation =
    Operation { name: "stocks-report/products", host: ANALYTICS, group: Group::Figures };

/// `/ping` of a host.
pub(super) const fn ping(host: Host) -> Operation {
    Operation { name: "ping", host, group: Group::Ping }
}
