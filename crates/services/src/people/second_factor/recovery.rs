//! Recovery codes: 80 random bits in four groups of four letters, kept as a hash that names its person.

use super::totp::to_base32;
use crate::random;
use domain::{Secret, UserId};
use sha2::{Digest, Sha256};

/// How many a person gets.
const COUNT: usize = 10;

/// New ones, as they are shown.
pub(super) fn draw() -> Vec<String> {
    let code = || {
        let letters = to_base32(&random::bytes::<10>()).to_lowercase();
        format!("{}-{}-{}-{}", &letters[..4], &letters[4..8], &letters[8..12], &letters[12..])
    };
    std::iter::repeat_with(code).take(COUNT).collect()
}

/// What is kept of one, however it is typed; `None`: it can't be one.
pub(super) fn hash(user: UserId, typed: &Secret) -> Option<String> {
    let letters: String = typed
        .expose()
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .collect::<String>()
        .to_lowercase();
    (letters.len() == 16).then(|| {
        let digest = Sha256::new()
            .chain_update(b"recovery code\0")
            .chain_update(user.0.as_bytes())
            .chain_update(letters.as_bytes());
        hex::encode(digest.finalize())
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;
    use uuid::Uuid;

    #[test]
    fn codes_differ_and_are_forgiving_to_type() {
        let codes = draw();
        assert_eq!(codes.iter().collect::<BTreeSet<_>>().len(), COUNT);
        let (anna, boris) = (UserId(Uuid::from_u128(1)), UserId(Uuid::from_u128(2)));
        let code = &codes[0];
        assert_eq!(code.len(), 19);
        let kept = hash(anna, &code.as_str().into());
        assert!(kept.is_some());
        let typed = code.to_uppercase().replace('-', " ");
        assert_eq!(hash(anna, &typed.as_str().into()), kept);
        assert_ne!(hash(boris, &code.as_str().into()), kept);
        assert_eq!(hash(anna, &"123456".into()), None);
    }
}
