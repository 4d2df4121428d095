//! The second factor: codes of an authenticator (RFC 6238), and recovery codes for when it is lost. The secret is
//! sealed for its person; a code is good once.

mod accept;
mod begin;
mod confirm;
mod qr;
mod recovery;
mod replace_codes;
mod state;
mod switch_off;
pub mod totp;

pub(crate) use accept::accept;
pub use begin::begin;
pub use confirm::confirm;
pub use replace_codes::replace_codes;
pub use state::{seal_codes, state};
pub use switch_off::switch_off;

use crate::{
    Services,
    error::{Error, Result},
};
use domain::{Secret, UserId};

/// The field that the secret is sealed for.
pub(crate) const FIELD: &str = "totp_secret";

/// Opens a stored secret.
fn open(services: &Services, user: UserId, ciphertext: &str) -> Result<Secret> {
    services
        .vault
        .open(user, FIELD, ciphertext)
        .map_err(|problem| Error::Broken("a second factor can't be opened", problem.into()))
}
