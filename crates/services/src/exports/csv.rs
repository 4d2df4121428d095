//! CSV. A cell that a spreadsheet would take for a formula gets an apostrophe before it.

use super::cell::Cell;
use chrono::{Datelike, NaiveDate};
use domain::{Locale, export::Separator};
use std::{borrow::Cow, fmt::Write as _};

/// How the text is written.
pub(super) struct Csv {
    separator: char,
    decimal: char,
    locale: Locale,
    text: String,
    fresh: bool,
}

impl Csv {
    pub(super) fn new(separator: Separator, locale: Locale) -> Self {
        let mut text = String::new();
        let (separator, decimal) = match separator {
            // Without the mark Excel reads Cyrillic as something else.
            Separator::Semicolon => {
                text.push('\u{feff}');
                (';', ',')
            }
            Separator::Comma => (',', '.'),
        };
        Self { separator, decimal, locale, text, fresh: true }
    }

    /// Adds a cell to the row.
    pub(super) fn cell(&mut self, cell: Cell<'_>) {
        if !self.fresh {
            self.text.push(self.separator);
        }
        self.fresh = false;
        // Writing to a String can't fail.
        match cell {
            Cell::Empty => {}
            Cell::Text(text) => self.words(&text),
            Cell::Int(n) | Cell::Code(n) => {
                let _ = write!(self.text, "{n}");
            }
            Cell::Tenths(n) => self.fraction(n, 10),
            Cell::Minor(n) => self.fraction(n, 100),
            Cell::Moment(seconds) => self.moment(seconds),
        }
    }

    /// Ends the row.
    pub(super) fn end_row(&mut self) {
        self.text.push_str("\r\n");
        self.fresh = true;
    }

    /// What is written so far.
    pub(super) fn take(&mut self) -> Vec<u8> {
        std::mem::take(&mut self.text).into_bytes()
    }

    fn words(&mut self, text: &str) {
        let text = match text.as_bytes().first() {
            Some(b'=' | b'+' | b'-' | b'@' | b'\t' | b'\r' | b'\n') => {
                Cow::Owned(format!("'{text}"))
            }
            _ => Cow::Borrowed(text),
        };
        let is_special = |c: char| c == self.separator || matches!(c, '"' | '\r' | '\n');
        if text.contains(is_special) {
            self.text.push('"');
            self.text.push_str(&text.replace('"', "\"\""));
            self.text.push('"');
        } else {
            self.text.push_str(&text);
        }
    }

    fn fraction(&mut self, n: i64, scale: u64) {
        let (whole, rest) = (n.unsigned_abs() / scale, n.unsigned_abs() % scale);
        let digits = if scale == 100 { 2 } else { 1 };
        let sign = if n < 0 { "-" } else { "" };
        let _ = write!(self.text, "{sign}{whole}{}{rest:0digits$}", self.decimal);
    }

    fn moment(&mut self, seconds: i64) {
        let day = i32::try_from(seconds.div_euclid(86_400)).ok();
        let Some(day) = day.and_then(NaiveDate::from_epoch_days) else { return };
        let (year, month, date) = (day.year(), day.month(), day.day());
        let minutes = seconds.rem_euclid(86_400) / 60;
        let _ = match self.locale {
            Locale::Ru => write!(self.text, "{date:02}.{month:02}.{year}"),
            Locale::En => write!(self.text, "{year}-{month:02}-{date:02}"),
        };
        let _ = write!(self.text, " {:02}:{:02}", minutes / 60, minutes % 60);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(separator: Separator, locale: Locale, cells: &[Cell<'_>]) -> String {
        let mut csv = Csv::new(separator, locale);
        for cell in cells {
            csv.cell(cell.clone());
        }
        csv.end_row();
        String::from_utf8(csv.take()).unwrap()
    }

    #[test]
    fn russian_excel_gets_its_own_marks() {
        let cells = [
            Cell::Text("Кружка; \"350\"".into()),
            Cell::Int(-3),
            Cell::Empty,
            Cell::Tenths(63),
            Cell::Minor(-5),
            Cell::Moment(1_789_473_600),
        ];
        assert_eq!(
            row(Separator::Semicolon, Locale::Ru, &cells),
            "\u{feff}\"Кружка; \"\"350\"\"\";-3;;6,3;-0,05;15.09.2026 12:00\r\n"
        );
        assert_eq!(
            row(Separator::Comma, Locale::En, &cells),
            "\"Кружка; \"\"350\"\"\",-3,,6.3,-0.05,2026-09-15 12:00\r\n"
        );
    }

    #[test]
    fn no_cell_is_a_formula() {
        for text in ["=1+1", "+7", "-5", "@SUM(A1)", "\t=1", "\r=1"] {
            let written = row(Separator::Comma, Locale::En, &[Cell::Text(text.into())]);
            assert!(written.trim_start_matches('"').starts_with('\''), "{written:?}");
        }
    }
}
