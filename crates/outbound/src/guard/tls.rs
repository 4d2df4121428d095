//! Which cryptography TLS uses. Never OpenSSL, never aws-lc.

/// Makes ring the process's provider for TLS. May be called any number of times; a provider that is already
/// there stays.
pub fn install_crypto_provider() {
    if rustls::crypto::CryptoProvider::get_default().is_none() {
        // Losing a race against another thread means that a provider is there, which is all we want.
        let _already_there = rustls::crypto::ring::default_provider().install_default();
    }
}
