//! Bodies as Ozon writes them, under its own names. Tolerant: unknown fields are passed over, what may be missing or
//! `null` is optional, numbers come as numbers or texts. What a buyer is called and where they live is not read.

pub(super) mod analytics;
pub(super) mod postings;
pub(super) mod prices;
pub(super) mod products;
pub(super) mod returns;
pub(super) mod stock;
pub(super) mod warehouses;

use serde::{Serialize, Serializer};

/// Numbers in a list of a request: int64 go out as texts.
pub(super) struct Ids<'a>(pub &'a [i64]);

impl Serialize for Ids<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.iter().map(ToString::to_string))
    }
}

/// Every product but the archived ones.
#[derive(Serialize)]
pub(super) struct Visible {
    pub visibility: &'static str,
}

/// All that is not archived.
pub(super) const ALL: Visible = Visible { visibility: "ALL" };
