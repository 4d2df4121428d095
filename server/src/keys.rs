//! The installation's two keys: given by the settings, or made once in the data folder.
//! Never logs one, and never makes one in production.

use crate::config::Config;
use base64::{Engine as _, engine::general_purpose::URL_SAFE};
use domain::Secret;
use std::{
    collections::HashSet,
    fs,
    io::{self, Write as _},
    os::unix::fs::OpenOptionsExt as _,
    path::{Path, PathBuf},
};

/// How to make a key that is good for either.
pub const RECIPE: &str = "`openssl rand -base64 32 | tr '+/' '-_'`";

/// Examples of documents and tutorials: whoever reads them can sign tokens.
const KNOWN: [&str; 10] = [
    "change-me",
    "changeme",
    "change_me",
    "your-secret-key",
    "your_secret_key",
    "secret-key",
    "supersecret",
    "super-secret",
    "insecure",
    "example",
];

/// Lists of keys, separated by commas: the first makes, all read.
#[derive(Clone, Debug)]
pub struct Keys {
    /// Sign and verify tokens.
    pub signing: Secret,
    /// Encrypt and decrypt stored secrets.
    pub master: Secret,
}

/// A key file that can't be used.
#[derive(Debug, thiserror::Error)]
#[error("{} can't be used: give it to this user, or remove it to have a new one made", path.display())]
pub struct Error {
    path: PathBuf,
    #[source]
    source: io::Error,
}

impl Keys {
    /// The settings' keys, or the data folder's.
    pub fn load(config: &Config) -> Result<Self, Error> {
        let folder = &config.server.data_dir;
        let key = |given: &Option<Secret>, file: &str| match given {
            Some(list) => Ok(list.clone()),
            None => read_or_make(folder, file),
        };
        Ok(Self {
            signing: key(&config.security.secret_key, "secret_key")?,
            master: key(&config.security.encryption_master_key, "encryption_master_key")?,
        })
    }
}

/// The keys of a list.
pub fn parts(list: &Secret) -> impl Iterator<Item = Secret> {
    list.expose().split(',').map(Secret::from)
}

/// Why a signing key can be guessed, if it can.
pub fn signing_weakness(key: &str) -> Option<String> {
    let lower = key.to_lowercase();
    let distinct = key.chars().collect::<HashSet<_>>().len();
    if KNOWN.iter().any(|known| lower.contains(known)) {
        Some(format!("this is an example that everybody knows: make one with {RECIPE}"))
    } else if key.len() < 32 {
        Some(format!("use 32 characters or more: make one with {RECIPE}"))
    } else if distinct < 10 {
        Some(format!("it repeats itself: make one with {RECIPE}"))
    } else {
        None
    }
}

/// Why a master key won't do, if it won't.
pub fn master_weakness(key: &str) -> Option<String> {
    let bytes = URL_SAFE.decode(key).unwrap_or_default();
    if bytes.len() != 32 {
        Some(format!("write 32 bytes as URL-safe base64 (44 characters): make one with {RECIPE}"))
    } else if bytes.iter().collect::<HashSet<_>>().len() < 8 {
        Some(format!("it repeats itself: make one with {RECIPE}"))
    } else {
        None
    }
}

fn read_or_make(folder: &Path, file: &str) -> Result<Secret, Error> {
    let path = folder.join(file);
    let outcome = match fs::read_to_string(&path) {
        Ok(text) if text.trim().is_empty() => Err(io::ErrorKind::UnexpectedEof.into()),
        Ok(text) => Ok(Secret::from(text.trim())),
        Err(error) if error.kind() == io::ErrorKind::NotFound => make(folder, &path),
        Err(error) => Err(error),
    };
    outcome.map_err(|source| Error { path, source })
}

/// Only this user may read it. Another process that makes it at the same moment wins whole or not at
/// all: the file appears under its name with its content in it.
fn make(folder: &Path, path: &Path) -> io::Result<Secret> {
    fs::create_dir_all(folder)?;
    let bytes: [u8; 32] = rand::random();
    let key = URL_SAFE.encode(bytes);
    let draft = path.with_extension(format!("{:016x}", rand::random::<u64>()));
    let mut file = fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(&draft)?;
    file.write_all(key.as_bytes())?;
    file.sync_all()?;
    let linked = fs::hard_link(&draft, path);
    fs::remove_file(&draft)?;
    match linked {
        Ok(()) => {
            tracing::info!(file = %path.display(), "made a key; keep it with your backups");
            Ok(Secret::new(key))
        }
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            fs::read_to_string(path).map(|text| Secret::from(text.trim()))
        }
        Err(error) => Err(error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt as _;

    #[test]
    fn keys_are_made_once_for_this_user_only() {
        let folder = tempfile::tempdir().unwrap();
        let folder = folder.path().join("data");
        let config = Config::from_flags(["--data-dir", folder.to_str().unwrap()]).unwrap();
        let made = Keys::load(&config).unwrap();
        let again = Keys::load(&config).unwrap();
        assert_eq!(made.signing, again.signing);
        assert_eq!(made.master, again.master);
        assert_eq!(master_weakness(made.master.expose()), None);
        assert_eq!(signing_weakness(made.signing.expose()), None);
        for file in ["secret_key", "encryption_master_key"] {
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
}
