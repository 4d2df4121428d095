//! What a check found.

use std::fmt;

/// One line of the doctor's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    verdict: Verdict,
    what: String,
    said: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Verdict {
    Fine,
    Mind,
    Mend,
}

impl Finding {
    /// As it should be.
    pub fn fine(what: impl Into<String>, said: impl Into<String>) -> Self {
        Self { verdict: Verdict::Fine, what: what.into(), said: said.into() }
    }

    /// Works, but worth knowing.
    pub fn mind(what: impl Into<String>, said: impl Into<String>) -> Self {
        Self { verdict: Verdict::Mind, what: what.into(), said: said.into() }
    }

    /// Doesn't work; `said` is what to do.
    pub fn mend(what: impl Into<String>, said: impl Into<String>) -> Self {
        Self { verdict: Verdict::Mend, what: what.into(), said: said.into() }
    }

    /// Whether the program won't work like this.
    pub fn must_be_mended(&self) -> bool {
        self.verdict == Verdict::Mend
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let verdict = match self.verdict {
            Verdict::Fine => "ok  ",
            Verdict::Mind => "mind",
            Verdict::Mend => "MEND",
        };
        write!(f, "{verdict}  {}: {}", self.what, self.said)
    }
}
