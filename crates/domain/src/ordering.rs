//! What a company knows of ordering a product, where each number comes from, and notes on products.

use crate::{NoteId, ProductId, problem::FieldError};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Deserializer, Serialize};

/// For what a setting holds. The nearer to the product, the stronger.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize,
)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum SettingScope {
    /// The whole company.
    Tenant,
    /// A shop.
    Account,
    /// A brand, in all shops.
    Brand,
    /// One product.
    #[default]
    Product,
}

impl SettingScope {
    /// Each, from the widest to the nearest.
    pub const ALL: [Self; 4] = [Self::Tenant, Self::Account, Self::Brand, Self::Product];

    /// The word of the API and the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Tenant => "tenant",
            Self::Account => "account",
            Self::Brand => "brand",
            Self::Product => "product",
        }
    }
}

/// The numbers themselves; `null` is inherited.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SettingValues {
    /// Days from an order to its being for sale.
    pub lead_days: Option<i64>,
    /// Pieces of a pack.
    pub pack: Option<i64>,
    /// The fewest pieces of an order.
    pub minimum: Option<i64>,
    /// What a piece costs the company, minor units of roubles.
    pub cost_minor: Option<i64>,
}

/// A number with where it comes from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Inherited {
    /// The number that holds; `null`: nobody has said.
    pub value: Option<i64>,
    /// Who says it; `null`: the usual one of the program, or nobody.
    pub from: Option<SettingScope>,
}

/// What holds for a product.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ProductSettings {
    /// Days from an order to its being for sale.
    pub lead_days: Inherited,
    /// Pieces of a pack.
    pub pack: Inherited,
    /// The fewest pieces of an order.
    pub minimum: Inherited,
    /// What a piece costs the company, minor units of roubles; `null` for whom costs are not shown.
    pub cost_minor: Option<Inherited>,
    /// What is said at each place, from the widest to the nearest; costs only for whom they are shown.
    pub layers: Vec<SettingLayer>,
    /// Whether the caller may change them.
    pub may_change: bool,
}

/// What is said at one place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SettingLayer {
    /// Where.
    pub scope: SettingScope,
    /// The brand's or the shop's name, or the product's or the company's own.
    pub name: String,
    /// What is said there.
    #[serde(flatten)]
    pub values: SettingValues,
}

/// Other numbers at one place. What is not named stays; `null` is inherited again.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default, deny_unknown_fields)]
pub struct SettingsPatch {
    /// For what: this product, its brand, its shop, or the company.
    pub scope: SettingScope,
    /// Days from an order to its being for sale, 1 to 365.
    #[serde(deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<i64>, minimum = 1, maximum = 365, example = 14))]
    pub lead_days: Option<Option<i64>>,
    /// Pieces of a pack, 1 to 1,000,000.
    #[serde(deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<i64>, minimum = 1, maximum = 1_000_000, example = 12))]
    pub pack: Option<Option<i64>>,
    /// The fewest pieces of an order, 1 to 1,000,000.
    #[serde(deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<i64>, minimum = 1, maximum = 1_000_000, example = 24))]
    pub minimum: Option<Option<i64>>,
    /// What a piece costs the company, minor units of roubles.
    #[serde(deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<i64>, minimum = 0, maximum = 100_000_000_000_i64, example = 24_900))]
    pub cost_minor: Option<Option<i64>>,
}

impl SettingsPatch {
    /// The fields that were named.
    pub fn named(&self) -> Vec<&'static str> {
        self.fields().into_iter().filter(|(_, v, _, _)| v.is_some()).map(|(n, ..)| n).collect()
    }

    /// Each within its bounds.
    pub fn check(&self) -> Vec<FieldError> {
        self.fields()
            .into_iter()
            .filter_map(|(name, value, least, most)| {
                let value = value.flatten()?;
                let hint = || format!("use {least} to {most}");
                let is_out = !(least..=most).contains(&value);
                is_out.then(|| FieldError::body(name, "out_of_range", hint()))
            })
            .collect()
    }

    /// The numbers after the change.
    pub fn applied_to(&self, before: SettingValues) -> SettingValues {
        SettingValues {
            lead_days: self.lead_days.unwrap_or(before.lead_days),
            pack: self.pack.unwrap_or(before.pack),
            minimum: self.minimum.unwrap_or(before.minimum),
            cost_minor: self.cost_minor.unwrap_or(before.cost_minor),
        }
    }

    fn fields(&self) -> [(&'static str, Option<Option<i64>>, i64, i64); 4] {
        [
            ("lead_days", self.lead_days, 1, 365),
            ("pack", self.pack, 1, 1_000_000),
            ("minimum", self.minimum, 1, 1_000_000),
            ("cost_minor", self.cost_minor, 0, 100_000_000_000),
        ]
    }
}

/// `null` and "absent" are different things here.
fn present<'de, D: Deserializer<'de>>(field: D) -> Result<Option<Option<i64>>, D::Error> {
    Option::<i64>::deserialize(field).map(Some)
}

/// A note on a product.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Note {
    /// Its id.
    pub id: NoteId,
    /// On which product.
    pub product_id: ProductId,
    /// The e-mail address of who wrote it; `null` for somebody who has left.
    pub author: Option<String>,
    /// What is written.
    pub body: String,
    /// When.
    pub created_at: DateTime<Utc>,
    /// Whether the caller may delete it.
    pub may_delete: bool,
}

/// A new note.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct NewNote {
    /// 1 to 2,000 characters.
    #[cfg_attr(
        feature = "openapi",
        schema(min_length = 1, max_length = 2000, example = "Поставщик обещал к 20 сентября")
    )]
    pub body: String,
}

impl NewNote {
    /// Not empty, not long, nothing that can't be seen.
    pub fn check(&self) -> Vec<FieldError> {
        let text = self.body.trim();
        let wrong = |c: char| c.is_control() && c != '\n' && c != '\r' && c != '\t';
        let error = if text.is_empty() {
            ("too_short", "write something")
        } else if text.chars().count() > 2000 {
            ("too_long", "use at most 2,000 characters")
        } else if text.chars().any(wrong) {
            ("control_character", "leave out control characters")
        } else {
            return Vec::new();
        };
        vec![FieldError::body("body", error.0, error.1)]
    }
}
