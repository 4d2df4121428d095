//! Key files that change while the program runs: it takes the new keys by itself, and keeps the old ones while a file
//! can't be read.

use super::{Keys, MASTER_FILE, SIGNING_FILE};
use crate::{config::Config, telemetry::chain};
use services::{Services, Vault};
use sha2::{Digest, Sha256};
use std::{fs, path::PathBuf};

/// The files that the program's keys come from, and what they held.
pub struct Watch {
    config: Config,
    files: Vec<PathBuf>,
    seen: Vec<u8>,
}

impl Watch {
    /// Of the files that these settings name.
    pub fn new(config: &Config) -> Self {
        let (folder, security) = (&config.server.data_dir, &config.security);
        let mut files = security.jwt_private_key_file.clone();
        if security.secret_key.is_none() {
            files.push(folder.join(SIGNING_FILE));
        }
        if security.encryption_master_key.is_none() {
            files.push(folder.join(MASTER_FILE));
        }
        let seen = digest(&files);
        Self { config: config.clone(), files, seen }
    }

    /// Whether there is anything to look at.
    pub fn is_idle(&self) -> bool {
        self.files.is_empty()
    }

    /// Takes new keys if a file has changed. Tells whether it took some.
    pub fn look(&mut self, services: &Services) -> bool {
        let now = digest(&self.files);
        if now == self.seen {
            return false;
        }
        self.seen = now;
        let keys = match Keys::read(&self.config) {
            Ok(keys) => keys,
            Err(error) => {
                tracing::error!(
                    error = chain(&error),
                    "changed keys can't be used: the old ones stay"
                );
                return false;
            }
        };
        match Vault::new(&keys.master) {
            Ok(vault) => services.vault.replace_keys(vault),
            Err(error) => {
                tracing::error!(%error, "changed keys can't be used: the old ones stay");
                return false;
            }
        }
        tracing::info!(keys = ?keys.tokens, "took changed keys");
        services.tokens.replace_keys(keys.tokens);
        true
    }
}

/// Of what is in the files; one that is away counts as empty.
fn digest(files: &[PathBuf]) -> Vec<u8> {
    let mut digest = Sha256::new();
    for file in files {
        let bytes = fs::read(file).unwrap_or_default();
        digest.update(Sha256::digest(&bytes));
    }
    digest.finalize().to_vec()
}
