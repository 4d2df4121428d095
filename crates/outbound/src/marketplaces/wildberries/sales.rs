//! Sales and returns, by the time of their last change. Amounts may be zero for a day and fill in without that time
//! moving, so a later sync begins early enough to see it.

use super::{
    changes::{ChangesPage, orders_since, read_row},
    client::{Access, Wildberries},
    hosts,
    lenient::said,
    wire::sales,
};
use crate::marketplaces::failure::Failure;
use chrono::{DateTime, TimeDelta, Utc};
use domain::observed::{ObservedSale, SaleKind};

/// For so long an amount of zero says that it is not told yet; later it is what it is.
pub const UNTOLD_HOURS: i64 = 24;

/// A page of sales under way.
pub type SalesPage = ChangesPage<ObservedSale>;

impl Wildberries {
    /// Begins the page of sales and returns that changed at a moment or later. One request. Amounts are as
    /// [`settle`] has them to become.
    pub async fn sales_page(
        &self,
        access: &Access<'_>,
        since: DateTime<Utc>,
    ) -> Result<SalesPage, Failure> {
        let method = (hosts::SALES, "/api/v1/supplier/sales");
        self.changes(access, method, since, |operation, place, row| {
            let sale = read_row(operation, place, row, sale)?;
            let changed_at = sale.changed_at;
            Ok((sale, changed_at))
        })
        .await
    }
}

/// From when a sync reads: from a little before the last change that was seen, or from the first sale whose amounts are
/// still to be told, whichever is earlier.
pub fn sales_since(
    now: DateTime<Utc>,
    last_change: Option<DateTime<Utc>>,
    untold_since: Option<DateTime<Utc>>,
) -> DateTime<Utc> {
    let usual = orders_since(now, last_change);
    untold_since.map_or(usual, |untold| usual.min(orders_since(now, Some(untold))))
}

/// What a zero means by now: within a day of the sale nothing yet, later an amount of zero.
pub fn settle(sale: &mut ObservedSale, now: DateTime<Utc>) {
    if now - sale.changed_at < TimeDelta::hours(UNTOLD_HOURS) {
        let told = |amount: Option<i64>| amount.filter(|minor| *minor != 0);
        (sale.price_minor, sale.payout_minor) = (told(sale.price_minor), told(sale.payout_minor));
    }
}

/// A row. The error names the field that must be there and is not.
fn sale(row: sales::Sale) -> Result<ObservedSale, &'static str> {
    let key = said(row.id).ok_or("saleID")?;
    let kind = if key.starts_with('R') { SaleKind::Return } else { SaleKind::Sale };
    Ok(ObservedSale {
        kind,
        order_key: row.srid,
        article: row.nm_id.0,
        // The method names a size by its barcode only.
        offer: None,
        barcode: row.barcode,
        happened_at: row.date.0.ok_or("date")?,
        changed_at: row.last_change_date.0.ok_or("lastChangeDate")?,
        quantity: 1,
        price_minor: amount(row.finished_price.0),
        payout_minor: amount(row.for_pay.0),
        // As with orders, the method knows no currency.
        currency: "RUB".to_owned(),
        warehouse_name: row.warehouse_name,
        region: row.region_name.or(row.oblast_okrug_name).or(row.country_name),
        key,
    })
}

/// Amounts of returns may be written below zero: the kind says which way they go.
fn amount(minor: Option<i64>) -> Option<i64> {
    minor.map(i64::abs)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(json: &str) -> Result<ObservedSale, &'static str> {
        sale(serde_json::from_str(json).unwrap())
    }

    /// The official example.
    const OFFICIAL: &str = r#"{"date":"2022-03-04T18:08:31","lastChangeDate":"2022-03-06T10:11:07",
      "warehouseName":"Склад WB РФ","warehouseType":"Склад продавца","countryName":"Россия",
      "oblastOkrugName":"Центральный федеральный округ","regionName":"Московская","supplierArticle":"12345",
      "nmId":1234567,"barcode":"123453559000","category":"Бытовая техника","subject":"Мультистайлеры","brand":"Тест",
      "techSize":"0","incomeID":56735459,"isSupply":false,"isRealization":true,"totalPrice":1887,"discountPercent":18,
      "spp":20,"paymentSaleAmount":93,"forPay":1284.01,"finishedPrice":1145,"priceWithDisc":1547,
      "saleID":"S9993700024","sticker":"926912515","gNumber":"34343462218572569531",
      "srid":"11.rf9ef11fce1684117b0nhj96222982382.3.0"}"#;

    #[test]
    fn the_official_example_is_read() {
        let sale = read(OFFICIAL).unwrap();
        assert_eq!((sale.key.as_str(), sale.kind), ("S9993700024", SaleKind::Sale));
        assert_eq!((sale.price_minor, sale.payout_minor), (Some(114_500), Some(128_401)));
        assert_eq!(sale.changed_at, "2022-03-06T07:11:07Z".parse::<DateTime<Utc>>().unwrap());
        assert_eq!(sale.order_key.as_deref(), Some("11.rf9ef11fce1684117b0nhj96222982382.3.0"));
    }

    #[test]
    fn a_return_is_one_by_its_key_and_unknown_letters_are_sales() {
        let of = |key: &str| {
            let json = OFFICIAL.replace("S9993700024", key).replace("1145", "-1145");
            let sale = read(&json).unwrap();
            (sale.kind, sale.price_minor)
        };
        assert_eq!(of("R9993700024"), (SaleKind::Return, Some(114_500)));
        assert_eq!(of("D1"), (SaleKind::Sale, Some(114_500)));
        assert_eq!(read(&OFFICIAL.replace("S9993700024", "")), Err("saleID"));
    }

    #[test]
    fn a_zero_is_not_believed_for_a_day() {
        let json = OFFICIAL.replace("1284.01", "0").replace("1145", "0");
        let mut sale = read(&json).unwrap();
        let after = |hours| sale.changed_at + TimeDelta::hours(hours);
        let (early, late) = (after(23), after(24));
        let mut later = sale.clone();
        settle(&mut sale, early);
        assert_eq!((sale.price_minor, sale.payout_minor), (None, None));
        settle(&mut later, late);
        assert_eq!((later.price_minor, later.payout_minor), (Some(0), Some(0)));
    }

    #[test]
    fn a_sync_reads_from_the_first_sale_that_is_still_to_be_told() {
        let at = |text: &str| text.parse::<DateTime<Utc>>().unwrap();
        let now = at("2026-08-19T12:00:00Z");
        let last = Some(at("2026-08-19T11:00:00Z"));
        assert_eq!(sales_since(now, last, None), at("2026-08-19T10:50:00Z"));
        let untold = Some(at("2026-08-18T20:00:00Z"));
        assert_eq!(sales_since(now, last, untold), at("2026-08-18T19:50:00Z"));
    }
}
