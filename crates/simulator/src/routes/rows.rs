//! Rows of JSON that are sent while they are made: an answer is never held as a whole.

use axum::body::{Body, Bytes};
use futures::{StreamExt, stream};
use serde::Serialize;
use std::convert::Infallible;
use tokio::sync::mpsc;

/// So many bytes are sent together.
const CHUNK: usize = 64 * 1024;

/// Takes rows and sends them on.
pub(crate) struct Rows {
    sender: mpsc::Sender<Bytes>,
    buffer: Vec<u8>,
    first: bool,
}

/// The reader is gone: no further rows are wanted.
#[derive(Debug)]
pub(crate) struct Gone;

impl Rows {
    /// One more row.
    pub(crate) fn push(&mut self, row: &impl Serialize) -> Result<(), Gone> {
        if !self.first {
            self.buffer.push(b',');
        }
        self.first = false;
        // Writing plain data into memory can't fail.
        serde_json::to_writer(&mut self.buffer, row).map_err(|_| Gone)?;
        if self.buffer.len() >= CHUNK { self.send() } else { Ok(()) }
    }

    fn send(&mut self) -> Result<(), Gone> {
        let chunk = std::mem::replace(&mut self.buffer, Vec::with_capacity(CHUNK + 4096));
        self.sender.blocking_send(chunk.into()).map_err(|_| Gone)
    }
}

/// A body of `before`, rows with commas between, `after`. The rows are made on a thread of their own.
pub(crate) fn body(
    before: &'static str,
    after: &'static str,
    make: impl FnOnce(&mut Rows) -> Result<(), Gone> + Send + 'static,
) -> Body {
    let (sender, mut receiver) = mpsc::channel(2);
    tokio::task::spawn_blocking(move || {
        let mut rows = Rows { sender, buffer: before.as_bytes().to_vec(), first: true };
        if make(&mut rows).is_ok() {
            rows.buffer.extend_from_slice(after.as_bytes());
            // The reader may have left at the very end.
            let _ = rows.send();
        }
    });
    Body::from_stream(stream::poll_fn(move |cx| receiver.poll_recv(cx)).map(Ok::<_, Infallible>))
}
