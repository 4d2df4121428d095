//! The one way out of the process: which addresses, how long, how much, and that secrets stay out of errors.
//!
//! Never follows a redirect, never takes a proxy from the environment, never retries by itself.

mod address;
mod http;
mod tls;
mod traffic;
mod trouble;

pub(crate) use address::{Address, Host};
pub use address::{Front, FrontProblem};
pub(crate) use http::{Answer, Call, Method, Opened};
pub use http::{Http, Timeouts};
pub use tls::install_crypto_provider;
pub use traffic::Traffic;
pub(crate) use trouble::Trouble;
