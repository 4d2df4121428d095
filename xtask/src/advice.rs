//! Errors that end with what to do: every failed step says how to go on.
//! Never guesses: an error without advice is printed as it is.

use std::fmt;

use anyhow::{Error, Result};

/// What a person should do about the error below it.
#[derive(Debug)]
struct Advice(String);

impl fmt::Display for Advice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Adds advice to a failure.
pub trait Advise<T> {
    /// `what_to_do` is a whole sentence, with the command to type.
    fn advise(self, what_to_do: impl Into<String>) -> Result<T>;
}

impl<T, E: Into<Error>> Advise<T> for Result<T, E> {
    fn advise(self, what_to_do: impl Into<String>) -> Result<T> {
        self.map_err(|error| error.into().context(Advice(what_to_do.into())))
    }
}

/// Prints the chain of causes, then the advice.
pub fn report(error: &Error) {
    let advice = error.downcast_ref::<Advice>().map(ToString::to_string);
    let causes: Vec<String> = error
        .chain()
        .map(ToString::to_string)
        .filter(|cause| Some(cause) != advice.as_ref())
        .collect();
    eprintln!("\nfailed: {}", causes.join(": "));
    if let Some(advice) = advice {
        eprintln!("what to do: {advice}");
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use anyhow::{Context, anyhow};

    #[test]
    fn advice_survives_further_context() {
        let error = Err::<(), _>(anyhow!("npm exited with 1"))
            .advise("Look at the lines above.")
            .context("step tools")
            .unwrap_err();
        assert_eq!(error.downcast_ref::<Advice>().unwrap().0, "Look at the lines above.");
    }
}
