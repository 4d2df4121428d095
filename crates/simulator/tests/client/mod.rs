//! A client of the simulator inside the process: no sockets.

#![allow(dead_code, reason = "each test file uses its own part")]

use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, Response};
use chrono::{DateTime, Utc};
use serde_json::{Value, json};
use simulator::{Clock, Settings, Simulator};
use tower::ServiceExt;

pub const PING: &str = "/common-api.wildberries.ru/ping";
pub const SELLER: &str = "/common-api.wildberries.ru/api/v1/seller-info";
pub const CARDS: &str = "/content-api.wildberries.ru/content/v2/get/cards/list";
pub const STOCK: &str =
    "/seller-analytics-api.wildberries.ru/api/analytics/v1/stocks-report/wb-warehouses";
pub const OWN: &str =
    "/seller-analytics-api.wildberries.ru/api/analytics/v1/stocks-report/seller-warehouses";
pub const OWNED: &str = "/marketplace-api.wildberries.ru/api/v3/warehouses";
pub const ORDERS: &str = "/statistics-api.wildberries.ru/api/v1/supplier/orders";

pub fn stocks(warehouse: i64) -> String {
    format!("/marketplace-api.wildberries.ru/api/v3/stocks/{warehouse}")
}

pub fn now() -> DateTime<Utc> {
    "2026-11-01T09:00:00Z".parse().unwrap()
}

pub struct Client {
    pub simulator: Simulator,
}

impl Client {
    pub fn of(settings: Settings) -> Self {
        Self { simulator: Simulator::new(settings, Clock::fixed(now())) }
    }

    /// Sends a request with a key, else with the personal one.
    pub async fn raw(
        &self,
        method: &str,
        path: &str,
        body: Option<&Value>,
        key: Option<&str>,
    ) -> Response<Body> {
        let personal = self.simulator.keys().personal;
        let request = Request::builder()
            .method(method)
            .uri(path)
            .header("content-type", "application/json")
            .header("authorization", key.unwrap_or(&personal))
            .body(body.map_or(Body::empty(), |body| Body::from(body.to_string())))
            .unwrap();
        self.simulator.router().oneshot(request).await.unwrap()
    }

    /// The status and the body: JSON, or a text as a JSON string, or null.
    pub async fn call(
        &self,
        method: &str,
        path: &str,
        body: Option<&Value>,
        key: Option<&str>,
    ) -> (u16, Value) {
        let (status, _, body) = self.full(method, path, body, key).await;
        (status, body)
    }

    pub async fn full(
        &self,
        method: &str,
        path: &str,
        body: Option<&Value>,
        key: Option<&str>,
    ) -> (u16, HeaderMap, Value) {
        let response = self.raw(method, path, body, key).await;
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        let bytes = to_bytes(response.into_body(), usize::MAX).await.unwrap();
        let text = String::from_utf8(bytes.to_vec()).unwrap();
        let body = if text.is_empty() {
            Value::Null
        } else {
            serde_json::from_str(&text).unwrap_or(Value::String(text))
        };
        (status, headers, body)
    }

    pub async fn get(&self, path: &str) -> (u16, Value) {
        self.call("GET", path, None, None).await
    }

    pub async fn post(&self, path: &str, body: &Value) -> (u16, Value) {
        self.call("POST", path, Some(body), None).await
    }

    /// Asks Ozon with a key, else with the one that may everything.
    pub async fn ozon_full(
        &self,
        path: &str,
        body: &Value,
        key: Option<(&str, &str)>,
    ) -> (u16, HeaderMap, Value) {
        let keys = self.simulator.ozon_keys();
        let client_id = keys.client_id.to_string();
        let (client_id, key) = key.unwrap_or((&client_id, &keys.admin));
        let request = Request::builder()
            .method("POST")
            .uri(format!("/api-seller.ozon.ru{path}"))
            .header("content-type", "application/json")
            .header("client-id", client_id)
            .header("api-key", key)
            .body(Body::from(body.to_string()))
            .unwrap();
        let response = self.simulator.router().oneshot(request).await.unwrap();
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        let bytes = to_bytes(response.into_body(), usize::MAX).await.unwrap();
        (status, headers, serde_json::from_slice(&bytes).unwrap_or(Value::Null))
    }

    /// A right answer of Ozon.
    pub async fn ozon(&self, path: &str, body: Value) -> Value {
        let (status, _, answer) = self.ozon_full(path, &body, None).await;
        assert_eq!(status, 200, "{path} {body}: {answer}");
        answer
    }

    /// A refusal of Ozon: its status, its code, its text.
    pub async fn ozon_refused(&self, path: &str, body: Value) -> (u16, i64, String) {
        let (status, _, answer) = self.ozon_full(path, &body, None).await;
        assert_ne!(status, 200, "{path} {body}");
        assert_eq!(answer["details"], json!([]));
        let message = answer["message"].as_str().unwrap().to_owned();
        (status, answer["code"].as_i64().unwrap(), message)
    }

    /// All rows of a list of Ozon, page after page: until one is empty, or until `has_next` says so.
    pub async fn ozon_pages(&self, path: &str, list: &str, body: Value) -> Vec<Value> {
        let (mut body, mut rows, mut pages) = (body, Vec::new(), 0);
        loop {
            let answer = self.ozon(path, body.clone()).await;
            let inner = if answer["result"].is_object() { &answer["result"] } else { &answer };
            let page = inner[list].as_array().unwrap().clone();
            let size = usize::try_from(body["limit"].as_i64().unwrap()).unwrap();
            assert!(page.len() <= size, "{path}");
            let ended = match answer.get("has_next") {
                Some(has_next) => !has_next.as_bool().unwrap(),
                None => page.is_empty(),
            };
            rows.extend(page);
            if ended {
                return rows;
            }
            let word = if inner.get("last_id").is_some() { "last_id" } else { "cursor" };
            let next = if path.contains("/returns/") {
                ("last_id", rows.last().unwrap()["id"].clone())
            } else {
                (word, inner[word].clone())
            };
            assert_ne!(body[next.0], next.1, "{path}: the cursor stands still");
            assert_ne!(next.1, "", "{path}: a cursor is missing");
            body[next.0] = next.1;
            pages += 1;
            assert!(pages < 10_000, "{path} has no end");
        }
    }

    pub async fn cards(&self, ascending: bool, cursor: &Value) -> Value {
        let filter = json!({"withPhoto": -1});
        let settings =
            json!({"sort": {"ascending": ascending}, "cursor": cursor, "filter": filter});
        let (status, page) = self.post(CARDS, &json!({ "settings": settings })).await;
        assert_eq!(status, 200, "{page}");
        page
    }

    pub async fn orders(&self, from: &str, flag: u8) -> Vec<Value> {
        let (status, rows) = self.get(&format!("{ORDERS}?dateFrom={from}&flag={flag}")).await;
        assert_eq!(status, 200, "{rows}");
        rows.as_array().unwrap().clone()
    }
}
