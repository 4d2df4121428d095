//! The installation's keys: given by the settings, or made once in the data folder.
//! Never logs one, and never makes one in production.

mod files;
pub mod make;
pub mod ring;
pub mod watch;
mod weakness;

pub use make::Algorithm;
pub use weakness::{RECIPE, master_weakness, signing_weakness};

use crate::config::Config;
use domain::Secret;
use ring::Ring;
use services::{
    TokenKeys,
    tokens::{TokenKey, TokenKeysProblem},
};
use std::{
    io,
    path::{Path, PathBuf},
};

/// The file of the data folder with generated keys for tokens.
pub const SIGNING_FILE: &str = "secret_key";
/// The file of the data folder with the generated keys for stored secrets.
pub const MASTER_FILE: &str = "encryption_master_key";

/// Lists of keys: the first makes, all read.
#[derive(Clone, Debug)]
pub struct Keys {
    /// Sign and verify tokens.
    pub tokens: TokenKeys,
    /// Encrypt and decrypt stored secrets, separated by commas.
    pub master: Secret,
}

/// A key that can't be used. Never quotes one.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A file that can't be read or made.
    #[error("{} can't be used: give it to this user, or remove it to have a new one made", path.display())]
    File {
        /// Which.
        path: PathBuf,
        /// Why.
        #[source]
        source: io::Error,
    },
    /// A key of this place.
    #[error("{place}")]
    Key {
        /// A variable or a file.
        place: String,
        /// Why.
        #[source]
        source: TokenKeysProblem,
    },
    /// A line of a key file that nobody can read.
    #[error("line {line} of {} is no key", path.display())]
    Line {
        /// Which file.
        path: PathBuf,
        /// Its line, from 1.
        line: usize,
    },
}

impl Keys {
    /// The settings' keys, or the data folder's, which are made if they are not there.
    pub fn load(config: &Config) -> Result<Self, Error> {
        Self::found(config, files::read_or_make)
    }

    /// The same, and nothing is made.
    pub fn read(config: &Config) -> Result<Self, Error> {
        Self::found(config, files::read)
    }

    fn found(
        config: &Config,
        file: impl Fn(&Path, &str) -> Result<Secret, Error>,
    ) -> Result<Self, Error> {
        let (folder, security) = (&config.server.data_dir, &config.security);
        let mut tokens = Vec::new();
        for path in &security.jwt_private_key_file {
            tokens.push(private_key(path)?);
        }
        if let Some(list) = &security.secret_key {
            let refused = |source| Error::Key { place: "SECRET_KEY".into(), source };
            for key in parts(list) {
                tokens.push(TokenKey::hs256(&key).map_err(refused)?);
            }
        } else {
            let text = file(folder, SIGNING_FILE)?;
            tokens.extend(Ring::parse(&folder.join(SIGNING_FILE), &text)?.keys()?);
        }
        let refused = |source| Error::Key { place: "the keys for tokens".into(), source };
        let master = match &security.encryption_master_key {
            Some(list) => list.clone(),
            None => file(folder, MASTER_FILE)?,
        };
        Ok(Self { tokens: TokenKeys::new(tokens).map_err(refused)?, master })
    }
}

/// A private key of `JWT_PRIVATE_KEY_FILE`.
pub fn private_key(path: &Path) -> Result<TokenKey, Error> {
    let text = std::fs::read_to_string(path)
        .map_err(|source| Error::File { path: path.to_path_buf(), source })?;
    let refused = |source| Error::Key { place: path.display().to_string(), source };
    TokenKey::pem(&Secret::new(text)).map_err(refused)
}

/// The keys of a list.
pub fn parts(list: &Secret) -> impl Iterator<Item = Secret> {
    list.expose().split(',').map(Secret::from)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::{fs, os::unix::fs::PermissionsExt as _};

    #[test]
    fn keys_are_made_once_for_this_user_only() {
        let folder = tempfile::tempdir().unwrap();
        let folder = folder.path().join("data");
        let config = Config::from_flags(["--data-dir", folder.to_str().unwrap()]).unwrap();
        assert!(Keys::read(&config).is_err(), "reading makes nothing");
        assert!(!folder.exists());
        let made = Keys::load(&config).unwrap();
        let again = Keys::load(&config).unwrap();
        assert_eq!(format!("{:?}", made.tokens), format!("{:?}", again.tokens));
        assert_eq!(made.master, again.master);
        assert_eq!(master_weakness(made.master.expose()), None);
        let signing = fs::read_to_string(folder.join(SIGNING_FILE)).unwrap();
        assert_eq!(signing_weakness(&signing), None);
        for file in [SIGNING_FILE, MASTER_FILE] {
            let mode = fs::metadata(folder.join(file)).unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o600, "{file}");
        }
        assert_eq!(fs::read_dir(&folder).unwrap().count(), 2, "no draft is left");
    }

    #[test]
    fn keys_that_can_be_guessed_are_named() {
        for weak in ["short", "your-secret-key-change-in-production-please", &"ab".repeat(20)] {
            assert!(signing_weakness(weak).is_some(), "{weak}");
        }
        for weak in ["short", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="] {
            assert!(master_weakness(weak).is_some(), "{weak}");
        }
    }

    #[test]
    fn private_keys_of_files_stand_before_secret_ones() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("jwt.pem");
        fs::write(&file, make::key(Algorithm::Eddsa).unwrap().pem().unwrap().expose()).unwrap();
        let flags = ["--jwt-private-key-file", file.to_str().unwrap()];
        let secret = ["--secret-key", "one-secret-key-of-a-test-0123456789"];
        let master = ["--encryption-master-key", "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="];
        let config = Config::from_flags([flags, secret, master].concat()).unwrap();
        let keys = format!("{:?}", Keys::load(&config).unwrap().tokens);
        let kid = private_key(&file).unwrap().kid().to_owned();
        assert!(keys.contains(&format!("[\"{kid}\", ")), "{keys}");
        fs::write(&file, "nonsense").unwrap();
        let error = Keys::load(&config).unwrap_err().to_string();
        assert!(error.contains("jwt.pem"), "{error}");
    }
}
