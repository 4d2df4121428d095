//! What becomes of the groups when pairs are linked. Knows no database.

use domain::{ProductId, links::MOST_AS_ONE};
use std::collections::{HashMap, HashSet};
use uuid::Uuid;

/// Groups as they are, and as they become.
pub(super) struct Groups {
    group: HashMap<ProductId, Uuid>,
    members: HashMap<Uuid, Vec<ProductId>>,
    moved: HashSet<ProductId>,
}

impl Groups {
    /// As they are: all members of every group that is concerned.
    pub(super) fn new(known: Vec<(ProductId, Uuid)>) -> Self {
        let mut members: HashMap<Uuid, Vec<ProductId>> = HashMap::new();
        for (product, group) in &known {
            members.entry(*group).or_default().push(*product);
        }
        Self { group: known.into_iter().collect(), members, moved: HashSet::new() }
    }

    /// Makes two products one thing, with all that either of them is one with already. False: that would be too many.
    pub(super) fn link(&mut self, a: ProductId, b: ProductId, new: impl Fn() -> Uuid) -> bool {
        let of = |product: ProductId, this: &Self| match this.group.get(&product) {
            Some(group) => this.members.get(group).cloned().unwrap_or_default(),
            None => vec![product],
        };
        let (ours, theirs) = (of(a, self), of(b, self));
        if ours.contains(&b) {
            return true;
        }
        if ours.len() + theirs.len() > MOST_AS_ONE {
            return false;
        }
        // The lesser half moves.
        let (stays, moves, leads, follows) =
            if ours.len() >= theirs.len() { (ours, theirs, a, b) } else { (theirs, ours, b, a) };
        let left = self.group.get(&follows).copied();
        let group = self.group.get(&leads).copied().or(left).unwrap_or_else(new);
        if let Some(left) = left.filter(|left| *left != group) {
            self.members.remove(&left);
        }
        let all: Vec<ProductId> = stays.into_iter().chain(moves).collect();
        for product in &all {
            if self.group.insert(*product, group) != Some(group) {
                self.moved.insert(*product);
            }
        }
        self.members.insert(group, all);
        true
    }

    /// The products whose group is another one now, in their order.
    pub(super) fn moved(self) -> Vec<(ProductId, Uuid)> {
        let of = |product| self.group.get(&product).map(|group| (product, *group));
        let mut moved: Vec<(ProductId, Uuid)> = self.moved.iter().copied().filter_map(of).collect();
        moved.sort_unstable();
        moved
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::cell::Cell;

    fn product(n: u128) -> ProductId {
        ProductId(Uuid::from_u128(n))
    }

    #[test]
    fn what_is_one_with_one_of_them_is_one_with_all() {
        let next = Cell::new(100);
        let new = || {
            next.set(next.get() + 1);
            Uuid::from_u128(next.get())
        };
        let known = vec![(product(1), Uuid::from_u128(7)), (product(2), Uuid::from_u128(7))];
        let mut groups = Groups::new(known);
        assert!(groups.link(product(3), product(4), new));
        assert!(groups.link(product(4), product(5), new));
        assert!(groups.link(product(1), product(2), new), "already");
        assert!(groups.link(product(2), product(5), new));
        let moved = groups.moved();
        let group = moved[0].1;
        assert!(moved.iter().all(|(_, of)| *of == group), "{moved:?}");
        // Three moved the two, so that these are the ones that move.
        assert_eq!(moved.len(), 5);
    }

    #[test]
    fn one_thing_is_of_fifty_products_at_most() {
        let mut groups = Groups::new(Vec::new());
        for n in 1..50 {
            assert!(groups.link(product(0), product(n), || Uuid::from_u128(9)), "{n}");
        }
        assert!(!groups.link(product(0), product(50), || Uuid::from_u128(9)));
        assert!(groups.link(product(3), product(49), || Uuid::from_u128(9)), "known");
        assert_eq!(groups.moved().len(), 50);
    }
}
