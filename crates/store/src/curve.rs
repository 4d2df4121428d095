//! The small curve beside a product: how its stock ended each of 28 days, packed into one column when the product is
//! measured, so that a list adds nothing up. Computes no level.

use crate::{
    error::{Error, Result},
    varint::{read, write},
};

/// Days of a curve.
const DAYS: usize = 28;

/// Closing stock of 28 days; `None` before the first that is known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct StockCurve {
    /// The last of the days, since 1970-01-01.
    last: i64,
    /// Oldest first.
    levels: [Option<i64>; DAYS],
}

impl StockCurve {
    /// Of the levels of days up to this one, oldest first; what is older than 28 days is left out.
    pub fn new(last: i64, levels: &[Option<i64>]) -> Self {
        let mut curve = Self { last, ..Self::default() };
        for (slot, level) in curve.levels.iter_mut().rev().zip(levels.iter().rev()) {
            *slot = *level;
        }
        curve
    }

    /// The same seen on a later day: nothing has changed since, else it would have been measured anew.
    #[must_use]
    pub fn until(mut self, day: i64) -> Self {
        let later = usize::try_from(day.saturating_sub(self.last)).unwrap_or(0).min(DAYS);
        if later > 0 {
            let newest = self.levels.last().copied().flatten();
            self.levels.rotate_left(later);
            self.levels.iter_mut().rev().take(later).for_each(|level| *level = newest);
            self.last = day;
        }
        self
    }

    /// The levels, oldest first.
    pub fn levels(&self) -> &[Option<i64>] {
        &self.levels
    }

    /// Its last day, then runs of equal days: how many, and by how much their level differs from the run before. Stock
    /// stays the same on most days, so that a curve takes some ten bytes. `None`: nothing is known.
    pub(crate) fn pack(&self) -> Option<Vec<u8>> {
        let mut runs: Vec<(i64, i64)> = Vec::with_capacity(DAYS);
        for level in self.levels.iter().flatten() {
            match runs.last_mut() {
                Some((days, same)) if same == level => *days += 1,
                _ => runs.push((1, *level)),
            }
        }
        if runs.is_empty() {
            return None;
        }
        let mut packed = Vec::with_capacity(4 + runs.len() * 3);
        write(&mut packed, self.last);
        let mut before = 0_i64;
        for (days, level) in runs {
            write(&mut packed, days);
            write(&mut packed, level.wrapping_sub(before));
            before = level;
        }
        Some(packed)
    }

    /// What [`Self::pack`] packed.
    pub(crate) fn unpack(packed: Option<&[u8]>) -> Result<Self> {
        let Some(mut rest) = packed else { return Ok(Self::default()) };
        let corrupt = || Error::Corrupt { column: "curve", value: "…".to_owned() };
        let last = read(&mut rest).ok_or_else(corrupt)?;
        let (mut levels, mut level) = (Vec::with_capacity(DAYS), 0_i64);
        while !rest.is_empty() {
            let days = read(&mut rest).and_then(|days| usize::try_from(days).ok());
            let days = days.filter(|days| *days <= DAYS - levels.len()).ok_or_else(corrupt)?;
            level = level.wrapping_add(read(&mut rest).ok_or_else(corrupt)?);
            levels.resize(levels.len() + days, Some(level));
        }
        Ok(Self::new(last, &levels))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn packed_and_back(curve: StockCurve) -> StockCurve {
        StockCurve::unpack(curve.pack().as_deref()).unwrap()
    }

    #[test]
    fn it_comes_back_as_it_was() {
        let mut levels = vec![None; 3];
        levels.extend((0..25).map(|day| Some(if day < 20 { 1 << (day * 2) } else { 0 })));
        let curve = StockCurve::new(20_000, &levels);
        assert_eq!(curve.levels(), levels);
        assert_eq!(packed_and_back(curve), curve);
        let wild = StockCurve::new(-1, &[Some(i64::MIN), Some(i64::MAX), Some(-1)]);
        assert_eq!(packed_and_back(wild), wild);
    }

    #[test]
    fn what_stays_the_same_takes_little_and_what_is_unknown_nothing() {
        assert_eq!(StockCurve::new(20_000, &[Some(40); 28]).pack().unwrap().len(), 5);
        assert_eq!(StockCurve::new(20_000, &[None; 28]).pack(), None);
        assert_eq!(StockCurve::unpack(None).unwrap(), StockCurve::default());
    }

    #[test]
    fn days_that_pass_keep_the_last_level() {
        let levels: Vec<_> = (0..28).map(Some).collect();
        let curve = StockCurve::new(100, &levels);
        assert_eq!(curve.until(100), curve);
        assert_eq!(curve.until(99), curve);
        let later = curve.until(102);
        assert_eq!(later.levels().first(), Some(&Some(2)));
        assert_eq!(later.levels().get(24..), Some(&[Some(26), Some(27), Some(27), Some(27)][..]));
        assert_eq!(curve.until(101).until(102), later);
        assert_eq!(curve.until(1000).levels(), [Some(27); 28]);
        assert_eq!(StockCurve::default().until(7).levels(), [None; 28]);
    }

    #[test]
    fn nonsense_is_told() {
        let mut long = Vec::new();
        [7, 29, 1].iter().for_each(|number| write(&mut long, *number));
        for packed in [&[][..], &[0x80], &[2, 2], &[2, 1, 2], &long] {
            assert!(StockCurve::unpack(Some(packed)).is_err(), "{packed:?}");
        }
    }
}
