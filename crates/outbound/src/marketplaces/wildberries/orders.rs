//! Orders and cancellations, by the time of their last change.

use super::{
    changes::{ChangesEnd, ChangesPage, read_row},
    client::{Access, Wildberries},
    hosts, map,
};
use crate::marketplaces::failure::Failure;
use chrono::{DateTime, Utc};
use domain::observed::ObservedOrder;

/// A page of orders under way.
pub type OrdersPage = ChangesPage<ObservedOrder>;

/// Where it ended.
pub type OrdersEnd = ChangesEnd;

impl Wildberries {
    /// Begins the page of orders that changed at a moment or later. One request.
    pub async fn orders_page(
        &self,
        access: &Access<'_>,
        since: DateTime<Utc>,
    ) -> Result<OrdersPage, Failure> {
        let method = (hosts::ORDERS, "/api/v1/supplier/orders");
        self.changes(access, method, since, |operation, place, row| {
            let order = read_row(operation, place, row, map::order)?;
            let changed_at = order.changed_at;
            Ok((order, changed_at))
        })
        .await
    }
}
