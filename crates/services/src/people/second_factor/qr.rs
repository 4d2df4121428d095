//! A text as a QR code: one SVG document with one path, dark on white whatever the theme, because cameras want it so.

use crate::error::{Error, Result};
use qrcode::{Color, EcLevel, QrCode};
use std::fmt::Write;

/// Empty modules around the code, as the standard asks.
const QUIET: usize = 4;

/// Draws it.
pub(super) fn svg(text: &str) -> Result<String> {
    let code = QrCode::with_error_correction_level(text, EcLevel::M)
        .map_err(|error| Error::Broken("a QR code could not be drawn", error.into()))?;
    let width = code.width();
    let size = width + 2 * QUIET;
    let mut path = String::new();
    for (at, color) in code.to_colors().into_iter().enumerate() {
        if color == Color::Dark {
            let _ = write!(path, "M{} {}h1v1h-1z", at % width + QUIET, at / width + QUIET);
        }
    }
    Ok(format!(
        r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}" shape-rendering="crispEdges"><path fill="#fff" d="M0 0h{size}v{size}H0z"/><path fill="#000" d="{path}"/></svg>"##
    ))
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_code_is_drawn_with_its_quiet_zone() {
        let svg = super::svg("otpauth://totp/x").unwrap();
        assert!(svg.starts_with("<svg ") && svg.ends_with("</svg>"));
        // Every code has its first finder in the corner, four modules in.
        assert!(svg.contains("M4 4h1v1h-1z") && !svg.contains("M3 4h"));
    }
}
