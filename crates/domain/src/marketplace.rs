//! Which marketplace, and which world of it.

use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

/// A marketplace that we read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum Marketplace {
    /// Wildberries.
    #[default]
    Wildberries,
    /// Ozon.
    Ozon,
}

impl Marketplace {
    /// The word of the API and the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Wildberries => "wildberries",
            Self::Ozon => "ozon",
        }
    }
}

/// Where an account's numbers come from. Set by the server, never by what a tenant sends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum Realm {
    /// The marketplace itself.
    Production,
    /// The marketplace's own test hosts.
    Sandbox,
    /// The simulator inside the process.
    Demo,
}

impl Realm {
    /// The word of the API and the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Production => "production",
            Self::Sandbox => "sandbox",
            Self::Demo => "demo",
        }
    }
}

/// A word that names none of the known values.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("unknown {what} {word:?}")]
pub struct UnknownWord {
    /// What was being read.
    pub what: &'static str,
    /// What stood there.
    pub word: String,
}

impl FromStr for Marketplace {
    type Err = UnknownWord;
    fn from_str(word: &str) -> Result<Self, UnknownWord> {
        match word {
            "wildberries" => Ok(Self::Wildberries),
            "ozon" => Ok(Self::Ozon),
            _ => Err(UnknownWord { what: "marketplace", word: word.to_owned() }),
        }
    }
}

impl FromStr for Realm {
    type Err = UnknownWord;
    fn from_str(word: &str) -> Result<Self, UnknownWord> {
        match word {
            "production" => Ok(Self::Production),
            "sandbox" => Ok(Self::Sandbox),
            "demo" => Ok(Self::Demo),
            _ => Err(UnknownWord { what: "realm", word: word.to_owned() }),
        }
    }
}

impl fmt::Display for Marketplace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Display for Realm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
