//! One request, one answer: headers, errors, pace. Which methods there are is the business of the files beside it.

use super::{errors, hosts::Operation, limits};
use crate::{
    guard::{Answer, Call, Front, Http, Method, Opened, Trouble},
    marketplaces::{
        failure::{Failure, Reason},
        pace::Pace,
    },
    metrics::Target,
};
use domain::{Secret, account::KeyKind};
use reqwest::{
    StatusCode,
    header::{AUTHORIZATION, HeaderMap, HeaderName, HeaderValue},
};
use serde::Serialize;
use std::time::Duration;

/// The marketplace's name in errors.
pub(super) const NAME: &str = "Wildberries";

/// The secret of a registered service outside the catalogue: keeps the normal limits on base tokens.
const SERVICE_SECRET: HeaderName = HeaderName::from_static("x-client-secret");

/// The client: the guarded HTTP client and nothing else. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Wildberries {
    http: Http,
}

/// On whose behalf, and through what, a request goes.
#[derive(Clone, Copy, Debug)]
pub struct Access<'a> {
    /// The marketplace itself, the operator's front, or the simulator.
    pub front: &'a Front,
    /// The seller's token.
    pub key: &'a Secret,
    /// Its kind, for the wait after a refusal that names none; `None`: not known.
    pub kind: Option<KeyKind>,
    /// The operator's own secret (`WILDBERRIES_SERVICE_SECRET`).
    pub service_secret: Option<&'a Secret>,
}

impl<'a> Access<'a> {
    /// What no text of an answer may repeat.
    pub(super) fn secrets(&self) -> impl Iterator<Item = &'a Secret> {
        std::iter::once(self.key).chain(self.service_secret)
    }
}

/// What is asked of an operation.
pub(super) struct Question<'q> {
    pub operation: Operation,
    pub method: Method,
    pub path: &'q str,
    pub query: &'q [(&'q str, &'q str)],
    pub body: Option<Vec<u8>>,
    pub within: Option<Duration>,
    pub cap: u64,
}

impl<'q> Question<'q> {
    pub(super) fn get(operation: Operation, path: &'q str) -> Self {
        let (query, body, within) = (&[][..], None, None);
        Self { operation, method: Method::Get, path, query, body, within, cap: 16 << 20 }
    }

    pub(super) fn post(
        operation: Operation,
        path: &'q str,
        body: &impl Serialize,
    ) -> Result<Self, Failure> {
        let body = serde_json::to_vec(body).map_err(|error| {
            Failure::new(NAME, operation.name, Reason::OurFault, error.to_string())
        })?;
        Ok(Self { method: Method::Post, body: Some(body), ..Self::get(operation, path) })
    }
}

/// A good answer, read.
pub(super) struct Read {
    pub body: Vec<u8>,
    pub pace: Pace,
}

/// A good answer, its body still to come.
pub(super) struct Begun {
    pub opened: Opened,
    pub pace: Pace,
}

impl Wildberries {
    /// Over a guarded client.
    pub fn new(http: Http) -> Self {
        Self { http }
    }

    /// Asks, and reads the whole answer.
    pub(super) async fn ask(
        &self,
        access: &Access<'_>,
        question: Question<'_>,
    ) -> Result<Read, Failure> {
        let operation = question.operation;
        let call = call(access, question)?;
        let answer = self.http.answer(call).await.map_err(|trouble| failed(operation, &trouble))?;
        let Answer { status, headers, body } = answer;
        let pace = Pace::read(&headers);
        tell(operation, status, pace);
        if status.is_success() {
            return Ok(Read { body, pace });
        }
        Err(refused(access, operation, status, &headers, &body))
    }

    /// Asks, and leaves the body to be read piece by piece.
    pub(super) async fn begin(
        &self,
        access: &Access<'_>,
        question: Question<'_>,
    ) -> Result<Begun, Failure> {
        let operation = question.operation;
        let call = call(access, question)?;
        let mut opened =
            self.http.open(call).await.map_err(|trouble| failed(operation, &trouble))?;
        let pace = Pace::read(&opened.headers);
        tell(operation, opened.status, pace);
        if opened.status.is_success() {
            return Ok(Begun { opened, pace });
        }
        // What the body of a refusal says is welcome, but its status says enough.
        let body = opened.rest().await.unwrap_or_default();
        Err(refused(access, operation, opened.status, &opened.headers, &body))
    }
}

fn call(access: &Access<'_>, question: Question<'_>) -> Result<Call, Failure> {
    let Question { operation, method, path, query, body, within, cap } = question;
    let address = access.front.address(operation.host, path, query).ok_or_else(|| {
        let reason = Reason::NotPermitted { base_token: false };
        Failure::new(NAME, operation.name, reason, "this world has no such host")
    })?;
    let mut headers = vec![(AUTHORIZATION, sealed(operation, access.key)?)];
    if let Some(secret) = access.service_secret {
        headers.push((SERVICE_SECRET, sealed(operation, secret)?));
    }
    let target = Target { host: operation.host.production, group: operation.group.as_str() };
    Ok(Call { target, method, address, headers, body, within, cap })
}

/// A secret as a header that no log shows. What can't be a header can't be a key either.
fn sealed(operation: Operation, secret: &Secret) -> Result<HeaderValue, Failure> {
    let mut value = HeaderValue::from_str(secret.expose().trim()).map_err(|_| {
        Failure::new(
            NAME,
            operation.name,
            Reason::KeyRefused,
            "the key holds characters that no key has",
        )
    })?;
    value.set_sensitive(true);
    Ok(value)
}

pub(super) fn failed(operation: Operation, trouble: &Trouble) -> Failure {
    let reason = match trouble {
        Trouble::TooLarge { .. } => Reason::UnexpectedShape,
        _ => Reason::Unreachable,
    };
    Failure::new(NAME, operation.name, reason, trouble.to_string())
}

fn refused(
    access: &Access<'_>,
    operation: Operation,
    status: StatusCode,
    headers: &HeaderMap,
    body: &[u8],
) -> Failure {
    let usual_wait = limits::rule(operation.group, access.kind).interval;
    let secrets: Vec<&str> = [Some(access.key), access.service_secret]
        .into_iter()
        .flatten()
        .map(Secret::expose)
        .collect();
    errors::failure(operation.name, status, headers, body, usual_wait, &secrets)
}

fn tell(operation: Operation, status: StatusCode, pace: Pace) {
    tracing::debug!(
        operation = operation.name,
        host = operation.host.production,
        status = status.as_u16(),
        remaining = pace.remaining,
        retry_after = ?pace.retry_after,
        "wildberries answered"
    );
}
