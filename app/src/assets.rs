//! Names of the built dashboard's files, as the server read them from `target/site/manifest.json`.

/// What the document links to. Provided as context by the server; without it (the dashboard was not
/// built) pages come without style and script, and still work.
#[derive(Clone, Debug, Default)]
pub struct Assets {
    /// The style sheet: `pkg/stock-tracker.<hash>.css`.
    pub css: Option<String>,
    /// The script that loads the module and hydrates, once the page is painted. The document names nothing else of
    /// it to fetch early: that would come before the letters and pictures that somebody waits for.
    pub start: Option<String>,
}
