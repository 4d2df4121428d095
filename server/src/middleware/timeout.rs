//! A request that takes too long is told so; its work is dropped. Event streams answer at once and
//! are not cut: only the time until the answer begins is bounded, and the body's upload within it.

use domain::{ApiError, ErrorCode};
use std::time::Duration;

/// Longer than the slowest thing that a request waits for, the writer of a busy SQLite file.
const LIMIT: Duration = Duration::from_secs(30);

/// 503 after the limit.
pub async fn limit<T>(answer: impl Future<Output = T>) -> Result<T, ApiError> {
    tokio::time::timeout(LIMIT, answer).await.map_err(|_| {
        tracing::warn!("a request took too long and was given up");
        let detail = "This took too long and was given up. Try again shortly.";
        let error = ApiError::new(ErrorCode::Unavailable, detail);
        ApiError { retry_after: Some(5), ..error }
    })
}
