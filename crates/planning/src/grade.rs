//! Grades of cover, as Ozon's cabinet words them. Never grades what is not known.

use domain::demand::Cover;

pub use domain::demand::Grade;

/// The grade of a cover; `units` are those ordered in the window of 28 days. `None`: can't be said.
pub fn grade(cover: Cover, units: Option<i64>) -> Option<Grade> {
    match (cover, units) {
        (Cover::Unknown { .. }, _) => None,
        (_, Some(0)) | (Cover::Infinite, _) => Some(Grade::NoSales),
        (Cover::OutOfStock, _) => Some(Grade::Deficit),
        (Cover::Days { tenths }, _) => Some(match tenths {
            ..280 => Grade::Deficit,
            280..560 => Grade::Popular,
            560..=1200 => Grade::Actual,
            _ => Grade::Surplus,
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::demand::UnknownReason;

    #[test]
    fn the_borders_are_ozons() {
        let cases = [
            (0, Grade::Deficit),
            (279, Grade::Deficit),
            (280, Grade::Popular),
            (559, Grade::Popular),
            (560, Grade::Actual),
            (1200, Grade::Actual),
            (1201, Grade::Surplus),
        ];
        for (tenths, expected) in cases {
            assert_eq!(grade(Cover::Days { tenths }, Some(9)), Some(expected), "{tenths}");
        }
    }

    #[test]
    fn a_best_seller_that_ran_out_is_a_deficit_and_a_dead_one_is_not() {
        assert_eq!(grade(Cover::OutOfStock, Some(40)), Some(Grade::Deficit));
        assert_eq!(grade(Cover::OutOfStock, None), Some(Grade::Deficit));
        assert_eq!(grade(Cover::OutOfStock, Some(0)), Some(Grade::NoSales));
        assert_eq!(grade(Cover::Infinite, Some(0)), Some(Grade::NoSales));
    }

    #[test]
    fn the_unknown_has_no_grade() {
        let cover = Cover::Unknown { reason: UnknownReason::TooFewDaysInStock };
        assert_eq!(grade(cover, Some(5)), None);
    }
}
