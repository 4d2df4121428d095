//! Plural categories by CLDR for the two languages; nothing but whole numbers.

/// Russian: 1 день, 2 дня, 5 дней.
pub fn ru(n: i64, one: &'static str, few: &'static str, many: &'static str) -> &'static str {
    let (tens, units) = (n.unsigned_abs() % 100, n.unsigned_abs() % 10);
    match (tens, units) {
        (11..=14, _) => many,
        (_, 1) => one,
        (_, 2..=4) => few,
        _ => many,
    }
}

/// English: 1 day, 2 days.
pub fn en(n: i64, one: &'static str, other: &'static str) -> &'static str {
    if n == 1 { one } else { other }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn russian_has_three_forms() {
        let day = |n| ru(n, "день", "дня", "дней");
        for n in [1, 21, 101, 1001, -1] {
            assert_eq!(day(n), "день", "{n}");
        }
        for n in [2, 3, 4, 22, 104, 1002] {
            assert_eq!(day(n), "дня", "{n}");
        }
        for n in [0, 5, 11, 12, 13, 14, 20, 111, 112, 1011, 25] {
            assert_eq!(day(n), "дней", "{n}");
        }
    }

    #[test]
    fn english_has_two() {
        assert_eq!(en(1, "day", "days"), "day");
        assert_eq!(en(0, "day", "days"), "days");
        assert_eq!(en(21, "day", "days"), "days");
    }
}
