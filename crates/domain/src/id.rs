//! Ids are newtypes over UUID: a product's id can't be handed where a tenant's is wanted.
//!
//! New ones are version 7, so that rows written together lie together in an index. Making one needs
//! a clock and randomness, so it happens in `services`, never here.

use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};
use uuid::Uuid;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident;)+) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), self.0)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = uuid::Error;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Uuid::parse_str(text).map(Self)
            }
        }

        impl From<Uuid> for $name {
            fn from(id: Uuid) -> Self {
                Self(id)
            }
        }
    )+};
}

ids! {
    /// A company: the wall between customers.
    TenantId;
    /// A person who signs in.
    UserId;
    /// One sign-in of one person: a browser's cookie or a family of refresh tokens.
    SessionId;
    /// One refresh token, its `jti`.
    RefreshTokenId;
    /// A shop of a tenant on a marketplace.
    AccountId;
    /// A card of a marketplace: what the buyer sees as one product.
    ProductId;
    /// What is counted and sold: a size of a product (WB `chrtID`, Ozon `sku`).
    OfferId;
    /// A note on a product.
    NoteId;
    /// A place where stock lies: a marketplace's or the seller's own.
    WarehouseId;
    /// One synchronisation of one account.
    SyncRunId;
    /// A key of a company's programs.
    ApiKeyId;
    /// A link that lets somebody into a company.
    InvitationId;
    /// A tag that a company puts on its products.
    TagId;
    /// One bulk change of tags, as long as it can be undone.
    TagEditId;
    /// A saved view of the product table.
    ViewId;
    /// A link of the operator's that lets somebody register a company.
    SignupLinkId;
}
