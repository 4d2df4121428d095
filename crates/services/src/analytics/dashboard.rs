//! The whole shop at a glance.

use super::{ratio, round, sync_history};
use crate::{Caller, Result, Services};
use chrono::DateTime;
use domain::{
    ApiError, Permission,
    analytics::{Dashboard, LastSync},
};
use store::{LoggedRun, ShopTotals};

/// What is known now.
pub async fn dashboard(services: &Services, caller: &Caller) -> Result<Dashboard> {
    if !caller.may(Permission::Read) {
        return Err(ApiError::denied().into());
    }
    let mut tx = services.store.read(caller).await?;
    let totals = tx.shop_totals().await?;
    let latest = tx.logged_runs(DateTime::UNIX_EPOCH, 1).await?.pop();
    tx.commit().await?;
    Ok(Dashboard {
        total_products: totals.products,
        // Nothing lies in an empty shop; in one that was never read nobody knows.
        total_stock: totals.stock.or((totals.products == 0).then_some(0)),
        total_orders: totals.orders.or((totals.products == 0).then_some(0)),
        low_stock_count: totals.low,
        out_of_stock_count: totals.out_of_stock,
        unknown_stock_count: totals.products - totals.known,
        average_stock_per_product: average(&totals),
        last_sync: latest.as_ref().map(last_sync),
        health_score: health(&totals),
    })
}

fn last_sync(run: &LoggedRun) -> LastSync {
    LastSync {
        timestamp: run.finished_at.or(run.started_at).unwrap_or(run.created_at),
        status: run.status,
        products_synced: run.products,
        duration_ms: sync_history::duration_ms(run),
    }
}

fn average(totals: &ShopTotals) -> Option<f64> {
    match totals.stock {
        Some(stock) if totals.known > 0 => Some(ratio(stock, totals.known, 2)),
        _ => (totals.products == 0).then_some(0.0),
    }
}

/// `max(0, 100 - 100 * (low + out) / total)`: an empty product is low as well and weighs twice.
#[expect(clippy::cast_precision_loss, reason = "counts far below 2^53")]
fn health(totals: &ShopTotals) -> Option<f64> {
    if totals.products == 0 {
        return Some(100.0);
    }
    let wanting = 100.0 * (totals.low + totals.out_of_stock) as f64;
    (totals.known > 0).then(|| round((100.0 - wanting / totals.known as f64).max(0.0), 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn totals(
        products: i64,
        known: i64,
        stock: Option<i64>,
        low: i64,
        out_of_stock: i64,
    ) -> ShopTotals {
        ShopTotals { products, known, stock, orders: None, low, out_of_stock }
    }

    #[test]
    fn health_is_the_contracts_formula_over_what_is_known() {
        for (shop, expected) in [
            (totals(0, 0, None, 0, 0), Some(100.0)),
            (totals(3, 3, Some(300), 0, 0), Some(100.0)),
            (totals(3, 3, Some(200), 1, 0), Some(66.7)),
            (totals(4, 3, Some(200), 1, 0), Some(66.7)),
            (totals(3, 3, Some(200), 1, 1), Some(33.3)),
            (totals(3, 3, Some(0), 3, 3), Some(0.0)),
            (totals(3, 0, None, 0, 0), None),
        ] {
            assert_eq!(health(&shop), expected, "{shop:?}");
        }
    }

    #[test]
    fn the_average_leaves_out_what_is_not_known() {
        for (shop, expected) in [
            (totals(0, 0, None, 0, 0), Some(0.0)),
            (totals(4, 3, Some(200), 0, 0), Some(66.67)),
            (totals(4, 0, None, 0, 0), None),
        ] {
            assert_eq!(average(&shop), expected, "{shop:?}");
        }
    }
}
