//! What each role may do: one table, from which the checks, the tests and the documentation come.

use crate::marketplace::UnknownWord;
use serde::{Deserialize, Serialize};
use std::{
    fmt::{self, Write},
    str::FromStr,
};

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
    /// What products cost the company.
    Costs,
    /// Credentials, sync, product settings, webhooks, shared views.
    Operate,
    /// Members (not owners), API keys up to the own role, audit log.
    Administer,
    /// Rename or delete the tenant, owners, plan.
    Own,
}

impl Permission {
    /// Every permission, from what everybody may to what only owners may.
    pub const ALL: [Self; 6] =
        [Self::Read, Self::Export, Self::Costs, Self::Operate, Self::Administer, Self::Own];

    /// What it is, for the documentation.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Read => "read products, stock, analytics and syncs",
            Self::Export => "exports, own saved views, notes",
            Self::Costs => "see what products cost the company",
            Self::Operate => {
                "keys of marketplaces, syncs, product settings, webhooks, shared views"
            }
            Self::Administer => {
                "members (not owners), invitations and API keys up to the own role, audit log"
            }
            Self::Own => "rename, export or delete the company, owners, plan",
        }
    }
}

impl Role {
    /// Every role, from most to least.
    pub const ALL: [Self; 4] = [Self::Owner, Self::Admin, Self::User, Self::Viewer];

    /// The table.
    pub const fn may(self, permission: Permission) -> bool {
        match permission {
            Permission::Read => true,
            Permission::Export | Permission::Costs => {
                matches!(self, Self::Owner | Self::Admin | Self::User)
            }
            Permission::Operate | Permission::Administer => {
                matches!(self, Self::Owner | Self::Admin)
            }
            Permission::Own => matches!(self, Self::Owner),
        }
    }

    /// Whether it may all that the other may: a role hands out, changes and takes away no more than itself.
    pub const fn covers(self, other: Self) -> bool {
        self.rank() >= other.rank()
    }

    const fn rank(self) -> u8 {
        match self {
            Self::Owner => 3,
            Self::Admin => 2,
            Self::User => 1,
            Self::Viewer => 0,
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

/// The table as a page of the documentation, in Markdown.
pub fn document() -> String {
    let mut text = String::from(
        "# What each role may do\n\n\
         Written by `stock-tracker roles` from the table that the checks themselves use.\n\n| May |",
    );
    for role in Role::ALL {
        let _ = write!(text, " {role} |");
    }
    text.push_str("\n|---|");
    text.push_str(&":-:|".repeat(Role::ALL.len()));
    text.push('\n');
    for permission in Permission::ALL {
        let _ = write!(text, "| {} |", permission.words());
        for role in Role::ALL {
            text.push_str(if role.may(permission) { " x |" } else { "  |" });
        }
        text.push('\n');
    }
    text.push_str(
        "\nNobody hands out, changes or takes away more than their own role: an admin invites and removes admins, \
         users and viewers, and makes API keys of these roles; owners do the same for owners. A company always has \
         an owner: the last one can't leave, step down or be removed.\n\n\
         An API key may what its role may, except for what needs a person: making API keys, sign-ins, passwords, \
         accepting invitations, changing companies, handing over or deleting the company.\n\n\
         Operators work with the command line of the installation and belong to no company.\n",
    );
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn covering_is_having_every_permission() {
        for one in Role::ALL {
            for other in Role::ALL {
                let all = Permission::ALL.into_iter().all(|p| one.may(p) || !other.may(p));
                assert_eq!(one.covers(other), all, "{one} {other}");
            }
        }
    }

    #[test]
    fn a_lower_role_never_may_more() {
        for permission in Permission::ALL {
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
