//! Postings of both schemes, a hundred a page: orders, what became of them, and what reached its buyer.

use super::{
    client::{Access, Ozon},
    map,
    methods::Method,
    paging,
    rows::{self, List},
    time::text,
    wire::postings as wires,
};
use crate::marketplaces::{failure::Failure, pace::Paced};
use chrono::{DateTime, Utc};
use domain::malformed::Malformed;

/// The most that a page has.
const PAGE: usize = 100;

/// From whose warehouse a posting ships.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scheme {
    /// Ozon's.
    Fbo,
    /// The seller's.
    Fbs,
}

impl Scheme {
    const fn method(self) -> Method {
        match self {
            Self::Fbo => Method::FboPostings,
            Self::Fbs => Method::FbsPostings,
        }
    }
}

/// How a posting stands. There are more words than these, and new ones come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PostingStatus {
    /// Ordered, and neither cancelled nor delivered.
    Open,
    /// It reached its buyer.
    Delivered,
    /// It will not.
    Cancelled,
    /// Another word: open, as far as we know.
    Other(String),
}

impl PostingStatus {
    fn read(word: Option<String>) -> Self {
        match word.as_deref() {
            Some("delivered") => Self::Delivered,
            // The second: its lines go on in other postings.
            Some("cancelled" | "cancelled_from_split_pending") => Self::Cancelled,
            None
            | Some(
                "awaiting_registration"
                | "acceptance_in_progress"
                | "awaiting_approve"
                | "awaiting_packaging"
                | "awaiting_deliver"
                | "awaiting_verification"
                | "arbitration"
                | "client_arbitration"
                | "delivering"
                | "driver_pickup"
                | "not_accepted"
                | "sent_by_seller",
            ) => Self::Open,
            Some(word) => Self::Other(word.to_owned()),
        }
    }

    /// Whether it may still change.
    pub fn is_final(&self) -> bool {
        matches!(self, Self::Delivered | Self::Cancelled)
    }
}

/// Equal pieces in a posting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PostingLine {
    /// Ozon `sku`.
    pub sku: i64,
    /// How many.
    pub quantity: i64,
    /// What one costs, minor units; `None`: not told.
    pub price_minor: Option<i64>,
    /// ISO 4217.
    pub currency: String,
}

/// A posting. Who ordered it is not read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Posting {
    /// Its number.
    pub number: String,
    /// The posting that it was split off.
    pub parent: Option<String>,
    /// From whose warehouse it ships.
    pub scheme: Scheme,
    /// How it stands.
    pub status: PostingStatus,
    /// When it was ordered.
    pub ordered_at: DateTime<Utc>,
    /// Until when its buyer was promised to have it.
    pub promised_at: Option<DateTime<Utc>>,
    /// What is in it, each sku once.
    pub lines: Vec<PostingLine>,
    /// Where it ships from, when told.
    pub warehouse: Option<String>,
    /// Where it goes, when told.
    pub region: Option<String>,
}

/// A page of postings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PostingsPage {
    /// The postings, oldest first.
    pub postings: Vec<Posting>,
    /// Rows that could not be read.
    pub malformed: Malformed,
    /// Where to read on; `None`: this was the last.
    pub next: Option<String>,
}

/// Which postings: by when they were ordered, at most a year, and of the seller's own also by when they changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PostingsFilter {
    /// Ordered at this moment or later.
    pub since: DateTime<Utc>,
    /// Ordered before.
    pub until: DateTime<Utc>,
    /// Changed their status at this moment or later. Ozon can't filter its own by this.
    pub changed_since: Option<DateTime<Utc>>,
}

impl Ozon {
    /// The page of postings after a place; `None`: the first.
    pub async fn postings(
        &self,
        access: &Access<'_>,
        scheme: Scheme,
        filter: PostingsFilter,
        cursor: Option<&str>,
    ) -> Result<Paced<PostingsPage>, Failure> {
        let method = scheme.method();
        let changed = filter.changed_since.filter(|_| scheme == Scheme::Fbs);
        let request = wires::Request {
            filter: wires::Filter {
                since: text(filter.since),
                to: text(filter.until),
                last_changed_status_date: changed
                    .map(|from| wires::Period { from: text(from), to: text(filter.until) }),
            },
            limit: PAGE,
            sort_dir: "ASC",
            cursor: cursor.unwrap_or_default(),
            with: wires::With { analytics_data: true, financial_data: true },
        };
        let answer = self.ask(access, method, &request).await?;
        let pace = answer.pace;
        Ok(Paced { value: page(access, scheme, answer.value, cursor)?, pace })
    }
}

fn page(
    access: &Access<'_>,
    scheme: Scheme,
    answer: wires::Answer,
    before: Option<&str>,
) -> Result<PostingsPage, Failure> {
    let method = scheme.method();
    let next = paging::next(method, answer.has_next, answer.cursor, before)?;
    let list = List { method, path: "postings", name: "order_id" };
    let (postings, malformed) =
        rows::read(access, list, &answer.postings, |row| posting(row, scheme));
    Ok(PostingsPage { postings, malformed, next })
}

fn posting(row: wires::Posting, scheme: Scheme) -> Result<Posting, &'static str> {
    if row.posting_number.trim().is_empty() {
        return Err("posting_number");
    }
    // The seller's own postings don't tell when they were made, only when work on them began.
    let ordered_at =
        row.created_at.0.or(row.in_process_at.0).or(row.shipment_date.0).ok_or("in_process_at")?;
    let (warehouse, region) = (map::ships_from(&row), map::goes_to(&row));
    let promised_at = row.analytics_data.and_then(|data| data.client_delivery_date_end.0);
    let mut lines: Vec<PostingLine> = Vec::with_capacity(row.products.len());
    for product in row.products {
        let (sku, quantity) = (product.sku.0, product.quantity.0.max(0));
        if let Some(line) = lines.iter_mut().find(|line| line.sku == sku) {
            line.quantity += quantity;
            continue;
        }
        let (price_minor, currency) =
            product.price.map_or((None, None), |price| (price.amount.0, price.currency));
        let currency = currency.unwrap_or_else(|| "RUB".to_owned());
        lines.push(PostingLine { sku, quantity, price_minor, currency });
    }
    Ok(Posting {
        number: row.posting_number.trim().to_owned(),
        parent: row.parent_posting_number,
        scheme,
        status: PostingStatus::read(row.status),
        ordered_at,
        promised_at,
        lines,
        warehouse,
        region,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(body: &str) -> PostingsPage {
        let answer = serde_json::from_str(body).unwrap();
        page(&rows::testing::access(), Scheme::Fbo, answer, None).unwrap()
    }

    // As in the contract of 2026-06-11.
    #[test]
    fn a_posting_from_ozons_warehouse() {
        let page = read(
            r#"{"has_next":false,"cursor":"","postings":[{"posting_number":"9121072335-0187-1","order_id":39127012767,
            "order_number":"9121072335-0187","status":"delivered","substatus":"posting_received","cancellation":null,
            "products":[{"is_marketplace_buyout":false,"offer_id":"SM-GALAXY-A54-128","name":"Смартфон Samsung Galaxy A54",
              "sku":9880276314,"quantity":1,"price":{"amount":"28990","currency":"RUB"},"digital_codes":[]},
              {"sku":"9880276314","quantity":"2","price":null}],
            "analytics_data":{"city":"","delivery_type":"PVZ","warehouse_id":1020001835658000,"warehouse_name":"ОМСК_РФЦ",
              "client_delivery_date_begin":null,"client_delivery_date_end":null},
            "financial_data":{"products":[],"cluster_from":"Омск","cluster_to":"Новосибирск"},"legal_info":null,
            "cancel_reason_id":0,"created_at":"2026-05-10T23:59:51.653736Z","in_process_at":"2026-05-11T00:00:07.716614Z"}]}"#,
        );
        let posting = &page.postings[0];
        assert_eq!(
            (posting.number.as_str(), &posting.status),
            ("9121072335-0187-1", &PostingStatus::Delivered)
        );
        assert_eq!(posting.ordered_at.to_rfc3339(), "2026-05-10T23:59:51.653736+00:00");
        assert_eq!(posting.lines.len(), 1, "one line a sku");
        let line = &posting.lines[0];
        assert_eq!(
            (line.sku, line.quantity, line.price_minor),
            (9_880_276_314, 3, Some(2_899_000))
        );
        assert_eq!(posting.warehouse.as_deref(), Some("ОМСК_РФЦ"));
        assert_eq!(posting.region.as_deref(), Some("Новосибирск"));
        assert_eq!((page.next, page.malformed.count), (None, 0));
    }

    // In the shape of the contract of 2026-06-11: no `created_at`, and a buyer whom nobody reads.
    #[test]
    fn a_posting_from_the_sellers_warehouse() {
        let page = read(
            r#"{"has_next":true,"cursor":"eyJ","postings":[{"addressee":{"name":"Иван Петров"},
            "analytics_data":{"city":"Москва","region":"Московская область","warehouse":"Софьино"},
            "customer":{"name":"Иван Петров","phone":"79"},"delivery_method":{"id":1,"warehouse":"Склад Химки"},
            "in_process_at":"2026-05-14T10:00:00Z","parent_posting_number":"1-1","posting_number":"1-2",
            "products":[{"sku":7,"quantity":2,"price":{"amount":"100.50","currency":"BYN"}}],
            "status":"a_new_status"},{"posting_number":"1-3","status":"delivering","products":[]}]}"#,
        );
        let posting = &page.postings[0];
        assert_eq!(posting.status, PostingStatus::Other("a_new_status".to_owned()));
        assert!(!posting.status.is_final());
        assert_eq!(posting.parent.as_deref(), Some("1-1"));
        assert_eq!(posting.lines[0].price_minor, Some(10_050));
        assert_eq!(posting.lines[0].currency, "BYN");
        assert_eq!(posting.warehouse.as_deref(), Some("Склад Химки"));
        assert_eq!(posting.region.as_deref(), Some("Московская область"));
        assert_eq!(page.next.as_deref(), Some("eyJ"));
        assert_eq!(page.malformed.rows[0].problem, "postings[1].in_process_at: missing");
        assert!(!format!("{posting:?}").contains("Петров"));
    }

    #[test]
    fn known_words_are_read() {
        let read = |word: &str| PostingStatus::read(Some(word.to_owned()));
        assert_eq!(read("cancelled"), PostingStatus::Cancelled);
        assert_eq!(read("cancelled_from_split_pending"), PostingStatus::Cancelled);
        assert_eq!(read("awaiting_verification"), PostingStatus::Open);
        assert_eq!(PostingStatus::read(None), PostingStatus::Open);
    }
}
