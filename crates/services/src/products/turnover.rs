//! Wildberries' own figures of turnover beside ours, computed as it does, with the reason of each difference.

use super::compare::{number, reason};
use chrono::{DateTime, Utc};
use domain::{
    comparison::{ComparedFigure, DifferenceReason as Reason, FigureComparison},
    demand::Cover,
};
use planning::wildberries;
use store::Figure;

/// What both tell; the rest only the marketplace tells.
pub(super) const COMPARED: [&str; 4] = [STOCK, AVERAGE, SALE_RATE, TURNOVER];

const STOCK: &str = "stock";
const AVERAGE: &str = "average_orders";
const SALE_RATE: &str = "sale_rate";
/// Its moment is that of all of them.
pub(super) const TURNOVER: &str = "turnover";

/// It rounds its orders a day to a hundredth,
const AVERAGE_TOLERANCE: i64 = 5;

/// and its turnover down to whole hours, four tenths of a tenth of a day.
const DAYS_TOLERANCE: i64 = 1;

/// What we know, as the marketplace counts it.
pub(super) struct Ours {
    pub stock: Option<i64>,
    /// Whether any level changed since shortly before the figures were told.
    pub stock_moved: bool,
    /// All that was ordered in the window; `None`: not all of it was read.
    pub orders: Option<i64>,
    /// When orders were last read.
    pub orders_as_of: Option<DateTime<Utc>>,
    /// Closing stock of each day of the window.
    pub closing: Vec<Option<i64>>,
    /// Our own measure.
    pub cover: Cover,
}

pub(super) fn rows(ours: &Ours, figures: &[Figure]) -> Vec<FigureComparison> {
    let told = |name: &str| figures.iter().find(|figure| figure.name == name);
    let value = |name: &str| told(name).and_then(|figure| figure.value);
    let as_of = told(TURNOVER).map(|figure| figure.as_of);
    let moved = if ours.stock_moved { Reason::OtherMoment } else { Reason::Unexplained };
    let stock = number(ComparedFigure::Stock, ours.stock, value(STOCK), 0, moved);
    // An order may be seen hours after it was made.
    let average = ours.orders.map(wildberries::average_thousandths);
    let is_later = average > value(AVERAGE) || ours.orders_as_of < as_of;
    let late = if is_later { Reason::OtherMoment } else { Reason::Unexplained };
    let orders =
        number(ComparedFigure::OrdersADay, average, value(AVERAGE), AVERAGE_TOLERANCE, late);
    let of_orders = orders.agrees == Some(false);
    let follows = match stock.agrees {
        Some(false) => Reason::FromStock,
        _ if of_orders => Reason::FromSales,
        _ => Reason::Unexplained,
    };
    let rate = ours.stock.zip(ours.orders).map(|(stock, n)| wildberries::sale_rate(stock, n));
    let rate = span(ComparedFigure::DaysOfCover, rate, told(SALE_RATE), follows);
    let turnover = ours.orders.and_then(|n| match n {
        // Without orders there is nothing that it turns over.
        0 => None,
        n => Some(Cover::Days { tenths: wildberries::turnover_tenths(&ours.closing, n)? }),
    });
    let otherwise = if of_orders { Reason::FromSales } else { Reason::OtherReadings };
    let turnover = span(ComparedFigure::Turnover, turnover, told(TURNOVER), otherwise);
    let own = match ours.cover {
        Cover::Days { tenths } => Some(tenths),
        Cover::OutOfStock => Some(0),
        Cover::Infinite | Cover::Unknown { .. } => None,
    };
    let theirs = value(SALE_RATE).map(tenths);
    let own = number(ComparedFigure::OwnCover, own, theirs, DAYS_TOLERANCE, Reason::OtherMeasure);
    vec![stock, orders, rate, turnover, own]
}

/// A time, or the word that stands in its place.
fn span(
    figure: ComparedFigure,
    ours: Option<Cover>,
    told: Option<&Figure>,
    otherwise: Reason,
) -> FigureComparison {
    let theirs = told.and_then(|figure| figure.value).map(tenths);
    let theirs_word = told.and_then(|figure| figure.word.clone());
    let (number, word) = match ours {
        Some(Cover::Days { tenths }) => (Some(tenths), None),
        Some(Cover::OutOfStock) => (Some(0), None),
        Some(Cover::Infinite) => (None, Some("infinite")),
        Some(Cover::Unknown { .. }) | None => (None, None),
    };
    let knows = [number.is_some() || word.is_some(), theirs.is_some() || theirs_word.is_some()];
    let agrees = (knows == [true, true]).then(|| match (number, theirs) {
        (Some(a), Some(b)) => a.abs_diff(b) <= DAYS_TOLERANCE.unsigned_abs(),
        _ => word == theirs_word.as_deref(),
    });
    // It does not compute it for a card that nobody ordered, or that is too young.
    let state = theirs_word.as_deref() == Some("not_computed");
    let otherwise = if state { Reason::OtherState } else { otherwise };
    FigureComparison {
        figure,
        ours: number,
        ours_word: word.map(str::to_owned),
        theirs,
        theirs_word,
        agrees,
        reason: reason(knows[0], knows[1], agrees, otherwise),
    }
}

/// Hours as tenths of a day, halves up.
fn tenths(hours: i64) -> i64 {
    hours.saturating_mul(10).saturating_add(12).div_euclid(24)
}
