//! The log: text for a person, JSON for a machine. Never a body, a header's value or a secret.

use crate::config::{Config, LogFormat};
use tracing_subscriber::{EnvFilter, fmt, prelude::*};

/// Begins to log. Called once, by the binary.
pub fn begin(config: &Config) -> anyhow::Result<()> {
    let filter = EnvFilter::try_new(config.telemetry.filter())
        .map_err(|_| anyhow::anyhow!("LOG_LEVEL: write error, warn, info, debug or trace"))?
        // Their chatter helps nobody who runs this program.
        .add_directive("hyper=info".parse()?)
        .add_directive("sqlx=warn".parse()?)
        .add_directive("h2=info".parse()?);
    let default = if config.is_production() { LogFormat::Json } else { LogFormat::Text };
    let registry = tracing_subscriber::registry().with(filter);
    match config.telemetry.log_format.unwrap_or(default) {
        LogFormat::Text => {
            registry.with(fmt::layer().compact().with_writer(std::io::stderr)).try_init()?;
        }
        LogFormat::Json => {
            let layer = fmt::layer().json().flatten_event(true).with_current_span(true);
            registry.with(layer.with_span_list(false).with_writer(std::io::stderr)).try_init()?;
        }
    }
    Ok(())
}

/// An error and its sources on one line.
pub fn chain(error: &(dyn std::error::Error + 'static)) -> String {
    let mut text = error.to_string();
    let mut next = error.source();
    while let Some(source) = next {
        text.push_str(": ");
        text.push_str(&source.to_string());
        next = source.source();
    }
    text
}
