//! Lists as files: which, and how a file is written.

use serde::{Deserialize, Serialize};

/// What stands between the columns of a CSV file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum Separator {
    /// `;`, a byte order mark and decimal commas: what a Russian Excel opens with a double click.
    Semicolon,
    /// `,` and decimal points: what programs read.
    Comma,
}

/// How a file is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Text; `None`: as the reader's language has it.
    Csv(Option<Separator>),
    /// A workbook.
    Xlsx,
}

impl Format {
    /// The ending of the file's name.
    pub const fn ending(self) -> &'static str {
        match self {
            Self::Csv(_) => "csv",
            Self::Xlsx => "xlsx",
        }
    }
}
