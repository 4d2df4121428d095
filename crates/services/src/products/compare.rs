//! A product's numbers beside the marketplace's own: what the marketplace's cabinet shows is computed again from our
//! stock and orders, as the marketplace counts, and each difference has its reason.

use super::{
    list::by_product,
    past::{self, first_whole_day},
    turnover,
};
use crate::{Caller, Result, Services, days, syncs::told};
use chrono::{DateTime, TimeDelta, Utc};
use domain::{
    Marketplace, ProductId,
    comparison::{
        ComparedFigure, DifferenceReason as Reason, FigureComparison, ProductComparison, ToldFigure,
    },
    demand::Cover,
    product::{StockSource, WarehouseStock},
    sync::StepKind,
};
use planning::{Grade, WINDOW_DAYS, Window, ozon};
use store::{Figure, FreshnessRow, SourceUnits};

/// Ozon computes its figures up to so long before it tells them.
const LATE: TimeDelta = TimeDelta::hours(24);

/// Ozon rounds its daily sales to a hundredth,
const ADS_TOLERANCE: i64 = 5;

/// and its days of cover to a tenth, once from more digits than it tells.
const COVER_TOLERANCE: i64 = 1;

/// `None`: not there, or another tenant's.
pub async fn compare(
    services: &Services,
    caller: &Caller,
    id: ProductId,
) -> Result<Option<ProductComparison>> {
    let now = services.clock.now();
    let mut tx = services.store.read(caller).await?;
    let Some(row) = tx.listed_product(id).await? else { return Ok(None) };
    let (marketplace, account) = (row.summary.marketplace, row.summary.account_id);
    let figures = tx.figures(id).await?;
    let freshness = tx.freshness(account).await?;
    let levels = tx.warehouse_stock(id).await?;
    let moment = |name: &str| figures.iter().find(|f| f.name == name).map(|f| f.as_of);
    let as_of = moment(told::IDC).or_else(|| moment(turnover::TURNOVER));
    let window = window(marketplace, as_of.unwrap_or(now));
    let of_days = [days::number(window.first), days::number(window.last)];
    let lately = as_of.unwrap_or(now) - LATE;
    let units = tx.units_from(id, StockSource::Marketplace, of_days, lately).await?;
    let ordered = tx.day_sales(id, of_days[0]).await?;
    let deltas = match row.measured_at {
        Some(until) => tx.stock_deltas(&[(id, until)], of_days[0]).await?,
        None => Vec::new(),
    };
    tx.commit().await?;

    let orders = of(&freshness, StepKind::Orders);
    let since = orders.and_then(|row| row.first_as_of);
    let known = since.is_some_and(|at| first_whole_day(marketplace, at) <= window.first);
    let ours = Ours {
        stock: stock(of(&freshness, StepKind::MarketplaceStock), &levels),
        stock_as_of: of(&freshness, StepKind::MarketplaceStock).and_then(|row| row.as_of),
        stock_moved: levels.iter().any(|level| level.changed_at >= lately),
        units: known.then_some(units),
        cover: row.summary.cover,
    };
    let compared = match (marketplace, as_of) {
        (Marketplace::Ozon, Some(_)) => rows(&ours, &figures),
        (Marketplace::Wildberries, Some(_)) => {
            let deltas = by_product(&deltas).remove(&id).unwrap_or_default();
            let within = ordered.iter().filter(|day| (of_days[0]..=of_days[1]).contains(&day.day));
            let all = within.map(|day| day.ordered + day.cancelled).sum();
            let ours = turnover::Ours {
                stock: row.summary.total_stock,
                stock_moved: ours.stock_moved,
                orders: known.then_some(all),
                orders_as_of: orders.and_then(|row| row.as_of),
                closing: past::closing(&row, &deltas, window),
                cover: ours.cover,
            };
            turnover::rows(&ours, &figures)
        }
        (_, None) => Vec::new(),
    };
    let names: &[&str] = match marketplace {
        Marketplace::Ozon => &[told::AVAILABLE, told::ADS, told::IDC, told::GRADE],
        Marketplace::Wildberries => &turnover::COMPARED,
    };
    let is_compared = |name: &str| !compared.is_empty() && names.contains(&name);
    Ok(Some(ProductComparison {
        product_id: id,
        marketplace,
        ours_as_of: ours.stock_as_of,
        theirs_as_of: figures.iter().map(|figure| figure.as_of).max(),
        told: figures.iter().filter(|f| !is_compared(&f.name)).map(told_figure).collect(),
        figures: compared,
    }))
}

/// What we know, as the marketplace counts it.
struct Ours {
    stock: Option<i64>,
    stock_as_of: Option<DateTime<Utc>>,
    /// Whether any level changed lately.
    stock_moved: bool,
    units: Option<SourceUnits>,
    cover: Cover,
}

fn of(freshness: &[FreshnessRow], step: StepKind) -> Option<&FreshnessRow> {
    freshness.iter().find(|row| row.step == step)
}

fn stock(freshness: Option<&FreshnessRow>, levels: &[WarehouseStock]) -> Option<i64> {
    freshness?.as_of?;
    let own = levels.iter().filter(|level| level.source == StockSource::Marketplace);
    Some(own.map(|level| level.quantity).sum())
}

/// The whole days before the one on which the figures were told.
fn window(marketplace: Marketplace, as_of: DateTime<Utc>) -> Window {
    Window::whole_days(marketplace, as_of, u32::try_from(WINDOW_DAYS).unwrap_or_default())
}

fn rows(ours: &Ours, figures: &[Figure]) -> Vec<FigureComparison> {
    let told = |name: &str| figures.iter().find(|figure| figure.name == name);
    let value = |name: &str| told(name).and_then(|figure| figure.value);
    let stock = number(
        ComparedFigure::Available,
        ours.stock,
        value(told::AVAILABLE),
        0,
        if ours.stock_moved { Reason::OtherMoment } else { Reason::Unexplained },
    );
    let units = ours.units.map(|units| units.kept);
    let theirs = value(told::ADS);
    // What was cancelled since then still counted for them.
    let then = ours.units.map(|units| ozon::ads_thousandths(units.kept + units.lately_cancelled));
    let is_late = then.zip(theirs).is_some_and(|(then, theirs)| theirs <= then + ADS_TOLERANCE);
    let cancelled = ours.units.is_some_and(|units| units.lately_cancelled > 0);
    let ads = number(
        ComparedFigure::Ads,
        units.map(ozon::ads_thousandths),
        theirs,
        ADS_TOLERANCE,
        if is_late && cancelled { Reason::OtherMoment } else { Reason::Unexplained },
    );
    let follows = if stock.agrees == Some(false) {
        Reason::FromStock
    } else if ads.agrees == Some(false) {
        Reason::FromSales
    } else {
        Reason::Unexplained
    };
    let both = ours.stock.zip(units);
    // Without sales Ozon writes 0 days, which is no number of days.
    let theirs = value(told::IDC).map(|thousandths| (thousandths + 50).div_euclid(100));
    let idc = both.map(|(stock, units)| ozon::idc_tenths(stock, units).unwrap_or(0));
    let cover = number(ComparedFigure::DaysOfCover, idc, theirs, COVER_TOLERANCE, follows);
    let word = told(told::GRADE).and_then(|figure| figure.word.clone());
    let grade = grade(both, word, follows);
    let own = match ours.cover {
        Cover::Days { tenths } => Some(tenths),
        Cover::OutOfStock => Some(0),
        Cover::Infinite | Cover::Unknown { .. } => None,
    };
    let own = number(ComparedFigure::OwnCover, own, theirs, COVER_TOLERANCE, Reason::OtherMeasure);
    vec![stock, ads, cover, grade, own]
}

pub(super) fn number(
    figure: ComparedFigure,
    ours: Option<i64>,
    theirs: Option<i64>,
    tolerance: i64,
    otherwise: Reason,
) -> FigureComparison {
    let agrees = ours.zip(theirs).map(|(a, b)| a.abs_diff(b) <= tolerance.unsigned_abs());
    let reason = reason(ours.is_some(), theirs.is_some(), agrees, otherwise);
    FigureComparison { figure, ours, ours_word: None, theirs, theirs_word: None, agrees, reason }
}

fn grade(both: Option<(i64, i64)>, word: Option<String>, follows: Reason) -> FigureComparison {
    let ours = both.map(|(stock, units)| ozon::turnover_grade(stock, units));
    let agrees = ours.zip(word.as_deref()).map(|(ours, word)| ozon::says_the_same(word, ours));
    let names_a_state = word.as_deref().is_some_and(|word| !is_a_grade(word));
    let otherwise = if names_a_state { Reason::OtherState } else { follows };
    FigureComparison {
        figure: ComparedFigure::Grade,
        ours: None,
        ours_word: ours.map(|grade| word_of(grade).to_owned()),
        theirs: None,
        agrees,
        reason: reason(ours.is_some(), word.is_some(), agrees, otherwise),
        theirs_word: word,
    }
}

pub(super) fn reason(
    ours: bool,
    theirs: bool,
    agrees: Option<bool>,
    otherwise: Reason,
) -> Option<Reason> {
    match agrees {
        Some(false) => Some(otherwise),
        None if !theirs => Some(Reason::NotTold),
        None if !ours => Some(Reason::NotKnown),
        _ => None,
    }
}

const GRADES: [Grade; 5] =
    [Grade::Deficit, Grade::Popular, Grade::Actual, Grade::Surplus, Grade::NoSales];

fn is_a_grade(word: &str) -> bool {
    GRADES.into_iter().any(|grade| ozon::says_the_same(word, grade))
}

fn word_of(grade: Grade) -> &'static str {
    match grade {
        Grade::Deficit => "deficit",
        Grade::Popular => "popular",
        Grade::Actual => "actual",
        Grade::Surplus => "surplus",
        Grade::NoSales => "no_sales",
    }
}

pub(super) fn told_figure(figure: &Figure) -> ToldFigure {
    ToldFigure {
        name: figure.name.clone(),
        place: figure.place.clone(),
        value: figure.value,
        unit: figure.unit.clone(),
        word: figure.word.clone(),
        as_of: figure.as_of,
    }
}
