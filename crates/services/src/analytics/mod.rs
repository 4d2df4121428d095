//! The shop in numbers, for clients of the original API. Never computes from what was not read.

mod dashboard;
mod low_stock;
mod stock_distribution;
mod sync_history;
mod top_products;
mod warehouses;

pub use dashboard::dashboard;
pub use low_stock::low_stock;
pub use stock_distribution::stock_distribution;
pub use sync_history::sync_history;
pub use top_products::top_products;
pub use warehouses::warehouses;

/// To so many digits after the point, halves away from zero.
#[expect(clippy::cast_precision_loss, reason = "counts far below 2^53")]
fn ratio(part: i64, of: i64, digits: i32) -> f64 {
    round(part as f64 / of as f64, digits)
}

fn round(number: f64, digits: i32) -> f64 {
    let scale = 10_f64.powi(digits);
    (number * scale).round() / scale
}
