//! Key files: only this user may read them, and each appears under its name with its content in it.

use super::{
    Error,
    make::{self, Algorithm},
};
use domain::Secret;
use std::{
    fs,
    io::{self, Write as _},
    os::unix::fs::OpenOptionsExt as _,
    path::{Path, PathBuf},
};

pub(super) fn read(folder: &Path, file: &str) -> Result<Secret, Error> {
    let path = folder.join(file);
    text(&path).map_err(|source| Error::File { path, source })
}

pub(super) fn read_or_make(folder: &Path, file: &str) -> Result<Secret, Error> {
    let path = folder.join(file);
    let outcome = match text(&path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => make(folder, &path),
        other => other,
    };
    outcome.map_err(|source| Error::File { path, source })
}

fn text(path: &Path) -> io::Result<Secret> {
    let text = fs::read_to_string(path)?;
    if text.trim().is_empty() {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    Ok(Secret::from(text.trim()))
}

/// Another process that makes it at the same moment wins whole or not at all.
fn make(folder: &Path, path: &Path) -> io::Result<Secret> {
    fs::create_dir_all(folder)?;
    let key = make::key(Algorithm::Hs256).map_err(io::Error::other)?;
    let draft = draft(path, key.text().expose())?;
    let linked = fs::hard_link(&draft, path);
    fs::remove_file(&draft)?;
    match linked {
        Ok(()) => {
            tracing::info!(file = %path.display(), "made a key; keep it with your backups");
            Ok(key.text().clone())
        }
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => text(path),
        Err(error) => Err(error),
    }
}

/// Changes a file: readers see the old content or the new, and two who change it wait for each other.
pub(super) fn change(
    folder: &Path,
    file: &str,
    change: impl FnOnce(&Path, Secret) -> Result<Secret, Error>,
) -> Result<(), Error> {
    let path = folder.join(file);
    let refused = |source| Error::File { path: path.clone(), source };
    fs::create_dir_all(folder).map_err(refused)?;
    let lock = folder.join("keys.lock");
    let lock = fs::OpenOptions::new().create(true).append(true).mode(0o600).open(lock);
    let lock = lock.map_err(refused)?;
    lock.lock().map_err(refused)?;
    let new = change(&path, read_or_make(folder, file)?)?;
    let draft = draft(&path, new.expose()).map_err(refused)?;
    fs::rename(&draft, &path).map_err(refused)?;
    // The name is on the disk as well.
    fs::File::open(folder).and_then(|folder| folder.sync_all()).map_err(refused)
}

fn draft(path: &Path, text: &str) -> io::Result<PathBuf> {
    let draft = path.with_extension(format!("{:016x}", rand::random::<u64>()));
    let mut file = fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(&draft)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()?;
    Ok(draft)
}
