//! Plans and their limits: one table, from which the checks, the usage page and the answers come.

use crate::marketplace::UnknownWord;
use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

/// What a company has subscribed to. Set by the installation's operator.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize,
)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum Plan {
    /// To begin with.
    #[default]
    Free,
    /// A small shop.
    Starter,
    /// A large one, or several.
    Pro,
    /// Whatever it takes.
    Enterprise,
}

/// How much of each. `None`: as much as there is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Products that are not archived, over all shops.
    pub products: Option<i64>,
    /// Shops on marketplaces.
    pub accounts: Option<i64>,
    /// People.
    pub members: Option<i64>,
    /// Seconds from the start of a shop's sync to the next.
    pub sync_interval_s: u32,
    /// Calls of the API a minute, over all people and keys of the company.
    pub api_calls: u32,
    /// Days of history that can be asked for.
    pub history_days: Option<u32>,
}

impl Plan {
    /// Every plan, from the smallest to the largest.
    pub const ALL: [Self; 4] = [Self::Free, Self::Starter, Self::Pro, Self::Enterprise];

    /// The table. Each plan has at least what the one before it has.
    pub const fn limits(self) -> Limits {
        match self {
            Self::Free => Limits {
                products: Some(500),
                accounts: Some(2),
                members: Some(2),
                sync_interval_s: 3600,
                api_calls: 60,
                history_days: Some(90),
            },
            Self::Starter => Limits {
                products: Some(5_000),
                accounts: Some(4),
                members: Some(5),
                sync_interval_s: 1800,
                api_calls: 300,
                history_days: Some(365),
            },
            Self::Pro => Limits {
                products: Some(50_000),
                accounts: Some(10),
                members: Some(25),
                sync_interval_s: 600,
                api_calls: 1_200,
                history_days: None,
            },
            Self::Enterprise => Limits {
                products: None,
                accounts: None,
                members: None,
                sync_interval_s: 60,
                api_calls: 6_000,
                history_days: None,
            },
        }
    }

    /// The word of the API and the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Free => "free",
            Self::Starter => "starter",
            Self::Pro => "pro",
            Self::Enterprise => "enterprise",
        }
    }

    /// The name on the pages.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Free => "FREE",
            Self::Starter => "STARTER",
            Self::Pro => "PRO",
            Self::Enterprise => "ENTERPRISE",
        }
    }
}

impl FromStr for Plan {
    type Err = UnknownWord;
    fn from_str(word: &str) -> Result<Self, UnknownWord> {
        Self::ALL
            .into_iter()
            .find(|plan| plan.as_str() == word)
            .ok_or_else(|| UnknownWord { what: "plan", word: word.to_owned() })
    }
}

impl fmt::Display for Plan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A column of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Limit {
    /// Products that are not archived.
    Products,
    /// Shops on marketplaces.
    Accounts,
    /// People.
    Members,
    /// Seconds from the start of a shop's sync to the next.
    SyncInterval,
    /// Calls of the API a minute.
    ApiCalls,
    /// Days of history.
    HistoryDays,
}

impl Limit {
    /// How much of it a plan has; `None`: as much as there is.
    pub fn of(self, plan: Plan) -> Option<i64> {
        let limits = plan.limits();
        match self {
            Self::Products => limits.products,
            Self::Accounts => limits.accounts,
            Self::Members => limits.members,
            Self::SyncInterval => Some(limits.sync_interval_s.into()),
            Self::ApiCalls => Some(limits.api_calls.into()),
            Self::HistoryDays => limits.history_days.map(i64::from),
        }
    }

    /// Whether a plan has more of it than this: of the interval, less.
    fn is_lifted(self, by: Plan, from: Plan) -> bool {
        match (self.of(by), self.of(from)) {
            (None, Some(_)) => true,
            (Some(more), Some(less)) if self == Self::SyncInterval => more < less,
            (Some(more), Some(less)) => more > less,
            (_, None) => false,
        }
    }
}

/// A limit that was reached, and what would lift it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LimitReached {
    /// Which.
    pub name: Limit,
    /// Of which plan.
    pub plan: Plan,
    /// How much the plan has: pieces, seconds, calls a minute, or days.
    pub allowed: i64,
    /// The smallest plan that has more; `null`: none has.
    pub lifted_by: Option<Plan>,
}

impl LimitReached {
    /// Of a plan; `None`: the plan has no such limit.
    pub fn new(name: Limit, plan: Plan) -> Option<Self> {
        let allowed = name.of(plan)?;
        let lifted_by = Plan::ALL.into_iter().find(|other| name.is_lifted(*other, plan));
        Some(Self { name, plan, allowed, lifted_by })
    }
}

impl fmt::Display for LimitReached {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { plan, allowed, .. } = self;
        match self.name {
            Limit::Products => write!(f, "The plan {plan} has room for {allowed} products.")?,
            Limit::Accounts => write!(f, "The plan {plan} has room for {allowed} shops.")?,
            Limit::Members => write!(f, "The plan {plan} has room for {allowed} people.")?,
            Limit::SyncInterval => {
                write!(f, "The plan {plan} reads a shop once in {} minutes.", allowed / 60)?;
            }
            Limit::ApiCalls => write!(f, "The plan {plan} allows {allowed} calls a minute.")?,
            Limit::HistoryDays => write!(f, "The plan {plan} shows {allowed} days of history.")?,
        }
        match self.lifted_by {
            Some(other) => {
                write!(f, " {other} allows more: ask the operator of this installation for it.")
            }
            None => Ok(()),
        }
    }
}

/// How much of a limit is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Used {
    /// How many there are now.
    #[cfg_attr(feature = "openapi", schema(example = 120))]
    pub used: i64,
    /// How many there may be; `null`: as many as there are.
    #[cfg_attr(feature = "openapi", schema(example = 500))]
    pub limit: Option<i64>,
}

/// A company's plan, its limits and what of them is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Usage {
    /// The plan whose limits hold. A demo has those of `pro`.
    pub plan: Plan,
    /// Products that are not archived, over all shops.
    pub products: Used,
    /// Shops on marketplaces.
    pub accounts: Used,
    /// People.
    pub members: Used,
    /// Calls of the API that are counted at this moment, of those that a minute allows.
    pub api_calls: Used,
    /// Seconds from the start of a shop's sync to the next.
    #[cfg_attr(feature = "openapi", schema(example = 3600))]
    pub sync_interval_s: u32,
    /// Days of history that can be asked for; `null`: all there are.
    #[cfg_attr(feature = "openapi", schema(example = 90))]
    pub history_days: Option<u32>,
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIMITS: [Limit; 6] = [
        Limit::Products,
        Limit::Accounts,
        Limit::Members,
        Limit::SyncInterval,
        Limit::ApiCalls,
        Limit::HistoryDays,
    ];

    #[test]
    fn a_larger_plan_never_has_less() {
        for pair in Plan::ALL.windows(2) {
            for limit in LIMITS {
                assert!(!limit.is_lifted(pair[0], pair[1]), "{limit:?} {pair:?}");
            }
        }
    }

    #[test]
    fn what_lifts_a_limit_is_the_smallest_plan_that_has_more() {
        let lifted =
            |limit, plan| LimitReached::new(limit, plan).and_then(|reached| reached.lifted_by);
        assert_eq!(lifted(Limit::Products, Plan::Free), Some(Plan::Starter));
        assert_eq!(lifted(Limit::SyncInterval, Plan::Pro), Some(Plan::Enterprise));
        assert_eq!(lifted(Limit::ApiCalls, Plan::Enterprise), None);
        assert_eq!(LimitReached::new(Limit::Products, Plan::Enterprise), None);
    }

    #[test]
    fn the_sentence_says_which_limit_and_what_lifts_it() {
        let said = LimitReached::new(Limit::Accounts, Plan::Free).map(|limit| limit.to_string());
        let said = said.unwrap_or_default();
        assert!(said.contains("FREE") && said.contains("2 shops"), "{said}");
        assert!(said.contains("STARTER allows more"), "{said}");
    }

    #[test]
    fn words_come_back() {
        for plan in Plan::ALL {
            assert_eq!(plan.as_str().parse(), Ok(plan));
        }
        assert!("PREMIUM".parse::<Plan>().is_err());
    }
}
