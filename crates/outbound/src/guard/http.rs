//! The client: one connection pool for the process, bounded in time and size. Never retries and never logs a body.

use super::{Address, Traffic, Trouble, install_crypto_provider, traffic::Counters};
use crate::metrics::{self, Target};
use reqwest::{
    StatusCode,
    header::{ACCEPT, CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue},
};
use std::{
    sync::{Arc, OnceLock},
    time::Duration,
};
use tokio::time::Instant;

/// Who asks, in the marketplaces' logs.
const USER_AGENT: &str = concat!("stock-tracker/", env!("CARGO_PKG_VERSION"));

/// How long a request may take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Timeouts {
    /// For the connection.
    pub connect: Duration,
    /// For a whole answer that is read at once.
    pub total: Duration,
    /// Between two pieces of an answer that is read as a stream, the first included.
    pub read: Duration,
}

impl Default for Timeouts {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(10),
            total: Duration::from_mins(1),
            // A page of 80,000 orders is computed before its first byte is sent.
            read: Duration::from_secs(90),
        }
    }
}

/// The guarded client. Cheap to clone; all clones share one pool and one count.
///
/// The pool is made at the first request: reading the system's certificates would slow down every start.
#[derive(Clone, Debug, Default)]
pub struct Http(Arc<Inner>);

#[derive(Debug, Default)]
struct Inner {
    timeouts: Timeouts,
    client: OnceLock<Result<reqwest::Client, String>>,
    counters: Counters,
}

/// How a request is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Method {
    Get,
    Post,
}

/// A request.
pub(crate) struct Call {
    /// Where it goes, for the counters.
    pub target: Target,
    pub method: Method,
    pub address: Address,
    /// Values that hold secrets are marked sensitive.
    pub headers: Vec<(HeaderName, HeaderValue)>,
    /// JSON.
    pub body: Option<Vec<u8>>,
    /// Sooner than [`Timeouts::total`].
    pub within: Option<Duration>,
    /// The most bytes of answer that are read.
    pub cap: u64,
}

/// An answer as a whole.
pub(crate) struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
}

/// An answer whose body is still to come.
pub(crate) struct Opened {
    pub status: StatusCode,
    pub headers: HeaderMap,
    response: reqwest::Response,
    guard: Arc<Inner>,
    left: u64,
    cap: u64,
}

impl Http {
    /// A client with the usual times.
    pub fn new() -> Self {
        Self::default()
    }

    /// A client with other times, for tests.
    pub fn with_timeouts(timeouts: Timeouts) -> Self {
        Self(Arc::new(Inner { timeouts, ..Inner::default() }))
    }

    /// How much went through it.
    pub fn traffic(&self) -> Traffic {
        self.0.counters.now()
    }

    /// Asks, and reads the whole answer.
    pub(crate) async fn answer(&self, call: Call) -> Result<Answer, Trouble> {
        let total = self.0.timeouts.total;
        let within = call.within.map_or(total, |within| within.min(total));
        let mut opened = self.send(call, Some(within)).await?;
        let body = opened.rest().await?;
        Ok(Answer { status: opened.status, headers: opened.headers, body })
    }

    /// Asks, and leaves the body to be read piece by piece.
    pub(crate) async fn open(&self, call: Call) -> Result<Opened, Trouble> {
        self.send(call, None).await
    }

    async fn send(&self, call: Call, within: Option<Duration>) -> Result<Opened, Trouble> {
        let client = self.0.client().map_err(Trouble::NoClient)?;
        let method = match call.method {
            Method::Get => reqwest::Method::GET,
            Method::Post => reqwest::Method::POST,
        };
        let mut request = client.request(method, call.address.into_url());
        request = request.header(ACCEPT, "application/json");
        for (name, value) in call.headers {
            request = request.header(name, value);
        }
        if let Some(body) = call.body {
            request = request.header(CONTENT_TYPE, "application/json").body(body);
        }
        if let Some(within) = within {
            request = request.timeout(within);
        }
        self.0.counters.request();
        let begun = Instant::now();
        let answer = request.send().await;
        metrics::asked(
            call.target,
            answer.as_ref().ok().map(reqwest::Response::status),
            begun.elapsed(),
        );
        let mut response = answer?;
        Ok(Opened {
            status: response.status(),
            headers: std::mem::take(response.headers_mut()),
            response,
            guard: Arc::clone(&self.0),
            left: call.cap,
            cap: call.cap,
        })
    }
}

impl Opened {
    /// The next piece of the body; `None` at its end.
    pub(crate) async fn chunk(
        &mut self,
    ) -> Result<Option<impl AsRef<[u8]> + Send + use<>>, Trouble> {
        let Some(chunk) = self.response.chunk().await? else { return Ok(None) };
        self.guard.counters.read(chunk.len());
        self.left =
            self.left.checked_sub(chunk.len() as u64).ok_or(Trouble::TooLarge { cap: self.cap })?;
        Ok(Some(chunk))
    }

    /// All that is left of the body.
    pub(crate) async fn rest(&mut self) -> Result<Vec<u8>, Trouble> {
        let mut body = Vec::new();
        while let Some(chunk) = self.chunk().await? {
            body.extend_from_slice(chunk.as_ref());
        }
        Ok(body)
    }
}

impl Inner {
    fn client(&self) -> Result<&reqwest::Client, String> {
        self.client.get_or_init(|| build(self.timeouts)).as_ref().map_err(Clone::clone)
    }
}

fn build(timeouts: Timeouts) -> Result<reqwest::Client, String> {
    install_crypto_provider();
    builder(timeouts).build().or_else(|error| {
        // A machine without root certificates can still run the demo; https then fails at its handshake.
        tracing::warn!(%error, "no root certificates: install ca-certificates to reach the marketplaces");
        builder(timeouts).tls_certs_only([]).build().map_err(|error| error.to_string())
    })
}

fn builder(timeouts: Timeouts) -> reqwest::ClientBuilder {
    reqwest::Client::builder()
        .user_agent(USER_AGENT)
        .connect_timeout(timeouts.connect)
        .read_timeout(timeouts.read)
        .redirect(reqwest::redirect::Policy::none())
        .referer(false)
        .no_proxy()
}
