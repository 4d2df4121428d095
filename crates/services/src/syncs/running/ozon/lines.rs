//! What a posting says, against what is stored of it. No IO.

use chrono::{DateTime, TimeDelta, Utc};
use domain::{
    observed::{ObservedOrder, ObservedSale, SaleKind},
    product::StockSource,
};
use outbound::ozon::{Posting, PostingLine, PostingStatus, Scheme};
use std::collections::{HashMap, HashSet};

/// The key of a line: the posting's number, a stroke, the sku.
fn key(posting: &str, sku: i64) -> String {
    format!("{posting}/{sku}")
}

fn number(key: &str) -> &str {
    key.rsplit_once('/').map_or(key, |(number, _)| number)
}

/// One of each number, the last that came: a list that changes while it is read may tell one twice.
pub(super) fn once(postings: &[Posting]) -> Vec<&Posting> {
    let mut seen = HashSet::new();
    let mut found: Vec<&Posting> =
        postings.iter().rev().filter(|posting| seen.insert(posting.number.as_str())).collect();
    found.sort_unstable_by(|a, b| a.number.cmp(&b.number));
    found
}

/// The lines that differ from the stored ones. A stored line that its posting no longer has went over to another
/// posting, where it is counted: here it is none.
pub(super) fn changes(
    postings: &[&Posting],
    stored: &[ObservedOrder],
    now: DateTime<Utc>,
) -> Vec<ObservedOrder> {
    let mut before: HashMap<&str, &ObservedOrder> =
        stored.iter().map(|line| (line.key.as_str(), line)).collect();
    let mut changed = Vec::new();
    for posting in postings {
        for line in &posting.lines {
            let key = key(&posting.number, line.sku);
            let known = before.remove(key.as_str());
            changed.extend(newer(order(posting, line, key, known, now), known));
        }
    }
    let told: HashSet<&str> = postings
        .iter()
        .filter(|posting| !posting.lines.is_empty())
        .map(|posting| posting.number.as_str())
        .collect();
    for line in before.into_values().filter(|line| told.contains(number(&line.key))) {
        let moved = ObservedOrder { quantity: 0, changed_at: now, ..line.clone() };
        changed.extend(newer(moved, Some(line)));
    }
    changed.sort_unstable_by(|a, b| a.key.cmp(&b.key));
    changed
}

fn order(
    posting: &Posting,
    line: &PostingLine,
    key: String,
    known: Option<&ObservedOrder>,
    now: DateTime<Utc>,
) -> ObservedOrder {
    // The moment of a cancellation is not told: the one at which it was seen, or, for one that was cancelled before we
    // ever saw it, that of the order itself, so that it never counted.
    let cancelled_at = (posting.status == PostingStatus::Cancelled)
        .then(|| known.map_or(posting.ordered_at, |known| known.cancelled_at.unwrap_or(now)));
    ObservedOrder {
        key,
        article: line.sku,
        barcode: None,
        ordered_at: known.map_or(posting.ordered_at, |known| known.ordered_at),
        changed_at: now,
        cancelled_at,
        quantity: line.quantity,
        price_minor: line.price_minor.or(known.map(|known| known.price_minor)).unwrap_or(0),
        currency: line.currency.clone(),
        source: Some(match posting.scheme {
            Scheme::Fbo => StockSource::Marketplace,
            Scheme::Fbs => StockSource::Seller,
        }),
        warehouse_name: posting.warehouse.clone(),
        region: posting.region.clone(),
    }
}

/// The line, if it says something new; with a moment that is later than the stored one, whatever the clock did.
fn newer(line: ObservedOrder, known: Option<&ObservedOrder>) -> Option<ObservedOrder> {
    let Some(known) = known else { return Some(line) };
    let same = ObservedOrder { changed_at: known.changed_at, ..line.clone() } == *known;
    let after = known.changed_at + TimeDelta::microseconds(1);
    (!same).then(|| ObservedOrder { changed_at: line.changed_at.max(after), ..line })
}

/// What reached its buyers. The day is not told: for a posting that we saw under way the moment at which it was seen
/// delivered; for the past the promised moment, else that of the order.
pub(super) fn sales(
    postings: &[&Posting],
    stored: &[ObservedOrder],
    now: DateTime<Utc>,
) -> Vec<ObservedSale> {
    let known: HashSet<&str> = stored.iter().map(|line| line.key.as_str()).collect();
    let delivered = postings.iter().filter(|posting| posting.status == PostingStatus::Delivered);
    delivered
        .flat_map(|posting| posting.lines.iter().map(move |line| (posting, line)))
        .filter(|(_, line)| line.quantity > 0)
        .map(|(posting, line)| {
            let key = key(&posting.number, line.sku);
            let promised = posting.promised_at.filter(|at| (posting.ordered_at..=now).contains(at));
            let past = promised.unwrap_or(posting.ordered_at);
            let happened_at = if known.contains(key.as_str()) { now } else { past };
            ObservedSale {
                order_key: Some(key.clone()),
                key,
                kind: SaleKind::Sale,
                article: line.sku,
                offer: Some(line.sku),
                barcode: None,
                happened_at,
                changed_at: happened_at,
                quantity: line.quantity,
                price_minor: line.price_minor,
                payout_minor: None,
                currency: line.currency.clone(),
                warehouse_name: posting.warehouse.clone(),
                region: posting.region.clone(),
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(day: u32) -> DateTime<Utc> {
        format!("2026-11-{day:02}T12:00:00Z").parse().unwrap()
    }

    fn posting(number: &str, status: PostingStatus, lines: &[(i64, i64)]) -> Posting {
        let line = |&(sku, quantity): &(i64, i64)| PostingLine {
            sku,
            quantity,
            price_minor: Some(1000),
            currency: "RUB".to_owned(),
        };
        Posting {
            number: number.to_owned(),
            parent: None,
            scheme: Scheme::Fbs,
            status,
            ordered_at: at(1),
            promised_at: None,
            lines: lines.iter().map(line).collect(),
            warehouse: None,
            region: None,
        }
    }

    fn told(changes: &[ObservedOrder]) -> Vec<(&str, i64, bool)> {
        changes.iter().map(|o| (o.key.as_str(), o.quantity, o.cancelled_at.is_some())).collect()
    }

    #[test]
    fn what_says_the_same_is_no_change() {
        let first = posting("7-1", PostingStatus::Open, &[(5, 2), (6, 1)]);
        let stored = changes(&[&first], &[], at(2));
        assert_eq!(told(&stored), [("7-1/5", 2, false), ("7-1/6", 1, false)]);
        assert!(changes(&[&first], &stored, at(3)).is_empty());
        let delivered = Posting { status: PostingStatus::Delivered, ..first };
        assert!(changes(&[&delivered], &stored, at(3)).is_empty(), "an order it stays");
    }

    #[test]
    fn a_cancellation_has_the_moment_at_which_it_was_seen() {
        let open = posting("7-1", PostingStatus::Open, &[(5, 2)]);
        let stored = changes(&[&open], &[], at(2));
        let gone = Posting { status: PostingStatus::Cancelled, ..open };
        let cancelled = changes(&[&gone], &stored, at(4));
        assert_eq!(cancelled[0].cancelled_at, Some(at(4)));
        assert!(changes(&[&gone], &cancelled, at(5)).is_empty(), "and keeps it");
        assert_eq!(changes(&[&gone], &[], at(4))[0].cancelled_at, Some(at(1)), "it never counted");
    }

    #[test]
    fn a_line_that_went_over_to_another_posting_counts_there() {
        let whole = posting("7-1", PostingStatus::Open, &[(5, 3), (6, 1)]);
        let stored = changes(&[&whole], &[], at(2));
        let left = posting("7-1", PostingStatus::Open, &[(5, 1)]);
        let split = posting("7-2", PostingStatus::Open, &[(5, 2), (6, 1)]);
        let changed = changes(&[&left, &split], &stored, at(3));
        assert_eq!(
            told(&changed),
            [("7-1/5", 1, false), ("7-1/6", 0, false), ("7-2/5", 2, false), ("7-2/6", 1, false)]
        );
        // A posting without lines is one that does not tell them.
        let silent = posting("7-1", PostingStatus::Open, &[]);
        assert!(changes(&[&silent], &stored, at(3)).is_empty());
    }

    #[test]
    fn a_clock_that_stands_still_does_not_hide_a_change() {
        let open = posting("7-1", PostingStatus::Open, &[(5, 2)]);
        let stored = changes(&[&open], &[], at(2));
        let gone = Posting { status: PostingStatus::Cancelled, ..open };
        assert!(changes(&[&gone], &stored, at(2))[0].changed_at > at(2));
    }

    #[test]
    fn what_reached_its_buyer_is_sold() {
        let open = posting("7-1", PostingStatus::Open, &[(5, 2)]);
        let stored = changes(&[&open], &[], at(2));
        assert!(sales(&[&open], &stored, at(3)).is_empty());
        let delivered = Posting { status: PostingStatus::Delivered, ..open };
        let seen = sales(&[&delivered], &stored, at(6));
        assert_eq!((seen[0].happened_at, seen[0].quantity), (at(6), 2));
        assert_eq!(sales(&[&delivered], &[], at(6))[0].happened_at, at(1));
        let promised = Posting { promised_at: Some(at(4)), ..delivered.clone() };
        assert_eq!(sales(&[&promised], &[], at(6))[0].happened_at, at(4));
        let later = Posting { promised_at: Some(at(9)), ..delivered };
        assert_eq!(sales(&[&later], &[], at(6))[0].happened_at, at(1));
    }

    #[test]
    fn a_posting_that_comes_twice_counts_once() {
        let (a, b) = (
            posting("7-1", PostingStatus::Open, &[(5, 2)]),
            posting("7-1", PostingStatus::Open, &[(5, 3)]),
        );
        let all = [a, b];
        assert_eq!(once(&all), [&all[1]]);
    }
}
