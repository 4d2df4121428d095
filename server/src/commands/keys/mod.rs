//! `stock-tracker keys …`: the installation's keys, changed while it serves. Never prints one that is in use; a new one
//! is printed only where the environment holds the keys, to stdout alone.

mod list;
mod reencrypt;
mod rotate;

use clap::{Args, Subcommand};

/// What to do with the keys.
#[derive(Args)]
pub struct Keys {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand)]
enum Verb {
    /// Makes a new key for tokens: it signs from now on, the old ones verify for 30 days more.
    Rotate(rotate::Rotate),
    /// Shows the names and ages of the keys, never a key.
    List(list::List),
    /// Encrypts every stored secret anew with the first `ENCRYPTION_MASTER_KEY`; safe while serving.
    Reencrypt(reencrypt::Reencrypt),
}

impl Keys {
    pub(super) fn run(self) -> anyhow::Result<()> {
        match self.verb {
            Verb::Rotate(rotate) => rotate.run(),
            Verb::List(list) => list.run(),
            Verb::Reencrypt(reencrypt) => reencrypt.run(),
        }
    }
}
