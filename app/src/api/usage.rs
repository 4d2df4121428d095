//! The plan and what is used of it.

use super::Failure;
use domain::plan::Usage;
use leptos::{prelude::*, server_fn::codec::GetUrl};

#[cfg(feature = "ssr")]
use super::door::Door;

/// The company's plan, its limits and what of them is used.
#[cfg_attr(feature = "ssr", utoipa::path(
    get, path = "/api/fn/usage/get", tag = "dashboard",
    responses((status = 200, body = Usage), (status = 401, body = domain::ApiError))
))]
#[server(prefix = "/api/fn", endpoint = "usage/get", input = GetUrl)]
pub async fn get() -> Result<Usage, Failure> {
    let (door, caller) = Door::enter().await?;
    door.answer(services::plans::usage(&door.services, &caller).await)
}
