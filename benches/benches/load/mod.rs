//! A load of keep-alive connections that asks the same thing again and again: bytes out, bytes in, nothing parsed that
//! need not be, so that the processors are the server's as far as possible.
#![allow(dead_code, reason = "each benchmark uses some of it")]

use std::time::{Duration, Instant};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    task::JoinSet,
};

/// A connection that stays open.
pub struct Connection {
    stream: TcpStream,
    buffer: Vec<u8>,
}

impl Connection {
    pub async fn open(host: &str) -> Self {
        let stream = TcpStream::connect(host).await.unwrap();
        stream.set_nodelay(true).unwrap();
        Self { stream, buffer: Vec::with_capacity(256 * 1024) }
    }

    /// Sends a whole request and reads a whole answer: its status and the bytes of its body.
    pub async fn ask(&mut self, request: &[u8]) -> (u16, usize) {
        self.stream.write_all(request).await.unwrap();
        self.buffer.clear();
        let (mut body_at, mut whole) = (None, usize::MAX);
        while body_at.is_none() || self.buffer.len() < whole {
            assert_ne!(self.stream.read_buf(&mut self.buffer).await.unwrap(), 0, "cut off");
            if body_at.is_none()
                && let Some(end) = self.buffer.windows(4).position(|part| part == b"\r\n\r\n")
            {
                let head = String::from_utf8_lossy(&self.buffer[..end]).to_lowercase();
                let length = head.split("content-length: ").nth(1).unwrap();
                let length: usize = length.split("\r\n").next().unwrap().parse().unwrap();
                (body_at, whole) = (Some(end + 4), end + 4 + length);
            }
        }
        let status = std::str::from_utf8(&self.buffer[9..12]).unwrap().parse().unwrap();
        (status, whole - body_at.unwrap())
    }
}

/// `GET path`, with a token.
pub fn get(path: &str, token: &str) -> Vec<u8> {
    format!("GET {path} HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer {token}\r\n\r\n")
        .into_bytes()
}

/// `POST path` with a JSON body.
pub fn post(path: &str, json: &str) -> Vec<u8> {
    let length = json.len();
    let head =
        format!("POST {path} HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n");
    format!("{head}content-length: {length}\r\n\r\n{json}").into_bytes()
}

/// What a load has met.
#[derive(Default)]
pub struct Seen {
    /// Status and time of each answer.
    pub answers: Vec<(u16, Duration)>,
    /// How long it took in all.
    pub took: Duration,
    /// The bytes of the last body.
    pub bytes: usize,
}

impl Seen {
    /// The times of the answers with this status, the shortest first.
    pub fn times(&self, status: u16) -> Vec<Duration> {
        let mut times: Vec<Duration> =
            self.answers.iter().filter(|(s, _)| *s == status).map(|(_, time)| *time).collect();
        times.sort_unstable();
        times
    }

    /// Answers with this status a second.
    pub fn rate(&self, status: u16) -> f64 {
        #[expect(clippy::cast_precision_loss, reason = "a count of answers")]
        let count = self.times(status).len() as f64;
        count / self.took.as_secs_f64()
    }
}

/// The time below which this part of all lies.
pub fn quantile(times: &[Duration], part: f64) -> Duration {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        clippy::cast_precision_loss,
        reason = "a place in a list"
    )]
    let at = ((times.len() as f64 * part) as usize).min(times.len().saturating_sub(1));
    times.get(at).copied().unwrap_or_default()
}

/// Milliseconds for people.
pub fn ms(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}

/// So many connections ask this for so long.
pub async fn load(host: &str, request: &[u8], connections: usize, time: Duration) -> Seen {
    let (begun, mut all) = (Instant::now(), JoinSet::new());
    for _ in 0..connections {
        let (host, request) = (host.to_owned(), request.to_vec());
        all.spawn(async move {
            let mut connection = Connection::open(&host).await;
            let (mut answers, mut bytes) = (Vec::new(), 0);
            while begun.elapsed() < time {
                let sent = Instant::now();
                let (status, length) = connection.ask(&request).await;
                answers.push((status, sent.elapsed()));
                bytes = length;
            }
            (answers, bytes)
        });
    }
    let mut seen = Seen::default();
    while let Some(done) = all.join_next().await {
        let (answers, bytes) = done.unwrap();
        seen.answers.extend(answers);
        seen.bytes = bytes;
    }
    seen.took = begun.elapsed();
    seen
}
