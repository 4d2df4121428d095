//! The server's tests: one program, because linking the whole product takes longer than testing it.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "tests")]

mod around;
mod authorization;
mod binary;
mod common;
mod contract_auth;
mod contract_shop;
mod demo;
mod documents;
mod doors;
mod events;
mod headers;
mod hostile;
mod import;
mod keys;
mod operator;
mod plans;
mod secrets;
mod setup;
mod two_servers;
