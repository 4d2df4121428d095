//! Dice that fall the same way for the same key: hashing and a small stream of numbers.
//!
//! Never a source of secrets, and never seeded by the clock or the operating system.

/// Mixes one number thoroughly (the finaliser of `SplitMix64`).
pub(crate) fn mix(mut z: u64) -> u64 {
    z = z.wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

/// One number of several: order matters.
pub(crate) fn hash<const N: usize>(parts: [u64; N]) -> u64 {
    parts.into_iter().fold(0x5eed, |state, part| mix(state ^ part.rotate_left(17)))
}

/// A number in `0..1` of a hash.
#[expect(clippy::cast_precision_loss, reason = "53 bits fit")]
pub(crate) fn unit(hash: u64) -> f64 {
    (hash >> 11) as f64 / (1_u64 << 53) as f64
}

/// A stream of numbers that its key determines.
#[derive(Clone, Debug)]
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) fn new(key: u64) -> Self {
        Self(key)
    }

    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        mix(self.0)
    }

    /// In `0..1`.
    pub(crate) fn unit(&mut self) -> f64 {
        unit(self.next())
    }

    /// In `from..to`.
    pub(crate) fn between(&mut self, from: f64, to: f64) -> f64 {
        from + (to - from) * self.unit()
    }

    /// Seconds between two numbers of hours.
    #[expect(clippy::cast_possible_truncation, reason = "hours, not ages")]
    pub(crate) fn hours(&mut self, from: f64, to: f64) -> i64 {
        (self.between(from, to) * 3600.0) as i64
    }

    /// In `0..bound`; 0 when the bound is 0.
    pub(crate) fn below(&mut self, bound: u64) -> u64 {
        if bound == 0 { 0 } else { self.next() % bound }
    }

    /// True this often.
    pub(crate) fn chance(&mut self, probability: f64) -> bool {
        self.unit() < probability
    }

    /// The next waiting time of a process that happens once a unit on average.
    pub(crate) fn gap(&mut self) -> f64 {
        -(1.0 - self.unit()).ln()
    }
}

/// One of a table's entries.
#[expect(clippy::cast_possible_truncation, reason = "a remainder of a length")]
pub(crate) fn pick<T>(table: &[T], hash: u64) -> &T {
    &table[(hash % table.len() as u64) as usize]
}
