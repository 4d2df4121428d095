//! Where a page of the catalogue ended: the values by which it is sorted, and the id that breaks ties.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::{DateTime, Utc};
use domain::{
    catalogue::SortKey,
    product::{ProductQuery, ProductSort},
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// A row's place in a list of a certain order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cursor {
    /// The order, as it is written.
    #[serde(rename = "s")]
    pub(crate) sort: String,
    /// The row's value of each column.
    #[serde(rename = "v")]
    pub(crate) values: Vec<Value>,
    /// In a search: 0 for what is exactly what was searched for.
    #[serde(rename = "e", default, skip_serializing_if = "Option::is_none")]
    pub(crate) exact: Option<i64>,
    #[serde(rename = "i")]
    pub(crate) id: Uuid,
}

/// A value of a sorted column.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Value {
    #[serde(rename = "z")]
    Null,
    #[serde(rename = "n")]
    Number(i64),
    #[serde(rename = "m")]
    Moment(DateTime<Utc>),
    #[serde(rename = "t")]
    Text(String),
}

impl Value {
    pub(crate) fn number(number: Option<i64>) -> Self {
        number.map_or(Self::Null, Self::Number)
    }

    fn fits(&self, sort: ProductSort) -> bool {
        use ProductSort as S;
        match self {
            Self::Moment(_) => matches!(sort, S::UpdatedAt | S::CreatedAt),
            Self::Text(_) => matches!(sort, S::ProductName | S::SellerArticle),
            Self::Null | Self::Number(_) => {
                !matches!(sort, S::UpdatedAt | S::CreatedAt | S::ProductName | S::SellerArticle)
            }
        }
    }
}

impl Cursor {
    /// As text for a client, who is not to read it.
    pub fn to_text(&self) -> String {
        URL_SAFE_NO_PAD.encode(serde_json::to_vec(self).unwrap_or_default())
    }

    /// Reads what [`Self::to_text`] wrote for a list of the same order; `None`: it is no such text.
    pub fn from_text(text: &str, query: &ProductQuery) -> Option<Self> {
        let cursor: Self = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(text).ok()?).ok()?;
        let keys = query.keys();
        let same = cursor.sort == SortKey::write(&keys)
            && cursor.values.len() == keys.len()
            && cursor.values.iter().zip(&keys).all(|(value, key)| value.fits(key.sort))
            && cursor.exact.is_some() == crate::products_query::is_searched(query);
        same.then_some(cursor)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_is_read_only_for_the_list_it_came_from() {
        let query = ProductQuery::default();
        let cursor = Cursor {
            sort: SortKey::write(&query.keys()),
            values: vec![Value::Moment(DateTime::UNIX_EPOCH)],
            exact: None,
            id: Uuid::nil(),
        };
        let text = cursor.to_text();
        assert_eq!(Cursor::from_text(&text, &query), Some(cursor.clone()));
        let other = ProductQuery { sort_by: ProductSort::Cover, ..query.clone() };
        assert_eq!(Cursor::from_text(&text, &other), None);
        let searched = ProductQuery { search: Some("кружка".into()), ..query.clone() };
        assert_eq!(Cursor::from_text(&text, &searched), None);
        let forged = Cursor { values: vec![Value::Number(1)], ..cursor.clone() };
        assert_eq!(Cursor::from_text(&forged.to_text(), &query), None);
        let short = Cursor { values: Vec::new(), ..cursor };
        assert_eq!(Cursor::from_text(&short.to_text(), &query), None);
        assert_eq!(Cursor::from_text("not a cursor", &query), None);
    }
}
