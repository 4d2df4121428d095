//! What stands before every method: planned faults, the token, the limits, the token's rights.
//!
//! It knows nothing of cards and stock.

use crate::faults::Fault;
use crate::limits::{Bucket, Verdict};
use crate::operation::{Host, Limit, Style};
use crate::problem::{self, Place};
use crate::recipe::Trouble;
use crate::spoil::{spoil, wait};
use crate::tokens::{Kind, Token, TokenError, read};
use crate::{Operation, Simulator};
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header::AUTHORIZATION};
use axum::middleware::Next;
use axum::response::Response;
use futures::stream;

/// One method on one host.
#[derive(Clone)]
pub(crate) struct Door {
    pub simulator: Simulator,
    pub operation: Operation,
    pub host: &'static Host,
}

/// Marketplace counts a refused call as so many.
const REFUSED_COSTS: i64 = 10;

/// Checks a call, hands it on, counts it.
pub(crate) async fn pass(State(door): State<Door>, request: Request, next: Next) -> Response {
    let counts = &door.simulator.0.counts;
    let place = door.simulator.place(door.host.name);
    if let Some(fault) = door.simulator.0.faults.pop(door.operation) {
        counts.add(door.operation, fault.status());
        return disturbed(fault, &place).await;
    }
    let response = match door.simulator.0.faults.trouble(door.operation) {
        Some((trouble, dice)) => {
            wait(trouble).await;
            let response = match door.trouble(trouble, &place) {
                Some(refusal) => refusal,
                None => door.answer(request, next, place).await,
            };
            spoil(response, trouble, dice, None).await
        }
        None => door.answer(request, next, place).await,
    };
    counts.add(door.operation, Some(response.status().as_u16()));
    response
}

impl Door {
    async fn answer(&self, mut request: Request, next: Next, place: Place) -> Response {
        let token = match self.token(request.headers()) {
            Ok(token) => token,
            Err(problem) => {
                let status = StatusCode::UNAUTHORIZED;
                return problem::gateway(status, &problem.to_string(), &code(&place), &place);
            }
        };
        let trusted = self.has_secret(request.headers());
        let kind = if trusted && token.kind == Kind::Base { Kind::Service } else { token.kind };
        let (bucket, limit) = self.bucket(&token, kind);
        let now = self.simulator.limit_millis();
        let remaining = match now.map(|now| self.simulator.0.limits.take(bucket, limit, now)) {
            Some(Verdict::Limited { retry, reset, burst }) => {
                let detail = format!("limited by {}", token.sid);
                let mut response =
                    problem::gateway(StatusCode::TOO_MANY_REQUESTS, &detail, &code(&place), &place);
                set(&mut response, "x-ratelimit-retry", retry);
                set(&mut response, "x-ratelimit-reset", reset);
                set(&mut response, "x-ratelimit-limit", burst);
                return response;
            }
            Some(Verdict::Allowed { remaining }) => remaining,
            None => limit.burst,
        };
        let mut response = if let Some(refusal) = self.refusal(&token, kind, &place) {
            refusal
        } else {
            request.extensions_mut().insert(token);
            request.extensions_mut().insert(place);
            next.run(request).await
        };
        let expensive =
            self.host.style == Style::Marketplace && response.status().is_client_error();
        let remaining = match now {
            Some(now) if expensive => {
                self.simulator.0.limits.charge(bucket, limit, REFUSED_COSTS - 1, now)
            }
            _ => remaining,
        };
        set(&mut response, "x-ratelimit-remaining", remaining);
        response
    }

    /// A refusal that a recipe wants.
    fn trouble(&self, trouble: Trouble, place: &Place) -> Option<Response> {
        match trouble {
            Trouble::Limited { retry_seconds } => {
                let status = StatusCode::TOO_MANY_REQUESTS;
                let mut response = problem::gateway(status, "limited", &code(place), place);
                for name in ["x-ratelimit-retry", "x-ratelimit-reset"] {
                    set(&mut response, name, i64::from(retry_seconds));
                }
                set(&mut response, "x-ratelimit-limit", 1);
                Some(response)
            }
            Trouble::Failed { status } => {
                Some(problem::gateway(status_of(status), "", &code(place), place))
            }
            Trouble::Disabled => Some(self.switched_off(place)),
            Trouble::Revoked => {
                let detail = TokenError::Withdrawn.to_string();
                let status = StatusCode::UNAUTHORIZED;
                Some(problem::gateway(status, &detail, &code(place), place))
            }
            _ => None,
        }
    }

    fn switched_off(&self, place: &Place) -> Response {
        let detail = "This method is temporarily disabled. \
                      Link: https://dev.wildberries.ru/release-notes?id=570";
        problem::refused(self.host, StatusCode::NOT_FOUND, detail, place)
    }

    fn token(&self, headers: &HeaderMap) -> Result<Token, TokenError> {
        let header = headers.get(AUTHORIZATION).ok_or(TokenError::Missing)?;
        let header = header.to_str().map_err(|_| TokenError::Malformed("not text"))?;
        let token = read(header, self.simulator.now())?;
        if self.simulator.0.faults.is_withdrawn(token.id) {
            return Err(TokenError::Withdrawn);
        }
        if (token.kind == Kind::Test) != self.host.sandbox {
            return Err(TokenError::WrongHost);
        }
        Ok(token)
    }

    /// Whether the service's secret was sent with the token.
    fn has_secret(&self, headers: &HeaderMap) -> bool {
        let secret = self.simulator.0.settings.client_secret.as_deref();
        let sent = headers.get("x-client-secret").and_then(|value| value.to_str().ok());
        secret.is_some() && secret == sent
    }

    fn bucket(&self, token: &Token, kind: Kind) -> (Bucket, Limit) {
        let together = self.host.name == "marketplace-api-sandbox.wildberries.ru";
        let operation = (!together).then_some(self.operation);
        let bucket = Bucket { sid: token.sid, kind, operation, host: self.host.name };
        (bucket, self.operation.limit(self.host, kind))
    }

    /// Why a readable token may not do this.
    fn refusal(&self, token: &Token, kind: Kind, place: &Place) -> Option<Response> {
        if self.host.scope.is_some_and(|scope| !token.scopes.contains(scope)) {
            let detail = "scope is not allowed for this resource";
            return Some(problem::refused(self.host, StatusCode::FORBIDDEN, detail, place));
        }
        if kind == Kind::Base && self.operation.refuses_base() {
            let (detail, code) =
                ("base token is not allowed", "base token is not allowed for this path");
            return Some(problem::gateway(StatusCode::FORBIDDEN, detail, code, place));
        }
        if self.simulator.0.faults.is_disabled(self.operation) {
            return Some(self.switched_off(place));
        }
        None
    }
}

pub(crate) async fn disturbed(fault: Fault, place: &Place) -> Response {
    match fault {
        Fault::Answer { status, content_type, headers, body } => {
            let mut response = problem::answer(status_of(status), &content_type, body);
            for (name, value) in headers {
                if let (Ok(name), Ok(value)) =
                    (HeaderName::try_from(name), HeaderValue::try_from(value))
                {
                    response.headers_mut().insert(name, value);
                }
            }
            response
        }
        Fault::Gateway { status, detail } => {
            problem::gateway(status_of(status), &detail, &code(place), place)
        }
        Fault::CutOff => {
            let parts = [Ok("{\"data\":{\"items\":[{"), Err(std::io::Error::other("cut off"))];
            let body = Body::from_stream(stream::iter(parts));
            problem::answer(StatusCode::OK, "application/json", body)
        }
        Fault::Hang => std::future::pending().await,
    }
}

pub(crate) fn status_of(status: u16) -> StatusCode {
    StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
}

/// The gateway's own code of an error: text without a meaning for others.
fn code(place: &Place) -> String {
    format!("07e4668e--{:012x}", place.request_id & 0xffff_ffff_ffff)
}

fn set(response: &mut Response, name: &'static str, value: i64) {
    response.headers_mut().insert(HeaderName::from_static(name), HeaderValue::from(value));
}
