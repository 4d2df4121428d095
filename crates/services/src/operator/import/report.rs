//! What was taken, what was there already, and what could not be taken, with reasons and no values.

use std::{collections::BTreeMap, fmt};

/// Of one kind.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Count {
    /// New here.
    pub taken: u64,
    /// Here before, left as it is.
    pub already: u64,
    /// Not taken, by reason.
    pub refused: BTreeMap<&'static str, u64>,
    /// Taken with something left out, by what.
    pub notes: BTreeMap<&'static str, u64>,
}

impl Count {
    pub(super) fn add(&mut self, is_new: bool) {
        if is_new {
            self.taken += 1;
        } else {
            self.already += 1;
        }
    }

    pub(super) fn refuse(&mut self, reason: &'static str) {
        *self.refused.entry(reason).or_default() += 1;
    }

    pub(super) fn note(&mut self, note: &'static str) {
        *self.notes.entry(note).or_default() += 1;
    }
}

/// Of the whole import.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// Companies.
    pub companies: Count,
    /// People.
    pub people: Count,
    /// Encrypted keys.
    pub keys: Count,
    /// Cards.
    pub products: Count,
    /// Refresh tokens.
    pub tokens: Count,
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (name, count) in [
            ("companies", &self.companies),
            ("people", &self.people),
            ("keys", &self.keys),
            ("products", &self.products),
            ("refresh tokens", &self.tokens),
        ] {
            let refused: u64 = count.refused.values().sum();
            writeln!(
                f,
                "{name}: {} taken, {} here already, {refused} not taken",
                count.taken, count.already
            )?;
            for (reason, n) in &count.refused {
                writeln!(f, "  {n} not taken: {reason}")?;
            }
            for (note, n) in &count.notes {
                writeln!(f, "  {n} taken, but {note}")?;
            }
        }
        Ok(())
    }
}
