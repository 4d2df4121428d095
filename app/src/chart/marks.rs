//! What happened on which day of a product, from its days: pure, tested without a browser.

use domain::product::ProductDay;

/// Something that happened on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Mark {
    /// The day ended without stock, the one before with some.
    RanOut,
    /// Much more than the day before: a delivery.
    CameIn,
    /// Somebody wrote a note.
    Noted,
    /// The shop was read.
    Synced,
}

/// A rise below a tenth of the highest level is a return, not a delivery.
const DELIVERY: i64 = 10;

/// Where stock ran out and where a delivery came in: the index of the day and what.
pub fn turns(days: &[ProductDay]) -> Vec<(usize, Mark)> {
    let top = days.iter().filter_map(|day| day.stock).max().unwrap_or_default();
    let mut found = Vec::new();
    for (index, pair) in days.windows(2).enumerate() {
        let (Some(before), Some(after)) = (pair[0].stock, pair[1].stock) else { continue };
        if before > 0 && after <= 0 {
            found.push((index + 1, Mark::RanOut));
        } else if after > before && (after - before) * DELIVERY >= top && after - before > 1 {
            found.push((index + 1, Mark::CameIn));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::NaiveDate;

    #[test]
    fn deliveries_and_empty_shelves_are_found_and_returns_are_not() {
        let day = NaiveDate::from_ymd_opt(2026, 9, 1).unwrap();
        let days: Vec<ProductDay> = [None, Some(40), Some(41), Some(3), Some(0), Some(0), Some(60)]
            .into_iter()
            .map(|stock| ProductDay {
                day,
                stock,
                ordered: None,
                cancelled: None,
                revenue_minor: None,
            })
            .collect();
        assert_eq!(turns(&days), [(4, Mark::RanOut), (6, Mark::CameIn)]);
        assert_eq!(turns(&[]), []);
    }
}
