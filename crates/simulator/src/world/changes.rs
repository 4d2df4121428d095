//! What was changed by hand: the only part of a world that is remembered.
//!
//! Grows with the number of such changes, never with days or cards.

use super::item::Item;
use super::warehouses::{MARKETPLACES, Place};
use std::collections::HashMap;

/// Which stock of a size a correction sets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Where {
    /// All of it at the marketplace's warehouses, together.
    Marketplace,
    /// At one warehouse, by its real number (also while the marketplace hides it).
    Warehouse(i64),
}

/// A level set by hand: it stands until the plan's next delivery.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Forced {
    pub at: i64,
    pub size: usize,
    /// `None`: the marketplace's warehouses together.
    pub place: Option<Place>,
    pub quantity: i32,
}

impl Forced {
    /// What it sets a place to; `None`: it doesn't touch it.
    pub(crate) fn quantity_of(&self, place: Place, item: &Item) -> Option<i32> {
        match self.place {
            Some(forced) => (forced == place).then_some(self.quantity),
            None if place >= MARKETPLACES => None,
            // The first of them gets it all.
            None => Some(if item.holds[0].0 == place { self.quantity } else { 0 }),
        }
    }
}

/// All changes by hand, by the card's index.
#[derive(Debug, Default)]
pub(crate) struct Changes {
    /// How many there were, those taken back among them.
    pub version: u64,
    pub forced: HashMap<u32, Vec<Forced>>,
    pub trashed: HashMap<u32, i64>,
}

/// Why a change was refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ChangeError {
    /// There is no such size in this world.
    #[error("there is no size {0}")]
    UnknownSize(i64),
    /// There is no such card in this world.
    #[error("there is no card {0}")]
    UnknownCard(i64),
    /// That size never lies there.
    #[error("size {0} is not held there")]
    NotHeld(i64),
    /// A level is neither negative nor more than a warehouse holds.
    #[error("a level is between 0 and 1000000, not {0}")]
    Quantity(i64),
}
