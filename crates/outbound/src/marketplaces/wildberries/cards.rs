//! Cards, a page of a hundred at a time, oldest change first, so that the last cursor serves the next pull.

use super::{
    client::{Access, NAME, Question, Wildberries},
    errors, hosts, map,
    wire::{self, cards},
};
use crate::marketplaces::{
    aside::Aside,
    failure::{Failure, Reason},
    pace::Paced,
};
use domain::{malformed::Malformed, observed::ObservedProduct};
use serde::{Deserialize, Serialize};

/// The most that the marketplace gives at once.
const PAGE: u32 = 100;

/// Where to read on, in the marketplace's own words; fit for the database.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CardsCursor {
    /// `updatedAt` of the last card, to the letter.
    pub updated_at: String,
    /// `nmID` of the last card.
    pub nm_id: i64,
}

/// A page of cards.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CardsPage {
    /// The cards. Cards in the trash are absent: what vanishes from a full pull was trashed.
    pub products: Vec<ObservedProduct>,
    /// Cards that could not be read: they are not gone.
    pub malformed: Malformed,
    /// Where to read on: at once if `more`, else at the next incremental pull. `None` only if nothing was ever read.
    pub cursor: Option<CardsCursor>,
    /// Whether the catalogue goes on.
    pub more: bool,
}

impl Wildberries {
    /// The page after a cursor; `None`: the first. One request.
    pub async fn cards_page(
        &self,
        access: &Access<'_>,
        cursor: Option<&CardsCursor>,
    ) -> Result<Paced<CardsPage>, Failure> {
        let request = cards::Request {
            settings: cards::Settings {
                sort: cards::Sort { ascending: true },
                filter: cards::Filter { with_photo: -1 },
                cursor: cards::RequestCursor {
                    limit: PAGE,
                    updated_at: cursor.map(|cursor| cursor.updated_at.as_str()),
                    nm_id: cursor.map(|cursor| cursor.nm_id),
                },
            },
        };
        let question = Question::post(hosts::CARDS, "/content/v2/get/cards/list", &request)?;
        let read = self.ask(access, question).await?;
        if let Some(failure) = errors::within(hosts::CARDS.name, &read.body) {
            return Err(failure);
        }
        let aside = Aside::new(hosts::CARDS.name, access.secrets());
        let value = page(&read.body, cursor, aside)?;
        Ok(Paced { value, pace: read.pace })
    }
}

fn page(body: &[u8], before: Option<&CardsCursor>, mut aside: Aside) -> Result<CardsPage, Failure> {
    let name = hosts::CARDS.name;
    let answer: cards::Answer = wire::read(name, body)?;
    // `total` counts this page, not the catalogue.
    let more = answer.cursor.total.0 >= i64::from(PAGE);
    let cursor = match (answer.cursor.updated_at, answer.cursor.nm_id) {
        (Some(updated_at), Some(nm_id)) if !updated_at.is_empty() => {
            Some(CardsCursor { updated_at, nm_id: nm_id.0 })
        }
        // An empty page has nothing to name.
        _ => before.cloned(),
    };
    if more && cursor.as_ref() == before {
        return Err(wrong("cursor: it did not move, the same page would come again".to_owned()));
    }
    let mut products = Vec::with_capacity(answer.cards.len());
    for (index, card) in answer.cards.into_iter().enumerate() {
        let card = card.get().as_bytes();
        let place = || format!("cards[{index}]");
        let product = wire::read_row(name, place, card).and_then(|card| {
            map::product(card).ok_or_else(|| wrong(format!("{}.updatedAt: missing", place())))
        });
        match product {
            Ok(product) => products.push(product),
            Err(failure) => aside.row(&failure, card, "nmID"),
        }
    }
    Ok(CardsPage { products, malformed: aside.take(), cursor, more })
}

fn wrong(text: String) -> Failure {
    Failure::new(NAME, hosts::CARDS.name, Reason::UnexpectedShape, text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn body(total: i64) -> String {
        format!(
            r#"{{"cards":[{{"nmID":5,"vendorCode":"a","updatedAt":"2026-08-19T11:17:00.96577Z"}}],
            "cursor":{{"updatedAt":"2026-08-19T11:17:00.96577Z","nmID":5,"total":{total}}}}}"#
        )
    }

    fn read(body: &str, before: Option<&CardsCursor>) -> Result<CardsPage, Failure> {
        page(body.as_bytes(), before, Aside::new("cards", []))
    }

    fn at_five() -> CardsCursor {
        CardsCursor { updated_at: "2026-08-19T11:17:00.96577Z".to_owned(), nm_id: 5 }
    }

    #[test]
    fn a_full_page_goes_on_and_a_short_one_ends() {
        let full = read(&body(100), None).unwrap();
        assert_eq!((full.more, full.cursor), (true, Some(at_five())));
        let short = read(&body(99), None).unwrap();
        assert_eq!((short.more, short.cursor), (false, Some(at_five())));
    }

    #[test]
    fn an_empty_page_keeps_the_cursor() {
        let page = read(r#"{"cards":[],"cursor":{"total":0}}"#, Some(&at_five())).unwrap();
        assert_eq!((page.more, page.cursor, page.products.len()), (false, Some(at_five()), 0));
    }

    #[test]
    fn a_cursor_that_stands_still_is_no_endless_loop() {
        let failure = read(&body(100), Some(&at_five())).unwrap_err();
        assert_eq!(failure.reason(), Reason::UnexpectedShape);
    }

    #[test]
    fn a_card_that_cant_be_read_is_set_aside() {
        let body = r#"{"cards":[{"nmID":5,"updatedAt":"2026-08-19T11:17:00Z"},
            {"nmID":6,"updatedAt":"2026-08-19T11:17:00Z","sizes":"none"},{"nmID":7}],
            "cursor":{"updatedAt":"2026-08-19T11:17:00Z","nmID":7,"total":3}}"#;
        let page = read(body, None).unwrap();
        assert_eq!((page.products.len(), page.products[0].article), (1, 5));
        assert_eq!((page.malformed.count, page.malformed.nameless), (2, 0));
        assert!(page.malformed.may_tell_of(6) && page.malformed.may_tell_of(7));
        let problems: Vec<_> = page.malformed.rows.iter().map(|row| &row.problem).collect();
        assert!(problems[0].starts_with("cards[1].sizes: "), "{problems:?}");
        assert_eq!(problems[1], "cards[2].updatedAt: missing");
    }
}
