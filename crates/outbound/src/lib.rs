//! Everything that Stock Tracker asks of the outside world: the guard, behind it the marketplaces over HTTP, and
//! letters over SMTP.
//!
//! Holds nothing of a tenant: keys, fronts and the time are arguments. Knows no database and never waits for a
//! marketplace's limits; it tells what they are.

pub mod guard;
pub mod mail;
pub mod marketplaces;
pub mod metrics;

pub use guard::{Front, FrontProblem, Http, Timeouts, Traffic, install_crypto_provider};
pub use mail::{Letter, MailFailure, Mailer, MailerProblem};
pub use marketplaces::{
    failure::{Failure, Reason},
    ozon,
    pace::{Pace, Paced},
    wildberries::{self, Access, Wildberries},
};
