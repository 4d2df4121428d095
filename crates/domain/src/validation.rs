//! The rules of what people type. Each returns the rule that was broken as a word and an English sentence.

use crate::problem::FieldError;

/// A broken rule: its word and its sentence. Never contains the value.
pub type Broken = (&'static str, &'static str);

/// Collects the mistakes of a form.
#[derive(Default)]
pub struct Check {
    /// What was found.
    pub errors: Vec<FieldError>,
}

impl Check {
    /// Notes the outcome of one field's rule.
    pub fn field(&mut self, name: &str, outcome: Result<(), Broken>) {
        if let Err((code, msg)) = outcome {
            self.errors.push(FieldError::body(name, code, msg));
        }
    }
}

/// An e-mail address as far as a form can tell: one `@`, something on both sides, a dot in the domain.
/// Whether it exists is learnt by writing to it.
pub fn email(text: &str) -> Result<(), Broken> {
    let wrong = Err(("email", "write an address like name@example.com"));
    if text.len() > 254 {
        return Err(("too_long", "use at most 254 characters"));
    }
    let Some((local, domain)) = text.trim().rsplit_once('@') else { return wrong };
    let fine = !local.is_empty()
        && local.len() <= 64
        && !local.contains('@')
        && domain.contains('.')
        && domain.split('.').all(|label| {
            !label.is_empty()
                && !label.starts_with('-')
                && !label.ends_with('-')
                && label.chars().all(|c| c.is_alphanumeric() || c == '-')
        })
        && !text
            .trim()
            .chars()
            .any(|c| c.is_control() || c.is_whitespace() || "<>()[],;:\\\"".contains(c));
    if fine { Ok(()) } else { wrong }
}

/// The key under which an address is one account, whatever its spelling: trimmed and lower-cased in
/// Rust, because databases disagree about Cyrillic.
pub fn email_key(text: &str) -> String {
    text.trim().to_lowercase()
}

/// What a password must be to be compared at all.
pub fn password_shape(text: &str) -> Result<(), Broken> {
    if text.is_empty() {
        Err(("missing", "write your password"))
    } else if text.contains('\0') {
        Err(("control_character", "leave out the NUL character"))
    } else if text.chars().count() > 128 {
        Err(("too_long", "use at most 128 characters"))
    } else if text.len() > 72 {
        Err(("too_many_bytes", "use at most 72 bytes: a Cyrillic letter takes two, an emoji four"))
    } else {
        Ok(())
    }
}

/// A new password: no composition rules (NIST 800-63B-4). That it is not a common one is checked by
/// `services`, whose dictionary is too large for a browser.
pub fn new_password(text: &str) -> Result<(), Broken> {
    password_shape(text)?;
    if text.chars().count() < 8 { Err(("too_short", "use 8 characters or more")) } else { Ok(()) }
}

/// A code of an authenticator, or a recovery code, as people type them: with spaces and dashes.
pub fn code(text: &str) -> Result<(), Broken> {
    if text.trim().is_empty() {
        Err(("missing", "write the code"))
    } else if text.len() > 64 {
        Err(("too_long", "this is longer than any code"))
    } else if text.chars().any(char::is_control) {
        Err(("control_character", "leave out control characters"))
    } else {
        Ok(())
    }
}

/// A company's name: 2 to 255 characters, no control characters.
pub fn company_name(text: &str) -> Result<(), Broken> {
    let length = text.trim().chars().count();
    if text.chars().any(char::is_control) {
        Err(("control_character", "leave out control characters"))
    } else if length < 2 {
        Err(("too_short", "use 2 characters or more"))
    } else if length > 255 {
        Err(("too_long", "use at most 255 characters"))
    } else {
        Ok(())
    }
}

/// What a person calls a shop: 1 to 100 characters, no control characters.
pub fn shop_name(text: &str) -> Result<(), Broken> {
    let length = text.trim().chars().count();
    if text.chars().any(char::is_control) {
        Err(("control_character", "leave out control characters"))
    } else if length == 0 {
        Err(("missing", "write a name"))
    } else if length > 100 {
        Err(("too_long", "use at most 100 characters"))
    } else {
        Ok(())
    }
}

/// What a person calls one of their API keys: 1 to 100 characters, no control characters.
pub fn key_name(text: &str) -> Result<(), Broken> {
    let length = text.trim().chars().count();
    if text.chars().any(char::is_control) {
        Err(("control_character", "leave out control characters"))
    } else if length == 0 {
        Err(("missing", "write what the key is for"))
    } else if length > 100 {
        Err(("too_long", "use at most 100 characters"))
    } else {
        Ok(())
    }
}

/// A stored secret: printable, at most 4 KiB (a service account's file 16 KiB).
pub fn credential(name: &str, text: &str) -> Result<(), Broken> {
    let is_file = name == "google_credentials_json";
    let limit = if is_file { 16 * 1024 } else { 4096 };
    if text.trim().is_empty() {
        Err(("missing", "paste the key, or send null to remove it"))
    } else if text.len() > limit {
        Err(("too_long", "this is longer than any key"))
    } else if text.trim().chars().any(|c| c.is_control() && !(is_file && c.is_whitespace())) {
        Err(("control_character", "leave out line breaks and control characters"))
    } else {
        Ok(())
    }
}

/// Text as it is searched and sorted: lower-cased, `ё` as `е`, spaces folded. Done in Rust because
/// SQLite's `lower()` knows ASCII only.
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !folded.is_empty() {
            folded.push(' ');
        }
        folded.extend(
            word.chars().flat_map(char::to_lowercase).map(|c| if c == 'ё' { 'е' } else { c }),
        );
    }
    folded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses() {
        for good in ["a@b.co", "Анна@почта.рф", "a+tag@sub.example.com", " a@b.co "] {
            assert_eq!(email(good), Ok(()), "{good}");
        }
        for bad in
            ["", "a", "a@", "@b.co", "a@b", "a b@c.de", "a@b..c", "a@-b.co", "a@b@c.de", "a@b.co\0"]
        {
            assert!(email(bad).is_err(), "{bad:?}");
        }
        assert_eq!(email_key(" АННА@Почта.РФ"), "анна@почта.рф");
    }

    #[test]
    fn passwords_are_counted_in_characters_and_in_bytes() {
        let cases = [
            ("короткий".to_owned(), Ok(())),
            ("1234567".into(), Err("too_short")),
            ("x".repeat(72), Ok(())),
            ("x".repeat(73), Err("too_many_bytes")),
            ("ж".repeat(36), Ok(())),
            ("ж".repeat(37), Err("too_many_bytes")),
            ("x".repeat(129), Err("too_long")),
            ("with\0nul..".into(), Err("control_character")),
        ];
        for (password, expected) in cases {
            assert_eq!(new_password(&password).map_err(|(code, _)| code), expected, "{password:?}");
        }
    }

    #[test]
    fn folding_makes_searching_forgiving() {
        assert_eq!(fold("  Ёлка   НОВОГОДНЯЯ "), "елка новогодняя");
    }
}
