//! Which compressed twin a browser takes.

use http::{HeaderMap, header};

/// A twin's compression.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// `.br`, the smaller one.
    Brotli,
    /// `.gz`, for everybody else.
    Gzip,
}

impl Encoding {
    /// Those that the request takes, the smaller first.
    pub fn accepted(headers: &HeaderMap) -> impl Iterator<Item = Self> {
        let lines = headers.get_all(header::ACCEPT_ENCODING).iter();
        let named: Vec<String> = lines
            .filter_map(|line| line.to_str().ok())
            .flat_map(|line| line.split(','))
            .map(|part| part.trim().to_ascii_lowercase())
            .collect();
        [Self::Brotli, Self::Gzip]
            .into_iter()
            .filter(move |encoding| named.iter().any(|part| takes(part, encoding.word())))
    }

    /// The word of the header.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Brotli => "br",
            Self::Gzip => "gzip",
        }
    }

    /// The name of a file's twin.
    pub fn twin(self, name: &str) -> String {
        let end = match self {
            Self::Brotli => "br",
            Self::Gzip => "gz",
        };
        format!("{name}.{end}")
    }
}

/// `gzip;q=0` is a refusal.
fn takes(part: &str, word: &str) -> bool {
    let mut pieces = part.split(';').map(str::trim);
    if pieces.next() != Some(word) {
        return false;
    }
    let quality = pieces.find_map(|piece| piece.strip_prefix("q=")).unwrap_or("1");
    quality.parse::<f32>().is_ok_and(|quality| quality > 0.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::HeaderValue;

    #[test]
    fn the_smallest_that_is_taken_comes_first() {
        for (line, expected) in [
            ("gzip, deflate, br, zstd", vec![Encoding::Brotli, Encoding::Gzip]),
            ("gzip", vec![Encoding::Gzip]),
            ("br;q=0, gzip;q=0.5", vec![Encoding::Gzip]),
            ("identity", vec![]),
        ] {
            let headers =
                HeaderMap::from_iter([(header::ACCEPT_ENCODING, HeaderValue::from_static(line))]);
            assert_eq!(Encoding::accepted(&headers).collect::<Vec<_>>(), expected, "{line}");
        }
    }
}
