//! One value of a list: from the text in which the database hands it over to what a file writes.

use chrono::NaiveDate;
use domain::Locale;
use std::borrow::Cow;

/// A value. An unknown one is empty, never 0.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Cell<'a> {
    Empty,
    Text(Cow<'a, str>),
    Int(i64),
    /// A number without grouping: an article, which people search for.
    Code(i64),
    /// Tenths.
    Tenths(i64),
    /// Minor units of money.
    Minor(i64),
    /// Seconds since 1970 on Moscow's clock.
    Moment(i64),
}

/// How a column's values are read.
#[derive(Clone, Copy)]
pub(super) enum Kind {
    Text,
    Int,
    Code,
    /// Days of cover in tenths; the sort key of the infinite is a sign.
    Cover,
    Minor,
    Moment,
    /// Milliseconds, shown as seconds with tenths.
    Seconds,
    /// A list of texts as JSON.
    Texts,
    /// A word of ours, told in the reader's language.
    Word(fn(Locale, &str) -> &'static str),
}

/// Moscow's clock, which has no summer time.
const MOSCOW: i64 = 3 * 3600;

/// Whole numbers beyond this are no numbers to Excel.
const EXACT: i64 = 999_999_999_999_999;

impl Kind {
    /// Reads a value.
    pub(super) fn read(self, value: &str, locale: Locale) -> Cell<'_> {
        if value.is_empty() {
            return Cell::Empty;
        }
        let number = || value.parse::<i64>();
        let otherwise = || Cell::Text(Cow::Borrowed(value));
        match self {
            Self::Text => otherwise(),
            Self::Int => number().map_or_else(|_| otherwise(), Cell::Int),
            Self::Code => match number() {
                Ok(n) if n.abs() <= EXACT => Cell::Code(n),
                _ => otherwise(),
            },
            Self::Cover => match number() {
                Ok(store::INFINITE_COVER) => Cell::Text(Cow::Borrowed("∞")),
                Ok(tenths) => Cell::Tenths(tenths),
                Err(_) => otherwise(),
            },
            Self::Minor => number().map_or_else(|_| otherwise(), Cell::Minor),
            Self::Seconds => number().map_or_else(|_| otherwise(), |ms| Cell::Tenths(ms / 100)),
            Self::Moment => moment(value).map_or_else(otherwise, Cell::Moment),
            Self::Texts => match serde_json::from_str::<Vec<String>>(value) {
                Ok(texts) if texts.is_empty() => Cell::Empty,
                Ok(texts) => Cell::Text(Cow::Owned(texts.join(", "))),
                Err(_) => otherwise(),
            },
            Self::Word(word) => match word(locale, value) {
                "" => otherwise(),
                word => Cell::Text(Cow::Borrowed(word)),
            },
        }
    }
}

/// `2026-09-15 09:00:00+00` of PostgreSQL, `2026-09-15T09:00:00.5+00:00` of SQLite: both in UTC.
fn moment(text: &str) -> Option<i64> {
    let bytes = text.as_bytes();
    let number = |from: usize, to: usize| -> Option<i64> {
        bytes.get(from..to)?.iter().try_fold(0, |sum, byte| {
            byte.is_ascii_digit().then(|| sum * 10 + i64::from(byte - b'0'))
        })
    };
    let (year, month, day) = (number(0, 4)?, number(5, 7)?, number(8, 10)?);
    let date = NaiveDate::from_ymd_opt(
        i32::try_from(year).ok()?,
        u32::try_from(month).ok()?,
        u32::try_from(day).ok()?,
    )?;
    let clock = number(11, 13)? * 3600 + number(14, 16)? * 60 + number(17, 19)?;
    Some(i64::from(date.to_epoch_days()) * 86_400 + clock + MOSCOW)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_engines_moments_are_moscows() {
        let noon = Cell::Moment(1_789_462_800 + MOSCOW);
        for text in
            ["2026-09-15 09:00:00+00", "2026-09-15T09:00:00.123456+00:00", "2026-09-15T09:00:00Z"]
        {
            assert_eq!(Kind::Moment.read(text, Locale::Ru), noon, "{text}");
        }
        assert_eq!(Kind::Moment.read("soon", Locale::Ru), Cell::Text("soon".into()));
    }

    #[test]
    fn unknown_is_empty_and_infinite_is_a_sign() {
        assert_eq!(Kind::Int.read("", Locale::Ru), Cell::Empty);
        assert_eq!(Kind::Int.read("0", Locale::Ru), Cell::Int(0));
        assert_eq!(Kind::Cover.read("63", Locale::Ru), Cell::Tenths(63));
        assert_eq!(Kind::Cover.read("9007199254740992", Locale::Ru), Cell::Text("∞".into()));
    }

    #[test]
    fn an_article_that_excel_would_round_stays_text() {
        assert_eq!(Kind::Code.read("146000123", Locale::Ru), Cell::Code(146_000_123));
        let long = "1234567890123456";
        assert_eq!(Kind::Code.read(long, Locale::Ru), Cell::Text(long.into()));
    }

    #[test]
    fn barcodes_come_as_a_list() {
        let read = |text| Kind::Texts.read(text, Locale::Ru);
        assert_eq!(read(r#"["46001", "46002"]"#), Cell::Text("46001, 46002".into()));
        assert_eq!(read("[]"), Cell::Empty);
    }
}
