//! The XML of one sheet: a frozen heading, widths, rows.

use super::super::{cell::Cell, columns::Column};
use domain::Locale;
use std::{borrow::Cow, fmt::Write as _};

/// Excel takes no longer text.
const MOST_CHARACTERS: usize = 32_767;

/// Days from Excel's first day to 1970-01-01.
const EPOCH: i64 = 25_569;

/// The formats that [`style`] names by their place.
pub(super) const STYLES: &str = r##"<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><numFmts count="2"><numFmt numFmtId="164" formatCode="dd\.mm\.yyyy\ hh:mm"/><numFmt numFmtId="165" formatCode="#,##0.0"/></numFmts><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill><fill><patternFill patternType="solid"><fgColor rgb="FFF1F1EE"/><bgColor indexed="64"/></patternFill></fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="8"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/><xf numFmtId="0" fontId="1" fillId="2" borderId="0" xfId="0" applyFont="1" applyFill="1" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf><xf numFmtId="3" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/><xf numFmtId="165" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/><xf numFmtId="4" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/><xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/><xf numFmtId="1" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/><xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" quotePrefix="1" applyNumberFormat="1"/></cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>"##;

/// A sheet that is being written.
pub(super) struct Sheet {
    xml: String,
    letters: Vec<String>,
    /// Rows so far, the heading among them.
    pub(super) rows: u32,
    /// Bytes so far.
    pub(super) bytes: u64,
}

impl Sheet {
    pub(super) fn new(columns: &[Column], locale: Locale) -> Self {
        let mut xml = String::from(
            r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><sheetFormatPr defaultRowHeight="15"/>"#,
        );
        // Writing to a String can't fail.
        if !columns.is_empty() {
            xml.push_str("<cols>");
            for (n, column) in (1..).zip(columns) {
                let _ = write!(
                    xml,
                    r#"<col min="{n}" max="{n}" width="{}" customWidth="1"/>"#,
                    column.width
                );
            }
            xml.push_str("</cols>");
        }
        xml.push_str(r#"<sheetData><row r="1">"#);
        let mut sheet = Self { xml, letters: Vec::new(), rows: 1, bytes: 0 };
        for (at, column) in columns.iter().enumerate() {
            sheet.text(at, column.heading(locale), 1);
        }
        sheet.xml.push_str("</row>");
        sheet
    }

    pub(super) fn row<'a>(&mut self, cells: impl Iterator<Item = Cell<'a>>) {
        self.rows += 1;
        let _ = write!(self.xml, r#"<row r="{}">"#, self.rows);
        for (at, cell) in cells.enumerate() {
            match cell {
                Cell::Empty => {}
                Cell::Text(text) => self.text(at, &text, style(&text)),
                Cell::Int(n) => self.number(at, 2, format_args!("{n}")),
                Cell::Code(n) => self.number(at, 6, format_args!("{n}")),
                Cell::Tenths(n) => self.fraction(at, 3, n, 10),
                Cell::Minor(n) => self.fraction(at, 4, n, 100),
                Cell::Moment(seconds) => {
                    let day = seconds.div_euclid(86_400) + EPOCH;
                    let millionths = seconds.rem_euclid(86_400) * 1_000_000 / 86_400;
                    self.number(at, 5, format_args!("{day}.{millionths:06}"));
                }
            }
        }
        self.xml.push_str("</row>");
    }

    /// What is written so far.
    pub(super) fn take(&mut self) -> String {
        self.bytes += self.xml.len() as u64;
        std::mem::take(&mut self.xml)
    }

    /// Ends the sheet; what is left of it.
    pub(super) fn end(mut self) -> String {
        self.xml.push_str("</sheetData>");
        if let Some(last) = self.letters.last() {
            let _ = write!(self.xml, r#"<autoFilter ref="A1:{last}{}"/>"#, self.rows);
        }
        self.xml.push_str("</worksheet>");
        self.xml
    }

    fn number(&mut self, at: usize, style: u8, value: std::fmt::Arguments<'_>) {
        self.place(at);
        let _ = write!(self.xml, r#" s="{style}"><v>{value}</v></c>"#);
    }

    fn fraction(&mut self, at: usize, style: u8, n: i64, scale: u64) {
        let (whole, rest) = (n.unsigned_abs() / scale, n.unsigned_abs() % scale);
        let digits = if scale == 100 { 2 } else { 1 };
        let sign = if n < 0 { "-" } else { "" };
        self.number(at, style, format_args!("{sign}{whole}.{rest:0digits$}"));
    }

    fn text(&mut self, at: usize, text: &str, style: u8) {
        self.place(at);
        if style > 0 {
            let _ = write!(self.xml, r#" s="{style}""#);
        }
        let is_padded =
            text.starts_with(char::is_whitespace) || text.ends_with(char::is_whitespace);
        let space = if is_padded { r#" xml:space="preserve""# } else { "" };
        let _ = write!(self.xml, r#" t="inlineStr"><is><t{space}>{}</t></is></c>"#, escaped(text));
    }

    fn place(&mut self, at: usize) {
        while self.letters.len() <= at {
            self.letters.push(letters(self.letters.len()));
        }
        let _ = write!(self.xml, r#"<c r="{}{}""#, self.letters[at], self.rows);
    }
}

/// Text that looks like a formula stays text also when somebody edits the cell.
fn style(text: &str) -> u8 {
    if matches!(text.as_bytes().first(), Some(b'=' | b'+' | b'-' | b'@')) { 7 } else { 0 }
}

/// `A`, `B`, … `Z`, `AA`.
fn letters(mut at: usize) -> String {
    let mut name = Vec::new();
    loop {
        name.push(char::from(b'A' + u8::try_from(at % 26).unwrap_or_default()));
        if at < 26 {
            return name.iter().rev().collect();
        }
        at = at / 26 - 1;
    }
}

/// Text as XML has it. Excel reads `_x0041_` as a letter: an underscore that begins such a word is written as one.
fn escaped(text: &str) -> Cow<'_, str> {
    let is_plain =
        |c: char| !matches!(c, '&' | '<' | '>' | '_' | '\0'..' ' | '\u{fffe}' | '\u{ffff}');
    if text.len() <= MOST_CHARACTERS && text.chars().all(is_plain) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    for (at, c) in text.char_indices().take(MOST_CHARACTERS) {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '_' if is_escape(&text[at..]) => out.push_str("_x005F_"),
            '\t' | '\n' => out.push(c),
            c if is_plain(c) || c == '_' => out.push(c),
            // What XML can't say.
            _ => {}
        }
    }
    Cow::Owned(out)
}

fn is_escape(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.len() >= 7
        && bytes[1] == b'x'
        && bytes[2..6].iter().all(u8::is_ascii_hexdigit)
        && bytes[6] == b'_'
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_have_letters() {
        let named: Vec<String> = [0, 25, 26, 51, 52, 701, 702].into_iter().map(letters).collect();
        assert_eq!(named, ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA"]);
    }

    #[test]
    fn text_survives_xml_and_excel() {
        assert_eq!(escaped("Кружка"), "Кружка");
        assert_eq!(escaped("<b> & \u{1}_x0041_ _y"), "&lt;b&gt; &amp; _x005F_x0041_ _y");
        assert_eq!(escaped(&"я".repeat(40_000)).chars().count(), MOST_CHARACTERS);
    }
}
