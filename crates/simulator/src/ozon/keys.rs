//! Keys as Ozon gives them: a number of the seller and a text in the form of a UUID.
//!
//! What a key may do is known from the key itself, so that no key has to be remembered. They open a
//! simulator, nothing else.

use super::method::{Ozon, Realm};
use crate::random::hash;
use crate::world::World;
use chrono::{DateTime, TimeDelta, Utc};
use serde::Serialize;

/// What is right or wrong with a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum OzonKey {
    /// `Admin read only`: everything a tracker needs.
    Admin,
    /// Without the role for orders.
    WithoutPostings,
    /// Without the role for analytics.
    WithoutAnalytics,
    /// Its half a year is over.
    Expired,
    /// Switched off in the cabinet.
    Deactivated,
    /// Bound to other addresses.
    Restricted,
    /// The seller has not accepted the offer.
    Unsigned,
}

impl OzonKey {
    const ALL: [Self; 7] = [
        Self::Admin,
        Self::WithoutPostings,
        Self::WithoutAnalytics,
        Self::Expired,
        Self::Deactivated,
        Self::Restricted,
        Self::Unsigned,
    ];

    /// The key of a seller. The same arguments give the same key.
    pub fn of(self, client_id: i64) -> String {
        let part = |number| hash([0x0204, client_id.unsigned_abs(), self as u64, number]);
        let bytes = u128::from(part(1)) << 64 | u128::from(part(2));
        uuid::Builder::from_random_bytes(bytes.to_be_bytes()).into_uuid().to_string()
    }

    /// Which key of a seller a text is.
    pub(crate) fn read(client_id: i64, text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|key| key.of(client_id) == text)
    }

    /// Whether its roles open a method.
    pub(crate) fn opens(self, method: Ozon) -> bool {
        match method.realm() {
            Realm::Postings => self != Self::WithoutPostings,
            Realm::Analytics => self != Self::WithoutAnalytics,
            Realm::Any | Realm::Products | Realm::Stocks => true,
        }
    }

    pub(crate) fn role(self) -> &'static str {
        match self {
            Self::WithoutPostings => "Product read only",
            Self::WithoutAnalytics => "Posting FBS",
            _ => "Admin read only",
        }
    }

    /// Until when it lives.
    pub(crate) fn expires_at(self, world: &World) -> DateTime<Utc> {
        let days = if self == Self::Expired { -1 } else { 180 };
        crate::moscow::utc(world.watched_from) + TimeDelta::days(days)
    }
}

/// Keys of one seller, one for each thing that can be wrong or right with a key.
#[derive(Clone, Debug, Serialize)]
pub struct OzonKeys {
    /// `Client-Id`.
    pub client_id: i64,
    /// Everything a tracker needs.
    pub admin: String,
    /// No orders.
    pub without_postings: String,
    /// No analytics.
    pub without_analytics: String,
    /// Over.
    pub expired: String,
    /// Switched off.
    pub deactivated: String,
    /// Bound to other addresses.
    pub restricted: String,
    /// The offer is not accepted.
    pub unsigned: String,
}

impl OzonKeys {
    /// Those of a `Client-Id`.
    pub fn of(client_id: i64) -> Self {
        Self {
            client_id,
            admin: OzonKey::Admin.of(client_id),
            without_postings: OzonKey::WithoutPostings.of(client_id),
            without_analytics: OzonKey::WithoutAnalytics.of(client_id),
            expired: OzonKey::Expired.of(client_id),
            deactivated: OzonKey::Deactivated.of(client_id),
            restricted: OzonKey::Restricted.of(client_id),
            unsigned: OzonKey::Unsigned.of(client_id),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_says_whose_it_is() {
        let keys = OzonKeys::of(123_456);
        assert_eq!(OzonKey::read(123_456, &keys.admin), Some(OzonKey::Admin));
        assert_eq!(OzonKey::read(123_457, &keys.admin), None);
        assert_eq!(keys.admin.len(), 36);
    }
}
