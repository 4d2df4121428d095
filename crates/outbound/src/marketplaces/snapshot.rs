//! Builds a snapshot of stock out of rows. What is finished has no pair of size and warehouse twice.

use domain::observed::{ObservedLevel, ObservedWarehouse, StockSnapshot};
use std::collections::HashMap;

/// A snapshot under way.
///
/// A warehouse is known by its source and number; its first name stays. Rows of the same size at the same warehouse are
/// added up: the marketplace hides its warehouses behind one number, and each may still have a row of its own.
/// What is below zero is oversold: nothing of it can be sold, so it counts as 0.
///
/// Rows are kept as they come and put in order at the end: a shop of a million sizes is one list and no table beside it.
#[derive(Debug, Default)]
pub struct SnapshotBuilder {
    snapshot: StockSnapshot,
    warehouses: HashMap<(domain::product::StockSource, i64), usize>,
}

impl SnapshotBuilder {
    /// An empty one.
    pub fn new() -> Self {
        Self::default()
    }

    /// The index of a warehouse, added if it is new. A warehouse without levels stays in the snapshot.
    pub fn warehouse(&mut self, warehouse: ObservedWarehouse) -> usize {
        let key = (warehouse.source, warehouse.number);
        *self.warehouses.entry(key).or_insert_with(|| {
            self.snapshot.warehouses.push(warehouse);
            self.snapshot.warehouses.len() - 1
        })
    }

    /// Adds a level at a warehouse of this builder.
    pub fn level(&mut self, level: &ObservedLevel) {
        self.snapshot.levels.push(ObservedLevel {
            quantity: level.quantity.max(0),
            in_way_to_client: level.in_way_to_client.max(0),
            in_way_from_client: level.in_way_from_client.max(0),
            ..*level
        });
    }

    /// Adds all of another snapshot: the next page.
    pub fn extend(&mut self, other: StockSnapshot) {
        let places: Vec<usize> =
            other.warehouses.into_iter().map(|warehouse| self.warehouse(warehouse)).collect();
        for level in other.levels {
            if let Some(&warehouse) = places.get(level.warehouse) {
                self.level(&ObservedLevel { warehouse, ..level });
            }
        }
    }

    /// The snapshot, in the order of its sizes and, of each, its warehouses.
    pub fn finish(mut self) -> StockSnapshot {
        let levels = &mut self.snapshot.levels;
        levels.sort_unstable_by_key(|level| (level.offer, level.warehouse));
        levels.dedup_by(|next, kept| {
            let same = (next.offer, next.warehouse) == (kept.offer, kept.warehouse);
            if same {
                kept.quantity += next.quantity;
                kept.in_way_to_client += next.in_way_to_client;
                kept.in_way_from_client += next.in_way_from_client;
            }
            same
        });
        self.snapshot
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::product::StockSource;

    fn at(number: i64, name: &str) -> ObservedWarehouse {
        let (source, region) = (StockSource::Marketplace, None);
        ObservedWarehouse { source, number, name: name.to_owned(), region }
    }

    fn level(offer: i64, warehouse: usize, quantity: i64) -> ObservedLevel {
        ObservedLevel { offer, warehouse, quantity, in_way_to_client: 1, in_way_from_client: -1 }
    }

    #[test]
    fn rows_of_one_size_at_one_number_are_added_up() {
        let mut builder = SnapshotBuilder::new();
        let hidden = builder.warehouse(at(-999_999, "Склад WB"));
        builder.level(&level(7, hidden, 5));
        builder.level(&level(7, hidden, 6));
        builder.level(&level(8, hidden, -3));
        let mut second = SnapshotBuilder::new();
        let other = second.warehouse(at(15, "Казань"));
        let same = second.warehouse(at(-999_999, "Another name"));
        second.level(&level(7, other, 1));
        second.level(&level(7, same, 2));
        builder.extend(second.finish());
        let snapshot = builder.finish();
        assert_eq!(snapshot.warehouses, [at(-999_999, "Склад WB"), at(15, "Казань")]);
        let levels: Vec<_> = snapshot
            .levels
            .iter()
            .map(|l| (l.offer, l.warehouse, l.quantity, l.in_way_to_client))
            .collect();
        assert_eq!(levels, [(7, 0, 13, 3), (7, 1, 1, 1), (8, 0, 0, 1)]);
        assert!(snapshot.levels.iter().all(|level| level.in_way_from_client == 0));
    }
}
