//! The one error of all server functions: the product's own error shape with its status.

use domain::{ApiError, ErrorCode};
use leptos::{
    prelude::FromServerFnError,
    server_fn::{codec::JsonEncoding, error::ServerFnErrorErr},
};
use serde::{Deserialize, Serialize};
use std::fmt;

/// Why a server function was refused. Transparent: the body is the problem document itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Failure(pub ApiError);

impl Failure {
    /// Whether signing in again is what helps.
    pub fn wants_sign_in(&self) -> bool {
        self.0.status == 401
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl std::error::Error for Failure {}

impl From<ApiError> for Failure {
    fn from(error: ApiError) -> Self {
        Self(error)
    }
}

impl FromServerFnError for Failure {
    type Encoder = JsonEncoding;

    /// What goes wrong around a server function: before it, after it, or on the way to it.
    fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
        let refused = |detail: String| ApiError::new(ErrorCode::ValidationError, detail);
        let unreached = || ApiError {
            status: 0,
            ..ApiError::new(ErrorCode::Unavailable, "The server can't be reached.")
        };
        let error = match error {
            // In the browser it is the answer that can't be read: some machine between us gave its own.
            ServerFnErrorErr::Deserialization(_) if cfg!(not(feature = "ssr")) => unreached(),
            ServerFnErrorErr::Args(_) | ServerFnErrorErr::Deserialization(_) => {
                refused("The request could not be read: check its fields and their types.".into())
            }
            ServerFnErrorErr::MissingArg(name) => refused(format!("The field {name} is missing.")),
            // The browser could not reach us: no answer, hence no status.
            ServerFnErrorErr::Request(_) => unreached(),
            _ => ApiError::internal(),
        };
        #[cfg(feature = "ssr")]
        let error = super::door::refused_early(error);
        Self(error)
    }
}
