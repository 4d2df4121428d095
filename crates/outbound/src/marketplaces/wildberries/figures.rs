//! The marketplace's own figures of each card over some days: turnover, hours without stock, lost orders. Kept beside
//! ours as they are told.

use super::{
    client::{Access, Question, Wildberries},
    hosts,
    wire::{self, figures},
};
use crate::marketplaces::{aside::Aside, failure::Failure, pace::Paced};
use chrono::NaiveDate;
use domain::malformed::Malformed;

/// The most that the marketplace gives at once.
pub const FIGURES_PAGE: u64 = 1000;

/// A figure as it is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ToldFigure {
    /// Its name in our words.
    pub name: &'static str,
    /// The figure; `None`: a word stands in its place.
    pub value: Option<i64>,
    /// `pieces`, `thousandths`, `hours`, `minor`.
    pub unit: &'static str,
    /// `infinite`, `not_computed`, or the marketplace's own.
    pub word: Option<String>,
}

/// The figures of a card.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CardFigures {
    /// WB `nmID`.
    pub article: i64,
    /// What is told of it.
    pub figures: Vec<ToldFigure>,
}

/// A page of figures.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FiguresPage {
    /// By card.
    pub cards: Vec<CardFigures>,
    /// Cards that could not be read.
    pub malformed: Malformed,
    /// Where the next page begins; `None`: this was the last.
    pub next_offset: Option<u64>,
}

impl Wildberries {
    /// The page that begins at an offset (0: the first), over whole days in Moscow. One request.
    pub async fn figures_page(
        &self,
        access: &Access<'_>,
        (first, last): (NaiveDate, NaiveDate),
        offset: u64,
    ) -> Result<Paced<FiguresPage>, Failure> {
        let request = figures::Request {
            current_period: figures::Period { start: first, end: last },
            stock_type: "",
            skip_deleted_nm: true,
            order_by: figures::OrderBy { field: "stockCount", mode: "desc" },
            availability_filters: [],
            limit: FIGURES_PAGE,
            offset,
        };
        let path = "/api/v2/stocks-report/products/products";
        let read = self.ask(access, Question::post(hosts::FIGURES, path, &request)?).await?;
        let aside = Aside::new(hosts::FIGURES.name, access.secrets());
        // 204 without a body: nothing is told.
        let value = if read.body.is_empty() {
            FiguresPage::default()
        } else {
            page(&read.body, offset, aside)?
        };
        Ok(Paced { value, pace: read.pace })
    }
}

fn page(body: &[u8], offset: u64, mut aside: Aside) -> Result<FiguresPage, Failure> {
    let name = hosts::FIGURES.name;
    let answer: figures::Answer = wire::read(name, body)?;
    let Some(data) = answer.data else { return Ok(FiguresPage::default()) };
    let count = u64::try_from(data.items.len()).unwrap_or_default();
    let mut cards = Vec::with_capacity(data.items.len());
    for (index, item) in data.items.into_iter().enumerate() {
        let row = item.get().as_bytes();
        match wire::read_row::<figures::Item>(name, || format!("data.items[{index}]"), row) {
            Ok(item) => cards.push(told(item)),
            Err(failure) => aside.row(&failure, row, "nmID"),
        }
    }
    let next_offset = (count >= FIGURES_PAGE).then_some(offset + count);
    Ok(FiguresPage { cards, malformed: aside.take(), next_offset })
}

fn told(item: figures::Item) -> CardFigures {
    let m = item.metrics;
    let whole = |name, unit, n: Option<super::lenient::Int>| {
        Some(ToldFigure { name, value: Some(n?.0), unit, word: None })
    };
    let average = m.average_orders.0.map(|value| ToldFigure {
        name: "average_orders",
        value: Some(value),
        unit: "thousandths",
        word: None,
    });
    let availability = m.availability.map(|word| ToldFigure {
        name: "availability",
        value: None,
        unit: "word",
        word: Some(word),
    });
    let figures = [
        whole("orders", "pieces", m.orders_count),
        whole("stock", "pieces", m.stock_count),
        average,
        m.sale_rate.map(|span| hours("sale_rate", &span)),
        m.turnover.map(|span| hours("turnover", &span)),
        m.missing_time.map(|span| hours("missing_time", &span)),
        lost("lost_orders", "thousandths", 1000, m.lost_orders_count.0),
        lost("lost_orders_sum", "minor", 100, m.lost_orders_sum.0),
        availability,
    ];
    CardFigures { article: item.nm_id.0, figures: figures.into_iter().flatten().collect() }
}

/// Days and hours; below zero they are words: -1 never ends, -2 is nothing, -3 was not computed.
fn hours(name: &'static str, span: &figures::Span) -> ToldFigure {
    let (days, hours) = (span.days.0, span.hours.0);
    let (value, word) = match hours {
        -1 => (None, Some("infinite")),
        -2 => (Some(0), None),
        ..-2 => (None, Some("not_computed")),
        _ => (Some(days * 24 + hours), None),
    };
    ToldFigure { name, value, unit: "hours", word: word.map(str::to_owned) }
}

/// Below zero: -2 is none, all else was not computed.
fn lost(name: &'static str, unit: &'static str, one: i64, told: Option<i64>) -> Option<ToldFigure> {
    let (value, word) = match told? {
        n if n == -2 * one => (Some(0), None),
        ..0 => (None, Some("not_computed".to_owned())),
        n => (Some(n), None),
    };
    Some(ToldFigure { name, value, unit, word })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(metrics: &str) -> Vec<ToldFigure> {
        let body = format!(
            r#"{{"data":{{"items":[{{"nmID":5,"metrics":{metrics},"new":[]}},{{"nmID":"x"}}],"currency":"RUB"}}}}"#
        );
        let page = page(body.as_bytes(), 0, Aside::new("figures", [])).unwrap();
        assert_eq!((page.malformed.count, page.next_offset, page.cards[0].article), (1, None, 5));
        page.cards[0].figures.clone()
    }

    fn of<'a>(figures: &'a [ToldFigure], name: &str) -> (Option<i64>, Option<&'a str>) {
        let figure = figures.iter().find(|figure| figure.name == name).unwrap();
        (figure.value, figure.word.as_deref())
    }

    #[test]
    fn the_official_example_is_read() {
        let figures = read(
            r#"{"ordersCount":100,"ordersSum":100000,"avgOrders":200,"stockCount":50,
            "saleRate":{"days":5,"hours":15},"avgStockTurnover":{"days":5,"hours":15},
            "officeMissingTime":{"days":5,"hours":15},"lostOrdersCount":1550.52,"lostOrdersSum":155000.25,
            "currentPrice":{"minPrice":50,"maxPrice":100},"availability":"deficient"}"#,
        );
        assert_eq!(of(&figures, "average_orders"), (Some(200_000), None));
        assert_eq!(of(&figures, "sale_rate"), (Some(135), None));
        assert_eq!(of(&figures, "lost_orders"), (Some(1_550_520), None));
        assert_eq!(of(&figures, "lost_orders_sum"), (Some(15_500_025), None));
        assert_eq!(of(&figures, "availability"), (None, Some("deficient")));
    }

    #[test]
    fn what_is_no_figure_is_a_word() {
        let figures = read(
            r#"{"saleRate":{"days":0,"hours":-1},"avgStockTurnover":{"days":0,"hours":-3},
            "officeMissingTime":{"days":0,"hours":-2},"lostOrdersCount":-3,"lostOrdersSum":-2,
            "availability":"somethingNew"}"#,
        );
        assert_eq!(of(&figures, "sale_rate"), (None, Some("infinite")));
        assert_eq!(of(&figures, "turnover"), (None, Some("not_computed")));
        assert_eq!(of(&figures, "missing_time"), (Some(0), None));
        assert_eq!(of(&figures, "lost_orders"), (None, Some("not_computed")));
        assert_eq!(of(&figures, "lost_orders_sum"), (Some(0), None));
        assert_eq!(of(&figures, "availability"), (None, Some("somethingNew")));
        assert!(!figures.iter().any(|figure| figure.name == "orders"), "unknown is not zero");
    }
}
