//! Why a service refused, and how that becomes the one error a client sees.

use domain::ApiError;

/// Every service returns it.
pub type Result<T> = std::result::Result<T, Error>;

/// A refusal for the client, or a failure for the log.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The client can do something about it: it gets this very answer.
    #[error("{}", .0.detail)]
    Refused(Box<ApiError>),
    /// The database failed or is away.
    #[error("the store failed")]
    Store(#[from] store::Error),
    /// Something of ours is broken; the sentence is for the log only.
    #[error("{0}")]
    Broken(&'static str, #[source] Box<dyn std::error::Error + Send + Sync>),
}

impl From<ApiError> for Error {
    fn from(refusal: ApiError) -> Self {
        Self::Refused(Box::new(refusal))
    }
}

impl From<Error> for ApiError {
    /// The end of every error's way: what the client may know. The chain is logged here, once.
    fn from(error: Error) -> Self {
        match error {
            Error::Refused(refusal) => *refusal,
            Error::Store(store::Error::Unavailable(_)) => {
                tracing::warn!(error = chain(&error), "the database is away");
                ApiError::unavailable()
            }
            Error::Store(_) | Error::Broken(..) => {
                tracing::error!(error = chain(&error), "internal error");
                ApiError::internal()
            }
        }
    }
}

/// An error and its sources on one line.
pub(crate) fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut next = error.source();
    while let Some(source) = next {
        text.push_str(": ");
        text.push_str(&source.to_string());
        next = source.source();
    }
    text
}
