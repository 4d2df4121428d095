//! Products: their numbers a thousand at a time, then what they are called. One request a call.

use super::{
    client::{Access, NAME, Ozon},
    map,
    methods::Method,
    paging,
    rows::{self, List},
    wire::{self, Ids, products as wires},
};
use crate::marketplaces::{
    failure::{Failure, Reason},
    pace::Paced,
};
use domain::{malformed::Malformed, observed::ObservedProduct};
use std::collections::HashMap;

/// The most that one question may name or bring.
pub const PRODUCTS: usize = 1000;

/// A page of product numbers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProductIds {
    /// Ozon's `product_id`s, archived ones left out.
    pub ids: Vec<i64>,
    /// Rows of the page, archived ones too.
    pub rows: usize,
    /// How many there are on all pages, when told.
    pub total: Option<i64>,
    /// Rows that could not be read: these products are not gone.
    pub malformed: Malformed,
    /// Where to read on (`last_id`); `None`: there is nothing more.
    pub next: Option<String>,
}

/// What some products are called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Products {
    /// The products. One that is gone by now is left out.
    pub products: Vec<ObservedProduct>,
    /// Rows that could not be read.
    pub malformed: Malformed,
}

/// What a product's attributes tell.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Traits {
    /// The brand; "no brand" is none.
    pub brand: Option<String>,
    /// The kind of thing.
    pub kind: Option<String>,
}

impl Ozon {
    /// The page after a place; `None`: the first.
    pub async fn product_ids(
        &self,
        access: &Access<'_>,
        after: Option<&str>,
    ) -> Result<Paced<ProductIds>, Failure> {
        let request = wires::ListRequest {
            filter: wire::ALL,
            last_id: after.unwrap_or_default(),
            limit: PRODUCTS,
        };
        let answer: Paced<wires::ListAnswer> =
            self.ask(access, Method::ProductList, &request).await?;
        let pace = answer.pace;
        Ok(Paced { value: ids(access, answer.value.result, after)?, pace })
    }

    /// What at most [`PRODUCTS`] products are called, whose traits were read before.
    pub async fn product_info(
        &self,
        access: &Access<'_>,
        ids: &[i64],
        traits: &HashMap<i64, Traits>,
    ) -> Result<Paced<Products>, Failure> {
        bounded(Method::ProductInfo, ids)?;
        let request = wires::InfoRequest { product_id: Ids(ids) };
        let answer: Paced<wires::InfoAnswer> =
            self.ask(access, Method::ProductInfo, &request).await?;
        Ok(answer.map(|answer| {
            let list = List { method: Method::ProductInfo, path: "items", name: "id" };
            let (found, malformed) =
                rows::read(access, list, &answer.items, |info: wires::Info| {
                    let traits = traits.get(&info.id.0).cloned().unwrap_or_default();
                    map::product(info, traits)
                });
            Products { products: found.into_iter().flatten().collect(), malformed }
        }))
    }

    /// The brands and kinds of at most [`PRODUCTS`] products. What can't be read is a nicety that is missing.
    pub async fn product_traits(
        &self,
        access: &Access<'_>,
        ids: &[i64],
    ) -> Result<Paced<HashMap<i64, Traits>>, Failure> {
        bounded(Method::ProductAttributes, ids)?;
        let request = wires::AttributesRequest {
            filter: wires::AttributesFilter { product_id: Ids(ids), visibility: "ALL" },
            limit: PRODUCTS,
            last_id: "",
        };
        let answer: Paced<wires::AttributesAnswer> =
            self.ask(access, Method::ProductAttributes, &request).await?;
        Ok(answer.map(|answer| {
            let list = List { method: Method::ProductAttributes, path: "result", name: "id" };
            let read = |row: wires::Attributes| Ok((row.id.0, map::traits(row.attributes)));
            rows::read(access, list, &answer.result, read).0.into_iter().collect()
        }))
    }
}

/// This list has no `has_next`: it is over when a page is empty, or names no place.
fn ids(
    access: &Access<'_>,
    result: wires::ListResult,
    before: Option<&str>,
) -> Result<ProductIds, Failure> {
    let total = result.total.map(|total| total.0);
    let next = result.last_id.filter(|_| !result.items.is_empty());
    let next = paging::next(Method::ProductList, None, next, before)?;
    let list = List { method: Method::ProductList, path: "result.items", name: "product_id" };
    let count = result.items.len();
    let listed =
        |item: wires::ListItem| Ok((item.archived != Some(true)).then_some(item.product_id.0));
    let (found, malformed) = rows::read(access, list, &result.items, listed);
    let ids = found.into_iter().flatten().collect();
    Ok(ProductIds { ids, rows: count, total, malformed, next })
}

/// A list of numbers that a question may name.
pub(super) fn bounded(method: Method, ids: &[i64]) -> Result<(), Failure> {
    if (1..=PRODUCTS).contains(&ids.len()) {
        return Ok(());
    }
    let text = format!("{} numbers, 1 to {PRODUCTS} may be asked for", ids.len());
    Err(Failure::new(NAME, method.path(), Reason::OurFault, text))
}

#[cfg(test)]
mod tests {
    use super::*;

    // As in the contract of 2026-06-11.
    const PAGE: &str = r#"{"result":{"items":[
        {"product_id":3397917680,"offer_id":"2026-01-13 16:56:03 PDF","has_fbo_stocks":false,"has_fbs_stocks":false,
         "archived":false,"is_discounted":false,"quants":[]},
        {"product_id":"3397917681","offer_id":"b","archived":true}],
        "total":2,"last_id":"WzMzOTc5MTc2ODAsMzM5NzkxNzY4MF0="}}"#;

    fn read(body: &str, before: Option<&str>) -> Result<ProductIds, Failure> {
        let answer: wires::ListAnswer = serde_json::from_str(body).unwrap();
        ids(&rows::testing::access(), answer.result, before)
    }

    #[test]
    fn a_page_goes_on_until_one_is_empty() {
        let page = read(PAGE, None).unwrap();
        assert_eq!((page.ids, page.total), (vec![3_397_917_680], Some(2)));
        let next = page.next.unwrap();
        assert_eq!(next, "WzMzOTc5MTc2ODAsMzM5NzkxNzY4MF0=");
        let end =
            r#"{"result":{"items":[],"total":2,"last_id":"WzMzOTc5MTc2ODAsMzM5NzkxNzY4MF0="}}"#;
        assert_eq!(read(end, Some(&next)).unwrap().next, None);
        let nothing = r#"{"result":{"items":null,"total":0,"last_id":""}}"#;
        assert_eq!(read(nothing, None).unwrap().next, None);
    }

    #[test]
    fn a_row_that_cant_be_read_costs_itself() {
        let body = r#"{"result":{"items":[{"product_id":1},{"product_id":{}},{"product_id":3,"archived":"?"}]}}"#;
        let page = read(body, None).unwrap();
        assert_eq!((page.ids, page.malformed.count), (vec![1], 2));
        assert_eq!((page.malformed.nameless, page.malformed.about.contains(&3)), (1, true));
    }

    #[test]
    fn a_place_that_stands_still_is_no_endless_loop() {
        let failure = read(PAGE, Some("WzMzOTc5MTc2ODAsMzM5NzkxNzY4MF0=")).unwrap_err();
        assert_eq!(failure.reason(), Reason::UnexpectedShape);
    }
}
