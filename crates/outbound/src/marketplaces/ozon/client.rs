//! One request, one answer: headers, errors, pace. Which methods there are is the business of the files beside it.

use super::{
    errors,
    methods::{HOST, Method},
};
use crate::{
    guard::{self, Answer, Call, Front, Http, Trouble},
    marketplaces::{
        failure::{Failure, Reason},
        pace::{Pace, Paced},
        reading,
    },
    metrics::Target,
};
use domain::Secret;
use reqwest::header::{HeaderName, HeaderValue};
use serde::{Serialize, de::DeserializeOwned};
use std::time::Duration;

/// The marketplace's name in errors.
pub(super) const NAME: &str = "Ozon";

const CLIENT_ID: HeaderName = HeaderName::from_static("client-id");
const API_KEY: HeaderName = HeaderName::from_static("api-key");

/// A thousand products with all their attributes are some ten megabytes.
const CAP: u64 = 64 << 20;

/// The client: the guarded HTTP client and nothing else. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Ozon {
    http: Http,
}

/// On whose behalf, and through what, a request goes.
#[derive(Clone, Copy, Debug)]
pub struct Access<'a> {
    /// The marketplace itself, the operator's front, or the simulator.
    pub front: &'a Front,
    /// The seller's number.
    pub client_id: &'a Secret,
    /// The seller's key.
    pub api_key: &'a Secret,
}

/// A request without a body is refused: an empty object stands for nothing.
#[derive(Serialize)]
pub(super) struct Nothing {}

impl Ozon {
    /// Over a guarded client.
    pub fn new(http: Http) -> Self {
        Self { http }
    }

    /// Asks, and reads the whole answer.
    pub(super) async fn ask<T: DeserializeOwned>(
        &self,
        access: &Access<'_>,
        method: Method,
        request: &(impl Serialize + Sync),
    ) -> Result<Paced<T>, Failure> {
        self.ask_within(access, method, request, None).await
    }

    /// The same in less than the usual time: a person waits.
    pub(super) async fn ask_within<T: DeserializeOwned>(
        &self,
        access: &Access<'_>,
        method: Method,
        request: &(impl Serialize + Sync),
        within: Option<Duration>,
    ) -> Result<Paced<T>, Failure> {
        let call = Call { within, ..call(access, method, request)? };
        let answer = self.http.answer(call).await.map_err(|trouble| failed(method, &trouble))?;
        let Answer { status, headers, body } = answer;
        let pace = Pace::of_retry_after(&headers);
        tracing::debug!(
            operation = method.path(),
            status = status.as_u16(),
            retry_after = ?pace.retry_after,
            "ozon answered"
        );
        if !status.is_success() {
            let secrets = [access.api_key, access.client_id];
            return Err(errors::failure(method, status, &headers, &body, &secrets));
        }
        let value = reading::read_row(NAME, method.path(), String::new, &body)?;
        Ok(Paced { value, pace })
    }
}

fn call(access: &Access<'_>, method: Method, request: &impl Serialize) -> Result<Call, Failure> {
    let fail = |reason, text: String| Failure::new(NAME, method.path(), reason, text);
    let address = access.front.address(HOST, method.path(), &[]).ok_or_else(|| {
        let reason = Reason::NotPermitted { base_token: false };
        fail(reason, "this world has no Ozon".to_owned())
    })?;
    let body =
        serde_json::to_vec(request).map_err(|error| fail(Reason::OurFault, error.to_string()))?;
    let sealed = |secret: &Secret| {
        // What can't be a header can't be a key either.
        let mut value = HeaderValue::from_str(secret.expose().trim()).map_err(|_| {
            fail(Reason::KeyRefused, "the key holds characters that no key has".to_owned())
        })?;
        value.set_sensitive(true);
        Ok(value)
    };
    Ok(Call {
        target: Target { host: HOST.production, group: method.path() },
        method: guard::Method::Post,
        address,
        headers: vec![(CLIENT_ID, sealed(access.client_id)?), (API_KEY, sealed(access.api_key)?)],
        body: Some(body),
        within: None,
        cap: CAP,
    })
}

fn failed(method: Method, trouble: &Trouble) -> Failure {
    let reason = match trouble {
        Trouble::TooLarge { .. } => Reason::UnexpectedShape,
        _ => Reason::Unreachable,
    };
    Failure::new(NAME, method.path(), reason, trouble.to_string())
}
