//! Trouble by recipe: which calls of which methods go wrong, and how. The same recipe makes the same
//! calls go wrong: what decides is the seed, the method and the number of the call, never the clock.
//!
//! Only the choosing; the answers are in the gateways and in `spoil`.

use crate::Operation;
use crate::random::{Dice, hash, unit};
use serde::{Deserialize, Serialize};

/// How a call goes wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Trouble {
    /// 429, as the marketplace says it.
    Limited {
        /// After so many seconds the next try is allowed.
        retry_seconds: u32,
    },
    /// An error of the marketplace.
    Failed {
        /// 500, 502, 503, 504.
        status: u16,
    },
    /// The right answer, late: at most five seconds.
    Slow {
        /// Milliseconds.
        millis: u64,
    },
    /// The beginning of the right answer, then the connection is cut.
    CutOff,
    /// The method is switched off.
    Disabled,
    /// The key is refused.
    Revoked,
    /// No rows, as if there were none.
    Empty,
    /// Only the first of the rows, as if there were no more.
    Partial,
    /// One of the rows has a field of another type.
    MalformedRow,
    /// The rows come twice.
    Repeated,
    /// The rows come in another order.
    Shuffled,
    /// The rows have fields that nobody knows.
    NewFields,
    /// One of the rows says a word that nobody knows where there are a few that everybody does.
    NewWords,
    /// The cursor leads back to the same page (Ozon).
    StuckCursor,
    /// There are more rows, but no cursor to them (Ozon).
    LostCursor,
    /// The answer is of an earlier moment (Ozon).
    Stale {
        /// So many seconds earlier.
        seconds: u32,
    },
}

/// Some calls and what is wrong with them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// Of which methods; none named: of all.
    #[serde(default)]
    pub operations: Vec<Operation>,
    /// From which call of the method on, counted from 0.
    #[serde(default)]
    pub from: u64,
    /// Before which call it ends; never, if there is none.
    #[serde(default)]
    pub until: Option<u64>,
    /// How many of those calls, 0 to 1.
    #[serde(default = "all")]
    pub share: f64,
    /// So many calls one after the other share their fate: a storm.
    #[serde(default = "one")]
    pub run: u64,
    /// What is wrong.
    pub trouble: Trouble,
}

fn all() -> f64 {
    1.0
}

fn one() -> u64 {
    1
}

/// Everything that goes wrong.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Recipe {
    /// Decides which of the calls.
    #[serde(default)]
    pub seed: u64,
    /// The first that fits a call is taken.
    pub steps: Vec<Step>,
}

impl Recipe {
    /// A recipe of its own for each number, for tests of "whatever happens". It ends after some calls
    /// of each method, so that a client that tries again gets through.
    pub fn random(seed: u64) -> Self {
        const TROUBLES: [Trouble; 17] = [
            Trouble::Limited { retry_seconds: 1 },
            Trouble::Limited { retry_seconds: 20 },
            Trouble::Failed { status: 500 },
            Trouble::Failed { status: 502 },
            Trouble::Failed { status: 503 },
            Trouble::CutOff,
            Trouble::Slow { millis: 1 },
            Trouble::Disabled,
            Trouble::Revoked,
            Trouble::Empty,
            Trouble::Partial,
            Trouble::MalformedRow,
            Trouble::Repeated,
            Trouble::Shuffled,
            Trouble::NewFields,
            Trouble::NewWords,
            Trouble::Stale { seconds: 5400 },
        ];
        let mut dice = Dice::new(hash([0x0bad, seed]));
        let steps = (0..=dice.below(4))
            .map(|_| {
                let from = dice.below(4);
                Step {
                    operations: Vec::new(),
                    from,
                    until: Some(from + 1 + dice.below(12)),
                    share: dice.between(0.1, 0.6),
                    run: 1 + dice.below(3),
                    trouble: *crate::random::pick(&TROUBLES, dice.next()),
                }
            })
            .collect();
        Self { seed, steps }
    }

    /// What is wrong with a call, and dice for the rest.
    pub(crate) fn trouble(&self, operation: Operation, call: u64) -> Option<(Trouble, Dice)> {
        let name = operation.name().bytes().fold(0, |name, byte| hash([name, u64::from(byte)]));
        self.steps.iter().zip(0..).find_map(|(step, number)| {
            let meant = step.operations.is_empty() || step.operations.contains(&operation);
            let due = call >= step.from && step.until.is_none_or(|until| call < until);
            let run = (call - step.from.min(call)) / step.run.max(1);
            let key = hash([self.seed, number, name, run]);
            (meant && due && unit(key) < step.share)
                .then(|| (step.trouble, Dice::new(hash([key, call]))))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn step(share: f64, run: u64) -> Step {
        let trouble = Trouble::Failed { status: 502 };
        Step {
            operations: vec![Operation::CardsList],
            from: 10,
            until: Some(110),
            share,
            run,
            trouble,
        }
    }

    #[test]
    fn the_same_calls_go_wrong_each_time() {
        let recipe = Recipe { seed: 7, steps: vec![step(0.3, 1)] };
        let wrong = |recipe: &Recipe, operation| -> Vec<u64> {
            (0..200).filter(|call| recipe.trouble(operation, *call).is_some()).collect()
        };
        let first = wrong(&recipe, Operation::CardsList);
        assert_eq!(first, wrong(&recipe.clone(), Operation::CardsList));
        assert!(first.iter().all(|call| (10..110).contains(call)));
        assert!((15..45).contains(&first.len()), "{}", first.len());
        assert_ne!(first, wrong(&Recipe { seed: 8, ..recipe.clone() }, Operation::CardsList));
        assert!(wrong(&recipe, Operation::Ping).is_empty());
    }

    #[test]
    fn a_storm_lasts() {
        let recipe = Recipe { seed: 1, steps: vec![step(0.5, 10)] };
        for run in 1..11 {
            let fates: Vec<bool> = (run * 10..run * 10 + 10)
                .map(|call| recipe.trouble(Operation::CardsList, call).is_some())
                .collect();
            assert!(fates.iter().all(|fate| *fate == fates[0]), "{fates:?}");
        }
    }

    #[test]
    fn is_written_as_json() {
        let text = r#"{"seed":3,"steps":[
            {"trouble":{"kind":"limited","retry_seconds":20},"share":0.2,"run":5},
            {"operations":["cards-list","/v3/product/list"],"from":2,"until":3,"trouble":{"kind":"malformed-row"}}
        ]}"#;
        let recipe: Recipe = serde_json::from_str(text).unwrap();
        assert_eq!(recipe.steps[1].operations[1].name(), "/v3/product/list");
        let again = serde_json::to_string(&recipe).unwrap();
        assert_eq!(serde_json::from_str::<Recipe>(&again).unwrap(), recipe);
        let unknown = r#"{"steps":[{"operations":["nothing"],"trouble":{"kind":"empty"}}]}"#;
        assert!(serde_json::from_str::<Recipe>(unknown).is_err());
    }

    #[test]
    fn a_random_recipe_ends() {
        for seed in 0..200 {
            let recipe = Recipe::random(seed);
            assert!(!recipe.steps.is_empty());
            assert!(recipe.trouble(Operation::SupplierOrders, 20).is_none());
        }
    }
}
