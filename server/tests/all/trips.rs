//! How often a request waits for PostgreSQL: counted on the wire, between the server and its database.

use reqwest::Client;
use server::{
    gate::Gate,
    router::router,
    site::Site,
    state::{AppState, Doors},
};
use services::{Services, accounts::register, testing};
use std::{
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};
use store::{Settings, Store, testing::TestStore};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt, copy},
    net::{TcpListener, TcpStream},
};

/// Stands between the store and PostgreSQL and counts what is asked. Ending a transaction that only read, and making
/// sure of a connection, happen after the answer and are nobody's wait.
async fn counting(host: String) -> (SocketAddr, Arc<AtomicUsize>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let asked = Arc::new(AtomicUsize::new(0));
    let counter = asked.clone();
    tokio::spawn(async move {
        loop {
            let (client, _) = listener.accept().await.unwrap();
            let server = TcpStream::connect(&host).await.unwrap();
            client.set_nodelay(true).unwrap();
            server.set_nodelay(true).unwrap();
            let (mut from_client, mut to_client) = client.into_split();
            let (mut from_server, mut to_server) = server.into_split();
            tokio::spawn(async move { copy(&mut from_server, &mut to_client).await });
            let counter = counter.clone();
            tokio::spawn(async move {
                let mut chunk = vec![0; 64 * 1024];
                while let Ok(length @ 1..) = from_client.read(&mut chunk).await {
                    let ends = chunk[..length].windows(8).any(|part| part == b"ROLLBACK");
                    // A lone Sync: five bytes that begin with its letter.
                    let is_ping = length == 5 && chunk[0] == b'S';
                    if !ends && !is_ping {
                        counter.fetch_add(1, Ordering::SeqCst);
                    }
                    to_server.write_all(&chunk[..length]).await.unwrap();
                }
            });
        }
    });
    (address, asked)
}

mod postgres {
    use super::*;

    #[tokio::test(flavor = "multi_thread")]
    async fn a_read_waits_for_two_round_trips_and_a_known_caller_for_none() {
        outbound::install_crypto_provider();
        let mut test = TestStore::postgres().await;
        let url = url::Url::parse(&test.settings.url).unwrap();
        let host = format!("{}:{}", url.host_str().unwrap(), url.port().unwrap_or(5432));
        let (address, asked) = counting(host).await;
        let mut url = url;
        url.set_host(Some(&address.ip().to_string())).unwrap();
        url.set_port(Some(address.port())).unwrap();
        // One connection, so that each statement is prepared once.
        let settings = Settings { connections: 1, ..Settings::new(url) };
        test.store = Store::open(&settings).unwrap();

        let services = Services::new(testing::parts(&test));
        let request = domain::auth::RegisterRequest {
            email: "anna@example.com".into(),
            password: "correct horse battery".into(),
            company_name: "Дом и уют".into(),
            marketplace_type: domain::Marketplace::Wildberries,
            invitation: None,
        };
        let pair = register::for_api(&services, request, &testing::client()).await.unwrap();
        let state = AppState {
            services: services.clone(),
            site: Arc::new(Site::default()),
            gate: Gate::open(),
            shutdown: tokio_util::sync::CancellationToken::new(),
            doors: Arc::new(Doors { cors_origins: Vec::new(), https: true, ..Doors::default() }),
            leptos: leptos::config::LeptosOptions::builder().output_name("stock-tracker").build(),
        };
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let server = format!("http://{}", listener.local_addr().unwrap());
        let service = router(state).into_make_service_with_connect_info::<SocketAddr>();
        tokio::spawn(async move { axum::serve(listener, service).await });
        let http = Client::builder().no_proxy().build().unwrap();
        let count = async |path: &str| {
            let before = asked.load(Ordering::SeqCst);
            let call = http.get(format!("{server}/api/v1/{path}")).bearer_auth(&pair.access_token);
            assert_eq!(call.send().await.unwrap().status(), 200, "{path}");
            asked.load(Ordering::SeqCst) - before
        };
        for (path, trips) in [
            // Begin with role and tenant, and the statement.
            ("tenants/me", 2),
            ("analytics/low-stock", 2),
            ("analytics/top-products", 2),
            ("analytics/sync-history", 2),
            ("analytics/stock-distribution", 2),
            ("analytics/warehouses", 2),
            // Two statements.
            ("analytics/dashboard", 3),
            ("products/", 3),
        ] {
            count(path).await;
            // The caller is looked up anew: as many again.
            services.clock.advance(chrono::TimeDelta::seconds(1));
            count("tenants/me").await;
            assert_eq!(count(path).await, trips, "{path}, the caller seen just now");
            services.clock.advance(chrono::TimeDelta::seconds(1));
            assert_eq!(count(path).await, trips + 2, "{path}, the caller looked up");
        }
    }
}
