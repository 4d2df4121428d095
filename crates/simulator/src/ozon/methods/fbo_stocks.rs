//! `/v1/product/info/stocks-by-warehouse/fbo`: pieces at Ozon's warehouses of up to 1000 products.

use super::Answer;
use super::visibility::by_ids;
use crate::ozon::body::{Int, at_most, cursor, limit, read, read_cursor};
use crate::ozon::problem::Problem;
use crate::ozon::shop::Shop;
use crate::ozon::stock::{Known, Shelf};
use serde::Deserialize;
use serde_json::{Value, json};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Wanted {
    #[serde(default)]
    skus: Vec<Int>,
    #[serde(default)]
    offer_ids: Vec<String>,
    limit: i64,
    #[serde(default)]
    cursor: String,
}

pub(crate) fn answer(shop: &Shop<'_>, body: &[u8]) -> Answer {
    let wanted: Wanted = read(body)?;
    if wanted.skus.is_empty() == wanted.offer_ids.is_empty() {
        return Err(Problem::invalid("use either skus or offer_ids"));
    }
    at_most("Skus", &wanted.skus, 1000)?;
    at_most("OfferIds", &wanted.offer_ids, 1000)?;
    let asked = Asked { skus: &wanted.skus, offers: &wanted.offer_ids, cursor: &wanted.cursor };
    asked.rows(
        shop,
        limit(Some(wanted.limit), 1000)?,
        Shelf::is_fbo,
        |shelf| json!({"warehouse_id": shelf.warehouse.id}),
    )
}

/// Products that rows by warehouse are wanted of.
pub(super) struct Asked<'a> {
    pub skus: &'a [Int],
    pub offers: &'a [String],
    pub cursor: &'a str,
}

impl Asked<'_> {
    /// A page of their rows: a product at a warehouse, also with nothing there.
    pub(super) fn rows(
        &self,
        shop: &Shop<'_>,
        limit: usize,
        passes: impl Fn(&Shelf) -> bool,
        more: impl Fn(&Shelf) -> Value,
    ) -> Answer {
        // The sku of the last row, and how many rows of it were sent.
        let last = read_cursor::<2>(self.cursor)?;
        let mut known = Known::default();
        let (mut rows, mut place, mut has_next) = (Vec::new(), [0, 0], false);
        'all: for product in by_ids(shop, &[], self.skus, self.offers) {
            let sku = product.sku();
            let sent = match last {
                Some([of, _]) if sku < of => continue,
                Some([of, sent]) if sku == of => usize::try_from(sent).unwrap_or(usize::MAX),
                _ => 0,
            };
            let shelves = known.of(&product.item, product.size, shop.now);
            let rest = shelves.iter().filter(|shelf| passes(shelf)).enumerate().skip(sent);
            for (number, shelf) in rest {
                if rows.len() == limit {
                    has_next = true;
                    break 'all;
                }
                place = [sku, i64::try_from(number + 1).unwrap_or(0)];
                let mut row = more(shelf);
                row["sku"] = json!(sku);
                row["product_id"] = json!(product.id());
                row["offer_id"] = json!(product.offer_id());
                row["present"] = json!(shelf.present());
                row["reserved"] = json!(shelf.reserved);
                rows.push(row);
            }
        }
        let cursor = if has_next { cursor(place) } else { String::new() };
        Ok(json!({"products": rows, "has_next": has_next, "cursor": cursor}))
    }
}
