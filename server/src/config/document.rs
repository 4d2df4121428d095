//! The settings as documents, read from the same place as `--help`: `.env.example` and the README's table.

use super::Config;
use clap::{Arg, Args, Command};
use std::fmt::Write;

struct Setting {
    heading: String,
    variable: String,
    help: String,
    default: Option<String>,
    values: Vec<String>,
}

/// The text of `.env.example`: every variable, commented out, with its default.
pub fn env_example() -> String {
    let mut text = String::from(
        "# Settings of Stock Tracker. Copy to .env and take out the `#` where you want another value.\n\
         # Written by `stock-tracker env-example`; `stock-tracker serve --help` says the same.\n",
    );
    let mut heading = String::new();
    for setting in settings() {
        if setting.heading != heading {
            heading.clone_from(&setting.heading);
            let _ = write!(text, "\n## {heading}\n");
        }
        text.push('\n');
        for line in wrap(&setting.help, 96) {
            let _ = writeln!(text, "# {line}");
        }
        if !setting.values.is_empty() {
            let _ = writeln!(text, "# One of: {}.", setting.values.join(", "));
        }
        let default = setting.default.unwrap_or_default();
        let _ = writeln!(text, "#{}={default}", setting.variable);
    }
    text
}

/// The table of the README, in Markdown.
pub fn table() -> String {
    let mut text = String::from("| Variable | Default | What it is |\n|---|---|---|\n");
    for setting in settings() {
        let default = setting.default.map(|value| format!("`{value}`")).unwrap_or_default();
        let values = if setting.values.is_empty() {
            String::new()
        } else {
            format!(" (`{}`)", setting.values.join("`, `"))
        };
        let help = setting.help.replace('|', "\\|");
        let _ = writeln!(text, "| `{}` | {default} | {help}{values} |", setting.variable);
    }
    text
}

fn settings() -> Vec<Setting> {
    let command = Config::augment_args(Command::new("stock-tracker"));
    command.get_arguments().filter_map(setting).collect()
}

fn setting(arg: &Arg) -> Option<Setting> {
    let help = arg.get_long_help().or(arg.get_help())?.to_string();
    let default =
        arg.get_default_values().first().map(|value| value.to_string_lossy().into_owned());
    let values =
        arg.get_possible_values().iter().map(|value| value.get_name().to_owned()).collect();
    Some(Setting {
        heading: arg.get_help_heading().unwrap_or_default().to_owned(),
        variable: arg.get_env()?.to_string_lossy().into_owned(),
        help: help.split_whitespace().collect::<Vec<_>>().join(" "),
        default: default.filter(|value| !value.is_empty()),
        values,
    })
}

fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split(' ') {
        let room = lines.last().map_or(0, |line| line.chars().count());
        if room > 0 && room + 1 + word.chars().count() > width {
            lines.push(String::new());
        }
        if let Some(line) = lines.last_mut() {
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
    }
    lines
}
