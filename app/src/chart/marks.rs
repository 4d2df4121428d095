//! What happened on which day of a product, from its days: pure, tested without a browser.

use domain::product::ProductDay;

/// Something that happened on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Mark {
    /// The day ended without stock, the one before with some.
    RanOut,
    /// So much more than the day before that it is a delivery: at least so many pieces.
    CameIn(i64),
    /// Listed at another price: before and after, minor units.
    Repriced(i64, i64),
    /// Somebody changed something about the product.
    Edited,
    /// Somebody wrote a note.
    Noted,
    /// The shop was read.
    Synced,
}

/// A rise below a tenth of the highest level is a return, not a delivery.
const DELIVERY: i64 = 10;

/// Where stock ran out, where a delivery came in and where the price changed: the index of the day and what.
pub fn turns(days: &[ProductDay]) -> Vec<(usize, Mark)> {
    let top = days.iter().filter_map(|day| day.stock).max().unwrap_or_default();
    let mut found = Vec::new();
    for (index, pair) in days.windows(2).enumerate() {
        let index = index + 1;
        if let (Some(before), Some(after)) = (pair[0].stock, pair[1].stock) {
            if before > 0 && after <= 0 {
                found.push((index, Mark::RanOut));
            } else if after > before && (after - before) * DELIVERY >= top && after - before > 1 {
                found.push((index, Mark::CameIn(after - before)));
            }
        }
        if let (Some(before), Some(after)) = (pair[0].listed_minor, pair[1].listed_minor)
            && before != after
        {
            found.push((index, Mark::Repriced(before, after)));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::NaiveDate;

    fn day(stock: Option<i64>, listed_minor: Option<i64>) -> ProductDay {
        ProductDay {
            day: NaiveDate::from_ymd_opt(2026, 9, 1).unwrap(),
            stock,
            ordered: None,
            cancelled: None,
            revenue_minor: None,
            returned: None,
            listed_minor,
        }
    }

    #[test]
    fn deliveries_and_empty_shelves_are_found_and_returns_are_not() {
        let levels = [None, Some(40), Some(41), Some(3), Some(0), Some(0), Some(60)];
        let days: Vec<_> = levels.into_iter().map(|stock| day(stock, None)).collect();
        assert_eq!(turns(&days), [(4, Mark::RanOut), (6, Mark::CameIn(60))]);
        assert_eq!(turns(&[]), []);
    }

    #[test]
    fn a_price_that_is_first_read_is_no_change() {
        let prices = [None, Some(900), Some(900), Some(700)];
        let days: Vec<_> = prices.into_iter().map(|price| day(None, price)).collect();
        assert_eq!(turns(&days), [(3, Mark::Repriced(900, 700))]);
    }
}
