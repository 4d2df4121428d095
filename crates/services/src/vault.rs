//! Secrets at rest: Fernet, with owner and field sealed inside, so that a row copied to another tenant, or another
//! person, opens nothing.
//! Its errors never hold a secret.

use domain::{Secret, TenantId, UserId};
use fernet::{Fernet, MultiFernet};
use serde::Deserialize;
use std::sync::{Arc, PoisonError, RwLock};

/// Seals and opens. Never prints a key. Clones share the keys, which can be changed while serving.
#[derive(Clone)]
pub struct Vault {
    keys: Arc<RwLock<Arc<Keys>>>,
}

struct Keys {
    all: MultiFernet,
    /// The one that seals.
    first: Fernet,
    count: usize,
}

/// Why a vault was refused, or a secret stays shut.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum VaultProblem {
    /// A part of the list is not 32 bytes in URL-safe base64.
    #[error("ENCRYPTION_MASTER_KEY: key {0} of the list is not 32 bytes in URL-safe base64")]
    NotAKey(usize),
    /// No key of the list opens it.
    #[error("no key of ENCRYPTION_MASTER_KEY opens a stored secret")]
    NoKeyFits,
    /// It was sealed for another owner or another field.
    #[error("a stored secret was sealed for another owner or field")]
    Misplaced,
    /// What was encrypted is no text.
    #[error("a stored secret is no text")]
    NotText,
}

/// Whose secret it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whose {
    /// A company's.
    Tenant(TenantId),
    /// A person's own, whatever companies they belong to.
    Person(UserId),
}

impl From<TenantId> for Whose {
    fn from(tenant: TenantId) -> Self {
        Self::Tenant(tenant)
    }
}

impl From<UserId> for Whose {
    fn from(user: UserId) -> Self {
        Self::Person(user)
    }
}

/// What is encrypted. Names one owner, of one kind.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Sealed {
    tenant: Option<TenantId>,
    person: Option<UserId>,
    field: String,
    value: String,
}

impl Sealed {
    fn whose(&self) -> Option<Whose> {
        match (self.tenant, self.person) {
            (Some(tenant), None) => Some(Whose::Tenant(tenant)),
            (None, Some(person)) => Some(Whose::Person(person)),
            _ => None,
        }
    }
}

impl Vault {
    /// With the keys of `ENCRYPTION_MASTER_KEY`, separated by commas: the first seals, all open.
    pub fn new(list: &Secret) -> Result<Self, VaultProblem> {
        let keys = list
            .expose()
            .split(',')
            .enumerate()
            .map(|(at, key)| Fernet::new(key.trim()).ok_or(VaultProblem::NotAKey(at + 1)))
            .collect::<Result<Vec<_>, _>>()?;
        let first = keys.first().cloned().ok_or(VaultProblem::NotAKey(1))?;
        let keys = Keys { count: keys.len(), all: MultiFernet::new(keys), first };
        Ok(Self { keys: Arc::new(RwLock::new(Arc::new(keys))) })
    }

    /// Takes another vault's keys from now on, in every clone.
    pub fn replace_keys(&self, other: Self) {
        *self.keys.write().unwrap_or_else(PoisonError::into_inner) = other.keys();
    }

    fn keys(&self) -> Arc<Keys> {
        Arc::clone(&self.keys.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Seals a secret for one field of one owner.
    pub fn seal(&self, whose: impl Into<Whose>, field: &str, secret: &Secret) -> String {
        let value = secret.expose();
        let plain = match whose.into() {
            Whose::Tenant(tenant) => {
                serde_json::json!({ "tenant": tenant, "field": field, "value": value })
            }
            Whose::Person(person) => {
                serde_json::json!({ "person": person, "field": field, "value": value })
            }
        };
        self.keys().all.encrypt(plain.to_string().as_bytes())
    }

    /// Opens what was sealed for this field of this owner.
    pub fn open(
        &self,
        whose: impl Into<Whose>,
        field: &str,
        ciphertext: &str,
    ) -> Result<Secret, VaultProblem> {
        let plain = self.decrypt(ciphertext)?;
        // The parser's own error may quote the text.
        let opened: Sealed = serde_json::from_slice(&plain).map_err(|_| VaultProblem::Misplaced)?;
        if opened.whose() != Some(whose.into()) || opened.field != field {
            return Err(VaultProblem::Misplaced);
        }
        Ok(Secret::new(opened.value))
    }

    /// The same secret sealed with the first key; `None`: it is already. What was encrypted without its place (by the
    /// original service) is sealed for this one.
    pub fn renew(
        &self,
        whose: impl Into<Whose>,
        field: &str,
        ciphertext: &str,
    ) -> Result<Option<String>, VaultProblem> {
        let (plain, whose) = (self.decrypt(ciphertext)?, whose.into());
        let secret = match serde_json::from_slice::<Sealed>(&plain) {
            Ok(sealed) if sealed.whose() != Some(whose) || sealed.field != field => {
                return Err(VaultProblem::Misplaced);
            }
            Ok(_) if self.keys().first.decrypt(ciphertext).is_ok() => return Ok(None),
            Ok(sealed) => Secret::new(sealed.value),
            Err(_) => bare(plain)?,
        };
        Ok(Some(self.seal(whose, field, &secret)))
    }

    /// Opens what the original service encrypted: the bare value, of no place.
    pub fn open_bare(&self, ciphertext: &str) -> Result<Secret, VaultProblem> {
        bare(self.decrypt(ciphertext)?)
    }

    fn decrypt(&self, ciphertext: &str) -> Result<Vec<u8>, VaultProblem> {
        self.keys().all.decrypt(ciphertext).map_err(|_| VaultProblem::NoKeyFits)
    }
}

fn bare(plain: Vec<u8>) -> Result<Secret, VaultProblem> {
    String::from_utf8(plain).map(Secret::new).map_err(|_| VaultProblem::NotText)
}

impl std::fmt::Debug for Vault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Vault({} keys)", self.keys().count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    const FIRST: &str = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
    const SECOND: &str = "ICEiIyQlJicoKSorLC0uLzAxMjM0NTY3ODk6Ozw9Pj8=";

    fn vault(list: &str) -> Vault {
        Vault::new(&list.into()).unwrap()
    }

    #[test]
    fn a_secret_opens_only_in_its_place() {
        let (mine, theirs) = (TenantId(Uuid::from_u128(1)), TenantId(Uuid::from_u128(2)));
        let vault = vault(FIRST);
        let sealed = vault.seal(mine, "wildberries_api_key", &"ключ".into());
        assert_eq!(vault.open(mine, "wildberries_api_key", &sealed), Ok("ключ".into()));
        assert_eq!(
            vault.open(theirs, "wildberries_api_key", &sealed),
            Err(VaultProblem::Misplaced)
        );
        assert_eq!(vault.open(mine, "ozon_api_key", &sealed), Err(VaultProblem::Misplaced));
        assert_eq!(vault.open(mine, "ozon_api_key", "gAAAA"), Err(VaultProblem::NoKeyFits));
    }

    #[test]
    fn a_persons_secret_is_no_tenants() {
        let id = Uuid::from_u128(1);
        let vault = vault(FIRST);
        let sealed = vault.seal(UserId(id), "totp", &"ключ".into());
        assert_eq!(vault.open(UserId(id), "totp", &sealed), Ok("ключ".into()));
        assert_eq!(vault.open(TenantId(id), "totp", &sealed), Err(VaultProblem::Misplaced));
        let other = UserId(Uuid::from_u128(2));
        assert_eq!(vault.open(other, "totp", &sealed), Err(VaultProblem::Misplaced));
        let both = serde_json::json!({ "tenant": id, "person": id, "field": "totp", "value": "x" });
        let both = vault.keys().all.encrypt(both.to_string().as_bytes());
        assert_eq!(vault.open(UserId(id), "totp", &both), Err(VaultProblem::Misplaced));
    }

    #[test]
    fn keys_can_be_rotated() {
        let tenant = TenantId(Uuid::from_u128(1));
        let old = vault(FIRST).seal(tenant, "field", &"value".into());
        let both = vault(&format!("{SECOND},{FIRST}"));
        assert_eq!(both.open(tenant, "field", &old), Ok("value".into()));
        let new = both.seal(tenant, "field", &"value".into());
        assert_eq!(vault(SECOND).open(tenant, "field", &new), Ok("value".into()));
        assert_eq!(vault(FIRST).open(tenant, "field", &new), Err(VaultProblem::NoKeyFits));
    }

    #[test]
    fn what_the_originals_library_wrote_is_decrypted_but_not_taken_for_sealed() {
        // Fernet's own specification, its published vector.
        let vault = vault("cw_0x689RpI-jtRR7oE8h_eQsKImvJapLeSbXpwF4e4=");
        let token = "gAAAAAAdwJ6wAAECAwQFBgcICQoLDA0ODy021cpGVWKZ_eEwCGM4BLLF_5CV9dOPmrhuVUPgJobwOz7JcbmrR64jVmpU4IwqDA==";
        assert_eq!(vault.open_bare(token), Ok("hello".into()));
        assert_eq!(
            vault.open(TenantId(Uuid::from_u128(1)), "field", token),
            Err(VaultProblem::Misplaced)
        );
    }

    #[test]
    fn secrets_are_renewed_with_the_first_key_and_stay_in_their_place() {
        let (mine, theirs) = (TenantId(Uuid::from_u128(1)), TenantId(Uuid::from_u128(2)));
        let old = vault(FIRST).seal(mine, "field", &"value".into());
        let both = vault(&format!("{SECOND},{FIRST}"));
        let new = both.renew(mine, "field", &old).unwrap().unwrap();
        assert_eq!(vault(SECOND).open(mine, "field", &new), Ok("value".into()));
        assert_eq!(both.renew(mine, "field", &new), Ok(None), "once is enough");
        assert_eq!(both.renew(theirs, "field", &old), Err(VaultProblem::Misplaced));
        assert_eq!(vault(SECOND).renew(mine, "field", &old), Err(VaultProblem::NoKeyFits));
        // A key file of Google's is JSON, and still a bare value.
        for text in ["value", r#"{"type":"service_account"}"#] {
            let bare = Fernet::new(FIRST).unwrap().encrypt(text.as_bytes());
            let wrapped = both.renew(mine, "field", &bare).unwrap().unwrap();
            assert_eq!(both.open(mine, "field", &wrapped), Ok(text.into()));
        }
    }

    #[test]
    fn keys_are_changed_while_serving() {
        let tenant = TenantId(Uuid::from_u128(1));
        let serving = vault(FIRST);
        let clone = serving.clone();
        serving.replace_keys(vault(SECOND));
        let sealed = clone.seal(tenant, "field", &"value".into());
        assert_eq!(vault(SECOND).open(tenant, "field", &sealed), Ok("value".into()));
    }

    #[test]
    fn nothing_is_printed() {
        let vault = vault(FIRST);
        assert_eq!(format!("{vault:?}"), "Vault(1 keys)");
        assert_eq!(Vault::new(&"nonsense".into()).err(), Some(VaultProblem::NotAKey(1)));
    }
}
