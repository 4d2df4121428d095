//! A panic is our mistake: 500 without a word of it to the client, and a line in the log. What it
//! said stays out of both: it may quote anything.

use crate::problem::Problem;
use axum::response::{IntoResponse, Response};
use domain::ApiError;
use std::any::Any;

/// The answer in place of the one that never came.
pub fn caught(_: Box<dyn Any + Send + 'static>) -> Response {
    tracing::error!("a handler panicked; the line of the panic itself is on stderr");
    Problem::from(ApiError::internal()).into_response()
}
