//! Why no whole answer came. Its texts never hold an address's query, a header or a body.

use std::error::Error;

/// What went wrong on the way.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Trouble {
    /// No connection.
    #[error("no connection ({0})")]
    Connect(String),
    /// Too slow.
    #[error("no answer in time")]
    TimedOut,
    /// The answer broke off.
    #[error("the answer broke off ({0})")]
    CutOff(String),
    /// The answer passed what we are ready to read.
    #[error("the answer is larger than {cap} bytes")]
    TooLarge {
        /// The most that is read.
        cap: u64,
    },
    /// No client could be made.
    #[error("no HTTP client: {0}")]
    NoClient(String),
}

impl From<reqwest::Error> for Trouble {
    fn from(error: reqwest::Error) -> Self {
        let error = error.without_url();
        if error.is_timeout() {
            Self::TimedOut
        } else if error.is_connect() {
            Self::Connect(innermost(&error))
        } else {
            // The request was under way: closed before, within or after the head of the answer.
            Self::CutOff(innermost(&error))
        }
    }
}

/// The text of the deepest cause: "connection refused" says more than "error sending request".
fn innermost(error: &reqwest::Error) -> String {
    let mut deepest: &dyn Error = error;
    while let Some(source) = deepest.source() {
        deepest = source;
    }
    deepest.to_string().chars().take(200).collect()
}
