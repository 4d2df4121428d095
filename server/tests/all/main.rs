//! The server's tests: one program, because linking the whole product takes longer than testing it.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::disallowed_methods,
    clippy::too_many_lines,
    reason = "tests"
)]

mod around;
mod authorization;
mod binary;
mod browser;
mod common;
mod contract_analytics;
mod contract_auth;
mod contract_rest;
mod contract_shop;
mod demo;
mod documents;
mod doors;
mod events;
mod exports;
mod headers;
mod hostile;
mod import;
mod input;
mod keys;
mod links;
mod live;
mod log;
mod metrics;
mod operator;
mod operators;
mod ordering;
mod orders;
mod past;
mod people;
mod plans;
mod sales;
mod secrets;
mod setup;
mod shops;
mod table;
mod team;
mod timeline;
mod today;
mod trips;
mod two_servers;
