//! The file of generated keys for tokens: a line a key, the newest first.
//!
//! A line is `algorithm key moment`, the moment being when it begins to sign: a little after it was made, so that every
//! server has read it before the first token carries its name. The line of a first key, made by `serve`, is the key alone.

use super::{
    Error, SIGNING_FILE, files,
    make::{self, Algorithm, NewKey},
};
use chrono::{DateTime, SecondsFormat, TimeDelta, Utc};
use clap::ValueEnum as _;
use domain::Secret;
use services::tokens::TokenKey;
use std::{fmt::Write as _, path::Path};

/// So long after it was made a key begins to sign.
pub const SETTLES: TimeDelta = TimeDelta::seconds(10);

/// So long a key verifies after another has followed it: the longest life of what it signed for API clients.
pub const KEPT: TimeDelta = TimeDelta::days(30);

/// A key of the file.
#[derive(Clone, Debug)]
pub struct Entry {
    algorithm: Algorithm,
    text: Secret,
    /// When it begins to sign; `None`: it always has.
    pub begins: Option<DateTime<Utc>>,
}

/// The keys of the file, the newest first.
#[derive(Clone, Debug)]
pub struct Ring(Vec<Entry>);

impl Entry {
    /// Ready to sign and verify.
    pub fn key(&self) -> Result<TokenKey, Error> {
        let key = match self.algorithm {
            Algorithm::Hs256 => TokenKey::hs256(&self.text),
            Algorithm::Eddsa | Algorithm::Rs256 => TokenKey::pem(&make::pem(self.text.expose())),
        };
        let refused = |source| Error::Key { place: SIGNING_FILE.into(), source };
        Ok(key.map_err(refused)?.beginning(self.begins))
    }
}

impl Ring {
    /// Reads the file's text.
    pub fn parse(path: &Path, text: &Secret) -> Result<Self, Error> {
        let mut entries = Vec::new();
        for (at, line) in text.expose().lines().enumerate() {
            let words: Vec<&str> = line.split_whitespace().collect();
            let wrong = || Error::Line { path: path.to_path_buf(), line: at + 1 };
            match words.as_slice() {
                [] => {}
                // Written by hand it may be a list, as in the environment.
                [keys] => entries.extend(keys.split(',').map(|key| Entry {
                    algorithm: Algorithm::Hs256,
                    text: key.into(),
                    begins: None,
                })),
                [algorithm, key, rest @ ..] => {
                    let algorithm = Algorithm::from_str(algorithm, false).map_err(|_| wrong())?;
                    let begins = match rest {
                        [] => None,
                        [moment] => Some(moment.parse().map_err(|_| wrong())?),
                        _ => return Err(wrong()),
                    };
                    entries.push(Entry { algorithm, text: (*key).into(), begins });
                }
            }
        }
        Ok(Self(entries))
    }

    /// The keys, the newest first.
    pub fn entries(&self) -> &[Entry] {
        &self.0
    }

    /// The keys, ready to sign and verify.
    pub fn keys(&self) -> Result<Vec<TokenKey>, Error> {
        self.0.iter().map(Entry::key).collect()
    }

    /// When the key at this place was followed by another; `None`: it was not.
    pub fn retired(&self, at: usize) -> Option<DateTime<Utc>> {
        self.0.get(at.checked_sub(1)?)?.begins
    }

    /// With a new key at its head, and without those that were followed long ago.
    fn rotated(mut self, new: &NewKey, now: DateTime<Utc>) -> Self {
        let begins = Some(now + SETTLES);
        let (algorithm, text) = (new.algorithm(), new.text().clone());
        self.0.insert(0, Entry { algorithm, text, begins });
        let kept = (0..self.0.len())
            .take_while(|at| self.retired(*at).is_none_or(|retired| now - retired <= KEPT));
        let kept = kept.count();
        self.0.truncate(kept);
        self
    }

    fn text(&self) -> Secret {
        let mut text = String::new();
        for Entry { algorithm, text: key, begins } in &self.0 {
            let _ = write!(text, "{} {}", algorithm.as_str(), key.expose());
            if let Some(begins) = begins {
                let _ = write!(text, " {}", begins.to_rfc3339_opts(SecondsFormat::Secs, true));
            }
            text.push('\n');
        }
        Secret::new(text)
    }
}

/// Reads the data folder's keys; makes nothing.
pub fn load(folder: &Path) -> Result<Ring, Error> {
    Ring::parse(&folder.join(SIGNING_FILE), &files::read(folder, SIGNING_FILE)?)
}

/// What a rotation did.
#[derive(Debug)]
pub struct Rotated {
    /// The new key's name.
    pub kid: String,
    /// When it begins to sign.
    pub begins: DateTime<Utc>,
    /// How many keys verify, the new one among them.
    pub kept: usize,
    /// How many were dropped.
    pub dropped: usize,
}

/// Puts a new key at the head of the data folder's keys.
pub fn rotate(folder: &Path, new: &NewKey, now: DateTime<Utc>) -> Result<Rotated, Error> {
    let mut outcome = None;
    files::change(folder, SIGNING_FILE, |path, text| {
        let before = Ring::parse(path, &text)?;
        let had = before.0.len();
        let after = before.rotated(new, now);
        let keys = after.keys()?;
        outcome = keys.first().map(|key| Rotated {
            kid: key.kid().to_owned(),
            begins: now + SETTLES,
            kept: keys.len(),
            dropped: had + 1 - keys.len(),
        });
        Ok(after.text())
    })?;
    let gone = std::io::ErrorKind::UnexpectedEof.into();
    outcome.ok_or(Error::File { path: folder.join(SIGNING_FILE), source: gone })
}

/// Puts a new key at the head of the data folder's keys for stored secrets. None is dropped: what they sealed is there.
pub fn rotate_master(folder: &Path, new: &NewKey) -> Result<(), Error> {
    files::change(folder, super::MASTER_FILE, |_, text| {
        Ok(Secret::new(format!("{},{}", new.text().expose(), text.expose().trim())))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt as _;

    fn at(day: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(1_789_462_800, 0).unwrap() + TimeDelta::days(day)
    }

    fn read(folder: &Path) -> Ring {
        let path = folder.join(SIGNING_FILE);
        Ring::parse(&path, &files::read(folder, SIGNING_FILE).unwrap()).unwrap()
    }

    #[test]
    fn a_key_verifies_for_thirty_days_after_another_has_followed_it() {
        let folder = tempfile::tempdir().unwrap();
        let folder = folder.path();
        files::read_or_make(folder, SIGNING_FILE).unwrap();
        let first = read(folder).keys().unwrap().remove(0);
        let kids = || -> Vec<String> {
            read(folder).keys().unwrap().iter().map(|key| key.kid().to_owned()).collect()
        };
        let rotate = |algorithm, day| {
            super::rotate(folder, &make::key(algorithm).unwrap(), at(day)).unwrap()
        };
        let second = rotate(Algorithm::Eddsa, 0);
        assert_eq!(kids(), [second.kid.clone(), first.kid().to_owned()]);
        assert_eq!(read(folder).retired(1), Some(at(0) + SETTLES));
        let third = rotate(Algorithm::Hs256, 20);
        assert_eq!((third.kept, third.dropped), (3, 0), "the first was followed 20 days ago");
        let fourth = rotate(Algorithm::Eddsa, 40);
        assert_eq!((fourth.kept, fourth.dropped), (3, 1));
        assert_eq!(kids(), [fourth.kid, third.kid, second.kid]);
        let file = std::fs::metadata(folder.join(SIGNING_FILE)).unwrap();
        assert_eq!(file.permissions().mode() & 0o777, 0o600);
        let names = std::fs::read_dir(folder).unwrap().count();
        assert_eq!(names, 2, "the keys and the lock, no draft");
    }

    #[test]
    fn what_is_no_key_is_told_by_its_line() {
        let path = Path::new("secret_key");
        for (text, line) in [("hs512 abc", 1), ("abc\n\nhs256 abc yesterday", 3), ("a b c d", 1)] {
            let error = Ring::parse(path, &text.into()).unwrap_err().to_string();
            assert!(error.contains(&format!("line {line}")), "{error}");
        }
        assert_eq!(Ring::parse(path, &"abc,def\nhs256 ghi".into()).unwrap().0.len(), 3);
    }

    #[test]
    fn a_new_key_for_stored_secrets_stands_before_the_old_ones() {
        let folder = tempfile::tempdir().unwrap();
        let old = files::read_or_make(folder.path(), super::super::MASTER_FILE).unwrap();
        let new = make::key(Algorithm::Hs256).unwrap();
        rotate_master(folder.path(), &new).unwrap();
        let both = files::read(folder.path(), super::super::MASTER_FILE).unwrap();
        assert_eq!(both.expose(), format!("{},{}", new.text().expose(), old.expose()));
    }
}
