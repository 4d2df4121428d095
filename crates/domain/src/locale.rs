//! The two languages the interface speaks.

use serde::{Deserialize, Serialize};

/// A language of the interface. Russian is the default: most sellers read it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Locale {
    /// Русский.
    #[default]
    Ru,
    /// English.
    En,
}

impl Locale {
    /// The tag of the `lang` attribute and of the cookie: `ru` or `en`.
    pub fn tag(self) -> &'static str {
        match self {
            Self::Ru => "ru",
            Self::En => "en",
        }
    }

    /// Reads a tag as the cookie holds it; `None` for anything else.
    pub fn from_tag(tag: &str) -> Option<Self> {
        match tag {
            "ru" => Some(Self::Ru),
            "en" => Some(Self::En),
            _ => None,
        }
    }

    /// The first language of an `Accept-Language` header that we speak, by its order (quality values
    /// are sent in descending order by every browser); Russian when it names none of ours.
    pub fn from_accept_language(header: &str) -> Self {
        header
            .split(',')
            .filter_map(|part| part.trim().get(..2))
            .find_map(|tag| Self::from_tag(&tag.to_ascii_lowercase()))
            .unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_browsers_first_language_that_we_speak_wins() {
        for (header, expected) in [
            ("en-GB,en;q=0.9,ru;q=0.8", Locale::En),
            ("de-DE,ru;q=0.5", Locale::Ru),
            ("fr", Locale::Ru),
            ("", Locale::Ru),
            ("ё,en", Locale::En),
        ] {
            assert_eq!(Locale::from_accept_language(header), expected, "{header}");
        }
    }
}
