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

/// `/ping` of a host.
pub(super) const fn ping(host: Host) -> Operation {
    Operation { name: "ping", host, group: Group::Ping }
}
