//! Which products a list is of: by ids, or by what the cabinet calls visibility; and its pages.

use crate::ozon::body::{Int, at_most, cursor, read_cursor};
use crate::ozon::problem::Problem;
use crate::ozon::product::{Product, after, archived, by_id, by_offer, by_sku};
use crate::ozon::shop::Shop;
use crate::ozon::stock::{Known, shelves};
use serde::Deserialize;

/// The lists of the cabinet.
#[derive(Clone, Copy, Debug, Default, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(crate) enum Visibility {
    /// All that are not in the archive.
    #[default]
    All,
    Visible,
    Invisible,
    EmptyStock,
    NotModerated,
    Moderated,
    Disabled,
    StateFailed,
    ReadyToSupply,
    ValidationStatePending,
    ValidationStateFail,
    ValidationStateSuccess,
    ToSupply,
    InSale,
    RemovedFromSale,
    Banned,
    Overpriced,
    CriticallyOverpriced,
    EmptyBarcode,
    BarcodeExists,
    Quarantine,
    Archived,
    OverpricedWithStock,
    PartialApproved,
    AutoArchived,
    ManualArchived,
    SeasonalAutoArchived,
    VisibleWithFboStock,
}

/// Which products.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Filter {
    offer_id: Vec<String>,
    product_id: Vec<Int>,
    sku: Vec<Int>,
    visibility: Visibility,
    with_quant: Option<serde::de::IgnoredAny>,
}

/// Some products, and the cursor of those after them; empty when nothing is there any more.
pub(crate) struct Page {
    pub products: Vec<Product>,
    pub last: String,
    pub total: i64,
}

/// Products by their ids, in the order of the list, each once.
pub(crate) fn by_ids(
    shop: &Shop<'_>,
    ids: &[Int],
    skus: &[Int],
    offers: &[String],
) -> Vec<Product> {
    let (world, now) = (shop.world, shop.now);
    let mut found: Vec<Product> = Vec::new();
    found.extend(ids.iter().filter_map(|id| by_id(world, id.0, now)));
    found.extend(skus.iter().filter_map(|sku| by_sku(world, sku.0, now)));
    found.extend(offers.iter().filter_map(|offer| by_offer(world, offer, now)));
    found.sort_by_key(Product::position);
    found.dedup_by_key(|product| product.position());
    found
}

impl Filter {
    pub(crate) fn page(&self, shop: &Shop<'_>, last: &str, limit: usize) -> Result<Page, Problem> {
        let given = [self.offer_id.len(), self.product_id.len(), self.sku.len()];
        if given.iter().filter(|count| **count > 0).count() > 1 {
            return Err(Problem::invalid("use only one group of identifiers"));
        }
        at_most("Filter.OfferId", &self.offer_id, 1000)?;
        at_most("Filter.ProductId", &self.product_id, 1000)?;
        at_most("Filter.Sku", &self.sku, 1000)?;
        let last = match read_cursor::<2>(last)? {
            Some([id, again]) if id == again => Some(shop.position(id)?),
            Some(_) => return Err(Problem::invalid("invalid cursor")),
            None => None,
        };
        let (products, total) = if given.iter().sum::<usize>() > 0 {
            let mut found = by_ids(shop, &self.product_id, &self.sku, &self.offer_id);
            let total = i64::try_from(found.len()).unwrap_or(0);
            found.retain(|product| last.is_none_or(|last| product.position() > last));
            found.truncate(limit);
            (found, total)
        } else {
            let mut known = Known::default();
            let passes = |product: &Product| self.visibility.shows(shop, product, &mut known);
            let found = after(shop.world, last, shop.now).filter(passes).take(limit).collect();
            (found, self.visibility.total(shop))
        };
        let last = products.last().map_or(String::new(), |last| cursor([last.id(), last.id()]));
        Ok(Page { products, last, total })
    }
}

impl Visibility {
    fn shows(self, shop: &Shop<'_>, product: &Product, known: &mut Known) -> bool {
        let archived = archived(&product.item, shop.now);
        let mut stocked = || {
            let shelves = known.of(&product.item, product.size, shop.now);
            shelves.iter().any(|shelf| shelf.free > 0)
        };
        match self {
            Self::Archived | Self::ManualArchived => archived,
            _ if archived => false,
            Self::All | Self::Moderated | Self::ValidationStateSuccess | Self::BarcodeExists => {
                true
            }
            Self::Visible | Self::InSale => stocked(),
            Self::Invisible | Self::EmptyStock | Self::ReadyToSupply => !stocked(),
            _ => false,
        }
    }

    /// How many there are: known without looking for the whole lists, counted for the others.
    fn total(self, shop: &Shop<'_>) -> i64 {
        let (listed, archived_total) = shop.totals();
        match self {
            Self::Archived | Self::ManualArchived => archived_total,
            Self::All | Self::Moderated | Self::ValidationStateSuccess | Self::BarcodeExists => {
                listed
            }
            Self::Visible
            | Self::InSale
            | Self::Invisible
            | Self::EmptyStock
            | Self::ReadyToSupply => {
                let stocked: usize = shop
                    .world
                    .items()
                    .filter(|item| item.created <= shop.now && !archived(item, shop.now))
                    .map(|item| {
                        let shelves = shelves(&item, shop.now);
                        let has = |size: &usize| {
                            shelves.iter().any(|shelf| shelf.size == *size && shelf.free > 0)
                        };
                        (0..item.card.grid.len()).filter(has).count()
                    })
                    .sum();
                let stocked = i64::try_from(stocked).unwrap_or(0);
                let sold = matches!(self, Self::Visible | Self::InSale);
                if sold { stocked } else { listed - stocked }
            }
            _ => 0,
        }
    }
}
