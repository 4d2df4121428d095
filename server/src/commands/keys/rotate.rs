//! `stock-tracker keys rotate`: a new key at the head of the list.

use crate::{
    config::Config,
    keys::{self, Algorithm, make, ring},
};
use anyhow::Context;
use clap::Args;
use services::Clock;

/// Makes a new key. Keys of the data folder are changed there and running servers notice; for keys of the environment
/// the new list is printed.
#[derive(Args)]
pub struct Rotate {
    /// What the new key signs with; by default what the present one does.
    #[arg(long, value_enum)]
    algorithm: Option<Algorithm>,
    /// Makes a new `ENCRYPTION_MASTER_KEY` instead; `keys reencrypt` then brings stored secrets over.
    #[arg(long, conflicts_with = "algorithm")]
    master: bool,
    #[command(flatten)]
    config: Config,
}

impl Rotate {
    pub(super) fn run(self) -> anyhow::Result<()> {
        self.config.check()?;
        if self.master { self.master_key() } else { self.token_key() }
    }

    fn token_key(&self) -> anyhow::Result<()> {
        let security = &self.config.security;
        let algorithm = self.algorithm.map_or_else(|| self.present(), Ok)?;
        let new = make::key(algorithm)?;
        if let Some(pem) = new.pem().filter(|_| self.is_of_environment()) {
            print!("{}", pem.expose());
            let others =
                security.jwt_private_key_file.iter().map(|file| file.display().to_string());
            let list = ["NEW_FILE".to_owned()].into_iter().chain(others).collect::<Vec<_>>();
            eprintln!(
                "Keep this in a file that only the server can read, and set JWT_PRIVATE_KEY_FILE={}. \
                 SECRET_KEY stays: its keys go on verifying. {ROLLING}",
                list.join(",")
            );
            return Ok(());
        }
        if let (Some(list), true) = (&security.secret_key, self.is_of_environment()) {
            println!("SECRET_KEY={},{}", new.text().expose(), list.expose());
            eprintln!("Put this line into the environment. {ROLLING}");
            if !security.jwt_private_key_file.is_empty() {
                eprintln!("JWT_PRIVATE_KEY_FILE goes on signing: take it away if this key is to.");
            }
            return Ok(());
        }
        let folder = &self.config.server.data_dir;
        let done = ring::rotate(folder, &new, Clock::system().now())?;
        println!(
            "New key {} ({}): signs from {}. {} keys verify, {} were dropped.",
            done.kid,
            algorithm.as_str(),
            done.begins.format("%Y-%m-%d %H:%M:%S UTC"),
            done.kept,
            done.dropped
        );
        println!("Servers on this folder notice by themselves. Keep the folder with your backups.");
        Ok(())
    }

    fn master_key(&self) -> anyhow::Result<()> {
        let new = make::key(Algorithm::Hs256)?;
        if let Some(list) = &self.config.security.encryption_master_key {
            println!("ENCRYPTION_MASTER_KEY={},{}", new.text().expose(), list.expose());
            eprintln!(
                "Put this line into the environment of every server and restart them, then run \
                 `stock-tracker keys reencrypt`. After that the old keys can be taken away."
            );
        } else {
            ring::rotate_master(&self.config.server.data_dir, &new)?;
            println!(
                "New key. Servers on this folder notice within seconds; then run \
                 `stock-tracker keys reencrypt`. Keep the folder with your backups."
            );
        }
        Ok(())
    }

    /// Whether what signs is named by the environment.
    fn is_of_environment(&self) -> bool {
        let security = &self.config.security;
        security.secret_key.is_some() || !security.jwt_private_key_file.is_empty()
    }

    fn present(&self) -> anyhow::Result<Algorithm> {
        let security = &self.config.security;
        let key = match (security.jwt_private_key_file.first(), &security.secret_key) {
            (Some(path), _) => keys::private_key(path)?,
            (None, Some(_)) => return Ok(Algorithm::Hs256),
            (None, None) => {
                let folder = &self.config.server.data_dir;
                if !folder.join(keys::SIGNING_FILE).exists() {
                    return Ok(Algorithm::Hs256);
                }
                let ring = ring::load(folder)?;
                ring.entries().first().context("the key file is empty")?.key()?
            }
        };
        Ok(match key.algorithm() {
            "EdDSA" => Algorithm::Eddsa,
            "RS256" => Algorithm::Rs256,
            _ => Algorithm::Hs256,
        })
    }
}

/// What several servers need.
const ROLLING: &str = "With several servers, first restart each with the new key at the end of the list, then with it \
    at the head, so that all can read what one has signed. The old keys can be taken away after 30 days.";
