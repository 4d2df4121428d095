//! The methods, one a file, each on the hosts that have it.
//!
//! A host is the first path segment, so that one listener can be all of them.

mod cards_list;
mod goods_filter;
pub(crate) mod nm_report;
mod ping;
mod rows;
mod seller_info;
mod seller_warehouses;
mod stock_products;
mod stocks;
mod supplier;
mod supplier_orders;
mod supplier_sales;
mod warehouse_remains;
mod warehouses;
mod wb_warehouses;

use crate::gateway::{Door, pass};
use crate::operation::{HOSTS, Host};
use crate::{Operation, Simulator, problem};
use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::middleware::from_fn_with_state;
use axum::response::Response;
use axum::routing::{MethodRouter, get, post};

pub(crate) fn router(simulator: &Simulator) -> Router {
    let mut table = Table { simulator, router: Router::new() };
    for host in &HOSTS {
        table.add(host, Operation::Ping, "/ping", get(ping::answer));
    }
    table.on("common-api", Operation::SellerInfo, "/api/v1/seller-info", &get(seller_info::answer));
    table.on(
        "content-api",
        Operation::CardsList,
        "/content/v2/get/cards/list",
        &post(cards_list::answer),
    );
    let report = "/api/analytics/v1/stocks-report";
    table.on(
        "seller-analytics-api",
        Operation::WbWarehouses,
        &format!("{report}/wb-warehouses"),
        &post(wb_warehouses::answer),
    );
    table.on(
        "seller-analytics-api",
        Operation::SellerWarehouses,
        &format!("{report}/seller-warehouses"),
        &post(seller_warehouses::answer),
    );
    table.on(
        "marketplace-api",
        Operation::Warehouses,
        "/api/v3/warehouses",
        &get(warehouses::answer),
    );
    table.on(
        "marketplace-api",
        Operation::Stocks,
        "/api/v3/stocks/{warehouseId}",
        &post(stocks::answer),
    );
    table.on(
        "statistics-api",
        Operation::SupplierOrders,
        "/api/v1/supplier/orders",
        &get(supplier_orders::answer),
    );
    table.on(
        "statistics-api",
        Operation::SupplierSales,
        "/api/v1/supplier/sales",
        &get(supplier_sales::answer),
    );
    table.on(
        "discounts-prices-api",
        Operation::GoodsFilter,
        "/api/v2/list/goods/filter",
        &get(goods_filter::answer),
    );
    reports(&mut table);
    table.router.fallback(unknown).with_state(simulator.clone())
}

/// Analytics' reports that are made while one waits, and the figures beside them.
fn reports(table: &mut Table<'_>) {
    use Operation::{
        NmReportCreate, NmReportFile, NmReportList, RemainsCreate, RemainsDownload, RemainsStatus,
        StockProducts,
    };
    let remains = "/api/v1/warehouse_remains";
    let task = format!("{remains}/tasks/{{taskId}}");
    let downloads = "/api/v2/nm-report/downloads";
    let methods: [(Operation, String, MethodRouter<Simulator>); 7] = [
        (RemainsCreate, remains.to_owned(), get(warehouse_remains::create)),
        (RemainsStatus, format!("{task}/status"), get(warehouse_remains::status)),
        (RemainsDownload, format!("{task}/download"), get(warehouse_remains::download)),
        (NmReportCreate, downloads.to_owned(), post(nm_report::create)),
        (NmReportList, downloads.to_owned(), get(nm_report::list)),
        (NmReportFile, format!("{downloads}/file/{{downloadId}}"), get(nm_report::file)),
        (
            StockProducts,
            "/api/v2/stocks-report/products/products".to_owned(),
            post(stock_products::answer),
        ),
    ];
    for (operation, path, method) in methods {
        table.on("seller-analytics-api", operation, &path, &method);
    }
}

struct Table<'a> {
    simulator: &'a Simulator,
    router: Router<Simulator>,
}

impl Table<'_> {
    /// A method on a host and on its sandbox, if there is one.
    fn on(
        &mut self,
        name: &str,
        operation: Operation,
        path: &str,
        method: &MethodRouter<Simulator>,
    ) {
        for host in &HOSTS {
            let short = host.name.trim_end_matches(".wildberries.ru");
            if short.trim_end_matches("-sandbox") == name {
                self.add(host, operation, path, method.clone());
            }
        }
    }

    fn add(
        &mut self,
        host: &'static Host,
        operation: Operation,
        path: &str,
        method: MethodRouter<Simulator>,
    ) {
        let door = Door { simulator: self.simulator.clone(), operation, host };
        let method = method.layer(from_fn_with_state(door, pass));
        let router = std::mem::take(&mut self.router);
        self.router = router.route(&format!("/{}{path}", host.name), method);
    }
}

/// A path that no host has.
async fn unknown(State(simulator): State<Simulator>) -> Response {
    let place = simulator.place("wildberries.ru");
    problem::gateway(StatusCode::NOT_FOUND, "path not found", "path not found", &place)
}
