//! What each role may do: one table, from which the checks, the tests and the documentation come.

use crate::marketplace::UnknownWord;
use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

/// A person's part in a tenant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// Owns the tenant.
    Owner,
    /// Runs it.
    Admin,
    /// Works in it.
    User,
    /// Looks at it.
    Viewer,
}

/// Something that not everybody may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Permission {
    /// Read products, stock, analytics, syncs.
    Read,
    /// Exports, own saved views, notes.
    Export,
    /// Credentials, sync, product settings, webhooks, shared views.
    Operate,
    /// Members (not owners), API keys up to the own role, audit log.
    Administer,
    /// Rename or delete the tenant, owners, plan.
    Own,
}

impl Role {
    /// Every role, from most to least.
    pub const ALL: [Self; 4] = [Self::Owner, Self::Admin, Self::User, Self::Viewer];

    /// The table.
    pub const fn may(self, permission: Permission) -> bool {
        match permission {
            Permission::Read => true,
            Permission::Export => matches!(self, Self::Owner | Self::Admin | Self::User),
            Permission::Operate | Permission::Administer => {
                matches!(self, Self::Owner | Self::Admin)
            }
            Permission::Own => matches!(self, Self::Owner),
        }
    }

    /// The word of the API, the token and the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Owner => "owner",
            Self::Admin => "admin",
            Self::User => "user",
            Self::Viewer => "viewer",
        }
    }
}

impl FromStr for Role {
    type Err = UnknownWord;
    fn from_str(word: &str) -> Result<Self, UnknownWord> {
        Self::ALL
            .into_iter()
            .find(|role| role.as_str() == word)
            .ok_or_else(|| UnknownWord { what: "role", word: word.to_owned() })
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lower_role_never_may_more() {
        let all = [
            Permission::Read,
            Permission::Export,
            Permission::Operate,
            Permission::Administer,
            Permission::Own,
        ];
        for permission in all {
            let may = Role::ALL.map(|role| role.may(permission));
            assert!(may.is_sorted_by(|higher, lower| higher >= lower), "{permission:?} {may:?}");
        }
    }

    #[test]
    fn words_come_back() {
        for role in Role::ALL {
            assert_eq!(role.as_str().parse(), Ok(role));
        }
        assert!("Owner".parse::<Role>().is_err());
    }
}
