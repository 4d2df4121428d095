//! Connecting shops, and what a person decides of each: its name, its colour, when it is read.

use crate::{
    AccountId, Marketplace, Secret,
    cron::Cron,
    marketplace::UnknownWord,
    problem::FieldError,
    validation::{self, Check},
};
use serde::{Deserialize, Deserializer, Serialize};
use std::{fmt, str::FromStr};

/// The colour by which a shop is known in lists; each has enough contrast on either background.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
#[expect(missing_docs, reason = "colours")]
pub enum Colour {
    #[default]
    Violet,
    Blue,
    Teal,
    Indigo,
    Olive,
    Brown,
    Grey,
    Pink,
}

impl Colour {
    /// All, in the order in which new shops get them.
    pub const ALL: [Self; 8] = [
        Self::Violet,
        Self::Teal,
        Self::Olive,
        Self::Blue,
        Self::Pink,
        Self::Indigo,
        Self::Brown,
        Self::Grey,
    ];

    /// That of the n-th shop of a company.
    pub fn of_shop(n: usize) -> Self {
        Self::ALL[n % Self::ALL.len()]
    }

    /// The word of the API and the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Violet => "violet",
            Self::Blue => "blue",
            Self::Teal => "teal",
            Self::Indigo => "indigo",
            Self::Olive => "olive",
            Self::Brown => "brown",
            Self::Grey => "grey",
            Self::Pink => "pink",
        }
    }
}

impl FromStr for Colour {
    type Err = UnknownWord;
    fn from_str(word: &str) -> Result<Self, UnknownWord> {
        Self::ALL
            .into_iter()
            .find(|colour| colour.as_str() == word)
            .ok_or_else(|| UnknownWord { what: "colour", word: word.to_owned() })
    }
}

impl fmt::Display for Colour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// When a shop is read by itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Schedule {
    /// Each kind of data as often as the marketplace's limits and the plan allow.
    pub automatic: bool,
    /// Moments at which everything is read besides: five fields as in `cron`, in Moscow time.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(max_length = 100, example = "30 7 * * 1-5"))]
    pub cron: Option<String>,
}

impl Default for Schedule {
    fn default() -> Self {
        Self { automatic: true, cron: None }
    }
}

/// A shop to connect.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct NewShop {
    /// On which marketplace.
    pub marketplace: Marketplace,
    /// What to call it; absent: as the marketplace calls the seller.
    #[serde(default)]
    #[cfg_attr(
        feature = "openapi",
        schema(min_length = 1, max_length = 100, example = "Дом и уют, Ozon")
    )]
    pub name: Option<String>,
    /// Its colour; absent: one that no other has yet.
    #[serde(default)]
    pub colour: Option<Colour>,
    /// Its key; it may follow later.
    #[serde(default)]
    pub key: Option<ShopKey>,
}

impl NewShop {
    /// The rules of its name and its key.
    pub fn check(&self) -> Vec<FieldError> {
        let mut check = Check::default();
        if let Some(name) = &self.name {
            check.field("name", validation::shop_name(name));
        }
        let mut errors = check.errors;
        if let Some(key) = &self.key {
            errors.extend(key.check(self.marketplace));
        }
        errors
    }
}

/// What opens a shop: a Wildberries token, or Ozon's pair.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields, default)]
pub struct ShopKey {
    /// The Wildberries API key, a JWT.
    #[cfg_attr(
        feature = "openapi",
        schema(value_type = Option<String>, min_length = 1, max_length = 4096, example = "eyJhbGciOiJFUzI1NiIs…")
    )]
    pub wildberries_api_key: Option<Secret>,
    /// Ozon's `Client-Id`, a number.
    #[cfg_attr(
        feature = "openapi",
        schema(value_type = Option<String>, min_length = 1, max_length = 4096, example = "1234567")
    )]
    pub ozon_client_id: Option<Secret>,
    /// Ozon's `Api-Key`.
    #[cfg_attr(
        feature = "openapi",
        schema(value_type = Option<String>, min_length = 1, max_length = 4096, example = "00000000-0000-4000-8000-000000000000")
    )]
    pub ozon_api_key: Option<Secret>,
}

impl ShopKey {
    /// Its parts by their names in the API.
    pub fn parts(&self) -> [(&'static str, Option<&Secret>); 3] {
        [
            ("wildberries_api_key", self.wildberries_api_key.as_ref()),
            ("ozon_client_id", self.ozon_client_id.as_ref()),
            ("ozon_api_key", self.ozon_api_key.as_ref()),
        ]
    }

    /// Whole, and for this marketplace: a part that is missing or another marketplace's is an error.
    pub fn check(&self, marketplace: Marketplace) -> Vec<FieldError> {
        let mut check = Check::default();
        for (name, value) in self.parts() {
            let belongs = name.starts_with(marketplace.as_str());
            let rule = match value.map(Secret::expose) {
                None | Some("") if belongs => Err(("missing", "paste the key")),
                Some(text) if belongs => validation::credential(name, text),
                None => Ok(()),
                Some(_) => Err(("another_marketplace", "this shop is on another marketplace")),
            };
            check.field(name, rule);
        }
        check.errors
    }
}

/// What to change of a shop; an absent field stays as it is.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields, default)]
pub struct ShopPatch {
    /// Its name; `null`: as the marketplace calls the seller.
    #[serde(deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(
        feature = "openapi",
        schema(value_type = Option<String>, min_length = 1, max_length = 100, example = "Дом и уют, Ozon")
    )]
    pub name: Option<Option<String>>,
    /// Its colour.
    pub colour: Option<Colour>,
    /// When it is read.
    pub schedule: Option<Schedule>,
}

impl ShopPatch {
    /// The rules of a name and of a schedule.
    pub fn check(&self) -> Vec<FieldError> {
        let mut check = Check::default();
        if let Some(Some(name)) = &self.name {
            check.field("name", validation::shop_name(name));
        }
        if let Some(cron) = self.schedule.as_ref().and_then(|schedule| schedule.cron.as_ref()) {
            let rule = match cron.parse::<Cron>() {
                Ok(_) => Ok(()),
                Err(_) => Err(("not_a_schedule", "use five fields as in cron: 30 7 * * 1-5")),
            };
            check.field("cron", rule);
        }
        check.errors
    }
}

/// Which shop to synchronise.
#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields, default)]
pub struct SyncRequest {
    /// The shop; absent: the company's first one that has a key.
    pub account_id: Option<AccountId>,
}

/// `null` and "absent" are different things here.
fn present<'de, D: Deserializer<'de>>(field: D) -> Result<Option<Option<String>>, D::Error> {
    Option::<String>::deserialize(field).map(Some)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes(errors: &[FieldError]) -> Vec<(String, String)> {
        errors.iter().map(|e| (e.loc.last().cloned().unwrap_or_default(), e.code.clone())).collect()
    }

    #[test]
    fn a_key_is_whole_and_of_its_marketplace() {
        let key = ShopKey { ozon_client_id: Some("1234567".into()), ..ShopKey::default() };
        assert_eq!(
            codes(&key.check(Marketplace::Ozon)),
            [("ozon_api_key".to_owned(), "missing".to_owned())]
        );
        assert_eq!(
            codes(&key.check(Marketplace::Wildberries)),
            [
                ("wildberries_api_key".to_owned(), "missing".to_owned()),
                ("ozon_client_id".to_owned(), "another_marketplace".to_owned())
            ]
        );
    }

    #[test]
    fn absent_and_null_differ() {
        let patch: ShopPatch = serde_json::from_str(r#"{"name":null}"#).unwrap();
        assert_eq!(patch.name, Some(None));
        let patch: ShopPatch = serde_json::from_str("{}").unwrap();
        assert_eq!(patch.name, None);
        assert!(serde_json::from_str::<ShopPatch>(r#"{"realm":"demo"}"#).is_err());
        let patch: ShopPatch =
            serde_json::from_str(r#"{"schedule":{"automatic":false,"cron":"whenever"}}"#).unwrap();
        assert_eq!(codes(&patch.check()), [("cron".to_owned(), "not_a_schedule".to_owned())]);
    }

    #[test]
    fn every_colour_is_in_the_row() {
        for colour in Colour::ALL {
            assert_eq!(colour.as_str().parse::<Colour>().unwrap(), colour);
        }
        assert_eq!(Colour::of_shop(8), Colour::Violet);
    }
}
