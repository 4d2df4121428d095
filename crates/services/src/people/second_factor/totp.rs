//! Time-based one-time passwords as every authenticator makes them: RFC 6238 with SHA-1, six digits, 30 seconds.
//!
//! Source: RFC 4226, section 5.3 (truncation), and RFC 6238, section 4 (steps of time).

use chrono::{DateTime, Utc};
use domain::Secret;
use hmac::{Hmac, KeyInit, Mac};
use sha1::Sha1;

/// Seconds that a code is good.
const PERIOD: i64 = 30;

/// RFC 4648's alphabet.
const BASE32: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/// The step of time whose code this is: the present one, the one before or the one after, so that a clock may be off
/// by half a minute.
pub(super) fn step_of(secret: &Secret, code: &str, now: DateTime<Utc>) -> Option<i64> {
    let key = from_base32(secret.expose())?;
    let present = now.timestamp().div_euclid(PERIOD);
    // All three are computed and compared whole: time tells nothing.
    let matching = [present - 1, present, present + 1]
        .map(|step| (step, same(digits(&key, step).as_bytes(), code.as_bytes())));
    matching.into_iter().find(|(_, same)| *same).map(|(step, _)| step)
}

/// The code that an authenticator with this secret shows now.
pub fn code(secret: &Secret, now: DateTime<Utc>) -> Option<String> {
    Some(digits(&from_base32(secret.expose())?, now.timestamp().div_euclid(PERIOD)))
}

fn digits(key: &[u8], step: i64) -> String {
    // A key of any length is fine for HMAC: there is nothing to refuse.
    let Ok(mut mac) = Hmac::<Sha1>::new_from_slice(key) else { return String::new() };
    mac.update(&step.to_be_bytes());
    let hash = mac.finalize().into_bytes();
    let at = usize::from(hash[19] & 0xf);
    let word = u32::from_be_bytes([hash[at], hash[at + 1], hash[at + 2], hash[at + 3]]);
    format!("{:06}", (word & 0x7fff_ffff) % 1_000_000)
}

/// Compares without stopping at the first difference.
fn same(a: &[u8], b: &[u8]) -> bool {
    a.len() == b.len() && a.iter().zip(b).fold(0, |seen, (a, b)| seen | (a ^ b)) == 0
}

/// Base32 without padding, as authenticators take it.
pub(super) fn to_base32(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len().div_ceil(5) * 8);
    let (mut bits, mut count) = (0_u32, 0);
    for byte in bytes {
        bits = (bits << 8) | u32::from(*byte);
        count += 8;
        while count >= 5 {
            count -= 5;
            text.push(char::from(BASE32[(bits >> count) as usize & 31]));
        }
        bits &= (1 << count) - 1;
    }
    if count > 0 {
        text.push(char::from(BASE32[(bits << (5 - count)) as usize & 31]));
    }
    text
}

fn from_base32(text: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(text.len() * 5 / 8);
    let (mut bits, mut count) = (0_u32, 0);
    for letter in text.bytes() {
        let value = BASE32.iter().position(|known| *known == letter.to_ascii_uppercase())?;
        bits = (bits << 5) | u32::try_from(value).ok()?;
        count += 5;
        if count >= 8 {
            count -= 8;
            bytes.push(u8::try_from((bits >> count) & 0xff).ok()?);
            bits &= (1 << count) - 1;
        }
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(seconds, 0).unwrap()
    }

    /// RFC 6238, appendix B, SHA-1: its eight digits end in our six.
    #[test]
    fn codes_are_the_standards() {
        let secret = Secret::new(to_base32(b"12345678901234567890"));
        assert_eq!(secret.expose(), "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
        for (seconds, expected) in [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (1_111_111_111, "050471"),
            (1_234_567_890, "005924"),
            (2_000_000_000, "279037"),
            (20_000_000_000, "353130"),
        ] {
            assert_eq!(code(&secret, at(seconds)).as_deref(), Some(expected));
        }
    }

    #[test]
    fn a_clock_may_be_off_by_one_step_and_no_more() {
        let secret = Secret::new(to_base32(b"12345678901234567890"));
        let shown = code(&secret, at(3000)).unwrap();
        for (seconds, expected) in [
            (2969, None),
            (2970, Some(100)),
            (3000, Some(100)),
            (3029, Some(100)),
            (3059, Some(100)),
            (3060, None),
        ] {
            assert_eq!(step_of(&secret, &shown, at(seconds)), expected, "{seconds}");
        }
        assert_eq!(step_of(&secret, "", at(3000)), None);
        assert_eq!(step_of(&secret, &shown[..5], at(3000)), None);
        assert_eq!(step_of(&"no base32!".into(), &shown, at(3000)), None);
    }

    /// RFC 4648, section 10, without its padding.
    #[test]
    fn base32_is_the_standards() {
        for (plain, expected) in [
            ("", ""),
            ("f", "MY"),
            ("fo", "MZXQ"),
            ("foo", "MZXW6"),
            ("foob", "MZXW6YQ"),
            ("foobar", "MZXW6YTBOI"),
        ] {
            assert_eq!(to_base32(plain.as_bytes()), expected);
            assert_eq!(from_base32(expected).as_deref(), Some(plain.as_bytes()));
        }
    }
}
