//! The browser of the tests: Debian's Chromium, or the one that
//! `CHROMIUM_PATH` names.

use std::{env, path::PathBuf};

/// Where distributions put it.
const PLACES: [&str; 4] = [
    "/usr/bin/chromium",
    "/usr/bin/chromium-browser",
    "/usr/bin/google-chrome",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

/// The browser's program.
pub fn find() -> Option<PathBuf> {
    env::var_os("CHROMIUM_PATH")
        .map(PathBuf::from)
        .into_iter()
        .chain(PLACES.map(PathBuf::from))
        .find(|path| path.exists())
}
