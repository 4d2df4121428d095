//! Prices and discounts, a thousand cards a page, until a page is empty. A card that has no price is not in the list.

use super::{
    client::{Access, Question, Wildberries},
    errors, hosts,
    wire::{self, prices},
};
use crate::marketplaces::{
    aside::Aside,
    failure::{Failure, Reason},
    pace::Paced,
};
use domain::{malformed::Malformed, observed::ObservedPrice};

/// The most that the marketplace gives at once.
pub const PRICES_PAGE: u64 = 1000;

/// A page of prices.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PricesPage {
    /// A price a size.
    pub prices: Vec<ObservedPrice>,
    /// Cards that could not be read.
    pub malformed: Malformed,
    /// Cards, those that were set aside too.
    pub cards: u64,
    /// Where the next page begins; `None`: this one was empty.
    pub next_offset: Option<u64>,
}

impl Wildberries {
    /// The page that begins at an offset (0: the first). One request.
    pub async fn prices_page(
        &self,
        access: &Access<'_>,
        offset: u64,
    ) -> Result<Paced<PricesPage>, Failure> {
        let (limit, from) = (PRICES_PAGE.to_string(), offset.to_string());
        let query = [("limit", limit.as_str()), ("offset", from.as_str())];
        let question = Question::get(hosts::PRICES, "/api/v2/list/goods/filter");
        let read = self.ask(access, Question { query: &query, ..question }).await?;
        if let Some(failure) = errors::within(hosts::PRICES.name, &read.body) {
            return Err(failure);
        }
        let aside = Aside::new(hosts::PRICES.name, access.secrets());
        let value = page(&read.body, offset, aside)?;
        Ok(Paced { value, pace: read.pace })
    }
}

fn page(body: &[u8], offset: u64, mut aside: Aside) -> Result<PricesPage, Failure> {
    let name = hosts::PRICES.name;
    let answer: prices::Answer = wire::read(name, body)?;
    let rows = answer.data.map(|data| data.list_goods).unwrap_or_default();
    let cards = u64::try_from(rows.len()).unwrap_or_default();
    let mut found = Vec::with_capacity(rows.len());
    for (index, card) in rows.into_iter().enumerate() {
        let row = card.get().as_bytes();
        let place = || format!("data.listGoods[{index}]");
        let read = wire::read_row::<prices::Goods>(name, place, row).and_then(|card| {
            sizes(card).ok_or_else(|| {
                let text = format!("{}.sizes.price: missing", place());
                Failure::new(super::client::NAME, name, Reason::UnexpectedShape, text)
            })
        });
        match read {
            Ok(mut sizes) => found.append(&mut sizes),
            Err(failure) => aside.row(&failure, row, "nmID"),
        }
    }
    let next_offset = (cards > 0).then_some(offset + cards);
    Ok(PricesPage { prices: found, malformed: aside.take(), cards, next_offset })
}

/// A card's prices. `None`: a size has none, though the card is there because it has.
fn sizes(card: prices::Goods) -> Option<Vec<ObservedPrice>> {
    let currency = card.currency.unwrap_or_else(|| "RUB".to_owned());
    let discount_percent = card.discount.map(|percent| percent.0);
    card.sizes
        .into_iter()
        .map(|size| {
            let price_minor = size.price.0?;
            Some(ObservedPrice {
                offer: size.id.0,
                price_minor,
                discount_percent,
                discounted_minor: size.discounted_price.0.unwrap_or(price_minor),
                // The marketplace's own discount is not told here.
                buyer_minor: None,
                currency: currency.clone(),
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(body: &str) -> PricesPage {
        page(body.as_bytes(), 2000, Aside::new("list/goods/filter", [])).unwrap()
    }

    #[test]
    fn the_official_example_is_read() {
        let body = r#"{"data":{"listGoods":[{"nmID":183804172,"vendorCode":"MUG-350-WHT","sizes":[
            {"sizeID":298461357,"price":790,"discountedPrice":552.5,"clubDiscountedPrice":525.35,"techSizeName":"0"}],
            "currencyIsoCode4217":"RUB","discount":30,"clubDiscount":5,"editableSizePrice":false,
            "wholesaleDiscountThreshold":[],"somethingNew":{"a":1}}]},"error":false,"errorText":""}"#;
        let page = read(body);
        assert_eq!((page.cards, page.next_offset), (1, Some(2001)));
        let price = &page.prices[0];
        assert_eq!(
            (price.offer, price.price_minor, price.discounted_minor),
            (298_461_357, 79_000, 55_250)
        );
        assert_eq!((price.discount_percent, price.buyer_minor), (Some(30), None));
    }

    #[test]
    fn an_empty_page_is_the_last() {
        for body in [
            r#"{"data":{"listGoods":[]},"error":false,"errorText":""}"#,
            r#"{"data":{"listGoods":null},"error":false,"errorText":""}"#,
            r#"{"data":null,"error":false,"errorText":""}"#,
        ] {
            assert_eq!(read(body).next_offset, None, "{body}");
        }
    }

    #[test]
    fn a_card_without_a_price_is_set_aside() {
        let body = r#"{"data":{"listGoods":[{"nmID":5,"sizes":[{"sizeID":7}]},
            {"nmID":6,"sizes":[{"sizeID":8,"price":10}]}]}}"#;
        let page = read(body);
        assert_eq!((page.malformed.count, page.prices.len(), page.cards), (1, 1, 2));
        assert_eq!(page.prices[0].discounted_minor, 1000);
        assert!(page.malformed.may_tell_of(5));
    }
}
