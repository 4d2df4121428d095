//! Ozon's own numbers about a product, from what really happened: average daily sales, days of cover,
//! turnover, grades.
//!
//! Only sales from Ozon's warehouses count, as in the cabinet's stock management, and whole UTC days.
//! A sale is a piece that was ordered and is not cancelled at the moment of the question; it belongs
//! to the cluster that it was sent from.

use super::places::{Cluster, held};
use super::stock::{Shelf, shelves};
use crate::moscow::DAY;
use crate::world::Fate;
use crate::world::cycle::Sale;
use crate::world::item::Item;

/// Days of `ads`.
pub(crate) const WINDOW: i64 = 28;
/// Days of the turnover report.
pub(crate) const LONG_WINDOW: i64 = 60;
/// After so many days without a sale a product can't be supplied any more.
const RESTRICTED: i64 = 120;
/// For so many days after the first supply nothing is graded.
const COLLECTING: i64 = 60;

/// The start of a moment's UTC day.
pub(crate) fn day_start(moment: i64) -> i64 {
    moment.div_euclid(DAY) * DAY
}

/// Whether a sale counts at a moment.
pub(crate) fn counts(sale: &Sale, moment: i64) -> bool {
    let cancelled = matches!(sale.fate, Fate::Cancelled | Fate::Refused);
    !(cancelled && sale.settled <= moment)
}

/// A product's sales from Ozon's warehouses in the whole days before a moment.
pub(crate) struct Sold {
    today: i64,
    sales: Vec<(i64, &'static Cluster)>,
}

impl Sold {
    /// In so many days.
    pub(crate) fn of(item: &Item, size: usize, days: i64, moment: i64) -> Self {
        let today = day_start(moment);
        let sales = item
            .sales(today - days * DAY, today)
            .iter()
            .filter(|sale| usize::from(sale.size) == size && counts(sale, moment))
            .filter(|sale| !item.is_own(usize::from(sale.hold)))
            .map(|sale| (sale.at, held(item, usize::from(sale.hold)).cluster))
            .collect();
        Self { today, sales }
    }

    fn in_cluster(&self, cluster: Option<&Cluster>) -> impl Iterator<Item = i64> + '_ {
        let id = cluster.map(|cluster| cluster.id);
        let passes = move |known: &Cluster| id.is_none_or(|id| known.id == id);
        self.sales.iter().filter(move |(_, known)| passes(known)).map(|(at, _)| *at)
    }

    /// Pieces, everywhere or in a cluster.
    pub(crate) fn units(&self, cluster: Option<&Cluster>) -> i64 {
        i64::try_from(self.in_cluster(cluster).count()).unwrap_or(i64::MAX)
    }

    /// Whole days since the last sale, as far as was looked back.
    pub(crate) fn days_without(&self, cluster: Option<&Cluster>) -> Option<i64> {
        let last = self.in_cluster(cluster).max()?;
        Some((self.today - day_start(last)) / DAY - 1)
    }
}

/// Pieces a day, to a hundredth.
pub(crate) fn per_day(units: i64, days: i64) -> f64 {
    tenths_of(units * 100, days, 100.0)
}

/// Days that a stock lasts, to a tenth; 0 without sales.
pub(crate) fn days_of_cover(stock: i64, units: i64, days: i64) -> f64 {
    if units == 0 { 0.0 } else { tenths_of(stock * days * 10, units, 10.0) }
}

/// A fraction rounded half up, then made smaller.
#[expect(clippy::cast_precision_loss, reason = "pieces of a product")]
fn tenths_of(part: i64, whole: i64, by: f64) -> f64 {
    ((2 * part + whole).div_euclid(2 * whole)) as f64 / by
}

/// The liquidity of a stock by its days of cover, as the cabinet words it.
pub(crate) fn grade(
    item: &Item,
    stock: i64,
    units: i64,
    days_without: i64,
    moment: i64,
) -> &'static str {
    let young = moment < item.first_delivery + COLLECTING * DAY;
    match days_of_cover(stock, units, WINDOW) {
        _ if young => "COLLECTING_DATA",
        _ if units == 0 && days_without > RESTRICTED => "RESTRICTED_NO_SALES",
        _ if units == 0 => "NO_SALES",
        _ if stock == 0 => "WAS_DEFICIT",
        ..28.0 => "DEFICIT",
        ..56.0 => "POPULAR",
        ..=120.0 => "ACTUAL",
        _ => "SURPLUS",
    }
}

/// Days without a sale everywhere or in a cluster: looked for far back only where none is near.
pub(crate) fn days_without(
    item: &Item,
    size: usize,
    cluster: Option<&Cluster>,
    moment: i64,
) -> i64 {
    let far = RESTRICTED + 1;
    [WINDOW, far]
        .into_iter()
        .find_map(|days| Sold::of(item, size, days, moment).days_without(cluster))
        .unwrap_or(far)
}

/// Pieces that can be sold at the end of each of the last whole days, at Ozon's warehouses.
pub(crate) fn daily_stock(item: &Item, size: usize, days: i64, moment: i64) -> Vec<i64> {
    let today = day_start(moment);
    let from = today - days * DAY;
    let own = |hold: usize| item.is_own(hold);
    let mut level: i64 = fbo_free(&shelves(item, from - 1), size);
    let changes = item.changes(from, today - 1);
    let mut changes =
        changes.iter().filter(|change| change.size == size && !own(change.hold)).peekable();
    (1..=days)
        .map(|day| {
            while let Some(change) = changes.next_if(|change| change.at < from + day * DAY) {
                level += i64::from(change.after - change.before);
            }
            level
        })
        .collect()
}

/// Pieces of a product that Ozon's warehouses can sell.
pub(crate) fn fbo_free(shelves: &[Shelf], size: usize) -> i64 {
    shelves
        .iter()
        .filter(|shelf| shelf.size == size && shelf.is_fbo())
        .map(|shelf| shelf.free)
        .sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rounds_like_the_documents_example() {
        assert!((per_day(119, 28) - 4.25).abs() < 1e-9);
        assert!((days_of_cover(58, 119, 28) - 13.6).abs() < 1e-9);
        assert!((days_of_cover(58, 0, 28)).abs() < 1e-9);
    }
}
