//! What both lists of Statistics, orders and sales, are asked for, and how far they look at once.

use crate::moscow::{DAY, parse};
use crate::problem::statistics;
use crate::world::World;
use axum::response::Response;
use serde::Deserialize;
use serde_json::json;

/// For so long rows are kept.
pub(crate) const KEPT: i64 = 90 * DAY;
/// So many rows are looked for at once.
const WINDOW_ROWS: f64 = 20_000.0;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Wanted {
    date_from: Option<String>,
    flag: Option<String>,
}

impl Wanted {
    /// The moment that is named, and whether its whole Moscow day is meant; else the refusal.
    pub(crate) fn read(&self) -> Result<(i64, bool), Box<Response>> {
        let Some(date_from) = &self.date_from else {
            return Err(Box::new(statistics(&json!(["dateFrom: field required"]))));
        };
        let Some(from) = parse(date_from) else {
            return Err(Box::new(statistics(&json!("dateFrom: Value not validated"))));
        };
        match self.flag.as_deref() {
            None | Some("0") => Ok((from, false)),
            Some("1") => Ok((from, true)),
            Some(_) => Err(Box::new(statistics(&json!(["flag: Value not validated"])))),
        }
    }
}

/// Seconds in which about so many rows change as are looked for at once.
#[expect(clippy::cast_possible_truncation, reason = "at most four weeks")]
pub(crate) fn window(world: &World) -> i64 {
    let days = WINDOW_ROWS / world.orders_a_day().max(1.0);
    ((days * 86_400.0) as i64).clamp(3600, 28 * DAY)
}
