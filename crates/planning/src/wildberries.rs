//! What Wildberries' cabinet shows of a card, computed as it does: every order of whole Moscow days counts, one that was
//! cancelled later too; stock-outs are not left out; every warehouse counts, the seller's too. Our own cover is another
//! measure: it stands beside this, not in its place.

use crate::velocity::{WINDOW_DAYS, rounded};
use domain::demand::Cover;

/// Orders a day (`avgOrders`), thousandths of a piece, halves up.
pub fn average_thousandths(orders: i64) -> i64 {
    rounded(i128::from(orders.max(0)) * 1000, WINDOW_DAYS.into()).unwrap_or(i64::MAX)
}

/// How long the stock of now lasts at these orders (`saleRate`), tenths of a day, halves up.
pub fn sale_rate(stock: i64, orders: i64) -> Cover {
    if stock <= 0 {
        return Cover::OutOfStock;
    }
    match days_tenths(i128::from(stock) * i128::from(WINDOW_DAYS), orders) {
        Some(tenths) => Cover::Days { tenths },
        None => Cover::Infinite,
    }
}

/// How long the average stock at the end of a day lasts at these orders (`avgStockTurnover`), tenths of a day, halves up.
/// `None`: nothing was ordered, or one of the days is not known.
pub fn turnover_tenths(closing: &[Option<i64>], orders: i64) -> Option<i64> {
    let known: Option<i128> = closing.iter().map(|level| level.map(i128::from)).sum();
    days_tenths(known?.max(0), orders)
}

/// Both are of the same days, so that their number goes out.
fn days_tenths(piece_days: i128, orders: i64) -> Option<i64> {
    (orders > 0).then(|| rounded(piece_days.saturating_mul(10), orders.into()))?
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    // 134 pieces and 67 orders in 28 days: 2.39 a day, 56 days.
    #[test]
    fn golden_cases() {
        assert_eq!(average_thousandths(67), 2393);
        assert_eq!(sale_rate(134, 67), Cover::Days { tenths: 560 });
        assert_eq!(sale_rate(7, 3), Cover::Days { tenths: 653 });
        assert_eq!(sale_rate(0, 67), Cover::OutOfStock);
        assert_eq!(sale_rate(5, 0), Cover::Infinite);
        // Half of the days 40 pieces, then none: 20 on average, 14 orders: half a piece a day, 40 days.
        let mut closing = vec![Some(40); 14];
        closing.extend([Some(0); 14]);
        assert_eq!(turnover_tenths(&closing, 14), Some(400));
        assert_eq!(turnover_tenths(&closing, 0), None);
        closing[3] = None;
        assert_eq!(turnover_tenths(&closing, 14), None, "a day that is not known is not empty");
    }

    proptest! {
        #[test]
        fn a_stock_that_stands_turns_over_as_fast_as_it_sells(stock in 1_i64..1_000_000, orders in 1_i64..1_000_000) {
            let days = usize::try_from(WINDOW_DAYS).unwrap();
            let turnover = turnover_tenths(&vec![Some(stock); days], orders);
            prop_assert_eq!(sale_rate(stock, orders), Cover::Days { tenths: turnover.unwrap() });
        }

        #[test]
        fn no_input_makes_it_panic(stock: i64, orders: i64) {
            average_thousandths(orders);
            sale_rate(stock, orders);
            turnover_tenths(&[Some(stock); 28], orders);
        }
    }
}
