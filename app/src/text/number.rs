//! Numbers as each language writes them. Integers in, text out: no floating point on the way.

use domain::Locale;

/// A space that a line never breaks at.
pub const NBSP: char = '\u{a0}';

/// `12480` as `12 480` or `12,480`.
pub fn integer(locale: Locale, n: i64) -> String {
    let digits = n.unsigned_abs().to_string();
    let separator = match locale {
        // Four digits stay together in Russian text, but not in columns: one rule for both.
        Locale::Ru => NBSP,
        Locale::En => ',',
    };
    let mut text = String::with_capacity(digits.len() * 2);
    if n < 0 {
        text.push('−');
    }
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            text.push(separator);
        }
        text.push(digit);
    }
    text
}

/// `63` tenths as `6,3` or `6.3`; whole ones without a fraction.
pub fn tenths(locale: Locale, n: i64) -> String {
    fraction(locale, n, 10)
}

/// Thousandths, rounded to what a person reads: `5312` as `5,31`, `120` as `0,12`.
pub fn thousandths(locale: Locale, n: i64) -> String {
    fraction(locale, (n + if n < 0 { -5 } else { 5 }) / 10, 100)
}

fn fraction(locale: Locale, n: i64, scale: i64) -> String {
    let mut text = integer(locale, n / scale);
    if n < 0 && n / scale == 0 {
        text.insert(0, '−');
    }
    let rest = (n % scale).unsigned_abs();
    if rest > 0 {
        text.push(if locale == Locale::Ru { ',' } else { '.' });
        let digits = if scale == 100 { format!("{rest:02}") } else { rest.to_string() };
        text.push_str(digits.trim_end_matches('0'));
    }
    text
}

/// Minor units in whole major ones, the sign after the number: `1 234 ₽`.
pub fn money(locale: Locale, minor: i64, currency: &str) -> String {
    let half = if minor < 0 { -50 } else { 50 };
    format!("{}{NBSP}{}", integer(locale, (minor + half) / 100), sign(currency))
}

/// How a currency is written behind its number.
pub fn sign(currency: &str) -> &str {
    match currency {
        "RUB" => "₽",
        "BYN" => "Br",
        "KZT" => "₸",
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Locale::{En, Ru};

    #[test]
    fn thousands_do_not_break() {
        assert_eq!(integer(Ru, 12_480), "12\u{a0}480");
        assert_eq!(integer(En, 1_234_567), "1,234,567");
        assert_eq!(integer(Ru, 999), "999");
        assert_eq!(integer(Ru, -1000), "−1\u{a0}000");
        assert_eq!(integer(En, i64::MIN), "−9,223,372,036,854,775,808");
    }

    #[test]
    fn decimals_take_the_languages_mark() {
        assert_eq!(tenths(Ru, 63), "6,3");
        assert_eq!(tenths(En, 63), "6.3");
        assert_eq!(tenths(Ru, 60), "6");
        assert_eq!(tenths(Ru, -5), "−0,5");
        assert_eq!(thousandths(Ru, 5312), "5,31");
        assert_eq!(thousandths(Ru, 5300), "5,3");
        assert_eq!(thousandths(En, 54), "0.05");
        assert_eq!(thousandths(En, 3995), "4");
    }

    #[test]
    fn money_is_whole_and_has_its_sign_behind() {
        assert_eq!(money(Ru, 123_450, "RUB"), "1\u{a0}235\u{a0}₽");
        assert_eq!(money(En, 99, "USD"), "1\u{a0}USD");
    }
}
