//! New keys, from the randomness of the operating system.

use base64::{
    Engine as _,
    engine::general_purpose::{STANDARD, URL_SAFE},
};
use domain::Secret;
use rsa::{RsaPrivateKey, pkcs8::EncodePrivateKey as _, rand_core::OsRng};

/// The length of new RSA keys, in bits.
const RSA_BITS: usize = 3072;

/// What stands before an Ed25519 key's 32 bytes in PKCS#8 (RFC 8410, section 7).
const ED25519: [u8; 16] = [
    0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20,
];

/// What a key for tokens is used with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Algorithm {
    /// One secret signs and verifies.
    Hs256,
    /// Ed25519: others can verify with the public key; small and quick.
    Eddsa,
    /// RSA: the same, for verifiers that know nothing newer; large and slow.
    Rs256,
}

impl Algorithm {
    /// The word of key files.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Hs256 => "hs256",
            Self::Eddsa => "eddsa",
            Self::Rs256 => "rs256",
        }
    }
}

/// A new key as text on one line: of HS256 the secret itself, else PKCS#8 as base64.
pub struct NewKey {
    algorithm: Algorithm,
    text: Secret,
}

/// A key could not be made.
#[derive(Debug, thiserror::Error)]
#[error("an RSA key could not be made")]
pub struct Failed(#[source] Box<dyn std::error::Error + Send + Sync>);

/// Makes a key.
pub fn key(algorithm: Algorithm) -> Result<NewKey, Failed> {
    let text = match algorithm {
        Algorithm::Hs256 => URL_SAFE.encode(rand::random::<[u8; 32]>()),
        Algorithm::Eddsa => {
            STANDARD.encode([&ED25519[..], &rand::random::<[u8; 32]>()[..]].concat())
        }
        Algorithm::Rs256 => {
            let failed = |error: rsa::Error| Failed(error.into());
            let key = RsaPrivateKey::new(&mut OsRng, RSA_BITS).map_err(failed)?;
            let der = key.to_pkcs8_der().map_err(|error| Failed(error.into()))?;
            STANDARD.encode(der.as_bytes())
        }
    };
    Ok(NewKey { algorithm, text: Secret::new(text) })
}

impl NewKey {
    /// What it is used with.
    pub fn algorithm(&self) -> Algorithm {
        self.algorithm
    }

    /// The text on one line.
    pub fn text(&self) -> &Secret {
        &self.text
    }

    /// As PEM; `None`: a secret has none.
    pub fn pem(&self) -> Option<Secret> {
        (self.algorithm != Algorithm::Hs256).then(|| pem(self.text.expose()))
    }
}

/// PKCS#8 in base64 as PEM (RFC 7468: lines of 64 characters).
pub fn pem(base64: &str) -> Secret {
    let characters: Vec<char> = base64.chars().collect();
    let lines: Vec<String> = characters.chunks(64).map(|line| line.iter().collect()).collect();
    let lines = lines.join("\n");
    Secret::new(format!("-----BEGIN PRIVATE KEY-----\n{lines}\n-----END PRIVATE KEY-----\n"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use services::tokens::TokenKey;

    #[test]
    fn made_keys_are_read_and_no_two_are_alike() {
        for (algorithm, called) in [(Algorithm::Eddsa, "EdDSA"), (Algorithm::Rs256, "RS256")] {
            let made = || TokenKey::pem(&key(algorithm).unwrap().pem().unwrap()).unwrap();
            let (one, other) = (made(), made());
            assert_eq!(one.algorithm(), called);
            assert_ne!(one.kid(), other.kid());
        }
        let secret = key(Algorithm::Hs256).unwrap();
        assert_eq!(crate::keys::signing_weakness(secret.text().expose()), None);
        assert!(secret.pem().is_none());
    }
}
