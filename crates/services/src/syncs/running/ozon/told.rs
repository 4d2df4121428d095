//! Ozon's figures by the names under which they are kept. No IO.

use domain::ProductId;
use outbound::ozon::{StockFigures, TurnoverFigures};
use std::collections::{BTreeMap, HashMap};
use store::NewFigure;

/// Average daily sales of 28 days.
pub(crate) const ADS: &str = "ads_28";
/// Days that the stock lasts.
pub(crate) const IDC: &str = "idc";
/// Ozon's word for it.
pub(crate) const GRADE: &str = "turnover_grade";
/// Days since the last sale.
pub(crate) const QUIET: &str = "days_without_sales";
/// What can be sold, by the same count.
pub(crate) const AVAILABLE: &str = "available";
/// Pieces in supplies that were asked for.
pub(crate) const REQUESTED: &str = "requested";
/// Pieces in supplies on their way.
pub(crate) const IN_SUPPLY: &str = "in_supply";
/// Pieces on their way back from buyers.
pub(crate) const FROM_BUYERS: &str = "from_buyers";

/// All that are told together.
pub(super) const OF_STOCK: [&str; 8] =
    [ADS, IDC, GRADE, QUIET, AVAILABLE, REQUESTED, IN_SUPPLY, FROM_BUYERS];

/// Figures of skus: those of the whole sku once, pieces added up over its warehouses.
pub(super) fn of_stock<'r>(
    rows: &'r [StockFigures],
    products: &HashMap<i64, ProductId>,
) -> Vec<NewFigure<'r>> {
    let mut of: BTreeMap<i64, Vec<&StockFigures>> = BTreeMap::new();
    for row in rows {
        of.entry(row.sku).or_default().push(row);
    }
    let mut figures = Vec::new();
    for (sku, rows) in of {
        let Some(product) = products.get(&sku).copied() else { continue };
        let sum = |of: fn(&StockFigures) -> Option<i64>| {
            rows.iter().filter_map(|row| of(row)).reduce(|sum, n| sum + n)
        };
        let first = |of: fn(&StockFigures) -> Option<i64>| rows.iter().find_map(|row| of(row));
        let numbers = [
            (ADS, first(|row| row.ads_thousandths), "thousandths"),
            (IDC, first(|row| row.idc_thousandths), "thousandths"),
            (QUIET, first(|row| row.days_without_sales), "days"),
            (AVAILABLE, sum(|row| row.available), "pieces"),
            (REQUESTED, sum(|row| row.requested), "pieces"),
            (IN_SUPPLY, sum(|row| row.in_supply), "pieces"),
            (FROM_BUYERS, sum(|row| row.from_buyers), "pieces"),
        ];
        figures.extend(numbers.into_iter().filter_map(|(name, value, unit)| {
            value.map(|value| number(product, name, value, unit))
        }));
        let grade = rows.iter().find_map(|row| row.grade.as_deref());
        figures.extend(grade.map(|grade| word(product, GRADE, grade)));
    }
    figures
}

/// Figures of turnover.
pub(super) fn turnover<'r>(
    rows: &'r [TurnoverFigures],
    products: &HashMap<i64, ProductId>,
) -> Vec<NewFigure<'r>> {
    let of: BTreeMap<i64, &TurnoverFigures> = rows.iter().map(|row| (row.sku, row)).collect();
    let mut figures = Vec::new();
    for (sku, row) in of {
        let Some(product) = products.get(&sku).copied() else { continue };
        let numbers = [
            ("ads_60", row.ads_thousandths, "thousandths"),
            ("idc_60", row.idc_thousandths, "thousandths"),
            ("turnover_60", row.turnover_thousandths, "thousandths"),
            ("stock_60", row.stock, "pieces"),
        ];
        figures.extend(numbers.into_iter().filter_map(|(name, value, unit)| {
            value.map(|value| number(product, name, value, unit))
        }));
        let words = [
            ("idc_60_grade", row.idc_grade.as_deref()),
            ("turnover_60_grade", row.turnover_grade.as_deref()),
        ];
        let words = words.into_iter();
        figures.extend(words.filter_map(|(name, told)| Some(word(product, name, told?))));
    }
    figures
}

fn number<'a>(product: ProductId, name: &'a str, value: i64, unit: &'a str) -> NewFigure<'a> {
    NewFigure { product, name, place: "", value: Some(value), unit: Some(unit), word: None }
}

fn word<'a>(product: ProductId, name: &'a str, word: &'a str) -> NewFigure<'a> {
    NewFigure { product, name, place: "", value: None, unit: None, word: Some(word) }
}
