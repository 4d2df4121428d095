//! Cards, a page of a hundred at a time, oldest change first, so that the last cursor serves the next pull.

use super::{
    client::{Access, NAME, Question, Wildberries},
    errors, hosts, map,
    wire::{self, cards},
};
use crate::marketplaces::{
    failure::{Failure, Reason},
    pace::Paced,
};
use domain::observed::ObservedProduct;
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
        let value = page(&read.body, cursor)?;
        Ok(Paced { value, pace: read.pace })
    }
}

fn page(body: &[u8], before: Option<&CardsCursor>) -> Result<CardsPage, Failure> {
    let answer: cards::Answer = wire::read(hosts::CARDS.name, body)?;
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
        let product = map::product(card);
        products.push(product.ok_or_else(|| wrong(format!("cards[{index}].updatedAt: missing")))?);
    }
    Ok(CardsPage { products, cursor, more })
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

    fn at_five() -> CardsCursor {
        CardsCursor { updated_at: "2026-08-19T11:17:00.96577Z".to_owned(), nm_id: 5 }
    }

    #[test]
    fn a_full_page_goes_on_and_a_short_one_ends() {
        let full = page(body(100).as_bytes(), None).unwrap();
        assert_eq!((full.more, full.cursor), (true, Some(at_five())));
        let short = page(body(99).as_bytes(), None).unwrap();
        assert_eq!((short.more, short.cursor), (false, Some(at_five())));
    }

    #[test]
    fn an_empty_page_keeps_the_cursor() {
        let page = page(br#"{"cards":[],"cursor":{"total":0}}"#, Some(&at_five())).unwrap();
        assert_eq!((page.more, page.cursor, page.products.len()), (false, Some(at_five()), 0));
    }

    #[test]
    fn a_cursor_that_stands_still_is_no_endless_loop() {
        let failure = page(body(100).as_bytes(), Some(&at_five())).unwrap_err();
        assert_eq!(failure.reason(), Reason::UnexpectedShape);
    }
}
