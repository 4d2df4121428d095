//! Gives the request its id and notes who sent it. First of all: everything else refers to it.

use axum::{
    extract::{ConnectInfo, Request},
    response::Response,
};
use domain::Locale;
use http::{HeaderMap, HeaderName, HeaderValue, header};
use services::{Client, Services};
use std::{
    net::{IpAddr, Ipv4Addr, SocketAddr},
    sync::Arc,
};
use uuid::Uuid;

static REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// Takes a well-formed `X-Request-Id`, else makes one; tells the id.
pub fn note(services: &Services, request: &mut Request) -> Arc<str> {
    let given = request.headers().get(&REQUEST_ID).and_then(|value| value.to_str().ok());
    let request_id: Arc<str> = match given.filter(|id| is_well_formed(id)) {
        Some(id) => id.into(),
        None => services.clock.new_id::<Uuid>().simple().to_string().into(),
    };
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>();
    let client = Client {
        address: peer.map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |peer| peer.0.ip().to_canonical()),
        user_agent: request
            .headers()
            .get(header::USER_AGENT)
            .and_then(|agent| agent.to_str().ok())
            .map(|agent| agent.chars().filter(|c| !c.is_control()).take(256).collect()),
        request_id: Arc::clone(&request_id),
        locale: locale(request.headers()),
    };
    request.extensions_mut().insert(client);
    request_id
}

/// Answers with the id.
pub fn tell(request_id: &str, response: &mut Response) {
    if let Ok(value) = HeaderValue::from_str(request_id) {
        response.headers_mut().insert(REQUEST_ID.clone(), value);
    }
}

/// The language: what the person chose in the dashboard, else what their program asks for.
fn locale(headers: &HeaderMap) -> Locale {
    let chosen = headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|line| line.to_str().ok())
        .flat_map(|line| line.split(';'))
        .find_map(|pair| pair.trim().strip_prefix("locale="));
    let accepted = || headers.get(header::ACCEPT_LANGUAGE)?.to_str().ok();
    chosen
        .and_then(Locale::from_tag)
        .or_else(|| accepted().map(Locale::from_accept_language))
        .unwrap_or_default()
}

/// What proxies send: nothing that could break a line of the log.
fn is_well_formed(id: &str) -> bool {
    (8..=128).contains(&id.len())
        && id.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.'))
}
