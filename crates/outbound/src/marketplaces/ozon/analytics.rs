//! Ozon's own figures: what its cabinet shows of stock and turnover. Kept beside ours, never in their place.

use super::{
    client::{Access, NAME, Ozon},
    methods::Method,
    rows::{self, List},
    wire::{Ids, analytics as wires},
};
use crate::marketplaces::{
    failure::{Failure, Reason},
    pace::Paced,
};
use domain::malformed::Malformed;

/// The most skus that one question about stock may name.
pub const ANALYTICS_SKUS: usize = 100;

/// Rows of a page of turnover.
pub const TURNOVER_PAGE: u64 = 1000;

/// What Ozon says of one sku at one of its warehouses. Figures of the whole sku are repeated in each of its rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StockFigures {
    /// Ozon `sku`.
    pub sku: i64,
    /// The warehouse's number; `None`: a row of no warehouse.
    pub warehouse: Option<i64>,
    /// Its name.
    pub warehouse_name: Option<String>,
    /// The cluster that it serves.
    pub cluster: Option<String>,
    /// Pieces that can be sold: already less what is reserved.
    pub available: Option<i64>,
    /// Pieces in supplies that were asked for.
    pub requested: Option<i64>,
    /// Pieces in supplies on their way.
    pub in_supply: Option<i64>,
    /// Pieces on their way back from buyers.
    pub from_buyers: Option<i64>,
    /// Average daily sales of the sku in the last 28 days, thousandths.
    pub ads_thousandths: Option<i64>,
    /// Days that its stock lasts, thousandths.
    pub idc_thousandths: Option<i64>,
    /// Days since its last sale.
    pub days_without_sales: Option<i64>,
    /// Ozon's word for it.
    pub grade: Option<String>,
}

/// What Ozon says of the turnover of one sku, over 60 days.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TurnoverFigures {
    /// Ozon `sku`.
    pub sku: i64,
    /// Average daily sales of the last 60 days, thousandths.
    pub ads_thousandths: Option<i64>,
    /// Its stock.
    pub stock: Option<i64>,
    /// Days that it lasts, thousandths.
    pub idc_thousandths: Option<i64>,
    /// Ozon's word for that.
    pub idc_grade: Option<String>,
    /// Its turnover in days, thousandths.
    pub turnover_thousandths: Option<i64>,
    /// Ozon's word for that.
    pub turnover_grade: Option<String>,
}

impl Ozon {
    /// The figures of at most [`ANALYTICS_SKUS`] skus.
    pub async fn stock_figures(
        &self,
        access: &Access<'_>,
        skus: &[i64],
    ) -> Result<Paced<(Vec<StockFigures>, Malformed)>, Failure> {
        if !(1..=ANALYTICS_SKUS).contains(&skus.len()) {
            let text = format!("{} skus, 1 to {ANALYTICS_SKUS} may be asked for", skus.len());
            let path = Method::StockAnalytics.path();
            return Err(Failure::new(NAME, path, Reason::OurFault, text));
        }
        let request = wires::StocksRequest { skus: Ids(skus) };
        let answer: Paced<wires::StocksAnswer> =
            self.ask(access, Method::StockAnalytics, &request).await?;
        let list = List { method: Method::StockAnalytics, path: "items", name: "sku" };
        Ok(answer.map(|answer| rows::read(access, list, &answer.items, |row| Ok(stock(row)))))
    }

    /// The page of turnover that begins at an offset.
    pub async fn turnover(
        &self,
        access: &Access<'_>,
        offset: u64,
    ) -> Result<Paced<(Vec<TurnoverFigures>, Malformed)>, Failure> {
        let request = wires::TurnoverRequest { limit: TURNOVER_PAGE, offset };
        let answer: Paced<wires::TurnoverAnswer> =
            self.ask(access, Method::Turnover, &request).await?;
        let list = List { method: Method::Turnover, path: "items", name: "sku" };
        Ok(answer.map(|answer| rows::read(access, list, &answer.items, |row| Ok(turnover(row)))))
    }
}

fn stock(row: wires::StocksRow) -> StockFigures {
    StockFigures {
        sku: row.sku.0,
        // 0 is how a row of no warehouse is written.
        warehouse: row.warehouse_id.map(|id| id.0).filter(|id| *id != 0),
        warehouse_name: row.warehouse_name,
        cluster: row.cluster_name,
        available: row.available_stock_count.map(|n| n.0),
        requested: row.requested_stock_count.map(|n| n.0),
        in_supply: row.transit_stock_count.map(|n| n.0),
        from_buyers: row.return_from_customer_stock_count.map(|n| n.0),
        ads_thousandths: row.ads.0,
        idc_thousandths: row.idc.0,
        days_without_sales: row.days_without_sales.map(|n| n.0),
        grade: row.turnover_grade,
    }
}

fn turnover(row: wires::TurnoverRow) -> TurnoverFigures {
    TurnoverFigures {
        sku: row.sku.0,
        ads_thousandths: row.ads.0,
        stock: row.current_stock.map(|n| n.0),
        idc_thousandths: row.idc.0,
        idc_grade: row.idc_grade,
        turnover_thousandths: row.turnover.0,
        turnover_grade: row.turnover_grade,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::value::RawValue;

    fn read<T: serde::de::DeserializeOwned>(raw: &RawValue) -> T {
        serde_json::from_str(raw.get()).unwrap()
    }

    // As in the contract of 2026-06-11.
    #[test]
    fn figures_are_kept_to_the_thousandth() {
        let body = r#"{"items":[{"sku":1487035011,"offer_id":"MUG-350-WHT","name":"Кружка керамическая 350 мл",
            "item_tags":["ITEM_ATTRIBUTE_NONE"],"warehouse_id":22655170176000,"warehouse_name":"ХОРУГВИНО_РФЦ","cluster_id":154,
            "cluster_name":"Москва, МО и Дальние регионы","macrolocal_cluster_id":4039,"available_stock_count":58,
            "requested_stock_count":30,"transit_stock_count":20,"return_from_customer_stock_count":3,"ads":4.25,"ads_cluster":2.1,
            "idc":13.6,"idc_cluster":27.6,"days_without_sales":0,"turnover_grade":"DEFICIT","turnover_grade_cluster":"POPULAR"},
            {"sku":"7","warehouse_id":0,"idc":null,"turnover_grade":"COLLECTING_DATA"}]}"#;
        let answer: wires::StocksAnswer = serde_json::from_str(body).unwrap();
        let rows: Vec<_> = answer.items.iter().map(|raw| stock(read(raw))).collect();
        let first = &rows[0];
        assert_eq!((first.ads_thousandths, first.idc_thousandths), (Some(4250), Some(13_600)));
        assert_eq!(
            (first.available, first.requested, first.in_supply, first.from_buyers),
            (Some(58), Some(30), Some(20), Some(3))
        );
        assert_eq!(first.grade.as_deref(), Some("DEFICIT"));
        assert_eq!(
            (rows[1].warehouse, rows[1].idc_thousandths, rows[1].available),
            (None, None, None)
        );
        assert_eq!(rows[1].grade.as_deref(), Some("COLLECTING_DATA"), "a word is kept as it is");
    }

    #[test]
    fn turnover_is_over_sixty_days() {
        let body = r#"{"items":[{"sku":1487035011,"offer_id":"MUG-350-WHT","name":"Кружка","ads":4.1,"current_stock":58,
            "idc":14.1,"idc_grade":"GRADES_YELLOW","turnover":21.0,"turnover_grade":"GRADES_GREEN"}]}"#;
        let answer: wires::TurnoverAnswer = serde_json::from_str(body).unwrap();
        let row = turnover(read(&answer.items[0]));
        assert_eq!((row.ads_thousandths, row.stock), (Some(4100), Some(58)));
        assert_eq!((row.idc_thousandths, row.turnover_thousandths), (Some(14_100), Some(21_000)));
    }
}
