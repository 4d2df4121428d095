//! Checks of the checkout itself: what the documents promise about its shape.
//! Each answers everything that is wrong at once.

mod comments;
mod documents;
mod layers;
mod lockfiles;
mod unwanted;

use anyhow::{Result, bail};

pub use comments::check as comments;
pub use documents::check as documents;
pub use layers::check as layers;
pub use lockfiles::check as lockfiles;
pub use unwanted::check as unwanted;

/// Fails with all complaints, a line each.
fn verdict(complaints: &[String]) -> Result<()> {
    if complaints.is_empty() {
        return Ok(());
    }
    bail!("\n  {}", complaints.join("\n  "))
}
