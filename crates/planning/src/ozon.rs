//! What Ozon's cabinet shows of a product, computed as Ozon does: only what is sold from its own warehouses counts, in 28
//! whole UTC days, stock-outs not left out. Our own cover is another measure: it stands beside this, not in its place.

use crate::{
    grade::{Grade, grade},
    velocity::{WINDOW_DAYS, rounded},
};
use domain::demand::Cover;

/// Average daily sales (`ads`), thousandths of a piece, halves up. `units` were ordered in the window and not cancelled.
pub fn ads_thousandths(units: i64) -> i64 {
    rounded(i128::from(units.max(0)) * 1000, WINDOW_DAYS.into()).unwrap_or(i64::MAX)
}

/// Days of cover (`idc`), tenths of a day, halves up: stock over `ads`, computed from the units. `None`: nothing was sold.
pub fn idc_tenths(stock: i64, units: i64) -> Option<i64> {
    if units <= 0 {
        return None;
    }
    rounded(i128::from(stock.max(0)) * i128::from(WINDOW_DAYS) * 10, units.into())
}

/// The grade of a stock.
pub fn turnover_grade(stock: i64, units: i64) -> Grade {
    let cover = match idc_tenths(stock, units) {
        None => Cover::Infinite,
        Some(tenths) => Cover::Days { tenths },
    };
    grade(cover, Some(units)).unwrap_or(Grade::NoSales)
}

/// Whether Ozon's word says the same as our grade. Ozon has words for the history of a state, too.
pub fn says_the_same(word: &str, ours: Grade) -> bool {
    let theirs = match word.strip_prefix("WAS_").unwrap_or(word) {
        "DEFICIT" => Grade::Deficit,
        "POPULAR" => Grade::Popular,
        "ACTUAL" => Grade::Actual,
        "SURPLUS" => Grade::Surplus,
        "NO_SALES" | "RESTRICTED_NO_SALES" => Grade::NoSales,
        _ => return false,
    };
    theirs == ours
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    // The example of the documentation of 2026-06-11: ads 4.25, idc 13.6, DEFICIT.
    #[test]
    fn the_documents_example() {
        assert_eq!(ads_thousandths(119), 4250);
        assert_eq!(idc_tenths(58, 119), Some(136));
        assert_eq!(turnover_grade(58, 119), Grade::Deficit);
    }

    #[test]
    fn grades_change_where_ozon_says() {
        // 28 units in 28 days: a day's cover a piece.
        let cases = [
            (27, Grade::Deficit),
            (28, Grade::Popular),
            (55, Grade::Popular),
            (56, Grade::Actual),
            (120, Grade::Actual),
            (121, Grade::Surplus),
        ];
        for (stock, expected) in cases {
            assert_eq!(turnover_grade(stock, 28), expected, "{stock}");
        }
        assert_eq!((turnover_grade(5, 0), turnover_grade(0, 28)), (Grade::NoSales, Grade::Deficit));
    }

    #[test]
    fn words_with_a_history_say_the_same() {
        assert!(says_the_same("WAS_DEFICIT", Grade::Deficit));
        assert!(says_the_same("RESTRICTED_NO_SALES", Grade::NoSales));
        assert!(!says_the_same("COLLECTING_DATA", Grade::Deficit));
        assert!(!says_the_same("POPULAR", Grade::Actual));
    }

    proptest! {
        #[test]
        fn idc_is_stock_over_ads(stock in 0_i64..1_000_000, units in 1_i64..1_000_000) {
            let tenths = idc_tenths(stock, units).unwrap();
            prop_assert!((2 * (tenths * units - stock * 280)).abs() <= units);
        }

        #[test]
        fn no_input_makes_it_panic(stock: i64, units: i64) {
            let _ = (ads_thousandths(units), idc_tenths(stock, units), turnover_grade(stock, units));
        }
    }
}
