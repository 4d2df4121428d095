//! `stock-tracker keys list`: names and ages.

use crate::{
    config::Config,
    keys::{self, ring},
};
use chrono::{DateTime, Utc};
use clap::Args;
use services::{Clock, tokens::TokenKey};
use sha2::{Digest, Sha256};

/// Shows every key by its name.
#[derive(Args)]
pub struct List {
    #[command(flatten)]
    config: Config,
}

impl List {
    pub(super) fn run(self) -> anyhow::Result<()> {
        let (security, folder) = (&self.config.security, &self.config.server.data_dir);
        let now = Clock::system().now();
        println!("Tokens, the first that has begun signs:");
        for path in &security.jwt_private_key_file {
            line(&keys::private_key(path)?, &format!("of {}", path.display()));
        }
        if let Some(list) = &security.secret_key {
            for part in keys::parts(list) {
                line(&TokenKey::hs256(&part)?, "of SECRET_KEY, age unknown");
            }
        } else {
            let ring = ring::load(folder)?;
            for (at, entry) in ring.entries().iter().enumerate() {
                line(&entry.key()?, &age(entry.begins, ring.retired(at), now));
            }
        }
        println!("Stored secrets, the first seals:");
        let (list, place) = match &security.encryption_master_key {
            Some(list) => (list.clone(), "ENCRYPTION_MASTER_KEY"),
            None => (keys::Keys::read(&self.config)?.master, keys::MASTER_FILE),
        };
        for part in keys::parts(&list) {
            let name = Sha256::new()
                .chain_update(b"stock-tracker master kid\0")
                .chain_update(part.expose().trim().as_bytes())
                .finalize();
            let name: String = name[..8].iter().map(|byte| format!("{byte:02x}")).collect();
            println!("  {name:43}  Fernet  of {place}");
        }
        Ok(())
    }
}

fn line(key: &TokenKey, words: &str) {
    println!("  {:43}  {:6}  {words}", key.kid(), key.algorithm());
}

/// In words for an operator.
fn age(
    begins: Option<DateTime<Utc>>,
    retired: Option<DateTime<Utc>>,
    now: DateTime<Utc>,
) -> String {
    let days = |since: DateTime<Utc>| (now - since).num_days();
    let since = match begins {
        Some(begins) if begins > now => format!("signs from {}", begins.format("%H:%M:%S UTC")),
        Some(begins) => format!("begun {} days ago", days(begins)),
        None => "the first one".to_owned(),
    };
    match retired {
        Some(retired) if retired <= now => {
            format!("{since}, only verifies since {} days", days(retired))
        }
        _ => since,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::TimeDelta;

    #[test]
    fn ages_are_told_in_days() {
        let now = DateTime::from_timestamp(1_789_462_800, 0).unwrap();
        let ago = |days| Some(now - TimeDelta::days(days));
        assert_eq!(age(None, None, now), "the first one");
        assert_eq!(age(ago(3), None, now), "begun 3 days ago");
        assert_eq!(age(ago(40), ago(3), now), "begun 40 days ago, only verifies since 3 days");
        assert_eq!(age(Some(now + TimeDelta::seconds(5)), None, now), "signs from 09:00:05 UTC");
    }
}
