//! What came back, of both schemes, five hundred a page, by when its state last changed.

use super::{
    client::{Access, NAME, Ozon},
    map,
    methods::Method,
    rows::{self, List},
    time::text,
    wire::returns as wires,
};
use crate::marketplaces::{
    failure::{Failure, Reason},
    pace::Paced,
};
use chrono::{DateTime, Utc};
use domain::malformed::Malformed;

/// The most that a page has.
const PAGE: usize = 500;

/// Pieces that came back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Returned {
    /// The number of the return.
    pub id: i64,
    /// The posting that they were in.
    pub posting: Option<String>,
    /// Ozon `sku`.
    pub sku: i64,
    /// How many.
    pub quantity: i64,
    /// What the buyer had paid for one, minor units; `None`: not told.
    pub price_minor: Option<i64>,
    /// ISO 4217.
    pub currency: String,
    /// When they came back.
    pub returned_at: DateTime<Utc>,
    /// When the return last changed its state.
    pub changed_at: DateTime<Utc>,
    /// Where they are, when told.
    pub place: Option<String>,
    /// Whether they had reached their buyer before. A parcel that was cancelled or refused had not.
    pub was_sold: bool,
}

/// A page of returns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReturnsPage {
    /// The returns.
    pub returns: Vec<Returned>,
    /// Rows of the page.
    pub rows: usize,
    /// Rows that could not be read.
    pub malformed: Malformed,
    /// Where to read on (`last_id`); `None`: this was the last.
    pub next: Option<i64>,
}

impl Ozon {
    /// The page of returns whose state changed in a period, after a number (0: the first).
    pub async fn returns(
        &self,
        access: &Access<'_>,
        from: DateTime<Utc>,
        until: DateTime<Utc>,
        after: i64,
    ) -> Result<Paced<ReturnsPage>, Failure> {
        let period = wires::Period { time_from: text(from), time_to: text(until) };
        let request = wires::Request {
            filter: wires::Filter { visual_status_change_moment: period },
            limit: PAGE,
            last_id: after,
        };
        let answer = self.ask(access, Method::Returns, &request).await?;
        let pace = answer.pace;
        Ok(Paced { value: page(access, &answer.value, after)?, pace })
    }
}

fn page(access: &Access<'_>, answer: &wires::Answer, after: i64) -> Result<ReturnsPage, Failure> {
    let list = List { method: Method::Returns, path: "returns", name: "id" };
    let (returns, malformed) = rows::read(access, list, &answer.returns, returned);
    let rows = answer.returns.len();
    let next = if answer.has_next == Some(true) {
        // Rows come by number; a row that can't be read may still tell its own.
        let seen = returns.iter().map(|row| row.id).chain(malformed.about.iter().copied());
        let last = seen.max().filter(|last| *last > after);
        let wrong = "has_next without a newer id: where to go on?";
        Some(last.ok_or_else(|| {
            Failure::new(NAME, Method::Returns.path(), Reason::UnexpectedShape, wrong)
        })?)
    } else {
        None
    };
    Ok(ReturnsPage { returns, rows, malformed, next })
}

fn returned(row: wires::Return) -> Result<Returned, &'static str> {
    // Counted as one or the other it would stay so.
    let was_sold = map::was_sold(&row).ok_or("type")?;
    let product = row.product.ok_or("product")?;
    let changed = row.visual.as_ref().and_then(|visual| visual.change_moment.0);
    let logistic = row.logistic.as_ref();
    let back = logistic.and_then(|told| told.return_date.0.or(told.final_moment.0));
    let changed_at = changed.or(back).ok_or("visual.change_moment")?;
    let (price_minor, currency) =
        product.price.map_or((None, None), |price| (price.price.0, price.currency_code));
    Ok(Returned {
        id: row.id.0,
        posting: row.posting_number,
        sku: product.sku.0,
        quantity: product.quantity.map_or(1, |n| n.0.max(0)),
        price_minor,
        currency: currency.unwrap_or_else(|| "RUB".to_owned()),
        returned_at: back.unwrap_or(changed_at),
        changed_at,
        place: row.place.and_then(|place| place.name),
        was_sold,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(body: &str, after: i64) -> Result<ReturnsPage, Failure> {
        page(&rows::testing::access(), &serde_json::from_str(body).unwrap(), after)
    }

    // As in the contract of 2026-06-11, numbers as texts.
    const ROW: &str = r#"{"exemplars":[{"id":"1019562967545956"}],"id":"1000015552","company_id":"3058",
        "return_reason_name":"Покупатель передумал","type":"ClientReturn","schema":"Fbs","order_id":"24540784250",
        "order_number":"58544282-0057","place":{"id":"23869688194000","name":"СЦ_Львовский_Возвраты"},
        "product":{"sku":"1100526203","offer_id":"81451","name":"Кукла","price":{"currency_code":"RUB","price":"3318"},"quantity":1},
        "logistic":{"final_moment":null,"return_date":"2024-07-29T06:15:48.998146Z","barcode":"ii5275210303"},
        "visual":{"status":{"id":3,"display_name":"У вас","sys_name":"ReturnedToSeller"},"change_moment":"2024-07-30T06:15:48Z"},
        "posting_number":"58544282-0057-1"}"#;

    #[test]
    fn a_return_names_its_posting() {
        let page = read(&format!(r#"{{"returns":[{ROW}],"has_next":true}}"#), 0).unwrap();
        let row = &page.returns[0];
        assert_eq!((row.id, row.sku, row.quantity), (1_000_015_552, 1_100_526_203, 1));
        assert_eq!(row.price_minor, Some(331_800));
        assert_eq!(row.posting.as_deref(), Some("58544282-0057-1"));
        assert_eq!(row.returned_at.to_rfc3339(), "2024-07-29T06:15:48.998146+00:00");
        assert!(row.was_sold);
        assert_eq!(page.next, Some(1_000_015_552));
        let refused = ROW.replace("ClientReturn", "FullReturn");
        let page = read(&format!(r#"{{"returns":[{refused}],"has_next":false}}"#), 0).unwrap();
        assert!(!page.returns[0].was_sold);
        let new = ROW.replace("ClientReturn", "SomethingNew");
        let page_of_new = read(&format!(r#"{{"returns":[{new}],"has_next":false}}"#), 0).unwrap();
        assert_eq!((page_of_new.returns.len(), page_of_new.malformed.count), (0, 1));
        assert_eq!(page.next, None);
    }

    #[test]
    fn a_list_that_can_not_go_on_is_no_end() {
        let again = format!(r#"{{"returns":[{ROW}],"has_next":true}}"#);
        assert_eq!(read(&again, 1_000_015_552).unwrap_err().reason(), Reason::UnexpectedShape);
        assert_eq!(
            read(r#"{"returns":[],"has_next":true}"#, 5).unwrap_err().reason(),
            Reason::UnexpectedShape
        );
    }
}
