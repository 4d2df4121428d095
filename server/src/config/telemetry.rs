//! The log.

use clap::Args;

/// How a line looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum LogFormat {
    /// For eyes.
    Text,
    /// For machines, an object a line.
    Json,
}

/// What is logged, and how.
#[derive(Args, Clone, Debug)]
#[command(next_help_heading = "Log")]
pub struct Telemetry {
    /// `error`, `warn`, `info`, `debug`, `trace`, or a filter such as `info,store=debug`.
    #[arg(long, env, default_value = "info", value_name = "LEVEL")]
    pub log_level: String,
    /// By default text, in production JSON.
    #[arg(long, env, value_enum, value_name = "FORMAT")]
    pub log_format: Option<LogFormat>,
    /// The same as `LOG_LEVEL=debug`.
    #[arg(long, env, value_name = "BOOL", num_args = 0..=1, default_missing_value = "true",
          default_value = "false", value_parser = clap::builder::BoolishValueParser::new())]
    pub debug: bool,
}

impl Telemetry {
    /// The filter in the words of `tracing`; Python's names of levels are understood.
    pub fn filter(&self) -> String {
        if self.debug {
            return "debug".into();
        }
        match self.log_level.to_ascii_lowercase().as_str() {
            "warning" => "warn".into(),
            "critical" | "fatal" => "error".into(),
            "notset" => "trace".into(),
            level => level.to_owned(),
        }
    }
}
