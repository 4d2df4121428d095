//! Private keys as PEM, with their public halves in the form of a JSON Web Key (RFC 7517). Its errors hold nothing of a
//! key: what the parsers say is left out.

use super::TokenKeysProblem;
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use domain::{Secret, auth::PublicKey};
use jsonwebtoken::{
    Algorithm, DecodingKey, EncodingKey,
    jwk::{AlgorithmParameters, Jwk},
};
use sha2::{Digest, Sha256};

/// Shorter RSA keys are within reach of who has the means (NIST SP 800-131A).
const SHORTEST_RSA: usize = 2048;

pub(super) struct Pair {
    pub algorithm: Algorithm,
    pub signing: EncodingKey,
    pub verifying: DecodingKey,
    pub public: PublicKey,
}

pub(super) fn read(text: &Secret) -> Result<Pair, TokenKeysProblem> {
    let refused = |_: jsonwebtoken::errors::Error| TokenKeysProblem::NotAPrivateKey;
    let bytes = text.expose().as_bytes();
    let (algorithm, signing) = match EncodingKey::from_ed_pem(bytes) {
        Ok(key) => (Algorithm::EdDSA, key),
        Err(_) => (Algorithm::RS256, EncodingKey::from_rsa_pem(bytes).map_err(refused)?),
    };
    // Derived from the private half: a public key alone is refused here.
    let jwk = Jwk::from_encoding_key(&signing, algorithm).map_err(refused)?;
    let verifying = DecodingKey::from_jwk(&jwk).map_err(refused)?;
    let public = match jwk.algorithm {
        AlgorithmParameters::RSA(rsa) => {
            if bits(&rsa.n) < SHORTEST_RSA {
                return Err(TokenKeysProblem::Short);
            }
            let kid = thumbprint(&format!(r#"{{"e":"{}","kty":"RSA","n":"{}"}}"#, rsa.e, rsa.n));
            PublicKey::rsa(kid, rsa.n, rsa.e)
        }
        AlgorithmParameters::OctetKeyPair(pair) => {
            let kid = thumbprint(&format!(r#"{{"crv":"Ed25519","kty":"OKP","x":"{}"}}"#, pair.x));
            PublicKey::ed25519(kid, pair.x)
        }
        _ => return Err(TokenKeysProblem::NotAPrivateKey),
    };
    Ok(Pair { algorithm, signing, verifying, public })
}

/// RFC 7638 over the members it names, in its order.
fn thumbprint(members: &str) -> String {
    URL_SAFE_NO_PAD.encode(Sha256::digest(members.as_bytes()))
}

fn bits(modulus: &str) -> usize {
    let bytes = URL_SAFE_NO_PAD.decode(modulus).unwrap_or_default();
    let significant = bytes.iter().skip_while(|byte| **byte == 0).count();
    let top = bytes.iter().find(|byte| **byte != 0).map_or(0, |byte| byte.leading_zeros());
    significant * 8 - top as usize
}
