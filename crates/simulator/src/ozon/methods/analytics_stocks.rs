//! `/v1/analytics/stocks`: pieces at Ozon's warehouses with Ozon's own numbers, of up to 100 products.

use super::Answer;
use super::visibility::by_ids;
use crate::ozon::body::{Int, at_most, read};
use crate::ozon::measures::{Sold, WINDOW, days_of_cover, days_without, fbo_free, grade, per_day};
use crate::ozon::problem::Problem;
use crate::ozon::product::Product;
use crate::ozon::shop::Shop;
use crate::ozon::stock::{Shelf, shelves};
use serde::Deserialize;
use serde_json::{Value, json};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Wanted {
    #[serde(default)]
    cluster_ids: Vec<Int>,
    #[serde(default)]
    item_tags: Vec<String>,
    #[serde(default)]
    macrolocal_cluster_ids: Vec<Int>,
    skus: Vec<Int>,
    #[serde(default)]
    turnover_grades: Vec<String>,
    #[serde(default)]
    warehouse_ids: Vec<Int>,
}

impl Wanted {
    fn lets(&self, shelf: &Shelf, grade: &str) -> bool {
        let among = |ids: &[Int], id: i64| ids.is_empty() || ids.iter().any(|known| known.0 == id);
        shelf.is_fbo()
            && among(&self.warehouse_ids, shelf.warehouse.id)
            && among(&self.cluster_ids, shelf.warehouse.cluster.id)
            && among(&self.macrolocal_cluster_ids, shelf.warehouse.cluster.macrolocal_id)
            && (self.turnover_grades.is_empty()
                || self.turnover_grades.iter().any(|known| known == grade))
            && (self.item_tags.is_empty()
                || self.item_tags.iter().any(|tag| tag == "ITEM_ATTRIBUTE_NONE"))
    }
}

pub(crate) fn answer(shop: &Shop<'_>, body: &[u8]) -> Answer {
    let wanted: Wanted = read(body)?;
    if wanted.skus.is_empty() {
        return Err(Problem::invalid(
            "invalid Request.Skus: value must contain between 1 and 100 items, inclusive",
        ));
    }
    at_most("Skus", &wanted.skus, 100)?;
    if !wanted.cluster_ids.is_empty() && !wanted.macrolocal_cluster_ids.is_empty() {
        return Err(Problem::invalid("use only one of cluster_ids and macrolocal_cluster_ids"));
    }
    let products = by_ids(shop, &[], &wanted.skus, &[]);
    let items: Vec<Value> =
        products.iter().flat_map(|product| rows(&wanted, product, shop.analysed)).collect();
    Ok(json!({ "items": items }))
}

fn rows(wanted: &Wanted, product: &Product, moment: i64) -> Vec<Value> {
    let (item, size) = (&product.item, product.size);
    let shelves = shelves(item, moment);
    let sold = Sold::of(item, size, WINDOW, moment);
    let (stock, units) = (fbo_free(&shelves, size), sold.units(None));
    let without = days_without(item, size, None, moment);
    let grade_all = grade(item, stock, units, without, moment);
    shelves
        .iter()
        .filter(|shelf| shelf.size == size && wanted.lets(shelf, grade_all))
        .map(|shelf| {
            let cluster = shelf.warehouse.cluster;
            let near = shelves.iter().filter(|other| other.size == size && other.is_fbo());
            let near = near.filter(|other| other.warehouse.cluster.id == cluster.id);
            let near: i64 = near.map(|other| other.free).sum();
            let near_units = sold.units(Some(cluster));
            let near_without = days_without(item, size, Some(cluster), moment);
            json!({
                "sku": product.sku(),
                "offer_id": product.offer_id(),
                "name": product.name(),
                "item_tags": ["ITEM_ATTRIBUTE_NONE"],
                "warehouse_id": shelf.warehouse.id,
                "warehouse_name": shelf.warehouse.name,
                "cluster_id": cluster.id,
                "cluster_name": cluster.name,
                "macrolocal_cluster_id": cluster.macrolocal_id,
                "available_stock_count": shelf.free,
                "valid_stock_count": 0,
                "waiting_docs_stock_count": 0,
                "expiring_stock_count": 0,
                "transit_defect_stock_count": 0,
                "stock_defect_stock_count": 0,
                "excess_stock_count": 0,
                "other_stock_count": 0,
                "requested_stock_count": shelf.requested,
                "transit_stock_count": shelf.transit,
                "return_from_customer_stock_count": shelf.returning,
                "return_to_seller_stock_count": 0,
                "ads": per_day(units, WINDOW),
                "ads_cluster": per_day(near_units, WINDOW),
                "idc": days_of_cover(stock, units, WINDOW),
                "idc_cluster": days_of_cover(near, near_units, WINDOW),
                "days_without_sales": without,
                "days_without_sales_cluster": near_without,
                "turnover_grade": grade_all,
                "turnover_grade_cluster": grade(item, near, near_units, near_without, moment),
            })
        })
        .collect()
}
