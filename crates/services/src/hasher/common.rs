//! Passwords that an attacker tries first.

/// A password that is found within this many guesses is refused.
const GUESSES: u64 = 3_000;

/// Whether a password is among the first that would be tried, given what is known of the person.
pub(super) fn is_common(password: &str, about: &[String]) -> bool {
    let mut known: Vec<&str> = Vec::new();
    for text in about {
        known.push(text);
        known.extend(text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()));
    }
    zxcvbn::zxcvbn(password, &known).guesses() <= GUESSES
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_guesses_are_refused_and_phrases_are_not() {
        let about = ["anna@example.com".to_owned(), "Дом и уют".to_owned()];
        for common in ["password", "12345678", "qwertyui", "aaaaaaaa", "anna@example.com"] {
            assert!(is_common(common, &about), "{common}");
        }
        for fine in ["correct horse battery", "жёлтый подводный", "Tr0ub4dor&3xyz"] {
            assert!(!is_common(fine, &about), "{fine}");
        }
    }
}
