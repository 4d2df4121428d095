//! The server's tests: one program, because linking the whole product takes longer than testing it.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "tests")]

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
mod headers;
mod input;
mod log;
mod people;
mod secrets;
mod setup;
mod team;
mod trips;
