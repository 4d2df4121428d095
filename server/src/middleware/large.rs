//! A body that says itself that it is too large is refused, but not before it was taken off the wire: whoever is still
//! sending would see a broken connection in place of the answer.

use super::BODY_LIMIT;
use crate::problem;
use axum::extract::Request;
use domain::ApiError;
use futures::StreamExt;
use http::{StatusCode, header};

/// More is not worth taking: that connection breaks.
const MOST: usize = 16 * BODY_LIMIT;

/// 413 for what is announced too large.
pub async fn refuse(request: Request) -> Result<Request, ApiError> {
    let length = request.headers().get(header::CONTENT_LENGTH);
    let length = length.and_then(|length| length.to_str().ok()?.parse::<usize>().ok());
    if length.is_none_or(|length| length <= BODY_LIMIT) {
        return Ok(request);
    }
    let mut body = request.into_body().into_data_stream();
    let mut taken = 0;
    while let Some(Ok(chunk)) = body.next().await {
        taken += chunk.len();
        if taken > MOST {
            break;
        }
    }
    Err(problem::of_status(StatusCode::PAYLOAD_TOO_LARGE))
}
