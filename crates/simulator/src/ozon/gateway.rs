//! What stands before every method of Ozon: planned faults, the key, the limits, the key's roles.
//!
//! It knows nothing of products and stock.

use super::keys::OzonKey;
use super::method::{Ozon, SWITCHED_OFF, TOGETHER};
use super::methods;
use super::problem::Problem;
use super::shop::Shop;
use crate::faults::Fault;
use crate::gateway::{disturbed, status_of};
use crate::limits::{Bucket, Verdict};
use crate::operation::Limit;
use crate::problem::{Place, answer as with_body, json_answer};
use crate::recipe::Trouble;
use crate::settings::Analytics;
use crate::spoil::{end, rows, spoil, wait};
use crate::tokens::Kind;
use crate::{Operation, Simulator};
use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, Method as Verb, StatusCode, Uri};
use axum::response::Response;
use axum::routing::any;
use uuid::Uuid;

/// The production host, here the first segment of the path.
pub(crate) const HOST: &str = "api-seller.ozon.ru";

pub(crate) fn router(simulator: &Simulator) -> Router {
    Router::new().route(&format!("/{HOST}/{{*path}}"), any(pass)).with_state(simulator.clone())
}

/// Checks a call, answers it, counts it.
async fn pass(
    State(simulator): State<Simulator>,
    verb: Verb,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let path = uri.path().strip_prefix('/').and_then(|path| path.strip_prefix(HOST)).unwrap_or("");
    let place = simulator.place(HOST);
    let mut response = match Ozon::of_path(path) {
        Some(method) if verb == Verb::POST => {
            let call = Call { simulator: &simulator, method, headers: &headers, place: &place };
            call.counted(body).await
        }
        Some(_) => Problem::unimplemented("Method Not Allowed")
            .with_status(StatusCode::METHOD_NOT_ALLOWED)
            .answer(),
        None if SWITCHED_OFF.contains(&path) => Problem::not_allowed().answer(),
        None => with_body(StatusCode::NOT_FOUND, "text/plain", "404 page not found"),
    };
    let trace = format!("{:032x}", place.request_id);
    if let Ok(trace) = HeaderValue::from_str(&trace) {
        response.headers_mut().insert("x-o3-trace-id", trace);
    }
    response
}

struct Call<'a> {
    simulator: &'a Simulator,
    method: Ozon,
    headers: &'a HeaderMap,
    place: &'a Place,
}

impl Call<'_> {
    async fn counted(&self, body: Bytes) -> Response {
        let operation = Operation::Ozon(self.method);
        let inner = &self.simulator.0;
        if let Some(fault) = inner.faults.pop(operation) {
            inner.counts.add(operation, fault.status());
            return match fault {
                Fault::Gateway { status, detail } => {
                    Problem::failed(status_of(status), detail).answer()
                }
                other => disturbed(other, self.place).await,
            };
        }
        let response = match inner.faults.trouble(operation) {
            Some((trouble, dice)) => {
                wait(trouble).await;
                let asked = serde_json::from_slice(&body).ok();
                let response = match refusal(trouble) {
                    Some(problem) => problem.answer(),
                    None => self.answer(body, back(trouble)).await,
                };
                spoil(response, trouble, dice, asked.as_ref()).await
            }
            None => self.answer(body, 0).await,
        };
        inner.counts.add(operation, Some(response.status().as_u16()));
        response
    }

    /// The answer as of so many seconds ago.
    async fn answer(&self, body: Bytes, back: i64) -> Response {
        let (client_id, key) = match self.let_in() {
            Ok(known) => known,
            Err(problem) => return problem.answer(),
        };
        let operation = Operation::Ozon(self.method);
        let empty = self.simulator.0.faults.is_empty(operation);
        let (simulator, method) = (self.simulator.clone(), self.method);
        let look = move || {
            let now = simulator.now().timestamp() - back;
            let side = &simulator.0.ozon;
            let analysed = match simulator.0.settings.analytics {
                Analytics::Live => now,
                Analytics::TwiceADay => refreshed(now),
            };
            let shop = Shop { side, world: &side.world, client_id, key, now, analysed };
            methods::answer(method, &shop, &body)
        };
        match tokio::task::spawn_blocking(look).await {
            Ok(Ok(mut value)) => {
                if empty {
                    if let Some(rows) = rows(&mut value) {
                        rows.clear();
                    }
                    end(&mut value);
                }
                json_answer(StatusCode::OK, &value)
            }
            Ok(Err(problem)) => problem.answer(),
            Err(_) => internal(),
        }
    }

    /// Whose key it is, when the call may go on.
    fn let_in(&self) -> Result<(i64, OzonKey), Problem> {
        let (client_id, key) = self.key()?;
        self.limited(client_id, None, TOGETHER, None)?;
        if let Some(limit) = self.method.limit() {
            let wait = Some(limit.interval / 1000);
            self.limited(client_id, Some(Operation::Ozon(self.method)), limit, wait)?;
        }
        match key {
            OzonKey::Restricted => {
                return Err(Problem::denied("Api-Key is restricted to specific IP addresses"));
            }
            OzonKey::Unsigned => return Err(Problem::denied("Offer not signed")),
            _ => {}
        }
        if !key.opens(self.method) {
            return Err(Problem::denied("Api-Key is missing a required role for a method"));
        }
        if self.simulator.0.faults.is_disabled(Operation::Ozon(self.method)) {
            return Err(Problem::not_allowed());
        }
        Ok((client_id, key))
    }

    fn key(&self) -> Result<(i64, OzonKey), Problem> {
        let text =
            |name| self.headers.get(name).and_then(|value: &HeaderValue| value.to_str().ok());
        let (Some(client), Some(key)) = (text("client-id"), text("api-key")) else {
            return Err(Problem::unauthenticated("Client-Id and Api-Key headers are required"));
        };
        let wrong =
            || Problem::unauthenticated("Invalid Api-Key, please check the key and try again");
        let client: i64 = client.parse().map_err(|_| wrong())?;
        let known = OzonKey::read(client, key).ok_or_else(wrong)?;
        let over = known.expires_at(&self.simulator.0.ozon.world) <= self.simulator.now();
        let withdrawn =
            Uuid::parse_str(key).is_ok_and(|id| self.simulator.0.faults.is_withdrawn(id));
        match known {
            _ if over => Err(wrong()),
            OzonKey::Deactivated => Err(Problem::unauthenticated(DEACTIVATED)),
            _ if withdrawn => Err(Problem::unauthenticated(DEACTIVATED)),
            _ => Ok((client, known)),
        }
    }

    fn limited(
        &self,
        client_id: i64,
        operation: Option<Operation>,
        limit: Limit,
        retry_after: Option<i64>,
    ) -> Result<(), Problem> {
        let Some(now) = self.simulator.limit_millis() else { return Ok(()) };
        let sid = Uuid::from_u64_pair(0x0204, client_id.unsigned_abs());
        let bucket = Bucket { sid, kind: Kind::Personal, operation, host: HOST };
        match self.simulator.0.limits.take(bucket, limit, now) {
            Verdict::Allowed { .. } => Ok(()),
            Verdict::Limited { retry, .. } => {
                Err(Problem::exhausted(LIMITED, retry_after.map(|_| retry)))
            }
        }
    }
}

const LIMITED: &str = "You have reached request rate limit per second";
const DEACTIVATED: &str = "Api-key is deactivated, use another one or generate a new one";

/// A refusal that a recipe wants.
fn refusal(trouble: Trouble) -> Option<Problem> {
    match trouble {
        Trouble::Limited { retry_seconds } => {
            Some(Problem::exhausted(LIMITED, Some(i64::from(retry_seconds))))
        }
        Trouble::Failed { status } => Some(Problem::failed(status_of(status), "Circle is open")),
        Trouble::Disabled => Some(Problem::not_allowed()),
        Trouble::Revoked => Some(Problem::unauthenticated(DEACTIVATED)),
        _ => None,
    }
}

/// By how much the answer is late.
fn back(trouble: Trouble) -> i64 {
    match trouble {
        Trouble::Stale { seconds } => i64::from(seconds),
        _ => 0,
    }
}

/// The last time that stock analytics were made anew: 07:00 and 16:00 UTC.
fn refreshed(now: i64) -> i64 {
    const HOUR: i64 = 3600;
    let day = super::measures::day_start(now);
    let made = [-8, 7, 16].map(|hour| day + hour * HOUR);
    made.into_iter().filter(|at| *at <= now).max().unwrap_or(now)
}

fn internal() -> Response {
    let status = StatusCode::INTERNAL_SERVER_ERROR;
    Problem::failed(status, "internal error").answer()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn analytics_are_made_twice_a_day() {
        let at = |text: &str| text.parse::<chrono::DateTime<chrono::Utc>>().unwrap().timestamp();
        for (now, made) in [
            ("2026-11-01T06:59:59Z", "2026-10-31T16:00:00Z"),
            ("2026-11-01T07:00:00Z", "2026-11-01T07:00:00Z"),
            ("2026-11-01T23:00:00Z", "2026-11-01T16:00:00Z"),
        ] {
            assert_eq!(refreshed(at(now)), at(made));
        }
    }
}
