//! The style sheet: `style/main.css` with its imports in one minified file,
//! in the CSS that the supported browsers know.

use anyhow::{Result, anyhow};
use lightningcss::{
    bundler::{Bundler, FileProvider},
    printer::PrinterOptions,
    stylesheet::{MinifyOptions, ParserOptions},
    targets::{Browsers, Targets},
};

use crate::{advice::Advise, workspace::Workspace};

/// Browsers of the last three years or so: nesting and `light-dark()` are
/// written out for those that lack them.
const BROWSERS: Browsers = Browsers {
    chrome: Some(111 << 16),
    edge: Some(111 << 16),
    android: Some(111 << 16),
    firefox: Some(113 << 16),
    safari: Some(16 << 16 | 4 << 8),
    ios_saf: Some(16 << 16 | 4 << 8),
    ie: None,
    opera: None,
    samsung: None,
};

/// The bundled sheet; none when there is no `style/main.css`.
pub fn build(workspace: &Workspace) -> Result<Option<Vec<u8>>> {
    let entry = workspace.path("style/main.css");
    if !entry.exists() {
        return Ok(None);
    }
    let provider = FileProvider::new();
    let targets = Targets { browsers: Some(BROWSERS), ..Targets::default() };
    let sheet = Bundler::new(&provider, None, ParserOptions::default())
        .bundle(&entry)
        .map_err(|error| anyhow!("{error}"))
        .and_then(|mut sheet| {
            sheet
                .minify(MinifyOptions { targets, ..MinifyOptions::default() })
                .map_err(|error| anyhow!("{error}"))?;
            sheet
                .to_css(PrinterOptions { minify: true, targets, ..PrinterOptions::default() })
                .map_err(|error| anyhow!("{error}"))
        })
        .advise("Mend the style sheet at the place named above; the entry is style/main.css.")?;
    Ok(Some(sheet.code.into_bytes()))
}
