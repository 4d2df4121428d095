//! The same thing sold in several shops: what is suggested to be one, what a person said is one, and the sums of it.

use crate::{
    AccountId, Marketplace, ProductId, demand::Cover, problem::FieldError, search::skeleton,
    shop::Colour,
};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// Products that can be linked by one request.
pub const MOST_AT_ONCE: usize = 20;

/// Products that one thing can be. A Wildberries card with many sizes is a product each on Ozon.
pub const MOST_AS_ONE: usize = 50;

/// Fewer letters than this are no article to know a thing by.
const FEWEST_LETTERS: usize = 3;

/// An article as it is compared between shops: without case, spaces and marks, and with letters that look alike being
/// the same. `None`: too short to say anything.
pub fn article_key(article: &str) -> Option<String> {
    let key: String = skeleton(article).chars().filter(|c| c.is_alphanumeric()).collect();
    (key.chars().count() >= FEWEST_LETTERS).then_some(key)
}

/// Why two products may be the same thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum LinkReason {
    /// The seller's articles are the same.
    Article,
    /// They share a barcode.
    Barcode,
    /// Both.
    Both,
}

impl LinkReason {
    /// All, the surest first.
    pub const ALL: [Self; 3] = [Self::Both, Self::Barcode, Self::Article];

    /// The word of the API.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Article => "article",
            Self::Barcode => "barcode",
            Self::Both => "both",
        }
    }

    /// By what they are the same: article, barcode.
    pub const fn of(by_article: bool, by_barcode: bool) -> Self {
        match (by_article, by_barcode) {
            (true, true) => Self::Both,
            (_, true) => Self::Barcode,
            _ => Self::Article,
        }
    }

    /// Whether the articles are the same, whether a barcode is shared.
    pub const fn parts(self) -> (bool, bool) {
        match self {
            Self::Article => (true, false),
            Self::Barcode => (false, true),
            Self::Both => (true, true),
        }
    }
}

/// A question to the suggestions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct LinkQuery {
    /// Only those with this reason.
    pub by: Option<LinkReason>,
    /// Rows a page, 1 to 200.
    pub limit: u32,
    /// `next_cursor` of the page before.
    pub cursor: Option<String>,
}

impl Default for LinkQuery {
    fn default() -> Self {
        Self { by: None, limit: 20, cursor: None }
    }
}

impl LinkQuery {
    /// The rules of the contract.
    pub fn check(&self) -> Vec<FieldError> {
        let wrong = !(1..=200).contains(&self.limit);
        let wrong = wrong.then(|| FieldError::query("limit", "out_of_range", "use 1 to 200"));
        wrong.into_iter().collect()
    }
}

/// A product among those of other shops. `None` is "never read", not zero.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LinkedProduct {
    /// Its id.
    pub id: ProductId,
    /// In which shop.
    pub account_id: AccountId,
    /// What the shop is called.
    #[cfg_attr(feature = "openapi", schema(example = "Уют на Ozon"))]
    pub shop: String,
    /// The shop's colour.
    pub colour: Colour,
    /// On which marketplace.
    pub marketplace: Marketplace,
    /// The marketplace's number for it, as text.
    pub marketplace_article: String,
    /// The seller's own article.
    pub seller_article: String,
    /// The title.
    pub product_name: String,
    /// The first photo, small.
    pub photo_url: Option<String>,
    /// Set when the marketplace no longer lists it.
    pub archived_at: Option<DateTime<Utc>>,
    /// Pieces that can be sold now, over all warehouses.
    pub total_stock: Option<i64>,
    /// Units ordered in the last 7 whole days.
    pub orders_7: Option<i64>,
    /// The same of 28 days.
    pub orders_28: Option<i64>,
    /// Units a day on days with stock, thousandths.
    pub per_day_thousandths: Option<i64>,
    /// How long the stock lasts.
    pub cover: Cover,
    /// The lowest price of its sizes after the seller's discount, minor units.
    pub price_minor: Option<i64>,
    /// ISO 4217, of the price.
    pub currency: Option<String>,
    /// When stock was last read.
    pub stock_as_of: Option<DateTime<Utc>>,
    /// When orders were last read.
    pub orders_as_of: Option<DateTime<Utc>>,
    /// When prices were last read.
    pub prices_as_of: Option<DateTime<Utc>>,
}

/// Two products that may be the same thing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LinkSuggestion {
    /// One of them.
    pub first: LinkedProduct,
    /// The other, of another shop.
    pub second: LinkedProduct,
    /// Why.
    pub by: LinkReason,
    /// Since when it is known.
    pub found_at: DateTime<Utc>,
}

/// A page of suggestions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LinkSuggestionPage {
    /// The rows.
    pub items: Vec<LinkSuggestion>,
    /// How many the filter has, counted up to 1000.
    pub open: i64,
    /// Where to read on; `null` at the end.
    pub next_cursor: Option<String>,
}

/// Products that are one thing, or that are not.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ProductsNamed {
    /// 2 to 20 of them, not all of one shop.
    #[cfg_attr(feature = "openapi", schema(example = json!([
        "0190b5f2-7c1e-7000-8000-000000000001", "0190b5f2-7c1e-7000-8000-000000000002"
    ])))]
    pub products: Vec<ProductId>,
}

impl ProductsNamed {
    /// Its rules.
    pub fn check(&self) -> Vec<FieldError> {
        let mut distinct = self.products.clone();
        distinct.sort_unstable();
        distinct.dedup();
        if distinct.len() == self.products.len()
            && (2..=MOST_AT_ONCE).contains(&self.products.len())
        {
            return Vec::new();
        }
        let hint = "name 2 to 20 products, each once";
        vec![FieldError::body("products", "out_of_range", hint)]
    }
}

/// Which suggestions to confirm at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct LinksAlike {
    /// All that have this reason.
    pub by: LinkReason,
}

/// What a confirmation of many did.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LinksConfirmed {
    /// Suggestions that were confirmed.
    pub confirmed: i64,
    /// Suggestions that were left: they would make one thing of more than 50 products.
    pub refused: i64,
    /// Whether there are more of the kind: at most 1000 are confirmed at a time.
    pub more: bool,
}

/// A product in all its shops, and the sums: what it is when it is seen as one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ProductTwins {
    /// Whose.
    pub product_id: ProductId,
    /// Itself and its twins, shop by shop.
    pub items: Vec<LinkedProduct>,
    /// Pieces of all of them; `null` when one of them is not known.
    pub total_stock: Option<i64>,
    /// Units ordered in 7 days, of all of them.
    pub orders_7: Option<i64>,
    /// The same of 28 days.
    pub orders_28: Option<i64>,
    /// How long all the stock lasts at what all of them sell.
    pub cover: Cover,
    /// When the oldest of these numbers was read.
    pub as_of: Option<DateTime<Utc>>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_article_is_known_again_however_it_is_written() {
        let same = |a: &str, b: &str| {
            assert_eq!(article_key(a), article_key(b), "{a} {b}");
            assert!(article_key(a).is_some(), "{a}");
        };
        same("MUG-350-WHT", "mug 350 wht");
        same("Кружка/350", "кружка_350");
        // Cyrillic А and С beside the Latin ones.
        same("АС-100", "AC-100");
        assert_ne!(article_key("MUG-350"), article_key("MUG-351"));
        for short in ["", "-- -", "1", "A-1"] {
            assert_eq!(article_key(short), None, "{short}");
        }
    }

    #[test]
    fn products_are_named_once_each() {
        let id = |n: u128| ProductId(uuid::Uuid::from_u128(n));
        let check = |products: Vec<ProductId>| ProductsNamed { products }.check().len();
        assert_eq!(check(vec![id(1), id(2)]), 0);
        assert_eq!(check(vec![id(1)]), 1);
        assert_eq!(check(vec![id(1), id(1)]), 1);
        assert_eq!(check((0..21).map(id).collect()), 1);
    }
}
