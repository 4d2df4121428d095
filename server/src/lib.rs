//! The binary's rooms: settings, command line, both doors, what surrounds them, the dashboard's files, the worker.
//!
//! No rule of the product lives here. `main` is one call; everything else is a library so that tests
//! build the whole in memory.
#![recursion_limit = "512"]

pub mod commands;
pub mod config;
pub mod demo;
pub mod extract;
pub mod gate;
pub mod health;
pub mod jobs;
pub mod keys;
pub mod metrics;
pub mod middleware;
pub mod openapi;
pub mod pages;
pub mod problem;
pub mod rest;
pub mod root;
pub mod router;
pub mod site;
pub mod start;
pub mod state;
pub mod telemetry;
