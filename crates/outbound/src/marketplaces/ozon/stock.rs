//! Stock by warehouse, Ozon's own and the seller's: pieces that are promised to buyers are not for sale. One page a
//! call.

use super::{
    client::{Access, Ozon},
    methods::Method,
    paging,
    products::{PRODUCTS, bounded},
    rows::{self, List},
    wire::{Ids, stock as wires},
};
use crate::marketplaces::{failure::Failure, pace::Paced};
use domain::malformed::Malformed;

/// Pieces of one sku at one warehouse.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StockRow {
    /// Ozon `sku`.
    pub sku: i64,
    /// The warehouse's number.
    pub warehouse: i64,
    /// Its name, when told beside the stock.
    pub warehouse_name: Option<String>,
    /// Pieces that can be sold: present less reserved, or what Ozon itself calls free.
    pub available: i64,
    /// Pieces that are promised to buyers and lie there still.
    pub reserved: i64,
}

/// A page of rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StockPage {
    /// The rows. A pair that no page has holds nothing.
    pub rows: Vec<StockRow>,
    /// Rows that could not be read: what they are about is not gone.
    pub malformed: Malformed,
    /// Where to read on; `None`: this was the last.
    pub next: Option<String>,
}

impl Ozon {
    /// Stock at Ozon's warehouses of at most [`PRODUCTS`] skus.
    pub async fn fbo_stock(
        &self,
        access: &Access<'_>,
        skus: &[i64],
        cursor: Option<&str>,
    ) -> Result<Paced<StockPage>, Failure> {
        bounded(Method::FboStock, skus)?;
        let skus = Ids(skus);
        let request = wires::FboRequest { skus, limit: PRODUCTS, cursor: cursor.unwrap_or("") };
        let answer = self.ask(access, Method::FboStock, &request).await?;
        let pace = answer.pace;
        Ok(Paced { value: page(access, Method::FboStock, answer.value, cursor)?, pace })
    }

    /// Stock at the seller's warehouses of at most [`PRODUCTS`] skus.
    pub async fn fbs_stock(
        &self,
        access: &Access<'_>,
        skus: &[i64],
        cursor: Option<&str>,
    ) -> Result<Paced<StockPage>, Failure> {
        bounded(Method::FbsStock, skus)?;
        let sku = Ids(skus);
        let request = wires::FbsRequest { sku, limit: PRODUCTS, cursor: cursor.unwrap_or("") };
        let answer = self.ask(access, Method::FbsStock, &request).await?;
        let pace = answer.pace;
        Ok(Paced { value: page(access, Method::FbsStock, answer.value, cursor)?, pace })
    }
}

fn page(
    access: &Access<'_>,
    method: Method,
    answer: wires::Answer,
    before: Option<&str>,
) -> Result<StockPage, Failure> {
    let next = paging::next(method, answer.has_next, answer.cursor, before)?;
    let list = List { method, path: "products", name: "sku" };
    let (rows, malformed) = rows::read(access, list, &answer.products, |wire| Ok(row(wire)));
    Ok(StockPage { rows, malformed, next })
}

fn row(row: wires::Row) -> StockRow {
    let reserved = row.reserved.map_or(0, |n| n.0);
    StockRow {
        sku: row.sku.0,
        warehouse: row.warehouse_id.0,
        warehouse_name: row.warehouse_name,
        available: row.free_stock.map_or(row.present.0 - reserved, |free| free.0).max(0),
        reserved,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::marketplaces::failure::Reason;

    fn read(body: &str) -> StockPage {
        page(&rows::testing::access(), Method::FboStock, serde_json::from_str(body).unwrap(), None)
            .unwrap()
    }

    // As in the additions of 2026-10.
    #[test]
    fn what_is_reserved_is_not_for_sale() {
        let page = read(
            r#"{"products":[
            {"sku":1487035011,"product_id":1003123456,"offer_id":"MUG-350-WHT","warehouse_id":22655170176000,"present":58,"reserved":3},
            {"sku":"1487035011","product_id":1003123456,"offer_id":"MUG-350-WHT","warehouse_id":"1020001835658000","present":1,"reserved":2}],
            "has_next":false,"cursor":"left over"}"#,
        );
        let rows: Vec<_> =
            page.rows.iter().map(|r| (r.warehouse, r.available, r.reserved)).collect();
        assert_eq!(rows, [(22_655_170_176_000, 55, 3), (1_020_001_835_658_000, 0, 2)]);
        assert_eq!(page.next, None);
    }

    // As in the contract of 2026-06-11.
    #[test]
    fn what_ozon_calls_free_is_believed() {
        let page = read(
            r#"{"products":[{"sku":1487035011,"offer_id":"MUG-350-WHT","product_id":1003123456,
            "warehouse_id":1020003080073000,"warehouse_name":"Склад Химки","present":40,"reserved":2,"free_stock":37}],
            "has_next":false,"cursor":""}"#,
        );
        assert_eq!((page.rows[0].available, page.rows[0].reserved), (37, 2));
        assert_eq!(page.rows[0].warehouse_name.as_deref(), Some("Склад Химки"));
    }

    #[test]
    fn a_list_that_goes_on_nowhere_is_refused() {
        let body = r#"{"products":[],"has_next":true,"cursor":""}"#;
        let failure = page(
            &rows::testing::access(),
            Method::FboStock,
            serde_json::from_str(body).unwrap(),
            None,
        )
        .unwrap_err();
        assert_eq!(failure.reason(), Reason::UnexpectedShape);
    }
}
