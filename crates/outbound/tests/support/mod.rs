//! A marketplace of a few lines on loopback, and one that speaks raw bytes.
#![allow(clippy::unwrap_used, dead_code, reason = "tests")]

use axum::Router;
use domain::Secret;
use outbound::{Access, Front, Http, Timeouts, Wildberries};
use std::{net::SocketAddr, time::Duration};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpListener,
    task::JoinHandle,
};

/// A front before a router.
pub async fn serve(router: Router) -> Front {
    front(listen(router).await)
}

/// Where a router listens.
pub async fn listen(router: Router) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
    address
}

/// A front before a listener that answers each request with the same bytes and closes, or stays open and silent.
pub async fn raw(bytes: &'static [u8], then_wait: bool) -> (Front, JoinHandle<()>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let task = tokio::spawn(async move {
        let mut kept = Vec::new();
        loop {
            let (mut socket, _) = listener.accept().await.unwrap();
            let mut request = [0; 4096];
            let _ = socket.read(&mut request).await;
            let _ = socket.write_all(bytes).await;
            if then_wait {
                kept.push(socket);
            } else {
                let _ = socket.shutdown().await;
            }
        }
    });
    (front(address), task)
}

/// A front where nobody listens.
pub async fn nobody() -> Front {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    front(listener.local_addr().unwrap())
}

pub fn front(address: SocketAddr) -> Front {
    Front::demo(format!("http://{address}").parse().unwrap()).unwrap()
}

/// A client that waits for half a second at most.
pub fn hasty() -> Wildberries {
    let short = Duration::from_millis(500);
    Wildberries::new(Http::with_timeouts(Timeouts { connect: short, total: short, read: short }))
}

pub fn access<'a>(front: &'a Front, key: &'a Secret) -> Access<'a> {
    Access { front, key, kind: Some(domain::account::KeyKind::Personal), service_secret: None }
}
