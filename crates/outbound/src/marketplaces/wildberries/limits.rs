//! The marketplace's published limits as data: a token bucket for each seller (`sid`), kind of token and method
//! group. Waiting, and remembering when the next call is allowed, is the caller's.

pub use crate::marketplaces::pace::Rule;
use domain::account::KeyKind;
use std::{str::FromStr, time::Duration};

/// Methods that share a bucket.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Group {
    /// `/ping`, one bucket a host: only when a key is saved, never as a health check.
    Ping,
    /// `seller-info`.
    SellerInfo,
    /// `cards/list`.
    Cards,
    /// `stocks-report/wb-warehouses`.
    StockReport,
    /// `/api/v3/warehouses`.
    SellerWarehouses,
    /// `/api/v3/stocks/{id}`.
    SellerStock,
    /// `supplier/orders`.
    Orders,
    /// `supplier/sales`.
    Sales,
    /// All of Prices: one bucket.
    Prices,
    /// `warehouse_remains`.
    RemainsCreate,
    /// Its `status`.
    RemainsState,
    /// Its `download`.
    RemainsFile,
    /// `POST nm-report/downloads`.
    ReportCreate,
    /// `GET nm-report/downloads`.
    ReportState,
    /// `nm-report/downloads/file`.
    ReportFile,
    /// `stocks-report/products/products`.
    Figures,
}

impl Group {
    /// All.
    pub const ALL: [Self; 16] = [
        Self::Ping,
        Self::SellerInfo,
        Self::Cards,
        Self::StockReport,
        Self::SellerWarehouses,
        Self::SellerStock,
        Self::Orders,
        Self::Sales,
        Self::Prices,
        Self::RemainsCreate,
        Self::RemainsState,
        Self::RemainsFile,
        Self::ReportCreate,
        Self::ReportState,
        Self::ReportFile,
        Self::Figures,
    ];

    /// A stable word, fit for the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Ping => "ping",
            Self::SellerInfo => "seller_info",
            Self::Cards => "cards",
            Self::StockReport => "stock_report",
            Self::SellerWarehouses => "seller_warehouses",
            Self::SellerStock => "seller_stock",
            Self::Orders => "orders",
            Self::Sales => "sales",
            Self::Prices => "prices",
            Self::RemainsCreate => "remains_create",
            Self::RemainsState => "remains_state",
            Self::RemainsFile => "remains_file",
            Self::ReportCreate => "report_create",
            Self::ReportState => "report_state",
            Self::ReportFile => "report_file",
            Self::Figures => "figures",
        }
    }
}

impl Group {
    fn is_absent_from_the_sandbox(self) -> bool {
        matches!(
            self,
            Self::StockReport
                | Self::SellerInfo
                | Self::RemainsCreate
                | Self::RemainsState
                | Self::RemainsFile
                | Self::ReportCreate
                | Self::ReportState
                | Self::ReportFile
                | Self::Figures
        )
    }
}

impl FromStr for Group {
    type Err = domain::marketplace::UnknownWord;

    fn from_str(word: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|group| group.as_str() == word).ok_or_else(|| {
            domain::marketplace::UnknownWord { what: "method group", word: word.to_owned() }
        })
    }
}

/// The limit of a group for a kind of token. An unknown kind gets the strictest, that of a base token, but is
/// let try what base tokens may not.
pub fn rule(group: Group, kind: Option<KeyKind>) -> Rule {
    let base = matches!(kind, None | Some(KeyKind::Base));
    let (interval, burst) = match (group, base) {
        (Group::Ping, _) => (seconds(10), 3),
        (Group::SellerInfo, true) => (hours(24), 1),
        (Group::Cards, _) | (Group::Prices, false) => (Duration::from_millis(600), 5),
        (Group::StockReport, _) => (seconds(20), 1),
        (Group::SellerWarehouses | Group::SellerStock, false) => (Duration::from_millis(200), 20),
        (Group::SellerWarehouses | Group::SellerStock, true) => (Duration::from_millis(400), 10),
        (Group::SellerInfo | Group::Orders, false) => (seconds(60), 10),
        (Group::Orders, true) => (hours(3), 1),
        (Group::Sales | Group::RemainsFile, false) => (seconds(60), 1),
        (Group::Sales, true) => (hours(2), 1),
        (Group::RemainsCreate, false) => (seconds(60), 5),
        (Group::RemainsState, false) => (seconds(5), 5),
        (Group::Prices | Group::RemainsCreate | Group::RemainsState | Group::RemainsFile, true) => {
            (minutes(15), 1)
        }
        (Group::ReportCreate | Group::ReportState | Group::ReportFile, true) => (hours(1), 1),
        (Group::Figures, true) => (minutes(30), 1),
        (Group::ReportCreate | Group::ReportState | Group::ReportFile | Group::Figures, false) => {
            (seconds(20), 3)
        }
    };
    let refusal_costs = match group {
        Group::SellerWarehouses | Group::SellerStock => 10,
        _ => 1,
    };
    let available = match kind {
        Some(KeyKind::Base) => group != Group::StockReport,
        // The sandbox has no analytics and no common host.
        Some(KeyKind::Test) => !group.is_absent_from_the_sandbox(),
        _ => true,
    };
    if kind == Some(KeyKind::Test) {
        // The sandbox allows one request a second for everything on a host.
        return Rule { interval: interval.max(seconds(1)), burst: 1, available, refusal_costs };
    }
    Rule { interval, burst, available, refusal_costs }
}

const fn seconds(n: u64) -> Duration {
    Duration::from_secs(n)
}

const fn minutes(n: u64) -> Duration {
    Duration::from_secs(n * 60)
}

const fn hours(n: u64) -> Duration {
    Duration::from_secs(n * 3600)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_the_published_one() {
        let cases = [
            (Group::Orders, Some(KeyKind::Personal), 60, 10),
            (Group::Orders, Some(KeyKind::Base), 3 * 3600, 1),
            (Group::Orders, None, 3 * 3600, 1),
            (Group::StockReport, Some(KeyKind::Service), 20, 1),
            (Group::SellerInfo, Some(KeyKind::Base), 24 * 3600, 1),
            (Group::Ping, Some(KeyKind::Personal), 10, 3),
            (Group::Sales, Some(KeyKind::Personal), 60, 1),
            (Group::Sales, Some(KeyKind::Base), 2 * 3600, 1),
            (Group::Prices, Some(KeyKind::Base), 900, 1),
            (Group::RemainsCreate, Some(KeyKind::Base), 900, 1),
            (Group::RemainsState, Some(KeyKind::Personal), 5, 5),
            (Group::ReportFile, Some(KeyKind::Base), 3600, 1),
            (Group::Figures, Some(KeyKind::Service), 20, 3),
            (Group::Figures, Some(KeyKind::Base), 1800, 1),
        ];
        for (group, kind, interval, burst) in cases {
            let found = rule(group, kind);
            assert_eq!((found.interval.as_secs(), found.burst), (interval, burst), "{group:?}");
        }
        assert_eq!(rule(Group::Cards, None).interval, Duration::from_millis(600));
        assert_eq!(rule(Group::SellerStock, Some(KeyKind::Personal)).refusal_costs, 10);
    }

    #[test]
    fn base_tokens_have_no_stock_report() {
        assert!(!rule(Group::StockReport, Some(KeyKind::Base)).available);
        assert!(rule(Group::StockReport, Some(KeyKind::Personal)).available);
        assert!(rule(Group::StockReport, None).available);
    }

    #[test]
    fn words_come_back_as_groups() {
        for group in Group::ALL {
            assert_eq!(group.as_str().parse::<Group>().unwrap(), group);
        }
        assert!("nothing".parse::<Group>().is_err());
    }
}
