//! What a card says of itself: a function of its number alone, so that a picture can be drawn and a
//! title written without knowing which world it is from.
//!
//! Never stock, demand or time: those are the world's.

pub(crate) mod photo;
pub(crate) mod pictures;
pub(crate) mod subjects;

use crate::random::{hash, pick};
use subjects::{COLLECTIONS, COLOURS, Grid, LETTERS, ONE, SHOES, SUBJECTS, Subject};

/// Most sizes that a card has.
pub(crate) const SIZES: usize = 8;
/// The lowest `nmID`, `chrtID` of any world.
pub(crate) const FIRST_NM: i64 = 150_000_000;
pub(crate) const FIRST_CHRT: i64 = 310_000_000;
/// What articles are numbered with.
const DIGITS: &[u8] = b"0123456789ABCDEFGHJKLMNPQRSTUVWXYZ";
/// `chrtID`s of one card.
const NUMBERS: i64 = 8;

/// A size of a card.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Size {
    /// `chrtID`.
    pub chrt_id: i64,
    /// `techSize`: "0" when there is only one.
    pub tech_size: &'static str,
    /// `wbSize`, empty when there is only one.
    pub wb_size: &'static str,
    /// One or two barcodes.
    pub barcodes: Vec<String>,
}

/// A card's words and numbers, drawn from its `nmID`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Card {
    pub nm: i64,
    pub subject: &'static Subject,
    pub brand: &'static str,
    pub colour: &'static (&'static str, &'static str, &'static str, &'static str),
    pub grid: &'static [(&'static str, &'static str, f64)],
}

impl Card {
    pub(crate) fn of(nm: i64) -> Self {
        let subject = pick(SUBJECTS, Self::dice(nm, 1));
        Self {
            nm,
            subject,
            brand: *pick::<&str>(subject.brands, Self::dice(nm, 2)),
            colour: pick(COLOURS, Self::dice(nm, 3)),
            grid: match subject.grid {
                Grid::One => ONE,
                Grid::Letters => LETTERS,
                Grid::Shoes => SHOES,
            },
        }
    }

    /// A number of the card's own for one purpose.
    fn dice(nm: i64, purpose: u64) -> u64 {
        hash([0xca7a, nm.unsigned_abs(), purpose])
    }

    pub(crate) fn key(&self, purpose: u64) -> u64 {
        Self::dice(self.nm, purpose)
    }

    pub(crate) fn title(&self) -> String {
        format!(
            "{} {} «{}»",
            pick(self.subject.nouns, self.key(4)),
            pick(self.subject.features, self.key(5)),
            pick(COLLECTIONS, self.key(6)),
        )
    }

    pub(crate) fn description(&self) -> String {
        format!(
            "{}. Бренд {}, цвет {}. Аккуратная упаковка, подойдёт для подарка.",
            self.title(),
            self.brand,
            self.colour.0
        )
    }

    /// The seller's article: `MUG-4KF2-WHT`.
    pub(crate) fn vendor_code(&self) -> String {
        let mut rest = self.nm.unsigned_abs() - FIRST_NM.unsigned_abs();
        let mut number = String::new();
        while rest > 0 || number.is_empty() {
            number.insert(0, char::from(*pick(DIGITS, rest)));
            rest /= DIGITS.len() as u64;
        }
        format!("{}-{number}-{}", self.subject.code, self.colour.1)
    }

    /// The number after `FIRST_NM` that the middle of an article stands for.
    pub(crate) fn article_number(digits: &str) -> Option<i64> {
        let base = i64::try_from(DIGITS.len()).ok()?;
        digits.bytes().try_fold(0_i64, |number, digit| {
            let digit = DIGITS.iter().position(|known| *known == digit)?;
            number.checked_mul(base)?.checked_add(i64::try_from(digit).ok()?)
        })
    }

    /// The price without discounts, whole roubles.
    pub(crate) fn price(&self) -> i64 {
        let (low, high) = self.subject.price;
        let span = (high - low).unsigned_abs() / 10 + 1;
        low + (self.key(7) % span).cast_signed() * 10
    }

    pub(crate) fn chrt(&self, size: usize) -> i64 {
        FIRST_CHRT + (self.nm - FIRST_NM) * NUMBERS + i64::try_from(size).unwrap_or(0)
    }

    /// The card's number and the place of a size in it, of a `chrtID`.
    pub(crate) fn of_chrt(chrt: i64) -> Option<(i64, usize)> {
        let rest = chrt.checked_sub(FIRST_CHRT).filter(|rest| *rest >= 0)?;
        let size = usize::try_from(rest % NUMBERS).ok()?;
        let nm = FIRST_NM + rest / NUMBERS;
        (size < Self::of(nm).grid.len()).then_some((nm, size))
    }

    /// The barcode that orders name.
    pub(crate) fn barcode(&self, size: usize) -> String {
        ean("20", self.chrt(size))
    }

    pub(crate) fn sizes(&self) -> Vec<Size> {
        (0..self.grid.len())
            .map(|size| {
                let chrt_id = self.chrt(size);
                let mut barcodes = vec![self.barcode(size)];
                if hash([0xba2c, chrt_id.unsigned_abs()]) % 100 < 15 {
                    barcodes.push(ean("46", chrt_id));
                }
                let (tech_size, wb_size, _) = self.grid[size];
                Size { chrt_id, tech_size, wb_size, barcodes }
            })
            .collect()
    }
}

/// Thirteen digits with their check digit.
fn ean(prefix: &str, number: i64) -> String {
    let mut code = format!("{prefix}{:010}", number % 10_000_000_000);
    let sum: u32 = code
        .bytes()
        .enumerate()
        .map(|(at, digit)| u32::from(digit - b'0') * if at % 2 == 0 { 1 } else { 3 })
        .sum();
    code.push(char::from_digit((10 - sum % 10) % 10, 10).unwrap_or('0'));
    code
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn barcodes_carry_their_check_digit() {
        assert_eq!(ean("20", 3_703_165_231), "2037031652319");
    }

    #[test]
    fn a_size_number_leads_back_to_its_card() {
        for nm in FIRST_NM..FIRST_NM + 500 {
            let card = Card::of(nm);
            for (place, size) in card.sizes().iter().enumerate() {
                assert_eq!(Card::of_chrt(size.chrt_id), Some((nm, place)));
                assert!((1..=2).contains(&size.barcodes.len()));
            }
        }
        assert_eq!(Card::of_chrt(5), None);
    }

    #[test]
    fn titles_and_articles_fit_the_marketplace() {
        let mut seen = std::collections::HashSet::new();
        for nm in FIRST_NM..FIRST_NM + 2_000 {
            let card = Card::of(nm);
            assert!(card.title().chars().count() <= 80, "{}", card.title());
            assert!(card.vendor_code().len() <= 75);
            assert!(seen.insert(card.vendor_code()));
        }
    }
}
