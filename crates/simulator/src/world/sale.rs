//! An ordered piece in words and money: its key, its price, where it goes.
//!
//! Drawn from the piece's own number, so that it reads the same each time it is shown.

use super::cycle::Sale;
use super::item::{Item, roll};
use crate::moscow::day_of;
use crate::random::{Dice, hash};

/// Money of one piece, whole roubles, as the marketplace rounds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Price {
    /// Without any discount.
    pub full: i64,
    /// The seller's discount, per cent.
    pub discount: i64,
    /// With it.
    pub discounted: i64,
    /// The marketplace's own discount, per cent.
    pub spp: i64,
    /// What the buyer pays.
    pub finished: i64,
}

/// Where a piece goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Destination {
    pub country: &'static str,
    pub okrug: &'static str,
    pub region: &'static str,
}

const RUSSIA: &str = "Россия";
const DESTINATIONS: &[(u64, &str, &str, &str)] = &[
    (22, RUSSIA, "Центральный федеральный округ", "Москва"),
    (16, RUSSIA, "Центральный федеральный округ", "Московская"),
    (9, RUSSIA, "Северо-Западный федеральный округ", "Санкт-Петербург"),
    (7, RUSSIA, "Южный федеральный округ", "Краснодарский"),
    (7, RUSSIA, "Приволжский федеральный округ", "Татарстан"),
    (6, RUSSIA, "Приволжский федеральный округ", "Самарская"),
    (6, RUSSIA, "Уральский федеральный округ", "Свердловская"),
    (5, RUSSIA, "Уральский федеральный округ", "Челябинская"),
    (5, RUSSIA, "Сибирский федеральный округ", "Новосибирская"),
    (3, RUSSIA, "Дальневосточный федеральный округ", "Приморский"),
    (3, RUSSIA, "Северо-Кавказский федеральный округ", "Ставропольский"),
    (4, "Беларусь", "", "Минская"),
    (3, "Казахстан", "", "Алматы"),
    (4, RUSSIA, "", ""),
];

impl Sale {
    fn dice(&self, item: &Item, purpose: u64) -> Dice {
        // Two pieces of one basket differ only where they must.
        Dice::new(hash([
            item.key,
            purpose,
            self.cycle.cast_unsigned(),
            u64::from(self.attempt) << 8 | u64::from(self.unit),
        ]))
    }

    fn basket(&self, item: &Item, purpose: u64) -> Dice {
        Self { unit: 0, ..*self }.dice(item, purpose)
    }

    /// `srid`, in the three forms that have been seen.
    pub(crate) fn srid(&self, item: &Item) -> String {
        let mut dice = self.dice(item, 50);
        let (form, a, b) = (dice.below(10), dice.next(), dice.next());
        match form {
            0..5 => format!("{}.r{a:016x}{b:016x}.{}.0", 5 + a % 20, self.unit),
            5..8 => format!(
                "{}.{}.0",
                1_000_000_000_000_000_000 + a % 8_999_999_999_999_999_999,
                self.unit + 1
            ),
            _ => format!("{a:016x}{b:016x}"),
        }
    }

    /// `gNumber`: the same for all pieces of a basket.
    pub(crate) fn basket_number(&self, item: &Item) -> String {
        let mut dice = self.basket(item, 51);
        format!("{:010}{:010}", 1 + dice.below(9_999_999_998), dice.below(9_999_999_999))
    }

    pub(crate) fn sticker(&self, item: &Item) -> String {
        format!("{}", 900_000_000 + self.dice(item, 52).below(99_999_999))
    }

    /// The delivery that the piece came with; 0 for the seller's own warehouse.
    pub(crate) fn income(&self, item: &Item) -> i64 {
        let lot = hash([item.key, 53, self.cycle.cast_unsigned(), u64::from(self.hold)]);
        (10_000_000 + lot % 60_000_000).cast_signed()
    }

    pub(crate) fn destination(&self, item: &Item) -> Destination {
        let all = DESTINATIONS.iter().map(|(weight, ..)| weight).sum();
        let mut rest = self.basket(item, 54).below(all);
        let (.., country, okrug, region) = DESTINATIONS
            .iter()
            .find(|(weight, ..)| {
                let found = rest < *weight;
                rest = rest.saturating_sub(*weight);
                found
            })
            .unwrap_or(&DESTINATIONS[0]);
        Destination { country, okrug, region }
    }

    pub(crate) fn price(&self, item: &Item) -> Price {
        price_on(item, day_of(self.at))
    }
}

/// What a card costs on a Moscow day.
#[expect(clippy::cast_possible_truncation, reason = "per cents")]
pub(crate) fn price_on(item: &Item, day: i64) -> Price {
    let full = item.card.price();
    let usual = 10 + (35.0 * roll(item.key, 40, day.div_euclid(90))) as i64;
    let discount = usual + if item.promotion(day).is_some() { 12 } else { 0 };
    let discounted = per_cent_of(full, 100 - discount);
    let spp = 15 + (13.0 * roll(item.key, 41, day.div_euclid(7))) as i64;
    Price { full, discount, discounted, spp, finished: per_cent_of(discounted, 100 - spp) }
}

/// Rounded half up.
fn per_cent_of(amount: i64, per_cent: i64) -> i64 {
    (amount * per_cent + 50) / 100
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rounds_like_the_official_example() {
        assert_eq!(per_cent_of(1887, 100 - 18), 1547);
        assert_eq!(per_cent_of(1547, 100 - 26), 1145);
    }
}
